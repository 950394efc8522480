//! The loop that executes instructions.

use std::cmp::Ordering;
use std::sync::Arc;

use blocks::conform::widen_to;
use blocks::value::Entries;
use blocks::{Value, literal};

use super::{Awaited, End, Frame, Handler, Request, State, Stop, access};
use crate::arithmetic;
use crate::compile::{Code, RoutineCode};
use crate::failure::{Failure, Fault};
use crate::limits::shallow_size;
use crate::op::Op;

/// How many requests may gather before they are handed out.
const MAX_WANTED: usize = 64;

/// What an instruction asks for besides going on.
enum Flow {
    Next,
    Goto(u32),
    Enter(Frame),
    Leave,
    /// Waits, and executes the same instruction again.
    Wait,
}

/// Runs until the run ends (`None`) or stops.
pub(super) fn run(code: &Code, state: &mut State, fuel: u64) -> Option<Stop> {
    let until = state.fuel_used.saturating_add(fuel);
    while state.end.is_none() {
        let routine = state.frames.last().map(|frame| &code.routines[frame.routine as usize])?;
        if let Some(stop) = run_frame(code, routine, state, until) {
            return Some(stop);
        }
    }
    None
}

/// Runs the top frame until another one is on top, the run ends, or it stops.
fn run_frame(code: &Code, routine: &RoutineCode, state: &mut State, until: u64) -> Option<Stop> {
    let (mut at, base) = state.frames.last().map(|frame| (frame.at, frame.base))?;
    loop {
        if state.fuel_used >= until.min(state.limits.fuel) {
            set_position(state, at);
            if state.fuel_used >= state.limits.fuel {
                let fault = Fault::new("fuel", format!("the run took more than {} steps", state.limits.fuel));
                fail(code, routine, state, at, fault);
                return None;
            }
            return Some(Stop::OutOfFuel);
        }
        state.fuel_used += 1;
        match execute(code, routine, state, base, at) {
            Ok(Flow::Next) => at += 1,
            Ok(Flow::Goto(to)) => at = to,
            Ok(Flow::Enter(frame)) => {
                set_position(state, at + 1);
                state.frames.push(frame);
                return None;
            }
            Ok(Flow::Leave) => return None,
            Ok(Flow::Wait) => {
                set_position(state, at);
                return Some(Stop::Wants(std::mem::take(&mut state.wanted)));
            }
            Err(fault) => {
                fail(code, routine, state, at, fault);
                return None;
            }
        }
    }
}

fn set_position(state: &mut State, at: u32) {
    if let Some(frame) = state.frames.last_mut() {
        frame.at = at;
    }
}

/// Goes on at the innermost handler, or ends the run.
fn fail(code: &Code, routine: &RoutineCode, state: &mut State, at: u32, fault: Fault) {
    let origin = origin(code, routine, state, at);
    // A failed effect is reported at the block that asked, not where its answer was needed.
    let failed = state.awaited.iter().position(|awaited| matches!(&awaited.answer, Some(Err(have)) if *have == fault));
    let block = match failed {
        Some(index) => state.awaited.remove(index).block,
        None => code.block(origin),
    };
    while fault.is_catchable() {
        let Some(frame) = state.frames.last_mut() else { break };
        if let Some(Handler { at, error }) = frame.handlers.pop() {
            frame.at = at;
            let register = frame.base + error as usize;
            state.stack[register] = error_value(&fault);
            let top = frame.base + code.routines[frame.routine as usize].registers as usize;
            state.stack.truncate(top);
            state.awaited.retain(|awaited| awaited.register < top);
            return;
        }
        state.frames.pop();
    }
    state.end = Some(End::Failed(Failure { fault, block }));
}

/// The block at which an instruction of the top frame fails; for the library's routines, the block that called it.
fn origin(code: &Code, routine: &RoutineCode, state: &State, at: u32) -> u32 {
    let mut found = routine.origins.get(at as usize).copied().unwrap_or(u32::MAX);
    let mut inside = routine.library;
    for frame in state.frames.iter().rev().skip(1) {
        if !inside {
            break;
        }
        let caller = &code.routines[frame.routine as usize];
        // The frame goes on behind its call.
        found = caller.origins.get(frame.at.saturating_sub(1) as usize).copied().unwrap_or(u32::MAX);
        inside = caller.library;
    }
    found
}

/// What a Try hands to the body that catches.
fn error_value(fault: &Fault) -> Value {
    Value::map([
        ("code".to_owned(), Value::text(fault.code.as_str())),
        ("message".to_owned(), Value::text(fault.message())),
    ])
}

/// Where a list or map stands in memory.
fn address(value: &Value) -> Option<usize> {
    match value {
        Value::List(items) => Some(Arc::as_ptr(items) as usize),
        Value::Map(entries) => Some(Arc::as_ptr(entries) as usize),
        _ => None,
    }
}

#[inline]
fn execute(code: &Code, routine: &RoutineCode, state: &mut State, base: usize, at: u32) -> Result<Flow, Fault> {
    let registers = &mut state.stack[base..];
    match routine.ops[at as usize] {
        Op::Constant { to, constant } => registers[to as usize] = code.constants[constant as usize].clone(),
        Op::Copy { to, from } => registers[to as usize] = registers[from as usize].clone(),
        Op::Move { to, from } => registers[to as usize] = std::mem::replace(&mut registers[from as usize], Value::None),
        Op::Widen { to, from, ty } => {
            registers[to as usize] = widen_to(registers[from as usize].clone(), &code.types[ty as usize]);
        }
        Op::Binary { operator, to, a, b } => {
            let result = arithmetic::binary(operator, &registers[a as usize], &registers[b as usize], &state.limits)?;
            state.fuel_used += shallow_size(&result) / 16;
            registers[to as usize] = result;
        }
        Op::Negate { to, from } => registers[to as usize] = arithmetic::negate(&registers[from as usize])?,
        Op::Not { to, from } => registers[to as usize] = Value::Bool(!truth(&registers[from as usize])?),
        Op::Jump { to } => return Ok(Flow::Goto(to)),
        Op::JumpIf { condition, to } => {
            if truth(&registers[condition as usize])? {
                return Ok(Flow::Goto(to));
            }
        }
        Op::JumpUnless { condition, to } => {
            if !truth(&registers[condition as usize])? {
                return Ok(Flow::Goto(to));
            }
        }
        Op::Builtin { function, signature, to, first, count } => {
            let arguments = &mut registers[first as usize..(first + count) as usize];
            let function = &code.functions[function as usize];
            let before = arguments.first().and_then(address);
            let result = (function.call)(signature, arguments, &state.limits)?;
            let made = shallow_size(&result);
            state.limits.allow(made)?;
            // What was changed where it stood took one step, however large it is.
            let changed = function.changes_in_place && before.is_some() && before == address(&result);
            state.fuel_used += if changed { 0 } else { made / 16 };
            registers[to as usize] = result;
        }
        Op::MakeList { to, first, count } => {
            registers[to as usize] = Value::list(take_row(registers, first, count));
        }
        Op::MakeRecord { to, names, first, count } => {
            let values = take_row(registers, first, count);
            let names = code.constants[names as usize].as_list().unwrap_or_default();
            let names = names.iter().map(|name| name.as_text().unwrap_or_default().to_owned());
            registers[to as usize] = Value::map(names.zip(values));
        }
        Op::Join { to, first, count } => {
            let mut joined = String::new();
            for value in &registers[first as usize..(first + count) as usize] {
                push_text(&mut joined, value);
                state.limits.allow(joined.len() as u64)?;
            }
            state.fuel_used += joined.len() as u64 / 16;
            registers[to as usize] = Value::text(joined);
        }
        Op::Index { to, whole, index } => {
            registers[to as usize] = access::index(&registers[whole as usize], &registers[index as usize])?;
        }
        Op::Slice { to, whole, from, until } => {
            let part =
                access::slice(&registers[whole as usize], &registers[from as usize], &registers[until as usize])?;
            state.fuel_used += shallow_size(&part) / 16;
            registers[to as usize] = part;
        }
        Op::Field { to, whole, name } => {
            let name = code.constants[name as usize].as_text().unwrap_or_default();
            registers[to as usize] = access::field(&registers[whole as usize], name)?;
        }
        Op::Item { to, list, index } => {
            registers[to as usize] = access::index(&registers[list as usize], &registers[index as usize])?;
        }
        Op::Length { to, list } => {
            let items = registers[list as usize]
                .as_list()
                .ok_or_else(|| Fault::wrong_type("a list", &registers[list as usize]))?;
            registers[to as usize] = Value::Int(items.len() as i64);
        }
        Op::Push { list, item } => {
            let item = registers[item as usize].clone();
            if let Value::List(items) = &mut registers[list as usize] {
                state.limits.allow((items.len() as u64 + 1) * 16)?;
                Arc::make_mut(items).push(item);
            }
        }
        Op::SortBy { list, keys, descending } => {
            let keys = std::mem::replace(&mut registers[keys as usize], Value::None);
            let items = std::mem::replace(&mut registers[list as usize], Value::None);
            state.fuel_used += shallow_size(&items) / 16;
            registers[list as usize] = sort_by(&items, &keys, descending)?;
        }
        Op::Increment { register } => {
            if let Value::Int(value) = &mut registers[register as usize] {
                *value = value.saturating_add(1);
            }
        }
        Op::Call { routine: callee, to, first } => {
            return call(code, routine, state, base, callee, to, first).map(Flow::Enter);
        }
        Op::Return => return leave(code, state),
        Op::EnterTry { handler, error } => {
            if let Some(frame) = state.frames.last_mut() {
                frame.handlers.push(Handler { at: handler, error });
            }
        }
        Op::LeaveTry => {
            if let Some(frame) = state.frames.last_mut() {
                frame.handlers.pop();
            }
        }
        Op::Fail { code: name, message } => {
            let name = code.constants[name as usize].as_text().unwrap_or("raised");
            return Err(Fault::said(name, registers[message as usize].as_text().unwrap_or_default()));
        }
        Op::Assert { condition, message } => {
            if !truth(&registers[condition as usize])? {
                return Err(Fault::said("assertion", registers[message as usize].as_text().unwrap_or_default()));
            }
        }
        Op::Effect { effect, to, first, count } => {
            let register = base + to as usize;
            if state.awaited.iter().any(|awaited| awaited.register == register) && !settle(state, Some(register))? {
                return Ok(Flow::Wait);
            }
            let arguments = take_row(&mut state.stack[base..], first, count);
            let block = code.block(routine.origins[at as usize]);
            let token = state.next_token;
            state.next_token += 1;
            state.wanted.push(Request {
                token,
                effect: code.effects[effect as usize],
                arguments,
                block: block.clone(),
            });
            state.awaited.push(Awaited { token, register, block, answer: None });
            if state.wanted.len() >= MAX_WANTED && !settle(state, Some(register))? {
                set_position(state, at + 1);
                return Ok(Flow::Goto(at + 1));
            }
        }
        Op::Await { register } => {
            if !settle(state, Some(base + register as usize))? {
                return Ok(Flow::Wait);
            }
        }
        Op::Settle => {
            if !state.awaited.is_empty() && !settle(state, None)? {
                return Ok(Flow::Wait);
            }
        }
    }
    Ok(Flow::Next)
}

/// Items in the order of their keys.
fn sort_by(items: &Value, keys: &Value, descending: bool) -> Result<Value, Fault> {
    let (Some(items), Some(keys)) = (items.as_list(), keys.as_list()) else {
        return Err(Fault::wrong_type("a list", items));
    };
    if keys.iter().any(|key| matches!(key, Value::Number(number) if number.is_nan())) {
        return Err(Fault::new("invalid_argument", "nan has no place in an order"));
    }
    let mut places: Vec<usize> = (0..items.len()).collect();
    places.sort_by(|a, b| {
        let order = keys[*a].order(&keys[*b]).unwrap_or(Ordering::Equal);
        if descending { order.reverse() } else { order }
    });
    Ok(Value::list(places.into_iter().map(|place| items[place].clone()).collect()))
}

fn truth(value: &Value) -> Result<bool, Fault> {
    match value {
        Value::Bool(truth) => Ok(*truth),
        other => Err(Fault::wrong_type("a bool", other)),
    }
}

fn take_row(registers: &mut [Value], first: u32, count: u32) -> Vec<Value> {
    let row = &mut registers[first as usize..(first + count) as usize];
    row.iter_mut().map(|value| std::mem::replace(value, Value::None)).collect()
}

/// Adds the text of a value as people read it.
pub(crate) fn push_text(out: &mut String, value: &Value) {
    match value {
        Value::Text(text) => out.push_str(text),
        other => out.push_str(&literal::write(other)),
    }
}

fn call(
    code: &Code,
    caller: &RoutineCode,
    state: &mut State,
    base: usize,
    callee: u32,
    results: u32,
    first: u32,
) -> Result<Frame, Fault> {
    if state.frames.len() >= state.limits.depth {
        return Err(Fault::new("depth", format!("functions call each other more than {} deep", state.limits.depth)));
    }
    let routine = &code.routines[callee as usize];
    let top = base + caller.registers as usize;
    state.stack.resize(top + routine.registers as usize, Value::None);
    for offset in 0..routine.inputs as usize {
        state.stack[top + offset] = std::mem::replace(&mut state.stack[base + first as usize + offset], Value::None);
    }
    Ok(Frame { routine: callee, at: 0, base: top, results, handlers: Vec::new() })
}

fn leave(code: &Code, state: &mut State) -> Result<Flow, Fault> {
    let Some(frame) = state.frames.pop() else { return Ok(Flow::Leave) };
    let routine = &code.routines[frame.routine as usize];
    let first = frame.base + routine.inputs as usize;
    let outputs: Vec<Value> = (first..first + routine.outputs as usize)
        .map(|register| std::mem::replace(&mut state.stack[register], Value::None))
        .collect();
    state.stack.truncate(frame.base);
    match state.frames.last() {
        Some(caller) => {
            let to = caller.base + frame.results as usize;
            for (offset, value) in outputs.into_iter().enumerate() {
                state.stack[to + offset] = value;
            }
        }
        None => {
            let names = code.outputs().iter().map(|(name, _)| name.clone());
            state.end = Some(End::Done(names.zip(outputs).collect::<Entries>()));
        }
    }
    Ok(Flow::Leave)
}

/// Takes in the answers for one register, or for all. Whether none is missing.
fn settle(state: &mut State, register: Option<usize>) -> Result<bool, Fault> {
    let concerns = |awaited: &Awaited| register.is_none_or(|register| awaited.register == register);
    if state.awaited.iter().any(|awaited| concerns(awaited) && awaited.answer.is_none()) {
        return Ok(false);
    }
    while let Some(index) = state.awaited.iter().position(concerns) {
        match &state.awaited[index].answer {
            // The failed request stays until `fail` has read its block.
            Some(Err(fault)) => return Err(fault.clone()),
            Some(Ok(value)) => {
                let (register, value) = (state.awaited[index].register, value.clone());
                state.stack[register] = value;
            }
            None => return Ok(false),
        }
        state.awaited.remove(index);
    }
    Ok(true)
}
