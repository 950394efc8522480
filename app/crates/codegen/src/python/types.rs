//! Type hints.

use blocks::Type;

/// The type hint of a type.
pub(super) fn hint(ty: &Type) -> String {
    match ty {
        Type::Int => "int".to_owned(),
        Type::Number => "float".to_owned(),
        Type::Text => "str".to_owned(),
        Type::Bool => "bool".to_owned(),
        Type::None => "None".to_owned(),
        Type::List(item) => format!("list[{}]", hint(item)),
        Type::Map(item) => format!("dict[str, {}]", hint(item)),
        Type::Optional(item) => format!("{} | None", hint(item)),
        Type::Record(_) => "dict".to_owned(),
        Type::Json | Type::Unknown | Type::Parameter(_) => "object".to_owned(),
    }
}

/// Whether values of a type may be unequal to themselves, or equal where the language says they differ: nan inside
/// lists, and truth values beside integers in json.
pub(super) fn has_own_equality(ty: &Type) -> bool {
    match ty {
        Type::Json | Type::Unknown | Type::Parameter(_) => true,
        Type::List(item) | Type::Map(item) => has_number(item),
        Type::Record(fields) => fields.iter().any(|(_, field)| has_number(field)),
        Type::Optional(item) => has_own_equality(item),
        _ => false,
    }
}

/// Whether a number, or json, is part of a type.
pub(super) fn has_number(ty: &Type) -> bool {
    match ty {
        Type::Number | Type::Json | Type::Unknown | Type::Parameter(_) => true,
        Type::List(item) | Type::Map(item) | Type::Optional(item) => has_number(item),
        Type::Record(fields) => fields.iter().any(|(_, field)| has_number(field)),
        _ => false,
    }
}
