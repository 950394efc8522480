//! Slots that take several values in a row.

use blocks::Value;

use super::Filler;
use crate::fit::Use;
use crate::request::{Token, TokenKind};

impl Filler<'_> {
    /// A bracketed list, or numbers in a row: `3, 5 and 9`.
    pub(super) fn many(&mut self, suits: impl Fn(&Value) -> bool) -> Option<Value> {
        for index in 0..self.tokens().len() {
            if self.used[index] != Use::Free {
                continue;
            }
            match &self.tokens()[index].kind {
                TokenKind::Data(value, _) => {
                    let fits = value.as_list().is_some_and(|items| items.iter().all(&suits));
                    if fits && self.has_cue(index, index) {
                        let value = value.clone();
                        self.used[index] = Use::Taken;
                        return Some(value);
                    }
                }
                TokenKind::Number(value) if suits(value) && !self.is_count(index) => {
                    let row = self.row(index, |token| match &token.kind {
                        TokenKind::Number(value) if suits(value) => Some(value.clone()),
                        _ => None,
                    });
                    // A lone number is no list.
                    if row.len() < 2 {
                        continue;
                    }
                    if self.is_ambiguous(&row) {
                        return None;
                    }
                    let last = row.last().map_or(index, |(index, _)| *index);
                    if self.has_cue(index, last) {
                        self.take_unit(last + 1);
                        return Some(self.take_row(row));
                    }
                }
                TokenKind::Quoted(text) => {
                    if let Some(values) = listed_numbers(text).filter(|values| values.iter().all(&suits)) {
                        self.used[index] = Use::Taken;
                        return Some(Value::list(values));
                    }
                }
                _ => {}
            }
        }
        None
    }

    /// Two numbers behind a cue with `to`, `and` or a sign for a range between them.
    pub(super) fn bounds(&mut self) -> Option<Value> {
        let number = |at: usize| match &self.tokens().get(at)?.kind {
            TokenKind::Number(value) if self.used[at] == Use::Free => Some(value.clone()),
            _ => None,
        };
        let joins = |at: usize| {
            let token = self.tokens().get(at);
            token.and_then(Token::word).is_some_and(|word| matches!(word, "to" | "and" | "through"))
                || token.is_some_and(|token| token.kind == TokenKind::Mark(','))
        };
        let (first, low, high) = (0..self.tokens().len()).find_map(|at| {
            let (low, high) = (number(at)?, number(at + 2)?);
            let alone = !joins(at + 3) || number(at + 4).is_none();
            let begins = at == 0 || number(at - 1).is_none() && (at < 2 || number(at - 2).is_none() || !joins(at - 1));
            (joins(at + 1) && alone && begins && self.has_cue(at, at + 2)).then_some((at, low, high))
        })?;
        self.used[first..first + 3].fill(Use::Taken);
        Some(Value::list(vec![low, high]))
    }

    /// Tokens that suit, with only commas, semicolons, `and` and `or` between them.
    fn row(&self, first: usize, suits: impl Fn(&Token) -> Option<Value>) -> Vec<(usize, Value)> {
        let mut row = Vec::new();
        let unit = self.unit(first);
        for (index, token) in self.tokens().iter().enumerate().skip(first) {
            let joins = matches!(&token.kind, TokenKind::Mark(',' | ';'))
                || matches!(token.word(), Some("and" | "or"))
                || unit.is_some() && token.word() == unit && self.used[index] == Use::Free;
            match suits(token).filter(|_| self.used[index] == Use::Free && !self.is_count(index)) {
                Some(value) => row.push((index, value)),
                None if joins => {}
                None => break,
            }
        }
        row
    }

    /// The unit behind the last number of a row: `120, 130 and 900 ms`.
    fn take_unit(&mut self, at: usize) {
        let unit = self.tokens().get(at).and_then(Token::word).filter(|word| !self.recipe.knows(word));
        if unit.is_some_and(is_unit) && self.used[at] == Use::Free {
            self.used[at] = Use::Taken;
        }
    }

    /// The word behind each number of a row: `120 ms, 135 ms`.
    fn unit(&self, first: usize) -> Option<&str> {
        let tokens = self.tokens();
        let unit = tokens.get(first + 1)?.word().filter(|word| !matches!(*word, "and" | "or"))?;
        let joins = |token: &&Token| {
            matches!(token.kind, TokenKind::Mark(',' | ';')) || matches!(token.word(), Some("and" | "or"))
        };
        let again = tokens[first + 2..].iter().find(|token| !joins(token))?;
        let repeats = tokens.iter().skip(first + 2).filter(|token| token.word() == Some(unit)).count() > 0;
        (repeats && matches!(again.kind, TokenKind::Number(_))).then_some(unit)
    }

    fn take_row(&mut self, row: Vec<(usize, Value)>) -> Value {
        let mut values = Vec::new();
        for (index, value) in row {
            self.used[index] = Use::Taken;
            values.push(value);
        }
        Value::list(values)
    }

    pub(super) fn texts(&mut self) -> Option<Value> {
        for index in 0..self.tokens().len() {
            if self.used[index] != Use::Free {
                continue;
            }
            match &self.tokens()[index].kind {
                TokenKind::Data(value, _)
                    if value.as_list().is_some_and(|items| items.iter().all(|item| item.as_text().is_some())) =>
                {
                    let value = value.clone();
                    self.used[index] = Use::Taken;
                    return Some(value);
                }
                TokenKind::Quoted(_) | TokenKind::Bare(_) => {
                    let row = self.row(index, |token| match &token.kind {
                        TokenKind::Quoted(text) | TokenKind::Bare(text) => Some(Value::text(text.as_str())),
                        _ => None,
                    });
                    if row.len() > 1 {
                        return Some(self.take_row(row));
                    }
                    // A text alone is a list only if it holds one.
                    let TokenKind::Quoted(text) = &self.tokens()[index].kind else { continue };
                    let parts: Vec<&str> = text.split(',').map(str::trim).filter(|part| !part.is_empty()).collect();
                    if parts.len() > 1 {
                        let value = Value::from(parts);
                        self.used[index] = Use::Taken;
                        return Some(value);
                    }
                }
                _ => {}
            }
        }
        let Some((from, listed)) = self.behind_colon() else { return self.bare_texts() };
        let parts: Vec<&str> = listed.split([',', ';', '\n']).flat_map(|part| part.split(" and ")).collect();
        let parts: Vec<&str> = parts
            .into_iter()
            .map(|part| part.trim().trim_start_matches("and ").trim_end_matches('.'))
            .filter(|part| !part.is_empty())
            .collect();
        // A remark in brackets is no item.
        if parts.len() < 2 || parts.iter().any(|part| part.contains(['(', '?'])) {
            return None;
        }
        let value = Value::from(parts);
        self.use_from(from);
        Some(value)
    }
}

impl Filler<'_> {
    /// Words in a row behind what they are: `the words pear, apple and fig`. The recipe must know none of them. Where
    /// nothing says what they are, three and more that are no things end the request: `prefix of flower, flow, flight`.
    fn bare_texts(&mut self) -> Option<Value> {
        let is_noun =
            |word: &str| matches!(word, "words" | "names" | "strings" | "texts" | "fruits" | "cities" | "animals");
        let named = self.tokens().iter().position(|token| token.word().is_some_and(is_noun));
        if let Some(found) = named.and_then(|cue| self.bare_row(cue, 2)) {
            return Some(found);
        }
        let first = (1..self.tokens().len()).find(|at| self.is_item(*at) && self.tokens()[at - 1].word().is_some())?;
        let items =
            (first..self.tokens().len()).filter(|at| self.tokens()[*at].word().is_some_and(|word| word != "and"));
        let closes = |token: &Token| matches!(token.kind, TokenKind::Mark('.' | '?' | '!'));
        let all = items.clone().all(|at| self.is_item(at))
            && self.tokens()[first..]
                .iter()
                .all(|token| token.word().is_some() || closes(token) || token.kind == TokenKind::Mark(','));
        if all { self.bare_row(first - 1, 3) } else { None }
    }

    /// Whether a word can only stand for itself: no plural, which names things.
    fn is_item(&self, at: usize) -> bool {
        self.tokens()[at].word().is_some_and(|word| self.is_bare(word) && !word.ends_with('s'))
    }

    /// So many words in a row behind a place, of which the recipe knows none.
    fn bare_row(&mut self, cue: usize, least: usize) -> Option<Value> {
        let tokens = self.tokens();
        let row = self.row(cue + 1, |token| token.word().filter(|word| !self.recipe.knows(word)).map(Value::text));
        let first = row.first().is_some_and(|(index, _)| *index == cue + 1);
        let (last, _) = row.last().filter(|_| first && row.len() >= least)?;
        // Only single words: `pear tree, apple` would lose the tree.
        let joined = row.windows(2).all(|two| two[1].0 > two[0].0 + 1);
        let ends = tokens.get(last + 1).is_none_or(|next| {
            matches!(next.kind, TokenKind::Mark(_)) || next.word().is_some_and(|word| self.recipe.knows(word))
        });
        if !joined || !ends {
            return None;
        }
        let written = |index: usize| Value::text(&self.request.text[tokens[index].start..tokens[index].end]);
        let values = row.iter().map(|(index, _)| written(*index)).collect();
        row.iter().for_each(|(index, _)| self.used[*index] = Use::Swallowed);
        Some(Value::list(values))
    }
}

/// Whether a word is a unit of what people measure.
fn is_unit(word: &str) -> bool {
    let units = [
        "ms", "s", "sec", "seconds", "minutes", "hours", "days", "km", "m", "cm", "mm", "kg", "g", "lb", "euro",
        "euros", "eur", "usd", "dollars", "mb", "gb", "kb", "points", "years", "degrees", "people", "users",
    ];
    units.contains(&word)
}

/// Numbers in a quoted text: `"3, 1, 2"`. Spaces separate only where nothing else does: `1 500; 2 500`.
fn listed_numbers(text: &str) -> Option<Vec<Value>> {
    let separator = [';', ','].into_iter().find(|separator| text.contains(*separator)).unwrap_or(' ');
    let parts = text.split([separator, '\n']).map(str::trim).filter(|part| !part.is_empty());
    let parts: Vec<&str> = parts.collect();
    let values: Option<Vec<Value>> = parts
        .iter()
        .map(|part| {
            blocks::json::read(part)
                .ok()
                .filter(|value| matches!(value, Value::Int(_) | Value::Big(_) | Value::Number(_)))
        })
        .collect();
    values.filter(|values| values.len() > 1)
}
