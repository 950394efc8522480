//! Inserting blocks.

use std::collections::HashSet;

use blocks::catalog::{self, Kind};
use blocks::document::{Block, Body, Place};
use blocks::edit::{BodyAddress, EditOp, Item, List};
use blocks::{BlockId, Value};

use crate::changes::LooseEnd;
use crate::editor::{Editor, Proposal};
use crate::geometry::Point;
use crate::metrics::ROW_GAP;
use crate::ports::{Giver, Inlet};
use crate::scene::{BodyKey, From, Key, To, Touched};
use crate::selection::Selection;

use super::moving::{Slot, place_at};

/// A block to be inserted.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Insertion {
    /// Its kind.
    pub kind: String,
    /// Where, in canvas units; behind the selection without a place.
    pub at: Option<Point>,
    /// The loose end of a wire that it is connected to.
    pub wire: Option<LooseEnd>,
    /// The port for that; the first that fits without one.
    pub port: Option<String>,
    /// The wire, by its end, into which it is put.
    pub on_wire: Option<Inlet>,
    /// Settings that it has from the beginning, such as the function of a call.
    pub settings: Vec<(String, Value)>,
}

impl Insertion {
    /// A block behind the selection.
    pub fn of(kind: impl Into<String>) -> Self {
        Self { kind: kind.into(), ..Self::default() }
    }

    /// A block at a point of the canvas.
    pub fn at(kind: impl Into<String>, at: Point) -> Self {
        Self { at: Some(at), ..Self::of(kind) }
    }
}

/// A block of a kind with the bodies that it should have.
pub(crate) fn new_block(id: BlockId, kind: &str) -> Block {
    let mut block = Block::new(id.as_str(), kind);
    for body in catalog::find(kind).into_iter().flat_map(|kind| &kind.bodies) {
        block.bodies.insert(body.name.to_owned(), Body::default());
    }
    block
}

impl Editor {
    /// Inserts a block and connects it.
    pub(crate) fn insert(&self, insertion: &Insertion) -> Result<Proposal, String> {
        let kind = catalog::find(&insertion.kind).ok_or_else(|| format!("there is no kind '{}'", insertion.kind))?;
        let mut block = new_block(self.free_id(kind.name, &HashSet::new()), kind.name);
        block.config.extend(insertion.settings.iter().cloned());
        let slot = self.slot_of(insertion)?;
        let id = block.id.clone();
        let body = self.scene.address(slot.body);
        let mut ops = self.missing_body(&body);
        let places = insertion.at.map(|at| (id.clone(), self.place_in(slot, at))).into_iter().collect();
        let after = slot.after.map(|key| self.scene.node(key).id.0.clone());
        let item = Item::Block { block: Box::new(block) };
        ops.push(EditOp::Add { to: List::Blocks { body }, after, item, places });
        let connected = self.connected(insertion, kind, &id, &ops)?;
        let said = match &connected {
            None => format!("inserted {} {}", kind.title, self.name_of(slot)),
            Some((what, _)) => format!("inserted {} {}, {what}", kind.title, self.name_of(slot)),
        };
        ops.extend(connected.into_iter().flat_map(|(_, ops)| ops));
        Ok(Proposal::new(format!("insert {}", kind.title), ops).saying(said).selecting(Selection::block(id)))
    }

    fn place_in(&self, slot: Slot, at: Point) -> Place {
        place_at(at - self.scene.lane(slot.body).origin, false, self.scene.container(slot.body).is_some())
    }

    /// Where a new block goes: into the body at its point, behind what it reads and before what reads it.
    fn slot_of(&self, insertion: &Insertion) -> Result<Slot, String> {
        let (giver, sink) = self.ends_of(insertion);
        if let Some(sink) = &insertion.on_wire {
            let lane = self.scene.lane_of_sink(sink).ok_or_else(|| format!("there is no {sink}"))?;
            return Ok(self.before_sink(lane, sink));
        }
        let mut slot = match insertion.at {
            Some(at) => {
                let lane = self.scene.lane_at(at).unwrap_or(self.scene.roots()[0]);
                self.slot_for(&[], lane, at)?
            }
            None => self.slot_behind_selection(),
        };
        if let Some(giver) = giver {
            slot = self.behind_giver(slot, &giver)?;
        }
        Ok(match sink {
            Some(sink) => self.not_behind(slot, &sink),
            None => slot,
        })
    }

    fn ends_of(&self, insertion: &Insertion) -> (Option<Giver>, Option<Inlet>) {
        match &insertion.wire {
            Some(LooseEnd::Giver(giver)) => (Some(giver.clone()), None),
            Some(LooseEnd::Inlet(sink)) => (None, Some(sink.clone())),
            None => (None, None),
        }
    }

    /// Behind the last selected block, at the end of the selected body, or at the end of the program.
    pub(crate) fn slot_behind_selection(&self) -> Slot {
        if let Some(key) = self.selection.outermost(&self.scene).last().copied() {
            return Slot { body: self.scene.node(key).body, after: Some(key) };
        }
        let body = self.selection.body.as_ref().and_then(|body| self.scene.lane_key(body));
        let body = body.unwrap_or(self.scene.roots()[0]);
        Slot { body, after: self.scene.lane(body).children.last().copied() }
    }

    /// The slot itself, or the one right behind a giver that stands behind it.
    fn behind_giver(&self, slot: Slot, giver: &Giver) -> Result<Slot, String> {
        let from = self.scene.place_of_giver(giver).ok_or_else(|| format!("there is no {giver}"))?;
        match from {
            From::Given(lane, _) if self.scene.is_around(lane, slot.body) => Ok(slot),
            From::Result(key, _) if self.scene.node(key).body == slot.body => {
                let order = |key: Key| self.scene.node(key).order;
                let behind = slot.after.is_some_and(|after| order(after) >= order(key));
                Ok(if behind { slot } else { Slot { after: Some(key), ..slot } })
            }
            From::Result(key, _) if self.scene.is_around(self.scene.node(key).body, slot.body) => {
                let container = self.scene.container(slot.body);
                let around = container.and_then(|inner| self.scene.ancestor_in(inner, self.scene.node(key).body));
                match around {
                    Some(around) if self.scene.node(key).order < self.scene.node(around).order => Ok(slot),
                    _ => Err(format!("{giver} is not there yet at this place")),
                }
            }
            _ => Err(format!("{giver} is not to be read at this place")),
        }
    }

    fn not_behind(&self, slot: Slot, sink: &Inlet) -> Slot {
        let before = self.before_sink(slot.body, sink);
        let order = |slot: Slot| slot.after.map_or(0, |key| self.scene.node(key).order + 1);
        if order(slot) > order(before) { before } else { slot }
    }

    /// The last slot of a body from which a sink can read; the end, if the sink is not inside the body.
    fn before_sink(&self, lane: BodyKey, sink: &Inlet) -> Slot {
        let children = &self.scene.lane(lane).children;
        let reader = match self.scene.place_of_sink(sink) {
            Some(To::Input(key, _)) => self.scene.ancestor_in(key, lane),
            Some(To::Taken(inner, _)) if inner != lane => {
                self.scene.container(inner).and_then(|key| self.scene.ancestor_in(key, lane))
            }
            _ => None,
        };
        let place = reader.and_then(|reader| children.iter().position(|child| *child == reader));
        let after = match place {
            Some(place) => place.checked_sub(1).map(|place| children[place]),
            None => children.last().copied(),
        };
        Slot { body: lane, after }
    }

    /// The edits that connect a new block, once those before are done, and what they do in words.
    fn connected(
        &self,
        insertion: &Insertion,
        kind: &Kind,
        id: &BlockId,
        ops: &[EditOp],
    ) -> Result<Option<(String, Vec<EditOp>)>, String> {
        if insertion.wire.is_none() && insertion.on_wire.is_none() {
            return Ok(None);
        }
        let trial = self.after(ops)?;
        match (&insertion.on_wire, &insertion.wire) {
            (Some(sink), _) => trial.put_into_wire(id, sink).map(Some),
            (None, Some(LooseEnd::Giver(giver))) => {
                let port = insertion.port.clone().or_else(|| trial.first_input(giver, id));
                let port = port.ok_or_else(|| format!("{giver} fits no input of {}", kind.title))?;
                let sink = Inlet::port(id.as_str(), port);
                let proposal = trial.connect(giver, &sink)?;
                Ok(Some((proposal.say, proposal.ops)))
            }
            (None, Some(LooseEnd::Inlet(sink))) => {
                let port = insertion.port.clone().or_else(|| trial.first_result(id, sink));
                let port = port.ok_or_else(|| format!("no result of {} fits {sink}", kind.title))?;
                let proposal = trial.connect(&Giver::result(id.as_str(), port), sink)?;
                Ok(Some((proposal.say, proposal.ops)))
            }
            (None, None) => Ok(None),
        }
    }

    /// The editor as it would be after some edits, without a history.
    pub(crate) fn after(&self, ops: &[EditOp]) -> Result<Self, String> {
        let mut program = self.program.clone();
        blocks::edit::apply_all(&mut program, ops).map_err(|error| error.to_string())?;
        let mut scene = self.scene.clone();
        scene.update(&program, &Touched::All);
        Ok(Self {
            scene,
            types: self.types.clone(),
            selection: self.selection.clone(),
            ..Self::new_without_scene(program)
        })
    }

    /// The first input of a block that a giver fits: one that nothing comes in at, if there is one.
    fn first_input(&self, giver: &Giver, id: &BlockId) -> Option<String> {
        let node = self.scene.find(id)?;
        let own = &node.card.inputs[..node.card.inputs.len() - node.card.carries];
        let fits = |port: &&String| self.fit(giver, &Inlet::port(id.as_str(), port.as_str())).fits();
        own.iter().find(fits).cloned()
    }

    fn first_result(&self, id: &BlockId, sink: &Inlet) -> Option<String> {
        let node = self.scene.find(id)?;
        let fits = |port: &&String| self.fit(&Giver::result(id.as_str(), port.as_str()), sink).fits();
        node.card.results.iter().find(fits).cloned()
    }

    /// Puts a block into a wire: it reads what the sink read, and the sink reads it.
    fn put_into_wire(&self, id: &BlockId, sink: &Inlet) -> Result<(String, Vec<EditOp>), String> {
        let to = self.scene.place_of_sink(sink).ok_or_else(|| format!("there is no {sink}"))?;
        let wire = self.scene.wire_to(to).ok_or_else(|| format!("{sink} is not connected"))?;
        let giver = self.scene.giver(wire.from);
        let name = self.scene.key(id).map(|key| self.title(key).to_owned()).unwrap_or_default();
        let port = self.first_input(&giver, id).ok_or_else(|| format!("{giver} fits no input of {name}"))?;
        let mut ops = self.connect(&giver, &Inlet::port(id.as_str(), port))?.ops;
        let behind = self.after(&ops)?;
        let result = behind.first_result(id, sink).ok_or_else(|| format!("no result of {name} fits {sink}"))?;
        ops.extend(behind.connect(&Giver::result(id.as_str(), result), sink)?.ops);
        Ok((format!("between {giver} and {sink}"), ops))
    }

    /// Puts blocks that are there already into a wire.
    pub(crate) fn drop_on_wire(&self, key: Key, by: Point, sink: &Inlet) -> Result<Proposal, String> {
        let lane = self.scene.lane_of_sink(sink).ok_or_else(|| format!("there is no {sink}"))?;
        let mut slot = self.before_sink(lane, sink);
        if slot.after == Some(key) {
            let children = &self.scene.lane(lane).children;
            let place = children.iter().position(|child| *child == key).unwrap_or(0);
            slot.after = place.checked_sub(1).map(|place| children[place]);
        }
        let moved = self.drop_blocks(&[key], by, Some(slot))?;
        let id = self.scene.node(key).id.clone();
        let (said, wired) = self.after(&moved.ops)?.put_into_wire(&id, sink)?;
        let title = self.title(key).to_owned();
        let ops = moved.ops.into_iter().chain(wired).collect();
        Ok(Proposal { ops, say: format!("put {title} {said}"), ..moved })
    }
}

impl Editor {
    /// Right below a block.
    pub(crate) fn beside(&self, key: Key) -> Point {
        let rect = self.scene.node(key).rect;
        Point::new(rect.x, rect.bottom() + ROW_GAP)
    }

    /// The first setting that a new block must have.
    pub(crate) fn first_setting(&self, id: &BlockId) -> Option<String> {
        let block = self.scene.block_of(&self.program, id)?;
        let kind = catalog::find(&block.kind)?;
        let open = kind.settings.iter().find(|setting| !setting.optional && !block.config.contains_key(setting.name));
        open.map(|setting| setting.name.to_owned())
    }
}

/// The body in which the palette would insert.
pub(crate) fn body_of(editor: &Editor, at: Point) -> BodyAddress {
    let lane = editor.scene.lane_at(at).unwrap_or(editor.scene.roots()[0]);
    editor.scene.address(lane)
}
