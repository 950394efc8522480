//! Events: what happened, in order.

use serde::{Deserialize, Serialize};

use crate::{Json, Millis};

/// Something that happened. Sequence numbers rise by one and are never used twice.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Event {
    /// Its place in the order.
    pub seq: u64,
    /// When it happened.
    pub at: Millis,
    /// What kind of thing it is about.
    pub subject: Subject,
    /// The thing's id.
    pub id: String,
    /// What happened to it, for example `created`.
    pub what: String,
    /// The thing after that, where it is small enough to send along.
    #[serde(default)]
    pub body: Json,
}

/// Kinds of things that events are about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Subject {
    /// A task.
    Task,
    /// A piece of a task's answer while a model writes it; such events are not kept.
    TaskDelta,
    /// A knowledge item.
    Knowledge,
    /// A program.
    Program,
    /// A model provider.
    Provider,
    /// An agent.
    Agent,
    /// A session or token.
    Access,
    /// The stream of events itself: some that the listener wants are gone, so it has to read anew what it shows. The
    /// stream goes on behind this event's number; such events are not kept.
    Stream,
}

impl Subject {
    /// The kinds of things that pages show.
    pub const SHOWN: [Self; 6] =
        [Self::Task, Self::Knowledge, Self::Program, Self::Provider, Self::Agent, Self::Access];
}
