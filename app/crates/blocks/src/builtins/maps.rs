//! Functions of maps, which keep the order of insertion. None changes its argument.

use super::Builtin;

/// These functions.
pub(super) const ALL: &[Builtin] = &[
    Builtin {
        name: "keys",
        category: "maps",
        signatures: &["keys(map: map<T>) -> list<text>"],
        about: "The keys.",
        words: "names fields",
        example: "keys({\"a\": 1}) == [\"a\"]",
    },
    Builtin {
        name: "values",
        category: "maps",
        signatures: &["values(map: map<T>) -> list<T>"],
        about: "The values.",
        words: "items",
        example: "values({\"a\": 1}) == [1]",
    },
    Builtin {
        name: "entries",
        category: "maps",
        signatures: &["entries(map: map<T>) -> list<record{key: text, value: T}>"],
        about: "The entries, each with its key and value.",
        words: "items pairs",
        example: "entries({\"a\": 1})[0].key == \"a\"",
    },
    Builtin {
        name: "from_entries",
        category: "maps",
        signatures: &["from_entries(entries: list<record{key: text, value: T}>) -> map<T>"],
        about: "The map of these entries; a later one replaces an earlier one of the same key.",
        words: "build dictionary",
        example: "from_entries(entries({\"a\": 1})) == {\"a\": 1}",
    },
    Builtin {
        name: "get",
        category: "maps",
        signatures: &["get(map: map<T>, key: text, default: T) -> T"],
        about: "The value at a key, or the default.",
        words: "lookup read",
        example: "get({\"a\": 1}, \"b\", 0) == 0",
    },
    Builtin {
        name: "put",
        category: "maps",
        signatures: &["put(map: map<T>, key: text, value: T) -> map<T>"],
        about: "The map with one entry set; a new key goes to the end.",
        words: "set add insert update",
        example: "put({\"a\": 1}, \"b\", 2) == {\"a\": 1, \"b\": 2}",
    },
    Builtin {
        name: "remove",
        category: "maps",
        signatures: &["remove(map: map<T>, key: text) -> map<T>"],
        about: "The map without a key.",
        words: "delete drop",
        example: "remove({\"a\": 1}, \"a\") == {}",
    },
    Builtin {
        name: "merge",
        category: "maps",
        signatures: &["merge(a: map<T>, b: map<T>) -> map<T>"],
        about: "The entries of both; those of b replace those of a.",
        words: "combine union",
        example: "merge({\"a\": 1}, {\"a\": 2}) == {\"a\": 2}",
    },
    Builtin {
        name: "default",
        category: "maps",
        signatures: &["default(value: T?, default: T) -> T"],
        about: "The value, or the default if it is none.",
        words: "coalesce fallback optional",
        example: "default(none, 3) == 3",
    },
];
