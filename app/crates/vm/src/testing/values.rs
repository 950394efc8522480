//! Values of a type: those at its boundaries, and random ones.

use blocks::value::Entries;
use blocks::{Type, Value};

/// A source of numbers that is the same every time: SplitMix64, whose next state does not depend on its output.
#[derive(Clone, Debug)]
pub(super) struct Numbers(pub(super) u64);

impl Numbers {
    pub(super) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number below a bound that is above zero.
    pub(super) fn below(&mut self, bound: usize) -> usize {
        (self.next() % bound.max(1) as u64) as usize
    }

    pub(super) fn pick<'a, T>(&mut self, items: &'a [T]) -> Option<&'a T> {
        if items.is_empty() { None } else { items.get(self.below(items.len())) }
    }
}

/// Values at the boundaries of a type, the plainest first.
pub(super) fn boundaries(ty: &Type) -> Vec<Value> {
    match ty {
        Type::Int => [0, 1, -1, 2, 10, -7, 100, 1 << 31, (1 << 53) + 1, i64::MAX].into_iter().map(Value::Int).collect(),
        Type::Number => {
            [0.0, 1.0, -1.0, 0.5, -2.5, 1e-9, 1e15, f64::NAN, f64::INFINITY].into_iter().map(Value::Number).collect()
        }
        Type::Text => {
            ["", "a", "Hello, world", " two  words ", "12", "-3.5", "añ𝄞", "a\nb", "{\"a\": 1}", "x,y\n1,2\n"]
                .into_iter()
                .map(Value::text)
                .collect()
        }
        Type::Bool => vec![Value::Bool(false), Value::Bool(true)],
        Type::List(item) => lists(&boundaries(item)),
        Type::Map(item) => maps(&boundaries(item)),
        Type::Record(fields) => records(fields),
        Type::Optional(inner) => std::iter::once(Value::None).chain(boundaries(inner)).collect(),
        Type::Json | Type::Unknown | Type::Parameter(_) => vec![
            Value::None,
            Value::Int(1),
            Value::text("a"),
            Value::list(Vec::new()),
            Value::map([("a".to_owned(), Value::Int(1))]),
        ],
        Type::None => vec![Value::None],
    }
}

fn lists(items: &[Value]) -> Vec<Value> {
    let first = items.first().cloned().unwrap_or(Value::None);
    let mut lists = vec![Value::list(Vec::new())];
    lists.extend(items.iter().map(|item| Value::list(vec![item.clone()])));
    lists.push(Value::list(vec![first.clone(), first]));
    lists.push(Value::list(items.iter().take(5).cloned().collect()));
    lists.push(Value::list(items.iter().take(5).rev().cloned().collect()));
    lists
}

fn maps(items: &[Value]) -> Vec<Value> {
    let keys = ["a", "b", "", "10", "2"];
    let whole = Value::map(keys.iter().map(|key| (*key).to_owned()).zip(items.iter().cycle().cloned()));
    let mut maps = vec![Value::map([])];
    maps.extend(items.iter().map(|item| Value::map([("a".to_owned(), item.clone())])));
    maps.push(whole);
    maps
}

/// Records in which one field after the other takes each of its boundary values, the others being plain.
fn records(fields: &[(String, Type)]) -> Vec<Value> {
    let options: Vec<(String, Vec<Value>)> = fields.iter().map(|(name, ty)| (name.clone(), boundaries(ty))).collect();
    let plain: Entries =
        options.iter().map(|(name, values)| (name.clone(), values.first().cloned().unwrap_or(Value::None))).collect();
    let mut records = vec![Value::map(plain.clone())];
    for (name, values) in &options {
        for value in values.iter().skip(1) {
            let mut record = plain.clone();
            record.insert(name.clone(), value.clone());
            records.push(Value::map(record));
        }
    }
    records
}

/// A random value of a type; some that the program itself mentions are among them.
pub(super) fn random(ty: &Type, mentioned: &[Value], numbers: &mut Numbers, depth: usize) -> Value {
    let fitting: Vec<&Value> = mentioned.iter().filter(|value| Type::of(value).fits(ty)).collect();
    if numbers.below(3) == 0
        && let Some(value) = numbers.pick(&fitting)
    {
        return near(value, numbers);
    }
    match ty {
        Type::Int => Value::Int(match numbers.below(4) {
            0 => numbers.below(5) as i64 - 2,
            1 => numbers.below(200) as i64 - 100,
            2 => numbers.below(1_000_000) as i64,
            _ => numbers.next() as i64 >> numbers.below(60),
        }),
        Type::Number => Value::Number(match numbers.below(3) {
            0 => numbers.below(21) as f64 / 2.0 - 5.0,
            1 => (numbers.next() >> 11) as f64 / (1u64 << 53) as f64,
            _ => numbers.below(2_000_000) as f64 / 100.0 - 10_000.0,
        }),
        Type::Text => Value::text(text(numbers)),
        Type::List(item) => {
            let count = if depth > 3 { 0 } else { numbers.below(6) };
            Value::list((0..count).map(|_| random(item, mentioned, numbers, depth + 1)).collect())
        }
        Type::Map(item) => {
            let count = if depth > 3 { 0 } else { numbers.below(5) };
            Value::map(
                (0..count).map(|_| (text(numbers), random(item, mentioned, numbers, depth + 1))).collect::<Vec<_>>(),
            )
        }
        Type::Record(fields) => Value::map(
            fields
                .iter()
                .map(|(name, ty)| (name.clone(), random(ty, mentioned, numbers, depth + 1)))
                .collect::<Vec<_>>(),
        ),
        Type::Optional(inner) if numbers.below(3) > 0 => random(inner, mentioned, numbers, depth),
        other => numbers.pick(&boundaries(other)).cloned().unwrap_or(Value::None),
    }
}

/// A value, or one beside it.
fn near(value: &Value, numbers: &mut Numbers) -> Value {
    match value {
        Value::Int(integer) => Value::Int(integer.saturating_add(numbers.below(3) as i64 - 1)),
        Value::Number(number) => Value::Number(number + [0.0, 0.5, -0.5][numbers.below(3)]),
        other => other.clone(),
    }
}

fn text(numbers: &mut Numbers) -> String {
    const LETTERS: [char; 14] = ['a', 'b', 'Z', '0', '7', ' ', ',', '.', '-', '\n', 'é', 'ß', '字', '𝄞'];
    let length = numbers.below(8);
    (0..length).map(|_| LETTERS[numbers.below(LETTERS.len())]).collect()
}
