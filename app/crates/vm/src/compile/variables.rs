//! Variables: a register each, which steps set, read and change.

use blocks::formula::Typed;
use blocks::plan::{Feed, Origin, VARIABLE_NOW};
use blocks::{BlockId, Type};

use super::uses::Uses;
use super::{Names, Place, RoutineCompiler};
use crate::op::{Class, Register};

/// The port under which a variable is found; no program can write it.
pub(super) const VARIABLE: &str = " variable";

/// More reads than there are, so that none is the last, and few enough to be added up.
const UNCOUNTED: i64 = 1 << 32;

impl<'a> RoutineCompiler<'a, '_> {
    pub(super) fn variable(&mut self, block: &BlockId, ty: &Type, initial: &Feed) {
        let class = Class::of(ty);
        let to = self.register(class);
        self.load(initial, class, to);
        self.declare(block, VARIABLE, class, to);
    }

    fn find_variable(&self, block: &BlockId) -> Option<Place> {
        self.places.get(&(block.clone(), VARIABLE.to_owned())).copied()
    }

    pub(super) fn set_variable(&mut self, variable: &BlockId, value: &Feed) {
        if let Some(place) = self.find_variable(variable) {
            self.load(value, place.class, place.register);
        }
    }

    pub(super) fn get_variable(&mut self, variable: &BlockId, to: Register) {
        if let Some(place) = self.find_variable(variable) {
            self.convert(place.class, place.register, place.class, to);
        }
    }

    pub(super) fn change_variable(&mut self, variable: &BlockId, formula: &'a Typed, names: &Names) {
        let Some(Place { class, register, .. }) = self.find_variable(variable) else { return };
        let mark = self.next;
        let mut names = names.clone();
        let origin = Origin::Port(variable.clone(), VARIABLE.to_owned());
        names.insert(VARIABLE_NOW.to_owned(), Feed { origin, ty: formula.ty.clone(), widen: false, nests: false });
        // Where a failure can be caught, the variable must be as it was before; elsewhere nobody sees it after one.
        let reads = if self.attempts == 0 { Uses::of_formula(formula, VARIABLE_NOW) } else { UNCOUNTED };
        self.uses.set(variable, VARIABLE, reads);
        self.declare(variable, VARIABLE, class, register);
        let result = self.register(class);
        self.expression(formula, &names, class, result);
        self.carry_over(class, register, result);
        self.next = mark;
    }
}
