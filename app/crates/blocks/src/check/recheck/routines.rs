//! The program itself and its functions, but for their bodies, follow the document.

use std::collections::{HashMap, HashSet};

use super::kept::{Kept, KeptBody, KeptRoutine, Odd, Owner, Part};
use super::readers::{Key, read_by_outputs};
use super::same;
use crate::document::{Body, Function, Input, Output, Program};

/// What the program and a function have in common.
#[derive(Clone, Copy)]
pub(super) struct Whole<'a> {
    pub(super) name: &'a str,
    about: &'a str,
    inputs: &'a [Input],
    outputs: &'a [Output],
    pub(super) body: &'a Body,
}

/// The routines of a program, its own body first.
pub(super) fn routines(program: &Program) -> impl Iterator<Item = Whole<'_>> {
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
    /// Which functions there are. They are known by their names.
    pub(super) fn follow_functions(&mut self, program: &Program) -> Result<(), Odd> {
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

    pub(super) fn follow_head(&mut self, place: usize, whole: Whole<'_>) {
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
}
