//! Operators.

use blocks::formula::{BinaryOperator, Typed, TypedNode};
use blocks::{Type, Value};

use super::conditions::{plain_class, small};
use super::{Names, RoutineCompiler};
use crate::op::{Class, Comparison, Op, Piece, Register};

impl RoutineCompiler<'_, '_> {
    pub(super) fn negate(&mut self, inner: &Typed, names: &Names, class: Class, to: Register) {
        let from = self.operand(inner, names, class);
        self.emit(match class {
            Class::Int => Op::NegateInt { to, from },
            Class::Number => Op::NegateNumber { to, from },
            _ => Op::Negate { to, from },
        });
    }

    pub(super) fn binary(
        &mut self,
        operator: BinaryOperator,
        a: &Typed,
        b: &Typed,
        names: &Names,
        class: Class,
        to: Register,
    ) {
        if let (Some(class), Some(how)) = (plain_class(a, b), Comparison::of(operator)) {
            let (a, b) = (self.operand(a, names, class), self.operand(b, names, class));
            return self.emit(if class == Class::Int {
                Op::CompareInt { how, to, a, b }
            } else {
                Op::CompareNumber { how, to, a, b }
            });
        }
        match (&a.ty, &b.ty, Comparison::of(operator)) {
            (Type::Int, Type::Int, None) => self.integers(operator, a, b, names, to),
            (Type::Number, Type::Number, None) => {
                let (a, b) = (self.operand(a, names, Class::Number), self.operand(b, names, Class::Number));
                self.emit(numbers(operator, to, a, b));
            }
            (Type::Text, Type::Text, None) | (Type::List(_), Type::List(_), None)
                if operator == BinaryOperator::Add =>
            {
                self.extended(a, b, names, to);
            }
            _ => {
                let (a, b) = (self.operand(a, names, Class::Value), self.operand(b, names, Class::Value));
                if class == Class::Bool {
                    return self.emit(Op::Test { operator, to, a, b });
                }
                let result = if class == Class::Value { to } else { self.register(Class::Value) };
                self.emit(Op::Binary { operator, to: result, a, b });
                self.convert(Class::Value, result, class, to);
            }
        }
    }

    fn integers(&mut self, operator: BinaryOperator, a: &Typed, b: &Typed, names: &Names, to: Register) {
        use BinaryOperator as O;
        // A literal on the left of what may be turned around.
        let (a, b) = match (operator, small(a), small(b)) {
            (O::Add | O::Multiply, Some(_), None) => (b, a),
            _ => (a, b),
        };
        let left = self.operand(a, names, Class::Int);
        let short = match (operator, small(b)) {
            (O::Add, Some(by)) => Some(Op::AddIntBy { to, a: left, by }),
            (O::Subtract, Some(by)) if by != i32::MIN => Some(Op::AddIntBy { to, a: left, by: -by }),
            (O::Multiply, Some(by)) => Some(Op::MultiplyIntBy { to, a: left, by }),
            (O::FloorDivide, Some(by)) if by > 0 && by & (by - 1) == 0 => {
                Some(Op::ShiftInt { to, a: left, bits: by.trailing_zeros() })
            }
            (O::Modulo, Some(by)) if by > 0 && by & (by - 1) == 0 => Some(Op::MaskInt { to, a: left, mask: by - 1 }),
            (O::FloorDivide, Some(by)) if by > 0 => Some(Op::FloorDivideIntBy { to, a: left, by }),
            (O::Modulo, Some(by)) if by > 0 => Some(Op::ModuloIntBy { to, a: left, by }),
            _ => None,
        };
        if let Some(op) = short {
            return self.emit(op);
        }
        let b = self.operand(b, names, Class::Int);
        let a = left;
        self.emit(match operator {
            O::Add => Op::AddInt { to, a, b },
            O::Subtract => Op::SubtractInt { to, a, b },
            O::Multiply => Op::MultiplyInt { to, a, b },
            O::FloorDivide => Op::FloorDivideInt { to, a, b },
            O::Modulo => Op::ModuloInt { to, a, b },
            O::Divide => Op::DivideInt { to, a, b },
            _ => Op::PowerInt { to, a, b },
        });
    }

    /// The left text or list with the right one behind it: in place where nobody else reads the left one.
    fn extended(&mut self, a: &Typed, b: &Typed, names: &Names, to: Register) {
        let mut parts = vec![b];
        let mut first = a;
        while let TypedNode::Binary(BinaryOperator::Add, left, right) = &first.node
            && left.ty == first.ty
            && right.ty == first.ty
        {
            parts.push(right);
            first = left;
        }
        parts.reverse();
        let whole = self.beginning(first, names, to);
        if a.ty == Type::Text {
            let pieces = parts.into_iter().map(|part| self.piece(part, names)).collect();
            let pieces = self.pool.pieces(pieces);
            self.emit(Op::ExtendText { to: whole, pieces });
        } else {
            for part in parts {
                let part = self.operand(part, names, Class::Value);
                self.emit(Op::ExtendList { to: whole, part });
            }
        }
        self.carry_over(Class::Value, to, whole);
    }

    /// A register with the first of the parts that are joined.
    fn beginning(&mut self, first: &Typed, names: &Names, to: Register) -> Register {
        let stands = match &first.node {
            TypedNode::Name(name) => names.get(name).is_some_and(|feed| self.last_read_in(feed, to)),
            _ => false,
        };
        let whole = if stands { to } else { self.register(Class::Value) };
        match &first.node {
            TypedNode::Literal(text @ Value::Text(_)) => {
                let constant = self.pool.constant(text.clone());
                self.emit(Op::Begin { to: whole, constant });
            }
            _ => self.compute(first, names, Class::Value, whole),
        }
        whole
    }

    fn piece(&mut self, part: &Typed, names: &Names) -> Piece {
        match &part.node {
            TypedNode::Literal(value) => Piece::Constant(self.pool.constant(value.clone())),
            TypedNode::Call(builtin, _, parts) if builtin.name == "text" && parts.len() == 1 => {
                let class = Self::class_of(&parts[0]);
                Piece::Shown(class, self.operand(&parts[0], names, class))
            }
            _ => Piece::Shown(Class::Value, self.operand(part, names, Class::Value)),
        }
    }
}

fn numbers(operator: BinaryOperator, to: Register, a: Register, b: Register) -> Op {
    match operator {
        BinaryOperator::Add => Op::AddNumber { to, a, b },
        BinaryOperator::Subtract => Op::SubtractNumber { to, a, b },
        BinaryOperator::Multiply => Op::MultiplyNumber { to, a, b },
        BinaryOperator::Divide => Op::DivideNumber { to, a, b },
        operator => Op::OtherNumber { operator, to, a, b },
    }
}
