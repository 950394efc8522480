//! Compiled code.

use blocks::catalog::Effect;
use blocks::plan::Parameter;
use blocks::{BlockId, Type, Value};

use crate::builtins::Function;
use crate::builtins::effort::Effort;
use crate::machine::WINDOW;
use crate::op::{Class, Op, Piece, Stride};

/// Compiled code of a program.
#[derive(Clone)]
pub struct Code {
    pub(crate) routines: Vec<RoutineCode>,
    pub(crate) constants: Vec<Value>,
    /// Constants of the plain file.
    pub(crate) plain: Vec<i64>,
    /// Ways to what is inside values.
    pub(crate) paths: Vec<Vec<Stride>>,
    /// What texts are put together of.
    pub(crate) pieces: Vec<Vec<Piece>>,
    /// Fields of records: the constant with the record's keys, and the place among them.
    pub(crate) fields: Vec<(u32, u16)>,
    pub(crate) types: Vec<Type>,
    pub(crate) functions: Vec<(Function, Effort)>,
    /// Effects with the types of their answers.
    pub(crate) effects: Vec<(Effect, Option<Type>)>,
    pub(super) blocks: Vec<BlockId>,
    pub(super) inputs: Vec<Parameter>,
    pub(super) outputs: Vec<(String, Type)>,
    pub(super) marks: Vec<Mark>,
    pub(super) watched: Vec<(BlockId, String)>,
}

/// A place whose visits a watched run counts: a block, or one of its bodies.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Mark {
    /// The block.
    pub block: BlockId,
    /// The body, counted from 0 in the order of [`blocks::plan::Operation::bodies`]; `None` for the block itself.
    pub body: Option<usize>,
}

/// What code notes while it runs. Nothing costs nothing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Watch {
    /// Whether visits of blocks and bodies are counted.
    pub counts: bool,
    /// Whether the latest value of every port is noted.
    pub values: bool,
}

/// Compiled code of one routine. Its inputs are its first registers in each file, and its outputs, too.
#[derive(Clone, Debug, Default)]
pub(crate) struct RoutineCode {
    pub(crate) ops: Vec<Op>,
    /// For each instruction the block it belongs to, as a place in the code's blocks; `u32::MAX` for none.
    pub(crate) origins: Vec<u32>,
    /// How many registers it has in each file.
    pub(crate) plain: u32,
    pub(crate) values: u32,
    pub(crate) inputs: Vec<Class>,
    pub(crate) outputs: Vec<Class>,
    /// How many of the outputs are in the value file.
    pub(crate) value_outputs: u32,
    /// Whether its failures are those of the block that calls it.
    pub(crate) library: bool,
}

impl RoutineCode {
    /// Whether it has so few registers that its instructions need not check them.
    #[inline]
    pub(crate) fn is_narrow(&self) -> bool {
        self.plain.max(self.values) as usize <= WINDOW
    }
}

impl Code {
    /// What the program needs.
    pub fn inputs(&self) -> &[Parameter] {
        &self.inputs
    }

    /// What the program gives, with types.
    pub fn outputs(&self) -> &[(String, Type)] {
        &self.outputs
    }

    /// The places whose visits are counted, in the order of [`crate::Machine::counts`].
    pub fn marks(&self) -> &[Mark] {
        &self.marks
    }

    /// The ports whose values are noted, in the order of [`crate::Machine::seen`].
    pub fn watched(&self) -> &[(BlockId, String)] {
        &self.watched
    }

    pub(crate) fn block(&self, origin: u32) -> Option<BlockId> {
        self.blocks.get(origin as usize).cloned()
    }
}
