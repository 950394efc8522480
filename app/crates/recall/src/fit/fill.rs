//! Filling a recipe's slots from a request.

use blocks::conform::conform;
use blocks::value::Entries;
use blocks::{Type, Value};

use super::{Miss, Use};
use crate::recipe::Recipe;
use crate::request::{Request, Token, TokenKind};
use crate::slots::{Slot, SlotKind};
use crate::vocabulary::{is_harmless, stem};

/// Fills the slots, marks the tokens that were used, and says how many attachments were.
///
/// Without `colon`, what stands behind a colon is part of the request and no text of it.
///
/// Slots with cues come first, then the others in the order of the recipe; each takes the first tokens that suit it.
pub(super) fn fill(
    recipe: &Recipe,
    request: &Request,
    used: &mut [Use],
    colon: bool,
) -> Result<(Entries, usize), Miss> {
    let mut inputs = Entries::new();
    let mut attached = 0;
    let cued = |slot: &&Slot| slot.cues().next().is_some();
    let ordered = recipe.slots.iter().filter(cued).chain(recipe.slots.iter().filter(|slot| !cued(slot)));
    for slot in ordered {
        let mut filler = Filler { request, used, slot, attached: &mut attached, colon };
        let Some(value) = slot.kinds.iter().find_map(|kind| filler.find(kind)) else { continue };
        let ty = recipe
            .program
            .inputs
            .iter()
            .find(|input| input.name == slot.name)
            .map_or(&Type::Unknown, |input| &input.ty);
        let value = conform(value, ty).map_err(Miss::Unfit)?;
        inputs.insert(slot.name.clone(), value);
    }
    Ok((inputs, attached))
}

struct Filler<'a> {
    request: &'a Request,
    used: &'a mut [Use],
    slot: &'a Slot,
    attached: &'a mut usize,
    /// Whether what stands behind a colon may be taken as text.
    colon: bool,
}

impl Filler<'_> {
    fn find(&mut self, kind: &SlotKind) -> Option<Value> {
        match kind {
            SlotKind::Integer => self.one(|token| match &token.kind {
                TokenKind::Number(value @ (Value::Int(_) | Value::Big(_))) => Some(value.clone()),
                _ => None,
            }),
            SlotKind::Ordinal => self.one(|token| match token.kind {
                TokenKind::Ordinal(place) => Some(Value::Int(place)),
                _ => None,
            }),
            SlotKind::Number => self.one(|token| match &token.kind {
                TokenKind::Number(value) => Some(value.clone()),
                _ => None,
            }),
            SlotKind::Date => self.one(|token| match &token.kind {
                TokenKind::Date(date) => Some(Value::text(date.as_str())),
                _ => None,
            }),
            SlotKind::Integers => self.many(|value| matches!(value, Value::Int(_) | Value::Big(_))),
            SlotKind::Numbers => self.many(|value| matches!(value, Value::Int(_) | Value::Big(_) | Value::Number(_))),
            SlotKind::AnyNumbers => self
                .find(&SlotKind::Numbers)
                .or_else(|| self.find(&SlotKind::Number).map(|number| Value::list(vec![number]))),
            SlotKind::Texts => self.texts(),
            SlotKind::Text => self.text(|_| true),
            SlotKind::Json => self.json(),
            SlotKind::Csv => self.text(is_csv),
            SlotKind::Choice(groups) => self.choice(groups),
            SlotKind::Name => self.names(true),
            SlotKind::Names => self.names(false),
            SlotKind::Rest => self.rest(),
        }
    }

    fn tokens(&self) -> &[Token] {
        &self.request.tokens
    }

    /// The first unused token that suits, with its cue.
    fn one(&mut self, suits: impl Fn(&Token) -> Option<Value>) -> Option<Value> {
        let found = (0..self.tokens().len()).find_map(|index| {
            let token = &self.tokens()[index];
            let value = (self.used[index] == Use::Free).then(|| suits(token)).flatten()?;
            self.has_cue(index, index).then_some((index, value))
        });
        found.map(|(index, value)| {
            self.used[index] = Use::Taken;
            value
        })
    }

    /// Whether the slot has no cues, or one of them stands right before `first` or behind `last`.
    fn has_cue(&self, first: usize, last: usize) -> bool {
        if self.slot.after.is_empty() && self.slot.before.is_empty() {
            return true;
        }
        let is_one_of = |cues: &[String], word: &str| cues.iter().any(|cue| stem(cue) == stem(word));
        let before = self.tokens()[..first].iter().rev().filter_map(Token::word);
        let behind = self.tokens()[last + 1..].iter().filter_map(Token::word);
        near(before, &self.slot.after, is_one_of) || near(behind, &self.slot.before, is_one_of)
    }

    /// A bracketed list, or numbers in a row: `3, 5 and 9`.
    fn many(&mut self, suits: impl Fn(&Value) -> bool) -> Option<Value> {
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
                TokenKind::Number(value) if suits(value) => {
                    let row = self.row(index, |token| match &token.kind {
                        TokenKind::Number(value) if suits(value) => Some(value.clone()),
                        _ => None,
                    });
                    // A lone number is no list.
                    if row.len() < 2 {
                        continue;
                    }
                    let last = row.last().map_or(index, |(index, _)| *index);
                    if self.has_cue(index, last) {
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

    /// Tokens that suit, with only commas, semicolons, `and` and `or` between them.
    fn row(&self, first: usize, suits: impl Fn(&Token) -> Option<Value>) -> Vec<(usize, Value)> {
        let mut row = Vec::new();
        for (index, token) in self.tokens().iter().enumerate().skip(first) {
            let joins = matches!(&token.kind, TokenKind::Mark(',' | ';')) || matches!(token.word(), Some("and" | "or"));
            match suits(token).filter(|_| self.used[index] == Use::Free) {
                Some(value) => row.push((index, value)),
                None if joins => {}
                None => break,
            }
        }
        row
    }

    fn take_row(&mut self, row: Vec<(usize, Value)>) -> Value {
        let mut values = Vec::new();
        for (index, value) in row {
            self.used[index] = Use::Taken;
            values.push(value);
        }
        Value::list(values)
    }

    fn texts(&mut self) -> Option<Value> {
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
                TokenKind::Quoted(_) => {
                    let row = self.row(index, |token| match &token.kind {
                        TokenKind::Quoted(text) => Some(Value::text(text.as_str())),
                        _ => None,
                    });
                    return Some(self.take_row(row));
                }
                _ => {}
            }
        }
        let (from, listed) = self.behind_colon()?;
        let parts: Vec<&str> = listed.split([',', ';', '\n']).flat_map(|part| part.split(" and ")).collect();
        let parts: Vec<&str> = parts
            .into_iter()
            .map(|part| part.trim().trim_start_matches("and ").trim_end_matches('.'))
            .filter(|part| !part.is_empty())
            .collect();
        if parts.len() < 2 {
            return None;
        }
        let value = Value::from(parts);
        self.use_from(from);
        Some(value)
    }

    /// Quoted text, an attachment, or what stands behind a colon.
    fn text(&mut self, suits: impl Fn(&str) -> bool) -> Option<Value> {
        let quoted = (0..self.tokens().len()).find_map(|index| match &self.tokens()[index].kind {
            TokenKind::Quoted(text) if self.used[index] == Use::Free && suits(text) && self.has_cue(index, index) => {
                Some((index, text.clone()))
            }
            _ => None,
        });
        if let Some((index, text)) = quoted {
            self.used[index] = Use::Taken;
            return Some(Value::text(text));
        }
        if let Some(attachment) = self.request.attachments.get(*self.attached).filter(|text| suits(text)) {
            *self.attached += 1;
            return Some(Value::text(attachment.as_str()));
        }
        let (from, text) = self.behind_colon()?;
        if !suits(&text) {
            return None;
        }
        self.use_from(from);
        Some(Value::text(text))
    }

    /// The text behind the first colon that ends a phrase, and the token it starts at.
    fn behind_colon(&self) -> Option<(usize, String)> {
        let colon =
            self.tokens().iter().take_while(|_| self.colon).position(|token| token.kind == TokenKind::Mark(':'))?;
        if self.used[colon..].iter().any(|used| *used != Use::Free) {
            return None;
        }
        let text = self.request.text[self.tokens()[colon].end..].trim();
        (!text.is_empty()).then(|| (colon, text.to_owned()))
    }

    fn use_from(&mut self, from: usize) {
        self.used[from..].fill(Use::Swallowed);
    }

    fn json(&mut self) -> Option<Value> {
        let data = (0..self.tokens().len()).find_map(|index| match &self.tokens()[index].kind {
            TokenKind::Data(_, text) if self.used[index] == Use::Free => Some((index, text.clone())),
            _ => None,
        });
        if let Some((index, text)) = data {
            self.used[index] = Use::Taken;
            return Some(Value::text(text));
        }
        self.text(|text| text.trim_start().starts_with(['{', '[']))
    }

    fn choice(&mut self, groups: &[Vec<String>]) -> Option<Value> {
        for index in 0..self.tokens().len() {
            let Some(word) = self.tokens()[index].word().filter(|_| self.used[index] == Use::Free) else { continue };
            let group = groups.iter().find(|group| group.iter().any(|have| have == word || stem(have) == stem(word)));
            if let Some(value) = group.and_then(|group| group.first())
                && self.has_cue(index, index)
            {
                let value = Value::text(value.as_str());
                self.used[index] = Use::Taken;
                return Some(value);
            }
        }
        None
    }

    /// A word, or words in a row, behind a cue.
    fn names(&mut self, single: bool) -> Option<Value> {
        for index in 1..self.tokens().len() {
            if self.used[index] != Use::Free || !self.is_name(index) || !self.has_cue(index, index) {
                continue;
            }
            if single {
                self.used[index] = Use::Taken;
                return Some(Value::text(self.name(index)));
            }
            let mut names = Vec::new();
            for at in index..self.tokens().len() {
                let token = &self.tokens()[at];
                if matches!(token.kind, TokenKind::Mark(',')) || matches!(token.word(), Some("and")) {
                    continue;
                }
                let follows = at == index
                    || matches!(self.tokens()[at - 1].kind, TokenKind::Mark(','))
                    || matches!(self.tokens()[at - 1].word(), Some("and"));
                if !follows || !(self.is_name(at) || self.is_listed(at)) || self.used[at] != Use::Free {
                    break;
                }
                names.push(self.name(at));
                self.used[at] = Use::Taken;
            }
            return Some(Value::from(names));
        }
        None
    }

    /// Whether a word that says nothing elsewhere is a name here: it stands behind a comma, or is the last of a list.
    fn is_listed(&self, index: usize) -> bool {
        let tokens = self.tokens();
        let ends = tokens.get(index + 1).is_none_or(|next| matches!(next.kind, TokenKind::Mark(_)));
        let behind_comma = matches!(tokens[index - 1].kind, TokenKind::Mark(','));
        tokens[index].word().is_some_and(|word| word != "and")
            && (ends || behind_comma && !self.is_harmless_pair(index))
    }

    /// Two words in a row that say nothing are the rest of the sentence: `…, and give me`.
    fn is_harmless_pair(&self, index: usize) -> bool {
        let harmless = |at: usize| self.tokens().get(at).and_then(Token::word).is_some_and(is_harmless);
        harmless(index) && harmless(index + 1) && self.tokens()[index + 1].word() != Some("and")
    }

    fn is_name(&self, index: usize) -> bool {
        match &self.tokens()[index].kind {
            TokenKind::Word(word) => !is_harmless(word) || word == "id" || word == "value" || word == "name",
            TokenKind::Quoted(text) => !text.contains(char::is_whitespace),
            _ => false,
        }
    }

    /// The name as it was written.
    fn name(&self, index: usize) -> String {
        let token = &self.tokens()[index];
        match &token.kind {
            TokenKind::Quoted(text) => text.clone(),
            _ => self.request.text[token.start..token.end].to_owned(),
        }
    }

    /// All that follows a cue, to the end of the sentence.
    fn rest(&mut self) -> Option<Value> {
        let cue = (0..self.tokens().len()).find(|index| {
            let word = self.tokens()[*index].word().map(stem);
            self.used[*index] == Use::Free
                && word.is_some_and(|word| self.slot.after.iter().any(|cue| stem(cue) == word))
        })?;
        let end = (cue + 1..self.tokens().len())
            .find(|index| {
                let token = &self.tokens()[*index];
                matches!(token.kind, TokenKind::Mark('.' | '!' | '?' | ';'))
                    || self.request.text[self.tokens()[index - 1].end..token.start].contains('\n')
            })
            .unwrap_or(self.tokens().len());
        if end == cue + 1 {
            return None;
        }
        let text = self.request.text[self.tokens()[cue + 1].start..self.tokens()[end - 1].end]
            .trim_matches(['"', '\''])
            .to_owned();
        self.used[cue] = Use::Taken;
        self.used[cue + 1..end].fill(Use::Swallowed);
        Some(Value::text(text))
    }
}

/// Whether the nearest word that says something is a cue; cues may be harmless words themselves.
fn near<'a>(
    words: impl Iterator<Item = &'a str>,
    cues: &[String],
    is_one_of: impl Fn(&[String], &str) -> bool,
) -> bool {
    if cues.is_empty() {
        return false;
    }
    for word in words {
        if is_one_of(cues, word) {
            return true;
        }
        if !is_harmless(word) {
            return false;
        }
    }
    false
}

/// Several lines with a separator in each.
fn is_csv(text: &str) -> bool {
    let lines: Vec<&str> = text.lines().filter(|line| !line.trim().is_empty()).collect();
    lines.len() >= 2 && [',', ';', '\t', '|'].iter().any(|separator| lines.iter().all(|line| line.contains(*separator)))
}

/// Numbers in a quoted text: `"3, 1, 2"`.
fn listed_numbers(text: &str) -> Option<Vec<Value>> {
    let parts: Vec<&str> = text.split([',', ' ', '\n', ';']).filter(|part| !part.is_empty()).collect();
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
