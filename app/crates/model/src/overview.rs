//! Measurements for the overview page.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::Millis;

/// What is going on.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Overview {
    /// Tasks by state.
    pub tasks: BTreeMap<String, u64>,
    /// Programs, knowledge items and agents.
    pub programs: u64,
    /// Knowledge items.
    pub knowledge: u64,
    /// Agents.
    pub agents: u64,
    /// Recipes.
    pub recipes: u64,
    /// Tasks ended, a point a minute, the last hour.
    pub per_minute: Vec<Point>,
    /// Median time from asked to answered in milliseconds, a point a minute; minutes without tasks are left out.
    pub latency: Vec<Point>,
    /// What does not work, and what to do.
    #[serde(default)]
    pub problems: Vec<String>,
}

/// A measured value at a time.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Point {
    /// The start of the minute.
    pub at: Millis,
    /// The value.
    pub value: f64,
}

/// Whether the server works.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Health {
    /// `ok`, or `degraded` where a subsystem is not.
    pub status: String,
    /// The version of the server.
    pub version: String,
    /// A line per subsystem.
    pub subsystems: Vec<SubsystemHealth>,
}

/// Whether a part of the server works.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SubsystemHealth {
    /// Which one.
    pub name: String,
    /// Whether it works.
    pub ok: bool,
    /// A sentence about it.
    pub detail: String,
}
