use super::*;
use crate::text;

/// The diagnostics of a program's text, one a line: `code block.port: message`.
fn problems(source: &str) -> Vec<String> {
    let program = text::read(source).unwrap_or_else(|problems| panic!("{problems:#?}"));
    assert_eq!(text::write(&text::read(&text::write(&program)).unwrap()), text::write(&program));
    let checked = check(&program);
    assert_eq!(checked.plan.is_some(), checked.errors().next().is_none());
    checked
        .diagnostics
        .iter()
        .map(|found| {
            let place = [found.block.as_ref().map(ToString::to_string), found.port.clone()];
            format!("{} {}", found.code, place.into_iter().flatten().collect::<Vec<_>>().join("."))
        })
        .collect()
}

const FIBONACCI: &str = r#"program 1 "Fibonacci number"
about "The nth number of the sequence."
input n: int = 10 "counted from zero"
output value: int <- loop.a

loop: repeat
  times <- input.n
  carry a: int <- 0
  carry b: int <- 1
  body:
    sum: formula
      expression = "a + b"
      a <- loop.a
      b <- loop.b
    yield a <- loop.b
    yield b <- sum.value

test "the tenth"
  n = 10
  expect value = 55
"#;

#[test]
fn a_sound_program_has_a_plan_and_its_text_is_canonical() {
    assert_eq!(problems(FIBONACCI), Vec::<String>::new());
    assert_eq!(text::write(&text::read(FIBONACCI).unwrap()), FIBONACCI);
}

#[test]
fn every_mistake_gives_one_diagnostic() {
    for (from, to, found) in [
        ("loop: repeat", "loop: repaet", "unknown_kind loop"),
        ("times <- input.n", "times <- input.m", "unknown_port loop.times"),
        ("times <- input.n", "times <- \"3\"", "type_mismatch loop.times"),
        ("  times <- input.n\n", "", "missing_input loop.times"),
        ("a <- loop.a\n", "a <- lop.a\n", "unknown_block sum.a"),
        ("output value: int <- loop.a", "output value: int <- sum.value", "not_in_scope value"),
        ("    yield a <- loop.b\n", "", "missing_yield loop.a"),
        ("yield a <- loop.b", "yield c <- loop.b\n    yield a <- loop.b", "unknown_yield loop.c"),
        ("\"a + b\"", "\"a + \"", "formula sum.expression"),
        ("\"a + b\"", "\"a + a\"", "unknown_port sum.b"),
        ("carry b: int <- 1", "carry a: int <- 1\n  carry b: int <- 1", "duplicate_carry loop.a"),
        ("expect value = 55", "expect valeu = 55", "test "),
        ("n: int = 10", "n: int = 1.5", "default "),
        ("output value: int <- loop.a", "output value: text <- loop.a", "type_mismatch value"),
    ] {
        let broken = FIBONACCI.replacen(from, to, 1);
        assert_ne!(broken, FIBONACCI);
        let all = problems(&broken);
        assert!(all.iter().any(|have| have == found), "{to}: {all:?}");
        assert!(all.len() <= 2, "{to}: {all:?}");
    }
}

#[test]
fn wires_point_forward() {
    let source = "program 1 \"p\"\noutput v: int <- a.value\n\na: formula\n  expression = \"x\"\n  x <- b.value\n\nb: constant\n  value = 1\n";
    assert_eq!(problems(source), ["backward_wire a.x"]);
}

#[test]
fn branches_join_their_types() {
    let source = r#"program 1 "p"
input c: bool
output v: number? <- choice.v

choice: if
  condition <- input.c
  then:
    yield v <- 1.5
  else:
    deep: if
      condition <- true
      then:
        yield w <- 2
      else:
        yield w <- none
    yield v <- deep.w
"#;
    assert_eq!(problems(source), Vec::<String>::new());
}

#[test]
fn an_unread_value_is_worth_a_warning() {
    let source = "program 1 \"p\"\n\na: constant\n  value = 1\n";
    assert_eq!(problems(source), ["unused a"]);
}

#[test]
fn what_a_newer_version_wrote_is_kept() {
    let source = "program 1 \"p\"\nlicense \"MIT\"\n  since 2030\n\na: note\n  text = \"x\"\n  color #ff0000\n";
    assert_eq!(text::write(&text::read(source).unwrap()), source);
}

#[test]
fn text_over_several_lines_stands_line_for_line() {
    let source = "program 1 \"p\"\n\na: note\n  text =\n    | one\n    |\n    |   two \n    |\n";
    let program = text::read(source).unwrap();
    assert_eq!(program.body.blocks[0].setting("text"), "one\n\n  two \n");
    assert_eq!(text::write(&program), source);
}

#[test]
fn broken_text_is_reported_line_by_line() {
    let problems = text::read("program 1 \"p\"\n\na: formula\n  expression = \"x\n  x <- 1 2\na: note\n").unwrap_err();
    let found: Vec<_> = problems.iter().map(|problem| (problem.line.unwrap(), problem.code.as_str())).collect();
    assert_eq!(found, [(4, "syntax"), (5, "syntax"), (6, "duplicate_id")]);
    assert_eq!(text::read("program 9 \"p\"\n").unwrap_err()[0].code, "newer_format");
    assert_eq!(text::read("").unwrap_err()[0].code, "no_program");
}

#[test]
fn mistakes_around_choices_and_variables() {
    let source = r#"program 1 "p"
input word: text = "a"
output v: int <- choice.n

count: variable
  initial <- 0

choice: match
  value <- input.word
  cases = ["a"]
  case_1:
    yield n <- 1
  otherwise:
    yield n <- 2

sides: parallel
  left:
    l: get_variable
      variable = "count"
    yield l <- l.value

set: set_variable
  variable = "count"
  value <- sides.l
"#;
    assert_eq!(problems(source), Vec::<String>::new());
    for (from, to, found) in [
        ("cases = [\"a\"]", "cases = [\"a\", \"a\"]\n  case_2:\n    yield n <- 1", "duplicate_case choice.cases"),
        ("cases = [\"a\"]", "cases = [1]", "type_mismatch choice.cases"),
        ("cases = [\"a\"]", "cases = []", "unknown_body choice.case_1"),
        ("    yield n <- 2", "    yield m <- 2", "missing_yield choice.m"),
        ("variable = \"count\"\n    yield", "variable = \"coutn\"\n    yield", "unknown_variable l.variable"),
        ("    yield l <- l.value\n", "    yield l <- l.value\n  right:\n    yield l <- 3\n", "duplicate_yield sides.l"),
        (
            "    yield l <- l.value\n",
            "    s: set_variable\n      variable = \"count\"\n      value <- 1\n    yield l <- l.value\n",
            "shared_variable s.variable",
        ),
        ("initial <- 0", "initial <- []", "unknown_type count.type"),
        ("value <- sides.l", "value <- \"x\"", "type_mismatch set.value"),
    ] {
        let broken = source.replacen(from, to, 1);
        assert_ne!(broken, source, "{from}");
        assert!(problems(&broken).contains(&found.to_owned()), "{to}: {:?}", problems(&broken));
    }
}

/// The messages of the warnings, with the blocks they are about.
fn warnings(source: &str) -> Vec<String> {
    let checked = check(&text::read(source).unwrap_or_else(|problems| panic!("{problems:#?}")));
    let warnings = checked.diagnostics.iter().filter(|found| found.severity == Severity::Warning);
    warnings.map(|found| format!("{} {:?} {}", found.code, found.block, found.message)).collect()
}

#[test]
fn statements_that_are_kept_and_not_known_are_told() {
    let source = r#"program 1 "p"
inptu n: int = 5
bad
output o: int <- a.value

a: if
  condition <- true
  cary x: int <- 1
  then:
    yeild value <- 2
    yield value <- 1
  else:
    yield value <- 2

tset "x"
  expect o = 99

function f
  autput v: int <- 1

test "y"
  expcet o = 99
  expect o = 1
"#;
    let about = |place: &str, line: &str, more: &str| {
        format!("{place}'{line}' is no statement that is known here; it is kept, and does nothing{more}")
    };
    let of_block = |place: &str, line: &str, more: &str| {
        format!("unknown_statement {:?} {}", Some(BlockId::from("a")), about(place, line, more))
    };
    let of_part = |place: &str, line: &str, more: &str| format!("unknown_statement None {}", about(place, line, more));
    assert_eq!(
        warnings(source),
        [
            of_part("", "inptu n: int = 5", "; did you mean `input`?"),
            of_part("", "bad", ""),
            of_part("", "tset \"x\"", "; did you mean `test`?"),
            of_block("", "cary x: int <- 1", "; did you mean `carry`?"),
            of_block("'then': ", "yeild value <- 2", "; did you mean `yield`?"),
            of_part("function 'f': ", "autput v: int <- 1", "; did you mean `output`?"),
            of_part("test \"y\": ", "expcet o = 99", "; did you mean `expect`?"),
        ]
    );
}

#[test]
fn a_test_that_expects_nothing_is_told() {
    let gives = "program 1 \"p\"\noutput o: int <- 1\n\ntest \"t\"\n";
    let told = "empty_test None test \"t\": this test expects nothing; add an expect or fails line";
    assert_eq!(warnings(gives), [told]);
    assert_eq!(warnings(&format!("{gives}  expect o = 1\n")), [""; 0]);
    assert_eq!(warnings(&format!("{gives}  fails \"raised\"\n")), [""; 0]);
    // It sees that the program does not fail.
    assert_eq!(warnings("program 1 \"p\"\n\ntest \"t\"\n"), [""; 0]);
}
