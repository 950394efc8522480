//! Filling a recipe's slots from a request.

mod calculation;
mod chain;
mod conditions;
mod grouping;
mod lists;
mod names;
mod repeated;
mod schedule;
mod texts;

use blocks::conform::conform;
use blocks::value::Entries;
use blocks::{Type, Value};

use super::{Miss, Use};
use crate::recipe::Recipe;
use crate::request::{Request, Token, TokenKind, is_cron, is_date_form, is_roman};
use crate::slots::{Slot, SlotKind};
use crate::vocabulary::{is_harmless, stem};

/// Fills the slots, marks the tokens that were used, and says how many attachments were.
///
/// Without `colon`, what stands behind a colon is part of the request and no text of it.
///
/// Slots whose form says enough come first, those with cues next, then the others in the order of the recipe; each takes the first tokens that suit it.
pub(super) fn fill(
    recipe: &Recipe,
    request: &Request,
    used: &mut [Use],
    colon: bool,
) -> Result<(Entries, usize), Miss> {
    let mut inputs = Entries::default();
    let mut attached = 0;
    let mut others = Vec::new();
    let plain = |slot: &&Slot| slot.is_plain();
    let cued = |slot: &&Slot| slot.cues().next().is_some() && !slot.is_plain();
    let others_of = |slot: &&Slot| !cued(slot) && !plain(slot);
    let slots = || recipe.slots.iter();
    let ordered = slots().filter(plain).chain(slots().filter(cued)).chain(slots().filter(others_of));
    for slot in ordered {
        // Of several ways to find an input the first that finds it counts.
        if inputs.contains_key(&slot.name) {
            continue;
        }
        let mut filler = Filler { recipe, request, used, slot, attached: &mut attached, colon, others: &mut others };
        let Some(value) = slot.kinds.iter().find_map(|kind| filler.find(kind)) else { continue };
        let ty = recipe
            .program
            .inputs
            .iter()
            .find(|input| input.name == slot.name)
            .map_or(&Type::Unknown, |input| &input.ty);
        let is_json = matches!(slot.kinds.as_slice(), [SlotKind::Json | SlotKind::Object]);
        if let Some(key) = value.as_text().filter(|_| is_json).and_then(repeated::repeated_key) {
            return Err(Miss::Unfit(format!("the key \"{key}\" is there twice")));
        }
        // JSON is handed on as text only where text is wanted.
        let value = match &value {
            Value::Text(text) if slot.kinds == [SlotKind::Json] && *ty != Type::Text => {
                blocks::json::read(text).map_err(|_| Miss::Unfit("the JSON cannot be read".to_owned()))?
            }
            _ => value,
        };
        let value = conform(value, ty).map_err(Miss::Unfit)?;
        if let [SlotKind::Choice(groups)] = slot.kinds.as_slice() {
            others.extend(unchosen(groups, request, &value));
        }
        inputs.insert(slot.name.clone(), value);
    }
    // `for users and posts`, `even and odd`: a second value that no other slot took would be lost.
    for other in others {
        if used[other] == Use::Free {
            used[other] = Use::Lost;
        }
    }
    Ok((inputs, attached))
}

/// The places of words that a choice could have been, but is not: `even and odd`. `from newest to oldest` says one
/// thing only.
fn unchosen(groups: &[Vec<String>], request: &Request, chosen: &Value) -> Vec<usize> {
    let is_other = |group: &&Vec<String>| group.first().map(String::as_str) != chosen.as_text();
    let is_one = |word: &str| groups.iter().filter(is_other).flatten().any(|other| other == word);
    let word = |index: usize| request.tokens[index].word().unwrap_or_default();
    let is_end = |index: usize| index > 0 && word(index - 1) == "to";
    (0..request.tokens.len())
        .filter(|index| is_one(word(*index)) && !is_harmless(word(*index)) && !is_end(*index))
        .collect()
}

struct Filler<'a> {
    recipe: &'a Recipe,
    request: &'a Request,
    used: &'a mut [Use],
    slot: &'a Slot,
    attached: &'a mut usize,
    /// Whether what stands behind a colon may be taken as text.
    colon: bool,
    /// The places of names that are joined to one that was taken.
    others: &'a mut Vec<usize>,
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
                TokenKind::Quoted(text) => crate::request::date(text).map(Value::text),
                _ => None,
            }),
            SlotKind::DateForm => self.one(|token| match &token.kind {
                TokenKind::Bare(text) | TokenKind::Quoted(text) if is_date_form(text) => {
                    Some(Value::text(text.as_str()))
                }
                _ => None,
            }),
            SlotKind::Image => self.image(),
            SlotKind::Bounds => self.bounds(),
            SlotKind::Chain => self.chain(false),
            SlotKind::Messages => self.chain(true),
            SlotKind::Cron => self.text(is_cron),
            SlotKind::Address => self.text(texts::is_address),
            SlotKind::Path => self.one(|token| match &token.kind {
                TokenKind::Path(path) => Some(Value::text(path.as_str())),
                _ => None,
            }),
            SlotKind::Prefix => self.one(|token| match &token.kind {
                TokenKind::Bare(text) => text.strip_prefix('/').and_then(|digits| digits.parse().ok()).map(Value::Int),
                _ => None,
            }),
            SlotKind::Roman => {
                let text = &self.request.text;
                self.one(|token| {
                    let written = token.word().map(|_| &text[token.start..token.end]);
                    written.filter(|word| word.len() > 1 && is_roman(word)).map(Value::text)
                })
            }
            SlotKind::Integers => self.many(|value| matches!(value, Value::Int(_) | Value::Big(_))),
            SlotKind::Numbers => self.many(|value| matches!(value, Value::Int(_) | Value::Big(_) | Value::Number(_))),
            SlotKind::AnyNumbers => self
                .find(&SlotKind::Numbers)
                .or_else(|| self.find(&SlotKind::Number).map(|number| Value::list(vec![number]))),
            SlotKind::Texts => self.texts(),
            SlotKind::Text => self.text(|_| true),
            SlotKind::Quoted => self.quoted(|_| true),
            SlotKind::Digits => self.digits(),
            SlotKind::Identifier => self.identifier(),
            SlotKind::Word(cues) => self.word(cues),
            SlotKind::Json => self.json(&['{', '[']),
            SlotKind::Object => self.json(&['{']),
            SlotKind::Csv => self.text(crate::request::is_csv),
            SlotKind::Choice(groups) => self.choice(groups),
            SlotKind::Name => self.name(),
            SlotKind::Names => self.names(false, false),
            SlotKind::Fields => self.names(true, false),
            SlotKind::Phrases => self.names(false, true),
            SlotKind::Command => self.command(),
            SlotKind::Rest => self.rest(),
            SlotKind::Conditions => self.conditions(),
            SlotKind::Schedule => self.schedule(),
            SlotKind::Assignments => self.assignments(),
            SlotKind::Calculation => self.calculation(),
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
        near(self.tokens()[..first].iter().rev(), &self.slot.after)
            || near(self.tokens()[self.behind_counted(last)..].iter(), &self.slot.before)
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
}

/// Whether the nearest word that says something is a cue; cues may be harmless words themselves. A cue does not reach
/// over another value: in `1000 at 5% for 10 years` the years belong to the 10.
fn near<'a>(tokens: impl Iterator<Item = &'a Token>, cues: &[String]) -> bool {
    if cues.is_empty() {
        return false;
    }
    for token in tokens {
        match &token.kind {
            TokenKind::Word(word) if cues.iter().any(|cue| cue == word || stem(cue) == stem(word)) => return true,
            TokenKind::Word(word) if !is_harmless(word) => return false,
            // `products (name, price)`
            TokenKind::Mark(mark) if cues.iter().any(|cue| cue.chars().eq([*mark])) => return true,
            // Nor over the end of a sentence.
            TokenKind::Mark('.' | '!' | '?' | ';') => return false,
            TokenKind::Word(_) | TokenKind::Mark(_) => {}
            _ => return false,
        }
    }
    false
}
