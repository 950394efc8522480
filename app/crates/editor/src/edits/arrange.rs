//! Where blocks are drawn: alignment, spacing, nudges, folding, and the layout anew.

use blocks::document::Place;
use blocks::edit::EditOp;

use super::moving::place_at;
use crate::editor::{Editor, Proposal};
use crate::geometry::{Point, Rect};
use crate::scene::{BodyKey, Key};

/// An edge or middle on which blocks are aligned.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Edge {
    /// The left edges.
    Left,
    /// The middles, one above the other.
    Center,
    /// The right edges.
    Right,
    /// The top edges.
    Top,
    /// The middles, side by side.
    Middle,
    /// The bottom edges.
    Bottom,
}

/// A direction in which space is evened out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Axis {
    /// From left to right.
    Horizontal,
    /// From top to bottom.
    Vertical,
}

/// How far an arrow key moves blocks.
const NUDGE: f64 = 10.0;
/// How far it does with shift.
const FAR_NUDGE: f64 = 50.0;

impl Editor {
    /// Aligns the selected blocks.
    pub(crate) fn align(&self, edge: Edge) -> Result<Proposal, String> {
        let (keys, _) = self.several()?;
        let rects: Vec<Rect> = keys.iter().map(|key| self.scene.node(*key).rect).collect();
        let around = rects[1..].iter().fold(rects[0], |around, rect| around.union(rect));
        let target = |rect: &Rect| match edge {
            Edge::Left => Point::new(around.x, rect.y),
            Edge::Center => Point::new(around.center().x - rect.width / 2.0, rect.y),
            Edge::Right => Point::new(around.right() - rect.width, rect.y),
            Edge::Top => Point::new(rect.x, around.y),
            Edge::Middle => Point::new(rect.x, around.center().y - rect.height / 2.0),
            Edge::Bottom => Point::new(rect.x, around.bottom() - rect.height),
        };
        let ops = keys.iter().zip(&rects).map(|(key, rect)| self.put(*key, target(rect))).collect();
        Ok(Proposal::new("align", ops).saying(format!("aligned {}", self.titles(&keys))))
    }

    /// Evens out the space between the selected blocks.
    pub(crate) fn distribute(&self, axis: Axis) -> Result<Proposal, String> {
        let (mut keys, _) = self.several()?;
        if keys.len() < 3 {
            return Err("select three blocks or more".to_owned());
        }
        let start = |rect: &Rect| if axis == Axis::Horizontal { rect.x } else { rect.y };
        let length = |rect: &Rect| if axis == Axis::Horizontal { rect.width } else { rect.height };
        keys.sort_by(|one, other| start(&self.scene.node(*one).rect).total_cmp(&start(&self.scene.node(*other).rect)));
        let rects: Vec<Rect> = keys.iter().map(|key| self.scene.node(*key).rect).collect();
        let last = &rects[rects.len() - 1];
        let whole = start(last) + length(last) - start(&rects[0]);
        let gap = (whole - rects.iter().map(length).sum::<f64>()) / (rects.len() - 1) as f64;
        let mut next = start(&rects[0]);
        let mut ops = Vec::new();
        for (key, rect) in keys.iter().zip(&rects) {
            let at = if axis == Axis::Horizontal { Point::new(next, rect.y) } else { Point::new(rect.x, next) };
            ops.push(self.put(*key, at));
            next += length(rect) + gap;
        }
        Ok(Proposal::new("distribute", ops).saying(format!("distributed {}", self.titles(&keys))))
    }

    fn several(&self) -> Result<(Vec<Key>, BodyKey), String> {
        let mut keys = self.selection.outermost(&self.scene);
        keys.retain(|key| !self.scene.node(*key).is_group());
        let lane = self.common_lane(&keys)?;
        if keys.len() < 2 { Err("select two blocks or more".to_owned()) } else { Ok((keys, lane)) }
    }

    /// Draws a block at a point of the canvas.
    fn put(&self, key: Key, at: Point) -> EditOp {
        let node = self.scene.node(key);
        let origin = self.scene.lane(node.body).origin;
        let contained = self.scene.container(node.body).is_some();
        EditOp::set_place(node.id.as_str(), Some(place_at(at - origin, node.is_folded(), contained)))
    }

    /// Moves the selected blocks a little.
    pub(crate) fn nudge(&self, direction: Point, far: bool) -> Result<Proposal, String> {
        let keys = self.selection.outermost(&self.scene);
        if keys.is_empty() {
            return Err("select a block first".to_owned());
        }
        let by = if far { FAR_NUDGE } else { NUDGE };
        let by = Point::new(direction.x * by, direction.y * by);
        let ops = keys.iter().map(|key| self.put(*key, self.scene.node(*key).rect.corner() + by)).collect();
        Ok(Proposal::new("nudge", ops).saying(format!("moved {}", self.titles(&keys))).continuing())
    }

    /// Draws only the titles of the selected blocks, or all of them again.
    pub(crate) fn fold(&self) -> Result<Proposal, String> {
        let keys = self.selection.outermost(&self.scene);
        let unfold = keys.iter().all(|key| self.scene.node(*key).is_folded());
        let fold = |key: &Key| {
            let node = self.scene.node(*key);
            let (x, y) = (node.at.x.round() as i32, node.at.y.round() as i32);
            let place = node.place.unwrap_or(Place { x, y, folded: false });
            EditOp::set_place(node.id.as_str(), Some(Place { folded: !unfold, ..place }))
        };
        if keys.is_empty() {
            return Err("select a block first".to_owned());
        }
        let verb = if unfold { "unfold" } else { "fold" };
        let titles = self.titles(&keys);
        Ok(Proposal::new(verb, keys.iter().map(fold).collect()).saying(format!("{verb}ed {titles}")))
    }

    /// Lays out the selected blocks, or everything, anew: their places are forgotten.
    pub(crate) fn lay_out_anew(&self) -> Result<Proposal, String> {
        let selected = self.selection.outermost(&self.scene);
        let inside = if selected.is_empty() {
            self.scene.order().to_vec()
        } else {
            self.inside(&selected).into_iter().collect()
        };
        let forget = |key: &Key| {
            let node = self.scene.node(*key);
            let place = node.place?;
            // That a block is folded stands with its place.
            let kept = place.folded.then(|| Place { folded: true, ..self.place_without(*key) });
            (kept != Some(place)).then(|| EditOp::set_place(node.id.as_str(), kept))
        };
        let ops: Vec<EditOp> = inside.iter().filter_map(forget).collect();
        let said = if ops.is_empty() { "everything is laid out already" } else { "laid out anew" };
        Ok(Proposal::new("auto-layout", ops).saying(said))
    }

    /// Where a block would stand if the program did not say.
    fn place_without(&self, key: Key) -> Place {
        let node = self.scene.node(key);
        let points = self.scene.arranged(node.body);
        let place = self.scene.lane(node.body).children.iter().position(|child| *child == key);
        let at = place.and_then(|place| points.get(place)).copied().unwrap_or(node.at);
        Place { x: at.x.round() as i32, y: at.y.round() as i32, folded: node.is_folded() }
    }
}
