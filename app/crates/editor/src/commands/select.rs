//! Going through a program by keyboard.

use blocks::BlockId;

use crate::changes::Changes;
use crate::editor::{Editor, Proposal};
use crate::edits::moving::Slot;
use crate::scene::{BodyKey, From, Key, To};
use crate::selection::Selection;

impl Editor {
    /// Selects a block, brings it into view and says what it is.
    pub(crate) fn go_to(&mut self, id: &BlockId) -> Changes {
        if self.scene.key(id).is_none() {
            return Changes::refused(format!("there is no block {id}"));
        }
        self.selection = Selection::block(id.clone());
        let view = self.reveal(id);
        let mut changes = self.say_selection().selected();
        changes.redraw.view = view;
        changes
    }

    fn go_to_key(&mut self, key: Key) -> Changes {
        let id = self.scene.node(key).id.clone();
        self.go_to(&id)
    }

    fn last_selected(&self) -> Option<Key> {
        self.selection.blocks.last().and_then(|id| self.scene.key(id))
    }

    fn lane_of_selection(&self) -> BodyKey {
        let block = self.last_selected().map(|key| self.scene.node(key).body);
        let body = self.selection.body.as_ref().and_then(|body| self.scene.lane_key(body));
        block.or(body).unwrap_or(self.scene.roots()[0])
    }

    pub(super) fn select_all(&mut self) -> Changes {
        let lane = self.scene.lane(self.lane_of_selection());
        let ids: Vec<BlockId> = lane.children.iter().map(|key| self.scene.node(*key).id.clone()).collect();
        self.selection = Selection::blocks(ids);
        self.say_selection().selected()
    }

    pub(super) fn select_parent(&mut self) -> Changes {
        let lane = self.lane_of_selection();
        match self.scene.container(lane) {
            Some(container) => self.go_to_key(container),
            None => self.select_lane(lane),
        }
    }

    /// The first block inside the selected one or in the selected body; an empty body itself.
    pub(super) fn select_first_child(&mut self) -> Changes {
        match self.first_child() {
            Ok(Ok(child)) => self.go_to_key(child),
            Ok(Err(lane)) => self.select_lane(lane),
            Err(why) => Changes::refused(why),
        }
    }

    /// The first block inside, or the first body if it is empty.
    pub(super) fn first_child(&self) -> Result<Result<Key, BodyKey>, String> {
        let lanes = match self.last_selected() {
            Some(key) => self.scene.node(key).lanes.clone(),
            None => vec![self.lane_of_selection()],
        };
        let child = lanes.iter().find_map(|lane| self.scene.lane(*lane).children.first()).copied();
        match (child, lanes.first()) {
            (Some(child), _) => Ok(Ok(child)),
            (None, Some(lane)) => Ok(Err(*lane)),
            (None, None) => Err("there is nothing inside".to_owned()),
        }
    }

    fn select_lane(&mut self, lane: BodyKey) -> Changes {
        self.selection = Selection::body(self.scene.address(lane));
        self.say_selection().selected()
    }

    /// The next block in the order of the document, or the one before.
    pub(super) fn select_step(&mut self, back: bool) -> Changes {
        let order = self.scene.order();
        let next = match (self.last_selected().map(|key| self.scene.node(key).order as usize), back) {
            (None, false) => order.first(),
            (None, true) => order.last(),
            (Some(place), false) => order.get(place + 1),
            (Some(place), true) => place.checked_sub(1).and_then(|place| order.get(place)),
        };
        match next.copied() {
            Some(key) => self.go_to_key(key),
            None => Changes::said(if back { "this is the first block" } else { "this is the last block" }),
        }
    }

    /// Goes to what gives the selected wire, or the first input of the selected block, its value.
    pub(super) fn go_to_definition(&mut self) -> Changes {
        match self.definition() {
            Ok(From::Result(key, _)) => self.go_to_key(key),
            Ok(From::Given(lane, _)) => match self.scene.container(lane) {
                Some(container) => self.go_to_key(container),
                None => self.select_lane(lane),
            },
            Err(why) => Changes::refused(why),
        }
    }

    pub(super) fn definition(&self) -> Result<From, String> {
        let to = match (self.selection.wires.last(), self.last_selected()) {
            (Some(sink), _) => self.scene.place_of_sink(sink),
            (None, Some(key)) => {
                let mut inputs = (0..self.scene.node(key).card.inputs.len()).map(|port| To::Input(key, port));
                inputs.find(|to| self.scene.wire_to(*to).is_some())
            }
            (None, None) => None,
        };
        let wire = to.and_then(|to| self.scene.wire_to(to));
        wire.map(|wire| wire.from).ok_or_else(|| "nothing is read here".to_owned())
    }

    /// Goes to the first block that reads the selected one.
    pub(super) fn go_to_reader(&mut self) -> Changes {
        match self.first_reader() {
            Ok(reader) => self.go_to_key(reader),
            Err(why) => Changes::refused(why),
        }
    }

    pub(super) fn first_reader(&self) -> Result<Key, String> {
        let key = self.last_selected().ok_or("select a block first")?;
        self.readers_of(key).first().copied().ok_or_else(|| format!("nothing reads {}", self.title(key)))
    }

    /// The blocks that read a block's results, in the order of the document.
    pub fn readers_of(&self, key: Key) -> Vec<Key> {
        let node = self.scene.node(key);
        let results = (0..node.card.results.len()).map(|port| From::Result(key, port));
        let reader = |to: To| match to {
            To::Input(reader, _) => Some(reader),
            To::Taken(lane, _) => self.scene.container(lane),
        };
        let wires = results.flat_map(|from| self.scene.readers(from));
        let mut readers: Vec<Key> = wires.filter_map(|wire| reader(wire.to)).collect();
        readers.sort_by_key(|key| self.scene.node(*key).order);
        readers.dedup();
        readers
    }

    /// Moves the selected blocks out of their container, behind it.
    pub(super) fn move_out(&self) -> Result<Proposal, String> {
        let keys = self.selection.outermost(&self.scene);
        let lane = self.common_lane(&keys)?;
        let container = self.scene.container(lane).ok_or("they stand in no container")?;
        let slot = Slot { body: self.scene.node(container).body, after: Some(container) };
        self.move_to(&keys, slot)
    }

    /// Moves the selected blocks to the end of the first body of the container before them.
    pub(super) fn move_in(&self) -> Result<Proposal, String> {
        let keys = self.selection.outermost(&self.scene);
        let lane = self.common_lane(&keys)?;
        let children = &self.scene.lane(lane).children;
        let first = children.iter().position(|child| *child == keys[0]).unwrap_or(0);
        let before = children[..first].iter().rev().find(|key| self.scene.node(**key).is_container());
        let container = *before.ok_or("no container stands before them")?;
        let body = self.scene.node(container).lanes[0];
        let after = self.scene.lane(body).children.last().copied();
        self.move_to(&keys, Slot { body, after })
    }

    /// Moves blocks into a body: to a slot, or the nearest to it where their wires point forward.
    fn move_to(&self, keys: &[Key], slot: Slot) -> Result<Proposal, String> {
        let at = match slot.after {
            Some(after) => {
                let rect = self.scene.node(after).rect;
                crate::Point::new(rect.right(), rect.bottom())
            }
            None => self.scene.lane(slot.body).origin,
        };
        let slot = self.slot_for(keys, slot.body, at)?;
        let titles = self.titles(keys);
        let mut ops = self.move_into(keys, slot);
        // A place in another body would mean something else there.
        ops.extend(
            keys.iter()
                .map(|key| self.scene.node(*key))
                .filter(|node| node.place.is_some())
                .map(|node| blocks::edit::EditOp::set_place(node.id.as_str(), None)),
        );
        let said = format!("moved {titles} {}", self.name_of(slot));
        Ok(Proposal::new(format!("move {titles}"), ops).saying(said))
    }
}
