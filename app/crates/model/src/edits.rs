//! The log of a program's edits, by which everybody who works on it sees the same program.

use serde::{Deserialize, Serialize};

use crate::{Json, Millis, ProgramRecord};

/// A program with the log of its edits, for a replica that starts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ProgramLog {
    /// The program as it is.
    pub record: ProgramRecord,
    /// The log: a base, and the stamped edits that lead from there to the program (`blocks::oplog::StoredLog`).
    pub log: Json,
    /// The number of the newest edit; 0 if there is none.
    pub newest: u64,
}

/// Edits of a replica that are to be kept, and where it wants to read on.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct EditsSent {
    /// The number of the newest edit that the replica has from here.
    #[serde(default)]
    pub after: u64,
    /// Its own edits, each with its stamp (`blocks::oplog::Stamped`). Those that are known already change nothing.
    #[serde(default)]
    pub edits: Vec<Json>,
}

/// What a replica gets back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct EditsKept {
    /// The program's version now.
    pub version: u64,
    /// The number of the newest edit.
    pub newest: u64,
    /// The edits behind the number that the replica named, its own among them, in the order of their numbers.
    pub edits: Vec<LoggedEdit>,
}

/// An edit in the log.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct LoggedEdit {
    /// Its number: edits are numbered as they arrive, which need not be the order of their stamps.
    pub number: u64,
    /// When it arrived.
    pub at: Millis,
    /// Who sent it.
    pub by: String,
    /// The edit with its stamp.
    pub edit: Json,
}
