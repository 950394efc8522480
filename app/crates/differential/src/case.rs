//! A program that is run on every target: without inputs, so that no target needs a way to be given them.

use std::sync::Arc;

use blocks::document::{Body, Expect, Function, Output, TestCase};
use blocks::{Block, Plan, Program, Source, Type, Value, check};

use crate::outcome::{self, Outcome};
use crate::reference::{self, Ends};

/// The name of every case's program, and so of the function that it becomes in a target.
pub const NAME: &str = "Whole";

/// What the machine may use; programs that need more are passed over, as targets have no such limits.
pub const LIMITS: vm::Limits = vm::Limits { fuel: 400_000, value_bytes: 256 * 1024, depth: 200 };

/// A program to compare.
#[derive(Clone, Debug)]
pub struct Case {
    /// What it is called in reports.
    pub name: String,
    /// The program; it has no inputs.
    pub program: Program,
    /// The program, checked.
    pub plan: Plan,
}

impl Case {
    /// A case.
    ///
    /// # Errors
    /// What the checker has against the program.
    pub fn new(name: impl Into<String>, program: Program) -> Result<Self, String> {
        let checked = check(&program);
        let errors: Vec<String> = checked.errors().map(|error| format!("{error:?}")).collect();
        let plan = checked.plan.ok_or_else(|| errors.join("\n"))?;
        Ok(Self { name: name.into(), program, plan })
    }

    /// One case for every test of a program, with the test's inputs written into it.
    ///
    /// # Errors
    /// What the checker has against the program.
    pub fn of_tests(name: &str, program: &Program) -> Result<Vec<Self>, String> {
        let cases = program.tests.iter().filter(|test| !fails_at_input(test));
        cases.map(|test| Self::new(format!("{name}: {}", test.name), with_inputs(program, test))).collect()
    }

    /// The types of its outputs.
    pub fn outputs(&self) -> Vec<Type> {
        self.plan.main.outputs.iter().map(|outlet| outlet.ty.clone()).collect()
    }

    /// What the machine makes of it.
    pub fn on_the_machine(&self) -> Outcome {
        let code = Arc::new(vm::compile(&self.plan));
        let run = vm::run(&code, blocks::value::Entries::default(), LIMITS, &mut vm::host::Console::default());
        outcome::of_machine(&run.result)
    }

    /// What the language says of it, with integers that may end.
    pub fn by_reference(&self, ends: Option<Ends>) -> Outcome {
        reference::run(&self.plan, ends)
    }
}

fn fails_at_input(test: &TestCase) -> bool {
    matches!(&test.expect, Expect::Error(code) if code == "input")
}

/// The program as a function, called with a test's inputs.
fn with_inputs(program: &Program, test: &TestCase) -> Program {
    let mut whole = Program::new(NAME);
    let mut name = "tested".to_owned();
    while program.function(&name).is_some() {
        name.push('_');
    }
    let mut id = "call".to_owned();
    while program.block(&blocks::BlockId::from(id.as_str())).is_some() {
        id.push('_');
    }
    let mut call = Block::new(id.as_str(), "call");
    call.config.insert("function".to_owned(), Value::text(name.as_str()));
    for input in &program.inputs {
        let given = test.inputs.get(&input.name).cloned().or_else(|| input.default.clone()).unwrap_or(Value::None);
        call.inputs.insert(input.name.clone(), Source::Literal(given));
    }
    whole.body = Body { blocks: vec![call], ..Body::default() };
    whole.outputs = program
        .outputs
        .iter()
        .map(|output| Output { from: Source::wire(id.as_str(), output.name.as_str()), ..output.clone() })
        .collect();
    whole.functions.clone_from(&program.functions);
    whole.functions.push(Function {
        name,
        about: program.about.clone(),
        inputs: program.inputs.clone(),
        outputs: program.outputs.clone(),
        body: program.body.clone(),
        extra: Vec::new(),
    });
    whole
}
