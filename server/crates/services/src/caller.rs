//! Who asks.

use model::Person;

/// Someone who has shown who they are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Caller {
    person: Person,
}

impl Caller {
    /// The owner, signed in in this way.
    pub fn owner(via: impl Into<String>) -> Self {
        Self { person: Person { role: "owner".to_owned(), via: via.into() } }
    }

    /// Who it is.
    pub fn person(&self) -> &Person {
        &self.person
    }

    /// Somebody with a link, who may read what the link is about.
    pub(crate) fn reader() -> Self {
        Self { person: Person { role: "reader".to_owned(), via: "link".to_owned() } }
    }
}
