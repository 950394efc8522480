//! Blocks that are no containers.

use std::collections::HashMap;

use blocks::catalog::Effect;
use blocks::formula::Typed;
use blocks::plan::{Feed, Operation, Origin, PlannedPiece, Step, VARIABLE_NOW};
use blocks::{BlockId, Type};
use indexmap::IndexMap;

use super::growth::{Part, Way, growth};
use super::{Lowering, VALUE};
use crate::code::{Code, Piece, Statement};
use crate::dialect::{Call, Change};

impl Lowering<'_> {
    pub(super) fn step(&mut self, step: &Step) {
        let block = &step.block;
        self.remark(&step.title);
        match &step.operation {
            operation if self.growths.steps.contains(block) => self.grow(block, operation),
            Operation::Formula { formula, names } => {
                let code = self.formula(formula, names);
                self.keep(block, &formula.ty, code);
            }
            Operation::Template { pieces, names } => {
                let code = self.template(pieces, names);
                self.keep(block, &Type::Text, code);
            }
            Operation::Constant(value, ty) => {
                let code = self.dialect.literal(value, ty);
                self.keep(block, ty, code);
            }
            Operation::Builtin { builtin, signature, arguments, ty } => {
                let types = arguments.iter().map(|feed| feed.ty.clone()).collect();
                let arguments = self.feeds(arguments);
                let call = Call { name: builtin.name, signature: *signature, arguments, types };
                let code = self.dialect.builtin(call);
                self.keep(block, ty, code);
            }
            Operation::Call { function, arguments } => self.call(block, *function, arguments),
            Operation::If { condition, then, otherwise } => self.branch(block, condition, then, otherwise),
            Operation::Loop { driver, carries, body } => self.repetition(block, driver, carries, body),
            Operation::Map { items, body } => self.collect(block, items, body, false),
            Operation::Filter { items, body } => self.collect(block, items, body, true),
            Operation::Reduce { items, initial, body } => self.reduce(block, items, initial, body),
            Operation::SortBy { items, descending, body } => self.sort_by(block, items, *descending, body),
            Operation::Match { value, cases, otherwise } => self.matching(block, value, cases, otherwise),
            Operation::Parallel { branches } => self.parallel(block, branches),
            Operation::Variable { ty, initial } => {
                let code = self.feed(initial);
                let name = self.declare(block, VARIABLE_NOW, block.as_str(), ty);
                self.emit(Statement::Start(name, ty.clone(), code));
            }
            Operation::SetVariable { variable, value } => {
                let code = self.feed(value);
                self.set(variable, code);
            }
            Operation::GetVariable { variable, ty } => {
                let code = Code::atom(self.scope.get(variable, VARIABLE_NOW));
                let name = self.declare(block, VALUE, block.as_str(), ty);
                self.emit(Statement::Let(vec![(name, ty.clone())], code));
            }
            Operation::ChangeVariable { variable, formula, names } => {
                let mut names = names.clone();
                let port = (variable.clone(), VARIABLE_NOW.to_owned());
                let ty = self.types.get(&port).unwrap_or(&formula.ty).clone();
                let origin = Origin::Port(port.0, port.1);
                names.insert(VARIABLE_NOW.to_owned(), Feed { origin, ty: ty.clone(), widen: false, nests: false });
                let code = self.formula(formula, &names);
                let code = self.dialect.coerce(code, &formula.ty, &ty);
                self.set(variable, code);
            }
            Operation::Try { attempt, rescue } => self.rescue(block, attempt, rescue),
            Operation::Fail { code, message } => {
                let message = self.feed(message);
                self.emit(Statement::Raise(code.clone(), message));
            }
            Operation::Assert { condition, message } => self.assert(condition, message.as_ref()),
            Operation::Effect { effect, arguments, ty } => self.effect(block, *effect, arguments, ty.as_ref()),
            Operation::Note(text) => self.remark(text),
        }
    }

    /// A list or map that is changed where it stands.
    fn grow(&mut self, block: &BlockId, operation: &Operation) {
        let (Some(growth), Some(name)) = (growth(operation), self.shared(block, VALUE)) else { return };
        let item = if matches!(growth.way, Way::Extend(_)) { self.scope.fresh("item") } else { String::new() };
        let mut part = |part: &Part<'_>| match part {
            Part::Feed(feed) => self.feed(feed),
            Part::Typed(typed, wanted) => {
                let Operation::Formula { names, .. } = operation else { return Code::atom("") };
                let code = self.formula(typed, names);
                self.dialect.coerce(code, &typed.ty, wanted)
            }
        };
        let change = match &growth.way {
            Way::Push(parts) => Change::Push(parts.iter().map(part).collect()),
            Way::Extend(list) => Change::Extend(part(list), item),
            Way::Put(key, value) => Change::Put(part(key), part(value)),
            Way::Replace(at, item) => Change::Replace(part(at), part(item)),
        };
        let ty = growth.base.ty.clone();
        let statement = self.dialect.change(&name, change);
        self.emit(statement);
        self.share(block, VALUE, &name, &ty);
    }

    fn remark(&mut self, text: &str) {
        for line in crate::quote::remark(text) {
            self.emit(Statement::Comment(line));
        }
    }

    fn set(&mut self, variable: &BlockId, code: Code) {
        let name = self.scope.get(variable, VARIABLE_NOW);
        if !code.is(&name) {
            self.emit(Statement::Assign(vec![name], vec![code]));
        }
    }

    fn formula(&mut self, formula: &Typed, names: &IndexMap<String, Feed>) -> Code {
        let codes: HashMap<&str, Code> = names.iter().map(|(name, feed)| (name.as_str(), self.feed(feed))).collect();
        let lookup = |name: &str| codes.get(name).cloned().unwrap_or_else(|| Code::atom(name));
        self.dialect.formula(formula, &lookup)
    }

    fn template(&mut self, pieces: &[PlannedPiece], names: &IndexMap<String, Feed>) -> Code {
        let pieces = pieces.iter().map(|piece| match piece {
            PlannedPiece::Text(text) => Piece::Text(text.clone()),
            PlannedPiece::Formula(formula) => {
                let value = self.formula(formula, names);
                Piece::Value(self.text(value, &formula.ty))
            }
        });
        let pieces = pieces.collect();
        self.dialect.template(pieces)
    }

    /// The text that people read for a value.
    fn text(&self, value: Code, ty: &Type) -> Code {
        let call = Call { name: "text", signature: 0, arguments: vec![value], types: vec![ty.clone()] };
        self.dialect.builtin(call)
    }

    /// The message is asked for before the condition is looked at: it is a value like any other.
    fn assert(&mut self, condition: &Feed, message: Option<&Feed>) {
        let condition = self.feed(condition);
        let message = match message {
            Some(message) => self.feed(message),
            None => self.dialect.literal(&crate::ASSERTION.into(), &Type::Text),
        };
        let raise = crate::code::Node {
            block: self.block.clone(),
            statement: Statement::Raise("assertion".to_owned(), message),
        };
        let wrong = self.dialect.not(condition);
        self.emit(Statement::If(vec![(wrong, vec![raise])], Vec::new()));
    }

    fn call(&mut self, block: &BlockId, function: usize, arguments: &[Feed]) {
        let Some(routine) = self.plan.functions.get(function) else { return };
        let arguments = self.feeds(arguments);
        let call = Code::call(self.functions[function + 1].clone(), arguments);
        let call = if self.waiting[function + 1] { self.dialect.awaited(call) } else { call };
        let one = routine.outputs.len() == 1;
        let results: Vec<(String, Type)> = routine
            .outputs
            .iter()
            .map(|outlet| {
                let wish = if one { block.as_str().to_owned() } else { format!("{block}_{}", outlet.name) };
                (self.declare(block, &outlet.name, &wish, &outlet.ty), outlet.ty.clone())
            })
            .collect();
        self.emit(if results.is_empty() { Statement::Do(call) } else { Statement::Let(results, call) });
    }

    fn effect(&mut self, block: &BlockId, effect: Effect, arguments: &[Feed], ty: Option<&Type>) {
        let types: Vec<Type> = arguments.iter().map(|feed| feed.ty.clone()).collect();
        let mut arguments = self.feeds(arguments);
        if effect == Effect::Print {
            let value = arguments.pop().unwrap_or_else(|| Code::atom(""));
            arguments = vec![self.text(value, types.first().unwrap_or(&Type::Unknown))];
        }
        let code = self.dialect.effect(effect, arguments);
        match ty {
            Some(ty) => {
                let name = self.declare(block, VALUE, block.as_str(), ty);
                self.emit(Statement::Let(vec![(name, ty.clone())], code));
            }
            None => self.emit(Statement::Do(code)),
        }
    }
}
