//! Running a program's own test cases, and making new ones.

mod coverage;
mod generate;
mod hosts;
mod shrink;
mod values;

use std::sync::Arc;

use blocks::conform::conform;
use blocks::document::{Expect, TestCase};
use blocks::{Program, Value, literal};
use serde::{Deserialize, Serialize};

use crate::compile::Code;
use crate::host::{Outcome, run};
use crate::limits::Limits;

pub use coverage::{Coverage, Place, coverage};
pub use generate::{Generated, generate};
pub use hosts::{Fixtures, Recorder, Recording};

/// How a test case went.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TestResult {
    /// The test's name.
    pub name: String,
    /// What differed from what was expected; `None` if it passed.
    pub problem: Option<String>,
}

impl TestResult {
    /// Whether it passed.
    pub fn passed(&self) -> bool {
        self.problem.is_none()
    }
}

/// Runs every test case of a program against its code.
pub fn run_tests(program: &Program, code: &Arc<Code>, limits: Limits) -> Vec<TestResult> {
    program.tests.iter().map(|test| check_test(test, code, limits)).collect()
}

/// Runs a test case and compares what comes of it with what it expects.
pub fn check_test(test: &TestCase, code: &Arc<Code>, limits: Limits) -> TestResult {
    TestResult { name: test.name.clone(), problem: problem(test, code, limits) }
}

/// Runs a program with the inputs and answers of a test case.
pub fn run_test(test: &TestCase, code: &Arc<Code>, limits: Limits) -> Outcome {
    run(code, test.inputs.clone(), limits, &mut Fixtures::of(test))
}

fn problem(test: &TestCase, code: &Arc<Code>, limits: Limits) -> Option<String> {
    match (&test.expect, run_test(test, code, limits).result) {
        (Expect::Outputs(expected), Ok(outputs)) => expected.iter().find_map(|(name, wanted)| {
            let ty = code.outputs().iter().find(|(have, _)| have == name).map(|(_, ty)| ty.clone())?;
            let wanted = conform(wanted.clone(), &ty).unwrap_or(Value::None);
            let found = outputs.get(name).cloned().unwrap_or(Value::None);
            let differs = !same(&wanted, &found);
            differs.then(|| format!("{name} is {}, not {}", literal::write(&found), literal::write(&wanted)))
        }),
        (Expect::Outputs(_), Err(failure)) => {
            let place = failure.block.map(|block| format!(" at {block}")).unwrap_or_default();
            Some(format!("failed with {}{place}: {}", failure.fault.code, failure.fault.detail))
        }
        (Expect::Error(code), Ok(_)) => Some(format!("expected to fail with {code}, but did not fail")),
        (Expect::Error(code), Err(failure)) => (failure.fault.code != *code)
            .then(|| format!("expected to fail with {code}, but failed with {}", failure.fault.code)),
    }
}

/// Equal, where nan equals nan.
fn same(a: &Value, b: &Value) -> bool {
    literal::write(a) == literal::write(b) || a == b
}
