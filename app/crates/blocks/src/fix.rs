//! Fixes: for what the checker found, the edits that put it right.
//!
//! A fix is only offered after it was tried: applied to a copy, it makes its diagnostic go away. Of several that do,
//! the one is taken that leaves the fewest errors. Nothing is applied by itself; a fix is an offer.

mod missing;
mod names;
mod order;
mod site;

use serde::{Deserialize, Serialize};

use crate::check::{Checked, check};
use crate::diagnostic::Diagnostic;
use crate::document::Program;
use crate::edit::{self, EditOp};

/// Edits that make a diagnostic go away.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Fix {
    /// What it does, for a button: `use formula`.
    pub title: String,
    /// The edits.
    pub ops: Vec<EditOp>,
}

impl Fix {
    fn new(title: impl Into<String>, ops: impl IntoIterator<Item = EditOp>) -> Self {
        Self { title: title.into(), ops: ops.into_iter().collect() }
    }
}

/// The fix for a diagnostic of this program, if there is one.
///
/// It checks the program once for each candidate, so it is for the diagnostic that somebody looks at.
pub fn fix(program: &Program, diagnostic: &Diagnostic) -> Option<Fix> {
    let tried = candidates(program, diagnostic).into_iter().filter_map(|fix| {
        let mut fixed = program.clone();
        edit::apply_all(&mut fixed, &fix.ops).ok()?;
        let checked = check(&fixed);
        let gone = !checked.diagnostics.iter().any(|left| is_about_the_same(left, diagnostic));
        gone.then(|| (errors(&checked), fix))
    });
    // The first of the best: candidates come in the order of preference.
    tried.min_by_key(|(errors, _)| *errors).map(|(_, fix)| fix)
}

fn errors(checked: &Checked) -> usize {
    checked.errors().count()
}

fn is_about_the_same(one: &Diagnostic, other: &Diagnostic) -> bool {
    one.code == other.code && one.block == other.block && one.port == other.port
}

fn candidates(program: &Program, diagnostic: &Diagnostic) -> Vec<Fix> {
    match diagnostic.code.as_str() {
        "unknown_kind" => names::kinds(program, diagnostic),
        "unknown_port" => names::ports(program, diagnostic),
        "unknown_setting" => names::settings(program, diagnostic),
        "unknown_function" => names::functions(program, diagnostic),
        "unknown_variable" => names::variables(program, diagnostic),
        "unknown_block" => names::blocks(program, diagnostic),
        "unknown_body" => names::bodies(program, diagnostic),
        "unknown_yield" => names::yields(program, diagnostic),
        "unknown_carry" => names::carries(program, diagnostic),
        "missing_input" => missing::inputs(program, diagnostic),
        "missing_setting" => missing::settings(program, diagnostic),
        "missing_body" => missing::bodies(diagnostic),
        "missing_yield" => missing::yields(program, diagnostic),
        "type_mismatch" => missing::conversions(program, diagnostic),
        "backward_wire" => order::forward(program, diagnostic),
        "unused" => names::unused(diagnostic),
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests;
