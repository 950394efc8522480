//! New test cases, found by trying inputs: those at the boundaries of each type, all pairs of them, and random ones, as
//! long as they reach something that nothing before reached.
//!
//! A generated test expects what the program does today. It finds no mistake by itself; it tells when that changes, and
//! whoever reads it sees whether it is right.

use std::collections::HashSet;
use std::sync::Arc;

use blocks::document::{Expect, TestCase};
use blocks::formula::{Typed, TypedNode};
use blocks::plan::{Operation, Plan, PlannedBody};
use blocks::value::Entries;
use blocks::{Program, Value};

use super::coverage::{add, tried, watched};
use super::hosts::Fixtures;
use super::shrink::shrink;
use super::values::{Numbers, boundaries, random};
use crate::compile::Code;
use crate::failure::Failure;
use crate::host::run;
use crate::limits::Limits;

/// Random inputs are tried until so many in a row reach nothing new.
const PATIENCE: usize = 300;
/// How many inputs are tried in all.
const MOST: usize = 3_000;
/// How much fuel one try may use.
const FUEL: u64 = 2_000_000;
/// How many smaller inputs are tried for each that is kept.
const SHRINKS: usize = 200;

/// What generating gave.
#[derive(Clone, Debug, Default)]
pub struct Generated {
    /// New test cases, each of which reaches something that those before it do not.
    pub tests: Vec<TestCase>,
    /// How many inputs were tried.
    pub tried: usize,
    /// What neither the program's tests nor the new ones reach, as `block` or `block.body`.
    pub missed: Vec<String>,
}

/// Makes test cases for what a program's own tests do not reach. A program with effects can only be tried as far as it
/// runs without answers. The same seed gives the same tests.
pub fn generate(program: &Program, plan: &Plan, seed: u64) -> Generated {
    let mut search = Search::new(program, plan, seed);
    search.try_all(boundary_inputs(plan));
    search.try_all(pairwise_inputs(plan));
    let mut since = 0;
    while since < PATIENCE && search.tried < MOST && search.misses_something() {
        let inputs = search.random_inputs(plan);
        since = if search.consider(inputs) { 0 } else { since + 1 };
    }
    search.finish(program, plan)
}

struct Search {
    code: Arc<Code>,
    limits: Limits,
    /// How often each mark was reached so far.
    reached: Vec<u64>,
    /// The errors that were seen so far, by code and block.
    errors: HashSet<String>,
    mentioned: Vec<Value>,
    numbers: Numbers,
    kept: Vec<Entries>,
    tried: usize,
}

impl Search {
    fn new(program: &Program, plan: &Plan, seed: u64) -> Self {
        let code = Arc::new(watched(plan));
        let limits = Limits { fuel: FUEL, ..Limits::default() };
        let mut search = Self {
            reached: vec![0; code.marks().len()],
            errors: HashSet::new(),
            mentioned: mentioned(plan),
            numbers: Numbers(seed),
            kept: Vec::new(),
            tried: 0,
            code,
            limits,
        };
        for test in &program.tests {
            let (result, counts) = tried(&search.code, test.inputs.clone(), &mut Fixtures::of(test), limits);
            add(&mut search.reached, &counts);
            search.errors.extend(error_of(result));
        }
        search
    }

    /// What inputs reach, and the error that they end with.
    fn run(&self, inputs: &Entries) -> (Option<String>, Vec<u64>) {
        let (result, counts) = tried(&self.code, inputs.clone(), &mut Fixtures::default(), self.limits);
        (error_of(result), counts)
    }

    fn misses_something(&self) -> bool {
        self.reached.contains(&0)
    }

    fn try_all(&mut self, inputs: impl Iterator<Item = Entries>) {
        for inputs in inputs {
            if self.tried >= MOST {
                return;
            }
            self.consider(inputs);
        }
    }

    /// Tries inputs, and keeps them, made smaller, if they reach something new.
    fn consider(&mut self, inputs: Entries) -> bool {
        self.tried += 1;
        let (error, counts) = self.run(&inputs);
        // What ends for want of fuel or of an answer says nothing about the program.
        let says_nothing = error.as_deref().is_some_and(|error| {
            ["fuel ", "size ", "depth ", "no_answer ", "input "].iter().any(|code| error.starts_with(code))
        });
        if says_nothing {
            return false;
        }
        let new: Vec<usize> =
            (0..counts.len()).filter(|place| counts[*place] > 0 && self.reached[*place] == 0).collect();
        let new_error = error.filter(|error| !self.errors.contains(error));
        if new.is_empty() && new_error.is_none() {
            return false;
        }
        let same = &mut |inputs: &Entries| {
            let (error, counts) = self.run(inputs);
            new.iter().all(|place| counts[*place] > 0) && (new_error.is_none() || error == new_error)
        };
        let smallest = shrink(&inputs, SHRINKS, same);
        let (_, counts) = self.run(&smallest);
        add(&mut self.reached, &counts);
        self.errors.extend(new_error);
        self.kept.push(smallest);
        true
    }

    fn random_inputs(&mut self, plan: &Plan) -> Entries {
        let Self { mentioned, numbers, .. } = self;
        let inputs = plan.main.inputs.iter();
        inputs.map(|input| (input.name.clone(), random(&input.ty, mentioned, numbers, 0))).collect()
    }

    fn finish(self, program: &Program, plan: &Plan) -> Generated {
        let tests: Vec<TestCase> =
            self.kept.iter().enumerate().map(|(place, inputs)| self.test(place, inputs)).collect();
        let mut tested = program.clone();
        tested.tests.extend(tests.iter().cloned());
        let missed = super::coverage(&tested, plan, self.limits)
            .missed()
            .map(|place| match &place.body {
                Some(body) => format!("{}.{body}", place.block),
                None => place.block.to_string(),
            })
            .collect();
        Generated { tests, tried: self.tried, missed }
    }

    fn test(&self, place: usize, inputs: &Entries) -> TestCase {
        let outcome = run(&self.code, inputs.clone(), self.limits, &mut Fixtures::default());
        let (what, expect) = match outcome.result {
            Ok(outputs) => ("gives", Expect::Outputs(outputs)),
            Err(failure) => ("fails", Expect::Error(failure.fault.code)),
        };
        let name = format!("generated {}: {what}", place + 1);
        TestCase { name, inputs: inputs.clone(), answers: Vec::new(), expect, extra: Vec::new() }
    }
}

/// The code and block of a failure, as `code at block`.
fn error_of(result: Result<Entries, Failure>) -> Option<String> {
    let failure = result.err()?;
    let block = failure.block.map(|block| block.0).unwrap_or_default();
    Some(format!("{} at {block}", failure.fault.code))
}

/// One input after the other at each of its boundaries, the others being plain.
fn boundary_inputs(plan: &Plan) -> impl Iterator<Item = Entries> {
    let options = options(plan);
    let plain: Entries = options.iter().map(|(name, values)| (name.clone(), values[0].clone())).collect();
    let mut all = vec![plain.clone()];
    for (name, values) in &options {
        for value in values.iter().skip(1) {
            let mut inputs = plain.clone();
            inputs.insert(name.clone(), value.clone());
            all.push(inputs);
        }
    }
    all.into_iter()
}

/// Every pair of boundary values of two inputs, the others being plain.
fn pairwise_inputs(plan: &Plan) -> impl Iterator<Item = Entries> {
    let options = options(plan);
    let plain: Entries = options.iter().map(|(name, values)| (name.clone(), values[0].clone())).collect();
    let mut all = Vec::new();
    for (place, (first, values)) in options.iter().enumerate() {
        for (second, others) in &options[place + 1..] {
            for (value, other) in values.iter().flat_map(|value| others.iter().map(move |other| (value, other))) {
                let mut inputs = plain.clone();
                inputs.insert(first.clone(), value.clone());
                inputs.insert(second.clone(), other.clone());
                all.push(inputs);
            }
        }
    }
    all.into_iter()
}

fn options(plan: &Plan) -> Vec<(String, Vec<Value>)> {
    let inputs = plan.main.inputs.iter();
    inputs
        .map(|input| {
            let values: Vec<Value> = input.default.iter().cloned().chain(boundaries(&input.ty)).collect();
            (input.name.clone(), values)
        })
        .collect()
}

/// The values that a program itself mentions: what it compares with is worth trying.
fn mentioned(plan: &Plan) -> Vec<Value> {
    let mut found = Vec::new();
    for routine in std::iter::once(&plan.main).chain(&plan.functions) {
        in_body(&routine.body, &mut found);
    }
    found.sort_by_key(blocks::literal::write);
    found.dedup();
    found
}

fn in_body(body: &PlannedBody, found: &mut Vec<Value>) {
    for step in &body.steps {
        match &step.operation {
            Operation::Formula { formula, .. } | Operation::ChangeVariable { formula, .. } => {
                in_formula(formula, found)
            }
            Operation::Constant(value, _) => found.push(value.clone()),
            Operation::Match { cases, .. } => found.extend(cases.iter().map(|(value, _)| value.clone())),
            _ => {}
        }
        step.operation.bodies().into_iter().for_each(|inner| in_body(inner, found));
    }
}

fn in_formula(typed: &Typed, found: &mut Vec<Value>) {
    match &typed.node {
        TypedNode::Literal(value) => found.push(value.clone()),
        TypedNode::Name(_) => {}
        TypedNode::List(parts) | TypedNode::Call(_, _, parts) => parts.iter().for_each(|part| in_formula(part, found)),
        TypedNode::Map(fields) => fields.iter().for_each(|(_, part)| in_formula(part, found)),
        TypedNode::Negate(part) | TypedNode::Not(part) | TypedNode::Field(part, _) | TypedNode::Widen(part) => {
            in_formula(part, found);
        }
        TypedNode::Binary(_, a, b) | TypedNode::And(a, b) | TypedNode::Or(a, b) | TypedNode::Index(a, b) => {
            in_formula(a, found);
            in_formula(b, found);
        }
        TypedNode::If(a, b, c) => [a, b, c].into_iter().for_each(|part| in_formula(part, found)),
        TypedNode::Slice(whole, from, until) => {
            in_formula(whole, found);
            from.iter().chain(until).for_each(|part| in_formula(part, found));
        }
    }
}
