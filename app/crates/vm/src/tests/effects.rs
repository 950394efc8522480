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
    loop {
        let state = serde_json::from_str(&serde_json::to_string(machine.state()).unwrap()).unwrap();
        machine = Machine::resume(Arc::clone(&code), state);
        match machine.step(1) {
            Stop::OutOfFuel => {}
            Stop::Done(outputs) => return (outputs, asked),
            Stop::Failed(failure) => panic!("{failure}"),
            Stop::Wants(requests) => {
                asked.push(requests.len());
                for request in requests.iter().rev() {
                    machine.answer(request.token, Ok(answer(request)));
                }
            }
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

/// What an attempt asked for before it failed is waited for, but its answer changes nothing any more.
#[test]
fn an_answer_that_comes_after_its_attempt_failed_is_passed_over() {
    let source = r#"program 1 "p"
output v: int <- guard.v

guard: try
  try:
    die: random_int
      high <- 6
      low <- 1
    broken: fail
      message <- "no"
    yield v <- die.value
  catch:
    yield v <- -1
"#;
    let mut machine = Machine::new(code(source), Entries::default(), Limits::default()).unwrap();
    let Stop::Wants(requests) = machine.step(1_000) else { panic!("the run waits for the die") };
    machine.answer(requests[0].token, Err(crate::Fault::new("late", "late")));
    assert_eq!(machine.step(1_000), Stop::Done(Entries::from_iter([("v".to_owned(), Value::Int(-1))])));
}
