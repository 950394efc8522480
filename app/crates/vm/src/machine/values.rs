//! Instructions that make, change or read texts, lists, maps and records. Each does so much that the way here does not
//! count.

use blocks::Value;

use super::state::Files;
use super::{access, lists};
use crate::arithmetic;
use crate::builtins::effort::{counted, of_operator};
use crate::compile::Code;
use crate::failure::Fault;
use crate::limits::{Limits, shallow_size};
use crate::op::{Class, Op};

/// Executes such an instruction; gives what it costs beyond its step.
#[inline(never)]
pub(super) fn execute(code: &Code, op: &Op, files: &mut Files<'_>, limits: &Limits) -> Result<i64, Box<Fault>> {
    let mut cost = 0;
    match *op {
        Op::Begin { to, constant } => files.values[to as usize] = lists::begin(&code.constants[constant as usize]),
        Op::ExtendText { to, pieces } => {
            let mut whole = files.take(to);
            let extended = lists::extend_text(&mut whole, &code.pieces[pieces as usize], code, files, limits);
            files.values[to as usize] = whole;
            cost = extended?;
        }
        Op::ExtendList { to, part } => {
            let mut whole = files.take(to);
            let extended = lists::extend(&mut whole, &files.values[part as usize], limits);
            files.values[to as usize] = whole;
            cost = extended?;
        }
        Op::Test { operator, to, a, b } => {
            let (a, b) = (&files.values[a as usize], &files.values[b as usize]);
            cost = of_operator(operator, a, b, limits)?;
            files.plain[to as usize] = i64::from(arithmetic::holds(operator, a, b, limits)?);
        }
        Op::Builtin { function, signature, count, to, first } => {
            let row = &mut files.values[first as usize..first as usize + usize::from(count)];
            let (function, effort) = code.functions[function as usize];
            cost = effort.before(row, limits)?;
            let result = function(u32::from(signature), row, limits)?;
            let made = shallow_size(&result);
            limits.allow(made)?;
            cost += (made / 16) as i64 + effort.after(&result, limits)?;
            files.values[to as usize] = result;
        }
        Op::MakeList { to, first, count } => {
            files.values[to as usize] = Value::list(files.take_row(first, count));
            cost = i64::from(count);
        }
        Op::MakeRecord { count, to, shape, first } => {
            let row = &mut files.values[first as usize..first as usize + usize::from(count)];
            files.values[to as usize] = lists::record(&code.constants[shape as usize], row);
            cost = i64::from(count);
        }
        Op::Length { to, of } => {
            cost = counted(&files.values[of as usize]);
            files.plain[to as usize] = lists::length(&files.values[of as usize])?;
        }
        Op::Index { to, of, index } => {
            let (whole, index) = (&files.values[of as usize], &files.values[index as usize]);
            cost = counted(whole) + counted(index);
            let item = access::index(whole, index)?;
            files.values[to as usize] = item;
        }
        Op::Field { class, to, of, name } => {
            let name = code.constants[name as usize].as_text().unwrap_or_default();
            let field = access::field(&files.values[of as usize], name)?.clone();
            access::unbox(files, class, to, field)?;
        }
        Op::Reach { class, to, of, path } => {
            let part = access::reach(code, &code.paths[path as usize], of, files)?;
            access::unbox(files, class, to, part)?;
        }
        Op::Put { class, map, key, item } => {
            let item = if class == Class::Value { files.take(item) } else { files.get(class, item) };
            let held = files.take(key);
            let put = lists::put(&mut files.values[map as usize], &held, item, limits);
            cost = (shallow_size(&held) / 16) as i64 + put?;
            files.values[key as usize] = held;
        }
        // The loop sends no others here.
        _ => {}
    }
    Ok(cost)
}
