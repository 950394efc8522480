//! Programs that take too long or make too much, each in its own way: run within small limits or those that hold unless
//! somebody sets others.

use std::sync::Arc;

use blocks::value::Entries;
use blocks::{check, text};
use vm::host::Console;
use vm::{Limits, compile, run};

fn ran(source: &str, limits: Limits) -> String {
    let program = text::read(source).unwrap_or_else(|problems| panic!("{:?}\n{source}", problems[0]));
    let checked = check(&program);
    let Some(plan) = checked.plan else { return checked.diagnostics[0].code.clone() };
    let outcome = run(&Arc::new(compile(&plan)), Entries::default(), limits, &mut Console::default());
    match outcome.result {
        Ok(_) => "done".to_owned(),
        Err(failure) => failure.fault.code,
    }
}

/// A loop that carries `a` and computes its next value, and afterwards a formula of `a`.
fn looped(ty: &str, first: &str, times: usize, next: &str, last: &str) -> String {
    looped_within(Limits::default(), (ty, first), times, next, last)
}

fn looped_within(limits: Limits, (ty, first): (&str, &str), times: usize, next: &str, last: &str) -> String {
    let source = format!(
        "program 1 \"p\"\noutput v: bool <- end.value\n\nloop: repeat\n  times <- {times}\n  carry a: {ty} <- {first}\n  \
         body:\n    next: formula\n      expression =\n        | {next}\n        |\n      a <- loop.a\n    \
         yield a <- next.value\n\nend: formula\n  expression =\n    | {last}\n    |\n  a <- loop.a\n"
    );
    ran(&source, limits)
}

/// A list in a list in a list …, a million deep.
pub(super) fn deep_value(_: usize) -> String {
    looped("json", "[]", 1_000_000, "json([a])", "a == a")
}

/// A list that has itself twice, again and again: as large as the world when written out.
pub(super) fn shared_value(_: usize) -> String {
    looped("json", "[]", 60, "[a, a]", "a == a")
}

/// The same, written as text.
pub(super) fn shared_text(_: usize) -> String {
    looped("json", "[]", 60, "[a, a]", "text(a) == \"\"")
}

/// The same, made JSON.
pub(super) fn shared_json(_: usize) -> String {
    looped("json", "[]", 60, "json({\"left\": a, \"right\": a})", "to_json(a, 8) == \"\"")
}

/// The same, given as the result.
pub(super) fn shared_output(_: usize) -> String {
    let source = "program 1 \"p\"\noutput v: json <- loop.a\n\nloop: repeat\n  times <- 60\n  carry a: json <- []\n  body:\n    \
                  next: formula\n      expression = \"[a, a]\"\n      a <- loop.a\n    yield a <- next.value\n";
    ran(source, Limits::default())
}

/// The same without `json`: a chain of formulas.
pub(super) fn shared_lists(_: usize) -> String {
    let mut source = "program 1 \"p\"\noutput v: bool <- end.value\n\nb0: constant\n  value = [1]\n".to_owned();
    for place in 1..=60 {
        let before = place - 1;
        source += &format!("\nb{place}: formula\n  expression = \"[x, x, x]\"\n  x <- b{before}.value\n");
    }
    source += "\nend: formula\n  expression = \"x == x\"\n  x <- b60.value\n";
    ran(&source, Limits::default())
}

/// A million different items.
pub(super) fn unique(_: usize) -> String {
    looped("int", "0", 20, "a + len(unique(range(0, 1000000)))", "a > 0")
}

/// A long list looked through again and again.
pub(super) fn counts(_: usize) -> String {
    let source = "program 1 \"p\"\noutput v: int <- loop.a\n\nitems: range\n  start <- 0\n  end <- 1000000\n\nloop: repeat\n  \
                  times <- 10000000\n  carry a: int <- 0\n  body:\n    next: formula\n      expression = \"a + count(items, a) \
                  + index_of(items, -1) + sum(items) + (1 if -1 in items else 0) + (1 if items == items else 0)\"\n      \
                  a <- loop.a\n      items <- items.value\n    yield a <- next.value\n";
    ran(source, Limits::default())
}

/// A long text hashed and searched again and again.
pub(super) fn hashes(_: usize) -> String {
    let source = "program 1 \"p\"\noutput v: int <- loop.a\n\nlong: repeat_text\n  text <- \"añ\"\n  times <- 4000000\n\n\
                  loop: repeat\n  times <- 10000000\n  carry a: int <- 0\n  body:\n    next: formula\n      expression = \
                  \"a + len(sha512(long)) + find(long, 'b') + len(long) + len(long[5]) + len(long[-2:])\"\n      \
                  a <- loop.a\n      long <- long.value\n    yield a <- next.value\n";
    ran(source, Limits { fuel: 5_000_000, ..Limits::default() })
}

/// Maps that each keep a long key.
pub(super) fn large_keys(_: usize) -> String {
    let source = "program 1 \"p\"\noutput v: int <- n.value\n\nlong: repeat_text\n  text <- \"a\"\n  times <- 16000000\n\n\
                  loop: repeat\n  times <- 10000000\n  carry a: list<map<int>> <- []\n  body:\n    next: formula\n      \
                  expression = \"append(a, put({}, long, 1))\"\n      a <- loop.a\n      long <- long.value\n    \
                  yield a <- next.value\n\nn: len\n  value <- loop.a\n";
    ran(source, Limits::default())
}

/// JSON of many small lists, read again and again, and kept.
pub(super) fn parsed(_: usize) -> String {
    let source = "program 1 \"p\"\noutput v: int <- n.value\n\nlong: repeat_text\n  text <- \"[],\"\n  times <- 5000000\n\n\
                  whole: formula\n  expression = \"'[[' + long + '0]]'\"\n  long <- long.value\n\nloop: repeat\n  \
                  times <- 10000000\n  carry a: list<json> <- []\n  body:\n    next: formula\n      \
                  expression = \"append(a, parse_json(whole))\"\n      a <- loop.a\n      whole <- whole.value\n    \
                  yield a <- next.value\n\nn: len\n  value <- loop.a\n";
    ran(source, Limits::default())
}

/// Operations of large integers, again and again, for a tenth of the usual fuel: tests are built without optimization.
fn large(next: &str) -> String {
    let limits = Limits { fuel: 5_000_000, ..Limits::default() };
    looped_within(limits, ("int", "1"), 10_000_000, next, "a > 0")
}

/// Products of integers as large as they may be.
pub(super) fn large_products(_: usize) -> String {
    large("(3 ** 250000) * (3 ** 250000) - a")
}

/// Quotients of such integers.
pub(super) fn large_quotients(_: usize) -> String {
    large("(3 ** 500000 + a) // (7 ** 170000) % 10")
}

/// Greatest common divisors of such integers.
pub(super) fn large_divisors(_: usize) -> String {
    large("gcd(3 ** 50000 + a, 7 ** 34000 - a) + integer_root(3 ** 50000) % 2")
}

/// Such integers written and read.
pub(super) fn large_texts(_: usize) -> String {
    large("int(text(3 ** 450000)) % 10 + int(to_base(3 ** 450000, 7)[0:1]) + a")
}

/// A function with many blocks that calls itself without end.
pub(super) fn wide_frames(_: usize) -> String {
    let mut source =
        "program 1 \"p\"\n\nstart: call\n  function = \"f\"\n\nfunction f\n  output v: list<int> <- c.v\n".to_owned();
    let names: Vec<String> = (0..20_000).map(|place| format!("b{place}")).collect();
    for name in &names {
        source += &format!("  {name}: range\n    start <- 0\n    end <- 1\n");
    }
    source += "  c: call\n    function = \"f\"\n";
    for name in &names {
        source += &format!("  l_{name}: print\n    value <- {name}.value\n");
    }
    ran(&source, Limits::default())
}

/// Bodies side by side, which start more of them without end.
pub(super) fn forks(_: usize) -> String {
    let source = "program 1 \"p\"\n\nstart: call\n  function = \"f\"\n\nfunction f\n  sides: parallel\n    left:\n      \
                  l: call\n        function = \"f\"\n    right:\n      r: call\n        function = \"f\"\n";
    ran(source, Limits::default())
}
