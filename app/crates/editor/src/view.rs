//! Which part of the canvas is seen, and how large.

use crate::geometry::{Point, Rect};

/// The smallest zoom.
pub const MIN_ZOOM: f64 = 0.1;
/// The largest zoom.
pub const MAX_ZOOM: f64 = 2.5;
/// How much one step of zoom is.
const STEP: f64 = 1.25;
/// How far the canvas can be moved, in pixels.
const FARTHEST: f64 = 1.0e8;
/// The room around what is brought into view, in pixels.
const MARGIN: f64 = 40.0;

/// Which part of the canvas is seen: a point of the canvas stands at `point * zoom + pan` on the screen.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct View {
    /// Where the origin of the canvas stands on the screen, in pixels.
    pub pan: Point,
    /// Pixels for a unit of the canvas.
    pub zoom: f64,
    /// The size of the screen, in pixels.
    pub size: Point,
}

impl Default for View {
    fn default() -> Self {
        Self { pan: Point::new(120.0, 80.0), zoom: 1.0, size: Point::new(1440.0, 900.0) }
    }
}

impl View {
    /// The point of the canvas at a point of the screen.
    pub fn to_canvas(&self, screen: Point) -> Point {
        Point::new((screen.x - self.pan.x) / self.zoom, (screen.y - self.pan.y) / self.zoom)
    }

    /// The point of the screen at a point of the canvas.
    pub fn to_screen(&self, canvas: Point) -> Point {
        Point::new(canvas.x * self.zoom + self.pan.x, canvas.y * self.zoom + self.pan.y)
    }

    /// The part of the canvas that is seen.
    pub fn area(&self) -> Rect {
        Rect::between(self.to_canvas(Point::default()), self.to_canvas(self.size))
    }

    /// Zooms so that the point of the canvas below a point of the screen stays there.
    pub fn zoom_at(&mut self, screen: Point, zoom: f64) {
        let held = self.to_canvas(screen);
        self.zoom = if zoom.is_finite() { zoom.clamp(MIN_ZOOM, MAX_ZOOM) } else { self.zoom };
        self.pan_to(Point::new(screen.x - held.x * self.zoom, screen.y - held.y * self.zoom));
    }

    /// Moves the canvas; not so far that nothing finds back.
    pub fn pan_to(&mut self, pan: Point) {
        let near = |value: f64, before: f64| if value.is_finite() { value.clamp(-FARTHEST, FARTHEST) } else { before };
        self.pan = Point::new(near(pan.x, self.pan.x), near(pan.y, self.pan.y));
    }

    /// Zooms in (or out, below zero) by steps around the middle of the screen.
    pub fn step(&mut self, steps: i32) {
        let middle = Point::new(self.size.x / 2.0, self.size.y / 2.0);
        self.zoom_at(middle, self.zoom * STEP.powi(steps));
    }

    /// Shows a rectangle as a whole, at 100 % at most.
    pub fn fit(&mut self, rect: &Rect) {
        let room = Point::new((self.size.x - 2.0 * MARGIN).max(1.0), (self.size.y - 2.0 * MARGIN).max(1.0));
        let zoom = (room.x / rect.width.max(1.0)).min(room.y / rect.height.max(1.0));
        self.zoom = zoom.clamp(MIN_ZOOM, 1.0);
        self.center(rect.center());
    }

    /// Brings a point of the canvas to the middle of the screen.
    pub fn center(&mut self, at: Point) {
        self.pan = Point::new(self.size.x / 2.0 - at.x * self.zoom, self.size.y / 2.0 - at.y * self.zoom);
    }

    /// Pans as little as needed to show a rectangle; `false` if it is seen already.
    pub fn reveal(&mut self, rect: &Rect) -> bool {
        let corner = self.to_screen(rect.corner());
        let shift = |from: f64, length: f64, size: f64| {
            let length = length.min(size - 2.0 * MARGIN);
            if from < MARGIN { MARGIN - from } else { (size - MARGIN - from - length).min(0.0) }
        };
        let by = Point::new(
            shift(corner.x, rect.width * self.zoom, self.size.x),
            shift(corner.y, rect.height * self.zoom, self.size.y),
        );
        self.pan = self.pan + by;
        by != Point::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_point_under_the_pointer_stays_while_zooming() {
        let mut view = View::default();
        let at = Point::new(300.0, 200.0);
        let held = view.to_canvas(at);
        view.zoom_at(at, 0.3);
        assert!(view.to_canvas(at).distance(held) < 1e-9);
        view.zoom_at(at, 99.0);
        assert_eq!(view.zoom, MAX_ZOOM);
        view.zoom_at(at, f64::NAN);
        assert_eq!(view.zoom, MAX_ZOOM);
    }

    #[test]
    fn what_is_revealed_is_seen_and_what_is_seen_stays() {
        let mut view = View::default();
        let far = Rect::new(5_000.0, -3_000.0, 200.0, 100.0);
        assert!(view.reveal(&far) && view.area().encloses(&far));
        assert!(!view.reveal(&far));
        view.fit(&Rect::new(-9_000.0, 0.0, 12_000.0, 500.0));
        assert!(view.area().encloses(&Rect::new(-9_000.0, 0.0, 12_000.0, 500.0)));
    }
}
