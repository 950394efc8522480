//! Whether a recipe accounts for a whole request, and with which values.

mod fill;

use blocks::value::Entries;

use crate::Language;
use crate::recipe::Recipe;
use crate::request::{Request, Token, TokenKind};
use crate::vocabulary::{asks_yes_or_no, is_harmless, stem, turns_from_document};

/// A recipe that accounts for a request.
#[derive(Clone, Debug)]
pub struct Fit {
    /// Values for the recipe's inputs, as far as the request gives them.
    pub inputs: Entries,
    /// Whether the request gives all that a run needs.
    pub complete: bool,
    /// How specific the match is: content words of the request that the recipe knows or takes.
    pub score: f64,
}

/// Why a recipe does not fit.
#[derive(Clone, Debug, PartialEq)]
pub enum Miss {
    /// None of the words that it is about is there.
    Unrelated,
    /// Words or values of the request that it does not account for.
    Unexplained(Vec<String>),
    /// Inputs that the request does not give, and no code is asked for either.
    Incomplete(Vec<String>),
    /// A value of the request is not one that the input takes.
    Unfit(String),
}

/// Tries a recipe on a request.
///
/// # Errors
/// Why it does not fit.
pub fn fit(recipe: &Recipe, request: &Request) -> Result<Fit, Miss> {
    needs(recipe, request, &[]).ok_or(Miss::Unrelated)?;
    let words: Vec<&String> = request.stems.iter().filter(|stem| !stem.is_empty()).collect();
    if let Some(phrase) = recipe.refuses.iter().find(|phrase| has_phrase(&words, phrase)) {
        return Err(Miss::Unexplained(vec![phrase.join(" ")]));
    }
    // What a parameter swallowed does not say what is asked: "Task: reverse a string".
    let filled = [true, false].into_iter().find_map(|colon| {
        let mut used = vec![Use::Free; request.tokens.len()];
        let inputs = fill::fill(recipe, request, &mut used, colon);
        needs(recipe, request, &used).map(|matched| (matched, used, inputs))
    });
    let (matched, used, inputs) = filled.ok_or(Miss::Unrelated)?;
    let (inputs, attached) = inputs?;
    if is_yes_or_no(request) && !recipe.answers_yes_or_no() {
        return Err(Miss::Unexplained(vec!["yes or no".to_owned()]));
    }
    let unexplained = unexplained(recipe, request, &used, attached);
    if !unexplained.is_empty() {
        return Err(Miss::Unexplained(unexplained));
    }
    let missing: Vec<String> = recipe
        .program
        .inputs
        .iter()
        .filter(|input| input.default.is_none() && !inputs.contains_key(&input.name))
        .map(|input| input.name.clone())
        .collect();
    if !missing.is_empty() && !request.wants_code {
        return Err(Miss::Incomplete(missing));
    }
    // A document that was asked for by name is complete by its defaults; a value needs at least one of its own.
    let given = !inputs.is_empty() || recipe.program.inputs.is_empty() || recipe.document.is_some();
    if !given && !request.wants_code {
        return Err(Miss::Incomplete(recipe.program.inputs.iter().map(|input| input.name.clone()).collect()));
    }
    let score = matched as f64 * 2.0 + content(recipe, request, &used) + inputs.len() as f64 * 0.5;
    Ok(Fit { complete: missing.is_empty() && given, inputs, score })
}

/// What became of a token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Use {
    /// Nothing yet.
    Free,
    /// It is a parameter's value, or a cue.
    Taken,
    /// It is part of a text that a parameter takes whole.
    Swallowed,
}

/// Whether the answer is yes or no: `Is 97 prime?`
fn is_yes_or_no(request: &Request) -> bool {
    let first = request.tokens.iter().find_map(Token::word);
    first.is_some_and(asks_yes_or_no) || request.tokens.iter().any(|token| token.word() == Some("whether"))
}

/// How many words of its needs a request has, if it has one of each group.
fn needs(recipe: &Recipe, request: &Request, used: &[Use]) -> Option<usize> {
    let free = |index: usize| used.get(index) != Some(&Use::Swallowed);
    let stems = request.stems.iter().enumerate().filter(|(index, stem)| free(*index) && !stem.is_empty());
    let words: Vec<&String> = stems.map(|(_, stem)| stem).collect();
    let mut matched = 0;
    for group in &recipe.needs {
        matched += group.iter().filter(|phrase| has_phrase(&words, phrase)).map(Vec::len).max()?;
    }
    Some(matched)
}

/// Whether the words of a phrase stand in a row; hyphens between them do not count.
fn has_phrase(words: &[&String], phrase: &[String]) -> bool {
    words.windows(phrase.len()).any(|window| window.iter().zip(phrase).all(|(have, want)| *have == want))
}

fn content(recipe: &Recipe, request: &Request, used: &[Use]) -> f64 {
    let known = request.tokens.iter().zip(used).filter(|(token, used)| {
        **used == Use::Free
            && token.word().is_some_and(|word| !is_harmless(word) && recipe.vocabulary.contains(&stem(word)))
    });
    known.count() as f64 * 0.1
}

/// What a recipe does not account for.
fn unexplained(recipe: &Recipe, request: &Request, used: &[Use], attached: usize) -> Vec<String> {
    let mut words: Vec<String> = request
        .tokens
        .iter()
        .zip(used)
        .filter(|(token, used)| **used == Use::Free && !is_explained(recipe, token))
        .map(|(token, _)| request.text[token.start..token.end].to_owned())
        .collect();
    if let Some(foreign) = &request.foreign_language
        && !words.iter().any(|word| word.to_lowercase() == *foreign)
        && recipe.document.is_none()
    {
        words.push(foreign.clone());
    }
    if attached < request.attachments.len() {
        words.push("the attachment".to_owned());
    }
    words
}

fn is_explained(recipe: &Recipe, token: &Token) -> bool {
    match &token.kind {
        TokenKind::Word(word) if recipe.document.is_some() => {
            recipe.vocabulary.contains(&stem(word)) || is_harmless(word) && !turns_from_document(word)
        }
        TokenKind::Word(word) => recipe.knows(word) || Language::of_word(word).is_some(),
        TokenKind::Mark(mark) => {
            !matches!(mark, '+' | '*' | '/' | '%' | '^' | '=' | '<' | '>' | '≠' | '≤' | '≥' | '×' | '÷' | '√')
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests;
