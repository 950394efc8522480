use super::*;
use crate::types;

/// The type of a formula whose names have the given types, or the message and place of its mistake.
fn check(formula: &str, names: &[(&str, &str)]) -> String {
    let typed = parse(formula).and_then(|expression| {
        infer(&expression, &|wanted| {
            names.iter().find(|(name, _)| *name == wanted).map(|(_, ty)| types::read(ty).unwrap())
        })
    });
    match typed {
        Ok(typed) => typed.ty.to_string(),
        Err(error) => format!("{}: {}", error.at, error.message),
    }
}

#[test]
fn formulas_have_types() {
    for (formula, names, ty) in [
        ("price * (1 + rate)", &[("price", "int"), ("rate", "number")][..], "number"),
        ("len(items) > 3 and not done", &[("items", "list<text>"), ("done", "bool")], "bool"),
        ("a // b", &[("a", "int"), ("b", "int")], "int"),
        ("1 / 2", &[], "number"),
        ("2 ** 3 ** 2", &[], "int"),
        ("[1, 2.5]", &[], "list<number>"),
        ("[]", &[], "list<?>"),
        ("x[0].name", &[("x", "list<record{name: text}>")], "text"),
        ("d[\"a\"]", &[("d", "map<int>")], "int"),
        ("'a' if c else none", &[("c", "bool")], "text?"),
        ("s[1:-1]", &[("s", "text")], "text"),
        ("\"x\" not in s", &[("s", "text")], "bool"),
        ("{\"a\": 1, \"b\": \"c\"}", &[], "record{a: int, b: text}"),
        ("append(xs, 1.5)", &[("xs", "list<int>")], "list<number>"),
        ("-x ** 2", &[("x", "int")], "int"),
    ] {
        assert_eq!(check(formula, names), ty, "{formula}");
    }
}

#[test]
fn mistakes_say_what_to_do() {
    for (formula, message) in [
        ("1 +", "3: the formula is not complete"),
        ("a = 1", "2: use '==' to compare"),
        ("1 < 2 < 3", "6: comparisons do not chain; write a < b and b < c"),
        ("\"a\" + 1", "0: '+' cannot join text and int; text(x) makes a text of anything"),
        ("lenn([1])", "0: there is no function 'lenn'; did you mean len?"),
        ("x + 1", "0: there is no 'x' here"),
        ("1 if 2 else 3", "5: the condition must be a bool, not int"),
        ("{\"a\": 1}.b", "0: there is no field 'b'; there are: a"),
        ("1 $ 2", "2: '$' means nothing in a formula"),
    ] {
        assert_eq!(check(formula, &[]), message, "{formula}");
    }
}

#[test]
fn nesting_is_bounded() {
    for formula in [
        "(".repeat(100_000),
        "-".repeat(100_000),
        "not ".repeat(100_000),
        "[".repeat(100_000),
        "1+".repeat(100_000) + "1",
    ] {
        assert!(parse(&formula).is_err());
    }
    assert!(parse(&(["1"; 90].join(" + "))).is_ok());
}

#[test]
fn every_example_is_a_bool() {
    for builtin in crate::builtins::all() {
        assert_eq!(check(builtin.example, &[]), "bool", "{}", builtin.example);
    }
}

#[test]
fn names_come_in_the_order_of_their_use() {
    let names = free_names(&parse("b + a * b - f if c else len(d)").unwrap());
    assert_eq!(names, ["b", "a", "f", "c", "d"]);
}
