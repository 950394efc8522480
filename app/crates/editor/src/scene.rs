//! The scene: where everything in a program is drawn, kept in step with the program.
//!
//! [`Scene::update`] walks the program, measures what an edit touched, lays out the bodies whose content changed, inside
//! out, and places everything on one canvas: the program's frame, and below it a frame for each function, so that one
//! can look, search and drag across all of them.
//!
//! What always holds: blocks of a body do not overlap; a body encloses its blocks and a container its bodies; keys of
//! blocks stay the same as long as their ids do.

mod absolute;
mod addresses;
mod anchors;
mod card;
mod grid;
mod hit;
mod inside;
mod tree;
mod visible;
mod walk;
mod wires;

use std::collections::HashMap;

use blocks::BlockId;
use blocks::document::{Block, Body, Program};
use blocks::edit::{BodyAddress, Routine};

use crate::geometry::Rect;

pub use card::Card;
pub(crate) use grid::Grid;
pub use hit::{Hit, Part};
pub use tree::{BodyKey, Key, Lane, Node, Owner};
pub use visible::{BodyShape, FULL_ZOOM, Level, Shape, TITLE_ZOOM, Visible, WireShape};
pub use wires::{From, To, Wire};

/// What an edit touched, so that only that is measured again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Touched {
    /// Anything.
    All,
    /// Blocks by their ids; where they stand and what they read may have changed anywhere.
    Blocks(Vec<BlockId>),
    /// Only titles, settings and places of these blocks.
    Looks(Vec<BlockId>),
}

/// Where everything is drawn.
#[derive(Clone, Debug, Default)]
pub struct Scene {
    nodes: Vec<Node>,
    lanes: Vec<Lane>,
    ids: HashMap<BlockId, Key>,
    routines: HashMap<String, BodyKey>,
    /// The lanes of the program and of its functions.
    roots: Vec<BodyKey>,
    /// All blocks in the order of the document.
    order: Vec<Key>,
    wires: Vec<Wire>,
    /// Ports whose source names what is not there.
    dangling: Vec<To>,
    /// The places of the wires in the order of where they begin.
    by_giver: Vec<u32>,
    blocks_at: Grid,
    wires_at: Grid,
    bounds: Rect,
    /// Counts updates.
    revision: u32,
    /// Counts walks through the program.
    generation: u32,
    /// Blocks that look different since the last update or stand elsewhere, and those that are gone.
    changed: Vec<Key>,
}

impl Scene {
    /// The scene of a program.
    pub fn new(program: &Program) -> Self {
        let mut scene = Self::default();
        scene.update(program, &Touched::All);
        scene
    }

    /// Brings the scene in step with a program that was edited.
    pub fn update(&mut self, program: &Program, touched: &Touched) {
        self.revision += 1;
        self.changed.clear();
        let in_step = matches!(touched, Touched::Looks(ids) if self.look_again(program, ids));
        if !in_step {
            self.generation += 1;
            let pending = self.walk(program, touched);
            self.link(&pending);
        }
        self.lay_out();
        self.place();
        self.draw_wires();
        self.index();
    }

    fn index(&mut self) {
        let rects = self.order.iter().filter(|key| self.nodes[key.index()].is_drawn());
        self.blocks_at.build(rects.map(|key| (key.0, self.nodes[key.index()].rect)));
        let wires = self.wires.iter().enumerate().filter(|(_, wire)| wire.drawn);
        self.wires_at.build(wires.map(|(place, wire)| (place as u32, wire.bounds)));
        self.by_giver.clear();
        self.by_giver.extend(0..self.wires.len() as u32);
        self.by_giver.sort_unstable_by_key(|place| self.wires[*place as usize].from);
    }

    /// The key of a block.
    pub fn key(&self, id: &BlockId) -> Option<Key> {
        self.ids.get(id).copied().filter(|key| self.is_alive(*key))
    }

    fn is_alive(&self, key: Key) -> bool {
        self.nodes[key.index()].seen == self.generation
    }

    /// A block as it is drawn. Keys come from this scene.
    pub fn node(&self, key: Key) -> &Node {
        &self.nodes[key.index()]
    }

    /// The block of that id as it is drawn.
    pub fn find(&self, id: &BlockId) -> Option<&Node> {
        self.key(id).map(|key| self.node(key))
    }

    /// A body as it is drawn.
    pub fn lane(&self, key: BodyKey) -> &Lane {
        &self.lanes[key.index()]
    }

    /// The lane of a body.
    pub fn lane_key(&self, address: &BodyAddress) -> Option<BodyKey> {
        match address {
            BodyAddress::Routine { routine: Routine::Main } => self.roots.first().copied(),
            BodyAddress::Routine { routine: Routine::Function { name } } => self.lane_of_function(name),
            BodyAddress::Container { block, name } => {
                self.find(block)?.lanes.iter().copied().find(|key| self.lane(*key).name == *name)
            }
        }
    }

    /// The lane of a function.
    pub fn lane_of_function(&self, name: &str) -> Option<BodyKey> {
        self.roots.iter().copied().skip(1).find(|key| self.lane(*key).name == name)
    }

    /// The address of a body.
    pub fn address(&self, key: BodyKey) -> BodyAddress {
        let lane = self.lane(key);
        match lane.owner {
            Owner::Program => BodyAddress::main(),
            Owner::Function(_) => BodyAddress::Routine { routine: Routine::Function { name: lane.name.clone() } },
            Owner::Block(block) => BodyAddress::of(self.node(block).id.as_str(), lane.name.as_str()),
        }
    }

    /// All blocks in the order of the document.
    pub fn order(&self) -> &[Key] {
        &self.order
    }

    /// The lanes of the program and of its functions.
    pub fn roots(&self) -> &[BodyKey] {
        &self.roots
    }

    /// All wires.
    pub fn wires(&self) -> &[Wire] {
        &self.wires
    }

    /// Ports at which a wire ends that begins nowhere: what it reads is not there. They are drawn with a loose end.
    pub fn dangling(&self) -> &[To] {
        &self.dangling
    }

    /// The wires that begin at a port.
    pub fn readers(&self, from: From) -> impl Iterator<Item = &Wire> {
        let first = self.by_giver.partition_point(|place| self.wires[*place as usize].from < from);
        let wires = self.by_giver[first..].iter().map(|place| &self.wires[*place as usize]);
        wires.take_while(move |wire| wire.from == from)
    }

    /// The wire that ends at a port.
    pub fn wire_to(&self, to: To) -> Option<&Wire> {
        self.wires.iter().find(|wire| wire.to == to)
    }

    /// Around everything.
    pub fn bounds(&self) -> Rect {
        self.bounds
    }

    /// How often the scene was updated.
    pub fn revision(&self) -> u32 {
        self.revision
    }

    /// Blocks that look different or stand elsewhere since the last update, and those that are gone.
    pub fn changed(&self) -> &[Key] {
        &self.changed
    }

    /// The blocks of a program, by key; `None` if the program is not the one of this scene.
    pub fn block<'a>(&self, program: &'a Program, key: Key) -> Option<&'a Block> {
        let node = self.node(key);
        self.body(program, node.body)?.blocks.get(node.position)
    }

    /// A body of a program; `None` if it is drawn only because it should be there.
    pub fn body<'a>(&self, program: &'a Program, key: BodyKey) -> Option<&'a Body> {
        match self.lane(key).owner {
            Owner::Program => Some(&program.body),
            Owner::Function(place) => program.functions.get(place).map(|function| &function.body),
            Owner::Block(block) => self.block(program, block)?.bodies.get(&self.lane(key).name),
        }
    }

    /// The block of that id, found without a search.
    pub fn block_of<'a>(&self, program: &'a Program, id: &BlockId) -> Option<&'a Block> {
        self.block(program, self.key(id)?)
    }

    /// The container around a body.
    pub fn container(&self, lane: BodyKey) -> Option<Key> {
        match self.lane(lane).owner {
            Owner::Block(key) => Some(key),
            Owner::Program | Owner::Function(_) => None,
        }
    }

    /// The outermost body around a body.
    pub fn root_of(&self, mut lane: BodyKey) -> BodyKey {
        while let Some(container) = self.container(lane) {
            lane = self.node(container).body;
        }
        lane
    }

    /// Whether a block stands inside another one.
    pub fn is_inside(&self, inner: Key, outer: Key) -> bool {
        let (inner, outer) = (self.node(inner), self.node(outer));
        inner.order > outer.order && inner.order < outer.end
    }

    /// The block itself, or the one around it, that stands in a body; `None` if the body is not around it.
    pub fn ancestor_in(&self, mut key: Key, lane: BodyKey) -> Option<Key> {
        while self.node(key).body != lane {
            key = self.container(self.node(key).body)?;
        }
        Some(key)
    }

    /// Whether a body is another one or is around it.
    pub fn is_around(&self, outer: BodyKey, mut inner: BodyKey) -> bool {
        loop {
            if inner == outer {
                return true;
            }
            let Some(container) = self.container(inner) else { return false };
            inner = self.node(container).body;
        }
    }
}
