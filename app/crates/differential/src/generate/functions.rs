//! Random functions, some of which call themselves.

use blocks::document::{Body, Function, Input, Output};
use blocks::{Block, Program, Source, Type, Value};

use super::{Callable, Generator, Port, Scope, names, types};

impl Generator {
    /// Adds some functions; each may call those before it.
    pub(super) fn functions(&mut self, program: &mut Program) {
        for _ in 0..self.random.below(3) {
            let mut name = names::port(&mut self.random);
            while self.callables.iter().any(|callable| callable.name == name) {
                name.push('_');
            }
            self.variables.clear();
            let function = if self.random.chance(45) { self.descending(name) } else { self.straight(name) };
            program.functions.push(function);
        }
        self.variables.clear();
    }

    fn parameters(&mut self, most: usize) -> Vec<(String, Type)> {
        let mut parameters: Vec<(String, Type)> = Vec::new();
        for _ in 0..self.random.below(most + 1) {
            let mut name = names::port(&mut self.random);
            while parameters.iter().any(|(have, _)| *have == name) {
                name.push('_');
            }
            parameters.push((name, types::any(&mut self.random, 2)));
        }
        parameters
    }

    fn straight(&mut self, name: String) -> Function {
        let inputs = self.parameters(3);
        let mut scope: Scope = inputs.iter().map(|(name, ty)| Port::new("input", name, ty.clone())).collect();
        let count = 1 + self.random.below(4);
        let mut body = self.body(&mut scope, 1, count);
        let mut outputs = self.parameters(2);
        if outputs.is_empty() {
            outputs.push(("result".to_owned(), types::any(&mut self.random, 2)));
        }
        let from: Vec<Source> = outputs.iter().map(|(_, ty)| self.produced(&mut scope, ty, &mut body.blocks)).collect();
        self.finished(name, inputs, outputs, from, body, false)
    }

    /// A function that calls itself with one less, down to zero.
    fn descending(&mut self, name: String) -> Function {
        let ty = types::any(&mut self.random, 2);
        let inputs = vec![("depth".to_owned(), Type::Int), ("so_far".to_owned(), ty.clone())];
        let outputs = vec![("value".to_owned(), ty.clone())];
        let mut scope: Scope = inputs.iter().map(|(name, ty)| Port::new("input", name, ty.clone())).collect();
        let mut body = Body::default();
        body.blocks.push(self.small_formula("depth <= 0", Source::wire("input", "depth")));
        let mut branch = self.block("if");
        branch.inputs.insert("condition".to_owned(), Source::wire(body.blocks[0].id.as_str(), "value"));
        let mut then = Body::default();
        then.yields.insert("value".to_owned(), Source::wire("input", "so_far"));
        let (outside, variables) = (scope.len(), self.variables.len());
        let count = self.random.below(3);
        let mut otherwise = self.body(&mut scope, 2, count);
        let so_far = self.produced(&mut scope, &ty, &mut otherwise.blocks);
        let less = self.small_formula("depth - 1", Source::wire("input", "depth"));
        let mut call = self.block("call");
        call.config.insert("function".to_owned(), Value::text(name.as_str()));
        call.inputs.insert("depth".to_owned(), Source::wire(less.id.as_str(), "value"));
        call.inputs.insert("so_far".to_owned(), so_far);
        scope.push(Port::new(call.id.as_str(), "value", ty.clone()));
        otherwise.blocks.extend([less, call]);
        let mut value = self.produced(&mut scope, &ty, &mut otherwise.blocks);
        // Both alternatives give the declared type, or the two might have nothing in common.
        if let Source::Literal(_) = value {
            value = scope.iter().rev().find(|port| port.ty == ty).map_or(value, Port::source);
        }
        scope.truncate(outside);
        self.variables.truncate(variables);
        otherwise.yields.insert("value".to_owned(), value);
        let from = vec![Source::wire(branch.id.as_str(), "value")];
        branch.bodies.insert("then".to_owned(), then);
        branch.bodies.insert("else".to_owned(), otherwise);
        body.blocks.push(branch);
        self.finished(name, inputs, outputs, from, body, true)
    }

    fn small_formula(&mut self, expression: &str, depth: Source) -> Block {
        let mut block = self.block("formula");
        block.config.insert("expression".to_owned(), Value::text(expression));
        block.inputs.insert("depth".to_owned(), depth);
        block
    }

    fn finished(
        &mut self,
        name: String,
        inputs: Vec<(String, Type)>,
        outputs: Vec<(String, Type)>,
        from: Vec<Source>,
        body: Body,
        recursive: bool,
    ) -> Function {
        let callable = Callable { name: name.clone(), inputs: inputs.clone(), outputs: outputs.clone(), recursive };
        self.callables.push(callable);
        let input = |(name, ty): (String, Type)| Input { name, ty, default: None, about: String::new() };
        let output = |((name, ty), from): ((String, Type), Source)| Output { name, ty, from, about: String::new() };
        Function {
            name,
            about: if self.random.chance(20) { names::title(&mut self.random) } else { String::new() },
            inputs: inputs.into_iter().map(input).collect(),
            outputs: outputs.into_iter().zip(from).map(output).collect(),
            body,
            extra: Vec::new(),
        }
    }
}
