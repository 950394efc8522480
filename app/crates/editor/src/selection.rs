//! What is selected.

use blocks::BlockId;
use blocks::edit::BodyAddress;

use crate::ports::Inlet;
use crate::scene::{Key, Scene};

/// What is selected: blocks, wires, or a body.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Selection {
    /// Blocks; the last one was selected last.
    pub blocks: Vec<BlockId>,
    /// Wires, by where they end.
    pub wires: Vec<Inlet>,
    /// The body into which things are pasted and inserted.
    pub body: Option<BodyAddress>,
}

impl Selection {
    /// One block.
    pub fn block(id: BlockId) -> Self {
        Self { blocks: vec![id], ..Self::default() }
    }

    /// Several blocks.
    pub fn blocks(ids: impl IntoIterator<Item = BlockId>) -> Self {
        Self { blocks: ids.into_iter().collect(), ..Self::default() }
    }

    /// A wire.
    pub fn wire(sink: Inlet) -> Self {
        Self { wires: vec![sink], ..Self::default() }
    }

    /// A body.
    pub fn body(body: BodyAddress) -> Self {
        Self { body: Some(body), ..Self::default() }
    }

    /// Whether nothing is selected.
    pub fn is_empty(&self) -> bool {
        self.blocks.is_empty() && self.wires.is_empty() && self.body.is_none()
    }

    /// Whether a block is selected.
    pub fn has(&self, id: &BlockId) -> bool {
        self.blocks.contains(id)
    }

    /// Selects a block more, or one less.
    pub fn toggle(&mut self, id: BlockId) {
        self.body = None;
        match self.blocks.iter().position(|have| *have == id) {
            Some(place) => {
                self.blocks.remove(place);
            }
            None => self.blocks.push(id),
        }
    }

    /// Drops what is not there any more.
    pub(crate) fn keep_what_is_in(&mut self, scene: &Scene) {
        self.blocks.retain(|id| scene.key(id).is_some());
        self.wires.retain(|sink| scene.place_of_sink(sink).is_some());
        self.body.take_if(|body| scene.lane_key(body).is_none());
    }

    /// The selected blocks that stand in no other selected one, in the order of the document.
    pub fn outermost(&self, scene: &Scene) -> Vec<Key> {
        let mut keys: Vec<Key> = self.blocks.iter().filter_map(|id| scene.key(id)).collect();
        keys.sort_by_key(|key| scene.node(*key).order);
        keys.dedup();
        let mut end = 0;
        keys.retain(|key| {
            let node = scene.node(*key);
            let outermost = node.order >= end;
            end = end.max(node.end);
            outermost
        });
        keys
    }
}
