//! The program's test cases for pytest.

use blocks::conform::conform;
use blocks::document::{Expect, TestCase};
use blocks::plan::Plan;
use blocks::{Program, Type, Value};

use super::expressions::literal;
use super::layout::statement;
use super::statements::required_first;
use crate::answers::{self, Answer};
use crate::code::{COMPARE, Code};
use crate::layout::Line;
use crate::names::{Scope, snake};
use crate::runtime::plain;
use crate::{Dynamic, cases};

/// The test file of a program.
pub(crate) fn write(program: &Program, plan: &Plan, module: &str, function: &str) -> Vec<Line> {
    let mut body = Vec::new();
    let mut names = std::collections::BTreeSet::from([function.to_owned()]);
    let (mut raises, mut mocks) = (false, false);
    for (number, test) in program.tests.iter().enumerate() {
        body.extend([Line::default(), Line::default()]);
        if let Some(reason) = cases::left_out(test, plan, Dynamic::Python) {
            body.extend(plain(&format!("# Left out, for {reason}: {}", crate::quote::remark(&test.name).join(" "))));
            continue;
        }
        let name = snake(&test.name).trim_start_matches("program_").to_owned();
        body.extend(plain(&format!("def test_{}_{name}():", number + 1)));
        let given: Vec<(Value, Type)> = cases::arguments(test, plan).collect();
        let order = required_first(&plan.main.inputs).into_iter();
        let call = Code::call(function, order.map(|place| literal(&given[place].0, &given[place].1)).collect());
        let mut depth = 1;
        if !test.answers.is_empty() {
            mocks = true;
            depth = 2;
            body.extend(mocked(test, plan, module, &mut names));
        }
        match &test.expect {
            Expect::Error(code) => {
                raises = true;
                body.extend(failure(code, plan, call, &mut names, depth));
            }
            Expect::Outputs(_) => body.extend(expectations(test, plan, function, call, depth)),
        }
    }
    let code = crate::runtime::text_of(&[body.clone()]);
    let mut head = String::new();
    if code.contains("math.") {
        head.push_str("import math\n\n");
    }
    if mocks {
        let blank = if head.is_empty() { "" } else { "\n" };
        head = format!("{}{blank}from unittest.mock import Mock, patch\n\n", head.trim_end());
    }
    if raises {
        head.push_str("import pytest\n");
    }
    let imported: Vec<String> = names.into_iter().collect();
    let blank = if raises { "\n" } else { "" };
    let mut lines = plain(&format!("{head}{blank}{}", import(module, &imported)));
    lines.extend(body);
    lines
}

/// What answers for the world outside, method by method.
fn mocked(test: &TestCase, plan: &Plan, module: &str, names: &mut std::collections::BTreeSet<String>) -> Vec<Line> {
    let mut entries = Vec::new();
    for method in answers::by_method(test, plan).unwrap_or_default() {
        if method.answers.is_empty() {
            continue;
        }
        let said = method.answers.iter().map(|answer| match answer {
            Answer::Value(value, ty) => literal(value, ty),
            Answer::Error(code, message) => {
                names.insert("ProgramError".to_owned());
                Code::call("ProgramError", [code, *message].map(|text| Code::atom(crate::quote::quote(text))).to_vec())
            }
        });
        let key = format!("{}.side_effect", method.effect.name());
        entries.push((Some(Code::atom(crate::quote::quote(&key))), Code::List(said.collect())));
    }
    let effects = Code::call("Mock", vec![Code::prefix("**", Code::Entries(entries))]);
    let mut lines = statement("effects = ", &effects, "", 1);
    lines.extend(plain(&format!("    with patch({}, effects):", crate::quote::quote(&format!("{module}.effects")))));
    lines
}

/// Names from a module, each on its own line where they are too long for one.
fn import(module: &str, names: &[String]) -> String {
    let line = format!("from {module} import {}", names.join(", "));
    if crate::layout::width(&line) <= super::layout::STYLE.width {
        return line;
    }
    let names: String = names.iter().map(|name| format!("    {name},\n")).collect();
    format!("from {module} import (\n{names})")
}

/// The very error that is expected, not any.
fn failure(
    code: &str,
    plan: &Plan,
    call: Code,
    names: &mut std::collections::BTreeSet<String>,
    depth: usize,
) -> Vec<Line> {
    let step = " ".repeat(4 * depth);
    let natural = super::ERRORS.iter().find(|(own, _)| *own == code).map(|(_, kind)| *kind);
    let mut lines = Vec::new();
    match natural {
        Some(kind) if !cases::fails_with(plan, code) || code == "assertion" => {
            lines.extend(plain(&format!("{step}with pytest.raises({kind}):")));
            lines.extend(statement("", &call, "", depth + 1));
        }
        Some(kind) => {
            names.insert("ProgramError".to_owned());
            lines.extend(plain(&format!("{step}with pytest.raises(({kind}, ProgramError)):")));
            lines.extend(statement("", &call, "", depth + 1));
        }
        None => {
            names.insert("ProgramError".to_owned());
            lines.extend(plain(&format!("{step}with pytest.raises(ProgramError) as caught:")));
            lines.extend(statement("", &call, "", depth + 1));
            let wanted = Code::atom(crate::quote::quote(code));
            let found = Code::binary("==", COMPARE, Code::atom("caught.value.code"), wanted);
            lines.extend(statement("assert ", &found, "", depth));
        }
    }
    lines
}

fn expectations(test: &TestCase, plan: &Plan, function: &str, call: Code, depth: usize) -> Vec<Line> {
    let Expect::Outputs(expected) = &test.expect else { return Vec::new() };
    let outputs = &plan.main.outputs;
    let value = |name: &str, ty: &Type| Some(conform(expected.get(name)?.clone(), ty).unwrap_or(Value::None));
    if let [output] = outputs.as_slice() {
        return value(&output.name, &output.ty).map_or_else(Vec::new, |value| check(call, &value, &output.ty, depth));
    }
    if outputs.is_empty() {
        return statement("", &call, "", depth);
    }
    let mut scope = Scope::new(Dynamic::Python, [function.to_owned()]);
    let names = outputs.iter().map(|output| match expected.get(&output.name) {
        Some(_) => scope.fresh(&output.name),
        None => "_".to_owned(),
    });
    let names: Vec<String> = names.collect();
    let mut lines = statement(&format!("{} = ", names.join(", ")), &call, "", depth);
    for (name, output) in names.iter().zip(outputs) {
        if let Some(value) = value(&output.name, &output.ty) {
            lines.extend(check(Code::atom(name.as_str()), &value, &output.ty, depth));
        }
    }
    lines
}

fn check(found: Code, wanted: &Value, ty: &Type, depth: usize) -> Vec<Line> {
    let want = literal(wanted, ty);
    let code = match wanted {
        Value::Bool(_) | Value::None => Code::binary("is", COMPARE, found, want),
        // Nothing equals nan, so its text is compared.
        _ if cases::has_nan(wanted) => {
            let text = |code: Code| Code::call("repr", vec![code]);
            Code::binary("==", COMPARE, text(found), text(want))
        }
        _ => Code::binary("==", COMPARE, found, want),
    };
    statement("assert ", &code, "", depth)
}
