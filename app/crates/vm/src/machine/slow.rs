//! Instructions that are rare or long. They stand apart from the loop, so that it stays small.

use blocks::conform::widen_to;
use blocks::formula::BinaryOperator as Operator;
use blocks::{Value, literal};

use super::execute::Watched;
use super::integers::BESIDE;
use super::state::Files;
use super::{access, lists};
use crate::arithmetic;
use crate::compile::Code;
use crate::failure::Fault;
use crate::limits::{Limits, shallow_size};
use crate::op::Op;

fn pays(made: u64) -> i64 {
    (made / 16) as i64
}

/// Executes an instruction that neither jumps, calls nor asks; gives what it costs beyond its step.
#[inline(never)]
pub(super) fn execute(
    code: &Code,
    op: &Op,
    files: &mut Files<'_>,
    limits: &Limits,
    watched: &mut Watched<'_>,
) -> Result<i64, Box<Fault>> {
    let mut cost = 0;
    match *op {
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
            let widened = widen_to(files.values[from as usize].clone(), &code.types[ty as usize])
                .map_err(|message| Fault::new("overflow", message))?;
            cost += pays(shallow_size(&widened));
            files.values[to as usize] = widened;
        }
        Op::Binary { operator, to, a, b } => {
            let (a, b) = (&files.values[a as usize], &files.values[b as usize]);
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
                push_text(&mut joined, value);
                limits.allow(joined.len() as u64)?;
            }
            cost += pays(joined.len() as u64);
            files.values[to as usize] = Value::text(joined);
        }
        Op::Slice { to, of, bounds } => {
            let (from, until) = (&files.values[bounds as usize], &files.values[bounds as usize + 1]);
            let part = access::slice(&files.values[of as usize], from, until)?;
            cost += pays(shallow_size(&part));
            files.values[to as usize] = part;
        }
        Op::SortBy { descending, list, keys } => {
            let keys = std::mem::replace(&mut files.values[keys as usize], Value::None);
            let items = std::mem::replace(&mut files.values[list as usize], Value::None);
            cost += pays(shallow_size(&items));
            files.values[list as usize] = lists::sort_by(items, &keys, descending)?;
        }
        Op::Fail { code: name, message } => {
            let name = code.constants[name as usize].as_text().unwrap_or("raised");
            let message = files.values[message as usize].as_text().unwrap_or_default();
            return Err(Box::new(Fault::said(name, message)));
        }
        Op::Mark { mark } => {
            if let Some(count) = watched.counts.get_mut(mark as usize) {
                *count += 1;
            }
        }
        Op::Watch { class, port, from } => {
            let value = files.get(class, from);
            if let Some(seen) = watched.seen.get_mut(port as usize) {
                *seen = Some(value);
            }
        }
        // The loop executes all others.
        _ => {}
    }
    Ok(cost)
}

/// Calls a function of the language with a row of value registers; gives its result and what it costs.
#[inline(never)]
pub(super) fn call(
    code: &Code,
    function: u32,
    signature: u8,
    files: &mut Files<'_>,
    (first, count): (u32, u8),
    limits: &Limits,
) -> Result<(Value, i64), Box<Fault>> {
    let row = &mut files.values[first as usize..first as usize + usize::from(count)];
    let result = code.functions[function as usize](u32::from(signature), row, limits)?;
    let made = shallow_size(&result);
    limits.allow(made)?;
    Ok((result, pays(made)))
}

/// Adds the text of a value as people read it.
pub(crate) fn push_text(out: &mut String, value: &Value) {
    match value {
        Value::Text(text) => out.push_str(text),
        Value::Int(small) => literal::write_integer(*small, out),
        other => out.push_str(&literal::write(other)),
    }
}
