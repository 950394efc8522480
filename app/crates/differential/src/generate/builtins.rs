//! Functions of the language, and arguments that they mostly take.

use std::collections::HashMap;

use blocks::builtins::{self, Builtin};
use blocks::{Type, Value};

use super::{Generator, types, values};
use crate::random::Random;

/// A function, one of its signatures, and that with its type parameters filled in.
pub(super) struct Chosen {
    pub(super) builtin: &'static Builtin,
    /// Names and types.
    pub(super) parameters: Vec<(String, Type)>,
}

/// Whether the last digit of a function's results depends on the target's mathematics.
pub(super) fn is_inexact(name: &str) -> bool {
    matches!(name, "log" | "exp" | "sin" | "cos" | "tan")
}

/// Whether most arguments of the right types are wrong.
fn fails_often(name: &str) -> bool {
    let parsing = name.ends_with("_decode") || name.starts_with("as_") || name.starts_with("parse_");
    let positions = matches!(name, "first" | "last" | "insert" | "set_item" | "remove_at" | "smallest" | "largest");
    parsing
        || positions
        || matches!(
            name,
            "int" | "number" | "code" | "char" | "from_base" | "integer_root" | "sqrt" | "fixed" | "round"
        )
}

impl Generator {
    /// A function that gives what is wanted.
    pub(super) fn choose(&mut self, wanted: &Type) -> Option<Chosen> {
        let mut fitting = Vec::new();
        for builtin in builtins::all().filter(|builtin| !is_inexact(builtin.name)) {
            for signature in builtin.read_signatures() {
                let mut bound = HashMap::new();
                if gives(&signature.result, wanted, &mut bound) {
                    fitting.push((builtin, &signature.parameters, bound));
                }
            }
        }
        if fitting.is_empty() {
            return None;
        }
        let mut place = self.random.below(fitting.len());
        if fails_often(fitting[place].0.name) && self.random.chance(65) {
            place = self.random.below(fitting.len());
        }
        let (builtin, parameters, mut bound) = fitting.swap_remove(place);
        let parameters = parameters.iter().map(|(name, ty)| (name.clone(), self.filled(ty, &mut bound))).collect();
        Some(Chosen { builtin, parameters })
    }

    /// Any function.
    pub(super) fn choose_any(&mut self) -> Chosen {
        let all: Vec<&'static Builtin> = builtins::all().filter(|builtin| !is_inexact(builtin.name)).collect();
        let mut builtin = *self.random.pick(&all);
        if fails_often(builtin.name) && self.random.chance(65) {
            builtin = *self.random.pick(&all);
        }
        let signature = self.random.pick(builtin.read_signatures());
        let mut bound = HashMap::new();
        let parameters =
            signature.parameters.iter().map(|(name, ty)| (name.clone(), self.filled(ty, &mut bound))).collect();
        Chosen { builtin, parameters }
    }

    /// A type with its parameters replaced, each always by the same random type.
    fn filled(&mut self, ty: &Type, bound: &mut HashMap<String, Type>) -> Type {
        match ty {
            Type::Parameter(name) => {
                let random = &mut self.random;
                bound.entry(name.clone()).or_insert_with(|| types::any(random, 1)).clone()
            }
            Type::List(item) => Type::list(self.filled(item, bound)),
            Type::Map(item) => Type::map(self.filled(item, bound)),
            Type::Optional(item) => self.filled(item, bound).optional(),
            Type::Record(fields) => {
                Type::Record(fields.iter().map(|(name, field)| (name.clone(), self.filled(field, bound))).collect())
            }
            other => other.clone(),
        }
    }
}

/// Whether a result type can be the wanted one, and what its parameters are then.
fn gives(result: &Type, wanted: &Type, bound: &mut HashMap<String, Type>) -> bool {
    match (result, wanted) {
        (Type::Parameter(name), wanted) => {
            bound.insert(name.clone(), wanted.clone()).is_none_or(|before| before == *wanted)
        }
        (Type::List(a), Type::List(b)) | (Type::Map(a), Type::Map(b)) => gives(a, b, bound),
        (Type::Record(a), Type::Record(b)) => {
            a.len() == b.len() && a.iter().zip(b).all(|((left, a), (right, b))| left == right && gives(a, b, bound))
        }
        (a, b) => a == b,
    }
}

/// An argument that the function likely takes, where most values of the type would only fail.
pub(super) fn hint(random: &mut Random, function: &str, parameter: &str, ty: &Type) -> Option<Value> {
    let between = |random: &mut Random, low, high| Some(Value::Int(random.between(low, high)));
    match (function, parameter) {
        ("repeat_text", "times") | ("pad_left" | "pad_right", "width") => between(random, -1, 12),
        ("range", "start") => between(random, -5, 5),
        ("range", "end") => between(random, -5, 12),
        ("range", "step") => between(random, -3, 4),
        ("make_date", "year") => between(random, 1890, 2110),
        ("make_date", "month") => between(random, 1, 12),
        ("make_date", "day") => between(random, 1, 30),
        (_, "days") => between(random, -200_000, 200_000),
        (_, "months") => between(random, -4000, 4000),
        (_, "digits") => between(random, 0, 15),
        (_, "base") => between(random, 2, 36),
        (_, "indent") => between(random, 1, 8),
        (_, "size") => between(random, 1, 4),
        (_, "at") => between(random, -1, 0),
        ("char", "code") => {
            Some(Value::Int(*random.pick(&[65, 97, 233, 0x3b1, 0x1f600, 0x10_ffff, 0xd7ff, 0xe000, 0])))
        }
        ("code", "character") | (_, "fill") => {
            Some(Value::from_char(*random.pick(&['a', '0', ' ', '.', 'é', '😀', '\u{301}'])))
        }
        (_, "date") => Some(Value::text(*random.pick(&[
            "2024-02-29",
            "1970-01-01",
            "1969-12-31",
            "0001-01-01",
            "9999-12-31",
            "2023-01-31",
            "1900-02-28",
            " 2000-02-29 ",
            "2023-02-29",
            "2024-1-1",
        ]))),
        (_, "separator" | "part" | "old") => {
            Some(Value::text(*random.pick(&[",", ";", "a", " ", "|", "é", "😀", "b", "\t", "\n", "ab"])))
        }
        ("parse_json", "text") => Some(Value::text(*random.pick(&[
            "[1, 2.5, -3]",
            "{\"a\": 1, \"1\": [true, null]}",
            "{\"b\": 1, \"a\": 2, \"b\": 3}",
            "\"\\u00e9\\ud83d\\ude00\"",
            "1e2",
            "-0",
            "-0.0",
            "12345678901234567890",
            "1e400",
            "[1,]",
            "01",
            " null ",
            "{\"2\": 0, \"1\": 0}",
            "\"\\ud800\"",
            "1.0",
            "nan",
            "NaN",
            "Infinity",
            "\"a\tb\"",
            "[[[[]]]]",
            "1E-5",
            "\u{a0}1",
            "9007199254740993.0",
        ]))),
        ("parse_csv", "text") => Some(Value::text(*random.pick(&[
            "a,b\n1,2\n",
            "\"x,\"\"y\"\"\",z\r\n\r\n",
            "a;b",
            "\"open",
            "a\rb,c",
            "a\"b,c",
            "\"a\"b,c",
            ",\n",
            "\"\"\n",
        ]))),
        ("base64_decode", "text") => {
            Some(Value::text(*random.pick(&["aGk=", "aGk", "8J+YgA==", "", "a Gk=", "/w==", "aGk=\n", "aGl="])))
        }
        ("hex_decode", "text") => Some(Value::text(*random.pick(&["6869", "C3A9", "ff", "6", "", "68 69", "zz"]))),
        ("url_decode", "text") => {
            Some(Value::text(*random.pick(&["a%20b", "%F0%9F%98%80", "%ff", "%", "a+b", "%4", "%zz"])))
        }
        ("from_base", "text") => {
            Some(Value::text(*random.pick(&["ff", "-101", "+7", "ZZ", "1_0", "0x1f", " 12 ", "", "٣"])))
        }
        ("int", "value") if *ty == Type::Text => Some(Value::text(*random.pick(&[
            "12",
            " -7 ",
            "+3",
            "1_000",
            "1.5",
            "",
            "٣",
            "12345678901234567890",
            "- 1",
        ]))),
        ("number", "value") if *ty == Type::Text => Some(Value::text(*random.pick(&[
            "1.5", " -2e3 ", ".5", "5.", "1e999", "nan", "inf", "Infinity", "1_0", "", "0x10", "-0", "1e", "+1.25",
            "1e-400",
        ]))),
        (_, "bits" | "a" | "b") if function.starts_with("bit_") => between(random, 0, 1000),
        _ => None,
    }
}

/// An argument as a value: one that the function likely takes, or any.
pub(super) fn argument(random: &mut Random, function: &str, parameter: &str, ty: &Type) -> Option<Value> {
    if random.chance(90) { hint(random, function, parameter, ty) } else { None }
        .or_else(|| random.chance(35).then(|| values::of(random, ty, 2)))
}
