//! Knowledge items.

use serde::{Deserialize, Serialize};

use crate::{Json, Millis};

/// A piece of knowledge.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct KnowledgeItem {
    /// Its id.
    pub id: String,
    /// The agent it belongs to; `shared` belongs to all.
    pub agent: String,
    /// Its category, for example `best_practices`.
    pub category: String,
    /// A title; may be empty.
    #[serde(default)]
    pub title: String,
    /// The text.
    pub content: String,
    /// Where it comes from.
    #[serde(default)]
    pub source: String,
    /// Tags.
    #[serde(default)]
    pub tags: Vec<String>,
    /// Anything else that came with it.
    #[serde(default)]
    pub metadata: Json,
    /// How often it was used in answers.
    #[serde(default)]
    pub usage: u64,
    /// How well it has served, 0 to 1.
    #[serde(default)]
    pub relevance: f64,
    /// When it was made.
    pub created_at: Millis,
    /// When it was last changed.
    pub updated_at: Millis,
}

/// A knowledge item as it is written by a person.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct KnowledgeDraft {
    /// The agent it belongs to; `shared` if not given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub agent: Option<String>,
    /// Its category; `general` if not given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub category: Option<String>,
    /// A title.
    #[serde(default)]
    pub title: String,
    /// The text, 1 to 100,000 characters.
    #[cfg_attr(feature = "openapi", schema(min_length = 1, max_length = 100_000, pattern = r"\S"))]
    pub content: String,
    /// Where it comes from.
    #[serde(default)]
    pub source: String,
    /// Tags.
    #[serde(default)]
    pub tags: Vec<String>,
}

/// Which items to list.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::IntoParams))]
#[cfg_attr(feature = "openapi", into_params(parameter_in = Query))]
pub struct KnowledgeQuery {
    /// Only items of this agent.
    pub agent: Option<String>,
    /// Only items of this category.
    pub category: Option<String>,
    /// How many, 1 to 200; 50 if not given.
    #[cfg_attr(feature = "openapi", param(minimum = 1, maximum = 200))]
    pub limit: Option<u32>,
    /// Where the page before ended.
    pub cursor: Option<String>,
}

/// What to search for.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::IntoParams))]
#[cfg_attr(feature = "openapi", into_params(parameter_in = Query))]
pub struct SearchQuery {
    /// Words, 1 to 500 characters; items with any of them are found.
    #[cfg_attr(feature = "openapi", param(min_length = 1, max_length = 500, pattern = r"\S"))]
    #[serde(default)]
    pub q: String,
    /// Only items of this agent.
    pub agent: Option<String>,
    /// Only items of this category.
    pub category: Option<String>,
    /// How many, 1 to 200; 50 if not given.
    #[cfg_attr(feature = "openapi", param(minimum = 1, maximum = 200))]
    pub limit: Option<u32>,
}

/// A page of items, the newest first.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct KnowledgePage {
    /// The items.
    pub items: Vec<KnowledgeItem>,
    /// Where the next page starts, if there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next_cursor: Option<String>,
}

/// An item that matches a search.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SearchHit {
    /// The item's id.
    pub id: String,
    /// The agent it belongs to.
    pub agent: String,
    /// Its category.
    pub category: String,
    /// Its title.
    pub title: String,
    /// Its text.
    pub content: String,
    /// The best part of the text, with matches between `[[` and `]]`.
    pub highlight: String,
    /// How well it matches (BM25, weighted by relevance).
    pub score: f64,
}

/// What a search found, the best first.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SearchResult {
    /// The matches.
    pub items: Vec<SearchHit>,
}

/// What became of an import.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ImportReport {
    /// How many items were taken.
    pub imported: u32,
    /// The entries that were not, one by one.
    pub rejected: Vec<Rejected>,
}

/// An entry that was not imported.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Rejected {
    /// Its place in the array, from 0.
    pub index: u32,
    /// What is wrong with it.
    pub error: String,
}
