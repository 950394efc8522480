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
        match (from, to) {
            (Type::Record(_), Type::Map(item)) => self.record_to_map(code, from, item),
            (_, Type::Json) => Code::call("_asJson", vec![code]),
            (Type::List(a), Type::List(b)) => {
                let item = self.convert(Code::atom("item"), a, b);
                code.method("map", vec![Code::arrow("(item)", item)])
            }
            (Type::Map(a), Type::Map(b)) => {
                let item = self.convert(Code::atom("item"), a, b);
                self.map_of(Code::prefix("...", code), item)
            }
            (Type::Optional(a), Type::Optional(b)) if code.is_simple() => {
                let given = self.convert(code.clone(), a, b);
                Code::choice(Code::binary("===", COMPARE + 1, code, Code::atom("null")), Code::atom("null"), given)
            }
            (Type::Optional(_), Type::Optional(_)) => {
                let item = self.convert(Code::List(vec![code]), &Type::list(from.clone()), &Type::list(to.clone()));
                item.item(Code::atom("0"))
            }
            (a, Type::Optional(b)) => self.convert(code, a, b),
            (Type::Record(have), Type::Record(wanted)) => self.record(code, have, wanted),
            _ => code,
        }
    }

    fn record_to_map(self, code: Code, from: &Type, item: &Type) -> Code {
        let Type::Record(fields) = from else { return code };
        if let Code::Entries(entries) = code.bare() {
            let pairs = entries.iter().filter_map(|(key, value)| {
                let Code::Atom(key) = key.as_ref()?.bare() else { return None };
                let name = key.trim_matches(['"', '\'']);
                let ty = fields.iter().find(|(have, _)| have == name).map_or(item, |(_, ty)| ty);
                let quoted = if key.starts_with(['"', '\'']) { key.clone() } else { crate::quote::quote(key) };
                Some(Code::List(vec![Code::atom(quoted), self.convert(value.clone(), ty, item)]))
            });
            return self.new_map(pairs.collect(), item);
        }
        let entries = Code::call("Object.entries", vec![code]);
        match fields.iter().find(|(_, ty)| changes(ty, item)) {
            Some((_, ty)) => self.map_of(entries, self.convert(Code::atom("item"), ty, item)),
            None if self.typed => Code::call(format!("new Map<string, {}>", super::types::name(item)), vec![entries]),
            None => Code::call("new Map", vec![entries]),
        }
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

    fn record(self, code: Code, have: &[(String, Type)], wanted: &[(String, Type)]) -> Code {
        let changed = have.iter().filter_map(|(name, from)| {
            let (_, to) = wanted.iter().find(|(other, _)| other == name)?;
            let field = code.clone().member(name);
            changes(from, to).then(|| (Some(Code::atom(super::types::property(name))), self.convert(field, from, to)))
        });
        let mut entries = vec![(None, Code::prefix("...", code.clone()))];
        entries.extend(changed);
        Code::Entries(entries)
    }
}

/// Whether values of one type stand differently where the other is wanted.
pub(super) fn changes(from: &Type, to: &Type) -> bool {
    match (from, to) {
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
