//! Generated code gives the same values and fails with the same errors as the virtual machine: formulas over edge values.
//!
//! Each formula stands in a Try of its own; what it gives, or the code and message of its error, is an output. Where the
//! integers of a target end, it may say `overflow`.

#[cfg_attr(test, expect(dead_code, reason = "other tests use the rest"))]
mod tools;

use std::fmt::Write;
use std::path::Path;
use std::sync::Arc;

use codegen::Target;
use tools::{Tool, run};

/// How many formulas stand in one program.
const SHARE: usize = 150;

const INTEGERS: &[&str] =
    &["0", "1", "-1", "2", "-7", "10", "9007199254740991", "-9007199254740993", "9223372036854775808"];
const NUMBERS: &[&str] = &[
    "0.0",
    "-0.0",
    "0.5",
    "-2.5",
    "3.0",
    "1e16",
    "1e-7",
    "9007199254740992.0",
    "1e300",
    "nan",
    "infinity",
    "-infinity",
];
const TEXTS: &[&str] = &[
    "\"\"",
    "\"a\"",
    "\"Aß\"",
    "\"𝒳é\"",
    "\"\u{ffff}\"",
    "\" \u{85}x\u{1c}y\u{3000}\"",
    "\"a\\nb\\r\\n\\r\"",
    "\"ΑΣ ΑΣ\"",
    "\"\\\"\\\\\\u0007\u{7f}\"",
];

/// Formulas of one, two or three operands over edge values, and those of the file.
fn formulas() -> Vec<String> {
    let mut all: Vec<String> = include_str!("agreement.txt")
        .lines()
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
        .map(str::to_owned)
        .collect();
    let groups: [(&[&str], &[&str]); 3] = [
        (INTEGERS, &["+", "-", "*", "/", "//", "%", "==", "<", "<="]),
        (NUMBERS, &["+", "-", "*", "/", "//", "%", "**", "==", "!=", "<", ">="]),
        (TEXTS, &["+", "==", "<", ">", "in"]),
    ];
    for (values, operators) in groups {
        for operator in operators {
            for a in values {
                all.extend(values.iter().map(|b| format!("({a}) {operator} ({b})")));
            }
        }
    }
    for (values, functions) in [
        (INTEGERS, ["abs", "integer_root", "char", "date_of", "text", "number", "to_json", "-"].as_slice()),
        (
            NUMBERS,
            &[
                "abs", "floor", "ceil", "round", "sqrt", "exp", "sin", "is_nan", "text", "int", "json", "to_json",
                "type_of", "log", "-",
            ],
        ),
        (
            TEXTS,
            &[
                "upper",
                "lower",
                "trim",
                "words",
                "lines",
                "len",
                "chars",
                "code",
                "is_letter",
                "is_digit",
                "int",
                "number",
                "to_json",
                "to_yaml",
                "reverse",
                "url_encode",
                "base64_encode",
                "hex_encode",
                "html_escape",
                "sha256",
                "day_number",
            ],
        ),
    ] {
        for function in functions {
            all.extend(values.iter().map(|value| format!("{function}({value})")));
        }
    }
    for function in ["min", "max", "gcd", "lcm", "bit_and", "bit_xor"] {
        for a in INTEGERS {
            all.extend(INTEGERS.iter().map(|b| format!("{function}({a}, {b})")));
        }
    }
    for function in ["min", "max"] {
        for a in NUMBERS {
            all.extend(NUMBERS.iter().map(|b| format!("{function}({a}, {b})")));
        }
    }
    all
}

/// A program whose outputs are what the formulas give.
fn program(formulas: &[String]) -> String {
    let mut text =
        String::from("program 1 \"Agreement\"\ninput infinity: number = infinity\ninput nan: number = nan\n");
    for place in 0..formulas.len() {
        writeln!(text, "output case{place}: text <- case{place}.said").unwrap();
    }
    for (place, formula) in formulas.iter().enumerate() {
        let mut quoted = String::new();
        blocks::literal::write_text(&format!("text([{formula}])"), &mut quoted);
        let mut wires = String::new();
        for name in ["infinity", "nan"] {
            let named = |word: &str| word == name;
            if formula.split(|c: char| !c.is_alphanumeric() && c != '_' && c != '"').any(named) {
                writeln!(wires, "      {name} <- input.{name}").unwrap();
            }
        }
        writeln!(
            text,
            "\ncase{place}: try\n  try:\n    value{place}: formula\n      expression = {quoted}\n{wires}    yield said <- value{place}.value\n  \
             catch:\n    shown{place}: template\n      text = \"{{{{ error.code }}}}: {{{{ error.message }}}}\"\n      \
             error <- case{place}.error\n    yield said <- shown{place}.value"
        )
        .unwrap();
    }
    text
}

fn expected(program: &blocks::Program, plan: &blocks::Plan) -> Vec<String> {
    let code = Arc::new(vm::compile(plan));
    let outcome =
        vm::run(&code, blocks::value::Entries::default(), vm::Limits::default(), &mut vm::host::Console::default());
    let outputs = outcome.result.unwrap_or_else(|failure| panic!("{}: {failure}", program.name));
    outputs.values().map(|value| value.as_text().unwrap_or_default().to_owned()).collect()
}

/// What a target's code gives, as JSON texts on a line each.
fn found(folder: &Path, target: Target) -> Vec<String> {
    let shown = match target {
        Target::Python => run(
            folder,
            "python3",
            &["-c", "import json, agreement\nfor text in agreement.agreement(): print(json.dumps(text))"],
        ),
        _ => run(
            folder,
            "node",
            &[
                "--input-type=module",
                "-e",
                "import { agreement } from './agreement.js';\nfor (const text of agreement()) console.log(JSON.stringify(text));",
            ],
        ),
    };
    let read = |line: &str| blocks::json::read(line).unwrap().as_text().unwrap().to_owned();
    shown.lines().map(read).collect()
}

fn check(target: Target) {
    let formulas = formulas();
    let mut differences = Vec::new();
    for (place, share) in formulas.chunks(SHARE).enumerate() {
        let text = program(share);
        let program = blocks::text::read(&text).unwrap_or_else(|problems| panic!("{problems:#?}"));
        let checked = blocks::check(&program);
        let plan = checked.plan.unwrap_or_else(|| panic!("{:#?}", checked.diagnostics));
        let folder = tempfile::tempdir().unwrap();
        tools::write(folder.path(), codegen::generate(&program, &plan, target));
        // The layout of the formulas in the file; the others are all alike.
        match target {
            _ if place > 2 => {}
            Target::Python => tools::assert_ruff_agrees(folder.path()),
            _ => tools::assert_prettier_agrees(folder.path()),
        }
        if target == Target::TypeScript {
            let Some(tsc) = Tool::Tsc.find() else { return };
            tools::write_tsconfig(folder.path());
            run(folder.path(), &tsc, &["-p", "."]);
        }
        let out = if target == Target::TypeScript { folder.path().join("out") } else { folder.path().to_owned() };
        for ((formula, want), have) in share.iter().zip(expected(&program, &plan)).zip(found(&out, target)) {
            let power = formula.contains("**");
            let ends =
                target != Target::Python && have.starts_with("overflow: ") && (power || has_large(formula, &want));
            let near = target == Target::Python && is_near(formula, &want, &have);
            if have != want && !ends && !near {
                differences.push(format!("{formula} is {want}, and {have} in {}", target.name()));
            }
        }
    }
    assert!(differences.is_empty(), "{} differ:\n{}", differences.len(), differences.join("\n"));
}

/// Whether two numbers differ in the last place only: Python's mathematics is that of the system's library.
fn is_near(formula: &str, want: &str, have: &str) -> bool {
    let number = |text: &str| text.trim_matches(['[', ']']).parse::<f64>().ok();
    let own = ["**", "sin(", "cos(", "tan(", "log(", "exp("].iter().any(|name| formula.contains(name));
    match (number(want), number(have)) {
        (Some(a), Some(b)) => own && (a - b).abs() <= a.abs() * 4.0 * f64::EPSILON,
        _ => false,
    }
}

/// Whether an integer beyond 2 ** 53 stands in a formula or its value.
fn has_large(formula: &str, value: &str) -> bool {
    let long = |text: &str| {
        text.split(|c: char| !c.is_ascii_digit())
            .any(|digits| digits.len() > 16 || digits > "9007199254740991" && digits.len() == 16)
    };
    long(formula) || long(value)
}

#[test]
fn in_python() {
    check(Target::Python);
}

#[test]
fn in_javascript() {
    check(Target::JavaScript);
}

#[test]
fn in_typescript() {
    check(Target::TypeScript);
}

#[test]
fn every_formula_is_sound() {
    let unsound: Vec<String> = formulas()
        .into_iter()
        .filter(|formula| {
            let program = blocks::text::read(&program(std::slice::from_ref(formula))).unwrap();
            blocks::check(&program).plan.is_none()
        })
        .collect();
    assert!(unsound.is_empty(), "{}", unsound.join("\n"));
}
