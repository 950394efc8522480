//! Whether two parts of a program are the very same. Unlike in a run, `2` and `2.0` differ here, and so does the order
//! of a map's entries.

use std::sync::Arc;

use crate::document::{Answer, Block, Body, Expect, Input, Output, Reply, Source, TestCase};
use crate::value::{Entries, Value};

pub(super) fn value(one: &Value, two: &Value) -> bool {
    match (one, two) {
        (Value::None, Value::None) => true,
        (Value::Bool(a), Value::Bool(b)) => a == b,
        (Value::Int(a), Value::Int(b)) => a == b,
        (Value::Big(a), Value::Big(b)) => a == b,
        (Value::Number(a), Value::Number(b)) => a.to_bits() == b.to_bits(),
        (Value::Text(a), Value::Text(b)) => a == b,
        (Value::List(a), Value::List(b)) => Arc::ptr_eq(a, b) || all(a.iter(), b.iter(), value),
        (Value::Map(a), Value::Map(b)) => Arc::ptr_eq(a, b) || entries(a, b),
        _ => false,
    }
}

pub(super) fn source(one: &Source, two: &Source) -> bool {
    match (one, two) {
        (Source::Literal(a), Source::Literal(b)) => value(a, b),
        (Source::Wire { .. }, Source::Wire { .. }) => one == two,
        _ => false,
    }
}

/// Blocks without what is inside their bodies, but for the yields.
pub(super) fn block(one: &Block, two: &Block) -> bool {
    one.id == two.id
        && one.kind == two.kind
        && one.title == two.title
        && all(one.config.iter(), two.config.iter(), |(a, x), (b, y)| a == b && value(x, y))
        && all(one.inputs.iter(), two.inputs.iter(), |(a, x), (b, y)| a == b && source(x, y))
        && all(one.carries.iter(), two.carries.iter(), |a, b| {
            a.name == b.name && a.ty == b.ty && source(&a.from, &b.from)
        })
        && all(one.bodies.iter(), two.bodies.iter(), |(a, x), (b, y)| a == b && yields(x, y))
}

pub(super) fn inputs(one: &[Input], two: &[Input]) -> bool {
    all(one.iter(), two.iter(), |a, b| {
        a.name == b.name && a.ty == b.ty && a.about == b.about && optional(a.default.as_ref(), b.default.as_ref())
    })
}

pub(super) fn outputs(one: &[Output], two: &[Output]) -> bool {
    all(one.iter(), two.iter(), |a, b| a.name == b.name && a.ty == b.ty && source(&a.from, &b.from))
}

pub(super) fn tests(one: &[TestCase], two: &[TestCase]) -> bool {
    all(one.iter(), two.iter(), |a, b| {
        a.name == b.name
            && entries(&a.inputs, &b.inputs)
            && all(a.answers.iter(), b.answers.iter(), answer)
            && expectation(&a.expect, &b.expect)
    })
}

fn answer(one: &Answer, two: &Answer) -> bool {
    one.block == two.block
        && match (&one.reply, &two.reply) {
            (Reply::Value(a), Reply::Value(b)) => value(a, b),
            (Reply::Error(a), Reply::Error(b)) => a == b,
            _ => false,
        }
}

fn expectation(one: &Expect, two: &Expect) -> bool {
    match (one, two) {
        (Expect::Outputs(a), Expect::Outputs(b)) => entries(a, b),
        (Expect::Error(a), Expect::Error(b)) => a == b,
        _ => false,
    }
}

fn yields(one: &Body, two: &Body) -> bool {
    all(one.yields.iter(), two.yields.iter(), |(a, x), (b, y)| a == b && source(x, y))
}

fn entries(one: &Entries, two: &Entries) -> bool {
    all(one.iter(), two.iter(), |(a, x), (b, y)| a == b && value(x, y))
}

fn optional(one: Option<&Value>, two: Option<&Value>) -> bool {
    match (one, two) {
        (Some(a), Some(b)) => value(a, b),
        (None, None) => true,
        _ => false,
    }
}

fn all<I: ExactSizeIterator>(one: I, two: I, same: impl Fn(I::Item, I::Item) -> bool) -> bool {
    one.len() == two.len() && one.zip(two).all(|(a, b)| same(a, b))
}
