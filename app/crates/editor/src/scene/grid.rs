//! What lies where: rectangles by the squares that they touch.

use crate::geometry::{Point, Rect};

/// An index of numbered rectangles, built at once.
#[derive(Clone, Debug, Default)]
pub(crate) struct Grid {
    corner: Point,
    cell: f64,
    columns: usize,
    rows: usize,
    /// Where the numbers of each cell begin in `members`.
    starts: Vec<u32>,
    members: Vec<(u32, Rect)>,
    /// Rectangles that touch many cells.
    large: Vec<(u32, Rect)>,
}

/// Rectangles that touch more cells than this are kept apart.
const MANY_CELLS: usize = 24;

/// The least side of a cell.
const CELL: f64 = 256.0;

impl Grid {
    /// Indexes rectangles; they may come in any order.
    pub(crate) fn build(&mut self, rects: impl Iterator<Item = (u32, Rect)>) {
        let all: Vec<(u32, Rect)> = rects.collect();
        self.large.clear();
        self.size(&all);
        let mut counts = vec![0_u32; self.columns * self.rows + 1];
        let mut small = Vec::with_capacity(all.len());
        for (number, rect) in all {
            if self.cells_of(&rect).count() > MANY_CELLS {
                self.large.push((number, rect));
                continue;
            }
            self.cells_of(&rect).for_each(|cell| counts[cell + 1] += 1);
            small.push((number, rect));
        }
        for cell in 1..counts.len() {
            counts[cell] += counts[cell - 1];
        }
        self.members.clear();
        self.members.resize(counts.last().copied().unwrap_or(0) as usize, (0, Rect::default()));
        let mut next = counts.clone();
        for (number, rect) in small {
            for cell in self.cells_of(&rect) {
                self.members[next[cell] as usize] = (number, rect);
                next[cell] += 1;
            }
        }
        self.starts = counts;
    }

    /// About as many cells as rectangles, but none too small.
    fn size(&mut self, all: &[(u32, Rect)]) {
        let bounds = all.iter().map(|(_, rect)| *rect).reduce(|one, other| one.union(&other)).unwrap_or_default();
        let most = all.len().max(1) as f64 * 4.0;
        self.corner = bounds.corner();
        self.cell =
            CELL.max((bounds.width / most).max(bounds.height / most)).max((bounds.width * bounds.height / most).sqrt());
        self.columns = (bounds.width / self.cell) as usize + 1;
        self.rows = (bounds.height / self.cell) as usize + 1;
    }

    fn cells_of(&self, rect: &Rect) -> impl Iterator<Item = usize> + use<> {
        let clamp = |value: f64, most: usize| ((value / self.cell).max(0.0) as usize).min(most.saturating_sub(1));
        let (left, right) =
            (clamp(rect.x - self.corner.x, self.columns), clamp(rect.right() - self.corner.x, self.columns));
        let (top, bottom) = (clamp(rect.y - self.corner.y, self.rows), clamp(rect.bottom() - self.corner.y, self.rows));
        let columns = self.columns;
        (top..=bottom).flat_map(move |row| (left..=right).map(move |column| row * columns + column))
    }

    /// Shows each rectangle that touches an area; one that lies in several cells once.
    pub(crate) fn each(&self, area: &Rect, mut see: impl FnMut(u32, &Rect)) {
        for (number, rect) in &self.large {
            if rect.touches(area) {
                see(*number, rect);
            }
        }
        if self.starts.is_empty() {
            return;
        }
        for cell in self.cells_of(area) {
            let members = &self.members[self.starts[cell] as usize..self.starts[cell + 1] as usize];
            for (number, rect) in members {
                if rect.touches(area) && self.first_shared(rect, area) == cell {
                    see(*number, rect);
                }
            }
        }
    }

    /// The first cell that a rectangle and an area share: there it is shown.
    fn first_shared(&self, rect: &Rect, area: &Rect) -> usize {
        let corner = Point::new(rect.x.max(area.x), rect.y.max(area.y));
        self.cells_of(&Rect::new(corner.x, corner.y, 0.0, 0.0)).next().unwrap_or(0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_finds_what_a_search_of_all_finds() {
        let mut state = 7_u64;
        let mut next = |limit: f64| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            (state >> 40) as f64 / f64::from(1 << 24) * limit
        };
        let mut rect = |size: f64| Rect::new(next(9_000.0) - 2_000.0, next(9_000.0) - 2_000.0, next(size), next(size));
        let rects: Vec<Rect> = (0..400).map(|place| rect(if place % 50 == 0 { 9_000.0 } else { 300.0 })).collect();
        let mut grid = Grid::default();
        grid.build(rects.iter().copied().enumerate().map(|(number, rect)| (number as u32, rect)));
        for _ in 0..200 {
            let area = rect(1_500.0);
            let mut found = Vec::new();
            grid.each(&area, |number, _| found.push(number));
            found.sort_unstable();
            let all: Vec<u32> = (0..400).filter(|number| rects[*number as usize].touches(&area)).collect();
            assert_eq!(found, all);
        }
    }

    #[test]
    fn an_empty_one_finds_nothing() {
        Grid::default().each(&Rect::new(0.0, 0.0, 1.0, 1.0), |_, _| panic!("there is nothing"));
    }
}
