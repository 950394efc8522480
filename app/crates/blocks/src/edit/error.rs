//! Why an edit does not apply.

use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::address::{Address, List};
use super::property::Field;
use crate::document::BlockId;

/// Why an edit does not apply; the program is as it was before.
#[derive(Clone, Debug, Error, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EditError {
    /// The thing is not there.
    #[error("there is no {at}")]
    Unknown {
        /// The thing.
        at: Address,
    },
    /// The neighbor is not in the list.
    #[error("{name} is not among {list}")]
    UnknownNeighbor {
        /// The list.
        list: List,
        /// The neighbor.
        name: String,
    },
    /// There is such a block already.
    #[error("the id {id} is taken; ids are unique in a program")]
    DuplicateId {
        /// The id.
        id: BlockId,
    },
    /// The name is in the list already, or something refers to it already.
    #[error("the name {name} is taken")]
    NameTaken {
        /// The name.
        name: String,
    },
    /// The name cannot be written in a document.
    #[error("'{name}' is not a name; use letters, digits and '_'")]
    NotAName {
        /// What was given.
        name: String,
    },
    /// The id stands for the inputs.
    #[error("the id 'input' stands for the program's inputs; choose another")]
    ReservedId,
    /// A block cannot stand inside or after itself.
    #[error("{id} cannot be moved into or behind itself")]
    IntoItself {
        /// The block.
        id: BlockId,
    },
    /// The list holds other things.
    #[error("that cannot stand among {list}")]
    DoesNotFit {
        /// The list.
        list: List,
    },
    /// The thing has no such property, or none that can be cleared.
    #[error("{at} has no {field}")]
    NoSuchProperty {
        /// The thing.
        at: Address,
        /// The property.
        field: Field,
    },
    /// The thing has no name of its own.
    #[error("{at} cannot be renamed")]
    NotRenamable {
        /// The thing.
        at: Address,
    },
    /// The thing cannot be removed or reordered.
    #[error("{at} stays where it is")]
    NotMovable {
        /// The thing.
        at: Address,
    },
    /// Bodies would nest deeper than a document can.
    #[error("bodies would nest deeper than {limit} levels")]
    TooDeep {
        /// How deep they may.
        limit: usize,
    },
}
