//! The loop that executes instructions.
//!
//! It is one loop over one match, and small on purpose: what is rare or long stands in [`super::slow`], so that the
//! registers' addresses, the place and the fuel stay in the processor's own registers.

use blocks::Value;
use blocks::formula::BinaryOperator as Operator;

use super::effects::Asked;
use super::integers::{BESIDE, difference, floor_divide, floor_modulo, is_small, product, sum};
use super::state::{Files, Frame, Handler, Thread, WINDOW};
use super::{access, lists, slow};
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

/// The place of a register in its file. In a narrow routine it is below the length of the file whatever it is, so that
/// nothing need be checked.
#[inline(always)]
fn slot<const NARROW: bool>(register: Register) -> usize {
    if NARROW { usize::from(register as u8) } else { register as usize }
}

#[inline(always)]
fn number<const NARROW: bool>(plain: &[i64], register: Register) -> f64 {
    f64::from_bits(plain[slot::<NARROW>(register)] as u64)
}

#[inline(always)]
fn set_number<const NARROW: bool>(plain: &mut [i64], register: Register, number: f64) {
    plain[slot::<NARROW>(register)] = number.to_bits() as i64;
}

/// The registers that a narrow routine sees, as a slice whose length the compiler knows.
#[inline(always)]
fn window<T>(file: &mut [T]) -> &mut [T] {
    file.first_chunk_mut::<WINDOW>().expect("as many registers as a narrow routine sees")
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

        // The registers for what is rare; the loop itself keeps them apart.
        macro_rules! files {
            () => {
                Files { plain: &mut *plain, values: &mut *values, beside: &mut *beside, plain_base }
            };
        }
        // Leaves the loop; the frame goes on at the present place.
        macro_rules! leave {
            ($exit:expr) => {{
                let exit = Some($exit);
                left = budget - at as i64;
                frame.at = at as u32;
                break 'run exit;
            }};
        }
        macro_rules! attempt {
            ($result:expr) => {
                match $result {
                    Ok(value) => value,
                    Err(fault) => leave!(Exit::Fails(Fault::from(fault))),
                }
            };
        }
        // Goes on elsewhere.
        macro_rules! jump {
            ($to:expr) => {{
                let to = $to as usize;
                budget += to as i64 - at as i64;
                at = to;
                if budget <= to as i64 {
                    leave!(Exit::OutOfFuel);
                }
            }};
        }
        // Pays for what is dear, and may not go on.
        macro_rules! pay {
            ($cost:expr) => {{
                let cost = $cost;
                budget -= cost;
                if cost > 0 && budget <= at as i64 {
                    leave!(Exit::OutOfFuel);
                }
            }};
        }
        // Arithmetic of two small integers, or the long way.
        macro_rules! ints {
            ($to:expr, $a:expr, $b:expr, $small:ident, $operator:expr) => {{
                let (left, right) = (plain[slot($a)], plain[slot($b)]);
                match $small(left, right) {
                    Some(result) => plain[slot($to)] = result,
                    None => pay!(attempt!(files!().large($operator, $to, $a, $b, limits))),
                }
            }};
        }
        macro_rules! ints_by {
            ($to:expr, $a:expr, $by:expr, $small:ident, $operator:expr) => {{
                match $small(plain[slot($a)], i64::from($by)) {
                    Some(result) => plain[slot($to)] = result,
                    None => pay!(attempt!(files!().large_by($operator, $to, $a, i64::from($by), limits))),
                }
            }};
        }
        macro_rules! small {
            ($to:expr, $a:expr, $by:expr, $operator:expr, $compute:expr) => {{
                let left = plain[slot($a)];
                if left == BESIDE {
                    pay!(attempt!(files!().large_by($operator, $to, $a, i64::from($by), limits)));
                } else {
                    plain[slot($to)] = $compute(left);
                }
            }};
        }
        macro_rules! divisions {
            ($to:expr, $a:expr, $b:expr, $small:ident, $operator:expr) => {{
                let (left, right) = (plain[slot($a)], plain[slot($b)]);
                if left == BESIDE || right <= 0 {
                    pay!(attempt!(files!().large($operator, $to, $a, $b, limits)));
                } else {
                    plain[slot($to)] = $small(left, right);
                }
            }};
        }
        macro_rules! jump_ints {
            ($a:expr, $b:expr, $to:expr, $operator:tt, $how:expr) => {{
                let (left, right) = (plain[slot($a)], plain[slot($b)]);
                if left == BESIDE || right == BESIDE {
                    if files!().compare_int($how, $a, $b) {
                        jump!($to);
                    }
                } else if left $operator right {
                    jump!($to);
                }
            }};
        }
        macro_rules! jump_ints_by {
            ($a:expr, $by:expr, $to:expr, $operator:tt, $how:expr) => {{
                let left = plain[slot($a)];
                if left == BESIDE {
                    if files!().compare_large($how, $a, &Value::Int(i64::from($by))) {
                        jump!($to);
                    }
                } else if left $operator i64::from($by) {
                    jump!($to);
                }
            }};
        }
        macro_rules! jump_if {
            ($holds:expr, $to:expr) => {
                if $holds {
                    jump!($to);
                }
            };
        }
        // What an instruction is given, as a value; a value register is emptied.
        macro_rules! given {
            ($class:expr, $from:expr) => {
                match $class {
                    Class::Value => std::mem::replace(&mut values[slot($from)], Value::None),
                    Class::Int => files!().int($from),
                    Class::Number => Value::Number(number(plain, $from)),
                    Class::Bool => Value::Bool(plain[slot($from)] != 0),
                }
            };
        }
        // Puts a value that stands elsewhere into a register.
        macro_rules! put {
            ($class:expr, $to:expr, $found:expr) => {
                match ($class, $found) {
                    (Class::Number, Value::Number(number)) => plain[slot($to)] = number.to_bits() as i64,
                    (Class::Int, Value::Int(small)) if is_small(*small) => plain[slot($to)] = *small,
                    (Class::Bool, Value::Bool(truth)) => plain[slot($to)] = i64::from(*truth),
                    (Class::Value, found) => {
                        let found = found.clone();
                        values[slot($to)] = found;
                    }
                    (class, found) => {
                        let found = found.clone();
                        attempt!(access::unbox(&mut files!(), class, $to, found));
                    }
                }
            };
        }
        // Ends the routine: drops its values but for the outputs, and goes on in the caller.
        macro_rules! finish {
            ($outputs:expr) => {{
                for value in &mut values[$outputs..routine.values as usize] {
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
            }};
        }

        loop {
            let op = &ops[at];
            at += 1;
            match *op {
                Op::SmallInt { to, value } => plain[slot(to)] = i64::from(value),
                Op::Plain { to, constant } => plain[slot(to)] = code.plain[constant as usize],
                Op::CopyInt { to, from } => {
                    let value = plain[slot(from)];
                    plain[slot(to)] = value;
                    if value == BESIDE {
                        files!().copy_beside(to, from);
                    }
                }
                Op::CopyPlain { to, from } => plain[slot(to)] = plain[slot(from)],
                Op::AddInt { to, a, b } => ints!(to, a, b, sum, Operator::Add),
                Op::SubtractInt { to, a, b } => ints!(to, a, b, difference, Operator::Subtract),
                Op::MultiplyInt { to, a, b } => ints!(to, a, b, product, Operator::Multiply),
                Op::FloorDivideInt { to, a, b } => divisions!(to, a, b, floor_divide, Operator::FloorDivide),
                Op::ModuloInt { to, a, b } => divisions!(to, a, b, floor_modulo, Operator::Modulo),
                Op::AddIntBy { to, a, by } => ints_by!(to, a, by, sum, Operator::Add),
                Op::MultiplyIntBy { to, a, by } => ints_by!(to, a, by, product, Operator::Multiply),
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
                Op::NegateInt { to, from } => match difference(0, plain[slot(from)]) {
                    Some(negative) => plain[slot(to)] = negative,
                    None => pay!(attempt!(files!().negate_large(to, from))),
                },
                Op::PickInt { largest, to, a, b } => {
                    let (first, second) = (plain[slot(a)], plain[slot(b)]);
                    if first == BESIDE || second == BESIDE {
                        files!().pick_large(largest, to, a, b);
                    } else {
                        plain[slot(to)] = if largest { first.max(second) } else { first.min(second) };
                    }
                }
                Op::PickNumber { largest, to, a, b } => {
                    let (first, second) = (number(plain, a), number(plain, b));
                    let takes_second = if largest { second > first } else { second < first };
                    set_number(plain, to, if takes_second { second } else { first });
                }
                Op::CompareInt { how, to, a, b } => {
                    let (first, second) = (plain[slot(a)], plain[slot(b)]);
                    let holds = if first == BESIDE || second == BESIDE {
                        files!().compare_int(how, a, b)
                    } else {
                        how.holds(first, second)
                    };
                    plain[slot(to)] = i64::from(holds);
                }
                Op::CompareNumber { how, to, a, b } => {
                    plain[slot(to)] = i64::from(how.holds(number(plain, a), number(plain, b)));
                }
                Op::AbsoluteNumber { to, from } => set_number(plain, to, number(plain, from).abs()),
                Op::NegateNumber { to, from } => set_number(plain, to, -number(plain, from)),
                Op::SquareRoot { to, from } => {
                    let number = number(plain, from);
                    if number < 0.0 {
                        leave!(Exit::Fails(no_root()));
                    }
                    set_number(plain, to, number.sqrt());
                }
                Op::IntToNumber { to, from } => {
                    let number = match plain[slot(from)] {
                        BESIDE => attempt!(arithmetic::to_number(&files!().int(from))),
                        small => small as f64,
                    };
                    set_number(plain, to, number);
                }

                Op::Jump { to } => jump!(to),
                Op::JumpTrue { condition, to } => jump_if!(plain[slot(condition)] != 0, to),
                Op::JumpFalse { condition, to } => jump_if!(plain[slot(condition)] == 0, to),
                Op::JumpIntLess { a, b, to } => jump_ints!(a, b, to, <, Comparison::Less),
                Op::JumpIntAtMost { a, b, to } => jump_ints!(a, b, to, <=, Comparison::LessOrEqual),
                Op::JumpIntEqual { a, b, to } => jump_ints!(a, b, to, ==, Comparison::Equal),
                Op::JumpIntUnequal { a, b, to } => jump_ints!(a, b, to, !=, Comparison::NotEqual),
                Op::JumpIntAtMostBy { a, by, to } => jump_ints_by!(a, by, to, <=, Comparison::LessOrEqual),
                Op::JumpIntMoreBy { a, by, to } => jump_ints_by!(a, by, to, >, Comparison::Greater),
                Op::JumpIntEqualBy { a, by, to } => jump_ints_by!(a, by, to, ==, Comparison::Equal),
                Op::JumpIntUnequalBy { a, by, to } => jump_ints_by!(a, by, to, !=, Comparison::NotEqual),
                Op::JumpNumberLess { a, b, to } => jump_if!(number(plain, a) < number(plain, b), to),
                Op::JumpNumberNotLess { a, b, to } => jump_if!(!(number(plain, a) < number(plain, b)), to),
                Op::JumpNumberAtMost { a, b, to } => jump_if!(number(plain, a) <= number(plain, b), to),
                Op::JumpNumberNotAtMost { a, b, to } => jump_if!(!(number(plain, a) <= number(plain, b)), to),
                Op::JumpNumberEqual { a, b, to } => jump_if!(number(plain, a) == number(plain, b), to),
                Op::JumpNumberUnequal { a, b, to } => jump_if!(number(plain, a) != number(plain, b), to),
                Op::CountBelow { counter, limit, to } => {
                    let next = plain[slot(counter)] + 1;
                    plain[slot(counter)] = next;
                    // A limit that stands beside is beyond reach, or below zero, where no turn came here.
                    let limit = plain[slot(limit)];
                    if next < limit || limit == BESIDE {
                        jump!(to);
                    }
                }

                Op::BoxInt { to, from } => values[slot(to)] = files!().int(from),
                Op::BoxNumber { to, from } => values[slot(to)] = Value::Number(number(plain, from)),
                Op::BoxBool { to, from } => values[slot(to)] = Value::Bool(plain[slot(from)] != 0),
                Op::UnboxInt { to, from } => put!(Class::Int, to, &values[slot(from)]),
                Op::UnboxNumber { to, from } => put!(Class::Number, to, &values[slot(from)]),
                Op::UnboxBool { to, from } => put!(Class::Bool, to, &values[slot(from)]),
                Op::Constant { to, constant } => values[slot(to)] = code.constants[constant as usize].clone(),
                Op::Copy { to, from } => values[slot(to)] = values[slot(from)].clone(),
                Op::Move { to, from } => {
                    let value = std::mem::replace(&mut values[slot(from)], Value::None);
                    values[slot(to)] = value;
                }
                Op::Begin { to, constant } => values[slot(to)] = lists::begin(&code.constants[constant as usize]),
                Op::ExtendBy { to, constant } => {
                    let part = &code.constants[constant as usize];
                    pay!(attempt!(lists::extend(&mut values[slot(to)], part, limits)));
                }
                Op::ExtendShown { class, to, from } => {
                    let part = files!().get(class, from);
                    pay!(attempt!(lists::extend_shown(&mut values[slot(to)], &part, limits)));
                }
                Op::Extend { to, part } => {
                    let part = given!(Class::Value, part);
                    pay!(attempt!(lists::extend(&mut values[slot(to)], &part, limits)));
                }
                Op::Test { operator, to, a, b } => {
                    let holds = attempt!(arithmetic::holds(operator, &values[slot(a)], &values[slot(b)], limits));
                    plain[slot(to)] = i64::from(holds);
                }
                Op::Builtin { function, signature, count, to, first } => {
                    let result = slow::call(code, function, signature, &mut files!(), (first, count), limits);
                    let (result, cost) = attempt!(result);
                    values[slot(to)] = result;
                    pay!(cost);
                }
                Op::MakeList { to, first, count } => {
                    let list = Value::list(files!().take_row(first, count));
                    values[slot(to)] = list;
                    pay!(i64::from(count));
                }
                Op::MakeRecord { count, to, shape, first } => {
                    let row = &mut values[first as usize..first as usize + usize::from(count)];
                    let record = lists::record(&code.constants[shape as usize], row);
                    values[slot(to)] = record;
                    pay!(i64::from(count));
                }
                Op::Length { to, of } => plain[slot(to)] = attempt!(lists::length(&values[slot(of)])),
                Op::Item { to, of, index } => {
                    let index = plain[slot(index)];
                    let item = match &values[slot(of)] {
                        Value::List(items) => items[attempt!(access::place(index, items.len()))].clone(),
                        other => attempt!(access::index(other, &Value::Int(index))),
                    };
                    values[slot(to)] = item;
                }
                Op::ItemInt { to, of, index } => {
                    put!(Class::Int, to, attempt!(access::item_of_list(&values[slot(of)], plain[slot(index)])));
                }
                Op::ItemNumber { to, of, index } => {
                    put!(Class::Number, to, attempt!(access::item_of_list(&values[slot(of)], plain[slot(index)])));
                }
                Op::ItemBool { to, of, index } => {
                    put!(Class::Bool, to, attempt!(access::item_of_list(&values[slot(of)], plain[slot(index)])));
                }
                Op::ItemOfItem { class, to, first, second, of } => {
                    let (first, second) = (plain[slot(first.into())], plain[slot(second.into())]);
                    let inner = attempt!(access::item_of_list(&values[slot(of)], first));
                    put!(class, u32::from(to), attempt!(access::item_of_list(inner, second)));
                }
                Op::FieldOfItem { class, field, to, of, index } => {
                    let record = attempt!(access::item_of_list(&values[slot(of)], plain[slot(index)]));
                    let (shape, place) = code.fields[usize::from(field)];
                    let shape = &code.constants[shape as usize];
                    put!(class, to, attempt!(access::field_of_record(record, shape, place)));
                }
                Op::Index { to, of, index } => {
                    let item = attempt!(access::index(&values[slot(of)], &values[slot(index)]));
                    values[slot(to)] = item;
                }
                Op::Field { class, to, of, name } => {
                    let name = code.constants[name as usize].as_text().unwrap_or_default();
                    put!(class, to, attempt!(access::field(&values[slot(of)], name)));
                }
                Op::RecordField { class, place, to, of, shape } => {
                    let shape = &code.constants[shape as usize];
                    put!(class, to, attempt!(access::field_of_record(&values[slot(of)], shape, place)));
                }
                Op::Reach { class, to, of, path } => {
                    let path = &code.paths[path as usize];
                    match (class, attempt!(access::reach(code, path, of, &files!()))) {
                        (Class::Number, Value::Number(number)) => plain[slot(to)] = number.to_bits() as i64,
                        (Class::Value, part) => values[slot(to)] = part,
                        (class, part) => attempt!(access::unbox(&mut files!(), class, to, part)),
                    }
                }
                Op::SetItem { class, list, index, item } => {
                    let (index, item) = (plain[slot(index)], given!(class, item));
                    pay!(attempt!(lists::set_item(&mut values[slot(list)], index, item)));
                }
                Op::Push { class, list, item } => {
                    let item = given!(class, item);
                    pay!(attempt!(lists::push(&mut values[slot(list)], item, limits)));
                }
                Op::Put { class, map, key, item } => {
                    let item = given!(class, item);
                    let held = std::mem::replace(&mut values[slot(key)], Value::None);
                    let put = lists::put(&mut values[slot(map)], &held, item, limits);
                    values[slot(key)] = held;
                    pay!(attempt!(put));
                }
                Op::Get { class, to, map, key } => {
                    if let Some(found) = attempt!(lists::get(&values[slot(map)], &values[slot(key)])) {
                        put!(class, to, found);
                    }
                }

                Op::Call { routine, plain, values } => {
                    if thread.frames.len() + 1 >= limits.depth {
                        leave!(Exit::Fails(too_deep(limits)));
                    }
                    thread.frames.push(Frame { at: at as u32, ..frame });
                    let (plain, values) = (frame.plain + plain as usize, frame.values + values as usize);
                    frame = Frame { routine, at: 0, plain, values };
                    left = budget - at as i64;
                    continue 'run;
                }
                Op::Return => finish!(routine.value_outputs as usize),
                Op::ReturnInt { from } => {
                    let value = plain[slot(from)];
                    plain[0] = value;
                    if value == BESIDE {
                        files!().copy_beside(0, from);
                    }
                    finish!(0);
                }
                Op::ReturnPlain { from } => {
                    plain[0] = plain[slot(from)];
                    finish!(0);
                }
                Op::EnterTry { handler, error } => {
                    let depth = thread.frames.len() + 1;
                    thread.handlers.push(Handler { depth, at: handler, error, token: watched.next_token });
                }
                Op::LeaveTry => {
                    thread.handlers.pop();
                }
                Op::Await { .. } | Op::Settle if !watched.pending => {}
                Op::Effect { .. } | Op::Await { .. } | Op::Settle | Op::Fork { .. } | Op::Meet { .. } => {
                    leave!(Exit::Asks(Asked::by(*op, frame, values)));
                }
                ref other @ (Op::BigInt { .. }
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
                | Op::Watch { .. }) => pay!(attempt!(slow::execute(code, other, &mut files!(), limits, watched))),
            }
        }
    };
    thread.frames.push(frame);
    *fuel = left;
    exit
}
