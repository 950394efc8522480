//! Numbers that become json: whole ones become integers, and those that JSON cannot say fail.

use blocks::Type;

use super::emitter::Emitter;
use super::literals::quote;
use super::piece::{Form, Piece};
use super::syntax::{Body, Expr, Kind, Statement};
use super::types::field_name;

/// Whether numbers in a value become json where another type is wanted.
pub(crate) fn becomes_json(from: &Type, to: &Type) -> bool {
    match (from, to) {
        (_, Type::Json) => from.widens_to(to),
        (Type::List(a), Type::List(b)) | (Type::Map(a), Type::Map(b)) | (Type::Optional(a), Type::Optional(b)) => {
            becomes_json(a, b)
        }
        (a, Type::Optional(b)) => becomes_json(a, b),
        (Type::Record(fields), Type::Map(item)) => fields.iter().any(|(_, field)| becomes_json(field, item)),
        (Type::Record(have), Type::Record(wanted)) => have.iter().any(|(name, from)| {
            wanted.iter().find(|(other, _)| other == name).is_some_and(|(_, to)| becomes_json(from, to))
        }),
        _ => false,
    }
}

impl Emitter<'_> {
    /// A piece as a value of a type that its own type widens to.
    pub(crate) fn widen(&mut self, piece: Piece, wanted: &Type) -> Piece {
        let from = piece.ty.clone();
        if !becomes_json(&from, wanted) {
            return self.convert(piece, wanted);
        }
        let expr = match (&from, wanted) {
            (Type::Optional(a), Type::Optional(b)) => {
                let value = self.own(piece);
                let result = self.result_of("value", a, b);
                let result = value.method("map", vec![Expr::closure("value", result)]).method("transpose", Vec::new());
                self.attempt(result)
            }
            (_, Type::Optional(inner)) => {
                let inner = self.widen(piece, inner);
                let value = self.own(inner);
                Expr::call("Some", vec![value])
            }
            (Type::List(a), Type::List(b)) => {
                let value = self.own(piece);
                let result = self.result_of("item", a, b);
                self.collected(value, Expr::closure("item", result), wanted)
            }
            (Type::Map(a), Type::Map(b)) => {
                let value = self.own(piece);
                let item = self.inner("value", a, b);
                self.needs.need("Map::into_iter");
                self.needs.need("Map::from_iter");
                let pair = Expr::call("Ok", vec![Expr::Tuple(vec![Expr::raw("key"), item])]);
                self.collected(value, Expr::closure("(key, value)", pair), wanted)
            }
            (Type::Record(_), Type::Map(_) | Type::Record(_)) => self.widen_record(piece, wanted),
            _ => {
                let piece = self.convert(piece, wanted);
                let value = self.own(piece);
                self.fallible("plain_json", vec![value])
            }
        };
        Piece::owned(expr, wanted.clone())
    }

    /// A record whose fields are widened one by one.
    fn widen_record(&mut self, piece: Piece, wanted: &Type) -> Expr {
        let from = piece.ty.clone();
        let Type::Record(fields) = &from else { return self.own(piece) };
        let value = self.own(piece);
        let value = Statement { kind: Kind::Let("value".to_owned(), None, value), blocks: Vec::new() };
        let place = |field: &str| format!("value.{}", field_name(fields, field));
        let made = match wanted {
            Type::Record(types) => {
                let name = self.types.structure(types, "record");
                let values = fields.iter().filter_map(|(field, have)| {
                    let (_, ty) = types.iter().find(|(name, _)| name == field)?;
                    Some((field_name(types, field), self.inner(&place(field), have, ty)))
                });
                let values = values.collect();
                Expr::Struct(name, values)
            }
            other => {
                let item = other.item();
                self.needs.need("Map::from");
                let pairs = fields.iter().map(|(field, have)| {
                    Expr::Tuple(vec![Expr::Raw(quote(field)), self.inner(&place(field), have, &item)])
                });
                let pairs = pairs.collect();
                Expr::call("Map::from", vec![Expr::Array("", pairs)])
            }
        };
        Expr::Block(Body { statements: vec![value], ..Body::of(made) })
    }

    /// All that a closure makes of each item, if it fails for none.
    fn collected(&mut self, items: Expr, each: Expr, wanted: &Type) -> Expr {
        let ty = self.types.owned(wanted);
        let results = items.method("into_iter", Vec::new()).method("map", vec![each]);
        let collected = results.method(format!("collect::<Result<{ty}, Error>>"), Vec::new());
        self.attempt(collected)
    }

    /// What a name stands for, widened.
    fn inner(&mut self, name: &str, from: &Type, to: &Type) -> Expr {
        let piece = Piece::new(Expr::raw(name), from.clone(), Form::Owned);
        let piece = self.widen(piece, to);
        self.own(piece)
    }

    /// The same as a result.
    fn result_of(&mut self, name: &str, from: &Type, to: &Type) -> Expr {
        match self.inner(name, from, to) {
            Expr::Try(result) => *result,
            value => Expr::call("Ok", vec![value]),
        }
    }
}
