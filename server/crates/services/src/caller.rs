//! Who asks.

use model::{Event, Person, Subject};

/// Someone who has shown who they are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Caller {
    person: Person,
    /// The id of the session or token that they showed.
    access: Option<String>,
}

impl Caller {
    /// The owner, signed in in this way.
    pub fn owner(via: impl Into<String>) -> Self {
        Self { person: Person { role: "owner".to_owned(), via: via.into() }, access: None }
    }

    /// The same, who has shown the session or token of this id.
    #[must_use]
    pub(crate) fn with_access(self, id: String) -> Self {
        Self { access: Some(id), ..self }
    }

    /// Whether an event says that what they showed is good for nothing any more.
    pub fn is_ended_by(&self, event: &Event) -> bool {
        event.subject == Subject::Access && event.what == "ended" && self.access.as_ref() == Some(&event.id)
    }

    /// Who it is.
    pub fn person(&self) -> &Person {
        &self.person
    }

    /// Somebody with a link, who may read what the link is about.
    pub(crate) fn reader() -> Self {
        Self { person: Person { role: "reader".to_owned(), via: "link".to_owned() }, access: None }
    }
}
