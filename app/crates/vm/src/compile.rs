//! A plan to register code.

mod bodies;
mod builtins;
mod calls;
mod choices;
mod code;
mod conditions;
mod constants;
mod deferred;
mod expressions;
mod feeds;
mod loops;
mod operators;
mod parts;
mod pool;
mod uses;
mod variables;

use std::collections::HashMap;

use blocks::BlockId;
use blocks::document::INPUT;
use blocks::plan::{Feed, Plan, PlannedBody, Routine};
use indexmap::IndexMap;

use crate::op::{Class, Op, Register};
pub(crate) use code::RoutineCode;
pub use code::{Code, Mark, Watch};
use deferred::Deferred;
use pool::Pool;
use uses::Uses;

/// Compiles a plan.
pub fn compile(plan: &Plan) -> Code {
    compile_watched(plan, Watch::default())
}

/// Compiles a plan to code that notes what it does.
pub fn compile_watched(plan: &Plan, watch: Watch) -> Code {
    let mut pool = Pool { watch, ..Pool::default() };
    let mut routines = vec![RoutineCode::default(); 1 + plan.functions.len()];
    for (place, routine) in std::iter::once(&plan.main).chain(&plan.functions).enumerate() {
        routines[place] = RoutineCompiler::new(&mut pool, plan, routine.library).compile(routine);
    }
    // Bodies of Parallel became routines of their own; they stand behind the others.
    routines.append(&mut pool.apart);
    Code {
        routines,
        constants: pool.constants,
        plain: pool.plain,
        paths: pool.paths,
        pieces: pool.pieces,
        fields: pool.fields,
        types: pool.types,
        functions: pool.functions,
        effects: pool.effects,
        blocks: pool.blocks,
        inputs: plan.main.inputs.clone(),
        outputs: plan.main.outputs.iter().map(|outlet| (outlet.name.clone(), outlet.ty.clone())).collect(),
        marks: pool.marks.into_iter().collect(),
        watched: pool.watched.into_iter().collect(),
    }
}

type Names = IndexMap<String, Feed>;

/// Where a port's value is.
#[derive(Clone, Copy, Debug)]
struct Place {
    class: Class,
    register: Register,
    /// Whether the value may still be on its way.
    awaited: bool,
    /// The loop body in which the value is made anew each turn.
    turn: u32,
}

/// A carried value that a step may compute in place.
struct Target<'a> {
    register: Register,
    class: Class,
    turn: u32,
    carry: (&'a BlockId, &'a str),
}

/// How many registers are in use in each file.
#[derive(Clone, Copy, Debug, Default)]
struct Next {
    plain: Register,
    values: Register,
}

struct RoutineCompiler<'a, 'p> {
    pool: &'p mut Pool,
    plan: &'a Plan,
    code: RoutineCode,
    places: HashMap<(BlockId, String), Place>,
    /// Where the items of loops stand that are not read as a whole: the registers of the list and of the position.
    inside: HashMap<BlockId, (Register, Register)>,
    /// Ports that were declared and not yet noted; only in watched code.
    fresh: Vec<(BlockId, String, Place)>,
    /// The reads that are still to be compiled.
    uses: Uses,
    /// Value registers that the step at hand reads where they are; nothing may take their values.
    borrowed: Vec<Register>,
    deferred: IndexMap<&'a BlockId, Deferred<'a>>,
    /// Registers of literals of the plain file that loops read, by their bits.
    literals: HashMap<i64, Register>,
    targets: HashMap<&'a BlockId, Target<'a>>,
    next: Next,
    origin: u32,
    /// The loop body that is being compiled; 0 outside of loops.
    turn: u32,
    turns: u32,
    /// How many bodies around this place may fail and be caught.
    attempts: u32,
    /// Whether the routine asks the world outside, or did so before this place.
    asks: bool,
}

impl<'a, 'p> RoutineCompiler<'a, 'p> {
    fn new(pool: &'p mut Pool, plan: &'a Plan, library: bool) -> Self {
        Self {
            pool,
            plan,
            code: RoutineCode { library, ..RoutineCode::default() },
            places: HashMap::new(),
            inside: HashMap::new(),
            fresh: Vec::new(),
            uses: Uses::default(),
            borrowed: Vec::new(),
            deferred: IndexMap::new(),
            literals: HashMap::new(),
            targets: HashMap::new(),
            next: Next::default(),
            origin: u32::MAX,
            turn: 0,
            turns: 0,
            attempts: 0,
            asks: false,
        }
    }

    fn compile(mut self, routine: &'a Routine) -> RoutineCode {
        self.uses = Uses::of(routine);
        let input = BlockId::from(INPUT);
        for parameter in &routine.inputs {
            self.input(&input, &parameter.name, Class::of(&parameter.ty));
        }
        self.keep_literals(&routine.body);
        self.body(&routine.body);
        self.origin = u32::MAX;
        let outputs: Vec<&Feed> = routine.outputs.iter().map(|outlet| &outlet.from).collect();
        self.end(&outputs, routine.outputs.iter().map(|outlet| Class::of(&outlet.ty)).collect())
    }

    /// The routine of a body that runs beside the one it stands in; it reads the given ports of that.
    fn compile_apart(
        mut self,
        body: &'a PlannedBody,
        captured: &[((BlockId, String), Class)],
        origin: u32,
    ) -> RoutineCode {
        self.origin = origin;
        self.uses = Uses::of_body(body);
        for ((block, port), class) in captured {
            self.input(block, port, *class);
        }
        self.body(body);
        let outputs: Vec<&Feed> = body.yields.iter().map(|outlet| &outlet.from).collect();
        self.end(&outputs, body.yields.iter().map(|outlet| Class::of(&outlet.ty)).collect())
    }

    fn input(&mut self, block: &BlockId, port: &str, class: Class) {
        let register = self.register(class);
        self.code.inputs.push(class);
        self.declare(block, port, class, register);
    }

    /// Puts the outputs into the first registers, and ends the routine.
    fn end(mut self, outputs: &[&Feed], classes: Vec<Class>) -> RoutineCode {
        let places: Vec<(Class, Register)> = crate::machine::places(&classes, 0, 0).collect();
        let count = |class: bool| places.iter().filter(|(have, _)| (*have == Class::Value) == class).count() as u32;
        self.code.plain = self.code.plain.max(count(false));
        self.code.values = self.code.values.max(count(true));
        self.code.value_outputs = count(true);
        self.borrowed.clear();
        if let ([feed], [(class @ (Class::Int | Class::Number | Class::Bool), _)]) = (outputs, places.as_slice()) {
            let from = self.read(feed, *class);
            if self.asks {
                self.emit(Op::Settle);
            }
            self.emit(if *class == Class::Int { Op::ReturnInt { from } } else { Op::ReturnPlain { from } });
            self.code.outputs = classes;
            return self.code;
        }
        if let ([feed], [(class, to)]) = (outputs, places.as_slice()) {
            self.load(feed, *class, *to);
        } else {
            let loaded: Vec<Register> = outputs
                .iter()
                .zip(&classes)
                .map(|(feed, class)| {
                    let to = self.register(*class);
                    self.load(feed, *class, to);
                    to
                })
                .collect();
            for ((class, to), from) in places.iter().zip(loaded) {
                self.carry_over(*class, *to, from);
            }
        }
        if self.asks {
            self.emit(Op::Settle);
        }
        self.emit(Op::Return);
        self.code.outputs = classes;
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
        if let Some(to) = self.code.ops[jump].target() {
            *to = here;
        }
    }

    fn land_all(&mut self, jumps: Vec<usize>) {
        jumps.into_iter().for_each(|jump| self.land(jump));
    }

    fn register(&mut self, class: Class) -> Register {
        let (next, most) = match class {
            Class::Value => (&mut self.next.values, &mut self.code.values),
            _ => (&mut self.next.plain, &mut self.code.plain),
        };
        *next += 1;
        *most = (*most).max(*next);
        *next - 1
    }

    /// Value registers in a row.
    fn row(&mut self, count: usize) -> Register {
        let first = self.next.values;
        self.next.values += count as u32;
        self.code.values = self.code.values.max(self.next.values);
        first
    }

    fn declare(&mut self, block: &BlockId, port: &str, class: Class, register: Register) {
        let place = Place { class, register, awaited: false, turn: self.turn };
        self.places.insert((block.clone(), port.to_owned()), place);
        if self.pool.watch.values && !self.code.library && !port.starts_with(' ') {
            self.fresh.push((block.clone(), port.to_owned(), place));
        }
    }

    /// Notes the values of the ports that were declared since the last time, where that is asked for.
    fn note_fresh(&mut self) {
        for (block, port, place) in std::mem::take(&mut self.fresh) {
            if !place.awaited {
                self.note(block, port, place);
            }
        }
    }

    fn note(&mut self, block: BlockId, port: String, Place { class, register, .. }: Place) {
        let (place, _) = self.pool.watched.insert_full((block, port));
        self.emit(Op::Watch { class, port: place as u32, from: register });
    }

    /// Counts that a block or a body of it is reached, where that is asked for.
    fn mark(&mut self, block: &BlockId, body: Option<usize>) {
        if self.pool.watch.counts && !self.code.library {
            let (place, _) = self.pool.marks.insert_full(Mark { block: block.clone(), body });
            self.emit(Op::Mark { mark: place as u32 });
        }
    }
}
