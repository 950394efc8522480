//! Edits as data.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::address::{Address, BodyAddress, List};
use super::property::Property;
use crate::document::{Block, BlockId, Body, Carry, Function, Input, Output, Place, Program, Source, TestCase};
use crate::value::Value;

/// The version of the form in which edits are stored and sent.
pub const EDIT_FORMAT: u32 = 1;

/// One edit of a program.
///
/// Everything is addressed by its name and a place by its neighbor, so that an edit still means the same after
/// somebody else's.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(
    not(target_arch = "wasm32"),
    expect(clippy::large_enum_variant, reason = "edits are few, and most of them add something")
)]
pub enum EditOp {
    /// Puts a new thing, with all that is inside it, into a list.
    Add {
        /// The list.
        to: List,
        /// The member it follows; first without one.
        after: Option<String>,
        /// The thing.
        item: Item,
        /// Where its blocks are drawn.
        #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
        places: BTreeMap<BlockId, Place>,
    },
    /// Removes a thing with all that is inside it, and the places of its blocks. Wires that read it stay, and the
    /// checker reports them.
    Remove {
        /// The thing.
        at: Address,
    },
    /// Moves a block within its body or into another one.
    Move {
        /// The block.
        block: BlockId,
        /// The body it goes into.
        to: BodyAddress,
        /// The block it follows; first without one.
        after: Option<BlockId>,
    },
    /// Moves anything but a block within its list.
    Reorder {
        /// The thing.
        at: Address,
        /// The member it follows; first without one.
        after: Option<String>,
    },
    /// Gives a thing another name, and everything that refers to it.
    Rename {
        /// The thing.
        at: Address,
        /// Its new name.
        to: String,
    },
    /// Sets or clears a property.
    Set {
        /// Whose.
        at: Address,
        /// The property and its new value.
        property: Property,
    },
    /// Several edits, all or none.
    Group {
        /// In this order.
        ops: Vec<EditOp>,
    },
    /// Puts another program in the place of the whole.
    Replace {
        /// The other program.
        #[serde(with = "crate::text::as_text")]
        program: Box<Program>,
    },
}

/// A thing that stands in a list.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Item {
    /// A function with its blocks.
    Function {
        /// The function.
        function: Box<Function>,
    },
    /// An input.
    Input {
        /// The input.
        input: Input,
    },
    /// An output.
    Output {
        /// The output.
        output: Output,
    },
    /// A block with the blocks inside it.
    Block {
        /// The block.
        block: Box<Block>,
    },
    /// A carried value.
    Carry {
        /// The carried value.
        carry: Carry,
    },
    /// A body with its blocks.
    Body {
        /// Its name.
        name: String,
        /// The body.
        body: Body,
    },
    /// What a body yields.
    Yield {
        /// The name.
        name: String,
        /// Where it comes from.
        from: Source,
    },
    /// A test case.
    Test {
        /// The test case.
        test: TestCase,
    },
}

impl Item {
    /// Its name in its list.
    pub fn name(&self) -> &str {
        match self {
            Self::Function { function } => &function.name,
            Self::Input { input } => &input.name,
            Self::Output { output } => &output.name,
            Self::Block { block } => block.id.as_str(),
            Self::Carry { carry } => &carry.name,
            Self::Body { name, .. } | Self::Yield { name, .. } => name,
            Self::Test { test } => &test.name,
        }
    }

    /// The blocks in it, from outside to inside.
    pub fn blocks(&self) -> Vec<&Block> {
        let mut blocks = Vec::new();
        match self {
            Self::Block { block } => collect_block(block, &mut blocks),
            Self::Body { body, .. } => collect(body, &mut blocks),
            Self::Function { function } => collect(&function.body, &mut blocks),
            _ => {}
        }
        blocks
    }
}

pub(super) fn collect<'a>(body: &'a Body, blocks: &mut Vec<&'a Block>) {
    for block in &body.blocks {
        collect_block(block, blocks);
    }
}

fn collect_block<'a>(block: &'a Block, blocks: &mut Vec<&'a Block>) {
    blocks.push(block);
    for body in block.bodies.values() {
        collect(body, blocks);
    }
}

/// The edits that a builder makes most.
impl EditOp {
    /// Adds a block to a body.
    pub fn add_block(block: Block, to: BodyAddress, after: Option<&str>) -> Self {
        let item = Item::Block { block: Box::new(block) };
        Self::Add { to: List::Blocks { body: to }, after: after.map(str::to_owned), item, places: BTreeMap::new() }
    }

    /// Adds anything else to a list.
    pub fn add(to: List, after: Option<&str>, item: Item) -> Self {
        Self::Add { to, after: after.map(str::to_owned), item, places: BTreeMap::new() }
    }

    /// Removes a block.
    pub fn remove_block(id: impl Into<String>) -> Self {
        Self::Remove { at: Address::block(id) }
    }

    /// Moves a block.
    pub fn move_block(id: impl Into<String>, to: BodyAddress, after: Option<&str>) -> Self {
        Self::Move { block: BlockId(id.into()), to, after: after.map(BlockId::from) }
    }

    /// Gives a block another title.
    pub fn set_title(id: impl Into<String>, title: impl Into<String>) -> Self {
        Self::Set { at: Address::block(id), property: Property::Title(title.into()) }
    }

    /// Sets a setting of a block, or clears it.
    pub fn set_setting(id: impl Into<String>, name: impl Into<String>, value: Option<Value>) -> Self {
        Self::Set { at: Address::block(id), property: Property::Setting { name: name.into(), value } }
    }

    /// Connects an input port of a block, or disconnects it.
    pub fn connect(id: impl Into<String>, port: impl Into<String>, from: Option<Source>) -> Self {
        Self::Set { at: Address::block(id), property: Property::Wire { port: port.into(), from } }
    }

    /// Draws a block elsewhere.
    pub fn set_place(id: impl Into<String>, place: Option<Place>) -> Self {
        Self::Set { at: Address::block(id), property: Property::Place(place) }
    }
}
