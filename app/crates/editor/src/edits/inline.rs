//! A call's function into the place of the call.

use std::collections::BTreeMap;

use blocks::conform::conform;
use blocks::document::{Function, INPUT, Program};
use blocks::edit::{Address, EditOp};
use blocks::{Block, BlockId, Source, Type};

use super::fragment::called_by;
use super::rewire::{self, Rewired};
use crate::editor::{Editor, Proposal};
use crate::ports::Giver;
use crate::scene::{From, Key};
use crate::selection::Selection;

/// The copy of a function that takes the place of a call.
struct Copy {
    /// Its blocks, and conversions where a value became another at the edge of the function.
    blocks: Vec<Block>,
    /// What stands for the call's results.
    results: BTreeMap<String, Source>,
}

impl Editor {
    /// Puts the blocks of the called function in the place of the selected call. A function that nobody else calls
    /// goes.
    pub(crate) fn inline(&self) -> Result<Proposal, String> {
        let key = self.one_selected()?;
        let call = self.scene.block(&self.program, key).ok_or("select a call first")?;
        if call.kind != "call" {
            return Err(format!("{} is no call of a function", self.title(key)));
        }
        let name = call.setting("function");
        let function = self.program.function(name).ok_or_else(|| format!("there is no function '{name}'"))?;
        if self.calls_itself(function) {
            return Err(format!("{name} calls itself, so it has no end inside another"));
        }
        let alone = self.calls_of(name) == 1;
        if !alone && self.is_answered(function) {
            return Err(format!("the tests answer blocks of {name}, which would have two of each"));
        }
        let copy = self.copy_of(function, call, key, alone)?;
        let mut ops = Vec::new();
        if alone {
            ops.push(EditOp::Remove { at: Address::Function { name: name.to_owned() } });
        }
        ops.extend(self.in_place_of(key, call, &copy));
        self.stays_sound(&ops)?;
        let selection = Selection::blocks(copy.blocks.iter().map(|block| block.id.clone()));
        Ok(Proposal::new(format!("inline {name}"), ops).selecting(selection))
    }

    fn in_place_of(&self, key: Key, call: &Block, copy: &Copy) -> Vec<EditOp> {
        let body = self.scene.address(self.scene.node(key).body);
        let mut after = call.id.as_str();
        let mut ops = Vec::new();
        for block in &copy.blocks {
            ops.push(EditOp::add_block(block.clone(), body.clone(), Some(after)));
            after = block.id.as_str();
        }
        for (port, name) in self.scene.node(key).card.results.iter().enumerate() {
            let Some(source) = copy.results.get(name) else { continue };
            let readers = self.scene.readers(From::Result(key, port)).map(|wire| self.scene.sink(wire.to));
            ops.extend(readers.flat_map(|sink| self.set_source(&sink, source.clone())));
        }
        ops.push(EditOp::remove_block(call.id.as_str()));
        ops
    }

    fn copy_of(&self, function: &Function, call: &Block, key: Key, alone: bool) -> Result<Copy, String> {
        let mut fragment = Program::new("");
        fragment.body = function.body.clone();
        fragment.outputs.clone_from(&function.outputs);
        if !alone {
            self.with_free_ids(&mut fragment);
        }
        let mut copy = Copy { blocks: Vec::new(), results: BTreeMap::new() };
        let mut given = BTreeMap::new();
        for input in &function.inputs {
            let source = call.inputs.get(&input.name).cloned().or_else(|| input.default.clone().map(Source::Literal));
            let Some(source) = source else { continue };
            let have = self.type_of_source(&source, key);
            given.insert(input.name.clone(), self.converted(source, &have, &input.ty, &mut copy.blocks)?);
        }
        let read = |source: &Source| match source {
            Source::Wire { block, port } if block.as_str() == INPUT => {
                given.get(port).cloned().map_or(Rewired::Gone, Rewired::To)
            }
            _ => Rewired::Kept,
        };
        for mut block in fragment.body.blocks {
            rewire::block(&mut block, &mut |source| read(source));
            copy.blocks.push(block);
        }
        for (output, original) in fragment.outputs.iter().zip(&function.outputs) {
            let have = self.type_in(function, &original.from);
            let from = match read(&output.from) {
                Rewired::To(source) => source,
                Rewired::Kept => output.from.clone(),
                Rewired::Gone => continue,
            };
            let source = self.converted(from, &have, &output.ty, &mut copy.blocks)?;
            copy.results.insert(output.name.clone(), source);
        }
        Ok(copy)
    }

    /// A source as it is at the edge of a function, where an `int` becomes a `number`.
    fn converted(&self, source: Source, have: &Type, wanted: &Type, blocks: &mut Vec<Block>) -> Result<Source, String> {
        match source {
            Source::Literal(value) => conform(value, wanted).map(Source::Literal),
            source if !have.widens_to(wanted) => Ok(source),
            source if *have == Type::Int && *wanted == Type::Number => {
                let ids = blocks.iter().map(|block| block.id.clone()).collect();
                let id = self.free_id("as_number", &ids);
                let mut block = Block::new(id.as_str(), "number");
                block.inputs.insert("value".to_owned(), source);
                blocks.push(block);
                Ok(Source::wire(id.0, "value"))
            }
            _ => Err(format!("{have} becomes {wanted} on its way in or out, which no block does")),
        }
    }

    fn type_of_source(&self, source: &Source, call: Key) -> Type {
        match source {
            Source::Literal(value) => Type::of(value),
            Source::Wire { .. } => self
                .scene
                .resolve(source, self.scene.node(call).body)
                .map_or(Type::Unknown, |from| self.type_of(&self.scene.giver(from))),
        }
    }

    /// The type of a source of a function's output.
    fn type_in(&self, function: &Function, source: &Source) -> Type {
        match source {
            Source::Literal(value) => Type::of(value),
            Source::Wire { block, port } if block.as_str() == INPUT => {
                let input = function.inputs.iter().find(|input| input.name == *port);
                input.map_or(Type::Unknown, |input| input.ty.clone())
            }
            Source::Wire { block, port } => self.type_of(&Giver::result(block.as_str(), port.as_str())),
        }
    }

    fn calls_itself(&self, function: &Function) -> bool {
        let mut seen = Vec::new();
        let mut waiting: Vec<&str> = function.body.blocks.iter().flat_map(called_by).collect();
        while let Some(name) = waiting.pop() {
            if name == function.name {
                return true;
            }
            if !seen.contains(&name) {
                seen.push(name);
                let called = self.program.function(name).into_iter().flat_map(|function| &function.body.blocks);
                waiting.extend(called.flat_map(called_by));
            }
        }
        false
    }

    fn calls_of(&self, name: &str) -> usize {
        let blocks = self.scene.order().iter().filter_map(|key| self.scene.block(&self.program, *key));
        blocks.filter(|block| block.kind == "call" && block.setting("function") == name).count()
    }

    /// Whether a test says what the world outside answers to a block of a function.
    fn is_answered(&self, function: &Function) -> bool {
        let answers = self.program.tests.iter().flat_map(|test| &test.answers);
        let inside = |id: &BlockId| function.body.find(id).is_some();
        answers.map(|answer| &answer.block).any(inside)
    }
}
