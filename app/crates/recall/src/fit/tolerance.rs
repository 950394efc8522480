//! Words of a request that a recipe does not know, and that still change nothing.
//!
//! `Our survey gave 4, 8 and 15. What is the mean?` Nobody can list the words that people wrap around values. Such a word
//! is a remark if the request gives values, the word is none that turns a request around or that another recipe is
//! about, and it does not belong to the words that the recipe needs: `prime minister`, `aliquot sum`, `zeros of the
//! factorial` and `mode of transport` are other things than primes, sums, factorials and modes. A remark stands before
//! those words, or beside a value as its name or unit: `the ages 4 and 8`, `120 ms`. What follows them says how the task
//! is meant: `a leap year in the Julian calendar`.

use std::collections::HashSet;

use super::Use;
use crate::recipe::Recipe;
use crate::request::{Request, Token, TokenKind, turns};
use crate::vocabulary::is_harmless;

/// No more unknown words than this.
const MOST: usize = 8;

/// Whether all these tokens are remarks.
pub(super) fn is_remark(
    recipe: &Recipe,
    request: &Request,
    unknown: &[usize],
    used: &[Use],
    topics: &HashSet<String>,
) -> bool {
    // What is only implied has no words that others could be told from.
    let Some(first_need) = (0..request.tokens.len()).find(|index| is_needed(recipe, request, *index)) else {
        return false;
    };
    recipe.document.is_none()
        && unknown.len() <= MOST
        && unknown.iter().all(|index| {
            request.tokens[*index].word().is_some_and(|word| {
                !turns(word)
                    && !word.contains("n't")
                    && used[*index] != Use::Lost
                    && !is_listed_beside_value(request, used, *index)
                    // A verb that asks: `Crack the SHA-256 …`.
                    && !request.sentences.iter().any(|sentence| sentence.start == *index)
                    && (*index < first_need || names_a_value(request, *index) && !says_how(request, *index))
                    && !topics.contains(&request.stems[*index])
                    && !request.parts[*index].iter().any(|part| topics.contains(part) || turns(part))
                    && !belongs_to_need(recipe, request, *index)
            })
        })
}

/// Whether a word stands beside one that the recipe needs, or is tied to it by a preposition.
fn belongs_to_need(recipe: &Recipe, request: &Request, index: usize) -> bool {
    let near = |at: Option<usize>| at.is_some_and(|at| is_needed(recipe, request, at));
    if near(index.checked_sub(1)) || near(Some(index + 1)) {
        return true;
    }
    // `zeros of the factorial`, `poem about Fibonacci`.
    let is_preposition =
        |token: &Token| matches!(token.word(), Some("of" | "about" | "on" | "for" | "from" | "between"));
    let is_article =
        |token: &Token| matches!(token.word(), Some("the" | "a" | "an" | "its" | "their" | "this" | "that" | "my"));
    let mut rest = request.tokens[index + 1..].iter().enumerate().map(|(offset, token)| (index + 1 + offset, token));
    let ties = rest.next().is_some_and(|(_, token)| is_preposition(token));
    let behind = rest.find(|(_, token)| !is_article(token)).map(|(at, _)| at);
    if ties && near(behind) {
        return true;
    }
    // `mode of transport`: tied the other way, unless values follow as in `the mean of the ages 4 and 8`.
    let mut before = (0..index).rev().skip_while(|at| is_article(&request.tokens[*at]));
    let tied = before.next().is_some_and(|at| is_preposition(&request.tokens[at]));
    let follows = request.tokens[index + 1..].iter().find(|token| token.word().is_none_or(|word| !is_harmless(word)));
    let value_follows = follows.is_some_and(|token| token.word().is_none());
    tied && near(before.next()) && !value_follows
}

/// Whether a word says something and is one that the recipe needs.
fn is_needed(recipe: &Recipe, request: &Request, index: usize) -> bool {
    let Some(word) = request.tokens.get(index).and_then(Token::word) else { return false };
    !is_harmless(word) && recipe.needs.iter().flatten().any(|phrase| phrase.contains(&request.stems[index]))
}

/// Whether a word is one more of what a parameter took: `listen, silent and enlist`.
fn is_listed_beside_value(request: &Request, used: &[Use], index: usize) -> bool {
    let joins = |at: usize| {
        let token = &request.tokens[at];
        matches!(token.kind, TokenKind::Mark(',' | '&')) || matches!(token.word(), Some("and" | "or"))
    };
    let taken = |at: usize| {
        used[at] != Use::Free && matches!(request.tokens[at].kind, TokenKind::Word(_) | TokenKind::Quoted(_))
    };
    let before = (0..index).rev().find(|at| !joins(*at));
    let behind = (index + 1..request.tokens.len()).find(|at| !joins(*at));
    index > 0 && joins(index - 1) && before.is_some_and(taken)
        || request.tokens.len() > index + 1 && joins(index + 1) && behind.is_some_and(taken)
}

/// Whether a word stands behind one that says how: `with semicolons: …`.
fn says_how(request: &Request, index: usize) -> bool {
    let before = index.checked_sub(1).and_then(|at| request.tokens[at].word());
    matches!(before, Some("with" | "by" | "using" | "as" | "into" | "via"))
}

/// Whether a number follows or stands right before: `the ages 4 and 8`, `120 ms`.
fn names_a_value(request: &Request, index: usize) -> bool {
    let is_number = |at: Option<usize>| {
        at.and_then(|at| request.tokens.get(at))
            .is_some_and(|token| matches!(token.kind, TokenKind::Number(_) | TokenKind::Data(..) | TokenKind::Date(_)))
    };
    let mut behind = request.tokens[index + 1..].iter().enumerate().skip_while(|(_, token)| {
        matches!(token.kind, TokenKind::Mark(':' | '=' | '('))
            || matches!(token.word(), Some("are" | "were" | "was" | "is" | "of"))
    });
    is_number(index.checked_sub(1)) || is_number(behind.next().map(|(offset, _)| index + 1 + offset))
}
