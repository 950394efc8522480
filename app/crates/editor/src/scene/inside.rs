//! Sizes, inside out: what is in a body decides how large it is.

use std::hash::{DefaultHasher, Hash, Hasher};

use super::Scene;
use super::tree::{BodyKey, Key};
use crate::geometry::Point;
use crate::layout::{self, Item};
use crate::metrics::{BODY_TITLE, MIN_BODY, PADDING, ROOM, ROW, TITLE};

impl Scene {
    /// Lays out every body, the innermost first. Blocks stand in the order of the document, so that what is inside a
    /// container comes behind it.
    pub(super) fn lay_out(&mut self) {
        for place in (0..self.order.len()).rev() {
            let key = self.order[place];
            self.size_of(key);
        }
        for place in 0..self.roots.len() {
            self.lay_out_lane(self.roots[place]);
        }
    }

    fn size_of(&mut self, key: Key) {
        let node = &self.nodes[key.index()];
        let (width, head) = (node.card.width, node.card.head());
        let folded = node.is_folded();
        let mut size = (width, head);
        for place in 0..node.lanes.len() {
            let lane = self.nodes[key.index()].lanes[place];
            self.lay_out_lane(lane);
            let (width, height) = self.lane_size(lane);
            size = (size.0.max(width), size.1 + height);
        }
        self.nodes[key.index()].size = if folded { (width, TITLE) } else { size };
    }

    /// The width and height that a body needs.
    pub(super) fn lane_size(&self, lane: BodyKey) -> (f64, f64) {
        let lane = &self.lanes[lane.index()];
        let content = lane.content;
        let rows = lane.given.len().max(lane.taken.len()) as f64 * ROW;
        let width = lane.edges.0 + (content.right() + ROOM.0).max(MIN_BODY.0) - content.x.min(0.0)
            + lane.edges.1
            + 2.0 * PADDING;
        let height = (content.bottom() + ROOM.1).max(MIN_BODY.1).max(rows) - content.y.min(0.0);
        (width, BODY_TITLE + height + PADDING)
    }

    fn lay_out_lane(&mut self, key: BodyKey) {
        let lane = &self.lanes[key.index()];
        let items: Vec<Item> = lane.children.iter().map(|child| self.item(*child)).collect();
        let signature = signature(&items, &lane.reads);
        if signature != lane.signature || lane.points.len() != items.len() {
            let points = layout::arrange(&items, &lane.reads);
            let lane = &mut self.lanes[key.index()];
            lane.content = layout::around(&items, &points);
            lane.points = points;
            lane.signature = signature;
        }
    }

    fn item(&self, key: Key) -> Item {
        let node = &self.nodes[key.index()];
        Item {
            width: node.size.0,
            height: node.size.1,
            fixed: node.place.map(|place| Point::new(f64::from(place.x), f64::from(place.y))),
            floats: node.is_group(),
        }
    }

    /// Where the left top corner of a lane's content lies in the lane.
    pub(super) fn inset(&self, lane: BodyKey) -> Point {
        let lane = &self.lanes[lane.index()];
        Point::new(lane.edges.0 + PADDING - lane.content.x.min(0.0), BODY_TITLE - lane.content.y.min(0.0))
    }

    /// Where a body's blocks would stand without the places that the program says.
    pub(crate) fn arranged(&self, lane: BodyKey) -> Vec<Point> {
        let lane = &self.lanes[lane.index()];
        let items: Vec<Item> = lane.children.iter().map(|child| Item { fixed: None, ..self.item(*child) }).collect();
        layout::arrange(&items, &lane.reads)
    }
}

/// A number that differs where a layout may differ.
fn signature(items: &[Item], reads: &[(u32, u32)]) -> u64 {
    let mut hasher = DefaultHasher::new();
    for item in items {
        (item.width.to_bits(), item.height.to_bits(), item.floats).hash(&mut hasher);
        item.fixed.map(|point| (point.x.to_bits(), point.y.to_bits())).hash(&mut hasher);
    }
    reads.hash(&mut hasher);
    hasher.finish()
}
