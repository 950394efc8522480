//! Who depends on what, and so is stale when it changes.

use super::kept::{Home, Kept, Owner};
use crate::catalog::{self, Meaning};
use crate::document::{Block, BlockId, Output, Source};

/// What the result of a rule depends on.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) enum Key {
    /// A block's ports, its variable, where it stands and whether it is there; or a routine's inputs.
    Block(BlockId),
    /// A function's signature.
    Function(String),
    /// Which functions there are, in which order.
    Functions,
    /// Which routines of the library were called before.
    Library,
}

/// What the rule of a block reads, or might read.
pub(super) fn read_by(block: &Block) -> Vec<Key> {
    let carried = block.carries.iter().map(|carry| &carry.from);
    let yielded = block.bodies.values().flat_map(|body| body.yields.values());
    let mut keys: Vec<Key> = block.inputs.values().chain(carried).chain(yielded).filter_map(of_source).collect();
    if block.config.contains_key("variable") {
        keys.push(Key::Block(BlockId::from(block.setting("variable"))));
    }
    if block.config.contains_key("function") {
        keys.extend([Key::Function(block.setting("function").to_owned()), Key::Functions]);
    }
    if library_place(&block.kind).is_some() {
        keys.push(Key::Library);
    }
    keys
}

/// What a routine reads at its end.
pub(super) fn read_by_outputs(outputs: &[Output]) -> Vec<Key> {
    outputs.iter().filter_map(|output| of_source(&output.from)).collect()
}

pub(super) fn library_place(kind: &str) -> Option<usize> {
    match catalog::find(kind)?.meaning {
        Meaning::Library(place) => Some(place),
        _ => None,
    }
}

fn of_source(source: &Source) -> Option<Key> {
    match source {
        Source::Wire { block, .. } => Some(Key::Block(block.clone())),
        Source::Literal(_) => None,
    }
}

impl Kept {
    /// Says anew what a routine or block reads.
    pub(super) fn set_reads(&mut self, owner: Owner, keys: Vec<Key>) {
        for key in std::mem::take(&mut self.part_mut(owner).reads) {
            if let Some(readers) = self.readers.get_mut(&key) {
                if let Some(place) = readers.iter().position(|reader| *reader == owner) {
                    readers.swap_remove(place);
                }
                if readers.is_empty() {
                    self.readers.remove(&key);
                }
            }
        }
        for key in &keys {
            self.readers.entry(key.clone()).or_default().push(owner);
        }
        self.part_mut(owner).reads = keys;
    }

    /// Marks a routine or block as stale, with what is around it.
    pub(super) fn mark(&mut self, owner: Owner) {
        let mut next = Some(owner);
        while let Some(owner) = next.filter(|owner| !self.part(*owner).stale) {
            self.part_mut(owner).stale = true;
            next = self.around(owner).map(|home| home.owner);
        }
    }

    pub(super) fn mark_readers(&mut self, key: &Key) {
        self.mark_readers_where(key, |_, _| true);
    }

    /// Marks those that read a block from behind it: others do not see its ports.
    pub(super) fn mark_later_readers(&mut self, place: usize) {
        let (home, place, key) = {
            let block = &self.blocks[place];
            (block.home, block.place, Key::Block(block.id().clone()))
        };
        self.mark_readers_where(&key, |kept, reader| kept.place_in(home, reader).is_some_and(|found| found > place));
    }

    /// Marks those in a body that read the ports which its owner gives it.
    pub(super) fn mark_inner_readers(&mut self, home: Home) {
        let id = match home.owner {
            Owner::Routine(_) => BlockId::input(),
            Owner::Block(place) => self.blocks[place].id().clone(),
        };
        self.mark_readers_where(&Key::Block(id), |kept, reader| kept.place_in(home, reader).is_some());
    }

    /// Marks those that want what is not there: another id may be nearer now.
    pub(super) fn mark_misled(&mut self) {
        for owner in self.misled.iter().copied().collect::<Vec<_>>() {
            self.mark(owner);
        }
    }

    fn mark_readers_where(&mut self, key: &Key, does: impl Fn(&Self, Owner) -> bool) {
        let readers: Vec<Owner> = self.readers.get(key).into_iter().flatten().copied().collect();
        for reader in readers {
            if does(self, reader) {
                self.mark(reader);
            }
        }
    }

    /// Where in a body the block stands that is, or contains, the owner; `None` if it is outside.
    fn place_in(&self, home: Home, owner: Owner) -> Option<usize> {
        let mut at = owner;
        while let Owner::Block(place) = at {
            let block = &self.blocks[place];
            if block.home == home {
                return Some(block.place);
            }
            at = block.home.owner;
        }
        None
    }
}
