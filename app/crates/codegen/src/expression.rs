//! Formulas.

use blocks::Type;
use blocks::formula::{BinaryOperator, Typed, TypedNode};

use crate::Target;
use crate::functions;
use crate::helpers::Helpers;
use crate::literals;

/// Code with the tightness of its loosest operator, so that parentheses stand only where they must.
#[derive(Clone, Debug)]
pub(crate) struct Code {
    pub(crate) text: String,
    pub(crate) level: u8,
}

pub(crate) const ATOM: u8 = 20;
const UNARY: u8 = 14;
const CHOICE: u8 = 1;

impl Code {
    pub(crate) fn atom(text: impl Into<String>) -> Self {
        Self { text: text.into(), level: ATOM }
    }

    /// The text, in parentheses if it is looser than `level`.
    pub(crate) fn at(&self, level: u8) -> String {
        if self.level < level { format!("({})", self.text) } else { self.text.clone() }
    }
}

/// Translates formulas; names stand for the code of what is wired.
pub(crate) struct Expressions<'a> {
    pub(crate) target: Target,
    pub(crate) helpers: &'a mut Helpers,
    pub(crate) names: &'a dyn Fn(&str) -> Code,
}

impl Expressions<'_> {
    pub(crate) fn write(&mut self, typed: &Typed) -> Code {
        match &typed.node {
            TypedNode::Literal(value) => {
                let text = literals::write(value, &typed.ty, self.target);
                let level = if text.starts_with('-') { UNARY } else { ATOM };
                Code { text, level }
            }
            TypedNode::Name(name) => (self.names)(name),
            TypedNode::List(items) => {
                let items: Vec<String> = items.iter().map(|item| self.write(item).text).collect();
                Code::atom(format!("[{}]", items.join(", ")))
            }
            TypedNode::Map(fields) => self.record(fields),
            // JavaScript has a second zero, which no integer is.
            TypedNode::Negate(inner) if self.target == Target::JavaScript && typed.ty == Type::Int => {
                Code { text: format!("0 - {}", self.write(inner).at(12)), level: 11 }
            }
            TypedNode::Negate(inner) => Code { text: format!("-{}", self.write(inner).at(UNARY)), level: UNARY },
            TypedNode::Not(inner) => self.not(inner),
            TypedNode::And(a, b) => self.joined(a, b, ["and", "&&"], 4),
            TypedNode::Or(a, b) => self.joined(a, b, ["or", "||"], 3),
            TypedNode::If(condition, then, otherwise) => {
                let (condition, then, otherwise) = (self.write(condition), self.write(then), self.write(otherwise));
                let text = match self.target {
                    Target::Python => {
                        format!("{} if {} else {}", then.at(CHOICE + 1), condition.at(CHOICE + 1), otherwise.at(CHOICE))
                    }
                    Target::JavaScript => {
                        format!("{} ? {} : {}", condition.at(CHOICE + 1), then.at(CHOICE), otherwise.at(CHOICE))
                    }
                };
                Code { text, level: CHOICE }
            }
            TypedNode::Binary(operator, a, b) => self.binary(*operator, a, b, &typed.ty),
            TypedNode::Call(builtin, signature, arguments) => {
                let types: Vec<Type> = arguments.iter().map(|argument| argument.ty.clone()).collect();
                let arguments: Vec<Code> = arguments.iter().map(|argument| self.write(argument)).collect();
                functions::call(self.target, self.helpers, builtin.name, *signature, &arguments, &types, &typed.ty)
            }
            TypedNode::Index(whole, index) => self.index(whole, index),
            TypedNode::Slice(whole, from, until) => self.slice(whole, from.as_deref(), until.as_deref()),
            TypedNode::Field(whole, name) => {
                let whole = self.write(whole).at(ATOM);
                Code::atom(match self.target {
                    Target::Python => format!("{whole}[{}]", literals::quote(name)),
                    Target::JavaScript => {
                        self.helpers.need("_entryOf");
                        format!("_entryOf({whole}, {})", literals::quote(name))
                    }
                })
            }
            TypedNode::Widen(inner) => {
                let code = self.write(inner);
                widen(self.target, &code, &inner.ty, &typed.ty)
            }
        }
    }

    fn record(&mut self, fields: &[(String, Typed)]) -> Code {
        let fields: Vec<String> = fields
            .iter()
            .map(|(name, value)| format!("{}: {}", literals::quote(name), self.write(value).text))
            .collect();
        let inside = fields.join(", ");
        Code::atom(if self.target == Target::Python || inside.is_empty() {
            format!("{{{inside}}}")
        } else {
            format!("{{ {inside} }}")
        })
    }

    fn not(&mut self, inner: &Typed) -> Code {
        if let (TypedNode::Binary(BinaryOperator::In, a, b), Target::Python) = (&inner.node, self.target) {
            let (a, b) = (self.write(a).at(7), self.write(b).at(7));
            return Code { text: format!("{a} not in {b}"), level: 6 };
        }
        let inner = self.write(inner);
        match self.target {
            Target::Python => Code { text: format!("not {}", inner.at(5)), level: 5 },
            Target::JavaScript => Code { text: format!("!{}", inner.at(UNARY)), level: UNARY },
        }
    }

    fn joined(&mut self, a: &Typed, b: &Typed, words: [&str; 2], level: u8) -> Code {
        let word = words[usize::from(self.target == Target::JavaScript)];
        let (a, b) = (self.write(a).at(level), self.write(b).at(level + 1));
        Code { text: format!("{a} {word} {b}"), level }
    }

    fn binary(&mut self, operator: BinaryOperator, a: &Typed, b: &Typed, ty: &Type) -> Code {
        let (left, right) = (self.write(a), self.write(b));
        match self.target {
            Target::Python => python(operator, &left, &right),
            Target::JavaScript => self.javascript(operator, a, b, &left, &right, ty),
        }
    }

    fn javascript(
        &mut self,
        operator: BinaryOperator,
        a: &Typed,
        b: &Typed,
        left: &Code,
        right: &Code,
        ty: &Type,
    ) -> Code {
        use BinaryOperator as O;
        let whole = *ty == Type::Int;
        let mut helper = |name: &'static str| {
            self.helpers.need(name);
            Code::atom(format!("{name}({}, {})", left.text, right.text))
        };
        let plain = |symbol: &str, level: u8| Code {
            text: format!("{} {symbol} {}", left.at(level), right.at(level + 1)),
            level,
        };
        match operator {
            O::Add if matches!(ty, Type::List(_)) => Code::atom(format!("[...{}, ...{}]", left.at(2), right.at(2))),
            O::Add | O::Subtract | O::Multiply | O::Power => {
                let (symbol, level) = match operator {
                    O::Add => ("+", 11),
                    O::Subtract => ("-", 11),
                    O::Multiply => ("*", 12),
                    _ => ("**", 15),
                };
                let code = if operator == O::Power {
                    Code { text: format!("{} ** {}", left.at(ATOM), right.at(15)), level }
                } else {
                    plain(symbol, level)
                };
                if whole {
                    self.helpers.need("_exact");
                    Code::atom(format!("_exact({})", code.text))
                } else {
                    code
                }
            }
            O::Divide => helper("_divide"),
            O::FloorDivide => helper("_floorDivide"),
            O::Modulo => helper("_modulo"),
            O::Equal | O::NotEqual if is_scalar(&a.ty) && is_scalar(&b.ty) => {
                plain(if operator == O::Equal { "===" } else { "!==" }, 8)
            }
            O::Equal => helper("_equal"),
            O::NotEqual => Code { text: format!("!{}", helper("_equal").text), level: UNARY },
            O::In => match &b.ty {
                Type::Text => Code::atom(format!("{}.includes({})", right.at(ATOM), left.text)),
                Type::List(item) if is_scalar(item) => {
                    Code::atom(format!("{}.includes({})", right.at(ATOM), left.text))
                }
                Type::List(_) => {
                    self.helpers.need("_contains");
                    Code::atom(format!("_contains({}, {})", right.text, left.text))
                }
                _ => Code::atom(format!("Object.hasOwn({}, {})", right.text, left.text)),
            },
            O::Less | O::LessOrEqual | O::Greater | O::GreaterOrEqual if a.ty == Type::Text => {
                self.helpers.need("_compare");
                Code { text: format!("_compare({}, {}) {} 0", left.text, right.text, operator.symbol()), level: 9 }
            }
            _ => plain(operator.symbol(), 9),
        }
    }

    fn index(&mut self, whole: &Typed, index: &Typed) -> Code {
        let (code, at) = (self.write(whole), self.write(index));
        match (self.target, &whole.ty) {
            (Target::Python, _) => Code::atom(format!("{}[{}]", code.at(ATOM), at.text)),
            (Target::JavaScript, Type::Text) => {
                self.helpers.need("_itemAt");
                Code::atom(format!("_itemAt([...{}], {})", code.at(2), at.text))
            }
            (Target::JavaScript, Type::List(_)) => {
                self.helpers.need("_itemAt");
                Code::atom(format!("_itemAt({}, {})", code.text, at.text))
            }
            (Target::JavaScript, Type::Json) if index.ty == Type::Int => {
                self.helpers.need("_itemAt");
                Code::atom(format!("_itemAt({}, {})", code.text, at.text))
            }
            (Target::JavaScript, _) => {
                self.helpers.need("_entryOf");
                Code::atom(format!("_entryOf({}, {})", code.text, at.text))
            }
        }
    }

    fn slice(&mut self, whole: &Typed, from: Option<&Typed>, until: Option<&Typed>) -> Code {
        let code = self.write(whole);
        let from = from.map(|bound| self.write(bound).text);
        let until = until.map(|bound| self.write(bound).text);
        match self.target {
            Target::Python => {
                Code::atom(format!("{}[{}:{}]", code.at(ATOM), from.unwrap_or_default(), until.unwrap_or_default()))
            }
            Target::JavaScript => {
                let bounds = match (from, until) {
                    (None, None) => String::new(),
                    (Some(from), None) => from,
                    (from, Some(until)) => format!("{}, {until}", from.unwrap_or_else(|| "0".to_owned())),
                };
                Code::atom(if whole.ty == Type::Text {
                    format!("[...{}].slice({bounds}).join(\"\")", code.at(2))
                } else {
                    format!("{}.slice({bounds})", code.at(ATOM))
                })
            }
        }
    }
}

fn python(operator: BinaryOperator, left: &Code, right: &Code) -> Code {
    use BinaryOperator as O;
    let level = match operator {
        O::Add | O::Subtract => 11,
        O::Multiply | O::Divide | O::FloorDivide | O::Modulo => 12,
        O::Power => 15,
        _ => 6,
    };
    let text = match operator {
        O::Power => format!("{} ** {}", left.at(ATOM), right.at(UNARY)),
        _ => format!("{} {} {}", left.at(if level == 6 { 7 } else { level }), operator.symbol(), right.at(level + 1)),
    };
    Code { text, level }
}

fn is_scalar(ty: &Type) -> bool {
    match ty {
        Type::Int | Type::Number | Type::Text | Type::Bool | Type::None => true,
        Type::Optional(inner) => is_scalar(inner),
        _ => false,
    }
}

/// Integers as numbers; JavaScript has one type for both.
pub(crate) fn widen(target: Target, code: &Code, from: &Type, to: &Type) -> Code {
    if target == Target::JavaScript {
        return code.clone();
    }
    match (from, to) {
        (Type::Int, Type::Number) => match code.text.parse::<i64>() {
            Ok(_) => Code { text: format!("{}.0", code.text), level: code.level },
            Err(_) => Code::atom(format!("float({})", code.text)),
        },
        (Type::List(a), Type::List(b)) if a.widens_to(b) => {
            let item = widen(target, &Code::atom("item"), a, b);
            Code::atom(format!("[{} for item in {}]", item.text, code.at(CHOICE + 1)))
        }
        (Type::Optional(a), Type::Optional(b)) if a.widens_to(b) => {
            let inner = widen(target, &Code::atom(code.at(ATOM)), a, b);
            Code { text: format!("None if {} is None else {}", code.at(7), inner.text), level: CHOICE }
        }
        (a, Type::Optional(b)) if !matches!(a, Type::Optional(_)) => widen(target, code, a, b),
        (Type::Map(a), Type::Map(b)) if a.widens_to(b) => {
            let item = widen(target, &Code::atom("item"), a, b);
            Code::atom(format!("{{key: {} for key, item in {}.items()}}", item.text, code.at(ATOM)))
        }
        _ => code.clone(),
    }
}
