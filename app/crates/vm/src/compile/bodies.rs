//! Steps.

use blocks::formula::{BinaryOperator, Typed};
use blocks::plan::{Feed, Operation, Origin, Outlet, PlannedBody, Step, VARIABLE_NOW};
use blocks::{BlockId, Value};
use indexmap::IndexMap;

use super::uses::Uses;
use super::{Place, RoutineCompiler};
use crate::op::{Op, Register};

const VALUE: &str = blocks::catalog::VALUE;

/// The port under which a variable is found; no program can write it.
const VARIABLE: &str = " variable";

impl RoutineCompiler<'_> {
    pub(super) fn body(&mut self, body: &PlannedBody) {
        let outer = self.origin;
        for step in &body.steps {
            self.origin = self.pool.block(&step.block);
            self.borrowed.clear();
            self.step(step);
        }
        self.origin = outer;
    }

    fn step(&mut self, step: &Step) {
        let block = &step.block;
        match &step.operation {
            Operation::Formula { formula, names } => {
                let to = self.value_of(block);
                self.expression(formula, names, to);
            }
            Operation::Template { pieces, names } => {
                let to = self.value_of(block);
                self.template(pieces, names, to);
            }
            Operation::Constant(value, _) => {
                let to = self.value_of(block);
                self.constant(value.clone(), to);
            }
            Operation::Builtin { builtin, signature, arguments, .. } => {
                let to = self.value_of(block);
                let mark = self.next;
                let (first, count) = self.load_all(arguments);
                let function = self.pool.function(builtin.name);
                self.emit(Op::Builtin { function, signature: *signature as u32, to, first, count });
                self.next = mark;
            }
            Operation::Call { function, arguments } => self.call(block, *function, arguments),
            Operation::If { condition, then, otherwise } => self.branch(block, condition, then, otherwise),
            Operation::Loop { driver, carries, body } => self.repetition(block, driver, carries, body),
            Operation::Map { items, body } => self.map(block, items, body),
            Operation::Filter { items, body } => self.filter(block, items, body),
            Operation::Reduce { items, initial, body } => self.reduce(block, items, initial, body),
            Operation::SortBy { items, descending, body } => self.sort_by(block, items, *descending, body),
            Operation::Match { value, cases, otherwise } => self.choice(block, value, cases, otherwise),
            Operation::Parallel { branches } => self.parallel(block, branches),
            Operation::Variable { initial, .. } => {
                let to = self.register();
                self.declare(block, VARIABLE, to);
                self.load(initial, to);
            }
            Operation::SetVariable { variable, value } => {
                if let Some(to) = self.variable(variable) {
                    self.load(value, to);
                }
            }
            Operation::GetVariable { variable, .. } => {
                let to = self.value_of(block);
                if let Some(from) = self.variable(variable) {
                    self.emit(Op::Copy { to, from });
                }
            }
            Operation::ChangeVariable { variable, formula, names } => self.change(variable, formula, names),
            Operation::Try { attempt, rescue } => self.rescue(block, attempt, rescue),
            Operation::Fail { code, message } => {
                let message = self.read(message);
                let code = self.pool.constant(Value::text(code.as_str()));
                self.emit(Op::Fail { code, message });
            }
            Operation::Assert { condition, message } => self.assert(condition, message.as_ref()),
            Operation::Effect { effect, arguments, .. } => {
                let to = self.register();
                let place = Place { register: to, awaited: true, turn: self.turn };
                self.places.insert((block.clone(), VALUE.to_owned()), place);
                let mark = self.next;
                let (first, count) = self.load_all(arguments);
                let effect = self.pool.effect(*effect);
                self.emit(Op::Effect { effect, to, first, count });
                self.next = mark;
            }
            Operation::Note(_) => {}
        }
    }

    fn variable(&self, block: &BlockId) -> Option<Register> {
        self.places.get(&(block.clone(), VARIABLE.to_owned())).map(|place| place.register)
    }

    fn change(&mut self, variable: &BlockId, formula: &Typed, names: &IndexMap<String, Feed>) {
        let Some(to) = self.variable(variable) else { return };
        let mark = self.next;
        let mut names = names.clone();
        let origin = Origin::Port(variable.clone(), VARIABLE.to_owned());
        names.insert(VARIABLE_NOW.to_owned(), Feed { origin, ty: formula.ty.clone(), widen: false });
        // Where a failure can be caught, the variable must be as it was before; elsewhere nobody sees it after one.
        let reads = if self.attempts == 0 { Uses::of_formula(formula, VARIABLE_NOW) } else { i64::MAX };
        self.uses.set(variable, VARIABLE, reads);
        self.declare(variable, VARIABLE, to);
        let result = self.register();
        self.expression(formula, &names, result);
        self.emit(Op::Move { to, from: result });
        self.next = mark;
    }

    /// A new register for the block's one value.
    fn value_of(&mut self, block: &BlockId) -> Register {
        let to = self.register();
        self.declare(block, VALUE, to);
        to
    }

    fn assert(&mut self, condition: &Feed, message: Option<&Feed>) {
        let mark = self.next;
        let condition = self.read(condition);
        let message = match message {
            Some(feed) => self.read(feed),
            None => {
                let to = self.register();
                self.constant(Value::text("the condition does not hold"), to);
                to
            }
        };
        self.emit(Op::Assert { condition, message });
        self.next = mark;
    }

    fn call(&mut self, block: &BlockId, function: usize, arguments: &[Feed]) {
        let Some(routine) = self.plan.functions.get(function) else { return };
        let to = self.registers(routine.outputs.len());
        for (offset, outlet) in routine.outputs.iter().enumerate() {
            self.declare(block, &outlet.name, to + offset as u32);
        }
        let mark = self.next;
        let (first, _) = self.load_all(arguments);
        self.emit(Op::Call { routine: function as u32 + 1, to, first });
        self.next = mark;
    }

    /// Registers for what a container gives, in the order of its bodies' yields.
    fn results(&mut self, yields: &[Outlet]) -> Vec<Register> {
        yields.iter().map(|_| self.register()).collect()
    }

    fn declare_results(&mut self, block: &BlockId, yields: &[Outlet], results: &[Register]) {
        for (outlet, register) in yields.iter().zip(results) {
            self.declare(block, &outlet.name, *register);
        }
    }

    fn branch(&mut self, block: &BlockId, condition: &Feed, then: &PlannedBody, otherwise: &PlannedBody) {
        let results = self.results(&then.yields);
        let condition = self.read(condition);
        let over = self.jump(Op::JumpUnless { condition, to: 0 });
        // What the other alternative reads is not read after this one.
        let other = Uses::of_body(otherwise);
        self.uses.add(&other, -1);
        self.alternative(then, &results);
        self.uses.add(&other, 1);
        let end = self.jump(Op::Jump { to: 0 });
        self.land(over);
        self.alternative(otherwise, &results);
        self.land(end);
        self.declare_results(block, &then.yields, &results);
    }

    fn choice(&mut self, block: &BlockId, value: &Feed, cases: &[(Value, PlannedBody)], otherwise: &PlannedBody) {
        let results = self.results(&otherwise.yields);
        let value = self.read(value);
        let all: Vec<Uses> = cases.iter().map(|(_, body)| body).chain([otherwise]).map(Uses::of_body).collect();
        // What the other alternatives read is not read after one of them.
        all.iter().for_each(|uses| self.uses.add(uses, -1));
        let mut ends = Vec::new();
        for ((case, body), uses) in cases.iter().zip(&all) {
            let mark = self.next;
            let (wanted, same) = (self.register(), self.register());
            self.constant(case.clone(), wanted);
            self.emit(Op::Binary { operator: BinaryOperator::Equal, to: same, a: value, b: wanted });
            let over = self.jump(Op::JumpUnless { condition: same, to: 0 });
            self.next = mark;
            self.uses.add(uses, 1);
            self.alternative(body, &results);
            ends.push(self.jump(Op::Jump { to: 0 }));
            self.land(over);
        }
        all.last().into_iter().for_each(|uses| self.uses.add(uses, 1));
        self.alternative(otherwise, &results);
        ends.into_iter().for_each(|end| self.land(end));
        self.declare_results(block, &otherwise.yields, &results);
    }

    fn parallel(&mut self, block: &BlockId, branches: &[(String, PlannedBody)]) {
        let results: Vec<Vec<Register>> = branches.iter().map(|(_, body)| self.results(&body.yields)).collect();
        for ((_, body), results) in branches.iter().zip(&results) {
            self.alternative(body, results);
        }
        for ((_, body), results) in branches.iter().zip(&results) {
            self.declare_results(block, &body.yields, results);
        }
    }

    fn alternative(&mut self, body: &PlannedBody, results: &[Register]) {
        self.body(body);
        self.load_outlets(&body.yields, results);
    }

    fn rescue(&mut self, block: &BlockId, attempt: &PlannedBody, rescue: &PlannedBody) {
        let results = self.results(&attempt.yields);
        let error = self.register();
        let enter = self.jump(Op::EnterTry { handler: 0, error });
        self.attempts += 1;
        self.body(attempt);
        self.attempts -= 1;
        // What the attempt yields is read while its failure can still be caught.
        self.load_outlets(&attempt.yields, &results);
        self.emit(Op::Settle);
        self.emit(Op::LeaveTry);
        let end = self.jump(Op::Jump { to: 0 });
        self.land(enter);
        self.declare(block, "error", error);
        self.alternative(rescue, &results);
        self.land(end);
        self.places.remove(&(block.clone(), "error".to_owned()));
        self.declare_results(block, &attempt.yields, &results);
    }
}
