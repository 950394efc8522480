//! Agents: roles with skills and a way to think.

use serde::{Deserialize, Serialize};

/// An agent.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Agent {
    /// Its name in requests, for example `data_scientist`.
    pub slug: String,
    /// Its name for people.
    pub name: String,
    /// What it does, in a sentence.
    pub about: String,
    /// What it can do.
    pub skills: Vec<String>,
    /// The recipes it answers with.
    pub recipes: Vec<AgentRecipe>,
    /// How it has done so far.
    pub stats: AgentStats,
}

/// A recipe of an agent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AgentRecipe {
    /// Its name.
    pub name: String,
    /// What it answers.
    pub title: String,
    /// Requests that it answers.
    pub examples: Vec<String>,
}

/// Measured results of an agent.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AgentStats {
    /// Tasks that it answered.
    pub succeeded: u64,
    /// Tasks that it failed.
    pub failed: u64,
    /// Answers that people called useful.
    pub useful: u64,
    /// Answers that people called not useful.
    pub not_useful: u64,
    /// What the router has learned of it: 0.5 knows nothing, 1 is always useful, 0 never.
    pub value: f64,
}
