//! Statements and functions.

use blocks::plan::{Parameter, Routine};

use super::expressions::literal;
use super::layout::{self, STYLE, parameters_of, statement, tuple};
use super::types::hint;
use crate::code::{Code, Node, Statement};
use crate::layout::{Doc, Line, concat, text};

/// The places of the inputs in the order in which Python takes them: those without a default come first.
pub(super) fn required_first(inputs: &[Parameter]) -> Vec<usize> {
    let (required, optional): (Vec<usize>, Vec<usize>) =
        (0..inputs.len()).partition(|place| inputs[*place].default.is_none());
    [required, optional].concat()
}

/// `def name(parameters) -> result:`. The program's own function takes its inputs as `required_first` orders them; the
/// others keep their order, as they are always given all of their inputs.
pub(super) fn head(name: &str, parameters: &[String], routine: &Routine, public: bool) -> Vec<Line> {
    let inputs = &routine.inputs;
    let order = if public { required_first(inputs) } else { (0..inputs.len()).collect() };
    let last_required = order.iter().rposition(|place| inputs[*place].default.is_none());
    let parameters = order.iter().enumerate().map(|(position, place)| {
        let (name, parameter) = (&parameters[*place], &inputs[*place]);
        let hinted = text(format!("{name}: {}", hint(&parameter.ty)));
        match &parameter.default {
            // Lists and maps as defaults are shared between calls, and nothing changes them.
            Some(value) if last_required.is_none_or(|last| position > last) => {
                concat([hinted, text(" = "), layout::expression(&literal(value, &parameter.ty))])
            }
            _ => hinted,
        }
    });
    let mut hints: Vec<Doc> = routine.outputs.iter().map(|output| text(hint(&output.ty))).collect();
    let result = match hints.len() {
        0 => text("None"),
        1 => hints.remove(0),
        _ => concat([text("tuple"), layout::collection("[", hints.into_iter(), "]")]),
    };
    let parameters = parameters_of(parameters.collect());
    crate::layout::head(text(format!("def {name}")), parameters, concat([text(" -> "), result, text(":")]), STYLE)
}

pub(super) fn is_definition(lines: &[Line]) -> bool {
    lines.iter().any(|line| line.text.starts_with("def ") || line.text.starts_with("class "))
}

/// What a function is for.
pub(super) fn documentation(about: &str) -> Vec<Line> {
    let lines = crate::quote::remark(&about.replace('\\', "\\\\").replace('"', "'"));
    let mut out = Vec::new();
    for (place, line) in lines.iter().enumerate() {
        let open = if place == 0 { "\"\"\"" } else { "" };
        let close = if lines.len() == 1 { "\"\"\"" } else { "" };
        out.push(crate::runtime::plain(format!("    {open}{line}{close}").trim_end()).pop().unwrap_or_default());
    }
    if lines.len() > 1 {
        out.extend(crate::runtime::plain("    \"\"\""));
    }
    out
}

/// The statements of a body; `pass` where there are none.
pub(super) fn body(nodes: &[Node], depth: usize) -> Vec<Line> {
    let mut lines = Vec::new();
    for node in nodes {
        let mut own = node_lines(node, depth);
        if let Some(block) = &node.block {
            for line in &mut own {
                if !line.blocks.contains(block) {
                    line.blocks.push(block.clone());
                }
            }
        }
        lines.extend(own);
    }
    let only_comments = nodes.iter().all(|node| matches!(node.statement, Statement::Comment(_)));
    if only_comments {
        lines.push(line("pass", depth));
    }
    lines
}

fn line(text: &str, depth: usize) -> Line {
    Line { text: format!("{}{text}", " ".repeat(depth * STYLE.indent)), blocks: Vec::new() }
}

fn node_lines(node: &Node, depth: usize) -> Vec<Line> {
    let mut lines = Vec::new();
    match &node.statement {
        Statement::Comment(comment) => return vec![line(format!("# {comment}").trim_end(), depth)],
        Statement::Let(names, value) => {
            let names: Vec<&str> = names.iter().map(|(name, _)| name.as_str()).collect();
            return statement(&format!("{} = ", names.join(", ")), value, "", depth);
        }
        Statement::Start(name, _, value) | Statement::Own(name, _, value) | Statement::Typed(name, _, value) => {
            return statement(&format!("{name} = "), value, "", depth);
        }
        Statement::Declare(..) => {}
        Statement::Assign(names, values) => {
            let prefix = format!("{} = ", names.join(", "));
            return match values.as_slice() {
                [value] => statement(&prefix, value, "", depth),
                values => tuple(&prefix, values, depth),
            };
        }
        Statement::Store(place, value) => {
            return statement(&format!("{} = ", crate::layout::flat(&layout::expression(place))), value, "", depth);
        }
        Statement::Do(code) => return statement("", code, "", depth),
        Statement::If(cases, otherwise) => {
            for (place, (condition, then)) in cases.iter().enumerate() {
                lines.extend(statement(if place == 0 { "if " } else { "elif " }, condition, ":", depth));
                lines.extend(body(then, depth + 1));
            }
            if !otherwise.is_empty() {
                lines.push(line("else:", depth));
                lines.extend(body(otherwise, depth + 1));
            }
        }
        Statement::Each { index, item, items, body: inner } => {
            let (target, items) = match index {
                Some(index) => (format!("{index}, {item}"), Code::call("enumerate", vec![items.clone()])),
                None => (item.clone(), items.clone()),
            };
            lines.extend(statement(&format!("for {target} in "), &items, ":", depth));
            lines.extend(body(inner, depth + 1));
        }
        Statement::Times { turn, times, body: inner } => {
            let turn = turn.as_deref().unwrap_or("_");
            lines.extend(statement(&format!("for {turn} in "), &Code::call("range", vec![times.clone()]), ":", depth));
            lines.extend(body(inner, depth + 1));
        }
        Statement::While(condition, inner) => {
            lines.extend(statement("while ", condition, ":", depth));
            lines.extend(body(inner, depth + 1));
        }
        Statement::Break => lines.push(line("break", depth)),
        Statement::Try(attempt, error, rescue) => {
            lines.push(line("try:", depth));
            lines.extend(body(attempt, depth + 1));
            let named = error.as_ref().map(|error| format!(" as {error}")).unwrap_or_default();
            lines.push(line(&format!("except _CATCHABLE{named}:"), depth));
            lines.extend(body(rescue, depth + 1));
        }
        Statement::Raise(code, message) => return statement("raise ", &raised(code, message), "", depth),
        Statement::Return(values) => {
            return match values.as_slice() {
                [value] => statement("return ", value, "", depth),
                values => tuple("return ", values, depth),
            };
        }
    }
    lines
}

fn raised(code: &str, message: &Code) -> Code {
    if code == "assertion" {
        return Code::call("AssertionError", vec![message.clone()]);
    }
    Code::call("ProgramError", vec![Code::atom(crate::quote::quote(code)), message.clone()])
}
