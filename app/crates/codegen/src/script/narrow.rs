//! What TypeScript believes of values that were compared: inside `if (a === "x")`, `a` has the type `"x"`, and comparing it
//! with `"y"` is an error. There the values are compared by a function, which believes nothing.

use std::collections::HashSet;

use blocks::Type;

use super::layout::expression;
use crate::code::{Code, Comprehension, Node, Piece, Statement};
use crate::layout::flat;

/// What is known of names.
#[derive(Clone, Debug, Default)]
pub(super) struct Names {
    /// Those that are believed to have one value.
    fixed: HashSet<String>,
    /// Variables of several kinds that change: what is made of one in a loop needs a type, as the variable's depends on it.
    changing: HashSet<String>,
    in_loop: bool,
}

impl Names {
    fn looped(&self) -> Self {
        Self { in_loop: true, ..self.clone() }
    }

    fn changes(&mut self, name: &str, ty: &Type) {
        if matches!(ty, Type::Bool | Type::Optional(_) | Type::None | Type::Json | Type::Unknown) {
            self.changing.insert(name.to_owned());
        }
    }

    fn needs_type(&self, value: &Code) -> bool {
        let reads = |name: &String| crate::runtime::names(&flat(&expression(value)), name);
        self.in_loop && !value.is_literal() && self.changing.iter().any(reads)
    }
}

/// The statements of a body with such comparisons replaced.
pub(super) fn settled(nodes: &[Node], known: &Names) -> Vec<Node> {
    let mut known = known.clone();
    nodes
        .iter()
        .map(|node| Node { block: node.block.clone(), statement: statement(&node.statement, &mut known) })
        .collect()
}

fn statement(of: &Statement, known: &mut Names) -> Statement {
    let codes = |codes: &[Code], known: &Names| codes.iter().map(|code| compared(code, known)).collect();
    match of {
        Statement::Let(names, value) => binding(names, compared(value, known), known),
        Statement::Start(name, ty, value) => {
            known.changes(name, ty);
            Statement::Start(name.clone(), ty.clone(), compared(value, known))
        }
        Statement::Own(name, ty, value) => Statement::Own(name.clone(), ty.clone(), compared(value, known)),
        Statement::Declare(name, ty) => {
            known.changes(name, ty);
            of.clone()
        }
        Statement::Assign(names, values) => Statement::Assign(names.clone(), codes(values, known)),
        Statement::Store(place, value) => Statement::Store(compared(place, known), compared(value, known)),
        Statement::Do(code) => Statement::Do(compared(code, known)),
        Statement::Raise(code, message) => Statement::Raise(code.clone(), compared(message, known)),
        Statement::Return(values) => Statement::Return(codes(values, known)),
        Statement::If(cases, otherwise) => branches(cases, otherwise, known),
        Statement::Each { index, item, items, body } => Statement::Each {
            index: index.clone(),
            item: item.clone(),
            items: compared(items, known),
            body: settled(body, &known.looped()),
        },
        Statement::Times { turn, times, body } => {
            let body = settled(body, &known.looped());
            Statement::Times { turn: turn.clone(), times: compared(times, known), body }
        }
        Statement::While(condition, body) => {
            let body = settled(body, &and_where(condition, true, known).looped());
            Statement::While(compared(condition, known), body)
        }
        Statement::Try(attempt, error, rescue) => {
            Statement::Try(settled(attempt, known), error.clone(), settled(rescue, known))
        }
        Statement::Comment(_) | Statement::Break | Statement::Typed(..) => of.clone(),
    }
}

fn binding(names: &[(String, Type)], value: Code, known: &mut Names) -> Statement {
    if let [(name, ty)] = names {
        if known.needs_type(&value) {
            return Statement::Typed(name.clone(), ty.clone(), value);
        }
        if !value.is_literal() && is_one_value(&value, known) {
            known.fixed.insert(name.clone());
        }
    }
    Statement::Let(names.to_vec(), value)
}

fn branches(cases: &[(Code, Vec<Node>)], otherwise: &[Node], known: &mut Names) -> Statement {
    let outer = known.fixed.clone();
    let mut settled_cases = Vec::new();
    for (condition, body) in cases {
        settled_cases.push((compared(condition, known), settled(body, &and_where(condition, true, known))));
        *known = and_where(condition, false, known);
    }
    let rest = settled(otherwise, known);
    // What holds otherwise holds below, too, where the branch does not come back.
    let leaves = |body: &[Node]| {
        body.last().is_some_and(|node| {
            matches!(node.statement, Statement::Raise(..) | Statement::Return(_) | Statement::Break)
        })
    };
    if !cases.iter().all(|(_, body)| leaves(body)) {
        known.fixed = outer;
    }
    Statement::If(settled_cases, rest)
}

/// What is known, and what a condition tells where it holds or does not.
fn and_where(condition: &Code, holds: bool, known: &Names) -> Names {
    let mut known = known.clone();
    tell(condition, holds, &mut known);
    known
}

fn tell(condition: &Code, holds: bool, known: &mut Names) {
    match (condition.bare(), holds) {
        (Code::Binary("===", _, a, b), true) | (Code::Binary("!==", _, a, b), false) => {
            let names = [a, b].into_iter().filter_map(|side| match side.bare() {
                Code::Atom(name) if !side.is_literal() => Some(name.clone()),
                _ => None,
            });
            known.fixed.extend(names);
        }
        (Code::Binary("&&", _, a, b), true) | (Code::Binary("||", _, a, b), false) => {
            tell(a, holds, known);
            tell(b, holds, known);
        }
        (Code::Unary("!", _, inner), _) => tell(inner, !holds, known),
        (Code::Grouped(inner), _) => tell(inner, holds, known),
        _ => {}
    }
}

/// Whether TypeScript may give an expression the type of one value, or of a few.
pub(super) fn is_one_value(code: &Code, known: &Names) -> bool {
    match code.bare() {
        Code::Atom(name) => code.is_literal() || known.fixed.contains(name),
        Code::Choice(parts) => is_one_value(&parts[1], known) || is_one_value(&parts[2], known),
        Code::Binary("??" | "&&" | "||", _, a, b) => is_one_value(a, known) || is_one_value(b, known),
        Code::Unary("-" | "!", _, inner) | Code::Grouped(inner) => is_one_value(inner, known),
        Code::Binary("+", _, a, b) => is_one_value(a, known) && is_one_value(b, known),
        Code::Template(pieces) => pieces.iter().all(|piece| match piece {
            Piece::Text(_) => true,
            Piece::Value(value) => is_one_value(value, known),
        }),
        Code::Call(function, arguments) => {
            ["_default", "_get", "_min", "_max"].iter().any(|name| function.is(name))
                && arguments.iter().any(|argument| is_one_value(argument, known))
        }
        _ => false,
    }
}

/// Whether TypeScript may know which truth an expression has: it believes what conditions around it say.
pub(super) fn has_one_truth(code: &Code) -> bool {
    matches!(
        code.bare(),
        Code::Atom(_)
            | Code::Choice(_)
            | Code::Unary("!", ..)
            | Code::Grouped(_)
            | Code::Binary("&&" | "||" | "??", ..)
    )
}

/// An expression with such comparisons replaced.
fn compared(code: &Code, known: &Names) -> Code {
    let boxed = |code: &Code| Box::new(compared(code, known));
    let all = |codes: &[Code]| codes.iter().map(|code| compared(code, known)).collect();
    match code {
        Code::Binary(operator @ ("===" | "!=="), level, a, b) => {
            let (left, right) = (compared(a, known), compared(b, known));
            // Whatever is believed of a value, it may be compared with null, and is known better afterwards.
            let nothing = left.is("null") || right.is("null");
            if nothing || !(is_one_value(&left, known) && is_one_value(&right, known)) {
                return Code::binary(operator, *level, left, right);
            }
            let equal = Code::call("_equal", vec![left, right]);
            if *operator == "===" { equal } else { Code::Unary("!", crate::code::UNARY, Box::new(equal)) }
        }
        Code::Binary(operator @ ("&&" | "||"), level, a, b) => {
            let right = compared(b, &and_where(a, *operator == "&&", known));
            Code::binary(operator, *level, compared(a, known), right)
        }
        Code::Choice(parts) => {
            let [condition, then, otherwise] = &**parts;
            let then = compared(then, &and_where(condition, true, known));
            let otherwise = compared(otherwise, &and_where(condition, false, known));
            Code::choice(compared(condition, known), then, otherwise)
        }
        Code::Atom(_) | Code::Generic(..) => code.clone(),
        Code::Call(function, arguments) => Code::Call(boxed(function), all(arguments)),
        Code::Member(value, name) => Code::Member(boxed(value), name.clone()),
        Code::Item(value, index) => Code::Item(boxed(value), boxed(index)),
        Code::List(items) => Code::List(all(items)),
        Code::Entries(entries) => {
            Code::Entries(entries.iter().map(|(key, value)| (key.clone(), compared(value, known))).collect())
        }
        Code::Unary(operator, level, inner) => Code::Unary(operator, *level, boxed(inner)),
        Code::Binary(operator, level, a, b) => Code::Binary(operator, *level, boxed(a), boxed(b)),
        Code::Arrow(parameters, body) => Code::Arrow(parameters.clone(), boxed(body)),
        Code::Comprehension(made) => {
            Code::Comprehension(Box::new(Comprehension { element: compared(&made.element, known), ..(**made).clone() }))
        }
        Code::Prefix(mark, inner) => Code::Prefix(mark, boxed(inner)),
        Code::Template(pieces) => Code::Template(
            pieces
                .iter()
                .map(|piece| match piece {
                    Piece::Text(text) => Piece::Text(text.clone()),
                    Piece::Value(code) => Piece::Value(compared(code, known)),
                })
                .collect(),
        ),
        Code::Grouped(inner) => Code::Grouped(boxed(inner)),
        Code::Marked(block, inner) => Code::Marked(block.clone(), boxed(inner)),
    }
}
