//! Slots that take text.

use blocks::Value;

use super::Filler;
use crate::fit::Use;
use crate::request::TokenKind;

impl Filler<'_> {
    /// Quoted text, an attachment, what stands behind a colon or on the lines below, or an address.
    pub(super) fn text(&mut self, suits: impl Fn(&str) -> bool) -> Option<Value> {
        self.quoted(&suits).or_else(|| {
            self.written(&suits, |kind| match kind {
                TokenKind::Bare(text) => Some(text),
                _ => None,
            })
        })
    }

    /// The same, but no address.
    pub(super) fn quoted(&mut self, suits: impl Fn(&str) -> bool) -> Option<Value> {
        let quoted = self.written(&suits, |kind| match kind {
            TokenKind::Quoted(text) => Some(text),
            _ => None,
        });
        if quoted.is_some() {
            return quoted;
        }
        if let Some(attachment) = self.request.attachments.get(*self.attached).filter(|text| suits(text)) {
            *self.attached += 1;
            return Some(Value::text(attachment.as_str()));
        }
        if let Some((from, text)) = self.below_or_behind().filter(|(_, text)| suits(text)) {
            self.use_from(from);
            return Some(Value::text(text));
        }
        None
    }

    /// A path, and what is given to the program that it names: `/usr/bin/python3 /opt/bot.py --port 80`.
    pub(super) fn command(&mut self) -> Option<Value> {
        let is_path = |at: usize| matches!(self.tokens().get(at).map(|token| &token.kind), Some(TokenKind::Path(_)));
        let start = |at: usize| &self.request.text[self.tokens()[at].start..];
        let first = (0..self.tokens().len())
            .find(|at| is_path(*at) && self.used[*at] == Use::Free && self.has_cue(*at, *at))?;
        let mut end = first + 1;
        while end < self.tokens().len() && (is_path(end) || start(end).starts_with("--")) {
            let flag = start(end).split_whitespace().next().unwrap_or_default();
            let stop = self.tokens()[end].start + flag.len();
            end += 1;
            while self.tokens().get(end).is_some_and(|token| token.start < stop) {
                end += 1;
            }
            // `--port 8080`
            let valued = flag.starts_with("--") && !flag.contains('=');
            end += usize::from(
                valued && matches!(self.tokens().get(end).map(|next| &next.kind), Some(TokenKind::Number(_))),
            );
        }
        let text = self.request.text[self.tokens()[first].start..self.tokens()[end - 1].end].to_owned();
        self.used[first..end].fill(Use::Taken);
        Some(Value::text(text))
    }

    /// The first unused token with a text that suits.
    fn written(
        &mut self,
        suits: &impl Fn(&str) -> bool,
        text_of: impl Fn(&TokenKind) -> Option<&String>,
    ) -> Option<Value> {
        let (index, text) = (0..self.tokens().len()).find_map(|index| {
            let text = text_of(&self.tokens()[index].kind).filter(|_| self.used[index] == Use::Free)?;
            (suits(text) && self.has_cue(index, index)).then(|| (index, text.clone()))
        })?;
        self.used[index] = Use::Taken;
        Some(Value::text(text))
    }

    /// What stands behind the first line's colon, or below that line: a colon below it belongs to the text.
    fn below_or_behind(&self) -> Option<(usize, String)> {
        let first = self.request.text.find('\n').unwrap_or(self.request.text.len());
        let is_above = |(from, _): &(usize, String)| self.tokens()[*from].start < first;
        let behind = self.behind_colon();
        if behind.as_ref().is_some_and(is_above) { behind } else { self.lines_below().or(behind) }
    }

    /// Two lines or more below the first one, and the token they start at.
    fn lines_below(&self) -> Option<(usize, String)> {
        let (first, below) = self.request.text.split_once('\n').filter(|_| self.colon)?;
        let from = self.tokens().iter().position(|token| token.start > first.len())?;
        let free = self.used[from..].iter().all(|used| *used == Use::Free);
        (free && below.trim().lines().count() > 1).then(|| (from, below.trim().to_owned()))
    }

    /// The text behind the first colon that ends a phrase, and the token it starts at.
    pub(super) fn behind_colon(&self) -> Option<(usize, String)> {
        let colon =
            self.tokens().iter().take_while(|_| self.colon).position(|token| token.kind == TokenKind::Mark(':'))?;
        if self.used[colon..].iter().any(|used| *used != Use::Free) {
            return None;
        }
        let text = self.request.text[self.tokens()[colon].end..].trim();
        (!text.is_empty()).then(|| (colon, text.to_owned()))
    }

    pub(super) fn use_from(&mut self, from: usize) {
        self.used[from..].fill(Use::Swallowed);
    }

    /// Digits as they were written, not the number that they mean: a card number, `1010` in binary, `3fa9` in
    /// hexadecimal. Groups of them may stand apart by spaces and hyphens.
    pub(super) fn digits(&mut self) -> Option<Value> {
        let tokens = self.tokens();
        let starts = |index: usize| matches!(tokens[index].kind, TokenKind::Number(_)) && self.used[index] == Use::Free;
        let (first, last) = (0..tokens.len())
            .filter(|index| starts(*index))
            .map(|first| (first, self.last_digits(first)))
            .find(|(first, last)| self.has_cue(*first, *last))?;
        let text = self.request.text[tokens[first].start..tokens[last].end].to_owned();
        if !text.bytes().all(|byte| byte.is_ascii_hexdigit() || matches!(byte, b' ' | b'-' | b'X' | b'x')) {
            return None;
        }
        self.used[first..=last].fill(Use::Taken);
        Some(Value::text(text))
    }

    /// The last token of digits that start at a place: `1f4` and `4539 1488` are several.
    fn last_digits(&self, first: usize) -> usize {
        let tokens = self.tokens();
        let source = |from: usize, to: usize| &self.request.text[tokens[from].start..tokens[to].end];
        let is_hex = |index: usize| source(index, index).bytes().all(|byte| byte.is_ascii_hexdigit() || byte == b'-');
        let mut last = first;
        for (index, token) in tokens.iter().enumerate().skip(first + 1) {
            let gap = &self.request.text[tokens[last].end..token.start];
            // The check digit of an ISBN may be an X.
            let check = token.word() == Some("x") && gap.is_empty();
            let joins = gap.is_empty() && (is_hex(index) || check)
                || gap == " " && matches!(token.kind, TokenKind::Number(_)) && is_hex(index);
            if self.used[index] != Use::Free || !joins {
                break;
            }
            last = index;
        }
        last
    }

    /// JSON that starts with one of these brackets.
    pub(super) fn json(&mut self, brackets: &[char]) -> Option<Value> {
        let data = (0..self.tokens().len()).find_map(|index| match &self.tokens()[index].kind {
            TokenKind::Data(_, text) if self.used[index] == Use::Free && text.starts_with(brackets) => {
                Some((index, text.clone()))
            }
            _ => None,
        });
        if let Some((index, text)) = data {
            self.used[index] = Use::Taken;
            return Some(Value::text(text));
        }
        self.text(|text| text.trim_start().starts_with(brackets))
    }
}

/// Digits with dots or colons between, and a length of prefix perhaps.
pub(super) fn is_address(text: &str) -> bool {
    text.contains(['.', ':']) && text.bytes().all(|byte| byte.is_ascii_hexdigit() || b".:/".contains(&byte))
}
