//! Formulas that are computed where their value is read.
//!
//! A formula that is read once, and neither fails nor waits, need not be kept: whoever reads it computes it into the
//! register where it wants it. What a loop or another thread reads is computed before that begins.

use blocks::catalog::VALUE;
use blocks::formula::{BinaryOperator, Typed, TypedNode};
use blocks::plan::{Feed, Origin};
use blocks::{BlockId, Type};

use super::{Names, Place, RoutineCompiler};
use crate::op::{Class, Register};

/// How many formulas may be computed inside one another.
const MAX_DEPTH: u32 = 16;

/// A formula that was not computed yet.
#[derive(Clone, Copy)]
pub(super) struct Deferred<'a> {
    pub(super) block: &'a BlockId,
    pub(super) formula: &'a Typed,
    pub(super) names: &'a Names,
    /// How many deferred formulas it reads, one inside the other.
    depth: u32,
}

impl<'a> RoutineCompiler<'a, '_> {
    /// Whether a formula's value may be computed where it is read: it is read once, and it is light, or what reads it
    /// comes next.
    pub(super) fn defer(&mut self, block: &'a BlockId, formula: &'a Typed, names: &'a Names, is_next: bool) -> bool {
        let once = self.uses.count(block, VALUE) == 1 && !self.targets.contains_key(block);
        if !once || self.pool.watch != super::Watch::default() || Class::of(&formula.ty) == Class::Value {
            return false;
        }
        let Some(depth) = self.depth_of(names).filter(|depth| *depth < MAX_DEPTH) else { return false };
        if !is_next && !self.is_light(formula, names) {
            return false;
        }
        self.deferred.insert(block, Deferred { block, formula, names, depth: depth + 1 });
        true
    }

    /// How deep the deferred formulas go that some names stand for; `None` if a value is still on its way.
    fn depth_of(&self, names: &Names) -> Option<u32> {
        let mut depth = 0;
        for feed in names.values() {
            if let Origin::Port(block, port) = &feed.origin {
                match self.deferred.get(block) {
                    Some(deferred) => depth = depth.max(deferred.depth),
                    None if self.is_inside(feed) => {}
                    None if self.places.get(&(block.clone(), port.clone()))?.awaited => return None,
                    None => {}
                }
            }
        }
        Some(depth)
    }

    /// Whether a formula only computes with numbers in registers, and cannot fail.
    pub(super) fn is_light(&self, typed: &Typed, names: &Names) -> bool {
        let light = |part: &Typed| self.is_light(part, names);
        let plain = |ty: &Type| Class::of(ty) != Class::Value;
        match &typed.node {
            TypedNode::Literal(_) => plain(&typed.ty),
            TypedNode::Name(name) => names.get(name).is_some_and(|feed| self.is_plain(feed)),
            TypedNode::Negate(inner) | TypedNode::Not(inner) => plain(&inner.ty) && light(inner),
            TypedNode::And(a, b) | TypedNode::Or(a, b) => light(a) && light(b),
            TypedNode::Binary(operator, a, b) => {
                use BinaryOperator as O;
                let total = !matches!(operator, O::Divide | O::FloorDivide | O::Modulo | O::Power | O::In);
                total && a.ty == b.ty && plain(&a.ty) && light(a) && light(b)
            }
            TypedNode::If(condition, then, otherwise) => {
                then.ty == otherwise.ty && light(condition) && light(then) && light(otherwise)
            }
            _ => false,
        }
    }

    fn is_plain(&self, feed: &Feed) -> bool {
        if feed.widen {
            return false;
        }
        match &feed.origin {
            Origin::Literal(_) => Class::of(&feed.ty) != Class::Value,
            Origin::Port(block, port) => {
                let kept = self.places.get(&(block.clone(), port.clone()));
                self.deferred.contains_key(block) || kept.is_some_and(|place| place.class != Class::Value)
            }
        }
    }

    /// Computes the formula that a feed stands for into a register, if it was deferred.
    pub(super) fn compute_deferred(&mut self, feed: &Feed, class: Class, to: Register) -> bool {
        let Some(deferred) = self.take_deferred(feed) else { return false };
        let own = Class::of(&deferred.formula.ty);
        let outer = std::mem::replace(&mut self.origin, self.pool.block(deferred.block));
        let mark = self.next;
        if feed.widen {
            let from = self.register(own);
            self.compute(deferred.formula, deferred.names, own, from);
            // What fails on the way to a reader fails there.
            self.origin = outer;
            self.widen(own, from, &feed.ty, class, to);
        } else {
            self.compute(deferred.formula, deferred.names, class, to);
        }
        self.next = mark;
        self.origin = outer;
        true
    }

    /// The deferred formula that a feed stands for; whoever takes it computes it.
    pub(super) fn take_deferred(&mut self, feed: &Feed) -> Option<Deferred<'a>> {
        let Origin::Port(block, port) = &feed.origin else { return None };
        let deferred = self.deferred.shift_remove(block)?;
        self.uses.read(block, port);
        Some(deferred)
    }

    /// Computes all that is deferred, as what follows may run more than once or elsewhere.
    pub(super) fn compute_all_deferred(&mut self) {
        while let Some((block, _)) = self.deferred.first().map(|(block, deferred)| (*block, *deferred)) {
            let Some(deferred) = self.deferred.shift_remove(block) else { return };
            let class = Class::of(&deferred.formula.ty);
            let outer = std::mem::replace(&mut self.origin, self.pool.block(block));
            let register = self.register(class);
            self.expression(deferred.formula, deferred.names, class, register);
            self.origin = outer;
            let place = Place { class, register, awaited: false, turn: self.turn };
            self.places.insert((block.clone(), VALUE.to_owned()), place);
        }
    }
}
