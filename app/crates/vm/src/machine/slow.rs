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
use crate::op::{Class, Op};

fn pays(made: u64) -> i64 {
    (made / 16) as i64
}

fn picks(largest: bool, order: Option<std::cmp::Ordering>) -> bool {
    order == Some(if largest { std::cmp::Ordering::Greater } else { std::cmp::Ordering::Less })
}

/// Executes an instruction that neither jumps, calls nor asks; gives what it costs beyond its step.
#[inline(never)]
pub(super) fn execute(
    code: &Code,
    op: &Op,
    files: &mut Files<'_>,
    limits: &Limits,
    watched: &mut Watched<'_>,
) -> Result<i64, Fault> {
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
        Op::NegateInt { to, from } => match files.plain[from as usize] {
            BESIDE => {
                let negative = arithmetic::negate(&files.int(from))?;
                files.set_int(to, negative);
            }
            small => files.set_int(to, Value::Int(-small)),
        },
        Op::AbsoluteInt { to, from } => match files.plain[from as usize] {
            BESIDE => {
                let value = files.int(from);
                let below = value.order(&Value::Int(0)) == Some(std::cmp::Ordering::Less);
                files.set_int(to, if below { arithmetic::negate(&value)? } else { value });
            }
            small => files.set_int(to, Value::Int(small.abs())),
        },
        Op::PickInt { largest, to, a, b } => {
            let second = picks(largest, files.int(b).order(&files.int(a)));
            let value = files.int(if second { b } else { a });
            files.set_int(to, value);
        }
        Op::OtherNumber { operator, to, a, b } => {
            let result = arithmetic::floats(operator, files.number(a), files.number(b))?;
            files.set_number(to, result);
        }
        Op::AbsoluteNumber { to, from } => files.set_number(to, files.number(from).abs()),
        Op::PickNumber { largest, to, a, b } => {
            let (first, second) = (files.number(a), files.number(b));
            files.set_number(to, if picks(largest, second.partial_cmp(&first)) { second } else { first });
        }
        Op::CompareInt { how, to, a, b } => {
            files.plain[to as usize] = i64::from(files.compare_int(how, a, b));
        }
        Op::CompareNumber { how, to, a, b } => {
            files.plain[to as usize] = i64::from(how.holds(files.number(a), files.number(b)));
        }
        Op::BoxBool { to, from } => {
            files.values[to as usize] = Value::Bool(files.plain[from as usize] != 0);
        }
        Op::UnboxNumber { to, from } => {
            access::unbox_from(files, Class::Number, to, from)?;
        }
        Op::UnboxBool { to, from } => {
            access::unbox_from(files, Class::Bool, to, from)?;
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
        Op::Test { operator, to, a, b } => {
            let (a, b) = (&files.values[a as usize], &files.values[b as usize]);
            let holds = arithmetic::binary(operator, a, b, limits)?;
            files.plain[to as usize] = i64::from(holds == Value::Bool(true));
        }
        Op::Negate { to, from } => {
            files.values[to as usize] = arithmetic::negate(&files.values[from as usize])?;
        }
        Op::Extend { to, part } => {
            let part = std::mem::replace(&mut files.values[part as usize], Value::None);
            cost += lists::extend(&mut files.values[to as usize], &part, limits)?;
        }
        Op::Builtin { function, signature, count, to, first } => {
            let row = &mut files.values[first as usize..first as usize + usize::from(count)];
            let result = code.functions[function as usize](u32::from(signature), row, limits)?;
            let made = shallow_size(&result);
            limits.allow(made)?;
            cost += pays(made);
            files.values[to as usize] = result;
        }
        Op::MakeList { to, first, count } => {
            cost += i64::from(count);
            files.values[to as usize] = Value::list(files.take_row(first, count));
        }
        Op::MakeRecord { count, to, shape, first } => {
            let row = &mut files.values[first as usize..first as usize + usize::from(count)];
            cost += i64::from(count);
            files.values[to as usize] = lists::record(&code.constants[shape as usize], row);
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
        Op::Length { to, of } => {
            files.plain[to as usize] = lists::length(&files.values[of as usize])?;
        }
        Op::Index { to, of, index } => {
            let item = access::index(&files.values[of as usize], &files.values[index as usize])?;
            files.values[to as usize] = item;
        }
        Op::Field { class, to, of, name } => {
            let name = code.constants[name as usize].as_text().unwrap_or_default();
            let field = access::field(&files.values[of as usize], name)?.clone();
            access::unbox(files, class, to, field)?;
        }
        Op::Slice { to, of, bounds } => {
            let (from, until) = (&files.values[bounds as usize], &files.values[bounds as usize + 1]);
            let part = access::slice(&files.values[of as usize], from, until)?;
            cost += pays(shallow_size(&part));
            files.values[to as usize] = part;
        }
        Op::SetItem { list, index, item } => {
            let index = files.plain[index as usize];
            let item = std::mem::replace(&mut files.values[item as usize], Value::None);
            cost += lists::set_item(&mut files.values[list as usize], index, item)?;
        }
        Op::Push { list, item } => {
            let item = std::mem::replace(&mut files.values[item as usize], Value::None);
            cost += lists::push(&mut files.values[list as usize], item, limits)?;
        }
        Op::Put { map, key, item } => {
            let item = std::mem::replace(&mut files.values[item as usize], Value::None);
            let held = std::mem::replace(&mut files.values[key as usize], Value::None);
            let put = lists::put(&mut files.values[map as usize], &held, item, limits);
            files.values[key as usize] = held;
            cost += put?;
        }
        Op::Get { to, map, key } => {
            let found = lists::get(&files.values[map as usize], &files.values[key as usize])?.cloned();
            if let Some(found) = found {
                files.values[to as usize] = found;
            }
        }
        Op::SortBy { descending, list, keys } => {
            let keys = std::mem::replace(&mut files.values[keys as usize], Value::None);
            let items = std::mem::replace(&mut files.values[list as usize], Value::None);
            cost += pays(shallow_size(&items));
            files.values[list as usize] = lists::sort_by(&items, &keys, descending)?;
        }
        Op::Fail { code: name, message } => {
            let name = code.constants[name as usize].as_text().unwrap_or("raised");
            let message = files.values[message as usize].as_text().unwrap_or_default();
            return Err(Fault::said(name, message));
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
        Op::ExtendBy { to, constant } => {
            cost += lists::extend(&mut files.values[to as usize], &code.constants[constant as usize], limits)?;
        }
        Op::ExtendShown { class, to, from } => {
            let shown = files.get(class, from);
            cost += lists::extend_shown(&mut files.values[to as usize], &shown, limits)?;
        }
        // The loop executes all others.
        _ => {}
    }
    Ok(cost)
}

/// Adds the text of a value as people read it.
pub(crate) fn push_text(out: &mut String, value: &Value) {
    match value {
        Value::Text(text) => out.push_str(text),
        Value::Int(small) => literal::write_integer(*small, out),
        other => out.push_str(&literal::write(other)),
    }
}
