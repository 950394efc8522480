//! Feeds: where a step finds what it is given.

use blocks::formula::Typed;
use blocks::plan::{Feed, Origin, Outlet};
use blocks::{Type, Value};

use super::{Place, RoutineCompiler};
use crate::machine::is_small;
use crate::op::{Class, Op, Register};

impl RoutineCompiler<'_, '_> {
    fn place(&self, feed: &Feed) -> Option<Place> {
        match &feed.origin {
            Origin::Port(block, port) => self.places.get(&(block.clone(), port.clone())).copied(),
            Origin::Literal(_) => None,
        }
    }

    /// The register in which a feed's value is: where it stands, or a fresh one where it must be of another class.
    pub(super) fn read(&mut self, feed: &Feed, class: Class) -> Register {
        if let (Some(place), false, Origin::Port(block, port)) = (self.place(feed), feed.widen, &feed.origin)
            && place.class == class
        {
            self.arrive(place);
            self.uses.read(block, port);
            if class == Class::Value {
                self.borrowed.push(place.register);
            }
            self.nests(feed.nests, class, place.register);
            return place.register;
        }
        if let (Origin::Literal(value), false) = (&feed.origin, feed.widen)
            && let Some(register) = self.register_of(value, class)
        {
            return register;
        }
        let to = self.register(class);
        self.load(feed, class, to);
        to
    }

    /// Looks whether a value does not nest too deep where it becomes json.
    pub(super) fn nests(&mut self, nests: bool, class: Class, register: Register) {
        if nests && class == Class::Value {
            self.emit(Op::Nest { value: register });
        }
    }

    /// Puts a feed's value into a register of its own. The last read takes the value, if it is made anew whenever this
    /// place is reached again.
    pub(super) fn load(&mut self, feed: &Feed, class: Class, to: Register) {
        if self.compute_deferred(feed, class, to) {
            return self.nests(feed.nests, class, to);
        }
        match &feed.origin {
            Origin::Literal(value) => self.literal(value, class, to),
            Origin::Port(block, port) => {
                let Some(place) = self.place(feed) else { return };
                self.arrive(place);
                let left = self.uses.read(block, port);
                let takes = left == 0 && place.turn == self.turn && !self.borrowed.contains(&place.register);
                if feed.widen {
                    self.widen(place.class, place.register, &feed.ty, class, to);
                } else if place.class == Class::Value && class == Class::Value && takes {
                    if place.register != to {
                        self.emit(Op::Move { to, from: place.register });
                    }
                } else {
                    self.convert(place.class, place.register, class, to);
                }
                self.nests(feed.nests, class, to);
            }
        }
    }

    /// Whether a value stands in a register, and the next read is the last one.
    pub(super) fn last_read_in(&self, feed: &Feed, register: Register) -> bool {
        let (Origin::Port(block, port), Some(place)) = (&feed.origin, self.place(feed)) else { return false };
        place.register == register
            && place.class == Class::Value
            && !place.awaited
            && !feed.widen
            && place.turn == self.turn
            && self.uses.count(block, port) == 1
    }

    /// Waits for a value that may be on its way.
    pub(super) fn arrive(&mut self, place: Place) {
        if place.awaited {
            self.emit(Op::Await { class: place.class, register: place.register });
        }
    }

    pub(super) fn literal(&mut self, value: &Value, class: Class, to: Register) {
        match (class, value) {
            (Class::Int, Value::Int(integer)) => match i32::try_from(*integer) {
                Ok(value) => self.emit(Op::SmallInt { to, value }),
                Err(_) if !is_small(*integer) => self.large_literal(value, to),
                Err(_) => {
                    let constant = self.pool.plain(*integer);
                    self.emit(Op::Plain { to, constant });
                }
            },
            (Class::Int, value) => self.large_literal(value, to),
            (Class::Number, value) => {
                // The checker lets no literal pass that is too large.
                let number = match blocks::conform::widen(value.clone()) {
                    Ok(Value::Number(number)) => number,
                    _ => f64::INFINITY,
                };
                let constant = self.pool.plain(number.to_bits() as i64);
                self.emit(Op::Plain { to, constant });
            }
            (Class::Bool, value) => self.emit(Op::SmallInt { to, value: i32::from(*value == Value::Bool(true)) }),
            (Class::Value, value) => {
                let constant = self.pool.constant(value.clone());
                self.emit(Op::Constant { to, constant });
            }
        }
    }

    fn large_literal(&mut self, value: &Value, to: Register) {
        let constant = self.pool.constant(value.clone());
        self.emit(Op::BigInt { to, constant });
    }

    /// Copies a value, from one file to the other where it must be.
    pub(super) fn convert(&mut self, have: Class, from: Register, want: Class, to: Register) {
        if (have, from) == (want, to) {
            return;
        }
        self.emit(match (have, want) {
            (Class::Int, Class::Int) => Op::CopyInt { to, from },
            (Class::Number, Class::Number) | (Class::Bool, Class::Bool) => Op::CopyPlain { to, from },
            (Class::Int, Class::Number) => Op::IntToNumber { to, from },
            (Class::Int, _) => Op::BoxInt { to, from },
            (Class::Number, _) => Op::BoxNumber { to, from },
            (Class::Bool, _) => Op::BoxBool { to, from },
            (Class::Value, Class::Int) => Op::UnboxInt { to, from },
            (Class::Value, Class::Number) => Op::UnboxNumber { to, from },
            (Class::Value, Class::Bool) => Op::UnboxBool { to, from },
            (Class::Value, Class::Value) => Op::Copy { to, from },
        });
    }

    /// Copies a value with its integers as numbers and its numbers as json, as far as the type says so.
    pub(super) fn widen(&mut self, have: Class, from: Register, ty: &Type, want: Class, to: Register) {
        let mark = self.next;
        match (have, want) {
            (Class::Int, Class::Value) => {
                let number = self.register(Class::Number);
                self.emit(Op::IntToNumber { to: number, from });
                self.emit(Op::BoxNumber { to, from: number });
            }
            (Class::Number, Class::Value) => {
                let number = self.register(Class::Value);
                self.emit(Op::BoxNumber { to: number, from });
                let ty = self.pool.ty(ty);
                self.emit(Op::Widen { to, from: number, ty });
            }
            (Class::Value, _) => {
                let widened = if want == Class::Value { to } else { self.register(Class::Value) };
                let ty = self.pool.ty(ty);
                self.emit(Op::Widen { to: widened, from, ty });
                self.convert(Class::Value, widened, want, to);
            }
            _ => self.convert(have, from, want, to),
        }
        self.next = mark;
    }

    /// Moves what a temporary register holds.
    pub(super) fn carry_over(&mut self, class: Class, to: Register, from: Register) {
        match class {
            _ if to == from => {}
            Class::Value => self.emit(Op::Move { to, from }),
            Class::Int => self.emit(Op::CopyInt { to, from }),
            Class::Number | Class::Bool => self.emit(Op::CopyPlain { to, from }),
        }
    }

    /// Value registers in a row with what some feeds give.
    pub(super) fn load_row(&mut self, feeds: &[Feed]) -> (Register, u32) {
        let first = self.row(feeds.len());
        for (offset, feed) in feeds.iter().enumerate() {
            self.load(feed, Class::Value, first + offset as u32);
        }
        (first, feeds.len() as u32)
    }

    pub(super) fn load_outlets(&mut self, outlets: &[Outlet], to: &[Register]) {
        for (outlet, to) in outlets.iter().zip(to) {
            self.load(&outlet.from, Class::of(&outlet.ty), *to);
        }
    }

    /// The class in which a formula is computed.
    pub(super) fn class_of(typed: &Typed) -> Class {
        Class::of(&typed.ty)
    }
}
