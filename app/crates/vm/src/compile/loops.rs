//! Loops.

use std::ops::Range;

use blocks::plan::{Driver, Feed, Origin, Outlet, PlannedBody};
use blocks::{BlockId, Value};

use super::bodies::VALUE;
use super::parts::{ITEM, reads_a_few_parts};
use super::uses::Uses;
use super::{RoutineCompiler, Target, Watch};
use crate::op::{Class, Comparison, Op, Register};

/// What a loop over a list keeps: the list, how long it is, and where it stands.
#[derive(Clone, Copy)]
struct Walk {
    list: Register,
    length: Register,
    index: Register,
    item: Register,
    class: Class,
}

/// The carried values of a loop and their registers.
struct Carried<'a> {
    outlets: &'a [Outlet],
    registers: Vec<Register>,
}

impl<'a> RoutineCompiler<'a, '_> {
    pub(super) fn repetition(
        &mut self,
        block: &'a BlockId,
        driver: &'a Driver,
        carries: &'a [Outlet],
        body: &'a PlannedBody,
    ) {
        let registers: Vec<Register> = carries.iter().map(|carry| self.register(Class::of(&carry.ty))).collect();
        self.load_outlets(carries, &registers);
        // Inside, a carried value is what it is now; outside, what came of it. Their reads are counted apart.
        let mut inside = Uses::of_body(body);
        if let Driver::While(condition) = driver {
            inside.add(&Uses::of_body(condition), 1);
        }
        let mut outside = Vec::new();
        for carry in carries {
            let within = inside.count(block, &carry.name);
            outside.push(self.uses.count(block, &carry.name) - within);
            self.uses.set(block, &carry.name, within);
        }
        let carried = Carried { outlets: carries, registers };
        match driver {
            Driver::Each(items) => {
                self.each(block, items, body, |compiler, _| compiler.turn_of(block, &carried, body));
            }
            Driver::Times(times) => self.times(block, times, |compiler| compiler.turn_of(block, &carried, body)),
            Driver::While(condition) => self.as_long_as(block, condition, &carried, body),
        }
        for ((carry, register), uses) in carries.iter().zip(&carried.registers).zip(outside) {
            self.declare(block, &carry.name, Class::of(&carry.ty), *register);
            self.uses.set(block, &carry.name, uses);
        }
    }

    pub(super) fn map(&mut self, block: &BlockId, items: &Feed, body: &'a PlannedBody) {
        let list = self.empty_list();
        self.each(block, items, body, |compiler, _| {
            compiler.body(body);
            compiler.collect(list, body);
        });
        self.declare(block, "items", Class::Value, list);
    }

    pub(super) fn filter(&mut self, block: &BlockId, items: &Feed, body: &'a PlannedBody) {
        let list = self.empty_list();
        self.each(block, items, body, |compiler, walk| {
            let keep = body.yields.first().map(|outlet| &outlet.from);
            compiler.body_before(body, keep);
            let over = keep.map(|keep| compiler.decide(keep, false)).unwrap_or_default();
            compiler.collect_item(list, walk);
            compiler.land_all(over);
        });
        self.declare(block, "items", Class::Value, list);
    }

    pub(super) fn reduce(&mut self, block: &'a BlockId, items: &Feed, initial: &Feed, body: &'a PlannedBody) {
        let class = Class::of(&initial.ty);
        let total = self.register(class);
        self.load(initial, class, total);
        self.each(block, items, body, |compiler, _| {
            compiler.declare(block, "total", class, total);
            compiler.note_fresh();
            compiler.compute_in_place(block, body, &[(class, total)]);
            compiler.body(body);
            compiler.load_outlets(&body.yields, &[total]);
        });
        self.declare(block, VALUE, class, total);
    }

    pub(super) fn sort_by(&mut self, block: &BlockId, items: &Feed, descending: bool, body: &'a PlannedBody) {
        let keys = self.empty_list();
        let list = self.each(block, items, body, |compiler, _| {
            compiler.body(body);
            compiler.collect(keys, body);
        });
        self.emit(Op::SortBy { descending, list, keys });
        self.declare(block, "items", Class::Value, list);
    }

    fn empty_list(&mut self) -> Register {
        let list = self.register(Class::Value);
        self.literal(&Value::list(Vec::new()), Class::Value, list);
        list
    }

    /// Adds what a body yields to a list.
    fn collect(&mut self, list: Register, body: &PlannedBody) {
        let mark = self.next;
        if let Some(outlet) = body.yields.first() {
            let class = if outlet.from.widen { Class::Value } else { Class::of(&outlet.from.ty) };
            let item = match class {
                Class::Value => {
                    let item = self.register(class);
                    self.load(&outlet.from, class, item);
                    item
                }
                _ => self.read(&outlet.from, class),
            };
            self.emit(Op::Push { class, list, item });
        }
        self.next = mark;
    }

    /// Adds the current item to a list. The body may have used it up, so it is read again.
    fn collect_item(&mut self, list: Register, walk: Walk) {
        let mark = self.next;
        let item = self.register(Class::Value);
        self.emit(Op::Item { to: item, of: walk.list, index: walk.index });
        self.emit(Op::Push { class: Class::Value, list, item });
        self.next = mark;
    }

    /// Compiles a body that runs for every item; gives the register of the list.
    fn each(
        &mut self,
        block: &BlockId,
        items: &Feed,
        body: &PlannedBody,
        turn: impl FnOnce(&mut Self, Walk),
    ) -> Register {
        let class = Class::of(&items.ty.item());
        let walk = Walk {
            list: self.register(Class::Value),
            length: self.register(Class::Int),
            index: self.register(Class::Int),
            item: self.register(class),
            class,
        };
        self.load(items, Class::Value, walk.list);
        self.emit(Op::Length { to: walk.length, of: walk.list });
        self.counted(walk.index, walk.length, |compiler| {
            compiler.item(block, walk, body);
            compiler.declare(block, "index", Class::Int, walk.index);
            compiler.note_fresh();
            compiler.mark(block, Some(0));
            turn(compiler, walk);
        });
        walk.list
    }

    /// Reads the item at hand, or lets its parts be read where it stands.
    fn item(&mut self, block: &BlockId, walk: Walk, body: &PlannedBody) {
        let Walk { list: of, index, item: to, .. } = walk;
        if walk.class == Class::Value && self.pool.watch == Watch::default() && reads_a_few_parts(body, block) {
            self.inside.insert(block.clone(), (of, index));
            return;
        }
        self.emit(match walk.class {
            Class::Int => Op::ItemInt { to, of, index },
            Class::Number => Op::ItemNumber { to, of, index },
            Class::Bool => Op::ItemBool { to, of, index },
            Class::Value => Op::Item { to, of, index },
        });
        self.declare(block, ITEM, walk.class, to);
    }

    fn times(&mut self, block: &BlockId, times: &Feed, turn: impl FnOnce(&mut Self)) {
        let (limit, counter) = (self.register(Class::Int), self.register(Class::Int));
        self.load(times, Class::Int, limit);
        self.counted(counter, limit, |compiler| {
            compiler.declare(block, "turn", Class::Int, counter);
            compiler.note_fresh();
            compiler.mark(block, Some(0));
            turn(compiler);
        });
    }

    /// Runs something while a counter, from 0 on, is below a limit.
    fn counted(&mut self, counter: Register, limit: Register, turn: impl FnOnce(&mut Self)) {
        self.emit(Op::SmallInt { to: counter, value: 0 });
        let end = self.jump_compared(Class::Int, Comparison::Less, false, counter, limit);
        let outer = self.enter_turn();
        let start = self.here();
        turn(self);
        self.emit(Op::CountBelow { counter, limit, to: start });
        self.land(end);
        self.turn = outer;
    }

    fn as_long_as(
        &mut self,
        block: &'a BlockId,
        condition: &'a PlannedBody,
        carried: &Carried<'a>,
        body: &'a PlannedBody,
    ) {
        let outer = self.enter_turn();
        let start = self.here();
        self.declare_carries(block, carried);
        self.mark(block, Some(0));
        // Values that the condition reads are read again by the body and by whoever comes after the loop.
        self.turn = u32::MAX;
        let holds = condition.yields.first().map(|outlet| &outlet.from);
        self.body_before(condition, holds);
        let end = match holds {
            Some(holds) => self.decide(holds, false),
            None => vec![self.jump(Op::Jump { to: 0 })],
        };
        let condition = start as usize..self.here() as usize;
        self.turn = self.turns;
        self.mark(block, Some(1));
        self.turn_of(block, carried, body);
        let end = self.decide_again(condition, end);
        self.land_all(end);
        self.turn = outer;
    }

    /// Goes back to a condition, behind which the body begins, or decides a short one once more, which saves a jump in
    /// each turn. Gives the jumps that leave the loop.
    fn decide_again(&mut self, condition: Range<usize>, mut end: Vec<usize>) -> Vec<usize> {
        const SHORT: usize = 16;
        if condition.len() > SHORT {
            self.emit(Op::Jump { to: condition.start as u32 });
            return end;
        }
        let moved = self.code.ops.len() - condition.start;
        let body = condition.end as u32;
        for place in condition.clone() {
            let mut op = self.code.ops[place];
            if end.contains(&place) {
                end.push(place + moved);
            } else if let Some(to) = op.target().filter(|to| **to != body) {
                *to += moved as u32;
            }
            self.code.ops.push(op);
            self.code.origins.push(self.code.origins[place]);
        }
        match (end.pop_if(|last| *last + 1 == self.code.ops.len()), self.code.ops.last().and_then(|op| op.opposite())) {
            (Some(last), Some(mut opposite)) => {
                opposite.target().into_iter().for_each(|to| *to = body);
                self.code.ops[last] = opposite;
            }
            (last, _) => {
                end.extend(last);
                self.emit(Op::Jump { to: body });
            }
        }
        end
    }

    fn enter_turn(&mut self) -> u32 {
        let outer = self.turn;
        self.turns += 1;
        self.turn = self.turns;
        outer
    }

    fn declare_carries(&mut self, block: &BlockId, carried: &Carried<'a>) {
        for (carry, register) in carried.outlets.iter().zip(&carried.registers) {
            self.declare(block, &carry.name, Class::of(&carry.ty), *register);
        }
        self.note_fresh();
    }

    /// Lets steps of a loop's body compute the next carried values where these stand, as far as that is possible.
    fn compute_in_place(&mut self, block: &'a BlockId, body: &'a PlannedBody, carried: &[(Class, Register)]) {
        for (outlet, (class, register)) in body.yields.iter().zip(carried) {
            if let (Origin::Port(from, port), false) = (&outlet.from.origin, outlet.from.widen)
                && port == VALUE
                && body.steps.iter().any(|step| step.block == *from)
            {
                let carry = (block, outlet.name.as_str());
                let target = Target { register: *register, class: *class, turn: self.turn, carry };
                self.targets.insert(from, target);
            }
        }
    }

    /// One turn: the body, and then all carried values at once.
    fn turn_of(&mut self, block: &'a BlockId, carried: &Carried<'a>, body: &'a PlannedBody) {
        self.declare_carries(block, carried);
        let classes: Vec<(Class, Register)> =
            carried.outlets.iter().map(|carry| Class::of(&carry.ty)).zip(carried.registers.iter().copied()).collect();
        self.compute_in_place(block, body, &classes);
        self.body(body);
        // What is computed only now may read carried values, too.
        let own = |outlet: &Outlet| match &outlet.from.origin {
            Origin::Port(from, _) => from == block || self.deferred.contains_key(from),
            Origin::Literal(_) => false,
        };
        if !body.yields.iter().any(own) || body.yields.len() == 1 {
            return self.load_outlets(&body.yields, &carried.registers);
        }
        let mark = self.next;
        let next: Vec<Register> = classes.iter().map(|(class, _)| self.register(*class)).collect();
        self.load_outlets(&body.yields, &next);
        for ((class, to), from) in classes.into_iter().zip(next) {
            self.carry_over(class, to, from);
        }
        self.next = mark;
    }
}
