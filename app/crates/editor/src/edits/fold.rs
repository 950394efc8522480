//! Blocks into a function, and a call of it in their place.

use blocks::document::{Body, Function, Input, Output, Place};
use blocks::edit::{BodyAddress, EditOp, Item, List, Routine};
use blocks::{Block, Source, Value, check};

use super::fragment::{Crossing, Edges};
use super::moving::Slot;
use super::names;
use crate::editor::{Editor, Proposal};
use crate::scene::{BodyKey, Key};
use crate::selection::Selection;

impl Editor {
    /// Puts the selected blocks into a function: what they read becomes its inputs, what others read of them its
    /// outputs.
    pub(crate) fn make_function(&self, name: &str) -> Result<Proposal, String> {
        let keys = self.selection.outermost(&self.scene);
        let lane = self.common_lane(&keys)?;
        self.variables_stay_together(&keys)?;
        let slot = self.slot_of_call(&keys, lane)?;
        let edges = self.edges(&keys);
        types_are_known(&edges)?;
        let name = self.free_function(&names::word(name));
        let call = self.free_id(&name, &std::collections::HashSet::new());
        let mut ops = vec![self.new_function(&name, &edges)];
        for read in &edges.reads {
            let source = Source::wire(blocks::document::INPUT, read.name.as_str());
            ops.extend(read.readers.iter().flat_map(|sink| self.set_source(sink, source.clone())));
        }
        ops.extend(self.moved_into(&name, &keys));
        let after = slot.after.map(|key| self.scene.node(key).id.as_str());
        let item = Item::Block { block: Box::new(call_of(call.as_str(), &name, &edges)) };
        let place = keys.iter().find_map(|key| self.scene.node(*key).place);
        let places = place.map(|place| (call.clone(), Place { folded: false, ..place })).into_iter().collect();
        let to = List::Blocks { body: self.scene.address(lane) };
        ops.push(EditOp::Add { to, after: after.map(str::to_owned), item, places });
        for given in &edges.gives {
            let source = Source::wire(call.as_str(), given.name.as_str());
            ops.extend(given.readers.iter().flat_map(|sink| self.set_source(sink, source.clone())));
        }
        self.stays_sound(&ops)?;
        let said = format!("{} became function {name}", self.titles(&keys));
        Ok(Proposal::new(format!("make function {name}"), ops).saying(said).selecting(Selection::block(call)))
    }

    fn new_function(&self, name: &str, edges: &Edges) -> EditOp {
        let input = |read: &Crossing| Input {
            name: read.name.clone(),
            ty: read.ty.clone(),
            default: None,
            about: String::new(),
        };
        let output = |given: &Crossing| Output {
            name: given.name.clone(),
            ty: given.ty.clone(),
            from: given.giver.source(),
            about: String::new(),
        };
        let function = Function {
            name: name.to_owned(),
            about: String::new(),
            inputs: edges.reads.iter().map(input).collect(),
            outputs: edges.gives.iter().map(output).collect(),
            body: Body::default(),
            extra: Vec::new(),
        };
        let after = self.program.functions.last().map(|function| function.name.as_str());
        EditOp::add(List::Functions, after, Item::Function { function: Box::new(function) })
    }

    /// The blocks keep how they are arranged.
    fn moved_into(&self, name: &str, keys: &[Key]) -> Vec<EditOp> {
        let body = BodyAddress::Routine { routine: Routine::Function { name: name.to_owned() } };
        let placed = keys.iter().filter_map(|key| self.scene.node(*key).place);
        let (x, y) = placed.fold((i32::MAX, i32::MAX), |(x, y), place| (x.min(place.x), y.min(place.y)));
        let mut ops = Vec::new();
        let mut after: Option<&str> = None;
        for key in keys {
            let node = self.scene.node(*key);
            ops.push(EditOp::move_block(node.id.as_str(), body.clone(), after));
            if let Some(place) = node.place {
                let moved = Place { x: place.x.saturating_sub(x), y: place.y.saturating_sub(y), ..place };
                ops.push(EditOp::set_place(node.id.as_str(), Some(moved)));
            }
            after = Some(node.id.as_str());
        }
        ops
    }

    /// Where the call may stand: where the first of the blocks stands, or the last.
    fn slot_of_call(&self, keys: &[Key], lane: BodyKey) -> Result<Slot, String> {
        let children = &self.scene.lane(lane).children;
        let places: Vec<usize> = keys.iter().filter_map(|key| children.iter().position(|child| child == key)).collect();
        let (Some(first), Some(last)) = (places.first().copied(), places.last().copied()) else {
            return Err("select a block first".to_owned());
        };
        let between: Vec<usize> = (first..last).filter(|place| !places.contains(place)).collect();
        let acting = |places: &[usize]| places.iter().copied().find(|place| self.acts(children[*place]));
        if let (Some(_), Some(other)) = (acting(&places), acting(&between)) {
            return Err(format!(
                "{} stands between them, and what it does must not change its turn",
                self.title(children[other])
            ));
        }
        let reads = self.scene.lane(lane).reads_list();
        let reading =
            between.iter().find(|place| reads.iter().any(|(giver, reader)| places.contains(giver) && reader == *place));
        let giving =
            between.iter().find(|place| reads.iter().any(|(giver, reader)| giver == *place && places.contains(reader)));
        let before = |place: usize| children[..place].iter().rev().find(|key| !keys.contains(key)).copied();
        match (reading, giving) {
            (None, _) => Ok(Slot { body: lane, after: before(last) }),
            (_, None) => Ok(Slot { body: lane, after: before(first) }),
            (Some(other), _) => Err(format!(
                "{} stands between them: it reads some of them, and others need what stands there; select it, too",
                self.title(children[*other])
            )),
        }
    }

    /// A variable is seen only in the function that makes it.
    fn variables_stay_together(&self, keys: &[Key]) -> Result<(), String> {
        let inside = self.inside(keys);
        for key in self.scene.order() {
            let Some(variable) = self.variable_of(*key) else { continue };
            if inside.contains(key) != inside.contains(&variable) {
                return Err(format!(
                    "{} uses the variable {}: a function sees its own variables only, so both go into it or neither",
                    self.title(*key),
                    self.scene.node(variable).id
                ));
            }
        }
        Ok(())
    }

    /// Whether a program without errors still has none after some edits.
    pub(crate) fn stays_sound(&self, ops: &[EditOp]) -> Result<(), String> {
        if check(&self.program).plan.is_none() {
            return Ok(());
        }
        let after = self.after(ops)?;
        let checked = check(&after.program);
        match checked.errors().next() {
            None => Ok(()),
            Some(error) => Err(format!("that would be wrong: {}", error.message)),
        }
    }
}

fn call_of(id: &str, function: &str, edges: &Edges) -> Block {
    let mut call = Block::new(id, "call");
    call.config.insert("function".to_owned(), Value::text(function));
    call.inputs = edges.reads.iter().map(|read| (read.name.clone(), read.giver.source())).collect();
    call
}

fn types_are_known(edges: &Edges) -> Result<(), String> {
    match edges.reads.iter().chain(&edges.gives).find(|crossing| crossing.ty.has_unknown()) {
        Some(crossing) => Err(format!("the type of {} is not known, and a function says its types", crossing.giver)),
        None => Ok(()),
    }
}
