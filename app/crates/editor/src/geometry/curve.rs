//! The curve of a wire: leaves to the right, arrives from the left.

use super::{Point, Rect};

/// A cubic curve.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Curve {
    /// Where it begins.
    pub from: Point,
    /// Where it heads at its beginning.
    pub out: Point,
    /// Where it comes from at its end.
    pub into: Point,
    /// Where it ends.
    pub to: Point,
}

/// Into how many straight pieces a curve is cut to measure distances.
const PIECES: u32 = 16;

impl Curve {
    /// The curve of a wire between two ports.
    pub fn between(from: Point, to: Point) -> Self {
        let ahead = (to.x - from.x).abs() / 2.0;
        let reach = ahead.clamp(24.0, 160.0);
        Self { from, out: Point::new(from.x + reach, from.y), into: Point::new(to.x - reach, to.y), to }
    }

    /// The point at a place between 0 (its beginning) and 1 (its end).
    pub fn at(&self, place: f64) -> Point {
        let back = 1.0 - place;
        let weights =
            [back * back * back, 3.0 * back * back * place, 3.0 * back * place * place, place * place * place];
        let points = [self.from, self.out, self.into, self.to];
        let sum = |of: fn(&Point) -> f64| points.iter().zip(weights).map(|(point, weight)| of(point) * weight).sum();
        Point::new(sum(|point| point.x), sum(|point| point.y))
    }

    /// A rectangle around it.
    pub fn bounds(&self) -> Rect {
        let ends = Rect::between(self.from, self.to);
        ends.union(&Rect::between(self.out, self.into))
    }

    /// How far a point is from it.
    pub fn distance(&self, point: Point) -> f64 {
        let mut nearest = f64::INFINITY;
        let mut before = self.from;
        for piece in 1..=PIECES {
            let next = self.at(f64::from(piece) / f64::from(PIECES));
            nearest = nearest.min(distance_to_line(point, before, next));
            before = next;
        }
        nearest
    }

    /// The same, elsewhere.
    #[must_use]
    pub fn moved(&self, by: Point) -> Self {
        Self { from: self.from + by, out: self.out + by, into: self.into + by, to: self.to + by }
    }
}

fn distance_to_line(point: Point, from: Point, to: Point) -> f64 {
    let along = to - from;
    let length = along.x * along.x + along.y * along.y;
    if length == 0.0 {
        return point.distance(from);
    }
    let offset = point - from;
    let place = ((offset.x * along.x + offset.y * along.y) / length).clamp(0.0, 1.0);
    point.distance(Point::new(from.x + along.x * place, from.y + along.y * place))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_curve_is_near_its_points_and_far_from_others() {
        let curve = Curve::between(Point::new(0.0, 0.0), Point::new(200.0, 100.0));
        for place in [0.0, 0.2, 0.5, 0.9, 1.0] {
            assert!(curve.distance(curve.at(place)) < 1.0);
            assert!(curve.bounds().grown(0.1).contains(curve.at(place)));
        }
        assert!(curve.distance(Point::new(0.0, 100.0)) > 40.0);
    }

    #[test]
    fn a_wire_backwards_still_leaves_to_the_right() {
        let curve = Curve::between(Point::new(100.0, 0.0), Point::new(0.0, 0.0));
        assert!(curve.out.x > curve.from.x && curve.into.x < curve.to.x);
    }
}
