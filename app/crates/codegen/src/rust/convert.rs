//! From one type to another that it fits.

use blocks::Type;

use super::emitter::Emitter;
use super::layout;
use super::literals::quote;
use super::piece::{Form, Piece};
use super::syntax::{Body, Expr, Kind, Statement};
use super::types::{Types, field_name};

impl Emitter<'_> {
    /// A piece as a value of a type that its own type fits.
    pub(crate) fn convert(&mut self, piece: Piece, wanted: &Type) -> Piece {
        if piece.ty == *wanted || matches!(wanted, Type::Unknown | Type::Parameter(_)) {
            return piece;
        }
        let from = piece.ty.clone();
        let expr = match (&from, wanted) {
            (Type::Unknown | Type::Parameter(_), _) => {
                let value = self.own(piece);
                self.never(value, wanted)
            }
            (Type::Int, Type::Number) => {
                let value = self.own(piece);
                super::operators::as_number(value)
            }
            (_, Type::Json) => {
                self.needs.json_from(&from, self.types);
                let value = self.own(piece);
                match &value {
                    Expr::Call(name, _) if name == "Vec::new" => Expr::call("Json::List", vec![value]),
                    Expr::Call(name, _) if name == "Map::new" => Expr::call("Json::Map", vec![value]),
                    _ => Expr::call("Json::from", vec![value]),
                }
            }
            (Type::None, Type::Optional(_)) => Expr::raw("None"),
            (Type::Optional(a), Type::Optional(b)) => {
                let value = self.own(piece);
                let inner = self.inside("value", a, b);
                value.method("map", vec![Expr::closure("value", inner)])
            }
            (_, Type::Optional(inner)) => {
                let inner = self.convert(piece, inner);
                let value = self.own(inner);
                Expr::call("Some", vec![value])
            }
            (Type::List(a), Type::List(b)) => return self.convert_list(piece, a, b, wanted),
            (Type::Map(a), Type::Map(b)) => {
                let piece = self.annotated(piece);
                let value = self.own(piece);
                let inner = self.inside("value", a, b);
                self.needs.need("Map::into_iter");
                self.needs.need("Map::from_iter");
                let pair = Expr::Tuple(vec![Expr::raw("key"), inner]);
                let ty = self.types.owned(wanted);
                value
                    .method("into_iter", Vec::new())
                    .method("map", vec![Expr::closure("(key, value)", pair)])
                    .method(format!("collect::<{ty}>"), Vec::new())
            }
            (Type::Record(fields), Type::Map(item)) => {
                if fields.is_empty() {
                    self.needs.need("Map::new");
                    let empty = Expr::call("Map::new", Vec::new());
                    if !piece.expr.may_leave() {
                        return Piece::owned(empty, wanted.clone());
                    }
                    let kind = Kind::Let("_".to_owned(), None, self.own(piece));
                    let first = Statement { kind, blocks: Vec::new() };
                    return Piece::owned(
                        Expr::Block(Body { statements: vec![first], ..Body::of(empty) }),
                        wanted.clone(),
                    );
                }
                self.needs.need("Map::from");
                if self.needs.convert(&from, wanted) {
                    let pairs = fields
                        .iter()
                        .map(|(field, ty)| {
                            let own = field_name(fields, field);
                            Expr::Tuple(vec![Expr::Raw(quote(field)), self.field_as(&own, ty, item)])
                        })
                        .collect();
                    let made = Expr::call("Self::from", vec![Expr::Array("", pairs)]);
                    let target = self.types.owned(wanted);
                    let code = implementation(&self.types.owned(&from), &target, &made);
                    self.needs.converted(&from, wanted, code);
                }
                let value = self.own(piece);
                Expr::call("Map::from", vec![value])
            }
            (Type::Record(_), Type::Record(fields)) => {
                let name = self.types.structure(fields, "record");
                if let (true, Type::Record(own)) = (self.needs.convert(&from, wanted), &from) {
                    let values = fields
                        .iter()
                        .filter_map(|(field, ty)| {
                            let (_, have) = own.iter().find(|(name, _)| name == field)?;
                            let name = field_name(own, field);
                            Some((field_name(fields, field), self.field_as(&name, have, ty)))
                        })
                        .collect();
                    let made = Expr::Struct("Self".to_owned(), values);
                    let code = implementation(&self.types.owned(&from), &name, &made);
                    self.needs.converted(&from, wanted, code);
                }
                let value = self.own(piece);
                Expr::call(format!("{name}::from"), vec![value])
            }
            _ => return piece,
        };
        Piece::owned(expr, wanted.clone())
    }

    /// What is never there, as a type.
    pub(crate) fn never(&mut self, value: Expr, ty: &Type) -> Expr {
        self.needs.need("no_value");
        let ty = self.types.owned(ty);
        Expr::call(format!("no_value::<{ty}>"), vec![value])
    }

    fn convert_list(&mut self, piece: Piece, from: &Type, to: &Type, wanted: &Type) -> Piece {
        if from.has_unknown() && matches!(from, Type::Unknown) {
            let expr = if piece.expr.may_leave() {
                let value = self.own(piece);
                let none = self.never(Expr::raw("item"), to);
                value
                    .method("into_iter", Vec::new())
                    .method("map", vec![Expr::closure("item", none)])
                    .method("collect::<Vec<_>>", Vec::new())
            } else {
                let mark = self.uses.mark();
                let _ = self.borrow(piece);
                self.uses.drop_since(mark);
                Expr::call("Vec::new", Vec::new())
            };
            return Piece::owned(expr, wanted.clone());
        }
        let inner = self.inside("item", from, to);
        let known = !super::statements::is_ambiguous(&inner);
        let item = if super::containers::mentions(&layout::one_line(&inner), "item") { "item" } else { "_" };
        let pattern = |by_reference: bool| match (by_reference, item) {
            (true, "item") => "&item",
            (_, item) => item,
        };
        let copied = super::types::is_copy(from);
        let expr = if copied && !matches!(piece.expr, Expr::Array(..)) {
            let value = self.receiver(piece);
            value.method("iter", Vec::new()).method("map", vec![Expr::closure(pattern(true), inner)])
        } else {
            let piece = self.annotated(piece);
            let value = self.own(piece);
            value.method("into_iter", Vec::new()).method("map", vec![Expr::closure(pattern(false), inner)])
        };
        let collected = if known { "_".to_owned() } else { self.types.owned(to) };
        Piece::owned(expr.method(format!("collect::<Vec<{collected}>>"), Vec::new()), wanted.clone())
    }

    /// A field of the value that is converted.
    fn field_as(&mut self, field: &str, ty: &Type, wanted: &Type) -> Expr {
        let piece = Piece::new(Expr::raw("value").field(field), ty.clone(), Form::Owned);
        let piece = self.convert(piece, wanted);
        self.own(piece)
    }

    /// The conversion of what a name stands for.
    fn inside(&mut self, name: &str, from: &Type, to: &Type) -> Expr {
        let piece = Piece::new(Expr::raw(name), from.clone(), Form::Owned);
        let piece = self.convert(piece, to);
        self.own(piece)
    }
}

/// A record as json.
pub(crate) fn json_conversion(fields: &[(String, Type)], types: &mut Types) -> String {
    let pairs = fields
        .iter()
        .map(|(field, ty)| {
            let value = Expr::raw("value").field(field_name(fields, field));
            let value = if *ty == Type::Json { value } else { Expr::call("Json::from", vec![value]) };
            Expr::Tuple(vec![Expr::Raw(quote(field)), value])
        })
        .collect();
    let entries = Expr::call("Map::from", vec![Expr::Array("", pairs)]);
    let made = Expr::call("Self::Map", vec![entries]);
    implementation(&types.structure(fields, "record"), "Json", &made)
}

fn implementation(from: &str, to: &str, made: &Expr) -> String {
    let name = if super::containers::mentions(&layout::one_line(made), "value") { "value" } else { "_" };
    let body = layout::statements(&Body::of(made.clone()), 2 * layout::TAB);
    format!("impl From<{from}> for {to} {{\n    fn from({name}: {from}) -> Self {{\n{body}    }}\n}}\n")
}
