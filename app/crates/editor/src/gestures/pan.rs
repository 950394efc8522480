//! Moving and zooming the canvas with pointers.

use crate::geometry::Point;
use crate::view::View;

/// The canvas moves along with a pointer.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Panning {
    from: Point,
    pan: Point,
}

impl Panning {
    pub(super) fn new(from: Point, view: &View) -> Self {
        Self { from, pan: view.pan }
    }

    pub(super) fn pan_at(&self, at: Point) -> Point {
        self.pan + (at - self.from)
    }
}

/// Two fingers move and zoom the canvas: what lay between them stays between them.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Pinch {
    held: Point,
    zoom: f64,
    apart: f64,
}

impl Pinch {
    pub(super) fn new(one: Point, other: Point, view: &View) -> Self {
        Self { held: view.to_canvas(middle(one, other)), zoom: view.zoom, apart: one.distance(other).max(1.0) }
    }

    pub(super) fn apply(&self, one: Point, other: Point, view: &mut View) {
        let middle = middle(one, other);
        view.zoom_at(middle, self.zoom * one.distance(other) / self.apart);
        let now = view.to_screen(self.held);
        view.pan = view.pan + (middle - now);
    }
}

fn middle(one: Point, other: Point) -> Point {
    Point::new((one.x + other.x) / 2.0, (one.y + other.y) / 2.0)
}
