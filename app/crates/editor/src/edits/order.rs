//! The order of blocks, which wires follow: what may be read where, and which blocks move so that it may.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::ops::RangeInclusive;

use blocks::catalog::{self, Meaning};
use blocks::edit::EditOp;

use crate::editor::Editor;
use crate::ports::{Giver, Inlet};
use crate::scene::{BodyKey, From, Key, Lane, To};

impl Editor {
    /// The moves after which a giver may be read at a sink; none if it may be already.
    ///
    /// # Errors
    /// Why it never may.
    pub(crate) fn moves_for(&self, giver: &Giver, sink: &Inlet) -> Result<Vec<EditOp>, String> {
        let Some((key, to)) = self.may_read(giver, sink)? else { return Ok(Vec::new()) };
        match self.reader_beside(key, to) {
            None => Ok(Vec::new()),
            Some(reader) if reader == key => Err(format!("{} cannot read itself", self.title(key))),
            Some(reader) if self.scene.node(key).order < self.scene.node(reader).order => Ok(Vec::new()),
            Some(reader) => self.moves_between(reader, key),
        }
    }

    /// Whether a giver is in scope at a sink, whatever the order; the block that has to stand first, if it is one.
    pub(crate) fn may_read(&self, giver: &Giver, sink: &Inlet) -> Result<Option<(Key, To)>, String> {
        let from = self.scene.place_of_giver(giver).ok_or_else(|| format!("there is no {giver}"))?;
        let to = self.scene.place_of_sink(sink).ok_or_else(|| format!("there is no {sink}"))?;
        let reads_in = self.scene.lane_of_sink(sink).ok_or_else(|| format!("there is no {sink}"))?;
        match from {
            From::Given(lane, _) if self.scene.is_around(lane, reads_in) => Ok(None),
            From::Given(lane, _) => Err(format!("{giver} is there only inside {}", self.scene.address(lane))),
            From::Result(key, _) => self.may_be_seen(key, giver, reads_in).map(|()| Some((key, to))),
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
        let children = &lane.children;
        let place = |key: Key| children.iter().position(|child| *child == key);
        let (Some(first), Some(last)) = (place(reader), place(giver)) else { return Ok(Vec::new()) };
        let reads = Reads::of(lane);
        if let Some(path) = reads.path(first, last) {
            let names: Vec<&str> = path.iter().map(|place| self.title(children[*place])).collect();
            return Err(format!("that would be a cycle: {} → {}", names.join(" → "), names[0]));
        }
        let up = closure(last, first..=last, &reads.givers);
        let down = closure(first, first..=last, &reads.readers);
        let cost = |moved: &BTreeSet<usize>| (self.disturbs(children, moved, first..=last), moved.len());
        let body = self.scene.address(self.scene.node(giver).body);
        let (members, mut after) = match cost(&up) <= cost(&down) {
            true => (up, first.checked_sub(1).map(|place| children[place])),
            false => (down, Some(giver)),
        };
        let mut ops = Vec::new();
        for place in members {
            let key = children[place];
            let after_id = after.map(|key| self.scene.node(key).id.as_str());
            ops.push(EditOp::move_block(self.scene.node(key).id.as_str(), body.clone(), after_id));
            after = Some(key);
        }
        Ok(ops)
    }

    /// The blocks of its body that a block reads, directly or not, itself included: they cannot read it.
    pub(crate) fn upstream(&self, key: Key) -> HashSet<Key> {
        let lane = self.scene.lane(self.scene.node(key).body);
        let Some(place) = lane.children.iter().position(|child| *child == key) else { return HashSet::new() };
        let reads = Reads::of(lane);
        closure(place, 0..=lane.children.len(), &reads.givers).into_iter().map(|place| lane.children[place]).collect()
    }

    /// The blocks of its body that read a block, directly or not, itself included.
    pub(crate) fn downstream(&self, key: Key) -> HashSet<Key> {
        let lane = self.scene.lane(self.scene.node(key).body);
        let Some(place) = lane.children.iter().position(|child| *child == key) else { return HashSet::new() };
        let reads = Reads::of(lane);
        let reached = closure(place, 0..=lane.children.len(), &reads.readers);
        reached.into_iter().map(|place| lane.children[place]).collect()
    }

    /// Whether moving some blocks past the others changes the order in which the world outside is asked, variables are
    /// set, or a run may end.
    fn disturbs(&self, children: &[Key], moved: &BTreeSet<usize>, among: RangeInclusive<usize>) -> bool {
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
}

/// Who reads whom among the children of a body, by their places.
struct Reads {
    givers: Vec<Vec<usize>>,
    readers: Vec<Vec<usize>>,
}

impl Reads {
    fn of(lane: &Lane) -> Self {
        let nobody = vec![Vec::new(); lane.children.len()];
        let mut reads = Self { givers: nobody.clone(), readers: nobody };
        for (giver, reader) in lane.reads_list() {
            reads.givers[reader].push(giver);
            reads.readers[giver].push(reader);
        }
        reads
    }

    /// A chain of readings from one child to another.
    fn path(&self, from: usize, to: usize) -> Option<Vec<usize>> {
        let mut came_from = BTreeMap::from([(from, from)]);
        let mut waiting = vec![from];
        while let Some(place) = waiting.pop() {
            if place == to {
                let mut path = vec![to];
                while let Some(before) =
                    path.last().and_then(|last| came_from.get(last)).filter(|_| !path.contains(&from))
                {
                    path.push(*before);
                }
                path.reverse();
                return Some(path);
            }
            for next in &self.readers[place] {
                came_from.entry(*next).or_insert_with(|| {
                    waiting.push(*next);
                    place
                });
            }
        }
        None
    }
}

/// What is reached from a place without leaving a range.
fn closure(from: usize, range: RangeInclusive<usize>, next: &[Vec<usize>]) -> BTreeSet<usize> {
    let mut reached = BTreeSet::from([from]);
    let mut waiting = vec![from];
    while let Some(place) = waiting.pop() {
        for place in next[place].iter().filter(|place| range.contains(place)) {
            if reached.insert(*place) {
                waiting.push(*place);
            }
        }
    }
    reached
}
