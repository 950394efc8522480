//! What an edit is about: stable addresses, no positions.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::document::BlockId;

/// The program itself, or one of its functions.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Routine {
    /// The program itself.
    Main,
    /// A function.
    Function {
        /// Its name.
        name: String,
    },
}

/// A body of blocks.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BodyAddress {
    /// The outermost body of the program or of a function.
    Routine {
        /// Which one.
        routine: Routine,
    },
    /// A body inside a container.
    Container {
        /// The container.
        block: BlockId,
        /// The body's name.
        name: String,
    },
}

impl BodyAddress {
    /// The program's own body.
    pub fn main() -> Self {
        Self::Routine { routine: Routine::Main }
    }

    /// A body of a container.
    pub fn of(block: impl Into<String>, name: impl Into<String>) -> Self {
        Self::Container { block: BlockId(block.into()), name: name.into() }
    }
}

/// An ordered list in a program; its members have names.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum List {
    /// The program's functions.
    Functions,
    /// The inputs of a routine.
    Inputs {
        /// Whose.
        routine: Routine,
    },
    /// The outputs of a routine.
    Outputs {
        /// Whose.
        routine: Routine,
    },
    /// The blocks of a body.
    Blocks {
        /// Whose.
        body: BodyAddress,
    },
    /// The carried values of a loop.
    Carries {
        /// Whose.
        block: BlockId,
    },
    /// The bodies of a container.
    Bodies {
        /// Whose.
        block: BlockId,
    },
    /// What a body yields.
    Yields {
        /// Whose.
        body: BodyAddress,
    },
    /// The program's test cases.
    Tests,
}

impl List {
    /// The address of the member of that name.
    pub fn member(&self, name: impl Into<String>) -> Address {
        let name = name.into();
        match self.clone() {
            Self::Functions => Address::Function { name },
            Self::Inputs { routine } => Address::Input { routine, name },
            Self::Outputs { routine } => Address::Output { routine, name },
            Self::Blocks { .. } => Address::Block { id: BlockId(name) },
            Self::Carries { block } => Address::Carry { block, name },
            Self::Bodies { block } => Address::Body { body: BodyAddress::Container { block, name } },
            Self::Yields { body } => Address::Yield { body, name },
            Self::Tests => Address::Test { name },
        }
    }

    /// What owns the list.
    pub fn owner(&self) -> Address {
        match self.clone() {
            Self::Functions | Self::Tests => Address::Program,
            Self::Inputs { routine } | Self::Outputs { routine } => Address::of_routine(&routine),
            Self::Carries { block } | Self::Bodies { block } => Address::Block { id: block },
            Self::Blocks { body } | Self::Yields { body } => Address::Body { body },
        }
    }

    /// What its members are, for messages.
    pub fn noun(&self) -> &'static str {
        match self {
            Self::Functions => "functions",
            Self::Inputs { .. } => "inputs",
            Self::Outputs { .. } => "outputs",
            Self::Blocks { .. } => "blocks",
            Self::Carries { .. } => "carried values",
            Self::Bodies { .. } => "bodies",
            Self::Yields { .. } => "yields",
            Self::Tests => "tests",
        }
    }
}

/// A thing in a program that has properties of its own.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Address {
    /// The program.
    Program,
    /// A function.
    Function {
        /// Its name.
        name: String,
    },
    /// An input of a routine.
    Input {
        /// Whose.
        routine: Routine,
        /// Its name.
        name: String,
    },
    /// An output of a routine.
    Output {
        /// Whose.
        routine: Routine,
        /// Its name.
        name: String,
    },
    /// A block; ids are unique in a program, so its address stays when it moves.
    Block {
        /// Its id.
        id: BlockId,
    },
    /// A carried value of a loop.
    Carry {
        /// The loop.
        block: BlockId,
        /// Its name.
        name: String,
    },
    /// A body.
    Body {
        /// Which one.
        body: BodyAddress,
    },
    /// What a body yields under a name.
    Yield {
        /// The body.
        body: BodyAddress,
        /// The name.
        name: String,
    },
    /// A test case.
    Test {
        /// Its name.
        name: String,
    },
}

impl Address {
    /// A block.
    pub fn block(id: impl Into<String>) -> Self {
        Self::Block { id: BlockId(id.into()) }
    }

    /// An input of the program.
    pub fn input(name: impl Into<String>) -> Self {
        Self::Input { routine: Routine::Main, name: name.into() }
    }

    /// An output of the program.
    pub fn output(name: impl Into<String>) -> Self {
        Self::Output { routine: Routine::Main, name: name.into() }
    }

    /// The program or the function.
    pub fn of_routine(routine: &Routine) -> Self {
        match routine {
            Routine::Main => Self::Program,
            Routine::Function { name } => Self::Function { name: name.clone() },
        }
    }

    /// The name under which its list knows it; empty for the program.
    pub fn name(&self) -> &str {
        match self {
            Self::Program | Self::Body { body: BodyAddress::Routine { .. } } => "",
            Self::Function { name }
            | Self::Input { name, .. }
            | Self::Output { name, .. }
            | Self::Carry { name, .. }
            | Self::Body { body: BodyAddress::Container { name, .. } }
            | Self::Yield { name, .. }
            | Self::Test { name } => name,
            Self::Block { id } => id.as_str(),
        }
    }

    /// The list it always stands in; `None` for blocks, which move, and for what stands in no list.
    pub fn list(&self) -> Option<List> {
        Some(match self.clone() {
            Self::Program | Self::Block { .. } | Self::Body { body: BodyAddress::Routine { .. } } => return None,
            Self::Function { .. } => List::Functions,
            Self::Input { routine, .. } => List::Inputs { routine },
            Self::Output { routine, .. } => List::Outputs { routine },
            Self::Carry { block, .. } => List::Carries { block },
            Self::Body { body: BodyAddress::Container { block, .. } } => List::Bodies { block },
            Self::Yield { body, .. } => List::Yields { body },
            Self::Test { .. } => List::Tests,
        })
    }

    /// The block that it is, or is a part of.
    pub fn of_block(&self) -> Option<&BlockId> {
        match self {
            Self::Block { id } => Some(id),
            Self::Carry { block, .. } => Some(block),
            Self::Body { body } | Self::Yield { body, .. } => match body {
                BodyAddress::Container { block, .. } => Some(block),
                BodyAddress::Routine { .. } => None,
            },
            _ => None,
        }
    }
}

impl fmt::Display for Routine {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Main => formatter.write_str("the program"),
            Self::Function { name } => write!(formatter, "function {name}"),
        }
    }
}

impl fmt::Display for BodyAddress {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Routine { routine } => routine.fmt(formatter),
            Self::Container { block, name } => write!(formatter, "{block}.{name}"),
        }
    }
}

impl fmt::Display for List {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "the {} of {}", self.noun(), self.owner())
    }
}

impl fmt::Display for Address {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Program => formatter.write_str("the program"),
            Self::Function { name } => write!(formatter, "function {name}"),
            Self::Input { routine: Routine::Main, name } => write!(formatter, "input {name}"),
            Self::Input { routine, name } => write!(formatter, "input {name} of {routine}"),
            Self::Output { routine: Routine::Main, name } => write!(formatter, "output {name}"),
            Self::Output { routine, name } => write!(formatter, "output {name} of {routine}"),
            Self::Block { id } => write!(formatter, "block {id}"),
            Self::Carry { block, name } => write!(formatter, "carried value {name} of {block}"),
            Self::Body { body } => write!(formatter, "body {body}"),
            Self::Yield { body, name } => write!(formatter, "yield {name} of {body}"),
            Self::Test { name } => write!(formatter, "test \"{name}\""),
        }
    }
}
