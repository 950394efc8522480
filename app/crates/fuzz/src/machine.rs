//! The virtual machine: whole runs, interrupted ones, and damaged checkpoints.

use std::sync::Arc;

use blocks::plan::Parameter;
use blocks::value::Entries;
use blocks::{Program, Type, Value, check, literal, text};
use vm::{
    Answer, Code, Fault, Host, Limits, Machine, Outcome, Request, State, Stop, Watch, compile, compile_watched, run,
};

use crate::choices::Choices;

const LIMITS: Limits = Limits { fuel: 20_000, value_bytes: 64 * 1024, depth: 50 };

/// How often an interrupted run is stored and resumed.
const STORED: usize = 12;

/// Steps of a run that goes on from a damaged checkpoint.
const STEPS: usize = 40;

/// A sound program runs within its limits, whole or in parts, and a damaged checkpoint is an error or runs within them,
/// too. The input is a program, or one and a line of choices that say what is damaged.
///
/// # Panics
/// Where that does not hold.
pub fn machine(data: &[u8]) {
    let parts = crate::parts(data);
    let (Some(source), damage) = (parts.first(), parts.get(1)) else { return };
    let Ok(program) = text::read(source) else { return };
    if let Some(code) = runs_alike(&program)
        && let Some(damage) = damage
    {
        damaged(&code, &mut Choices::new(damage.trim_end().as_bytes()));
    }
}

/// Runs a sound program whole, watched and in parts: all three end the same.
pub(crate) fn runs_alike(program: &Program) -> Option<Arc<Code>> {
    let plan = check(program).plan?;
    let code = Arc::new(compile(&plan));
    let watched = Arc::new(compile_watched(&plan, Watch { counts: true, values: true }));
    let inputs = inputs(code.inputs());
    let whole = run(&code, inputs.clone(), LIMITS, &mut World);
    let in_parts = interrupted(&code, inputs.clone());
    // Values that shared their items do so no longer when they were stored, and marks of watched code are steps, too.
    let watched = run(&watched, inputs, Limits { fuel: 10 * LIMITS.fuel, ..LIMITS }, &mut World);
    if !is_out_of_fuel(&whole) && !is_out_of_fuel(&in_parts) {
        assert_eq!(result(&in_parts), result(&whole), "a run that is stored and resumed ends otherwise");
        assert_eq!(result(&watched), result(&whole), "a run that is watched ends otherwise");
    }
    for test in &program.tests {
        vm::testing::check_test(test, &code, LIMITS);
    }
    Some(code)
}

fn result(outcome: &Outcome) -> String {
    match &outcome.result {
        Ok(outputs) => outputs.iter().map(|(name, value)| format!("{name} = {}\n", literal::write(value))).collect(),
        Err(failure) => format!("{} at {:?}", failure.fault.code, failure.block),
    }
}

fn is_out_of_fuel(outcome: &Outcome) -> bool {
    outcome.result.as_ref().is_err_and(|failure| failure.fault.code == "fuel")
}

/// The default of each input, or some value of its type.
fn inputs(parameters: &[Parameter]) -> Entries {
    let missing = parameters.iter().filter(|parameter| parameter.default.is_none());
    missing.map(|parameter| (parameter.name.clone(), some(&parameter.ty))).collect()
}

fn some(ty: &Type) -> Value {
    match ty {
        Type::Int => Value::Int(7),
        Type::Number => Value::Number(-2.5),
        Type::Text => Value::text("añ,1"),
        Type::Bool => Value::Bool(true),
        Type::List(item) => Value::list(vec![some(item), some(item)]),
        Type::Map(item) => Value::map([("a".to_owned(), some(item))]),
        Type::Record(fields) => Value::map(fields.iter().map(|(name, ty)| (name.clone(), some(ty)))),
        Type::Json => Value::list(vec![Value::Int(1), Value::text("x"), Value::None]),
        _ => Value::None,
    }
}

/// Answers everything with something, which is of the right type now and then.
struct World;

impl Host for World {
    fn answer(&mut self, request: &Request) -> Answer {
        match request.token % 4 {
            0 => Ok(Value::text("answer")),
            1 => Ok(request.arguments.first().cloned().unwrap_or(Value::None)),
            2 => Ok(Value::map([("status".to_owned(), Value::Int(200)), ("body".to_owned(), Value::text("ok"))])),
            _ => Err(Fault::new("network", "no answer")),
        }
    }
}

fn interrupted(code: &Arc<Code>, inputs: Entries) -> Outcome {
    let mut machine = match Machine::new(Arc::clone(code), inputs, LIMITS) {
        Ok(machine) => machine,
        Err(fault) => return Outcome { result: Err(vm::Failure { fault, block: None }), fuel_used: 0 },
    };
    let mut stored = 0;
    loop {
        let stop = machine.step(if stored < STORED { 37 } else { LIMITS.fuel });
        let result = match stop {
            Stop::Done(outputs) => Ok(outputs),
            Stop::Failed(failure) => Err(failure),
            other => {
                if let Stop::Wants(requests) = other {
                    for request in requests {
                        machine.answer(request.token, World.answer(&request));
                    }
                }
                if stored < STORED {
                    stored += 1;
                    machine = restored(code, machine.state());
                }
                continue;
            }
        };
        return Outcome { result, fuel_used: machine.fuel_used() };
    }
}

fn restored(code: &Arc<Code>, state: &State) -> Machine {
    let stored = serde_json::to_vec(state).expect("a state is data");
    let state = serde_json::from_slice(&stored).expect("a stored state reads back");
    Machine::resume(Arc::clone(code), state, LIMITS).expect("a stored state fits its code")
}

/// Changes bytes of a checkpoint; the machine refuses it, or ends within its limits.
fn damaged(code: &Arc<Code>, choices: &mut Choices<'_>) {
    let Ok(mut machine) = Machine::new(Arc::clone(code), inputs(code.inputs()), LIMITS) else { return };
    machine.step(1 + 7 * choices.below(30) as u64);
    let mut stored = serde_json::to_vec(machine.state()).expect("a state is data");
    while choices.are_left() && !stored.is_empty() {
        let at = (choices.below(256) << 8 | choices.below(256)) % stored.len();
        damage(&mut stored, at, choices);
    }
    let Ok(state) = serde_json::from_slice::<State>(&stored) else { return };
    let Ok(mut machine) = Machine::resume(Arc::clone(code), state, LIMITS) else { return };
    for _ in 0..STEPS {
        match machine.step(2_000) {
            Stop::Done(_) | Stop::Failed(_) => return,
            Stop::OutOfFuel => {}
            Stop::Wants(requests) => {
                for request in requests {
                    machine.answer(request.token, World.answer(&request));
                }
            }
        }
    }
}

/// Mostly the digits of a number, as those that break the form are refused at once.
fn damage(stored: &mut Vec<u8>, at: usize, choices: &mut Choices<'_>) {
    let Some(digit) = (at..stored.len()).find(|at| stored[*at].is_ascii_digit()) else { return };
    match choices.below(6) {
        0 => stored[at] = choices.below(256) as u8,
        1 => drop(stored.splice(digit..digit, "99999".bytes())),
        2 => drop(stored.remove(digit)),
        3 => stored.truncate(at),
        _ => stored[digit] = b'0' + choices.below(10) as u8,
    }
}
