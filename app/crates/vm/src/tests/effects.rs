//! What a run asks of the world outside, one request beside the other.

use super::*;

const PRINTS: &str = r#"program 1 "Prints"
output sum: int <- sum.value

a: random_int
  high <- 6
  low <- 1

b: random_int
  high <- 6
  low <- 1

hello: print
  value <- "hello"

sum: formula
  expression = "a + b"
  a <- a.value
  b <- b.value

bye: print
  value <- sum.value
"#;

/// Runs a program one instruction at a time, with answers that come in the reverse order of what was asked: its outputs,
/// and how much was asked at once each time.
///
/// Every state between two instructions survives a trip through its serialised form.
fn answered(source: &str, answer: impl Fn(&Request) -> Value) -> (Entries, Vec<usize>) {
    let code = code(source);
    let mut machine = Machine::new(Arc::clone(&code), Entries::default(), Limits::default()).unwrap();
    let mut asked = Vec::new();
    let mut open: Vec<Request> = Vec::new();
    loop {
        let state = serde_json::from_str(&serde_json::to_string(machine.state()).unwrap()).unwrap();
        machine = Machine::resume(Arc::clone(&code), state, Limits::default()).unwrap();
        match machine.step(1) {
            Stop::OutOfFuel => {}
            Stop::Done(outputs) => return (outputs, asked),
            Stop::Failed(failure) => panic!("{failure}"),
            Stop::Wants(requests) if requests.is_empty() => {
                asked.push(open.len());
                for request in std::mem::take(&mut open).iter().rev() {
                    machine.answer(request.token, Ok(answer(request)));
                }
            }
            Stop::Wants(requests) => open.extend(requests),
        }
    }
}

#[test]
fn effects_overlap_and_any_state_can_be_resumed() {
    let (outputs, asked) = answered(PRINTS, |_| Value::Int(3));
    assert_eq!(outputs["sum"], Value::Int(6));
    // Both dice and the line before the sum are asked for together; the last line waits for the sum.
    assert_eq!(asked, [3, 1]);
}

#[test]
fn a_refused_effect_fails_at_its_block() {
    assert_eq!(outcome(PRINTS, &[]), "hello; not_granted at a");
}

const SIDES: &str = r#"program 1 "Sides"
input low: int = 1
output sum: int <- sum.value

sides: parallel
  left:
    a: random_int
      high <- 6
      low <- input.low
    b: random_int
      high <- a.value
      low <- input.low
    yield left <- b.value
  right:
    c: random_int
      high <- 6
      low <- input.low
    d: random_int
      high <- c.value
      low <- input.low
    yield right <- d.value

sum: formula
  expression = "10 * left + right"
  left <- sides.left
  right <- sides.right
"#;

#[test]
fn bodies_of_parallel_wait_side_by_side_and_any_state_can_be_resumed() {
    let (outputs, asked) = answered(SIDES, |request| Value::Int(if request.block == Some("b".into()) { 3 } else { 5 }));
    assert_eq!(outputs["sum"], Value::Int(35));
    // The first dice of both bodies are asked for together, and so are the second ones.
    assert_eq!(asked, [2, 2]);
}

/// Which body of Parallel fails does not depend on whose answer comes first.
#[test]
fn parallel_fails_as_its_first_body_that_fails() {
    let code = code(SIDES);
    let mut machine = Machine::new(Arc::clone(&code), Entries::default(), Limits::default()).unwrap();
    let Stop::Wants(requests) = machine.step(1_000) else { panic!("it asks first") };
    let fails = |what: &str| Err(crate::Fault::new(what, what));
    machine.answer(requests[1].token, fails("right"));
    let Stop::Wants(more) = machine.step(1_000) else { panic!("the left body goes on") };
    assert!(more.is_empty());
    machine.answer(requests[0].token, fails("left"));
    let Stop::Failed(failure) = machine.step(1_000) else { panic!("both failed") };
    assert_eq!((failure.fault.code.as_str(), failure.block), ("left", Some("a".into())));
}

/// A machine, stepped until it waits: it, and everything that it asked for.
fn until_it_waits(source: &str) -> (Machine, Vec<Request>) {
    let mut machine = Machine::new(code(source), Entries::default(), Limits::default()).unwrap();
    let mut asked = Vec::new();
    loop {
        match machine.step(1_000) {
            Stop::Wants(requests) if requests.is_empty() => return (machine, asked),
            Stop::Wants(requests) => asked.extend(requests),
            other => panic!("it waits for answers, but {other:?}"),
        }
    }
}

fn late() -> crate::Answer {
    Err(crate::Fault::new("late", "late"))
}

const ATTEMPT: &str = r#"program 1 "p"
output code: text <- guard.code

guard: try
  try:
    die: random_int
      high <- 6
      low <- 1
    broken: fail
      message <- "no"
    yield code <- ""
  catch:
    code: formula
      expression = "error.code"
      error <- guard.error
    yield code <- code.value
"#;

/// The order of blocks is the order of meaning: what was asked for first fails first, however late it is known.
#[test]
fn what_was_asked_for_before_a_failure_fails_first() {
    let (mut machine, asked) = until_it_waits(ATTEMPT);
    machine.answer(asked[0].token, late());
    assert_eq!(machine.step(1_000), Stop::Done(Entries::from_iter([("code".to_owned(), Value::text("late"))])));
    let (mut machine, asked) = until_it_waits(ATTEMPT);
    machine.answer(asked[0].token, Ok(Value::Int(3)));
    assert_eq!(machine.step(1_000), Stop::Done(Entries::from_iter([("code".to_owned(), Value::text("raised"))])));
}

/// A Try catches what fails in it, not what was asked for before it.
#[test]
fn what_was_asked_for_before_a_try_is_not_caught_by_it() {
    let source = ATTEMPT.replace(
        "guard: try\n  try:\n    die: random_int\n      high <- 6\n      low <- 1\n",
        "die: random_int\n  high <- 6\n  low <- 1\n\nguard: try\n  try:\n",
    );
    let (mut machine, asked) = until_it_waits(&source);
    machine.answer(asked[0].token, late());
    let Stop::Failed(failure) = machine.step(1_000) else { panic!("nothing catches it") };
    assert_eq!((failure.fault.code.as_str(), failure.block), ("late", Some("die".into())));
}

/// Regression: what was printed before a failure, or before a loop without end, was never seen.
#[test]
fn what_was_asked_for_before_the_end_happens() {
    let failing = "program 1 \"p\"\n\nhello: print\n  value <- \"hello\"\n\nno: fail\n  message <- \"no\"\n";
    assert_eq!(outcome(failing, &[]), "hello; raised at no");
    let endless = r#"program 1 "p"

hello: print
  value <- "hello"

turns: while
  carry n: int <- 0
  condition:
    yield holds <- true
  body:
    more: formula
      expression = "n + 1"
      n <- turns.n
    yield n <- more.value
"#;
    assert_eq!(outcome(endless, &[]), "hello; fuel at more");
}

/// Nothing can read from `wait`: what stands behind it waits.
#[test]
fn what_stands_behind_a_wait_waits() {
    let source = "program 1 \"p\"\n\npause: wait\n  seconds <- 1\n\nhello: print\n  value <- \"hello\"\n";
    let (mut machine, asked) = until_it_waits(source);
    assert_eq!(asked.len(), 1);
    machine.answer(asked[0].token, Ok(Value::None));
    assert!(matches!(machine.step(1_000), Stop::Wants(requests) if requests.len() == 1));
}
