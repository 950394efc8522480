//! Versions of a program that somebody named, and branches of it.

use serde::{Deserialize, Serialize};

use crate::{Json, Millis};

/// A version that is to be named.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct VersionDraft {
    /// Its name, 1 to 100 characters.
    pub name: String,
    /// What is to be said about it, at most 2,000 characters.
    #[serde(default)]
    pub about: String,
}

/// A version that somebody named. It never changes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ProgramVersion {
    /// Its number among the program's versions, from 1 on.
    pub number: u64,
    /// Its name.
    pub name: String,
    /// What is said about it.
    pub about: String,
    /// When it was named.
    pub at: Millis,
    /// Who named it.
    pub by: String,
    /// How often the program had been changed.
    pub version: u64,
    /// The program's text; left out in lists.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
}

/// The program that another one was branched from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Origin {
    /// Its id.
    pub program: String,
    /// Its name at that time.
    pub name: String,
}

/// What is to be merged into a program: a branch of it, or a text with the text that it started from.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct MergeDraft {
    /// The branch's id.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub branch: Option<String>,
    /// The text to be merged in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// The text that both started from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub base: Option<String>,
    /// Decisions about conflicts: one of the two of each conflict.
    #[serde(default)]
    pub choices: Vec<Json>,
}

/// How a merge went.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MergeReport {
    /// Whether it is done. With open conflicts nothing is changed.
    pub merged: bool,
    /// The program's version now.
    pub version: u64,
    /// What is to be decided.
    pub conflicts: Vec<ConflictView>,
}

/// Something that both sides decided differently.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ConflictView {
    /// What it is about, in a sentence.
    pub about: String,
    /// The block that it is about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub block: Option<String>,
    /// What both started from; nothing where it was not there.
    pub base: Option<String>,
    /// What the program has.
    pub ours: Option<String>,
    /// What is to be merged in.
    pub theirs: Option<String>,
    /// The decision to keep what the program has.
    pub keep_ours: Json,
    /// The decision to take what is merged in.
    pub take_theirs: Json,
}
