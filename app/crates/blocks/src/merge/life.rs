//! What is in the merged program.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::Merger;
use super::conflict::{Disputed, Side};
use crate::edit::{Address, List};
use crate::facts::Facts;
use crate::text;

/// Which sides speak for a thing in the merged program.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Life {
    /// Both; what they say is merged.
    Both,
    /// Only one: the other does not have it, or has lost the dispute about it.
    Only(Side),
}

impl Life {
    pub(super) fn speaker(self) -> Side {
        match self {
            Self::Both => Side::Ours,
            Self::Only(side) => side,
        }
    }

    pub(super) fn heeds(self, side: Side) -> bool {
        self == Self::Both || self == Self::Only(side)
    }
}

impl Merger {
    pub(super) fn decide_lives(&mut self) {
        for at in self.ours.things.keys().filter(|at| self.theirs.things.contains_key(at)) {
            self.lives.insert(at.clone(), Life::Both);
        }
        for side in [Side::Ours, Side::Theirs] {
            self.one_sided(side);
        }
        self.added_twice();
    }

    /// Decides about what only one side has: it was added there, or removed by the other.
    ///
    /// What hangs together and was removed by the other side is decided as one: it goes if this side changed nothing
    /// in it.
    fn one_sided(&mut self, side: Side) {
        let (added, removed) = self.regions(side);
        for at in added {
            self.lives.insert(at, Life::Only(side));
        }
        for (root, members) in removed {
            if self.is_edited(side, &members) && self.decide_removal(side, &root) == side {
                self.lives.extend(members.into_iter().map(|at| (at, Life::Only(side))));
            }
        }
    }

    /// What only this side has: additions, and by their outermost thing what the other side removed, each with the
    /// additions inside it.
    fn regions(&self, side: Side) -> (Vec<Address>, BTreeMap<Address, Vec<Address>>) {
        let (facts, other) = (self.side(side), self.side(side.other()));
        let mut roots: HashMap<Address, Option<Address>> = HashMap::new();
        let (mut added, mut removed) = (Vec::new(), BTreeMap::<Address, Vec<Address>>::new());
        for at in facts.subtree(&Address::Program) {
            if other.things.contains_key(&at) {
                continue;
            }
            let above = facts.owner(&at).and_then(|owner| roots.get(&owner).cloned().flatten());
            let root = above.or_else(|| self.base.things.contains_key(&at).then(|| at.clone()));
            match &root {
                Some(root) => removed.entry(root.clone()).or_default().push(at.clone()),
                None => added.push(at.clone()),
            }
            roots.insert(at, root);
        }
        (added, removed)
    }

    /// Whether a side added, changed or moved something here.
    fn is_edited(&self, side: Side, members: &[Address]) -> bool {
        let facts = self.side(side);
        let list_in = |facts: &Facts, at: &Address| facts.things.get(at).map(|thing| thing.list.clone());
        members.iter().any(|at| {
            !self.base.says_the_same(facts, at)
                || list_in(&self.base, at) != list_in(facts, at)
                || facts.children(at).iter().any(|child| list_in(&self.base, child) != list_in(facts, child))
        })
    }

    fn decide_removal(&mut self, side: Side, root: &Address) -> Side {
        let (before, now) = (text_of(&self.base, root), text_of(self.side(side), root));
        let values = match side {
            Side::Ours => [before, now, None],
            Side::Theirs => [before, None, now],
        };
        self.decide(root, Disputed::Removal, values)
    }

    /// Decides about things that both sides added under one name with different content; one side's is taken whole.
    fn added_twice(&mut self) {
        let different: BTreeSet<Address> = (self.ours.things.keys())
            .filter(|at| !self.base.things.contains_key(at) && self.theirs.things.contains_key(at))
            .filter(|at| !self.ours.is_alike(&self.theirs, at))
            .cloned()
            .collect();
        for at in &different {
            let inside = |facts: &Facts| facts.above(at).iter().any(|above| different.contains(above));
            if inside(&self.ours) && inside(&self.theirs) {
                continue;
            }
            let values = [None, text_of(&self.ours, at), text_of(&self.theirs, at)];
            let side = self.decide(at, Disputed::Addition, values);
            for lost in self.side(side.other()).subtree(at) {
                if self.lives.get(&lost) == Some(&Life::Only(side.other())) && !self.base.things.contains_key(&lost) {
                    self.lives.remove(&lost);
                }
            }
            for kept in self.side(side).subtree(at) {
                if !self.base.things.contains_key(&kept) {
                    self.lives.insert(kept, Life::Only(side));
                }
            }
        }
    }
}

/// The text of a thing with all that is in it.
pub(super) fn text_of(facts: &Facts, at: &Address) -> Option<String> {
    facts.things.get(at)?;
    facts.item(at).map(|item| text::write_item(&item))
}

/// Where a block stands, in words.
pub(super) fn place_of(list: Option<&List>) -> Option<String> {
    match list? {
        List::Blocks { body } => Some(body.to_string()),
        other => Some(other.to_string()),
    }
}
