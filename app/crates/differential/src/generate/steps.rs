//! Random blocks that are no containers.

use blocks::{Block, Source, Type, Value, conform::conform};

use super::{Generator, Port, Scope, builtins, names, types, values};

const CODES: [&str; 6] = ["too_small", "raised", "my error", "division_by_zero", "größe", "missing_key"];

impl Generator {
    /// Adds a block or two to a body.
    pub(super) fn step(&mut self, scope: &mut Scope, depth: usize, blocks: &mut Vec<Block>) {
        let inner = if depth < 3 { 1 } else { 0 };
        // Deeper bodies run more often, so that errors there end more runs.
        let fails = usize::from(depth > 0);
        match self.random.weighted(&[
            26,
            6,
            8,
            22,
            1,
            3 * fails,
            2 * fails,
            9 * inner,
            9 * inner,
            6 * inner,
            5 * inner,
            7 * inner,
            6 * inner,
            12 * inner,
            7,
            5 * inner,
            4 * inner,
            5 * inner,
            2 * inner,
            11,
        ]) {
            0 => {
                let wanted = types::any(&mut self.random, 2);
                let depth = 1 + self.random.below(3);
                self.formula_block(scope, &wanted, depth, blocks);
            }
            1 => self.template_block(scope, blocks),
            2 => self.constant_block(scope, blocks),
            3 => self.builtin_block(scope, blocks),
            4 => {
                let mut block = self.block("note");
                block.config.insert("text".to_owned(), Value::text(names::title(&mut self.random)));
                blocks.push(block);
            }
            5 => self.assert_block(scope, blocks),
            6 => self.fail_block(scope, depth, blocks),
            7 => self.branch(scope, depth, blocks),
            8 => self.each(scope, depth, blocks),
            9 => self.repeat(scope, depth, blocks),
            10 => self.as_long_as(scope, depth, blocks),
            11 => self.mapped(scope, depth, blocks),
            12 => self.filtered(scope, depth, blocks),
            13 => self.attempt(scope, depth, blocks),
            14 => self.call(scope, blocks),
            15 => self.reduced(scope, depth, blocks),
            16 => self.sorted(scope, depth, blocks),
            17 => self.choices(scope, depth, blocks),
            18 => self.parallel(scope, depth, blocks),
            _ => self.variable_block(scope, blocks),
        }
    }

    /// A formula that gives what is wanted; says where its value is.
    pub(super) fn formula_block(
        &mut self,
        scope: &mut Scope,
        wanted: &Type,
        depth: usize,
        blocks: &mut Vec<Block>,
    ) -> Port {
        let formula = self.formula(scope, wanted, depth);
        let mut block = self.block("formula");
        block.config.insert("expression".to_owned(), Value::text(formula.text));
        block.inputs = formula.inputs;
        self.push(block, formula.ty, scope, blocks)
    }

    fn push(&mut self, block: Block, ty: Type, scope: &mut Scope, blocks: &mut Vec<Block>) -> Port {
        let port = Port::new(block.id.as_str(), blocks::catalog::VALUE, ty);
        scope.push(port.clone());
        blocks.push(block);
        port
    }

    /// Something that fits: a wire, or a literal.
    pub(super) fn source(&mut self, scope: &Scope, wanted: &Type) -> Source {
        self.wire(scope, wanted, 75).unwrap_or_else(|| Source::Literal(values::of(&mut self.random, wanted, 2)))
    }

    /// A wire to something that fits, so many times in a hundred if there is one.
    fn wire(&mut self, scope: &Scope, wanted: &Type, percent: usize) -> Option<Source> {
        let fitting: Vec<&Port> = scope.iter().filter(|port| port.ty.fits(wanted)).collect();
        (!fitting.is_empty() && self.random.chance(percent)).then(|| self.random.pick(&fitting).source())
    }

    /// Something that fits, perhaps computed by a further block.
    pub(super) fn produced(&mut self, scope: &mut Scope, wanted: &Type, blocks: &mut Vec<Block>) -> Source {
        if self.random.chance(60) {
            let port = self.formula_block(scope, wanted, 2, blocks);
            if port.ty.fits(wanted) {
                return port.source();
            }
        }
        self.source(scope, wanted)
    }

    /// A literal on a wire, of which the checker sees the value's own type.
    pub(super) fn type_of(&self, source: &Source, scope: &Scope) -> Type {
        match source {
            Source::Literal(value) => Type::of(value),
            Source::Wire { block, port } => {
                let found = scope.iter().rev().find(|have| have.block == block.as_str() && have.port == *port);
                found.map_or(Type::Unknown, |have| have.ty.clone())
            }
        }
    }

    fn template_block(&mut self, scope: &mut Scope, blocks: &mut Vec<Block>) {
        let count = 1 + self.random.below(3);
        let (pieces, inputs) = self.pieces(scope, count);
        let free: Vec<String> = pieces.iter().flat_map(|piece| free_names(piece)).collect();
        let mut text = String::new();
        for piece in pieces {
            text.push_str(self.random.pick::<&str>(&[
                "",
                " ",
                "= ",
                "{ ",
                "\n",
                "größe: ",
                "\"",
                "\\n",
                "$",
                "%s",
                "`",
            ]));
            text.push_str(&format!("{{{{ {piece} }}}}"));
        }
        text.push_str(self.random.pick::<&str>(&["", "!", "}", "\n", "😀"]));
        let mut block = self.block("template");
        block.config.insert("text".to_owned(), Value::text(text));
        block.inputs = inputs.into_iter().filter(|(name, _)| free.contains(name)).collect();
        self.push(block, Type::Text, scope, blocks);
    }

    fn constant_block(&mut self, scope: &mut Scope, blocks: &mut Vec<Block>) {
        let wanted = types::any(&mut self.random, 3);
        let value = values::of(&mut self.random, &wanted, 3);
        let ty = Type::of(&value);
        let mut block = self.block("constant");
        block.config.insert("value".to_owned(), value);
        self.push(block, ty, scope, blocks);
    }

    fn builtin_block(&mut self, scope: &mut Scope, blocks: &mut Vec<Block>) {
        let chosen = self.choose_any();
        let mut block = self.block(chosen.builtin.name);
        for (name, ty) in &chosen.parameters {
            let value = if self.random.chance(88) {
                builtins::hint(&mut self.random, chosen.builtin.name, name, ty)
            } else {
                None
            };
            let source = match value {
                Some(value) => Source::Literal(value),
                None => self.source(scope, ty),
            };
            block.inputs.insert(name.clone(), source);
        }
        let given: Vec<Type> =
            chosen.parameters.iter().map(|(name, _)| self.type_of(&block.inputs[name], scope)).collect();
        let literal_fits = |index: usize, wanted: &Type| match &block.inputs[&chosen.parameters[index].0] {
            Source::Literal(value) => conform(value.clone(), wanted).is_ok(),
            Source::Wire { .. } => given[index].fits(wanted),
        };
        match chosen.builtin.resolve(&given) {
            Ok(matched) if matched.parameters.iter().enumerate().all(|(index, ty)| literal_fits(index, ty)) => {
                self.push(block, matched.result, scope, blocks);
            }
            // Literals whose own types have nothing in common, for example a record beside a map.
            _ => {}
        }
    }

    fn assert_block(&mut self, scope: &mut Scope, blocks: &mut Vec<Block>) {
        let condition = self.produced(scope, &Type::Bool, blocks);
        let mut block = self.block("assert");
        block.inputs.insert("condition".to_owned(), condition);
        if self.random.chance(50) {
            block.inputs.insert("message".to_owned(), self.source(scope, &Type::Text));
        }
        blocks.push(block);
    }

    fn fail_block(&mut self, scope: &Scope, depth: usize, blocks: &mut Vec<Block>) {
        // What follows never runs, so mostly deep inside.
        if depth < 2 && self.random.chance(60) {
            return;
        }
        let mut block = self.block("fail");
        block.inputs.insert("message".to_owned(), self.source(scope, &Type::Text));
        if self.random.chance(60) {
            block.config.insert("code".to_owned(), Value::text(*self.random.pick(&CODES)));
        }
        blocks.push(block);
    }

    fn call(&mut self, scope: &mut Scope, blocks: &mut Vec<Block>) {
        if self.callables.is_empty() {
            return;
        }
        let callable = self.random.pick(&self.callables).clone();
        self.call_of(&callable, scope, blocks);
    }

    /// A call of a function with any arguments.
    pub(super) fn call_of(&mut self, callable: &super::Callable, scope: &mut Scope, blocks: &mut Vec<Block>) {
        let mut block = self.block("call");
        block.config.insert("function".to_owned(), Value::text(callable.name.as_str()));
        for (index, (name, ty)) in callable.inputs.iter().enumerate() {
            let source = if callable.recursive && index == 0 {
                Source::Literal(Value::Int(self.random.between(-1, 5)))
            } else {
                self.source(scope, ty)
            };
            block.inputs.insert(name.clone(), source);
        }
        for (name, ty) in &callable.outputs {
            scope.push(Port::new(block.id.as_str(), name, ty.clone()));
        }
        blocks.push(block);
    }
}

fn free_names(text: &str) -> Vec<String> {
    blocks::formula::parse(text).map(|parsed| blocks::formula::free_names(&parsed)).unwrap_or_default()
}
