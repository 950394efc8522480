//! Number literals that loops read: each is put into a register once, when the routine begins.

use blocks::formula::{Typed, TypedNode};
use blocks::plan::{Operation, PlannedBody};
use blocks::{Type, Value};

use super::RoutineCompiler;
use crate::op::{Class, Register};

/// How many literals are kept so.
const MAX_KEPT: usize = 32;

impl RoutineCompiler<'_, '_> {
    /// Puts the number literals of a body's loops into registers.
    pub(super) fn keep_numbers(&mut self, body: &PlannedBody) {
        let mut found = Vec::new();
        of_body(body, false, &mut found);
        for bits in found.into_iter().take(MAX_KEPT) {
            let register = self.register(Class::Number);
            self.literal(&Value::Number(f64::from_bits(bits as u64)), Class::Number, register);
            self.numbers.insert(bits, register);
        }
    }

    /// The register that holds a number literal all along, if one does.
    pub(super) fn constant_register(&self, typed: &Typed) -> Option<Register> {
        bits_of(typed).and_then(|bits| self.numbers.get(&bits).copied())
    }
}

/// The bits of a number that is written out; an integer that is wanted as a number counts if it is one exactly.
fn bits_of(typed: &Typed) -> Option<i64> {
    match &typed.node {
        TypedNode::Widen(inner) if typed.ty == Type::Number => bits_of(inner),
        TypedNode::Literal(Value::Number(number)) => Some(number.to_bits() as i64),
        TypedNode::Literal(Value::Int(integer)) if integer.unsigned_abs() <= 1 << 53 => {
            Some((*integer as f64).to_bits() as i64)
        }
        _ => None,
    }
}

fn of_body(body: &PlannedBody, in_loop: bool, found: &mut Vec<i64>) {
    for step in &body.steps {
        if let (Operation::Formula { formula, .. } | Operation::ChangeVariable { formula, .. }, true) =
            (&step.operation, in_loop)
        {
            of_formula(formula, found);
        }
        let loops = !matches!(step.operation, Operation::If { .. } | Operation::Match { .. } | Operation::Try { .. });
        for inner in
            step.operation.bodies().into_iter().filter(|_| !matches!(step.operation, Operation::Parallel { .. }))
        {
            of_body(inner, in_loop || loops, found);
        }
    }
}

fn of_formula(typed: &Typed, found: &mut Vec<i64>) {
    match &typed.node {
        TypedNode::Binary(_, a, b) => {
            for (part, other) in [(a, b), (b, a)] {
                match bits_of(part) {
                    Some(bits) if other.ty == Type::Number || part.ty == Type::Number => {
                        if !found.contains(&bits) {
                            found.push(bits);
                        }
                    }
                    _ => of_formula(part, found),
                }
            }
        }
        TypedNode::And(a, b) | TypedNode::Or(a, b) => {
            of_formula(a, found);
            of_formula(b, found);
        }
        TypedNode::Negate(inner) | TypedNode::Not(inner) | TypedNode::Widen(inner) => of_formula(inner, found),
        TypedNode::If(condition, then, otherwise) => {
            [condition, then, otherwise].into_iter().for_each(|part| of_formula(part, found));
        }
        TypedNode::Call(_, _, parts) => parts.iter().for_each(|part| of_formula(part, found)),
        _ => {}
    }
}
