//! The loop that executes instructions.
//!
//! It is one loop over one match, and small on purpose: what is rare or long stands in [`super::slow`], so that the
//! registers' addresses, the place and the fuel stay in the processor's own registers.

use blocks::Value;
use blocks::formula::BinaryOperator as Operator;

use super::effects::Asked;
use super::integers::{BESIDE, floor_divide, floor_modulo};
use super::state::{Files, Frame, Handler, Thread};
use super::{access, slow};
use crate::arithmetic;
use crate::compile::Code;
use crate::failure::Fault;
use crate::limits::Limits;
use crate::op::{Class, Comparison, Op, Register};

/// Why a thread stopped.
pub(super) enum Exit {
    /// The fuel is used up.
    OutOfFuel,
    /// It asks for something, and goes on.
    Asks(Asked),
    /// The routine that it began with has ended.
    Ends,
    /// The instruction before the frame's place failed.
    Fails(Fault),
}

/// What a run knows besides its thread; a watched one counts and notes.
pub(super) struct Watched<'a> {
    pub(super) counts: &'a mut Vec<u64>,
    pub(super) seen: &'a mut Vec<Option<Value>>,
    /// Whether answers are awaited.
    pub(super) pending: bool,
    /// The token of the next request.
    pub(super) next_token: u64,
}

#[inline(always)]
fn number(plain: &[i64], register: Register) -> f64 {
    f64::from_bits(plain[register as usize] as u64)
}

#[inline(always)]
fn set_number(plain: &mut [i64], register: Register, number: f64) {
    plain[register as usize] = number.to_bits() as i64;
}

#[cold]
fn too_deep(limits: &Limits) -> Fault {
    Fault::new("depth", format!("functions call each other more than {} deep", limits.depth))
}

#[cold]
fn no_root() -> Fault {
    Fault::invalid("a negative number has no square root")
}

/// Runs a thread until it stops. What it spends is taken off `fuel`, which may end below zero.
pub(super) fn run(code: &Code, thread: &mut Thread, limits: &Limits, fuel: &mut i64, mut watched: Watched<'_>) -> Exit {
    let Some(mut frame) = thread.frames.last().copied() else { return Exit::Ends };
    let mut budget = *fuel;
    let exit = 'run: loop {
        let routine = &code.routines[frame.routine as usize];
        let ops = routine.ops.as_slice();
        let mut at = frame.at as usize;
        let Files { plain, values, beside, plain_base } = thread.registers.files(frame, routine);

        // The registers for what is rare; the loop itself keeps them apart.
        macro_rules! files {
            () => {
                Files { plain: &mut *plain, values: &mut *values, beside: &mut *beside, plain_base }
            };
        }
        // Leaves the loop; the frame goes on at the present place.
        macro_rules! leave {
            ($exit:expr) => {{
                let exit = $exit;
                if let Some(frame) = thread.frames.last_mut() {
                    frame.at = at as u32;
                }
                break 'run exit;
            }};
        }
        macro_rules! attempt {
            ($result:expr) => {
                match $result {
                    Ok(value) => value,
                    Err(fault) => leave!(Exit::Fails(fault)),
                }
            };
        }
        // Arithmetic of two small integers, or the long way.
        macro_rules! ints {
            ($to:expr, $a:expr, $b:expr, $checked:ident, $operator:expr) => {{
                let (left, right) = (plain[$a as usize], plain[$b as usize]);
                match left.$checked(right) {
                    Some(result) if left != BESIDE && right != BESIDE && result != BESIDE => {
                        plain[$to as usize] = result;
                    }
                    _ => budget -= attempt!(files!().large($operator, $to, $a, $b, limits)),
                }
            }};
        }
        macro_rules! ints_by {
            ($to:expr, $a:expr, $by:expr, $checked:ident, $operator:expr) => {{
                let left = plain[$a as usize];
                match left.$checked(i64::from($by)) {
                    Some(result) if left != BESIDE && result != BESIDE => plain[$to as usize] = result,
                    _ => budget -= attempt!(files!().large_by($operator, $to, $a, i64::from($by), limits)),
                }
            }};
        }
        macro_rules! small {
            ($to:expr, $a:expr, $by:expr, $operator:expr, $compute:expr) => {{
                let left = plain[$a as usize];
                if left == BESIDE {
                    budget -= attempt!(files!().large_by($operator, $to, $a, i64::from($by), limits));
                } else {
                    plain[$to as usize] = $compute(left);
                }
            }};
        }
        macro_rules! divisions {
            ($to:expr, $a:expr, $b:expr, $small:ident, $operator:expr) => {{
                let (left, right) = (plain[$a as usize], plain[$b as usize]);
                if left == BESIDE || right <= 0 {
                    budget -= attempt!(files!().large($operator, $to, $a, $b, limits));
                } else {
                    plain[$to as usize] = $small(left, right);
                }
            }};
        }
        macro_rules! jump_ints {
            ($when:expr, $a:expr, $b:expr, $to:expr, $operator:tt, $how:expr) => {{
                let (left, right) = (plain[$a as usize], plain[$b as usize]);
                let holds = if left == BESIDE || right == BESIDE {
                    files!().compare_int($how, $a, $b)
                } else {
                    left $operator right
                };
                if holds == $when {
                    at = $to as usize;
                }
            }};
        }
        macro_rules! jump_ints_by {
            ($when:expr, $a:expr, $by:expr, $to:expr, $operator:tt, $how:expr) => {{
                let left = plain[$a as usize];
                let holds = if left == BESIDE {
                    files!().compare_large($how, $a, &Value::Int(i64::from($by)))
                } else {
                    left $operator i64::from($by)
                };
                if holds == $when {
                    at = $to as usize;
                }
            }};
        }
        macro_rules! jump_numbers {
            ($when:expr, $a:expr, $b:expr, $to:expr, $operator:tt) => {{
                if (number(plain, $a) $operator number(plain, $b)) == $when {
                    at = $to as usize;
                }
            }};
        }
        // Ends the routine: drops its values but for the outputs, and goes on in the caller.
        macro_rules! finish {
            ($outputs:expr) => {{
                for value in &mut values[$outputs..] {
                    if !matches!(value, Value::None) {
                        *value = Value::None;
                    }
                }
                if thread.frames.len() == 1 {
                    break 'run Exit::Ends;
                }
                thread.frames.pop();
                match thread.frames.last() {
                    Some(caller) => frame = *caller,
                    None => break 'run Exit::Ends,
                }
                continue 'run;
            }};
        }

        loop {
            if budget <= 0 {
                leave!(Exit::OutOfFuel);
            }
            budget -= 1;
            let op = &ops[at];
            at += 1;
            match *op {
                Op::SmallInt { to, value } => plain[to as usize] = i64::from(value),
                Op::Plain { to, constant } => plain[to as usize] = code.plain[constant as usize],
                Op::CopyInt { to, from } => {
                    let value = plain[from as usize];
                    plain[to as usize] = value;
                    if value == BESIDE {
                        files!().copy_beside(to, from);
                    }
                }
                Op::CopyPlain { to, from } => plain[to as usize] = plain[from as usize],
                Op::AddInt { to, a, b } => ints!(to, a, b, checked_add, Operator::Add),
                Op::SubtractInt { to, a, b } => ints!(to, a, b, checked_sub, Operator::Subtract),
                Op::MultiplyInt { to, a, b } => ints!(to, a, b, checked_mul, Operator::Multiply),
                Op::FloorDivideInt { to, a, b } => divisions!(to, a, b, floor_divide, Operator::FloorDivide),
                Op::ModuloInt { to, a, b } => divisions!(to, a, b, floor_modulo, Operator::Modulo),
                Op::AddIntBy { to, a, by } => ints_by!(to, a, by, checked_add, Operator::Add),
                Op::MultiplyIntBy { to, a, by } => ints_by!(to, a, by, checked_mul, Operator::Multiply),
                Op::FloorDivideIntBy { to, a, by } => {
                    small!(to, a, by, Operator::FloorDivide, |left| floor_divide(left, i64::from(by)));
                }
                Op::ModuloIntBy { to, a, by } => {
                    small!(to, a, by, Operator::Modulo, |left| floor_modulo(left, i64::from(by)));
                }
                Op::ShiftInt { to, a, bits } => {
                    small!(to, a, 1_i64 << bits, Operator::FloorDivide, |left: i64| left >> bits);
                }
                Op::MaskInt { to, a, mask } => {
                    small!(to, a, i64::from(mask) + 1, Operator::Modulo, |left| left & i64::from(mask));
                }
                Op::AddNumber { to, a, b } => set_number(plain, to, number(plain, a) + number(plain, b)),
                Op::SubtractNumber { to, a, b } => set_number(plain, to, number(plain, a) - number(plain, b)),
                Op::MultiplyNumber { to, a, b } => set_number(plain, to, number(plain, a) * number(plain, b)),
                Op::DivideNumber { to, a, b } => {
                    let divisor = number(plain, b);
                    if divisor == 0.0 {
                        leave!(Exit::Fails(arithmetic::division_by_zero()));
                    }
                    set_number(plain, to, number(plain, a) / divisor);
                }
                Op::NegateNumber { to, from } => set_number(plain, to, -number(plain, from)),
                Op::SquareRoot { to, from } => {
                    let number = number(plain, from);
                    if number < 0.0 {
                        leave!(Exit::Fails(no_root()));
                    }
                    set_number(plain, to, number.sqrt());
                }
                Op::IntToNumber { to, from } => {
                    let number = match plain[from as usize] {
                        BESIDE => attempt!(arithmetic::to_number(&files!().int(from))),
                        small => small as f64,
                    };
                    set_number(plain, to, number);
                }

                Op::Jump { to } => at = to as usize,
                Op::JumpBool { when, condition, to } => {
                    if (plain[condition as usize] != 0) == when {
                        at = to as usize;
                    }
                }
                Op::JumpIntLess { when, a, b, to } => jump_ints!(when, a, b, to, <, Comparison::Less),
                Op::JumpIntAtMost { when, a, b, to } => jump_ints!(when, a, b, to, <=, Comparison::LessOrEqual),
                Op::JumpIntEqual { when, a, b, to } => jump_ints!(when, a, b, to, ==, Comparison::Equal),
                Op::JumpIntLessBy { when, a, by, to } => jump_ints_by!(when, a, by, to, <, Comparison::Less),
                Op::JumpIntAtMostBy { when, a, by, to } => jump_ints_by!(when, a, by, to, <=, Comparison::LessOrEqual),
                Op::JumpIntEqualBy { when, a, by, to } => jump_ints_by!(when, a, by, to, ==, Comparison::Equal),
                Op::JumpNumberLess { when, a, b, to } => jump_numbers!(when, a, b, to, <),
                Op::JumpNumberAtMost { when, a, b, to } => jump_numbers!(when, a, b, to, <=),
                Op::JumpNumberEqual { when, a, b, to } => jump_numbers!(when, a, b, to, ==),
                Op::CountBelow { counter, limit, to } => {
                    let next = plain[counter as usize] + 1;
                    plain[counter as usize] = next;
                    // A limit that stands beside is beyond reach, or below zero, where no turn came here.
                    let limit = plain[limit as usize];
                    if next < limit || limit == BESIDE {
                        at = to as usize;
                    }
                }

                Op::BoxInt { to, from } => values[to as usize] = files!().int(from),
                Op::BoxNumber { to, from } => values[to as usize] = Value::Number(number(plain, from)),
                Op::UnboxInt { to, from } => match &values[from as usize] {
                    Value::Int(small) if *small != BESIDE => plain[to as usize] = *small,
                    _ => attempt!(access::unbox_from(&mut files!(), Class::Int, to, from)),
                },
                Op::Constant { to, constant } => values[to as usize] = code.constants[constant as usize].clone(),
                Op::Copy { to, from } => values[to as usize] = values[from as usize].clone(),
                Op::Move { to, from } => {
                    let value = std::mem::replace(&mut values[from as usize], Value::None);
                    values[to as usize] = value;
                }
                Op::Item { to, of, index } => {
                    let index = plain[index as usize];
                    let item = attempt!(access::item(&values[of as usize], index));
                    values[to as usize] = item;
                }
                Op::ItemInt { to, of, index } => {
                    match attempt!(access::item_of_list(&values[of as usize], plain[index as usize])) {
                        Value::Int(small) if *small != BESIDE => plain[to as usize] = *small,
                        other => {
                            let other = other.clone();
                            attempt!(access::unbox(&mut files!(), Class::Int, to, other));
                        }
                    }
                }
                Op::ItemNumber { to, of, index } => {
                    match attempt!(access::item_of_list(&values[of as usize], plain[index as usize])) {
                        Value::Number(number) => plain[to as usize] = number.to_bits() as i64,
                        other => leave!(Exit::Fails(access::not_of(Class::Number, other))),
                    }
                }
                Op::ItemBool { to, of, index } => {
                    match attempt!(access::item_of_list(&values[of as usize], plain[index as usize])) {
                        Value::Bool(truth) => plain[to as usize] = i64::from(*truth),
                        other => leave!(Exit::Fails(access::not_of(Class::Bool, other))),
                    }
                }
                Op::Field { class, hint, to, of, name } => {
                    let name = &code.constants[name as usize];
                    let field = attempt!(access::field_of(&values[of as usize], name, usize::from(hint)));
                    match (class, field) {
                        (Class::Number, Value::Number(number)) => plain[to as usize] = number.to_bits() as i64,
                        (Class::Int, Value::Int(small)) if *small != BESIDE => plain[to as usize] = *small,
                        (Class::Value, field) => {
                            let field = field.clone();
                            values[to as usize] = field;
                        }
                        (class, field) => {
                            let field = field.clone();
                            attempt!(access::unbox(&mut files!(), class, to, field));
                        }
                    }
                }

                Op::Call { routine, plain, values } => {
                    if thread.frames.len() >= limits.depth {
                        leave!(Exit::Fails(too_deep(limits)));
                    }
                    if let Some(caller) = thread.frames.last_mut() {
                        caller.at = at as u32;
                    }
                    let (plain, values) = (frame.plain + plain as usize, frame.values + values as usize);
                    frame = Frame { routine, at: 0, plain, values };
                    thread.frames.push(frame);
                    continue 'run;
                }
                Op::Return => finish!(routine.value_outputs as usize),
                Op::ReturnInt { from } => {
                    let value = plain[from as usize];
                    plain[0] = value;
                    if value == BESIDE {
                        files!().copy_beside(0, from);
                    }
                    finish!(0);
                }
                Op::ReturnPlain { from } => {
                    plain[0] = plain[from as usize];
                    finish!(0);
                }
                Op::EnterTry { handler, error } => {
                    let depth = thread.frames.len();
                    thread.handlers.push(Handler { depth, at: handler, error, token: watched.next_token });
                }
                Op::LeaveTry => {
                    thread.handlers.pop();
                }
                Op::Await { .. } | Op::Settle if !watched.pending => {}
                Op::Effect { .. } | Op::Await { .. } | Op::Settle | Op::Fork { .. } | Op::Meet { .. } => {
                    leave!(Exit::Asks(Asked::by(*op, frame, values)));
                }
                ref other => budget -= attempt!(slow::execute(code, other, &mut files!(), limits, &mut watched)),
            }
        }
    };
    *fuel = budget;
    exit
}
