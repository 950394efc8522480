//! Suggestions: which block may come next at a place.

use serde::{Deserialize, Serialize};

use super::outputs::Outputs;
use super::skeleton::Site;
use super::statistics::Statistics;
use super::traits::{Around, traits};
use super::trial::leaves_no_new_error;
use super::visible::{Giver, blocks_until, routine_of, visible};
use crate::catalog::{self, Kind};
use crate::check::{Checked, check};
use crate::document::{BlockId, Program};
use crate::edit::{BodyAddress, EditOp, Routine};

/// A block that may come next.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Suggestion {
    /// Its kind.
    pub kind: String,
    /// Why, in a sentence.
    pub reason: String,
    /// How likely it is among the kinds that fit: larger is likelier; above 0 and at most 1.
    pub score: f64,
    /// The edits that insert it, wire its ports, and set what it cannot be without.
    pub ops: Vec<EditOp>,
}

/// The likeliest blocks for a place in a body, best first: behind a block, or at the beginning. Only kinds are offered
/// for whose every required port something at hand fits, and which leave no new error.
pub fn suggest(
    program: &Program,
    body: &BodyAddress,
    after: Option<&BlockId>,
    statistics: &Statistics,
    most: usize,
) -> Vec<Suggestion> {
    suggest_checked(program, &check(program), body, after, statistics, most)
}

/// The same for a program that was checked already.
pub fn suggest_checked(
    program: &Program,
    checked: &Checked,
    body: &BodyAddress,
    after: Option<&BlockId>,
    statistics: &Statistics,
    most: usize,
) -> Vec<Suggestion> {
    let outputs = Outputs::of(checked);
    let givers = visible(program, &outputs, body, after);
    let traits = traits_at(program, &outputs, body, after);
    let behind = traits.iter().find(|of| of.starts_with("behind ")).cloned().unwrap_or_default();
    let site = Site { program, body, givers: &givers };
    let fitting = rank(&site, statistics.ranking(&traits));
    let offered = fitting.into_iter().filter_map(|(score, kind)| {
        let (block, wires) = site.block(kind)?;
        let ops = vec![EditOp::add_block(block, body.clone(), after.map(BlockId::as_str))];
        let reason = reason(statistics.seen(kind.name, &behind), &wires);
        leaves_no_new_error(program, checked, &ops).then(|| Suggestion {
            kind: kind.name.to_owned(),
            reason,
            score,
            ops,
        })
    });
    offered.take(most).collect()
}

/// The kinds that fit, the likeliest first, with their shares of the likelihood of all that fit.
pub(super) fn rank<'a>(site: &Site<'a>, likelihood: impl Fn(&str) -> f64) -> Vec<(f64, &'static Kind)> {
    let fitting = catalog::all().iter().filter(|kind| site.block(kind).is_some());
    let mut ranked: Vec<(f64, &Kind)> = fitting.map(|kind| (likelihood(kind.name).exp(), kind)).collect();
    let all: f64 = ranked.iter().map(|(share, _)| share).sum();
    ranked.iter_mut().for_each(|(share, _)| *share /= all);
    ranked.sort_by(|(a, one), (b, other)| b.total_cmp(a).then_with(|| one.name.cmp(other.name)));
    ranked
}

/// What can be said of a place.
pub(super) fn traits_at(
    program: &Program,
    outputs: &Outputs<'_>,
    body: &BodyAddress,
    after: Option<&BlockId>,
) -> Vec<String> {
    let container = match body {
        BodyAddress::Container { block, name } => program.block(block).map(|block| (block, name.as_str())),
        BodyAddress::Routine { .. } => None,
    };
    let in_function = matches!(routine_of(program, body), Some(Routine::Function { .. }));
    let around = Around { container, in_function };
    traits(around, blocks_until(program, body, after), outputs)
}

fn reason(seen: u64, wires: &[(&str, &Giver)]) -> String {
    let fits = wires.first().map(|(port, giver)| format!("{}.{} fits its port {port}", giver.block, giver.port));
    let often = match seen {
        0 => None,
        1 => Some("it stood at such a place once".to_owned()),
        times => Some(format!("it stood at such a place {times} times")),
    };
    match (fits, often) {
        (Some(fits), Some(often)) => format!("{fits}, and {often}"),
        (Some(reason), None) | (None, Some(reason)) => reason,
        (None, None) => "it needs nothing".to_owned(),
    }
}

#[cfg(test)]
mod tests;
