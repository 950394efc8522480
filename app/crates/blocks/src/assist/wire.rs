//! Suggestions: which wire may come next.
//!
//! From an input, [`sources`] ranks the values in scope. From an output, [`readers`] ranks the inputs in scope, and
//! [`takers`] the kinds of which a new block would read it. Whatever is offered leaves no error that was not there before.

use serde::{Deserialize, Serialize};

use super::fitting::{Fit, fit_any};
use super::inlet::{Inlet, each_inlet, ports_of, reader_name, types_of};
use super::outputs::Outputs;
use super::skeleton::Site;
use super::statistics::Statistics;
use super::suggest::{Suggestion, rank, traits_at};
use super::trial::leaves_no_new_error;
use super::visible::{Giver, visible};
use crate::check::{Checked, check};
use crate::document::{BlockId, Body, INPUT, Program, Source};
use crate::edit::{BodyAddress, EditOp};

/// A wire that may come next.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Wire {
    /// The block that gives the value, or [`INPUT`].
    pub block: BlockId,
    /// Its port.
    pub port: String,
    /// What reads it.
    pub to: Inlet,
    /// How the value fits there.
    pub fit: Fit,
    /// Whether something else comes in there now.
    pub replaces: bool,
    /// Why, in a sentence.
    pub reason: String,
    /// How likely it is, above 0: larger is likelier, among suggestions of one question.
    pub score: f64,
    /// The edits that draw it.
    pub ops: Vec<EditOp>,
}

/// What could come in at a place, the likeliest first; what comes in there already is left out.
pub fn sources(program: &Program, to: &Inlet, statistics: &Statistics, most: usize) -> Vec<Wire> {
    sources_checked(program, &check(program), to, statistics, most)
}

/// The same for a program that was checked already.
pub fn sources_checked(
    program: &Program,
    checked: &Checked,
    to: &Inlet,
    statistics: &Statistics,
    most: usize,
) -> Vec<Wire> {
    let ranking = Ranking { program, outputs: &Outputs::of(checked), statistics };
    let now = to.source(program);
    let mut wires = ranking.sources(to);
    wires.retain(|wire| now != Some(&Source::wire(wire.block.as_str(), &wire.port)));
    best(program, checked, wires, most)
}

/// What could read a port, the likeliest first: inputs behind it in its body and in bodies there, and what leaves them.
/// What reads it already is left out.
pub fn readers(program: &Program, block: &BlockId, port: &str, statistics: &Statistics, most: usize) -> Vec<Wire> {
    readers_checked(program, &check(program), block, port, statistics, most)
}

/// The same for a program that was checked already.
pub fn readers_checked(
    program: &Program,
    checked: &Checked,
    block: &BlockId,
    port: &str,
    statistics: &Statistics,
    most: usize,
) -> Vec<Wire> {
    let ranking = Ranking { program, outputs: &Outputs::of(checked), statistics };
    let own = Source::wire(block.as_str(), port);
    let inlets = inlets(program).into_iter().filter(|inlet| inlet.source(program) != Some(&own));
    let mut wires: Vec<Wire> = inlets
        .flat_map(|inlet| ranking.sources(&inlet))
        .filter(|wire| wire.block == *block && wire.port == port)
        .collect();
    // What is open comes before what would be replaced.
    wires.iter_mut().filter(|wire| wire.replaces).for_each(|wire| wire.score *= REPLACED);
    best(program, checked, wires, most)
}

/// The kinds of which a new block behind `after` would read a port, the likeliest first.
pub fn takers(
    program: &Program,
    (block, port): (&BlockId, &str),
    body: &BodyAddress,
    after: Option<&BlockId>,
    statistics: &Statistics,
    most: usize,
) -> Vec<Suggestion> {
    takers_checked(program, &check(program), (block, port), body, after, statistics, most)
}

/// The same for a program that was checked already.
pub fn takers_checked(
    program: &Program,
    checked: &Checked,
    (block, port): (&BlockId, &str),
    body: &BodyAddress,
    after: Option<&BlockId>,
    statistics: &Statistics,
    most: usize,
) -> Vec<Suggestion> {
    let outputs = Outputs::of(checked);
    let mut givers = visible(program, &outputs, body, after);
    let Some(place) = givers.iter().position(|giver| giver.block == *block && giver.port == port) else {
        return Vec::new();
    };
    // It is the first that every port is offered.
    givers[..=place].rotate_right(1);
    let giver = givers[0].clone();
    let traits = traits_at(program, &outputs, body, after);
    let likelihood = statistics.ranking(&traits);
    let site = Site { program, body, givers: &givers };
    let ranked = rank(&site, |kind| 0.5 * likelihood(kind) + statistics.reads_of_kind(&giver.counted, kind).ln());
    let offered = ranked.into_iter().filter_map(|(score, kind)| {
        let (mut new, wires) = site.block(kind)?;
        let read = match wires.iter().find(|(_, wired)| wired.source() == giver.source()) {
            Some((read, _)) => (*read).to_owned(),
            None => {
                let free = kind
                    .inputs
                    .iter()
                    .find(|input| input.optional && fit_any(&giver.ty, &types_of(kind, &input.name)).is_some())?;
                new.inputs.insert(free.name.clone(), giver.source());
                free.name.clone()
            }
        };
        let ops = vec![EditOp::add_block(new, body.clone(), after.map(BlockId::as_str))];
        let reason = format!("its port {read} takes {block}.{port}");
        let fits = leaves_no_new_error(program, checked, &ops);
        fits.then(|| Suggestion { kind: kind.name.to_owned(), reason, score, ops })
    });
    offered.take(most).collect()
}

/// How much less likely it is that a wire is replaced than that one is drawn.
const REPLACED: f64 = 0.01;

/// The first so many that leave no new error, the likeliest first.
fn best(program: &Program, checked: &Checked, mut wires: Vec<Wire>, most: usize) -> Vec<Wire> {
    wires.sort_by(|a, b| b.score.total_cmp(&a.score));
    wires.into_iter().filter(|wire| leaves_no_new_error(program, checked, &wire.ops)).take(most).collect()
}

/// Every place of a program that takes a value, those where nothing comes in yet included.
fn inlets(program: &Program) -> Vec<Inlet> {
    let mut found = Vec::new();
    each_inlet(program, &mut |inlet, _| found.push(inlet));
    let mut open = Vec::new();
    program.roots().for_each(|body| open_ports(program, body, &mut open));
    open.retain(|inlet| !found.contains(inlet));
    found.extend(open);
    found
}

fn open_ports(program: &Program, body: &Body, found: &mut Vec<Inlet>) {
    for block in &body.blocks {
        let ports = ports_of(program, &block.id).into_iter();
        found.extend(ports.map(|port| Inlet::Port { block: block.id.clone(), port }));
        block.bodies.values().for_each(|inner| open_ports(program, inner, found));
    }
}

/// What wires are ranked by.
struct Ranking<'a> {
    program: &'a Program,
    outputs: &'a Outputs<'a>,
    statistics: &'a Statistics,
}

impl Ranking<'_> {
    /// Every value in scope that may fit, with its score.
    fn sources(&self, to: &Inlet) -> Vec<Wire> {
        let Some((body, after)) = to.place(self.program) else { return Vec::new() };
        let wanted = to.wanted(self.program);
        let kind = |id: &BlockId| self.program.block(id).map_or("", |block| block.kind.as_str());
        let reader = reader_name(kind, to);
        let givers = visible(self.program, self.outputs, &body, after.as_ref());
        let fitting = givers.iter().filter_map(|giver| Some((giver, fit_any(&giver.ty, &wanted)?)));
        fitting.enumerate().map(|(nearness, (giver, fit))| self.wire(to, giver, fit, nearness, &reader)).collect()
    }

    fn wire(&self, to: &Inlet, giver: &Giver, fit: Fit, nearness: usize, reader: &str) -> Wire {
        let clues = Clues {
            fit,
            named: likeness(to.name(), giver),
            nearness,
            read: giver.read,
            seen: self.statistics.reads(&giver.counted, reader),
        };
        Wire {
            block: giver.block.clone(),
            port: giver.port.clone(),
            to: to.clone(),
            fit,
            replaces: to.source(self.program).is_some(),
            reason: clues.reason(giver),
            score: clues.score(),
            ops: vec![to.connect(self.program, giver.source())],
        }
    }
}

/// What speaks for a wire.
#[derive(Clone, Copy, Debug)]
struct Clues {
    fit: Fit,
    /// How much the names are alike, from 0 to 1.
    named: f64,
    /// How many values that fit are nearer.
    nearness: usize,
    /// Whether somebody reads the value before.
    read: bool,
    /// How often such a port reads such a value.
    seen: f64,
}

impl Clues {
    /// The weights were fitted to one half of the wires of the templates, and guess the other half as well.
    #[expect(clippy::cast_precision_loss, reason = "there are far fewer values than 2^52")]
    fn score(&self) -> f64 {
        let fit = match self.fit {
            Fit::Exact => 1.5,
            Fit::Open => 0.0,
            Fit::Widening => -1.0,
        };
        let named = if self.named >= 1.0 { 5.0 } else { 4.0 * self.named };
        let far = 1.2 * (self.nearness as f64 + 1.0).ln();
        let read = if self.read { 1.3 } else { 0.0 };
        (fit + named - far - read + 0.3 * self.seen.ln()).exp()
    }

    fn reason(&self, giver: &Giver) -> String {
        let ty = &giver.ty;
        let fits = match self.fit {
            Fit::Exact => format!("{ty} is wanted here"),
            Fit::Open => format!("it takes {ty}"),
            Fit::Widening => format!("{ty} is widened here"),
        };
        let more = [(self.named >= 1.0, "the names are the same"), (!self.read, "nothing reads it yet")];
        more.into_iter().filter(|(holds, _)| *holds).fold(fits, |said, (_, clue)| format!("{said}, {clue}"))
    }
}

/// How much the name of a port and those of a value are alike: 1 where one is the other, more than 0 where they share a
/// word.
#[expect(clippy::cast_precision_loss, reason = "names have a few words")]
fn likeness(name: &str, giver: &Giver) -> f64 {
    if name == giver.name() {
        return 1.0;
    }
    let of = |text: &str| text.split('_').map(|word| word.trim_end_matches('s').to_owned()).collect::<Vec<_>>();
    let block = if giver.block.as_str() == INPUT { "" } else { giver.block.as_str() };
    let (wanted, have) = (of(name), of(&format!("{block}_{}", giver.port)));
    let shared = wanted.iter().filter(|word| !word.is_empty() && have.contains(word)).count();
    0.6 * shared as f64 / wanted.len().max(1) as f64
}

#[cfg(test)]
mod tests;
