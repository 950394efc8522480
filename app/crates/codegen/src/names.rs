//! Names in the target's own style.

use std::collections::{HashMap, HashSet};

use blocks::BlockId;

use crate::Dynamic;

/// Keywords, what is built in, and the modules that generated code imports: a name of one would hide it.
const PYTHON: &str = "False None True and as assert async await break class continue def del elif else except finally for from global \
    if import in is lambda nonlocal not or pass raise return try while with yield case match type abs aiter all \
    anext any ascii bin bool breakpoint bytearray bytes callable chr classmethod compile complex copyright credits \
    delattr dict dir divmod enumerate eval exec exit filter float format frozenset getattr globals hasattr hash help \
    hex id input int isinstance issubclass iter len license list locals map max memoryview min next object oct open \
    ord pow print property quit range repr reversed round set setattr slice sorted staticmethod str sum super tuple \
    vars zip base64 calendar datetime hashlib hmac html json math os pathlib pytest random re sqlite3 sys time \
    unicodedata urllib effects";
const JAVASCRIPT: &str = "break case catch class const continue debugger default delete do else enum export extends false \
    finally for function if implements import in instanceof interface let new null package private protected public \
    return static super switch this throw true try typeof var void while with yield await async of eval arguments \
    undefined NaN Infinity Math Number String Array Object Map Set JSON Date console BigInt Buffer Boolean RegExp Error \
    TextDecoder AbortSignal process fetch parseInt encodeURIComponent decodeURIComponent setTimeout createHash createHmac \
    dirname createInterface appendFileSync mkdirSync readFileSync readdirSync unlinkSync writeFileSync effects assert test \
    given result text";
/// Modules of Python that a file beside generated code must not be called like: the code, or what it uses, imports them.
const MODULES: &str = "abc argparse array ast base64 bisect calendar codecs collections copy csv datetime decimal email enum \
    errno functools hashlib heapq hmac html http inspect io ipaddress itertools json keyword locale logging main math \
    numbers operator os pathlib pickle platform pytest queue random re secrets select selectors shutil signal site socket \
    sqlite3 ssl stat statistics string struct subprocess sys tempfile test threading time token tokenize traceback types \
    typing unicodedata unittest urllib uuid warnings weakref zlib";

/// The name of a program's module.
pub(crate) fn module(name: &str) -> String {
    let name = snake(name);
    if MODULES.split_whitespace().any(|module| module == name) { format!("{name}_program") } else { name }
}

/// Whether every target takes a character in a name: digits, and letters of some scripts.
fn is_plain(character: char) -> bool {
    let known = matches!(character, 'À'..='ʯ' | 'Ͱ'..='ԯ' | 'ぁ'..='ヿ' | '一'..='鿿' | '가'..='힣');
    character.is_ascii_alphanumeric() || known && character.is_alphabetic()
}

/// `Nth Fibonacci number` as `nth_fibonacci_number`.
pub(crate) fn snake(text: &str) -> String {
    let mut out = String::new();
    let mut previous_lower = false;
    for character in text.chars() {
        if is_plain(character) {
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
pub(crate) fn styled(text: &str, target: Dynamic) -> String {
    let (name, reserved) = match target {
        Dynamic::Python => (snake(text), PYTHON),
        Dynamic::JavaScript | Dynamic::TypeScript => (camel(text), JAVASCRIPT),
    };
    if reserved.split_whitespace().any(|word| word == name) { format!("{name}_") } else { name }
}

/// The variables of a routine: a name for each port, no two alike.
#[derive(Debug)]
pub(crate) struct Scope {
    target: Dynamic,
    taken: HashSet<String>,
    names: HashMap<(BlockId, String), String>,
}

impl Scope {
    pub(crate) fn new(target: Dynamic, taken: impl IntoIterator<Item = String>) -> Self {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_what_every_target_takes() {
        for (text, python, javascript) in [
            ("Nth Fibonacci number", "nth_fibonacci_number", "nthFibonacciNumber"),
            ("x² + Ⓐ", "x", "x"),
            ("größeÄnderung", "größe_änderung", "größeÄnderung"),
            ("class", "class_", "class_"),
            ("fetch", "fetch", "fetch_"),
            ("isinstance", "isinstance_", "isinstance"),
            ("html", "html_", "html"),
            ("super", "super_", "super_"),
            ("effects", "effects_", "effects_"),
            ("7 wonders", "program_7_wonders", "program7Wonders"),
        ] {
            assert_eq!(styled(text, Dynamic::Python), python);
            assert_eq!(styled(text, Dynamic::JavaScript), javascript);
        }
    }

    /// A block called `html`, `super` or `float` hid what the functions of the module call.
    #[test]
    fn no_name_hides_what_python_has_built_in() {
        let script = "import builtins, keyword; print(*keyword.kwlist, *dir(builtins))";
        let output = std::process::Command::new("python3").args(["-c", script]).output().unwrap();
        let names = String::from_utf8(output.stdout).unwrap();
        let small = names.split_whitespace().filter(|name| name.starts_with(|c: char| c.is_ascii_lowercase()));
        let hidden: Vec<&str> = small.filter(|name| styled(name, Dynamic::Python) == *name).collect();
        assert!(names.contains("isinstance") && hidden.is_empty(), "{hidden:?}");
    }

    /// A program called Random became `random.py`, which Python then imported in place of its own module.
    #[test]
    fn a_module_is_not_called_like_one_of_python() {
        assert_eq!(module("Random"), "random_program");
        assert_eq!(module("Random walk"), "random_walk");
    }
}
