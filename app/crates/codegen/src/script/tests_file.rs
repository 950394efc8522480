//! The program's test cases for node:test.

use blocks::conform::conform;
use blocks::document::{Expect, TestCase};
use blocks::plan::Plan;
use blocks::{Program, Value};

use super::Script;
use super::layout::{STYLE, assignment, call_arguments};
use super::statements::bracketed;
use crate::code::Code;
use crate::layout::{Line, concat, lay_out, text};
use crate::names::Scope;
use crate::quote::quote;
use crate::runtime::plain;
use crate::{Dynamic, cases};

/// The test file of a program.
pub(crate) fn write(script: Script, program: &Program, plan: &Plan, module: &str, function: &str) -> Vec<Line> {
    let mut body = Vec::new();
    for test in &program.tests {
        body.push(Line::default());
        match cases::left_out(test, Dynamic::JavaScript) {
            Some(reason) => body
                .extend(plain(&format!("// Left out, for {reason}: {}", crate::quote::remark(&test.name).join(" ")))),
            None => body.extend(case(script, test, plan, function)),
        }
    }
    let names = if script.typed && crate::runtime::text_of(&[body.clone()]).contains("Json>") {
        format!("{function}, type Json")
    } else {
        function.to_owned()
    };
    let mut lines = plain(&format!(
        "import assert from \"node:assert/strict\";\nimport {{ test }} from \"node:test\";\n\nimport {{ {names} }} from \"./{module}.js\";"
    ));
    lines.extend(body);
    lines
}

fn case(script: Script, test: &TestCase, plan: &Plan, function: &str) -> Vec<Line> {
    let arguments = cases::arguments(test, plan).map(|(value, ty)| script.write_literal(&value, &ty));
    let call = Code::call(function, arguments.collect());
    let waits = crate::effects::waiting(plan)[0];
    let (start, call) = if waits { ("async ()", Code::prefix("await ", call)) } else { ("()", call) };
    let mut lines = plain(&format!("test({}, {start} => {{", quote(&test.name)));
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
