//! Tokens to a tree, with Python's precedence.

use super::FormulaError;
use super::lexer::{self, Token, TokenKind};
use super::tree::{BinaryOperator, Expression, Node};
use crate::value::Value;

/// How deep an expression may nest.
pub const MAX_DEPTH: usize = 100;

const WORDS: [&str; 10] = ["and", "or", "not", "in", "if", "else", "true", "false", "none", "is"];

/// Parses a formula.
///
/// # Errors
/// The first mistake, with its place.
pub fn parse(text: &str) -> Result<Expression, FormulaError> {
    let tokens = lexer::tokens(text)?;
    let mut parser = Parser { tokens, at: 0, depth: 0, end: text.chars().count() };
    let expression = parser.expression()?;
    match parser.tokens.get(parser.at) {
        None => Ok(expression),
        Some(Token { at, kind: TokenKind::Symbol("=") }) => Err(FormulaError::new(*at, "use '==' to compare")),
        Some(token) => Err(FormulaError::new(token.at, "expected an operator or the end of the formula")),
    }
}

struct Parser {
    tokens: Vec<Token>,
    at: usize,
    depth: usize,
    end: usize,
}

type Parsed = Result<Expression, FormulaError>;

impl Parser {
    fn place(&self) -> usize {
        self.tokens.get(self.at).map_or(self.end, |token| token.at)
    }

    fn take_symbol(&mut self, symbol: &str) -> bool {
        let found =
            matches!(self.tokens.get(self.at), Some(Token { kind: TokenKind::Symbol(have), .. }) if *have == symbol);
        self.at += usize::from(found);
        found
    }

    fn take_word(&mut self, word: &str) -> bool {
        let found = matches!(self.tokens.get(self.at), Some(Token { kind: TokenKind::Name(have), .. }) if have == word);
        self.at += usize::from(found);
        found
    }

    fn expect(&mut self, symbol: &str) -> Result<(), FormulaError> {
        if self.take_symbol(symbol) {
            Ok(())
        } else {
            Err(FormulaError::new(self.place(), format!("expected '{symbol}'")))
        }
    }

    /// Runs a rule one level deeper; nesting is bounded, so that no formula can exhaust the stack.
    fn deeper(&mut self, rule: impl FnOnce(&mut Self) -> Parsed) -> Parsed {
        if self.depth >= MAX_DEPTH {
            return Err(FormulaError::new(self.place(), format!("nested deeper than {MAX_DEPTH} levels")));
        }
        self.depth += 1;
        let result = rule(self);
        self.depth -= 1;
        result
    }

    fn expression(&mut self) -> Parsed {
        self.deeper(Self::conditional)
    }

    fn conditional(&mut self) -> Parsed {
        let then = self.or()?;
        let at = then.at;
        if !self.take_word("if") {
            return Ok(then);
        }
        let condition = self.or()?;
        if !self.take_word("else") {
            return Err(FormulaError::new(self.place(), "expected 'else': value if condition else other"));
        }
        let otherwise = self.expression()?;
        let node = Node::If { condition: condition.into(), then: then.into(), otherwise: otherwise.into() };
        Ok(Expression { at, node })
    }

    fn or(&mut self) -> Parsed {
        let mut left = self.and()?;
        let mut length = 0;
        while self.take_word("or") {
            length = self.longer(length)?;
            let right = self.and()?;
            left = Expression { at: left.at, node: Node::Or(left.into(), right.into()) };
        }
        Ok(left)
    }

    fn and(&mut self) -> Parsed {
        let mut left = self.not()?;
        let mut length = 0;
        while self.take_word("and") {
            length = self.longer(length)?;
            let right = self.not()?;
            left = Expression { at: left.at, node: Node::And(left.into(), right.into()) };
        }
        Ok(left)
    }

    /// A chain of operators nests to the left, so its length is bounded like any other depth.
    fn longer(&self, length: usize) -> Result<usize, FormulaError> {
        if length + 1 >= MAX_DEPTH {
            return Err(FormulaError::new(
                self.place(),
                format!("more than {MAX_DEPTH} operators in a row; split the formula"),
            ));
        }
        Ok(length + 1)
    }

    fn not(&mut self) -> Parsed {
        let at = self.place();
        if self.take_word("not") {
            let inner = self.deeper(Self::not)?;
            return Ok(Expression { at, node: Node::Not(inner.into()) });
        }
        self.comparison()
    }

    fn comparison(&mut self) -> Parsed {
        let left = self.sum()?;
        let Some(operator) = self.comparison_operator()? else {
            return Ok(left);
        };
        let right = self.sum()?;
        let place = self.place();
        if self.comparison_operator()?.is_some() {
            return Err(FormulaError::new(place, "comparisons do not chain; write a < b and b < c"));
        }
        let at = left.at;
        let negated = operator.1;
        let comparison = Expression { at, node: Node::Binary(operator.0, left.into(), right.into()) };
        Ok(if negated { Expression { at, node: Node::Not(comparison.into()) } } else { comparison })
    }

    /// The operator, and whether it is negated (`not in`).
    fn comparison_operator(&mut self) -> Result<Option<(BinaryOperator, bool)>, FormulaError> {
        use BinaryOperator as O;
        for (symbol, operator) in [
            ("==", O::Equal),
            ("!=", O::NotEqual),
            ("<=", O::LessOrEqual),
            (">=", O::GreaterOrEqual),
            ("<", O::Less),
            (">", O::Greater),
        ] {
            if self.take_symbol(symbol) {
                return Ok(Some((operator, false)));
            }
        }
        if self.take_word("in") {
            return Ok(Some((O::In, false)));
        }
        let place = self.place();
        if self.take_word("is") {
            return Err(FormulaError::new(place, "use '==' to compare"));
        }
        if self.take_word("not") {
            return if self.take_word("in") {
                Ok(Some((O::In, true)))
            } else {
                Err(FormulaError::new(place, "expected 'not in' or an operator before 'not'"))
            };
        }
        Ok(None)
    }

    fn sum(&mut self) -> Parsed {
        use BinaryOperator as O;
        self.chain(&[("+", O::Add), ("-", O::Subtract)], Self::product)
    }

    fn product(&mut self) -> Parsed {
        use BinaryOperator as O;
        self.chain(&[("*", O::Multiply), ("//", O::FloorDivide), ("/", O::Divide), ("%", O::Modulo)], Self::unary)
    }

    fn chain(&mut self, operators: &[(&str, BinaryOperator)], part: fn(&mut Self) -> Parsed) -> Parsed {
        let mut left = part(self)?;
        let mut length = 0;
        while let Some((_, operator)) = operators.iter().find(|(symbol, _)| self.take_symbol(symbol)) {
            length = self.longer(length)?;
            let right = part(self)?;
            left = Expression { at: left.at, node: Node::Binary(*operator, left.into(), right.into()) };
        }
        Ok(left)
    }

    fn unary(&mut self) -> Parsed {
        let at = self.place();
        if self.take_symbol("-") {
            let inner = self.deeper(Self::unary)?;
            return Ok(Expression { at, node: Node::Negate(inner.into()) });
        }
        self.power()
    }

    fn power(&mut self) -> Parsed {
        let base = self.postfix()?;
        if !self.take_symbol("**") {
            return Ok(base);
        }
        let exponent = self.deeper(Self::unary)?;
        Ok(Expression { at: base.at, node: Node::Binary(BinaryOperator::Power, base.into(), exponent.into()) })
    }

    fn postfix(&mut self) -> Parsed {
        let mut inner = self.atom()?;
        let mut length = 0;
        loop {
            let at = inner.at;
            if self.take_symbol("[") {
                inner = self.index(at, inner)?;
            } else if self.take_symbol(".") {
                let place = self.place();
                let name = self.name().ok_or_else(|| FormulaError::new(place, "expected a field name after '.'"))?;
                inner = Expression { at, node: Node::Field(inner.into(), name) };
            } else {
                return Ok(inner);
            }
            length = self.longer(length)?;
        }
    }

    fn index(&mut self, at: usize, whole: Expression) -> Parsed {
        let from = if self.take_symbol(":") { None } else { Some(Box::new(self.expression()?)) };
        let sliced = from.is_none() || self.take_symbol(":");
        if !sliced {
            self.expect("]")?;
            return match from {
                Some(index) => Ok(Expression { at, node: Node::Index(whole.into(), index) }),
                None => Err(FormulaError::new(at, "expected an index")),
            };
        }
        let to = if self.take_symbol("]") {
            None
        } else {
            let to = self.expression()?;
            self.expect("]")?;
            Some(Box::new(to))
        };
        Ok(Expression { at, node: Node::Slice(whole.into(), from, to) })
    }

    /// Takes a name that is not one of the formula's own words.
    fn name(&mut self) -> Option<String> {
        match self.tokens.get_mut(self.at) {
            Some(Token { kind: TokenKind::Name(name), .. }) if !WORDS.contains(&name.as_str()) => {
                self.at += 1;
                Some(std::mem::take(name))
            }
            _ => None,
        }
    }

    fn atom(&mut self) -> Parsed {
        let at = self.place();
        if let Some(Token { kind: TokenKind::Value(value), .. }) = self.tokens.get(self.at) {
            let node = Node::Literal(value.clone());
            self.at += 1;
            return Ok(Expression { at, node });
        }
        for (word, value) in [("true", Value::Bool(true)), ("false", Value::Bool(false)), ("none", Value::None)] {
            if self.take_word(word) {
                return Ok(Expression { at, node: Node::Literal(value) });
            }
        }
        if let Some(name) = self.name() {
            let node = if self.take_symbol("(") { Node::Call(name, self.items(")")?) } else { Node::Name(name) };
            return Ok(Expression { at, node });
        }
        if self.take_symbol("(") {
            let inner = self.expression()?;
            self.expect(")")?;
            return Ok(inner);
        }
        if self.take_symbol("[") {
            return Ok(Expression { at, node: Node::List(self.items("]")?) });
        }
        if self.take_symbol("{") {
            return self.map(at);
        }
        Err(FormulaError::new(at, if at >= self.end { "the formula is not complete" } else { "expected a value" }))
    }

    fn items(&mut self, close: &str) -> Result<Vec<Expression>, FormulaError> {
        let mut items = Vec::new();
        if self.take_symbol(close) {
            return Ok(items);
        }
        loop {
            items.push(self.expression()?);
            if self.take_symbol(close) {
                return Ok(items);
            }
            self.expect(",")?;
        }
    }

    fn map(&mut self, at: usize) -> Parsed {
        let mut entries: Vec<(String, Expression)> = Vec::new();
        if self.take_symbol("}") {
            return Ok(Expression { at, node: Node::Map(entries) });
        }
        loop {
            let place = self.place();
            let key = match self.tokens.get(self.at) {
                Some(Token { kind: TokenKind::Value(Value::Text(key)), .. }) => (**key).clone(),
                _ => return Err(FormulaError::new(place, "a key must be a quoted text: {\"key\": value}")),
            };
            self.at += 1;
            if entries.iter().any(|(have, _)| *have == key) {
                return Err(FormulaError::new(place, format!("the key \"{key}\" is there twice")));
            }
            self.expect(":")?;
            entries.push((key, self.expression()?));
            if self.take_symbol("}") {
                return Ok(Expression { at, node: Node::Map(entries) });
            }
            self.expect(",")?;
        }
    }
}
