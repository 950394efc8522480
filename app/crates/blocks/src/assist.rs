//! The assistant without a model: findings, and suggestions for the next block and the next wire.
//!
//! [`suggest`] ranks kinds for a place by the types at hand and by [`Statistics`] of other programs. [`sources`] ranks what
//! could come in at an [`Inlet`], [`readers`] and [`takers`] what could read a value. Whatever is suggested leaves no error
//! that was not there before. [`findings`] says what could be better in a sound program, each with the edits that make it
//! so.
//!
//! A finding is about a program that checks without errors and is no mistake. What always holds: applying its edits
//! leaves a program without errors, whose ports have the types they had, and which gives the same outputs and the same
//! error for the same inputs and answers, but for the limits of a run (`fuel`, `size`, `depth`). Where that cannot be
//! shown, nothing is reported. `LANGUAGE.md` says what `unguarded_effect` and `could_overlap` change where an answer fails.
//! The edits of two findings need not fit together: apply one, then ask again.

mod beside;
mod body;
mod dead;
mod fitting;
mod guards;
mod hoist;
mod inlet;
mod outputs;
mod overlap;
mod places;
mod readers;
mod repeated;
mod shadowed;
mod skeleton;
mod statistics;
mod suggest;
mod total;
mod traits;
mod trial;
mod unguarded;
mod unreachable;
mod visible;
mod wire;
mod world;

use serde::{Deserialize, Serialize};

use crate::check::{Checked, check};
use crate::document::{BlockId, Program};
use crate::edit::{self, EditOp};
use crate::plan::Plan;
use guards::Guards;
use places::Places;

pub use fitting::Fit;
pub use inlet::Inlet;
pub use statistics::Statistics;
pub use suggest::{Suggestion, suggest, suggest_checked};
pub use wire::{Wire, readers, readers_checked, sources, sources_checked, takers, takers_checked};

/// The codes of all findings; `LANGUAGE.md` says what each is about.
pub const CODES: [&str; 8] = [
    "repeated_expression",
    "loop_invariant",
    "dead_block",
    "unreachable_branch",
    "unreachable_code",
    "could_overlap",
    "unguarded_effect",
    "shadowed_name",
];

/// Something that could be better.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Finding {
    /// A stable code, for example `repeated_expression`, one of [`CODES`].
    pub code: String,
    /// The block it is about.
    pub block: BlockId,
    /// A sentence that says what was found and what to do.
    pub message: String,
    /// The edits that do it, to be applied in this order, all or none.
    pub fix: Vec<EditOp>,
}

/// What could be better, in the order of the document; nothing for a program with errors.
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
    let guards = Guards::of(plan, &places);
    [
        repeated::find(program, &places),
        hoist::find(&places),
        dead::find(program, &places),
        unreachable::branches(program, &places),
        unreachable::behind_fail(program, &places),
        unguarded::find(program, &places, &guards),
        overlap::find(&places, &guards),
        beside::find(program, plan, &places, &guards),
        shadowed::find(program, &places),
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
    after.plan.is_some()
        && after.types.iter().all(|(port, ty)| before.types.get(port).is_none_or(|before| before == ty))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_language_page_tells_of_every_finding() {
        let page = include_str!("../LANGUAGE.md");
        let (_, section) = page.split_once("## Findings").unwrap();
        let (section, _) = section.split_once("\n## ").unwrap();
        let told: Vec<&str> = section.lines().filter_map(|line| line.strip_prefix("| `")?.split('`').next()).collect();
        assert_eq!(told, CODES);
    }
}
