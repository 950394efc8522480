//! The order of blocks, which wires follow: what may be read where, and which blocks move so that it may.

use std::collections::BTreeSet;

use blocks::catalog::{self, Meaning};
use blocks::edit::EditOp;

use crate::editor::Editor;
use crate::ports::{Giver, Sink};
use crate::scene::{BodyKey, From, Key, To};

impl Editor {
    /// The moves after which a giver may be read at a sink; none if it may be already.
    ///
    /// # Errors
    /// Why it never may.
    pub(crate) fn moves_for(&self, giver: &Giver, sink: &Sink) -> Result<Vec<EditOp>, String> {
        let from = self.scene.place_of_giver(giver).ok_or_else(|| format!("there is no {giver}"))?;
        let to = self.scene.place_of_sink(sink).ok_or_else(|| format!("there is no {sink}"))?;
        let reads_in = self.scene.lane_of_sink(sink).ok_or_else(|| format!("there is no {sink}"))?;
        let key = match from {
            From::Given(lane, _) if self.scene.is_around(lane, reads_in) => return Ok(Vec::new()),
            From::Given(lane, _) => {
                return Err(format!("{giver} is there only inside {}", self.scene.address(lane)));
            }
            From::Result(key, _) => key,
        };
        self.may_be_seen(key, giver, reads_in)?;
        match self.reader_beside(key, to) {
            None => Ok(Vec::new()),
            Some(reader) if reader == key => Err(format!("{} cannot read itself", self.title(key))),
            Some(reader) if self.scene.node(key).order < self.scene.node(reader).order => Ok(Vec::new()),
            Some(reader) => self.moves_between(reader, key),
        }
    }

    fn may_be_seen(&self, key: Key, giver: &Giver, reads_in: BodyKey) -> Result<(), String> {
        if self.scene.lane_inside(reads_in, key).is_some() {
            return Err(format!("{giver} is the result of {}: inside it, it is not there yet", self.title(key)));
        }
        let lane = self.scene.node(key).body;
        if self.scene.is_around(lane, reads_in) {
            return Ok(());
        }
        match self.scene.container(lane) {
            Some(container) => Err(format!(
                "{} stands inside {}, and its value leaves that only through a yield",
                self.title(key),
                self.title(container)
            )),
            None => Err(format!("{} stands in another function", self.title(key))),
        }
    }

    /// The block of the giver's body that is, or has inside it, where a wire ends.
    pub(crate) fn reader_beside(&self, giver: Key, to: To) -> Option<Key> {
        let lane = self.scene.node(giver).body;
        let reader = match to {
            To::Input(key, _) => key,
            To::Taken(inner, _) if inner == lane => return None,
            To::Taken(inner, _) => self.scene.container(inner)?,
        };
        self.scene.ancestor_in(reader, lane)
    }

    /// Moves the giver up with what it reads, or the reader down with what reads it: what leaves the order of effects,
    /// then what moves less.
    fn moves_between(&self, reader: Key, giver: Key) -> Result<Vec<EditOp>, String> {
        let lane = self.scene.lane(self.scene.node(giver).body);
        let place = |key: Key| lane.children.iter().position(|child| *child == key);
        let (Some(first), Some(last)) = (place(reader), place(giver)) else { return Ok(Vec::new()) };
        if let Some(path) = self.path(&lane.reads_list(), first, last) {
            let names: Vec<&str> = path.iter().map(|place| self.title(lane.children[*place])).collect();
            return Err(format!("that would be a cycle: {} → {}", names.join(" → "), names[0]));
        }
        let reads = lane.reads_list();
        let up = closure(last, first..=last, &|place| givers(&reads, place));
        let down = closure(first, first..=last, &|place| readers(&reads, place));
        let (up_moves, down_moves) =
            (self.disturbs(&lane.children, &up, first..=last), self.disturbs(&lane.children, &down, first..=last));
        let body = self.scene.address(self.scene.node(giver).body);
        let (members, mut after) = match (up_moves, up.len()) <= (down_moves, down.len()) {
            true => (up, first.checked_sub(1).map(|place| lane.children[place])),
            false => (down, Some(giver)),
        };
        let mut ops = Vec::new();
        for place in members {
            let key = lane.children[place];
            let after_id = after.map(|key| self.scene.node(key).id.as_str());
            ops.push(EditOp::move_block(self.scene.node(key).id.as_str(), body.clone(), after_id));
            after = Some(key);
        }
        Ok(ops)
    }

    /// Whether moving some blocks past the others changes the order in which the world outside is asked, variables are
    /// set, or a run may end.
    fn disturbs(&self, children: &[Key], moved: &BTreeSet<usize>, among: std::ops::RangeInclusive<usize>) -> bool {
        let acts = |place: &usize| self.acts(children[*place]);
        moved.iter().any(acts) && among.filter(|place| !moved.contains(place)).any(|place| acts(&place))
    }

    /// Whether the place of a block in the order matters beyond its wires.
    pub(crate) fn acts(&self, key: Key) -> bool {
        let node = self.scene.node(key);
        let inside = &self.scene.order()[node.order as usize..node.end as usize];
        inside.iter().any(|key| {
            let Some(kind) = catalog::find(&self.scene.node(*key).card.kind) else { return true };
            kind.capability.is_some()
                || matches!(
                    kind.meaning,
                    Meaning::Variable
                        | Meaning::SetVariable
                        | Meaning::GetVariable
                        | Meaning::ChangeVariable
                        | Meaning::Fail
                        | Meaning::Assert
                        | Meaning::Call
                )
        })
    }

    /// A chain of readings from one child of a body to another.
    fn path(&self, reads: &[(usize, usize)], from: usize, to: usize) -> Option<Vec<usize>> {
        let mut came_from = std::collections::BTreeMap::from([(from, from)]);
        let mut waiting = vec![from];
        while let Some(place) = waiting.pop() {
            if place == to {
                let mut path = vec![to];
                while let Some(before) =
                    path.last().and_then(|last| came_from.get(last)).filter(|before| !path.contains(before))
                {
                    path.push(*before);
                }
                path.reverse();
                return Some(path);
            }
            for next in readers(reads, place) {
                came_from.entry(next).or_insert_with(|| {
                    waiting.push(next);
                    place
                });
            }
        }
        None
    }
}

fn givers(reads: &[(usize, usize)], place: usize) -> Vec<usize> {
    reads.iter().filter(|(_, reader)| *reader == place).map(|(giver, _)| *giver).collect()
}

fn readers(reads: &[(usize, usize)], place: usize) -> Vec<usize> {
    reads.iter().filter(|(giver, _)| *giver == place).map(|(_, reader)| *reader).collect()
}

/// What is reached from a place without leaving a range.
fn closure(from: usize, range: std::ops::RangeInclusive<usize>, next: &dyn Fn(usize) -> Vec<usize>) -> BTreeSet<usize> {
    let mut reached = BTreeSet::from([from]);
    let mut waiting = vec![from];
    while let Some(place) = waiting.pop() {
        for place in next(place).into_iter().filter(|place| range.contains(place)) {
            if reached.insert(place) {
                waiting.push(place);
            }
        }
    }
    reached
}
