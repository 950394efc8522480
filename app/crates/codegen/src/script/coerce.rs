//! Values of one type where another is wanted: records are objects, maps are Maps.

use blocks::Type;

use super::Script;
use super::types::is_map;
use crate::code::{COMPARE, Code};

impl Script {
    pub(super) fn convert(self, code: Code, from: &Type, to: &Type) -> Code {
        if !changes(from, to) {
            return code;
        }
        if let Code::Marked(block, inner) = code {
            return Code::Marked(block, Box::new(self.convert(*inner, from, to)));
        }
        match (from, to) {
            (Type::Record(_), Type::Map(item)) => self.record_to_map(code, from, item),
            (_, Type::Json) if from.widens_to(to) => Code::call("_json", vec![code]),
            (_, Type::Json) => Code::call("_asJson", vec![code]),
            (Type::List(a), Type::List(b)) => {
                let item = self.convert(Code::atom("item"), a, b);
                let parameter =
                    if self.typed && (a.has_unknown() || is_anything(&code)) { "(item: any)" } else { "(item)" };
                code.method("map", vec![Code::arrow(parameter, item)])
            }
            (Type::Map(a), Type::Map(b)) => {
                let item = self.convert(Code::atom("item"), a, b);
                self.map_of(Code::prefix("...", code), item)
            }
            (Type::Optional(a), Type::Optional(b)) if code.is_simple() => {
                let given = self.given(code.clone(), a, b);
                Code::choice(Code::binary("===", COMPARE + 1, code, Code::atom("null")), Code::atom("null"), given)
            }
            (Type::Optional(_), Type::Optional(_)) => {
                let item = self.convert(Code::List(vec![code]), &Type::list(from.clone()), &Type::list(to.clone()));
                item.item(Code::atom("0"))
            }
            (a, Type::Optional(b)) => self.convert(code, a, b),
            (Type::Record(_), Type::Record(wanted)) => {
                self.named(code, from, |record| self.record(&record, from, wanted))
            }
            _ => code,
        }
    }

    /// What is there of something that may be missing; TypeScript may believe that nothing is.
    fn given(self, code: Code, from: &Type, to: &Type) -> Code {
        let Type::Map(item) = to else { return self.convert(code, from, to) };
        match self.convert(code, from, to) {
            Code::Call(function, arguments) if self.typed => {
                let entries = |code: Code| match code {
                    Code::Call(function, arguments) if function.is("Object.entries") => {
                        Code::generic("Object.entries", vec![(**item).clone()], arguments)
                    }
                    other => other,
                };
                Code::Call(function, arguments.into_iter().map(entries).collect())
            }
            other => other,
        }
    }

    fn record_to_map(self, code: Code, from: &Type, item: &Type) -> Code {
        let Type::Record(fields) = from else { return code };
        if let Code::Entries(entries) = code.bare()
            && entries.len() == fields.len()
            && entries.iter().all(|(key, _)| key.is_some())
        {
            let pairs = fields.iter().zip(entries).map(|((name, ty), (_, value))| {
                Code::List(vec![Code::atom(crate::quote::quote(name)), self.convert(value.clone(), ty, item)])
            });
            return self.new_map(pairs.collect(), item);
        }
        if fields.iter().any(|(_, ty)| changes(ty, item)) {
            return self.named(code, from, |record| {
                let pairs = fields.iter().map(|(name, ty)| {
                    let field = self.convert(self.field(from, record.clone(), name), ty, item);
                    Code::List(vec![Code::atom(crate::quote::quote(name)), field])
                });
                self.new_map(pairs.collect(), item)
            });
        }
        if is_map(fields) {
            return code;
        }
        let entries = Code::call("Object.entries", vec![code]);
        if self.typed {
            Code::generic("new Map", vec![Type::Text, item.clone()], vec![entries])
        } else {
            Code::call("new Map", vec![entries])
        }
    }

    /// Code that reads a value several times: one that is computed gets a name first.
    pub(super) fn named(self, code: Code, ty: &Type, read: impl FnOnce(Code) -> Code) -> Code {
        if code.is_simple() {
            return read(code);
        }
        let parameter = if self.typed { format!("(value: {})", super::types::name(ty)) } else { "(value)".to_owned() };
        let reader = Code::arrow(parameter, read(Code::atom("value")));
        Code::Call(Box::new(Code::Grouped(Box::new(reader))), vec![code])
    }

    /// A map with each item converted.
    fn map_of(self, entries: Code, item: Code) -> Code {
        let entries = match entries {
            spread @ Code::Prefix(..) => Code::List(vec![spread]),
            other => other,
        };
        let pair = Code::List(vec![Code::atom("key"), item]);
        Code::call("new Map", vec![entries.method("map", vec![Code::arrow("([key, item])", pair)])])
    }

    /// A record with those fields converted that must be.
    fn record(self, code: &Code, from: &Type, wanted: &[(String, Type)]) -> Code {
        let Type::Record(have) = from else { return code.clone() };
        let changed = have.iter().filter_map(|(name, ty)| {
            let (_, to) = wanted.iter().find(|(other, _)| other == name)?;
            let field = self.field(from, code.clone(), name);
            changes(ty, to).then(|| (name, self.convert(field, ty, to)))
        });
        let spread = Code::prefix("...", code.clone());
        if is_map(have) {
            let pairs = changed.map(|(name, field)| Code::List(vec![Code::atom(crate::quote::quote(name)), field]));
            return self.new_map(std::iter::once(spread).chain(pairs).collect(), &Type::Unknown);
        }
        let fields = changed.map(|(name, field)| (Some(Code::atom(super::types::property(name))), field));
        Code::Entries(std::iter::once((None, spread)).chain(fields).collect())
    }
}

/// Whether TypeScript may know less of a value than the language: of a field of a record that is a map, for example.
pub(super) fn is_anything(code: &Code) -> bool {
    if crate::runtime::names(&crate::layout::flat(&super::layout::expression(code)), "any") {
        return true;
    }
    match code.bare() {
        Code::Call(function, _) => {
            ["_fieldOf", "_get", "_default", "_itemAt", "_entryOf"].iter().any(|name| function.is(name))
        }
        // An item of what is such a value is one itself.
        Code::Atom(name) => name == "item",
        Code::Choice(_) | Code::Binary("??", ..) => true,
        _ => false,
    }
}

/// Whether values of one type stand differently where the other is wanted.
pub(super) fn changes(from: &Type, to: &Type) -> bool {
    match (from, to) {
        (_, Type::Json) if from.widens_to(to) => true,
        (Type::Record(fields), Type::Map(item)) => !is_map(fields) || fields.iter().any(|(_, ty)| changes(ty, item)),
        (Type::Record(fields), Type::Json) => !is_map(fields) || fields.iter().any(|(_, ty)| changes(ty, to)),
        (Type::List(a) | Type::Map(a) | Type::Optional(a), Type::Json) => changes(a, to),
        (Type::List(a), Type::List(b)) | (Type::Map(a), Type::Map(b)) | (Type::Optional(a), Type::Optional(b)) => {
            changes(a, b)
        }
        (a, Type::Optional(b)) => changes(a, b),
        (Type::Record(have), Type::Record(wanted)) => have.iter().any(|(name, from)| {
            wanted.iter().find(|(other, _)| other == name).is_some_and(|(_, to)| changes(from, to))
        }),
        _ => false,
    }
}
