//! Functions of JSON, YAML and CSV.

use super::Builtin;

/// These functions.
pub(super) const ALL: &[Builtin] = &[
    Builtin {
        name: "parse_json",
        category: "formats",
        signatures: &["parse_json(text: text) -> json"],
        about: "The value that a JSON text says. Fails with invalid_argument for anything else.",
        words: "read decode load",
        example: "parse_json(\"[1]\") == [1]",
    },
    Builtin {
        name: "json",
        category: "formats",
        signatures: &["json(value: T) -> json"],
        about: "The value as json, so that it can be mixed with others. Fails with invalid_argument for nan and infinity.",
        words: "dynamic any convert",
        example: "json(1) == 1",
    },
    Builtin {
        name: "to_json",
        category: "formats",
        signatures: &["to_json(value: T) -> text", "to_json(value: T, indent: int) -> text"],
        about: "The JSON text of a value, on one line or indented by 1 to 8 spaces. Fails with invalid_argument for nan and infinity.",
        words: "write encode dump serialize pretty",
        example: "to_json([1, \"a\"]) == \"[1,\\\"a\\\"]\"",
    },
    Builtin {
        name: "to_yaml",
        category: "formats",
        signatures: &["to_yaml(value: T) -> text"],
        about: "The YAML text of a value, in block style, ended by a newline; texts are quoted where a reader could take them for something else. Fails with invalid_argument for nan and infinity.",
        words: "write encode dump serialize configuration kubernetes compose",
        example: "to_yaml({\"a\": [1, \"yes\"]}) == \"a:\\n  - 1\\n  - \\\"yes\\\"\\n\"",
    },
    Builtin {
        name: "as_list",
        category: "formats",
        signatures: &["as_list(value: json) -> list<json>"],
        about: "The items of a json list. Fails with wrong_type.",
        words: "array items",
        example: "len(as_list(parse_json(\"[1, 2]\"))) == 2",
    },
    Builtin {
        name: "as_map",
        category: "formats",
        signatures: &["as_map(value: json) -> map<json>"],
        about: "The entries of a json object. Fails with wrong_type.",
        words: "object dictionary",
        example: "keys(as_map(parse_json(\"{\\\"a\\\": 1}\"))) == [\"a\"]",
    },
    Builtin {
        name: "as_text",
        category: "formats",
        signatures: &["as_text(value: json) -> text"],
        about: "The text that a json value is. Fails with wrong_type.",
        words: "string",
        example: "as_text(parse_json(\"\\\"a\\\"\")) == \"a\"",
    },
    Builtin {
        name: "type_of",
        category: "formats",
        signatures: &["type_of(value: T) -> text"],
        about: "The word for the value's type: none, bool, int, number, text, list or map.",
        words: "kind inspect",
        example: "type_of(1) == \"int\"",
    },
    Builtin {
        name: "parse_csv",
        category: "formats",
        signatures: &["parse_csv(text: text, separator: text) -> list<list<text>>"],
        about: "The rows of a CSV text (RFC 4180). Fails with invalid_argument for an open quote, or a separator that is not one character.",
        words: "read table comma",
        example: "parse_csv(\"a,\\\"b,c\\\"\\n\", \",\") == [[\"a\", \"b,c\"]]",
    },
    Builtin {
        name: "to_csv",
        category: "formats",
        signatures: &["to_csv(rows: list<list<text>>, separator: text) -> text"],
        about: "The CSV text of rows, quoted where needed, each line ended by a newline. Fails with invalid_argument for a separator that is not one character.",
        words: "write table comma",
        example: "to_csv([[\"a\", \"b,c\"]], \",\") == \"a,\\\"b,c\\\"\\n\"",
    },
];
