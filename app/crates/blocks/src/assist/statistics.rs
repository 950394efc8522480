//! Which kinds stand where, and which ports feed each other, counted from programs.

use std::collections::{BTreeMap, HashMap};

use serde::{Deserialize, Serialize};

use super::inlet::{each_inlet, reader_name};
use super::outputs::Outputs;
use super::traits::{Around, traits};
use crate::check::check;
use crate::document::{BlockId, Body, INPUT, Program, Source};
use crate::templates;

/// Counts by name.
type Counts = BTreeMap<String, u64>;

/// What programs are made of. The same programs in any order give the same statistics, and a program that is forgotten
/// leaves no trace, so that the statistics of a workspace follow its edits: forget what a program was, learn what it is.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Statistics {
    /// How often each kind stands anywhere.
    kinds: Counts,
    /// By what can be said of a place, how often each kind stands there.
    traits: BTreeMap<String, Counts>,
    /// By the port that gives a value, `kind.port`, how often each port reads it.
    feeds: BTreeMap<String, Counts>,
}

impl Statistics {
    /// The statistics of these programs.
    pub fn of<'a>(programs: impl IntoIterator<Item = &'a Program>) -> Self {
        let mut statistics = Self::default();
        programs.into_iter().for_each(|program| statistics.learn(program));
        statistics
    }

    /// The statistics of the templates, to begin with.
    pub fn of_templates() -> Self {
        Self::of(templates::all().iter().map(|template| template.program()))
    }

    /// Counts a program in. A broken one counts, too.
    pub fn learn(&mut self, program: &Program) {
        let counted = Counted::of(program);
        self.each(&counted, |counts, name| *counts.entry(name.to_owned()).or_default() += 1);
    }

    /// Counts a program out that was counted in: exactly undoes [`Statistics::learn`].
    pub fn forget(&mut self, program: &Program) {
        let counted = Counted::of(program);
        self.each(&counted, |counts, name| {
            if let Some(count) = counts.get_mut(name) {
                *count = count.saturating_sub(1);
            }
        });
        self.kinds.retain(|_, count| *count > 0);
        for table in [&mut self.traits, &mut self.feeds] {
            table.values_mut().for_each(|counts| counts.retain(|_, count| *count > 0));
            table.retain(|_, counts| !counts.is_empty());
        }
    }

    fn each(&mut self, counted: &Counted, mut change: impl FnMut(&mut Counts, &str)) {
        for (traits, kind) in &counted.places {
            change(&mut self.kinds, kind);
            traits.iter().for_each(|of| change(self.traits.entry(of.clone()).or_default(), kind));
        }
        counted.wires.iter().for_each(|(giver, reader)| change(self.feeds.entry(giver.clone()).or_default(), reader));
    }

    /// How often a kind stood at a place of which this can be said.
    pub(super) fn seen(&self, kind: &str, of: &str) -> u64 {
        self.traits.get(of).and_then(|counts| counts.get(kind)).copied().unwrap_or(0)
    }

    /// How likely each kind is at a place of which this can be said, as a logarithm without a fixed zero.
    pub(super) fn ranking<'a>(&'a self, traits: &'a [String]) -> impl Fn(&str) -> f64 + 'a {
        let prior = Share::new(Some(&self.kinds));
        let shares: Vec<Share<'_>> = traits.iter().map(|of| Share::new(self.traits.get(of))).collect();
        move |kind| {
            let anywhere = prior.smoothed(kind, UNSEEN, 1.0);
            shares.iter().fold(anywhere.ln(), |sum, share| {
                sum + WEIGHT * (share.smoothed(kind, anywhere, TRUST) / anywhere).ln()
            })
        }
    }

    /// How likely a kind is to read a value of `giver` at any of its ports.
    pub(super) fn reads_of_kind(&self, giver: &str, kind: &str) -> f64 {
        let of_kind = |reader: &String| reader.split(['.', '/', ' ']).next() == Some(kind);
        let readers = self.feeds.get(giver).into_iter().flat_map(|counts| counts.keys());
        readers.filter(|reader| of_kind(reader)).map(|reader| self.reads(giver, reader)).sum::<f64>().max(UNSEEN)
    }

    /// How likely a port is to read a value of `giver` (`kind.port`): above 0 and at most 1.
    pub(super) fn reads(&self, giver: &str, reader: &str) -> f64 {
        Share::new(self.feeds.get(giver)).smoothed(reader, UNSEEN, 1.0)
    }
}

/// The share of a kind that was never seen.
const UNSEEN: f64 = 0.001;

/// How many sightings a place must have had to be trusted as much as all places together.
const TRUST: f64 = 5.0;

/// How much each trait counts. They overlap; so many of them speak with the voice of one or two. Weights of their own for
/// each, fitted to half of the templates, guess the other half no better.
const WEIGHT: f64 = 0.15;

struct Share<'a> {
    counts: Option<&'a Counts>,
    total: f64,
}

impl<'a> Share<'a> {
    #[expect(clippy::cast_precision_loss, reason = "counts of blocks are far below 2^52")]
    fn new(counts: Option<&'a Counts>) -> Self {
        Self { counts, total: counts.map_or(0, |counts| counts.values().sum()) as f64 }
    }

    /// The share among the counted and so many others, of which the share is known.
    #[expect(clippy::cast_precision_loss, reason = "counts of blocks are far below 2^52")]
    fn smoothed(&self, name: &str, share_of_others: f64, others: f64) -> f64 {
        let own = self.counts.and_then(|counts| counts.get(name)).copied().unwrap_or(0);
        (own as f64 + others * share_of_others) / (self.total + others)
    }
}

/// What one program adds to the statistics.
#[derive(Default)]
struct Counted {
    /// What can be said of each place, and the kind that stands there.
    places: Vec<(Vec<String>, String)>,
    /// Giver and reader of each wire.
    wires: Vec<(String, String)>,
}

impl Counted {
    fn of(program: &Program) -> Self {
        let checked = check(program);
        let outputs = Outputs::of(&checked);
        let mut counted = Self::default();
        for (place, body) in program.roots().enumerate() {
            counted.body(body, Around { container: None, in_function: place > 0 }, &outputs);
        }
        counted.wires(program);
        counted
    }

    fn body(&mut self, body: &Body, around: Around<'_>, outputs: &Outputs<'_>) {
        for (index, block) in body.blocks.iter().enumerate() {
            self.places.push((traits(around, &body.blocks[..index], outputs), block.kind.clone()));
            for (name, inner) in &block.bodies {
                self.body(inner, Around { container: Some((block, name)), ..around }, outputs);
            }
        }
    }

    fn wires(&mut self, program: &Program) {
        let mut kinds = HashMap::new();
        program.roots().for_each(|body| kinds_in(body, &mut kinds));
        let kind = |id: &'_ BlockId| kinds.get(id.as_str()).copied().unwrap_or_default();
        each_inlet(program, &mut |inlet, source| {
            if let Source::Wire { block, port } = source {
                let giver = kinds.get(block.as_str()).copied().unwrap_or(INPUT);
                self.wires.push((format!("{giver}.{port}"), reader_name(kind, &inlet)));
            }
        });
    }
}

fn kinds_in<'a>(body: &'a Body, kinds: &mut HashMap<&'a str, &'a str>) {
    for block in &body.blocks {
        kinds.insert(block.id.as_str(), &block.kind);
        block.bodies.values().for_each(|inner| kinds_in(inner, kinds));
    }
}
