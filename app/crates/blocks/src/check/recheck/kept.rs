//! What is kept of a program between two checks.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;

use super::readers::Key;
use crate::catalog::Capability;
use crate::check::scope::Ports;
use crate::diagnostic::Diagnostic;
use crate::document::{Block, BlockId, Input, Output, TestCase};
use crate::plan::{Routine, Step};
use crate::types::Type;
use crate::value::Hashing;

/// What has bodies: a routine or a block, by its place in [`Kept`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(in crate::check) enum Owner {
    Routine(usize),
    Block(usize),
}

/// A body: whose, and which of its bodies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::check) struct Home {
    pub(super) owner: Owner,
    pub(super) body: usize,
}

/// The program is one of those that are checked as a whole.
#[derive(Debug)]
pub(super) struct Odd;

/// A program's blocks, with what was found of each.
#[derive(Default)]
pub(in crate::check) struct Kept {
    pub(super) routines: Vec<KeptRoutine>,
    /// Where the routines stand in `routines`: the program itself, then its functions in their order.
    pub(super) order: Vec<usize>,
    pub(super) blocks: Vec<KeptBlock>,
    /// Places in `blocks` that are to be had again.
    pub(super) free: Vec<usize>,
    pub(super) index: HashMap<BlockId, usize, Hashing>,
    pub(super) readers: HashMap<Key, Vec<Owner>, Hashing>,
    /// Those that name a block or variable that is not there, and were told which one is near.
    pub(super) misled: HashSet<Owner, Hashing>,
    /// How many routines and blocks use a block.
    pub(super) uses: HashMap<BlockId, usize, Hashing>,
    /// Blocks that are there for a value which nobody uses.
    pub(super) unread: HashSet<usize, Hashing>,
    pub(super) capabilities: BTreeMap<Capability, usize>,
    /// [`crate::Checked::types`], while a check goes on.
    pub(super) types: HashMap<(BlockId, String), Type, Hashing>,
    /// Routines of the library that the program calls.
    pub(super) adopted: Vec<Arc<Routine>>,
    pub(super) tests: Vec<TestCase>,
    /// What is wrong with the tests.
    pub(super) about_tests: Vec<Diagnostic>,
    /// The statements that are not known.
    pub(super) unknown_statements: Vec<Diagnostic>,
    /// How often the program was followed.
    pub(super) round: u64,
    pub(super) changed: Changed,
    /// Whose rule runs.
    pub(super) at: Option<Owner>,
}

/// What the last round changed that concerns more than those who read it.
#[derive(Default)]
pub(super) struct Changed {
    /// There are other ids or kinds, or they stand elsewhere.
    pub(super) ids: bool,
    /// The test cases, or the program's inputs or outputs.
    pub(super) tests: bool,
    /// Blocks that call the library, or their order.
    pub(super) library: bool,
}

/// What routines and blocks have in common.
#[derive(Default)]
pub(super) struct Part {
    /// Whether its rule must run again. What is around it is stale, too, unless it has left it out.
    pub(super) stale: bool,
    pub(super) bodies: Vec<KeptBody>,
    /// What its own rule said.
    pub(super) diagnostics: Vec<Diagnostic>,
    /// The bodies that its rule checked.
    pub(super) visits: Vec<Visit>,
    pub(super) used: Vec<BlockId>,
    pub(super) reads: Vec<Key>,
    /// With all that is inside.
    pub(super) count: Count,
}

/// A body that a rule checked.
#[derive(Clone, Copy)]
pub(super) struct Visit {
    /// How many of the rule's own diagnostics come before those of the body.
    pub(super) after: usize,
    pub(super) body: usize,
}

/// How many diagnostics there are.
#[derive(Clone, Copy, Default)]
pub(super) struct Count {
    pub(super) found: usize,
    pub(super) errors: usize,
}

#[derive(Default)]
pub(super) struct KeptBody {
    pub(super) name: String,
    pub(super) blocks: Vec<usize>,
    /// The ports that it was given.
    pub(super) inner: Ports,
    pub(super) visited: bool,
    pub(super) count: Count,
}

#[derive(Default)]
pub(super) struct KeptRoutine {
    pub(super) part: Part,
    pub(super) name: String,
    pub(super) about: String,
    pub(super) inputs: Vec<Input>,
    pub(super) outputs: Vec<Output>,
    /// What its body yields first; it should yield nothing.
    pub(super) misplaced: Option<String>,
    pub(super) planned: Option<Arc<Routine>>,
}

pub(in crate::check) struct KeptBlock {
    pub(super) part: Part,
    /// Without the blocks inside.
    pub(super) block: Arc<Block>,
    pub(in crate::check) home: Home,
    /// Where it stands in its body.
    pub(in crate::check) place: usize,
    /// The round in which it was last seen at its place, and the one that put it there.
    pub(super) seen: u64,
    pub(super) made: u64,
    /// Whether it is there for its value alone.
    pub(super) is_value: bool,
    pub(super) library: Option<usize>,
    pub(super) capability: Option<Capability>,
    /// Whether its rule has run.
    pub(super) checked: bool,
    pub(in crate::check) outer: Ports,
    pub(in crate::check) variable: Option<Type>,
    pub(super) step: Option<Arc<Step>>,
}

impl KeptBlock {
    pub(in crate::check) fn id(&self) -> &BlockId {
        &self.block.id
    }
}

impl Kept {
    pub(in crate::check) fn block(&self, id: &BlockId) -> Option<&KeptBlock> {
        self.index.get(id).map(|place| &self.blocks[*place])
    }

    /// The kind of a block.
    pub(in crate::check) fn kind(&self, id: &BlockId) -> Option<&str> {
        self.block(id).map(|kept| kept.block.kind.as_str())
    }

    /// The blocks of a body.
    pub(in crate::check) fn blocks_of(&self, home: Home) -> impl Iterator<Item = &KeptBlock> {
        self.body(home).blocks.iter().map(|place| &self.blocks[*place])
    }

    pub(in crate::check) fn set_variable(&mut self, id: &BlockId, ty: Type) {
        if let Some(place) = self.index.get(id) {
            self.blocks[*place].variable = Some(ty);
        }
    }

    pub(super) fn part(&self, owner: Owner) -> &Part {
        match owner {
            Owner::Routine(place) => &self.routines[place].part,
            Owner::Block(place) => &self.blocks[place].part,
        }
    }

    pub(super) fn part_mut(&mut self, owner: Owner) -> &mut Part {
        match owner {
            Owner::Routine(place) => &mut self.routines[place].part,
            Owner::Block(place) => &mut self.blocks[place].part,
        }
    }

    pub(super) fn body(&self, home: Home) -> &KeptBody {
        &self.part(home.owner).bodies[home.body]
    }

    pub(super) fn body_mut(&mut self, home: Home) -> &mut KeptBody {
        &mut self.part_mut(home.owner).bodies[home.body]
    }

    /// What a routine or block stands in.
    pub(super) fn around(&self, owner: Owner) -> Option<Home> {
        match owner {
            Owner::Routine(_) => None,
            Owner::Block(place) => Some(self.blocks[place].home),
        }
    }
}
