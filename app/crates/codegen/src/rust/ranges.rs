//! Between which integers a value lies, so that what cannot overflow is written plainly.

use blocks::formula::{BinaryOperator, Typed, TypedNode};
use blocks::plan::{Feed, Operation, Origin};
use blocks::{Type, Value};

use super::emitter::{Emitter, Names, Port};

/// The smallest and the largest integer.
pub(crate) type Range = (i128, i128);

/// No collection has more items.
pub(crate) const LENGTH: Range = (0, 1 << 48);

/// Whether every integer of a range is one of 64 bits.
pub(crate) fn is_small((low, high): Range) -> bool {
    low >= i128::from(i64::MIN) && high <= i128::from(i64::MAX)
}

/// Whether every integer of a range is exactly a number.
pub(crate) fn is_exact((low, high): Range) -> bool {
    low >= -(1 << 53) && high <= 1 << 53
}

impl Emitter<'_> {
    /// The range of a formula's value, if anything is known of it.
    pub(crate) fn range_of(&self, typed: &Typed, names: &Names) -> Option<Range> {
        if typed.ty != Type::Int {
            return None;
        }
        match &typed.node {
            TypedNode::Literal(Value::Int(value)) => Some((i128::from(*value), i128::from(*value))),
            TypedNode::Name(name) => names.get(name).and_then(|feed| self.range_of_feed(feed)),
            TypedNode::Negate(inner) => self.range_of(inner, names).map(|(low, high)| (-high, -low)),
            TypedNode::Binary(operator, a, b) => {
                combine(*operator, self.range_of(a, names), self.range_of(b, names)).filter(|found| is_small(*found))
            }
            TypedNode::If(_, a, b) => {
                let (a, b) = (self.range_of(a, names)?, self.range_of(b, names)?);
                Some((a.0.min(b.0), a.1.max(b.1)))
            }
            TypedNode::Call(builtin, ..) => range_of_function(builtin.name),
            _ => None,
        }
    }

    /// The range of what a feed brings.
    pub(crate) fn range_of_feed(&self, feed: &Feed) -> Option<Range> {
        if feed.ty != Type::Int {
            return None;
        }
        match &feed.origin {
            Origin::Literal(Value::Int(value)) => Some((i128::from(*value), i128::from(*value))),
            Origin::Literal(_) => None,
            Origin::Port(block, port) => match self.ports.get(&(block.clone(), port.clone()))? {
                Port::Variable { range, .. } => *range,
                Port::Inline(step, _) => self.range_of_step(&step.operation),
                Port::Caught(..) => None,
            },
        }
    }

    /// The range of a block's one value.
    pub(crate) fn range_of_step(&self, operation: &Operation) -> Option<Range> {
        match operation {
            Operation::Formula { formula, names } => self.range_of(formula, names),
            Operation::Constant(Value::Int(value), Type::Int) => Some((i128::from(*value), i128::from(*value))),
            Operation::Builtin { builtin, ty: Type::Int, .. } => range_of_function(builtin.name),
            _ => None,
        }
    }
}

fn range_of_function(name: &str) -> Option<Range> {
    match name {
        "len" | "count" => Some(LENGTH),
        "find" | "index_of" => Some((-1, LENGTH.1)),
        "code" => Some((0, 0x0010_ffff)),
        "year" | "month" | "day" | "weekday" => Some((1, 9999)),
        "day_number" => Some((-800_000, 3_000_000)),
        "integer_root" => Some((0, 3_037_000_500)),
        _ => None,
    }
}

fn combine(operator: BinaryOperator, a: Option<Range>, b: Option<Range>) -> Option<Range> {
    use BinaryOperator as O;
    match (operator, a, b) {
        (O::Add, Some(a), Some(b)) => Some((a.0 + b.0, a.1 + b.1)),
        (O::Subtract, Some(a), Some(b)) => Some((a.0 - b.1, a.1 - b.0)),
        (O::Multiply, Some(a), Some(b)) => {
            let products = [a.0.checked_mul(b.0)?, a.0.checked_mul(b.1)?, a.1.checked_mul(b.0)?, a.1.checked_mul(b.1)?];
            Some((*products.iter().min()?, *products.iter().max()?))
        }
        (O::Modulo, _, Some((low, high))) if low > 0 => Some((0, high - 1)),
        (O::FloorDivide, Some(a), Some(b)) if b.0 > 0 && a.0 >= 0 => Some((a.0 / b.1, a.1 / b.0)),
        _ => None,
    }
}
