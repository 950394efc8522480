//! Times the checker on programs of 100, 1,000 and 5,000 blocks, flat and nested, the best of five rounds each.
//!
//! Prints one line a program: `name blocks milliseconds`.

use std::fmt::Write;
use std::time::Instant;

use blocks::{check, text};

const ROUNDS: usize = 5;

fn main() {
    for count in [100, 1_000, 5_000] {
        time("flat", &flat(count));
        time("nested", &nested(count));
    }
}

#[expect(clippy::disallowed_methods, reason = "a measurement reads the clock")]
fn time(name: &str, source: &str) {
    let program = text::read(source).expect("a program");
    let mut best = f64::INFINITY;
    for _ in 0..ROUNDS {
        let began = Instant::now();
        let checked = check(&program);
        best = best.min(began.elapsed().as_secs_f64() * 1_000.0);
        assert!(checked.plan.is_some(), "{:#?}", checked.diagnostics.first());
    }
    println!("{name} {} {best:.1}", program.block_count());
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
