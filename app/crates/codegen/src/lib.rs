//! Programs to code that a person would be glad to own: Python and JavaScript, with the program's tests.
//!
//! The structure of the program is kept: bodies become blocks of the language, loops carry plain variables, names come
//! from the program. Only the helpers that are needed come along.

mod emit;
mod expression;
mod functions;
mod helpers;
mod literals;
mod names;
mod statements;
mod tests_file;

use blocks::{Plan, Program};

/// A target language.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Target {
    /// Python 3.11.
    Python,
    /// JavaScript, ES2022 modules.
    JavaScript,
}

impl Target {
    /// All of them.
    pub const ALL: [Self; 2] = [Self::Python, Self::JavaScript];

    /// Its name in requests.
    pub fn name(self) -> &'static str {
        match self {
            Self::Python => "python",
            Self::JavaScript => "javascript",
        }
    }
}

/// A generated file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    /// Its path.
    pub path: String,
    /// Its content.
    pub content: String,
}

/// Generates the code of a program and its tests, in this order.
pub fn generate(program: &Program, plan: &Plan, target: Target) -> Vec<File> {
    let module = names::snake(&program.name);
    let (path, test_path) = match target {
        Target::Python => (format!("{module}.py"), format!("test_{module}.py")),
        Target::JavaScript => (format!("{module}.js"), format!("{module}.test.js")),
    };
    let mut files = vec![File { path, content: emit::module(plan, target) }];
    if !program.tests.is_empty() {
        files.push(File { path: test_path, content: tests_file::write(program, plan, target, &module) });
    }
    files
}
