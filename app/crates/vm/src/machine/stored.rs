//! Whether a stored state belongs to its code.
//!
//! A checkpoint may be damaged, or come from other code. What is checked here is what the machine takes for granted:
//! that places are places of the code and of the registers. Any values may stand in registers, as every instruction
//! looks at what it is given.

use super::effects::MAX_THREADS;
use super::state::{Awaited, Frame, Handler, Starter, State, Thread};
use crate::compile::{Code, RoutineCode};
use crate::op::{Class, Op};

/// More requests or threads than any run has.
const MAX_COUNT: u64 = 1 << 31;

impl State {
    /// Brings back the empty registers at the end, which are not stored.
    pub(super) fn bring_registers_back(&mut self, code: &Code) {
        for thread in self.threads.iter_mut().filter(|thread| frames_follow(code, &thread.frames)) {
            for frame in &thread.frames {
                if let Some(routine) = routine(code, frame) {
                    thread.registers.files(*frame, routine);
                }
            }
        }
    }

    /// Whether a run of the code can go on from here.
    pub(super) fn fits(&self, code: &Code) -> bool {
        self.next_token < MAX_COUNT
            && u64::from(self.next_thread) < MAX_COUNT
            && self.threads.len() <= MAX_THREADS
            && self.threads.iter().all(|thread| self.has_thread(code, thread))
            && self.awaited.iter().all(|awaited| self.has_awaited(code, awaited))
    }

    fn has_thread(&self, code: &Code, thread: &Thread) -> bool {
        let Some(first) = thread.frames.first().and_then(|frame| routine(code, frame)) else { return false };
        let runs = self.end.is_none() && thread.ended.is_none();
        let stands = thread.frames.last().is_some_and(|last| stands_in(code, last, runs));
        // While a routine that it called runs, those of the first may be cut off behind what it still reads.
        let (plain, values) = (thread.registers.plain.len(), thread.registers.values.len());
        let whole = plain >= first.plain as usize && values >= first.values as usize;
        let ended_well = matches!(thread.ended, Some(Ok(())));
        stands
            && (whole || thread.frames.len() > 1 && !ended_well)
            && frames_follow(code, &thread.frames)
            && thread.handlers.iter().all(|handler| has_handler(code, thread, handler))
            && self.has_starter(thread, first)
    }

    /// The program itself starts with the first routine; others have room for their outputs where they were started.
    fn has_starter(&self, thread: &Thread, first: &RoutineCode) -> bool {
        let Some(Starter { thread: starter, plain, values }) = thread.starter else {
            return thread.frames.first().is_some_and(|frame| frame.routine == 0);
        };
        let boxed = first.outputs.iter().filter(|class| **class == Class::Value).count();
        let room = |base: usize, count: usize, length: usize| base.checked_add(count).is_some_and(|end| end <= length);
        self.threads.iter().find(|other| other.id == starter).is_some_and(|starter| {
            starter.id < thread.id
                && room(plain, first.outputs.len() - boxed, starter.registers.plain.len())
                && room(values, boxed, starter.registers.values.len())
        })
    }

    fn has_awaited(&self, code: &Code, awaited: &Awaited) -> bool {
        let thread = self.threads.iter().find(|thread| thread.id == awaited.thread);
        let register = thread.is_some_and(|thread| match awaited.class {
            Class::Value => awaited.register < thread.registers.values.len(),
            _ => awaited.register < thread.registers.plain.len(),
        });
        register && (awaited.effect as usize) < code.effects.len()
    }
}

fn routine<'a>(code: &'a Code, frame: &Frame) -> Option<&'a RoutineCode> {
    code.routines.get(frame.routine as usize)
}

fn stands_in(code: &Code, frame: &Frame, runs: bool) -> bool {
    routine(code, frame).is_some_and(|routine| frame.at as usize + usize::from(runs) <= routine.ops.len())
}

/// Each frame is the one that the instruction called before which its caller stands.
fn frames_follow(code: &Code, frames: &[Frame]) -> bool {
    let begins = frames.first().is_some_and(|first| first.plain == 0 && first.values == 0);
    begins && frames.windows(2).all(|pair| matches!(pair, [caller, called] if calls(code, caller, called)))
}

fn calls(code: &Code, caller: &Frame, called: &Frame) -> bool {
    let before = (caller.at as usize).checked_sub(1);
    let op = before.and_then(|before| routine(code, caller)?.ops.get(before));
    let Some(Op::Call { routine, plain, values }) = op else { return false };
    let begins = |base: usize, offset: u32, called: usize| base.checked_add(offset as usize) == Some(called);
    *routine == called.routine
        && begins(caller.plain, *plain, called.plain)
        && begins(caller.values, *values, called.values)
}

fn has_handler(code: &Code, thread: &Thread, handler: &Handler) -> bool {
    let frame = handler.depth.checked_sub(1).and_then(|place| thread.frames.get(place));
    frame
        .and_then(|frame| routine(code, frame))
        .is_some_and(|routine| (handler.at as usize) < routine.ops.len() && handler.error < routine.values)
}
