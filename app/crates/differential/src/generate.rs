//! Random programs that are well typed.
//!
//! A seed gives always the same program. It uses every pure kind, nested, with wires to anything in scope and values at
//! the edges. About half of the programs end with an error.
//!
//! What the language leaves to the target's mathematics (the last digit of `sin`, `cos`, `tan`, `exp`, `log` and of powers
//! of numbers) is rounded away, and messages of errors, which are for people, are not read.

mod builtins;
mod choices;
mod containers;
mod expressions;
mod functions;
mod growth;
mod names;
mod steps;
mod types;
mod values;
mod variables;

use std::collections::HashSet;

use blocks::document::{Body, Output};
use blocks::{Block, Program, Source, Type};

pub(crate) use types::declared;

use crate::case::NAME;
use crate::random::Random;

/// The program of a seed.
pub fn program(seed: u64) -> Program {
    let mut generator = Generator::new(seed);
    let mut program = Program::new(NAME);
    generator.functions(&mut program);
    let mut scope = Scope::new();
    let count = 3 + generator.random.below(7);
    program.body = generator.body(&mut scope, 0, count);
    program.outputs = generator.outputs(&scope);
    program
}

/// A port that can be read.
#[derive(Clone, Debug)]
struct Port {
    block: String,
    port: String,
    ty: Type,
}

impl Port {
    fn new(block: &str, port: &str, ty: Type) -> Self {
        Self { block: block.to_owned(), port: port.to_owned(), ty }
    }

    fn source(&self) -> Source {
        Source::wire(self.block.as_str(), self.port.as_str())
    }
}

/// The ports that can be read at a place, outermost first.
type Scope = Vec<Port>;

/// A function that blocks may call.
#[derive(Clone, Debug)]
struct Callable {
    name: String,
    inputs: Vec<(String, Type)>,
    outputs: Vec<(String, Type)>,
    /// Whether its first input says how deep it calls itself.
    recursive: bool,
}

struct Generator {
    random: Random,
    ids: HashSet<String>,
    callables: Vec<Callable>,
    variables: Vec<Variable>,
}

/// A variable that blocks may read, and mostly set.
#[derive(Clone, Debug)]
struct Variable {
    id: String,
    ty: Type,
    settable: bool,
}

impl Generator {
    fn new(seed: u64) -> Self {
        Self { random: Random::new(seed), ids: HashSet::new(), callables: Vec::new(), variables: Vec::new() }
    }

    /// Everything at the outermost level is an output, as far as its type has a name.
    fn outputs(&mut self, scope: &Scope) -> Vec<Output> {
        let mut outputs: Vec<Output> = Vec::new();
        for port in scope {
            let mut name = format!("{}_{}", port.block, port.port);
            while outputs.iter().any(|output| output.name == name) {
                name.push('_');
            }
            let ty = types::declared(&port.ty);
            outputs.push(Output { name, ty, from: port.source(), about: String::new() });
        }
        outputs.truncate(12);
        outputs
    }

    /// A body of about so many blocks; what they give is added to the scope.
    fn body(&mut self, scope: &mut Scope, depth: usize, count: usize) -> Body {
        let mut blocks = Vec::new();
        for _ in 0..count {
            self.step(scope, depth, &mut blocks);
        }
        Body { blocks, ..Body::default() }
    }

    /// A block's id, unlike any other.
    fn id(&mut self) -> String {
        let mut id = names::id(&mut self.random);
        let mut number = 2;
        let wish = id.clone();
        while !self.ids.insert(id.clone()) {
            id = format!("{wish}{number}");
            number += 1;
        }
        id
    }

    fn block(&mut self, kind: &str) -> Block {
        let id = self.id();
        let mut block = Block::new(id, kind);
        if self.random.chance(8) {
            block.title = names::title(&mut self.random);
        }
        block
    }
}

#[cfg(test)]
mod tests {
    use blocks::{check, text};

    use super::*;
    use crate::case::Case;
    use crate::outcome::Outcome;

    /// A program that the checker refuses is a mistake of the generator or of the checker.
    #[test]
    fn every_program_is_well_typed_and_reads_back() {
        for seed in 0..1_500 {
            let program = program(seed);
            let source = text::write(&program);
            let problems: Vec<String> = check(&program).errors().map(|error| format!("{error:?}")).collect();
            assert!(problems.is_empty(), "seed {seed}: {problems:#?}\n{source}");
            let read = text::read(&source).unwrap_or_else(|problems| panic!("seed {seed}: {problems:#?}\n{source}"));
            assert_eq!(text::write(&read), source, "seed {seed}");
        }
    }

    #[test]
    fn about_half_of_them_end_well() {
        let (mut well, mut failed) = (0, 0);
        for seed in 0..600 {
            match Case::new("", program(seed)).unwrap().by_reference(None) {
                Outcome::Values(_) => well += 1,
                Outcome::Error { .. } => failed += 1,
                _ => {}
            }
        }
        assert!((200..420).contains(&well) && failed > 150, "{well} well, {failed} failed");
    }

    #[test]
    fn they_use_every_pure_kind() {
        let mut kinds = HashSet::new();
        for seed in 0..4_000 {
            for body in program(seed).roots() {
                collect(body, &mut kinds);
            }
        }
        let pure = blocks::catalog::all().iter().filter(|kind| kind.capability.is_none());
        // Kinds of the library are functions of programs; the corpus has some.
        let pure = pure.filter(|kind| !matches!(kind.meaning, blocks::catalog::Meaning::Library(_)));
        let missing: Vec<&str> =
            pure.map(|kind| kind.name).filter(|name| !kinds.contains(*name) && !builtins::is_inexact(name)).collect();
        assert!(missing.is_empty(), "{missing:?}");
    }

    fn collect(body: &Body, kinds: &mut HashSet<String>) {
        for block in &body.blocks {
            kinds.insert(block.kind.clone());
            block.bodies.values().for_each(|inner| collect(inner, kinds));
        }
    }
}
