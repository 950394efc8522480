//! Statements that this version does not know. They are kept, since a newer version may have written them; but one that
//! was mistyped does nothing, so each is told.

use super::MAX_DIAGNOSTICS;
use crate::catalog::nearest_of;
use crate::diagnostic::Diagnostic;
use crate::document::{Block, BlockId, Body, Extra, Program};
use crate::edit::{EditOp, Item, Property};

/// How much of a line is told, in characters.
const SHOWN: usize = 60;

/// The longest word that is compared with those that are known, in bytes.
const LONGEST_WORD: usize = 20;

/// A warning for each unknown statement, in the order of the document; the first of very many.
pub(super) fn unknown_statements(program: &Program) -> Vec<Diagnostic> {
    let mut found = Found::default();
    found.add(&program.extra, "", None, &["about", "input", "output", "function", "test", "layout"]);
    found.body(&program.body);
    for function in &program.functions {
        let place = format!("function '{}': ", function.name);
        found.add(&function.extra, &place, None, &["about", "input", "output"]);
        found.body(&function.body);
    }
    for test in &program.tests {
        if !test.extra.is_empty() {
            let place = format!("test \"{}\": ", test.name);
            found.add(&test.extra, &place, None, &["expect", "fails", "answer"]);
        }
    }
    found.diagnostics
}

/// Whether an edit can bring unknown statements into a program that has none.
pub(super) fn may_bring_unknown_statements(edit: &EditOp) -> bool {
    match edit {
        EditOp::Set { property: Property::Extra(extra), .. } => !extra.is_empty(),
        EditOp::Add { item: Item::Block { block }, .. } => has_unknown_statements(block),
        EditOp::Add { item: Item::Body { .. } | Item::Function { .. } | Item::Test { .. }, .. }
        | EditOp::Replace { .. } => true,
        EditOp::Group { ops } => ops.iter().any(may_bring_unknown_statements),
        _ => false,
    }
}

fn has_unknown_statements(block: &Block) -> bool {
    let inside = |body: &Body| !body.extra.is_empty() || body.blocks.iter().any(has_unknown_statements);
    !block.extra.is_empty() || block.bodies.values().any(inside)
}

#[derive(Default)]
struct Found {
    diagnostics: Vec<Diagnostic>,
}

impl Found {
    /// What stands in a routine's body, or in a container's, but for the body's own statements.
    fn body(&mut self, body: &Body) {
        for block in &body.blocks {
            self.add(&block.extra, "", Some(&block.id), &["carry"]);
            for (name, inner) in &block.bodies {
                if !inner.extra.is_empty() {
                    self.add(&inner.extra, &format!("'{name}': "), Some(&block.id), &["yield"]);
                }
                self.body(inner);
            }
        }
    }

    fn add(&mut self, extra: &[Extra], place: &str, block: Option<&BlockId>, known: &[&str]) {
        let room = MAX_DIAGNOSTICS.saturating_sub(self.diagnostics.len());
        for statement in extra.iter().take(room) {
            let message = format!("{place}{}", message(&statement.line, known));
            let warning = Diagnostic::warning("unknown_statement", message);
            self.diagnostics.push(match block {
                Some(block) => warning.at(block),
                None => warning,
            });
        }
    }
}

fn message(line: &str, known: &[&str]) -> String {
    let shown: String = line.chars().take(SHOWN).collect();
    let more = if shown.len() < line.len() { "…" } else { "" };
    let does_nothing = format!("'{shown}{more}' is no statement that is known here; it is kept, and does nothing");
    let word = line.split(|c: char| !c.is_alphanumeric() && c != '_').next().unwrap_or_default();
    // A word that is right stands before something that is wrong: no other is meant.
    let near = (word.len() <= LONGEST_WORD && !known.contains(&word)).then(|| mistyped(word, known)).flatten();
    match near {
        Some(near) => format!("{does_nothing}; did you mean `{near}`?"),
        None => does_nothing,
    }
}

/// The word that was meant: one of the same letters, since letters that change places are the commonest slip, or one
/// that is near.
fn mistyped<'a>(word: &str, known: &[&'a str]) -> Option<&'a str> {
    let letters = |word: &str| {
        let mut letters: Vec<char> = word.chars().collect();
        letters.sort_unstable();
        letters
    };
    let of_the_same = known.iter().copied().find(|known| letters(known) == letters(word));
    of_the_same.or_else(|| nearest_of(word, known.iter().copied()))
}
