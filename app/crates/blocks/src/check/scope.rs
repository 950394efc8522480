//! Which ports are visible where.

use std::collections::{HashMap, HashSet};

use indexmap::IndexMap;

use super::recheck::{Home, Kept, KeptBlock};
use crate::document::{BlockId, Body, Program};
use crate::types::Type;
use crate::value::Hashing;

/// Output ports of a block with their types.
pub(super) type Ports = IndexMap<String, Type, Hashing>;

/// The bodies that are open, from the routine's inputs to the innermost.
#[derive(Default)]
pub(super) struct Scopes {
    all: HashSet<BlockId, Hashing>,
    open: Vec<Frame>,
    /// What was found of the program before, where it is checked again: its blocks are looked up there, and frames say
    /// only which of them are to be seen.
    pub(super) kept: Kept,
    pub(super) again: bool,
}

#[derive(Default)]
struct Frame {
    visible: HashMap<BlockId, Ports, Hashing>,
    /// Blocks of this body, those that stand later included.
    members: HashSet<BlockId, Hashing>,
    /// Variables that were made in this body so far.
    variables: HashMap<BlockId, Type, Hashing>,
    /// Whether this is a body of Parallel: variables from outside are only read here.
    apart: bool,
    /// Where a program is checked again: the body, and how many of its blocks stand before the one that is checked.
    kept: Option<(Home, usize)>,
}

impl Frame {
    /// Whether a block that is kept stands in this body.
    fn holds(&self, block: &KeptBlock) -> bool {
        self.kept.is_some_and(|(home, _)| block.home == home)
    }

    /// Whether it stands there before the block that is checked.
    fn shows(&self, block: &KeptBlock) -> bool {
        self.kept.is_some_and(|(home, before)| block.home == home && block.place < before)
    }
}

/// Why a variable is not to be had.
pub(super) enum NoVariable {
    /// None was made under that id; the nearest that was.
    Missing(Option<String>),
    /// It may be read, but not set, as bodies of Parallel must not change what the others read.
    Shared,
}

/// Why a wire's origin is not to be read.
pub(super) enum Missing {
    /// There is no such block.
    Block,
    /// The block stands later in this body or one around it.
    Later,
    /// The block stands in a body that is not around this place.
    Elsewhere,
    /// The block has other ports: these.
    Port(String),
}

impl Scopes {
    pub(super) fn new(program: &Program) -> Self {
        let mut all = HashSet::default();
        for body in program.roots() {
            collect(body, &mut all);
        }
        Self { all, ..Self::default() }
    }

    /// The scopes of a program that is checked again.
    pub(super) fn again(kept: Kept) -> Self {
        Self { kept, again: true, ..Self::default() }
    }

    pub(super) fn enter_routine(&mut self, input: BlockId, ports: Ports) {
        self.open.clear();
        self.open.push(Frame { visible: HashMap::from_iter([(input, ports)]), ..Frame::default() });
    }

    pub(super) fn enter_body(&mut self, body: &Body) {
        let members = body.blocks.iter().map(|block| block.id.clone()).collect();
        self.open.push(Frame { members, ..Frame::default() });
    }

    /// Opens a body that is kept, at its beginning.
    pub(super) fn enter_kept(&mut self, home: Home) {
        self.open.push(Frame { kept: Some((home, 0)), ..Frame::default() });
    }

    /// Opens a body without blocks.
    pub(super) fn enter_nothing(&mut self) {
        self.open.push(Frame::default());
    }

    /// Goes on to the block behind so many others of the innermost body, which is kept.
    pub(super) fn go_to(&mut self, place: usize) {
        if let Some((_, before)) = self.open.last_mut().and_then(|frame| frame.kept.as_mut()) {
            *before = place;
        }
    }

    /// What the innermost frame shows: the ports that a container gives its body, or a routine's inputs.
    pub(super) fn innermost(&self) -> Ports {
        self.open.last().and_then(|frame| frame.visible.values().next()).cloned().unwrap_or_default()
    }

    /// Opens a frame in which a container's own ports are those that its body reads.
    pub(super) fn enter_container(&mut self, container: &BlockId, ports: Ports) {
        self.open.push(Frame { visible: HashMap::from_iter([(container.clone(), ports)]), ..Frame::default() });
    }

    /// Marks the innermost frame as a body of Parallel.
    pub(super) fn keep_apart(&mut self) {
        if let Some(frame) = self.open.last_mut() {
            frame.apart = true;
        }
    }

    pub(super) fn declare_variable(&mut self, id: &BlockId, ty: Type) {
        if self.again {
            self.kept.set_variable(id, ty);
        } else if let Some(frame) = self.open.last_mut() {
            frame.variables.insert(id.clone(), ty);
        }
    }

    /// The type of a variable that was made before, here or in a body around; `sets` if it is to be set.
    pub(super) fn variable(&self, id: &BlockId, sets: bool) -> Result<Type, NoVariable> {
        let kept = self.kept(id);
        let mut apart = false;
        for frame in self.open.iter().rev() {
            let here = kept.filter(|block| frame.shows(block)).and_then(|block| block.variable.as_ref());
            match here.or_else(|| frame.variables.get(id)) {
                Some(_) if apart && sets => return Err(NoVariable::Shared),
                Some(ty) => return Ok(ty.clone()),
                None => apart |= frame.apart,
            }
        }
        let known = self.open.iter().flat_map(|frame| frame.variables.keys());
        let again = self.shown().filter(|block| block.variable.is_some()).map(KeptBlock::id);
        let known = known.chain(again).map(BlockId::as_str);
        let near = crate::catalog::nearest_of(id.as_str(), known).map(str::to_owned);
        Err(NoVariable::Missing(near))
    }

    pub(super) fn leave(&mut self) {
        self.open.pop();
    }

    pub(super) fn depth(&self) -> usize {
        self.open.len()
    }

    pub(super) fn declare(&mut self, id: &BlockId, ports: Ports) {
        if let Some(frame) = self.open.last_mut() {
            frame.visible.insert(id.clone(), ports);
        }
    }

    pub(super) fn find(&self, id: &BlockId, port: &str) -> Result<Type, Missing> {
        let kept = self.kept(id);
        let here = |frame| kept.filter(|block| Frame::shows(frame, block)).map(|block| &block.outer);
        let seen = self.open.iter().rev().find_map(|frame| frame.visible.get(id).or_else(|| here(frame)));
        if let Some(ports) = seen {
            return ports
                .get(port)
                .cloned()
                .ok_or_else(|| Missing::Port(super::listed(ports.keys().map(String::as_str))));
        }
        let is_member = |frame: &Frame| frame.members.contains(id) || kept.is_some_and(|block| frame.holds(block));
        if self.open.iter().any(is_member) {
            Err(Missing::Later)
        } else if kept.is_some() || self.all.contains(id) {
            Err(Missing::Elsewhere)
        } else {
            Err(Missing::Block)
        }
    }

    /// The visible block whose id is nearest to a mistyped one.
    pub(super) fn nearest(&self, id: &BlockId) -> Option<String> {
        let visible = self.open.iter().flat_map(|frame| frame.visible.keys());
        let visible = visible.chain(self.shown().map(KeptBlock::id)).map(BlockId::as_str);
        crate::catalog::nearest_of(id.as_str(), visible).map(str::to_owned)
    }

    fn kept(&self, id: &BlockId) -> Option<&KeptBlock> {
        self.kept.block(id)
    }

    /// The blocks that are kept and to be seen.
    fn shown(&self) -> impl Iterator<Item = &KeptBlock> {
        let bodies = self.open.iter().filter_map(|frame| frame.kept);
        bodies.flat_map(|(home, before)| self.kept.blocks_of(home).take(before))
    }
}

fn collect(body: &Body, ids: &mut HashSet<BlockId, Hashing>) {
    for block in &body.blocks {
        ids.insert(block.id.clone());
        for inner in block.bodies.values() {
            collect(inner, ids);
        }
    }
}
