//! Findings about what is asked of the world outside: with the same answers the fixed program gives the same outputs, and
//! where an answer is missing it still fails.

use std::collections::BTreeMap;
use std::sync::Arc;

use blocks::assist::{Finding, findings};
use blocks::catalog::Effect;
use blocks::edit::apply_all;
use blocks::value::Entries;
use blocks::{Program, Value, check, literal, text};
use vm::{Answer, Fault, Limits, Machine, Request, Stop, compile};

fn read(source: &str) -> Program {
    text::read(source).unwrap_or_else(|problems| panic!("{problems:#?}\n{source}"))
}

/// What can be seen of a run.
#[derive(Debug, PartialEq)]
struct Seen {
    /// The outputs, or the error with its block and message.
    result: Result<Entries, (String, Option<String>, String)>,
    /// What each block asked, in its order.
    asked: BTreeMap<String, Vec<String>>,
    /// How often the program waited.
    waits: usize,
}

/// An answer that says what was asked, so that another question has another answer.
fn answer(request: &Request) -> Answer {
    let asked = format!("{:?} {}", request.effect, literal::write(&Value::list(request.arguments.clone())));
    Ok(match request.effect {
        Effect::HttpGet | Effect::HttpPost => Value::map([
            ("status".to_owned(), Value::Int(asked.len() as i64)),
            ("headers".to_owned(), Value::map([])),
            ("body".to_owned(), Value::text(asked)),
        ]),
        Effect::ReadFile | Effect::AskModel => Value::text(asked),
        Effect::SqlQuery => Value::list(vec![Value::map([("asked".to_owned(), Value::text(asked))])]),
        _ => Value::None,
    })
}

/// Runs a program whose requests are answered all at once when it waits; those of one block fail.
fn run(program: &Program, fails: Option<&str>) -> Seen {
    let checked = check(program);
    let plan = checked.plan.unwrap_or_else(|| panic!("{:#?}\n{}", checked.diagnostics, text::write(program)));
    let mut machine = Machine::new(Arc::new(compile(&plan)), Entries::default(), Limits::default()).unwrap();
    let mut seen = Seen { result: Ok(Entries::default()), asked: BTreeMap::new(), waits: 0 };
    let mut open = Vec::new();
    loop {
        match machine.step(100_000) {
            Stop::OutOfFuel => {}
            Stop::Wants(requests) if requests.is_empty() => {
                seen.waits += 1;
                for request in std::mem::take(&mut open) {
                    let request: Request = request;
                    let is_failing = request.block.as_ref().map(blocks::BlockId::as_str) == fails;
                    let fault = || Err(Fault::new("network", "no answer"));
                    machine.answer(request.token, if is_failing { fault() } else { answer(&request) });
                }
            }
            Stop::Wants(requests) => {
                for request in &requests {
                    let block = request.block.as_ref().map(ToString::to_string).unwrap_or_default();
                    seen.asked.entry(block).or_default().push(format!("{:?} {:?}", request.effect, request.arguments));
                }
                open.extend(requests);
            }
            Stop::Done(outputs) => return Seen { result: Ok(outputs), ..seen },
            Stop::Failed(failure) => {
                let message = failure.fault.message().to_owned();
                let block = failure.block.map(|block| block.to_string());
                return Seen { result: Err((failure.fault.code, block, message)), ..seen };
            }
        }
    }
}

fn found(program: &Program) -> Vec<Finding> {
    assert!(check(program).plan.is_some(), "{:#?}", check(program).diagnostics);
    findings(program)
}

/// The codes of what is found, each with its block.
fn codes(source: &str) -> Vec<String> {
    found(&read(source)).iter().map(|finding| format!("{} {}", finding.code, finding.block)).collect()
}

/// Applies the finding of a code.
fn applied(program: &Program, code: &str) -> Program {
    let finding = found(program).into_iter().find(|finding| finding.code == code);
    let mut fixed = program.clone();
    apply_all(&mut fixed, &finding.unwrap_or_else(|| panic!("no {code} in {}", text::write(program))).fix).unwrap();
    fixed
}

fn assert_same_where_all_succeeds(before: &Program, after: &Program) {
    let (old, new) = (run(before, None), run(after, None));
    assert!(old.result.is_ok(), "{old:?}");
    assert_eq!((&old.result, &old.asked), (&new.result, &new.asked), "{}", text::write(after));
}

const FETCH: &str = r#"program 1 "Fetch"
output length: int <- length.value
output status: int <- status.value

page: http_get "Read the page"
  url <- "https://example.com/"

length: formula
  expression = "len(page.body)"
  page <- page.value

status: formula
  expression = "page.status"
  page <- page.value
"#;

#[test]
fn an_effect_without_a_try_gets_one_that_stops_and_says_where() {
    let program = read(FETCH);
    assert_eq!(codes(FETCH), ["unguarded_effect page"]);
    let fixed = applied(&program, "unguarded_effect");
    assert_eq!(found(&fixed), []);
    assert_same_where_all_succeeds(&program, &fixed);
    // No value is made up: it fails as before, and says more.
    let (code, block, message) = run(&fixed, Some("page")).result.unwrap_err();
    assert_eq!((code.as_str(), block.as_deref()), ("network", Some("page_stop")));
    assert!(message.starts_with("Read the page: ") && message.len() > 20, "{message}");
    assert_eq!(run(&program, Some("page")).result.unwrap_err().0, "network");
}

#[test]
fn effects_that_give_nothing_or_are_not_read_are_put_into_a_try_too() {
    let source =
        "program 1 \"p\"\n\nsave: write_file\n  path <- \"a\"\n  text <- \"b\"\n\nask: ask_model\n  prompt <- \"c\"\n";
    assert_eq!(codes(source), ["unguarded_effect save", "unguarded_effect ask"]);
    let mut program = read(source);
    for _ in 0..2 {
        let fixed = applied(&program, "unguarded_effect");
        assert_same_where_all_succeeds(&program, &fixed);
        program = fixed;
    }
    assert_eq!(found(&program), []);
}

#[test]
fn an_effect_whose_failure_is_caught_or_tested_is_left_alone() {
    let tested = format!("{FETCH}\ntest \"no network\"\n  answer page fails \"network\"\n  fails \"network\"\n");
    assert_eq!(codes(&tested), Vec::<String>::new());
    let (head, page) = FETCH.split_once("page: http_get").unwrap();
    let body = format!("page: http_get{page}").replace("\n", "\n  ").trim_end().to_owned();
    let called = |call: &str| {
        format!(
            "{}{call}\nfunction fetch\n  output length: int <- length.value\n  output status: int <- status.value\n  {body}\n",
            head.replace("length.value", "get.length").replace("status.value", "get.status")
        )
    };
    assert_eq!(codes(&called("get: call\n  function = \"fetch\"\n")), ["unguarded_effect page"]);
    let guarded = "get: try\n  try:\n    inner: call\n      function = \"fetch\"\n    yield length <- inner.length\n    yield status <- inner.status\n  catch:\n    yield length <- 0\n    yield status <- 0\n";
    assert_eq!(codes(&called(guarded)), Vec::<String>::new());
}

const TWO: &str = r#"program 1 "Two"
output first: text <- body.value
output second: text <- second.value

a: http_get
  url <- "https://example.com/a"

body: formula
  expression = "a.body"
  a <- a.value

b: http_get
  url <- "https://example.com/b"

second: formula
  expression = "b.body"
  b <- b.value

test "no network"
  answer a fails "network"
  fails "network"

test "half of it"
  answer a = {"status": 200, "headers": {}, "body": ""}
  answer b fails "network"
  fails "network"
"#;

#[test]
fn a_request_that_waits_without_need_no_longer_does() {
    let program = read(TWO);
    assert_eq!(codes(TWO), ["could_overlap b"]);
    let fixed = applied(&program, "could_overlap");
    assert_eq!(found(&fixed), []);
    assert_same_where_all_succeeds(&program, &fixed);
    assert_eq!((run(&program, None).waits, run(&fixed, None).waits), (2, 1));
    for block in ["a", "b"] {
        assert_eq!(run(&program, Some(block)).result, run(&fixed, Some(block)).result);
    }
}

#[test]
fn requests_that_must_wait_still_do() {
    let changed = |from: &str, to: &str| {
        let source = TWO.replace(from, to);
        assert_ne!(source, TWO);
        codes(&source)
    };
    let none: [&str; 0] = [];
    // It changes something outside.
    assert_eq!(changed("b: http_get\n", "b: http_post\n  body <- \"\"\n"), none);
    // What reads the first answer may fail.
    assert_eq!(changed("\"a.body\"", "\"text(100 // a.status)\""), none);
    // It needs the answer.
    assert_eq!(changed("url <- \"https://example.com/b\"", "url <- body.value"), none);
    // Something is seen between.
    assert_eq!(changed("b: http_get", "tell: print\n  value <- body.value\n\nb: http_get"), none);
    assert_eq!(changed("b: http_get", "rest: wait\n  seconds <- 1\n\nb: http_get"), none);
}

#[test]
fn requests_on_one_resource_wait_for_each_other_anyway() {
    let files = TWO
        .replace("http_get", "read_file")
        .replace("url", "path")
        .replace("a.body", "a")
        .replace("b.body", "b")
        .replace("{\"status\": 200, \"headers\": {}, \"body\": \"\"}", "\"\"");
    assert_eq!(codes(&files), Vec::<String>::new());
}

#[test]
fn where_a_try_catches_the_first_failure_the_second_must_not_be_asked() {
    let (head, rest) = TWO.split_once("a: http_get").unwrap();
    let (body, _) = rest.split_once("test \"no network\"").unwrap();
    let body = format!("a: http_get{body}").trim_end().replace("\n", "\n    ");
    let source = format!(
        "{}both: try\n  try:\n    {body}\n    yield first <- body.value\n    yield second <- second.value\n  catch:\n    yield first <- \"\"\n    yield second <- \"\"\n",
        head.replace("body.value", "both.first").replace("second.value", "both.second")
    );
    assert_eq!(codes(&source), Vec::<String>::new());
}

const CALLS: &str = r#"program 1 "Calls"
output both: text <- both.value

one: call
  function = "fetch"
  path <- "a"

rows: map
  items <- ["x", "y"]
  body:
    asked: ask_model
      prompt <- rows.item
    yield value <- asked.value

both: formula
  expression = "one + join(rows, '+')"
  one <- one.body
  rows <- rows.items

function fetch
  input path: text
  output body: text <- body.value
  page: http_get
    url <- input.path
  body: formula
    expression = "page.body"
    page <- page.value

test "no network"
  answer page fails "network"
  fails "network"

test "no model"
  answer page = {"status": 200, "headers": {}, "body": ""}
  answer asked fails "model"
  fails "model"
"#;

#[test]
fn calls_and_loops_that_ask_and_do_not_read_each_other_run_side_by_side() {
    let program = read(CALLS);
    assert_eq!(codes(CALLS), ["could_overlap rows"]);
    let fixed = applied(&program, "could_overlap");
    assert_eq!(found(&fixed), []);
    assert_same_where_all_succeeds(&program, &fixed);
    assert!(run(&fixed, None).waits < run(&program, None).waits);
    for block in ["page", "asked"] {
        assert_eq!(run(&program, Some(block)).result, run(&fixed, Some(block)).result);
    }
    // The same function asks with the same block: which answer is whose would change.
    let twice = CALLS.replace(
        "    asked: ask_model\n      prompt <- rows.item\n    yield value <- asked.value",
        "    asked: call\n      function = \"fetch\"\n      path <- rows.item\n    yield value <- asked.body",
    );
    let twice = twice.split_once("test \"no model\"").unwrap().0;
    assert_eq!(codes(twice), Vec::<String>::new());
}
