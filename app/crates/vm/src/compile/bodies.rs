//! Bodies and their steps.

use blocks::catalog::Effect;
use blocks::plan::{Feed, Operation, Origin, PlannedBody, Step};
use blocks::{BlockId, Type, Value};

use super::uses::Uses;
use super::{Place, RoutineCompiler};
use crate::op::{Class, Op, Register};

pub(super) const VALUE: &str = blocks::catalog::VALUE;

impl<'a> RoutineCompiler<'a, '_> {
    pub(super) fn body(&mut self, body: &'a PlannedBody) {
        self.body_before(body, None);
    }

    /// Compiles a body behind which a condition is decided at once.
    pub(super) fn body_before(&mut self, body: &'a PlannedBody, condition: Option<&Feed>) {
        let outer = self.origin;
        for (place, step) in body.steps.iter().enumerate() {
            self.origin = self.pool.block(&step.block);
            self.mark(&step.block, None);
            let decides = match body.steps.get(place + 1).map(|next| &next.operation) {
                Some(Operation::If { condition, .. } | Operation::Assert { condition, .. }) => Some(condition),
                Some(_) => None,
                None => condition,
            };
            if !self.defers(step, decides) {
                self.borrowed.clear();
                self.step(step);
            }
            self.note_fresh();
        }
        self.origin = outer;
    }

    /// Whether a step is a formula that is computed where it is read.
    fn defers(&mut self, step: &'a Step, decides: Option<&Feed>) -> bool {
        let Operation::Formula { formula, names } = &step.operation else { return false };
        let is_next = matches!(decides, Some(Feed { origin: Origin::Port(block, _), .. }) if *block == step.block);
        self.defer(&step.block, formula, names, is_next)
    }

    fn step(&mut self, step: &'a Step) {
        let block = &step.block;
        if has_loop(&step.operation) {
            self.compute_all_deferred();
        }
        match &step.operation {
            Operation::Formula { formula, names } => {
                let class = Self::class_of(formula);
                let to = self.value_of(step, class);
                self.expression(formula, names, class, to);
            }
            Operation::Template { pieces, names } => {
                let to = self.value_of(step, Class::Value);
                self.template(pieces, names, to);
            }
            Operation::Constant(value, ty) => {
                let class = Class::of(ty);
                let to = self.value_of(step, class);
                self.literal(value, class, to);
            }
            Operation::Builtin { builtin, signature, arguments, ty } => {
                let class = Class::of(ty);
                let to = self.value_of(step, class);
                self.builtin_of_feeds(builtin.name, *signature, arguments, class, to);
            }
            Operation::Call { function, arguments } => self.call(block, *function, arguments),
            Operation::If { condition, then, otherwise } => self.branch(block, condition, then, otherwise),
            Operation::Match { value, cases, otherwise } => self.choice(block, value, cases, otherwise),
            Operation::Loop { driver, carries, body } => self.repetition(block, driver, carries, body),
            Operation::Map { items, body } => self.map(block, items, body),
            Operation::Filter { items, body } => self.filter(block, items, body),
            Operation::Reduce { items, initial, body } => self.reduce(block, items, initial, body),
            Operation::SortBy { items, descending, body } => self.sort_by(block, items, *descending, body),
            Operation::Parallel { branches } => self.parallel(block, branches),
            Operation::Variable { ty, initial } => self.variable(block, ty, initial),
            Operation::SetVariable { variable, value } => self.set_variable(variable, value),
            Operation::GetVariable { variable, ty } => {
                let to = self.value_of(step, Class::of(ty));
                self.get_variable(variable, to);
            }
            Operation::ChangeVariable { variable, formula, names } => self.change_variable(variable, formula, names),
            Operation::Try { attempt, rescue } => self.rescue(block, attempt, rescue),
            Operation::Fail { code, message } => {
                let message = self.read(message, Class::Value);
                let code = self.pool.constant(Value::text(code.as_str()));
                self.emit(Op::Fail { code, message });
            }
            Operation::Assert { condition, message } => self.assert(condition, message.as_ref()),
            Operation::Effect { effect, arguments, ty } => self.effect(block, *effect, arguments, ty.as_ref()),
            Operation::Note(_) => {}
        }
    }

    /// The register for a block's one value: that of a carried value where the step computes its next, else a new one.
    fn value_of(&mut self, step: &'a Step, class: Class) -> Register {
        let to = self.target_of(step, class).unwrap_or_else(|| self.register(class));
        self.declare(&step.block, VALUE, class, to);
        to
    }

    /// The carried value that a step may overwrite: nothing reads the old one after the step.
    fn target_of(&mut self, step: &'a Step, class: Class) -> Option<Register> {
        let target = self.targets.remove(&step.block)?;
        let (block, carry) = target.carry;
        let own = Uses::of_step(step).count(block, carry);
        let free = self.uses.count(block, carry) == own && self.uses.count(&step.block, VALUE) == 1;
        (free && target.class == class && target.turn == self.turn).then_some(target.register)
    }

    fn assert(&mut self, condition: &Feed, message: Option<&Feed>) {
        let mark = self.next;
        let holds = self.decide(condition, true);
        let message = match message {
            Some(feed) => self.read(feed, Class::Value),
            None => {
                let to = self.register(Class::Value);
                self.literal(&Value::text("the condition does not hold"), Class::Value, to);
                to
            }
        };
        let code = self.pool.constant(Value::text("assertion"));
        self.emit(Op::Fail { code, message });
        self.land_all(holds);
        self.next = mark;
    }

    fn effect(&mut self, block: &BlockId, effect: Effect, arguments: &[Feed], ty: Option<&Type>) {
        let class = ty.map_or(Class::Value, Class::of);
        let register = self.register(class);
        let mark = self.next;
        let (first, count) = self.load_row(arguments);
        let place = Place { class, register, awaited: true, turn: self.turn };
        self.places.insert((block.clone(), VALUE.to_owned()), place);
        self.asks = true;
        let index = self.pool.effect(effect, ty);
        self.emit(Op::Effect { class, effect: index, to: register, first, count });
        if effect == Effect::Wait {
            // Nothing can read from it; what stands behind it is what waits.
            self.emit(Op::Await { class, register });
        }
        self.next = mark;
    }
}

/// Whether a step is a container whose bodies may run more than once or elsewhere, or has one inside. What is computed
/// before a loop inside an alternative would be computed in that alternative only.
fn has_loop(operation: &Operation) -> bool {
    let once = matches!(operation, Operation::If { .. } | Operation::Match { .. } | Operation::Try { .. });
    let mut bodies = operation.bodies().into_iter();
    if once {
        bodies.any(|body| body.steps.iter().any(|step| has_loop(&step.operation)))
    } else {
        bodies.next().is_some()
    }
}
