//! The code of small programs as it stands. That it compiles and does the same as the virtual machine is shown by
//! `recall/tests/generated_rust.rs`, for all that can be generated.

use blocks::{BlockId, check, text};

use super::helpers;
use crate::{Target, generate, generate_mapped};

fn code(source: &str) -> String {
    let program = text::read(source).unwrap();
    let plan = check(&program).plan.unwrap();
    generate(&program, &plan, Target::Rust).swap_remove(0).content
}

const NEXT: &str = "program 1 \"Next square\"\nabout \"The square of what follows.\"\ninput numbers: list<int> = [1]\n\
    output squares: list<int> <- squares.items\n\nsquares: map\n  items <- input.numbers\n  body:\n    next: formula\n      \
    expression = \"number + 1\"\n      number <- squares.item\n    square: formula\n      expression = \"next * next\"\n      \
    next <- next.value\n    yield value <- square.value\n";

#[test]
fn what_may_fail_gives_a_result() {
    let expected = "/// The square of what follows.
pub fn next_square(numbers: &[i64]) -> Result<Vec<i64>, Error> {
    let mut squares: Vec<i64> = Vec::new();
    for &number in numbers {
        let next = add(number, 1)?;
        squares.push(multiply(next, next)?);
    }
    Ok(squares)
}
";
    let code = code(NEXT);
    assert!(code.starts_with(expected), "{code}");
    assert!(code.contains("\nfn add(") && !code.contains("\nfn subtract("), "{code}");
}

#[test]
fn what_cannot_fail_gives_its_value() {
    let source = NEXT.replace("number + 1", "len(text(number))").replace("next * next", "next % 3 + 1");
    let expected = "/// The square of what follows.
pub fn next_square(numbers: &[i64]) -> Vec<i64> {
    let mut squares: Vec<i64> = Vec::new();
    for &number in numbers {
        let next = number.to_string().chars().count() as i64;
        squares.push(next % 3 + 1);
    }
    squares
}
";
    assert_eq!(code(&source), expected);
}

#[test]
fn each_line_tells_whose_code_it_is() {
    let program = text::read(NEXT).unwrap();
    let plan = check(&program).plan.unwrap();
    let mapped = generate_mapped(&program, &plan, Target::Rust).swap_remove(0);
    let ids = |line: usize| mapped.lines[line].iter().map(BlockId::as_str).collect::<Vec<_>>();
    assert_eq!(mapped.lines.len(), mapped.file.content.lines().count());
    assert_eq!(ids(1), [""; 0]);
    assert_eq!(ids(3), ["squares"]);
    assert_eq!(ids(4), ["next", "squares"]);
    assert_eq!(ids(5), ["square", "squares"]);
}

#[test]
fn every_helper_that_another_calls_is_there() {
    let names: Vec<&str> = helpers::all().iter().map(|helper| helper.name).collect();
    assert!(names.len() > 150);
    for helper in helpers::all() {
        for needed in &helper.needs {
            assert!(names.contains(needed), "{} needs {needed}", helper.name);
        }
    }
}
