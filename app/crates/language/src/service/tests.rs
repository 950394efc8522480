use super::*;
use crate::Item;

const DOUBLE: &str = r#"program 1 "Double"
about "Twice as much."
input x: int = 4 "any integer"
output y: int <- y.value

said: print
  value <- input.x

y: formula
  expression = "x * 2"
  x <- input.x
"#;

fn all(service: &mut Service, request: Request) -> Vec<Reply> {
    let mut replies = Vec::new();
    service.answer(request, &mut |reply| replies.push(reply));
    replies
}

fn written(text: &str) -> Vec<Written> {
    vec![Written { name: "x".to_owned(), ty: "int".to_owned(), text: text.to_owned() }]
}

fn run_of(source: &str, text: &str) -> Vec<Reply> {
    all(&mut Service::default(), Request::Run { text: source.to_owned(), inputs: written(text) })
}

#[test]
fn a_program_is_opened_with_all_that_is_shown_of_it() {
    let replies = all(&mut Service::default(), Request::Open { text: DOUBLE.to_owned() });
    let [Reply::Opened(opened)] = &replies[..] else { panic!("{replies:?}") };
    assert_eq!(opened.about, "Twice as much.");
    assert_eq!(opened.findings, []);
    let field =
        Field { name: "x".to_owned(), ty: "int".to_owned(), about: "any integer".to_owned(), default: "4".to_owned() };
    assert_eq!(opened.inputs, Some(vec![field]));
    assert_eq!(opened.outline[0], Item::Port("input x: int".to_owned()));
    let Item::Block { id, setting, wires, .. } = &opened.outline[2] else { panic!("{:?}", opened.outline) };
    assert_eq!((id.as_str(), setting.as_str(), &wires[..]), ("y", "x * 2", &["x ← input.x".to_owned()][..]));
    let languages: Vec<&str> = opened.files.iter().map(|file| file.language.as_str()).collect();
    assert_eq!(languages, ["python", "javascript", "typescript", "rust", "blocks"]);
}

#[test]
fn what_cannot_run_is_shown_without_code() {
    let broken = DOUBLE.replace("x * 2", "x * z");
    let replies = all(&mut Service::default(), Request::Open { text: broken.clone() });
    let [Reply::Opened(opened)] = &replies[..] else { panic!("{replies:?}") };
    assert_eq!((&opened.inputs, &opened.files[..]), (&None, &[][..]));
    assert_eq!(opened.findings[0].block.as_deref(), Some("y"));
    let [Reply::Checked(found)] = &run_of(&broken, "1")[..] else { panic!() };
    assert_eq!(*found, opened.findings);
    let replies = all(&mut Service::default(), Request::Open { text: "nothing".to_owned() });
    let [Reply::Checked(found)] = &replies[..] else { panic!("{replies:?}") };
    assert_eq!(found[0].line, Some(1));
}

#[test]
fn a_run_tells_what_it_prints_and_how_it_ends() {
    let done = Reply::Ran(Ran::Done("{\"y\":42}".to_owned()));
    assert_eq!(run_of(DOUBLE, "21"), [Reply::Printed("21".to_owned()), done]);
    let replies = run_of(DOUBLE, "many");
    let [Reply::Ran(Ran::Failed { code, .. })] = &replies[..] else { panic!("{replies:?}") };
    assert_eq!(code, "input");
}

#[test]
fn a_changed_text_is_compiled_anew() {
    let mut service = Service::default();
    let run = |text: String| Request::Run { text, inputs: written("1") };
    all(&mut service, run(DOUBLE.to_owned()));
    let replies = all(&mut service, run(DOUBLE.replace("x * 2", "x * 3")));
    assert_eq!(replies[1], Reply::Ran(Ran::Done("{\"y\":3}".to_owned())));
}

#[test]
fn a_text_is_checked_like_a_new_one_whatever_was_checked_before() {
    let mut service = Service::default();
    for (from, to) in
        [("x * 2", "x * z"), ("x * 2", "x * 2"), ("value <- input.x", "value <- input.z"), ("input.x", "y.value")]
    {
        let request = Request::Check { text: DOUBLE.replace(from, to) };
        assert_eq!(all(&mut service, request.clone()), all(&mut Service::default(), request));
    }
}

#[test]
fn written_inputs_become_json() {
    let mut inputs = written("[1, 2.5]");
    inputs.push(Written { name: "t".to_owned(), ty: "text".to_owned(), text: "12".to_owned() });
    let replies = all(&mut Service::default(), Request::Inputs { inputs });
    assert_eq!(replies, [Reply::Inputs("{\"x\":[1,2.5],\"t\":\"12\"}".to_owned())]);
}
