//! Edits of the program: done, undone, received.

use std::collections::HashSet;

use blocks::BlockId;
use blocks::edit::{self, EditOp};

use super::Editor;
use super::touched::touched;
use crate::changes::{Changes, Redraw};
use crate::scene::Touched;
use crate::selection::Selection;

/// Edits that a command or gesture wants to make, as one step of the history.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Proposal {
    /// What people call it.
    pub(crate) title: String,
    /// The edits.
    pub(crate) ops: Vec<EditOp>,
    /// What is said when it is done.
    pub(crate) say: String,
    /// What is selected then; `None` leaves the selection.
    pub(crate) select: Option<Selection>,
    /// Whether it continues the last step of the same title.
    pub(crate) continues: bool,
}

impl Proposal {
    /// Edits under a title, which is said, too.
    pub(crate) fn new(title: impl Into<String>, ops: Vec<EditOp>) -> Self {
        let title = title.into();
        Self { say: title.clone(), title, ops, ..Self::default() }
    }

    pub(crate) fn selecting(mut self, selection: Selection) -> Self {
        self.select = Some(selection);
        self
    }

    pub(crate) fn saying(mut self, sentence: impl Into<String>) -> Self {
        self.say = sentence.into();
        self
    }

    pub(crate) fn continuing(mut self) -> Self {
        self.continues = true;
        self
    }
}

impl Editor {
    /// Does what is proposed, or says why it cannot be.
    pub(crate) fn perform(&mut self, proposal: Result<Proposal, String>) -> Changes {
        let proposal = match proposal {
            Ok(proposal) => proposal,
            Err(why) => return Changes::refused(why),
        };
        if proposal.ops.is_empty() {
            return Changes::said(proposal.say);
        }
        let act = if proposal.continues { edit::History::continue_with } else { edit::History::act };
        if let Err(error) = act(&mut self.history, &mut self.program, &proposal.title, proposal.ops.clone()) {
            return Changes::refused(error.to_string());
        }
        let mut changes = self.applied(proposal.ops);
        if let Some(selection) = proposal.select {
            self.selection = selection;
            self.selection.keep_what_is_in(&self.scene);
            changes.redraw.selection = true;
        }
        changes.saying(proposal.say)
    }

    /// Brings everything in step after edits.
    fn applied(&mut self, ops: Vec<EditOp>) -> Changes {
        self.version += 1;
        let touched = touched(&ops);
        self.forget_types(&touched);
        self.scene.update(&self.program, &touched);
        let before = self.selection.clone();
        self.selection.keep_what_is_in(&self.scene);
        self.keep_gesture();
        let redraw = Redraw { scene: true, selection: before != self.selection, ..Redraw::default() };
        Changes { ops, redraw, ..Changes::default() }
    }

    /// What was checked of a block before it changed does not hold any more.
    fn forget_types(&mut self, touched: &Touched) {
        match touched {
            Touched::All => {}
            Touched::Blocks(ids) | Touched::Looks(ids) if ids.is_empty() => {}
            Touched::Blocks(ids) | Touched::Looks(ids) => {
                let ids: HashSet<&BlockId> = ids.iter().collect();
                self.types.retain(|(block, _), _| !ids.contains(block));
            }
        }
    }

    /// Edits of a panel.
    pub(crate) fn edit(&mut self, title: &str, ops: Vec<EditOp>, typing: bool) -> Changes {
        let proposal = Proposal { continues: typing, ..Proposal::new(title, ops) };
        self.perform(Ok(proposal))
    }

    /// Edits of somebody else: they are no step of the history here.
    pub(crate) fn remote(&mut self, ops: &[EditOp]) -> Changes {
        match edit::apply_all(&mut self.program, ops) {
            Ok(_) => {
                let mut changes = self.applied(ops.to_vec());
                // Whoever made them has saved and shared them.
                changes.ops.clear();
                changes
            }
            Err(error) => Changes::refused(format!("an edit of somebody else does not fit: {error}")),
        }
    }

    /// Takes the last step back.
    pub(crate) fn undo(&mut self) -> Changes {
        let Some(step) = self.history.done().last() else { return Changes::said("nothing to undo") };
        let (title, ops) = (step.title.clone(), step.inverses.clone());
        match self.history.undo(&mut self.program) {
            Ok(_) => self.applied(ops).saying(format!("undone: {title}")),
            Err(error) => {
                self.history.forget_last();
                Changes::refused(format!("'{title}' cannot be undone after the edits of others: {error}"))
            }
        }
    }

    /// Does the step again that was undone last.
    pub(crate) fn redo(&mut self) -> Changes {
        let Some(step) = self.history.undone().last() else { return Changes::said("nothing to redo") };
        let (title, ops) = (step.title.clone(), step.ops.clone());
        match self.history.redo(&mut self.program) {
            Ok(_) => self.applied(ops).saying(format!("done again: {title}")),
            Err(error) => {
                self.history.forget_next();
                Changes::refused(format!("'{title}' cannot be done again after the edits of others: {error}"))
            }
        }
    }
}
