//! Every target does what the language says: on the written programs, on those that once disagreed, and on random ones
//! of fixed seeds. `make fuzz` goes on with others.

use blocks::text;
use differential::case::Case;
use differential::compare::{Disagreement, compare};
use differential::targets::Target;
use differential::{files, generate};

/// Every test of every program in `corpus`, the first tests first.
fn written() -> Vec<Case> {
    let mut all = Vec::new();
    for (path, program) in files::programs("corpus") {
        let cases = Case::of_tests(&files::stem(&path), &program).unwrap_or_else(|problems| panic!("{problems}"));
        all.extend(cases.into_iter().enumerate());
    }
    all.sort_by_key(|(place, _)| *place);
    all.into_iter().map(|(_, case)| case).collect()
}

fn found() -> Vec<Case> {
    let programs = files::programs("found").into_iter();
    programs.map(|(path, program)| Case::new(files::stem(&path), program).expect("a sound program")).collect()
}

fn random(count: u64) -> Vec<Case> {
    (0..count)
        .map(|seed| Case::new(format!("seed {seed}"), generate::program(seed)).expect("a sound program"))
        .collect()
}

/// Compares so many of the written programs' tests, all that were found, and so many random programs.
fn agrees(target: Target, written_count: usize, seeds: u64) {
    if !Target::available().contains(&target) {
        assert!(std::env::var_os("CI").is_none(), "a tool for {} is missing; `make tools` installs it", target.name());
        println!("there is no generator or no tool for {}, so it is left out", target.name());
        return;
    }
    let mut cases = written();
    cases.truncate(written_count);
    cases.extend(found());
    cases.extend(random(seeds));
    let report = compare(&cases, &[target]);
    assert!(report.well > 30 && report.failed > 10, "{report:?}");
    let told: Vec<String> = report.disagreements.iter().map(|found| tell(found, &cases)).collect();
    assert!(told.is_empty(), "{} of {} disagree:\n{}", told.len(), cases.len(), told.join("\n"));
}

fn tell(found: &Disagreement, cases: &[Case]) -> String {
    let case = &cases[found.case];
    format!("{}: {found}\n{}", case.name, text::write(&case.program))
}

#[test]
fn the_machine_agrees() {
    agrees(Target::Machine, usize::MAX, 1_000);
}

#[test]
fn the_machine_as_webassembly_agrees() {
    agrees(Target::Module, usize::MAX, 150);
}

#[test]
fn python_agrees() {
    agrees(Target::Python, usize::MAX, 250);
}

#[test]
fn javascript_agrees() {
    agrees(Target::JavaScript, usize::MAX, 250);
}

#[test]
fn typescript_agrees() {
    agrees(Target::TypeScript, usize::MAX, 100);
}

#[test]
fn rust_agrees() {
    agrees(Target::Rust, 60, 40);
}

/// The last digits of what the system computes differ from those that WebAssembly does.
#[test]
fn mathematics_is_the_same_natively_and_as_webassembly() {
    let source = "program 1 \"Whole\"\noutput all: list<list<number>> <- all.items\n\nall: map\n  items <- [0.1, 1.7, 2.3, \
                  3.9, 7.77, 12.5, 123.45678, 1e-9, 88.8, 0.9999]\n  body:\n    one: formula\n      expression = \
                  \"[sin(x), cos(x), tan(x), exp(x), log(x), log(x, 7), x ** 0.37, x ** 3.3, sqrt(x)]\"\n      \
                  x <- all.item\n    yield value <- one.value\n";
    let case = Case::new("mathematics", text::read(source).unwrap()).unwrap();
    let report = compare(&[case], &[Target::Machine, Target::Module]);
    assert!(report.well == 1 && report.disagreements.is_empty(), "{report:#?}");
}
