//! Items, entries and fields: what is read inside a value, without a copy of what stands between.

use blocks::formula::{Typed, TypedNode};
use blocks::plan::{Feed, Operation, Origin, PlannedBody};
use blocks::{BlockId, Type, Value};

use super::conditions::small;
use super::uses::Uses;
use super::{Names, RoutineCompiler};
use crate::op::{Class, Op, Register, Stride};

/// The port under which a loop gives its body an item.
pub(super) const ITEM: &str = "item";

impl RoutineCompiler<'_, '_> {
    /// Reads an item, entry or field into a register of its type's class.
    pub(super) fn part(&mut self, typed: &Typed, names: &Names, to: Register) {
        let class = Self::class_of(typed);
        let mut parts = Vec::new();
        let base = self.way(typed, names, &mut parts);
        let inside = self.item_inside(base, names);
        if parts.len() > 1 || inside.is_some() {
            let (of, index) = match inside {
                Some((list, index)) => (list, Some(Stride::Item(index))),
                None => (self.operand(base, names, Class::Value), None),
            };
            let mut strides: Vec<Stride> = index.into_iter().collect();
            for part in parts.into_iter().rev() {
                let stride = self.stride(part, names);
                strides.push(stride);
            }
            return self.reach(&strides, class, of, to);
        }
        match &typed.node {
            TypedNode::Index(whole, index) => self.index(whole, index, names, class, to),
            TypedNode::Field(whole, name) => self.field(whole, name, names, class, to),
            _ => {}
        }
    }

    /// Goes several strides into a value; what is common has an instruction of its own.
    fn reach(&mut self, strides: &[Stride], class: Class, of: Register, to: Register) {
        let short = match *strides {
            [Stride::Item(first), Stride::Item(second)] => of_item(class, to, first, second, of),
            [Stride::Item(index), Stride::RecordField { shape, place }] => {
                self.pool.field(shape, place).map(|field| Op::FieldOfItem { class, field, to, of, index })
            }
            _ => None,
        };
        let op = short.unwrap_or_else(|| Op::Reach { class, to, of, path: self.pool.path(strides.to_vec()) });
        self.emit(op);
    }

    /// Whether a feed is a loop's item that is read only in parts.
    pub(super) fn is_inside(&self, feed: &Feed) -> bool {
        matches!(&feed.origin, Origin::Port(block, port) if port == ITEM && self.inside.contains_key(block))
    }

    /// Where such an item stands, if a name means one; notes the read.
    fn item_inside(&mut self, base: &Typed, names: &Names) -> Option<(Register, Register)> {
        let TypedNode::Name(name) = &base.node else { return None };
        let Origin::Port(block, port) = &names.get(name)?.origin else { return None };
        let found = self.inside.get(block).copied().filter(|_| port == ITEM)?;
        self.uses.read(block, port);
        Some(found)
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
            TypedNode::Index(whole, index) => match (small(index), &index.node) {
                (Some(at), _) => Stride::At(at),
                (None, TypedNode::Literal(key @ Value::Text(_))) => Stride::Key(self.pool.constant(key.clone())),
                _ if index.ty == Type::Int && matches!(whole.ty, Type::List(_)) => {
                    Stride::Item(self.operand(index, names, Class::Int))
                }
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

/// Whether a loop's body reads nothing of the item but a few parts, so that a copy of the item would cost more.
pub(super) fn reads_a_few_parts(body: &PlannedBody, block: &BlockId) -> bool {
    const A_FEW: i64 = 6;
    let reads = Uses::of_body(body).count(block, ITEM);
    reads <= A_FEW && reads == parts_in(body, block)
}

/// How often a body reads a part of a loop's item.
fn parts_in(body: &PlannedBody, block: &BlockId) -> i64 {
    let of_operation = |operation: &Operation| -> i64 {
        let own = match operation {
            Operation::Formula { formula, names } | Operation::ChangeVariable { formula, names, .. } => names
                .iter()
                .filter(|(_, feed)| {
                    matches!(&feed.origin, Origin::Port(from, port) if from == block && port == ITEM && !feed.widen)
                })
                .map(|(name, _)| parts_of(formula, name))
                .sum(),
            // Its bodies become routines of their own, which get the item as a whole.
            Operation::Parallel { .. } => return 0,
            _ => 0,
        };
        own + operation.bodies().into_iter().map(|inner| parts_in(inner, block)).sum::<i64>()
    };
    body.steps.iter().map(|step| of_operation(&step.operation)).sum()
}

/// How often a formula reads a part of what a name means: a field, or an item at a position that is written out.
fn parts_of(typed: &Typed, name: &str) -> i64 {
    let is_it = |whole: &Typed| matches!(&whole.node, TypedNode::Name(found) if found == name);
    match &typed.node {
        TypedNode::Field(whole, _) if is_it(whole) => 1,
        TypedNode::Index(whole, index)
            if is_it(whole) && whole.ty != Type::Text && matches!(index.node, TypedNode::Literal(_)) =>
        {
            1
        }
        _ => typed.parts().into_iter().map(|part| parts_of(part, name)).sum(),
    }
}

fn of_item(class: Class, to: Register, first: Register, second: Register, of: Register) -> Option<Op> {
    let [to, first, second] = [u16::try_from(to).ok()?, u16::try_from(first).ok()?, u16::try_from(second).ok()?];
    Some(Op::ItemOfItem { class, to, first, second, of })
}
