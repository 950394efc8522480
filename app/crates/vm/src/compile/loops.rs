//! Loops.

use blocks::plan::{Driver, Feed, Origin, Outlet, PlannedBody};
use blocks::{BlockId, Value};

use super::RoutineCompiler;
use super::uses::Uses;
use crate::op::{Op, Register};
use blocks::formula::BinaryOperator;

const VALUE: &str = blocks::catalog::VALUE;

/// What a loop over a list keeps: the list, how long it is, and where it stands.
struct Walk {
    list: Register,
    length: Register,
    index: Register,
    item: Register,
}

impl RoutineCompiler<'_> {
    pub(super) fn repetition(&mut self, block: &BlockId, driver: &Driver, carries: &[Outlet], body: &PlannedBody) {
        let registers: Vec<Register> = carries.iter().map(|_| self.register()).collect();
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
        match driver {
            Driver::Each(items) => self.each(block, items, |compiler| {
                compiler.turn_of(block, carries, &registers, body);
            }),
            Driver::Times(times) => self.times(block, times, |compiler| {
                compiler.turn_of(block, carries, &registers, body);
            }),
            Driver::While(condition) => self.as_long_as(block, condition, carries, &registers, body),
        }
        for ((carry, register), uses) in carries.iter().zip(&registers).zip(outside) {
            self.declare(block, &carry.name, *register);
            self.uses.set(block, &carry.name, uses);
        }
    }

    pub(super) fn map(&mut self, block: &BlockId, items: &Feed, body: &PlannedBody) {
        let list = self.empty_list();
        self.each(block, items, |compiler| {
            compiler.body(body);
            if let Some(outlet) = body.yields.first() {
                let item = compiler.read(&outlet.from);
                compiler.emit(Op::Push { list, item });
            }
        });
        self.declare(block, "items", list);
    }

    pub(super) fn filter(&mut self, block: &BlockId, items: &Feed, body: &PlannedBody) {
        let list = self.empty_list();
        self.each(block, items, |compiler| {
            compiler.body(body);
            let item = compiler.places.get(&(block.clone(), "item".to_owned())).map(|place| place.register);
            if let (Some(outlet), Some(item)) = (body.yields.first(), item) {
                let condition = compiler.read(&outlet.from);
                let over = compiler.jump(Op::JumpUnless { condition, to: 0 });
                // The body may have used up the item, so it is read from the list again.
                compiler.reread(block);
                compiler.emit(Op::Push { list, item });
                compiler.land(over);
            }
        });
        self.declare(block, "items", list);
    }

    pub(super) fn reduce(&mut self, block: &BlockId, items: &Feed, initial: &Feed, body: &PlannedBody) {
        let total = self.register();
        self.load(initial, total);
        self.each(block, items, |compiler| {
            compiler.declare(block, "total", total);
            compiler.body(body);
            compiler.load_outlets(&body.yields, &[total]);
        });
        self.declare(block, VALUE, total);
    }

    pub(super) fn sort_by(&mut self, block: &BlockId, items: &Feed, descending: bool, body: &PlannedBody) {
        let (list, keys) = (self.empty_list(), self.empty_list());
        self.each(block, items, |compiler| {
            compiler.body(body);
            if let Some(outlet) = body.yields.first() {
                let item = compiler.read(&outlet.from);
                compiler.emit(Op::Push { list: keys, item });
            }
            compiler.reread(block);
            if let Some(place) = compiler.places.get(&(block.clone(), "item".to_owned())).copied() {
                compiler.emit(Op::Push { list, item: place.register });
            }
        });
        self.emit(Op::SortBy { list, keys, descending });
        self.declare(block, "items", list);
    }

    fn empty_list(&mut self) -> Register {
        let list = self.register();
        self.constant(Value::list(Vec::new()), list);
        list
    }

    /// Reads the current item of a loop anew.
    fn reread(&mut self, block: &BlockId) {
        let place = |name: &str| self.places.get(&(block.clone(), name.to_owned())).map(|place| place.register);
        if let (Some(to), Some(list), Some(index)) = (place("item"), place(" list"), place(" index")) {
            self.emit(Op::Item { to, list, index });
        }
    }

    /// Compiles a body that runs for every item.
    fn each(&mut self, block: &BlockId, items: &Feed, turn: impl FnOnce(&mut Self)) {
        let walk =
            Walk { list: self.register(), length: self.register(), index: self.register(), item: self.register() };
        self.load(items, walk.list);
        self.emit(Op::Length { to: walk.length, list: walk.list });
        self.constant(Value::Int(0), walk.index);
        let visible = self.register();
        self.counted(walk.index, walk.length, |compiler| {
            compiler.emit(Op::Item { to: walk.item, list: walk.list, index: walk.index });
            compiler.emit(Op::Copy { to: visible, from: walk.index });
            compiler.declare(block, "item", walk.item);
            compiler.declare(block, "index", visible);
            // Names that no program can write.
            compiler.declare(block, " list", walk.list);
            compiler.declare(block, " index", walk.index);
            turn(compiler);
        });
    }

    fn times(&mut self, block: &BlockId, times: &Feed, turn: impl FnOnce(&mut Self)) {
        let (limit, counter, visible) = (self.register(), self.register(), self.register());
        self.load(times, limit);
        self.constant(Value::Int(0), counter);
        self.counted(counter, limit, |compiler| {
            compiler.emit(Op::Copy { to: visible, from: counter });
            compiler.declare(block, "turn", visible);
            turn(compiler);
        });
    }

    /// Runs something while a counter is below a limit.
    fn counted(&mut self, counter: Register, limit: Register, turn: impl FnOnce(&mut Self)) {
        let below = self.register();
        let outer = self.enter_turn();
        let start = self.here();
        self.emit(Op::Binary { operator: BinaryOperator::Less, to: below, a: counter, b: limit });
        let end = self.jump(Op::JumpUnless { condition: below, to: 0 });
        turn(self);
        self.emit(Op::Increment { register: counter });
        self.emit(Op::Jump { to: start });
        self.land(end);
        self.turn = outer;
    }

    fn as_long_as(
        &mut self,
        block: &BlockId,
        condition: &PlannedBody,
        carries: &[Outlet],
        registers: &[Register],
        body: &PlannedBody,
    ) {
        let outer = self.enter_turn();
        let start = self.here();
        self.declare_carries(block, carries, registers);
        // Values that the condition reads are read again by the body and by whoever comes after the loop.
        self.turn = u32::MAX;
        self.body(condition);
        let end = match condition.yields.first() {
            Some(outlet) => {
                let condition = self.read(&outlet.from);
                self.jump(Op::JumpUnless { condition, to: 0 })
            }
            None => self.jump(Op::Jump { to: 0 }),
        };
        self.turn = self.turns;
        self.turn_of(block, carries, registers, body);
        self.emit(Op::Jump { to: start });
        self.land(end);
        self.turn = outer;
    }

    fn enter_turn(&mut self) -> u32 {
        let outer = self.turn;
        self.turns += 1;
        self.turn = self.turns;
        outer
    }

    fn declare_carries(&mut self, block: &BlockId, carries: &[Outlet], registers: &[Register]) {
        for (carry, register) in carries.iter().zip(registers) {
            self.declare(block, &carry.name, *register);
        }
    }

    /// One turn: the body, and then all carried values at once.
    fn turn_of(&mut self, block: &BlockId, carries: &[Outlet], registers: &[Register], body: &PlannedBody) {
        self.declare_carries(block, carries, registers);
        self.body(body);
        let own = |outlet: &Outlet| match &outlet.from.origin {
            Origin::Port(from, _) => from == block,
            Origin::Literal(_) => false,
        };
        if body.yields.iter().any(own) && body.yields.len() > 1 {
            let next: Vec<Register> = carries.iter().map(|_| self.register()).collect();
            self.load_outlets(&body.yields, &next);
            for (from, to) in next.iter().zip(registers) {
                self.emit(Op::Move { to: *to, from: *from });
            }
        } else {
            self.load_outlets(&body.yields, registers);
        }
    }
}
