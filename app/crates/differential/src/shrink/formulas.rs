//! Smaller formulas and templates.

use blocks::formula::{self, Expression, Node, free_names, parts};
use blocks::template::{self, Piece};
use blocks::{Block, Value, literal};

use super::literals;

/// Formulas with less in them, as texts.
pub(super) fn smaller(text: &str) -> Vec<String> {
    let Ok(parsed) = formula::parse(text) else { return Vec::new() };
    let mut made: Vec<String> = variants(&parsed).iter().map(write).collect();
    made.retain(|made| made != text);
    made
}

/// Templates with one piece less, or a smaller formula.
pub(super) fn smaller_templates(text: &str) -> Vec<String> {
    let Ok(pieces) = template::parse(text) else { return Vec::new() };
    let mut made = Vec::new();
    for place in 0..pieces.len() {
        let mut rest = pieces.clone();
        let piece = rest.remove(place);
        made.push(write_pieces(&rest));
        if let Piece::Formula(expression) = piece {
            for variant in variants(&expression) {
                let mut rest = pieces.clone();
                rest[place] = Piece::Formula(variant);
                made.push(write_pieces(&rest));
            }
        }
    }
    made.retain(|made| made != text);
    made
}

fn write_pieces(pieces: &[Piece]) -> String {
    let write = |piece: &Piece| match piece {
        Piece::Text(text) => text.clone(),
        Piece::Formula(expression) => format!("{{{{ {} }}}}", write(expression)),
    };
    pieces.iter().map(write).collect()
}

/// Sets a formula, and leaves only the wires that it reads.
pub(super) fn set(block: &mut Block, text: &str) {
    let free = formula::parse(text).map(|parsed| free_names(&parsed)).unwrap_or_default();
    block.inputs.retain(|name, _| free.contains(name));
    block.config.insert("expression".to_owned(), Value::text(text));
}

/// Sets a template, and leaves only the wires that it reads.
pub(super) fn set_template(block: &mut Block, text: &str) {
    let pieces = template::parse(text).unwrap_or_default();
    let formulas = pieces.iter().filter_map(|piece| match piece {
        Piece::Formula(expression) => Some(free_names(expression)),
        Piece::Text(_) => None,
    });
    let free: Vec<String> = formulas.flatten().collect();
    block.inputs.retain(|name, _| free.contains(name));
    block.config.insert("text".to_owned(), Value::text(text));
}

/// The expression's parts, smaller literals, and the same of each part in its place.
fn variants(expression: &Expression) -> Vec<Expression> {
    let at = expression.at;
    let parts = parts(&expression.node);
    let mut made: Vec<Expression> = parts.iter().map(|part| (*part).clone()).collect();
    let values = match &expression.node {
        Node::Literal(value) => literals::smaller(value),
        _ => vec![
            Value::Int(0),
            Value::Int(1),
            Value::Number(1.5),
            Value::text(""),
            Value::Bool(false),
            Value::list(vec![]),
        ],
    };
    made.extend(values.into_iter().map(|value| Expression { at, node: Node::Literal(value) }));
    match &expression.node {
        Node::List(items) => made.extend(without_each(items).map(|items| Expression { at, node: Node::List(items) })),
        Node::Map(entries) => {
            made.extend(without_each(entries).map(|entries| Expression { at, node: Node::Map(entries) }));
        }
        Node::Slice(whole, from, until) => {
            for bounds in [(None, until.clone()), (from.clone(), None)] {
                made.push(Expression { at, node: Node::Slice(whole.clone(), bounds.0, bounds.1) });
            }
        }
        _ => {}
    }
    for (place, part) in parts.iter().enumerate() {
        for variant in variants(part) {
            let mut whole = expression.clone();
            if let Some(part) = parts_mut(&mut whole.node).into_iter().nth(place) {
                *part = variant;
            }
            made.push(whole);
        }
    }
    made
}

fn without_each<T: Clone>(items: &[T]) -> impl Iterator<Item = Vec<T>> {
    (0..items.len()).map(|place| {
        let mut rest = items.to_vec();
        rest.remove(place);
        rest
    })
}

fn parts_mut(node: &mut Node) -> Vec<&mut Expression> {
    match node {
        Node::Literal(_) | Node::Name(_) => Vec::new(),
        Node::List(items) | Node::Call(_, items) => items.iter_mut().collect(),
        Node::Map(entries) => entries.iter_mut().map(|(_, value)| value).collect(),
        Node::Negate(inner) | Node::Not(inner) | Node::Field(inner, _) => vec![inner],
        Node::Binary(_, a, b) | Node::And(a, b) | Node::Or(a, b) | Node::Index(a, b) => vec![a, b],
        Node::If { condition, then, otherwise } => vec![condition, then, otherwise],
        Node::Slice(whole, from, until) => {
            std::iter::once(&mut **whole).chain(from.as_deref_mut()).chain(until.as_deref_mut()).collect()
        }
    }
}

/// The text of an expression, with parentheses around everything that is not simple.
fn write(expression: &Expression) -> String {
    let tight = |part: &Expression| {
        let text = write(part);
        let simple = match &part.node {
            Node::Literal(_) => !text.starts_with('-'),
            Node::Name(_) | Node::List(_) | Node::Map(_) | Node::Call(..) | Node::Index(..) | Node::Slice(..) => true,
            Node::Field(..) => true,
            _ => false,
        };
        if simple { text } else { format!("({text})") }
    };
    let list = |items: &[Expression]| items.iter().map(write).collect::<Vec<_>>().join(", ");
    match &expression.node {
        Node::Literal(value) => literal::write(value),
        Node::Name(name) => name.clone(),
        Node::List(items) => format!("[{}]", list(items)),
        Node::Map(entries) => {
            let entry = |(key, value): &(String, Expression)| {
                format!("{}: {}", literal::write(&Value::text(key.as_str())), write(value))
            };
            format!("{{{} }}", entries.iter().map(entry).collect::<Vec<_>>().join(", "))
        }
        Node::Negate(inner) => format!("-{}", tight(inner)),
        Node::Not(inner) => format!("not {}", tight(inner)),
        Node::Binary(operator, a, b) => format!("{} {} {}", tight(a), operator.symbol(), tight(b)),
        Node::And(a, b) => format!("{} and {}", tight(a), tight(b)),
        Node::Or(a, b) => format!("{} or {}", tight(a), tight(b)),
        Node::If { condition, then, otherwise } => {
            format!("{} if {} else {}", tight(then), tight(condition), tight(otherwise))
        }
        Node::Call(name, arguments) => format!("{name}({})", list(arguments)),
        Node::Index(whole, index) => format!("{}[{}]", tight(whole), write(index)),
        Node::Slice(whole, from, until) => {
            let bound = |bound: &Option<Box<Expression>>| bound.as_deref().map(write).unwrap_or_default();
            format!("{}[{}:{}]", tight(whole), bound(from), bound(until))
        }
        Node::Field(whole, name) => format!("{}.{name}", tight(whole)),
    }
}
