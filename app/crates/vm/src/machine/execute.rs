//! The loop that executes instructions.
//!
//! It is one loop over one match, and small on purpose, so that the registers' addresses, the place and the fuel stay in
//! the processor's own registers, and so that a browser is quick to compile it. What makes or changes texts, lists and
//! maps stands in [`super::values`]; what is rare in [`super::slow`], and so does whatever else an instruction may meet:
//! an integer that is not small, a value of another type, a position that a list does not have.

use blocks::Value;

use super::effects::Asked;
use super::integers::{BESIDE, difference, floor_divide, floor_modulo, is_small, product, sum};
use super::registers::{copy_of, number, set, set_number, slot, window};
use super::slow::Done;
use super::state::{Files, Frame, Handler, Thread};
use super::{access, lists, slow, values};
use crate::builtins::effort::counted;
use crate::compile::Code;
use crate::failure::Fault;
use crate::limits::Limits;
use crate::op::{Class, Op};

/// How many registers all calls together may use.
pub(super) const MAX_REGISTERS: usize = 1 << 22;

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

#[cold]
fn too_deep(limits: &Limits) -> Box<Fault> {
    Box::new(Fault::new("depth", format!("functions call each other more than {} deep", limits.depth)))
}

/// Runs a thread until it stops. What it spends is taken off `fuel`, which may end below zero.
pub(super) fn run(code: &Code, thread: &mut Thread, limits: &Limits, fuel: &mut i64, mut watched: Watched<'_>) -> Exit {
    loop {
        let Some(frame) = thread.frames.last() else { return Exit::Ends };
        let exit = if code.routines[frame.routine as usize].is_narrow() {
            run_routines::<true>(code, thread, limits, fuel, &mut watched)
        } else {
            run_routines::<false>(code, thread, limits, fuel, &mut watched)
        };
        if let Some(exit) = exit {
            return exit;
        }
    }
}

/// Runs a thread as long as its routines are narrow, or as long as they are not; `None` where that changes.
///
/// An instruction costs one. What a stretch of instructions costs is the difference of its places, so it is counted
/// where a stretch ends: at jumps and calls, where there may be no end to them. `budget` is what is left, plus `at`.
#[inline(never)]
fn run_routines<const NARROW: bool>(
    code: &Code,
    thread: &mut Thread,
    limits: &Limits,
    fuel: &mut i64,
    watched: &mut Watched<'_>,
) -> Option<Exit> {
    let (slot, number, set_number) = (slot::<NARROW>, number::<NARROW>, set_number::<NARROW>);
    // The frame at hand stands apart from those of its callers until this ends.
    let mut frame = thread.frames.pop()?;
    let mut left = *fuel;
    let exit = 'run: loop {
        let routine = &code.routines[frame.routine as usize];
        if routine.is_narrow() != NARROW {
            break 'run None;
        }
        if left <= 0 {
            break 'run Some(Exit::OutOfFuel);
        }
        let ops = routine.ops.as_slice();
        let mut at = frame.at as usize;
        let mut budget = left + at as i64;
        let Files { plain, values, beside, plain_base } = thread.registers.files(frame, routine);
        let (plain, values) = if NARROW { (window(plain), window(values)) } else { (plain, values) };

        // The registers for what stands apart; the loop itself keeps them one by one.
        macro_rules! files {
            () => {
                Files { plain: &mut *plain, values: &mut *values, beside: &mut *beside, plain_base }
            };
        }
        let exit = 'leaves: {
            let fault = 'fails: {
                // Goes on elsewhere.
                macro_rules! jump {
                    ($to:expr) => {{
                        let to = $to as usize;
                        budget += to as i64 - at as i64;
                        at = to;
                        if budget <= to as i64 {
                            break 'leaves Exit::OutOfFuel;
                        }
                    }};
                }
                // Pays for what is dear, and may not go on.
                macro_rules! pay {
                    ($cost:expr) => {{
                        let cost = $cost;
                        budget -= cost;
                        if cost > 0 && budget <= at as i64 {
                            break 'leaves Exit::OutOfFuel;
                        }
                    }};
                }
                'next: loop {
                    let op = &ops[at];
                    at += 1;
                    'rare: {
                        // What is common, or else the way that stands apart.
                        macro_rules! common {
                            ($found:expr) => {
                                match $found {
                                    Some(found) => found,
                                    None => break 'rare,
                                }
                            };
                        }
                        macro_rules! small_int {
                            ($register:expr) => {
                                match plain[slot($register)] {
                                    BESIDE => break 'rare,
                                    small => small,
                                }
                            };
                        }
                        macro_rules! jump_if {
                            ($holds:expr, $to:expr) => {
                                if $holds {
                                    jump!($to);
                                }
                            };
                        }
                        // Puts a value that stands elsewhere into a register.
                        macro_rules! put {
                            ($class:expr, $to:expr, $found:expr) => {
                                match ($class, $found) {
                                    (Class::Number, Value::Number(number)) => {
                                        plain[slot($to)] = number.to_bits() as i64;
                                    }
                                    (Class::Int, Value::Int(small)) if is_small(*small) => plain[slot($to)] = *small,
                                    (Class::Bool, Value::Bool(truth)) => plain[slot($to)] = i64::from(*truth),
                                    (Class::Value, found) => {
                                        let found = copy_of(found);
                                        set(&mut values[slot($to)], found);
                                    }
                                    _ => break 'rare,
                                }
                            };
                        }
                        // What an instruction is given, as a value; a value register is emptied.
                        macro_rules! given {
                            ($class:expr, $from:expr) => {
                                match $class {
                                    Class::Value => std::mem::replace(&mut values[slot($from)], Value::None),
                                    Class::Int => Value::Int(small_int!($from)),
                                    Class::Number => Value::Number(number(plain, $from)),
                                    Class::Bool => Value::Bool(plain[slot($from)] != 0),
                                }
                            };
                        }
                        macro_rules! item {
                            ($of:expr, $index:expr) => {
                                common!(access::item_of_list($of, plain[slot($index)]))
                            };
                        }
                        match *op {
                            Op::SmallInt { to, value } => plain[slot(to)] = i64::from(value),
                            Op::Plain { to, constant } => plain[slot(to)] = code.plain[constant as usize],
                            Op::CopyInt { to, from } => plain[slot(to)] = small_int!(from),
                            Op::CopyPlain { to, from } => plain[slot(to)] = plain[slot(from)],
                            Op::AddInt { to, a, b } => {
                                plain[slot(to)] = common!(sum(plain[slot(a)], plain[slot(b)]));
                            }
                            Op::SubtractInt { to, a, b } => {
                                plain[slot(to)] = common!(difference(plain[slot(a)], plain[slot(b)]));
                            }
                            Op::MultiplyInt { to, a, b } => {
                                plain[slot(to)] = common!(product(plain[slot(a)], plain[slot(b)]));
                            }
                            Op::FloorDivideInt { to, a, b } => {
                                let (a, b) = (small_int!(a), plain[slot(b)]);
                                if b <= 0 {
                                    break 'rare;
                                }
                                plain[slot(to)] = floor_divide(a, b);
                            }
                            Op::ModuloInt { to, a, b } => {
                                let (a, b) = (small_int!(a), plain[slot(b)]);
                                if b <= 0 {
                                    break 'rare;
                                }
                                plain[slot(to)] = floor_modulo(a, b);
                            }
                            Op::AddIntBy { to, a, by } => {
                                plain[slot(to)] = common!(sum(plain[slot(a)], i64::from(by)));
                            }
                            Op::MultiplyIntBy { to, a, by } => {
                                plain[slot(to)] = common!(product(plain[slot(a)], i64::from(by)));
                            }
                            Op::FloorDivideIntBy { to, a, by } => {
                                plain[slot(to)] = floor_divide(small_int!(a), i64::from(by));
                            }
                            Op::ModuloIntBy { to, a, by } => {
                                plain[slot(to)] = floor_modulo(small_int!(a), i64::from(by));
                            }
                            Op::ShiftInt { to, a, bits } => plain[slot(to)] = small_int!(a) >> bits,
                            Op::MaskInt { to, a, mask } => plain[slot(to)] = small_int!(a) & i64::from(mask),
                            Op::NegateInt { to, from } => {
                                plain[slot(to)] = common!(difference(0, plain[slot(from)]));
                            }
                            Op::PickInt { largest, to, a, b } => {
                                let (a, b) = (small_int!(a), small_int!(b));
                                plain[slot(to)] = if largest { a.max(b) } else { a.min(b) };
                            }
                            Op::CompareInt { how, to, a, b } => {
                                plain[slot(to)] = i64::from(how.holds(small_int!(a), small_int!(b)));
                            }
                            Op::AddNumber { to, a, b } => set_number(plain, to, number(plain, a) + number(plain, b)),
                            Op::SubtractNumber { to, a, b } => {
                                set_number(plain, to, number(plain, a) - number(plain, b));
                            }
                            Op::MultiplyNumber { to, a, b } => {
                                set_number(plain, to, number(plain, a) * number(plain, b));
                            }
                            Op::DivideNumber { to, a, b } => {
                                let divisor = number(plain, b);
                                if divisor == 0.0 {
                                    break 'rare;
                                }
                                set_number(plain, to, number(plain, a) / divisor);
                            }
                            Op::NegateNumber { to, from } => set_number(plain, to, -number(plain, from)),
                            Op::AbsoluteNumber { to, from } => set_number(plain, to, number(plain, from).abs()),
                            Op::SquareRoot { to, from } => {
                                let number = number(plain, from);
                                if number < 0.0 {
                                    break 'rare;
                                }
                                set_number(plain, to, number.sqrt());
                            }
                            Op::PickNumber { largest, to, a, b } => {
                                let (a, b) = (number(plain, a), number(plain, b));
                                let second = if largest { b > a } else { b < a };
                                set_number(plain, to, if second { b } else { a });
                            }
                            Op::CompareNumber { how, to, a, b } => {
                                plain[slot(to)] = i64::from(how.holds(number(plain, a), number(plain, b)));
                            }
                            Op::IntToNumber { to, from } => set_number(plain, to, small_int!(from) as f64),

                            Op::Jump { to } => jump!(to),
                            Op::JumpTrue { condition, to } => jump_if!(plain[slot(condition)] != 0, to),
                            Op::JumpFalse { condition, to } => jump_if!(plain[slot(condition)] == 0, to),
                            Op::JumpIntLess { a, b, to } => jump_if!(small_int!(a) < small_int!(b), to),
                            Op::JumpIntAtMost { a, b, to } => jump_if!(small_int!(a) <= small_int!(b), to),
                            Op::JumpIntEqual { a, b, to } => jump_if!(small_int!(a) == small_int!(b), to),
                            Op::JumpIntUnequal { a, b, to } => jump_if!(small_int!(a) != small_int!(b), to),
                            Op::JumpIntAtMostBy { a, by, to } => jump_if!(small_int!(a) <= i64::from(by), to),
                            Op::JumpIntMoreBy { a, by, to } => jump_if!(small_int!(a) > i64::from(by), to),
                            // An integer that stands beside equals none that an instruction holds.
                            Op::JumpIntEqualBy { a, by, to } => jump_if!(plain[slot(a)] == i64::from(by), to),
                            Op::JumpIntUnequalBy { a, by, to } => jump_if!(plain[slot(a)] != i64::from(by), to),
                            Op::JumpNumberLess { a, b, to } => jump_if!(number(plain, a) < number(plain, b), to),
                            Op::JumpNumberAtMost { a, b, to } => jump_if!(number(plain, a) <= number(plain, b), to),
                            Op::JumpNumberEqual { a, b, to } => jump_if!(number(plain, a) == number(plain, b), to),
                            Op::JumpNumberUnequal { a, b, to } => jump_if!(number(plain, a) != number(plain, b), to),
                            Op::JumpNumberNotLess { a, b, to } => {
                                let less = number(plain, a) < number(plain, b);
                                jump_if!(!less, to);
                            }
                            Op::JumpNumberNotAtMost { a, b, to } => {
                                let at_most = number(plain, a) <= number(plain, b);
                                jump_if!(!at_most, to);
                            }
                            Op::CountBelow { counter, limit, to } => {
                                let next = plain[slot(counter)].wrapping_add(1);
                                plain[slot(counter)] = next;
                                // A limit that stands beside is beyond reach, or below zero, where no turn came here.
                                let limit = plain[slot(limit)];
                                jump_if!(next < limit || limit == BESIDE, to);
                            }

                            Op::BoxInt { to, from } => set(&mut values[slot(to)], Value::Int(small_int!(from))),
                            Op::BoxNumber { to, from } => {
                                set(&mut values[slot(to)], Value::Number(number(plain, from)));
                            }
                            Op::BoxBool { to, from } => {
                                set(&mut values[slot(to)], Value::Bool(plain[slot(from)] != 0));
                            }
                            Op::UnboxInt { to, from } => put!(Class::Int, to, &values[slot(from)]),
                            Op::UnboxNumber { to, from } => put!(Class::Number, to, &values[slot(from)]),
                            Op::UnboxBool { to, from } => put!(Class::Bool, to, &values[slot(from)]),
                            Op::Constant { to, constant } => {
                                set(&mut values[slot(to)], copy_of(&code.constants[constant as usize]));
                            }
                            Op::Copy { to, from } => {
                                let value = copy_of(&values[slot(from)]);
                                set(&mut values[slot(to)], value);
                            }
                            Op::Move { to, from } => {
                                let value = std::mem::replace(&mut values[slot(from)], Value::None);
                                set(&mut values[slot(to)], value);
                            }
                            Op::Item { to, of, index } => put!(Class::Value, to, item!(&values[slot(of)], index)),
                            Op::ItemInt { to, of, index } => put!(Class::Int, to, item!(&values[slot(of)], index)),
                            Op::ItemNumber { to, of, index } => {
                                put!(Class::Number, to, item!(&values[slot(of)], index));
                            }
                            Op::ItemBool { to, of, index } => put!(Class::Bool, to, item!(&values[slot(of)], index)),
                            Op::ItemOfItem { class, to, first, second, of } => {
                                let inner = item!(&values[slot(of)], u32::from(first));
                                put!(class, u32::from(to), item!(inner, u32::from(second)));
                            }
                            Op::FieldOfItem { class, field, to, of, index } => {
                                let record = item!(&values[slot(of)], index);
                                let (shape, place) = code.fields[usize::from(field)];
                                let shape = &code.constants[shape as usize];
                                put!(class, to, common!(access::field_of_record(record, shape, place)));
                            }
                            Op::RecordField { class, place, to, of, shape } => {
                                let shape = &code.constants[shape as usize];
                                put!(class, to, common!(access::field_of_record(&values[slot(of)], shape, place)));
                            }
                            Op::SetItem { class, list, index, item } => {
                                let (index, item) = (plain[slot(index)], given!(class, item));
                                match lists::set_item(&mut values[slot(list)], index, item) {
                                    Ok(cost) => pay!(cost),
                                    Err(fault) => break 'fails fault,
                                }
                            }
                            Op::Push { class, list, item } => {
                                let item = given!(class, item);
                                match lists::push(&mut values[slot(list)], item, limits) {
                                    Ok(cost) => pay!(cost),
                                    Err(fault) => break 'fails fault,
                                }
                            }
                            Op::Get { class, to, map, key } => {
                                let key = &values[slot(key)];
                                let long = counted(key);
                                match lists::get(&values[slot(map)], key) {
                                    Ok(Some(found)) => put!(class, to, found),
                                    Ok(None) => {}
                                    Err(fault) => break 'fails fault,
                                }
                                pay!(long);
                            }
                            ref op @ (Op::Begin { .. }
                            | Op::ExtendText { .. }
                            | Op::ExtendList { .. }
                            | Op::Test { .. }
                            | Op::Builtin { .. }
                            | Op::MakeList { .. }
                            | Op::MakeRecord { .. }
                            | Op::Length { .. }
                            | Op::Index { .. }
                            | Op::Field { .. }
                            | Op::Reach { .. }
                            | Op::Put { .. }) => match values::execute(code, op, &mut files!(), limits) {
                                Ok(cost) => pay!(cost),
                                Err(fault) => break 'fails fault,
                            },

                            Op::Call { routine, plain, values } => {
                                let registers = frame.plain + frame.values + (plain + values) as usize;
                                if thread.frames.len() + 1 >= limits.depth || registers > MAX_REGISTERS {
                                    break 'fails too_deep(limits);
                                }
                                thread.frames.push(Frame { at: at as u32, ..frame });
                                let (plain, values) = (frame.plain + plain as usize, frame.values + values as usize);
                                frame = Frame { routine, at: 0, plain, values };
                                left = budget - at as i64;
                                continue 'run;
                            }
                            // Ends the routine: drops its values but for the outputs, and goes on in the caller.
                            Op::Return | Op::ReturnInt { .. } | Op::ReturnPlain { .. } => {
                                let mut outputs = 0;
                                match *op {
                                    Op::ReturnInt { from } if plain[slot(from)] == BESIDE => {
                                        files!().copy_beside(0, from);
                                    }
                                    Op::ReturnInt { from } => plain[0] = plain[slot(from)],
                                    Op::ReturnPlain { from } => plain[0] = plain[slot(from)],
                                    _ => outputs = routine.value_outputs as usize,
                                }
                                for value in &mut values[outputs..routine.values as usize] {
                                    if !matches!(value, Value::None) {
                                        *value = Value::None;
                                    }
                                }
                                left = budget - at as i64;
                                match thread.frames.pop() {
                                    Some(caller) => frame = caller,
                                    None => break 'run Some(Exit::Ends),
                                }
                                continue 'run;
                            }
                            Op::EnterTry { handler, error } => {
                                let depth = thread.frames.len() + 1;
                                let token = watched.next_token;
                                thread.handlers.push(Handler { depth, at: handler, error, token });
                            }
                            Op::LeaveTry => {
                                thread.handlers.pop();
                            }
                            Op::Await { .. } | Op::Settle if !watched.pending => {}
                            Op::Effect { .. } | Op::Await { .. } | Op::Settle | Op::Fork { .. } | Op::Meet { .. } => {
                                break 'leaves Exit::Asks(Asked::by(*op, frame, values));
                            }
                            Op::BigInt { .. }
                            | Op::PowerInt { .. }
                            | Op::DivideInt { .. }
                            | Op::AbsoluteInt { .. }
                            | Op::OtherNumber { .. }
                            | Op::Widen { .. }
                            | Op::Binary { .. }
                            | Op::Negate { .. }
                            | Op::Join { .. }
                            | Op::Slice { .. }
                            | Op::SortBy { .. }
                            | Op::Fail { .. }
                            | Op::Mark { .. }
                            | Op::Nest { .. }
                            | Op::Watch { .. } => break 'rare,
                        }
                        continue 'next;
                    }
                    match slow::execute(code, op, &mut files!(), limits, watched) {
                        Ok(Done { cost, goes_on }) => {
                            if let Some(to) = goes_on {
                                jump!(to);
                            }
                            pay!(cost);
                        }
                        Err(fault) => break 'fails fault,
                    }
                }
            };
            Exit::Fails(*fault)
        };
        frame.at = at as u32;
        left = budget - at as i64;
        break 'run Some(exit);
    };
    thread.frames.push(frame);
    *fuel = left;
    exit
}
