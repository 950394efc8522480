//! LANGUAGE.md is true: its programs pass their tests, and its table lists every function.

use std::fmt::Write as _;
use std::path::Path;
use std::sync::Arc;

use blocks::{builtins, check, text};
use vm::Limits;

const PAGE: &str = "../blocks/LANGUAGE.md";
const HEADING: &str = "## Functions\n\nEach can be called in a formula and is a kind of block, with its parameters as ports and `value` as its result.\n\n";

#[test]
fn its_programs_are_canonical_and_pass_their_tests() {
    let page = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(PAGE)).unwrap();
    let sources: Vec<&str> =
        page.split("```blocks\n").skip(1).filter_map(|rest| rest.split_once("```").map(|(source, _)| source)).collect();
    assert!(sources.len() >= 2);
    for source in sources {
        let program = text::read(source).unwrap_or_else(|problems| panic!("{problems:#?}"));
        assert_eq!(text::write(&program), source);
        let checked = check(&program);
        assert!(checked.diagnostics.is_empty(), "{:#?}", checked.diagnostics);
        let code = Arc::new(vm::compile(&checked.plan.unwrap()));
        let results = vm::testing::run_tests(&program, &code, Limits::default());
        assert!(!results.is_empty() && results.iter().all(|result| result.passed()), "{results:#?}");
    }
}

/// Run with `UPDATE=1` to write the table anew.
#[test]
fn its_table_lists_every_function() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(PAGE);
    let page = std::fs::read_to_string(&path).unwrap();
    let (before, _) = page.split_once(HEADING).expect("the heading of the functions");
    let wanted = format!("{before}{HEADING}{}", table());
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(&path, &wanted).unwrap();
    }
    assert!(std::fs::read_to_string(&path).unwrap() == wanted, "run this test with UPDATE=1 and commit LANGUAGE.md");
}

fn table() -> String {
    let mut out = String::from("| function | what it gives | example |\n|---|---|---|\n");
    for builtin in builtins::all() {
        let signatures: Vec<String> = builtin.signatures.iter().map(|signature| format!("`{signature}`")).collect();
        let escape = |text: &str| text.replace('|', "\\|");
        writeln!(out, "| {} | {} | `{}` |", signatures.join("<br>"), escape(builtin.about), escape(builtin.example))
            .unwrap();
    }
    out
}

/// The words in the right column of the table of the original's blocks that are names alone are kinds or words of the
/// language.
#[test]
fn its_table_of_the_originals_blocks_names_kinds() {
    let page = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(PAGE)).unwrap();
    let (_, section) = page.split_once("## From the original's blocks").expect("the section");
    let rows = section.lines().filter(|line| line.starts_with("| ")).take_while(|line| !line.starts_with("| function"));
    let ours = rows.skip(1).filter_map(|row| row.trim_end_matches(" |").rsplit_once(" | ")).map(|(_, ours)| ours);
    let mut named = 0;
    for name in ours.flat_map(|ours| ours.split('`').skip(1).step_by(2)) {
        let is_word = matches!(name, "function" | "input" | "output" | "test");
        let is_name = name.chars().all(|character| character.is_ascii_lowercase() || character == '_');
        if is_name && !is_word {
            assert!(blocks::catalog::find(name).is_some(), "{name} is no kind");
            named += 1;
        }
    }
    assert!(named > 60, "{named}");
}
