//! Formulas and templates.

use blocks::formula::{Typed, TypedNode};
use blocks::plan::PlannedPiece;
use blocks::{Type, Value};

use super::{Names, RoutineCompiler};
use crate::op::{Class, Op, Register};

impl RoutineCompiler<'_, '_> {
    /// Computes a formula into a register.
    pub(super) fn expression(&mut self, typed: &Typed, names: &Names, class: Class, to: Register) {
        let mark = self.next;
        self.compute(typed, names, class, to);
        self.next = mark;
    }

    pub(super) fn template(&mut self, pieces: &[PlannedPiece], names: &Names, to: Register) {
        let mark = self.next;
        let first = self.row(pieces.len());
        for (offset, piece) in pieces.iter().enumerate() {
            let slot = first + offset as u32;
            match piece {
                PlannedPiece::Text(text) => self.literal(&Value::text(text.as_str()), Class::Value, slot),
                PlannedPiece::Formula(formula) => self.compute(formula, names, Class::Value, slot),
            }
        }
        self.emit(Op::Join { to, first, count: pieces.len() as u32 });
        self.next = mark;
    }

    /// The register in which a part's value is: the name's own, or a temporary one.
    pub(super) fn operand(&mut self, typed: &Typed, names: &Names, class: Class) -> Register {
        if let TypedNode::Name(name) = &typed.node
            && let Some(feed) = names.get(name)
        {
            let register = self.read(feed, class);
            self.nests(typed.nests, class, register);
            return register;
        }
        if let Some(register) = self.literal_register(typed, class) {
            return register;
        }
        let to = self.register(class);
        self.compute(typed, names, class, to);
        to
    }

    /// Value registers in a row with some parts.
    pub(super) fn row_of(&mut self, parts: &[&Typed], names: &Names) -> Register {
        let first = self.row(parts.len());
        for (offset, part) in parts.iter().enumerate() {
            self.compute(part, names, Class::Value, first + offset as u32);
        }
        first
    }

    pub(super) fn compute(&mut self, typed: &Typed, names: &Names, class: Class, to: Register) {
        match &typed.node {
            TypedNode::Literal(value) => return self.literal(value, class, to),
            TypedNode::Name(name) => {
                if let Some(feed) = names.get(name) {
                    self.load(feed, class, to);
                }
                return self.nests(typed.nests, class, to);
            }
            TypedNode::Widen(inner) => return self.widened(inner, &typed.ty, names, class, to),
            _ => {}
        }
        let own = Self::class_of(typed);
        if own == class {
            self.node(typed, names, to);
            return self.nests(typed.nests, class, to);
        }
        let mark = self.next;
        let register = self.register(own);
        self.node(typed, names, register);
        self.convert(own, register, class, to);
        self.next = mark;
    }

    fn widened(&mut self, inner: &Typed, ty: &Type, names: &Names, class: Class, to: Register) {
        if let (TypedNode::Literal(value), Class::Number) = (&inner.node, class)
            && blocks::conform::widen(value.clone()).is_ok()
        {
            return self.literal(value, class, to);
        }
        let mark = self.next;
        let have = Self::class_of(inner);
        let from = self.operand(inner, names, have);
        self.widen(have, from, ty, class, to);
        self.next = mark;
    }

    /// Computes a part that is no literal, name or widening into a register of its type's class. The register is written
    /// last, as the step may read a carried value there.
    fn node(&mut self, typed: &Typed, names: &Names, to: Register) {
        let mark = self.next;
        match &typed.node {
            TypedNode::Literal(_) | TypedNode::Name(_) | TypedNode::Widen(_) => {}
            TypedNode::List(items) => {
                let first = self.row_of(&items.iter().collect::<Vec<_>>(), names);
                self.emit(Op::MakeList { to, first, count: items.len() as u32 });
            }
            TypedNode::Map(fields) => self.record(fields, names, to),
            TypedNode::Negate(inner) => self.negate(inner, names, Self::class_of(typed), to),
            TypedNode::Not(_) | TypedNode::And(..) | TypedNode::Or(..) => {
                let fails = self.condition(typed, names, false);
                self.emit(Op::SmallInt { to, value: 1 });
                let end = self.jump(Op::Jump { to: 0 });
                self.land_all(fails);
                self.emit(Op::SmallInt { to, value: 0 });
                self.land(end);
            }
            TypedNode::Binary(operator, a, b) => self.binary(*operator, a, b, names, Self::class_of(typed), to),
            TypedNode::If(condition, then, otherwise) => {
                let class = Self::class_of(typed);
                let over = self.condition(condition, names, false);
                self.compute(then, names, class, to);
                let end = self.jump(Op::Jump { to: 0 });
                self.land_all(over);
                self.compute(otherwise, names, class, to);
                self.land(end);
            }
            TypedNode::Call(builtin, signature, arguments) => {
                self.builtin(builtin.name, *signature, arguments, names, Self::class_of(typed), to);
            }
            TypedNode::Index(..) | TypedNode::Field(..) => self.part(typed, names, to),
            TypedNode::Slice(whole, from, until) => {
                let of = self.operand(whole, names, Class::Value);
                let bounds = self.row(2);
                self.bound(from.as_deref(), names, bounds);
                self.bound(until.as_deref(), names, bounds + 1);
                self.emit(Op::Slice { to, of, bounds });
            }
        }
        self.next = mark;
    }

    fn record(&mut self, fields: &[(String, Typed)], names: &Names, to: Register) {
        let shape = self.pool.shape(fields.iter().map(|(name, _)| name.clone()).collect());
        let first = self.row_of(&fields.iter().map(|(_, field)| field).collect::<Vec<_>>(), names);
        self.emit(Op::MakeRecord { count: fields.len() as u16, to, shape, first });
    }

    fn bound(&mut self, bound: Option<&Typed>, names: &Names, to: Register) {
        match bound {
            Some(bound) => self.compute(bound, names, Class::Value, to),
            None => self.literal(&Value::None, Class::Value, to),
        }
    }
}
