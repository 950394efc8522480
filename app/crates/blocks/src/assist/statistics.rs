//! Which kinds stand behind each other and feed each other, counted from programs.

use std::collections::{BTreeMap, HashMap};

use serde::{Deserialize, Serialize};

use crate::document::{Block, Body, Program, Source};
use crate::templates;

/// Counts by name.
type Counts = BTreeMap<String, u64>;

/// What programs are made of. The same programs in any order give the same statistics.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Statistics {
    /// How often each kind stands anywhere.
    kinds: Counts,
    /// By what stands before (a kind, or the body that begins), how often each kind follows.
    follows: BTreeMap<String, Counts>,
    /// By the port that gives a value, `kind.port`, how often each kind reads it.
    feeds: BTreeMap<String, Counts>,
}

impl Statistics {
    /// The statistics of the templates, to begin with.
    pub fn of_templates() -> Self {
        let mut statistics = Self::default();
        templates::all().iter().for_each(|template| statistics.learn(template.program()));
        statistics
    }

    /// Counts a program in.
    pub fn learn(&mut self, program: &Program) {
        let mut kinds = HashMap::new();
        program.roots().for_each(|body| kinds_in(body, &mut kinds));
        for body in program.roots() {
            self.learn_body(body, "", &kinds);
        }
    }

    fn learn_body(&mut self, body: &Body, begins: &str, kinds: &HashMap<&str, &str>) {
        let mut before = begins;
        for block in &body.blocks {
            *self.kinds.entry(block.kind.clone()).or_default() += 1;
            count(&mut self.follows, before.to_owned(), &block.kind);
            for (giver, port) in wires(block) {
                let kind = kinds.get(giver).copied().unwrap_or(giver);
                count(&mut self.feeds, format!("{kind}.{port}"), &block.kind);
            }
            for (name, inner) in &block.bodies {
                self.learn_body(inner, &beginning(&block.kind, name), kinds);
            }
            before = &block.kind;
        }
    }

    /// How often a kind stood behind `before`.
    pub(super) fn seen(&self, kind: &str, before: &str) -> u64 {
        self.follows.get(before).and_then(|counts| counts.get(kind)).copied().unwrap_or(0)
    }

    /// How likely a kind is behind `before` where values of `givers` (`kind.port`) are at hand: above 0 and at most 1.
    pub(super) fn likelihood(&self, kind: &str, before: &str, givers: &[String]) -> f64 {
        let fed = givers.iter().map(|giver| share(self.feeds.get(giver), kind)).fold(0.0, f64::max);
        0.5 * share(self.follows.get(before), kind) + 0.3 * fed + 0.2 * share(Some(&self.kinds), kind)
    }
}

/// The name under which the beginning of a container's body is counted.
pub(super) fn beginning(kind: &str, body: &str) -> String {
    format!("{kind}/{body}")
}

fn kinds_in<'a>(body: &'a Body, kinds: &mut HashMap<&'a str, &'a str>) {
    for block in &body.blocks {
        kinds.insert(block.id.as_str(), &block.kind);
        block.bodies.values().for_each(|inner| kinds_in(inner, kinds));
    }
}

fn wires(block: &Block) -> impl Iterator<Item = (&str, &str)> {
    block.inputs.values().filter_map(|source| match source {
        Source::Wire { block, port } => Some((block.as_str(), port.as_str())),
        Source::Literal(_) => None,
    })
}

fn count(counts: &mut BTreeMap<String, Counts>, key: String, kind: &str) {
    *counts.entry(key).or_default().entry(kind.to_owned()).or_default() += 1;
}

/// The share of a kind among the counted, never 0, so that what was never seen can still be ranked.
#[expect(clippy::cast_precision_loss, reason = "counts of blocks are far below 2^52")]
fn share(counts: Option<&Counts>, kind: &str) -> f64 {
    let total: u64 = counts.map_or(0, |counts| counts.values().sum());
    let own = counts.and_then(|counts| counts.get(kind)).copied().unwrap_or(0);
    (own as f64 + 0.01) / (total as f64 + 1.0)
}
