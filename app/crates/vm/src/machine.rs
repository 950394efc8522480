//! The machine: runs code step by step.

mod access;
mod execute;

pub(crate) use execute::push_text;

use std::sync::Arc;

use blocks::catalog::Effect;
use blocks::conform::conform;
use blocks::value::Entries;
use blocks::{BlockId, Value};
use serde::{Deserialize, Serialize};

use crate::compile::Code;
use crate::failure::{Failure, Fault};
use crate::limits::Limits;

/// A run of a program.
pub struct Machine {
    code: Arc<Code>,
    state: State,
}

/// Everything that a run is at a point between two steps.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct State {
    pub(crate) stack: Vec<Value>,
    pub(crate) frames: Vec<Frame>,
    /// Requests that were not handed out yet.
    pub(crate) wanted: Vec<Request>,
    /// Requests whose answers are awaited.
    pub(crate) awaited: Vec<Awaited>,
    pub(crate) next_token: u64,
    pub(crate) fuel_used: u64,
    pub(crate) limits: Limits,
    pub(crate) end: Option<End>,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Frame {
    pub(crate) routine: u32,
    pub(crate) at: u32,
    pub(crate) base: usize,
    /// Where the caller wants the outputs.
    pub(crate) results: u32,
    pub(crate) handlers: Vec<Handler>,
}

#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub(crate) struct Handler {
    pub(crate) at: u32,
    pub(crate) error: u32,
}

/// Something that the program asks of the world outside.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Request {
    /// Names the request in its answer.
    pub token: u64,
    /// What is asked.
    pub effect: Effect,
    /// With what.
    pub arguments: Vec<Value>,
    /// The block that asks.
    pub block: Option<BlockId>,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Awaited {
    pub(crate) token: u64,
    /// The register, counted from the bottom of the stack.
    pub(crate) register: usize,
    pub(crate) block: Option<BlockId>,
    pub(crate) answer: Option<Answer>,
}

/// What the world outside says to a request.
pub type Answer = Result<Value, Fault>;

#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) enum End {
    Done(Entries),
    Failed(Failure),
}

/// Why a machine stopped.
#[derive(Clone, Debug, PartialEq)]
pub enum Stop {
    /// The fuel of this step is used up; step again.
    OutOfFuel,
    /// These requests are new; answer them, and those before that have no answer yet, in any order.
    Wants(Vec<Request>),
    /// The run is over: its outputs by name.
    Done(Entries),
    /// The run is over.
    Failed(Failure),
}

impl Machine {
    /// A run that is about to start.
    ///
    /// # Errors
    /// `input` if an input is missing, unknown or of another type.
    pub fn new(code: Arc<Code>, inputs: Entries, limits: Limits) -> Result<Self, Fault> {
        let mut stack = vec![Value::None; code.routines[0].registers as usize];
        let mut inputs = inputs;
        for (register, parameter) in stack.iter_mut().zip(code.inputs()) {
            *register = match (inputs.shift_remove(&parameter.name), &parameter.default) {
                (Some(value), _) => conform(value, &parameter.ty).map_err(|message| {
                    Fault::new("input", format!("the input '{}' does not fit: {message}", parameter.name))
                })?,
                (None, Some(default)) => default.clone(),
                (None, None) if matches!(parameter.ty, blocks::Type::Optional(_)) => Value::None,
                (None, None) => return Err(Fault::new("input", format!("the input '{}' is missing", parameter.name))),
            };
        }
        if let Some(unknown) = inputs.keys().next() {
            return Err(Fault::new("input", format!("there is no input '{unknown}'")));
        }
        let frame = Frame { routine: 0, at: 0, base: 0, results: 0, handlers: Vec::new() };
        let state = State {
            stack,
            frames: vec![frame],
            wanted: Vec::new(),
            awaited: Vec::new(),
            next_token: 0,
            fuel_used: 0,
            limits,
            end: None,
        };
        Ok(Self { code, state })
    }

    /// A run that goes on from a state of the same code.
    pub fn resume(code: Arc<Code>, state: State) -> Self {
        Self { code, state }
    }

    /// The state now; [`Machine::resume`] goes on from it.
    pub fn state(&self) -> &State {
        &self.state
    }

    /// How much fuel the run has used.
    pub fn fuel_used(&self) -> u64 {
        self.state.fuel_used
    }

    /// Hands in the answer to a request. An answer to a request that is not awaited is passed over.
    pub fn answer(&mut self, token: u64, answer: Answer) {
        if let Some(awaited) = self.state.awaited.iter_mut().find(|awaited| awaited.token == token) {
            awaited.answer = Some(answer);
        }
    }

    /// Runs for at most so much fuel.
    pub fn step(&mut self, fuel: u64) -> Stop {
        if self.state.end.is_none() {
            let code = Arc::clone(&self.code);
            if let Some(stop) = execute::run(&code, &mut self.state, fuel) {
                return stop;
            }
        }
        match &self.state.end {
            Some(End::Done(outputs)) => Stop::Done(outputs.clone()),
            Some(End::Failed(failure)) => Stop::Failed(failure.clone()),
            None => Stop::OutOfFuel,
        }
    }
}
