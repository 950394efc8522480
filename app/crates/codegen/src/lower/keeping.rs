//! Who only looks into a list or map, and who keeps it.

use blocks::formula::{BinaryOperator, Typed, TypedNode};
use blocks::plan::{Feed, Operation, Origin, PlannedBody};
use blocks::{BlockId, Type};

use super::reads::reads_in;

/// Functions that make a new list or map of what is in others, or give what is in one.
const TAKE_OUT: [&str; 20] = [
    "append",
    "put",
    "insert",
    "set_item",
    "remove_at",
    "remove",
    "merge",
    "first",
    "last",
    "get",
    "keys",
    "values",
    "entries",
    "reverse",
    "sort",
    "unique",
    "flatten",
    "chunk",
    "pairs",
    "slice",
];

/// Whether an operation, and what is inside it, only looks into the list or map that some feeds read: nothing that stays
/// is that list or map itself.
pub(super) fn looks(operation: &Operation, reads: &dyn Fn(&Feed) -> bool) -> bool {
    let free = |feed: &Feed| !reads(feed);
    let own = match operation {
        Operation::Formula { formula, names } => !has_alias(formula, &|name| names.get(name).is_some_and(reads)),
        Operation::Builtin { builtin, arguments, ty, .. } => {
            let taken = usize::from(TAKE_OUT.contains(&builtin.name));
            is_scalar(ty) || arguments.iter().skip(taken).all(free)
        }
        Operation::Loop { carries, .. } => carries.iter().all(|carry| free(&carry.from)),
        Operation::Reduce { initial, .. } => free(initial),
        Operation::Call { .. }
        | Operation::Effect { .. }
        | Operation::Variable { .. }
        | Operation::SetVariable { .. }
        | Operation::ChangeVariable { .. } => operation.feeds().into_iter().all(|(feed, _)| free(feed)),
        _ => true,
    };
    own && operation.bodies().into_iter().all(|body| looks_in(body, reads))
}

fn looks_in(body: &PlannedBody, reads: &dyn Fn(&Feed) -> bool) -> bool {
    body.steps.iter().all(|step| looks(&step.operation, reads)) && !body.yields.iter().any(|outlet| reads(&outlet.from))
}

/// The blocks of a body whose value is a new list or map that only a loop of the same body begins with.
pub(super) fn fresh(body: &PlannedBody) -> Vec<BlockId> {
    let begins = |operation: &Operation, block: &BlockId| {
        let own = |feed: &Feed| matches!(&feed.origin, Origin::Port(from, _) if from == block) && !feed.widen;
        match operation {
            Operation::Loop { carries, .. } => carries.iter().any(|carry| own(&carry.from)),
            Operation::Reduce { initial, .. } => own(initial),
            _ => false,
        }
    };
    let once = |block: &BlockId| {
        reads_in(body, &|feed| matches!(&feed.origin, Origin::Port(from, _) if from == block)) == 1
            && body.steps.iter().any(|step| begins(&step.operation, block))
    };
    let made = body.steps.iter().filter(|step| is_new(&step.operation) && once(&step.block));
    made.map(|step| step.block.clone()).collect()
}

/// Whether an operation gives a list or map that nothing else holds.
fn is_new(operation: &Operation) -> bool {
    match operation {
        Operation::Constant(..) | Operation::Map { .. } | Operation::Filter { .. } => true,
        Operation::Formula { formula, .. } => !has_alias(formula, &|_| true) && !gives_part(formula),
        _ => false,
    }
}

/// Whether a formula gives what it takes out of something.
fn gives_part(formula: &Typed) -> bool {
    match &formula.node {
        TypedNode::Index(..) | TypedNode::Field(..) => true,
        TypedNode::Call(builtin, ..) => ["first", "last", "get", "default"].contains(&builtin.name),
        TypedNode::If(_, then, otherwise) => gives_part(then) || gives_part(otherwise),
        _ => false,
    }
}

/// Whether the value of an expression may be, or hold, the list or map that a name stands for.
pub(super) fn has_alias(typed: &Typed, is: &dyn Fn(&str) -> bool) -> bool {
    if is_scalar(&typed.ty) {
        return false;
    }
    let inside = |part: &Typed| has_alias(part, is);
    // What is taken out of a list is not the list.
    let taken = |whole: &Typed| !matches!(whole.node, TypedNode::Name(_)) && has_alias(whole, is);
    match &typed.node {
        TypedNode::Name(name) => is(name),
        TypedNode::List(items) => items.iter().any(inside),
        TypedNode::Map(fields) => fields.iter().any(|(_, field)| inside(field)),
        TypedNode::If(_, then, otherwise) => inside(then) || inside(otherwise),
        TypedNode::Binary(BinaryOperator::Add, a, b) => taken(a) || taken(b),
        TypedNode::Call(builtin, _, arguments) if TAKE_OUT.contains(&builtin.name) => {
            arguments.first().is_some_and(taken) || arguments.iter().skip(1).any(inside)
        }
        TypedNode::Call(_, _, arguments) => arguments.iter().any(inside),
        TypedNode::Index(whole, _) | TypedNode::Slice(whole, ..) | TypedNode::Field(whole, _) => taken(whole),
        TypedNode::Widen(inner) => inside(inner),
        _ => false,
    }
}

fn is_scalar(ty: &Type) -> bool {
    matches!(ty, Type::Int | Type::Number | Type::Text | Type::Bool | Type::None)
}
