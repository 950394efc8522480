//! Types of ports and values.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::value::Value;

/// How many parts a type may have.
pub const MAX_PARTS: usize = 2_000;

/// How deep a type may nest, also one that nobody wrote.
const MAX_LEVELS: usize = 64;

/// A value of more entries is a map, not a record.
const MAX_FIELDS: usize = 1_000;

/// The type of a value.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Type {
    /// An exact integer of any size.
    Int,
    /// A 64-bit floating point number.
    Number,
    /// Unicode text.
    Text,
    /// A truth value.
    Bool,
    /// Items of one type.
    List(Box<Type>),
    /// Text keys to values of one type, in insertion order.
    Map(Box<Type>),
    /// Named fields, each of its own type.
    Record(Vec<(String, Type)>),
    /// Any value that JSON can say.
    Json,
    /// Only the value `none`.
    None,
    /// The type, or `none`.
    Optional(Box<Type>),
    /// A type parameter of a kind or function, for example `T` in `list<T>`.
    Parameter(String),
    /// Not known: an empty list's items, or what follows a mistake. It fits everywhere, so that one mistake gives one
    /// diagnostic.
    Unknown,
}

impl Type {
    /// `list<item>`.
    pub fn list(item: Self) -> Self {
        Self::List(Box::new(item))
    }

    /// `map<item>`.
    pub fn map(item: Self) -> Self {
        Self::Map(Box::new(item))
    }

    /// `type?`, without nesting optionals.
    pub fn optional(self) -> Self {
        match self {
            Self::Optional(_) | Self::None | Self::Json | Self::Unknown => self,
            other => Self::Optional(Box::new(other)),
        }
    }

    /// The most precise type of a value; an empty list is `list<?>`.
    pub fn of(value: &Value) -> Self {
        match value {
            Value::None => Self::None,
            Value::Bool(_) => Self::Bool,
            Value::Int(_) | Value::Big(_) => Self::Int,
            Value::Number(_) => Self::Number,
            Value::Text(_) => Self::Text,
            Value::List(items) => Self::list(join_all(items.iter().map(Self::of))),
            // So many are no fields, but a table.
            Value::Map(entries) if entries.len() > MAX_FIELDS => Self::map(join_all(entries.values().map(Self::of))),
            Value::Map(entries) => {
                Self::Record(entries.iter().map(|(key, value)| (key.clone(), Self::of(value))).collect())
            }
        }
    }

    /// Whether a value of this type can stand where `target` is wanted. `int` widens to `number` (inside lists, maps
    /// and records, too); everything that JSON can say is `json`; a record is a map where its fields fit.
    pub fn fits(&self, target: &Self) -> bool {
        match (self, target) {
            (Self::Unknown, _) | (_, Self::Unknown) => true,
            (a, b) if a == b => true,
            (Self::Int, Self::Number) => true,
            (Self::Parameter(_), _) | (_, Self::Parameter(_)) => false,
            (_, Self::Json) => true,
            (Self::None, Self::Optional(_)) => true,
            (Self::Optional(a), Self::Optional(b)) => a.fits(b),
            (a, Self::Optional(b)) => a.fits(b),
            (Self::List(a), Self::List(b)) | (Self::Map(a), Self::Map(b)) => a.fits(b),
            (Self::Record(fields), Self::Map(item)) => fields.iter().all(|(_, field)| field.fits(item)),
            (Self::Record(a), Self::Record(b)) => {
                a.len() == b.len()
                    && b.iter()
                        .enumerate()
                        .all(|(place, (name, wanted))| field_at(a, place, name).is_some_and(|found| found.fits(wanted)))
            }
            _ => false,
        }
    }

    /// Whether turning a value of this type into `target` changes its representation: an `int` becomes a `number`, a
    /// whole `number` an integer of `json`.
    pub fn widens_to(&self, target: &Self) -> bool {
        match (self, target) {
            (Self::Int, Self::Number) => true,
            (have, Self::Json) => have.holds_number(),
            (Self::Optional(a), Self::Optional(b)) => a.widens_to(b),
            (a, Self::Optional(b)) => a.widens_to(b),
            (Self::List(a), Self::List(b)) | (Self::Map(a), Self::Map(b)) => a.widens_to(b),
            (Self::Record(fields), Self::Map(item)) => fields.iter().any(|(_, field)| field.widens_to(item)),
            (Self::Record(a), Self::Record(b)) => b
                .iter()
                .enumerate()
                .any(|(place, (name, wanted))| field_at(a, place, name).is_some_and(|found| found.widens_to(wanted))),
            _ => false,
        }
    }

    /// Whether a `number` is part of the type.
    fn holds_number(&self) -> bool {
        match self {
            Self::Number => true,
            Self::List(item) | Self::Map(item) | Self::Optional(item) => item.holds_number(),
            Self::Record(fields) => fields.iter().any(|(_, field)| field.holds_number()),
            _ => false,
        }
    }

    /// The narrowest type that both fit, if there is one: `int` and `number` join to `number`, a type and `none` to an
    /// optional, records of different fields to a map.
    pub fn join(&self, other: &Self) -> Option<Self> {
        if self.fits(other) {
            return Some(if *other == Self::Unknown { self.clone() } else { fill(other, self) });
        }
        if other.fits(self) {
            return Some(fill(self, other));
        }
        match (self, other) {
            (Self::None, other) | (other, Self::None) => Some(other.clone().optional()),
            (Self::Optional(a), Self::Optional(b)) => a.join(b).map(Self::optional),
            (Self::Optional(a), b) | (b, Self::Optional(a)) => a.join(b).map(Self::optional),
            (Self::List(a), Self::List(b)) => a.join(b).map(Self::list),
            (Self::Map(a), Self::Map(b)) => a.join(b).map(Self::map),
            (Self::Record(_), Self::Record(_) | Self::Map(_)) | (Self::Map(_), Self::Record(_)) => {
                self.item().join(&other.item()).map(Self::map)
            }
            _ => None,
        }
    }

    /// The type of what a list or map holds, or a record's fields joined; `json` holds `json`.
    pub fn item(&self) -> Self {
        match self {
            Self::List(item) | Self::Map(item) => (**item).clone(),
            Self::Record(fields) => join_all(fields.iter().map(|(_, field)| field.clone())),
            Self::Text => Self::Text,
            Self::Json => Self::Json,
            _ => Self::Unknown,
        }
    }

    /// Whether the type is larger than any that people write: types of formulas can double from block to block.
    pub fn is_too_large(&self) -> bool {
        self.count(&mut MAX_PARTS.clone(), MAX_LEVELS).is_none()
    }

    /// How many parts the type has.
    pub fn parts(&self) -> usize {
        let mut left = usize::MAX;
        self.count(&mut left, usize::MAX);
        usize::MAX - left
    }

    /// Takes its parts off what is left; `None` where that or the levels do not suffice.
    fn count(&self, left: &mut usize, levels: usize) -> Option<()> {
        *left = left.checked_sub(1)?;
        let below = levels.checked_sub(1)?;
        match self {
            Self::List(item) | Self::Map(item) | Self::Optional(item) => item.count(left, below),
            Self::Record(fields) => fields.iter().try_for_each(|(_, field)| field.count(left, below)),
            _ => Some(()),
        }
    }

    /// Whether values of this type become `json` in `target` although they hold `json` themselves. Only there can
    /// values nest deeper than their types say.
    pub fn nests_in(&self, target: &Self) -> bool {
        match (self, target) {
            (Self::Json, _) => false,
            (_, Self::Json) => self.holds_json(),
            (Self::Optional(a), Self::Optional(b)) => a.nests_in(b),
            (a, Self::Optional(b)) => a.nests_in(b),
            (Self::List(a), Self::List(b)) | (Self::Map(a), Self::Map(b)) => a.nests_in(b),
            (Self::Record(fields), Self::Map(item)) => fields.iter().any(|(_, field)| field.nests_in(item)),
            (Self::Record(a), Self::Record(b)) => b
                .iter()
                .enumerate()
                .any(|(place, (name, wanted))| field_at(a, place, name).is_some_and(|found| found.nests_in(wanted))),
            _ => false,
        }
    }

    fn holds_json(&self) -> bool {
        match self {
            Self::Json => true,
            Self::List(item) | Self::Map(item) | Self::Optional(item) => item.holds_json(),
            Self::Record(fields) => fields.iter().any(|(_, field)| field.holds_json()),
            _ => false,
        }
    }

    /// Whether any part of the type is not known.
    pub fn has_unknown(&self) -> bool {
        match self {
            Self::Unknown => true,
            Self::List(item) | Self::Map(item) | Self::Optional(item) => item.has_unknown(),
            Self::Record(fields) => fields.iter().any(|(_, field)| field.has_unknown()),
            _ => false,
        }
    }
}

/// The field of a name, which most often stands at the same place as in the other record.
fn field_at<'a>(fields: &'a [(String, Type)], place: usize, name: &str) -> Option<&'a Type> {
    let there = fields.get(place).filter(|(have, _)| have == name);
    there.or_else(|| fields.iter().find(|(have, _)| have == name)).map(|(_, field)| field)
}

/// Replaces what is unknown in `shape` by what `source` knows.
fn fill(shape: &Type, source: &Type) -> Type {
    match (shape, source) {
        (Type::Unknown, known) => known.clone(),
        (Type::List(a), Type::List(b)) => Type::list(fill(a, b)),
        (Type::Map(a), Type::Map(b)) => Type::map(fill(a, b)),
        (Type::Optional(a), Type::Optional(b)) => Type::Optional(Box::new(fill(a, b))),
        (Type::Optional(a), b) => fill(a, b).optional(),
        (Type::Map(a), Type::Record(_)) => Type::map(fill(a, &source.item())),
        (Type::Record(fields), Type::Record(known)) => {
            let fields = fields.iter().enumerate().map(|(place, (name, field))| {
                (name.clone(), fill(field, field_at(known, place, name).unwrap_or(&Type::Unknown)))
            });
            Type::Record(fields.collect())
        }
        _ => shape.clone(),
    }
}

/// The join of many types; `json` where they have nothing in common, unknown where there are none.
pub fn join_all(types: impl IntoIterator<Item = Type>) -> Type {
    types.into_iter().fold(Type::Unknown, |joined, next| joined.join(&next).unwrap_or(Type::Json))
}

impl fmt::Display for Type {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Int => formatter.write_str("int"),
            Self::Number => formatter.write_str("number"),
            Self::Text => formatter.write_str("text"),
            Self::Bool => formatter.write_str("bool"),
            Self::Json => formatter.write_str("json"),
            Self::None => formatter.write_str("none"),
            Self::Unknown => formatter.write_str("?"),
            Self::Parameter(name) => formatter.write_str(name),
            Self::List(item) => write!(formatter, "list<{item}>"),
            Self::Map(item) => write!(formatter, "map<{item}>"),
            Self::Optional(item) => write!(formatter, "{item}?"),
            Self::Record(fields) => {
                formatter.write_str("record{")?;
                for (index, (name, field)) in fields.iter().enumerate() {
                    let separator = if index > 0 { ", " } else { "" };
                    write!(formatter, "{separator}{name}: {field}")?;
                }
                formatter.write_str("}")
            }
        }
    }
}

/// Reads a type such as `list<record{name: text, age: int?}>`.
///
/// # Errors
/// A sentence that says what was expected.
pub fn read(text: &str) -> Result<Type, String> {
    let mut rest = text.trim();
    let read = read_type(&mut rest, 0)?;
    if rest.trim().is_empty() { Ok(read) } else { Err(format!("unexpected '{}' after the type", rest.trim())) }
}

const MAX_DEPTH: usize = 32;

fn read_type(rest: &mut &str, depth: usize) -> Result<Type, String> {
    if depth > MAX_DEPTH {
        return Err(format!("the type is nested deeper than {MAX_DEPTH} levels"));
    }
    let name = read_name(rest);
    let mut found = match name {
        "int" => Type::Int,
        "number" => Type::Number,
        "text" => Type::Text,
        "bool" => Type::Bool,
        "json" => Type::Json,
        "none" => Type::None,
        "list" => Type::list(read_item(rest, depth)?),
        "map" => Type::map(read_item(rest, depth)?),
        "record" => Type::Record(read_fields(rest, depth)?),
        "" if take(rest, '?') => return Ok(Type::Unknown),
        "" => return Err("a type is missing".to_owned()),
        parameter if parameter.len() == 1 && parameter.chars().all(|c| c.is_ascii_uppercase()) => {
            Type::Parameter(parameter.to_owned())
        }
        other => {
            return Err(format!(
                "'{other}' is not a type; there are int, number, text, bool, json, none, list<…>, map<…>, record{{…}}"
            ));
        }
    };
    while take(rest, '?') {
        found = found.optional();
    }
    Ok(found)
}

fn read_item(rest: &mut &str, depth: usize) -> Result<Type, String> {
    expect(rest, '<')?;
    let item = read_type(rest, depth + 1)?;
    expect(rest, '>')?;
    Ok(item)
}

fn read_fields(rest: &mut &str, depth: usize) -> Result<Vec<(String, Type)>, String> {
    expect(rest, '{')?;
    let mut fields: Vec<(String, Type)> = Vec::new();
    if take(rest, '}') {
        return Ok(fields);
    }
    loop {
        let name = read_name(rest).to_owned();
        if name.is_empty() {
            return Err("a field name is missing".to_owned());
        }
        if fields.iter().any(|(have, _)| *have == name) {
            return Err(format!("the field '{name}' is there twice"));
        }
        expect(rest, ':')?;
        fields.push((name, read_type(rest, depth + 1)?));
        if take(rest, '}') {
            return Ok(fields);
        }
        expect(rest, ',')?;
    }
}

fn read_name<'a>(rest: &mut &'a str) -> &'a str {
    *rest = rest.trim_start();
    let end = rest.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(rest.len());
    let (name, tail) = rest.split_at(end);
    *rest = tail;
    name
}

fn take(rest: &mut &str, wanted: char) -> bool {
    *rest = rest.trim_start();
    rest.strip_prefix(wanted).is_some_and(|tail| {
        *rest = tail;
        true
    })
}

fn expect(rest: &mut &str, wanted: char) -> Result<(), String> {
    if take(rest, wanted) { Ok(()) } else { Err(format!("expected '{wanted}' in the type")) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ty(text: &str) -> Type {
        read(text).unwrap()
    }

    #[test]
    fn types_read_back_as_written() {
        for text in ["int", "list<int>", "map<list<text>>", "record{name: text, age: int?}", "list<T>", "json"] {
            assert_eq!(ty(text).to_string(), text);
        }
        for wrong in ["", "integer", "list", "list<int", "record{a int}", "int int", "record{a: int, a: int}"] {
            assert!(read(wrong).is_err(), "{wrong}");
        }
        assert!(read(&"list<".repeat(10_000)).is_err());
    }

    #[test]
    fn types_that_double_are_too_large() {
        let doubled = |ty: Type| Type::Record(vec![("a".to_owned(), ty.clone()), ("b".to_owned(), ty)]);
        let ten = (0..9).fold(Type::Int, |ty, _| doubled(ty));
        assert_eq!((ten.parts(), ten.is_too_large()), (1023, false));
        assert!(doubled(doubled(ten)).is_too_large());
        assert!((0..100).fold(Type::Int, |ty, _| Type::list(ty)).is_too_large());
        let table = Value::map((0..1001).map(|key| (key.to_string(), Value::Int(key))));
        assert_eq!(Type::of(&table), Type::map(Type::Int));
    }

    #[test]
    fn values_nest_where_json_becomes_json() {
        for (from, to, nests) in [
            ("list<json>", "json", true),
            ("list<list<json>>", "list<json>", true),
            ("record{a: json}", "map<json>", false),
            ("record{a: list<json>}", "map<json>", true),
            ("list<json>?", "json", true),
            ("json", "json", false),
            ("list<int>", "json", false),
            ("list<json>", "list<json>", false),
        ] {
            assert_eq!(ty(from).nests_in(&ty(to)), nests, "{from} -> {to}");
        }
    }

    #[test]
    fn what_fits() {
        for (from, to) in [
            ("int", "number"),
            ("list<int>", "list<number>"),
            ("none", "text?"),
            ("text", "text?"),
            ("int", "number?"),
            ("record{a: int}", "map<number>"),
            ("record{a: int}", "json"),
            ("list<?>", "list<text>"),
        ] {
            assert!(ty(from).fits(&ty(to)), "{from} -> {to}");
        }
        for (from, to) in
            [("number", "int"), ("text?", "text"), ("json", "int"), ("bool", "int"), ("text", "list<text>")]
        {
            assert!(!ty(from).fits(&ty(to)), "{from} -> {to}");
        }
    }

    #[test]
    fn what_is_converted_where_it_fits() {
        for (from, to) in [
            ("int", "number?"),
            ("record{a: int}", "map<number>"),
            ("number", "json"),
            ("list<record{a: number?}>", "json"),
            ("map<list<number>>", "map<json>"),
            ("record{a: number, b: text}", "record{a: json, b: json}"),
        ] {
            assert!(ty(from).widens_to(&ty(to)), "{from} -> {to}");
        }
        for (from, to) in [("int", "json"), ("json", "json"), ("list<?>", "json"), ("number", "number?")] {
            assert!(!ty(from).widens_to(&ty(to)), "{from} -> {to}");
        }
    }

    #[test]
    fn joins() {
        for (a, b, joined) in [
            ("int", "number", "number"),
            ("none", "int", "int?"),
            ("list<?>", "list<int>", "list<int>"),
            ("record{a: int}", "record{b: number}", "map<number>"),
            ("int?", "number", "number?"),
            // What an empty list in a field, map or optional holds was lost, so that items of any two types joined.
            ("record{a: list<?>}", "record{a: list<int>}", "record{a: list<int>}"),
            ("map<list<?>>", "record{a: list<int>}", "map<list<int>>"),
            ("list<?>?", "list<int>", "list<int>?"),
        ] {
            assert_eq!(ty(a).join(&ty(b)).map(|found| found.to_string()), Some(joined.to_owned()), "{a} | {b}");
            assert_eq!(ty(b).join(&ty(a)).map(|found| found.to_string()), Some(joined.to_owned()), "{b} | {a}");
        }
        assert_eq!(ty("int").join(&ty("text")), None);
    }
}
