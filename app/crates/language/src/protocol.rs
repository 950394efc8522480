//! What is asked and answered.

use blocks::BlockId;
use blocks::assist::{Fit, Inlet};
use blocks::edit::BodyAddress;
use serde::{Deserialize, Serialize};

/// A request with a number that its replies carry.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Call {
    /// The number.
    pub id: u64,
    /// What is asked.
    pub request: Request,
}

/// What the worker tells.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Message {
    /// It listens from now on.
    Ready,
    /// An answer to the call of that number.
    Reply {
        /// The number.
        id: u64,
        /// The answer. [`Reply::Printed`] is followed by others, every other one is the last.
        reply: Reply,
    },
}

/// What can be asked.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Request {
    /// Everything that a page shows of a program.
    Open {
        /// The program's text.
        text: String,
    },
    /// What is wrong with a text.
    Check {
        /// The text.
        text: String,
    },
    /// The JSON of inputs as they were written.
    Inputs {
        /// The inputs.
        inputs: Vec<Written>,
    },
    /// What a run gives.
    Run {
        /// The program's text.
        text: String,
        /// The inputs.
        inputs: Vec<Written>,
    },
    /// What could be better, and what may come next.
    Assist(Question),
}

/// What the assistant can be asked.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Question {
    /// What could be better in a program.
    Findings {
        /// The program's text.
        text: String,
    },
    /// Which block may come next at a place.
    Suggest {
        /// The program's text.
        text: String,
        /// The body.
        body: BodyAddress,
        /// The block behind which it would stand; first without one.
        after: Option<BlockId>,
        /// How many are wanted.
        most: usize,
    },
    /// What could come in at a place.
    Sources {
        /// The program's text.
        text: String,
        /// The place.
        to: Inlet,
        /// How many are wanted.
        most: usize,
    },
    /// Which inputs could read a value.
    Readers {
        /// The program's text.
        text: String,
        /// The block that gives it.
        block: BlockId,
        /// Its port.
        port: String,
        /// How many are wanted.
        most: usize,
    },
    /// Of which kinds a new block could read a value.
    Takers {
        /// The program's text.
        text: String,
        /// The block that gives it.
        block: BlockId,
        /// Its port.
        port: String,
        /// The body in which the new block would stand.
        body: BodyAddress,
        /// The block behind which it would stand; first without one.
        after: Option<BlockId>,
        /// How many are wanted.
        most: usize,
    },
    /// The text of a program after edits that were offered for it.
    Apply {
        /// The program's text.
        text: String,
        /// The edits, as they were offered.
        ops: String,
    },
    /// Counts a program of the workspace into the statistics by which suggestions are ranked.
    Learn {
        /// Its text.
        text: String,
    },
    /// Counts a program out that was counted in, with the text that it had then.
    Forget {
        /// Its text.
        text: String,
    },
}

/// What is answered.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Reply {
    /// To `Open`, if the text is a program.
    Opened(Box<Opened>),
    /// To `Check`, and to what takes a program's text if it is none. To `Apply` also if the edits do not fit.
    Checked(Vec<Finding>),
    /// To `Inputs`: a JSON object.
    Inputs(String),
    /// To `Run`: a line that was printed.
    Printed(String),
    /// To `Run`: its end.
    Ran(Ran),
    /// To `Findings`, in the order of the document.
    Found(Vec<Better>),
    /// To `Suggest` and `Takers`, the likeliest first.
    Blocks(Vec<NextBlock>),
    /// To `Sources` and `Readers`, the likeliest first.
    Wires(Vec<NextWire>),
    /// To `Apply`: the text.
    Applied(String),
    /// To `Learn` and `Forget`.
    Counted,
}

/// Something that could be better in a program.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Better {
    /// What it is; the language's page lists the codes.
    pub code: String,
    /// The block.
    pub block: String,
    /// What was found and what to do.
    pub message: String,
    /// The edits that do it, for `Apply`: JSON of `blocks::edit::EditOp`s.
    pub ops: String,
}

/// A block that may come next.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct NextBlock {
    /// Its kind.
    pub kind: String,
    /// Why.
    pub reason: String,
    /// How likely it is: larger is likelier.
    pub score: f64,
    /// The edits that insert it, for `Apply`.
    pub ops: String,
}

/// A wire that may come next.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct NextWire {
    /// The block that gives the value.
    pub block: BlockId,
    /// Its port.
    pub port: String,
    /// What reads it.
    pub to: Inlet,
    /// How well it fits.
    pub fit: Fit,
    /// Whether something else comes in there now.
    pub replaces: bool,
    /// Why.
    pub reason: String,
    /// How likely it is: larger is likelier.
    pub score: f64,
    /// The edits that draw it, for `Apply`.
    pub ops: String,
}

/// A program, as a page shows it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Opened {
    /// What it is for.
    pub about: String,
    /// What is wrong with it.
    pub findings: Vec<Finding>,
    /// Its inputs, blocks, outputs and functions as a tree.
    pub outline: Vec<Item>,
    /// What a person fills in to run it; `None` if it cannot run.
    pub inputs: Option<Vec<Field>>,
    /// Its code in every language; empty if it cannot run.
    pub files: Vec<File>,
}

/// What the checker says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    /// The line of the text, from 1, where that is known.
    pub line: Option<usize>,
    /// The block.
    pub block: Option<String>,
    /// Whether the program can run all the same.
    pub is_warning: bool,
    /// What is wrong.
    pub message: String,
}

/// An entry of the outline.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Item {
    /// A line about an input or output.
    Port(String),
    /// What a body gives to the outside, `name ← source`.
    Yield(String),
    /// A function.
    Function {
        /// Its name.
        name: String,
        /// Its blocks.
        items: Vec<Item>,
    },
    /// A block.
    Block {
        /// Its id.
        id: String,
        /// Its title, or its kind's.
        title: String,
        /// The formula, template or function that it is about, or nothing.
        setting: String,
        /// Where its inputs come from.
        wires: Vec<String>,
        /// Its bodies, by name.
        bodies: Vec<(String, Vec<Item>)>,
    },
}

/// An input to fill in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Field {
    /// Its name.
    pub name: String,
    /// Its type, as it is written.
    pub ty: String,
    /// What it stands for.
    pub about: String,
    /// The value that it has if nobody changes it, as it is written; empty if there is none.
    pub default: String,
}

/// An input as a person wrote it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Written {
    /// Its name.
    pub name: String,
    /// Its type, as [`Field::ty`] says it.
    pub ty: String,
    /// What was written: a literal, or the text itself where a text is wanted.
    pub text: String,
}

/// A file of a program's code.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct File {
    /// Its name.
    pub path: String,
    /// Its content.
    pub content: String,
    /// Its language, as in requests.
    pub language: String,
}

/// The end of a run.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Ran {
    /// The outputs, as a JSON object.
    Done(String),
    /// The error.
    Failed {
        /// Its code.
        code: String,
        /// The block that failed.
        block: Option<String>,
        /// What went wrong.
        message: String,
    },
}
