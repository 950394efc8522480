//! Generated Rust: one call of `rustc` for a batch, a module for each case.

use std::path::Path;
use std::process::Command;

use blocks::Type;
use serde_json::{Value as Json, json};

use super::Target;
use super::code::{DRIVERS, answers};
use super::generated::Generated;
use crate::case::Case;
use crate::outcome::Outcome;

/// Compiles a batch, leaving out what does not compile, and runs it.
pub(super) fn run(cases: &[&Case]) -> Vec<Outcome> {
    let folder = tempfile::tempdir().expect("a folder");
    let modules: Vec<Generated> = cases.iter().map(|case| Generated::new(Target::Rust, case)).collect();
    for (index, (case, generated)) in cases.iter().zip(&modules).enumerate() {
        let source = format!("{}\n{}", generated.source, driver(generated, case.outputs().len()));
        std::fs::write(folder.path().join(format!("case_{index}.rs")), source).expect("a written file");
    }
    let mut broken: Vec<Option<String>> = vec![None; cases.len()];
    let mut compiled = false;
    for _ in 0..8 {
        let said = compile(folder.path(), &broken);
        compiled = said.is_empty();
        if compiled || !leave_out(&said, &mut broken) {
            break;
        }
    }
    let kept: Vec<usize> = (0..cases.len()).filter(|index| compiled && broken[*index].is_none()).collect();
    let mut lines = answers(Command::new(folder.path().join("whole")), "", kept.len()).into_iter();
    let mut outcomes = Vec::new();
    for (index, case) in cases.iter().enumerate() {
        outcomes.push(match (&broken[index], kept.contains(&index)) {
            (None, true) => read(&lines.next().unwrap_or_default(), case, &modules[index]),
            (reason, _) => Outcome::Broken(format!("rustc: {}", reason.as_deref().unwrap_or("the batch failed"))),
        });
    }
    outcomes
}

fn read(line: &str, case: &Case, generated: &Generated) -> Outcome {
    let outcome = Outcome::read_mapped(line, &generated.blocks);
    let Outcome::Values(values) = outcome else { return outcome };
    let types = case.outputs();
    Outcome::Values(values.into_iter().zip(&types).map(|(value, ty)| renamed(value, ty)).collect())
}

/// Fields of structs are in their order, but in Rust's style; this gives them the record's names.
fn renamed(value: Json, ty: &Type) -> Json {
    match (value, ty) {
        (Json::Array(items), Type::List(item)) => items.into_iter().map(|value| renamed(value, item)).collect(),
        (value, Type::Optional(inner)) if !value.is_null() => renamed(value, inner),
        (Json::Object(object), Type::Map(_) | Type::Record(_)) => {
            let entries = object.get("m").and_then(Json::as_array).cloned().unwrap_or_default();
            let entries = entries.into_iter().enumerate().map(|(place, entry)| match ty {
                Type::Record(fields) => match fields.get(place) {
                    Some((name, field)) => json!([name, renamed(entry[1].clone(), field)]),
                    None => entry,
                },
                _ => json!([entry[0], renamed(entry[1].clone(), &ty.item())]),
            });
            json!({ "m": entries.collect::<Vec<Json>>() })
        }
        (value, _) => value,
    }
}

/// Compiles what is not known to be broken; says nothing if that went well.
fn compile(folder: &Path, broken: &[Option<String>]) -> String {
    let mut whole = std::fs::read_to_string(Path::new(DRIVERS).join("rust.rs")).expect("the driver");
    let mut calls = String::new();
    for index in (0..broken.len()).filter(|index| broken[*index].is_none()) {
        whole.push_str(&format!("\nmod case_{index};"));
        calls.push_str(&format!("    say(case_{index}::outcome);\n"));
    }
    whole.push_str(&format!("\n\nfn main() {{\n{calls}}}\n"));
    std::fs::write(folder.join("whole.rs"), whole).expect("a written file");
    let output = Command::new("rustc")
        .args(["--edition", "2024", "-A", "warnings", "-C", "debuginfo=0", "--error-format", "short", "whole.rs"])
        .current_dir(folder)
        .output()
        .expect("rustc is installed");
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    if output.status.success() { String::new() } else { said }
}

/// Marks the modules that errors are about. Whether there are any.
fn leave_out(said: &str, broken: &mut [Option<String>]) -> bool {
    let mut any = false;
    for line in said.lines() {
        let name = line.split_once(".rs:").map_or("", |(file, _)| file);
        let index = name.strip_prefix("case_").and_then(|index| index.parse::<usize>().ok());
        if let Some(slot) = index.and_then(|index| broken.get_mut(index)).filter(|slot| slot.is_none()) {
            *slot = Some(line.to_owned());
            any = true;
        }
    }
    any
}

/// What a module needs besides its own code: how its types are written, and the function that `main` calls.
fn driver(generated: &Generated, outputs: usize) -> String {
    let mut code = String::new();
    for (name, fields) in structs(&generated.source) {
        let fields: String =
            fields.iter().map(|field| format!("(\"{field}\", &self.{field} as &dyn crate::Encode), ")).collect();
        let list = format!("let fields: Vec<(&str, &dyn crate::Encode)> = vec![{fields}];");
        code.push_str(&implementation(&name, &format!("{list} crate::entries(fields.into_iter(), out);")));
    }
    if generated.source.contains("struct Map<") {
        code.push_str(
            "impl<T: crate::Encode> crate::Encode for Map<T> {\n    fn encode(&self, out: &mut String) {\n        \
             crate::entries(self.entries.iter().map(|(key, value)| (key.as_str(), value as &dyn crate::Encode)), out);\n    }\n}\n",
        );
    }
    if generated.source.contains("enum Json {") {
        let cases = ["Bool", "Int", "Number", "Text", "List", "Map"];
        let arms: String = cases
            .iter()
            .filter(|case| generated.source.contains(&format!("\n    {case}(")))
            .map(|case| format!("Self::{case}(value) => crate::Encode::encode(value, out), "))
            .collect();
        code.push_str(&implementation(
            "Json",
            &format!("match self {{ Self::Null => out.push_str(\"null\"), {arms} }}"),
        ));
    }
    let (name, head) = generated.function(Target::Rust);
    let names: Vec<String> = (0..outputs).map(|place| format!("v{place}")).collect();
    let pattern = if outputs == 1 { names[0].clone() } else { format!("({})", names.join(", ")) };
    let encode: String = names
        .iter()
        .enumerate()
        .map(|(place, name)| {
            let comma = if place > 0 { "out.push(','); " } else { "" };
            format!("{comma}crate::Encode::encode(&{name}, &mut out); ")
        })
        .collect();
    let call = if head.contains("-> Result<") || head.is_empty() {
        format!(
            "match {name}() {{ Ok(values) => values, \
             Err(error) => return crate::failure(error.code.as_ref(), &error.message, error.line) }}"
        )
    } else {
        format!("{name}()")
    };
    code.push_str(&format!(
        "pub fn outcome() -> String {{\n    let {pattern} = {call};\n    let mut out = String::from(\"{{\\\"ok\\\":[\");\n    \
         {encode}\n    out.push_str(\"]}}\");\n    out\n}}\n"
    ));
    code
}

fn implementation(name: &str, body: &str) -> String {
    format!("impl crate::Encode for {name} {{\n    fn encode(&self, out: &mut String) {{ {body} }}\n}}\n")
}

/// The names and fields of the structs that stand for records.
fn structs(source: &str) -> Vec<(String, Vec<String>)> {
    let mut found = Vec::new();
    for part in source.split("\npub struct ").skip(1) {
        let head = part.lines().next().unwrap_or_default();
        let name: String = head.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
        if name == "Error" || head.contains(['<', '(']) {
            continue;
        }
        let body = if head.ends_with('{') { part.split_once("\n}").map_or("", |(body, _)| body) } else { "" };
        let fields = body.lines().filter_map(|line| line.trim().strip_prefix("pub ")?.split_once(':'));
        found.push((name, fields.map(|(field, _)| field.to_owned()).collect()));
    }
    found
}
