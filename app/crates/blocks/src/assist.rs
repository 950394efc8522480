//! The assistant without a model: findings, and suggestions for the next block.
//!
//! [`suggest`] ranks kinds for a place by the types at hand and by [`Statistics`] of other programs. [`findings`] says
//! what could be simpler in a sound program, each with the edits that make it so.
//!
//! A finding is about a program that checks without errors and is no mistake. What always holds: applying its edits
//! leaves a program without errors, whose ports have the types they had, and which gives the same outputs and the same
//! error for the same inputs and answers, but for the limits of a run (`fuel`, `size`, `depth`). Where that cannot be
//! shown, nothing is reported. The edits of two findings need not fit together: apply one, then ask again.

mod body;
mod dead;
mod hoist;
mod places;
mod readers;
mod repeated;
mod statistics;
mod suggest;
mod total;
mod unreachable;
mod visible;

use serde::{Deserialize, Serialize};

use crate::check::{Checked, check};
use crate::document::{BlockId, Program};
use crate::edit::{self, EditOp};
use crate::plan::Plan;
use places::Places;

pub use statistics::Statistics;
pub use suggest::{Suggestion, suggest, suggest_checked};

/// Something that could be simpler.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Finding {
    /// A stable code, for example `repeated_expression`; `LANGUAGE.md` lists them.
    pub code: String,
    /// The block it is about.
    pub block: BlockId,
    /// A sentence that says what was found and what to do.
    pub message: String,
    /// The edits that do it, to be applied in this order, all or none.
    pub fix: Vec<EditOp>,
}

/// What could be simpler, in the order of the document; nothing for a program with errors.
///
/// It checks the program once for each finding, so it is for a program that somebody looks at.
pub fn findings(program: &Program) -> Vec<Finding> {
    let checked = check(program);
    let Some(plan) = &checked.plan else { return Vec::new() };
    let mut found = candidates(program, plan);
    found.retain(|(_, finding)| stays_sound(program, &checked, finding));
    found.sort_by_key(|(place, _)| *place);
    found.into_iter().map(|(_, finding)| finding).collect()
}

/// Findings with the place of their block.
fn candidates(program: &Program, plan: &Plan) -> Vec<(usize, Finding)> {
    let places = Places::of(plan);
    [
        repeated::find(program, &places),
        hoist::find(&places),
        dead::find(program, &places),
        unreachable::branches(program, &places),
        unreachable::behind_fail(program, &places),
    ]
    .concat()
}

/// Whether the edits apply, and leave no error and no other type at a port that stays.
fn stays_sound(program: &Program, before: &Checked, finding: &Finding) -> bool {
    let mut fixed = program.clone();
    if edit::apply_all(&mut fixed, &finding.fix).is_err() {
        return false;
    }
    let after = check(&fixed);
    after.plan.is_some() && after.types.iter().all(|(port, ty)| before.types.get(port) == Some(ty))
}
