//! Containers, calls and failures.

use super::{Kind, Meaning, VALUE};
use crate::types::Type;

fn item() -> Type {
    Type::Parameter("T".to_owned())
}

pub(super) fn kinds() -> Vec<Kind> {
    let kind = |name, meaning, about| Kind::new(name, "control", meaning, about);
    vec![
        kind("if", Meaning::If, "Runs one of two bodies. What both yield under one name comes out.")
            .input("condition", Type::Bool)
            .body("then", "Runs when the condition holds.")
            .body("else", "Runs when it does not.")
            .words("condition branch choose decide else case"),
        kind("for_each", Meaning::ForEach, "Runs its body for every item in turn; the body reads item and index.")
            .input("items", Type::list(item()))
            .body("body", "Runs for each item; yields the next carried values.")
            .with_carries()
            .words("loop iterate list every fold reduce accumulate"),
        kind(
            "repeat",
            Meaning::Repeat,
            "Runs its body so many times; the body reads turn, from 0. Zero and below: not at all.",
        )
        .input("times", Type::Int)
        .body("body", "Runs each time; yields the next carried values.")
        .with_carries()
        .words("loop times count iterate"),
        kind("while", Meaning::While, "Runs its body as long as its condition holds.")
            .body("condition", "Yields holds, a bool.")
            .body("body", "Runs each time; yields the next carried values.")
            .with_carries()
            .words("loop until condition iterate"),
        kind(
            "map",
            Meaning::Map,
            "Makes a list of what its body yields as value for every item; the body reads item and index.",
        )
        .input("items", Type::list(item()))
        .body("body", "Yields value.")
        .words("transform each convert list comprehension"),
        kind(
            "filter",
            Meaning::Filter,
            "Keeps the items for which its body yields keep as true; the body reads item and index.",
        )
        .input("items", Type::list(item()))
        .body("body", "Yields keep, a bool.")
        .words("select where keep choose list"),
        kind(
            "reduce",
            Meaning::Reduce,
            "Makes one value of all items: its body reads item, index and the total so far, and yields the next total.",
        )
        .input("items", Type::list(item()))
        .input("initial", Type::Parameter("U".to_owned()))
        .optional_setting("type", Type::Text, "The total's type, where that of the initial value is too narrow.")
        .body("body", "Yields total.")
        .output(VALUE, Type::Parameter("U".to_owned()))
        .words("fold accumulate aggregate sum combine"),
        kind(
            "sort_by",
            Meaning::SortBy,
            "Sorts the items by the key that its body yields, an int, number, text or bool; equal keys keep their order. \
             Fails with invalid_argument for nan.",
        )
        .input("items", Type::list(item()))
        .optional_setting("descending", Type::Bool, "Whether the largest key comes first.")
        .body("body", "Yields key.")
        .words("order rank arrange key"),
        kind(
            "match",
            Meaning::Match,
            "Runs the body of the first case that equals the value: case_1 for the first, and so on; otherwise the last. \
             What all bodies yield under one name comes out.",
        )
        .input(VALUE, item())
        .setting("cases", Type::list(Type::Unknown), "The values to compare with, for example [\"a\", \"b\"].")
        .body("otherwise", "Runs when no case is equal.")
        .words("switch case choose select branch"),
        kind(
            "parallel",
            Meaning::Parallel,
            "Runs bodies side by side, each named as you like: while one waits for the world outside, the others go on. \
             They do not read each other; what they yield comes out.",
        )
        .words("concurrent together overlap gather at once async"),
        kind("try", Meaning::Try, "Runs a body, and if that fails another, which reads error {code, message}.")
            .body("try", "What may fail.")
            .body("catch", "What to do then.")
            .words("error catch exception handle recover fallback"),
        kind("call", Meaning::Call, "Calls a function of the program; its inputs and outputs are the ports.")
            .setting("function", Type::Text, "The function's name.")
            .words("function invoke subroutine recursion"),
        kind("fail", Meaning::Fail, "Ends the run with an error, unless a Try catches it.")
            .input("message", Type::Text)
            .optional_setting("code", Type::Text, "The error's code; raised if it is not set.")
            .words("raise throw error stop abort"),
        Kind::new("assert", "testing", Meaning::Assert, "Fails with assertion unless the condition holds.")
            .input("condition", Type::Bool)
            .optional_input("message", Type::Text)
            .words("check ensure require test verify"),
    ]
}
