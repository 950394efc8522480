//! Items, entries and fields: what is read inside a value, without a copy of what stands between.

use blocks::formula::{Typed, TypedNode};
use blocks::plan::Origin;
use blocks::{Type, Value};

use super::conditions::small;
use super::{Names, RoutineCompiler};
use crate::op::{Class, Op, Register, Stride};

impl RoutineCompiler<'_, '_> {
    /// Reads an item, entry or field into a register of its type's class.
    pub(super) fn part(&mut self, typed: &Typed, names: &Names, to: Register) {
        let class = Self::class_of(typed);
        let mut strides = Vec::new();
        let base = self.way(typed, names, &mut strides);
        if strides.len() > 1 {
            let of = self.operand(base, names, Class::Value);
            let strides = strides.into_iter().rev().map(|part| self.stride(part, names)).collect();
            let path = self.pool.path(strides);
            return self.emit(Op::Reach { class, to, of, path });
        }
        match &typed.node {
            TypedNode::Index(whole, index) => self.index(whole, index, names, class, to),
            TypedNode::Field(whole, name) => self.field(whole, name, names, class, to),
            _ => {}
        }
    }

    /// The parts on the way from a value to a part of it, the last one first; gives where the way begins.
    fn way<'e>(&self, typed: &'e Typed, names: &Names, strides: &mut Vec<&'e Typed>) -> &'e Typed {
        let whole = match &typed.node {
            TypedNode::Field(whole, _) => whole,
            TypedNode::Index(whole, index) if whole.ty != Type::Text && self.is_at_hand(index, names) => whole,
            _ => return typed,
        };
        strides.push(typed);
        self.way(whole, names, strides)
    }

    /// Whether a position or key can be read early: it is there, and cannot fail.
    fn is_at_hand(&self, index: &Typed, names: &Names) -> bool {
        match &index.node {
            TypedNode::Literal(_) => true,
            TypedNode::Name(name) => names.get(name).is_some_and(|feed| match &feed.origin {
                _ if feed.widen => false,
                Origin::Literal(_) => true,
                Origin::Port(block, port) => {
                    self.deferred.contains_key(block)
                        || self.places.get(&(block.clone(), port.clone())).is_some_and(|place| !place.awaited)
                }
            }),
            _ => self.is_light(index, names),
        }
    }

    fn stride(&mut self, part: &Typed, names: &Names) -> Stride {
        match &part.node {
            TypedNode::Index(_, index) => match (small(index), &index.node) {
                (Some(at), _) => Stride::At(at),
                (None, TypedNode::Literal(key @ Value::Text(_))) => Stride::Key(self.pool.constant(key.clone())),
                _ if index.ty == Type::Int => Stride::Item(self.operand(index, names, Class::Int)),
                _ => Stride::Entry(self.operand(index, names, Class::Value)),
            },
            TypedNode::Field(whole, name) => match self.place_in_record(&whole.ty, name) {
                Some((shape, place)) => Stride::RecordField { shape, place },
                None => Stride::Field(self.pool.constant(Value::text(name.as_str()))),
            },
            _ => Stride::At(0),
        }
    }

    fn index(&mut self, whole: &Typed, index: &Typed, names: &Names, class: Class, to: Register) {
        let of = self.operand(whole, names, Class::Value);
        if index.ty != Type::Int || !matches!(whole.ty, Type::List(_) | Type::Text) {
            let index = self.operand(index, names, Class::Value);
            let item = if class == Class::Value { to } else { self.register(Class::Value) };
            self.emit(Op::Index { to: item, of, index });
            return self.convert(Class::Value, item, class, to);
        }
        let index = self.operand(index, names, Class::Int);
        self.emit(match class {
            Class::Int => Op::ItemInt { to, of, index },
            Class::Number => Op::ItemNumber { to, of, index },
            Class::Bool => Op::ItemBool { to, of, index },
            Class::Value => Op::Item { to, of, index },
        });
    }

    fn field(&mut self, whole: &Typed, name: &str, names: &Names, class: Class, to: Register) {
        let of = self.operand(whole, names, Class::Value);
        match self.place_in_record(&whole.ty, name) {
            Some((shape, place)) => self.emit(Op::RecordField { class, place, to, of, shape }),
            None => {
                let name = self.pool.constant(Value::text(name));
                self.emit(Op::Field { class, to, of, name });
            }
        }
    }

    /// Where a field of a record stands, and the record's shape.
    fn place_in_record(&mut self, ty: &Type, name: &str) -> Option<(u32, u16)> {
        let Type::Record(fields) = ty else { return None };
        let place = fields.iter().position(|(have, _)| have == name)?;
        let shape = self.pool.shape(fields.iter().map(|(name, _)| name.clone()).collect());
        Some((shape, place as u16))
    }
}
