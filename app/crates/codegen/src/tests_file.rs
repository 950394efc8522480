//! The program's test cases as pytest and node:test.

use blocks::conform::conform;
use blocks::document::{Expect, TestCase};
use blocks::{Plan, Program, Value};

use crate::Target;
use crate::emit::function_names;
use crate::helpers::Helpers;
use crate::literals;
use crate::names::snake;

/// The test file of a program.
pub(crate) fn write(program: &Program, plan: &Plan, target: Target, module: &str) -> String {
    let function = function_names(plan, target).swap_remove(0);
    let mut helpers = Helpers::new(target);
    let mut cases = Vec::new();
    let mut raises = false;
    for (number, test) in program.tests.iter().enumerate() {
        // Its answers of the world outside have no place in the code yet.
        if !test.answers.is_empty() {
            let mark = if target == Target::Python { "#" } else { "//" };
            cases.push(format!("{mark} Left out, for it answers for the world outside: {}\n", test.name));
            continue;
        }
        if target == Target::JavaScript && test.inputs.values().any(has_large) {
            cases.push(format!("// Left out, for its inputs are beyond JavaScript's exact integers: {}\n", test.name));
            continue;
        }
        let arguments: Vec<String> = plan
            .main
            .inputs
            .iter()
            .map(|input| {
                let value =
                    test.inputs.get(&input.name).cloned().or_else(|| input.default.clone()).unwrap_or(Value::None);
                let value = conform(value, &input.ty).unwrap_or(Value::None);
                literals::write(&value, &input.ty, target)
            })
            .collect();
        let call = format!("{function}({})", arguments.join(", "));
        let fails = matches!(test.expect, Expect::Error(_)) || target == Target::JavaScript && is_beyond(test);
        raises |= fails;
        let checks = if fails { Vec::new() } else { expectations(test, plan, target, &call, &mut helpers) };
        cases.push(match target {
            Target::Python => python_case(number, test, &call, fails, &checks),
            Target::JavaScript => javascript_case(test, &call, fails, &checks),
        });
    }
    let body = cases.join(if target == Target::Python { "\n\n" } else { "\n" });
    match target {
        Target::Python => {
            helpers.scan(&body);
            let pytest = if raises { "import pytest\n\n" } else { "" };
            let standard = helpers.imports();
            let standard = if standard.is_empty() { standard } else { format!("{standard}\n") };
            format!("{standard}{pytest}from {module} import {function}\n\n\n{body}")
        }
        Target::JavaScript => format!(
            "import assert from \"node:assert/strict\";\nimport {{ test }} from \"node:test\";\n\nimport {{ {function} }} from \"./{module}.js\";\n\n{body}"
        ),
    }
}

/// Pairs of code that must be equal.
fn expectations(
    test: &TestCase,
    plan: &Plan,
    target: Target,
    call: &str,
    _helpers: &mut Helpers,
) -> Vec<(String, String)> {
    let Expect::Outputs(expected) = &test.expect else { return Vec::new() };
    let outputs = &plan.main.outputs;
    let mut checks = Vec::new();
    for (place, output) in outputs.iter().enumerate() {
        let Some(value) = expected.get(&output.name) else { continue };
        let value = conform(value.clone(), &output.ty).unwrap_or(Value::None);
        let have = if outputs.len() == 1 { call.to_owned() } else { format!("{call}[{place}]") };
        checks.push((have, literals::write(&value, &output.ty, target)));
    }
    checks
}

fn python_case(number: usize, test: &TestCase, call: &str, fails: bool, checks: &[(String, String)]) -> String {
    let name = format!("test_{}_{}", number + 1, snake(&test.name).trim_start_matches("program_"));
    let mut out = format!("def {name}():\n");
    if fails {
        out.push_str(&format!("    with pytest.raises(Exception):\n        {call}\n"));
    }
    for (have, want) in checks {
        let operator = if matches!(want.as_str(), "True" | "False" | "None") { "is" } else { "==" };
        out.push_str(&format!("    assert {have} {operator} {want}\n"));
    }
    out
}

fn javascript_case(test: &TestCase, call: &str, fails: bool, checks: &[(String, String)]) -> String {
    let mut out = format!("test({}, () => {{\n", literals::quote(&test.name));
    if fails {
        out.push_str(&format!("  assert.throws(() => {call});\n"));
    }
    for (have, want) in checks {
        out.push_str(&format!("  assert.deepEqual({have}, {want});\n"));
    }
    out.push_str("});\n");
    out
}

/// Whether a test expects an integer that JavaScript's numbers cannot hold: there the program raises overflow.
fn is_beyond(test: &TestCase) -> bool {
    match &test.expect {
        Expect::Outputs(outputs) => outputs.values().any(has_large),
        Expect::Error(_) => false,
    }
}

fn has_large(value: &Value) -> bool {
    match value {
        Value::Int(integer) => integer.unsigned_abs() >= 1 << 53,
        Value::Big(_) => true,
        Value::List(items) => items.iter().any(has_large),
        Value::Map(entries) => entries.values().any(has_large),
        _ => false,
    }
}
