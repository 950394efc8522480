//! Removing what is selected.

use blocks::edit::EditOp;
use blocks::{BlockId, Source};

use crate::editor::{Editor, Proposal};
use crate::ports::Inlet;
use crate::scene::Key;
use crate::selection::Selection;

impl Editor {
    /// Removes the selected blocks with what is inside them, or the selected wires. Wires that read what goes are
    /// taken away with it, as far as they can be.
    pub(crate) fn delete(&self) -> Result<Proposal, String> {
        let keys = self.selection.outermost(&self.scene);
        if keys.is_empty() {
            return self.disconnect_selected();
        }
        let inside = self.inside(&keys);
        let mut ops = Vec::new();
        for wire in self.scene.wires() {
            if self.comes_from(wire.from, &inside) && !self.goes_to(wire.to, &inside) {
                ops.extend(self.unread(&self.scene.sink(wire.to)));
            }
        }
        ops.extend(keys.iter().map(|key| EditOp::remove_block(self.scene.node(*key).id.as_str())));
        let titles = self.titles(&keys);
        let next = self.next_to(keys[0]);
        let selection = next.map(Selection::block).unwrap_or_default();
        Ok(Proposal::new(format!("delete {titles}"), ops).saying(format!("deleted {titles}")).selecting(selection))
    }

    /// The edits that take a sink's wire away when what it reads goes; none where something must be read.
    fn unread(&self, sink: &Inlet) -> Vec<EditOp> {
        match sink {
            Inlet::Port { .. } | Inlet::Yield { .. } => {
                self.disconnect(sink).map(|proposal| proposal.ops).unwrap_or_default()
            }
            // What they read stays as a name that is not there, which the checker reports: an empty value would hide it.
            Inlet::Carry { .. } | Inlet::Output { .. } => Vec::new(),
        }
    }

    fn disconnect_selected(&self) -> Result<Proposal, String> {
        if self.selection.wires.is_empty() {
            return Err("select a block or a wire first".to_owned());
        }
        let mut ops = Vec::new();
        for sink in &self.selection.wires {
            if let Some(Source::Wire { .. }) = self.scene.source_of(&self.program, sink) {
                ops.extend(self.disconnect(sink)?.ops);
            }
        }
        let said = match &self.selection.wires[..] {
            [sink] => format!("disconnected {sink}"),
            sinks => format!("disconnected {} wires", sinks.len()),
        };
        Ok(Proposal::new("disconnect", ops).saying(said).selecting(Selection::default()))
    }

    /// The block that is selected when one goes: that before it, or behind it, or around it.
    fn next_to(&self, key: Key) -> Option<BlockId> {
        let node = self.scene.node(key);
        let children = &self.scene.lane(node.body).children;
        let place = children.iter().position(|child| *child == key)?;
        let going = self.selection.outermost(&self.scene);
        let before = children[..place].iter().rev().find(|key| !going.contains(key));
        let behind = children[place..].iter().find(|key| !going.contains(key)).copied();
        let next = before.copied().or(behind).or(self.scene.container(node.body))?;
        Some(self.scene.node(next).id.clone())
    }
}
