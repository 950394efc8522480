//! What the test cases of a program ask, in any target.

use blocks::conform::conform;
use blocks::document::{Expect, Reply, TestCase};
use blocks::plan::{Operation, Plan, PlannedBody};
use blocks::{Type, Value};

use crate::Dynamic;

/// Why a test is left out in a target, if it is.
pub(crate) fn left_out(test: &TestCase, plan: &Plan, target: Dynamic) -> Option<&'static str> {
    if let Expect::Error(code) = &test.expect {
        let of_host = matches!(code.as_str(), "fuel" | "size" | "depth" | "cancelled" | "input" | "no_answer");
        if of_host || code == "not_granted" && test.answers.is_empty() {
            return Some("its error is one of the place where blocks run");
        }
    }
    if !test.answers.is_empty() && crate::answers::by_method(test, plan).is_none() {
        return Some("several of its blocks ask the same of the world outside");
    }
    let answers = test.answers.iter().filter_map(|answer| match &answer.reply {
        Reply::Value(value) => Some(value),
        Reply::Error(_) => None,
    });
    let large = target != Dynamic::Python && test.inputs.values().chain(answers).any(is_large);
    large.then_some("its inputs are beyond JavaScript's exact integers")
}

/// The arguments of a test, each with its type.
pub(crate) fn arguments<'a>(test: &'a TestCase, plan: &'a Plan) -> impl Iterator<Item = (Value, Type)> + 'a {
    plan.main.inputs.iter().map(|input| {
        let value = test.inputs.get(&input.name).cloned().or_else(|| input.default.clone()).unwrap_or(Value::None);
        (conform(value, &input.ty).unwrap_or(Value::None), input.ty.clone())
    })
}

/// Whether a value has an integer that JavaScript's numbers cannot hold: there the program raises overflow.
pub(crate) fn is_large(value: &Value) -> bool {
    match value {
        Value::Int(integer) => integer.unsigned_abs() >= 1 << 53,
        Value::Big(_) => true,
        Value::List(items) => items.iter().any(is_large),
        Value::Map(entries) => entries.values().any(is_large),
        _ => false,
    }
}

/// Whether nan is part of a value.
pub(crate) fn has_nan(value: &Value) -> bool {
    match value {
        Value::Number(number) => number.is_nan(),
        Value::List(items) => items.iter().any(has_nan),
        Value::Map(entries) => entries.values().any(has_nan),
        _ => false,
    }
}

/// Whether a program has a Fail with a code.
pub(crate) fn fails_with(plan: &Plan, code: &str) -> bool {
    std::iter::once(&plan.main).chain(&plan.functions).any(|routine| body_fails(&routine.body, code))
}

fn body_fails(body: &PlannedBody, code: &str) -> bool {
    body.steps.iter().any(|step| match &step.operation {
        Operation::Fail { code: own, .. } => own == code,
        operation => operation.bodies().into_iter().any(|body| body_fails(body, code)),
    })
}
