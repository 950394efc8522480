//! What two sides decided differently.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::document::BlockId;
use crate::edit::{Address, Field, List};

/// One of the two that are merged.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Side {
    /// The program that the other is merged into.
    Ours,
    /// The program that is merged in.
    Theirs,
}

impl Side {
    /// The other one.
    pub fn other(self) -> Self {
        match self {
            Self::Ours => Self::Theirs,
            Self::Theirs => Self::Ours,
        }
    }
}

/// What about a thing was decided differently.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Disputed {
    /// A property has two new values.
    Property {
        /// Which one.
        field: Field,
    },
    /// A block was moved into two bodies, or two blocks into one another.
    Standing,
    /// One side removed the thing, the other changed something in it.
    Removal,
    /// Both sides added a thing of this name, with different content.
    Addition,
    /// Both sides moved the same members of a list, differently.
    Order {
        /// Which list.
        list: List,
    },
}

/// Something to be decided, with the values to choose from. A value is what the document writes; `None` where the
/// thing or property is not there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Conflict {
    /// The thing.
    pub at: Address,
    /// What about it.
    pub disputed: Disputed,
    /// What both started from.
    pub base: Option<String>,
    /// What ours has; the merged program has it, too, until somebody chooses.
    pub ours: Option<String>,
    /// What theirs has.
    pub theirs: Option<String>,
}

impl Conflict {
    /// The decision for one side, for [`super::resolve`].
    pub fn choose(&self, side: Side) -> Choice {
        Choice { at: self.at.clone(), disputed: self.disputed.clone(), side }
    }

    /// The block that it is about.
    pub fn block(&self) -> Option<&BlockId> {
        self.at.of_block()
    }

    /// Whether it is only about where a block is drawn.
    pub fn is_layout(&self) -> bool {
        self.disputed == Disputed::Property { field: Field::Place }
    }

    /// The same conflict, seen from the other side.
    #[must_use]
    pub fn exchanged(self) -> Self {
        Self { ours: self.theirs, theirs: self.ours, ..self }
    }
}

impl fmt::Display for Conflict {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let at = &self.at;
        match &self.disputed {
            Disputed::Property { field } => write!(formatter, "{at}: both changed {field}"),
            Disputed::Standing => write!(formatter, "{at}: both moved it into another body"),
            Disputed::Removal if self.ours.is_none() => write!(formatter, "{at}: removed in ours, changed in theirs"),
            Disputed::Removal => write!(formatter, "{at}: changed in ours, removed in theirs"),
            Disputed::Addition => write!(formatter, "{at}: added in both, with different content"),
            Disputed::Order { list } => write!(formatter, "{at}: both changed the order of its {}", list.noun()),
        }
    }
}

/// A decision about a conflict.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Choice {
    /// The thing.
    pub at: Address,
    /// What about it.
    pub disputed: Disputed,
    /// Whose value is taken.
    pub side: Side,
}
