//! The targets: each takes a batch of cases and says what each came to.

mod code;
mod generated;
mod module;
mod rust;
mod typescript;

use crate::case::Case;
use crate::outcome::Outcome;
use crate::reference::Ends;

/// Something that runs programs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Target {
    /// The virtual machine, in this process.
    Machine,
    /// The virtual machine as WebAssembly in Node.
    Module,
    /// Generated Python on `python3`.
    Python,
    /// Generated JavaScript on Node.
    JavaScript,
    /// Generated TypeScript, through `tsc`, on Node.
    TypeScript,
    /// Generated Rust, through `rustc`.
    Rust,
}

impl Target {
    /// All of them.
    pub const ALL: [Self; 6] =
        [Self::Machine, Self::Module, Self::Python, Self::JavaScript, Self::TypeScript, Self::Rust];

    /// Those for which there is a code generator and every tool.
    pub fn available() -> Vec<Self> {
        Self::ALL.into_iter().filter(|target| target.is_available()).collect()
    }

    fn is_available(self) -> bool {
        match self {
            Self::Machine | Self::Module => true,
            Self::TypeScript => generated::language(self).is_some() && typescript::compiler().is_some(),
            _ => generated::language(self).is_some(),
        }
    }

    /// Its name in reports.
    pub fn name(self) -> &'static str {
        match self {
            Self::Machine => "machine",
            Self::Module => "module",
            Self::Python => "python",
            Self::JavaScript => "javascript",
            Self::TypeScript => "typescript",
            Self::Rust => "rust",
        }
    }

    /// Where its integers end, if they do.
    pub fn ends(self) -> Option<Ends> {
        match self {
            Self::Machine | Self::Module | Self::Python => None,
            Self::JavaScript | Self::TypeScript => Some(Ends::of_numbers()),
            Self::Rust => Some(Ends::of_words()),
        }
    }

    /// Runs a batch: an outcome for each case, in their order.
    pub fn run(self, cases: &[&Case]) -> Vec<Outcome> {
        if cases.is_empty() {
            return Vec::new();
        }
        match self {
            Self::Machine => cases.iter().map(|case| case.on_the_machine()).collect(),
            Self::Module => module::run(cases),
            Self::Python | Self::JavaScript => code::run(self, cases),
            Self::TypeScript => typescript::run(cases),
            Self::Rust => rust::run(cases),
        }
    }
}
