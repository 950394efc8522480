//! Conditions in words: `where country is Germany and age is at least 18`.
//!
//! Each becomes a list of a column, a sign and what the column is compared with: `["age", ">=", 18]`. Several are tied
//! by the same word, which stands first: `["or"]`; without it, all must hold. What is no condition from its column to
//! its value is left in the request, where no recipe accounts for it.

use blocks::Value;

use super::Filler;
use crate::fit::Use;
use crate::request::{Token, TokenKind};
use crate::vocabulary::is_harmless;

/// Comparisons in words, the longer ones first where one begins like another.
const COMPARISONS: [(&[&str], &str); 48] = [
    (&["greater", "than", "or", "equal", "to"], ">="),
    (&["greater", "or", "equal", "to"], ">="),
    (&["less", "than", "or", "equal", "to"], "<="),
    (&["less", "or", "equal", "to"], "<="),
    (&["at", "least"], ">="),
    (&["at", "most"], "<="),
    (&["up", "to"], "<="),
    (&["greater", "than"], ">"),
    (&["larger", "than"], ">"),
    (&["bigger", "than"], ">"),
    (&["higher", "than"], ">"),
    (&["more", "than"], ">"),
    (&["later", "than"], ">"),
    (&["newer", "than"], ">"),
    (&["above"], ">"),
    (&["over"], ">"),
    (&["exceeds"], ">"),
    (&["after"], ">"),
    (&[">"], ">"),
    (&["less", "than"], "<"),
    (&["lower", "than"], "<"),
    (&["smaller", "than"], "<"),
    (&["fewer", "than"], "<"),
    (&["earlier", "than"], "<"),
    (&["below"], "<"),
    (&["under"], "<"),
    (&["before"], "<"),
    (&["<"], "<"),
    (&["between"], "between"),
    (&["starts", "with"], "starts"),
    (&["starting", "with"], "starts"),
    (&["begins", "with"], "starts"),
    (&["ends", "with"], "ends"),
    (&["ending", "with"], "ends"),
    (&["contains"], "contains"),
    (&["containing"], "contains"),
    (&["like"], "like"),
    (&["null"], "null"),
    (&["equal", "to"], "="),
    (&["equals", "to"], "="),
    (&["equals"], "="),
    (&["equal"], "="),
    (&["=", "="], "="),
    (&["="], "="),
    (&["!", "="], "<>"),
    (&["<", ">"], "<>"),
    (&["≠"], "<>"),
    (&["differs", "from"], "<>"),
];

/// One condition and the place behind it.
struct Condition {
    parts: Vec<Value>,
    end: usize,
}

impl Filler<'_> {
    /// All conditions behind the slot's cue.
    pub(super) fn conditions(&mut self) -> Option<Value> {
        let cue = (0..self.tokens().len()).find(|at| {
            let word = self.tokens()[*at].word();
            self.used[*at] == Use::Free
                && word.is_some_and(|word| self.slot.after.iter().any(|cue| cue == word))
                && self.condition(at + 1).is_some()
        })?;
        let first = self.condition(cue + 1)?;
        let (mut end, mut joint) = (first.end, None);
        let mut conditions = vec![Value::list(first.parts)];
        while let Some(word) = self.said(end).filter(|word| matches!(*word, "and" | "or"))
            && joint.is_none_or(|joint| joint == word)
        {
            // `where a is 1 and where b is 2`
            let behind = end + 1 + usize::from(self.said(end + 1) == Some("where"));
            let Some(next) = self.condition(behind) else { break };
            joint = Some(word);
            conditions.push(Value::list(next.parts));
            end = next.end;
        }
        if joint == Some("or") {
            conditions.insert(0, Value::list(vec![Value::text("or")]));
        }
        self.used[cue..end].fill(Use::Taken);
        Some(Value::list(conditions))
    }

    /// New values of columns behind the slot's cue: `set status to paid and total = 0`, each as `["status", "paid"]`.
    pub(super) fn assignments(&mut self) -> Option<Value> {
        let cue = (0..self.tokens().len()).find(|at| {
            let word = self.tokens()[*at].word();
            self.used[*at] == Use::Free
                && word.is_some_and(|word| self.slot.after.iter().any(|cue| cue == word))
                && self.assignment(at + 1).is_some()
        })?;
        let (mut end, mut assignments) = (cue + 1, Vec::new());
        while let Some((assignment, behind)) = self.assignment(end) {
            assignments.push(assignment);
            self.used[cue..behind].fill(Use::Taken);
            let comma = self.says(behind, &[","]) || self.said(behind) == Some("and");
            end = behind + usize::from(comma);
            if !comma {
                break;
            }
        }
        Some(Value::list(assignments))
    }

    fn assignment(&self, start: usize) -> Option<(Value, usize)> {
        let at = self.skip(start, &["the", "its", "their", "column", "field", "set"]);
        let at = self.skip(at, &["column", "field"]);
        let field = self.column_at(at)?;
        let behind = self.skip(at + 1, &["to", "as", "equals"]);
        let behind = behind + usize::from(behind == at + 1 && self.says(behind, &["="]));
        let plain = self.is_plain_value(behind) || is_capital(self.spelled(behind));
        if behind == at + 1 && !plain {
            return None;
        }
        let (value, end) = self.compared_value(behind)?;
        Some((Value::list(vec![Value::text(field), value]), end))
    }

    /// The condition that starts at a place.
    fn condition(&self, start: usize) -> Option<Condition> {
        let at = self.skip(start, &["the", "its", "their", "column", "field"]);
        let field = self.column_at(at)?;
        let copula = self.skip(at + 1, &["is", "are", "was", "be", "has", "does", "isn't", "aren't", "doesn't"]);
        let short = self.said(copula.saturating_sub(1)).is_some_and(|word| word.ends_with("n't"));
        let plain = self.skip(copula, &["not"]);
        let negated = (short && copula > at + 1) || plain > copula;
        let found = COMPARISONS.iter().find(|(words, _)| self.says(plain, words));
        let (sign, behind) = match found {
            Some((words, sign)) => (*sign, plain + words.len()),
            // `status is open`, `status = "open"`, `with id 42`
            None if plain > at + 1 || self.is_plain_value(plain) => ("=", plain),
            None => return None,
        };
        if sign == "null" {
            let sign = if negated { "not null" } else { "null" };
            return Some(Condition { parts: vec![Value::text(field), Value::text(sign)], end: behind });
        }
        let sign = match (sign, negated) {
            (sign, false) => sign,
            ("=", true) => "<>",
            _ => return None,
        };
        let (value, end) = self.compared_value(behind)?;
        // `older than the average`, `created after yesterday`: a word is no bound.
        let bare = self.tokens()[behind].word().is_some();
        if bare && (matches!(sign, "<" | "<=" | ">" | ">=" | "between") || stands_open(self.spelled(behind))) {
            return None;
        }
        let mut parts = vec![Value::text(field), Value::text(sign), value];
        if sign != "between" {
            return Some(Condition { parts, end });
        }
        let (last, end) = self.compared_value(end + usize::from(self.said(end) == Some("and")))?;
        parts.push(last);
        Some(Condition { parts, end })
    }

    /// The word or sign at a place.
    fn said(&self, at: usize) -> Option<&str> {
        self.tokens().get(at).and_then(Token::word)
    }

    fn says(&self, at: usize, words: &[&str]) -> bool {
        words.iter().enumerate().all(|(offset, word)| match self.tokens().get(at + offset).map(|token| &token.kind) {
            Some(TokenKind::Word(said)) => said == word,
            Some(TokenKind::Mark(mark)) => word.chars().eq([*mark]),
            _ => false,
        })
    }

    /// The place behind one of these words, if it stands there.
    fn skip(&self, at: usize, words: &[&str]) -> usize {
        at + usize::from(self.said(at).is_some_and(|word| words.contains(&word)))
    }

    /// A column's name as it was written.
    fn column_at(&self, at: usize) -> Option<String> {
        let token = self.tokens().get(at).filter(|_| self.used[at] == Use::Free)?;
        match &token.kind {
            TokenKind::Word(word)
                if !is_harmless(word) || matches!(word.as_str(), "id" | "name" | "value" | "code") =>
            {
                Some(self.request.text[token.start..token.end].to_owned())
            }
            TokenKind::Quoted(text) if !text.contains(char::is_whitespace) => Some(text.clone()),
            _ => None,
        }
    }

    /// Whether a value stands there that no sentence goes on with: a number, a date, or a text in quotes.
    fn is_plain_value(&self, at: usize) -> bool {
        let kind = self.tokens().get(at).map(|token| &token.kind);
        self.is_assigned(at) || matches!(kind, Some(TokenKind::Number(_) | TokenKind::Quoted(_) | TokenKind::Date(_)))
    }

    /// Whether only `=` stands before a token, which the request leaves out between a name and its value.
    fn is_assigned(&self, at: usize) -> bool {
        at > 0
            && self
                .tokens()
                .get(at)
                .is_some_and(|token| self.request.text[self.tokens()[at - 1].end..token.start].trim() == "=")
    }

    /// What a column is compared with, and the place behind it; `New York` is one value.
    fn compared_value(&self, at: usize) -> Option<(Value, usize)> {
        let token = self.tokens().get(at).filter(|_| self.used[at] == Use::Free)?;
        match &token.kind {
            TokenKind::Number(value) => Some((value.clone(), at + 1)),
            TokenKind::Quoted(text) | TokenKind::Bare(text) | TokenKind::Date(text) => {
                Some((Value::text(text.as_str()), at + 1))
            }
            TokenKind::Word(word) if !is_harmless(word) || is_capital(self.spelled(at)) => {
                let mut end = at;
                while is_capital(self.spelled(end)) && is_capital(self.spelled(end + 1)) {
                    end += 1;
                }
                let text = &self.request.text[token.start..self.tokens()[end].end];
                Some((Value::text(text), end + 1))
            }
            _ => None,
        }
    }

    /// A word as it was written.
    fn spelled(&self, at: usize) -> &str {
        let token = self.tokens().get(at).filter(|token| token.word().is_some());
        token.map_or("", |token| &self.request.text[token.start..token.end])
    }
}

/// Whether a word stands for a value that it does not say.
fn stands_open(word: &str) -> bool {
    let open =
        ["empty", "missing", "today", "yesterday", "tomorrow", "now", "set", "unset", "none", "nothing", "unknown"];
    open.contains(&word.to_lowercase().as_str())
}

/// Whether a word has a capital and then a small letter: a name.
fn is_capital(word: &str) -> bool {
    let mut letters = word.chars();
    letters.next().is_some_and(char::is_uppercase) && letters.next().is_some_and(char::is_lowercase)
}
