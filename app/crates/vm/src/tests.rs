mod containers;
mod effects;
mod formulas;
mod stored;

use std::sync::Arc;

use blocks::value::Entries;
use blocks::{Value, check, literal, text};

use crate::host::Console;
use crate::{Code, Limits, Machine, Request, Stop, compile, run};

fn code(source: &str) -> Arc<Code> {
    let program = text::read(source).unwrap_or_else(|problems| panic!("{problems:#?}"));
    let checked = check(&program);
    Arc::new(compile(&checked.plan.unwrap_or_else(|| panic!("{:#?}", checked.diagnostics))))
}

/// Outputs as `name = literal`, or `code at block`.
fn outcome(source: &str, inputs: &[(&str, &str)]) -> String {
    let inputs: Entries =
        inputs.iter().map(|(name, value)| ((*name).to_owned(), literal::read(value).unwrap())).collect();
    let mut console = Console::default();
    let limits = Limits { fuel: 3_000_000, ..Limits::default() };
    let outcome = run(&code(source), inputs, limits, &mut console);
    let mut parts = console.lines;
    match outcome.result {
        Ok(outputs) => parts.extend(outputs.iter().map(|(name, value)| format!("{name} = {value}"))),
        Err(failure) => parts.push(match failure.block {
            Some(block) => format!("{} at {block}", failure.fault.code),
            None => failure.fault.code,
        }),
    }
    parts.join("; ")
}

/// The value of a formula without names, or its error code.
fn formula(expression: &str) -> String {
    let quoted = literal::write(&Value::text(expression));
    let probe = format!("program 1 \"p\"\n\nf: formula\n  expression = {quoted}\n");
    let ty = check(&text::read(&probe).unwrap()).types.get(&("f".into(), "value".to_owned())).cloned().unwrap();
    outcome(&probe.replacen('\n', &format!("\noutput v: {ty} <- f.value\n"), 1), &[])
}

const FACTORIAL: &str = r#"program 1 "Factorial"
input n: int
output value: int <- start.value

start: call
  function = "factorial"
  n <- input.n

function factorial
  input n: int
  output value: int <- choice.value
  small: formula
    expression = "n < 2"
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
        function = "factorial"
        n <- less.value
      times: formula
        expression = "n * rest"
        n <- input.n
        rest <- inner.value
      yield value <- times.value
"#;
