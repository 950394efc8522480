//! If, Match and Try.

use blocks::plan::{Feed, Outlet, PlannedBody};
use blocks::{BlockId, Type, Value};

use super::RoutineCompiler;
use super::uses::Uses;
use crate::op::{Class, Op, Register};

impl<'a> RoutineCompiler<'a, '_> {
    /// Registers for what a container gives, in the order of its bodies' yields.
    fn results(&mut self, yields: &[Outlet]) -> Vec<Register> {
        yields.iter().map(|outlet| self.register(Class::of(&outlet.ty))).collect()
    }

    fn declare_results(&mut self, block: &BlockId, yields: &[Outlet], results: &[Register]) {
        for (outlet, register) in yields.iter().zip(results) {
            self.declare(block, &outlet.name, Class::of(&outlet.ty), *register);
        }
    }

    fn alternative(&mut self, block: &BlockId, index: usize, body: &'a PlannedBody, results: &[Register]) {
        self.mark(block, Some(index));
        self.body(body);
        self.load_outlets(&body.yields, results);
    }

    pub(super) fn branch(
        &mut self,
        block: &BlockId,
        condition: &Feed,
        then: &'a PlannedBody,
        otherwise: &'a PlannedBody,
    ) {
        let results = self.results(&then.yields);
        let over = self.decide(condition, false);
        // What the other alternative reads is not read after this one.
        let other = Uses::of_body(otherwise);
        self.uses.add(&other, -1);
        self.alternative(block, 0, then, &results);
        self.uses.add(&other, 1);
        let end = self.jump(Op::Jump { to: 0 });
        self.land_all(over);
        self.alternative(block, 1, otherwise, &results);
        self.land(end);
        self.declare_results(block, &then.yields, &results);
    }

    pub(super) fn choice(
        &mut self,
        block: &BlockId,
        value: &Feed,
        cases: &'a [(Value, PlannedBody)],
        otherwise: &'a PlannedBody,
    ) {
        let results = self.results(&otherwise.yields);
        let class = Class::of(&value.ty);
        let subject = self.read(value, class);
        let all: Vec<Uses> = cases.iter().map(|(_, body)| body).chain([otherwise]).map(Uses::of_body).collect();
        // What the other alternatives read is not read after one of them.
        all.iter().for_each(|uses| self.uses.add(uses, -1));
        let mut ends = Vec::new();
        for (index, ((case, body), uses)) in cases.iter().zip(&all).enumerate() {
            let over = self.unless_equal(class, subject, case, &value.ty);
            self.uses.add(uses, 1);
            self.alternative(block, index, body, &results);
            ends.push(self.jump(Op::Jump { to: 0 }));
            self.land(over);
        }
        all.last().into_iter().for_each(|uses| self.uses.add(uses, 1));
        self.alternative(block, cases.len(), otherwise, &results);
        self.land_all(ends);
        self.declare_results(block, &otherwise.yields, &results);
    }

    /// Jumps unless a value equals that of a case.
    fn unless_equal(&mut self, class: Class, subject: Register, case: &Value, ty: &Type) -> usize {
        let mark = self.next;
        let case = blocks::conform::widen_to(case.clone(), ty).unwrap_or_else(|_| case.clone());
        let wanted = self.register(class);
        self.literal(&case, class, wanted);
        let jump = self.jump_unless_equal(class, subject, wanted);
        self.next = mark;
        jump
    }

    pub(super) fn rescue(&mut self, block: &BlockId, attempt: &'a PlannedBody, rescue: &'a PlannedBody) {
        let results = self.results(&attempt.yields);
        let error = self.register(Class::Value);
        let enter = self.jump(Op::EnterTry { handler: 0, error });
        self.attempts += 1;
        self.mark(block, Some(0));
        self.body(attempt);
        self.attempts -= 1;
        // What the attempt yields is read while its failure can still be caught.
        self.load_outlets(&attempt.yields, &results);
        if self.asks {
            self.emit(Op::Settle);
        }
        self.emit(Op::LeaveTry);
        let end = self.jump(Op::Jump { to: 0 });
        self.land(enter);
        self.declare(block, "error", Class::Value, error);
        self.note_fresh();
        self.alternative(block, 1, rescue, &results);
        self.land(end);
        self.places.remove(&(block.clone(), "error".to_owned()));
        self.declare_results(block, &attempt.yields, &results);
    }
}
