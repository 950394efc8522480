//! Groups: notes that are about other blocks, drawn as frames around them.
//!
//! A note alone suffices for that: its setting `around` names the blocks. So groups are written, undone, merged and
//! compared like any setting, and mean nothing for a run.

use blocks::edit::EditOp;
use blocks::{Block, Value};

use crate::editor::{Editor, Proposal};
use crate::scene::Key;
use crate::selection::Selection;

impl Editor {
    /// Draws a frame around the selected blocks.
    pub(crate) fn group(&self, title: &str) -> Result<Proposal, String> {
        let keys = self.selection.outermost(&self.scene);
        let lane = self.common_lane(&keys)?;
        let id = self.free_id("group", &std::collections::HashSet::new());
        let mut block = Block::new(id.as_str(), "note");
        block.title = title.to_owned();
        let members = keys.iter().map(|key| Value::text(self.scene.node(*key).id.as_str())).collect();
        block.config.insert("around".to_owned(), Value::list(members));
        block.config.insert("text".to_owned(), Value::text(title));
        let children = &self.scene.lane(lane).children;
        let first = children.iter().position(|child| *child == keys[0]).unwrap_or(0);
        let after = first.checked_sub(1).map(|place| self.scene.node(children[place]).id.as_str());
        let op = EditOp::add_block(block, self.scene.address(lane), after);
        let said = format!("grouped {} as {title}", self.titles(&keys));
        Ok(Proposal::new("group", vec![op]).saying(said).selecting(Selection::block(id)))
    }

    /// Takes the frames away that are selected, or that are around what is selected.
    pub(crate) fn ungroup(&self) -> Result<Proposal, String> {
        let groups = self.groups_of_selection();
        if groups.is_empty() {
            return Err("there is no group around what is selected".to_owned());
        }
        let members = groups.iter().flat_map(|group| self.scene.node(*group).card.around.clone());
        let selection = Selection::blocks(members);
        let ops = groups.iter().map(|group| EditOp::remove_block(self.scene.node(*group).id.as_str())).collect();
        Ok(Proposal::new("ungroup", ops).selecting(selection))
    }

    fn groups_of_selection(&self) -> Vec<Key> {
        let groups = self.scene.order().iter().copied().filter(|key| self.scene.node(*key).is_group());
        groups
            .filter(|key| {
                let node = self.scene.node(*key);
                self.selection.has(&node.id) || node.card.around.iter().any(|id| self.selection.has(id))
            })
            .collect()
    }

    /// The members of a group, which move along with it.
    pub(crate) fn with_members(&self, keys: Vec<Key>) -> Vec<Key> {
        let mut all = keys.clone();
        for key in keys {
            let node = self.scene.node(key);
            let members = node.card.around.iter().filter_map(|id| self.scene.key(id));
            let beside = members.filter(|member| self.scene.node(*member).body == node.body);
            all.extend(beside.filter(|member| !self.scene.node(*member).is_group()));
        }
        all.sort_by_key(|key| self.scene.node(*key).order);
        all.dedup();
        all
    }
}
