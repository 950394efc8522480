//! From the plan of a routine to statements: bodies become blocks of the target, ports become variables.

mod containers;
mod growth;
mod keeping;
mod reads;
mod steps;

use std::collections::{HashMap, HashSet};

use blocks::plan::{Feed, Origin, Plan, PlannedBody, Routine};
use blocks::{BlockId, Type};

use crate::code::{Code, Node, Statement};
use crate::dialect::Dialect;
use crate::names::Scope;
use growth::{Growths, Port};

pub(crate) const VALUE: &str = blocks::catalog::VALUE;

/// Makes the statements of one routine.
pub(crate) struct Lowering<'a> {
    plan: &'a Plan,
    dialect: &'a dyn Dialect,
    scope: Scope,
    /// The names of the functions that the routines become, the program's own first.
    functions: &'a [String],
    /// Whether those functions wait for answers from outside.
    waiting: &'a [bool],
    out: Vec<Node>,
    block: Option<BlockId>,
    /// Values that are written where they are read, not kept in variables.
    inline: HashMap<Port, Code>,
    /// The blocks whose value is written where the body yields it.
    yielded: HashSet<BlockId>,
    /// Lists and maps that grow where they stand.
    growths: Growths,
    /// Blocks whose value is a new list or map that only one feed reads.
    fresh: HashSet<BlockId>,
    types: HashMap<(BlockId, String), Type>,
}

/// The statements of a routine whose parameters are declared in the scope already.
pub(crate) fn routine(
    plan: &Plan,
    routine: &Routine,
    dialect: &dyn Dialect,
    scope: Scope,
    functions: &[String],
    waiting: &[bool],
) -> Vec<Node> {
    let mut lowering = Lowering {
        plan,
        dialect,
        scope,
        functions,
        waiting,
        out: Vec::new(),
        block: None,
        inline: HashMap::new(),
        yielded: HashSet::new(),
        growths: Growths::default(),
        fresh: HashSet::new(),
        types: HashMap::new(),
    };
    for input in &routine.inputs {
        lowering.types.insert((BlockId::input(), input.name.clone()), input.ty.clone());
    }
    lowering.steps(&routine.body);
    let outputs: Vec<Code> = routine.outputs.iter().map(|outlet| lowering.feed(&outlet.from)).collect();
    if !outputs.is_empty() {
        lowering.emit(Statement::Return(outputs));
    }
    lowering.out
}

impl Lowering<'_> {
    fn emit(&mut self, statement: Statement) {
        self.out.push(Node { block: self.block.clone(), statement });
    }

    /// The statements of a body, and of whatever follows it there.
    fn nested(&mut self, body: &PlannedBody, then: impl FnOnce(&mut Self)) -> Vec<Node> {
        let outer = std::mem::take(&mut self.out);
        let block = self.block.clone();
        self.steps(body);
        then(self);
        self.block = block;
        std::mem::replace(&mut self.out, outer)
    }

    fn steps(&mut self, body: &PlannedBody) {
        self.yielded.extend(reads::yielded_in_place(body, &self.growths));
        self.fresh.extend(keeping::fresh(body));
        let outer = self.block.clone();
        for step in &body.steps {
            self.block = Some(step.block.clone());
            self.step(step);
        }
        self.block = outer;
    }

    /// The code of a feed.
    fn feed(&mut self, feed: &Feed) -> Code {
        match &feed.origin {
            Origin::Literal(value) => self.dialect.literal(value, &feed.ty),
            Origin::Port(block, port) => {
                let key = (block.clone(), port.clone());
                let code = self.inline.get(&key).cloned().unwrap_or_else(|| Code::atom(self.scope.get(block, port)));
                match self.types.get(&key) {
                    Some(from) => self.dialect.coerce(code, from, &feed.ty),
                    None => code,
                }
            }
        }
    }

    fn feeds(&mut self, feeds: &[Feed]) -> Vec<Code> {
        feeds.iter().map(|feed| self.feed(feed)).collect()
    }

    /// Lets a port stand for the variable of another one.
    fn share(&mut self, block: &BlockId, port: &str, name: &str, ty: &Type) {
        self.types.insert((block.clone(), port.to_owned()), ty.clone());
        self.inline.insert((block.clone(), port.to_owned()), Code::atom(name));
    }

    /// The variable of the list or map that a port's value is, if that grows where it stands.
    fn shared(&mut self, block: &BlockId, port: &str) -> Option<String> {
        let (block, port) = self.growths.same.get(&(block.clone(), port.to_owned()))?.clone();
        match self.inline.get(&(block.clone(), port.clone())) {
            Some(Code::Atom(name)) => Some(name.clone()),
            Some(_) => None,
            None => Some(self.scope.get(&block, &port).to_owned()),
        }
    }

    fn declare(&mut self, block: &BlockId, port: &str, wish: &str, ty: &Type) -> String {
        self.types.insert((block.clone(), port.to_owned()), ty.clone());
        self.scope.declare(block, port, wish)
    }

    /// Keeps a block's one value: in a variable, or in place where only the end of the body reads it.
    fn keep(&mut self, block: &BlockId, ty: &Type, code: Code) {
        if self.yielded.contains(block) {
            self.types.insert((block.clone(), VALUE.to_owned()), ty.clone());
            let marked = Code::Marked(block.clone(), Box::new(code));
            self.inline.insert((block.clone(), VALUE.to_owned()), marked);
            return;
        }
        let name = self.declare(block, VALUE, block.as_str(), ty);
        self.emit(Statement::Let(vec![(name, ty.clone())], code));
    }
}
