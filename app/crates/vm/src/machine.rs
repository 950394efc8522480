//! The machine: runs code step by step.

mod access;
mod effects;
mod execute;
mod integers;
pub(crate) mod lists;
mod registers;
mod slow;
mod state;
mod stored;
mod values;

pub(crate) use integers::{BESIDE, is_small};
pub(crate) use slow::push_text;
pub use state::{Answer, Request, State};
pub(crate) use state::{WINDOW, places};

use std::sync::Arc;

use blocks::Value;
use blocks::conform::conform;
use blocks::value::Entries;

use crate::compile::Code;
use crate::failure::{Failure, Fault};
use crate::limits::Limits;
use effects::Settled;
use execute::{Exit, Watched};
use state::{End, Failing, Thread};

/// A run of a program.
pub struct Machine {
    code: Arc<Code>,
    state: State,
}

/// Why a machine stopped.
#[derive(Clone, Debug, PartialEq)]
pub enum Stop {
    /// The fuel of this step is used up; step again.
    OutOfFuel,
    /// These requests are new; answer them, and those before that have no answer yet, in any order. If there are none, the
    /// run waits for answers; otherwise it may be able to go on meanwhile.
    Wants(Vec<Request>),
    /// The run is over: its outputs by name.
    Done(Entries),
    /// The run is over.
    Failed(Failure),
}

/// How a thread's turn ended.
enum Turn {
    /// It ended; whoever waits for it may go on.
    Over,
    /// It waits.
    Waits,
    /// The whole run stops here for now.
    Stops,
}

impl Machine {
    /// A run that is about to start.
    ///
    /// # Errors
    /// `input` if an input is missing, unknown or of another type.
    pub fn new(code: Arc<Code>, inputs: Entries, limits: Limits) -> Result<Self, Fault> {
        let mut thread = Thread::new(0, 0, &code.routines[0], None);
        let mut inputs = inputs;
        for ((class, register), parameter) in places(&code.routines[0].inputs, 0, 0).zip(code.inputs()) {
            let value = match (inputs.shift_remove(&parameter.name), &parameter.default) {
                (Some(value), _) => conform(value, &parameter.ty).map_err(|message| {
                    Fault::new("input", format!("the input '{}' does not fit: {message}", parameter.name))
                })?,
                (None, Some(default)) => default.clone(),
                (None, None) if matches!(parameter.ty, blocks::Type::Optional(_)) => Value::None,
                (None, None) => return Err(Fault::new("input", format!("the input '{}' is missing", parameter.name))),
            };
            thread.registers.bottom().put(class, register, value);
        }
        if let Some(unknown) = inputs.keys().next() {
            return Err(Fault::new("input", format!("there is no input '{unknown}'")));
        }
        let state = State {
            threads: vec![thread],
            next_thread: 1,
            wanted: Vec::new(),
            awaited: Vec::new(),
            next_token: 0,
            fuel_used: 0,
            limits,
            end: None,
            counts: vec![0; code.marks().len()],
            seen: vec![None; code.watched().len()],
        };
        Ok(Self { code, state })
    }

    /// A run that goes on from a state of the same code, within these limits.
    ///
    /// # Errors
    /// `checkpoint` if the state is none of this code: it was damaged, or the program changed.
    pub fn resume(code: Arc<Code>, mut state: State, limits: Limits) -> Result<Self, Fault> {
        state.bring_registers_back(&code);
        if !state.fits(&code) {
            return Err(Fault::new("checkpoint", "the stored state does not belong to this program"));
        }
        Ok(Self { code, state: State { limits, ..state } })
    }

    /// The state now; [`Machine::resume`] goes on from it.
    pub fn state(&self) -> &State {
        &self.state
    }

    /// How much fuel the run has used.
    pub fn fuel_used(&self) -> u64 {
        self.state.fuel_used
    }

    /// How often each of [`Code::marks`] was reached so far.
    pub fn counts(&self) -> &[u64] {
        &self.state.counts
    }

    /// The latest value of each of [`Code::watched`], if there was one.
    pub fn seen(&self) -> &[Option<Value>] {
        &self.state.seen
    }

    /// Hands in the answer to a request. An answer to a request that is not awaited is passed over.
    pub fn answer(&mut self, token: u64, answer: Answer) {
        if let Some(awaited) = self.state.awaited.iter_mut().find(|awaited| awaited.token == token) {
            awaited.answer = Some(answer);
        }
    }

    /// Runs for at most so much fuel.
    pub fn step(&mut self, fuel: u64) -> Stop {
        let until = self.state.fuel_used.saturating_add(fuel);
        while self.state.end.is_none() {
            let started = self.state.next_thread;
            let mut progress = false;
            for id in self.state.threads.iter().map(|thread| thread.id).collect::<Vec<_>>() {
                match self.turn(id, until) {
                    Turn::Over => progress = true,
                    Turn::Waits => {}
                    Turn::Stops if self.state.end.is_some() => break,
                    Turn::Stops => return self.pause(),
                }
            }
            progress |= self.state.next_thread != started;
            if !progress && self.state.end.is_none() {
                return Stop::Wants(std::mem::take(&mut self.state.wanted));
            }
        }
        if !self.state.wanted.is_empty() {
            // What was asked before the end happens, too.
            return self.pause();
        }
        match &self.state.end {
            Some(End::Done(outputs)) => Stop::Done(outputs.clone()),
            Some(End::Failed(failure)) => Stop::Failed(failure.clone()),
            None => Stop::OutOfFuel,
        }
    }

    fn pause(&mut self) -> Stop {
        if self.state.wanted.is_empty() { Stop::OutOfFuel } else { Stop::Wants(std::mem::take(&mut self.state.wanted)) }
    }

    /// Runs one thread until it ends or waits, or the run stops.
    fn turn(&mut self, id: u32, until: u64) -> Turn {
        loop {
            let code = Arc::clone(&self.code);
            let State { threads, counts, seen, fuel_used, limits, next_token, awaited, .. } = &mut self.state;
            let Some(thread) = threads.iter_mut().find(|thread| thread.id == id) else { return Turn::Waits };
            if thread.ended.is_some() {
                return Turn::Waits;
            }
            if let Some(failing) = &thread.failing {
                let Some(failing) = effects::first_failure(&code, awaited, id, failing) else { return Turn::Waits };
                if self.fail(&code, id, failing) {
                    return Turn::Over;
                }
                continue;
            }
            let allowed =
                i64::try_from(until.min(limits.fuel).saturating_sub(*fuel_used)).unwrap_or(i64::MAX).min(i64::MAX / 2);
            let mut left = allowed;
            let exit = execute::run(
                &code,
                thread,
                limits,
                &mut left,
                Watched { counts, seen, pending: !awaited.is_empty(), next_token: *next_token },
            );
            *fuel_used = fuel_used.saturating_add((allowed - left).unsigned_abs());
            match exit {
                Exit::OutOfFuel if *fuel_used >= limits.fuel => {
                    let fault = Fault::new("fuel", format!("the run took more than {} steps", limits.fuel));
                    // The instruction that was not executed any more is where the fuel ended.
                    if let Some(frame) = thread.frames.last_mut() {
                        frame.at += 1;
                    }
                    self.end(&code, id, fault);
                    return Turn::Stops;
                }
                Exit::OutOfFuel => return Turn::Stops,
                Exit::Ends => {
                    self.finish(&code, id);
                    return Turn::Over;
                }
                Exit::Fails(fault) if !fault.is_catchable() => {
                    self.end(&code, id, fault);
                    return Turn::Over;
                }
                Exit::Fails(fault) => self.is_failing(&code, id, Failure { fault, block: None }),
                Exit::Asks(asked) => {
                    let crowded = effects::is_crowded(&self.state);
                    match effects::settle(&code, &mut self.state, id, asked) {
                        Settled::Yes if !crowded && effects::is_crowded(&self.state) => return Turn::Stops,
                        Settled::Yes => {}
                        Settled::NotYet => {
                            self.again(id);
                            return Turn::Waits;
                        }
                        Settled::Fails(failure) if !failure.fault.is_catchable() => {
                            self.end_with(failure);
                            return Turn::Over;
                        }
                        Settled::Fails(failure) => self.is_failing(&code, id, failure),
                    }
                }
            }
        }
    }

    /// Lets a thread execute its latest instruction again, for which it paid already.
    fn again(&mut self, id: u32) {
        self.state.fuel_used = self.state.fuel_used.saturating_sub(1);
        if let Some(frame) = self.state.thread(id).and_then(|thread| thread.frames.last_mut()) {
            frame.at -= 1;
        }
    }

    fn finish(&mut self, code: &Code, id: u32) {
        let Some(thread) = self.state.thread(id) else { return };
        thread.ended = Some(Ok(()));
        if thread.starter.is_some() {
            return;
        }
        let outputs = places(&code.routines[0].outputs, 0, 0).zip(code.outputs());
        let outputs = outputs
            .map(|((class, register), (name, _))| (name.clone(), thread.registers.bottom().get(class, register)));
        let outputs: Entries = outputs.collect();
        // Whoever gets the outputs writes them.
        let size = outputs.values().try_for_each(|value| self.state.limits.look_through(value).map(drop));
        self.state.end = Some(match size {
            Ok(()) => End::Done(outputs),
            Err(fault) => End::Failed(Failure { fault, block: None }),
        });
    }

    /// Ends the run with what no handler catches.
    fn end(&mut self, code: &Code, id: u32, fault: Fault) {
        let block = self.state.thread(id).and_then(|thread| effects::block_of(code, thread));
        self.end_with(Failure { fault, block });
    }

    fn end_with(&mut self, failure: Failure) {
        self.state.end = Some(End::Failed(failure));
    }

    /// Notes that a thread fails. What it asked for before comes first: its answers are waited for.
    fn is_failing(&mut self, code: &Code, id: u32, failure: Failure) {
        self.state.give_up_below(id);
        let token = self.state.next_token;
        if let Some(thread) = self.state.thread(id) {
            let block = failure.block.or_else(|| effects::block_of(code, thread));
            thread.failing = Some(Failing { failure: Failure { block, ..failure }, token });
        }
    }

    /// Lets a thread go on at the innermost handler that was there when it asked for what failed, or ends it; `true` if
    /// it ended.
    fn fail(&mut self, code: &Code, id: u32, failing: Failing) -> bool {
        let Failing { failure, token } = failing;
        let Some(thread) = self.state.thread(id) else { return true };
        thread.failing = None;
        while thread.handlers.last().is_some_and(|handler| handler.token > token) {
            thread.handlers.pop();
        }
        let Some(handler) = thread.handlers.pop() else {
            match thread.starter {
                Some(_) => thread.ended = Some(Err(failure)),
                None => self.end_with(failure),
            }
            return true;
        };
        thread.frames.truncate(handler.depth);
        let Some(frame) = thread.frames.last_mut() else { return true };
        frame.at = handler.at;
        let frame = *frame;
        let routine = &code.routines[frame.routine as usize];
        let top = (frame.plain + routine.plain as usize, frame.values + routine.values as usize);
        thread.registers.values.truncate(top.1);
        thread.registers.files(frame, routine).values[handler.error as usize] = error_value(&failure.fault);
        self.state.awaited.retain(|awaited| awaited.thread != id || awaited.token < handler.token);
        false
    }
}

/// What a Try hands to the body that catches.
fn error_value(fault: &Fault) -> Value {
    Value::map([
        ("code".to_owned(), Value::text(fault.code.as_str())),
        ("message".to_owned(), Value::text(fault.message())),
    ])
}
