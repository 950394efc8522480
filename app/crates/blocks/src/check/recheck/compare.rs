//! What is kept follows the document.

use std::collections::{HashMap, HashSet};

use super::kept::{Home, Kept, KeptBody, KeptRoutine, Odd, Owner, Part};
use super::readers::{Key, read_by_outputs};
use super::same;
use super::touched::Touched;
use crate::document::{Block, Body, Function, Input, Output, Program};

/// What the program and a function have in common.
#[derive(Clone, Copy)]
struct Whole<'a> {
    name: &'a str,
    about: &'a str,
    inputs: &'a [Input],
    outputs: &'a [Output],
    body: &'a Body,
}

fn routines(program: &Program) -> impl Iterator<Item = Whole<'_>> {
    let Program { about, inputs, outputs, body, .. } = program;
    let main = Whole { name: "", about, inputs, outputs, body };
    let functions = program.functions.iter().map(|Function { name, about, inputs, outputs, body, .. }| Whole {
        name,
        about,
        inputs,
        outputs,
        body,
    });
    std::iter::once(main).chain(functions)
}

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

    fn follow_all(&mut self, program: &Program) -> Result<(), Odd> {
        let homes: Vec<Home> = self.order.iter().map(|place| Home { owner: Owner::Routine(*place), body: 0 }).collect();
        homes.into_iter().zip(routines(program)).try_for_each(|(home, whole)| self.follow_body(home, whole.body))
    }

    /// Compares what edits touched; `false` where that does not stand where it should.
    fn follow_touched(&mut self, program: &Program, touched: &[Touched]) -> Result<bool, Odd> {
        for touched in touched {
            match touched {
                Touched::Routine(name) => {
                    let Some((place, whole)) =
                        self.order.iter().zip(routines(program)).find(|(_, whole)| whole.name == *name)
                    else {
                        return Ok(false);
                    };
                    self.follow_list(Home { owner: Owner::Routine(*place), body: 0 }, &whole.body.blocks)?;
                }
                Touched::Block(id) => {
                    let Some(place) = self.index.get(id).copied() else { continue };
                    let Some(block) = self.in_document(place, program) else { return Ok(false) };
                    self.see_around(place);
                    self.follow_block(place, block)?;
                    for (body, inner) in block.bodies.values().enumerate() {
                        self.follow_list(Home { owner: Owner::Block(place), body }, &inner.blocks)?;
                    }
                }
            }
        }
        Ok(true)
    }

    /// Which functions there are. They are known by their names.
    fn follow_functions(&mut self, program: &Program) -> Result<(), Odd> {
        if self.order.is_empty() {
            let main = self.add_routine("");
            self.order.push(main);
        }
        let have = self.order[1..].iter().map(|place| &self.routines[*place].name);
        if have.eq(program.functions.iter().map(|function| &function.name)) {
            return Ok(());
        }
        let mut known: HashMap<String, usize> =
            self.order.drain(1..).map(|place| (self.routines[place].name.clone(), place)).collect();
        let count = known.len();
        let mut names = HashSet::new();
        for Function { name, .. } in &program.functions {
            if !names.insert(name) {
                return Err(Odd);
            }
            let place = known.remove(name).unwrap_or_else(|| self.add_routine(name));
            self.order.push(place);
        }
        for place in known.into_values() {
            self.remove_routine(place);
        }
        self.mark_readers(&Key::Functions);
        self.changed.library = true;
        if program.functions.len() != count {
            // Routines of the library stand behind the program's own.
            self.adopted.clear();
            self.mark_readers(&Key::Library);
        }
        Ok(())
    }

    fn add_routine(&mut self, name: &str) -> usize {
        let part = Part { stale: true, bodies: vec![KeptBody::default()], ..Part::default() };
        self.routines.push(KeptRoutine { part, name: name.to_owned(), ..KeptRoutine::default() });
        self.routines.len() - 1
    }

    fn remove_routine(&mut self, place: usize) {
        self.set_reads(Owner::Routine(place), Vec::new());
        self.set_used(Owner::Routine(place), Vec::new());
        self.misled.remove(&Owner::Routine(place));
        let routine = std::mem::take(&mut self.routines[place]);
        self.routines[place].part.stale = true;
        routine.part.bodies.iter().flat_map(|body| &body.blocks).for_each(|block| self.remove(*block));
    }

    fn follow_head(&mut self, place: usize, whole: Whole<'_>) {
        let owner = Owner::Routine(place);
        let misplaced = whole.body.yields.keys().next();
        let kept = &self.routines[place];
        let inputs = !same::inputs(&kept.inputs, whole.inputs);
        let outputs = !same::outputs(&kept.outputs, whole.outputs);
        if inputs || outputs || kept.about != whole.about || kept.misplaced.as_ref() != misplaced {
            let kept = &mut self.routines[place];
            whole.about.clone_into(&mut kept.about);
            kept.misplaced = misplaced.cloned();
            self.mark(owner);
        }
        if inputs {
            self.routines[place].inputs = whole.inputs.to_vec();
        }
        if outputs {
            self.routines[place].outputs = whole.outputs.to_vec();
            self.set_reads(owner, read_by_outputs(whole.outputs));
        }
        if inputs || outputs {
            self.changed.tests = true;
            self.mark_readers(&Key::Function(whole.name.to_owned()));
        }
    }

    fn follow_body(&mut self, home: Home, body: &Body) -> Result<(), Odd> {
        self.follow_list(home, &body.blocks)?;
        for (number, block) in body.blocks.iter().enumerate() {
            let place = self.body(home).blocks[number];
            if self.blocks[place].made == self.round {
                continue;
            }
            self.follow_block(place, block)?;
            for (body, inner) in block.bodies.values().enumerate() {
                self.follow_body(Home { owner: Owner::Block(place), body }, inner)?;
            }
        }
        Ok(())
    }

    /// The block itself, and which bodies it has.
    fn follow_block(&mut self, place: usize, block: &Block) -> Result<(), Odd> {
        let kept = &self.blocks[place];
        if same::block(&kept.block, block) {
            return Ok(());
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
        Ok(())
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

    /// Says of what stands around a block that it is where it was.
    fn see_around(&mut self, place: usize) {
        let mut at = Owner::Block(place);
        while let Owner::Block(place) = at {
            self.blocks[place].seen = self.round;
            at = self.blocks[place].home.owner;
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
