//! Moving blocks: within their body, and into others.

use std::collections::BTreeSet;

use blocks::document::Place;
use blocks::edit::EditOp;

use crate::editor::{Editor, Proposal};
use crate::geometry::Point;
use crate::metrics::snap;
use crate::scene::{BodyKey, From, Key, To};
use crate::selection::Selection;

/// A place among the blocks of a body.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Slot {
    /// The body.
    pub body: BodyKey,
    /// The block behind which it is; at the beginning without one.
    pub after: Option<Key>,
}

/// How many wires a refusal names; the rest is counted.
const NAMED: usize = 3;

impl Editor {
    /// Where in a body blocks may stand that are put down at a point: as near to what lies left of it as their wires
    /// let them.
    ///
    /// # Errors
    /// The wires that would not point forward, or would read what is not there.
    pub(crate) fn slot_for(&self, keys: &[Key], lane: BodyKey, at: Point) -> Result<Slot, String> {
        self.slot_by_wires(keys, &self.scene.wires_of(keys), lane, at)
    }

    /// The same with the wires at the blocks, if these are known.
    pub(crate) fn slot_by_wires(
        &self,
        keys: &[Key],
        wires: &[usize],
        lane: BodyKey,
        at: Point,
    ) -> Result<Slot, String> {
        let others = self.others(keys, lane);
        let (first, last) = self.bounds_of(keys, wires, lane, &others)?;
        let wanted = self.place_at(&others, at).clamp(first, last);
        Ok(Slot { body: lane, after: wanted.checked_sub(1).map(|place| others[place]) })
    }

    /// The blocks of a body without some.
    pub(crate) fn others(&self, keys: &[Key], lane: BodyKey) -> Vec<Key> {
        self.scene.lane(lane).children.iter().copied().filter(|key| !keys.contains(key)).collect()
    }

    /// How many blocks stand before a point: up to the last that lies left of it, or above it in the same column.
    fn place_at(&self, blocks: &[Key], at: Point) -> usize {
        let is_before = |key: &Key| {
            let rect = self.scene.node(*key).rect;
            rect.right() <= at.x || (rect.x <= at.x && rect.center().y <= at.y)
        };
        blocks.iter().rposition(is_before).map_or(0, |place| place + 1)
    }

    /// Between which places of a body blocks may stand, given their wires.
    fn bounds_of(
        &self,
        keys: &[Key],
        wires: &[usize],
        lane: BodyKey,
        others: &[Key],
    ) -> Result<(usize, usize), String> {
        if keys.iter().any(|key| self.scene.lane_inside(lane, *key).is_some()) {
            return Err("a block cannot stand inside itself".to_owned());
        }
        let inside = self.inside(keys);
        let place = |key: Key| others.iter().position(|other| *other == key);
        let (mut first, mut last) = self.variable_bounds(&inside, lane, others)?;
        let mut broken = Vec::new();
        for wire in wires.iter().filter_map(|place| self.scene.wires().get(*place)) {
            let (comes, goes) = (self.comes_from(wire.from, &inside), self.goes_to(wire.to, &inside));
            if comes == goes {
                continue;
            }
            let bound = if goes { self.reads_from(wire.from, lane) } else { self.read_by(wire.from, wire.to, lane) };
            match bound {
                Some(Some(key)) if goes => first = first.max(place(key).map_or(0, |place| place + 1)),
                Some(Some(key)) => last = last.min(place(key).unwrap_or(last)),
                Some(None) => {}
                None => broken.push(format!("{} → {}", self.scene.giver(wire.from), self.scene.sink(wire.to))),
            }
        }
        match (broken.is_empty(), first <= last) {
            (true, true) => Ok((first, last)),
            (true, false) => Err("there is no place where all its wires point forward".to_owned()),
            (false, _) => Err(refusal(&broken)),
        }
    }

    /// The blocks and everything inside them.
    pub(crate) fn inside(&self, keys: &[Key]) -> BTreeSet<Key> {
        let ranges = keys.iter().map(|key| self.scene.node(*key));
        ranges.flat_map(|node| self.scene.order()[node.order as usize..node.end as usize].iter().copied()).collect()
    }

    pub(crate) fn comes_from(&self, from: From, inside: &BTreeSet<Key>) -> bool {
        match from {
            From::Result(key, _) => inside.contains(&key),
            From::Given(lane, _) => self.scene.container(lane).is_some_and(|key| inside.contains(&key)),
        }
    }

    pub(crate) fn goes_to(&self, to: To, inside: &BTreeSet<Key>) -> bool {
        match to {
            To::Input(key, _) => inside.contains(&key),
            To::Taken(lane, _) => self.scene.container(lane).is_some_and(|key| inside.contains(&key)),
        }
    }

    /// Whether a giver may be read in a body, and the block of that body that it is, which must stand before.
    fn reads_from(&self, from: From, lane: BodyKey) -> Option<Option<Key>> {
        match from {
            From::Given(given, _) => self.scene.is_around(given, lane).then_some(None),
            From::Result(key, _) => {
                let body = self.scene.node(key).body;
                if body == lane {
                    return Some(Some(key));
                }
                let around =
                    self.scene.container(lane).and_then(|container| self.scene.ancestor_in(container, body))?;
                (self.scene.node(key).order < self.scene.node(around).order).then_some(None)
            }
        }
    }

    /// Whether a reader could read a block that stood in a body, and the block of that body that it is or lies in,
    /// which must stand behind.
    fn read_by(&self, from: From, to: To, lane: BodyKey) -> Option<Option<Key>> {
        let From::Result(..) = from else { return Some(None) };
        let (reader, reads_in) = match to {
            To::Input(key, _) => (Some(key), self.scene.node(key).body),
            To::Taken(inner, _) => (self.scene.container(inner).filter(|_| inner != lane), inner),
        };
        if !self.scene.is_around(lane, reads_in) {
            return None;
        }
        Some(reader.and_then(|reader| self.scene.ancestor_in(reader, lane)))
    }

    /// Moves blocks by a distance: into another body if they are put down there.
    pub(crate) fn drop_blocks(&self, keys: &[Key], by: Point, slot: Option<Slot>) -> Result<Proposal, String> {
        let lane = slot.map(|slot| slot.body);
        let mut ops = Vec::new();
        if let Some(slot) = slot {
            ops.extend(self.move_into(keys, slot));
        }
        for key in keys {
            let node = self.scene.node(*key);
            if node.is_group() {
                continue;
            }
            let origin = self.scene.lane(lane.unwrap_or(node.body)).origin;
            let corner = node.rect.corner() + by - origin;
            let place = place_at(corner, node.is_folded(), self.scene.container(lane.unwrap_or(node.body)).is_some());
            if node.place != Some(place) {
                ops.push(EditOp::set_place(node.id.as_str(), Some(place)));
            }
        }
        let titles = self.titles(keys);
        let said = match slot {
            Some(slot) => format!("moved {titles} {}", self.name_of(slot)),
            None => format!("moved {titles}"),
        };
        let selection = Selection::blocks(keys.iter().map(|key| self.scene.node(*key).id.clone()));
        Ok(Proposal::new(format!("move {titles}"), ops).saying(said).selecting(selection))
    }

    /// The edits that put blocks into a slot, in their order.
    pub(crate) fn move_into(&self, keys: &[Key], slot: Slot) -> Vec<EditOp> {
        let body = self.scene.address(slot.body);
        let mut ops = self.missing_body(&body);
        let mut after = slot.after;
        for key in keys {
            let after_id = after.map(|key| self.scene.node(key).id.as_str());
            ops.push(EditOp::move_block(self.scene.node(*key).id.as_str(), body.clone(), after_id));
            after = Some(*key);
        }
        ops
    }

    /// A slot in words.
    pub(crate) fn name_of(&self, slot: Slot) -> String {
        let into = match self.scene.container(slot.body) {
            Some(container) => format!("into {} of {}", self.scene.lane(slot.body).name, self.title(container)),
            None => format!("into {}", self.scene.address(slot.body)),
        };
        match slot.after {
            Some(after) => format!("after {}, {into}", self.title(after)),
            None => format!("to the beginning, {into}"),
        }
    }

    /// Moves the selected blocks one place up or down in their body.
    pub(crate) fn move_in_order(&self, down: bool) -> Result<Proposal, String> {
        let keys = self.selection.outermost(&self.scene);
        let lane = self.common_lane(&keys)?;
        let children = &self.scene.lane(lane).children;
        let places: Vec<usize> = keys.iter().filter_map(|key| children.iter().position(|child| child == key)).collect();
        let (Some(first), Some(last)) = (places.first().copied(), places.last().copied()) else {
            return Err("select a block first".to_owned());
        };
        let neighbor = if down { children.get(last + 1) } else { first.checked_sub(1).map(|place| &children[place]) };
        let neighbor = *neighbor.ok_or(if down { "it is the last already" } else { "it is the first already" })?;
        let (giver, reader) = if down { (keys.as_slice(), neighbor) } else { (&[neighbor][..], keys[0]) };
        let reads = self.scene.lane(lane).reads_list();
        let place = |key: Key| children.iter().position(|child| *child == key).unwrap_or(0);
        let readers: Vec<Key> = if down { vec![reader] } else { keys.clone() };
        for (giver, reader) in giver.iter().flat_map(|giver| readers.iter().map(move |reader| (*giver, *reader))) {
            if reads.contains(&(place(giver), place(reader))) {
                return Err(format!("{} reads {}, so it stays behind it", self.title(reader), self.title(giver)));
            }
        }
        let after = if down { Some(neighbor) } else { first.checked_sub(2).map(|place| children[place]) };
        let ops = self.move_into(&keys, Slot { body: lane, after });
        let (titles, title) = (self.titles(&keys), self.title(neighbor));
        let said = format!("moved {titles} {} {title}", if down { "after" } else { "before" });
        Ok(Proposal::new(format!("move {titles}"), ops).saying(said))
    }

    /// The body in which all of some blocks stand.
    pub(crate) fn common_lane(&self, keys: &[Key]) -> Result<BodyKey, String> {
        let first = keys.first().ok_or("select a block first")?;
        let lane = self.scene.node(*first).body;
        match keys.iter().all(|key| self.scene.node(*key).body == lane) {
            true => Ok(lane),
            false => Err("the selected blocks stand in different bodies".to_owned()),
        }
    }
}

/// A place on the grid; inside a container, none above or left of its content.
pub(crate) fn place_at(at: Point, folded: bool, contained: bool) -> Place {
    let least = if contained { 0.0 } else { f64::from(i32::MIN / 4) };
    let round = |value: f64| snap(value.max(least)).min(f64::from(i32::MAX / 4)) as i32;
    Place { x: round(at.x), y: round(at.y), folded }
}

fn refusal(broken: &[String]) -> String {
    let named = broken[..broken.len().min(NAMED)].join(", ");
    match broken.len() {
        1 => format!("the wire {named} would not reach from there"),
        count if count > NAMED => format!("the wires {named} and {} more would not reach from there", count - NAMED),
        _ => format!("the wires {named} would not reach from there"),
    }
}
