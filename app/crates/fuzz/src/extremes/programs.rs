//! Programs with too much of one thing: checked, and some of them translated, compared and merged.

use std::fmt::Write;

use blocks::{Program, assist, check, diff, edit, git, merge, text};
use codegen::Target;

const HEAD: &str = "program 1 \"p\"\n";

fn read(source: &str) -> Program {
    text::read(source).unwrap_or_else(|problems| panic!("{:?}", problems[0]))
}

fn checked(source: &str) -> String {
    let found = check(&read(source)).diagnostics;
    format!("{} {}", found.first().map_or("sound", |found| found.code.as_str()), found.len())
}

/// A chain of formulas of one expression, the last of which is read.
fn chain(length: usize, expression: &str) -> String {
    let mut source = format!("{HEAD}output last: bool <- end.value\n\nb0: constant\n  value = 1\n");
    for place in 1..=length {
        let before = place - 1;
        let _ = write!(source, "\nb{place}: formula\n  expression = \"{expression}\"\n  x <- b{before}.value\n");
    }
    let _ = write!(source, "\nend: formula\n  expression = \"x == x\"\n  x <- b{length}.value\n");
    source
}

/// Each formula's type is twice as large as the one before.
pub(super) fn doubled_records(_: usize) -> String {
    checked(&chain(60, "{\\\"a\\\": x, \\\"b\\\": x}"))
}

/// A record of many fields in one formula.
pub(super) fn wide_record(thousands: usize) -> String {
    let fields: Vec<String> = (0..thousands * 1000).map(|place| format!("\\\"f{place}\\\": 1")).collect();
    checked(&format!("{HEAD}\na: formula\n  expression = \"{{{}}}\"\n", fields.join(", ")))
}

/// Wires from blocks that do not exist.
pub(super) fn many_unknown_blocks(thousands: usize) -> String {
    let mut source = HEAD.to_owned();
    for place in 0..thousands * 1000 {
        let _ = write!(source, "\nblock_{place}: text\n  value <- blokc_{place}.value\n");
    }
    checked(&source)
}

/// Wires from ports that do not exist, of something with many ports.
pub(super) fn many_unknown_ports(thousands: usize) -> String {
    let mut source = HEAD.to_owned();
    for place in 0..thousands * 1000 {
        let _ = writeln!(source, "input i{place}: int");
    }
    for place in 0..thousands * 1000 {
        let _ = write!(source, "\nb{place}: text\n  value <- input.none\n");
    }
    checked(&source)
}

/// Calls of a function with many inputs.
pub(super) fn many_calls(thousands: usize) -> String {
    let mut source = HEAD.to_owned();
    for place in 0..thousands * 1000 {
        let _ = write!(source, "\nc{place}: call\n  function = \"f\"\n");
    }
    source.push_str("\nfunction f\n");
    for place in 0..thousands * 1000 {
        let _ = writeln!(source, "  input i{place}: int = 1");
    }
    checked(&source)
}

/// Blocks in one body.
pub(super) fn one_body(thousands: usize) -> String {
    checked(&chain(thousands * 1000, "x + 1"))
}

/// Functions that call each other in a circle.
pub(super) fn many_functions(thousands: usize) -> String {
    let count = thousands * 1000;
    let mut source = HEAD.to_owned();
    for place in 0..count {
        let next = (place + 1) % count;
        let _ =
            write!(source, "\nfunction f{place}\n  input n: int\n  output v: int <- c{place}.v\n  c{place}: call\n");
        let _ = write!(source, "    function = \"f{next}\"\n    n <- input.n\n");
    }
    checked(&source)
}

/// A formula of many terms, in brackets where a row would be too long.
pub(super) fn many_terms(thousands: usize) -> String {
    let items: Vec<String> = (0..thousands * 1000).map(|place| format!("x{place} + {place}")).collect();
    let mut source = format!("{HEAD}\na: formula\n  expression = \"sum([{}])\"\n", items.join(", "));
    for place in 0..thousands * 1000 {
        let _ = writeln!(source, "  x{place} <- {place}");
    }
    checked(&source)
}

/// Wires of one block.
pub(super) fn many_wires(thousands: usize) -> String {
    let mut source = format!("{HEAD}\na: formula\n  expression = \"1\"\n");
    for place in 0..thousands * 1000 {
        let _ = writeln!(source, "  x{place} <- {place}");
    }
    checked(&source)
}

/// Cases of one block.
pub(super) fn many_cases(thousands: usize) -> String {
    let cases: Vec<String> = (0..thousands * 1000).map(|place| place.to_string()).collect();
    let mut source = format!("{HEAD}\na: match\n  cases = [{}]\n  value <- 7\n", cases.join(", "));
    for place in 1..=thousands * 1000 {
        let _ = write!(source, "  case_{place}:\n    yield v <- 1\n");
    }
    source.push_str("  otherwise:\n    yield v <- 2\n");
    checked(&source)
}

/// Values carried around one loop.
pub(super) fn many_carries(thousands: usize) -> String {
    let mut source = format!("{HEAD}\na: repeat\n  times <- 3\n");
    for place in 0..thousands * 1000 {
        let _ = writeln!(source, "  carry c{place}: int <- 0");
    }
    source.push_str("  body:\n");
    for place in 0..thousands * 1000 {
        let _ = writeln!(source, "    yield c{place} <- a.c{place}");
    }
    checked(&source)
}

/// Answers of one test.
pub(super) fn many_answers(thousands: usize) -> String {
    let mut source = HEAD.to_owned();
    for place in 0..thousands * 1000 {
        let _ = write!(source, "\nn{place}: now\n");
    }
    source.push_str("\ntest \"t\"\n");
    for place in 0..thousands * 1000 {
        let _ = writeln!(source, "  answer n{place} = \"x\"");
    }
    checked(&source)
}

fn translated(source: &str) -> String {
    let program = read(source);
    let checked = check(&program);
    let Some(plan) = checked.plan else { return checked.diagnostics[0].code.clone() };
    let most = Target::ALL.map(|target| {
        let files = codegen::generate_mapped(&program, &plan, target);
        files.iter().map(|mapped| mapped.file.content.len()).sum::<usize>()
    });
    assert!(most.iter().all(|length| *length < 200 * source.len()), "{most:?}");
    "translated".to_owned()
}

/// Blocks in one body, translated.
pub(super) fn one_body_code(thousands: usize) -> String {
    translated(&chain(thousands * 1000, "x + 1"))
}

/// A long list written out, translated.
pub(super) fn long_list_code(thousands: usize) -> String {
    let items: Vec<String> = (0..thousands * 1000).map(|place| place.to_string()).collect();
    let list = items.join(", ");
    translated(&format!("{HEAD}output v: list<int> <- a.value\n\na: constant\n  value = [{list}]\n"))
}

/// Lists in lists written out, translated.
pub(super) fn nested_list_code(depth: usize) -> String {
    let depth = depth.min(30);
    let list = format!("{}1{}", "[".repeat(depth), "]".repeat(depth));
    let source =
        format!("{HEAD}output v: int <- b.value\n\na: constant\n  value = {list}\n\nb: len\n  value <- a.value\n");
    translated(&source)
}

/// A deep formula, translated.
pub(super) fn long_formula_code(depth: usize) -> String {
    let depth = depth.min(95);
    let formula = format!("{}x{}", "abs(1 + ".repeat(depth), ")".repeat(depth));
    translated(&format!(
        "{HEAD}input x: int = 1\noutput v: int <- a.value\n\na: formula\n  expression = \"{formula}\"\n  x <- input.x\n"
    ))
}

fn changed(thousands: usize) -> (Program, Program, Program) {
    let base = read(&chain(thousands * 1000, "x + 1"));
    let (mut ours, mut theirs) = (base.clone(), base.clone());
    for (place, block) in ours.body.blocks.iter_mut().enumerate() {
        block.title = format!("title {place}");
    }
    theirs.body.blocks.rotate_left(7);
    (base, ours, theirs)
}

/// Two programs that differ at every block, and one of which is out of order.
pub(super) fn one_body_diff(thousands: usize) -> String {
    let (base, ours, theirs) = changed(thousands);
    let ops = diff::operations(&ours, &theirs);
    let mut work = ours.clone();
    edit::apply_all(&mut work, &ops).expect("they fit");
    format!("{} {}", diff::diff(&base, &ours).len(), diff::render(&base, &ours).len() > 1000)
}

/// A body turned around.
pub(super) fn one_body_reversed(thousands: usize) -> String {
    let (base, mut ours, _) = changed(thousands);
    ours.body.blocks.reverse();
    format!("{}", diff::operations(&base, &ours).len() >= thousands * 1000)
}

/// A merge of two programs that differ at every block.
pub(super) fn one_body_merge(thousands: usize) -> String {
    let (base, ours, theirs) = changed(thousands);
    format!("{} conflicts", merge::merge(&base, &ours, &theirs).conflicts.len())
}

/// A merge of texts that are no programs.
pub(super) fn one_body_lines(thousands: usize) -> String {
    let lines = |word: &str| (0..thousands * 1000).map(|place| format!("{word} {place} {{\n")).collect::<String>();
    let driven = git::merge_driver("broken \"", &lines("a"), &lines("b"));
    format!("{}", driven.clean)
}

/// What could be simpler in a long body.
pub(super) fn one_body_findings(thousands: usize) -> String {
    format!("{} findings", assist::findings(&read(&chain(thousands * 1000, "x + 1"))).len())
}
