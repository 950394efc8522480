//! Random programs and edits, from a seed.

use std::collections::BTreeMap;

use blocks::document::{Answer, Carry, Expect, Extra, Function, Input, Output, Place, Reply, TestCase};
use blocks::edit::{self, Address, BodyAddress, EditOp, Item, List, Property, Routine};
use blocks::{Block, BlockId, Body, Program, Source, Type, Value};

/// A small generator of random numbers (SplitMix64).
pub(crate) struct Random(u64);

impl Random {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    pub(crate) fn below(&mut self, limit: usize) -> usize {
        if limit == 0 { 0 } else { (self.next() % limit as u64) as usize }
    }

    pub(crate) fn chance(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }

    pub(crate) fn pick<'a, T>(&mut self, from: &'a [T]) -> &'a T {
        &from[self.below(from.len())]
    }

    fn word(&mut self, from: &[&str]) -> String {
        (*self.pick(from)).to_owned()
    }

    fn id(&mut self) -> String {
        self.word(&["a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k", "total", "mean", "grow", "check", "twice"])
    }

    fn name(&mut self) -> String {
        self.word(&["x", "y", "value", "items", "total", "last", "next", "body", "then", "limit", "double"])
    }

    fn value(&mut self) -> Value {
        match self.below(8) {
            0 => Value::Int(2),
            1 => Value::Number(2.0),
            2 => Value::Number(f64::NAN),
            3 => Value::text("text\nof two lines"),
            4 => Value::map([("a".to_owned(), Value::Int(1)), ("b".to_owned(), Value::None)]),
            5 => Value::map([("b".to_owned(), Value::None), ("a".to_owned(), Value::Int(1))]),
            _ => Value::text(self.name()),
        }
    }

    fn source(&mut self) -> Source {
        match self.below(4) {
            0 => Source::Literal(self.value()),
            1 => Source::wire("input", self.name()),
            _ => Source::wire(self.id(), self.name()),
        }
    }

    fn ty(&mut self) -> Type {
        self.pick(&[Type::Int, Type::Text, Type::list(Type::Number)]).clone()
    }

    fn body(&mut self, depth: usize) -> Body {
        let mut body = Body::default();
        for _ in 0..self.below(3) {
            let block = self.block(depth);
            body.blocks.push(block);
        }
        if self.chance(50) {
            body.yields.insert(self.name(), self.source());
        }
        body
    }

    fn block(&mut self, depth: usize) -> Block {
        let kind = self.word(&["formula", "if", "repeat", "call", "get_variable", "unheard_of"]);
        let mut block = Block::new(self.id(), kind);
        for _ in 0..self.below(3) {
            block.config.insert(self.word(&["function", "variable", "expression"]), self.value());
            block.inputs.insert(self.name(), self.source());
        }
        if self.chance(30) {
            block.carries.push(Carry { name: self.name(), ty: self.ty(), from: self.source() });
        }
        while depth > 0 && self.chance(40) {
            let body = self.body(depth - 1);
            block.bodies.insert(self.word(&["then", "else", "body"]), body);
        }
        block
    }

    fn place(&mut self) -> Place {
        Place { x: self.below(500) as i32 - 100, y: self.below(500) as i32, folded: self.chance(20) }
    }

    fn routine(&mut self, program: &Program) -> Routine {
        match program.functions.len() {
            0 => Routine::Main,
            _ if self.chance(50) => Routine::Main,
            _ => Routine::Function { name: self.pick(&program.functions).name.clone() },
        }
    }

    /// A list of the program, or seldom one that is not there.
    fn list(&mut self, things: &[Address], program: &Program) -> List {
        let body = match self.pick(things) {
            Address::Body { body } => body.clone(),
            _ => BodyAddress::main(),
        };
        let block = self.some_block(things);
        match self.below(10) {
            0 => List::Functions,
            1 => List::Tests,
            2 => List::Inputs { routine: self.routine(program) },
            3 => List::Outputs { routine: self.routine(program) },
            4 => List::Carries { block },
            5 => List::Bodies { block },
            6 => List::Yields { body },
            _ => List::Blocks { body },
        }
    }

    fn some_block(&mut self, things: &[Address]) -> BlockId {
        let blocks: Vec<&BlockId> = things
            .iter()
            .filter_map(|at| match at {
                Address::Block { id } => Some(id),
                _ => None,
            })
            .collect();
        if blocks.is_empty() || self.chance(5) { BlockId(self.id()) } else { (*self.pick(&blocks)).clone() }
    }

    fn item(&mut self, list: &List) -> Item {
        let about = self.word(&["", "about it"]);
        match list {
            List::Functions => {
                let mut function = Function {
                    name: self.name(),
                    about,
                    inputs: Vec::new(),
                    outputs: Vec::new(),
                    body: self.body(1),
                    extra: Vec::new(),
                };
                function.body.yields.clear();
                Item::Function { function: Box::new(function) }
            }
            List::Tests => {
                let given = [(self.name(), self.value()), (self.name(), self.value())].into_iter().collect();
                let test = TestCase {
                    name: self.name(),
                    inputs: given,
                    answers: vec![Answer { block: self.name().as_str().into(), reply: Reply::Value(self.value()) }],
                    expect: self.expect(),
                    extra: Vec::new(),
                };
                Item::Test { test }
            }
            List::Inputs { .. } => {
                let default = self.chance(50).then(|| self.value());
                Item::Input { input: Input { name: self.name(), ty: self.ty(), default, about } }
            }
            List::Outputs { .. } => {
                Item::Output { output: Output { name: self.name(), ty: self.ty(), from: self.source(), about } }
            }
            List::Blocks { .. } => Item::Block { block: Box::new(self.block(2)) },
            List::Carries { .. } => {
                Item::Carry { carry: Carry { name: self.name(), ty: self.ty(), from: self.source() } }
            }
            List::Bodies { .. } => Item::Body { name: self.word(&["then", "else", "body"]), body: self.body(1) },
            List::Yields { .. } => Item::Yield { name: self.name(), from: self.source() },
        }
    }

    fn expect(&mut self) -> Expect {
        if self.chance(50) {
            Expect::Error(self.name())
        } else {
            Expect::Outputs([(self.name(), self.value())].into_iter().collect())
        }
    }

    fn property(&mut self) -> Property {
        match self.below(14) {
            0 => Property::Name(self.name()),
            1 => Property::About(self.word(&["", "what it is for"])),
            2 => Property::Kind(self.name()),
            3 => Property::Title(self.word(&["", "A title", "Another \"title\""])),
            4 | 5 => Property::Setting { name: self.name(), value: self.chance(70).then(|| self.value()) },
            6 | 7 => Property::Wire { port: self.name(), from: self.chance(70).then(|| self.source()) },
            8 => Property::Type(self.ty()),
            9 => Property::Default(self.chance(70).then(|| self.value())),
            10 => Property::From(self.source()),
            11 => Property::Expect(self.expect()),
            12 => Property::Place(self.chance(70).then(|| self.place())),
            _ => Property::Extra(vec![Extra {
                line: self.word(&["color red", "color blue"]),
                children: vec![Extra { line: "deep".to_owned(), children: Vec::new() }],
            }]),
        }
    }

    fn member(&mut self, program: &Program, list: &List) -> Option<String> {
        let things = edit::things(program);
        let members: Vec<&str> = things
            .iter()
            .filter(|at| match at {
                Address::Block { id } => edit::parent(program, id).is_some_and(|body| *list == List::Blocks { body }),
                _ => at.list().as_ref() == Some(list),
            })
            .map(Address::name)
            .collect();
        match members.len() {
            _ if self.chance(3) => Some(self.name()),
            0 => None,
            _ if self.chance(25) => None,
            _ => Some((*self.pick(&members)).to_owned()),
        }
    }

    /// Any edit; about half of them fit.
    pub(crate) fn op(&mut self, program: &Program) -> EditOp {
        let things = edit::things(program);
        let at = self.pick(&things).clone();
        match self.below(12) {
            0..=2 => {
                let to = self.list(&things, program);
                let item = self.item(&to);
                let after = self.member(program, &to);
                let places = BTreeMap::from([(BlockId(item.name().to_owned()), self.place())]);
                let places = if matches!(item, Item::Block { .. }) { places } else { BTreeMap::new() };
                EditOp::Add { to, after, item, places }
            }
            3 => EditOp::Remove { at },
            4..=6 => {
                let to = self.body_address(&things);
                let after = self.member(program, &List::Blocks { body: to.clone() }).map(BlockId);
                EditOp::Move { block: self.some_block(&things), to, after }
            }
            7 => {
                let after = at.list().and_then(|list| self.member(program, &list));
                EditOp::Reorder { at, after }
            }
            8 => EditOp::Rename { at, to: self.word(&["p", "q", "r", "s", "value", "no name"]) },
            9 if self.chance(20) => EditOp::Group { ops: vec![self.op(program), self.op(program)] },
            _ => EditOp::Set { at, property: self.property() },
        }
    }

    fn body_address(&mut self, things: &[Address]) -> BodyAddress {
        let bodies: Vec<&BodyAddress> = things
            .iter()
            .filter_map(|at| match at {
                Address::Body { body } => Some(body),
                _ => None,
            })
            .collect();
        (*self.pick(&bodies)).clone()
    }

    /// An edit that fits.
    pub(crate) fn fitting_op(&mut self, program: &Program) -> EditOp {
        loop {
            let op = self.op(program);
            if edit::apply(&mut program.clone(), &op).is_ok() {
                return op;
            }
        }
    }

    /// The program after so many random edits that fit.
    pub(crate) fn edited(&mut self, program: &Program, count: usize) -> Program {
        let mut edited = program.clone();
        for _ in 0..count {
            let op = self.fitting_op(&edited);
            edit::apply(&mut edited, &op).expect("it fits");
        }
        edited
    }
}
