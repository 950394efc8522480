//! Statements and functions.

use blocks::Type;
use blocks::plan::Routine;

use super::coerce::is_anything;
use super::expressions::ORDER;
use super::layout::{STYLE, assignment, call_arguments, enclosed, expression, operands, returned, tight};
use super::narrow::has_one_truth;
use super::types::{self, has_json, is_scalar};
use super::{Kind, Script};
use crate::code::{Code, Node, Statement};
use crate::layout::{Doc, Line, concat, flat, group, if_broken, indent, join, lay_out, text};
use crate::runtime::plain;

/// What a function is for.
pub(super) fn documentation(about: &str) -> Vec<Line> {
    let lines = crate::quote::remark(&about.replace("*/", "* /"));
    match lines.as_slice() {
        [] => Vec::new(),
        [one] => plain(&format!("/** {one} */")),
        many => {
            let inner: Vec<String> = many.iter().map(|line| format!(" * {line}").trim_end().to_owned()).collect();
            plain(&format!("/**\n{}\n */", inner.join("\n")))
        }
    }
}

impl Script {
    /// `function name(parameters) {`
    pub(super) fn head(self, name: &str, parameters: &[String], routine: &Routine, kind: Kind) -> Vec<Line> {
        let parameters: Vec<Doc> = parameters
            .iter()
            .zip(&routine.inputs)
            .map(|(name, parameter)| {
                let named = if self.typed { typed(name, &parameter.ty) } else { text(name.as_str()) };
                match &parameter.default {
                    Some(value) => {
                        let value = self.write_literal(value, &parameter.ty);
                        concat([named, text(" = "), expression(&value)])
                    }
                    None => named,
                }
            })
            .collect();
        let result = if self.typed { concat([text(": "), result_type(routine, kind.waits)]) } else { text("") };
        let export = if kind.public { "export " } else { "" };
        let export = if kind.waits { format!("{export}async ") } else { export.to_owned() };
        let parameters = match (parameters.as_slice(), routine.inputs.as_slice()) {
            // The fields of a lone object stand in the brackets of the function.
            ([only], [input]) if self.typed && input.default.is_none() && types::is_object(&input.ty) => {
                concat([text("("), only.clone(), text(")")])
            }
            // The fields of what it gives are broken before a lone parameter is.
            ([_], _) if self.typed && !kind.waits && gives_object(routine) => concat([bracketed("(", parameters, ")")]),
            _ => bracketed("(", parameters, ")"),
        };
        crate::layout::head(text(format!("{export}function {name}")), parameters, concat([result, text(" {")]), STYLE)
    }

    /// The statements of a body.
    pub(super) fn body(self, nodes: &[Node], depth: usize) -> Vec<Line> {
        let mut lines = Vec::new();
        for node in nodes {
            let mut own = self.node(node, depth);
            if let Some(block) = &node.block {
                for line in &mut own {
                    if !line.blocks.contains(block) {
                        line.blocks.push(block.clone());
                    }
                }
            }
            lines.extend(own);
        }
        lines
    }

    fn node(self, node: &Node, depth: usize) -> Vec<Line> {
        let simple = |doc: Doc| lay_out(&doc, depth, STYLE);
        match &node.statement {
            Statement::Comment(comment) => vec![line(format!("// {comment}").trim_end(), depth)],
            Statement::Let(names, value) => simple(self.binding("const", names, value, depth)),
            Statement::Typed(name, ty, value) => {
                let left = concat([text("const "), typed(name, ty), text(" =")]);
                if matches!(value.bare(), Code::Choice(_) | Code::Binary(..)) {
                    return simple(concat([left, text(" "), seen(value), text(format!(" as {};", types::name(ty)))]));
                }
                let value = Code::binary("as", ORDER, value.clone(), Code::atom(types::name(ty)));
                simple(concat([assignment(left, &value), text(";")]))
            }
            Statement::Own(name, ty, value) => {
                let plain = matches!(ty.item(), Type::Int | Type::Number | Type::Text | Type::Bool);
                let copied = matches!(value.bare(), Code::Call(..));
                if !self.typed || plain && !copied && !has_empty(value) {
                    return simple(self.binding("const", &[(name.clone(), ty.clone())], value, depth));
                }
                let left = concat([text("const "), typed(name, ty), text(" =")]);
                simple(concat([assignment(left, value), text(";")]))
            }
            Statement::Start(name, ty, value) => {
                simple(self.binding("let", &[(name.clone(), ty.clone())], value, depth))
            }
            Statement::Declare(name, ty) if self.typed => simple(concat([text("let "), typed(name, ty), text(";")])),
            Statement::Declare(name, _) => vec![line(&format!("let {name};"), depth)],
            Statement::Assign(names, values) => match (names.as_slice(), values.as_slice()) {
                ([name], [value]) => simple(concat([assignment(text(format!("{name} =")), value), text(";")])),
                (names, values) => {
                    let names = names.iter().map(|name| text(name.as_str())).collect();
                    let left = concat([bracketed("[", names, "]"), text(" =")]);
                    simple(concat([assignment(left, &Code::List(values.to_vec())), text(";")]))
                }
            },
            Statement::Store(place, value) => {
                let left = concat([expression(place), text(" =")]);
                simple(concat([assignment(left, value), text(";")]))
            }
            Statement::Do(code) => simple(concat([expression(code), text(";")])),
            Statement::Break => vec![line("break;", depth)],
            Statement::Raise(code, message) => {
                let code = Code::atom(crate::quote::quote(code));
                let arguments = call_arguments(&[code, message.clone()]);
                simple(concat([text("throw new ProgramError"), arguments, text(";")]))
            }
            Statement::Return(values) => match values.as_slice() {
                [value] => simple(returned("return", value)),
                values => simple(returned("return", &Code::List(values.to_vec()))),
            },
            _ => self.block(&node.statement, depth),
        }
    }

    fn block(self, statement: &Statement, depth: usize) -> Vec<Line> {
        let mut lines = Vec::new();
        match statement {
            Statement::If(cases, otherwise) => {
                for (place, (condition, then)) in cases.iter().enumerate() {
                    let keyword = if place == 0 { "if " } else { "} else if " };
                    lines.extend(heading(keyword, condition, depth));
                    lines.extend(self.body(then, depth + 1));
                }
                if !otherwise.is_empty() {
                    lines.push(line("} else {", depth));
                    lines.extend(self.body(otherwise, depth + 1));
                }
            }
            Statement::Each { index, item, items, body } => {
                let (target, items) = match index {
                    Some(index) => (format!("[{index}, {item}]"), items.clone().method("entries", Vec::new())),
                    None => (item.clone(), items.clone()),
                };
                let head = concat([text(format!("for (const {target} of ")), expression(&items), text(") {")]);
                lines.extend(lay_out(&head, depth, STYLE));
                lines.extend(self.body(body, depth + 1));
            }
            Statement::Times { turn, times, body } => {
                let turn = turn.as_deref().unwrap_or("_turn");
                let parts = [
                    text(format!("let {turn} = 0;")),
                    Doc::Line,
                    text(format!("{turn} < ")),
                    expression(times),
                    text(";"),
                    Doc::Line,
                    text(format!("{turn}++")),
                ];
                let head = group(concat([
                    text("for ("),
                    indent(concat(std::iter::once(Doc::SoftLine).chain(parts))),
                    Doc::SoftLine,
                    text(") {"),
                ]));
                lines.extend(lay_out(&head, depth, STYLE));
                lines.extend(self.body(body, depth + 1));
            }
            Statement::While(condition, body) => {
                lines.extend(heading("while ", condition, depth));
                lines.extend(self.body(body, depth + 1));
            }
            Statement::Try(attempt, error, rescue) => {
                lines.push(line("try {", depth));
                lines.extend(self.body(attempt, depth + 1));
                let own = error.as_deref().unwrap_or("_error");
                lines.push(line(&format!("}} catch ({own}) {{"), depth));
                if error.is_none() {
                    lines.push(line(&format!("_caught({own});"), depth + 1));
                }
                lines.extend(self.body(rescue, depth + 1));
            }
            _ => return lines,
        }
        let opening = lines.len();
        lines.push(line("}", depth));
        if opening == 1 && !matches!(statement, Statement::If(..)) {
            // Nothing stands inside.
            let head = lines.remove(0);
            return vec![Line { text: format!("{}}}", head.text), ..head }];
        }
        lines
    }

    fn binding(self, keyword: &str, names: &[(String, Type)], value: &Code, depth: usize) -> Doc {
        let left = match names {
            [(name, ty)] if self.typed && needs_type(keyword, ty, value) => typed(name, ty),
            [(name, _)] => text(name.as_str()),
            many => {
                let broken = bracketed("[", many.iter().map(|(name, _)| text(name.as_str())).collect(), "]");
                let line = flat(&broken);
                let width = depth * STYLE.indent + keyword.len() + 1 + crate::layout::width(&line) + 2;
                if width <= STYLE.width { text(line) } else { broken }
            }
        };
        let left = concat([text(format!("{keyword} ")), left, text(" =")]);
        // A constant that is true has the type `true`, which nothing may be compared with.
        let known = matches!(names, [(_, Type::Bool)] if keyword == "const") && has_one_truth(value);
        if self.typed && known {
            return concat([left, text(" "), seen(value), text(" as boolean;")]);
        }
        concat([assignment(left, value), text(";")])
    }
}

/// What stands before `as`.
fn seen(value: &Code) -> Doc {
    match value {
        Code::Marked(block, inner) => Doc::Mark(block.clone(), Box::new(seen(inner))),
        Code::Binary(..) => concat([text("("), group(concat(operands(value, true))), text(")")]),
        Code::Choice(_) => enclosed(value),
        other => tight(other, ORDER),
    }
}

/// `name: type`
fn typed(name: &str, ty: &Type) -> Doc {
    concat([text(format!("{name}: ")), types::doc(ty)])
}

/// Items in brackets: on one line, else each on its own.
pub(super) fn bracketed(open: &str, items: Vec<Doc>, close: &str) -> Doc {
    if items.is_empty() {
        return text(format!("{open}{close}"));
    }
    let items = join(items, &concat([text(","), Doc::Line]));
    let inner = concat([Doc::SoftLine, items, if_broken(text(","), text(""))]);
    group(concat([text(open), indent(inner), Doc::SoftLine, text(close)]))
}

/// Whether TypeScript would infer another type than the one that is meant.
fn needs_type(keyword: &str, ty: &Type, value: &Code) -> bool {
    let empty = has_empty(value);
    let literal = value.is_literal();
    let changes = match ty {
        Type::Optional(_) | Type::None => true,
        // Below a condition, a name may have the type `true`.
        Type::Bool => !literal && value.is_simple(),
        ty => !is_scalar(ty),
    };
    let map = matches!(value.bare(), Code::Call(function, _) if matches!(function.bare(), Code::Generic("new Map", _)));
    if !map && matches!(value.bare(), Code::Choice(_) | Code::Call(..)) && is_anything(value) {
        return true;
    }
    let constant = literal && *ty != Type::Bool || has_json(ty) || !is_scalar(ty) && is_generic(value);
    empty || ty.has_unknown() || if keyword == "const" { constant } else { changes }
}

/// Whether a list without items stands in a literal.
fn has_empty(value: &Code) -> bool {
    match value.bare() {
        Code::List(items) => items.is_empty() || items.iter().any(has_empty),
        Code::Entries(entries) => entries.iter().any(|(_, value)| has_empty(value)),
        _ => false,
    }
}

/// Whether the type of a call depends on its arguments, whose types may say less than is known.
fn is_generic(value: &Code) -> bool {
    let Code::Call(function, _) = value.bare() else { return false };
    ["_get", "_default", "_fieldOf", "_entryOf", "_itemAt"].iter().any(|name| function.is(name))
}

fn gives_object(routine: &Routine) -> bool {
    matches!(routine.outputs.as_slice(), [output] if types::is_object(&output.ty))
}

fn result_type(routine: &Routine, waits: bool) -> Doc {
    let mut types: Vec<Doc> = routine.outputs.iter().map(|output| types::doc(&output.ty)).collect();
    let result = match types.len() {
        0 => text("void"),
        1 => types.remove(0),
        _ => bracketed("[", types, "]"),
    };
    if waits { concat([text("Promise<"), result, text(">")]) } else { result }
}

/// `if (condition) {`
fn heading(keyword: &str, condition: &Code, depth: usize) -> Vec<Line> {
    lay_out(&concat([text(keyword), super::layout::condition(condition), text(" {")]), depth, STYLE)
}

fn line(text: &str, depth: usize) -> Line {
    Line { text: format!("{}{text}", " ".repeat(depth * STYLE.indent)), blocks: Vec::new() }
}
