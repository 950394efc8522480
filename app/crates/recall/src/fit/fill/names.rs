//! Slots that take words of the request as they were written.

use blocks::Value;

use super::Filler;
use crate::fit::Use;
use crate::language::{Language, is_foreign};
use crate::request::{SLASH, Token, TokenKind};
use crate::slots::SlotKind;
use crate::vocabulary::{is_harmless, stands_for_a_thing, stem};

impl Filler<'_> {
    /// A name behind a cue, as it was written. A word that the recipe does not know is the likelier one.
    pub(super) fn name(&mut self) -> Option<Value> {
        let known = |index: &usize| self.tokens()[*index].word().is_some_and(|word| self.recipe.knows(word));
        let mut places = self.cued_names();
        let index = places.clone().find(|index| !known(index)).or_else(|| places.next())?;
        drop(places);
        let end = self.name_end(index);
        let name = if end == index { self.written_name(index) } else { self.source(index, end) };
        self.used[index..=end].fill(Use::Taken);
        let second = self.second_name(end);
        self.others.extend(second);
        Some(Value::text(name))
    }

    /// The place of a name that is joined to the one that ends at `end`: it ends the phrase, so no other slot has it.
    fn second_name(&self, end: usize) -> Option<usize> {
        let tokens = self.tokens();
        let joined = tokens.get(end + 1).is_some_and(|token| {
            matches!(token.kind, TokenKind::Mark(',' | '&')) || matches!(token.word(), Some("and" | "or"))
        });
        let second = end + 2;
        let word = tokens.get(second).and_then(Token::word).filter(|word| !is_harmless(word))?;
        let last = self.name_end(second);
        let ends = tokens.get(last + 1).is_none_or(|next| {
            matches!(next.kind, TokenKind::Mark('.' | '?' | '!' | ';'))
                || matches!(next.word(), Some("in" | "with" | "using" | "for" | "on" | "please" | "and" | "or"))
        });
        let language = Language::of_word(word).is_some() || self.is_needed(second);
        (joined && ends && !language && self.used[second] == Use::Free).then_some(second)
    }

    /// Whether a word is by itself one that the recipe needs: `…, SQL`.
    fn is_needed(&self, at: usize) -> bool {
        let stem = &self.request.stems[at];
        self.recipe.needs.iter().flatten().any(|phrase| phrase.len() == 1 && phrase[0] == *stem)
    }

    /// Names in a row behind a cue: `id, name and email`; if `typed`, each perhaps with its type; if `wide`, of up to
    /// three words each.
    pub(super) fn names(&mut self, typed: bool, wide: bool) -> Option<Value> {
        // A word that the recipe knows begins no list unless another name is joined to it: `a query for id and name`.
        let known = |index: usize| self.tokens()[index].word().is_some_and(|word| self.recipe.knows(word));
        let joined = |index: usize| index + 1 < self.tokens().len() && self.joins_names(index + 1);
        // `all columns`: what another slot chooses from is no name either.
        let mut places = self.cued_names().filter(|index| !self.is_choice(*index));
        let first = places.clone().find(|index| !known(*index) || joined(*index)).or_else(|| places.next());
        drop(places);
        let mut first = first?;
        // `the host "cdn.x.io"`: the quoted name is meant, not what it is called.
        let quoted = |at: usize| matches!(self.tokens().get(at).map(|token| &token.kind), Some(TokenKind::Quoted(_)));
        if !quoted(first) && quoted(first + 1) && self.used[first + 1] == Use::Free {
            first += 1;
        }
        let mut names = Vec::new();
        let mut at = first;
        while at < self.tokens().len() {
            if self.joins_names(at) {
                at += 1;
                continue;
            }
            let follows = at == first || self.joins_names(at - 1);
            if !follows || !(self.is_name(at) || self.is_listed(at)) || self.used[at] != Use::Free {
                break;
            }
            let last = if wide { self.phrase_end(at) } else { at };
            let name = if last > at { self.source(at, last) } else { self.written_name(at) };
            let noted = if typed { self.type_behind(at) } else { None };
            let end = noted.as_ref().map_or(last, |(_, end)| *end);
            self.used[at..=end].fill(Use::Taken);
            names.push(noted.map_or(name.clone(), |(word, _)| format!("{name}:{word}")));
            at = end + 1;
        }
        Some(Value::from(names))
    }

    /// The last word of a name of several words: `payment provider`.
    fn phrase_end(&self, at: usize) -> usize {
        let goes_on = |at: usize| {
            let spaced = self.request.text[self.tokens()[at - 1].end..self.tokens()[at].start] == *" ";
            spaced && self.used[at] == Use::Free && self.tokens()[at].word().is_some_and(|word| !is_harmless(word))
        };
        let most = self.tokens().len().min(at + 3);
        (at + 1..most).take_while(|next| goes_on(*next)).last().unwrap_or(at)
    }

    /// The type noted behind a name, and where the note ends: `(int)`, `: string`, `as a boolean`, `text`.
    fn type_behind(&self, name: usize) -> Option<(String, usize)> {
        let tokens = self.tokens();
        let opens = |at: &usize| match tokens.get(*at) {
            Some(Token { kind: TokenKind::Mark('(' | ':'), .. }) => true,
            Some(token) => matches!(token.word(), Some("as" | "a" | "an" | "of" | "type" | "is")),
            None => false,
        };
        let at = (name + 1..tokens.len()).find(|at| !opens(at))?;
        let word = tokens[at].word().filter(|word| is_type(word))?;
        let bracketed = tokens[name + 1].kind == TokenKind::Mark('(');
        let closes = tokens.get(at + 1).is_some_and(|next| next.kind == TokenKind::Mark(')'));
        (self.used[name + 1..=at].iter().all(|used| *used == Use::Free) && bracketed == closes)
            .then(|| (word.to_owned(), if closes { at + 1 } else { at }))
    }

    /// The places of unused names that stand behind a cue.
    fn cued_names(&self) -> impl Iterator<Item = usize> + Clone + '_ {
        // What introduces a name is none: `with the fields id and name`.
        let is_cue =
            |index: usize| self.tokens()[index].word().is_some_and(|word| self.slot.cues().any(|cue| cue == word));
        let fits = move |index: &usize| {
            self.used[*index] == Use::Free && self.is_name(*index) && !is_cue(*index) && self.has_cue(*index, *index)
        };
        (1..self.tokens().len()).filter(fits)
    }

    /// Whether a word is one that a slot of the recipe chooses from.
    fn is_choice(&self, index: usize) -> bool {
        let Some(word) = self.tokens()[index].word() else { return false };
        let kinds = self.recipe.slots.iter().flat_map(|slot| &slot.kinds);
        let groups = kinds.filter_map(|kind| if let SlotKind::Choice(groups) = kind { Some(groups) } else { None });
        groups.flatten().flatten().any(|choice| choice == word)
    }

    fn joins_names(&self, index: usize) -> bool {
        matches!(self.tokens()[index].kind, TokenKind::Mark(',')) || self.tokens()[index].word() == Some("and")
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
        let tokens = self.tokens();
        // `my-api` is one name, though `my` says nothing; `api` in it is none by itself.
        let glued = |at: usize| tokens.get(at).is_some_and(|token| token.kind == TokenKind::Mark('-'));
        let begins = index == 0
            || !glued(index - 1)
            || tokens[index - 1].end != tokens[index].start
            || index < 2
            || tokens[index - 2].end != tokens[index - 1].start;
        match &tokens[index].kind {
            TokenKind::Word(word) => {
                let compound = glued(index + 1)
                    && tokens[index].end == tokens[index + 1].start
                    && tokens.get(index + 2).is_some_and(|next| next.start == tokens[index + 1].end);
                begins && (compound || !is_harmless(word) || matches!(word.as_str(), "id" | "value" | "name"))
            }
            TokenKind::Quoted(text) | TokenKind::Bare(text) => !text.contains(char::is_whitespace),
            _ => false,
        }
    }

    fn written_name(&self, index: usize) -> String {
        match &self.tokens()[index].kind {
            TokenKind::Quoted(text) | TokenKind::Bare(text) => text.clone(),
            _ => self.source(index, index),
        }
    }

    /// The text from one token to another.
    fn source(&self, first: usize, last: usize) -> String {
        self.request.text[self.tokens()[first].start..self.tokens()[last].end].to_owned()
    }

    /// The last token of a name: what follows without a space belongs to it, as in `orders-api` and `img/logo:2`.
    fn name_end(&self, index: usize) -> usize {
        let tokens = self.tokens();
        let mut end = index;
        while let Some(next) = tokens.get(end + 1) {
            let joined = next.start == tokens[end].end && self.used[end + 1] == Use::Free;
            let ends = tokens.get(end + 2).is_none_or(|after| after.start != next.end);
            let fits = match next.kind {
                TokenKind::Mark('-' | '/' | SLASH | ':' | '@' | '.') => !ends,
                TokenKind::Word(_) | TokenKind::Number(_) | TokenKind::Bare(_) => true,
                _ => false,
            };
            if !joined || !fits {
                break;
            }
            end += 1;
        }
        end
    }

    /// An image of a container with its tag.
    pub(super) fn image(&mut self) -> Option<Value> {
        let (first, last) = (0..self.tokens().len()).find_map(|first| {
            let begins = first == 0 || self.tokens()[first - 1].end < self.tokens()[first].start;
            let last = self.name_end(first);
            let word = self.tokens()[first].word().is_some() && self.used[first] == Use::Free;
            (begins && word && is_image(&self.source(first, last))).then_some((first, last))
        })?;
        let text = self.source(first, last);
        self.used[first..=last].fill(Use::Taken);
        Some(Value::text(text))
    }

    /// A name in programmers' writing that the recipe does not speak of itself: in `my_var to camelCase` the first one.
    pub(super) fn identifier(&mut self) -> Option<Value> {
        let tokens = self.tokens();
        let is_new = |at: usize| tokens[at].word().is_some_and(|word| !self.recipe.knows(word));
        let (first, last) = (0..tokens.len()).find_map(|first| {
            let last = self.name_end(first);
            let parts = &self.request.parts[first];
            let spoken = parts.last().is_some_and(|part| part == "case");
            let plain = self.source(first, last).chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-'));
            let fits = tokens[first].word().is_some() && plain && !spoken && (last > first || !parts.is_empty());
            (self.used[first] == Use::Free && fits && (first..=last).any(is_new)).then_some((first, last))
        })?;
        let text = self.source(first, last);
        self.used[first..=last].fill(Use::Swallowed);
        Some(Value::text(text))
    }

    /// A bare word right behind one of the cues, or where the request starts if `^` is one, which neither the recipe nor everyday speech knows: `is racecar a
    /// palindrome`. Words that stand for a thing elsewhere (`file`, `password`) are never taken for themselves.
    pub(super) fn word(&mut self, cues: &[String]) -> Option<Value> {
        let tokens = self.tokens();
        let index = (0..tokens.len()).find(|index| {
            let before = index.checked_sub(1).map_or(Some("^"), |before| tokens[before].word());
            let cued = before.is_some_and(|word| cues.iter().any(|cue| cue == word));
            cued && self.used[*index] == Use::Free && tokens[*index].word().is_some_and(|word| self.is_bare(word))
        })?;
        let mut end = self.name_end(index);
        // `hello world`
        while let Some(next) = tokens.get(end + 1)
            && self.request.text[tokens[end].end..next.start] == *" "
            && next.word().is_some_and(|word| self.is_bare(word))
        {
            end = self.name_end(end + 1);
        }
        let text = self.source(index, end);
        self.used[index..=end].fill(Use::Swallowed);
        Some(Value::text(text))
    }

    /// Whether a word can only mean itself; what people try things with is not taken for talk.
    pub(super) fn is_bare(&self, word: &str) -> bool {
        let sample = matches!(word, "hello" | "hi" | "hey" | "foo" | "bar" | "test" | "example");
        let language = Language::of_word(word).is_some() || is_foreign(word);
        let file = word.rsplit_once('.').is_some_and(|(_, end)| end.chars().all(char::is_alphabetic));
        (sample || !self.recipe.knows(word)) && !stands_for_a_thing(word) && !language && !file
    }

    /// The end of a rest without what names the kind of answer: `…, price and stock in SQL`.
    fn without_tail(&self, cue: usize, end: usize) -> usize {
        let word = |at: usize| self.tokens().get(at).and_then(Token::word).unwrap_or_default();
        let last = end - 1;
        let needed = |at: usize| self.is_needed(at);
        let named_before =
            (0..=cue).any(|at| !self.request.stems[at].is_empty() && needed(at) && word(at) != word(cue));
        let is_tail = last > cue + 2 && matches!(word(last - 1), "in" | "using") && needed(last);
        if is_tail && !named_before { last - 1 } else { end }
    }

    /// All that follows a cue, to the end of the sentence.
    pub(super) fn rest(&mut self) -> Option<Value> {
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
        let end = self.without_tail(cue, end);
        if end == cue + 1 {
            return None;
        }
        let text = self.request.text[self.tokens()[cue + 1].start..self.tokens()[end - 1].end]
            // `the table: users with …`
            .trim_start_matches([':', ' '])
            .trim_matches(['"', '\''])
            .to_owned();
        self.used[cue] = Use::Taken;
        self.used[cue + 1..end].fill(Use::Swallowed);
        Some(Value::text(text))
    }
}

/// Whether a text names an image and its tag: `redis:7`, `acme/report:1.0`.
fn is_image(text: &str) -> bool {
    let part = |text: &str| {
        !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"._-".contains(&byte))
    };
    text.rsplit_once(':').is_some_and(|(name, tag)| part(tag) && name.split('/').all(part))
}

/// Whether a word names a type of a field.
fn is_type(word: &str) -> bool {
    matches!(
        word,
        "int" | "integer" | "str" | "string" | "text" | "bool" | "boolean" | "float" | "double" | "decimal" | "number"
    )
}
