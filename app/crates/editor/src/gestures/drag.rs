//! Dragging blocks.

use std::collections::BTreeSet;

use blocks::BlockId;

use super::Gesture;
use crate::changes::{Changes, Redraw};
use crate::editor::Editor;
use crate::edits::moving::Slot;
use crate::geometry::{Point, Rect};
use crate::messages::{Modifiers, Pointer};
use crate::metrics::snap;
use crate::ports::Inlet;
use crate::scene::{BodyKey, Key};
use crate::selection::Selection;

/// Blocks that move.
#[derive(Clone, Debug, PartialEq)]
pub struct Drag {
    /// The blocks; what is inside them moves along.
    pub blocks: Vec<Key>,
    /// Their ids.
    pub ids: Vec<BlockId>,
    /// The blocks and everything inside them.
    pub moved: BTreeSet<Key>,
    /// The wires at them.
    pub wires: Vec<usize>,
    /// Where the pointer took hold, in canvas units.
    pub from: Point,
    /// How far they are from where they stood.
    pub by: Point,
    /// Where they would go.
    pub target: Target,
    /// The body over which the pointer is: what follows from it is found out once.
    over: Option<BodyKey>,
    /// Whether they have no wires yet and may be put into one.
    loose: bool,
}

/// Where dragged blocks would go.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Target {
    /// Elsewhere in their body; the order stays.
    #[default]
    Here,
    /// Into another body, behind a block of it or at its beginning.
    Into(Slot),
    /// Into a wire.
    Wire(Inlet),
    /// Nowhere, and why.
    Refused(String),
}

impl Drag {
    /// Where they would go is found out anew when they move on.
    pub(super) fn forget_target(&mut self) {
        (self.target, self.over) = (Target::Here, None);
    }
}

impl Editor {
    pub(super) fn begin_drag(&mut self, key: Key, adds: bool, from: Point, pointer: &Pointer) -> Changes {
        let id = self.scene.node(key).id.clone();
        let mut redraw = Redraw::default();
        if !self.selection.has(&id) {
            if adds {
                self.selection.toggle(id)
            } else {
                self.selection = Selection::block(id)
            }
            redraw.selection = true;
        }
        let blocks = self.with_members(self.selection.outermost(&self.scene));
        let wires = self.scene.wires_of(&blocks);
        self.gesture = Gesture::Drag(Drag {
            ids: blocks.iter().map(|key| self.scene.node(*key).id.clone()).collect(),
            loose: blocks.len() == 1 && wires.is_empty() && !self.scene.node(blocks[0]).is_container(),
            moved: self.inside(&blocks),
            blocks,
            wires,
            from,
            by: Point::default(),
            target: Target::Here,
            over: None,
        });
        let mut changes = self.drag_to(self.view.to_canvas(pointer.at), pointer.modifiers);
        changes.redraw.selection |= redraw.selection;
        changes
    }

    /// Moves the dragged blocks; with alt, off the grid's steps they stay where the pointer has them until the drop.
    pub(super) fn drag_to(&mut self, at: Point, modifiers: Modifiers) -> Changes {
        let Gesture::Drag(mut drag) = std::mem::take(&mut self.gesture) else { return Changes::default() };
        let by = at - drag.from;
        drag.by = if modifiers.alt { by } else { Point::new(snap(by.x), snap(by.y)) };
        let target = self.target_at(&mut drag, at);
        let redraw = Redraw { moving: true, overlay: target != drag.target, ..Redraw::default() };
        drag.target = target;
        self.gesture = Gesture::Drag(drag);
        Changes::drawn(redraw)
    }

    fn target_at(&self, drag: &mut Drag, at: Point) -> Target {
        if drag.loose
            && let Some(sink) = self.wire_below(drag)
        {
            return Target::Wire(sink);
        }
        let lane = self.body_below(drag, at);
        let own = self.scene.node(drag.blocks[0]).body;
        if lane == own && drag.blocks.iter().all(|key| self.scene.node(*key).body == own) {
            drag.over = Some(lane);
            return Target::Here;
        }
        // Within one body, what is refused stays refused.
        if let (Target::Refused(_), true) = (&drag.target, drag.over == Some(lane)) {
            return drag.target.clone();
        }
        drag.over = Some(lane);
        match self.slot_by_wires(&drag.blocks, &drag.wires, lane, at) {
            Ok(slot) => Target::Into(slot),
            Err(why) => Target::Refused(why),
        }
    }

    /// The body below the pointer that is in none of the dragged blocks; beyond all frames, their own.
    fn body_below(&self, drag: &Drag, at: Point) -> BodyKey {
        let own = self.scene.node(drag.blocks[0]).body;
        let mut lane = self.scene.lane_at(at).unwrap_or_else(|| self.scene.root_of(own));
        while let Some(key) = drag.blocks.iter().find(|key| self.scene.lane_inside(lane, **key).is_some()) {
            lane = self.scene.node(*key).body;
        }
        lane
    }

    /// The wire below the middle of the one dragged block.
    fn wire_below(&self, drag: &Drag) -> Option<Inlet> {
        let rect = self.scene.node(drag.blocks[0]).rect.moved(drag.by);
        let wire = self.scene.wire_at(rect.center(), rect.height / 2.0)?;
        self.scene.wires().get(wire).map(|wire| self.scene.sink(wire.to))
    }

    pub(super) fn drop_drag(&mut self, drag: Drag) -> Changes {
        let proposal = match drag.target {
            Target::Here => self.drop_blocks(&drag.blocks, drag.by, None),
            Target::Into(slot) => self.drop_blocks(&drag.blocks, drag.by, Some(slot)),
            Target::Wire(sink) => self
                .drop_on_wire(drag.blocks[0], drag.by, &sink)
                .or_else(|_| self.drop_blocks(&drag.blocks, drag.by, None)),
            Target::Refused(why) => Err(why),
        };
        let mut changes = self.perform(proposal);
        changes.redraw.moving = true;
        changes.redraw.overlay = true;
        changes
    }

    /// Where the line is drawn that shows the slot of the dragged blocks.
    pub fn drop_mark(&self) -> Option<Rect> {
        let Gesture::Drag(Drag { target: Target::Into(slot), .. }) = &self.gesture else { return None };
        let lane = self.scene.lane(slot.body);
        Some(match slot.after {
            Some(after) => {
                let rect = self.scene.node(after).rect;
                Rect::new(rect.right() + 6.0, rect.y, 0.0, rect.height)
            }
            None => Rect::new(lane.origin.x - 6.0, lane.origin.y, 0.0, lane.rect.bottom() - lane.origin.y),
        })
    }
}
