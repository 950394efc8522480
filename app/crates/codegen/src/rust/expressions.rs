//! Formulas and templates.

use blocks::Type;
use blocks::formula::{Typed, TypedNode};
use blocks::plan::PlannedPiece;

use super::emitter::{Emitter, Names};
use super::functions::Argument;
use super::literals::{escape, quote};
use super::piece::{Form, Piece};
use super::syntax::{Body, Expr};
use super::types::field_name;
use super::widen::becomes_json;

impl Emitter<'_> {
    /// A formula's value.
    pub(crate) fn formula(&mut self, typed: &Typed, names: &Names) -> Piece {
        let ty = typed.ty.clone();
        match &typed.node {
            TypedNode::Literal(value) => self.literal(value, &ty),
            TypedNode::Name(name) => match names.get(name) {
                Some(feed) => self.feed(feed),
                None => Piece::owned(Expr::raw("()"), Type::None),
            },
            TypedNode::List(_) | TypedNode::Map(_) | TypedNode::If(..) => self.formula_as(typed, names, &ty),
            TypedNode::Widen(inner) if becomes_json(&inner.ty, &ty) => {
                let piece = self.formula(inner, names);
                self.widen(piece, &ty)
            }
            TypedNode::Widen(inner) => self.formula_as(inner, names, &ty),
            TypedNode::Negate(inner) => self.negate(inner, names, ty),
            TypedNode::Not(inner) => {
                let expr = self.own_formula(inner, names, &Type::Bool);
                Piece::owned(opposite(expr), ty)
            }
            TypedNode::Binary(operator, a, b) => self.binary(*operator, a, b, names, &ty),
            TypedNode::And(a, b) => self.both("&&", a, b, names),
            TypedNode::Or(a, b) => self.both("||", a, b, names),
            TypedNode::Call(builtin, signature, arguments) => {
                let types: Vec<Type> = arguments.iter().map(|argument| argument.ty.clone()).collect();
                let wanted = builtin.resolve(&types).map_or(types, |matched| matched.parameters);
                let arguments: Vec<Argument<'_>> =
                    arguments.iter().zip(wanted).map(|(typed, wanted)| Argument::Typed(typed, names, wanted)).collect();
                self.function(builtin.name, *signature, &arguments, &ty)
            }
            TypedNode::Index(whole, index) => self.index(whole, index, names, ty),
            TypedNode::Slice(whole, from, until) => self.slice(whole, from.as_deref(), until.as_deref(), names, ty),
            TypedNode::Field(whole, name) => self.part(whole, name, names, ty),
        }
    }

    /// A formula's value as a type that it fits; lists and records are made as that type.
    pub(crate) fn formula_as(&mut self, typed: &Typed, names: &Names, wanted: &Type) -> Piece {
        match (&typed.node, wanted) {
            (TypedNode::Literal(value), wanted) if !matches!(wanted, Type::Unknown | Type::Parameter(_)) => {
                self.literal(value, wanted)
            }
            (TypedNode::List(items), Type::List(item)) => {
                let items: Vec<Expr> = items.iter().map(|typed| self.own_formula(typed, names, item)).collect();
                let expr = if items.is_empty() { Expr::call("Vec::new", items) } else { Expr::Array("vec!", items) };
                Piece::owned(expr, wanted.clone())
            }
            (TypedNode::Map(fields), Type::Map(item)) => {
                let pairs: Vec<Expr> = fields
                    .iter()
                    .map(|(key, typed)| Expr::Tuple(vec![Expr::Raw(quote(key)), self.own_formula(typed, names, item)]))
                    .collect();
                let (name, arguments) =
                    if pairs.is_empty() { ("Map::new", pairs) } else { ("Map::from", vec![Expr::Array("", pairs)]) };
                self.needs.need(name);
                Piece::owned(Expr::call(name, arguments), wanted.clone())
            }
            (TypedNode::Map(fields), Type::Record(types))
                if fields.iter().map(|(name, _)| name).eq(types.iter().map(|(name, _)| name)) =>
            {
                let name = self.types.structure(types, "record");
                let values = fields
                    .iter()
                    .zip(types)
                    .map(|((field, typed), (_, ty))| (field_name(types, field), self.own_formula(typed, names, ty)))
                    .collect();
                Piece::owned(Expr::Struct(name, values), wanted.clone())
            }
            (TypedNode::If(condition, then, otherwise), _) => {
                let condition = self.own_formula(condition, names, &Type::Bool);
                let group = self.uses.branch();
                self.uses.enter_arm(group, 0);
                let then = self.own_formula(then, names, wanted);
                self.uses.leave();
                self.uses.enter_arm(group, 1);
                let otherwise = self.own_formula(otherwise, names, wanted);
                self.uses.leave();
                let chosen = Expr::If(Box::new(condition), Body::of(then), Body::of(otherwise));
                Piece::owned(chosen, wanted.clone())
            }
            (TypedNode::Widen(inner), _) if !becomes_json(&inner.ty, &typed.ty) => {
                self.formula_as(inner, names, wanted)
            }
            _ => {
                let piece = self.formula(typed, names);
                self.convert(piece, wanted)
            }
        }
    }

    pub(crate) fn own_formula(&mut self, typed: &Typed, names: &Names, wanted: &Type) -> Expr {
        let piece = self.formula_as(typed, names, wanted);
        self.own(piece)
    }

    fn both(&mut self, operator: &'static str, a: &Typed, b: &Typed, names: &Names) -> Piece {
        let a = self.own_formula(a, names, &Type::Bool);
        let b = self.own_formula(b, names, &Type::Bool);
        Piece::owned(Expr::binary(operator, a, b), Type::Bool)
    }

    fn index(&mut self, whole: &Typed, index: &Typed, names: &Names, ty: Type) -> Piece {
        if whole.ty == Type::Unknown {
            return self.formula(whole, names);
        }
        let kind = match &whole.ty {
            Type::Record(_) => Type::map(ty.clone()),
            other => other.clone(),
        };
        let piece = self.formula_as(whole, names, &kind);
        let whole = self.borrow(piece);
        match (&kind, &index.ty) {
            (Type::List(_) | Type::Text, _) | (Type::Json, Type::Int) => {
                let at = self.own_formula(index, names, &Type::Int);
                let (name, form) = match kind {
                    Type::Text => ("char_at", Form::Owned),
                    Type::Json => ("json_item", Form::Reference),
                    _ => ("item_at", Form::Reference),
                };
                Piece::new(self.fallible(name, vec![whole, at]), ty, form)
            }
            (kind, _) => {
                let key = self.formula_as(index, names, &Type::Text);
                let key = self.borrow(key);
                let name = if *kind == Type::Json { "json_entry" } else { "entry" };
                Piece::new(self.fallible(name, vec![whole, key]), ty, Form::Reference)
            }
        }
    }

    fn slice(&mut self, whole: &Typed, from: Option<&Typed>, until: Option<&Typed>, names: &Names, ty: Type) -> Piece {
        if whole.ty == Type::Unknown {
            return self.formula(whole, names);
        }
        let text = whole.ty == Type::Text;
        let piece = self.formula(whole, names);
        let whole = self.borrow(piece);
        let from = from.map_or_else(|| Expr::raw("0"), |bound| self.own_formula(bound, names, &Type::Int));
        let until = until.map_or_else(|| Expr::raw("i64::MAX"), |bound| self.own_formula(bound, names, &Type::Int));
        if text {
            Piece::owned(self.helper("slice_text", vec![whole, from, until]), ty)
        } else {
            Piece::new(self.helper("slice", vec![whole, from, until]), ty, Form::Slice)
        }
    }

    fn part(&mut self, whole: &Typed, name: &str, names: &Names, ty: Type) -> Piece {
        let piece = self.formula(whole, names);
        match &whole.ty {
            Type::Record(_) if piece.caught => {
                let form = if name == "code" { Form::Slice } else { Form::Place };
                let expr = if name == "block" { Expr::raw("\"\"") } else { piece.expr.field(name) };
                let form = if name == "block" { Form::Slice } else { form };
                Piece { variable: piece.variable, ..Piece::new(expr, ty, form) }
            }
            Type::Record(fields) => {
                let name = field_name(fields, name);
                let form = if piece.form == Form::Owned { Form::Owned } else { Form::Place };
                Piece { variable: piece.variable, ..Piece::new(piece.expr.field(name), ty, form) }
            }
            Type::Unknown => piece,
            other => {
                let helper = if *other == Type::Json { "json_entry" } else { "entry" };
                let whole = self.borrow(piece);
                let entry = self.fallible(helper, vec![whole, Expr::Raw(quote(name))]);
                Piece::new(entry, ty, Form::Reference)
            }
        }
    }

    /// A template as one `format!`.
    pub(crate) fn template(&mut self, pieces: &[PlannedPiece], names: &Names) -> Piece {
        let mut parts = Vec::new();
        for piece in pieces {
            match piece {
                PlannedPiece::Text(text) => parts.push(Part::Text(text.clone())),
                PlannedPiece::Formula(formula) => {
                    let part = self.shown(formula, names);
                    parts.push(part);
                }
            }
        }
        self.formatted(parts)
    }

    /// A value as a `format!` takes it.
    pub(crate) fn shown(&mut self, typed: &Typed, names: &Names) -> Part {
        if let (TypedNode::Literal(blocks::Value::Text(text)), Type::Text) = (&typed.node, &typed.ty) {
            return Part::Text(text.to_string());
        }
        match &typed.ty {
            Type::Text | Type::Int | Type::Bool => {
                let piece = self.formula(typed, names);
                Part::Value(self.receiver(piece))
            }
            ty => {
                let argument = [Argument::Typed(typed, names, ty.clone())];
                let piece = self.function("text", 0, &argument, &Type::Text);
                Part::Value(self.receiver(piece))
            }
        }
    }

    /// Text and values in a row.
    pub(crate) fn formatted(&mut self, parts: Vec<Part>) -> Piece {
        let mut pattern = String::new();
        let mut arguments = Vec::new();
        for part in parts {
            match part {
                Part::Text(text) => pattern.push_str(&braced(&escape(&text))),
                Part::Value(Expr::Raw(text)) if text.starts_with('"') => {
                    pattern.push_str(&braced(text.trim_start_matches('"').strip_suffix('"').unwrap_or_default()));
                }
                Part::Value(Expr::Raw(name)) if name == "true" || name == "false" => pattern.push_str(&name),
                Part::Value(Expr::Raw(name)) if is_name(&name) => pattern.push_str(&format!("{{{name}}}")),
                Part::Value(Expr::Macro("format", mut inner)) => {
                    if let Expr::Raw(text) = inner.remove(0) {
                        pattern.push_str(&text[1..text.len() - 1]);
                    }
                    arguments.append(&mut inner);
                }
                Part::Value(value) => {
                    pattern.push_str("{}");
                    arguments.push(plainly(value));
                }
            }
        }
        if arguments.is_empty() && !pattern.replace("{{", "").replace("\\u{", "").contains('{') {
            let text = restore_escapes(&pattern).replace("{{", "{").replace("}}", "}");
            return Piece::new(Expr::Raw(format!("\"{text}\"")), Type::Text, Form::Slice);
        }
        // An escape such as `\u{7f}` has braces of its own.
        let pattern = restore_escapes(&pattern);
        let arguments = std::iter::once(Expr::Raw(format!("\"{pattern}\""))).chain(arguments).collect();
        Piece::owned(Expr::Macro("format", arguments), Type::Text)
    }
}

/// What a format writes as it would be written without the call.
fn plainly(value: Expr) -> Expr {
    match value {
        Expr::Method(receiver, name, arguments) if name == "to_string" && arguments.is_empty() => *receiver,
        other => other,
    }
}

fn braced(text: &str) -> String {
    text.replace('{', "{{").replace('}', "}}")
}

/// A part of a formatted text.
#[derive(Clone, Debug)]
pub(crate) enum Part {
    /// Text as it stands.
    Text(String),
    /// A value that can be shown.
    Value(Expr),
}

fn is_name(text: &str) -> bool {
    text.chars().all(|c| c.is_alphanumeric() || c == '_') && text.starts_with(|c: char| c.is_alphabetic() || c == '_')
}

fn restore_escapes(pattern: &str) -> String {
    let mut out = String::new();
    let mut rest = pattern;
    while let Some(at) = rest.find("\\u{{") {
        out.push_str(&rest[..at]);
        let tail = &rest[at + 4..];
        let end = tail.find("}}").unwrap_or(tail.len());
        out.push_str(&format!("\\u{{{}}}", &tail[..end]));
        rest = tail.get(end + 2..).unwrap_or_default();
    }
    out + rest
}

/// The opposite of a condition; comparisons turn around where nan cannot make a difference.
pub(crate) fn opposite(expr: Expr) -> Expr {
    let ordered = match &expr {
        Expr::Binary(_, a, b) => is_ordered(a) || is_ordered(b),
        _ => false,
    };
    match expr {
        Expr::Raw(text) if text == "true" => Expr::raw("false"),
        Expr::Raw(text) if text == "false" => Expr::raw("true"),
        Expr::Binary("==", a, b) => Expr::Binary("!=", a, b),
        Expr::Binary("!=", a, b) => Expr::Binary("==", a, b),
        Expr::Binary("<", a, b) if ordered => Expr::Binary(">=", a, b),
        Expr::Binary("<=", a, b) if ordered => Expr::Binary(">", a, b),
        Expr::Binary(">", a, b) if ordered => Expr::Binary("<=", a, b),
        Expr::Binary(">=", a, b) if ordered => Expr::Binary("<", a, b),
        Expr::Unary("!", inner) => *inner,
        Expr::Method(receiver, name, arguments) if name == "is_none" && arguments.is_empty() => {
            Expr::Method(receiver, "is_some".to_owned(), arguments)
        }
        other => Expr::unary("!", other),
    }
}

/// Whether a value is an integer or a text, by its looks.
fn is_ordered(expr: &Expr) -> bool {
    match expr {
        Expr::Raw(text) => text.parse::<i64>().is_ok() || text.starts_with('"'),
        Expr::Cast(_, ty) => *ty == "i64",
        Expr::Method(_, name, _) => matches!(name.as_str(), "as_str" | "len" | "count"),
        _ => false,
    }
}

/// Whether two values are equal.
pub(crate) fn same(a: Expr, b: Expr) -> Expr {
    match b {
        Expr::Raw(text) if text == "true" => a,
        Expr::Raw(text) if text == "false" => Expr::unary("!", a),
        Expr::Raw(text) if text == "None" => a.method("is_none", Vec::new()),
        other => Expr::binary("==", a, other),
    }
}
