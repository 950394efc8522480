//! Chains of methods, fields and `?`.

use super::{CHAIN_WIDTH, Shape, TAB, calls, columns, expression, new_line, operators};
use crate::rust::syntax::Expr;

/// A link of a chain: what follows a dot, and how many question marks follow it.
struct Link<'a> {
    name: &'a str,
    arguments: Option<&'a [Expr]>,
    tries: usize,
}

impl Link<'_> {
    fn write(&self, shape: Shape) -> Option<String> {
        let marks = "?".repeat(self.tries);
        match self.arguments {
            None => Some(format!(".{}{marks}", self.name)),
            Some(arguments) => {
                let call = calls::call(self.name, arguments, shape.right(1).keep(self.tries))?;
                Some(format!(".{call}{marks}"))
            }
        }
    }
}

/// The root of a chain, its own question marks, and its links in order.
fn take_apart(expr: &Expr) -> (&Expr, usize, Vec<Link<'_>>) {
    let mut links = Vec::new();
    let (mut tries, mut at) = (0, expr);
    loop {
        match at {
            Expr::Try(inner) => {
                tries += 1;
                at = inner;
            }
            Expr::Method(receiver, name, arguments) => {
                links.push(Link { name, arguments: Some(arguments), tries });
                (tries, at) = (0, receiver);
            }
            Expr::Field(receiver, name) => {
                links.push(Link { name, arguments: None, tries });
                (tries, at) = (0, receiver);
            }
            root => {
                links.reverse();
                return (root, tries, links);
            }
        }
    }
}

pub(super) fn chain(expr: &Expr, shape: Shape) -> Option<String> {
    let (root, tries, mut links) = take_apart(expr);
    let paren = usize::from(operators::is_loose(root));
    let inner = expression(root, shape.right(paren).keep(tries + paren))?;
    let mut written = operators::tight(root, inner) + &"?".repeat(tries);
    if links.is_empty() {
        return Some(written);
    }
    let count = links.len();
    let mut block_end = ends_with_block(root, &written);
    let room = TAB.saturating_sub(shape.offset);
    while columns(&written) <= room && !written.contains('\n') && !links.is_empty() {
        let Some(text) = links[0].write(shape.right(columns(&written))) else { break };
        written.push_str(&text);
        block_end = last_line_closes(&written);
        links.remove(0);
    }
    if links.is_empty() {
        return Some(written);
    }
    let indent = if block_end { shape.indent } else { shape.indent + TAB };
    let child = Shape { indent, offset: 0, after: 0, ..shape };
    let mut pieces = vec![written];
    let last = links.pop()?;
    for link in &links {
        pieces.push(link.write(child)?);
    }
    finish(pieces, &last, count, shape, child)
}

/// The last link decides: on the line of the others, spilling over its end, or all on lines of their own.
fn finish(mut pieces: Vec<String>, last: &Link<'_>, count: usize, shape: Shape, child: Shape) -> Option<String> {
    let almost: usize = pieces.iter().map(|piece| columns(piece)).sum::<usize>() + last.tries;
    let width = shape.width()?;
    let budget = if count == 1 { width } else { width.min(CHAIN_WIDTH) }.saturating_sub(almost);
    let flat = pieces.iter().all(|piece| !piece.contains('\n')) && budget > 0;
    let extendable = pieces.len() == 1 && last_line_closes(&pieces[0]);
    let own_line = Shape { after: shape.after, ..child };
    let mut fits = false;
    let mut found = None;
    if flat || extendable {
        let at = if flat { almost - last.tries } else { last_columns(&pieces[0]) };
        let beside = if flat { shape.right(at) } else { Shape { offset: at.saturating_sub(shape.indent), ..shape } };
        if let Some(text) = last.write(beside) {
            let lines = text.lines().count();
            let could = columns(text.lines().next()?).saturating_sub(if lines == 1 { last.tries } else { 0 }) <= budget;
            if could && lines >= 5 {
                fits = flat;
                found = Some(text);
            } else {
                match last.write(own_line) {
                    Some(new) if !could => found = Some(new),
                    Some(new) if new.lines().count() >= lines => {
                        fits = could && flat;
                        found = Some(text);
                    }
                    Some(new) => found = Some(new),
                    None => {
                        fits = could && flat;
                        found = Some(text);
                    }
                }
            }
        }
    }
    let last = match found {
        Some(text) => text,
        None => last.write(own_line)?,
    };
    pieces.push(last);
    if !fits && shape.flat_chains {
        return None;
    }
    Some(if fits { pieces.concat() } else { pieces.join(&new_line(child.indent)) })
}

fn last_columns(text: &str) -> usize {
    columns(text.rsplit('\n').next().unwrap_or_default())
}

fn ends_with_block(root: &Expr, written: &str) -> bool {
    written.contains('\n') && !matches!(root, Expr::Raw(_) | Expr::Closure(..) | Expr::Cast(..) | Expr::Tuple(_))
}

/// Whether the last line holds nothing but closing brackets, so that a link may follow them.
pub(super) fn last_line_closes(text: &str) -> bool {
    text.contains('\n')
        && text
            .rsplit('\n')
            .next()
            .is_some_and(|last| last.trim_start().chars().all(|c| matches!(c, ')' | ']' | '}' | '?')))
}
