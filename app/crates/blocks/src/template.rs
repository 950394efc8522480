//! Text templates: text with `{{ formula }}` in it.

use crate::formula::{self, Expression, FormulaError};

/// A piece of a template.
#[derive(Clone, Debug, PartialEq)]
pub enum Piece {
    /// Text as it stands.
    Text(String),
    /// A formula whose value is put in as `text(value)`.
    Formula(Expression),
}

/// Parses a template. `{{ "{{" }}` writes two braces.
///
/// # Errors
/// A `{{` without its `}}`, or the first mistake in a formula, with its place in the template.
pub fn parse(text: &str) -> Result<Vec<Piece>, FormulaError> {
    let mut pieces = Vec::new();
    let (mut rest, mut at) = (text, 0);
    while let Some((before, inside)) = rest.split_once("{{") {
        if !before.is_empty() {
            pieces.push(Piece::Text(before.to_owned()));
        }
        at += before.chars().count() + 2;
        let end = closing(inside).ok_or_else(|| FormulaError::new(at - 2, "'{{' has no '}}'"))?;
        let expression =
            formula::parse(&inside[..end]).map_err(|error| FormulaError::new(at + error.at, error.message))?;
        pieces.push(Piece::Formula(expression));
        at += inside[..end].chars().count() + 2;
        rest = &inside[end + 2..];
    }
    if !rest.is_empty() {
        pieces.push(Piece::Text(rest.to_owned()));
    }
    Ok(pieces)
}

/// Where the `}}` stands that is not inside a quoted text.
fn closing(text: &str) -> Option<usize> {
    let mut quote = None;
    let mut escaped = false;
    for (index, character) in text.char_indices() {
        match (quote, character) {
            (Some(_), _) if escaped => escaped = false,
            (Some(_), '\\') => escaped = true,
            (Some(open), c) if c == open => quote = None,
            (Some(_), _) => {}
            (None, '"' | '\'') => quote = Some(character),
            (None, '}') if text[index + 1..].starts_with('}') => return Some(index),
            (None, _) => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_alternate() {
        let pieces = parse("Hi {{ name }}{{ \"}}\" }}!").unwrap();
        assert_eq!(pieces.len(), 4);
        assert_eq!(pieces[0], Piece::Text("Hi ".to_owned()));
        assert_eq!(pieces[3], Piece::Text("!".to_owned()));
    }

    #[test]
    fn mistakes_have_their_place() {
        assert_eq!(parse("ä {{ name").unwrap_err().at, 2);
        assert_eq!(parse("ä {{ 1 + }}").unwrap_err().at, 9);
    }
}
