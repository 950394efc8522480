//! Work that gives a value and nothing else: it asks nobody, changes nothing, cannot fail and always ends.
//!
//! The list is short on purpose. Arithmetic of integers is not on it, since an integer may become too large, nor what
//! makes a longer text or list.

use super::places::Places;
use crate::document::BlockId;
use crate::formula::BinaryOperator as O;
use crate::formula::{Typed, TypedNode};
use crate::plan::{Operation, PlannedBody, Step};
use crate::types::Type;

/// Whether a step gives a value and does nothing else. It may fail.
pub(super) fn is_pure(step: &Step) -> bool {
    matches!(step.operation, Operation::Formula { .. } | Operation::Template { .. } | Operation::Builtin { .. })
}

/// Whether a step gives a value, does nothing else, and cannot fail.
pub(super) fn is_total(step: &Step) -> bool {
    match &step.operation {
        Operation::Constant(..) | Operation::GetVariable { .. } | Operation::Note(_) => true,
        Operation::Formula { formula, names } => names.values().all(|feed| !feed.widen) && cannot_fail(formula),
        Operation::Builtin { builtin, arguments, .. } => {
            arguments.iter().all(|feed| !feed.widen) && is_safe(builtin.name)
        }
        Operation::If { then, otherwise, .. } => [then, otherwise].into_iter().all(is_total_body),
        Operation::Match { .. } | Operation::Filter { .. } => step.operation.bodies().into_iter().all(is_total_body),
        _ => false,
    }
}

fn is_total_body(body: &PlannedBody) -> bool {
    body.steps.iter().all(|step| is_total(step)) && body.yields.iter().all(|outlet| !outlet.from.widen)
}

/// Whether a step waits for an answer that the block it reads asked for: where it stands decides when that happens.
pub(super) fn awaits(places: &Places<'_>, step: &Step) -> bool {
    super::body::reads(step).into_iter().any(|id| is_answer(places, id))
}

/// Whether what a block gives is an answer of the world outside.
pub(super) fn is_answer(places: &Places<'_>, block: &BlockId) -> bool {
    let place = places.find(block).map(|place| &places.0[place]);
    place.is_some_and(|place| matches!(place.step.operation, Operation::Effect { .. }))
}

fn cannot_fail(formula: &Typed) -> bool {
    match &formula.node {
        TypedNode::Literal(_) | TypedNode::Name(_) => true,
        TypedNode::Not(inner) => cannot_fail(inner),
        // A record has its fields; of a map or json one may be missing.
        TypedNode::Field(of, _) => matches!(of.ty, Type::Record(_)) && cannot_fail(of),
        TypedNode::Negate(inner) => formula.ty == Type::Number && cannot_fail(inner),
        TypedNode::And(a, b) | TypedNode::Or(a, b) => cannot_fail(a) && cannot_fail(b),
        TypedNode::If(a, b, c) => [a, b, c].into_iter().all(|part| cannot_fail(part)),
        TypedNode::Call(builtin, _, arguments) => is_safe(builtin.name) && arguments.iter().all(cannot_fail),
        TypedNode::Binary(operator, a, b) => binary_cannot_fail(*operator, a, b) && cannot_fail(a) && cannot_fail(b),
        _ => false,
    }
}

fn binary_cannot_fail(operator: O, a: &Typed, b: &Typed) -> bool {
    let all_are = |types: &[Type]| [a, b].into_iter().all(|side| types.contains(&side.ty));
    match operator {
        O::Equal | O::NotEqual => true,
        O::Less | O::LessOrEqual | O::Greater | O::GreaterOrEqual => all_are(&[Type::Int, Type::Number, Type::Text]),
        O::Add | O::Subtract | O::Multiply => all_are(&[Type::Number]),
        _ => false,
    }
}

/// Functions of the language that take every value of their types and give one of a fixed size.
fn is_safe(builtin: &str) -> bool {
    ["len", "starts_with", "is_digit"].contains(&builtin)
}
