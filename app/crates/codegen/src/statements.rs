//! Bodies to statements.

mod containers;
mod reads;

use std::collections::HashMap;

use blocks::catalog::Effect;
use blocks::formula::Typed;
use blocks::plan::{Feed, Operation, Origin, Plan, PlannedBody, PlannedPiece, Routine, Step, VARIABLE_NOW};
use blocks::{BlockId, Type};
use indexmap::IndexMap;

use crate::Target;
use crate::expression::{ATOM, Code, Expressions, widen};
use crate::functions;
use crate::helpers::Helpers;
use crate::literals;
use crate::names::Scope;
use reads::is_only_yielded;

const VALUE: &str = blocks::catalog::VALUE;

/// Writes the statements of one routine.
pub(crate) struct Statements<'a> {
    plan: &'a Plan,
    target: Target,
    scope: Scope,
    helpers: &'a mut Helpers,
    /// The names of the functions that the routines become, the program's own first.
    functions: &'a [String],
    out: String,
    depth: usize,
    /// Values that are written where they are read, not kept in variables.
    inline: HashMap<(BlockId, String), Code>,
    /// Types of ports, for widening.
    types: HashMap<(BlockId, String), Type>,
}

impl<'a> Statements<'a> {
    pub(crate) fn new(
        plan: &'a Plan,
        target: Target,
        scope: Scope,
        helpers: &'a mut Helpers,
        functions: &'a [String],
    ) -> Self {
        Self {
            plan,
            target,
            scope,
            helpers,
            functions,
            out: String::new(),
            depth: 1,
            inline: HashMap::new(),
            types: HashMap::new(),
        }
    }

    pub(crate) fn finish(self) -> String {
        self.out
    }

    pub(crate) fn routine(&mut self, routine: &Routine) {
        for input in &routine.inputs {
            self.types.insert((BlockId::input(), input.name.clone()), input.ty.clone());
        }
        self.body(&routine.body);
        let outputs: Vec<String> = routine.outputs.iter().map(|outlet| self.feed(&outlet.from).text).collect();
        match (self.target, outputs.as_slice()) {
            (_, []) => {
                if self.out.is_empty() && self.target == Target::Python {
                    self.line("pass");
                }
            }
            (_, [one]) => self.simple(&format!("return {one}")),
            (Target::Python, many) => self.simple(&format!("return {}", many.join(", "))),
            (Target::JavaScript, many) => self.simple(&format!("return [{}]", many.join(", "))),
        }
    }

    fn line(&mut self, text: &str) {
        let indent = if self.target == Target::Python { "    " } else { "  " };
        for _ in 0..self.depth {
            self.out.push_str(indent);
        }
        self.out.push_str(text);
        self.out.push('\n');
    }

    /// A statement that ends where its line does.
    fn simple(&mut self, text: &str) {
        let end = if self.target == Target::JavaScript { ";" } else { "" };
        self.line(&format!("{text}{end}"));
    }

    /// Opens a block: `if x` as `if x:` or `if (x) {`.
    fn open(&mut self, python: &str, javascript: &str) {
        match self.target {
            Target::Python => self.line(&format!("{python}:")),
            Target::JavaScript => self.line(&format!("{javascript} {{")),
        }
        self.depth += 1;
    }

    fn close(&mut self, empty_from: usize) {
        if self.target == Target::Python && self.out.len() == empty_from {
            self.line("pass");
        }
        self.depth -= 1;
        if self.target == Target::JavaScript {
            self.line("}");
        }
    }

    /// Closes one branch and opens the next.
    fn between(&mut self, empty_from: usize, python: &str, javascript: &str) {
        if self.target == Target::Python && self.out.len() == empty_from {
            self.line("pass");
        }
        self.depth -= 1;
        match self.target {
            Target::Python => self.line(&format!("{python}:")),
            Target::JavaScript => self.line(&format!("}} {javascript} {{")),
        }
        self.depth += 1;
    }

    fn body(&mut self, body: &PlannedBody) {
        for step in &body.steps {
            self.step(step, body);
        }
    }

    /// The code of a feed.
    fn feed(&mut self, feed: &Feed) -> Code {
        match &feed.origin {
            Origin::Literal(value) => {
                let text = literals::write(value, &feed.ty, self.target);
                Code { level: if text.starts_with('-') { ATOM - 6 } else { ATOM }, text }
            }
            Origin::Port(block, port) => {
                let key = (block.clone(), port.clone());
                let code = self.inline.get(&key).cloned().unwrap_or_else(|| Code::atom(self.scope.get(block, port)));
                match self.types.get(&key) {
                    Some(from) if feed.widen => widen(self.target, &code, from, &feed.ty),
                    _ => code,
                }
            }
        }
    }

    fn feeds(&mut self, feeds: &[Feed]) -> Vec<Code> {
        feeds.iter().map(|feed| self.feed(feed)).collect()
    }

    fn formula(&mut self, formula: &Typed, names: &IndexMap<String, Feed>) -> Code {
        let codes: HashMap<&str, Code> = names.iter().map(|(name, feed)| (name.as_str(), self.feed(feed))).collect();
        let lookup = |name: &str| codes.get(name).cloned().unwrap_or_else(|| Code::atom(name));
        Expressions { target: self.target, helpers: self.helpers, names: &lookup }.write(formula)
    }

    fn declare(&mut self, block: &BlockId, port: &str, wish: &str, ty: &Type) -> String {
        self.types.insert((block.clone(), port.to_owned()), ty.clone());
        self.scope.declare(block, port, wish)
    }

    /// Keeps a block's one value: in a variable, or in place where only the next yield or output reads it.
    fn keep(&mut self, block: &BlockId, ty: &Type, code: Code, body: &PlannedBody) {
        if is_only_yielded(block, body) {
            self.types.insert((block.clone(), VALUE.to_owned()), ty.clone());
            self.inline.insert((block.clone(), VALUE.to_owned()), code);
            return;
        }
        let name = self.declare(block, VALUE, block.as_str(), ty);
        self.assign_new(&name, &code.text, false);
    }

    fn assign_new(&mut self, name: &str, code: &str, changes: bool) {
        match (self.target, changes) {
            (Target::Python, _) => self.simple(&format!("{name} = {code}")),
            (Target::JavaScript, false) => self.simple(&format!("const {name} = {code}")),
            (Target::JavaScript, true) => self.simple(&format!("let {name} = {code}")),
        }
    }

    fn step(&mut self, step: &Step, body: &PlannedBody) {
        let block = &step.block;
        if !step.title.is_empty() {
            let mark = if self.target == Target::Python { "#" } else { "//" };
            self.line(&format!("{mark} {}", step.title));
        }
        match &step.operation {
            Operation::Formula { formula, names } => {
                let code = self.formula(formula, names);
                self.keep(block, &formula.ty, code, body);
            }
            Operation::Template { pieces, names } => {
                let code = self.template(pieces, names);
                self.keep(block, &Type::Text, code, body);
            }
            Operation::Constant(value, ty) => {
                let text = literals::write(value, ty, self.target);
                self.keep(block, ty, Code::atom(text), body);
            }
            Operation::Builtin { builtin, signature, arguments, ty } => {
                let types: Vec<Type> = arguments.iter().map(|feed| feed.ty.clone()).collect();
                let arguments = self.feeds(arguments);
                let code = functions::call(self.target, self.helpers, builtin.name, *signature, &arguments, &types, ty);
                self.keep(block, ty, code, body);
            }
            Operation::Call { function, arguments } => self.call(block, *function, arguments),
            Operation::If { condition, then, otherwise } => self.branch(block, condition, then, otherwise),
            Operation::Loop { driver, carries, body } => self.repetition(block, driver, carries, body),
            Operation::Map { items, body } => self.collect(block, items, body, false),
            Operation::Filter { items, body } => self.collect(block, items, body, true),
            Operation::Reduce { items, initial, body } => self.reduce(block, items, initial, body),
            Operation::SortBy { items, descending, body } => self.sort_by(block, items, *descending, body),
            Operation::Match { value, cases, otherwise } => self.choice(block, value, cases, otherwise),
            Operation::Parallel { branches } => self.parallel(block, branches),
            Operation::Variable { ty, initial } => {
                let code = self.feed(initial).text;
                let name = self.declare(block, VARIABLE_NOW, block.as_str(), ty);
                self.assign_new(&name, &code, true);
            }
            Operation::SetVariable { variable, value } => {
                let line = format!("{} = {}", self.scope.get(variable, VARIABLE_NOW), self.feed(value).text);
                self.simple(&line);
            }
            Operation::GetVariable { variable, ty } => {
                let code = self.scope.get(variable, VARIABLE_NOW);
                let name = self.declare(block, VALUE, block.as_str(), ty);
                self.assign_new(&name, &code, false);
            }
            Operation::ChangeVariable { variable, formula, names } => {
                let mut names = names.clone();
                let origin = Origin::Port(variable.clone(), VARIABLE_NOW.to_owned());
                names.insert(VARIABLE_NOW.to_owned(), Feed { origin, ty: formula.ty.clone(), widen: false });
                let line =
                    format!("{} = {}", self.scope.get(variable, VARIABLE_NOW), self.formula(formula, &names).text);
                self.simple(&line);
            }
            Operation::Try { attempt, rescue } => self.rescue(block, attempt, rescue),
            Operation::Fail { code, message } => {
                let message = self.feed(message).text;
                self.raise(code, &message);
            }
            Operation::Assert { condition, message } => {
                let condition = self.feed(condition);
                let message = message
                    .as_ref()
                    .map_or_else(|| literals::quote("the condition does not hold"), |feed| self.feed(feed).text);
                self.open(&format!("if not {}", condition.at(5)), &format!("if (!{})", condition.at(14)));
                self.raise("assertion", &message);
                self.close(0);
            }
            Operation::Effect { effect, arguments, ty } => self.effect(block, *effect, arguments, ty.as_ref()),
            Operation::Note(text) => {
                let mark = if self.target == Target::Python { "#" } else { "//" };
                for line in text.lines() {
                    self.line(format!("{mark} {line}").trim_end());
                }
            }
        }
    }

    fn raise(&mut self, code: &str, message: &str) {
        let _ = code;
        match self.target {
            Target::Python => self.simple(&format!("raise ValueError({message})")),
            Target::JavaScript => self.simple(&format!("throw new Error({message})")),
        }
    }

    fn template(&mut self, pieces: &[PlannedPiece], names: &IndexMap<String, Feed>) -> Code {
        let mut parts = Vec::new();
        for piece in pieces {
            match piece {
                PlannedPiece::Text(text) => parts.push(literals::quote(text)),
                PlannedPiece::Formula(formula) => {
                    let code = self.formula(formula, names);
                    let types = [formula.ty.clone()];
                    let text = functions::call(
                        self.target,
                        self.helpers,
                        "text",
                        0,
                        std::slice::from_ref(&code),
                        &types,
                        &Type::Text,
                    );
                    parts.push(if formula.ty == Type::Text { code.at(12) } else { text.text });
                }
            }
        }
        match parts.len() {
            0 => Code::atom("\"\""),
            1 => Code::atom(parts.remove(0)),
            _ => Code { text: parts.join(" + "), level: 11 },
        }
    }

    fn call(&mut self, block: &BlockId, function: usize, arguments: &[Feed]) {
        let Some(routine) = self.plan.functions.get(function) else { return };
        let arguments: Vec<String> = self.feeds(arguments).into_iter().map(|code| code.text).collect();
        let call = format!("{}({})", self.functions[function + 1], arguments.join(", "));
        let names: Vec<String> = routine
            .outputs
            .iter()
            .map(|outlet| {
                let wish = if routine.outputs.len() == 1 {
                    block.as_str().to_owned()
                } else {
                    format!("{block}_{}", outlet.name)
                };
                self.declare(block, &outlet.name, &wish, &outlet.ty)
            })
            .collect();
        match (self.target, names.as_slice()) {
            (_, []) => self.simple(&call),
            (_, [name]) => self.assign_new(&name.clone(), &call, false),
            (Target::Python, names) => self.simple(&format!("{} = {call}", names.join(", "))),
            (Target::JavaScript, names) => self.simple(&format!("const [{}] = {call}", names.join(", "))),
        }
    }

    fn effect(&mut self, block: &BlockId, effect: Effect, arguments: &[Feed], ty: Option<&Type>) {
        let types: Vec<Type> = arguments.iter().map(|feed| feed.ty.clone()).collect();
        let arguments = self.feeds(arguments);
        let python = self.target == Target::Python;
        let code = match effect {
            Effect::Print => {
                let text = functions::call(self.target, self.helpers, "text", 0, &arguments, &types, &Type::Text).text;
                let line = if python { format!("print({text})") } else { format!("console.log({text})") };
                return self.simple(&line);
            }
            Effect::Now if python => {
                "datetime.datetime.now(datetime.timezone.utc).strftime(\"%Y-%m-%dT%H:%M:%SZ\")".to_owned()
            }
            Effect::Now => "new Date().toISOString().replace(/\\.\\d+Z$/, \"Z\")".to_owned(),
            Effect::Today if python => "datetime.datetime.now(datetime.timezone.utc).date().isoformat()".to_owned(),
            Effect::Today => "new Date().toISOString().slice(0, 10)".to_owned(),
            Effect::RandomInt => {
                let (low, high) = (arguments[0].text.clone(), arguments[1].text.clone());
                if python {
                    format!("random.randint({low}, {high})")
                } else {
                    format!("{low} + Math.floor(Math.random() * ({high} - {low} + 1))")
                }
            }
            other => self.connected(other.name(), &arguments),
        };
        match ty {
            Some(ty) => {
                let name = self.declare(block, VALUE, block.as_str(), ty);
                self.assign_new(&name, &code, false);
            }
            None => self.simple(&code),
        }
    }

    /// A call of something that the owner of the code connects.
    fn connected(&mut self, name: &str, arguments: &[Code]) -> String {
        self.helpers.need("_effect");
        let arguments: Vec<&str> = arguments.iter().map(|code| code.text.as_str()).collect();
        let arguments = if arguments.is_empty() { String::new() } else { format!(", {}", arguments.join(", ")) };
        format!("_effect({}{arguments})", literals::quote(name))
    }
}
