//! Formulas and values.

use blocks::formula::{BinaryOperator, Typed, TypedNode};
use blocks::{Type, Value};

use super::types::{is_map, is_reordered, is_scalar, is_whole, property};
use super::{Script, narrow};
use crate::code::{AND, Code, OR, PRODUCT, SUM, UNARY};
use crate::dialect::{Call, Dialect};
use crate::quote::quote;

const EQUALITY: u8 = 8;
pub(super) const ORDER: u8 = 9;
/// The largest integer that JavaScript keeps exactly.
const LARGEST: u64 = (1 << 53) - 1;

impl Script {
    /// The literal of a value.
    pub(super) fn write_literal(self, value: &Value, ty: &Type) -> Code {
        let ty = if let Type::Optional(inner) = ty { inner } else { ty };
        match value {
            Value::None => Code::atom("null"),
            Value::Bool(truth) => Code::atom(truth.to_string()),
            Value::Int(integer) if integer.unsigned_abs() <= LARGEST => Code::atom(integer.to_string()),
            Value::Int(_) | Value::Big(_) => Code::call("_exact", vec![Code::atom(value.to_string())]),
            Value::Number(number) => Code::atom(number_text(*number)),
            Value::Text(text) => Code::atom(quote(text)),
            Value::List(items) => {
                let item = ty.item();
                Code::List(items.iter().map(|value| self.write_literal(value, &item)).collect())
            }
            Value::Map(entries) => {
                let shape = match ty {
                    Type::Record(_) | Type::Map(_) | Type::Json => ty.clone(),
                    _ => Type::of(value),
                };
                let field = |key: &str| match &shape {
                    Type::Record(fields) => fields.iter().find(|(name, _)| name == key).map(|(_, ty)| ty.clone()),
                    _ => Some(shape.item()),
                };
                let values = entries.iter().map(|(key, value)| {
                    let ty = field(key).unwrap_or(Type::Unknown);
                    (key.as_str(), self.write_literal(value, &ty))
                });
                match &shape {
                    Type::Record(fields) if !is_map(fields) => self.object(values.collect()),
                    _ => {
                        let pairs = values.map(|(key, value)| Code::List(vec![Code::atom(quote(key)), value]));
                        let item = match shape.item() {
                            // The entries of a record need not be alike.
                            item if matches!(shape, Type::Record(_)) && !is_scalar(&item) => Type::Unknown,
                            item => item,
                        };
                        self.new_map(pairs.collect(), &item)
                    }
                }
            }
        }
    }

    /// `new Map([["key", value]])`
    pub(super) fn new_map(self, pairs: Vec<Code>, item: &Type) -> Code {
        let told = matches!(item, Type::Optional(_) | Type::None) || !is_scalar(item);
        let arguments = if pairs.is_empty() { Vec::new() } else { vec![Code::List(pairs)] };
        if self.typed && (arguments.is_empty() || told) {
            Code::generic("new Map", vec![Type::Text, item.clone()], arguments)
        } else {
            Code::call("new Map", arguments)
        }
    }

    /// An object; its keys are quoted if one must be.
    fn object(self, fields: Vec<(&str, Code)>) -> Code {
        let quoted = fields.iter().any(|(key, _)| !super::types::is_identifier(key));
        let entries = fields
            .into_iter()
            .map(|(key, value)| (Some(Code::atom(if quoted { quote(key) } else { property(key) })), value));
        Code::Entries(entries.collect())
    }

    /// A formula; names stand for the code of what is wired.
    pub(super) fn expression(self, typed: &Typed, names: &dyn Fn(&str) -> Code) -> Code {
        let sub = |typed: &Typed| self.expression(typed, names);
        match &typed.node {
            TypedNode::Literal(value) => self.write_literal(value, &typed.ty),
            TypedNode::Name(name) => names(name),
            TypedNode::List(items) => {
                let item = typed.ty.item();
                Code::List(items.iter().map(|part| self.convert(sub(part), &part.ty, &item)).collect())
            }
            TypedNode::Map(fields) => {
                let values: Vec<(&str, Code)> =
                    fields.iter().map(|(name, value)| (name.as_str(), sub(value))).collect();
                if values.iter().any(|(name, _)| is_reordered(name)) {
                    let pairs = values.into_iter().map(|(key, value)| Code::List(vec![Code::atom(quote(key)), value]));
                    let pairs = vec![Code::List(pairs.collect())];
                    if self.typed {
                        Code::generic("new Map", vec![Type::Text, Type::Unknown], pairs)
                    } else {
                        Code::call("new Map", pairs)
                    }
                } else {
                    self.object(values)
                }
            }
            // JavaScript has a second zero, which no integer is.
            TypedNode::Negate(inner) if typed.ty == Type::Int => Code::binary("-", SUM, Code::atom("0"), sub(inner)),
            TypedNode::Negate(inner) => self.unknown(Code::Unary("-", UNARY, Box::new(sub(inner))), &typed.ty),
            TypedNode::Not(inner) => self.not(sub(inner)),
            TypedNode::And(a, b) => Code::binary("&&", AND, sub(a), sub(b)),
            TypedNode::Or(a, b) => Code::binary("||", OR, sub(a), sub(b)),
            TypedNode::If(condition, then, otherwise) => {
                let [then, otherwise] = [then, otherwise].map(|part| self.convert(sub(part), &part.ty, &typed.ty));
                Code::choice(sub(condition), then, otherwise)
            }
            TypedNode::Binary(operator, a, b) => {
                self.unknown(self.binary(*operator, a, b, typed, sub(a), sub(b)), &typed.ty)
            }
            TypedNode::Call(builtin, signature, arguments) => {
                let types: Vec<Type> = arguments.iter().map(|argument| argument.ty.clone()).collect();
                let wanted = builtin.resolve(&types).map_or(types.clone(), |matched| matched.parameters);
                let codes = arguments.iter().zip(&wanted);
                let codes = codes.map(|(argument, to)| self.convert(sub(argument), &argument.ty, to)).collect();
                self.call(Call { name: builtin.name, signature: *signature, arguments: codes, types: wanted })
            }
            TypedNode::Index(whole, index) => {
                let code = self.known(sub(whole), &whole.ty);
                self.unknown(self.index(&whole.ty, code, sub(index)), &typed.ty)
            }
            TypedNode::Slice(whole, from, until) => {
                let bounds = [from, until].map(|bound| bound.as_deref().map(sub));
                let bounds = match bounds {
                    [None, None] => Vec::new(),
                    [Some(from), None] => vec![from],
                    [from, Some(until)] => vec![from.unwrap_or_else(|| Code::atom("0")), until],
                };
                if whole.ty == Type::Text {
                    Code::call("_slice", std::iter::once(sub(whole)).chain(bounds).collect())
                } else {
                    sub(whole).method("slice", bounds)
                }
            }
            TypedNode::Field(whole, name) => self.unknown(self.field(&whole.ty, sub(whole), name), &typed.ty),
            TypedNode::Widen(inner) => self.convert(sub(inner), &inner.ty, &typed.ty),
        }
    }

    /// An empty list says nothing of its items; TypeScript must be told that it may have some.
    pub(super) fn known(self, code: Code, ty: &Type) -> Code {
        let empty = matches!(code.bare(), Code::List(items) if items.is_empty());
        if !self.typed || !empty {
            return code;
        }
        Code::binary("as", ORDER, code, Code::Generic("", vec![ty.clone()]))
    }

    /// A result that is a number to TypeScript, though nobody knows it.
    fn unknown(self, code: Code, ty: &Type) -> Code {
        if self.typed && *ty == Type::Unknown { Code::binary("as", ORDER, code, Code::atom("any")) } else { code }
    }

    fn index(self, whole: &Type, code: Code, at: Code) -> Code {
        let function = match whole {
            Type::Text => "_characterAt",
            Type::List(_) => "_itemAt",
            Type::Map(_) => "_entryOf",
            Type::Record(_) => "_fieldOf",
            _ => "_jsonAt",
        };
        Code::call(function, vec![code, at])
    }

    pub(super) fn field(self, whole: &Type, code: Code, name: &str) -> Code {
        match whole {
            Type::Record(fields) if !is_map(fields) && super::types::is_identifier(name) => code.member(name),
            Type::Record(fields) if !is_map(fields) => code.item(Code::atom(quote(name))),
            other => self.index(other, code, Code::atom(quote(name))),
        }
    }

    fn binary(self, operator: BinaryOperator, a: &Typed, b: &Typed, typed: &Typed, left: Code, right: Code) -> Code {
        use BinaryOperator as O;
        let whole = typed.ty == Type::Int;
        let helper = |name: &str, left: Code, right: Code| Code::call(name, vec![left, right]);
        match operator {
            O::Add if matches!(typed.ty, Type::List(_)) => {
                let [left, right] = [(left, &a.ty), (right, &b.ty)]
                    .map(|(code, ty)| Code::prefix("...", self.convert(code, ty, &typed.ty)));
                Code::List(vec![left, right])
            }
            O::Add | O::Subtract | O::Multiply => {
                let level = if operator == O::Multiply { PRODUCT } else { SUM };
                let safe = !whole || bound(typed).is_some_and(|bound| bound <= LARGEST as f64);
                // No zero of an integer is negative.
                let safe = safe && (operator != O::Multiply || !whole);
                let code = Code::binary(operator.symbol(), level, left, right);
                if safe { code } else { Code::call("_exact", vec![code]) }
            }
            O::Power if whole => helper("_integerPower", left, right),
            O::Power => helper("_power", left, right),
            O::Divide => helper("_divide", left, right),
            O::FloorDivide => helper(if whole { "_floorDivide" } else { "_floorDivideNumbers" }, left, right),
            O::Modulo => helper(if whole { "_modulo" } else { "_moduloNumbers" }, left, right),
            O::Equal | O::NotEqual => {
                let known = left.is_literal() && right.is_literal()
                    || [&left, &right].into_iter().any(is_nan)
                    || self.typed
                        && a.ty == Type::Bool
                        && narrow::has_one_truth(&left)
                        && narrow::has_one_truth(&right);
                let equal = if is_scalar(&a.ty) && is_scalar(&b.ty) && !known {
                    Code::binary("===", EQUALITY, left, right)
                } else {
                    helper("_equal", left, right)
                };
                if operator == O::Equal { equal } else { self.not(equal) }
            }
            O::In => self.contains(&a.ty, &b.ty, left, right),
            _ if !matches!(a.ty, Type::Int | Type::Number | Type::Unknown) => {
                let compare = helper(if a.ty == Type::Text { "_compareTexts" } else { "_compare" }, left, right);
                Code::binary(operator.symbol(), ORDER, compare, Code::atom("0"))
            }
            _ => Code::binary(operator.symbol(), ORDER, left, right),
        }
    }

    /// `part in whole`; what is looked for is computed first.
    fn contains(self, part: &Type, whole: &Type, left: Code, right: Code) -> Code {
        let either = left.is_simple() || right.is_simple();
        let function = match whole {
            Type::Text if either => return right.method("includes", vec![left]),
            Type::List(item) if either && is_whole(item) && item.as_ref() == part => {
                return right.method("includes", vec![left]);
            }
            Type::Map(_) if either => return right.method("has", vec![left]),
            Type::Text => "_includes",
            Type::List(_) => "_contains",
            Type::Map(_) | Type::Record(_) => "_has",
            _ => "_jsonHas",
        };
        let strange = self.typed && *whole == Type::Unknown && *part != Type::Text;
        let left = if strange { Code::binary("as", ORDER, left, Code::atom("any")) } else { left };
        Code::call(function, vec![left, right])
    }
}

/// Whether an expression is nan written out, which TypeScript lets nothing be compared with.
fn is_nan(code: &Code) -> bool {
    match code.bare() {
        Code::Unary(_, _, inner) | Code::Grouped(inner) => is_nan(inner),
        other => other.is("NaN"),
    }
}

/// How large an integer may become, where its formula says: sums of literals, lengths and positions.
fn bound(typed: &Typed) -> Option<f64> {
    match &typed.node {
        TypedNode::Literal(Value::Int(integer)) => Some(integer.unsigned_abs() as f64),
        TypedNode::Call(builtin, _, _) => match builtin.name {
            "len" | "find" | "index_of" | "count" | "code" => Some(4_294_967_296.0),
            "year" | "month" | "day" | "weekday" => Some(9_999.0),
            "day_number" => Some(4_000_000.0),
            _ => None,
        },
        TypedNode::Binary(BinaryOperator::Add | BinaryOperator::Subtract, a, b) => Some(bound(a)? + bound(b)?),
        TypedNode::Binary(BinaryOperator::Modulo, _, b) => bound(b),
        _ => None,
    }
}

/// A number as prettier leaves it.
fn number_text(number: f64) -> String {
    if number.is_nan() {
        return "NaN".to_owned();
    }
    if number.is_infinite() {
        return if number > 0.0 { "Infinity" } else { "-Infinity" }.to_owned();
    }
    let size = number.abs();
    if size != 0.0 && !(1e-6..1e21).contains(&size) { format!("{number:e}") } else { format!("{number}") }
}
