//! Random types.

use blocks::Type;

use super::names;
use crate::random::Random;

/// A type of at most so many levels, seldom of some more.
pub(super) fn any(random: &mut Random, depth: usize) -> Type {
    let deeper = if depth > 1 && random.chance(4) { 2 } else { 0 };
    of_depth(random, depth + deeper)
}

fn of_depth(random: &mut Random, depth: usize) -> Type {
    let nested = if depth == 0 { 0 } else { 1 };
    match random.weighted(&[24, 14, 22, 10, 14 * nested, 8 * nested, 8 * nested, 5 * nested, 5]) {
        0 => Type::Int,
        1 => Type::Number,
        2 => Type::Text,
        3 => Type::Bool,
        4 => Type::list(of_depth(random, depth - 1)),
        5 => Type::map(of_depth(random, depth - 1)),
        6 => {
            let count = 1 + random.below(3);
            let fields = names::fields(random, count);
            Type::Record(fields.into_iter().map(|name| (name, of_depth(random, depth - 1))).collect())
        }
        7 => of_depth(random, depth - 1).optional(),
        _ => Type::Json,
    }
}

/// The type as it can be declared: nothing unknown, and fields that are names.
pub(crate) fn declared(ty: &Type) -> Type {
    match ty {
        Type::Unknown => Type::Int,
        Type::None => Type::Int.optional(),
        Type::List(item) => Type::list(declared(item)),
        Type::Map(item) => Type::map(declared(item)),
        Type::Optional(item) => declared(item).optional(),
        Type::Record(fields) if fields.iter().all(|(name, _)| is_name(name)) && !fields.is_empty() => {
            Type::Record(fields.iter().map(|(name, field)| (name.clone(), declared(field))).collect())
        }
        Type::Record(_) => Type::map(declared(&ty.item())),
        other => other.clone(),
    }
}

fn is_name(name: &str) -> bool {
    name.chars().next().is_some_and(|first| first.is_alphabetic() || first == '_')
        && name.chars().all(|character| character.is_alphanumeric() || character == '_')
}
