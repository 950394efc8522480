//! Where the steps of a plan stand.

use crate::document::BlockId;
use crate::edit::{BodyAddress, Routine};
use crate::plan::{Plan, PlannedBody, Step};

/// A step and where it stands.
#[derive(Debug)]
pub(super) struct Place<'a> {
    pub(super) step: &'a Step,
    /// The body it stands in.
    pub(super) address: BodyAddress,
    /// That body.
    pub(super) body: &'a PlannedBody,
    /// Its position there.
    pub(super) index: usize,
    /// The place of the container around it.
    pub(super) around: Option<usize>,
}

/// Every step of the program's own routines, in the order of the document: a container before what is inside it.
#[derive(Debug, Default)]
pub(super) struct Places<'a>(pub(super) Vec<Place<'a>>);

impl<'a> Places<'a> {
    pub(super) fn of(plan: &'a Plan) -> Self {
        let mut places = Self::default();
        places.enter(&plan.main.body, &BodyAddress::main(), None);
        for function in plan.functions.iter().filter(|function| !function.library) {
            let routine = Routine::Function { name: function.name.clone() };
            places.enter(&function.body, &BodyAddress::Routine { routine }, None);
        }
        places
    }

    fn enter(&mut self, body: &'a PlannedBody, address: &BodyAddress, around: Option<usize>) {
        for (index, step) in body.steps.iter().enumerate() {
            let place = self.0.len();
            self.0.push(Place { step, address: address.clone(), body, index, around });
            for (name, inner) in step.operation.body_names().into_iter().zip(step.operation.bodies()) {
                self.enter(inner, &BodyAddress::of(step.block.as_str(), name), Some(place));
            }
        }
    }

    /// The place of a block.
    pub(super) fn find(&self, id: &BlockId) -> Option<usize> {
        self.0.iter().position(|place| place.step.block == *id)
    }

    /// The bodies around a place, from inside to outside.
    pub(super) fn bodies_around(&self, place: usize) -> impl Iterator<Item = &BodyAddress> {
        std::iter::successors(Some(place), |place| self.0[*place].around).map(|place| &self.0[place].address)
    }
}

impl Place<'_> {
    /// The block before it in its body.
    pub(super) fn before(&self) -> Option<&BlockId> {
        Some(&self.body.steps[self.index.checked_sub(1)?].block)
    }
}
