//! Fragments: blocks taken out of a program as a program of their own.
//!
//! What the blocks read from outside becomes an input of the fragment, whose description says where it came from. So a
//! fragment reads like a program, is checked like one, and finds its wires again where it is put.

use std::collections::{BTreeSet, HashMap, HashSet};

use blocks::document::{Function, INPUT, Input, Place, Program};
use blocks::edit::{self, EditOp};
use blocks::{Block, BlockId, Source, Type};

use super::{names, rewire};
use crate::editor::Editor;
use crate::ports::{Giver, Inlet};
use crate::scene::{From, Key};

/// A value that crosses the edge of some blocks.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Crossing {
    /// Where it comes from.
    pub(crate) giver: Giver,
    /// What it is called at the edge.
    pub(crate) name: String,
    /// Its type.
    pub(crate) ty: Type,
    /// Who reads it beyond the edge.
    pub(crate) readers: Vec<Inlet>,
}

/// What some blocks read from outside, and what of theirs is read outside.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Edges {
    pub(crate) reads: Vec<Crossing>,
    pub(crate) gives: Vec<Crossing>,
}

impl Editor {
    /// The values that cross the edge of some blocks, in the order in which they are read.
    pub(crate) fn edges(&self, keys: &[Key]) -> Edges {
        let inside = self.inside(keys);
        let mut edges = Edges::default();
        for wire in self.scene.wires() {
            let (comes, goes) = (self.comes_from(wire.from, &inside), self.goes_to(wire.to, &inside));
            match (comes, goes) {
                (false, true) => self.crosses(&mut edges.reads, wire.from, self.scene.sink(wire.to)),
                (true, false) => self.crosses(&mut edges.gives, wire.from, self.scene.sink(wire.to)),
                _ => {}
            }
        }
        edges
    }

    fn crosses(&self, crossings: &mut Vec<Crossing>, from: From, reader: Inlet) {
        let giver = self.scene.giver(from);
        if let Some(known) = crossings.iter_mut().find(|crossing| crossing.giver == giver) {
            known.readers.push(reader);
            return;
        }
        // A port called value or items says less than its block.
        let plain = matches!(giver.port.as_str(), "value" | "items") && giver.inside.is_none();
        let base = if plain { giver.block.as_str() } else { giver.port.as_str() };
        let name = names::free(base, |name| crossings.iter().any(|crossing| crossing.name == name));
        let ty = self.type_of(&giver);
        crossings.push(Crossing { giver, name, ty, readers: vec![reader] });
    }

    /// Some blocks as a program.
    pub(crate) fn fragment(&self, keys: &[Key]) -> Result<Program, String> {
        let mut fragment = Program::new(format!("Blocks of {}", self.program.name));
        let blocks = keys.iter().filter_map(|key| self.scene.block(&self.program, *key));
        fragment.body.blocks = blocks.cloned().collect();
        fragment.functions = self.functions_of(&fragment.body.blocks);
        for read in self.edges(keys).reads {
            let about = read.giver.to_string();
            fragment.inputs.push(Input { name: read.name.clone(), ty: read.ty, default: None, about });
            let source = Source::wire(INPUT, read.name);
            let ops: Vec<EditOp> = read.readers.iter().flat_map(|sink| self.set_source(sink, source.clone())).collect();
            edit::apply_all(&mut fragment, &ops).map_err(|error| error.to_string())?;
        }
        fragment.layout = self.places_of(keys);
        Ok(fragment)
    }

    /// The functions that blocks call, and those that these call.
    fn functions_of(&self, blocks: &[Block]) -> Vec<Function> {
        let mut wanted: BTreeSet<&str> = BTreeSet::new();
        let mut waiting: Vec<&str> = Vec::new();
        blocks.iter().for_each(|block| calls(block, &mut waiting));
        while let Some(name) = waiting.pop() {
            if let Some(function) = self.program.functions.iter().find(|function| function.name == name)
                && wanted.insert(&function.name)
            {
                function.body.blocks.iter().for_each(|block| calls(block, &mut waiting));
            }
        }
        self.program.functions.iter().filter(|function| wanted.contains(function.name.as_str())).cloned().collect()
    }

    /// The places that the program says of blocks and of what is inside them, counted from the leftmost and topmost.
    fn places_of(&self, keys: &[Key]) -> std::collections::BTreeMap<BlockId, Place> {
        let placed = keys.iter().map(|key| self.scene.node(*key)).filter(|node| node.place.is_some());
        let (x, y) = placed.fold((i32::MAX, i32::MAX), |(x, y), node| {
            (x.min(node.rect.x.round() as i32), y.min(node.rect.y.round() as i32))
        });
        let place = |key: &Key| {
            let node = self.scene.node(*key);
            let place = node.place?;
            let place = match keys.contains(key) {
                true => Place {
                    x: (node.rect.x.round() as i32).saturating_sub(x),
                    y: (node.rect.y.round() as i32).saturating_sub(y),
                    ..place
                },
                false => place,
            };
            Some((node.id.clone(), place))
        };
        self.inside(keys).iter().filter_map(place).collect()
    }

    /// Gives the blocks of another program ids that are free in this one.
    pub(crate) fn with_free_ids(&self, fragment: &mut Program) {
        let mut ids = HashSet::new();
        fragment.roots().for_each(|body| body.blocks.iter().for_each(|block| collect_ids(block, &mut ids)));
        let mut taken: Vec<BlockId> = ids.iter().filter(|id| self.scene.key(id).is_some()).cloned().collect();
        taken.sort();
        let mut fresh = HashMap::new();
        let mut next: HashMap<String, u32> = HashMap::new();
        for id in taken {
            let base = id.as_str().trim_end_matches(|c: char| c.is_ascii_digit()).trim_end_matches('_');
            let base = names::word(if base.is_empty() { id.as_str() } else { base });
            let count = next.entry(base.clone()).or_insert(2);
            let name = loop {
                let name = BlockId(format!("{base}_{count}"));
                *count += 1;
                if self.is_free(&name) && !ids.contains(&name) {
                    break name;
                }
            };
            ids.insert(name.clone());
            fresh.insert(id, name);
        }
        rewire::rename_ids(fragment, &fresh);
    }
}

fn calls<'a>(block: &'a Block, names: &mut Vec<&'a str>) {
    if block.kind == "call" {
        names.push(block.setting("function"));
    }
    for inner in block.bodies.values().flat_map(|body| &body.blocks) {
        calls(inner, names);
    }
}

/// The functions that a block calls, itself or inside.
pub(crate) fn called_by(block: &Block) -> Vec<&str> {
    let mut names = Vec::new();
    calls(block, &mut names);
    names
}

pub(crate) fn collect_ids(block: &Block, ids: &mut HashSet<BlockId>) {
    ids.insert(block.id.clone());
    block.bodies.values().flat_map(|body| &body.blocks).for_each(|inner| collect_ids(inner, ids));
}
