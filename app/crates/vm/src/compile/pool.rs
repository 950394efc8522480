//! What the routines of a program share: constants, types, functions, effects and blocks.

use std::collections::HashMap;

use blocks::catalog::Effect;
use blocks::{BlockId, Type, Value};
use indexmap::IndexSet;

use super::code::{Mark, RoutineCode, Watch};
use crate::builtins::effort::{Effort, effort};
use crate::builtins::{Function, meaning};
use crate::op::{Piece, Stride};

/// What all routines share.
#[derive(Default)]
pub(super) struct Pool {
    pub(super) constants: Vec<Value>,
    /// Where scalar constants stand already.
    pub(super) known: HashMap<String, u32>,
    pub(super) plain: Vec<i64>,
    pub(super) known_plain: HashMap<i64, u32>,
    pub(super) paths: Vec<Vec<Stride>>,
    /// Where the shapes of records stand, by their keys.
    pub(super) shapes: HashMap<Vec<String>, u32>,
    pub(super) pieces: Vec<Vec<Piece>>,
    pub(super) fields: Vec<(u32, u16)>,
    pub(super) types: Vec<Type>,
    pub(super) functions: Vec<(Function, Effort)>,
    pub(super) effects: Vec<(Effect, Option<Type>)>,
    pub(super) blocks: Vec<BlockId>,
    pub(super) apart: Vec<RoutineCode>,
    pub(super) marks: IndexSet<Mark>,
    pub(super) watched: IndexSet<(BlockId, String)>,
    pub(super) watch: Watch,
}

impl Pool {
    pub(super) fn constant(&mut self, value: Value) -> u32 {
        // Values of different types may be equal (2 and 2.0), so the key says the type.
        let key = match &value {
            Value::None | Value::Bool(_) | Value::Int(_) | Value::Text(_) => format!("{}{value}", value.type_name()),
            _ => return self.push(value),
        };
        if let Some(place) = self.known.get(&key) {
            return *place;
        }
        let place = self.push(value);
        self.known.insert(key, place);
        place
    }

    pub(super) fn push(&mut self, value: Value) -> u32 {
        self.constants.push(value);
        (self.constants.len() - 1) as u32
    }

    /// A record with keys and without values; records with the same keys share it.
    pub(super) fn shape(&mut self, keys: Vec<String>) -> u32 {
        if let Some(place) = self.shapes.get(&keys) {
            return *place;
        }
        let place = self.push(Value::map(keys.iter().map(|key| (key.clone(), Value::None))));
        self.shapes.insert(keys, place);
        place
    }

    /// A field of a record; `None` once there are more than an instruction can name.
    pub(super) fn field(&mut self, shape: u32, place: u16) -> Option<u16> {
        let found = self.fields.iter().position(|have| *have == (shape, place));
        let field = u16::try_from(found.unwrap_or(self.fields.len())).ok()?;
        if found.is_none() {
            self.fields.push((shape, place));
        }
        Some(field)
    }

    pub(super) fn pieces(&mut self, pieces: Vec<Piece>) -> u32 {
        self.pieces.push(pieces);
        (self.pieces.len() - 1) as u32
    }

    pub(super) fn path(&mut self, strides: Vec<Stride>) -> u32 {
        self.paths.push(strides);
        (self.paths.len() - 1) as u32
    }

    pub(super) fn plain(&mut self, bits: i64) -> u32 {
        let Self { plain, known_plain, .. } = self;
        *known_plain.entry(bits).or_insert_with(|| {
            plain.push(bits);
            (plain.len() - 1) as u32
        })
    }

    pub(super) fn ty(&mut self, ty: &Type) -> u32 {
        self.types.push(ty.clone());
        (self.types.len() - 1) as u32
    }

    pub(super) fn effect(&mut self, effect: Effect, ty: Option<&Type>) -> u16 {
        let wanted = (effect, ty.cloned());
        let found = self.effects.iter().position(|have| *have == wanted);
        found.unwrap_or_else(|| {
            self.effects.push(wanted);
            self.effects.len() - 1
        }) as u16
    }

    pub(super) fn block(&mut self, block: &BlockId) -> u32 {
        self.blocks.push(block.clone());
        (self.blocks.len() - 1) as u32
    }

    pub(super) fn function(&mut self, name: &str) -> u32 {
        self.functions.push((meaning(name), effort(name)));
        (self.functions.len() - 1) as u32
    }
}
