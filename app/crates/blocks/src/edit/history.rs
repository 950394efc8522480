//! Undo and redo.

use serde::{Deserialize, Serialize};

use super::apply::apply_all;
use super::error::EditError;
use super::operation::{EDIT_FORMAT, EditOp};
use crate::document::Program;

/// What was done to a program, to undo and redo without limit.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct History {
    /// The version of this form.
    pub format: u32,
    done: Vec<Step>,
    undone: Vec<Step>,
}

/// One action of a person: edits that are undone together.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Step {
    /// What people call it, for example `move 3 blocks`.
    pub title: String,
    /// The edits.
    pub ops: Vec<EditOp>,
    /// What undoes them, in this order.
    pub inverses: Vec<EditOp>,
}

impl Default for History {
    fn default() -> Self {
        Self { format: EDIT_FORMAT, done: Vec::new(), undone: Vec::new() }
    }
}

impl History {
    /// Applies edits as one step and remembers it. What was undone before can no longer be redone.
    ///
    /// # Errors
    /// Why one of them does not fit; program and history are unchanged then.
    pub fn act(&mut self, program: &mut Program, title: &str, ops: Vec<EditOp>) -> Result<(), EditError> {
        let inverses = apply_all(program, &ops)?;
        self.undone.clear();
        self.done.push(Step { title: title.to_owned(), ops, inverses });
        Ok(())
    }

    /// The same, but as a part of the last step if that has the same title: typing is undone by the word, not by the
    /// letter.
    ///
    /// # Errors
    /// As [`History::act`].
    pub fn continue_with(&mut self, program: &mut Program, title: &str, ops: Vec<EditOp>) -> Result<(), EditError> {
        let last = self.done.last_mut().filter(|step| step.title == title && self.undone.is_empty());
        let Some(step) = last else { return self.act(program, title, ops) };
        let inverses = apply_all(program, &ops)?;
        step.ops.extend(ops);
        step.inverses.splice(0..0, inverses);
        Ok(())
    }

    /// Takes the last step back. `false` if there is none.
    ///
    /// # Errors
    /// If the program was changed behind the history's back so that the step no longer fits; nothing changes then.
    pub fn undo(&mut self, program: &mut Program) -> Result<bool, EditError> {
        let Some(step) = self.done.last() else { return Ok(false) };
        apply_all(program, &step.inverses)?;
        self.undone.extend(self.done.pop());
        Ok(true)
    }

    /// Does the step again that was undone last. `false` if there is none.
    ///
    /// # Errors
    /// As [`History::undo`].
    pub fn redo(&mut self, program: &mut Program) -> Result<bool, EditError> {
        let Some(step) = self.undone.last_mut() else { return Ok(false) };
        step.inverses = apply_all(program, &step.ops)?;
        self.done.extend(self.undone.pop());
        Ok(true)
    }

    /// Drops the last step, so that those before it can be undone although it no longer fits.
    pub fn forget_last(&mut self) {
        self.done.pop();
    }

    /// Drops the step that would be done again next.
    pub fn forget_next(&mut self) {
        self.undone.pop();
    }

    /// The steps that can be undone, the oldest first.
    pub fn done(&self) -> &[Step] {
        &self.done
    }

    /// The steps that can be redone, the next one last.
    pub fn undone(&self) -> &[Step] {
        &self.undone
    }
}
