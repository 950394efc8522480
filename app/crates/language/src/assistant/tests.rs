use blocks::assist::Inlet;
use blocks::check;
use blocks::edit::BodyAddress;

use super::*;
use crate::{Call, Request, Service};

const TWICE: &str = r#"program 1 "Twice"
input n: int = 3
output y: int <- c.value

a: formula
  expression = "100 // n"
  n <- input.n

b: formula
  expression = "100 // n"
  n <- input.n

c: formula
  expression = "a + b"
  a <- a.value
  b <- b.value
"#;

/// The answer of a service to which a request travels as JSON, and its reply back.
fn ask(service: &mut Service, question: Question) -> Reply {
    let sent = serde_json::to_string(&Call { id: 1, request: Request::Assist(question) }).unwrap();
    let mut replies = Vec::new();
    let Call { request, .. } = serde_json::from_str(&sent).unwrap();
    service.answer(request, &mut |reply| replies.push(serde_json::to_string(&reply).unwrap()));
    assert_eq!(replies.len(), 1);
    serde_json::from_str(&replies[0]).unwrap()
}

fn apply(service: &mut Service, text: &str, ops: &str) -> String {
    let reply = ask(service, Question::Apply { text: text.to_owned(), ops: ops.to_owned() });
    let Reply::Applied(text) = reply else { panic!("{reply:?}") };
    assert_eq!(check(&text::read(&text).unwrap()).errors().count(), 0, "{text}");
    text
}

#[test]
fn findings_are_told_and_applied() {
    let mut service = Service::default();
    let reply = ask(&mut service, Question::Findings { text: TWICE.to_owned() });
    let Reply::Found(found) = reply else { panic!("{reply:?}") };
    assert_eq!((found[0].code.as_str(), found[0].block.as_str(), found.len()), ("repeated_expression", "b", 1));
    let better = apply(&mut service, TWICE, &found[0].ops);
    assert!(better.contains("b <- a.value") && !better.contains("\nb: formula"), "{better}");
    assert_eq!(ask(&mut service, Question::Findings { text: better }), Reply::Found(Vec::new()));
}

#[test]
fn the_next_block_and_the_next_wire_are_told_and_applied() {
    let mut service = Service::default();
    let (text, body) = (TWICE.to_owned(), BodyAddress::main());
    let reply = ask(&mut service, Question::Suggest { text, body: body.clone(), after: Some("b".into()), most: 3 });
    let Reply::Blocks(next) = reply else { panic!("{reply:?}") };
    assert_eq!((next.len(), next[0].kind.as_str()), (3, "formula"));
    assert!(apply(&mut service, TWICE, &next[0].ops).contains("formula: formula"));

    let to = Inlet::Port { block: "c".into(), port: "a".to_owned() };
    let reply = ask(&mut service, Question::Sources { text: TWICE.to_owned(), to, most: 9 });
    let Reply::Wires(wires) = reply else { panic!("{reply:?}") };
    let offered: Vec<&str> = wires.iter().map(|wire| wire.block.as_str()).collect();
    assert_eq!(offered, ["b", "input"]);
    assert!(apply(&mut service, TWICE, &wires[0].ops).contains("a <- b.value"));

    let (block, port) = ("a".into(), "value".to_owned());
    let reply = ask(&mut service, Question::Readers { text: TWICE.to_owned(), block, port, most: 9 });
    let Reply::Wires(wires) = reply else { panic!("{reply:?}") };
    assert!(wires.iter().any(|wire| wire.to.name() == "y"), "{wires:?}");

    let (block, port) = ("a".into(), "value".to_owned());
    let text = TWICE.to_owned();
    let reply = ask(&mut service, Question::Takers { text, block, port, body, after: Some("b".into()), most: 5 });
    let Reply::Blocks(next) = reply else { panic!("{reply:?}") };
    assert_eq!(next.len(), 5);
    assert!(apply(&mut service, TWICE, &next[0].ops).contains("a.value"));
}

#[test]
fn suggestions_follow_the_programs_of_the_workspace() {
    let mut service = Service::default();
    let first = |service: &mut Service| {
        let body = BodyAddress::main();
        let reply = ask(service, Question::Suggest { text: TWICE.to_owned(), body, after: None, most: 1 });
        let Reply::Blocks(next) = reply else { panic!("{reply:?}") };
        next[0].kind.clone()
    };
    let before = first(&mut service);
    let own = "program 1 \"Mine\"\n\nbegun: now\n".to_owned();
    for _ in 0..200 {
        assert_eq!(ask(&mut service, Question::Learn { text: own.clone() }), Reply::Counted);
    }
    assert_eq!((first(&mut service).as_str(), before == "now"), ("now", false));
    for _ in 0..200 {
        ask(&mut service, Question::Forget { text: own.clone() });
    }
    assert_eq!(first(&mut service), before);
}

#[test]
fn what_is_no_program_and_edits_that_do_not_fit_are_said() {
    let mut service = Service::default();
    for question in [
        Question::Findings { text: "nothing".to_owned() },
        Question::Apply { text: TWICE.to_owned(), ops: "[".to_owned() },
        Question::Apply {
            text: "program 1 \"p\"\n".to_owned(),
            ops: r#"[{"remove":{"at":{"block":{"id":"a"}}}}]"#.to_owned(),
        },
    ] {
        let reply = ask(&mut service, question);
        assert!(matches!(&reply, Reply::Checked(problems) if problems.len() == 1), "{reply:?}");
    }
}
