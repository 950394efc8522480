//! Three-way merge by stable ids, property by property.
//!
//! What only one side changed is taken from that side; what both changed alike is taken once; what both changed
//! differently is a [`Conflict`]: the merged program keeps what `ours` has there, and the conflict shows all three
//! values so that a person chooses ([`resolve`]). Nothing is guessed. The conflicts are:
//!
//! - a property has two new values ([`Disputed::Property`]), or a block went into two bodies ([`Disputed::Standing`]);
//! - one side removed a thing in which the other changed something ([`Disputed::Removal`]);
//! - both added a thing of one name, with different content ([`Disputed::Addition`]);
//! - both moved the same members of a list, to different places ([`Disputed::Order`]).
//!
//! Exchanging the sides gives the same conflicts with their sides exchanged, and the same program where there are none.
//! Additions at the same place stand one after the other, in an order that does not depend on the side. Whether the
//! merged program makes sense (a wire that now points backward, a type that no longer fits) is the checker's matter:
//! it must be checked before it runs.

mod conflict;
mod life;
mod order;
mod standing;
mod values;

use std::collections::{BTreeMap, HashMap};

use serde::{Deserialize, Serialize};

use crate::document::Program;
use crate::edit::{Address, List};
use crate::facts::{Facts, Thing};

pub use conflict::{Choice, Conflict, Disputed, Side};
use life::Life;

/// A merged program.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Merged {
    /// The program; where there is a conflict it keeps what `ours` has.
    pub program: Program,
    /// What is to be decided, in the order of addresses.
    pub conflicts: Vec<Conflict>,
}

/// Merges what two sides made of one program.
pub fn merge(base: &Program, ours: &Program, theirs: &Program) -> Merged {
    resolve(base, ours, theirs, &[])
}

/// Merges with conflicts decided; those that remain are listed.
pub fn resolve(base: &Program, ours: &Program, theirs: &Program, choices: &[Choice]) -> Merged {
    Merger::new(base, ours, theirs, choices).run()
}

struct Merger {
    base: Facts,
    ours: Facts,
    theirs: Facts,
    choices: HashMap<(Address, Disputed), Side>,
    conflicts: BTreeMap<(Address, Disputed), Conflict>,
    /// What is in the merged program, and which sides speak for it.
    lives: BTreeMap<Address, Life>,
    /// Where it stands.
    lists: HashMap<Address, Option<List>>,
}

impl Merger {
    fn new(base: &Program, ours: &Program, theirs: &Program, choices: &[Choice]) -> Self {
        let choices = choices.iter().cloned().map(|choice| ((choice.at, choice.disputed), choice.side)).collect();
        Self {
            base: Facts::of(base),
            ours: Facts::of(ours),
            theirs: Facts::of(theirs),
            choices,
            conflicts: BTreeMap::new(),
            lives: BTreeMap::new(),
            lists: HashMap::new(),
        }
    }

    fn run(mut self) -> Merged {
        self.decide_lives();
        self.decide_standings();
        let mut facts = Facts::default();
        for (at, life) in self.lives.clone() {
            let list = self.lists.get(&at).cloned().flatten();
            let properties = self.properties(&at, life);
            let name = self.side(life.speaker()).things.get(&at).map(|thing| thing.name.clone()).unwrap_or_default();
            if let Some(list) = &list {
                facts.lists.entry(list.clone()).or_default().push(at.clone());
            }
            facts.things.insert(at, Thing { list, name, properties });
        }
        for (list, members) in std::mem::take(&mut facts.lists) {
            let ordered = self.ordered(&list, members);
            facts.lists.insert(list, ordered);
        }
        facts.layout = self.layout();
        Merged { program: facts.program(), conflicts: self.conflicts.into_values().collect() }
    }

    fn side(&self, side: Side) -> &Facts {
        match side {
            Side::Ours => &self.ours,
            Side::Theirs => &self.theirs,
        }
    }

    /// Who is right about something that both sides decided differently; a conflict unless somebody has chosen.
    fn decide(&mut self, at: &Address, disputed: Disputed, values: [Option<String>; 3]) -> Side {
        let key = (at.clone(), disputed);
        if let Some(side) = self.choices.get(&key) {
            return *side;
        }
        let [base, ours, theirs] = values;
        let conflict = Conflict { at: at.clone(), disputed: key.1.clone(), base, ours, theirs };
        self.conflicts.entry(key).or_insert(conflict);
        Side::Ours
    }
}
