//! Functions of numbers.

use blocks::Type;

use super::Call;
use crate::rust::operators::number_method;
use crate::rust::piece::Piece;
use crate::rust::ranges::is_small;
use crate::rust::syntax::Expr;

pub(super) fn function(call: &mut Call<'_, '_, '_>, name: &str) -> Option<Piece> {
    let numbers = *call.result == Type::Number;
    Some(match (name, call.signature) {
        ("abs", _) if numbers || call.range(0).is_some_and(|(low, high)| is_small((-high, -low))) => {
            let value = call.own(0);
            call.gives(number_method(value, call.ty(0), "abs", Vec::new()))
        }
        ("abs", _) => call.fallible("absolute", "o"),
        ("min" | "max", _) if numbers => call.helper(if name == "min" { "smaller" } else { "larger" }, "oo"),
        ("min" | "max", _) => {
            let value = call.own(0);
            let other = call.own(1);
            call.gives(match call.ty(0) {
                Type::Text => value.method(name, vec![other]),
                ty => number_method(value, ty, name, vec![other]),
            })
        }
        ("floor" | "ceil", _) => whole(call, name),
        ("round", 0) => whole(call, "round_ties_even"),
        ("round", _) => call.fallible("round_to", "oo"),
        ("sqrt", _) => call.fallible("square_root", "o"),
        ("integer_root", _) => call.fallible("integer_root", "o"),
        ("gcd", _) => call.fallible("gcd", "oo"),
        ("lcm", _) => call.fallible("lcm", "oo"),
        ("log", 0) => call.fallible("logarithm", "o"),
        ("log", _) => call.fallible("logarithm_to", "oo"),
        ("exp" | "sin" | "cos" | "tan" | "is_nan", _) => {
            let value = call.own(0);
            call.gives(number_method(value, &Type::Number, name, Vec::new()))
        }
        ("pi", _) => call.gives(Expr::raw("std::f64::consts::PI")),
        ("bit_and" | "bit_xor", _) => bits(call, name),
        _ => return None,
    })
}

fn whole(call: &mut Call<'_, '_, '_>, method: &str) -> Piece {
    let value = call.own(0);
    let value = number_method(value, &Type::Number, method, Vec::new());
    let expr = call.emitter.fallible("whole", vec![value]);
    call.gives(expr)
}

fn bits(call: &mut Call<'_, '_, '_>, name: &str) -> Piece {
    let natural = |range: Option<(i128, i128)>| range.is_some_and(|(low, _)| low >= 0);
    if natural(call.range(0)) && natural(call.range(1)) {
        let (a, b) = (call.own(0), call.own(1));
        return call.gives(Expr::binary(if name == "bit_and" { "&" } else { "^" }, a, b));
    }
    call.fallible(if name == "bit_and" { "bit_and" } else { "bit_xor" }, "oo")
}
