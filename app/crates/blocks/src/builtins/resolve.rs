//! Which signature of a function fits what it is given.

use std::collections::HashMap;
use std::sync::OnceLock;

use super::{Builtin, Signature, all};
use crate::types::{self, Type};

/// A signature that fits.
#[derive(Clone, Debug)]
pub struct Matched {
    /// Its place in [`Builtin::signatures`].
    pub signature: usize,
    /// What each argument is widened to.
    pub parameters: Vec<Type>,
    /// The type of the result.
    pub result: Type,
}

impl Builtin {
    /// Its signatures, read once.
    pub fn read_signatures(&self) -> &'static [Signature] {
        static READ: OnceLock<HashMap<&'static str, Vec<Signature>>> = OnceLock::new();
        let read = READ.get_or_init(|| {
            all()
                .map(|builtin| {
                    (builtin.name, builtin.signatures.iter().filter_map(|text| read_signature(text)).collect())
                })
                .collect()
        });
        read.get(self.name).map_or(&[], Vec::as_slice)
    }

    /// Finds the signature for arguments of these types: the first that fits without widening, else the first that
    /// fits.
    ///
    /// # Errors
    /// A sentence that says what the function takes.
    pub fn resolve(&self, arguments: &[Type]) -> Result<Matched, String> {
        let signatures = self.read_signatures();
        let mut widened = None;
        for (signature, candidate) in signatures.iter().enumerate() {
            let Some((parameters, result)) = fit(candidate, arguments) else { continue };
            let matched = Matched { signature, parameters, result };
            if !arguments.iter().zip(&matched.parameters).any(|(have, want)| have.widens_to(want)) {
                return Ok(matched);
            }
            widened = widened.or(Some(matched));
        }
        widened.ok_or_else(|| {
            let given: Vec<String> = arguments.iter().map(ToString::to_string).collect();
            format!("{} takes {}, not ({})", self.name, self.signatures.join(" or "), given.join(", "))
        })
    }
}

fn fit(signature: &Signature, arguments: &[Type]) -> Option<(Vec<Type>, Type)> {
    if signature.parameters.len() != arguments.len() {
        return None;
    }
    let mut bound = HashMap::new();
    for ((_, wanted), have) in signature.parameters.iter().zip(arguments) {
        bind(wanted, have, &mut bound)?;
    }
    let parameters: Vec<Type> = signature.parameters.iter().map(|(_, ty)| substitute(ty, &bound)).collect();
    let fits = arguments.iter().zip(&parameters).all(|(have, want)| have.fits(want));
    fits.then(|| (parameters, substitute(&signature.result, &bound)))
}

/// Finds what the type parameters in `wanted` must be so that `have` fits.
pub(crate) fn bind(wanted: &Type, have: &Type, bound: &mut HashMap<String, Type>) -> Option<()> {
    match (wanted, have) {
        (Type::Parameter(name), _) => {
            let joined = match bound.get(name) {
                Some(before) => before.join(have)?,
                None => have.clone(),
            };
            bound.insert(name.clone(), joined);
            Some(())
        }
        (Type::List(a), Type::List(b)) | (Type::Map(a), Type::Map(b)) => bind(a, b, bound),
        (Type::Optional(a), Type::Optional(b)) => bind(a, b, bound),
        (Type::Optional(_), Type::None) => Some(()),
        (Type::Optional(a), b) => bind(a, b, bound),
        (Type::Map(a), Type::Record(_)) => bind(a, &have.item(), bound),
        (Type::Record(a), Type::Record(b)) => {
            for (name, wanted) in a {
                let (_, have) = b.iter().find(|(have, _)| have == name)?;
                bind(wanted, have, bound)?;
            }
            Some(())
        }
        _ => Some(()),
    }
}

/// Replaces type parameters by what they are bound to; what is not bound is unknown.
pub(crate) fn substitute(ty: &Type, bound: &HashMap<String, Type>) -> Type {
    match ty {
        Type::Parameter(name) => bound.get(name).cloned().unwrap_or(Type::Unknown),
        Type::List(item) => Type::list(substitute(item, bound)),
        Type::Map(item) => Type::map(substitute(item, bound)),
        Type::Optional(item) => substitute(item, bound).optional(),
        Type::Record(fields) => {
            Type::Record(fields.iter().map(|(name, field)| (name.clone(), substitute(field, bound))).collect())
        }
        other => other.clone(),
    }
}

fn read_signature(text: &str) -> Option<Signature> {
    let (_, rest) = text.split_once('(')?;
    let (parameters, result) = rest.rsplit_once(") -> ")?;
    let mut read = Vec::new();
    for parameter in split_parameters(parameters) {
        let (name, ty) = parameter.split_once(':')?;
        read.push((name.trim().to_owned(), types::read(ty).ok()?));
    }
    Some(Signature { parameters: read, result: types::read(result).ok()? })
}

/// Splits at the commas that do not stand inside a type.
fn split_parameters(text: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    let (mut depth, mut start) = (0, 0);
    for (index, character) in text.char_indices() {
        match character {
            '<' | '{' => depth += 1,
            '>' | '}' => depth -= 1,
            ',' if depth == 0 => {
                parts.push(&text[start..index]);
                start = index + 1;
            }
            _ => {}
        }
    }
    parts.push(&text[start..]);
    parts.retain(|part| !part.trim().is_empty());
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_signature_reads() {
        for builtin in all() {
            assert_eq!(builtin.read_signatures().len(), builtin.signatures.len(), "{}", builtin.name);
            for text in builtin.signatures {
                assert!(text.starts_with(&format!("{}(", builtin.name)), "{text}");
            }
        }
    }

    #[test]
    fn a_type_parameter_takes_the_join() {
        let builtin = super::super::find("append").unwrap();
        let matched = builtin.resolve(&[Type::list(Type::Int), Type::Number]).unwrap();
        assert_eq!(matched.result, Type::list(Type::Number));
        assert!(builtin.resolve(&[Type::list(Type::Int), Type::Text]).is_err());
    }
}
