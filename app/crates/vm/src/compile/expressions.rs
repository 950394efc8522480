//! Formulas and templates.

use blocks::formula::{Typed, TypedNode};
use blocks::plan::{Feed, PlannedPiece};
use blocks::{Type, Value};
use indexmap::IndexMap;

use super::RoutineCompiler;
use crate::op::{Op, Register};

type Names = IndexMap<String, Feed>;

impl RoutineCompiler<'_> {
    /// Computes a formula into a register.
    pub(super) fn expression(&mut self, typed: &Typed, names: &Names, to: Register) {
        let mark = self.next;
        self.compute(typed, names, to);
        self.next = mark;
    }

    pub(super) fn template(&mut self, pieces: &[PlannedPiece], names: &Names, to: Register) {
        let mark = self.next;
        let first = self.registers(pieces.len());
        for (offset, piece) in pieces.iter().enumerate() {
            let slot = first + offset as u32;
            match piece {
                PlannedPiece::Text(text) => self.constant(Value::text(text.as_str()), slot),
                PlannedPiece::Formula(formula) => self.compute(formula, names, slot),
            }
        }
        self.emit(Op::Join { to, first, count: pieces.len() as u32 });
        self.next = mark;
    }

    pub(super) fn constant(&mut self, value: Value, to: Register) {
        let constant = self.pool.constant(value);
        self.emit(Op::Constant { to, constant });
    }

    /// The register in which a part's value is: the name's own, or a temporary one.
    fn operand(&mut self, typed: &Typed, names: &Names) -> Register {
        if let TypedNode::Name(name) = &typed.node
            && let Some(feed) = names.get(name)
        {
            return self.read(feed);
        }
        let to = self.register();
        self.compute(typed, names, to);
        to
    }

    fn row(&mut self, parts: &[&Typed], names: &Names) -> (Register, u32) {
        let first = self.registers(parts.len());
        for (offset, part) in parts.iter().enumerate() {
            self.compute(part, names, first + offset as u32);
        }
        (first, parts.len() as u32)
    }

    fn compute(&mut self, typed: &Typed, names: &Names, to: Register) {
        match &typed.node {
            TypedNode::Literal(value) => self.constant(value.clone(), to),
            TypedNode::Name(name) => {
                if let Some(feed) = names.get(name) {
                    self.load(feed, to);
                }
            }
            TypedNode::List(items) => {
                let (first, count) = self.row(&items.iter().collect::<Vec<_>>(), names);
                self.emit(Op::MakeList { to, first, count });
            }
            TypedNode::Map(fields) => {
                let (first, count) = self.row(&fields.iter().map(|(_, field)| field).collect::<Vec<_>>(), names);
                let keys: Vec<&str> = fields.iter().map(|(name, _)| name.as_str()).collect();
                let keys = self.pool.constant(Value::from(keys));
                self.emit(Op::MakeRecord { to, names: keys, first, count });
            }
            TypedNode::Negate(inner) => {
                let from = self.operand(inner, names);
                self.emit(Op::Negate { to, from });
            }
            TypedNode::Not(inner) => {
                let from = self.operand(inner, names);
                self.emit(Op::Not { to, from });
            }
            TypedNode::Binary(operator, a, b) => {
                let (a, b) = (self.operand(a, names), self.operand(b, names));
                self.emit(Op::Binary { operator: *operator, to, a, b });
            }
            TypedNode::And(a, b) => {
                self.compute(a, names, to);
                let over = self.jump(Op::JumpUnless { condition: to, to: 0 });
                self.compute(b, names, to);
                self.land(over);
            }
            TypedNode::Or(a, b) => {
                self.compute(a, names, to);
                let over = self.jump(Op::JumpIf { condition: to, to: 0 });
                self.compute(b, names, to);
                self.land(over);
            }
            TypedNode::If(condition, then, otherwise) => {
                let condition = self.operand(condition, names);
                let over = self.jump(Op::JumpUnless { condition, to: 0 });
                self.compute(then, names, to);
                let end = self.jump(Op::Jump { to: 0 });
                self.land(over);
                self.compute(otherwise, names, to);
                self.land(end);
            }
            TypedNode::Call(builtin, signature, arguments) => {
                let (first, count) = self.row(&arguments.iter().collect::<Vec<_>>(), names);
                let function = self.pool.function(builtin.name);
                self.emit(Op::Builtin { function, signature: *signature as u32, to, first, count });
            }
            TypedNode::Index(whole, index) => {
                let (whole, index) = (self.operand(whole, names), self.operand(index, names));
                self.emit(Op::Index { to, whole, index });
            }
            TypedNode::Slice(whole, from, until) => {
                let whole = self.operand(whole, names);
                let from = self.bound(from.as_deref(), names);
                let until = self.bound(until.as_deref(), names);
                self.emit(Op::Slice { to, whole, from, until });
            }
            TypedNode::Field(whole, name) => {
                let whole = self.operand(whole, names);
                let name = self.pool.constant(Value::text(name.as_str()));
                self.emit(Op::Field { to, whole, name });
            }
            TypedNode::Widen(inner) => {
                let from = self.operand(inner, names);
                self.widen(from, &typed.ty, to);
            }
        }
    }

    fn bound(&mut self, bound: Option<&Typed>, names: &Names) -> Register {
        match bound {
            Some(bound) => self.operand(bound, names),
            None => {
                let to = self.register();
                self.constant(Value::None, to);
                to
            }
        }
    }

    fn widen(&mut self, from: Register, ty: &Type, to: Register) {
        let ty = self.pool.ty(ty);
        self.emit(Op::Widen { to, from, ty });
    }
}
