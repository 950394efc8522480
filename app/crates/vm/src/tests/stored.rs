//! States that were stored: what goes on from them, and what is refused.

use super::*;

/// A program with calls, a handler, integers beyond words, texts, bodies side by side and requests.
const PROGRAM: &str = r#"program 1 "Stored"
output total: int <- power.value
output both: text <- sides.both

sides: parallel
  left:
    ask: read_file
      path <- "a"
    safe: try
      try:
        length: len
          value <- ask.value
        ratio: formula
          expression = "100 // length"
          length <- length.value
        yield value <- ratio.value
      catch:
        yield value <- -1
    shown: text
      value <- safe.value
    yield both <- shown.value
  right:
    again: read_file
      path <- "b"
    yield other <- again.value

power: call
  function = "power"
  n <- 70

function power
  input n: int
  output value: int <- choice.value
  small: formula
    expression = "n < 1"
    n <- input.n
  choice: if
    condition <- small.value
    then:
      yield value <- 1
    else:
      less: formula
        expression = "n - 1"
        n <- input.n
      inner: call
        function = "power"
        n <- less.value
      double: formula
        expression = "2 * inner"
        inner <- inner.value
      yield value <- double.value
"#;

/// Runs to the end, or for so many steps; answers with texts.
fn go_on(mut machine: Machine, steps: usize) -> Option<Stop> {
    for _ in 0..steps {
        match machine.step(500) {
            Stop::OutOfFuel => {}
            Stop::Wants(requests) => {
                for request in requests {
                    machine.answer(request.token, Ok(Value::text("1234")));
                }
            }
            end => return Some(end),
        }
    }
    None
}

#[test]
fn a_checkpoint_with_any_number_damaged_is_refused_or_ends() {
    let code = code(PROGRAM);
    let limits = Limits { fuel: 5_000, value_bytes: 100_000, depth: 100 };
    let (mut refused, mut ended) = (0, 0);
    for steps in [1, 9, 40, 300] {
        let mut machine = Machine::new(Arc::clone(&code), Entries::default(), limits).unwrap();
        let stop = machine.step(steps);
        let stored = serde_json::to_string(machine.state()).unwrap();
        if let Stop::Wants(requests) = stop {
            for request in requests {
                machine.answer(request.token, Ok(Value::text("1234")));
            }
        }
        assert!(matches!(go_on(machine, 100), Some(Stop::Done(_))), "at {steps}");
        let is_digit = |at: usize| stored.as_bytes().get(at).is_some_and(u8::is_ascii_digit);
        for at in (0..stored.len()).filter(|at| is_digit(*at) && !is_digit(at.wrapping_sub(1))) {
            let end = (at..).find(|end| !is_digit(*end)).unwrap();
            for number in ["0", "1", "3", "77", "4294967295", "9223372036854775807", "18446744073709551615"] {
                let damaged = format!("{}{number}{}", &stored[..at], &stored[end..]);
                let Ok(state) = serde_json::from_str(&damaged) else { continue };
                match Machine::resume(Arc::clone(&code), state, limits) {
                    Ok(machine) => ended += usize::from(go_on(machine, 100).is_some()),
                    Err(fault) => {
                        assert_eq!(fault.code, "checkpoint");
                        refused += 1;
                    }
                }
            }
        }
    }
    assert!(refused > 100 && ended > 100, "{refused} refused, {ended} ended");
}

#[test]
fn a_checkpoint_of_another_program_is_refused() {
    let limits = Limits::default();
    let mut machine = Machine::new(code(PROGRAM), Entries::default(), limits).unwrap();
    machine.step(40);
    let other = code("program 1 \"p\"\noutput v: int <- a.value\n\na: constant\n  value = 1\n");
    let resumed = Machine::resume(other, machine.state().clone(), limits);
    assert_eq!(resumed.err().map(|fault| fault.code), Some("checkpoint".to_owned()));
}
