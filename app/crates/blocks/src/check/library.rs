//! Kinds that are programs of the library, and calls of the program's own functions.

use std::sync::Arc;

use super::Checker;
use super::operations::Planned;
use crate::catalog::library;
use crate::document::{Block, Input, Output, Source};
use crate::plan::{Feed, Operation};

use super::scope::Ports;

impl Checker<'_> {
    pub(super) fn library(&mut self, block: &Block, place: usize) -> Planned {
        let program = library::program(place);
        let arguments = self.arguments(block, &program.inputs);
        let function = self.adopt(place);
        (Some(Operation::Call { function, arguments }), outputs_of(&program.outputs))
    }

    pub(super) fn call(&mut self, block: &Block) -> Planned {
        let name = block.setting("function");
        let found = self.program.functions.iter().position(|function| function.name == name);
        let Some(function) = found else {
            if block.config.contains_key("function") {
                self.unknown_function(block, name);
            }
            return (None, Ports::default());
        };
        let called = &self.program.functions[function];
        for port in block.inputs.keys().filter(|port| !called.inputs.iter().any(|input| input.name == **port)) {
            self.report_at(Some(&block.id), port, "unknown_port", format!("{name} has no input '{port}'"));
        }
        let arguments = self.arguments(block, &called.inputs);
        (Some(Operation::Call { function, arguments }), outputs_of(&called.outputs))
    }

    fn unknown_function(&mut self, block: &Block, name: &str) {
        let known = super::listed(self.program.functions.iter().map(|function| function.name.as_str()));
        let known = if known.is_empty() { "the program has none".to_owned() } else { format!("there are: {known}") };
        let message = format!("there is no function '{name}'; {known}");
        self.report_at(Some(&block.id), "function", "unknown_function", message);
    }

    fn arguments(&mut self, block: &Block, inputs: &[Input]) -> Vec<Feed> {
        let feeds = inputs.iter().filter_map(|input| match (&input.default, block.inputs.get(&input.name)) {
            (Some(default), None) => {
                Some(self.feed_of(Some(&block.id), &input.name, &Source::Literal(default.clone()), &input.ty))
            }
            _ => self.feed(block, &input.name, &input.ty),
        });
        feeds.collect()
    }

    /// Takes the routines of a program of the library into this program's plan, and gives the place of the first.
    pub(super) fn adopt(&mut self, place: usize) -> usize {
        let own = self.program.functions.len();
        let routines = library::routines(place);
        let mut places = Vec::new();
        let mut fresh = Vec::new();
        for routine in routines {
            let found = self.adopted.iter().position(|have| have.name == routine.name);
            let index = found.unwrap_or_else(|| {
                self.adopted.push(Arc::new(routine.clone()));
                fresh.push(self.adopted.len() - 1);
                self.adopted.len() - 1
            });
            places.push(own + index);
        }
        for index in fresh {
            library::redirect(&mut Arc::make_mut(&mut self.adopted[index]).body, &|callee| places[callee]);
        }
        places.first().copied().unwrap_or(own)
    }
}

fn outputs_of(outputs: &[Output]) -> Ports {
    outputs.iter().map(|output| (output.name.clone(), output.ty.clone())).collect()
}
