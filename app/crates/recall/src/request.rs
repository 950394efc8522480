//! A task's text, taken apart.

mod context;
mod dates;
mod implied;
mod literals;
mod numbers;
mod rounding;
mod scan;
mod signs;

use blocks::Value;

pub(crate) use context::turns;
pub(crate) use dates::whole as date;
pub(crate) use implied::is_cron;
pub(crate) use literals::{is_date_form, is_roman};
pub(crate) use signs::SLASH;

use crate::language::{self, Language};
use crate::vocabulary::{asks_for_code, stem};

/// A request: the tokens of a task's text and what came with it.
#[derive(Clone, Debug)]
pub struct Request {
    /// The text as it was written.
    pub text: String,
    /// Words and values in the order of the text.
    pub tokens: Vec<Token>,
    /// The stem of each token that is a word; an empty text for the others.
    pub(crate) stems: Vec<String>,
    /// The stems of the words that a token is made of, if it is an identifier such as `isPrime` or `is_prime`.
    pub(crate) parts: Vec<Vec<String>>,
    /// Where the sentences stand in the tokens.
    pub(crate) sentences: Vec<std::ops::Range<usize>>,
    /// The clause that says how the answer is to be rounded, and to how many decimals.
    pub(crate) rounding: Option<(std::ops::Range<usize>, u32)>,
    /// What the request holds without saying so; see [`implied`].
    pub(crate) implied: Vec<&'static str>,
    /// Contents of attachments.
    pub attachments: Vec<String>,
    /// The language asked for, in the text or beside it.
    pub language: Option<Language>,
    /// A language asked for that this version does not write.
    pub foreign_language: Option<String>,
    /// Whether code is asked for, not only a value.
    pub wants_code: bool,
}

/// A word or value with its place in the text, in bytes.
#[derive(Clone, Debug, PartialEq)]
pub struct Token {
    /// Where it starts.
    pub start: usize,
    /// Where it ends.
    pub end: usize,
    /// What it is.
    pub kind: TokenKind,
}

/// The kinds of tokens.
#[derive(Clone, Debug, PartialEq)]
pub enum TokenKind {
    /// A word in small letters.
    Word(String),
    /// A number.
    Number(Value),
    /// A place in an order.
    Ordinal(i64),
    /// Quoted text, or a code block.
    Quoted(String),
    /// Text that needs no quotes: an address, a version, a URL, a time of day.
    Bare(String),
    /// A bracketed list or JSON object, with its text.
    Data(Value, String),
    /// A date as year-month-day.
    Date(String),
    /// A path: `/usr/bin/worker`.
    Path(String),
    /// `,` `:` `.` and the like.
    Mark(char),
}

impl Token {
    /// The word, if it is one.
    pub fn word(&self) -> Option<&str> {
        match &self.kind {
            TokenKind::Word(word) => Some(word),
            _ => None,
        }
    }
}

impl Request {
    /// Whether tests are asked for code that is not given: `a unit test for my isPrime function`.
    pub(crate) fn tests_own_code(&self) -> bool {
        let words: Vec<&str> = self.tokens.iter().filter_map(Token::word).collect();
        words.windows(3).any(|three| {
            matches!(three[0], "test" | "tests")
                && matches!(three[1], "for" | "of")
                && matches!(three[2], "my" | "our" | "this" | "these" | "an" | "the")
        })
    }

    /// Whether the result is given and what leads to it is asked: `120 is the factorial of what`, `which number has 6
    /// divisors`.
    pub(crate) fn is_inverse(&self) -> bool {
        let words: Vec<&str> = self.tokens.iter().map(|token| token.word().unwrap_or("")).collect();
        let of_what = words.windows(2).enumerate().any(|(at, two)| {
            matches!(two[0], "of" | "and" | "times" | "by" | "for")
                && matches!(two[1], "what" | "which")
                && words[at + 2..].iter().all(|word| matches!(*word, "" | "number" | "integer" | "value" | "word"))
        });
        let what_has = words.windows(3).any(|three| {
            matches!(three[0], "which" | "what")
                && matches!(three[1], "number" | "numbers" | "integer" | "integers" | "value" | "n" | "x")
                && matches!(
                    three[2],
                    "has" | "have" | "gives" | "give" | "takes" | "makes" | "yields" | "equals" | "needs"
                )
        });
        of_what || what_has
    }

    /// For each token, whether it stands in a clause that says nothing about what is asked; see [`context`].
    pub(crate) fn excused(&self, is_topic: impl Fn(&str) -> bool) -> Vec<bool> {
        context::excused(&self.tokens, &self.sentences, |index| is_topic(&self.stems[index]))
    }

    /// Takes a task apart. `language` is the one asked for beside the text.
    pub fn new(text: &str, language: Option<&str>, attachments: Vec<String>) -> Self {
        let tokens = scan::tokens(text);
        let stems = tokens.iter().map(|token| token.word().map(stem).unwrap_or_default()).collect();
        let parts = tokens
            .iter()
            .map(|token| match token.word() {
                Some(_) => parts(&text[token.start..token.end]),
                None => Vec::new(),
            })
            .collect();
        let words = || tokens.iter().filter_map(Token::word);
        let beside = language.map(str::to_lowercase);
        let named = beside.as_deref().and_then(Language::of_word).or_else(|| words().find_map(Language::of_word));
        let foreign = beside.clone().filter(|word| Language::of_word(word).is_none());
        let foreign = foreign.or_else(|| words().find(|word| language::is_foreign(word)).map(str::to_owned));
        let wants_code = named.is_some() || foreign.is_some() || names_code(&tokens);
        Self {
            text: text.to_owned(),
            stems,
            parts,
            implied: implied::names(text, &tokens, &attachments),
            rounding: rounding::clause(&tokens),
            sentences: context::sentences(text, &tokens),
            attachments,
            language: named,
            foreign_language: foreign,
            wants_code,
            tokens,
        }
    }
}

/// Several lines with a separator in each.
pub(crate) fn is_csv(text: &str) -> bool {
    let lines: Vec<&str> = text.lines().filter(|line| !line.trim().is_empty()).collect();
    lines.len() >= 2 && [',', ';', '\t', '|'].iter().any(|separator| lines.iter().all(|line| line.contains(*separator)))
}

/// Whether a word says that code is wanted; the code of a character, a status or a country is none.
fn names_code(tokens: &[Token]) -> bool {
    let word = |at: usize| tokens.get(at).and_then(Token::word).unwrap_or("");
    let is_sign = |at: usize| {
        let before = at.checked_sub(1).map_or("", word);
        word(at) == "code"
            && (matches!(word(at + 1), "point" | "points")
                || matches!(
                    before,
                    "ascii"
                        | "unicode"
                        | "char"
                        | "character"
                        | "morse"
                        | "status"
                        | "http"
                        | "error"
                        | "exit"
                        | "zip"
                        | "country"
                        | "currency"
                        | "area"
                        | "color"
                        | "colour"
                        | "hex"
                        | "my"
                        | "our"
                        | "your"
                        | "his"
                        | "her"
                        | "their"
                ))
    };
    (0..tokens.len()).any(|at| asks_for_code(word(at)) && !is_sign(at))
}

/// The stems of an identifier's words; nothing for a plain word and for a name such as `FizzBuzz`.
fn parts(written: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut before = '_';
    for character in written.chars() {
        if character == '_' || before.is_lowercase() && character.is_uppercase() {
            words.push(String::new());
        }
        if let Some(word) = words.last_mut().filter(|_| character != '_') {
            word.extend(character.to_lowercase());
        }
        before = character;
    }
    let is_identifier = written.contains('_') || written.starts_with(char::is_lowercase);
    words.retain(|word| !word.is_empty());
    if words.len() < 2 || !is_identifier { Vec::new() } else { words.iter().map(|word| stem(word)).collect() }
}
