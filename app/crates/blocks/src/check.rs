//! The checker: names, scopes and types.
//!
//! It never fails: a broken program gives diagnostics, and what follows a mistake is of unknown type, so that one
//! mistake gives one diagnostic. A program without errors gives a [`Plan`].

mod choices;
mod containers;
mod feeds;
mod library;
mod operations;
mod recheck;
mod scope;
mod statements;
mod tests_of_program;
mod variables;

use std::collections::{BTreeSet, HashMap, HashSet};
use std::sync::Arc;

use crate::catalog::Capability;
use crate::diagnostic::{Diagnostic, Severity};
use crate::document::{Block, BlockId, Body, Function, INPUT, Input, Output, Program};
use crate::plan::{Outlet, Parameter, Plan, PlannedBody, Routine, Step};
use crate::types::{MAX_PARTS, Type};
use crate::value::Hashing;
use scope::{Ports, Scopes};

pub use recheck::Rechecker;

/// What the checker found.
#[derive(Clone, Debug, Default)]
pub struct Checked {
    /// What is wrong or looks wrong, in the order of the document.
    pub diagnostics: Vec<Diagnostic>,
    /// What can be run and translated; `None` if there is an error.
    pub plan: Option<Plan>,
    /// The type of every output port, as seen outside its block.
    pub types: HashMap<(BlockId, String), Type, Hashing>,
    /// The permissions that the program's effects need.
    pub capabilities: BTreeSet<Capability>,
}

impl Checked {
    /// The diagnostics that keep the program from running.
    pub fn errors(&self) -> impl Iterator<Item = &Diagnostic> {
        self.diagnostics.iter().filter(|diagnostic| diagnostic.severity == Severity::Error)
    }
}

/// How many errors a check gives, and how many warnings.
const MAX_DIAGNOSTICS: usize = 10_000;

/// For how many mistyped names the nearest is looked for.
const MAX_NEAREST: usize = 100;

/// How deep bodies may nest.
pub const MAX_NESTING: usize = 64;

/// Checks a program.
pub fn check(program: &Program) -> Checked {
    let mut checker = Checker::new(program);
    checker.functions_are_distinct();
    let main = Arc::new(checker.main_routine());
    let mut functions: Vec<Arc<Routine>> =
        program.functions.iter().map(|function| Arc::new(checker.function(function))).collect();
    functions.append(&mut checker.adopted);
    checker.tests();
    statements::unknown_statements(program).into_iter().for_each(|found| checker.report(found));
    checker.unused(program);
    first_of_each_severity(&mut checker.diagnostics);
    let plan = Plan { name: program.name.clone(), about: program.about.clone(), main, functions };
    let sound = !checker.diagnostics.iter().any(|diagnostic| diagnostic.severity == Severity::Error);
    Checked {
        plan: sound.then_some(plan),
        diagnostics: checker.diagnostics,
        types: checker.types,
        capabilities: checker.capabilities,
    }
}

/// The state of one check.
struct Checker<'a> {
    program: &'a Program,
    diagnostics: Vec<Diagnostic>,
    types: HashMap<(BlockId, String), Type, Hashing>,
    capabilities: BTreeSet<Capability>,
    scopes: Scopes,
    used: HashSet<BlockId, Hashing>,
    /// Routines of the library that the program calls; they stand behind its own functions.
    adopted: Vec<Arc<Routine>>,
}

impl<'a> Checker<'a> {
    fn new(program: &'a Program) -> Self {
        Self::within(program, Scopes::new(program))
    }

    fn within(program: &'a Program, scopes: Scopes) -> Self {
        Self {
            program,
            diagnostics: Vec::new(),
            types: HashMap::default(),
            capabilities: BTreeSet::new(),
            scopes,
            used: HashSet::default(),
            adopted: Vec::new(),
        }
    }

    fn report(&mut self, diagnostic: Diagnostic) {
        // Memory stays bounded while they are collected; which ones are given is decided at the end.
        if !self.scopes.again && self.diagnostics.len() >= 4 * MAX_DIAGNOSTICS {
            first_of_each_severity(&mut self.diagnostics);
        }
        self.diagnostics.push(diagnostic);
    }

    fn functions_are_distinct(&mut self) {
        let mut seen = HashSet::new();
        for Function { name, .. } in &self.program.functions {
            if !seen.insert(name.as_str()) {
                self.report(Diagnostic::error(
                    "duplicate_function",
                    format!("there are two functions '{name}'; rename one"),
                ));
            }
        }
    }

    fn main_routine(&mut self) -> Routine {
        let Program { about, inputs, body, outputs, .. } = self.program;
        self.routine("", about, inputs, body, outputs)
    }

    fn function(&mut self, function: &Function) -> Routine {
        self.routine(&function.name, &function.about, &function.inputs, &function.body, &function.outputs)
    }

    fn routine(&mut self, name: &str, about: &str, inputs: &[Input], body: &Body, outputs: &[Output]) -> Routine {
        let parameters = self.parameters(inputs);
        let ports: Ports = inputs.iter().map(|input| (input.name.clone(), input.ty.clone())).collect();
        self.scopes.enter_routine(BlockId::input(), ports);
        let mut steps = self.open_body("", body);
        if let Some(name) = body.yields.keys().next() {
            self.report(Diagnostic::error(
                "misplaced_yield",
                format!("'{name}' is yielded outside a container; use an output"),
            ));
        }
        let outlets = self.outputs(outputs);
        self.scopes.leave();
        self.scopes.leave();
        steps.yields = Vec::new();
        Routine {
            name: name.to_owned(),
            about: about.to_owned(),
            inputs: parameters,
            body: steps,
            outputs: outlets,
            library: false,
        }
    }

    fn parameters(&mut self, inputs: &[Input]) -> Vec<Parameter> {
        let mut seen = HashSet::new();
        let mut parameters = Vec::new();
        for Input { name, ty, default, about } in inputs {
            if !seen.insert(name) {
                self.report(Diagnostic::error("duplicate_input", format!("there are two inputs '{name}'; rename one")));
            }
            let default = default.clone().and_then(|value| match crate::conform::conform(value, ty) {
                Ok(value) => Some(value),
                Err(message) => {
                    self.report(Diagnostic::error(
                        "default",
                        format!("the default of '{name}' does not fit: {message}"),
                    ));
                    None
                }
            });
            parameters.push(Parameter { name: name.clone(), ty: ty.clone(), default, about: about.clone() });
        }
        parameters
    }

    fn outputs(&mut self, outputs: &[Output]) -> Vec<Outlet> {
        let mut seen = HashSet::new();
        let mut outlets = Vec::new();
        for output in outputs {
            if !seen.insert(&output.name) {
                self.report(Diagnostic::error(
                    "duplicate_output",
                    format!("there are two outputs '{}'; rename one", output.name),
                ));
            }
            let from = self.feed_of(None, &output.name, &output.from, &output.ty);
            outlets.push(Outlet { name: output.name.clone(), ty: output.ty.clone(), from });
        }
        outlets
    }

    /// Checks a body's blocks in a scope that stays open, so that its yields can be read; the caller leaves it.
    fn open_body(&mut self, name: &str, body: &Body) -> PlannedBody {
        if self.scopes.again {
            return PlannedBody { steps: self.recheck_body(name), yields: Vec::new() };
        }
        self.scopes.enter_body(body);
        if self.scopes.depth() > 2 * MAX_NESTING {
            self.report(Diagnostic::error(
                "nesting",
                format!("bodies nest deeper than {MAX_NESTING} levels; move some into a function"),
            ));
            return PlannedBody::default();
        }
        let steps = body.blocks.iter().filter_map(|block| self.step(block)).map(Arc::new).collect();
        PlannedBody { steps, yields: Vec::new() }
    }

    fn step(&mut self, block: &Block) -> Option<Step> {
        let (operation, mut ports) = self.operation(block);
        self.types_are_small(block, &mut ports);
        for (port, ty) in &ports {
            self.types.insert((block.id.clone(), port.clone()), ty.clone());
        }
        self.scopes.declare(&block.id, ports);
        operation.map(|operation| Step { block: block.id.clone(), title: block.title.clone(), operation })
    }

    /// Types can double from block to block; one that is too large is unknown from here on.
    fn types_are_small(&mut self, block: &Block, ports: &mut Ports) {
        for (port, ty) in ports {
            if ty.is_too_large() {
                let message = format!("the type has more than {MAX_PARTS} parts or too many levels; use json or a map");
                self.report(Diagnostic::error("large_type", message).at(&block.id).port(port.as_str()));
                *ty = Type::Unknown;
            }
        }
    }

    /// Warns of blocks that do nothing for the program: nobody reads their values, and they have no effect.
    fn unused(&mut self, program: &Program) {
        if self.diagnostics.iter().any(|diagnostic| diagnostic.severity == Severity::Error) {
            return;
        }
        for body in program.roots() {
            self.unused_in(body);
        }
    }

    fn unused_in(&mut self, body: &Body) {
        for block in &body.blocks {
            if !self.used.contains(&block.id) && gives_only_values(&block.kind) {
                self.report(unused(&block.id));
            }
            for inner in block.bodies.values() {
                self.unused_in(inner);
            }
        }
    }
}

/// Whether a block of this kind is there for its value alone.
fn gives_only_values(kind: &str) -> bool {
    use crate::catalog::Meaning as M;
    let Some(kind) = crate::catalog::find(kind) else { return false };
    match kind.meaning {
        M::Builtin(_)
        | M::Formula
        | M::Template
        | M::Constant
        | M::Map
        | M::Filter
        | M::Reduce
        | M::SortBy
        | M::GetVariable => true,
        // One without outputs, such as Require, is there to fail.
        M::Library(_) => !kind.outputs.is_empty(),
        _ => false,
    }
}

fn unused(block: &BlockId) -> Diagnostic {
    Diagnostic::warning("unused", "nothing reads this block's value; wire it or remove the block").at(block)
}

/// Leaves the first errors and the first warnings.
fn first_of_each_severity(diagnostics: &mut Vec<Diagnostic>) {
    let mut counts = [0; 2];
    diagnostics.retain(|diagnostic| {
        let count = &mut counts[usize::from(diagnostic.severity == Severity::Error)];
        *count += 1;
        *count <= MAX_DIAGNOSTICS
    });
}

/// Names for a message: the first of many.
fn listed<'a>(names: impl ExactSizeIterator<Item = &'a str>) -> String {
    const SHOWN: usize = 20;
    let count = names.len();
    let shown: Vec<&str> = names.take(SHOWN).collect();
    let more = if count > SHOWN { format!(" and {} more", count - SHOWN) } else { String::new() };
    format!("{}{more}", shown.join(", "))
}

/// Whether a name is that of the routine's inputs.
fn is_input(id: &BlockId) -> bool {
    id.as_str() == INPUT
}

#[cfg(test)]
mod tests;
