//! Where things stand in the merged program.

use std::collections::HashSet;

use super::Merger;
use super::conflict::{Disputed, Side};
use super::life::{Life, place_of};
use crate::edit::{Address, BodyAddress, List};

/// Where the way up from a thing ends.
enum Way {
    /// At the program.
    Whole,
    /// At a thing that stands in what is not there.
    Broken(Address),
    /// Nowhere: it goes around.
    Around,
}

impl Merger {
    pub(super) fn decide_standings(&mut self) {
        let tangled = self.tangled();
        let all: Vec<(Address, Life)> = self.lives.iter().map(|(at, life)| (at.clone(), *life)).collect();
        for (at, life) in all {
            let list = match (life, &self.candidates(&at)[..]) {
                (Life::Only(side), _) => self.list_in(side, &at),
                (Life::Both, [list]) if !tangled.contains(&at) => Some(list.clone()),
                (Life::Both, []) => None,
                (Life::Both, _) => self.decide_standing(&at),
            };
            self.lists.insert(at, list);
        }
        self.mend();
    }

    fn list_in(&self, side: Side, at: &Address) -> Option<List> {
        self.side(side).things.get(at).and_then(|thing| thing.list.clone())
    }

    /// Where a thing may stand: one list, or two if both sides moved it.
    fn candidates(&self, at: &Address) -> Vec<List> {
        let base = self.base.things.get(at).map(|thing| thing.list.clone());
        let in_ours = self.ours.things.get(at).map(|thing| thing.list.clone());
        let in_theirs = self.theirs.things.get(at).map(|thing| thing.list.clone());
        let lists = match (in_ours, in_theirs) {
            (Some(ours), Some(theirs)) if ours == theirs || base.as_ref() == Some(&theirs) => vec![ours],
            (Some(ours), Some(theirs)) if base.as_ref() == Some(&ours) => vec![theirs],
            (ours, theirs) => ours.into_iter().chain(theirs).collect(),
        };
        lists.into_iter().flatten().collect()
    }

    /// The moves that together could put blocks into one another: what was moved and stands, whatever is chosen, not
    /// surely in the program. Each of them is a conflict.
    fn tangled(&self) -> HashSet<Address> {
        let both = self.ours.things.keys().filter(|at| self.theirs.things.contains_key(at));
        let moved: HashSet<Address> =
            both.filter(|at| self.list_in(Side::Ours, at) != self.list_in(Side::Theirs, at)).cloned().collect();
        if moved.is_empty() {
            return moved;
        }
        let mut open: Vec<(Address, Vec<Address>)> = (self.ours.things.keys().chain(self.theirs.things.keys()))
            .map(|at| (at.clone(), self.candidates(at).iter().map(List::owner).collect()))
            .collect();
        // What stands in the program for sure, from outside to inside.
        let mut sure: HashSet<Address> = HashSet::new();
        loop {
            let before = open.len();
            open.retain(|(at, owners)| {
                let stands = owners.iter().all(|owner| sure.contains(owner));
                if stands {
                    sure.insert(at.clone());
                }
                !stands
            });
            if open.len() == before {
                return moved.into_iter().filter(|at| !sure.contains(at)).collect();
            }
        }
    }

    fn decide_standing(&mut self, at: &Address) -> Option<List> {
        let base = self.base.things.get(at).and_then(|thing| thing.list.clone());
        let (ours, theirs) = (self.list_in(Side::Ours, at), self.list_in(Side::Theirs, at));
        let values = [place_of(base.as_ref()), place_of(ours.as_ref()), place_of(theirs.as_ref())];
        match self.decide(at, Disputed::Standing, values) {
            Side::Ours => ours,
            Side::Theirs => theirs,
        }
    }

    fn owner(&self, at: &Address) -> Option<Address> {
        match (self.lists.get(at), at) {
            (Some(Some(list)), _) => Some(list.owner()),
            (_, Address::Body { body: BodyAddress::Routine { routine } }) => Some(Address::of_routine(routine)),
            _ => None,
        }
    }

    fn way_up(&self, at: &Address) -> Way {
        let mut seen = HashSet::new();
        let mut here = at.clone();
        loop {
            if here == Address::Program {
                return Way::Whole;
            }
            if !seen.insert(here.clone()) {
                return Way::Around;
            }
            match self.owner(&here) {
                Some(owner) if self.lives.contains_key(&owner) => here = owner,
                _ => return Way::Broken(here),
            }
        }
    }

    /// What stands in something that lost a dispute goes with it, unless the other side has a place for it.
    fn mend(&mut self) {
        let mut tried = HashSet::new();
        loop {
            let broken: Vec<Address> = (self.lives.keys())
                .filter_map(|at| match self.way_up(at) {
                    Way::Whole => None,
                    Way::Broken(at) => Some(at),
                    Way::Around => Some(at.clone()),
                })
                .collect();
            if broken.is_empty() {
                return;
            }
            for at in broken {
                if self.lives.get(&at) != Some(&Life::Both) || !matches!(at, Address::Block { .. }) {
                    self.lives.remove(&at);
                } else if let Some(place) = self.elsewhere(&at).filter(|_| tried.insert(at.clone())) {
                    self.lists.insert(at, Some(place));
                } else {
                    self.revive(&at);
                }
            }
        }
    }

    /// The place that a block has on the side that did not get its way.
    fn elsewhere(&self, at: &Address) -> Option<List> {
        let here = self.lists.get(at).cloned().flatten();
        let places = [Side::Ours, Side::Theirs].into_iter().filter_map(|side| self.list_in(side, at));
        places.into_iter().find(|list| here.as_ref() != Some(list) && self.lives.contains_key(&list.owner()))
    }

    /// Neither side's place for a block is left: what is around it on one side stays.
    fn revive(&mut self, at: &Address) {
        let standing = self.lists.get(at).cloned().flatten();
        let side = if self.list_in(Side::Theirs, at) == standing { Side::Theirs } else { Side::Ours };
        let mut here = at.clone();
        while here != Address::Program {
            let list = self.list_in(side, &here);
            let owner = self.side(side).owner(&here).unwrap_or(Address::Program);
            self.lists.insert(here, list);
            self.lives.entry(owner.clone()).or_insert(Life::Only(side));
            here = owner;
        }
    }
}
