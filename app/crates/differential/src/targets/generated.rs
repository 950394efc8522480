//! What a program becomes in a language.

use blocks::BlockId;

use super::Target;
use crate::case::Case;

/// A generated module.
pub(super) struct Generated {
    /// Its text.
    pub(super) source: String,
    /// For each line the blocks whose code stands there, innermost first.
    pub(super) blocks: Vec<Vec<BlockId>>,
}

/// The code generator's name for a target, if there is a generator.
pub(super) fn language(target: Target) -> Option<codegen::Target> {
    codegen::Target::ALL.into_iter().find(|language| language.name() == target.name())
}

impl Generated {
    /// The module of a case.
    ///
    /// # Panics
    /// If there is no generator for the target.
    pub(super) fn new(target: Target, case: &Case) -> Self {
        let language = language(target).expect("a code generator");
        let files = codegen::generate_mapped(&case.program, &case.plan, language);
        let code = files.into_iter().next().expect("the code comes first");
        Self { source: code.file.content, blocks: code.lines }
    }

    /// What stands behind the name of the function that the program became, the first that is public: its name, and
    /// the rest of its head.
    pub(super) fn function(&self, target: Target) -> (String, String) {
        let mark = match target {
            Target::Python => "\ndef ",
            Target::Rust => "\npub fn ",
            _ => "\nexport function ",
        };
        let source = format!("\n{}", self.source);
        let head = source.split_once(mark).map(|(_, rest)| rest.lines().next().unwrap_or_default().to_owned());
        let (name, rest) = head.as_deref().and_then(|head| head.split_once('(')).unwrap_or_default();
        (name.to_owned(), rest.to_owned())
    }
}
