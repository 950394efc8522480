//! The program's test cases as a module of tests.

use std::collections::HashMap;

use blocks::conform::conform;
use blocks::document::{Expect, TestCase};
use blocks::value::Entries;
use blocks::{BlockId, Plan, Program, Type, Value};

use super::emitter::{Emitter, Function};
use super::helpers::Needs;
use super::layout;
use super::literals::{has_large, quote};
use super::names::Scope;
use super::syntax::{Body, Expr, Kind, Statement};
use super::types::{Types, is_copy};
use super::uses::Uses;

/// The module of tests; nothing where there are none.
pub(crate) fn write(
    program: &Program,
    plan: &Plan,
    function: &Function,
    types: &mut Types,
    needs: &mut Needs,
) -> String {
    if program.tests.is_empty() {
        return String::new();
    }
    let mut scope = Scope::new(std::iter::once(function.name.clone()));
    let functions = std::slice::from_ref(function);
    let mut emitter = Emitter {
        plan,
        functions,
        types,
        needs,
        scope: Scope::new([]),
        uses: Uses::default(),
        ports: HashMap::new(),
        fails: vec![false],
        bodies: Vec::new(),
        touched: Vec::new(),
    };
    let mut cases = Vec::new();
    for test in &program.tests {
        if !test.answers.is_empty() {
            cases.push(left_out("it needs answers of the world outside", &test.name));
        } else if let Some(body) = case(test, plan, function, &mut emitter) {
            let name = scope.fresh(&case_name(&test.name));
            let code = layout::statements(&body, 2 * layout::TAB);
            cases.push(format!("    #[test]\n    fn {name}() {{\n{code}    }}\n"));
        } else {
            cases.push(left_out("it is beyond integers of 64 bits", &test.name));
        }
    }
    let uses = if cases.iter().any(|case| case.contains("#[test]")) { "    use super::*;\n\n" } else { "" };
    format!("#[cfg(test)]\nmod tests {{\n{uses}{}}}\n", cases.join("\n"))
}

fn left_out(why: &str, name: &str) -> String {
    format!("    // Left out, for {why}: {}\n", crate::quote::remark(name).join(" "))
}

/// A name of a length that a line has room for.
fn case_name(text: &str) -> String {
    let name = super::names::snake(text);
    let plain = name.strip_prefix("program_").filter(|rest| rest.starts_with(|c: char| c.is_alphabetic()));
    let short: String = plain.unwrap_or(&name).chars().take(60).collect();
    short.trim_end_matches('_').to_owned()
}

/// One test; none where it cannot be said with integers of 64 bits.
fn case(test: &TestCase, plan: &Plan, function: &Function, emitter: &mut Emitter<'_>) -> Option<Body> {
    let mut arguments = Vec::new();
    for input in &plan.main.inputs {
        let given = test.inputs.get(&input.name).cloned().or_else(|| input.default.clone()).unwrap_or(Value::None);
        let value = conform(given, &input.ty).unwrap_or(Value::None);
        if has_large(&value) && !matches!(input.ty, Type::Number) {
            return None;
        }
        let piece = emitter.literal(&value, &input.ty);
        arguments.push(if is_copy(&input.ty) { emitter.own(piece) } else { emitter.borrow(piece) });
    }
    let call = Expr::call(function.name.clone(), arguments);
    let statements = match &test.expect {
        Expect::Error(code) => {
            if !function.fails {
                return None;
            }
            vec![failure(call, code)]
        }
        Expect::Outputs(outputs) if outputs.values().any(has_large) => vec![failure(call, "overflow")],
        Expect::Outputs(outputs) => {
            let call = if function.fails { call.method("unwrap", Vec::new()) } else { call };
            checks(outputs, plan, call, emitter)
        }
    };
    let statements = statements.into_iter().map(|kind| Statement { kind, blocks: Vec::<BlockId>::new() }).collect();
    Some(Body { statements, ..Body::default() })
}

fn failure(call: Expr, code: &str) -> Kind {
    let found = call.method("unwrap_err", Vec::new()).field("code");
    Kind::Expr(Expr::Macro("assert_eq", vec![found, Expr::Raw(quote(code))]))
}

fn checks(outputs: &Entries, plan: &Plan, call: Expr, emitter: &mut Emitter<'_>) -> Vec<Kind> {
    let all = &plan.main.outputs;
    let wanted: Vec<&blocks::plan::Outlet> = all.iter().filter(|output| outputs.contains_key(&output.name)).collect();
    let mut kinds = Vec::new();
    if wanted.is_empty() {
        kinds.push(Kind::Let("_".to_owned(), None, call));
        return kinds;
    }
    let mut scope = Scope::new(std::iter::once(emitter.functions[0].name.clone()));
    let names: Vec<String> = all.iter().map(|output| scope.fresh(&output.name)).collect();
    let single = all.len() == 1;
    if !single {
        let patterns: Vec<&str> = all
            .iter()
            .zip(&names)
            .map(|(output, name)| if outputs.contains_key(&output.name) { name.as_str() } else { "_" })
            .collect();
        kinds.push(Kind::Let(format!("({})", patterns.join(", ")), None, call.clone()));
    }
    for (output, name) in all.iter().zip(names) {
        let Some(value) = outputs.get(&output.name) else { continue };
        let value = conform(value.clone(), &output.ty).unwrap_or(Value::None);
        let found = if single { call.clone() } else { Expr::Raw(name) };
        kinds.push(check(found, &value, &output.ty, emitter));
    }
    kinds
}

fn check(found: Expr, value: &Value, ty: &Type, emitter: &mut Emitter<'_>) -> Kind {
    let expr = match (value, ty) {
        (Value::Bool(true), Type::Bool) => Expr::Macro("assert", vec![found]),
        (Value::Bool(false), Type::Bool) => Expr::Macro("assert", vec![Expr::unary("!", found)]),
        (Value::None, Type::Optional(_)) => Expr::Macro("assert", vec![found.method("is_none", Vec::new())]),
        (Value::List(items), Type::List(_)) if items.is_empty() => {
            Expr::Macro("assert", vec![found.method("is_empty", Vec::new())])
        }
        _ => {
            let piece = emitter.literal(value, ty);
            let expected = match emitter.operand(piece).0 {
                Expr::Array("vec!", items) => Expr::Array("", items),
                other => other,
            };
            Expr::Macro("assert_eq", vec![found, expected])
        }
    };
    Kind::Expr(expr)
}
