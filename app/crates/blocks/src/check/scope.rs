//! Which ports are visible where.

use std::collections::{HashMap, HashSet};

use indexmap::IndexMap;

use crate::document::{BlockId, Body, Program};
use crate::types::Type;
use crate::value::Hashing;

/// Output ports of a block with their types.
pub(super) type Ports = IndexMap<String, Type>;

/// The bodies that are open, from the routine's inputs to the innermost.
pub(super) struct Scopes {
    all: HashSet<BlockId, Hashing>,
    open: Vec<Frame>,
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
    /// The block has other ports.
    Port(Vec<String>),
}

impl Scopes {
    pub(super) fn new(program: &Program) -> Self {
        let mut all = HashSet::default();
        for body in program.roots() {
            collect(body, &mut all);
        }
        Self { all, open: Vec::new() }
    }

    pub(super) fn enter_routine(&mut self, input: BlockId, ports: Ports) {
        self.open.clear();
        self.open.push(Frame { visible: HashMap::from_iter([(input, ports)]), ..Frame::default() });
    }

    pub(super) fn enter_body(&mut self, body: &Body) {
        let members = body.blocks.iter().map(|block| block.id.clone()).collect();
        self.open.push(Frame { members, ..Frame::default() });
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
        if let Some(frame) = self.open.last_mut() {
            frame.variables.insert(id.clone(), ty);
        }
    }

    /// The type of a variable that was made before, here or in a body around; `sets` if it is to be set.
    pub(super) fn variable(&self, id: &BlockId, sets: bool) -> Result<Type, NoVariable> {
        let mut apart = false;
        for frame in self.open.iter().rev() {
            match frame.variables.get(id) {
                Some(_) if apart && sets => return Err(NoVariable::Shared),
                Some(ty) => return Ok(ty.clone()),
                None => apart |= frame.apart,
            }
        }
        let known = self.open.iter().flat_map(|frame| frame.variables.keys());
        let near = crate::catalog::nearest_of(id.as_str(), known.map(BlockId::as_str)).map(str::to_owned);
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
        if let Some(ports) = self.open.iter().rev().find_map(|frame| frame.visible.get(id)) {
            return ports.get(port).cloned().ok_or_else(|| Missing::Port(ports.keys().cloned().collect()));
        }
        if self.open.iter().any(|frame| frame.members.contains(id)) {
            Err(Missing::Later)
        } else if self.all.contains(id) {
            Err(Missing::Elsewhere)
        } else {
            Err(Missing::Block)
        }
    }

    /// The visible block whose id is nearest to a mistyped one.
    pub(super) fn nearest(&self, id: &BlockId) -> Option<String> {
        let visible = self.open.iter().flat_map(|frame| frame.visible.keys());
        crate::catalog::nearest_of(id.as_str(), visible.map(BlockId::as_str)).map(str::to_owned)
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
