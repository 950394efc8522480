//! Literals of the plain file that loops read: each is put into a register once, when the routine begins.

use blocks::formula::{BinaryOperator, Typed, TypedNode};
use blocks::plan::{Feed, Operation, Origin, PlannedBody};
use blocks::{Type, Value};

use super::RoutineCompiler;
use crate::machine::is_small;
use crate::op::{Class, Register};

/// How many literals are kept so.
const MAX_KEPT: usize = 32;

impl RoutineCompiler<'_, '_> {
    /// Puts the literals of a body's loops into registers.
    pub(super) fn keep_literals(&mut self, body: &PlannedBody) {
        let mut found = Vec::new();
        of_body(body, false, &mut found);
        for bits in found.into_iter().take(MAX_KEPT) {
            // What the bits mean, only those know who read them.
            let register = self.register(Class::Number);
            self.literal(&Value::Number(f64::from_bits(bits as u64)), Class::Number, register);
            self.literals.insert(bits, register);
        }
    }

    /// The register that holds a literal all along, if one does.
    pub(super) fn literal_register(&self, typed: &Typed, class: Class) -> Option<Register> {
        match &typed.node {
            TypedNode::Widen(inner) if class == Class::Number => self.literal_register(inner, class),
            TypedNode::Literal(value) => self.register_of(value, class),
            _ => None,
        }
    }

    /// The same for a value that is written out.
    pub(super) fn register_of(&self, value: &Value, class: Class) -> Option<Register> {
        bits_of(value, class).and_then(|bits| self.literals.get(&bits).copied())
    }
}

/// How a literal stands in the plain file; an integer that is wanted as a number counts if it is one exactly.
fn bits_of(value: &Value, class: Class) -> Option<i64> {
    match (value, class) {
        (Value::Number(number), Class::Number) => Some(number.to_bits() as i64),
        (Value::Int(integer), Class::Number) if integer.unsigned_abs() <= 1 << 53 => {
            Some((*integer as f64).to_bits() as i64)
        }
        (Value::Int(integer), Class::Int) if is_small(*integer) => Some(*integer),
        (Value::Bool(truth), Class::Bool) => Some(i64::from(*truth)),
        _ => None,
    }
}

fn of_body(body: &PlannedBody, in_loop: bool, found: &mut Vec<i64>) {
    for step in &body.steps {
        match &step.operation {
            Operation::Formula { formula, .. } | Operation::ChangeVariable { formula, .. } if in_loop => {
                of_formula(formula, found);
            }
            Operation::Builtin { builtin, arguments, .. } if in_loop => of_feeds(builtin.name, arguments, found),
            _ => {}
        }
        let loops = !matches!(step.operation, Operation::If { .. } | Operation::Match { .. } | Operation::Try { .. });
        for inner in
            step.operation.bodies().into_iter().filter(|_| !matches!(step.operation, Operation::Parallel { .. }))
        {
            of_body(inner, in_loop || loops, found);
        }
    }
}

fn keep(value: &Value, class: Class, found: &mut Vec<i64>) {
    if let Some(bits) = bits_of(value, class).filter(|bits| !found.contains(bits)) {
        found.push(bits);
    }
}

/// What is put into a list or map.
fn of_feeds(name: &str, feeds: &[Feed], found: &mut Vec<i64>) {
    if !matches!(name, "append" | "put" | "set_item") {
        return;
    }
    for feed in feeds {
        if let Origin::Literal(value) = &feed.origin {
            keep(value, Class::of(&feed.ty), found);
        }
    }
}

fn of_formula(typed: &Typed, found: &mut Vec<i64>) {
    match &typed.node {
        TypedNode::Binary(operator, a, b) => {
            let number = a.ty == Type::Number || b.ty == Type::Number;
            for (part, left) in [(a, true), (b, false)] {
                match (written_out(part), number) {
                    (Some(value), true) => keep(value, Class::Number, found),
                    // Instructions hold most integers themselves, but on their right side.
                    (Some(value), false) if holds_not(*operator, left) => keep(value, Class::Int, found),
                    (Some(_), false) => {}
                    (None, _) => of_formula(part, found),
                }
            }
        }
        TypedNode::Index(whole, index) => {
            of_formula(whole, found);
            match written_out(index) {
                Some(value) => keep(value, Class::Int, found),
                None => of_formula(index, found),
            }
        }
        _ => typed.parts().into_iter().for_each(|part| of_formula(part, found)),
    }
}

/// The literal that is written out, as it is or to be widened.
fn written_out(typed: &Typed) -> Option<&Value> {
    match &typed.node {
        TypedNode::Widen(inner) if typed.ty == Type::Number => written_out(inner),
        TypedNode::Literal(value) => Some(value),
        _ => None,
    }
}

/// Whether no instruction for an operator of integers holds a literal on that side.
fn holds_not(operator: BinaryOperator, left: bool) -> bool {
    use BinaryOperator as O;
    if left { !matches!(operator, O::Add | O::Multiply) } else { matches!(operator, O::Divide | O::Power) }
}
