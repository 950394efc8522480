//! Variables: who uses which, and where they are seen.

use std::collections::BTreeSet;

use blocks::BlockId;

use crate::editor::Editor;
use crate::scene::{BodyKey, Key};

impl Editor {
    /// The variable that a block sets, reads or changes.
    pub(crate) fn variable_of(&self, key: Key) -> Option<Key> {
        if !matches!(self.scene.node(key).card.kind.as_str(), "set_variable" | "get_variable" | "change_variable") {
            return None;
        }
        let block = self.scene.block(&self.program, key)?;
        self.scene.key(&BlockId::from(block.setting("variable")))
    }

    /// A variable is seen behind the block that makes it, in its body and in those inside. Between which places of a
    /// body blocks may stand so that they still see theirs, and are seen.
    pub(crate) fn variable_bounds(
        &self,
        moved: &BTreeSet<Key>,
        lane: BodyKey,
        others: &[Key],
    ) -> Result<(usize, usize), String> {
        let place = |key: Key| others.iter().position(|other| *other == key);
        let (mut first, mut last) = (0, others.len());
        for key in moved {
            let Some(variable) = self.variable_of(*key).filter(|variable| !moved.contains(variable)) else { continue };
            match self.seen_from(variable, lane) {
                Some(beside) => first = first.max(beside.and_then(place).map_or(0, |place| place + 1)),
                None => return Err(self.out_of_reach(*key, variable)),
            }
        }
        if !moved.iter().any(|key| self.scene.node(*key).card.kind == "variable") {
            return Ok((first, last));
        }
        for key in self.scene.order().iter().filter(|key| !moved.contains(key)) {
            let Some(variable) = self.variable_of(*key).filter(|variable| moved.contains(variable)) else { continue };
            // One inside another of the moved blocks goes with it.
            if self.scene.container(self.scene.node(variable).body).is_some_and(|around| moved.contains(&around)) {
                continue;
            }
            match self.scene.ancestor_in(*key, lane) {
                Some(beside) => last = last.min(place(beside).unwrap_or(last)),
                None => return Err(self.out_of_reach(*key, variable)),
            }
        }
        Ok((first, last))
    }

    /// Whether a variable is seen in a body; the variable itself if it stands in that body, so that its order counts.
    fn seen_from(&self, variable: Key, lane: BodyKey) -> Option<Option<Key>> {
        let body = self.scene.node(variable).body;
        if body == lane {
            return Some(Some(variable));
        }
        let around = self.scene.container(lane).and_then(|container| self.scene.ancestor_in(container, body))?;
        (self.scene.node(variable).order < self.scene.node(around).order).then_some(None)
    }

    fn out_of_reach(&self, key: Key, variable: Key) -> String {
        format!("{} would not see the variable {} there", self.title(key), self.scene.node(variable).id)
    }
}
