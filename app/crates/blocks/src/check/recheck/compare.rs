//! What is kept follows the document.

use std::collections::HashMap;

use super::kept::{Home, Kept, KeptBody, Odd, Owner};
use super::readers::Key;
use super::routines::routines;
use super::same;
use super::touched::Touched;
use crate::check::statements::{may_bring_unknown_statements, unknown_statements};
use crate::document::{Block, BlockId, Body, Program};
use crate::edit::EditOp;

impl Kept {
    /// Takes over what differs in a program, and marks what depends on it. Without `touched`, every block is compared.
    pub(super) fn follow(&mut self, program: &Program, touched: Option<&[Touched]>) -> Result<(), Odd> {
        self.round += 1;
        self.follow_functions(program)?;
        for (place, whole) in self.order.clone().into_iter().zip(routines(program)) {
            self.follow_head(place, whole);
        }
        match touched {
            Some(touched) if self.follow_touched(program, touched)? => {}
            _ => self.follow_all(program)?,
        }
        if !same::tests(&self.tests, &program.tests) {
            self.tests.clone_from(&program.tests);
            self.changed.tests = true;
        }
        if self.changed.ids {
            self.mark_misled();
        }
        Ok(())
    }

    /// Looks for unknown statements where there were some, or may be by now.
    pub(super) fn follow_statements(&mut self, program: &Program, edits: Option<&[EditOp]>) {
        let had_none = self.unknown_statements.is_empty();
        if had_none && edits.is_some_and(|edits| !edits.iter().any(may_bring_unknown_statements)) {
            return;
        }
        self.unknown_statements = unknown_statements(program);
    }

    fn follow_all(&mut self, program: &Program) -> Result<(), Odd> {
        // What was seen in this round, where some was touched, may stand elsewhere.
        self.round += 1;
        let homes: Vec<Home> = self.order.iter().map(|place| Home { owner: Owner::Routine(*place), body: 0 }).collect();
        homes.into_iter().zip(routines(program)).try_for_each(|(home, whole)| self.follow_body(home, whole.body))
    }

    /// Compares what edits touched; `false` where that does not stand where it should.
    fn follow_touched(&mut self, program: &Program, touched: &[Touched]) -> Result<bool, Odd> {
        for touched in touched {
            let found = match touched {
                Touched::Routine(name) => self.follow_routine_list(program, name)?,
                Touched::Block(id) => self.follow_block_alone(program, id)?,
            };
            if !found {
                return Ok(false);
            }
        }
        Ok(true)
    }

    fn follow_routine_list(&mut self, program: &Program, name: &str) -> Result<bool, Odd> {
        let mut known = self.order.iter().zip(routines(program));
        let Some((place, whole)) = known.find(|(_, whole)| whole.name == name) else { return Ok(false) };
        self.follow_list(Home { owner: Owner::Routine(*place), body: 0 }, &whole.body.blocks)?;
        Ok(true)
    }

    /// A block, and which blocks stand in its bodies.
    fn follow_block_alone(&mut self, program: &Program, id: &BlockId) -> Result<bool, Odd> {
        // One that is not known was added by the same edits, or removed; what it stands in was touched, too.
        let Some(place) = self.index.get(id).copied() else { return Ok(true) };
        let Some(block) = self.in_document(place, program) else { return Ok(false) };
        self.follow_block(place, block);
        for (body, inner) in block.bodies.values().enumerate() {
            self.follow_list(Home { owner: Owner::Block(place), body }, &inner.blocks)?;
        }
        Ok(true)
    }

    fn follow_body(&mut self, home: Home, body: &Body) -> Result<(), Odd> {
        self.follow_list(home, &body.blocks)?;
        for (number, block) in body.blocks.iter().enumerate() {
            let place = self.body(home).blocks[number];
            if self.blocks[place].made == self.round {
                continue;
            }
            self.follow_block(place, block);
            for (body, inner) in block.bodies.values().enumerate() {
                self.follow_body(Home { owner: Owner::Block(place), body }, inner)?;
            }
        }
        Ok(())
    }

    /// The block itself, and which bodies it has.
    fn follow_block(&mut self, place: usize, block: &Block) {
        let kept = &self.blocks[place];
        if same::block(&kept.block, block) {
            return;
        }
        let is_other = kept.block.kind != block.kind;
        self.mark(Owner::Block(place));
        if is_other {
            self.changed.ids = true;
            self.forget(place);
            self.mark_readers(&Key::Block(block.id.clone()));
        }
        self.set_block(place, block);
        self.follow_names(place, block);
    }

    /// Bodies are known by their names.
    fn follow_names(&mut self, place: usize, block: &Block) {
        let have = &self.blocks[place].part.bodies;
        if have.iter().map(|body| &body.name).eq(block.bodies.keys()) {
            return;
        }
        self.changed.library = true;
        let have = &mut self.blocks[place].part.bodies;
        let mut known: HashMap<String, KeptBody> = have.drain(..).map(|body| (body.name.clone(), body)).collect();
        for (number, name) in block.bodies.keys().enumerate() {
            let body = known.remove(name).unwrap_or_else(|| KeptBody { name: name.clone(), ..KeptBody::default() });
            self.blocks[place].part.bodies.push(body);
            self.number(Home { owner: Owner::Block(place), body: number });
        }
        for body in known.into_values() {
            body.blocks.iter().for_each(|block| self.remove(*block));
        }
    }

    /// A block in the document, looked up where it should stand.
    fn in_document<'a>(&self, place: usize, program: &'a Program) -> Option<&'a Block> {
        let kept = &self.blocks[place];
        let body = match kept.home.owner {
            Owner::Routine(routine) => {
                let number = self.order.iter().position(|place| *place == routine)?;
                routines(program).nth(number)?.body
            }
            Owner::Block(around) => self.in_document(around, program)?.bodies.get(&self.body(kept.home).name)?,
        };
        let at_its_place = body.blocks.get(kept.place).filter(|block| block.id == *kept.id());
        at_its_place.or_else(|| body.blocks.iter().find(|block| block.id == *kept.id()))
    }
}
