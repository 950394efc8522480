//! How well a value fits a port.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::types::Type;

/// How well a value fits where it is wanted, the better the larger.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Fit {
    /// It is widened on the way: an `int` to a `number`, a record to a map, a value to `json` or to an optional.
    Widening,
    /// Any value is taken, or one that goes with the others.
    Open,
    /// It is of the type that is wanted.
    Exact,
}

/// What type parameters stand for.
pub(super) type Bound<'a> = BTreeMap<&'a str, &'a Type>;

/// How a value fits the best of these types; open where there are none.
pub(super) fn fit_any(ty: &Type, wanted: &[Type]) -> Option<Fit> {
    if wanted.is_empty() {
        return Some(Fit::Open);
    }
    wanted.iter().filter_map(|wanted| fit(ty, wanted, &mut Bound::new())).max()
}

/// How a value fits a type, whose parameters are bound by it.
pub(super) fn fit<'a>(ty: &'a Type, wanted: &'a Type, bound: &mut Bound<'a>) -> Option<Fit> {
    let mut tried = bound.clone();
    if !binds(ty, wanted, &mut tried) {
        return None;
    }
    *bound = tried;
    Some(match wanted {
        Type::Parameter(_) | Type::Unknown => Fit::Open,
        _ if ty == wanted || has_parameter(wanted) => Fit::Exact,
        _ => Fit::Widening,
    })
}

fn binds<'a>(ty: &'a Type, wanted: &'a Type, bound: &mut Bound<'a>) -> bool {
    match (ty, wanted) {
        (_, Type::Parameter(name)) => ty.fits(bound.entry(name).or_insert(ty)),
        (Type::List(ty), Type::List(wanted))
        | (Type::Map(ty), Type::Map(wanted))
        | (Type::Optional(ty), Type::Optional(wanted)) => binds(ty, wanted, bound),
        (_, Type::Optional(wanted)) => binds(ty, wanted, bound),
        _ => ty.fits(wanted),
    }
}

fn has_parameter(ty: &Type) -> bool {
    match ty {
        Type::Parameter(_) => true,
        Type::List(inner) | Type::Map(inner) | Type::Optional(inner) => has_parameter(inner),
        Type::Record(fields) => fields.iter().any(|(_, field)| has_parameter(field)),
        _ => false,
    }
}
