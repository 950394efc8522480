//! The program's structure into the scene.

use std::collections::HashSet;

use blocks::BlockId;
use blocks::document::{Block, Body, Program, Source};

use super::card::{self, Card};
use super::tree::{BodyKey, Key, Lane, Node, Owner};
use super::wires::To;
use super::{Scene, Touched};
use crate::ports;

/// A sink with its source, before it is known where that is drawn.
pub(super) struct Pending<'a> {
    pub(super) to: To,
    /// The body in which it reads.
    pub(super) lane: BodyKey,
    pub(super) source: &'a Source,
}

/// One walk through a program.
struct Walk<'a, 't> {
    scene: &'t mut Scene,
    program: &'a Program,
    touched: Option<HashSet<&'t BlockId>>,
    pending: Vec<Pending<'a>>,
    depth: u32,
}

impl Scene {
    pub(super) fn walk<'a>(&mut self, program: &'a Program, touched: &Touched) -> Vec<Pending<'a>> {
        let touched = match touched {
            Touched::All => None,
            Touched::Blocks(ids) | Touched::Looks(ids) => Some(ids.iter().collect()),
        };
        let before = std::mem::take(&mut self.order);
        let mut walk = Walk { scene: self, program, touched, pending: Vec::new(), depth: 0 };
        walk.routines();
        let pending = walk.pending;
        let gone = before.into_iter().filter(|key| !self.is_alive(*key));
        let gone: Vec<Key> = gone.collect();
        self.changed.extend(gone);
        pending
    }
}

impl Scene {
    /// Measures blocks again of which only titles, settings and places were edited; `false` if that changed their
    /// ports or bodies, so that the program has to be walked through.
    pub(super) fn look_again(&mut self, program: &Program, ids: &[BlockId]) -> bool {
        for id in ids {
            let Some(key) = self.key(id) else { return false };
            let Some(block) = self.block(program, key) else { return false };
            let card = Card::of(program, block);
            let node = &self.nodes[key.index()];
            let lanes = node.lanes.iter().map(|lane| &self.lanes[lane.index()].name);
            if !card.has_ports_of(&node.card) || !lanes.eq(&ports::bodies(block)) {
                return false;
            }
            let place = program.layout.get(id).copied();
            let revision = self.revision;
            let node = &mut self.nodes[key.index()];
            if node.card != card || node.place.map(|place| place.folded) != place.map(|place| place.folded) {
                node.revision = revision;
            }
            (node.card, node.place) = (card, place);
        }
        true
    }
}

impl<'a> Walk<'a, '_> {
    fn routines(&mut self) {
        let program = self.program;
        self.scene.roots.clear();
        let lane = self.root("", Owner::Program);
        self.scene.lanes[lane.index()].given = program.inputs.iter().map(|input| input.name.clone()).collect();
        self.scene.lanes[lane.index()].taken = program.outputs.iter().map(|output| output.name.clone()).collect();
        let outputs = program.outputs.iter().map(|output| &output.from);
        self.body(lane, Some(&program.body), outputs);
        let mut seen = HashSet::from([""]);
        for (place, function) in program.functions.iter().enumerate() {
            // Of two functions of one name, which the checker refuses, edits mean the first; the second is not drawn.
            if !seen.insert(function.name.as_str()) {
                continue;
            }
            let lane = self.root(&function.name, Owner::Function(place));
            self.scene.lanes[lane.index()].given = function.inputs.iter().map(|input| input.name.clone()).collect();
            self.scene.lanes[lane.index()].taken = function.outputs.iter().map(|output| output.name.clone()).collect();
            self.body(lane, Some(&function.body), function.outputs.iter().map(|output| &output.from));
        }
    }

    fn root(&mut self, name: &str, owner: Owner) -> BodyKey {
        let known = self.scene.routines.get(name).copied();
        let lane = known.unwrap_or_else(|| {
            let lane = self.new_lane(name, owner);
            self.scene.routines.insert(name.to_owned(), lane);
            lane
        });
        self.scene.lanes[lane.index()].owner = owner;
        self.scene.roots.push(lane);
        lane
    }

    fn new_lane(&mut self, name: &str, owner: Owner) -> BodyKey {
        self.scene.lanes.push(Lane::new(name, owner));
        BodyKey(self.scene.lanes.len() as u32 - 1)
    }

    fn body(&mut self, lane: BodyKey, body: Option<&'a Body>, taken: impl Iterator<Item = &'a Source>) {
        self.pending.extend(taken.enumerate().map(|(port, source)| Pending {
            to: To::Taken(lane, port),
            lane,
            source,
        }));
        let state = &mut self.scene.lanes[lane.index()];
        state.exists = body.is_some();
        state.children.clear();
        state.edges = (card::edge(&state.given), card::edge(&state.taken));
        for (position, block) in body.into_iter().flat_map(|body| &body.blocks).enumerate() {
            self.block(lane, position, block);
        }
    }

    fn block(&mut self, lane: BodyKey, position: usize, block: &'a Block) {
        let key = self.key(&block.id);
        let generation = self.scene.generation;
        let node = &mut self.scene.nodes[key.index()];
        if node.seen == generation {
            // Two blocks of one id, which no document has: the second is not drawn.
            return;
        }
        let fresh = node.seen == 0 || node.seen + 1 != generation;
        node.seen = generation;
        node.order = self.scene.order.len() as u32;
        node.body = lane;
        node.position = position;
        node.depth = self.depth;
        node.place = self.program.layout.get(&block.id).copied();
        self.scene.order.push(key);
        self.scene.lanes[lane.index()].children.push(key);
        let known = node.card.known;
        if fresh || !known || self.touched.as_ref().is_none_or(|touched| touched.contains(&block.id)) {
            self.measure(key, block);
        }
        self.sinks(key, lane, block);
        self.depth += 1;
        for index in 0..self.scene.nodes[key.index()].lanes.len() {
            let inner = self.scene.nodes[key.index()].lanes[index];
            self.lane_of(inner, block);
        }
        self.depth -= 1;
        self.scene.nodes[key.index()].end = self.scene.order.len() as u32;
    }

    fn key(&mut self, id: &BlockId) -> Key {
        if let Some(key) = self.scene.ids.get(id) {
            return *key;
        }
        let key = Key(self.scene.nodes.len() as u32);
        self.scene.nodes.push(Node::new(id.clone()));
        self.scene.ids.insert(id.clone(), key);
        key
    }

    fn measure(&mut self, key: Key, block: &Block) {
        let card = Card::of(self.program, block);
        let revision = self.scene.revision;
        let node = &mut self.scene.nodes[key.index()];
        if node.card != card {
            node.card = card;
            node.revision = revision;
        }
        let before = std::mem::take(&mut node.lanes);
        let mut lanes = Vec::new();
        for name in ports::bodies(block) {
            let known = before.iter().copied().find(|lane| self.scene.lanes[lane.index()].name == name);
            let lane = known.unwrap_or_else(|| self.new_lane(&name, Owner::Block(key)));
            let state = &mut self.scene.lanes[lane.index()];
            state.given = ports::given(block, &name);
            state.taken = ports::taken(block, &name, block.bodies.get(&name));
            lanes.push(lane);
        }
        self.scene.nodes[key.index()].lanes = lanes;
    }

    fn sinks(&mut self, key: Key, lane: BodyKey, block: &'a Block) {
        let card = &self.scene.nodes[key.index()].card;
        let own = card.inputs.len() - card.carries;
        for (port, name) in card.inputs[..own].iter().enumerate() {
            if let Some(source) = block.inputs.get(name) {
                self.pending.push(Pending { to: To::Input(key, port), lane, source });
            }
        }
        for (place, carry) in block.carries.iter().enumerate().take(card.carries) {
            self.pending.push(Pending { to: To::Input(key, own + place), lane, source: &carry.from });
        }
    }

    fn lane_of(&mut self, lane: BodyKey, block: &'a Block) {
        let state = &self.scene.lanes[lane.index()];
        let body = block.bodies.get(&state.name);
        let yields = body.into_iter().flat_map(|body| &body.yields);
        let taken: Vec<(usize, &'a Source)> = yields
            .filter_map(|(name, source)| Some((state.taken.iter().position(|taken| taken == name)?, source)))
            .collect();
        let pending = taken.into_iter().map(|(port, source)| Pending { to: To::Taken(lane, port), lane, source });
        self.pending.extend(pending);
        self.body(lane, body, std::iter::empty());
    }
}
