//! Conditions that decide where to go on.

use blocks::formula::{BinaryOperator, Typed, TypedNode};
use blocks::plan::Feed;
use blocks::{Type, Value};

use super::{Names, RoutineCompiler};
use crate::op::{Class, Comparison, Op, Register};

impl RoutineCompiler<'_, '_> {
    /// Emits what goes on elsewhere if a condition's truth is `when`; gives the jumps, to be landed.
    pub(super) fn decide(&mut self, condition: &Feed, when: bool) -> Vec<usize> {
        let mark = self.next;
        let jumps = if let Some(deferred) = self.take_deferred(condition) {
            let outer = std::mem::replace(&mut self.origin, self.pool.block(deferred.block));
            let jumps = self.condition(deferred.formula, deferred.names, when);
            self.origin = outer;
            jumps
        } else {
            let condition = self.read(condition, Class::Bool);
            vec![self.jump(jump_bool(when, condition))]
        };
        self.next = mark;
        jumps
    }

    /// The same for a formula.
    pub(super) fn condition(&mut self, typed: &Typed, names: &Names, when: bool) -> Vec<usize> {
        match &typed.node {
            TypedNode::Not(inner) => self.condition(inner, names, !when),
            TypedNode::And(a, b) => self.both(a, b, names, when, false),
            TypedNode::Or(a, b) => self.both(a, b, names, when, true),
            TypedNode::Binary(operator, a, b) => match Comparison::of(*operator) {
                Some(how) if plain_class(a, b).is_some() => self.comparison(how, a, b, names, when),
                _ => self.truth(typed, names, when),
            },
            _ => self.truth(typed, names, when),
        }
    }

    /// `and` (which ends early at `false`) and `or` (which ends early at `true`).
    fn both(&mut self, a: &Typed, b: &Typed, names: &Names, when: bool, early: bool) -> Vec<usize> {
        if when == early {
            let mut jumps = self.condition(a, names, early);
            jumps.extend(self.condition(b, names, early));
            return jumps;
        }
        let over = self.condition(a, names, early);
        let jumps = self.condition(b, names, when);
        self.land_all(over);
        jumps
    }

    fn truth(&mut self, typed: &Typed, names: &Names, when: bool) -> Vec<usize> {
        let mark = self.next;
        let condition = self.operand(typed, names, Class::Bool);
        self.next = mark;
        vec![self.jump(jump_bool(when, condition))]
    }

    fn comparison(&mut self, how: Comparison, a: &Typed, b: &Typed, names: &Names, when: bool) -> Vec<usize> {
        let mark = self.next;
        let class = plain_class(a, b).unwrap_or(Class::Value);
        let left = self.operand(a, names, class);
        let op = small(b).filter(|_| class == Class::Int).and_then(|by| compare_by(how, when, left, by));
        let op = op.unwrap_or_else(|| {
            let right = self.operand(b, names, class);
            compare(class, how, when, left, right)
        });
        self.next = mark;
        vec![self.jump(op)]
    }

    /// Jumps if a comparison of two registers of a plain class is `when`.
    pub(super) fn jump_compared(
        &mut self,
        class: Class,
        how: Comparison,
        when: bool,
        a: Register,
        b: Register,
    ) -> usize {
        self.jump(compare(class, how, when, a, b))
    }

    /// Jumps unless two registers of a class hold equal values.
    pub(super) fn jump_unless_equal(&mut self, class: Class, a: Register, b: Register) -> usize {
        if class != Class::Value {
            return self.jump_compared(class, Comparison::Equal, false, a, b);
        }
        let same = self.register(Class::Bool);
        self.emit(Op::Test { operator: BinaryOperator::Equal, to: same, a, b });
        self.jump(jump_bool(false, same))
    }
}

fn jump_bool(when: bool, condition: Register) -> Op {
    if when { Op::JumpTrue { condition, to: 0 } } else { Op::JumpFalse { condition, to: 0 } }
}

/// The jump for a comparison: greater is less the other way round, which holds for nan, too.
fn compare(class: Class, how: Comparison, when: bool, a: Register, b: Register) -> Op {
    use Comparison as C;
    let (how, when, a, b) = match how {
        C::NotEqual => (C::Equal, !when, a, b),
        C::Greater => (C::Less, when, b, a),
        C::GreaterOrEqual => (C::LessOrEqual, when, b, a),
        how => (how, when, a, b),
    };
    let to = 0;
    let op = match (class, how) {
        (Class::Number, C::Equal) => Op::JumpNumberEqual { a, b, to },
        (Class::Number, C::Less) => Op::JumpNumberLess { a, b, to },
        (Class::Number, _) => Op::JumpNumberAtMost { a, b, to },
        (_, C::Equal) => Op::JumpIntEqual { a, b, to },
        (_, C::Less) => Op::JumpIntLess { a, b, to },
        _ => Op::JumpIntAtMost { a, b, to },
    };
    if when { op } else { op.opposite().unwrap_or(op) }
}

/// The jump for a comparison with an integer that is written out, as far as there is one.
fn compare_by(how: Comparison, when: bool, a: Register, by: i32) -> Option<Op> {
    use Comparison as C;
    let to = 0;
    let op = match how {
        C::Equal => Op::JumpIntEqualBy { a, by, to },
        C::NotEqual => Op::JumpIntUnequalBy { a, by, to },
        C::Less => Op::JumpIntAtMostBy { a, by: by.checked_sub(1)?, to },
        C::GreaterOrEqual => Op::JumpIntMoreBy { a, by: by.checked_sub(1)?, to },
        C::LessOrEqual => Op::JumpIntAtMostBy { a, by, to },
        C::Greater => Op::JumpIntMoreBy { a, by, to },
    };
    if when { Some(op) } else { op.opposite() }
}

/// A literal integer that fits an instruction.
pub(super) fn small(typed: &Typed) -> Option<i32> {
    match &typed.node {
        TypedNode::Literal(Value::Int(integer)) => i32::try_from(*integer).ok(),
        TypedNode::Negate(inner) => small(inner).and_then(i32::checked_neg),
        _ => None,
    }
}

/// The class in which two operands can be compared as they are: both integers, or both numbers, where a literal integer
/// that is a number exactly counts as one.
pub(super) fn plain_class(a: &Typed, b: &Typed) -> Option<Class> {
    let exact = |typed: &Typed| small(typed).is_some() && matches!(typed.node, TypedNode::Literal(_));
    match (&a.ty, &b.ty) {
        (Type::Int, Type::Int) => Some(Class::Int),
        (Type::Number, Type::Number) => Some(Class::Number),
        (Type::Int, Type::Number) if exact(a) => Some(Class::Number),
        (Type::Number, Type::Int) if exact(b) => Some(Class::Number),
        _ => None,
    }
}
