//! Names as Rust writes them.

use std::collections::{HashMap, HashSet};

use blocks::BlockId;

use crate::names;

const RESERVED: &str = "as async await break const continue crate dyn else enum extern false fn for gen if impl in let \
    loop match mod move mut pub ref return self static struct super trait true type unsafe use where while abstract \
    become box do final macro override priv try typeof unsized virtual yield union main test tests std core";

/// What leaves room in the lines that name it.
const LONGEST_PACKAGE: usize = 40;

/// A name for a value or function, and no word of the language.
pub(crate) fn snake(text: &str) -> String {
    let plain: String = text.chars().map(|c| if c.is_ascii() || is_latin(c) { c } else { '_' }).collect();
    let name = names::snake(&plain);
    if RESERVED.split_whitespace().any(|word| word == name) { format!("{name}_") } else { name }
}

/// A name for a package and its crate: letters of ASCII, and none of the crates that are always there.
pub(crate) fn package(text: &str) -> String {
    let plain: String = text.chars().map(|c| if c.is_ascii() { c } else { '_' }).collect();
    let short: String = names::snake(&plain).chars().take(LONGEST_PACKAGE).collect();
    let name = snake(short.trim_end_matches('_'));
    match name.as_str() {
        "alloc" | "json" | "proc_macro" => format!("{name}_program"),
        _ if name.ends_with('_') => format!("{name}program"),
        _ => name,
    }
}

/// Letters of which the compiler says nothing: others may be mistaken for one another.
fn is_latin(c: char) -> bool {
    c.is_alphabetic() && matches!(c, '\u{c0}'..='\u{17f}') && !matches!(c, 'ĳ' | 'Ĳ' | 'ŀ' | 'Ŀ' | 'ŉ' | 'ſ')
}

/// A name for a type: `order_line` as `OrderLine`.
pub(crate) fn pascal(text: &str) -> String {
    snake(text)
        .split('_')
        .flat_map(|part| {
            let mut letters = part.chars();
            let first: Vec<char> = letters.next().into_iter().flat_map(char::to_uppercase).collect();
            first.into_iter().chain(letters.collect::<Vec<_>>())
        })
        .collect()
}

/// One of many: `entries` as `entry`, `lines` as `line`.
pub(crate) fn singular(text: &str) -> String {
    match text {
        _ if text.ends_with("ies") && text.len() > 4 => format!("{}y", &text[..text.len() - 3]),
        _ if text.ends_with("xes") => text[..text.len() - 2].to_owned(),
        _ if text.ends_with("ss") || text.ends_with("us") => text.to_owned(),
        _ if text.ends_with('s') && text.len() > 2 => text[..text.len() - 1].to_owned(),
        _ => text.to_owned(),
    }
}

/// The names of a routine: one for each port, no two alike.
#[derive(Debug)]
pub(crate) struct Scope {
    taken: HashSet<String>,
    names: HashMap<(BlockId, String), String>,
}

impl Scope {
    pub(crate) fn new(taken: impl IntoIterator<Item = String>) -> Self {
        Self { taken: taken.into_iter().collect(), names: HashMap::new() }
    }

    /// A new name for a port: the first wish that is free, else the first with a number.
    pub(crate) fn declare(&mut self, block: &BlockId, port: &str, wishes: &[&str]) -> String {
        let free = wishes.iter().map(|wish| snake(wish)).find(|name| !self.taken.contains(name));
        let name = self.fresh(&free.unwrap_or_else(|| wishes.first().copied().unwrap_or("value").to_owned()));
        self.names.insert((block.clone(), port.to_owned()), name.clone());
        name
    }

    /// A new name, as wished as far as that is free.
    pub(crate) fn fresh(&mut self, wish: &str) -> String {
        let base = snake(wish);
        let mut name = base.clone();
        let mut number = 2;
        while !self.taken.insert(name.clone()) {
            name = format!("{base}{number}");
            number += 1;
        }
        name
    }
}

#[cfg(test)]
mod tests {
    use super::package;

    #[test]
    fn a_package_has_a_name_that_cargo_takes() {
        for (text, name) in [
            ("Invoice Calculator", "invoice_calculator"),
            ("Größe", "gr_e"),
            ("数", "program"),
            ("test", "test_program"),
            ("Match", "match_program"),
            ("JSON", "json_program"),
            ("7 wonders", "program_7_wonders"),
        ] {
            assert_eq!(package(text), name);
        }
        assert_eq!(package(&"long ".repeat(50)).len(), 39);
    }
}
