//! The parts of a scene.

use blocks::BlockId;
use blocks::document::Place;

use super::card::Card;
use crate::geometry::{Point, Rect};

/// Names a block in its scene, for as long as its id stays.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Key(pub u32);

impl Key {
    pub(super) fn index(self) -> usize {
        self.0 as usize
    }
}

/// Names a body in its scene.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct BodyKey(pub u32);

impl BodyKey {
    pub(super) fn index(self) -> usize {
        self.0 as usize
    }
}

/// A block as it is drawn.
#[derive(Clone, Debug)]
pub struct Node {
    /// Its id.
    pub id: BlockId,
    /// What is written on it.
    pub card: Card,
    /// Its place among all blocks of the program, as one reads them.
    pub order: u32,
    /// The place behind the last block inside it.
    pub end: u32,
    /// The body it stands in.
    pub body: BodyKey,
    /// Its place there.
    pub position: usize,
    /// How many containers stand around it.
    pub depth: u32,
    /// Its bodies, those included that should be there.
    pub lanes: Vec<BodyKey>,
    /// Where the program says that it is drawn.
    pub place: Option<Place>,
    /// Where it is drawn on the canvas.
    pub rect: Rect,
    /// Where it is drawn in its body.
    pub at: Point,
    /// The folded container that hides it.
    pub hidden_in: Option<Key>,
    /// The update since which it looks like this.
    pub revision: u32,
    /// The last walk that saw it.
    pub(super) seen: u32,
    /// Its width and height.
    pub(super) size: (f64, f64),
}

impl Node {
    pub(super) fn new(id: BlockId) -> Self {
        Self {
            id,
            card: Card::default(),
            order: 0,
            end: 0,
            body: BodyKey(0),
            position: 0,
            depth: 0,
            lanes: Vec::new(),
            place: None,
            rect: Rect::default(),
            at: Point::default(),
            hidden_in: None,
            revision: 0,
            seen: 0,
            size: (0.0, 0.0),
        }
    }

    /// Whether only its title is drawn.
    pub fn is_folded(&self) -> bool {
        self.place.is_some_and(|place| place.folded)
    }

    /// Whether it has bodies.
    pub fn is_container(&self) -> bool {
        !self.lanes.is_empty()
    }

    /// Whether it is drawn as a frame around other blocks.
    pub fn is_group(&self) -> bool {
        !self.card.around.is_empty()
    }

    /// Whether it is drawn at all.
    pub fn is_drawn(&self) -> bool {
        self.hidden_in.is_none()
    }
}

/// What a body belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Owner {
    /// The program itself.
    Program,
    /// A function, by its place in the program.
    Function(usize),
    /// A container.
    Block(Key),
}

/// A body as it is drawn: a frame for the program and for each function, a lane inside a container.
#[derive(Clone, Debug)]
pub struct Lane {
    /// The name of the body or function; empty for the program.
    pub name: String,
    /// What it belongs to.
    pub owner: Owner,
    /// Whether the program has it; otherwise it should be there.
    pub exists: bool,
    /// Its blocks in order.
    pub children: Vec<Key>,
    /// What it gives its blocks, drawn at its left edge.
    pub given: Vec<String>,
    /// What it takes from its blocks, drawn at its right edge.
    pub taken: Vec<String>,
    /// Where it is drawn on the canvas.
    pub rect: Rect,
    /// The point of the canvas from which places of its blocks are counted.
    pub origin: Point,
    /// The width of what is written at its edges.
    pub(super) edges: (f64, f64),
    /// Which of its children read which, by their places among the children.
    pub(super) reads: Vec<(u32, u32)>,
    /// What its layout was computed from, and where the children stand.
    pub(super) signature: u64,
    pub(super) points: Vec<Point>,
    /// The width and height of its content, and where that begins.
    pub(super) content: Rect,
}

impl Lane {
    pub(super) fn new(name: &str, owner: Owner) -> Self {
        Self {
            name: name.to_owned(),
            owner,
            exists: true,
            children: Vec::new(),
            given: Vec::new(),
            taken: Vec::new(),
            rect: Rect::default(),
            origin: Point::default(),
            edges: (0.0, 0.0),
            reads: Vec::new(),
            signature: 0,
            points: Vec::new(),
            content: Rect::default(),
        }
    }

    /// How wide the names at its right edge are.
    pub fn edge_width(&self) -> f64 {
        self.edges.1
    }

    /// How wide the names at its left edge are.
    pub fn left_edge_width(&self) -> f64 {
        self.edges.0
    }

    /// Which of its children read which, by their places among the children.
    pub(crate) fn reads_list(&self) -> Vec<(usize, usize)> {
        self.reads.iter().map(|(giver, reader)| (*giver as usize, *reader as usize)).collect()
    }
}
