//! The document: what a program is made of.
//!
//! Ids are stable across edits and unique in a program. Layout is kept apart from meaning. Whatever a newer version
//! wrote and this one does not know is kept in `extra`, word for word.

use std::collections::BTreeMap;
use std::fmt;

use indexmap::IndexMap;
use serde::{Deserialize, Serialize};

use crate::types::Type;
use crate::value::{Entries, Value};

/// The newest format this version writes.
pub const FORMAT: u32 = 1;

/// The id under which a program's or function's own inputs are read: `input.n`.
pub const INPUT: &str = "input";

/// Names a block within its program.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct BlockId(pub String);

impl BlockId {
    /// The id of a program's or function's inputs.
    pub fn input() -> Self {
        Self(INPUT.to_owned())
    }

    /// The id as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<&str> for BlockId {
    fn from(id: &str) -> Self {
        Self(id.to_owned())
    }
}

impl fmt::Display for BlockId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

/// A program: inputs, a body of blocks, outputs, functions and test cases.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Program {
    /// The format version that wrote it.
    pub format: u32,
    /// What people call it.
    pub name: String,
    /// What it is for, in a sentence or more; may be empty.
    pub about: String,
    /// What it needs.
    pub inputs: Vec<Input>,
    /// What it gives.
    pub outputs: Vec<Output>,
    /// Its blocks.
    pub body: Body,
    /// The functions that its blocks may call.
    pub functions: Vec<Function>,
    /// Its test cases.
    pub tests: Vec<TestCase>,
    /// Where blocks are drawn; without meaning for a run.
    pub layout: BTreeMap<BlockId, Place>,
    /// Statements of a newer version.
    pub extra: Vec<Extra>,
}

impl Program {
    /// An empty program.
    pub fn new(name: impl Into<String>) -> Self {
        Self {
            format: FORMAT,
            name: name.into(),
            about: String::new(),
            inputs: Vec::new(),
            outputs: Vec::new(),
            body: Body::default(),
            functions: Vec::new(),
            tests: Vec::new(),
            layout: BTreeMap::new(),
            extra: Vec::new(),
        }
    }

    /// The function of that name.
    pub fn function(&self, name: &str) -> Option<&Function> {
        self.functions.iter().find(|function| function.name == name)
    }

    /// Every body of the program with nothing above it: its own, then each function's.
    pub fn roots(&self) -> impl Iterator<Item = &Body> {
        std::iter::once(&self.body).chain(self.functions.iter().map(|function| &function.body))
    }

    /// Finds a block anywhere in the program.
    pub fn block(&self, id: &BlockId) -> Option<&Block> {
        self.roots().find_map(|body| body.find(id))
    }

    /// How many blocks the program has, nested ones included.
    pub fn block_count(&self) -> usize {
        self.roots().map(Body::block_count).sum()
    }
}

/// A named, typed input of a program or function.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Input {
    /// Its name.
    pub name: String,
    /// Its type.
    pub ty: Type,
    /// The value used when none is given.
    pub default: Option<Value>,
    /// What it means; may be empty.
    pub about: String,
}

/// A named output of a program or function.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Output {
    /// Its name.
    pub name: String,
    /// Its type.
    pub ty: Type,
    /// Where its value comes from.
    pub from: Source,
    /// What it means; may be empty.
    pub about: String,
}

/// A function: called by `call` blocks, also by itself.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Function {
    /// Its name, unique among the program's functions.
    pub name: String,
    /// What it is for; may be empty.
    pub about: String,
    /// What it needs.
    pub inputs: Vec<Input>,
    /// What it gives.
    pub outputs: Vec<Output>,
    /// Its blocks.
    pub body: Body,
    /// Statements of a newer version.
    pub extra: Vec<Extra>,
}

/// An ordered list of blocks, and what the body hands to its container.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Body {
    /// The blocks, in the order of meaning.
    pub blocks: Vec<Block>,
    /// What leaves the body, by name: a loop's next carried values, the values of a branch.
    pub yields: IndexMap<String, Source>,
    /// Statements of a newer version.
    pub extra: Vec<Extra>,
}

impl Body {
    /// Finds a block here or in a body below.
    pub fn find(&self, id: &BlockId) -> Option<&Block> {
        self.blocks.iter().find_map(|block| {
            if block.id == *id { Some(block) } else { block.bodies.values().find_map(|body| body.find(id)) }
        })
    }

    /// How many blocks are here and in the bodies below.
    pub fn block_count(&self) -> usize {
        self.blocks.iter().map(|block| 1 + block.bodies.values().map(Self::block_count).sum::<usize>()).sum()
    }
}

/// One step, of a kind.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Block {
    /// Its id.
    pub id: BlockId,
    /// The catalog's name for what it does.
    pub kind: String,
    /// What people call it; empty for the kind's own title.
    pub title: String,
    /// Settings that are known before a run, such as a formula's expression.
    pub config: BTreeMap<String, Value>,
    /// Where each input port's value comes from.
    pub inputs: BTreeMap<String, Source>,
    /// Values that change around a loop: initial value in, next value from the body, last value out.
    pub carries: Vec<Carry>,
    /// The bodies of a container, by name.
    pub bodies: IndexMap<String, Body>,
    /// Statements of a newer version.
    pub extra: Vec<Extra>,
}

impl Block {
    /// A block without settings and wires.
    pub fn new(id: impl Into<String>, kind: impl Into<String>) -> Self {
        Self {
            id: BlockId(id.into()),
            kind: kind.into(),
            title: String::new(),
            config: BTreeMap::new(),
            inputs: BTreeMap::new(),
            carries: Vec::new(),
            bodies: IndexMap::new(),
            extra: Vec::new(),
        }
    }

    /// A text setting, or the empty text.
    pub fn setting(&self, name: &str) -> &str {
        self.config.get(name).and_then(Value::as_text).unwrap_or("")
    }
}

/// A carried port of a loop.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Carry {
    /// Its name.
    pub name: String,
    /// Its type.
    pub ty: Type,
    /// Its value before the first turn.
    pub from: Source,
}

/// Where a value comes from.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Source {
    /// A wire from an output port. Inside a container's body, the container's own ports are what it gives its body
    /// (the item, the carried value now); outside they are its results.
    Wire {
        /// The block that gives the value, or [`INPUT`].
        block: BlockId,
        /// Its output port.
        port: String,
    },
    /// A value written in the program.
    Literal(Value),
}

impl Source {
    /// A wire.
    pub fn wire(block: impl Into<String>, port: impl Into<String>) -> Self {
        Self::Wire { block: BlockId(block.into()), port: port.into() }
    }
}

/// A test case: inputs and what is expected of them.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TestCase {
    /// What it shows.
    pub name: String,
    /// Values for the program's inputs; defaults hold for the rest.
    pub inputs: Entries,
    /// What the world outside says, for each block in the order in which it asks.
    pub answers: Vec<Answer>,
    /// What must come out.
    pub expect: Expect,
    /// Statements of a newer version.
    pub extra: Vec<Extra>,
}

/// An answer of the world outside to a block of a test case.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Answer {
    /// The block that asks.
    pub block: BlockId,
    /// What it is told.
    pub reply: Reply,
}

/// What a block is told.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Reply {
    /// This value.
    Value(Value),
    /// That it failed, with this code.
    Error(String),
}

/// What a test case expects.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Expect {
    /// These outputs; an output that is not named may be anything.
    Outputs(Entries),
    /// A failure with this code.
    Error(String),
}

/// Where a block is drawn, in canvas units.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    /// Distance from the left edge of its body.
    pub x: i32,
    /// Distance from the top edge of its body.
    pub y: i32,
    /// Whether only its title is drawn.
    pub folded: bool,
}

/// A statement that this version does not know, with the lines below it, kept word for word.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Extra {
    /// The statement.
    pub line: String,
    /// What stands indented below it.
    pub children: Vec<Extra>,
}
