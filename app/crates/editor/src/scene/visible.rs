//! What a view draws: the shapes in an area, in as much detail as it can afford.

use super::Scene;
use super::tree::{BodyKey, Key};
use super::wires::{From, To, Wire};
use crate::geometry::{Curve, Rect};

/// How much of blocks is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum Level {
    /// Boxes, all in one path, and no wires.
    Box,
    /// Titles, and wires.
    Title,
    /// Everything.
    #[default]
    Full,
}

/// A block to be drawn; containers come before what is inside them.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Shape {
    /// Which block. A view keeps its element as long as the key is there.
    pub key: Key,
    /// Where.
    pub rect: Rect,
    /// The update since which it looks like this; an element with the same number needs no change.
    pub revision: u32,
}

/// A body to be drawn.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct BodyShape {
    /// Which body.
    pub key: BodyKey,
    /// Where.
    pub rect: Rect,
}

/// A wire to be drawn.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct WireShape {
    /// Its place in [`Scene::wires`].
    pub wire: usize,
    /// A number that stays while its end stays, for keeping its element.
    pub number: u64,
    /// How.
    pub curve: Curve,
}

/// What is in an area. Kept by the view and filled again, so that panning takes no memory.
#[derive(Clone, Debug, Default)]
pub struct Visible {
    /// How much of the blocks is to be drawn.
    pub level: Level,
    /// Blocks.
    pub blocks: Vec<Shape>,
    /// Bodies.
    pub bodies: Vec<BodyShape>,
    /// Wires; none at [`Level::Box`].
    pub wires: Vec<WireShape>,
    /// How many elements it takes to draw this.
    pub elements: usize,
}

/// The elements that a view has for programs.
const ELEMENTS: usize = 3_000;

/// The zoom from which ports are drawn, if there are not too many.
pub const FULL_ZOOM: f64 = 0.55;
/// The zoom from which titles are drawn.
pub const TITLE_ZOOM: f64 = 0.28;

impl Scene {
    /// Fills in what lies in an area of the canvas at a zoom, with as much detail as the zoom and the number of
    /// elements allow.
    pub fn visible(&self, area: &Rect, zoom: f64, out: &mut Visible) {
        let wanted = if zoom >= FULL_ZOOM {
            Level::Full
        } else if zoom >= TITLE_ZOOM {
            Level::Title
        } else {
            Level::Box
        };
        self.blocks_in(area, out);
        self.bodies_in(area, out);
        self.wires_in(area, out);
        out.level = [Level::Full, Level::Title, Level::Box]
            .into_iter()
            .filter(|level| *level <= wanted)
            .find(|level| self.elements(*level, out) <= ELEMENTS)
            .unwrap_or(Level::Box);
        if out.level == Level::Box {
            out.wires.clear();
        }
        out.elements = self.elements(out.level, out);
    }

    fn blocks_in(&self, area: &Rect, out: &mut Visible) {
        out.blocks.clear();
        self.blocks_at.each(area, |number, rect| {
            let key = Key(number);
            out.blocks.push(Shape { key, rect: *rect, revision: self.node(key).revision });
        });
        out.blocks.sort_unstable_by_key(|shape| self.node(shape.key).order);
    }

    fn bodies_in(&self, area: &Rect, out: &mut Visible) {
        out.bodies.clear();
        let shape = |key: &BodyKey| BodyShape { key: *key, rect: self.lane(*key).rect };
        out.bodies.extend(self.roots.iter().map(shape).filter(|body| body.rect.touches(area)));
        for block in &out.blocks {
            let node = self.node(block.key);
            if !node.is_folded() {
                out.bodies.extend(node.lanes.iter().map(shape).filter(|body| body.rect.touches(area)));
            }
        }
    }

    fn wires_in(&self, area: &Rect, out: &mut Visible) {
        out.wires.clear();
        self.wires_at.each(area, |number, _| {
            let wire = &self.wires[number as usize];
            out.wires.push(WireShape { wire: number as usize, number: wire.to.number(), curve: wire.curve });
        });
    }

    /// How many elements it takes: boxes and bodies of boxes share a path for each depth.
    fn elements(&self, level: Level, visible: &Visible) -> usize {
        let edge_ports = |body: &BodyShape| {
            let lane = self.lane(body.key);
            2 + 2 * (lane.given.len() + lane.taken.len())
        };
        match level {
            Level::Box => visible.blocks.iter().map(|block| self.node(block.key).depth as usize + 1).max().unwrap_or(0),
            Level::Title => 2 * visible.blocks.len() + visible.bodies.len() + visible.wires.len(),
            Level::Full => {
                let blocks = visible.blocks.iter().map(|block| {
                    let card = &self.node(block.key).card;
                    4 + 2 * (card.inputs.len() + card.results.len())
                });
                let bodies: usize = visible.bodies.iter().map(edge_ports).sum();
                blocks.sum::<usize>() + bodies + visible.wires.len()
            }
        }
    }

    /// The wires that end or begin at blocks or inside them, by their places in [`Scene::wires`].
    pub fn wires_of(&self, keys: &[Key]) -> Vec<usize> {
        let mut inside = vec![false; self.order.len()];
        for key in keys {
            let node = self.node(*key);
            inside[node.order as usize..node.end as usize].fill(true);
        }
        let touches = |wire: &Wire| {
            let from = match wire.from {
                From::Result(key, _) => Some(key),
                From::Given(lane, _) => self.container(lane),
            };
            let to = match wire.to {
                To::Input(key, _) => Some(key),
                To::Taken(lane, _) => self.container(lane),
            };
            from.into_iter().chain(to).any(|key| inside[self.node(key).order as usize])
        };
        (0..self.wires.len()).filter(|place| touches(&self.wires[*place])).collect()
    }
}
