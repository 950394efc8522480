//! Formulas that are true or false.

use blocks::Type;

use super::{AND, COMPARISON, NOT, Names, OR, SUM, Text};
use crate::generate::{Generator, Scope, types};

impl Generator {
    pub(super) fn truth(&mut self, scope: &Scope, depth: usize, names: &mut Names) -> Text {
        match self.random.weighted(&[30, 22, 14, 20, 14]) {
            0 => {
                let ty = types::any(&mut self.random, 2);
                let symbol = *self.random.pick(&["==", "!="]);
                self.comparison(scope, &ty, depth, names, symbol)
            }
            1 => {
                let ordered =
                    [Type::Int, Type::Number, Type::Text, Type::Bool, Type::list(Type::Int), Type::list(Type::Text)];
                let ty = self.random.pick(&ordered).clone();
                let symbol = *self.random.pick(&["<", "<=", ">", ">="]);
                self.comparison(scope, &ty, depth, names, symbol)
            }
            2 => self.membership(scope, depth, names),
            3 => {
                let (word, level) = if self.random.chance(50) { ("and", AND) } else { ("or", OR) };
                let left = self.expression(scope, &Type::Bool, depth - 1, names).at(level);
                let right = self.expression(scope, &Type::Bool, depth - 1, names).at(level + 1);
                Text::new(format!("{left} {word} {right}"), level)
            }
            _ => Text::new(format!("not {}", self.expression(scope, &Type::Bool, depth - 1, names).at(NOT)), NOT),
        }
    }

    fn comparison(&mut self, scope: &Scope, ty: &Type, depth: usize, names: &mut Names, symbol: &str) -> Text {
        let left = self.expression(scope, ty, depth - 1, names).at(SUM);
        // An integer beside a number compares exactly.
        let other = if *ty == Type::Number && self.random.chance(40) { Type::Int } else { ty.clone() };
        let right = self.expression(scope, &other, depth - 1, names).at(SUM);
        Text::new(format!("{left} {symbol} {right}"), COMPARISON)
    }

    fn membership(&mut self, scope: &Scope, depth: usize, names: &mut Names) -> Text {
        let item = types::any(&mut self.random, 1);
        let (part, whole) = match self.random.below(3) {
            0 => (Type::Text, Type::Text),
            1 => (Type::Text, Type::map(item)),
            _ => (item.clone(), Type::list(item)),
        };
        let part = self.expression(scope, &part, depth - 1, names).at(SUM);
        let whole = self.expression(scope, &whole, depth - 1, names).at(SUM);
        let word = if self.random.chance(50) { "in" } else { "not in" };
        Text::new(format!("{part} {word} {whole}"), COMPARISON)
    }
}
