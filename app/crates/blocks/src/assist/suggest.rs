//! Suggestions: which block may come next at a place.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::statistics::{Statistics, beginning};
use super::visible::{Giver, visible};
use crate::catalog::{self, Kind};
use crate::check::{Checked, check};
use crate::document::{Block, BlockId, Program, Source};
use crate::edit::{BodyAddress, EditOp};
use crate::types::Type;

/// A block that may come next.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Suggestion {
    /// Its kind.
    pub kind: String,
    /// Why, in a sentence.
    pub reason: String,
    /// How likely it is: larger is likelier; above 0 and at most 1.
    pub score: f64,
    /// The edits that insert it and wire its ports. Settings that only a person can choose stay open.
    pub ops: Vec<EditOp>,
}

/// What is wired to which port.
type Wires<'a> = Vec<(&'a str, &'a Giver)>;

/// The likeliest blocks for a place in a body, best first: behind a block, or at the beginning. Only kinds are offered
/// for whose every required port something at hand fits.
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
    let givers = visible(program, checked, body, after);
    let before = before(program, body, after);
    let near: Vec<String> = givers.iter().take(3).map(|giver| giver.counted.clone()).collect();
    let mut ranked: Vec<(f64, &Kind, Wires<'_>)> = catalog::all()
        .iter()
        .filter_map(|kind| Some((statistics.likelihood(kind.name, &before, &near), kind, wiring(kind, &givers)?)))
        .collect();
    ranked.sort_by(|(a, one, _), (b, other, _)| b.total_cmp(a).then_with(|| one.name.cmp(other.name)));
    ranked.truncate(most);
    let suggestion = |(score, kind, wires): (f64, &Kind, Wires<'_>)| Suggestion {
        kind: kind.name.to_owned(),
        reason: reason(statistics.seen(kind.name, &before), &wires),
        score,
        ops: vec![EditOp::add_block(block(program, kind, &wires), body.clone(), after.map(BlockId::as_str))],
    };
    ranked.into_iter().map(suggestion).collect()
}

/// What stands before the place, as the statistics call it.
fn before(program: &Program, body: &BodyAddress, after: Option<&BlockId>) -> String {
    match (after.and_then(|id| program.block(id)), body) {
        (Some(block), _) => block.kind.clone(),
        (None, BodyAddress::Container { block, name }) => {
            program.block(block).map(|block| beginning(&block.kind, name)).unwrap_or_default()
        }
        (None, BodyAddress::Routine { .. }) => String::new(),
    }
}

/// The nearest value for every required port, or `None` where nothing fits one. What a type parameter is bound to by the
/// first port that names it holds for the others.
fn wiring<'a>(kind: &'a Kind, givers: &'a [Giver]) -> Option<Wires<'a>> {
    let mut bound = BTreeMap::new();
    let required = kind.inputs.iter().filter(|port| !port.optional);
    required
        .map(|port| {
            let giver = givers.iter().find(|giver| {
                let mut tried = bound.clone();
                let fits = binds(&giver.ty, &port.ty, &mut tried);
                if fits {
                    bound = tried;
                }
                fits
            });
            Some((port.name.as_str(), giver?))
        })
        .collect()
}

/// Whether a value of a type fits a port's, whose parameters are bound by it.
fn binds<'a>(ty: &'a Type, wanted: &'a Type, bound: &mut BTreeMap<&'a str, &'a Type>) -> bool {
    match (ty, wanted) {
        (_, Type::Parameter(name)) => ty.fits(bound.entry(name).or_insert(ty)),
        (Type::List(ty), Type::List(wanted))
        | (Type::Map(ty), Type::Map(wanted))
        | (Type::Optional(ty), Type::Optional(wanted)) => binds(ty, wanted, bound),
        (_, Type::Optional(wanted)) => binds(ty, wanted, bound),
        _ => ty.fits(wanted),
    }
}

fn block(program: &Program, kind: &Kind, wires: &[(&str, &Giver)]) -> Block {
    let mut block = Block::new(free_id(program, kind.name), kind.name);
    for (port, giver) in wires {
        block.inputs.insert((*port).to_owned(), Source::wire(giver.block.as_str(), giver.port.as_str()));
    }
    block
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

fn free_id(program: &Program, kind: &str) -> String {
    let mut names = std::iter::once(kind.to_owned()).chain((2..).map(|count| format!("{kind}_{count}")));
    names.find(|name| program.block(&BlockId(name.clone())).is_none()).unwrap_or_default()
}

#[cfg(test)]
mod tests;
