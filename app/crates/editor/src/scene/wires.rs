//! Wires: which port feeds which, and how that is drawn.

use blocks::document::{INPUT, Source};

use super::Scene;
use super::tree::{BodyKey, Key};
use super::walk::Pending;
use crate::geometry::{Curve, Rect};

/// Where a wire begins, with the place of the port.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum From {
    /// A result of a block.
    Result(Key, usize),
    /// What a body gives its blocks.
    Given(BodyKey, usize),
}

/// Where a wire ends, with the place of the port; it takes one wire only.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum To {
    /// An input or carried value of a block.
    Input(Key, usize),
    /// What a body takes from its blocks.
    Taken(BodyKey, usize),
}

impl To {
    /// A number for it that stays while its block and its ports stay.
    pub fn number(self) -> u64 {
        match self {
            Self::Input(key, port) => (u64::from(key.0) << 17) | port as u64 & 0xffff,
            Self::Taken(lane, port) => (u64::from(lane.0) << 17) | 0x1_0000 | port as u64 & 0xffff,
        }
    }
}

/// A wire.
#[derive(Clone, Debug, PartialEq)]
pub struct Wire {
    /// Where it begins.
    pub from: From,
    /// Where it ends.
    pub to: To,
    /// How it is drawn.
    pub curve: Curve,
    /// Around the curve.
    pub bounds: Rect,
    /// Whether it is drawn: not if both ends are in one folded container.
    pub drawn: bool,
}

impl Scene {
    /// Finds out where the sources of sinks are, and which blocks of a body read which.
    pub(super) fn link(&mut self, pending: &[Pending<'_>]) {
        self.wires.clear();
        self.dangling.clear();
        for lane in &mut self.lanes {
            lane.reads.clear();
        }
        for sink in pending {
            self.read_of_unknown(sink);
        }
        for sink in pending {
            let Some(from) = self.resolve(sink.source, sink.lane) else {
                self.dangling.extend(matches!(sink.source, Source::Wire { .. }).then_some(sink.to));
                continue;
            };
            self.note_reading(from, sink.to);
            let to = sink.to;
            self.wires.push(Wire { from, to, curve: Curve::default(), bounds: Rect::default(), drawn: true });
        }
    }

    /// What is read of a block of an unknown kind is a result of it: wires to newer kinds are drawn, too.
    fn read_of_unknown(&mut self, sink: &Pending<'_>) {
        let Source::Wire { block, port } = sink.source else { return };
        let Some(key) = self.key(block).filter(|key| !self.node(*key).card.known) else { return };
        if self.lane_inside(sink.lane, key).is_none() {
            self.nodes[key.index()].card.add_result(port);
        }
    }

    /// Where the value of a source is drawn that is read in a body; `None` for literals and what is not there.
    pub(crate) fn resolve(&self, source: &Source, lane: BodyKey) -> Option<From> {
        let Source::Wire { block, port } = source else { return None };
        if block.as_str() == INPUT {
            return self.given(self.root_of(lane), port);
        }
        let key = self.key(block)?;
        match self.lane_inside(lane, key) {
            Some(inside) => self.given(inside, port),
            None => {
                let place = self.node(key).card.results.iter().position(|name| name == port)?;
                Some(From::Result(key, place))
            }
        }
    }

    fn given(&self, lane: BodyKey, port: &str) -> Option<From> {
        self.lane(lane).given.iter().position(|name| name == port).map(|place| From::Given(lane, place))
    }

    /// The body of a container in which another body lies, or which that is.
    pub(crate) fn lane_inside(&self, mut lane: BodyKey, container: Key) -> Option<BodyKey> {
        loop {
            let around = self.container(lane)?;
            if around == container {
                return Some(lane);
            }
            lane = self.node(around).body;
        }
    }

    fn note_reading(&mut self, from: From, to: To) {
        let From::Result(giver, _) = from else { return };
        let lane = self.node(giver).body;
        let reader = match to {
            To::Input(key, _) => Some(key),
            To::Taken(inner, _) if inner == lane => None,
            To::Taken(inner, _) => self.container(inner),
        };
        let Some(reader) = reader.and_then(|reader| self.ancestor_in(reader, lane)) else { return };
        let edge = (self.place_among(giver), self.place_among(reader));
        self.lanes[lane.index()].reads.push(edge);
    }

    fn place_among(&self, key: Key) -> u32 {
        let node = self.node(key);
        // Children are those that are drawn; only blocks of a second id are missing among them.
        let children = &self.lane(node.body).children;
        match children.get(node.position) {
            Some(child) if *child == key => node.position as u32,
            _ => children.iter().position(|child| *child == key).unwrap_or(0) as u32,
        }
    }

    /// Draws the wires anew.
    pub(super) fn draw_wires(&mut self) {
        let mut wires = std::mem::take(&mut self.wires);
        for wire in &mut wires {
            self.draw(wire);
        }
        self.wires = wires;
    }

    fn draw(&self, wire: &mut Wire) {
        let (hidden_from, hidden_to) = (self.folded_from(wire.from), self.folded_to(wire.to));
        wire.drawn = hidden_from.is_none() || hidden_from != hidden_to;
        wire.curve = Curve::between(self.from_point(wire.from), self.to_point(wire.to));
        wire.bounds = wire.curve.bounds();
    }
}
