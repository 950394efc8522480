//! A plan to register code.

mod bodies;
mod expressions;
mod loops;
mod uses;

use std::collections::HashMap;

use blocks::catalog::Effect;
use blocks::document::INPUT;
use blocks::plan::{Feed, Origin, Outlet, Parameter, Plan, Routine};
use blocks::{BlockId, Type, Value};

use crate::builtins::{self, Callee};
use crate::op::{Op, Register};
use uses::Uses;

/// Compiled code of a program.
#[derive(Clone)]
pub struct Code {
    pub(crate) routines: Vec<RoutineCode>,
    pub(crate) constants: Vec<Value>,
    pub(crate) types: Vec<Type>,
    pub(crate) functions: Vec<Callee>,
    pub(crate) effects: Vec<Effect>,
    pub(crate) blocks: Vec<BlockId>,
    inputs: Vec<Parameter>,
    outputs: Vec<(String, Type)>,
}

/// Compiled code of one routine. Its inputs are its first registers, its outputs the ones behind them.
#[derive(Clone, Debug, Default)]
pub(crate) struct RoutineCode {
    pub(crate) ops: Vec<Op>,
    /// For each instruction the block it belongs to, as a place in [`Code::blocks`]; `u32::MAX` for none.
    pub(crate) origins: Vec<u32>,
    pub(crate) registers: u32,
    pub(crate) inputs: u32,
    pub(crate) outputs: u32,
    /// Whether its failures are those of the block that calls it.
    pub(crate) library: bool,
}

impl Code {
    /// What the program needs.
    pub fn inputs(&self) -> &[Parameter] {
        &self.inputs
    }

    /// What the program gives, with types.
    pub fn outputs(&self) -> &[(String, Type)] {
        &self.outputs
    }

    pub(crate) fn block(&self, origin: u32) -> Option<BlockId> {
        self.blocks.get(origin as usize).cloned()
    }
}

/// Compiles a plan.
pub fn compile(plan: &Plan) -> Code {
    let mut pool = Pool::default();
    let routines = std::iter::once(&plan.main)
        .chain(&plan.functions)
        .map(|routine| RoutineCompiler::new(&mut pool, plan, routine).compile(routine))
        .collect();
    Code {
        routines,
        constants: pool.constants,
        types: pool.types,
        functions: pool.functions,
        effects: pool.effects,
        blocks: pool.blocks,
        inputs: plan.main.inputs.clone(),
        outputs: plan.main.outputs.iter().map(|outlet| (outlet.name.clone(), outlet.ty.clone())).collect(),
    }
}

/// What all routines share.
#[derive(Default)]
struct Pool {
    constants: Vec<Value>,
    types: Vec<Type>,
    functions: Vec<Callee>,
    effects: Vec<Effect>,
    blocks: Vec<BlockId>,
}

impl Pool {
    fn constant(&mut self, value: Value) -> u32 {
        // Values of different types may be equal (2 and 2.0), so equality alone would merge too much.
        let found = self.constants.iter().rposition(|have| {
            std::mem::discriminant(have) == std::mem::discriminant(&value)
                && matches!(value, Value::Int(_) | Value::Text(_) | Value::Bool(_) | Value::None)
                && *have == value
        });
        found.unwrap_or_else(|| {
            self.constants.push(value);
            self.constants.len() - 1
        }) as u32
    }

    fn ty(&mut self, ty: &Type) -> u32 {
        place(&mut self.types, ty.clone())
    }

    fn effect(&mut self, effect: Effect) -> u32 {
        place(&mut self.effects, effect)
    }

    fn block(&mut self, block: &BlockId) -> u32 {
        self.blocks.push(block.clone());
        (self.blocks.len() - 1) as u32
    }

    fn function(&mut self, name: &str) -> u32 {
        self.functions.push(builtins::function(name));
        (self.functions.len() - 1) as u32
    }
}

fn place<T: PartialEq>(pool: &mut Vec<T>, value: T) -> u32 {
    let found = pool.iter().position(|have| *have == value);
    found.unwrap_or_else(|| {
        pool.push(value);
        pool.len() - 1
    }) as u32
}

/// Where a port's value is.
#[derive(Clone, Copy, Debug)]
struct Place {
    register: Register,
    /// Whether the value may still be on its way.
    awaited: bool,
    /// The loop body in which the value is made anew each turn.
    turn: u32,
}

struct RoutineCompiler<'a> {
    pool: &'a mut Pool,
    plan: &'a Plan,
    code: RoutineCode,
    places: HashMap<(BlockId, String), Place>,
    /// The reads that are still to be compiled.
    uses: Uses,
    /// Registers that the step at hand reads where they are; nothing may take their values.
    borrowed: Vec<Register>,
    next: Register,
    origin: u32,
    /// The loop body that is being compiled; 0 outside of loops.
    turn: u32,
    turns: u32,
    /// How many bodies around this place may fail and be caught.
    attempts: u32,
}

impl<'a> RoutineCompiler<'a> {
    fn new(pool: &'a mut Pool, plan: &'a Plan, routine: &Routine) -> Self {
        Self {
            pool,
            plan,
            code: RoutineCode::default(),
            places: HashMap::new(),
            uses: Uses::of(routine),
            borrowed: Vec::new(),
            next: 0,
            origin: u32::MAX,
            turn: 0,
            turns: 0,
            attempts: 0,
        }
    }

    fn compile(mut self, routine: &Routine) -> RoutineCode {
        for input in &routine.inputs {
            let register = self.register();
            self.declare(&BlockId::from(INPUT), &input.name, register);
        }
        let outputs: Vec<Register> = routine.outputs.iter().map(|_| self.register()).collect();
        self.body(&routine.body);
        self.origin = u32::MAX;
        for (outlet, to) in routine.outputs.iter().zip(&outputs) {
            self.load(&outlet.from, *to);
        }
        self.emit(Op::Settle);
        self.emit(Op::Return);
        self.code.inputs = routine.inputs.len() as u32;
        self.code.outputs = outputs.len() as u32;
        self.code.library = routine.library;
        self.code
    }

    fn emit(&mut self, op: Op) {
        self.code.ops.push(op);
        self.code.origins.push(self.origin);
    }

    fn here(&self) -> u32 {
        self.code.ops.len() as u32
    }

    /// Emits a jump whose target is set later, with [`Self::land`].
    fn jump(&mut self, op: Op) -> usize {
        self.emit(op);
        self.code.ops.len() - 1
    }

    /// Lets a jump land here.
    fn land(&mut self, jump: usize) {
        let here = self.here();
        match &mut self.code.ops[jump] {
            Op::Jump { to } | Op::JumpIf { to, .. } | Op::JumpUnless { to, .. } => *to = here,
            Op::EnterTry { handler, .. } => *handler = here,
            _ => {}
        }
    }

    fn register(&mut self) -> Register {
        let register = self.next;
        self.next += 1;
        self.code.registers = self.code.registers.max(self.next);
        register
    }

    fn registers(&mut self, count: usize) -> Register {
        let first = self.next;
        self.next += count as u32;
        self.code.registers = self.code.registers.max(self.next);
        first
    }

    fn declare(&mut self, block: &BlockId, port: &str, register: Register) {
        let place = Place { register, awaited: false, turn: self.turn };
        self.places.insert((block.clone(), port.to_owned()), place);
    }

    /// Makes sure that a feed's value is in a register, and says which; a fresh one only where it must be.
    fn read(&mut self, feed: &Feed) -> Register {
        if let (Origin::Port(block, port), false) = (&feed.origin, feed.widen)
            && let Some(place) = self.places.get(&(block.clone(), port.clone())).copied()
        {
            self.arrive(place);
            self.uses.read(block, port);
            self.borrowed.push(place.register);
            return place.register;
        }
        let to = self.register();
        self.load(feed, to);
        to
    }

    /// Puts a feed's value into a register of its own. The last read takes the value, if it is made anew whenever this
    /// place is reached again.
    fn load(&mut self, feed: &Feed, to: Register) {
        match &feed.origin {
            Origin::Literal(value) => {
                let constant = self.pool.constant(value.clone());
                self.emit(Op::Constant { to, constant });
            }
            Origin::Port(block, port) => {
                let Some(place) = self.places.get(&(block.clone(), port.clone())).copied() else { return };
                self.arrive(place);
                let left = self.uses.read(block, port);
                if feed.widen {
                    let ty = self.pool.ty(&feed.ty);
                    self.emit(Op::Widen { to, from: place.register, ty });
                } else if left == 0 && place.turn == self.turn && !self.borrowed.contains(&place.register) {
                    self.emit(Op::Move { to, from: place.register });
                } else {
                    self.emit(Op::Copy { to, from: place.register });
                }
            }
        }
    }

    fn arrive(&mut self, place: Place) {
        if place.awaited {
            self.emit(Op::Await { register: place.register });
        }
    }

    fn load_all(&mut self, feeds: &[Feed]) -> (Register, u32) {
        let first = self.registers(feeds.len());
        for (offset, feed) in feeds.iter().enumerate() {
            self.load(feed, first + offset as u32);
        }
        (first, feeds.len() as u32)
    }

    fn load_outlets(&mut self, outlets: &[Outlet], to: &[Register]) {
        for (outlet, to) in outlets.iter().zip(to) {
            self.load(&outlet.from, *to);
        }
    }
}
