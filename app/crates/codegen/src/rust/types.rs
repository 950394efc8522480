//! Types of the language as Rust types; records become structs, equal shapes share one.

use std::collections::HashSet;

use blocks::Type;

use super::names::{pascal, singular, snake};

/// Type names that mean something already.
const RESERVED: [&str; 17] = [
    "Error", "Map", "Json", "Vec", "String", "Option", "Some", "None", "Ok", "Err", "Result", "Literal", "Self", "Box",
    "Iterator", "FromJson", "ToJson",
];

/// A struct that stands for a record type.
#[derive(Clone, Debug)]
pub(crate) struct Struct {
    /// Its name.
    pub(crate) name: String,
    /// The record's fields.
    pub(crate) fields: Vec<(String, Type)>,
}

/// The structs of a module.
#[derive(Debug, Default)]
pub(crate) struct Types {
    pub(crate) structs: Vec<Struct>,
    taken: HashSet<String>,
}

/// Whether a value is copied, not moved.
pub(crate) fn is_copy(ty: &Type) -> bool {
    match ty {
        Type::Int | Type::Number | Type::Bool | Type::None | Type::Unknown | Type::Parameter(_) => true,
        Type::Optional(inner) => is_copy(inner),
        _ => false,
    }
}

/// The name of a record's field in its struct; no two are alike.
pub(crate) fn field_name(fields: &[(String, Type)], name: &str) -> String {
    let own = snake(name);
    let before = fields.iter().take_while(|(field, _)| field != name).filter(|(field, _)| snake(field) == own).count();
    if before == 0 { own } else { format!("{own}_{}", before + 1) }
}

impl Types {
    /// The struct of a record type, named after where it was met first.
    pub(crate) fn structure(&mut self, fields: &[(String, Type)], hint: &str) -> String {
        if let Some(found) = self.structs.iter().find(|found| found.fields == fields) {
            return found.name.clone();
        }
        let base = match fields {
            [(first, _), (second, _)] if first == "first" && second == "second" => "Pair".to_owned(),
            [(key, _), (value, _)] if key == "key" && value == "value" => "Entry".to_owned(),
            _ => pascal(hint),
        };
        let mut name = base.clone();
        let mut number = 2;
        while RESERVED.contains(&name.as_str()) || !self.taken.insert(name.clone()) {
            name = format!("{base}{number}");
            number += 1;
        }
        self.structs.push(Struct { name: name.clone(), fields: fields.to_vec() });
        for (field, ty) in fields {
            self.meet(ty, field);
        }
        name
    }

    /// Names the structs that a type needs.
    pub(crate) fn meet(&mut self, ty: &Type, hint: &str) {
        match ty {
            Type::Record(fields) => {
                self.structure(fields, hint);
            }
            Type::List(item) | Type::Map(item) => self.meet(item, &singular(hint)),
            Type::Optional(inner) => self.meet(inner, hint),
            _ => {}
        }
    }

    /// The type of an owned value.
    pub(crate) fn owned(&mut self, ty: &Type) -> String {
        match ty {
            Type::Int => "i64".to_owned(),
            Type::Number => "f64".to_owned(),
            Type::Text => "String".to_owned(),
            Type::Bool => "bool".to_owned(),
            Type::None => "()".to_owned(),
            Type::Json => "Json".to_owned(),
            Type::Unknown | Type::Parameter(_) => "std::convert::Infallible".to_owned(),
            Type::List(item) => format!("Vec<{}>", self.owned(item)),
            Type::Map(item) => format!("Map<{}>", self.owned(item)),
            Type::Optional(inner) => format!("Option<{}>", self.owned(inner)),
            Type::Record(fields) => self.structure(fields, "record"),
        }
    }

    /// The type of a parameter that is only read.
    pub(crate) fn borrowed(&mut self, ty: &Type) -> String {
        match ty {
            Type::Text => "&str".to_owned(),
            Type::List(item) => format!("&[{}]", self.owned(item)),
            ty if is_copy(ty) => self.owned(ty),
            ty => format!("&{}", self.owned(ty)),
        }
    }

    /// The structs as code.
    pub(crate) fn code(&mut self) -> Vec<String> {
        let structs = self.structs.clone();
        structs
            .iter()
            .map(|own| {
                let fields: String = own
                    .fields
                    .iter()
                    .map(|(name, ty)| format!("    pub {}: {},\n", field_name(&own.fields, name), self.owned(ty)))
                    .collect();
                let body = if fields.is_empty() { "{}".to_owned() } else { format!("{{\n{fields}}}") };
                format!("#[derive(Clone, Debug, PartialEq)]\npub struct {} {body}\n", own.name)
            })
            .collect()
    }
}
