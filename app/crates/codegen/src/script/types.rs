//! Types of TypeScript, and how values of the language stand in JavaScript.

use blocks::Type;

use crate::layout::{Doc, concat, group, if_broken, indent, join, text};

/// The type as TypeScript writes it.
pub(super) fn name(ty: &Type) -> String {
    match ty {
        Type::Int | Type::Number => "number".to_owned(),
        Type::Text => "string".to_owned(),
        Type::Bool => "boolean".to_owned(),
        Type::None => "null".to_owned(),
        Type::List(item) => {
            let optional = matches!(**item, Type::Optional(_));
            if optional { format!("({})[]", name(item)) } else { format!("{}[]", name(item)) }
        }
        Type::Map(item) => format!("Map<string, {}>", name(item)),
        Type::Record(fields) if is_map(fields) => "Map<string, any>".to_owned(),
        Type::Record(fields) if fields.is_empty() => "Record<string, never>".to_owned(),
        Type::Record(fields) => {
            let fields: Vec<String> =
                fields.iter().map(|(field, ty)| format!("{}: {}", property(field), name(ty))).collect();
            format!("{{ {} }}", fields.join("; "))
        }
        Type::Optional(item) => format!("{} | null", name(item)),
        Type::Json => "Json".to_owned(),
        Type::Unknown | Type::Parameter(_) => "any".to_owned(),
    }
}

/// The type where it may be broken into lines.
pub(super) fn doc(ty: &Type) -> Doc {
    match ty {
        Type::List(item) if !matches!(**item, Type::Optional(_)) => concat([doc(item), text("[]")]),
        Type::Optional(item) => concat([doc(item), text(" | null")]),
        Type::Map(item) => concat([text("Map"), arguments(&[Type::Text, (**item).clone()])]),
        Type::Record(fields) if !is_map(fields) && !fields.is_empty() => {
            let fields = fields.iter().map(|(field, ty)| concat([text(format!("{}: ", property(field))), doc(ty)]));
            let fields = join(fields, &concat([text(";"), Doc::Line]));
            let inner = concat([Doc::Line, fields, if_broken(text(";"), text(""))]);
            group(concat([text("{"), indent(inner), Doc::Line, text("}")]))
        }
        other => text(name(other)),
    }
}

/// `<A, B>`: on one line, else each on its own; one alone is broken inside.
pub(super) fn arguments(types: &[Type]) -> Doc {
    if let [only] = types {
        return concat([text("<"), doc(only), text(">")]);
    }
    let types = join(types.iter().map(doc), &concat([text(","), Doc::Line]));
    group(concat([text("<"), indent(concat([Doc::SoftLine, types])), Doc::SoftLine, text(">")]))
}

/// Whether TypeScript writes the type of an object.
pub(super) fn is_object(ty: &Type) -> bool {
    matches!(ty, Type::Record(fields) if !is_map(fields) && !fields.is_empty())
}

/// Records are objects, but for those with names such as `10`, which an object would put first.
pub(super) fn is_map(fields: &[(String, Type)]) -> bool {
    fields.iter().any(|(name, _)| is_reordered(name))
}

pub(super) fn is_reordered(name: &str) -> bool {
    name == "__proto__" || !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_digit())
}

/// A property name, quoted where it must be.
pub(super) fn property(name: &str) -> String {
    if is_identifier(name) { name.to_owned() } else { crate::quote::quote(name) }
}

pub(super) fn is_identifier(name: &str) -> bool {
    // Beyond these scripts names are quoted, which is never wrong.
    let letter =
        |c: char| c.is_ascii_alphabetic() || matches!(c, '_' | '$' | 'À'..='ʯ' | 'Ͱ'..='ԯ') && c.is_alphabetic();
    !name.is_empty()
        && !name.starts_with(|c: char| c.is_ascii_digit())
        && name.chars().all(|c| letter(c) || c.is_ascii_digit() || matches!(c, '_' | '$'))
}

/// Whether `===` compares values of a type.
pub(super) fn is_scalar(ty: &Type) -> bool {
    match ty {
        Type::Int | Type::Number | Type::Text | Type::Bool | Type::None => true,
        Type::Optional(inner) => is_scalar(inner),
        _ => false,
    }
}

/// Whether values of json, whose kinds TypeScript would list, are part of a type.
pub(super) fn has_json(ty: &Type) -> bool {
    match ty {
        Type::Json => true,
        Type::List(item) | Type::Map(item) | Type::Optional(item) => has_json(item),
        Type::Record(fields) => fields.iter().any(|(_, field)| has_json(field)),
        _ => false,
    }
}

/// Whether the items of a list are found by what they are, with the methods of the list: no optional ones, no truths, of
/// which TypeScript may know more, and no numbers, among which nan is found.
pub(super) fn is_whole(item: &Type) -> bool {
    matches!(item, Type::Int | Type::Text)
}

/// What numbers a type has inside.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Numbers {
    /// Integers, or json, in which the value itself decides.
    pub(super) whole: bool,
    /// Numbers, which are written with a fraction.
    pub(super) broken: bool,
}

pub(super) fn numbers(ty: &Type) -> Numbers {
    match ty {
        Type::Int | Type::Json | Type::Unknown | Type::Parameter(_) => Numbers { whole: true, broken: false },
        Type::Number => Numbers { whole: false, broken: true },
        Type::List(item) | Type::Map(item) | Type::Optional(item) => numbers(item),
        Type::Record(fields) => fields.iter().fold(Numbers::default(), |all, (_, field)| {
            let own = numbers(field);
            Numbers { whole: all.whole || own.whole, broken: all.broken || own.broken }
        }),
        Type::Text | Type::Bool | Type::None => Numbers::default(),
    }
}
