//! A list or map that a loop makes longer is changed where it stands, if nobody has the one before.

use blocks::{check, text};
use codegen::{Target, generate};

/// The code of a loop that carries `rows`, with its blocks.
fn code(target: Target, carry: &str, body: &str) -> String {
    let source = format!(
        "program 1 \"Grow\"\ninput start: list<int>\noutput rows: list<int> <- loop.rows\n\nloop: for_each\n  items <- \
         [1, 2]\n  carry rows: list<int> <- {carry}\n  body:\n{body}"
    );
    let program = text::read(&source).unwrap_or_else(|problems| panic!("{problems:#?}\n{source}"));
    let checked = check(&program);
    let plan = checked.plan.unwrap_or_else(|| panic!("{:#?}", checked.diagnostics));
    generate(&program, &plan, target).swap_remove(0).content
}

const APPENDS: &str =
    "    next: append\n      item <- loop.item\n      items <- loop.rows\n    yield rows <- next.value\n";

fn shows(target: Target, carry: &str, body: &str, lines: &[&str]) {
    let code = code(target, carry, body);
    for line in lines {
        assert!(code.lines().any(|own| own.trim() == *line), "{line} is missing:\n{code}");
    }
}

#[test]
fn a_list_is_added_to() {
    shows(Target::Python, "[]", APPENDS, &["rows = []", "rows.append(item)"]);
    shows(Target::JavaScript, "[]", APPENDS, &["const rows = [];", "rows.push(item);"]);
    shows(Target::TypeScript, "[]", APPENDS, &["const rows: number[] = [];", "rows.push(item);"]);
    shows(Target::Rust, "[]", APPENDS, &["rows.push(item);"]);
}

#[test]
fn a_list_of_someone_else_is_copied_once() {
    shows(Target::Python, "input.start", APPENDS, &["rows = list(start)", "rows.append(item)"]);
    shows(Target::JavaScript, "input.start", APPENDS, &["const rows = [...start];", "rows.push(item);"]);
}

#[test]
fn a_list_is_added_to_where_a_condition_holds() {
    let body = "    large: formula\n      expression = \"item > 1\"\n      item <- loop.item\n    chosen: if\n      condition \
                <- large.value\n      then:\n        next: append\n          item <- loop.item\n          items <- \
                loop.rows\n        yield rows <- next.value\n      else:\n        yield rows <- loop.rows\n    yield rows \
                <- chosen.rows\n";
    shows(Target::Python, "[]", body, &["if large:", "rows.append(item)", "return rows"]);
    shows(Target::JavaScript, "[]", body, &["if (large) {", "rows.push(item);"]);
}

#[test]
fn items_are_replaced_where_they_stand() {
    let body = "    next: set_item\n      at <- loop.item\n      item <- 0\n      items <- loop.rows\n    yield rows <- \
                next.value\n";
    shows(Target::Python, "input.start", body, &["rows[item] = 0"]);
    shows(Target::JavaScript, "input.start", body, &["rows[_place(item, rows.length)] = 0;"]);
}

#[test]
fn a_list_that_is_read_afterwards_is_not_changed() {
    let body = "    next: append\n      item <- loop.item\n      items <- loop.rows\n    size: len\n      value <- \
                loop.rows\n    both: append\n      item <- size.value\n      items <- next.value\n    yield rows <- \
                both.value\n";
    shows(Target::Python, "[]", body, &["next_ = [*rows, item]", "size = len(rows)"]);
    shows(Target::JavaScript, "[]", body, &["const next = [...rows, item];", "const size = rows.length;"]);
}
