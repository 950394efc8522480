//! Documents that are too large or too deep.

use std::fmt::Write;

use blocks::{check, text};

const HEAD: &str = "program 1 \"p\"\n";
const MEBIBYTE: usize = 1 << 20;

/// Reads, checks and writes: the first thing that is wrong, or how many blocks there are.
fn taken(source: &str) -> String {
    match text::read(source) {
        Err(problems) => format!("{} {}", problems[0].code, problems.len()),
        Ok(program) => {
            let checked = check(&program);
            let found = checked.diagnostics.first().map_or("sound", |found| found.code.as_str()).to_owned();
            assert!(text::write(&program).len() <= 4 * source.len());
            format!("{found} {}", program.block_count())
        }
    }
}

fn repeated(head: &str, mebibytes: usize, mut line: impl FnMut(&mut String, usize)) -> String {
    let mut source = format!("{HEAD}{head}");
    let mut count = 0;
    while source.len() < mebibytes * MEBIBYTE {
        line(&mut source, count);
        count += 1;
    }
    source
}

/// A constant of one long text.
pub(super) fn one_text(mebibytes: usize) -> String {
    taken(&format!("{HEAD}\na: constant\n  value = \"{}\"\n", "ab \\\" \\n".repeat(mebibytes * MEBIBYTE / 8)))
}

/// Formulas, each reading the one before.
pub(super) fn many_blocks(mebibytes: usize) -> String {
    taken(&repeated("\nb0: constant\n  value = 1\n", mebibytes, |source, count| {
        let _ = write!(source, "\nb{}: formula\n  expression = \"x + 1\"\n  x <- b{count}.value\n", count + 1);
    }))
}

/// The shortest blocks.
pub(super) fn many_notes(mebibytes: usize) -> String {
    taken(&repeated("", mebibytes, |source, count| source.push_str(&format!("n{count}:note\n"))))
}

/// Statements of a newer version.
pub(super) fn many_extras(mebibytes: usize) -> String {
    taken(&repeated("", mebibytes, |source, _| source.push_str("? x\n ?\n")))
}

/// Lines that break off.
pub(super) fn many_mistakes(mebibytes: usize) -> String {
    taken(&repeated("", mebibytes, |source, _| source.push_str("a:note \"\n")))
}

/// Inputs of the program.
pub(super) fn many_inputs(mebibytes: usize) -> String {
    taken(&repeated("", mebibytes, |source, count| source.push_str(&format!("input i{count}: int = 1\n"))))
}

/// Test cases of a program with inputs and outputs.
pub(super) fn many_tests(mebibytes: usize) -> String {
    let head: String = (0..1000).map(|count| format!("input i{count}: int = 1\n")).collect();
    taken(&repeated(&head, mebibytes, |source, count| {
        let _ = write!(source, "\ntest \"{count}\"\n  i999 = 2\n  expect o = 1\n");
    }))
}

/// One integer.
pub(super) fn many_digits(mebibytes: usize) -> String {
    taken(&format!("{HEAD}\na: constant\n  value = {}\n", "7".repeat(mebibytes * MEBIBYTE)))
}

/// Integers as large as they may be.
pub(super) fn many_numbers(mebibytes: usize) -> String {
    let digits = "7".repeat(300_000);
    taken(&repeated("", mebibytes, |source, count| {
        source.push_str(&format!("\na{count}: constant\n  value = {digits}\n"))
    }))
}

/// Lists in lists.
pub(super) fn many_brackets(mebibytes: usize) -> String {
    taken(&format!("{HEAD}\na: constant\n  value = {}\n", "[".repeat(mebibytes * MEBIBYTE)))
}

/// Quotes at the end of an input, each of which could begin what it is about.
pub(super) fn many_quotes(mebibytes: usize) -> String {
    taken(&format!("{HEAD}input a: text = \"{}\"\n", " \"".repeat(mebibytes * MEBIBYTE / 2)))
}

/// A constant of many short lists.
pub(super) fn many_items(mebibytes: usize) -> String {
    taken(&format!("{HEAD}\na: constant\n  value = [{}[]]\n", "[], ".repeat(mebibytes * MEBIBYTE / 4)))
}

/// Bodies in bodies, ten thousand deep; only the indentation grows with the scale.
pub(super) fn deep_bodies(_: usize) -> String {
    let mut source = HEAD.to_owned();
    for depth in 0..10_000 {
        let _ = writeln!(source, "{0:1$}b{depth}: repeat", "", depth);
    }
    taken(&source)
}
