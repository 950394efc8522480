//! Names that are free.

use std::collections::HashSet;

use blocks::{BlockId, Source};

use crate::editor::Editor;
use crate::ports::Inlet;
use crate::scene::Key;

/// The first free one of `base`, `base_2`, `base_3`, ….
pub(crate) fn free(base: &str, taken: impl Fn(&str) -> bool) -> String {
    let base = word(base);
    let mut names = std::iter::once(base.clone()).chain((2_u32..).map(|count| format!("{base}_{count}")));
    names.find(|name| !taken(name)).unwrap_or(base)
}

/// What a name may be made of: letters, digits and `_`.
pub(crate) fn word(text: &str) -> String {
    let kept: String = text.chars().map(|c| if c.is_alphanumeric() || c == '_' { c } else { '_' }).collect();
    let kept = kept.trim_matches('_').to_lowercase();
    match kept.chars().next() {
        None => "value".to_owned(),
        Some(first) if first.is_numeric() => format!("n{kept}"),
        Some(_) if kept == blocks::document::INPUT => "value".to_owned(),
        Some(_) => kept,
    }
}

impl Editor {
    /// A free id for a block; those in `more` are taken, too.
    pub(crate) fn free_id(&self, base: &str, more: &HashSet<BlockId>) -> BlockId {
        BlockId(free(base, |name| {
            let id = BlockId::from(name);
            !self.is_free(&id) || more.contains(&id)
        }))
    }

    /// Whether no block has an id, no place was left of one that had it, and no wire still reads it: a new block of
    /// that id would be read by chance.
    pub(crate) fn is_free(&self, id: &BlockId) -> bool {
        let mut loose = self.scene.dangling().iter().map(|to| self.scene.sink(*to));
        let reads = |sink: Inlet| match self.scene.source_of(&self.program, &sink) {
            Some(Source::Wire { block, .. }) => block == id,
            _ => false,
        };
        self.scene.key(id).is_none() && !self.program.layout.contains_key(id) && !loose.any(reads)
    }

    /// What people call a block.
    pub(crate) fn title(&self, key: Key) -> &str {
        &self.scene.node(key).card.title
    }

    /// What people call several blocks.
    pub(crate) fn titles(&self, keys: &[Key]) -> String {
        match keys {
            [one] => self.title(*one).to_owned(),
            _ => format!("{} blocks", keys.len()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_words_and_free() {
        assert_eq!(word("Total price (€)"), "total_price");
        assert_eq!(word("1st"), "n1st");
        assert_eq!(word("input"), "value");
        assert_eq!(word("  "), "value");
        assert_eq!(free("a", |name| name == "a" || name == "a_2"), "a_3");
    }
}
