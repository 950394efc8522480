//! Random values, many of them at an edge.

use blocks::conform::conform;
use blocks::{Type, Value};

use super::names;
use crate::random::Random;

const INTEGERS: [&str; 24] = [
    "255",
    "-256",
    "2147483647",
    "2147483648",
    "-2147483649",
    "4294967296",
    "9007199254740990",
    "9007199254740991",
    "9007199254740992",
    "9007199254740993",
    "-9007199254740991",
    "-9007199254740992",
    "-9007199254740993",
    "4611686018427387904",
    "9223372036854775807",
    "9223372036854775808",
    "-9223372036854775808",
    "-9223372036854775809",
    "18446744073709551616",
    "1000000000000000000000000000000",
    "-10000000000000000000000000000000000000001",
    "3037000500",
    "94906267",
    "1000000007",
];

const NUMBERS: [f64; 34] = [
    0.0,
    -0.0,
    1.0,
    -1.0,
    0.5,
    -0.5,
    1.5,
    2.5,
    -2.5,
    0.1,
    0.2,
    0.30000000000000004,
    3.7,
    -7.25,
    100.0,
    1e15,
    1e16,
    123_456_789.125,
    1e21,
    1e22,
    1e-5,
    1e-7,
    0.0001,
    9_007_199_254_740_992.0,
    9_007_199_254_740_993.0,
    1e300,
    -1e300,
    f64::MAX,
    f64::MIN_POSITIVE,
    5e-324,
    f64::NAN,
    f64::INFINITY,
    f64::NEG_INFINITY,
    2.675,
];

const TEXTS: [&str; 44] = [
    "",
    " ",
    "a",
    "abc",
    "Hello, world",
    "12",
    "-7",
    "+3",
    " 42 ",
    "1.5",
    "1e3",
    "0x10",
    "true",
    "none",
    "nan",
    "[1, 2]",
    "{\"a\": 1}",
    "null",
    "2024-02-29",
    "a,b;c",
    "a\nb\r\nc\n",
    "\r",
    "\t",
    "\u{0}",
    "\u{7f}",
    "\u{85}x\u{a0}",
    "\u{feff}",
    "\u{1c}",
    "\u{2028}",
    "é",
    "e\u{301}",
    "ß",
    "İ",
    "ΑΣ",
    "😀",
    "👨‍👩‍👧",
    "日本語",
    "\u{10ffff}",
    "\"quoted\"",
    "back\\slash",
    "${x} {{",
    "%41%zz",
    "aGk=",
    "6869",
];

/// A value of a type, of at most so many levels. Where its parts have only json in common, JSON can say it.
pub(super) fn of(random: &mut Random, ty: &Type, depth: usize) -> Value {
    let value = any_of(random, ty, depth);
    if conform(value.clone(), &Type::of(&value)).is_ok() { value } else { finite(value) }
}

fn finite(value: Value) -> Value {
    match value {
        Value::Number(number) if !number.is_finite() => Value::Number(0.5),
        Value::List(items) => Value::list(items.iter().cloned().map(finite).collect()),
        Value::Map(entries) => Value::map(entries.iter().map(|(key, value)| (key.clone(), finite(value.clone())))),
        other => other,
    }
}

fn any_of(random: &mut Random, ty: &Type, depth: usize) -> Value {
    match ty {
        Type::Int => integer(random),
        Type::Number => number(random),
        Type::Text => Value::text(text(random)),
        Type::Bool => Value::Bool(random.chance(50)),
        Type::None => Value::None,
        Type::Optional(inner) if random.chance(65) => any_of(random, inner, depth),
        Type::Optional(_) => Value::None,
        Type::List(item) => {
            let count = if depth == 0 { random.below(2) } else { random.below(5) };
            Value::list((0..count).map(|_| any_of(random, item, depth.saturating_sub(1))).collect())
        }
        Type::Map(item) => {
            let count = if depth == 0 { random.below(2) } else { random.below(4) };
            Value::map((0..count).map(|_| (names::key(random), any_of(random, item, depth.saturating_sub(1)))))
        }
        Type::Record(fields) => Value::map(
            fields.iter().map(|(name, field)| (name.clone(), any_of(random, field, depth.saturating_sub(1)))),
        ),
        _ => json(random, depth),
    }
}

fn integer(random: &mut Random) -> Value {
    if random.chance(85) {
        return Value::Int(random.between(-9, 20));
    }
    let text = *random.pick(&INTEGERS);
    text.parse().map_or(Value::None, Value::integer)
}

fn number(random: &mut Random) -> Value {
    Value::Number(if random.chance(45) { random.between(-80, 200) as f64 / 8.0 } else { *random.pick(&NUMBERS) })
}

fn text(random: &mut Random) -> String {
    match random.below(10) {
        0 => random.pick(&TEXTS).repeat(2 + random.below(30)),
        1 => (0..random.below(6)).map(|_| *random.pick(&TEXTS)).collect(),
        2..=5 => {
            (0..random.below(7)).map(|_| *random.pick(&['a', 'b', 'c', 'A', 'z', '1', ' ', ',', 'é', '😀'])).collect()
        }
        _ => (*random.pick(&TEXTS)).to_owned(),
    }
}

/// A value that JSON can say.
fn json(random: &mut Random, depth: usize) -> Value {
    let nested = usize::from(depth > 0);
    match random.weighted(&[10, 12, 25, 12, 25, 14 * nested, 14 * nested]) {
        0 => Value::None,
        1 => Value::Bool(random.chance(50)),
        2 => integer(random),
        3 => Value::Number(*random.pick(&[
            0.5,
            -1.25,
            0.1,
            2.0,
            -0.0,
            1e-7,
            1e300,
            123_456_789.125,
            9_007_199_254_740_992.0,
        ])),
        4 => Value::text(text(random)),
        5 => Value::list((0..random.below(4)).map(|_| json(random, depth - 1)).collect()),
        _ => Value::map((0..random.below(4)).map(|_| (names::key(random), json(random, depth - 1)))),
    }
}
