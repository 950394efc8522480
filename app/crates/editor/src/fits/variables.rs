//! The types of variables.

use blocks::{Block, BlockId, Type};

use super::trial::Trial;
use super::{DEPTH, Typing};

impl Typing<'_> {
    /// The type of the values of a variable.
    pub(super) fn of_variable(&self, id: &str, trial: &Trial, depth: usize) -> Type {
        let Some(key) = self.scene.key(&BlockId::from(id)) else { return Type::Unknown };
        let Some(block) = self.scene.block(self.program, key) else { return Type::Unknown };
        match depth {
            0 => Type::Unknown,
            _ => self.of_setting(key, block, "initial", trial, depth - 1),
        }
    }

    /// A variable whose type would change must not be in use: who sets it expects the type it has.
    pub(super) fn variable_keeps(&self, block: &Block, trial: &Trial) -> Result<(), String> {
        if block.kind != "variable" {
            return Ok(());
        }
        let id = block.id.as_str();
        let before = self.of_variable(id, &Trial::default(), DEPTH);
        let after = self.of_variable(id, trial, DEPTH);
        if after.has_unknown() {
            return Err(format!("what {id} would hold is not known from {after}"));
        }
        let used = || {
            let blocks = self.scene.order().iter().filter_map(|key| self.scene.block(self.program, *key));
            blocks.filter(|other| other.kind != "note").any(|other| other.setting("variable") == id)
        };
        if before == after || !used() { Ok(()) } else { Err(format!("{id} would hold {after} in place of {before}")) }
    }
}
