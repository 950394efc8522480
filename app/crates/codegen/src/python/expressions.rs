//! Formulas and values.

use blocks::formula::{BinaryOperator, Typed, TypedNode};
use blocks::{Type, Value, literal as text_of};

use super::types::{has_number, has_own_equality};
use crate::code::{AND, COMPARE, Code, Comprehension, NOT, OR, POWER, PRODUCT, SUM, UNARY};
use crate::dialect::{Call, Dialect};
use crate::quote::quote;

/// The literal of a value.
pub(super) fn literal(value: &Value, ty: &Type) -> Code {
    Code::atom(match value {
        Value::None => "None".to_owned(),
        Value::Bool(truth) => if *truth { "True" } else { "False" }.to_owned(),
        Value::Int(_) | Value::Big(_) => value.to_string(),
        Value::Number(number) if number.is_nan() => "math.nan".to_owned(),
        Value::Number(number) if number.is_infinite() => {
            if *number > 0.0 { "math.inf" } else { "-math.inf" }.to_owned()
        }
        Value::Number(number) => text_of::write_number(*number).replace("e+", "e"),
        Value::Text(text) => quote(text),
        Value::List(items) => {
            let item = ty.item();
            return Code::List(items.iter().map(|value| literal(value, &item)).collect());
        }
        Value::Map(entries) => {
            let item = ty.item();
            let entry = |(key, value): (&String, &Value)| (Some(Code::atom(quote(key))), literal(value, &item));
            return Code::Entries(entries.iter().map(entry).collect());
        }
    })
}

/// A formula; names stand for the code of what is wired.
pub(super) fn write(typed: &Typed, names: &dyn Fn(&str) -> Code) -> Code {
    let sub = |typed: &Typed| write(typed, names);
    match &typed.node {
        TypedNode::Literal(value) => literal(value, &typed.ty),
        TypedNode::Name(name) => names(name),
        TypedNode::List(items) => Code::List(items.iter().map(sub).collect()),
        TypedNode::Map(fields) => {
            Code::Entries(fields.iter().map(|(name, value)| (Some(Code::atom(quote(name))), sub(value))).collect())
        }
        TypedNode::Negate(inner) => Code::Unary("-", UNARY, Box::new(sub(inner))),
        TypedNode::Not(inner) => super::Python.not(sub(inner)),
        TypedNode::And(a, b) => Code::binary("and", AND, sub(a), sub(b)),
        TypedNode::Or(a, b) => Code::binary("or", OR, sub(a), sub(b)),
        TypedNode::If(condition, then, otherwise) => Code::choice(sub(condition), sub(then), sub(otherwise)),
        TypedNode::Binary(operator, a, b) => binary(*operator, a, b, sub(a), sub(b)),
        TypedNode::Call(builtin, signature, arguments) => {
            let types = arguments.iter().map(|argument| argument.ty.clone()).collect();
            let arguments = arguments.iter().map(sub).collect();
            super::functions::call(Call { name: builtin.name, signature: *signature, arguments, types })
        }
        TypedNode::Index(whole, index) if whole.ty == Type::Json && index.ty == Type::Int => {
            Code::call("_item", vec![sub(whole), sub(index)])
        }
        TypedNode::Index(whole, index) => sub(whole).item(sub(index)),
        TypedNode::Slice(whole, from, until) => {
            let bound = |bound: &Option<Box<Typed>>| {
                bound.as_deref().map_or(String::new(), |bound| crate::layout::flat(&super::layout::bound(&sub(bound))))
            };
            sub(whole).item(Code::atom(slice(&bound(from), &bound(until))))
        }
        TypedNode::Field(whole, name) => sub(whole).item(Code::atom(quote(name))),
        TypedNode::Widen(inner) => widen(sub(inner), &inner.ty, &typed.ty),
    }
}

/// Spaces stand around the colon where a bound is more than a name or number.
fn slice(from: &str, until: &str) -> String {
    let plain = |bound: &str| bound.strip_prefix('-').unwrap_or(bound).chars().all(|c| c.is_alphanumeric() || c == '_');
    if plain(from) && plain(until) { format!("{from}:{until}") } else { format!("{from} : {until}").trim().to_owned() }
}

fn binary(operator: BinaryOperator, a: &Typed, b: &Typed, left: Code, right: Code) -> Code {
    use BinaryOperator as O;
    match operator {
        O::Power if a.ty == Type::Number => Code::call("_power", vec![left, right]),
        O::Power => match &b.node {
            TypedNode::Literal(Value::Int(exponent)) if *exponent >= 0 => Code::binary("**", POWER, left, right),
            _ => Code::call("_integer_power", vec![left, right]),
        },
        O::Equal => equal(left, &a.ty, right, &b.ty),
        O::NotEqual => match equal(left, &a.ty, right, &b.ty) {
            Code::Binary("==", level, left, right) => Code::Binary("!=", level, left, right),
            Code::Binary("is", level, left, right) => Code::Binary("is not", level, left, right),
            other => Code::Unary("not ", NOT, Box::new(other)),
        },
        O::In => match &b.ty {
            Type::List(item) if has_number(item) || has_number(&a.ty) => Code::call("_contains", vec![left, right]),
            _ => Code::binary("in", COMPARE, left, right),
        },
        O::Less | O::LessOrEqual | O::Greater | O::GreaterOrEqual
            if matches!(a.ty, Type::List(_)) && (has_number(&a.ty) || has_number(&b.ty)) =>
        {
            Code::binary(operator.symbol(), COMPARE, Code::call("_compare", vec![left, right]), Code::atom("0"))
        }
        _ => {
            let level = match operator {
                O::Add | O::Subtract => SUM,
                O::Multiply | O::Divide | O::FloorDivide | O::Modulo => PRODUCT,
                _ => COMPARE,
            };
            Code::binary(operator.symbol(), level, left, right)
        }
    }
}

/// `left == right`
pub(super) fn equal(left: Code, a: &Type, right: Code, b: &Type) -> Code {
    if !is_plain_equality(a, b) {
        return Code::call("_equal", vec![left, right]);
    }
    let operator = if right.is("None") { "is" } else { "==" };
    Code::binary(operator, COMPARE, left, right)
}

/// Whether Python's `==` says what the language's does.
fn is_plain_equality(a: &Type, b: &Type) -> bool {
    let exact = |ty: &Type| matches!(ty, Type::Text | Type::None);
    exact(a) || exact(b) || !(has_own_equality(a) || has_own_equality(b))
}

/// Integers as numbers, and numbers as json.
pub(super) fn widen(code: Code, from: &Type, to: &Type) -> Code {
    if !from.widens_to(to) {
        return code;
    }
    if let Some(entries) = widened_entries(&code, from, to) {
        return entries;
    }
    match (from, to) {
        (_, Type::Json) => Code::call("_json", vec![code]),
        (Type::Int, Type::Number) => match code.bare() {
            Code::Atom(text) if text.parse::<i64>().is_ok_and(|value| value.unsigned_abs() < 1 << 53) => {
                Code::atom(format!("{text}.0"))
            }
            _ => Code::call("float", vec![code]),
        },
        (Type::List(a), Type::List(b)) => {
            let element = widen(Code::atom("item"), a, b);
            let loops = vec![("item".to_owned(), code)];
            let made = Comprehension { brackets: ['[', ']'], key: None, element, loops, condition: None };
            Code::Comprehension(Box::new(made))
        }
        (Type::Optional(a), Type::Optional(b)) if code.is_simple() => {
            let given = widen(code.clone(), a, b);
            Code::choice(Code::binary("is", COMPARE, code, Code::atom("None")), Code::atom("None"), given)
        }
        (Type::Map(a), Type::Map(b)) => {
            let element = widen(Code::atom("item"), a, b);
            let loops = vec![("key, item".to_owned(), code.method("items", Vec::new()))];
            let key = Some(Code::atom("key"));
            let made = Comprehension { brackets: ['{', '}'], key, element, loops, condition: None };
            Code::Comprehension(Box::new(made))
        }
        (a, Type::Optional(b)) if !matches!(a, Type::Optional(_)) => widen(code, a, b),
        // Records, and optional values that are computed: their shape says what becomes of each part.
        _ => Code::call("_widen", vec![code, shape(from, to)]),
    }
}

/// A record that is written out, with its values widened where they stand.
fn widened_entries(code: &Code, from: &Type, to: &Type) -> Option<Code> {
    let (Code::Entries(entries), Type::Record(fields)) = (code.bare(), from) else { return None };
    let wanted = |name: &str| match to {
        Type::Record(fields) => fields.iter().find(|(own, _)| own == name).map(|(_, ty)| ty),
        Type::Map(item) => Some(&**item),
        _ => None,
    };
    let widened = fields
        .iter()
        .zip(entries)
        .map(|((name, have), (key, value))| Some((Some(key.clone()?), widen(value.clone(), have, wanted(name)?))));
    let widened = Code::Entries(widened.collect::<Option<_>>()?);
    Some(match code {
        Code::Marked(block, _) => Code::Marked(block.clone(), Box::new(widened)),
        _ => widened,
    })
}

/// How a value becomes another type, as `_widen` reads it: a function, or the shapes of items and fields.
fn shape(from: &Type, to: &Type) -> Code {
    let all = |shapes: Vec<(Option<Code>, Code)>| Code::Entries(shapes);
    match (from, to) {
        (from, to) if !from.widens_to(to) => Code::atom("None"),
        (_, Type::Number) => Code::atom("float"),
        (_, Type::Json) => Code::atom("_json"),
        (Type::Optional(a), Type::Optional(b)) => shape(a, b),
        (a, Type::Optional(b)) => shape(a, b),
        (Type::List(a), Type::List(b)) => Code::List(vec![shape(a, b)]),
        (Type::Map(a), Type::Map(b)) => all(vec![(Some(Code::atom("None")), shape(a, b))]),
        (Type::Record(fields), Type::Map(item)) => {
            all(fields.iter().map(|(name, ty)| (Some(Code::atom(quote(name))), shape(ty, item))).collect())
        }
        (Type::Record(fields), Type::Record(wanted)) => {
            let wanted = |name: &str| wanted.iter().find(|(own, _)| own == name).map_or(&Type::Unknown, |(_, ty)| ty);
            all(fields.iter().map(|(name, ty)| (Some(Code::atom(quote(name))), shape(ty, wanted(name)))).collect())
        }
        _ => Code::atom("None"),
    }
}
