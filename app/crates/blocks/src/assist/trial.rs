//! Trying edits before they are offered.

use crate::check::{Checked, check};
use crate::document::Program;
use crate::edit::{self, EditOp};

/// Whether the edits apply and leave no error that was not there before.
pub(super) fn leaves_no_new_error(program: &Program, before: &Checked, ops: &[EditOp]) -> bool {
    let mut changed = program.clone();
    edit::apply_all(&mut changed, ops).is_ok()
        && check(&changed).errors().all(|error| before.diagnostics.contains(error))
}
