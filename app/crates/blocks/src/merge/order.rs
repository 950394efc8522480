//! The order of lists in the merged program.

use std::collections::{HashMap, HashSet};

use super::Merger;
use super::conflict::{Disputed, Side};
use crate::diff::order::unmoved;
use crate::edit::{Address, List};

/// Who says where a member stands.
#[derive(Clone, Copy, PartialEq)]
enum Says {
    /// Both: neither moved it, or both did.
    Both,
    /// The side that moved or added it.
    One(Side),
}

impl Merger {
    /// Orders the members of a list. What both sides agree on is the frame; what one side moved or added follows the
    /// member of the frame that it follows on that side. Behind one member, runs of both sides follow each other: the
    /// one that reads the other's values comes second, else the one with the smaller first name comes first.
    pub(super) fn ordered(&mut self, list: &List, members: Vec<Address>) -> Vec<Address> {
        let known: HashSet<&Address> = members.iter().collect();
        let of = |side: Side| -> Vec<Address> {
            let heeded = |at: &&Address| known.contains(at) && self.lives.get(at).is_some_and(|life| life.heeds(side));
            self.side(side).members(list).iter().filter(heeded).cloned().collect()
        };
        let (ours, theirs) = (of(Side::Ours), of(Side::Theirs));
        if ours == theirs || ours.len() == members.len() && theirs.is_empty() {
            return ours;
        }
        let says = self.who_says(list, &ours, &theirs);
        let frame = |side: &[Address]| -> Vec<Address> {
            side.iter().filter(|at| says.get(at) == Some(&Says::Both)).cloned().collect()
        };
        let (our_frame, their_frame) = (frame(&ours), frame(&theirs));
        let agreed = our_frame == their_frame || self.decide_order(list) == Side::Ours;
        let frame = if agreed { our_frame } else { their_frame };
        let mut our_runs = runs(&ours, &says, Side::Ours);
        let mut their_runs = runs(&theirs, &says, Side::Theirs);
        let mut ordered = Vec::with_capacity(members.len());
        for anchor in std::iter::once(None).chain(frame.into_iter().map(Some)) {
            let run = our_runs.remove(&anchor).unwrap_or_default();
            let other = their_runs.remove(&anchor).unwrap_or_default();
            ordered.extend(anchor);
            let ours_first = self.comes_first(&run, &other);
            let (first, second) = if ours_first { (run, other) } else { (other, run) };
            ordered.extend(first);
            ordered.extend(second);
        }
        ordered
    }

    fn who_says(&self, list: &List, ours: &[Address], theirs: &[Address]) -> HashMap<Address, Says> {
        let base = self.base.members(list);
        let our_stay = unmoved(base, self.ours.members(list));
        let their_stay = unmoved(base, self.theirs.members(list));
        let in_theirs: HashSet<&Address> = theirs.iter().collect();
        let mut says: HashMap<Address, Says> = theirs.iter().map(|at| (at.clone(), Says::One(Side::Theirs))).collect();
        for at in ours {
            let who = match (our_stay.contains(at), their_stay.contains(at)) {
                _ if !in_theirs.contains(at) => Says::One(Side::Ours),
                (true, false) => Says::One(Side::Theirs),
                (false, true) => Says::One(Side::Ours),
                _ => Says::Both,
            };
            says.insert(at.clone(), who);
        }
        says
    }

    fn decide_order(&mut self, list: &List) -> Side {
        let names = |members: &[Address]| {
            let names: Vec<&str> = members.iter().map(Address::name).collect();
            Some(names.join(", "))
        };
        let values = [&self.base, &self.ours, &self.theirs].map(|facts| names(facts.members(list)));
        self.decide(&list.owner(), Disputed::Order { list: list.clone() }, values)
    }

    fn comes_first(&self, run: &[Address], other: &[Address]) -> bool {
        match (self.reads(run, other, Side::Ours), self.reads(other, run, Side::Theirs)) {
            (true, false) => false,
            (false, true) => true,
            _ => run.first() <= other.first(),
        }
    }

    /// Whether a block of a run, or one inside it, reads a block of the other run.
    fn reads(&self, run: &[Address], other: &[Address], side: Side) -> bool {
        use crate::document::Source;
        use crate::edit::Property;
        let facts = self.side(side);
        let of_other = |source: &Source| match source {
            Source::Wire { block, .. } => other.iter().any(|at| matches!(at, Address::Block { id } if id == block)),
            Source::Literal(_) => false,
        };
        let mut inside = run.iter().flat_map(|at| facts.subtree(at)).filter_map(|at| facts.things.get(&at));
        inside.any(|thing| {
            thing.properties.values().any(|property| match property {
                Property::Wire { from: Some(source), .. } | Property::From(source) => of_other(source),
                _ => false,
            })
        })
    }
}

/// What a side moved or added, by the member of the frame that it follows.
fn runs(order: &[Address], says: &HashMap<Address, Says>, side: Side) -> HashMap<Option<Address>, Vec<Address>> {
    let mut runs: HashMap<Option<Address>, Vec<Address>> = HashMap::new();
    let mut anchor = None;
    for at in order {
        match says.get(at) {
            Some(Says::Both) => anchor = Some(at.clone()),
            Some(Says::One(who)) if *who == side => runs.entry(anchor.clone()).or_default().push(at.clone()),
            _ => {}
        }
    }
    runs
}
