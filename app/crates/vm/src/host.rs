//! Running a program to its end against a host.

use std::sync::Arc;

use blocks::Value;
use blocks::catalog::Effect;
use blocks::value::Entries;
use serde::{Deserialize, Serialize};

use crate::compile::Code;
use crate::failure::{Failure, Fault};
use crate::limits::Limits;
use crate::machine::{Answer, Machine, Request, Stop};

/// What answers a program's requests. The browser, the server and the tests each have one.
pub trait Host {
    /// Answers a request.
    fn answer(&mut self, request: &Request) -> Answer;

    /// Whether the run should be given up; asked every few milliseconds of work.
    fn is_cancelled(&self) -> bool {
        false
    }
}

/// A host that grants nothing but the console, whose lines it keeps.
#[derive(Debug, Default)]
pub struct Console {
    /// The lines printed so far.
    pub lines: Vec<String>,
}

impl Console {
    /// Keeps the line that a print request asks for.
    ///
    /// # Errors
    /// `size` once more than 10,000 lines were printed.
    pub fn print(&mut self, request: &Request) -> Answer {
        if self.lines.len() >= 10_000 {
            return Err(Fault::new("size", "the program printed more than 10,000 lines"));
        }
        let mut line = String::new();
        for value in &request.arguments {
            crate::machine::push_text(&mut line, value);
        }
        self.lines.push(line);
        Ok(Value::None)
    }
}

impl Host for Console {
    fn answer(&mut self, request: &Request) -> Answer {
        match request.effect {
            Effect::Print => self.print(request),
            other => Err(Fault::new("not_granted", format!("the capability for {other:?} is not granted here"))),
        }
    }
}

/// How a run ended.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Outcome {
    /// The outputs by name, or how it failed.
    pub result: Result<Entries, Failure>,
    /// How much fuel it used.
    pub fuel_used: u64,
}

/// Fuel between two looks at whether a run is cancelled: a few milliseconds of work.
const SLICE: u64 = 200_000;

/// Runs a program to its end.
pub fn run(code: &Arc<Code>, inputs: Entries, limits: Limits, host: &mut dyn Host) -> Outcome {
    let mut machine = match Machine::new(Arc::clone(code), inputs, limits) {
        Ok(machine) => machine,
        Err(fault) => return Outcome { result: Err(Failure { fault, block: None }), fuel_used: 0 },
    };
    let result = drive(&mut machine, host);
    Outcome { result, fuel_used: machine.fuel_used() }
}

/// Runs a machine to its end.
pub(crate) fn drive(machine: &mut Machine, host: &mut dyn Host) -> Result<Entries, Failure> {
    loop {
        match machine.step(SLICE) {
            Stop::Done(outputs) => return Ok(outputs),
            Stop::Failed(failure) => return Err(failure),
            Stop::OutOfFuel => {}
            Stop::Wants(requests) => {
                for request in &requests {
                    machine.answer(request.token, host.answer(request));
                }
            }
        }
        if host.is_cancelled() {
            return Err(Failure { fault: Fault::new("cancelled", "the run was cancelled"), block: None });
        }
    }
}
