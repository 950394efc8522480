//! Names in the target's own style.

use std::collections::{HashMap, HashSet};

use blocks::BlockId;

use crate::Target;

const PYTHON: &str = "False None True and as assert async await break class continue def del elif else except finally for \
    from global if import in is lambda nonlocal not or pass raise return try while with yield match case type print input \
    len list map filter sum min max abs round int float str bool dict set sorted range zip any all next id hash bytes json \
    math re base64 hashlib hmac datetime calendar random re unicodedata urllib sys enumerate ord chr repr hasattr";
const JAVASCRIPT: &str = "break case catch class const continue debugger default delete do else enum export extends false \
    finally for function if implements import in instanceof interface let new null package private protected public \
    return static super switch this throw true try typeof var void while with yield await async of eval arguments \
    undefined NaN Infinity Math Number String Array Object Map Set JSON Date console BigInt Buffer Boolean RegExp TextDecoder assert test";

/// `Nth Fibonacci number` as `nth_fibonacci_number`.
pub(crate) fn snake(text: &str) -> String {
    let mut out = String::new();
    let mut previous_lower = false;
    for character in text.chars() {
        if character.is_alphanumeric() {
            if character.is_uppercase() && previous_lower {
                out.push('_');
            }
            previous_lower = character.is_lowercase() || character.is_numeric();
            out.extend(character.to_lowercase());
        } else {
            previous_lower = false;
            if !out.is_empty() && !out.ends_with('_') {
                out.push('_');
            }
        }
    }
    let trimmed = out.trim_matches('_').to_owned();
    if trimmed.is_empty() || trimmed.starts_with(|c: char| c.is_numeric()) {
        format!("program_{trimmed}")
    } else {
        trimmed
    }
}

/// `nth_fibonacci_number` as `nthFibonacciNumber`.
pub(crate) fn camel(text: &str) -> String {
    let mut parts = snake(text).split('_').map(str::to_owned).collect::<Vec<_>>().into_iter();
    let first = parts.next().unwrap_or_default();
    parts.fold(first, |mut out, part| {
        let mut characters = part.chars();
        out.extend(characters.next().into_iter().flat_map(char::to_uppercase));
        out.push_str(characters.as_str());
        out
    })
}

/// A name as the target writes it, and not one of its own words.
pub(crate) fn styled(text: &str, target: Target) -> String {
    let (name, reserved) = match target {
        Target::Python => (snake(text), PYTHON),
        Target::JavaScript | Target::TypeScript => (camel(text), JAVASCRIPT),
    };
    if reserved.split_whitespace().any(|word| word == name) { format!("{name}_") } else { name }
}

/// The variables of a routine: a name for each port, no two alike.
#[derive(Debug)]
pub(crate) struct Scope {
    target: Target,
    taken: HashSet<String>,
    names: HashMap<(BlockId, String), String>,
}

impl Scope {
    pub(crate) fn new(target: Target, taken: impl IntoIterator<Item = String>) -> Self {
        Self { target, taken: taken.into_iter().collect(), names: HashMap::new() }
    }

    /// A new variable for a port, named as wished as far as that is free.
    pub(crate) fn declare(&mut self, block: &BlockId, port: &str, wish: &str) -> String {
        let name = self.fresh(wish);
        self.names.insert((block.clone(), port.to_owned()), name.clone());
        name
    }

    pub(crate) fn fresh(&mut self, wish: &str) -> String {
        let base = styled(wish, self.target);
        let mut name = base.clone();
        let mut number = 2;
        while !self.taken.insert(name.clone()) {
            name = format!("{base}{number}");
            number += 1;
        }
        name
    }

    pub(crate) fn get(&self, block: &BlockId, port: &str) -> String {
        self.names.get(&(block.clone(), port.to_owned())).cloned().unwrap_or_else(|| "undefined_value".to_owned())
    }
}
