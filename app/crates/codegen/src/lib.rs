//! Programs to code that a person would be glad to own: Python, JavaScript, TypeScript and Rust, with the program's
//! tests.
//!
//! The structure of the program is kept: bodies become blocks of the language, loops carry plain variables, names come
//! from the program. `lower` makes statements of a plan, with a `dialect` for what each target says in its own way;
//! `python` and `script` write them as the target's formatter would. `rust` goes its own way, as there every value needs
//! a type and an owner. Only the functions of `runtime` that are needed
//! come along. What a program computes, and with which error it fails, is the same in every target as in the virtual
//! machine; where a target's integers end, it raises `overflow`.

mod answers;
mod cases;
mod code;
mod dialect;
mod effects;
mod emit;
mod layout;
mod lower;
mod names;
mod project;
mod python;
mod quote;
mod runtime;
mod rust;
mod script;

use blocks::{BlockId, Plan, Program};

pub use project::{ProjectOptions, generate_project};

use layout::Line;

/// What an assertion without a message says.
pub(crate) const ASSERTION: &str = "the condition does not hold";

/// A target language.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Target {
    /// Python 3.11.
    Python,
    /// JavaScript, ES2022 modules.
    JavaScript,
    /// TypeScript, strict.
    TypeScript,
    /// Rust, edition 2024, with its standard library alone.
    Rust,
}

/// The targets whose values carry their types; these share their statements.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Dynamic {
    Python,
    JavaScript,
    TypeScript,
}

impl Target {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Python, Self::JavaScript, Self::TypeScript, Self::Rust];

    /// Its name in requests.
    pub fn name(self) -> &'static str {
        match self {
            Self::Python => "python",
            Self::JavaScript => "javascript",
            Self::TypeScript => "typescript",
            Self::Rust => "rust",
        }
    }

    /// The target of that name, or of a short one such as `js`, however it is capitalized.
    pub fn find(name: &str) -> Option<Self> {
        let name = match name.to_lowercase().as_str() {
            "py" => "python".to_owned(),
            "js" => "javascript".to_owned(),
            "ts" => "typescript".to_owned(),
            "rs" => "rust".to_owned(),
            other => other.to_owned(),
        };
        Self::ALL.into_iter().find(|target| target.name() == name)
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

/// A generated file, and where its lines come from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MappedFile {
    /// The file.
    pub file: File,
    /// For each line of the file the blocks whose code stands there, innermost first.
    pub lines: Vec<Vec<BlockId>>,
}

/// Generates the code of a program and its tests, in this order; Rust has both in one file.
pub fn generate(program: &Program, plan: &Plan, target: Target) -> Vec<File> {
    generate_mapped(program, plan, target).into_iter().map(|mapped| mapped.file).collect()
}

/// Generates the code of a program and its tests, and says which blocks stand in which line.
pub fn generate_mapped(program: &Program, plan: &Plan, target: Target) -> Vec<MappedFile> {
    match target {
        Target::Python => dynamic(program, plan, Dynamic::Python),
        Target::JavaScript => dynamic(program, plan, Dynamic::JavaScript),
        Target::TypeScript => dynamic(program, plan, Dynamic::TypeScript),
        Target::Rust => {
            let module = rust::write(program, plan);
            let path = format!("{}.rs", rust::snake(&program.name));
            vec![MappedFile { file: File { path, content: module.content }, lines: module.lines }]
        }
    }
}

fn dynamic(program: &Program, plan: &Plan, target: Dynamic) -> Vec<MappedFile> {
    let module = names::module(&program.name);
    let (path, test_path) = match target {
        Dynamic::Python => (format!("{module}.py"), format!("test_{module}.py")),
        Dynamic::JavaScript => (format!("{module}.js"), format!("{module}.test.js")),
        Dynamic::TypeScript => (format!("{module}.ts"), format!("{module}.test.ts")),
    };
    let mut files = vec![mapped(path, emit::module(plan, target))];
    if !program.tests.is_empty() {
        let function = emit::function_names(plan, target).swap_remove(0);
        let lines = match emit::script(target) {
            Some(script) => script::tests_file(script, program, plan, &module, &function),
            None => python::tests_file(program, plan, &module, &function),
        };
        files.push(mapped(test_path, lines));
    }
    files
}

fn mapped(path: String, lines: Vec<Line>) -> MappedFile {
    let content = lines.iter().map(|line| format!("{}\n", line.text)).collect();
    let lines = lines.into_iter().map(|line| line.blocks).collect();
    MappedFile { file: File { path, content }, lines }
}
