//! Instructions that are rare, and what is rare in those that are common: integers that are not small, values that are
//! not of the class that was expected, positions that count from the end, and whatever fails.

use blocks::conform::widen_to;
use blocks::formula::BinaryOperator as Operator;
use blocks::{Value, literal};

use super::execute::Watched;
use super::integers::BESIDE;
use super::state::Files;
use super::{access, lists};
use crate::arithmetic;
use crate::builtins::effort::{Effort, counted, of_operator};
use crate::compile::Code;
use crate::failure::Fault;
use crate::limits::{Limits, shallow_size};
use crate::op::{Class, Comparison, Op, Register};

fn pays(made: u64) -> i64 {
    (made / 16) as i64
}

/// What an instruction did.
pub(super) struct Done {
    /// What it costs beyond its step.
    pub(super) cost: i64,
    /// Where it goes on, if that is not behind it.
    pub(super) goes_on: Option<u32>,
}

/// Executes an instruction that neither calls, returns nor asks.
#[inline(never)]
pub(super) fn execute(
    code: &Code,
    op: &Op,
    files: &mut Files<'_>,
    limits: &Limits,
    watched: &mut Watched<'_>,
) -> Result<Done, Box<Fault>> {
    if let Some((how, a, b, to)) = compared(op, files) {
        let goes_on = files.compare_large(how, a, &b).then_some(to);
        return Ok(Done { cost: 0, goes_on });
    }
    let mut cost = 0;
    match *op {
        Op::AddInt { to, a, b } => cost += files.large(Operator::Add, to, a, b, limits)?,
        Op::SubtractInt { to, a, b } => cost += files.large(Operator::Subtract, to, a, b, limits)?,
        Op::MultiplyInt { to, a, b } => cost += files.large(Operator::Multiply, to, a, b, limits)?,
        Op::FloorDivideInt { to, a, b } => cost += files.large(Operator::FloorDivide, to, a, b, limits)?,
        Op::ModuloInt { to, a, b } => cost += files.large(Operator::Modulo, to, a, b, limits)?,
        Op::AddIntBy { to, a, by } => cost += files.large_by(Operator::Add, to, a, by.into(), limits)?,
        Op::MultiplyIntBy { to, a, by } => cost += files.large_by(Operator::Multiply, to, a, by.into(), limits)?,
        Op::FloorDivideIntBy { to, a, by } => {
            cost += files.large_by(Operator::FloorDivide, to, a, by.into(), limits)?
        }
        Op::ModuloIntBy { to, a, by } => cost += files.large_by(Operator::Modulo, to, a, by.into(), limits)?,
        Op::ShiftInt { to, a, bits } => cost += files.large_by(Operator::FloorDivide, to, a, 1 << bits, limits)?,
        Op::MaskInt { to, a, mask } => {
            cost += files.large_by(Operator::Modulo, to, a, i64::from(mask) + 1, limits)?;
        }
        Op::NegateInt { to, from } => {
            let negative = arithmetic::negate(&files.int(from))?;
            files.set_int(to, negative);
        }
        Op::PickInt { largest, to, a, b } => {
            let how = if largest { Comparison::Greater } else { Comparison::Less };
            let value = files.int(if files.compare_int(how, b, a) { b } else { a });
            files.set_int(to, value);
        }
        Op::CopyInt { to, from } => files.copy_beside(to, from),
        Op::CompareInt { how, to, a, b } => files.plain[to as usize] = i64::from(files.compare_int(how, a, b)),
        Op::IntToNumber { to, from } => {
            let number = arithmetic::to_number(&files.int(from))?;
            files.set_number(to, number);
        }
        Op::DivideNumber { .. } => return Err(Box::new(arithmetic::division_by_zero())),
        Op::SquareRoot { .. } => return Err(Box::new(Fault::invalid("a negative number has no square root"))),
        Op::BoxInt { to, from } => files.values[to as usize] = files.int(from),
        Op::UnboxInt { to, from } => {
            let value = files.values[from as usize].clone();
            access::unbox(files, Class::Int, to, value)?;
        }
        Op::UnboxNumber { to, from } => {
            let value = files.values[from as usize].clone();
            access::unbox(files, Class::Number, to, value)?;
        }
        Op::UnboxBool { to, from } => {
            let value = files.values[from as usize].clone();
            access::unbox(files, Class::Bool, to, value)?;
        }
        Op::Item { to, of, index } => read_item(files, Class::Value, to, of, index)?,
        Op::ItemInt { to, of, index } => read_item(files, Class::Int, to, of, index)?,
        Op::ItemNumber { to, of, index } => read_item(files, Class::Number, to, of, index)?,
        Op::ItemBool { to, of, index } => read_item(files, Class::Bool, to, of, index)?,
        Op::ItemOfItem { class, to, first, second, of } => {
            let inner = access::index(&files.values[of as usize], &files.int(first.into()))?;
            let item = access::index(&inner, &files.int(second.into()))?;
            access::unbox(files, class, to.into(), item)?;
        }
        Op::FieldOfItem { class, field, to, of, index } => {
            let record = access::index(&files.values[of as usize], &files.int(index))?;
            let (shape, place) = code.fields[usize::from(field)];
            read_field(code, files, class, to, &record, (shape, place))?;
        }
        Op::RecordField { class, place, to, of, shape } => {
            let record = files.values[of as usize].clone();
            read_field(code, files, class, to, &record, (shape, place))?;
        }
        Op::SetItem { class, list, index, item } => {
            let (index, item) = (files.plain[index as usize], files.get(class, item));
            cost += lists::set_item(&mut files.values[list as usize], index, item)?;
        }
        Op::Push { class, list, item } => {
            let item = files.get(class, item);
            cost += lists::push(&mut files.values[list as usize], item, limits)?;
        }
        Op::Get { class, to, map, key } => {
            if let Some(found) = lists::get(&files.values[map as usize], &files.values[key as usize])?.cloned() {
                access::unbox(files, class, to, found)?;
            }
        }
        Op::BigInt { to, constant } => files.set_int(to, code.constants[constant as usize].clone()),
        Op::PowerInt { to, a, b } => {
            cost += files.large(Operator::Power, to, a, b, limits)?;
        }
        Op::DivideInt { to, a, b } => {
            let (a, b) = (files.int(a), files.int(b));
            if let Value::Number(number) = arithmetic::binary(Operator::Divide, &a, &b, limits)? {
                files.set_number(to, number);
            }
        }
        Op::AbsoluteInt { to, from } => match files.plain[from as usize] {
            BESIDE => {
                let value = files.int(from);
                let below = value.order(&Value::Int(0)) == Some(std::cmp::Ordering::Less);
                files.set_int(to, if below { arithmetic::negate(&value)? } else { value });
            }
            small => files.set_int(to, Value::Int(small.abs())),
        },
        Op::OtherNumber { operator, to, a, b } => {
            let result = arithmetic::floats(operator, files.number(a), files.number(b))?;
            files.set_number(to, result);
        }
        Op::Widen { to, from, ty } => {
            cost += limits.look_through(&files.values[from as usize])?;
            let widened =
                widen_to(files.values[from as usize].clone(), &code.types[ty as usize]).map_err(Fault::from)?;
            cost += pays(shallow_size(&widened));
            files.values[to as usize] = widened;
        }
        Op::Binary { operator, to, a, b } => {
            let (a, b) = (&files.values[a as usize], &files.values[b as usize]);
            cost += of_operator(operator, a, b, limits)?;
            let result = arithmetic::binary(operator, a, b, limits)?;
            cost += pays(shallow_size(&result));
            files.values[to as usize] = result;
        }
        Op::Negate { to, from } => {
            files.values[to as usize] = arithmetic::negate(&files.values[from as usize])?;
        }
        Op::Join { to, first, count } => {
            let mut joined = String::new();
            for value in &files.values[first as usize..(first + count) as usize] {
                cost += shown(value, limits)?;
                push_text(&mut joined, value);
                limits.allow(joined.len() as u64)?;
            }
            cost += pays(joined.len() as u64);
            files.values[to as usize] = Value::text(joined);
        }
        Op::Slice { to, of, bounds } => {
            let (from, until) = (&files.values[bounds as usize], &files.values[bounds as usize + 1]);
            let part = access::slice(&files.values[of as usize], from, until)?;
            cost += counted(&files.values[of as usize]) + pays(shallow_size(&part));
            files.values[to as usize] = part;
        }
        Op::SortBy { descending, list, keys } => {
            let keys = std::mem::replace(&mut files.values[keys as usize], Value::None);
            let items = std::mem::replace(&mut files.values[list as usize], Value::None);
            cost += Effort::Order.before(std::slice::from_ref(&keys), limits)? + pays(shallow_size(&items));
            files.values[list as usize] = lists::sort_by(items, &keys, descending)?;
        }
        Op::Fail { code: name, message } => {
            let name = code.constants[name as usize].as_text().unwrap_or("raised");
            let message = files.values[message as usize].as_text().unwrap_or_default();
            return Err(Box::new(Fault::said(name, message)));
        }
        Op::Mark { mark } => {
            if let Some(count) = watched.counts.get_mut(mark as usize) {
                *count = count.saturating_add(1);
            }
        }
        Op::Watch { class, port, from } => {
            let value = files.get(class, from);
            if let Some(seen) = watched.seen.get_mut(port as usize) {
                *seen = Some(value);
            }
        }
        Op::Nest { value } => cost += limits.look_through(&files.values[value as usize])?,
        // The loop executes all others.
        _ => {}
    }
    Ok(Done { cost, goes_on: None })
}

/// What a jump compares, and where it goes if that holds.
fn compared(op: &Op, files: &Files<'_>) -> Option<(Comparison, Register, Value, u32)> {
    let (how, a, b, to) = match *op {
        Op::JumpIntLess { a, b, to } => (Comparison::Less, a, b, to),
        Op::JumpIntAtMost { a, b, to } => (Comparison::LessOrEqual, a, b, to),
        Op::JumpIntEqual { a, b, to } => (Comparison::Equal, a, b, to),
        Op::JumpIntUnequal { a, b, to } => (Comparison::NotEqual, a, b, to),
        Op::JumpIntAtMostBy { a, by, to } => {
            return Some((Comparison::LessOrEqual, a, Value::Int(by.into()), to));
        }
        Op::JumpIntMoreBy { a, by, to } => return Some((Comparison::Greater, a, Value::Int(by.into()), to)),
        _ => return None,
    };
    Some((how, a, files.int(b), to))
}

fn read_item(
    files: &mut Files<'_>,
    class: Class,
    to: Register,
    of: Register,
    index: Register,
) -> Result<(), Box<Fault>> {
    let item = access::index(&files.values[of as usize], &files.int(index))?;
    access::unbox(files, class, to, item)
}

fn read_field(
    code: &Code,
    files: &mut Files<'_>,
    class: Class,
    to: Register,
    record: &Value,
    (shape, place): (u32, u16),
) -> Result<(), Box<Fault>> {
    let shape = &code.constants[shape as usize];
    let field = access::field_of_record(record, shape, place).ok_or_else(|| access::no_field(record, shape, place))?;
    access::unbox(files, class, to, field.clone())
}

/// What it costs to write a value as people read it.
pub(super) fn shown(value: &Value, limits: &Limits) -> Result<i64, Fault> {
    match value {
        Value::Text(_) | Value::Int(_) => Ok(0),
        other => Effort::Digits.before(std::slice::from_ref(other), limits),
    }
}

/// Adds the text of a value as people read it.
pub(crate) fn push_text(out: &mut String, value: &Value) {
    match value {
        Value::Text(text) => out.push_str(text),
        Value::Int(small) => literal::write_integer(*small, out),
        other => out.push_str(&literal::write(other)),
    }
}
