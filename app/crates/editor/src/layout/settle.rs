//! Blocks that people placed stay; others give way.

use std::collections::BTreeMap;

use super::Item;
use crate::geometry::{Point, Rect};
use crate::metrics::{GRID, ROW_GAP};

/// The width of the stripes by which neighbors are found.
const STRIPE: f64 = 400.0;

/// Puts items with a place there, and moves down what would lie on another: of two with a place the lower one, else
/// the one without.
pub(super) fn settle(items: &[Item], points: &mut [Point]) {
    for (item, point) in items.iter().zip(points.iter_mut()) {
        *point = item.fixed.unwrap_or(*point);
    }
    let mut order: Vec<usize> = (0..items.len()).filter(|place| !items[*place].floats).collect();
    order.sort_by(|one, other| {
        let key = |place: usize| (items[place].fixed.is_none(), points[place]);
        let ((free, at), (other_free, other_at)) = (key(*one), key(*other));
        free.cmp(&other_free).then(at.y.total_cmp(&other_at.y)).then(at.x.total_cmp(&other_at.x))
    });
    let mut taken = Taken::default();
    for place in order {
        let item = &items[place];
        let rect = Rect::new(points[place].x, points[place].y, item.width, item.height);
        points[place].y = taken.take(rect);
    }
}

/// Rectangles that lie already, by the stripes that they touch.
#[derive(Default)]
struct Taken {
    stripes: BTreeMap<i64, Vec<Rect>>,
}

impl Taken {
    /// Takes the nearest free place below, and gives its top.
    fn take(&mut self, mut rect: Rect) -> f64 {
        let stripes = stripe(rect.x)..=stripe(rect.right());
        let mut near: Vec<Rect> = self.stripes.range(stripes.clone()).flat_map(|(_, rects)| rects).copied().collect();
        near.retain(|other| other.x < rect.right() && rect.x < other.right() && other.bottom() > rect.y);
        near.sort_by(|one, other| one.y.total_cmp(&other.y));
        for other in near {
            if rect.overlaps(&other) {
                rect.y = ((other.bottom() + ROW_GAP) / GRID).ceil() * GRID;
            }
        }
        for stripe in stripes {
            self.stripes.entry(stripe).or_default().push(rect);
        }
        rect.y
    }
}

fn stripe(x: f64) -> i64 {
    (x / STRIPE).floor() as i64
}
