//! From places inside bodies to places on the canvas.

use super::Scene;
use super::tree::{BodyKey, Key};
use crate::geometry::{Point, Rect};
use crate::metrics::{BODY_TITLE, GROUP_PADDING, PADDING, ROUTINE_GAP};

impl Scene {
    /// Places everything: the program's content at the origin, the functions below.
    pub(super) fn place(&mut self) {
        let mut top = None;
        self.bounds = Rect::default();
        for place in 0..self.roots.len() {
            let lane = self.roots[place];
            let (width, height) = self.lane_size(lane);
            let inset = self.inset(lane);
            let y = top.unwrap_or(-inset.y);
            let rect = Rect::new(-inset.x, y, width, height);
            self.place_lane(lane, rect, None);
            top = Some(rect.bottom() + ROUTINE_GAP);
            self.bounds = if place == 0 { rect } else { self.bounds.union(&rect) };
        }
    }

    fn place_lane(&mut self, key: BodyKey, rect: Rect, hidden_in: Option<Key>) {
        let inset = self.inset(key);
        let lane = &mut self.lanes[key.index()];
        lane.rect = rect;
        lane.origin = rect.corner() + inset;
        for place in 0..self.lanes[key.index()].children.len() {
            let child = self.lanes[key.index()].children[place];
            if !self.nodes[child.index()].is_group() {
                self.place_block(key, place, child, hidden_in);
            }
        }
        for place in 0..self.lanes[key.index()].children.len() {
            let child = self.lanes[key.index()].children[place];
            if self.nodes[child.index()].is_group() {
                let rect = self.around_members(key, child);
                self.set_rect(child, rect, Point::default(), hidden_in);
            }
        }
    }

    fn place_block(&mut self, lane: BodyKey, place: usize, key: Key, hidden_in: Option<Key>) {
        let at = self.lanes[lane.index()].points[place];
        let corner = self.lanes[lane.index()].origin + at;
        let (width, height) = self.nodes[key.index()].size;
        self.set_rect(key, Rect::new(corner.x, corner.y, width, height), at, hidden_in);
        let node = &self.nodes[key.index()];
        let folded = node.is_folded();
        let hidden = hidden_in.or(folded.then_some(key));
        let mut top = corner.y + node.card.head();
        for index in 0..node.lanes.len() {
            let inner = self.nodes[key.index()].lanes[index];
            let height = if folded { 0.0 } else { self.lane_size(inner).1 };
            self.place_lane(inner, Rect::new(corner.x, top, width, height), hidden);
            top += height;
        }
    }

    fn set_rect(&mut self, key: Key, rect: Rect, at: Point, hidden_in: Option<Key>) {
        let revision = self.revision;
        let node = &mut self.nodes[key.index()];
        if node.rect != rect || node.hidden_in != hidden_in {
            node.revision = revision;
        }
        (node.rect, node.at, node.hidden_in) = (rect, at, hidden_in);
        if node.revision == revision {
            self.changed.push(key);
        }
    }

    /// The frame of a group: around those of its members that stand in its body.
    fn around_members(&self, lane: BodyKey, group: Key) -> Rect {
        let members = self.nodes[group.index()].card.around.iter().filter_map(|id| self.key(id));
        let rects = members.filter(|key| self.node(*key).body == lane && !self.node(*key).is_group());
        let around = rects.map(|key| self.node(key).rect).reduce(|one, other| one.union(&other));
        let corner = self.lanes[lane.index()].origin;
        let around = around.unwrap_or(Rect::new(corner.x, corner.y, 0.0, 0.0)).grown(GROUP_PADDING);
        Rect::new(around.x, around.y - BODY_TITLE, around.width.max(PADDING), around.height + BODY_TITLE)
    }
}
