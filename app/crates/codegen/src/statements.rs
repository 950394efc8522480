//! Bodies to statements.

use std::collections::HashMap;

use blocks::catalog::Effect;
use blocks::formula::Typed;
use blocks::plan::{Driver, Feed, Operation, Origin, Outlet, Plan, PlannedBody, PlannedPiece, Routine, Step};
use blocks::{BlockId, Type};
use indexmap::IndexMap;

use crate::Target;
use crate::expression::{ATOM, Code, Expressions, widen};
use crate::functions;
use crate::helpers::Helpers;
use crate::literals;
use crate::names::Scope;

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

    /// Variables for what a container gives.
    fn results(&mut self, yields: &[Outlet], block: &BlockId) -> Vec<String> {
        let names: Vec<String> = yields
            .iter()
            .map(|outlet| {
                let wish = if yields.len() == 1 { block.as_str().to_owned() } else { outlet.name.clone() };
                self.declare(block, &outlet.name, &wish, &outlet.ty)
            })
            .collect();
        if self.target == Target::JavaScript && !names.is_empty() {
            self.simple(&format!("let {}", names.join(", ")));
        }
        names
    }

    fn assign(&mut self, names: &[String], yields: &[Outlet]) {
        for (name, outlet) in names.iter().zip(yields) {
            let code = self.feed(&outlet.from).text;
            if code != *name {
                self.simple(&format!("{name} = {code}"));
            }
        }
    }

    fn branch(&mut self, block: &BlockId, condition: &Feed, then: &PlannedBody, otherwise: &PlannedBody) {
        let condition = self.feed(condition);
        let names = self.results(&then.yields, block);
        self.open(&format!("if {}", condition.text), &format!("if ({})", condition.text));
        let start = self.out.len();
        self.body(then);
        self.assign(&names, &then.yields);
        if !otherwise.steps.is_empty() || !otherwise.yields.is_empty() {
            self.between(start, "else", "else");
            let start = self.out.len();
            self.body(otherwise);
            self.assign(&names, &otherwise.yields);
            self.close(start);
        } else {
            self.close(start);
        }
    }

    fn rescue(&mut self, block: &BlockId, attempt: &PlannedBody, rescue: &PlannedBody) {
        let names = self.results(&attempt.yields, block);
        let error = self.scope.fresh("error");
        self.open("try", "try");
        let start = self.out.len();
        self.body(attempt);
        self.assign(&names, &attempt.yields);
        self.between(start, &format!("except Exception as {error}"), &format!("catch ({error})"));
        let start = self.out.len();
        let record = match self.target {
            Target::Python => {
                format!("{{\"code\": type({error}).__name__, \"message\": str({error}), \"block\": \"\"}}")
            }
            Target::JavaScript => {
                format!("{{ \"code\": {error}.name, \"message\": {error}.message, \"block\": \"\" }}")
            }
        };
        self.inline.insert((block.clone(), "error".to_owned()), Code::atom(record));
        self.body(rescue);
        self.assign(&names, &rescue.yields);
        self.close(start);
    }

    fn repetition(&mut self, block: &BlockId, driver: &Driver, carries: &[Outlet], body: &PlannedBody) {
        let initial: Vec<String> = carries.iter().map(|carry| self.feed(&carry.from).text).collect();
        let names: Vec<String> =
            carries.iter().map(|carry| self.declare(block, &carry.name, &carry.name, &carry.ty)).collect();
        for (name, code) in names.iter().zip(&initial) {
            self.assign_new(name, code, true);
        }
        match driver {
            Driver::Times(times) => {
                let times = self.feed(times).text;
                let turn = if reads(body, block, "turn") {
                    self.declare(block, "turn", "turn", &Type::Int)
                } else {
                    self.counter()
                };
                self.open(
                    &format!("for {turn} in range({times})"),
                    &format!("for (let {turn} = 0; {turn} < {times}; {turn}++)"),
                );
            }
            Driver::Each(items) => self.each(block, items, body),
            Driver::While(condition) => {
                let simple = condition.steps.iter().all(|step| is_only_yielded(&step.block, condition));
                if simple {
                    self.body(condition);
                    let holds = condition.yields.first().map(|outlet| self.feed(&outlet.from).text).unwrap_or_default();
                    self.open(&format!("while {holds}"), &format!("while ({holds})"));
                } else {
                    self.open("while True", "while (true)");
                    self.body(condition);
                    let holds = condition.yields.first().map(|outlet| self.feed(&outlet.from));
                    if let Some(holds) = holds {
                        self.open(&format!("if not {}", holds.at(5)), &format!("if (!{})", holds.at(14)));
                        self.simple("break");
                        self.close(0);
                    }
                }
            }
        }
        let start = self.out.len();
        self.body(body);
        self.carry(&names, &body.yields);
        self.close(start);
    }

    /// A variable that nobody reads.
    fn counter(&mut self) -> String {
        if self.target == Target::Python { "_".to_owned() } else { self.scope.fresh("turn") }
    }

    /// All carried values at once, as each may read the others.
    fn carry(&mut self, names: &[String], yields: &[Outlet]) {
        let codes: Vec<String> = yields.iter().map(|outlet| self.feed(&outlet.from).text).collect();
        let changed: Vec<(&String, &String)> = names.iter().zip(&codes).filter(|(name, code)| name != code).collect();
        match (self.target, changed.as_slice()) {
            (_, []) => {}
            (_, [(name, code)]) => {
                let line = format!("{name} = {code}");
                self.simple(&line);
            }
            (target, many) => {
                let left = many.iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>().join(", ");
                let right = many.iter().map(|(_, code)| code.as_str()).collect::<Vec<_>>().join(", ");
                let line = if target == Target::Python {
                    format!("{left} = {right}")
                } else {
                    format!("[{left}] = [{right}]")
                };
                self.simple(&line);
            }
        }
    }

    fn each(&mut self, block: &BlockId, items: &Feed, body: &PlannedBody) {
        let item_type = items.ty.item();
        let items = self.feed(items).text;
        let indexed = reads(body, block, "index");
        let item = self.declare(block, "item", "item", &item_type);
        if indexed {
            let index = self.declare(block, "index", "index", &Type::Int);
            self.open(
                &format!("for {index}, {item} in enumerate({items})"),
                &format!("for (const [{index}, {item}] of {items}.entries())"),
            );
        } else {
            self.open(&format!("for {item} in {items}"), &format!("for (const {item} of {items})"));
        }
    }

    fn collect(&mut self, block: &BlockId, items: &Feed, body: &PlannedBody, keeps: bool) {
        let (item_type, outlet) = (items.ty.item(), body.yields.first());
        let list_type =
            if keeps { items.ty.clone() } else { Type::list(outlet.map_or(Type::Unknown, |outlet| outlet.ty.clone())) };
        let _ = item_type;
        let list = self.declare(block, "items", block.as_str(), &list_type);
        self.assign_new(&list, "[]", false);
        self.each(block, items, body);
        let start = self.out.len();
        self.body(body);
        if let Some(outlet) = outlet {
            let value = self.feed(&outlet.from);
            let item = self.scope.get(block, "item");
            let push = |value: &str| match self.target {
                Target::Python => format!("{list}.append({value})"),
                Target::JavaScript => format!("{list}.push({value})"),
            };
            if keeps {
                let line = push(&item);
                self.open(&format!("if {}", value.text), &format!("if ({})", value.text));
                self.simple(&line);
                self.close(0);
            } else {
                let line = push(&value.text);
                self.simple(&line);
            }
        }
        self.close(start);
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
        };
        let name = self.declare(block, VALUE, block.as_str(), ty.unwrap_or(&Type::Unknown));
        self.assign_new(&name, &code, false);
    }
}

/// Whether a value is read once, by a yield of the same body, and nothing happens between.
fn is_only_yielded(block: &BlockId, body: &PlannedBody) -> bool {
    let own = |feed: &Feed| matches!(&feed.origin, Origin::Port(from, _) if from == block);
    let yielded = body.yields.iter().filter(|outlet| own(&outlet.from)).count();
    yielded == 1 && reads_in(body, &own) == 1
}

/// Whether a body reads a port of a block.
fn reads(body: &PlannedBody, block: &BlockId, port: &str) -> bool {
    reads_in(body, &|feed: &Feed| matches!(&feed.origin, Origin::Port(from, name) if from == block && name == port)) > 0
}

/// How many feeds of a body, and of the bodies in it, are of a kind.
fn reads_in(body: &PlannedBody, is: &dyn Fn(&Feed) -> bool) -> usize {
    let own: usize = body.steps.iter().map(|step| reads_of(&step.operation, is)).sum();
    own + body.yields.iter().filter(|outlet| is(&outlet.from)).count()
}

fn reads_of(operation: &Operation, is: &dyn Fn(&Feed) -> bool) -> usize {
    let count = |feeds: &mut dyn Iterator<Item = &Feed>| feeds.filter(|feed| is(feed)).count();
    match operation {
        Operation::Formula { names, .. } | Operation::Template { names, .. } => count(&mut names.values()),
        Operation::Constant(..) | Operation::Note(_) => 0,
        Operation::Builtin { arguments, .. }
        | Operation::Call { arguments, .. }
        | Operation::Effect { arguments, .. } => count(&mut arguments.iter()),
        Operation::If { condition, then, otherwise } => {
            usize::from(is(condition)) + reads_in(then, is) + reads_in(otherwise, is)
        }
        Operation::Loop { driver, carries, body } => {
            let driven = match driver {
                Driver::Each(feed) | Driver::Times(feed) => usize::from(is(feed)),
                Driver::While(condition) => reads_in(condition, is),
            };
            driven + count(&mut carries.iter().map(|carry| &carry.from)) + reads_in(body, is)
        }
        Operation::Map { items, body } | Operation::Filter { items, body } => {
            usize::from(is(items)) + reads_in(body, is)
        }
        Operation::Try { attempt, rescue } => reads_in(attempt, is) + reads_in(rescue, is),
        Operation::Fail { message, .. } => usize::from(is(message)),
        Operation::Assert { condition, message } => usize::from(is(condition)) + count(&mut message.iter()),
    }
}
