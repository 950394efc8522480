//! Names with arrows between them: `Order -> Payment -> Shipping`, and messages: `Browser -> API: log in, API -> DB: find`.

use blocks::Value;

use super::Filler;
use crate::fit::Use;
use crate::request::{Token, TokenKind};
use crate::vocabulary::is_harmless;

/// No name has more words.
const MOST_WORDS: usize = 3;

impl Filler<'_> {
    /// A chain without commas and colons, as it was written; with `messages`, one that has them.
    pub(super) fn chain(&mut self, messages: bool) -> Option<Value> {
        let arrows: Vec<usize> = (0..self.tokens().len()).filter(|at| self.is_arrow(*at)).collect();
        let (first, last) = (*arrows.first()?, *arrows.last()?);
        let start = self.name_before(first)?;
        let mut end = self.name_behind(last)?;
        if self.tokens().get(end).is_some_and(|token| token.kind == TokenKind::Mark(':')) {
            end = self.sentence_end(end);
        }
        let free = self.used[start..end].iter().all(|used| *used == Use::Free);
        let splits = |token: &Token| matches!(token.kind, TokenKind::Mark(':' | ',' | ';'));
        let has_messages = self.tokens()[start..end].iter().any(splits);
        if !free || has_messages != messages {
            return None;
        }
        let text = self.request.text[self.tokens()[start].start..self.tokens()[end - 1].end].to_owned();
        self.used[start..end].fill(Use::Swallowed);
        Some(Value::text(text))
    }

    fn is_arrow(&self, at: usize) -> bool {
        let token = &self.tokens()[at];
        let written = &self.request.text[token.start..token.end];
        token.word() == Some("to") && matches!(written, "->" | "-->" | "=>" | "→" | "⇒")
    }

    /// Where the name before an arrow starts: a word, and more that the recipe does not know.
    fn name_before(&self, arrow: usize) -> Option<usize> {
        let is_part =
            |at: usize| self.tokens()[at].word().is_some() || matches!(self.tokens()[at].kind, TokenKind::Number(_));
        let mut start = arrow.checked_sub(1).filter(|at| is_part(*at))?;
        while start > 0 && arrow - start < MOST_WORDS && self.names_on(start - 1) {
            start -= 1;
        }
        Some(start)
    }

    fn name_behind(&self, arrow: usize) -> Option<usize> {
        let mut end = arrow + 1;
        self.tokens().get(end).filter(|token| token.word().is_some())?;
        end += 1;
        while end < self.tokens().len() && end - arrow <= MOST_WORDS && self.names_on(end) {
            end += 1;
        }
        Some(end)
    }

    /// Whether a word can be part of a name: the recipe does not know it, or it begins with a capital.
    fn names_on(&self, at: usize) -> bool {
        let token = &self.tokens()[at];
        let capital = self.request.text[token.start..].starts_with(char::is_uppercase);
        token.word().is_some_and(|word| !is_harmless(word) && (capital && at > 0 || !self.recipe.knows(word)))
    }

    fn sentence_end(&self, from: usize) -> usize {
        let closes = |token: &Token| matches!(token.kind, TokenKind::Mark('.' | '!' | '?'));
        (from..self.tokens().len()).find(|at| closes(&self.tokens()[*at])).unwrap_or(self.tokens().len())
    }
}
