//! A program taken apart: things at stable addresses, their properties, and lists that order them.
//!
//! Diff and merge decide on these facts, one by one, and [`Facts::program`] puts a program together again. Taking a
//! program apart and together gives the same bytes of text. Where a broken program has one name twice in a list, the
//! later one gets an address of its own, so that nothing is lost.

mod build;
mod collect;

use std::collections::BTreeMap;

use crate::document::{BlockId, Place, Program};
use crate::edit::{Address, BodyAddress, Field, List, Property};

/// A program as facts.
#[derive(Clone, Debug, Default)]
pub(crate) struct Facts {
    pub(crate) things: BTreeMap<Address, Thing>,
    pub(crate) lists: BTreeMap<List, Vec<Address>>,
    pub(crate) layout: BTreeMap<BlockId, Place>,
}

/// A thing in a program.
#[derive(Clone, Debug)]
pub(crate) struct Thing {
    /// The list it stands in; `None` for the program and the bodies of routines.
    pub(crate) list: Option<List>,
    /// Its name in the document.
    pub(crate) name: String,
    /// What is said about it; what is not said has no entry.
    pub(crate) properties: BTreeMap<Field, Property>,
}

impl Facts {
    pub(crate) fn of(program: &Program) -> Self {
        collect::facts(program)
    }

    pub(crate) fn program(&self) -> Program {
        build::program(self)
    }

    pub(crate) fn members(&self, list: &List) -> &[Address] {
        self.lists.get(list).map_or(&[], Vec::as_slice)
    }

    /// What a thing stands in.
    pub(crate) fn owner(&self, at: &Address) -> Option<Address> {
        match (self.things.get(at)?.list.as_ref(), at) {
            (Some(list), _) => Some(list.owner()),
            (None, Address::Body { body: BodyAddress::Routine { routine } }) => Some(Address::of_routine(routine)),
            (None, _) => None,
        }
    }

    /// What stands around a thing, from inside to outside.
    pub(crate) fn above(&self, at: &Address) -> Vec<Address> {
        std::iter::successors(self.owner(at), |above| self.owner(above)).collect()
    }

    /// The lists that a thing owns.
    pub(crate) fn lists_of(&self, at: &Address) -> Vec<List> {
        use crate::edit::Routine;
        let of_routine = |routine: Routine| vec![List::Inputs { routine: routine.clone() }, List::Outputs { routine }];
        match at.clone() {
            Address::Program => [of_routine(Routine::Main), vec![List::Functions, List::Tests]].concat(),
            Address::Function { name } => of_routine(Routine::Function { name }),
            Address::Block { id } => vec![List::Carries { block: id.clone() }, List::Bodies { block: id }],
            Address::Body { body } => vec![List::Yields { body: body.clone() }, List::Blocks { body }],
            _ => Vec::new(),
        }
    }

    /// What stands in a thing, one level below.
    pub(crate) fn children(&self, at: &Address) -> Vec<Address> {
        use crate::edit::Routine;
        let mut children: Vec<Address> =
            self.lists_of(at).iter().flat_map(|list| self.members(list).iter().cloned()).collect();
        let routine = match at.clone() {
            Address::Program => Some(Routine::Main),
            Address::Function { name } => Some(Routine::Function { name }),
            _ => None,
        };
        children.extend(routine.map(|routine| Address::Body { body: BodyAddress::Routine { routine } }));
        children
    }

    /// A thing and everything in it, from outside to inside.
    pub(crate) fn subtree(&self, at: &Address) -> Vec<Address> {
        let mut all = Vec::new();
        let mut open = vec![at.clone()];
        while let Some(next) = open.pop() {
            open.extend(self.children(&next).into_iter().rev());
            all.push(next);
        }
        all
    }

    pub(crate) fn property(&self, at: &Address, field: &Field) -> Option<&Property> {
        self.things.get(at)?.properties.get(field)
    }

    /// Whether a thing says the same, byte for byte, in both programs; what stands in it does not count.
    pub(crate) fn says_the_same(&self, other: &Self, at: &Address) -> bool {
        let (Some(one), Some(two)) = (self.things.get(at), other.things.get(at)) else { return false };
        one.properties.len() == two.properties.len()
            && one
                .properties
                .iter()
                .all(|(field, property)| two.properties.get(field).is_some_and(|found| found.is_same(property)))
    }

    /// Whether a thing is the same in both programs, with everything in it.
    pub(crate) fn is_alike(&self, other: &Self, at: &Address) -> bool {
        self.says_the_same(other, at)
            && self.lists_of(at).iter().all(|list| self.members(list) == other.members(list))
            && self.children(at).iter().all(|child| self.is_alike(other, child))
    }
}
