//! Names that a request gives with words that say nothing elsewhere: `named demo`, `the service test`, `called my`.
//!
//! No parameter takes such a word, so that the name would be lost and a default stand for it.

use super::Use;
use crate::recipe::Recipe;
use crate::request::{Request, Token};
use crate::slots::SlotKind;

/// The word that a name was to be and that no parameter took.
pub(super) fn lost_name(recipe: &Recipe, request: &Request, used: &[Use]) -> Option<String> {
    recipe.document.as_ref()?;
    let word = |at: usize| request.tokens.get(at).and_then(Token::word);
    let adjacent = |at: usize| request.text.get(request.tokens[at].end..request.tokens[at + 1].start) == Some(" ");
    (0..request.tokens.len().saturating_sub(1)).find_map(|at| {
        let (cue, name) = (word(at)?, word(at + 1)?);
        let lost = used[at + 1] == Use::Free && adjacent(at);
        let named =
            introduces(cue) && (is_sample(name) || opens_a_phrase(name)) || is_cue(recipe, cue) && is_sample(name);
        (lost && named).then(|| format!("{cue} {name}"))
    })
}

fn introduces(word: &str) -> bool {
    matches!(word, "called" | "named" | "name" | "namespace" | "ns")
}

/// Whether a name of the recipe may stand behind a word.
fn is_cue(recipe: &Recipe, word: &str) -> bool {
    let names = recipe
        .slots
        .iter()
        .filter(|slot| slot.kinds.iter().any(|kind| matches!(kind, SlotKind::Name | SlotKind::Word(_))));
    names.into_iter().any(|slot| {
        let bare =
            slot.kinds.iter().any(|kind| matches!(kind, SlotKind::Word(cues) if cues.iter().any(|cue| cue == word)));
        bare || slot.after.iter().any(|cue| cue == word)
    }) && !crate::vocabulary::is_harmless(word)
}

/// Words that people name things with to try them.
fn is_sample(word: &str) -> bool {
    matches!(word, "demo" | "test" | "sample" | "task" | "program" | "script" | "function" | "unit" | "foo" | "bar")
}

/// Words with which no name ends: `named my`, `called one`.
fn opens_a_phrase(word: &str) -> bool {
    let words =
        ["my", "our", "your", "the", "one", "two", "three", "code", "simple", "clean", "good", "nice", "you", "all"];
    words.contains(&word) || matches!(word, "any" | "some")
}
