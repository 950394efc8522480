//! Functions of the language in Python.

use blocks::Type;

use super::types::has_number;
use crate::code::{COMPARE, Code, Comprehension, PRODUCT};
use crate::dialect::Call;

/// Functions that are a call of one function with the same arguments: Python's own, or one that comes along.
const CALLS: &[(&str, &str)] = &[
    ("abs", "abs"),
    ("min", "min"),
    ("max", "max"),
    ("sqrt", "math.sqrt"),
    ("integer_root", "math.isqrt"),
    ("gcd", "math.gcd"),
    ("lcm", "math.lcm"),
    ("exp", "_exp"),
    ("sin", "_sin"),
    ("cos", "_cos"),
    ("tan", "_tan"),
    ("is_nan", "math.isnan"),
    ("bit_and", "_bit_and"),
    ("bit_xor", "_bit_xor"),
    ("trim", "_trim"),
    ("words", "_words"),
    ("lines", "_lines"),
    ("join", "_join"),
    ("replace", "_replace"),
    ("repeat_text", "_repeat_text"),
    ("pad_left", "_pad_left"),
    ("pad_right", "_pad_right"),
    ("chars", "list"),
    ("code", "_code"),
    ("char", "_char"),
    ("is_letter", "_is_letter"),
    ("is_digit", "_is_digit"),
    ("fixed", "_fixed"),
    ("to_base", "_to_base"),
    ("from_base", "_from_base"),
    ("len", "len"),
    ("range", "_range"),
    ("insert", "_insert"),
    ("set_item", "_set_item"),
    ("remove_at", "_remove_at"),
    ("chunk", "_chunk"),
    ("pairs", "_pairs"),
    ("all", "all"),
    ("any", "any"),
    ("keys", "list"),
    ("entries", "_entries"),
    ("from_entries", "_from_entries"),
    ("remove", "_remove"),
    ("default", "_default"),
    ("parse_json", "_parse_json"),
    ("json", "_json"),
    ("to_json", "_to_json"),
    ("to_yaml", "_to_yaml"),
    ("type_of", "_type_of"),
    ("parse_csv", "_parse_csv"),
    ("to_csv", "_to_csv"),
    ("base64_encode", "_base64_encode"),
    ("base64_decode", "_base64_decode"),
    ("hex_decode", "_hex_decode"),
    ("url_decode", "_url_decode"),
    ("html_escape", "html.escape"),
    ("hmac_sha256", "_hmac_sha256"),
    ("day_number", "_day_number"),
    ("date_of", "_date_of"),
    ("make_date", "_make_date"),
    ("add_days", "_add_days"),
    ("add_months", "_add_months"),
];

/// Functions that are a method of the first argument.
const METHODS: &[(&str, &str)] = &[
    ("upper", "upper"),
    ("lower", "lower"),
    ("split", "split"),
    ("starts_with", "startswith"),
    ("ends_with", "endswith"),
    ("find", "find"),
    ("get", "get"),
];

/// A call of a function of the language.
pub(super) fn call(call: Call<'_>) -> Code {
    match special(call) {
        Ok(code) => code,
        Err(call) => call.by_tables(METHODS, CALLS),
    }
}

fn special(call: Call<'_>) -> Result<Code, Call<'_>> {
    let first = call.first().clone();
    let numbers = first == Type::list(Type::Number);
    let simple = |place: usize| call.arguments.get(place).is_some_and(Code::is_simple);
    let (name, signature) = (call.name, call.signature);
    let takes = match (name, signature) {
        ("floor" | "ceil" | "round" | "int" | "number" | "log" | "text" | "sum" | "product" | "pi" | "count", _)
        | ("sort" | "smallest" | "largest" | "unique" | "index_of" | "append" | "first" | "last" | "values", _)
        | ("reverse" | "flatten" | "put" | "merge" | "as_list" | "as_map" | "as_text" | "hex_encode", _)
        | ("url_encode" | "sha256" | "sha512" | "sha1" | "md5" | "year" | "month" | "day" | "weekday", _) => true,
        ("join", _) => simple(0) || simple(1),
        ("default", _) => simple(0) && simple(1),
        _ => false,
    };
    if !takes {
        return Err(call);
    }
    let mut arguments = call.arguments;
    let mut next = || if arguments.is_empty() { Code::atom("None") } else { arguments.remove(0) };
    let a = next();
    let one = |function: &str, a: Code| Code::call(function, vec![a]);
    Ok(match name {
        "floor" => one("math.floor", one("_finite", a)),
        "ceil" => one("math.ceil", one("_finite", a)),
        "round" if signature == 0 => one("round", one("_finite", a)),
        "round" => Code::call("_round", vec![a, next()]),
        "int" => match first {
            Type::Int => a,
            Type::Bool => one("int", a),
            Type::Number => one("int", one("_finite", a)),
            _ => one("_to_int", a),
        },
        "number" => match first {
            Type::Number => a,
            Type::Int => one("float", a),
            _ => one("_to_number", a),
        },
        "log" if signature == 0 => one("math.log", a),
        "log" => Code::binary("/", PRODUCT, one("math.log", a), one("math.log", next())),
        "pi" => Code::atom("math.pi"),
        "text" => match first {
            Type::Text => a,
            Type::Int => one("str", a),
            _ => one("_text", a),
        },
        "sum" => one(if numbers { "_total" } else { "sum" }, a),
        "product" if numbers => Code::call("math.prod", vec![a, Code::prefix("start=", Code::atom("1.0"))]),
        "product" => one("math.prod", a),
        "sort" => one(if numbers { "_sorted" } else { "sorted" }, a),
        "smallest" => one("min", if numbers { one("_ordered", a) } else { a }),
        "largest" => one("max", if numbers { one("_ordered", a) } else { a }),
        "unique" if is_hashed(&first) => one("list", one("dict.fromkeys", a)),
        "unique" => one("_unique", a),
        "count" if first == Type::Text => Code::call("_count_parts", vec![a, next()]),
        "count" if has_number(&first) => Code::call("_count", vec![a, next()]),
        "count" => a.method("count", vec![next()]),
        "index_of" => Code::call("_index_of", vec![a, next()]),
        "append" => Code::List(vec![Code::prefix("*", a), next()]),
        "first" => a.item(Code::atom("0")),
        "last" => a.item(Code::atom("-1")),
        "values" => one("list", a.method("values", Vec::new())),
        "reverse" => a.item(Code::atom("::-1")),
        "flatten" => flatten(a),
        "put" => {
            let (key, value) = (next(), next());
            Code::Entries(vec![(None, Code::prefix("**", a)), (Some(key), value)])
        }
        "merge" => {
            let b = next();
            Code::Entries(vec![(None, Code::prefix("**", a)), (None, Code::prefix("**", b))])
        }
        "as_list" => Code::call("_as_type", vec![a, Code::atom("list")]),
        "as_map" => Code::call("_as_type", vec![a, Code::atom("dict")]),
        "as_text" => Code::call("_as_type", vec![a, Code::atom("str")]),
        "hex_encode" => a.method("encode", Vec::new()).method("hex", Vec::new()),
        "url_encode" => Code::call("urllib.parse.quote", vec![a, Code::prefix("safe=", Code::atom("\"\""))]),
        "sha256" | "sha512" | "sha1" | "md5" => {
            one(&format!("hashlib.{name}"), a.method("encode", Vec::new())).method("hexdigest", Vec::new())
        }
        "year" | "month" | "day" => one("_date", a).member(name),
        "weekday" => one("_date", a).method("isoweekday", Vec::new()),
        "join" => next().method("join", vec![a]),
        "default" => {
            let default = next();
            Code::choice(Code::binary("is", COMPARE, a.clone(), Code::atom("None")), default, a)
        }
        _ => a,
    })
}

/// Texts, integers and truth values are found by their hash.
fn is_hashed(list: &Type) -> bool {
    matches!(list.item(), Type::Text | Type::Int | Type::Bool)
}

fn flatten(lists: Code) -> Code {
    let loops = vec![("items".to_owned(), lists), ("item".to_owned(), Code::atom("items"))];
    let made = Comprehension { brackets: ['[', ']'], key: None, element: Code::atom("item"), loops, condition: None };
    Code::Comprehension(Box::new(made))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_function_has_a_translation() {
        for builtin in blocks::builtins::all() {
            for (signature, own) in builtin.read_signatures().iter().enumerate() {
                let types: Vec<Type> = own.parameters.iter().map(|(_, ty)| ty.clone()).collect();
                let arguments = types.iter().map(|_| Code::call("f", Vec::new())).collect();
                let code = call(Call { name: builtin.name, signature, arguments, types });
                assert!(!format!("{code:?}").contains("_missing"), "{} {signature}", builtin.name);
            }
        }
    }
}
