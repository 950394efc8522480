//! Times the checker on programs of 5,000 blocks of several shapes, and prints a table of milliseconds: checking the
//! whole (the best of five rounds), and checking again after one edit (the median of 240 edits, and what 95 of 100 stay
//! below), once told the edit, once comparing everything. A number as the argument is another count of blocks.
//!
//! The edits: a formula says something else, a wire is cut and put back, a block is added and removed again.

use std::fmt::Write;
use std::time::Instant;

use blocks::check::Rechecker;
use blocks::edit::{self, BodyAddress, EditOp};
use blocks::{Block, Program, Value, check, text};

const ROUNDS: usize = 5;
const PLACES: usize = 40;

fn main() {
    let count = std::env::args().nth(1).and_then(|count| count.parse().ok()).unwrap_or(5_000);
    println!(
        "{:<28} {:>8} {:>18} {:>18}",
        format!("check {count} blocks (ms)"),
        "whole",
        "after one edit",
        "and not told which"
    );
    let shapes = [
        ("flat", flat(count)),
        ("in one loop", in_one_loop(count)),
        ("in nested containers", nested(count)),
        ("in functions", in_functions(count)),
    ];
    for (name, source) in shapes {
        let program = text::read(&source).expect("a program");
        let mut whole = times(ROUNDS, || assert!(check(&program).plan.is_some()));
        let [told, alone] = [true, false].map(|told| {
            let mut times = after_edits(&program, told);
            format!("{:.3} ({:.3})", median(&mut times), times[times.len() * 95 / 100])
        });
        println!("{name:<28} {:>8.1} {told:>18} {alone:>18}", times_best(&mut whole));
    }
}

#[expect(clippy::disallowed_methods, reason = "a measurement reads the clock")]
fn times(rounds: usize, mut work: impl FnMut()) -> Vec<f64> {
    let mut times = Vec::new();
    for _ in 0..rounds {
        let began = Instant::now();
        work();
        times.push(began.elapsed().as_secs_f64() * 1_000.0);
    }
    times
}

fn median(times: &mut [f64]) -> f64 {
    times.sort_by(f64::total_cmp);
    times[times.len() / 2]
}

fn times_best(times: &mut [f64]) -> f64 {
    median(times);
    times[0]
}

/// How long checking again takes after each of many edits.
fn after_edits(program: &Program, told: bool) -> Vec<f64> {
    let mut program = program.clone();
    let mut rechecker = Rechecker::default();
    rechecker.check(&program);
    let formulas: Vec<(String, String)> = formulas(&program);
    let mut found = Vec::new();
    for place in 0..PLACES {
        let (id, port) = &formulas[place * formulas.len() / PLACES];
        let at = edit::parent(&program, &id.as_str().into()).unwrap_or_else(BodyAddress::main);
        let expression = program.block(&id.as_str().into()).expect("a block").setting("expression").to_owned();
        for edit in [
            EditOp::set_setting(id, "expression", Some(Value::text(format!("({expression})")))),
            EditOp::connect(id, port, None),
            EditOp::add_block(Block::new("fresh", "now"), at, Some(id)),
        ] {
            let undo = edit::apply(&mut program, &edit).expect("it fits");
            let mut recheck = |program: &Program, edit: EditOp| {
                found.extend(times(1, || {
                    if told {
                        rechecker.check_after(program, std::slice::from_ref(&edit));
                    } else {
                        rechecker.check(program);
                    }
                }));
            };
            recheck(&program, edit);
            edit::apply(&mut program, &undo).expect("it fits");
            recheck(&program, undo);
        }
        assert!(rechecker.checked().plan.is_some());
    }
    found
}

/// The formulas of a program, each with one of its wires.
fn formulas(program: &Program) -> Vec<(String, String)> {
    fn collect(body: &blocks::Body, found: &mut Vec<(String, String)>) {
        for block in &body.blocks {
            if let (Some(port), "formula") = (block.inputs.keys().next(), block.kind.as_str()) {
                found.push((block.id.to_string(), port.clone()));
            }
            block.bodies.values().for_each(|inner| collect(inner, found));
        }
    }
    let mut found = Vec::new();
    program.roots().for_each(|body| collect(body, &mut found));
    found
}

/// A chain of formulas, each of which reads the two before it.
fn flat(count: usize) -> String {
    let mut source = format!("program 1 \"Flat\"\ninput a: int = 1\noutput last: int <- b{}.value\n", count - 1);
    for place in 0..count {
        let [one, two] = [1, 2].map(|back| match place.checked_sub(back) {
            Some(place) => format!("b{place}.value"),
            None => "input.a".to_owned(),
        });
        let _ = write!(
            source,
            "\nb{place}: formula\n  expression = \"(one + two * 3) % 1000 if one > 0 else abs(two)\"\n  one <- {one}\n  two <- {two}\n"
        );
    }
    source
}

/// The same chain inside a loop.
fn in_one_loop(count: usize) -> String {
    let chain = flat(count - 1);
    let mut source = "program 1 \"Loop\"\ninput a: int = 1\n\nloop: repeat\n  times <- 3\n  body:\n".to_owned();
    for line in chain.lines().skip(4) {
        let _ = writeln!(source, "    {line}");
    }
    let _ = write!(source, "    last: assert\n      condition <- true\n      message <- \"{}\"\n", count);
    source
}

/// Functions of ten blocks each, all of which are called.
fn in_functions(count: usize) -> String {
    let mut source = "program 1 \"Functions\"\ninput a: int = 1\n".to_owned();
    let functions = count / 11;
    for place in 0..functions {
        let from = place.checked_sub(1).map_or("input.a".to_owned(), |before| format!("call{before}.last"));
        let _ = write!(source, "\ncall{place}: call\n  function = \"f{place}\"\n  a <- {from}\n");
    }
    let _ = write!(source, "\nshown: print\n  value <- call{}.last\n", functions - 1);
    for place in 0..functions {
        let _ = write!(source, "\nfunction f{place}\n  input a: int\n  output last: int <- b{place}_9.value\n");
        for step in 0..10 {
            let [one, two] = [1, 2].map(|back| match i32::checked_sub(step, back) {
                Some(before) if before >= 0 => format!("b{place}_{before}.value"),
                _ => "input.a".to_owned(),
            });
            let _ = write!(
                source,
                "  b{place}_{step}: formula\n    expression = \"(one + two * 3) % 1000\"\n    one <- {one}\n    two <- {two}\n"
            );
        }
    }
    source
}

/// Loops with branches inside, ten blocks each.
fn nested(count: usize) -> String {
    let mut source = "program 1 \"Nested\"\ninput items: list<int> = [1, 2, 3]\n".to_owned();
    for place in 0..count / 10 {
        let _ = write!(
            source,
            r#"
loop{place}: for_each
  items <- input.items
  carry sum: int <- 0
  carry seen: list<text> <- []
  body:
    even{place}: formula
      expression = "item % 2 == 0"
      item <- loop{place}.item
    choice{place}: if
      condition <- even{place}.value
      then:
        more{place}: formula
          expression = "sum + item"
          item <- loop{place}.item
          sum <- loop{place}.sum
        yield sum <- more{place}.value
      else:
        less{place}: formula
          expression = "sum - index"
          index <- loop{place}.index
          sum <- loop{place}.sum
        yield sum <- less{place}.value
    line{place}: template
      text = "{{{{ index }}}}: {{{{ sum }}}}"
      index <- loop{place}.index
      sum <- choice{place}.sum
    list{place}: append
      item <- line{place}.value
      items <- loop{place}.seen
    size{place}: len
      value <- list{place}.value
    fits{place}: formula
      expression = "size < 100"
      size <- size{place}.value
    short{place}: assert
      condition <- fits{place}.value
    yield sum <- choice{place}.sum
    yield seen <- list{place}.value
"#
        );
    }
    source
}
