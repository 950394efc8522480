//! The program's test cases: that they name inputs and outputs that exist, with values that fit.

use super::Checker;
use crate::catalog::{self, Meaning};
use crate::conform::conform;
use crate::diagnostic::Diagnostic;
use crate::document::{Answer, Expect, Reply, TestCase};

impl Checker<'_> {
    pub(super) fn tests(&mut self) {
        let program = self.program;
        for test in &program.tests {
            self.test_inputs(test);
            self.test_answers(test);
            self.test_expects_something(test);
            if let Expect::Outputs(expected) = &test.expect {
                for (name, value) in expected {
                    match program.outputs.iter().find(|output| output.name == *name) {
                        None => self.test_error(test, format!("there is no output '{name}'")),
                        Some(output) => {
                            if let Err(message) = conform(value.clone(), &output.ty) {
                                self.test_error(test, format!("the expected '{name}' does not fit: {message}"));
                            }
                        }
                    }
                }
            }
        }
    }

    fn test_inputs(&mut self, test: &TestCase) {
        let program = self.program;
        for (name, value) in &test.inputs {
            match program.inputs.iter().find(|input| input.name == *name) {
                None => self.test_error(test, format!("there is no input '{name}'")),
                Some(input) => {
                    if let Err(message) = conform(value.clone(), &input.ty) {
                        self.test_error(test, format!("the input '{name}' does not fit: {message}"));
                    }
                }
            }
        }
        for input in &program.inputs {
            if input.default.is_none() && !test.inputs.contains_key(&input.name) {
                self.test_error(test, format!("the input '{}' is missing", input.name));
            }
        }
    }

    /// An answer belongs to a block that asks the world outside and gets something back.
    fn test_answers(&mut self, test: &TestCase) {
        for Answer { block, reply } in &test.answers {
            let again = self.scopes.again;
            let in_program = || self.program.block(block).map(|found| found.kind.as_str());
            let Some(kind) = (if again { self.scopes.kept.kind(block) } else { in_program() }) else {
                self.test_error(test, format!("there is no block '{block}' to be answered"));
                continue;
            };
            let kind = catalog::find(kind).filter(|kind| matches!(kind.meaning, Meaning::Effect(_)));
            let Some(kind) = kind else {
                self.test_error(test, format!("'{block}' asks nothing of the world outside"));
                continue;
            };
            if let (Reply::Value(value), Some(port)) = (reply, kind.outputs.first())
                && let Err(message) = conform(value.clone(), &port.ty)
            {
                self.test_error(test, format!("the answer to '{block}' does not fit: {message}"));
            }
        }
    }

    /// Where a program gives nothing, that it does not fail is all that a test can see.
    fn test_expects_something(&mut self, test: &TestCase) {
        let expects_nothing = matches!(&test.expect, Expect::Outputs(expected) if expected.is_empty());
        if expects_nothing && !self.program.outputs.is_empty() {
            let message = format!("test \"{}\": this test expects nothing; add an expect or fails line", test.name);
            self.report(Diagnostic::warning("empty_test", message));
        }
    }

    fn test_error(&mut self, test: &TestCase, message: String) {
        self.report(Diagnostic::error("test", format!("test \"{}\": {message}", test.name)));
    }
}
