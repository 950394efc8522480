//! Layers to coordinates.

use super::Item;
use super::layers::Graph;
use crate::geometry::Point;
use crate::metrics::{COLUMN_GAP, GRID, ROW_GAP, snap};

/// Puts layers side by side and the blocks of a layer one below the other, each as near to the height of what it reads
/// as its neighbors let it.
pub(super) fn assign(items: &[Item], graph: &Graph, layers: &[Vec<u32>]) -> Vec<Point> {
    let mut points = vec![Point::default(); items.len()];
    let mut x = 0.0;
    for layer in layers {
        let mut width = 0.0_f64;
        let mut free = f64::NEG_INFINITY;
        let mut missed = 0.0;
        for member in layer {
            let wanted = wanted(items, graph, &points, *member).unwrap_or(if free.is_finite() { free } else { 0.0 });
            let y = snap(wanted).max(free);
            missed += wanted - y;
            points[*member as usize] = Point::new(x, y);
            free = snap_up(y + items[*member as usize].height + ROW_GAP);
            width = width.max(items[*member as usize].width);
        }
        raise(layer, missed / layer.len().max(1) as f64, &mut points);
        x = snap_up(x + width + COLUMN_GAP);
    }
    points
}

/// The top that a block would have if it stood level with what it reads.
fn wanted(items: &[Item], graph: &Graph, points: &[Point], member: u32) -> Option<f64> {
    let givers = graph.givers(member);
    let middle = |place: &u32| points[*place as usize].y + items[*place as usize].height.min(LEVEL) / 2.0;
    let sum: f64 = givers.iter().map(middle).sum();
    let height = items[member as usize].height.min(LEVEL);
    (!givers.is_empty()).then(|| sum / givers.len() as f64 - height / 2.0)
}

/// Ports are near the top of a block, also of a tall one.
const LEVEL: f64 = 120.0;

/// The next place on the grid.
fn snap_up(value: f64) -> f64 {
    (value / GRID).ceil() * GRID
}

/// Moves a layer up by what its blocks miss on average, but not above the top.
fn raise(layer: &[u32], by: f64, points: &mut [Point]) {
    let top = layer.iter().map(|member| points[*member as usize].y).fold(f64::INFINITY, f64::min);
    let by = snap(by.max(-top));
    for member in layer {
        points[*member as usize].y += by;
    }
}
