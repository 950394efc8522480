//! Steps.

use blocks::plan::{Feed, Operation, Outlet, PlannedBody, Step};
use blocks::{BlockId, Value};

use super::uses::Uses;
use super::{Place, RoutineCompiler};
use crate::op::{Op, Register};

const VALUE: &str = blocks::catalog::VALUE;

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

    fn alternative(&mut self, body: &PlannedBody, results: &[Register]) {
        self.body(body);
        self.load_outlets(&body.yields, results);
    }

    fn rescue(&mut self, block: &BlockId, attempt: &PlannedBody, rescue: &PlannedBody) {
        let results = self.results(&attempt.yields);
        let error = self.register();
        let enter = self.jump(Op::EnterTry { handler: 0, error });
        self.body(attempt);
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
