//! Bodies to statements.

use std::sync::Arc;

use blocks::catalog::{Effect, VALUE};
use blocks::plan::{Feed, Operation, PlannedBody, Routine, Step};
use blocks::{BlockId, Type};

use super::emitter::{Emitter, Port};
use super::expressions::opposite;
use super::functions::Argument;
use super::piece::{Form, Piece};
use super::reads;
use super::syntax::{Body, Expr, Kind};
use super::types::is_copy;

/// Whether what follows is reached.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Flow {
    /// It is.
    Goes,
    /// The body has been left.
    Ends,
}

impl<'a> Emitter<'a> {
    /// The body of a routine; the parameters are declared already.
    pub(crate) fn routine(&mut self, routine: &'a Routine) -> Body {
        let mut body = self.collect(|own| {
            if own.body_with(&routine.body, &routine.outputs) == Flow::Ends {
                return None;
            }
            own.yielded(&routine.outputs)
        });
        if self.fails.last() == Some(&true) {
            body = in_result(body);
        }
        body
    }

    /// The statements of a body.
    pub(crate) fn body(&mut self, body: &'a PlannedBody) -> Flow {
        self.body_with(body, &body.yields)
    }

    fn body_with(&mut self, body: &'a PlannedBody, outlets: &'a [blocks::plan::Outlet]) -> Flow {
        for (index, step) in body.steps.iter().enumerate() {
            if self.step(step, index, body, outlets) == Flow::Ends {
                return Flow::Ends;
            }
        }
        Flow::Goes
    }

    /// What leaves a body: nothing, a value, or several.
    pub(crate) fn yielded(&mut self, outlets: &[blocks::plan::Outlet]) -> Option<Expr> {
        let mut values: Vec<Expr> = Vec::new();
        for outlet in outlets {
            let value = self.outlet(outlet);
            values.push(value);
        }
        match values.len() {
            0 => None,
            1 => values.pop(),
            _ => Some(Expr::Tuple(values)),
        }
    }

    pub(crate) fn outlet(&mut self, outlet: &blocks::plan::Outlet) -> Expr {
        let piece = self.feed(&outlet.from);
        let piece = self.convert(piece, &outlet.ty);
        self.own(piece)
    }

    fn step(
        &mut self,
        step: &'a Step,
        index: usize,
        body: &'a PlannedBody,
        outlets: &'a [blocks::plan::Outlet],
    ) -> Flow {
        let block = &step.block;
        if !step.title.is_empty() {
            self.comment(&step.title, block);
        }
        match &step.operation {
            Operation::Formula { .. }
            | Operation::Template { .. }
            | Operation::Constant(..)
            | Operation::Builtin { .. } => {
                self.keep(step, index, body, outlets);
            }
            Operation::Call { function, arguments } => self.call(block, *function, arguments),
            Operation::If { condition, then, otherwise } => return self.branch(block, condition, then, otherwise),
            Operation::Loop { driver, carries, body } => self.repetition(block, driver, carries, body),
            Operation::Map { items, body } => self.map_items(block, items, body),
            Operation::Filter { items, body } => self.filter_items(block, items, body),
            Operation::Reduce { items, initial, body } => self.reduce(block, items, initial, body),
            Operation::SortBy { items, descending, body } => self.sort_by(block, items, *descending, body),
            Operation::Match { value, cases, otherwise } => return self.choose(block, value, cases, otherwise),
            Operation::Parallel { branches } => return self.parallel(block, branches),
            Operation::Variable { ty, initial } => self.make_variable(block, ty, initial),
            Operation::SetVariable { variable, value } => self.set_variable(block, variable, value),
            Operation::GetVariable { variable, ty } => self.get_variable(block, variable, ty),
            Operation::ChangeVariable { variable, formula, names } => {
                self.change_variable(block, variable, formula, names);
            }
            Operation::Try { attempt, rescue } => return self.rescue(block, attempt, rescue),
            Operation::Fail { code, message } => {
                self.fail(code, Some(message), block);
                return Flow::Ends;
            }
            Operation::Assert { condition, message } => self.assert(block, condition, message.as_ref()),
            Operation::Effect { effect, arguments, ty } => self.effect(block, *effect, arguments, ty.as_ref()),
            Operation::Note(text) => self.comment(text, block),
        }
        Flow::Goes
    }

    fn comment(&mut self, text: &str, block: &BlockId) {
        for line in crate::quote::remark(text) {
            self.push(Kind::Comment(line), Some(block));
        }
    }

    /// The value of a block that only computes.
    pub(crate) fn value(&mut self, step: &Step) -> Piece {
        match &step.operation {
            Operation::Formula { formula, names } => self.formula(formula, names),
            Operation::Template { pieces, names } => self.template(pieces, names),
            Operation::Constant(value, ty) => self.literal(value, ty),
            Operation::Builtin { builtin, signature, arguments, ty } => {
                let arguments: Vec<Argument<'_>> = arguments.iter().map(Argument::Feed).collect();
                self.function(builtin.name, *signature, &arguments, ty)
            }
            _ => Piece::owned(Expr::raw("()"), Type::None),
        }
    }

    /// Keeps a block's one value: in a variable, or to be written where it is read.
    fn keep(&mut self, step: &'a Step, index: usize, body: &'a PlannedBody, outlets: &'a [blocks::plan::Outlet]) {
        let block = &step.block;
        if self.is_written_where_read(step, index, body, outlets) {
            let ty = match &step.operation {
                Operation::Formula { formula, .. } => formula.ty.clone(),
                Operation::Constant(_, ty) | Operation::Builtin { ty, .. } => ty.clone(),
                _ => Type::Text,
            };
            self.ports.insert((block.clone(), VALUE.to_owned()), Port::Inline(step, ty));
            return;
        }
        let mark = self.uses.mark();
        let piece = match &step.operation {
            Operation::Constant(value, ty) => {
                self.literal(value, &wanted_type(ty, block, &body.steps[index + 1..], outlets))
            }
            _ => self.value(step),
        };
        let range = self.range_of_step(&step.operation);
        let ty = piece.ty.clone();
        let is_text = matches!(&piece.expr, Expr::Raw(text) if text.starts_with('"'));
        let (expr, form) = if is_text { (self.borrow(piece), Form::Slice) } else { (self.own(piece), Form::Place) };
        let (name, variable) = self.declare(block, VALUE, &[block.as_str()], &ty, form);
        self.limit(block, VALUE, range);
        if self.uses.is_used(variable) {
            self.bind(&name, &ty, expr, block, false);
        } else if expr.may_leave() {
            self.discard(&ty, expr, block);
        } else {
            self.uses.drop_since(mark);
        }
    }

    /// A new variable; its type stands there where the value does not tell it.
    pub(crate) fn bind(&mut self, name: &str, ty: &Type, value: Expr, block: &BlockId, changes: bool) {
        let annotation = is_ambiguous(&value).then(|| self.types.owned(ty));
        let pattern = if changes { format!("mut {name}") } else { name.to_owned() };
        self.push(Kind::Let(pattern, annotation, value), Some(block));
    }

    /// Computes a value that nobody reads, for it may fail.
    pub(crate) fn discard(&mut self, ty: &Type, value: Expr, block: &BlockId) {
        if matches!(value, Expr::Try(_)) {
            return self.push(Kind::Expr(value), Some(block));
        }
        let annotation = is_ambiguous(&value).then(|| self.types.owned(ty));
        self.push(Kind::Let("_".to_owned(), annotation, value), Some(block));
    }

    /// Whether a value is read once only, so near that nothing comes between.
    fn is_written_where_read(
        &mut self,
        step: &Step,
        index: usize,
        body: &PlannedBody,
        outlets: &[blocks::plan::Outlet],
    ) -> bool {
        let block = &step.block;
        let yielded = outlets.iter().filter(|outlet| reads::is_port(&outlet.from, block, VALUE)).count();
        let mut total = yielded;
        for later in &body.steps[index + 1..] {
            total += later.operation.feeds().iter().filter(|(feed, _)| reads::is_port(feed, block, VALUE)).count();
            total += later.operation.bodies().into_iter().map(|body| reads::count(body, block, VALUE)).sum::<usize>();
        }
        if total != 1 {
            return false;
        }
        let mut following = body.steps[index + 1..].iter().filter(|step| !matches!(step.operation, Operation::Note(_)));
        let next = following.next();
        if yielded == 1 {
            return next.is_none() || !self.may_fail(step);
        }
        next.is_some_and(|next| reads_first(&next.operation, block))
    }

    /// Whether computing a block's value may fail.
    fn may_fail(&mut self, step: &Step) -> bool {
        let mark = self.uses.mark();
        let (fails, touched) = (self.fails.clone(), self.touched.clone());
        let piece = self.value(step);
        self.uses.reset(mark);
        (self.fails, self.touched) = (fails, touched);
        piece.expr.may_leave()
    }

    fn call(&mut self, block: &BlockId, function: usize, arguments: &[Feed]) {
        let Some(routine) = self.plan.functions.get(function) else { return };
        let arguments: Vec<Expr> = arguments
            .iter()
            .map(|feed| {
                let piece = self.feed(feed);
                if is_copy(&feed.ty) { self.own(piece) } else { self.borrow(piece) }
            })
            .collect();
        let callee = &self.functions[function + 1];
        let call = Expr::call(callee.name.clone(), arguments);
        let call = if callee.fails { self.attempt(call) } else { call };
        self.results(block, &routine.outputs, Some(call));
    }

    /// Binds what a block gives to variables.
    pub(crate) fn results(&mut self, block: &BlockId, outlets: &[blocks::plan::Outlet], value: Option<Expr>) {
        let Some(value) = value else { return };
        let mut patterns = Vec::new();
        for outlet in outlets {
            let joined = format!("{block}_{}", outlet.name);
            let wishes: &[&str] = if outlets.len() == 1 { &[block.as_str()] } else { &[&outlet.name, &joined] };
            let (name, variable) = self.declare(block, &outlet.name, wishes, &outlet.ty, Form::Place);
            patterns.push(if self.uses.is_used(variable) { name } else { "_".to_owned() });
        }
        match patterns.as_slice() {
            [] => self.push(Kind::Expr(value), Some(block)),
            [one] if one == "_" => self.discard(&outlets[0].ty, value, block),
            [one] => self.bind(&one.clone(), &outlets[0].ty, value, block, false),
            many => {
                let annotation = is_ambiguous(&value).then(|| {
                    let types: Vec<String> = outlets.iter().map(|outlet| self.types.owned(&outlet.ty)).collect();
                    format!("({})", types.join(", "))
                });
                self.push(Kind::Let(format!("({})", many.join(", ")), annotation, value), Some(block));
            }
        }
    }

    fn fail(&mut self, code: &str, message: Option<&Feed>, block: &BlockId) {
        let message = match message {
            Some(feed) => {
                let piece = self.feed(feed);
                if piece.form == Form::Slice { self.borrow(piece) } else { self.own(piece) }
            }
            None => Expr::raw("\"the condition does not hold\""),
        };
        if let Some(fails) = self.fails.last_mut() {
            *fails = true;
        }
        self.needs.need("Error");
        let error = Expr::call("Error::new", vec![Expr::Raw(super::literals::quote(code)), message]);
        self.push(Kind::Return(Expr::call("Err", vec![error])), Some(block));
    }

    fn assert(&mut self, block: &BlockId, condition: &Feed, message: Option<&Feed>) {
        let piece = self.feed(condition);
        let condition = self.own(piece);
        let touched = std::mem::take(&mut self.touched);
        let group = self.uses.branch();
        let then = self.collect(|own| {
            own.uses.enter_arm(group, 0);
            own.fail("assertion", message, block);
            own.uses.leave();
            None
        });
        self.touched = touched;
        let test = opposite(condition);
        self.push(Kind::Expr(Expr::If(Box::new(test), then, Body::default())), Some(block));
    }
}

/// The type of a record that is written out: a map where all who read it want that map.
fn wanted_type(ty: &Type, block: &BlockId, later: &[Arc<Step>], outlets: &[blocks::plan::Outlet]) -> Type {
    if !matches!(ty, Type::Record(_)) {
        return ty.clone();
    }
    let rest = PlannedBody { steps: later.to_vec(), yields: outlets.to_vec() };
    let mut wanted: Vec<Type> = Vec::new();
    reads::each_feed(&rest, &mut |feed, _| {
        if reads::is_port(feed, block, VALUE) && !wanted.contains(&feed.ty) {
            wanted.push(feed.ty.clone());
        }
    });
    match wanted.as_slice() {
        [only @ Type::Map(_)] => only.clone(),
        _ => ty.clone(),
    }
}

/// Whether the very first thing that an operation evaluates is a block's value.
fn reads_first(operation: &Operation, block: &BlockId) -> bool {
    use blocks::plan::Driver;
    let first = match operation {
        Operation::If { condition, .. } | Operation::Assert { condition, .. } => Some(condition),
        Operation::Loop { driver: Driver::Each(feed) | Driver::Times(feed), carries, .. }
            if carries.iter().all(|carry| matches!(carry.from.origin, blocks::plan::Origin::Literal(_))) =>
        {
            Some(feed)
        }
        Operation::Map { items, .. } | Operation::Filter { items, .. } => Some(items),
        Operation::Fail { message, .. } => Some(message),
        Operation::Effect { effect: Effect::Print, arguments, .. } => arguments.first(),
        _ => None,
    };
    first.is_some_and(|feed| reads::is_port(feed, block, VALUE))
}

/// The value of a body as `Ok(value)`; a call that gives a `Result` is given on as it is.
pub(crate) fn in_result(mut body: Body) -> Body {
    if body.leaves() && !matches!(body.statements.last().map(|last| &last.kind), Some(Kind::Return(_))) {
        return body;
    }
    let value = match body.value.take().map(|value| *value) {
        Some(Expr::Try(call)) if !matches!(*call, Expr::Try(_)) => *call,
        Some(value) => Expr::call("Ok", vec![value]),
        None => match body.statements.last().map(|last| last.kind.clone()) {
            Some(Kind::Return(value)) => {
                if let Some(last) = body.statements.pop() {
                    body.blocks = last.blocks;
                }
                value
            }
            _ => Expr::call("Ok", vec![Expr::raw("()")]),
        },
    };
    body.value = Some(Box::new(value));
    body
}

/// Whether the type of a value would be guessed.
pub(crate) fn is_ambiguous(value: &Expr) -> bool {
    let last = |body: &Body| body.value.as_ref().is_none_or(|value| is_ambiguous(value));
    match value {
        Expr::Raw(text) => text == "None" || text.parse::<f64>().is_ok() && !text.starts_with(char::is_alphabetic),
        Expr::Call(name, arguments) => match name.as_str() {
            "Vec::new" | "Map::new" => true,
            "Some" | "Map::from" => arguments.iter().all(is_ambiguous),
            "item_at" | "slice" | "append" | "concatenate" | "insert" | "set_item" | "remove_at" | "sorted"
            | "reversed" | "unique" | "chunks" | "smallest" | "largest" | "entry" | "put" | "without" | "merged" => {
                arguments.first().is_some_and(is_ambiguous)
            }
            _ => false,
        },
        Expr::Array(_, items) => !items.is_empty() && items.iter().all(is_ambiguous),
        Expr::Tuple(items) => items.iter().any(is_ambiguous),
        Expr::Binary(operator, a, b) => {
            matches!(*operator, "+" | "-" | "*" | "/" | "%") && is_ambiguous(a) && is_ambiguous(b)
        }
        Expr::Unary(_, inner) | Expr::Try(inner) | Expr::Paren(inner) => is_ambiguous(inner),
        Expr::Method(inner, name, _) => {
            matches!(name.as_str(), "clone" | "to_vec" | "get" | "copied" | "cloned" | "unwrap_or" | "or" | "concat")
                && is_ambiguous(inner)
        }
        Expr::If(_, then, otherwise) => last(then) && last(otherwise),
        Expr::Match(_, arms) => !arms.is_empty() && arms.iter().all(|(_, body)| last(body)),
        Expr::Block(body) => last(body),
        _ => false,
    }
}
