//! A program within other data, as its text: bodies nest deeper than readers of JSON follow.

use std::borrow::Borrow;

use serde::{Deserialize, Deserializer, Serializer, de::Error};

use crate::document::Program;

pub(crate) fn serialize<S: Serializer>(program: &impl Borrow<Program>, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(&super::write(program.borrow()))
}

pub(crate) fn deserialize<'de, D: Deserializer<'de>, P: From<Program>>(deserializer: D) -> Result<P, D::Error> {
    let text = String::deserialize(deserializer)?;
    super::read(&text).map(P::from).map_err(|problems| {
        let reason = problems.into_iter().next().map(|problem| problem.message).unwrap_or_default();
        D::Error::custom(format!("the program cannot be read: {reason}"))
    })
}
