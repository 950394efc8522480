//! Functions of the language in JavaScript.

use blocks::Type;

use super::Script;
use super::coerce::is_anything;
use super::types::{Numbers, has_json, is_scalar, is_whole, name as type_name, numbers};
use crate::code::{Code, Piece};
use crate::dialect::Call;

/// Functions that are a call of one function with the same arguments: JavaScript's own, or one that comes along.
const CALLS: &[(&str, &str)] = &[
    ("abs", "Math.abs"),
    ("sqrt", "_squareRoot"),
    ("integer_root", "_integerRoot"),
    ("gcd", "_gcd"),
    ("lcm", "_lcm"),
    ("exp", "Math.exp"),
    ("sin", "Math.sin"),
    ("cos", "Math.cos"),
    ("tan", "Math.tan"),
    ("is_nan", "Number.isNaN"),
    ("bit_and", "_bitAnd"),
    ("bit_xor", "_bitXor"),
    ("trim", "_trim"),
    ("split", "_split"),
    ("words", "_words"),
    ("lines", "_lines"),
    ("join", "_join"),
    ("replace", "_replace"),
    ("find", "_find"),
    ("repeat_text", "_repeatText"),
    ("pad_left", "_padLeft"),
    ("pad_right", "_padRight"),
    ("code", "_code"),
    ("char", "_char"),
    ("is_letter", "_isLetter"),
    ("is_digit", "_isDigit"),
    ("fixed", "_fixed"),
    ("to_base", "_toBase"),
    ("from_base", "_fromBase"),
    ("range", "_range"),
    ("insert", "_insert"),
    ("set_item", "_setItem"),
    ("remove_at", "_removeAt"),
    ("sort", "_sorted"),
    ("unique", "_unique"),
    ("smallest", "_smallest"),
    ("largest", "_largest"),
    ("chunk", "_chunk"),
    ("pairs", "_pairs"),
    ("entries", "_entries"),
    ("from_entries", "_fromEntries"),
    ("remove", "_remove"),
    ("parse_json", "_parseJson"),
    ("json", "_json"),
    ("to_json", "_toJson"),
    ("to_yaml", "_toYaml"),
    ("as_list", "_asList"),
    ("as_map", "_asMap"),
    ("as_text", "_asText"),
    ("parse_csv", "_parseCsv"),
    ("to_csv", "_toCsv"),
    ("base64_encode", "_base64Encode"),
    ("base64_decode", "_base64Decode"),
    ("hex_encode", "_hexEncode"),
    ("hex_decode", "_hexDecode"),
    ("url_encode", "_urlEncode"),
    ("url_decode", "_urlDecode"),
    ("html_escape", "_htmlEscape"),
    ("hmac_sha256", "_hmacSha256"),
    ("day_number", "_dayNumber"),
    ("date_of", "_dateOf"),
    ("make_date", "_makeDate"),
    ("weekday", "_weekday"),
    ("add_days", "_addDays"),
    ("add_months", "_addMonths"),
];

/// Functions that are a method of the first argument.
const METHODS: &[(&str, &str)] =
    &[("upper", "toUpperCase"), ("lower", "toLowerCase"), ("starts_with", "startsWith"), ("ends_with", "endsWith")];

impl Script {
    /// A call of a function of the language.
    pub(super) fn call(self, mut call: Call<'_>) -> Code {
        let known = call.arguments.into_iter().zip(&call.types).map(|(code, ty)| self.known(code, ty));
        call.arguments = known.collect();
        match self.special(call) {
            Ok(code) => code,
            Err(call) => call.by_tables(METHODS, CALLS),
        }
    }

    fn special(self, call: Call<'_>) -> Result<Code, Call<'_>> {
        let first = call.first().clone();
        let whole = first == Type::Int;
        let whole_list = first == Type::list(Type::Int);
        let simple = |place: usize| call.arguments.get(place).is_some_and(Code::is_simple);
        let (name, signature) = (call.name, call.signature);
        let takes = match name {
            "min" | "max" | "floor" | "ceil" | "round" | "log" | "pi" | "chars" | "text" | "int" | "number" | "len"
            | "append" | "first" | "last" | "reverse" | "count" | "index_of" | "sum" | "product" | "flatten"
            | "all" | "any" | "keys" | "values" | "get" | "put" | "merge" | "default" | "type_of" | "sha256"
            | "sha512" | "sha1" | "md5" | "year" | "month" | "day" => true,
            "insert" | "set_item" | "remove_at" | "unique" | "chunk" => self.typed && has_json(&first),
            "join" => simple(0) || simple(1),
            "split" => matches!(call.arguments.get(1), Some(code) if code.is_literal() && !code.is("\"\"")),
            _ => false,
        };
        if !takes {
            return Err(call);
        }
        let both_simple = simple(0) && simple(1);
        let simple_default = call.arguments.last().is_some_and(Code::is_simple);
        let mut arguments = call.arguments;
        let mut next = || if arguments.is_empty() { Code::atom("null") } else { arguments.remove(0) };
        let a = next();
        let one = |function: &str, a: Code| Code::call(function, vec![a]);
        let spread = |a: Code| Code::prefix("...", a);
        Ok(match name {
            "min" | "max" if whole => Code::call(format!("Math.{name}"), vec![a, next()]),
            "min" => Code::call("_min", vec![a, next()]),
            "max" => Code::call("_max", vec![a, next()]),
            "floor" | "ceil" => one("_exact", one(&format!("Math.{name}"), one("_finite", a))),
            "round" if signature == 0 => one("_round", a),
            "round" => Code::call("_roundTo", vec![a, next()]),
            "log" if signature == 0 => one("_logarithm", a),
            "log" => Code::call("_divide", vec![one("_logarithm", a), one("_logarithm", next())]),
            "pi" => Code::atom("Math.PI"),
            "chars" => Code::List(vec![spread(a)]),
            "text" => self.text(a, &first),
            "int" => match first {
                Type::Int => a,
                Type::Bool => one("Number", a),
                Type::Number => one("_exact", one("Math.trunc", one("_finite", a))),
                _ => one("_toInt", a),
            },
            "number" if matches!(first, Type::Int | Type::Number) => a,
            "number" => one("_toNumber", a),
            "len" if first == Type::Text => Code::List(vec![spread(a)]).member("length"),
            "len" if matches!(first, Type::Map(_)) => a.member("size"),
            "len" => a.member("length"),
            "insert" => self.generic("_insert", &first.item(), vec![a, next(), next()]),
            "set_item" => self.generic("_setItem", &first.item(), vec![a, next(), next()]),
            "remove_at" => self.generic("_removeAt", &first.item(), vec![a, next()]),
            "unique" => self.generic("_unique", &first.item(), vec![a]),
            "chunk" => self.generic("_chunk", &first.item(), vec![a, next()]),
            "append" => Code::List(vec![spread(a), next()]),
            "first" => Code::call("_itemAt", vec![a, Code::atom("0")]),
            "last" => Code::call("_itemAt", vec![a, Code::atom("-1")]),
            "reverse" if first == Type::Text => one("_reversed", a),
            "reverse" => Code::List(vec![spread(a)]).method("reverse", Vec::new()),
            "count" if first == Type::Text => Code::call("_countParts", vec![a, next()]),
            "count" => Code::call("_count", vec![a, next()]),
            "index_of" if is_whole(&first.item()) => a.method("indexOf", vec![next()]),
            "index_of" => Code::call("_indexOf", vec![a, next()]),
            "sum" => one(if whole_list { "_sum" } else { "_sumOfNumbers" }, a),
            "product" => one(if whole_list { "_product" } else { "_productOfNumbers" }, a),
            "flatten" => a.method("flat", Vec::new()),
            "all" => a.method("every", vec![Code::atom("Boolean")]),
            "any" => a.method("some", vec![Code::atom("Boolean")]),
            "keys" | "values" => Code::List(vec![spread(a.method(name, Vec::new()))]),
            "get" => {
                let (key, default) = (next(), next());
                let plain = is_scalar(&first.item()) && !matches!(first.item(), Type::Optional(_) | Type::None);
                if plain && simple_default {
                    Code::binary("??", 2, a.method("get", vec![key]), default)
                } else {
                    self.generic("_get", &first.item(), vec![a, key, default])
                }
            }
            "put" => {
                let pair = Code::List(vec![next(), next()]);
                self.made_map(vec![spread(a), pair], &first.item())
            }
            "merge" => self.made_map(vec![spread(a), spread(next())], &first.item()),
            "default" => {
                let default = next();
                if both_simple && !a.is_literal() {
                    Code::binary("??", 2, a, default)
                } else {
                    let ty = call.types.get(1).unwrap_or(&Type::Unknown);
                    let literal = !(a.is_simple() && default.is_simple()) && has_truth(ty);
                    if self.typed && literal {
                        Code::generic("_default", vec![ty.clone()], vec![a, default])
                    } else {
                        self.generic("_default", ty, vec![a, default])
                    }
                }
            }
            "type_of" if first == Type::Number => Code::call("_typeOf", vec![a, Code::atom("\"number\"")]),
            "type_of" if first == Type::Optional(Box::new(Type::Number)) => {
                Code::call("_typeOf", vec![a, Code::atom("\"number\"")])
            }
            "type_of" => one("_typeOf", a),
            "sha256" | "sha512" | "sha1" | "md5" => Code::call("_digest", vec![Code::atom(format!("\"{name}\"")), a]),
            "year" => one("_date", a).item(Code::atom("0")),
            "month" => one("_date", a).item(Code::atom("1")),
            "day" => one("_date", a).item(Code::atom("2")),
            "join" => a.method("join", vec![next()]),
            "split" => a.method("split", vec![next()]),
            _ => a,
        })
    }

    /// A call of a function, with the type that its arguments do not tell: they may be of several kinds.
    fn generic(self, function: &'static str, ty: &Type, arguments: Vec<Code>) -> Code {
        if self.typed && has_json(ty) {
            Code::generic(function, vec![ty.clone()], arguments)
        } else {
            Code::call(function, arguments)
        }
    }

    fn made_map(self, parts: Vec<Code>, item: &Type) -> Code {
        let parts = vec![Code::List(parts)];
        if self.typed {
            Code::generic("new Map", vec![Type::Text, item.clone()], parts)
        } else {
            Code::call("new Map", parts)
        }
    }

    /// The text that people read for a value. Integers and numbers look alike in JavaScript, so the type decides.
    fn text(self, value: Code, ty: &Type) -> Code {
        match (ty, numbers(ty)) {
            (Type::Text, _) => value,
            (Type::Int | Type::Bool, _) => Code::call("String", vec![value]),
            (Type::Number, _) => Code::call("_numberText", vec![value]),
            (_, Numbers { broken: false, .. }) => Code::call("_text", vec![value]),
            (_, Numbers { whole: false, .. }) => Code::call("_text", vec![value, Code::atom("_numberText")]),
            (Type::List(item), _) => {
                let parameter = if self.typed && is_anything(&value) { "(item: any)" } else { "(item)" };
                let parts =
                    value.method("map", vec![Code::arrow(parameter, self.literal_text(Code::atom("item"), item))]);
                bracketed('[', parts.method("join", vec![Code::atom("\", \"")]), ']')
            }
            (Type::Map(item), _) => {
                let key = Piece::Value(Code::call("_quoted", vec![Code::atom("key")]));
                let value_text = Piece::Value(self.literal_text(Code::atom("item"), item));
                let entry = Code::Template(vec![key, Piece::Text(": ".to_owned()), value_text]);
                let entries = Code::List(vec![Code::prefix("...", value)]);
                let parts = entries.method("map", vec![Code::arrow("([key, item])", entry)]);
                bracketed('{', parts.method("join", vec![Code::atom("\", \"")]), '}')
            }
            (Type::Optional(item), _) if value.is_simple() => {
                let missing = Code::binary("===", 8, value.clone(), Code::atom("null"));
                Code::choice(missing, Code::atom("\"none\""), self.text(value, item))
            }
            (Type::Record(fields), _) if value.is_simple() => self.record_text(&value, fields),
            // What is computed here gets a name first.
            _ => {
                let parameter = if self.typed { format!("(value: {})", type_name(ty)) } else { "(value)".to_owned() };
                let written = Code::arrow(parameter, self.text(Code::atom("value"), ty));
                Code::Call(Box::new(Code::Grouped(Box::new(written))), vec![value])
            }
        }
    }

    fn record_text(self, value: &Code, fields: &[(String, Type)]) -> Code {
        let mut pieces = vec![Piece::Text("{".to_owned())];
        for (place, (name, field)) in fields.iter().enumerate() {
            let comma = if place > 0 { ", " } else { "" };
            let mut key = String::new();
            blocks::literal::write_text(name, &mut key);
            pieces.push(Piece::Text(format!("{comma}{key}: ")));
            pieces.push(Piece::Value(self.literal_text(self.part(value, name, fields), field)));
        }
        pieces.push(Piece::Text("}".to_owned()));
        Code::Template(pieces)
    }

    fn part(self, value: &Code, name: &str, fields: &[(String, Type)]) -> Code {
        if super::types::is_map(fields) {
            return Code::call("_entryOf", vec![value.clone(), Code::atom(crate::quote::quote(name))]);
        }
        if super::types::is_identifier(name) {
            value.clone().member(name)
        } else {
            value.clone().item(Code::atom(crate::quote::quote(name)))
        }
    }

    /// A value inside a list or record, where texts are quoted.
    fn literal_text(self, value: Code, ty: &Type) -> Code {
        let is_text = match ty {
            Type::Optional(inner) => **inner == Type::Text,
            other => matches!(other, Type::Text | Type::Json | Type::Unknown | Type::Parameter(_)),
        };
        if is_text { Code::call("_literal", vec![value, Code::atom("_wholeText")]) } else { self.text(value, ty) }
    }
}

/// Whether truths, of which TypeScript may know the value, are part of a list, map or record.
fn has_truth(ty: &Type) -> bool {
    let inside = |ty: &Type| *ty == Type::Bool || has_truth(ty);
    match ty {
        Type::List(item) | Type::Map(item) => inside(item),
        Type::Optional(inner) => has_truth(inner),
        Type::Record(fields) => fields.iter().any(|(_, field)| inside(field)),
        _ => false,
    }
}

fn bracketed(open: char, inner: Code, close: char) -> Code {
    Code::Template(vec![Piece::Text(open.to_string()), Piece::Value(inner), Piece::Text(close.to_string())])
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
                let code = Script { typed: true }.call(Call { name: builtin.name, signature, arguments, types });
                assert!(!format!("{code:?}").contains("_missing"), "{} {signature}", builtin.name);
            }
        }
    }
}
