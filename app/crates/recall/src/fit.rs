//! Whether a recipe accounts for a whole request, and with which values.

mod fill;
mod naming;
mod tolerance;

use std::collections::HashSet;
use std::ops::Range;

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

/// What is known of a request before any recipe is tried.
pub(crate) struct Surroundings<'a> {
    said: Said<'a>,
    /// The same without the clause that says how to round.
    unrounded: Option<Said<'a>>,
    /// The tokens that say nothing about what is asked.
    excused: Vec<bool>,
    /// The stems of what all recipes are about.
    topics: &'a HashSet<String>,
    /// Why no value and no code is an answer, whatever the recipe.
    hindrance: Option<&'static str>,
}

impl<'a> Surroundings<'a> {
    pub(crate) fn new(request: &'a Request, topics: &'a HashSet<String>) -> Self {
        let hindrance = if request.tests_own_code() {
            Some("tests for code of your own")
        } else if request.is_inverse() {
            Some("the question the other way round")
        } else {
            None
        };
        let excused = request.excused(|stem| topics.contains(stem));
        let unrounded = request.rounding.as_ref().map(|(clause, _)| {
            let mut used = vec![Use::Free; request.tokens.len()];
            used[clause.clone()].fill(Use::Swallowed);
            Said::new(request, &used)
        });
        Self { said: Said::new(request, &[]), unrounded, excused, topics, hindrance }
    }
}

/// Tries a recipe on a request.
///
/// # Errors
/// Why it does not fit.
pub(crate) fn fit(recipe: &Recipe, request: &Request, around: &Surroundings<'_>) -> Result<Fit, Miss> {
    needs(recipe, &around.said).ok_or(Miss::Unrelated)?;
    if let Some(hindrance) = around.hindrance.filter(|_| recipe.document.is_none()) {
        return Err(Miss::Unexplained(vec![hindrance.to_owned()]));
    }
    let said = around.unrounded.as_ref().filter(|_| recipe.gives_numbers()).unwrap_or(&around.said);
    if let Some(phrase) = recipe.refuses.iter().find(|phrase| said.speaks(recipe, phrase)) {
        return Err(Miss::Unexplained(vec![phrase.join(" ")]));
    }
    // What a parameter swallowed does not say what is asked: "Task: reverse a string".
    let filled = [true, false].into_iter().find_map(|colon| {
        let mut used = vec![Use::Free; request.tokens.len()];
        if let Some((clause, _)) = request.rounding.as_ref().filter(|_| recipe.gives_numbers()) {
            used[clause.clone()].fill(Use::Taken);
        }
        let inputs = fill::fill(recipe, request, &mut used, colon);
        needs(recipe, &Said::new(request, &used)).map(|matched| (matched, used, inputs))
    });
    let (matched, used, inputs) = filled.ok_or(Miss::Unrelated)?;
    let (inputs, attached) = inputs?;
    if is_yes_or_no(recipe, request) && !recipe.answers_yes_or_no() {
        return Err(Miss::Unexplained(vec!["yes or no".to_owned()]));
    }
    let lacking = recipe.slots.iter().filter(|slot| slot.required && !inputs.contains_key(&slot.name));
    let mut lacking: Vec<String> = lacking.map(|slot| slot.name.clone()).collect();
    // Of several ways to find an input each has its slot.
    lacking.dedup();
    if !lacking.is_empty() {
        let strange = unexplained(recipe, request, &used, &around.excused, attached);
        let accounts = strange.tokens.is_empty() && strange.others.is_empty();
        return Err(if accounts { Miss::Incomplete(lacking) } else { Miss::Unexplained(strange.words(request)) });
    }
    if let Some(name) = naming::lost_name(recipe, request, &used) {
        return Err(Miss::Unexplained(vec![name]));
    }
    let unexplained = unexplained(recipe, request, &used, &around.excused, attached);
    let remarks = match unexplained.tokens.len() {
        0 => 0,
        count
            if !inputs.is_empty()
                && tolerance::is_remark(recipe, request, &unexplained.tokens, &used, around.topics) =>
        {
            count
        }
        _ => return Err(Miss::Unexplained(unexplained.words(request))),
    };
    if !unexplained.others.is_empty() {
        return Err(Miss::Unexplained(unexplained.words(request)));
    }
    let missing: Vec<String> = recipe
        .program
        .inputs
        .iter()
        .filter(|input| input.default.is_none() && !inputs.contains_key(&input.name))
        .map(|input| input.name.clone())
        .collect();
    if !missing.is_empty() && (!request.wants_code || remarks > 0) {
        return Err(Miss::Incomplete(missing));
    }
    // A document that was asked for by name is complete by its defaults; a value needs at least one of its own.
    let given = !inputs.is_empty() || recipe.program.inputs.is_empty() || recipe.document.is_some();
    if !given && !request.wants_code {
        return Err(Miss::Incomplete(recipe.program.inputs.iter().map(|input| input.name.clone()).collect()));
    }
    let score =
        matched as f64 * 2.0 + content(recipe, request, &used) + inputs.len() as f64 * 0.5 - remarks as f64 * 0.3;
    Ok(Fit { complete: missing.is_empty() && given, inputs, score })
}

/// Whether a recipe knows at least as many words that say something as it does not: near enough to be named.
pub(crate) fn is_near(recipe: &Recipe, request: &Request) -> bool {
    let words = request.tokens.iter().filter_map(Token::word).filter(|word| !is_harmless(word));
    let (known, strange): (Vec<&str>, Vec<&str>) = words.partition(|word| recipe.knows(word));
    !known.is_empty() && known.len() >= strange.len()
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
    /// It is a second value where only one is taken.
    Lost,
}

/// Whether the answer is yes or no: `Is 97 prime?` What counts is the sentence that holds the recipe's words.
fn is_yes_or_no(recipe: &Recipe, request: &Request) -> bool {
    let needed = |index: usize| recipe.needs.iter().flatten().any(|phrase| phrase.contains(&request.stems[index]));
    let first = |sentence: &Range<usize>| request.tokens[sentence.clone()].first().and_then(Token::word);
    let asks = |sentence: &&Range<usize>| first(sentence).is_some_and(asks_yes_or_no);
    request.sentences.iter().filter(asks).any(|sentence| sentence.clone().any(needed))
        || request.tokens.iter().any(|token| token.word() == Some("whether"))
}

/// How many words of its needs a request has, if it has one of each group.
fn needs(recipe: &Recipe, said: &Said<'_>) -> Option<usize> {
    let mut matched = 0;
    for group in &recipe.needs {
        matched += group.iter().filter(|phrase| said.gives(phrase)).map(Vec::len).max()?;
    }
    Some(matched)
}

/// The words of a request that no parameter swallowed, with identifiers whole and taken apart.
struct Said<'a> {
    whole: Vec<Spoken<'a>>,
    apart: Option<Vec<Spoken<'a>>>,
    implied: &'a [&'static str],
}

/// A word as its stem and as it was written.
#[derive(Clone, Copy)]
struct Spoken<'a> {
    stem: &'a str,
    word: &'a str,
}

impl Spoken<'_> {
    /// Whether it is the word of a phrase: a stem, or behind `=` a word.
    fn is(self, wanted: &str) -> bool {
        wanted.strip_prefix('=').map_or(self.stem == wanted, |exact| self.word == exact)
    }
}

impl<'a> Said<'a> {
    fn new(request: &'a Request, used: &[Use]) -> Self {
        let free = |index: &usize| used.get(*index) != Some(&Use::Swallowed) && !request.stems[*index].is_empty();
        let free: Vec<usize> = (0..request.stems.len()).filter(free).collect();
        let word = |index: usize| request.tokens[index].word().unwrap_or_default();
        let spoken = |index: &usize| Spoken { stem: &request.stems[*index], word: word(*index) };
        let whole = free.iter().map(spoken).collect();
        let split = free.iter().any(|index| !request.parts[*index].is_empty());
        let apart = split.then(|| {
            let parts = |index: &usize| request.parts[*index].iter().map(|part| Spoken { stem: part, word: part });
            free.iter()
                .flat_map(|index| parts(index).chain(parts(index).next().is_none().then(|| spoken(index))))
                .collect()
        });
        Self { whole, apart, implied: &request.implied }
    }

    /// Whether a phrase that a recipe needs is there; a text of rows and columns says itself that it is CSV.
    fn gives(&self, phrase: &[String]) -> bool {
        self.has(phrase) || matches!(phrase, [word] if self.implied.contains(&word.as_str()))
    }

    /// Whether a phrase that a recipe refuses is there; the words of a column such as `last_seen` are no talk.
    fn speaks(&self, recipe: &Recipe, phrase: &[String]) -> bool {
        // `… or not?` only asks.
        let asks = matches!(self.whole.as_slice(), [.., or, not] if or.word == "or" && not.word == "not");
        if asks && matches!(phrase, [word] if word == "not") {
            return self.whole.iter().filter(|spoken| spoken.word == "not").count() > 1;
        }
        let implied = matches!(phrase, [word] if word.starts_with('#') && self.implied.contains(&word.as_str()));
        implied || if recipe.document.is_some() { has_phrase(&self.whole, phrase) } else { self.has(phrase) }
    }

    fn has(&self, phrase: &[String]) -> bool {
        has_phrase(&self.whole, phrase) || self.apart.as_ref().is_some_and(|words| has_phrase(words, phrase))
    }
}

/// Whether the words of a phrase stand in a row; hyphens between them do not count, and `*` stands for up to six words.
fn has_phrase(words: &[Spoken<'_>], phrase: &[String]) -> bool {
    (0..words.len()).any(|start| starts_with(&words[start..], phrase))
}

fn starts_with(words: &[Spoken<'_>], phrase: &[String]) -> bool {
    match phrase.split_first() {
        None => true,
        Some((gap, rest)) if gap == "*" => (0..=words.len().min(6)).any(|skipped| starts_with(&words[skipped..], rest)),
        Some((want, rest)) => {
            words.split_first().is_some_and(|(have, words)| have.is(want) && starts_with(words, rest))
        }
    }
}

fn content(recipe: &Recipe, request: &Request, used: &[Use]) -> f64 {
    let known = request.tokens.iter().zip(used).filter(|(token, used)| {
        **used == Use::Free
            && token.word().is_some_and(|word| !is_harmless(word) && recipe.vocabulary.contains(&stem(word)))
    });
    known.count() as f64 * 0.1
}

/// What a recipe does not account for.
struct Unexplained {
    /// Tokens, by index.
    tokens: Vec<usize>,
    /// A language and attachments.
    others: Vec<String>,
}

impl Unexplained {
    fn words(&self, request: &Request) -> Vec<String> {
        let written = |index: &usize| request.text[request.tokens[*index].start..request.tokens[*index].end].to_owned();
        self.tokens.iter().map(written).chain(self.others.iter().cloned()).collect()
    }
}

fn unexplained(recipe: &Recipe, request: &Request, used: &[Use], excused: &[bool], attached: usize) -> Unexplained {
    let tokens = request.tokens.iter().enumerate();
    let tokens: Vec<usize> = tokens
        .filter(|(index, _)| matches!(used[*index], Use::Free | Use::Lost))
        .filter(|(index, _)| recipe.document.is_some() || !excused.get(*index).is_some_and(|excused| *excused))
        .filter(|(index, token)| used[*index] == Use::Lost || !is_explained(recipe, token, &request.parts[*index]))
        .filter(|(index, _)| used[*index] == Use::Lost || !is_said_again(recipe, request, used, *index))
        .map(|(index, _)| index)
        .collect();
    let mut others = Vec::new();
    if let Some(foreign) = &request.foreign_language
        && !tokens.iter().any(|index| request.tokens[*index].word() == Some(foreign))
        && recipe.document.is_none()
    {
        others.push(foreign.clone());
    }
    if attached < request.attachments.len() {
        others.push("the attachment".to_owned());
    }
    Unexplained { tokens, others }
}

/// Whether a word of a request for a document was taken elsewhere already: `orders per customer, from the table orders`.
fn is_said_again(recipe: &Recipe, request: &Request, used: &[Use], index: usize) -> bool {
    let stem = &request.stems[index];
    let taken = |other: usize| used[other] == Use::Taken && request.stems[other] == *stem;
    recipe.document.is_some() && !stem.is_empty() && (0..used.len()).any(taken)
}

fn is_explained(recipe: &Recipe, token: &Token, parts: &[String]) -> bool {
    let identifier = !parts.is_empty() && recipe.document.is_none();
    match &token.kind {
        TokenKind::Word(_) if identifier && parts.iter().all(|part| recipe.knows_stem(part)) => true,
        TokenKind::Word(word) if recipe.document.is_some() => {
            recipe.vocabulary.contains(&stem(word)) || is_harmless(word) && !turns_from_document(word)
        }
        TokenKind::Word(word) => recipe.knows(word) || Language::of_word(word).is_some(),
        TokenKind::Mark(mark) => !matches!(
            mark,
            '+' | '*'
                | '/'
                | '%'
                | '^'
                | '='
                | '<'
                | '>'
                | '≠'
                | '≤'
                | '≥'
                | '×'
                | '÷'
                | '√'
                | '²'
                | '³'
                | '⁴'
                | '⁵'
        ),
        _ => false,
    }
}

#[cfg(test)]
mod tests;
