//! Applying a fix makes its diagnostic go away.

use super::*;
use crate::text;

/// Fixes the first diagnostic of that code and checks what the program is then; gives the fix's title.
fn fixed(code: &str, before: &str, wanted: &str) -> String {
    let program = text::read(before).expect("it reads");
    let found = check(&program).diagnostics;
    let diagnostic = found.iter().find(|found| found.code == code).unwrap_or_else(|| panic!("no {code} in {found:?}"));
    let fix = fix(&program, diagnostic).unwrap_or_else(|| panic!("no fix for {diagnostic:?}"));
    let mut fixed = program;
    edit::apply_all(&mut fixed, &fix.ops).expect("a fix applies");
    assert_eq!(text::write(&fixed), wanted);
    let left = check(&fixed).diagnostics;
    assert!(!left.iter().any(|left| is_about_the_same(left, diagnostic)), "{left:?}");
    fix.title
}

/// The same for a program with this body that differs in one line.
fn fixed_line(code: &str, program: &str, line: &str, wanted: &str) -> String {
    fixed(code, &program.replace("LINE\n", line), &program.replace("LINE\n", wanted))
}

const SUM: &str = "program 1 \"p\"\ninput n: int = 1\noutput value: int <- twice.value\n\ntwice: formula\n  expression = \"n * 2\"\nLINE\n";

#[test]
fn misspelled_kinds() {
    let program = "program 1 \"p\"\noutput value: int <- a.value\n\na: LINE\n  value = 1\n";
    assert_eq!(
        fixed("unknown_kind", &program.replace("LINE", "constnt"), &program.replace("LINE", "constant")),
        "use constant"
    );
}

#[test]
fn missing_inputs_take_what_is_called_like_them_or_a_default() {
    assert_eq!(fixed_line("missing_input", SUM, "", "  n <- input.n\n"), "n <- input.n");
    let program = "program 1 \"p\"\noutput value: int <- a.value\n\na: upper\nLINE\n";
    let program = &program.replace("int", "text");
    assert_eq!(fixed_line("missing_input", program, "", "  text <- \"\"\n"), "text <- \"\"");
    let program = "program 1 \"p\"\n\na: if\nLINE\n  then:\n  else:\n";
    assert_eq!(fixed_line("missing_input", program, "", "  condition <- false\n"), "condition <- false");
}

#[test]
fn misspelled_ports() {
    let program = "program 1 \"p\"\noutput value: int <- a.value\n\na: sum\nLINE\n";
    assert_eq!(fixed_line("unknown_port", program, "  item <- [1]\n", "  items <- [1]\n"), "wire items");
    assert_eq!(fixed_line("unknown_port", SUM, "  n <- input.m\n", "  n <- input.n\n"), "read input.n");
    let program = SUM.replace("twice.value", "twice.result");
    let wanted = SUM.replace("LINE\n", "  n <- 1\n");
    assert_eq!(fixed("unknown_port", &program.replace("LINE\n", "  n <- 1\n"), &wanted), "read twice.value");
    let unused = "  m <- 1\n  n <- 1\n";
    assert_eq!(fixed_line("unknown_port", SUM, unused, "  n <- 1\n"), "remove the wire");
}

#[test]
fn misspelled_blocks_functions_and_settings() {
    assert_eq!(fixed_line("unknown_block", SUM, "  n <- inpt.n\n", "  n <- input.n\n"), "read input.n");
    let program = "program 1 \"p\"\noutput value: text <- a.value\n\na: template\nLINE\n";
    assert_eq!(fixed_line("unknown_setting", program, "  txt = \"hi\"\n", "  text = \"hi\"\n"), "set text");
    let extra = "  color = \"red\"\n  text = \"hi\"\n";
    assert_eq!(fixed_line("unknown_setting", program, extra, "  text = \"hi\"\n"), "remove the setting");
    let program = "program 1 \"p\"\n\na: call\nLINE\n\nfunction double\n";
    let wanted = "  function = \"double\"\n";
    assert_eq!(fixed_line("unknown_function", program, "  function = \"duoble\"\n", wanted), "call double");
    assert_eq!(fixed_line("missing_setting", program, "", wanted), "function = \"double\"");
}

/// A value written as a setting where the kind has an input of that name.
#[test]
fn a_setting_that_is_an_input() {
    let program = "program 1 \"p\"\n\nsaid: print\nLINE\n";
    let title = fixed_line("unknown_setting", program, "  value = \"hi\"\n", "  value <- \"hi\"\n");
    assert_eq!(title, "give value as an input");
}

#[test]
fn misspelled_bodies_and_yields_that_nobody_takes() {
    let program = "program 1 \"p\"\n\na: repeat\n  times <- 2\n  LINE:\n    b: print\n      value <- 1\n";
    assert_eq!(
        fixed("unknown_body", &program.replace("LINE", "bdy"), &program.replace("LINE", "body")),
        "name it body"
    );
    let program = "program 1 \"p\"\n\na: repeat\n  times <- 2\n  body:\nLINE\n";
    assert_eq!(fixed_line("unknown_yield", program, "    yield x <- 1\n", ""), "remove the yield");
    let program = "program 1 \"p\"\n\na: print\n  value <- 1\nLINE\n";
    assert_eq!(fixed_line("unknown_carry", program, "  carry x: int <- 1\n", ""), "remove the carried values");
}

#[test]
fn misspelled_variables() {
    let program =
        "program 1 \"p\"\noutput n: int <- now.value\n\ncount: variable\n  initial <- 1\n\nnow: get_variable\nLINE\n";
    assert_eq!(
        fixed_line("unknown_variable", program, "  variable = \"cout\"\n", "  variable = \"count\"\n"),
        "use count"
    );
}

#[test]
fn containers_without_a_body() {
    let program = "program 1 \"p\"\n\na: parallel\n";
    assert_eq!(fixed("missing_body", program, &format!("{program}  first:\n")), "add a body");
}

#[test]
fn missing_yields() {
    let program =
        "program 1 \"p\"\noutput x: int <- a.x\n\na: repeat\n  times <- 2\n  carry x: int <- 0\n  body:\nLINE\n";
    assert_eq!(fixed_line("missing_yield", program, "", "    yield x <- a.x\n"), "yield x <- a.x");
    let program = "program 1 \"p\"\noutput x: list<bool> <- a.items\n\na: map\n  items <- [1]\n  body:\n    big: formula\n      expression = \"item > 1\"\n      item <- a.item\nLINE\n";
    assert_eq!(fixed_line("missing_yield", program, "", "    yield value <- big.value\n"), "yield value <- big.value");
}

#[test]
fn a_backward_wire_moves_a_block() {
    let line = |id: &str, from: &str| format!("\n{id}: print\n  value <- {from}\n");
    let constant = "\nb: constant\n  value = 1\n";
    let head = "program 1 \"p\"\n";
    let title = fixed(
        "backward_wire",
        &format!("{head}{}{constant}", line("a", "b.value")),
        &format!("{head}{constant}{}", line("a", "b.value")),
    );
    assert_eq!(title, "move b up");
    // What is read reads the block between, so that only the reader can move.
    let reader = "\na: if\n  condition <- true\n  then:\n    show: print\n      value <- c.value\n";
    let between = "\nb: constant\n  value = 1\n\nc: formula\n  expression = \"b + 1\"\n  b <- b.value\n";
    let title = fixed("backward_wire", &format!("{head}{reader}{between}"), &format!("{head}{between}{reader}"));
    assert_eq!(title, "move a down");
}

#[test]
fn wrong_types_are_converted() {
    let program = "program 1 \"p\"\noutput shout: text <- shout.value\n\na: constant\n  value = 1\nLINE\nshout: upper\n  text <- SOURCE\n";
    let before = program.replace("LINE", "").replace("SOURCE", "a.value");
    let after = program.replace("LINE", "\ntext: text\n  value <- a.value\n").replace("SOURCE", "text.value");
    assert_eq!(fixed("type_mismatch", &before, &after), "convert with text");
}

#[test]
fn an_unused_block_is_removed() {
    let program = "program 1 \"p\"\n";
    assert_eq!(fixed("unused", &format!("{program}\na: constant\n  value = 1\n"), program), "remove the block");
}

#[test]
fn where_nothing_helps_nothing_is_offered() {
    let program = text::read("program 1 \"p\"\n\na: zzzzzz\n\nb: formula\n  expression = \"(\"\n").expect("it reads");
    for diagnostic in check(&program).diagnostics {
        assert_eq!(fix(&program, &diagnostic), None, "{diagnostic:?}");
    }
}
