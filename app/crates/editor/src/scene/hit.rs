//! What lies under the pointer.

use super::Scene;
use super::card::edge_port;
use super::tree::{BodyKey, Key};
use super::wires::{From, To};
use crate::geometry::{Point, Rect};
use crate::metrics::{BODY_TITLE, PORT, TITLE};

/// What lies at a point.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hit {
    /// A port from which wires begin.
    From(From),
    /// A port at which a wire ends.
    To(To),
    /// A block.
    Block(Key, Part),
    /// A wire, by its place in [`Scene::wires`].
    Wire(usize),
    /// The inside of a body.
    Body(BodyKey),
    /// Nothing.
    Canvas,
}

/// A part of a block.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// The title; the whole of a folded block.
    Title,
    /// Below the title.
    Rest,
}

impl Scene {
    /// What lies at a point; ports and wires also within `reach` of it.
    pub fn hit(&self, at: Point, reach: f64) -> Hit {
        self.port_at(at, reach).unwrap_or_else(|| self.hit_no_ports(at, reach))
    }

    /// The same where no ports are drawn.
    pub fn hit_no_ports(&self, at: Point, reach: f64) -> Hit {
        let block = self.block_at(at);
        let lane = self.lane_at(at);
        if let Some(key) = block
            && !self.lies_in_lane(key, lane)
        {
            let part = if at.y <= self.node(key).rect.y + TITLE { Part::Title } else { Part::Rest };
            return Hit::Block(key, part);
        }
        if let Some(wire) = self.wire_at(at, reach) {
            return Hit::Wire(wire);
        }
        lane.map_or(Hit::Canvas, Hit::Body)
    }

    /// Whether the body at a point lies in the block at that point, and not around it.
    fn lies_in_lane(&self, key: Key, lane: Option<BodyKey>) -> bool {
        lane.is_some_and(|lane| self.lane_inside(lane, key).is_some())
    }

    /// The innermost block whose rectangle has a point; frames of groups only at their title.
    pub fn block_at(&self, at: Point) -> Option<Key> {
        let mut best: Option<(u32, bool, Key)> = None;
        self.blocks_at.each(&Rect::new(at.x, at.y, 0.0, 0.0), |number, rect| {
            let key = Key(number);
            let node = self.node(key);
            if node.is_group() && at.y > rect.y + BODY_TITLE {
                return;
            }
            // Of one body, a block lies above a frame.
            let candidate = (node.depth, !node.is_group(), key);
            if best.is_none_or(|best| candidate > best) {
                best = Some(candidate);
            }
        });
        best.map(|(_, _, key)| key)
    }

    /// The innermost body that has a point.
    pub fn lane_at(&self, at: Point) -> Option<BodyKey> {
        let mut best: Option<(u32, BodyKey)> = None;
        self.blocks_at.each(&Rect::new(at.x, at.y, 0.0, 0.0), |number, _| {
            let node = self.node(Key(number));
            if node.is_folded() {
                return;
            }
            for lane in &node.lanes {
                if self.lane(*lane).rect.contains(at) && best.is_none_or(|(depth, _)| node.depth >= depth) {
                    best = Some((node.depth, *lane));
                }
            }
        });
        let root = || self.roots.iter().copied().find(|lane| self.lane(*lane).rect.contains(at));
        best.map(|(_, lane)| lane).or_else(root)
    }

    /// The wire nearest to a point within reach.
    pub fn wire_at(&self, at: Point, reach: f64) -> Option<usize> {
        let mut best: Option<(f64, usize)> = None;
        self.wires_at.each(&Rect::new(at.x, at.y, 0.0, 0.0).grown(reach), |number, _| {
            let distance = self.wires[number as usize].curve.distance(at);
            if distance <= reach && best.is_none_or(|(nearest, _)| distance < nearest) {
                best = Some((distance, number as usize));
            }
        });
        best.map(|(_, wire)| wire)
    }

    fn port_at(&self, at: Point, reach: f64) -> Option<Hit> {
        let reach = reach.max(PORT);
        let mut best: Option<(f64, Hit)> = None;
        let mut see = |point: Point, hit: Hit| {
            let distance = point.distance(at);
            if distance <= reach && best.is_none_or(|(nearest, _)| distance < nearest) {
                best = Some((distance, hit));
            }
        };
        self.blocks_at.each(&Rect::new(at.x, at.y, 0.0, 0.0).grown(reach), |number, rect| {
            let node = self.node(Key(number));
            if node.is_folded() || node.is_group() {
                return;
            }
            let row = |port: usize| rect.y + node.card.port(port);
            for port in 0..node.card.inputs.len() {
                see(Point::new(rect.x, row(port)), Hit::To(To::Input(Key(number), port)));
            }
            for port in 0..node.card.results.len() {
                see(Point::new(rect.right(), row(port)), Hit::From(From::Result(Key(number), port)));
            }
        });
        if let Some(lane) = self.lane_at(at) {
            let state = self.lane(lane);
            for port in 0..state.given.len() {
                see(
                    Point::new(state.rect.x + state.edges.0, state.rect.y + edge_port(port)),
                    Hit::From(From::Given(lane, port)),
                );
            }
            for port in 0..state.taken.len() {
                let x = state.rect.right() - state.edges.1;
                see(Point::new(x, state.rect.y + edge_port(port)), Hit::To(To::Taken(lane, port)));
            }
        }
        best.map(|(_, hit)| hit)
    }

    /// The blocks that lie wholly in an area and whose container does not.
    pub fn enclosed(&self, area: &Rect) -> Vec<Key> {
        let mut found: Vec<Key> = Vec::new();
        self.blocks_at.each(area, |number, rect| {
            if area.encloses(rect) {
                found.push(Key(number));
            }
        });
        found.sort_by_key(|key| self.node(*key).order);
        let mut end = 0;
        found.retain(|key| {
            let node = self.node(*key);
            let outermost = node.order >= end;
            end = if outermost { node.end } else { end };
            outermost
        });
        found
    }
}
