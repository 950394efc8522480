//! Searching a program.

use crate::changes::Changes;
use crate::editor::Editor;
use crate::scene::Key;

impl Editor {
    /// The blocks in which a text is found, in the order of the document: in the title, kind or id, in a formula or any
    /// other setting.
    pub fn find(&self, text: &str) -> Vec<Key> {
        let wanted = text.trim().to_lowercase();
        if wanted.is_empty() {
            return Vec::new();
        }
        self.scene.order().iter().copied().filter(|key| self.has_text(*key, &wanted)).collect()
    }

    fn has_text(&self, key: Key, wanted: &str) -> bool {
        let node = self.scene.node(key);
        let has = |text: &str| text.to_lowercase().contains(wanted);
        has(&node.card.title)
            || has(node.id.as_str())
            || has(&node.card.kind)
            || self
                .scene
                .block(&self.program, key)
                .is_some_and(|block| block.config.values().any(|value| has(&blocks::literal::write(value))))
    }

    /// Goes to the first block that a text is found in.
    pub(crate) fn find_first(&mut self, text: &str) -> Changes {
        text.clone_into(&mut self.searched);
        self.find_from(0)
    }

    /// Goes to the next one, from the selected block on.
    pub(crate) fn find_next(&mut self) -> Changes {
        let selected = self.selection.blocks.last().and_then(|id| self.scene.find(id));
        let from = selected.map_or(0, |node| node.order + 1);
        self.find_from(from)
    }

    /// The blocks in which the last text is found: one at least.
    pub(crate) fn find_or_say(&self) -> Result<Vec<Key>, String> {
        let found = self.find(&self.searched);
        if found.is_empty() { Err(format!("'{}' is not in the program", self.searched)) } else { Ok(found) }
    }

    fn find_from(&mut self, order: u32) -> Changes {
        let found = match self.find_or_say() {
            Ok(found) => found,
            Err(why) => return Changes::refused(why),
        };
        let next = found.iter().position(|key| self.scene.node(*key).order >= order).unwrap_or(0);
        let id = self.scene.node(found[next]).id.clone();
        let mut changes = self.go_to(&id);
        let said = changes.announce.take().unwrap_or_default();
        changes.saying(format!("{} of {}: {said}", next + 1, found.len()))
    }
}
