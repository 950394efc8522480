//! Properties: the smallest parts of a program that an edit sets and a merge decides on.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::document::{Answer, Expect, Extra, Place, Reply, Source};
use crate::literal;
use crate::text;
use crate::types::Type;
use crate::value::{Entries, Value};

/// The name of a property; every thing has at most one property of each.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Field {
    /// The format version of the program.
    Format,
    /// The name of the program.
    Name,
    /// What a program, function, input or output is for.
    About,
    /// The kind of a block.
    Kind,
    /// The title of a block.
    Title,
    /// A setting of a block.
    Setting {
        /// Its name.
        name: String,
    },
    /// What comes in at a port of a block.
    Wire {
        /// The port.
        port: String,
    },
    /// The type of an input, output or carried value.
    Type,
    /// The default of an input.
    Default,
    /// Where an output, carried value or yield comes from.
    From,
    /// What a test case gives the program.
    Given,
    /// What the world outside says in a test case.
    Answers,
    /// What a test case expects.
    Expect,
    /// Where a block is drawn.
    Place,
    /// Statements of a newer version.
    Extra,
}

/// A property with its value. `None` and empty values clear it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Property {
    /// See [`Field::Format`].
    Format(u32),
    /// See [`Field::Name`].
    Name(String),
    /// See [`Field::About`].
    About(String),
    /// See [`Field::Kind`].
    Kind(String),
    /// See [`Field::Title`].
    Title(String),
    /// See [`Field::Setting`].
    Setting {
        /// Its name.
        name: String,
        /// Its value.
        value: Option<Value>,
    },
    /// See [`Field::Wire`].
    Wire {
        /// The port.
        port: String,
        /// What comes in.
        from: Option<Source>,
    },
    /// See [`Field::Type`].
    Type(Type),
    /// See [`Field::Default`].
    Default(Option<Value>),
    /// See [`Field::From`].
    From(Source),
    /// See [`Field::Given`].
    Given(Entries),
    /// See [`Field::Answers`].
    Answers(Vec<Answer>),
    /// See [`Field::Expect`].
    Expect(Expect),
    /// See [`Field::Place`].
    Place(Option<Place>),
    /// See [`Field::Extra`].
    Extra(Vec<Extra>),
}

impl Property {
    /// Which property it is.
    pub fn field(&self) -> Field {
        match self {
            Self::Format(_) => Field::Format,
            Self::Name(_) => Field::Name,
            Self::About(_) => Field::About,
            Self::Kind(_) => Field::Kind,
            Self::Title(_) => Field::Title,
            Self::Setting { name, .. } => Field::Setting { name: name.clone() },
            Self::Wire { port, .. } => Field::Wire { port: port.clone() },
            Self::Type(_) => Field::Type,
            Self::Default(_) => Field::Default,
            Self::From(_) => Field::From,
            Self::Given(_) => Field::Given,
            Self::Answers(_) => Field::Answers,
            Self::Expect(_) => Field::Expect,
            Self::Place(_) => Field::Place,
            Self::Extra(_) => Field::Extra,
        }
    }

    /// The value as the document writes it. Two values are the same exactly if their texts are: unlike in a run,
    /// `2` and `2.0` differ here, and so does the order of a map's entries.
    pub fn text(&self) -> String {
        match self {
            Self::Format(format) => format.to_string(),
            Self::Name(text) | Self::About(text) | Self::Title(text) => quoted(text),
            Self::Kind(kind) => kind.clone(),
            Self::Setting { value, .. } | Self::Default(value) => {
                value.as_ref().map(literal::write).unwrap_or_default()
            }
            Self::Wire { from, .. } => from.as_ref().map(text::write_source).unwrap_or_default(),
            Self::Type(ty) => ty.to_string(),
            Self::From(from) => text::write_source(from),
            Self::Given(values) => entries(values),
            Self::Answers(answers) => answer_lines(answers).join("\n"),
            Self::Expect(Expect::Outputs(values)) => entries(values),
            Self::Expect(Expect::Error(code)) => format!("fails {}", quoted(code)),
            Self::Place(place) => place.as_ref().map(place_text).unwrap_or_default(),
            Self::Extra(extras) => extra_lines(extras).join("\n"),
        }
    }

    /// Whether it says nothing: a title that is empty, a port without a wire.
    pub fn is_clear(&self) -> bool {
        match self {
            Self::About(text) | Self::Title(text) => text.is_empty(),
            Self::Setting { value, .. } | Self::Default(value) => value.is_none(),
            Self::Wire { from, .. } => from.is_none(),
            Self::Place(place) => place.is_none(),
            Self::Extra(extras) => extras.is_empty(),
            Self::Given(values) => values.is_empty(),
            Self::Answers(answers) => answers.is_empty(),
            _ => false,
        }
    }

    /// Whether it is the very same, byte for byte.
    pub fn is_same(&self, other: &Self) -> bool {
        self.field() == other.field() && self.text() == other.text()
    }
}

impl Field {
    /// The property of this name that says nothing; `None` for those that always have a value.
    pub fn cleared(&self) -> Option<Property> {
        Some(match self {
            Self::About => Property::About(String::new()),
            Self::Title => Property::Title(String::new()),
            Self::Setting { name } => Property::Setting { name: name.clone(), value: None },
            Self::Wire { port } => Property::Wire { port: port.clone(), from: None },
            Self::Default => Property::Default(None),
            Self::Given => Property::Given(Entries::default()),
            Self::Answers => Property::Answers(Vec::new()),
            Self::Place => Property::Place(None),
            Self::Extra => Property::Extra(Vec::new()),
            _ => return None,
        })
    }

    /// Whether it changes where a value comes from.
    pub fn is_wiring(&self) -> bool {
        matches!(self, Self::Wire { .. } | Self::From)
    }
}

impl fmt::Display for Field {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Format => "format",
            Self::Name => "name",
            Self::About => "about",
            Self::Kind => "kind",
            Self::Title => "title",
            Self::Setting { name } => name,
            Self::Wire { port } => port,
            Self::Type => "type",
            Self::Default => "default",
            Self::From => "from",
            Self::Given => "inputs",
            Self::Answers => "answers",
            Self::Expect => "expectation",
            Self::Place => "place",
            Self::Extra => "statements of a newer version",
        })
    }
}

fn quoted(text: &str) -> String {
    let mut out = String::new();
    literal::write_text(text, &mut out);
    out
}

/// The answers of a test case as the document writes them, but for block text.
fn answer_lines(answers: &[Answer]) -> Vec<String> {
    let line = |Answer { block, reply }: &Answer| match reply {
        Reply::Value(value) => format!("{block} = {value}"),
        Reply::Error(code) => format!("{block} fails {}", quoted(code)),
    };
    answers.iter().map(line).collect()
}

fn entries(values: &Entries) -> String {
    let entries: Vec<String> = values.iter().map(|(name, value)| format!("{name} = {value}")).collect();
    entries.join(", ")
}

fn place_text(place: &Place) -> String {
    format!("{} {}{}", place.x, place.y, if place.folded { " folded" } else { "" })
}

fn extra_lines(extras: &[Extra]) -> Vec<String> {
    let mut lines = Vec::new();
    for extra in extras {
        lines.push(extra.line.clone());
        lines.extend(extra_lines(&extra.children).into_iter().map(|line| format!("  {line}")));
    }
    lines
}
