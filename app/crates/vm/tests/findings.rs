//! What the assistant finds can be applied without anybody noticing: same outputs, same errors, for the program's own
//! tests and for generated inputs.

use std::path::Path;
use std::sync::Arc;

use blocks::assist::{CODES, Finding, findings};
use blocks::document::{Block, Body, TestCase};
use blocks::edit::apply_all;
use blocks::value::Entries;
use blocks::{Program, check, literal, templates, text};
use vm::host::Console;
use vm::testing::{generate, run_test};
use vm::{Code, Failure, Limits, compile, run};

fn read(source: &str) -> Program {
    text::read(source).unwrap_or_else(|problems| panic!("{problems:#?}\n{source}"))
}

fn code(program: &Program) -> Arc<Code> {
    let checked = check(program);
    Arc::new(compile(&checked.plan.unwrap_or_else(|| panic!("{:#?}\n{}", checked.diagnostics, text::write(program)))))
}

/// What comes of a run: its outputs, or which error came of which block.
fn seen(result: &Result<Entries, Failure>) -> String {
    match result {
        Ok(outputs) => outputs.iter().map(|(name, value)| format!("{name} = {}\n", literal::write(value))).collect(),
        Err(failure) => format!("{} at {:?}", failure.fault.code, failure.block),
    }
}

fn assert_same_test(program: &Program, old: &Arc<Code>, new: &Arc<Code>, test: &TestCase) {
    let [before, after] = [old, new].map(|code| seen(&run_test(test, code, Limits::default()).result));
    assert_eq!(before, after, "{}: {}", program.name, test.name);
}

/// Tries the program's own tests and generated ones, and what it prints for inputs around every edge of [`HEAD`].
fn assert_same_results(before: &Program, after: &Program) {
    let (old, new) = (code(before), code(after));
    let generated = generate(before, &check(before).plan.unwrap(), 7).tests;
    for test in before.tests.iter().chain(&generated) {
        assert_same_test(before, &old, &new, test);
    }
    for n in ["-1", "0", "1", "3"] {
        for items in ["[]", "[4]", "[1, 2, 3]"] {
            let inputs = Entries::from_iter(
                [("n", n), ("items", items)].map(|(name, value)| (name.into(), literal::read(value).unwrap())),
            );
            let [before, after] = [&old, &new].map(|code| {
                let mut console = Console::default();
                let result = run(code, inputs.clone(), Limits::default(), &mut console).result;
                (seen(&result), console.lines)
            });
            assert_eq!(before, after, "n = {n}, items = {items}");
        }
    }
}

fn apply(program: &Program, finding: &Finding) -> Program {
    let mut fixed = program.clone();
    apply_all(&mut fixed, &finding.fix).unwrap();
    fixed
}

/// Applies findings until none is left; gives their codes.
fn simplify(program: &mut Program) -> Vec<String> {
    let mut codes = Vec::new();
    while let Some(finding) = findings(program).first() {
        *program = apply(program, finding);
        assert!(CODES.contains(&finding.code.as_str()));
        codes.push(finding.code.clone());
        assert!(codes.len() < 1_000, "the findings do not end");
    }
    codes
}

/// The findings as `code block`; each is applied alone and keeps the results.
fn found(source: &str) -> Vec<String> {
    let program = read(source);
    assert!(check(&program).plan.is_some(), "{:#?}", check(&program).diagnostics);
    let found = findings(&program);
    for finding in &found {
        assert_same_results(&program, &apply(&program, finding));
    }
    found.iter().map(|finding| format!("{} {}", finding.code, finding.block)).collect()
}

const HEAD: &str = "program 1 \"p\"\ninput n: int = 3\ninput x: number = 1.5\ninput items: list<int> = [1, 2]\n";

fn with_head(rest: &str) -> String {
    format!("{HEAD}{rest}")
}

fn finds(rest: &str, expected: &[&str]) {
    assert_eq!(found(&with_head(rest)), expected);
}

const TWICE: &str = "output y: int <- c.value\n\na: formula\n  expression = \"100 // n\"\n  n <- input.n\n\nb: formula\n  expression = \"100 // n\"\n  n <- input.n\n\nc: formula\n  expression = \"a + b\"\n  a <- a.value\n  b <- b.value\n";

#[test]
fn a_repeated_expression_is_read_from_the_first() {
    finds(TWICE, &["repeated_expression b"]);
    let program = read(&with_head(TWICE));
    let fixed = apply(&program, &findings(&program)[0]);
    assert!(text::write(&fixed).contains("b <- a.value"), "{}", text::write(&fixed));
}

#[test]
fn expressions_in_two_branches_are_not_repeated() {
    finds(
        "output y: int <- c.v\n\nc: if\n  condition <- input.x2\n  then:\n    a: formula\n      expression = \"100 // n\"\n      n <- input.n\n    yield v <- a.value\n  else:\n    b: formula\n      expression = \"100 // n\"\n      n <- input.n\n    yield v <- b.value\n"
            .replace("input.x2", "true_or_not.value")
            .replace("\n\nc: if", "\n\ntrue_or_not: formula\n  expression = \"n > 2\"\n  n <- input.n\n\nc: if")
            .as_str(),
        &[],
    );
}

#[test]
fn what_the_world_says_is_never_repeated() {
    finds(
        "output y: bool <- c.value\n\na: now\n\nb: now\n\nc: formula\n  expression = \"a == b\"\n  a <- a.value\n  b <- b.value\n",
        &[],
    );
}

fn looped(expression: &str, wires: &str, driver: &str) -> String {
    format!(
        "output y: list<bool> <- m.said\n\nm: {driver}\n  carry said: list<bool> <- []\n  body:\n    a: formula\n      expression = \"{expression}\"\n{wires}    b: formula\n      expression = \"said + [a > 1]\"\n      a <- a.value\n      said <- m.said\n    yield said <- b.value\n"
    )
}

const X: &str = "      x <- input.x\n";
const N: &str = "      n <- input.n\n";

#[test]
fn work_that_cannot_fail_leaves_the_loop() {
    finds(&looped("x * 2.0 + x", X, "for_each\n  items <- input.items"), &["loop_invariant a"]);
}

#[test]
fn work_that_may_fail_stays_in_a_loop_that_may_not_turn() {
    finds(&looped("100 // n", N, "for_each\n  items <- input.items"), &[]);
    finds(&looped("n + 1", N, "repeat\n  times <- input.n"), &[]);
    finds(&looped("100 // n", N, "repeat\n  times <- 0"), &[]);
}

#[test]
fn work_that_may_fail_leaves_a_loop_that_turns_for_certain() {
    finds(&looped("100 // n", N, "repeat\n  times <- 2"), &["loop_invariant a"]);
}

#[test]
fn work_that_depends_on_the_turn_stays() {
    finds(&looped("turn", "      turn <- m.turn\n", "repeat\n  times <- 2"), &[]);
    finds(
        &looped("x * number_of(said)", X, "repeat\n  times <- 2")
            .replace("number_of(said)", "2.0 if len(said) > 0 else x")
            .replace(X, "      said <- m.said\n      x <- input.x\n"),
        &[],
    );
}

#[test]
fn what_fails_behind_something_seen_stays() {
    finds(
        "\nm: repeat\n  times <- 2\n  body:\n    shout: print\n      value <- \"hello\"\n    a: formula\n      expression = \"100 // n\"\n      n <- input.n\n    tell: print\n      value <- a.value\n",
        &[],
    );
}

#[test]
fn an_answer_is_not_waited_for_before_the_loop() {
    finds(
        "output y: int <- m.said\n\nask: now\n\nm: repeat\n  times <- input.n\n  carry said: int <- 0\n  body:\n    a: formula\n      expression = \"len(t)\"\n      t <- ask.value\n    yield said <- a.value\n",
        &[],
    );
}

#[test]
fn dead_blocks_go_and_what_may_fail_stays() {
    finds("\na: formula\n  expression = \"x + x\"\n  x <- input.x\n", &["dead_block a"]);
    finds("\na: formula\n  expression = \"100 // n\"\n  n <- input.n\n", &[]);
    finds("\na: formula\n  expression = \"n + 1.5\"\n  n <- input.n\n", &[]);
}

fn choice(condition: &str, then: &str) -> String {
    format!(
        "output y: text <- t.value\n\nc: if\n  condition <- {condition}\n  then:\n    a: formula\n      expression = \"{then}\"\n      n <- input.n\n    yield v <- a.value\n  else:\n    b: formula\n      expression = \"n + 2\"\n      n <- input.n\n    yield v <- b.value\n\nt: text\n  value <- c.v\n"
    )
}

#[test]
fn a_condition_that_is_known_leaves_one_branch() {
    finds(&choice("true", "100 // n"), &["unreachable_branch c"]);
    finds(&choice("false", "100 // n"), &["unreachable_branch c"]);
}

#[test]
fn a_branch_that_is_widened_stays() {
    // The text of the whole is `5.0`; without the other branch it would be `5`.
    finds(&choice("false", "n / 2"), &[]);
}

#[test]
fn a_known_value_leaves_one_case() {
    let rest = "output y: int <- c.v\n\nkey: constant\n  value = \"b\"\n\nc: match\n  cases = [\"a\", \"b\"]\n  value <- key.value\n  case_1:\n    yield v <- 1\n  case_2:\n    a: formula\n      expression = \"100 // n\"\n      n <- input.n\n    yield v <- a.value\n  otherwise:\n    yield v <- 3\n";
    finds(rest, &["unreachable_branch c"]);
}

#[test]
fn code_behind_a_failure_goes() {
    let rest = "output y: int <- c.value\n\nf: fail\n  message <- \"no\"\n\na: print\n  value <- \"never\"\n\nb: formula\n  expression = \"n + 1\"\n  n <- input.n\n\nc: formula\n  expression = \"b + 1\"\n  b <- b.value\n";
    finds(rest, &["unreachable_code f"]);
    let program = read(&with_head(rest));
    let fixed = apply(&program, &findings(&program)[0]);
    assert!(fixed.block(&"a".into()).is_none() && fixed.block(&"b".into()).is_some());
}

const NESTED: &str = "output y: int <- outer.sum\n\nouter: repeat\n  times <- input.n\n  carry sum: int <- 0\n  body:\n    inner: for_each\n      items <- input.items\n      carry sum: int <- outer.sum\n      body:\n        more: formula\n          expression = \"sum + item\"\n          item <- inner.item\n          sum <- inner.sum\n        yield sum <- more.value\n    yield sum <- inner.sum\n";

#[test]
fn a_carried_value_that_hides_one_of_a_loop_around_is_renamed() {
    finds(NESTED, &["shadowed_name inner"]);
    let program = read(&with_head(NESTED));
    let fixed = apply(&program, &findings(&program)[0]);
    let text = text::write(&fixed);
    assert!(
        text.contains("carry inner_sum: int <- outer.sum") && text.contains("yield sum <- inner.inner_sum"),
        "{text}"
    );
    assert!(findings(&fixed).is_empty());
}

#[test]
fn a_function_with_the_name_of_one_of_the_language_is_renamed() {
    let rest = "output y: int <- a.y\n\na: call\n  function = \"sum\"\n  n <- input.n\n\nfunction sum\n  input n: int\n  output y: int <- y.value\n  y: formula\n    expression = \"n + sum([n])\"\n    n <- input.n\n";
    finds(rest, &["shadowed_name a"]);
}

#[test]
fn a_variable_that_cannot_be_told_from_the_one_that_is_changed_is_renamed() {
    let rest = "output y: int <- b.value\n\nnow: variable\n  initial <- 1\n\nother: variable\n  initial <- 2\n\nchange: change_variable\n  expression = \"now * 2\"\n  variable = \"other\"\n\na: get_variable\n  variable = \"now\"\n\nb: get_variable\n  variable = \"other\"\n";
    let program = read(&with_head(rest));
    let found = findings(&program);
    assert_eq!((found[0].code.as_str(), found[0].block.as_str()), ("shadowed_name", "now"));
    let fixed = apply(&program, &found[0]);
    assert_same_results(&program, &fixed);
    assert!(text::write(&fixed).contains("variable = \"moment\""));
}

#[test]
fn a_broken_program_has_no_findings() {
    let program = read(&with_head("\na: formula\n  expression = \"missing\"\n"));
    assert_eq!(findings(&program), []);
}

/// Puts a copy before every block that computes something, so that there is something to find.
fn doubled(body: &mut Body, next: &mut usize) {
    for block in std::mem::take(&mut body.blocks) {
        if ["formula", "template", "len", "sum", "lower", "trim"].contains(&block.kind.as_str()) {
            *next += 1;
            body.blocks.push(Block { id: format!("copy_{next}").as_str().into(), ..block.clone() });
        }
        body.blocks.push(block);
    }
    body.blocks.iter_mut().flat_map(|block| block.bodies.values_mut()).for_each(|body| doubled(body, next));
}

fn written() -> Vec<Program> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../blocks/examples");
    let files = std::fs::read_dir(folder).unwrap().map(|file| file.unwrap().path());
    let examples = files.filter(|path| path.extension().is_some_and(|extension| extension == "blocks"));
    let examples = examples.map(|path| read(&std::fs::read_to_string(path).unwrap()));
    templates::all().iter().map(|template| template.program().clone()).chain(examples).collect()
}

#[test]
fn every_template_with_its_work_doubled_is_simplified_and_keeps_its_results() {
    for original in written() {
        let mut program = original.clone();
        let mut copies = 0;
        doubled(&mut program.body, &mut copies);
        program.functions.iter_mut().for_each(|function| doubled(&mut function.body, &mut copies));
        let before = code(&program);
        let codes = simplify(&mut program);
        assert!(check(&program).plan.is_some() && findings(&program).is_empty(), "{}", original.name);
        if copies > 0 {
            assert!(codes.iter().any(|code| code == "repeated_expression"), "{}: {codes:?}", original.name);
        }
        let after = code(&program);
        for test in &original.tests {
            assert_same_test(&original, &before, &after, test);
        }
    }
}
