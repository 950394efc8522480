//! Names that are words of the targets, differ only in their style, or are strange.

use crate::random::Random;

const IDS: [&str; 64] = [
    "total",
    "count",
    "list",
    "len",
    "class",
    "item",
    "index",
    "error",
    "turn",
    "fooBar",
    "foo_bar",
    "FooBar",
    "self",
    "None",
    "lambda",
    "fn",
    "let",
    "type",
    "match",
    "str",
    "int",
    "await",
    "async",
    "arguments",
    "eval",
    "range",
    "sum",
    "map_",
    "value",
    "items",
    "result",
    "this",
    "new",
    "delete",
    "yield_",
    "import_",
    "math",
    "json",
    "Map",
    "Array",
    "Vec",
    "String",
    "Some",
    "Ok",
    "mod",
    "use",
    "move",
    "ref",
    "crate",
    "super",
    "true_",
    "undefined",
    "NaN",
    "key",
    "größe",
    "ø",
    "_",
    "__",
    "x",
    "y",
    "z",
    "a",
    "b",
    "whole",
];

const KEYS: [&str; 22] = [
    "",
    "a",
    "b",
    "c",
    "key",
    "1",
    "0",
    "-1",
    "01",
    "10",
    "constructor",
    "__proto__",
    "toString",
    "length",
    "é",
    "e\u{301}",
    "😀",
    "class",
    " ",
    "a b",
    "\"",
    "size",
];

const FIELDS: [&str; 14] =
    ["a", "amount", "b", "class", "first", "fooBar", "foo_bar", "key", "length", "name", "self", "type", "value", "x"];

const TITLES: [&str; 8] = [
    "A title",
    "quotes \" and ' and `",
    "back\\slash",
    "*/ ends a comment /*",
    "two\nlines",
    "{braces} ${x} %s",
    "größer 😀",
    "\"\"\"",
];

/// A wish for an id.
pub(super) fn id(random: &mut Random) -> String {
    if random.chance(45) { (*random.pick(&IDS)).to_owned() } else { format!("b{}", random.below(40)) }
}

/// A name of a port, carried value, yield or function.
pub(super) fn port(random: &mut Random) -> String {
    (*random.pick(&IDS)).to_owned()
}

/// A key of a map.
pub(super) fn key(random: &mut Random) -> String {
    (*random.pick(&KEYS)).to_owned()
}

/// Some names of fields, in order.
pub(super) fn fields(random: &mut Random, count: usize) -> Vec<String> {
    let mut fields: Vec<String> = (0..count).map(|_| (*random.pick(&FIELDS)).to_owned()).collect();
    fields.sort();
    fields.dedup();
    fields
}

/// A title of a block.
pub(super) fn title(random: &mut Random) -> String {
    (*random.pick(&TITLES)).to_owned()
}
