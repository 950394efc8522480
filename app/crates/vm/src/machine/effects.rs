//! What a thread asks for: answers of the world outside, and other threads.

use blocks::Value;
use blocks::conform::conform;

use super::execute::MAX_REGISTERS;
use super::state::{Awaited, Failing, Frame, Request, Starter, State, Thread, places};
use crate::compile::Code;
use crate::failure::{Failure, Fault};
use crate::op::{Class, Op};

/// How many requests may gather before they are handed out.
const MAX_WANTED: usize = 64;

/// How many threads there may be.
pub(super) const MAX_THREADS: usize = 1_000;

/// What a thread asks for. Registers are counted from the bottom of their file.
pub(super) enum Asked {
    /// An effect, whose answer will be in a register.
    Effect { class: Class, register: usize, effect: u16, arguments: Vec<Value> },
    /// The answer for a register, if one is awaited there.
    Answer { class: Class, register: usize },
    /// All answers that the thread awaits.
    Answers,
    /// A routine to run beside it.
    Fork { routine: u32, plain: usize, values: usize },
    /// The end of the latest so many routines that it started.
    Meet { count: u32 },
}

impl Asked {
    /// What an instruction of a frame asks for.
    #[cold]
    pub(super) fn by(op: Op, frame: Frame, values: &[Value]) -> Self {
        let bottom = |class: Class, register: u32| {
            register as usize + if class == Class::Value { frame.values } else { frame.plain }
        };
        match op {
            Op::Effect { class, effect, to, first, count } => Self::Effect {
                class,
                register: bottom(class, to),
                effect,
                arguments: values[first as usize..(first + count) as usize].to_vec(),
            },
            Op::Await { class, register } => Self::Answer { class, register: bottom(class, register) },
            Op::Fork { routine, plain, values } => {
                Self::Fork { routine, plain: frame.plain + plain as usize, values: frame.values + values as usize }
            }
            Op::Meet { count } => Self::Meet { count },
            _ => Self::Answers,
        }
    }
}

/// What became of a question.
pub(super) enum Settled {
    /// The thread goes on.
    Yes,
    /// It waits, and asks again.
    NotYet,
    /// It fails; the failure has its block already where another one is to blame.
    Fails(Failure),
}

/// Answers what a thread asks, as far as that is possible now.
pub(super) fn settle(code: &Code, state: &mut State, thread: u32, asked: Asked) -> Settled {
    match asked {
        Asked::Effect { class, register, effect, arguments } => {
            ask(code, state, thread, class, register, effect, arguments)
        }
        Asked::Answer { class, register } => arrive(code, state, thread, Some((class, register))),
        Asked::Answers => arrive(code, state, thread, None),
        Asked::Fork { routine, plain, values } => fork(code, state, thread, routine, plain, values),
        Asked::Meet { count } => meet(code, state, thread, count as usize),
    }
}

fn ask(
    code: &Code,
    state: &mut State,
    thread: u32,
    class: Class,
    register: usize,
    effect: u16,
    arguments: Vec<Value>,
) -> Settled {
    // In a loop, the answer of the turn before may still be on its way to the same register.
    match arrive(code, state, thread, Some((class, register))) {
        Settled::Yes => {}
        other => return other,
    }
    let block = state.thread(thread).and_then(|thread| block_of(code, thread));
    for argument in &arguments {
        match state.limits.look_through(argument) {
            Ok(cost) => state.fuel_used = state.fuel_used.saturating_add(cost.unsigned_abs()),
            Err(fault) => return Settled::Fails(Failure { fault, block }),
        }
    }
    let token = state.next_token;
    state.next_token += 1;
    let asked = code.effects[effect as usize].0;
    state.wanted.push(Request { token, effect: asked, arguments, block: block.clone() });
    state.awaited.push(Awaited { token, thread, class, register, effect, block, answer: None });
    Settled::Yes
}

/// Whether so many requests have gathered that they should be handed out.
pub(super) fn is_crowded(state: &State) -> bool {
    state.wanted.len() >= MAX_WANTED
}

/// Takes in the answers for one register, or for all of a thread.
fn arrive(code: &Code, state: &mut State, thread: u32, register: Option<(Class, usize)>) -> Settled {
    let concerns = |awaited: &Awaited| {
        awaited.thread == thread
            && register.is_none_or(|(class, register)| {
                awaited.register == register && (awaited.class == Class::Value) == (class == Class::Value)
            })
    };
    if state.awaited.iter().any(|awaited| concerns(awaited) && awaited.answer.is_none()) {
        return Settled::NotYet;
    }
    while let Some(index) = state.awaited.iter().position(concerns) {
        // A failure stays among what is awaited, for `first_failure`.
        if let Some(failure) = failure_of(code, &state.awaited[index]) {
            return Settled::Fails(failure);
        }
        let Awaited { class, register, effect, answer, .. } = state.awaited.remove(index);
        if let Some(Ok(value)) = answer {
            take_in(code, state, thread, class, register, effect, value);
        }
    }
    Settled::Yes
}

/// How a request failed, if it did: also by an answer that does not fit.
fn failure_of(code: &Code, awaited: &Awaited) -> Option<Failure> {
    let fault = match (awaited.answer.as_ref()?, &code.effects[awaited.effect as usize]) {
        (Err(fault), _) => fault.clone(),
        (Ok(_), (_, None)) => return None,
        (Ok(value), (asked, Some(ty))) => {
            let message = conform(value.clone(), ty).err()?;
            Fault::new("wrong_type", format!("the answer to {} does not fit: {message}", asked.name()))
        }
    };
    Some(Failure { fault, block: awaited.block.clone() })
}

/// What a failing thread fails with: the first of what it asked for that failed, in the order of asking, or else what it
/// failed with itself. `None` as long as an answer is missing. So it does not depend on who is faster.
pub(super) fn first_failure(code: &Code, awaited: &[Awaited], thread: u32, failing: &Failing) -> Option<Failing> {
    for awaited in awaited.iter().filter(|awaited| awaited.thread == thread) {
        awaited.answer.as_ref()?;
        if let Some(failure) = failure_of(code, awaited) {
            return Some(Failing { failure, token: awaited.token });
        }
    }
    Some(failing.clone())
}

fn take_in(code: &Code, state: &mut State, thread: u32, class: Class, register: usize, effect: u16, value: Value) {
    let fitting = code.effects[effect as usize].1.as_ref().and_then(|ty| conform(value, ty).ok());
    if let (Some(value), Some(thread)) = (fitting, state.thread(thread)) {
        thread.registers.bottom().put(class, register as u32, value);
    }
}

fn fork(code: &Code, state: &mut State, starter: u32, routine: u32, plain: usize, values: usize) -> Settled {
    if state.threads.len() >= MAX_THREADS {
        let fault = Fault::new("size", format!("more than {MAX_THREADS} bodies would run side by side"));
        let block = state.thread(starter).and_then(|thread| block_of(code, thread));
        return Settled::Fails(Failure { fault, block });
    }
    let callee = &code.routines[routine as usize];
    let held = state.threads.iter().map(|thread| thread.registers.plain.len() + thread.registers.values.len());
    if held.sum::<usize>() + callee.plain as usize + callee.values as usize > MAX_REGISTERS {
        let fault = Fault::new("size", "the bodies that run side by side are too large together");
        return Settled::Fails(Failure { fault, block: None });
    }
    let id = state.next_thread;
    state.next_thread += 1;
    let mut thread = Thread::new(id, routine, callee, Some(Starter { thread: starter, plain, values }));
    if let Some(from) = state.thread(starter) {
        let to = places(&callee.inputs, 0, 0);
        for ((class, from_register), (_, to)) in places(&callee.inputs, plain, values).zip(to) {
            let value = from.registers.bottom().get(class, from_register);
            thread.registers.bottom().put(class, to, value);
        }
    }
    state.threads.push(thread);
    Settled::Yes
}

/// Takes in the outputs of the latest threads that a thread started. It fails as the first of them that failed, once
/// those before it have ended; which one that is does not depend on who is faster.
fn meet(code: &Code, state: &mut State, starter: u32, count: usize) -> Settled {
    let mut children: Vec<u32> = state
        .threads
        .iter()
        .filter(|thread| thread.starter.is_some_and(|from| from.thread == starter))
        .map(|thread| thread.id)
        .collect();
    children.drain(..children.len().saturating_sub(count));
    for child in &children {
        match state.thread(*child).and_then(|thread| thread.ended.clone()) {
            None => return Settled::NotYet,
            Some(Ok(())) => {}
            Some(Err(failure)) => return Settled::Fails(failure),
        }
    }
    for child in children {
        let Some(index) = state.threads.iter().position(|thread| thread.id == child) else { continue };
        let mut ended = state.threads.remove(index);
        let (Some(from), Some(Frame { routine, .. })) = (ended.starter, ended.frames.first().copied()) else {
            continue;
        };
        let outputs = &code.routines[routine as usize].outputs;
        let Some(thread) = state.thread(starter) else { continue };
        for ((class, to), (_, register)) in places(outputs, from.plain, from.values).zip(places(outputs, 0, 0)) {
            let value = ended.registers.bottom().get(class, register);
            thread.registers.bottom().put(class, to, value);
        }
    }
    Settled::Yes
}

/// The block whose instruction a thread stands behind; for the library's routines, the block that called them.
pub(super) fn block_of(code: &Code, thread: &Thread) -> Option<blocks::BlockId> {
    let frame = thread.frames.iter().rev().find(|frame| !code.routines[frame.routine as usize].library)?;
    code.block(code.origin_of(*frame))
}
