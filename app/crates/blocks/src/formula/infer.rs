//! Types for a formula.

use std::cell::Cell;

use super::FormulaError;
use super::tree::{BinaryOperator, Expression, Node};
use super::typed::{Typed, TypedNode};
use crate::builtins;
use crate::types::{MAX_PARTS, Type, join_all};
use crate::value::Value;

/// How many parts the types of all names of a formula may have, counted each time a name is used.
const MAX_SPENT: usize = 1_000_000;

/// Types an expression whose value is wanted as a `target`.
///
/// # Errors
/// As [`infer`], and if the value does not fit.
pub fn infer_as(
    expression: &Expression,
    names: &dyn Fn(&str) -> Option<Type>,
    target: &Type,
) -> Result<Typed, FormulaError> {
    let typed = infer(expression, names)?;
    if typed.ty.fits(target) {
        return Ok(typed.widened(target));
    }
    Err(FormulaError::new(expression.at, format!("{target} is wanted, and the expression gives {}", typed.ty)))
}

/// Types an expression, given the type of each free name.
///
/// # Errors
/// The first operation that its operands do not allow, or a name or function that does not exist.
pub fn infer(expression: &Expression, names: &dyn Fn(&str) -> Option<Type>) -> Result<Typed, FormulaError> {
    let spent = Cell::new(0);
    let counted = |name: &str| {
        let ty = names(name)?;
        spent.set(spent.get() + ty.parts());
        (spent.get() <= MAX_SPENT).then_some(ty)
    };
    let typed = infer_part(expression, &counted);
    if spent.get() > MAX_SPENT { Err(too_large(expression.at)) } else { typed }
}

fn too_large(at: usize) -> FormulaError {
    FormulaError::new(at, format!("the type has more than {MAX_PARTS} parts or too many levels; use json or a map"))
}

fn infer_part(expression: &Expression, names: &dyn Fn(&str) -> Option<Type>) -> Result<Typed, FormulaError> {
    let at = expression.at;
    let sub = |part: &Expression| infer_part(part, names);
    let (ty, node) = match &expression.node {
        Node::Literal(value) => (Type::of(value), TypedNode::Literal(value.clone())),
        Node::Name(name) => {
            let ty = names(name).ok_or_else(|| FormulaError::new(at, format!("there is no '{name}' here")))?;
            (ty, TypedNode::Name(name.clone()))
        }
        Node::List(items) => {
            let items: Vec<Typed> = items.iter().map(sub).collect::<Result<_, _>>()?;
            let item = join_all(items.iter().map(|item| item.ty.clone()));
            let items = items.into_iter().map(|typed| typed.widened(&item)).collect();
            (Type::list(item), TypedNode::List(items))
        }
        Node::Map(entries) => {
            let mut fields = Vec::new();
            for (key, value) in entries {
                fields.push((key.clone(), sub(value)?));
            }
            let ty = Type::Record(fields.iter().map(|(key, value)| (key.clone(), value.ty.clone())).collect());
            (ty, TypedNode::Map(fields))
        }
        Node::Negate(inner) => return negate(at, sub(inner)?),
        Node::Not(inner) => {
            let inner = expect(inner.at, sub(inner)?, &Type::Bool, "'not' needs a bool")?;
            (Type::Bool, TypedNode::Not(Box::new(inner)))
        }
        Node::And(a, b) => {
            let (a, b) = both_bool(a, b, "and", &sub)?;
            (Type::Bool, TypedNode::And(Box::new(a), Box::new(b)))
        }
        Node::Or(a, b) => {
            let (a, b) = both_bool(a, b, "or", &sub)?;
            (Type::Bool, TypedNode::Or(Box::new(a), Box::new(b)))
        }
        Node::If { condition, then, otherwise } => {
            let condition = expect(condition.at, sub(condition)?, &Type::Bool, "the condition must be a bool")?;
            let (then, otherwise) = (sub(then)?, sub(otherwise)?);
            let ty = then.ty.join(&otherwise.ty).ok_or_else(|| {
                FormulaError::new(at, format!("one side gives {}, the other {}", then.ty, otherwise.ty))
            })?;
            let (then, otherwise) = (then.widened(&ty), otherwise.widened(&ty));
            (ty, TypedNode::If(Box::new(condition), Box::new(then), Box::new(otherwise)))
        }
        Node::Binary(operator, a, b) => return binary(at, *operator, sub(a)?, sub(b)?),
        Node::Call(name, arguments) => {
            let arguments = arguments.iter().map(sub).collect::<Result<_, _>>()?;
            return call(at, name, arguments);
        }
        Node::Index(whole, index) => return self::index(at, sub(whole)?, sub(index)?),
        Node::Slice(whole, from, to) => {
            let whole = sub(whole)?;
            if !matches!(whole.ty, Type::List(_) | Type::Text | Type::Unknown) {
                return Err(FormulaError::new(at, format!("only a list or text has parts, not {}", whole.ty)));
            }
            let bound = |part: &Option<Box<Expression>>| match part {
                None => Ok(None),
                Some(part) => {
                    expect(part.at, sub(part)?, &Type::Int, "a bound must be an int").map(|b| Some(Box::new(b)))
                }
            };
            let (from, to) = (bound(from)?, bound(to)?);
            (whole.ty.clone(), TypedNode::Slice(Box::new(whole), from, to))
        }
        Node::Field(whole, name) => return field(at, sub(whole)?, name),
    };
    if ty.is_too_large() { Err(too_large(at)) } else { Ok(Typed { ty, node, nests: false }) }
}

fn expect(at: usize, typed: Typed, wanted: &Type, message: &str) -> Result<Typed, FormulaError> {
    if typed.ty.fits(wanted) {
        Ok(typed.widened(wanted))
    } else {
        Err(FormulaError::new(at, format!("{message}, not {}", typed.ty)))
    }
}

fn both_bool(
    a: &Expression,
    b: &Expression,
    word: &str,
    sub: &dyn Fn(&Expression) -> Result<Typed, FormulaError>,
) -> Result<(Typed, Typed), FormulaError> {
    let message = format!("'{word}' needs a bool on each side");
    Ok((expect(a.at, sub(a)?, &Type::Bool, &message)?, expect(b.at, sub(b)?, &Type::Bool, &message)?))
}

fn negate(at: usize, inner: Typed) -> Result<Typed, FormulaError> {
    if let TypedNode::Literal(value) = &inner.node {
        let negated = match value {
            Value::Number(number) => Some(Value::Number(-number)),
            other => other.to_bigint().map(|integer| Value::integer(-integer)),
        };
        if let Some(value) = negated {
            return Ok(Typed { ty: inner.ty, node: TypedNode::Literal(value), nests: false });
        }
    }
    match inner.ty {
        Type::Int | Type::Number | Type::Unknown => {
            Ok(Typed { ty: inner.ty.clone(), node: TypedNode::Negate(Box::new(inner)), nests: false })
        }
        other => Err(FormulaError::new(at, format!("only an int or number has a negative, not {other}"))),
    }
}

fn binary(at: usize, operator: BinaryOperator, a: Typed, b: Typed) -> Result<Typed, FormulaError> {
    use BinaryOperator as O;
    match operator {
        O::Equal | O::NotEqual => compare(at, operator, a, b, |_| true),
        O::Less | O::LessOrEqual | O::Greater | O::GreaterOrEqual => compare(at, operator, a, b, has_order),
        O::In => contained(at, a, b),
        O::Add if matches!(a.ty, Type::Text | Type::List(_)) || matches!(b.ty, Type::Text | Type::List(_)) => {
            concatenate(at, a, b)
        }
        _ => arithmetic(at, operator, a, b),
    }
}

fn made(ty: Type, operator: BinaryOperator, a: Typed, b: Typed) -> Typed {
    Typed { ty, node: TypedNode::Binary(operator, Box::new(a), Box::new(b)), nests: false }
}

fn arithmetic(at: usize, operator: BinaryOperator, a: Typed, b: Typed) -> Result<Typed, FormulaError> {
    let numeric = |ty: &Type| matches!(ty, Type::Int | Type::Number | Type::Unknown);
    if !numeric(&a.ty) || !numeric(&b.ty) {
        let hint = if a.ty == Type::Text || b.ty == Type::Text {
            "; text(x) makes a text, int(x) or number(x) a number"
        } else {
            ""
        };
        return Err(FormulaError::new(
            at,
            format!("'{}' needs numbers, not {} and {}{hint}", operator.symbol(), a.ty, b.ty),
        ));
    }
    let both_int = a.ty == Type::Int && b.ty == Type::Int;
    let ty = if both_int && operator != BinaryOperator::Divide { Type::Int } else { Type::Number };
    if a.ty == Type::Unknown || b.ty == Type::Unknown {
        return Ok(made(Type::Unknown, operator, a, b));
    }
    // A quotient of integers is computed from the exact integers, not from their nearest numbers.
    let operand = if both_int { Type::Int } else { Type::Number };
    Ok(made(ty, operator, a.widened(&operand), b.widened(&operand)))
}

fn concatenate(at: usize, a: Typed, b: Typed) -> Result<Typed, FormulaError> {
    let joined = a.ty.join(&b.ty).filter(|ty| matches!(ty, Type::Text | Type::List(_)));
    let Some(ty) = joined else {
        let hint = if a.ty == Type::Text || b.ty == Type::Text { "; text(x) makes a text of anything" } else { "" };
        return Err(FormulaError::new(at, format!("'+' cannot join {} and {}{hint}", a.ty, b.ty)));
    };
    let (a, b) = (a.widened(&ty), b.widened(&ty));
    Ok(made(ty, BinaryOperator::Add, a, b))
}

fn compare(
    at: usize,
    operator: BinaryOperator,
    a: Typed,
    b: Typed,
    allowed: fn(&Type) -> bool,
) -> Result<Typed, FormulaError> {
    match a.ty.join(&b.ty) {
        Some(ty) if allowed(&ty) => Ok(made(Type::Bool, operator, a, b)),
        _ => Err(FormulaError::new(at, format!("'{}' cannot compare {} and {}", operator.symbol(), a.ty, b.ty))),
    }
}

fn has_order(ty: &Type) -> bool {
    match ty {
        Type::Int | Type::Number | Type::Text | Type::Bool | Type::Unknown => true,
        Type::List(item) => has_order(item),
        _ => false,
    }
}

fn contained(at: usize, a: Typed, b: Typed) -> Result<Typed, FormulaError> {
    let fits = match &b.ty {
        Type::Text | Type::Map(_) | Type::Record(_) | Type::Json => a.ty.fits(&Type::Text),
        Type::List(item) => a.ty.join(item).is_some(),
        Type::Unknown => true,
        _ => false,
    };
    if fits {
        Ok(made(Type::Bool, BinaryOperator::In, a, b))
    } else {
        Err(FormulaError::new(at, format!("'in' cannot look for {} in {}", a.ty, b.ty)))
    }
}

fn call(at: usize, name: &str, arguments: Vec<Typed>) -> Result<Typed, FormulaError> {
    let Some(builtin) = builtins::find(name) else {
        let near = builtins::nearest(name).map(|near| format!("; did you mean {near}?")).unwrap_or_default();
        return Err(FormulaError::new(at, format!("there is no function '{name}'{near}")));
    };
    let types: Vec<Type> = arguments.iter().map(|argument| argument.ty.clone()).collect();
    let matched = builtin.resolve(&types).map_err(|message| FormulaError::new(at, message))?;
    if matched.result.is_too_large() {
        return Err(too_large(at));
    }
    let arguments =
        arguments.into_iter().zip(&matched.parameters).map(|(argument, wanted)| argument.widened(wanted)).collect();
    Ok(Typed { ty: matched.result, node: TypedNode::Call(builtin, matched.signature, arguments), nests: false })
}

fn index(at: usize, whole: Typed, index: Typed) -> Result<Typed, FormulaError> {
    if let (Type::Record(_), TypedNode::Literal(Value::Text(name))) = (&whole.ty, &index.node) {
        let name = (**name).clone();
        return field(at, whole, &name);
    }
    let (wanted, ty) = match &whole.ty {
        Type::List(item) => (Type::Int, (**item).clone()),
        Type::Text => (Type::Int, Type::Text),
        Type::Map(item) => (Type::Text, (**item).clone()),
        Type::Record(_) => (Type::Text, whole.ty.item()),
        Type::Json if index.ty == Type::Int || index.ty == Type::Text => (index.ty.clone(), Type::Json),
        Type::Json => (Type::Text, Type::Json),
        Type::Unknown => (Type::Unknown, Type::Unknown),
        other => return Err(FormulaError::new(at, format!("{other} has no items to index"))),
    };
    // A record whose fields differ is read as the map that it fits.
    let whole = if let Type::Record(_) = whole.ty { whole.widened(&Type::map(ty.clone())) } else { whole };
    if !index.ty.fits(&wanted) {
        return Err(FormulaError::new(at, format!("the index of {} must be {wanted}, not {}", whole.ty, index.ty)));
    }
    Ok(Typed { ty, node: TypedNode::Index(Box::new(whole), Box::new(index)), nests: false })
}

fn field(at: usize, whole: Typed, name: &str) -> Result<Typed, FormulaError> {
    let ty = match &whole.ty {
        Type::Record(fields) => match fields.iter().find(|(have, _)| have == name) {
            Some((_, ty)) => ty.clone(),
            None => {
                let known: Vec<&str> = fields.iter().map(|(name, _)| name.as_str()).take(20).collect();
                return Err(FormulaError::new(
                    at,
                    format!("there is no field '{name}'; there are: {}", known.join(", ")),
                ));
            }
        },
        Type::Map(item) => (**item).clone(),
        Type::Json => Type::Json,
        Type::Unknown => Type::Unknown,
        other => return Err(FormulaError::new(at, format!("{other} has no fields"))),
    };
    Ok(Typed { ty, node: TypedNode::Field(Box::new(whole), name.to_owned()), nests: false })
}
