//! Checking a program again after an edit, in a time that depends on the edit and not on the program.
//!
//! A [`Rechecker`] keeps a copy of the program's blocks, and of each what the checker found: its diagnostics, the types
//! of its ports, its step of the plan, which blocks it uses. Shown the program again, it looks up what has changed
//! ([`compare`]), marks as stale what depends on that ([`readers`]), and runs the checker's rules on stale blocks alone,
//! in the order of the document ([`run`]): where the type of a port comes out as before, what reads it is not touched.
//!
//! What always holds: the result is that of [`check`](super::check), in every field; the rules are the same code. What a
//! block's result depends on is the block itself with the yields of its bodies, the ports and variables whose ids it
//! names, what its container gives its body, the signatures of the functions that it calls, the routines of the library
//! that were called before it, and, where it names a block that is not there, all the ids that it might have meant.
//!
//! Programs that no edit makes (an id or a function's name twice, a block called `input`, bodies nested too deep) are
//! checked as a whole each time.

mod compare;
mod kept;
mod list;
mod outcome;
mod readers;
mod results;
mod routines;
mod run;
mod same;
mod touched;

pub(super) use kept::{Home, Kept, KeptBlock};

use super::Checked;
use crate::document::Program;
use crate::edit::EditOp;

/// Checks one program again and again as it is edited.
#[derive(Default)]
pub struct Rechecker {
    kept: Option<Kept>,
    checked: Checked,
}

impl Rechecker {
    /// Checks a program; the more it has in common with the one before, the faster. What [`check`](super::check) gives.
    ///
    /// It finds out by itself what has changed, so the program may have been edited, merged, undone or read anew. That
    /// takes one comparison of every block.
    pub fn check(&mut self, program: &Program) -> &Checked {
        self.follow(program, None)
    }

    /// The same, told which edits made the program out of the one that was checked last, inverses included where
    /// something was undone. Only what they touch is compared.
    ///
    /// Edits that do not tell the whole difference give a result that is wrong until [`Rechecker::check`] is called.
    pub fn check_after(&mut self, program: &Program, edits: &[EditOp]) -> &Checked {
        self.follow(program, Some(edits))
    }

    /// What was found last.
    pub fn checked(&self) -> &Checked {
        &self.checked
    }

    fn follow(&mut self, program: &Program, edits: Option<&[EditOp]>) -> &Checked {
        let types = std::mem::take(&mut self.checked.types);
        let (mut kept, edits) = match self.kept.take() {
            Some(kept) => (Kept { types, ..kept }, edits),
            None => (Kept::default(), None),
        };
        let touched = edits.and_then(|edits| kept.touched(edits));
        match kept.follow(program, touched.as_deref()) {
            Ok(()) => {
                let mut kept = run::run(program, kept);
                kept.follow_statements(program, edits);
                kept.tell(program, &mut self.checked);
                self.kept = Some(kept);
            }
            Err(kept::Odd) => self.checked = super::check(program),
        }
        &self.checked
    }
}
