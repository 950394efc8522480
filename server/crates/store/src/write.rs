//! What is committed together.

use model::{Event, Json, Millis, Subject};
use serde::Serialize;
use surrealdb::types::{Object, SurrealValue, Value};

/// Statements and events that are committed together or not at all.
///
/// Statements read their parameters as `$w.name`. Every write has at least one event, so that losing it is noticed.
#[derive(Debug)]
pub struct Write {
    pub(crate) sql: String,
    pub(crate) parameters: Object,
    pub(crate) events: Vec<NewEvent>,
}

/// An event that has no number yet.
#[derive(Clone, Debug)]
pub(crate) struct NewEvent {
    pub(crate) at: Millis,
    pub(crate) subject: Subject,
    pub(crate) id: String,
    pub(crate) what: String,
    pub(crate) body: Json,
}

impl NewEvent {
    pub(crate) fn numbered(&self, seq: u64) -> Event {
        Event {
            seq,
            at: self.at,
            subject: self.subject,
            id: self.id.clone(),
            what: self.what.clone(),
            body: self.body.clone(),
        }
    }
}

impl Write {
    /// A write about one thing.
    pub(crate) fn new(at: Millis, subject: Subject, id: &str, what: &str) -> Self {
        let event = NewEvent { at, subject, id: id.to_owned(), what: what.to_owned(), body: Json::default() };
        Self { sql: String::new(), parameters: Object::new(), events: vec![event] }
    }

    /// The thing itself goes along with the event.
    #[must_use]
    pub(crate) fn with_body(mut self, body: &impl Serialize) -> Self {
        if let (Some(event), Some(json)) = (self.events.last_mut(), to_json(body)) {
            event.body = json;
        }
        self
    }

    /// Adds a statement.
    #[must_use]
    pub(crate) fn statement(mut self, sql: &str) -> Self {
        self.sql.push_str(sql);
        self.sql.push_str(";\n");
        self
    }

    /// Sets a parameter.
    #[must_use]
    pub(crate) fn set(mut self, name: &str, value: impl SurrealValue) -> Self {
        self.parameters.insert(name.to_owned(), value.into_value());
        self
    }

    /// Adds what another write does to this one.
    #[must_use]
    pub fn and(mut self, other: Self) -> Self {
        // Both read their parameters as `$w.name`, so the other's names are set apart.
        let prefix = format!("p{}_", self.events.len());
        self.sql.push_str(&other.sql.replace("$w.", &format!("$w.{prefix}")));
        for (name, value) in other.parameters {
            let value: Value = value;
            self.parameters.insert(format!("{prefix}{name}"), value);
        }
        self.events.extend(other.events);
        self
    }
}

pub(crate) fn to_json(value: &impl Serialize) -> Option<Json> {
    serde_json::to_string(value).ok().and_then(|text| Json::new(text).ok())
}
