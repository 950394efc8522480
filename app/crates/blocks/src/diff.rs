//! What differs between two programs, by meaning and not by lines.
//!
//! Blocks are told apart by their ids, so a block that moved or got another title is the same block; everything else
//! by its name. [`diff`] lists the changes for people and tools, [`render`] writes them for a terminal, and
//! [`operations`] gives the edits that lead from one program to the other. Moves are as few as can be.

mod operations;
pub(crate) mod order;
mod render;

use std::collections::HashSet;

use serde::{Deserialize, Serialize};

use crate::document::{BlockId, Program};
use crate::edit::{Address, Field, List};
use crate::facts::Facts;
use crate::text;

pub use operations::operations;
pub(crate) use operations::pruned;
pub use render::render;

/// One difference.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Change {
    /// A thing is new, with all that is new inside it.
    Added {
        /// The thing.
        at: Address,
        /// Its text.
        text: String,
    },
    /// A thing is gone, with all that went with it.
    Removed {
        /// The thing.
        at: Address,
        /// Its text.
        text: String,
    },
    /// A thing stands in another body, or behind another neighbor.
    Moved {
        /// The thing.
        at: Address,
        /// The list it stood in.
        from: List,
        /// The list it stands in.
        to: List,
        /// The member that it stands behind now; it is first without one.
        after: Option<String>,
    },
    /// A property has another value.
    Changed {
        /// Whose.
        at: Address,
        /// Which property.
        field: Field,
        /// Its value before, as the document writes it.
        before: Option<String>,
        /// Its value now.
        after: Option<String>,
    },
}

impl Change {
    /// What has changed.
    pub fn at(&self) -> &Address {
        match self {
            Self::Added { at, .. } | Self::Removed { at, .. } | Self::Moved { at, .. } | Self::Changed { at, .. } => at,
        }
    }

    /// The block that has changed, or of which something has.
    pub fn block(&self) -> Option<&BlockId> {
        self.at().of_block()
    }

    /// Whether a value comes from elsewhere.
    pub fn is_rewired(&self) -> bool {
        matches!(self, Self::Changed { field, .. } if field.is_wiring())
    }
}

/// What differs, in the order of the document `after`; what is gone comes last. Nothing differs exactly if the texts
/// are the same.
pub fn diff(before: &Program, after: &Program) -> Vec<Change> {
    let (old, new) = (Facts::of(before), Facts::of(after));
    let mut changes = Vec::new();
    for at in new.subtree(&Address::Program) {
        if old.things.contains_key(&at) {
            moved(&old, &new, &at, &mut changes);
            changed(&old, &new, &at, &mut changes);
        } else if new.owner(&at).is_some_and(|owner| old.things.contains_key(&owner)) {
            changes.push(Change::Added { text: text_of(&new, &old, &at), at });
        }
    }
    for at in old.subtree(&Address::Program) {
        let gone = |at: &Address| !new.things.contains_key(at);
        if gone(&at) && !old.owner(&at).is_some_and(|owner| gone(&owner)) {
            changes.push(Change::Removed { text: text_of(&old, &new, &at), at });
        }
    }
    places(before, after, &new, &mut changes);
    changes
}

/// The text of a thing without the blocks in it that the other program has, too.
fn text_of(facts: &Facts, other: &Facts, at: &Address) -> String {
    facts.item(at).map(|item| text::write_item(&pruned(item, other))).unwrap_or_default()
}

fn moved(old: &Facts, new: &Facts, at: &Address, changes: &mut Vec<Change>) {
    let (Some(from), Some(to)) = (&old.things[at].list, &new.things[at].list) else { return };
    let members = new.members(to);
    if from == to && (old.members(from) == members || order::unmoved(old.members(from), members).contains(at)) {
        return;
    }
    let place = members.iter().position(|member| member == at).and_then(|place| place.checked_sub(1));
    let after = place.map(|place| members[place].name().to_owned());
    changes.push(Change::Moved { at: at.clone(), from: from.clone(), to: to.clone(), after });
}

fn changed(old: &Facts, new: &Facts, at: &Address, changes: &mut Vec<Change>) {
    let (before, after) = (&old.things[at].properties, &new.things[at].properties);
    let fields: HashSet<&Field> = before.keys().chain(after.keys()).collect();
    let mut fields: Vec<&Field> = fields.into_iter().collect();
    fields.sort();
    for field in fields {
        let (before, after) = (before.get(field), after.get(field));
        if before.zip(after).is_some_and(|(before, after)| before.is_same(after)) {
            continue;
        }
        let (before, after) = (before.map(|value| value.text()), after.map(|value| value.text()));
        changes.push(Change::Changed { at: at.clone(), field: field.clone(), before, after });
    }
}

fn places(before: &Program, after: &Program, new: &Facts, changes: &mut Vec<Change>) {
    let ids: HashSet<&BlockId> = before.layout.keys().chain(after.layout.keys()).collect();
    let mut ids: Vec<&BlockId> = ids.into_iter().collect();
    ids.sort();
    for id in ids {
        let (old, now) = (before.layout.get(id).copied(), after.layout.get(id).copied());
        let at = Address::Block { id: id.clone() };
        let comes_or_goes = (before.block(id).is_some()) != new.things.contains_key(&at);
        if old == now || comes_or_goes {
            continue;
        }
        let say = |place| crate::edit::Property::Place(Some(place)).text();
        changes.push(Change::Changed { at, field: Field::Place, before: old.map(say), after: now.map(say) });
    }
}
