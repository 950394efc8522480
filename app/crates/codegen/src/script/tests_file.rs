//! The program's test cases for node:test.

use blocks::conform::conform;
use blocks::document::{Expect, TestCase};
use blocks::plan::Plan;
use blocks::{Program, Value};

use super::Script;
use super::layout::{STYLE, assignment, call_arguments};
use super::statements::bracketed;
use crate::answers::{self, Answer};
use crate::code::Code;
use crate::layout::{Line, concat, lay_out, text};
use crate::names::Scope;
use crate::quote::quote;
use crate::runtime::plain;
use crate::{Dynamic, cases};

/// Answers one after the other.
const IN_TURN: &str = "/** Gives one answer after the other; an error is thrown. */
function inTurn(...answers«: unknown[]») {
  return () => {
    const answer = answers.shift();
    if (answer instanceof Error) throw answer;
    return answer;
  };
}
";

/// The test file of a program.
pub(crate) fn write(script: Script, program: &Program, plan: &Plan, module: &str, function: &str) -> Vec<Line> {
    let mut body = Vec::new();
    for test in &program.tests {
        body.push(Line::default());
        match cases::left_out(test, plan, Dynamic::JavaScript) {
            Some(reason) => body
                .extend(plain(&format!("// Left out, for {reason}: {}", crate::quote::remark(&test.name).join(" ")))),
            None => body.extend(case(script, test, plan, function)),
        }
    }
    let code = crate::runtime::text_of(&[body.clone()]);
    let mut names = vec![function];
    let mocks = code.contains("t.mock.method(");
    names.extend(mocks.then_some("effects"));
    names.extend(code.contains("new ProgramError(").then_some("ProgramError"));
    names.extend((script.typed && (code.contains("Json>") || code.contains("Json[]"))).then_some("type Json"));
    if code.contains("inTurn(") {
        body.push(Line::default());
        body.extend(plain(&script.source(IN_TURN)));
    }
    let mut lines = plain(&format!(
        "import assert from \"node:assert/strict\";\nimport {{ test }} from \"node:test\";\n\n{}",
        import(&names, module)
    ));
    lines.extend(body);
    lines
}

fn case(script: Script, test: &TestCase, plan: &Plan, function: &str) -> Vec<Line> {
    let arguments = cases::arguments(test, plan).map(|(value, ty)| script.write_literal(&value, &ty));
    let call = Code::call(function, arguments.collect());
    let waits = crate::effects::waiting(plan)[0];
    let context = if test.answers.is_empty() { "()" } else { "(t)" };
    let (start, call) = if waits { ("async ", Code::prefix("await ", call)) } else { ("", call) };
    let mut lines = plain(&format!("test({}, {start}{context} => {{", quote(&test.name)));
    if !test.answers.is_empty() {
        lines.extend(mocked(script, test, plan));
    }
    match &test.expect {
        Expect::Error(code) => lines.extend(failure(code, call, waits)),
        Expect::Outputs(outputs) if outputs.values().any(cases::is_large) => {
            lines.extend(failure("overflow", call, waits));
        }
        Expect::Outputs(outputs) => {
            let declared = &plan.main.outputs;
            let wanted = declared.iter().map(|output| {
                outputs.get(&output.name).map(|value| {
                    script.write_literal(&conform(value.clone(), &output.ty).unwrap_or(Value::None), &output.ty)
                })
            });
            if outputs.is_empty() {
                lines.extend(lay_out(&concat([super::layout::expression(&call), text(";")]), 1, STYLE));
            } else if declared.len() == 1 {
                lines.extend(wanted.flatten().flat_map(|wanted| equal(call.clone(), wanted)));
            } else {
                let wanted: Vec<Option<Code>> = wanted.collect();
                let mut scope = Scope::new(Dynamic::JavaScript, [function.to_owned()]);
                let names = declared.iter().zip(&wanted).map(|(output, wanted)| match wanted {
                    Some(_) => scope.fresh(&output.name),
                    None => String::new(),
                });
                let mut names: Vec<String> = names.collect();
                while names.last().is_some_and(String::is_empty) {
                    names.pop();
                }
                let pattern = names.iter().map(|name| text(name.as_str())).collect();
                let left = concat([text("const "), bracketed("[", pattern, "]"), text(" =")]);
                lines.extend(lay_out(&concat([assignment(left, &call), text(";")]), 1, STYLE));
                for (name, wanted) in names.iter().zip(wanted) {
                    lines.extend(wanted.into_iter().flat_map(|wanted| equal(Code::atom(name.as_str()), wanted)));
                }
            }
        }
    }
    lines.extend(plain("});"));
    lines
}

/// Names from a module, each on its own line where they are too long for one.
fn import(names: &[&str], module: &str) -> String {
    let line = format!("import {{ {} }} from \"./{module}.js\";", names.join(", "));
    if crate::layout::width(&line) <= STYLE.width || names.len() == 1 {
        return line;
    }
    let names: String = names.iter().map(|name| format!("  {name},\n")).collect();
    format!("import {{\n{names}}} from \"./{module}.js\";")
}

/// Answers for the world outside, method by method.
fn mocked(script: Script, test: &TestCase, plan: &Plan) -> Vec<Line> {
    let mut lines = Vec::new();
    for method in answers::by_method(test, plan).unwrap_or_default() {
        let said = method.answers.iter().map(|answer| match answer {
            Answer::Value(value, ty) => script.write_literal(value, ty),
            Answer::Error(code, message) => {
                Code::call("new ProgramError", [code, *message].map(|text| Code::atom(quote(text))).to_vec())
            }
        });
        let said: Vec<Code> = said.collect();
        let answer = if said.is_empty() { Code::arrow("()", Code::atom("{}")) } else { Code::call("inTurn", said) };
        let name = Code::atom(quote(&crate::names::camel(method.effect.name())));
        lines.extend(statement("t.mock.method", &[Code::atom("effects"), name, answer]));
    }
    lines
}

/// The very error that is expected, not any.
fn failure(code: &str, call: Code, waits: bool) -> Vec<Line> {
    let expected = Code::Entries(vec![(Some(Code::atom("code")), Code::atom(quote(code)))]);
    let (check, start) = if waits { ("await assert.rejects", "async ()") } else { ("assert.throws", "()") };
    statement(check, &[Code::arrow(start, call), expected])
}

fn equal(found: Code, wanted: Code) -> Vec<Line> {
    statement("assert.deepEqual", &[found, wanted])
}

fn statement(function: &str, arguments: &[Code]) -> Vec<Line> {
    lay_out(&concat([text(function), call_arguments(arguments), text(";")]), 1, STYLE)
}
