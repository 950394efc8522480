//! Where the blocks of one body stand.
//!
//! Blocks stand in layers from left to right: each to the right of everything that it reads, so that wires point
//! forward as the order of the document does. Within a layer, the order of the document decides, and gives way only
//! where that saves crossings. So a block more or less moves its neighbors, and leaves the rest as it was.
//!
//! A place that the program says holds; blocks without one stand where they would if no block had one, and give way
//! downward to those that have. Written in this crate: what libraries offer lays out flat graphs anew each time, knows
//! no document order, and is several times this size.

mod coordinates;
mod crossings;
mod layers;
mod settle;

use crate::geometry::{Point, Rect};

/// What is laid out: a block of a body.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Item {
    /// Its width.
    pub(crate) width: f64,
    /// Its height.
    pub(crate) height: f64,
    /// Where the program says that it stands.
    pub(crate) fixed: Option<Point>,
    /// Whether it takes no room: a frame around others.
    pub(crate) floats: bool,
}

/// The left top corners of items, given which reads which: pairs of places, the giver first.
pub(crate) fn arrange(items: &[Item], reads: &[(u32, u32)]) -> Vec<Point> {
    let mut points = if items.iter().all(|item| item.floats || item.fixed.is_some()) {
        vec![Point::default(); items.len()]
    } else {
        let graph = layers::Graph::new(items, reads);
        let layers = crossings::reduce(&graph, graph.layers());
        coordinates::assign(items, &graph, &layers)
    };
    if items.iter().any(|item| item.fixed.is_some()) {
        settle::settle(items, &mut points);
    }
    points
}

/// Around all items; nothing for none.
pub(crate) fn around(items: &[Item], points: &[Point]) -> Rect {
    let rects = items.iter().zip(points).filter(|(item, _)| !item.floats);
    let rects = rects.map(|(item, point)| Rect::new(point.x, point.y, item.width, item.height));
    rects.reduce(|one, other| one.union(&other)).unwrap_or_default()
}

#[cfg(test)]
mod tests;
