use std::sync::Arc;

use blocks::value::Entries;
use blocks::{Value, check, literal, text};

use crate::host::Console;
use crate::{Code, Limits, Machine, Stop, compile, run};

fn code(source: &str) -> Arc<Code> {
    let program = text::read(source).unwrap_or_else(|problems| panic!("{problems:#?}"));
    let checked = check(&program);
    Arc::new(compile(&checked.plan.unwrap_or_else(|| panic!("{:#?}", checked.diagnostics))))
}

/// Outputs as `name = literal`, or `code at block`.
fn outcome(source: &str, inputs: &[(&str, &str)]) -> String {
    let inputs: Entries =
        inputs.iter().map(|(name, value)| ((*name).to_owned(), literal::read(value).unwrap())).collect();
    let mut console = Console::default();
    let limits = Limits { fuel: 3_000_000, ..Limits::default() };
    let outcome = run(&code(source), inputs, limits, &mut console);
    let mut parts = console.lines;
    match outcome.result {
        Ok(outputs) => parts.extend(outputs.iter().map(|(name, value)| format!("{name} = {value}"))),
        Err(failure) => parts.push(match failure.block {
            Some(block) => format!("{} at {block}", failure.fault.code),
            None => failure.fault.code,
        }),
    }
    parts.join("; ")
}

/// The value of a formula without names, or its error code.
fn formula(expression: &str) -> String {
    let quoted = literal::write(&Value::text(expression));
    let probe = format!("program 1 \"p\"\n\nf: formula\n  expression = {quoted}\n");
    let ty = check(&text::read(&probe).unwrap()).types.get(&("f".into(), "value".to_owned())).cloned().unwrap();
    outcome(&probe.replacen('\n', &format!("\noutput v: {ty} <- f.value\n"), 1), &[])
}

#[test]
fn every_example_of_a_function_holds() {
    for builtin in blocks::builtins::all() {
        assert_eq!(formula(builtin.example), "v = true", "{}", builtin.example);
    }
}

#[test]
fn formulas_compute() {
    for (expression, value) in [
        ("7 // -2", "-4"),
        ("-7 % 3", "2"),
        ("7 % -3", "-2"),
        ("7.5 // -2", "-4.0"),
        ("-7.5 % 2", "0.5"),
        ("1 / 4", "0.25"),
        ("2 ** 64", "18446744073709551616"),
        ("9223372036854775807 + 1", "9223372036854775808"),
        ("(2 ** 64 - 1) % 10", "5"),
        ("-(2 ** 63)", "-9223372036854775808"),
        ("2 ** 64 // 2 ** 60", "16"),
        ("10 ** 400 / 10 ** 399", "10.0"),
        ("1 / 3", "0.3333333333333333"),
        ("0.1 + 0.2", "0.30000000000000004"),
        ("1 if 2 > 1 else 1.5", "1.0"),
        ("[1, 2.5][0]", "1.0"),
        ("\"añb\"[1]", "\"ñ\""),
        ("\"abc\"[-1]", "\"c\""),
        ("\"abcd\"[1:-1]", "\"bc\""),
        ("[1, 2, 3][5:]", "[]"),
        ("2 == 2.0", "true"),
        ("[1] == [1.0]", "true"),
        ("true or 1 // 0 == 1", "true"),
        ("round(0.5) + round(1.5)", "2"),
        ("fixed(2.675, 2)", "\"2.67\""),
        ("text(1e16)", "\"1e+16\""),
        ("9007199254740993 / 1", "9007199254740992.0"),
        ("2 ** 0.5 > 1", "true"),
        ("\"b\" in [\"a\"] + [\"b\"]", "true"),
        ("{\"a\": [1]}.a[0]", "1"),
        ("0 ** 0", "1"),
        ("(-1) ** 3", "-1"),
        ("lines(\"a\\r\\nb\")", "[\"a\", \"b\"]"),
        ("sort([\"b\", \"a\", \"ab\"])", "[\"a\", \"ab\", \"b\"]"),
        ("add_months(\"2023-12-31\", 2)", "\"2024-02-29\""),
        ("range(5, 0, -2)", "[5, 3, 1]"),
        ("int(\"-12345678901234567890\")", "-12345678901234567890"),
        ("sum([0.1, 0.2, 0.3])", "0.6000000000000001"),
    ] {
        assert_eq!(formula(expression), format!("v = {value}"), "{expression}");
    }
}

#[test]
fn formulas_fail_with_a_code() {
    for (expression, code) in [
        ("1 // 0", "division_by_zero"),
        ("1.0 / 0", "division_by_zero"),
        ("1 % 0", "division_by_zero"),
        ("2 ** -1", "invalid_argument"),
        ("[1][1]", "index_out_of_range"),
        ("\"a\"[-2]", "index_out_of_range"),
        ("parse_json(\"{}\").a", "missing_key"),
        ("as_list(parse_json(\"1\"))", "wrong_type"),
        ("int(\"1x\")", "invalid_argument"),
        ("9 ** 9 ** 9", "size"),
        ("repeat_text(\"abc\", 10 ** 12)", "size"),
        ("range(0, 10 ** 15)", "size"),
        ("10 ** 400 / 3", "overflow"),
        ("day(\"2023-02-29\")", "invalid_argument"),
        ("number(\"inf\")", "invalid_argument"),
        ("parse_json(\"[1,]\")", "invalid_argument"),
    ] {
        assert_eq!(formula(expression), format!("{code} at f"), "{expression}");
    }
}

const LOOPS: &str = r#"program 1 "Loops"
input n: int
output primes: list<int> <- sieve.found
output digits: int <- shrink.sum
output squares: list<int> <- squares.items
output even: list<int> <- even.items

numbers: range
  end <- input.n
  start <- 2

sieve: for_each
  items <- numbers.value
  carry found: list<int> <- []
  body:
    divisors: filter
      items <- sieve.found
      body:
        divides: formula
          expression = "n % d == 0"
          d <- divisors.item
          n <- sieve.item
        yield keep <- divides.value
    next: formula
      expression = "found + [n] if len(divisors) == 0 else found"
      divisors <- divisors.items
      found <- sieve.found
      n <- sieve.item
    yield found <- next.value

shrink: while
  carry rest: int <- 98765
  carry sum: int <- 0
  condition:
    more: formula
      expression = "rest > 0"
      rest <- shrink.rest
    yield holds <- more.value
  body:
    digit: formula
      expression = "sum + rest % 10"
      rest <- shrink.rest
      sum <- shrink.sum
    less: formula
      expression = "rest // 10"
      rest <- shrink.rest
    yield rest <- less.value
    yield sum <- digit.value

squares: map
  items <- numbers.value
  body:
    square: formula
      expression = "n * n + 0 * i"
      i <- squares.index
      n <- squares.item
    yield value <- square.value

even: filter
  items <- numbers.value
  body:
    half: formula
      expression = "n % 2 == 0"
      n <- even.item
    yield keep <- half.value
"#;

#[test]
fn loops_carry_collect_and_keep() {
    assert_eq!(
        outcome(LOOPS, &[("n", "10")]),
        "primes = [2, 3, 5, 7]; digits = 35; squares = [4, 9, 16, 25, 36, 49, 64, 81]; even = [2, 4, 6, 8]"
    );
}

/// A list that a loop grew and read was copied in every turn: the last read of the turn did not count as the last.
#[test]
fn a_list_that_is_read_and_then_changed_is_changed_where_it_stands() {
    let grow = r#"program 1 "Grow"
input times: int
output length: int <- length.value

grown: repeat
  times <- input.times
  carry items: list<int> <- [0]
  body:
    before: formula
      expression = "items[-1]"
      items <- grown.items
    even: formula
      expression = "before % 2 == 0"
      before <- before.value
    either: if
      condition <- even.value
      then:
        more: formula
          expression = "append(items, before + 1)"
          items <- grown.items
          before <- before.value
        yield items <- more.value
      else:
        other: append
          items <- grown.items
          item <- 0
        yield items <- other.value
    yield items <- either.items

length: len
  value <- grown.items
"#;
    // Copying would take 20,000 * 10,000 items, far more than the fuel.
    assert_eq!(outcome(grow, &[("times", "20000")]), "length = 20001");
    let both = grow.replace("append(items, before + 1)", "items + append(items, before + 1)");
    assert_eq!(outcome(&both, &[("times", "3")]), "length = 9", "a value that is read beside is not taken away");
}

const FACTORIAL: &str = r#"program 1 "Factorial"
input n: int
output value: int <- start.value

start: call
  function = "factorial"
  n <- input.n

function factorial
  input n: int
  output value: int <- choice.value
  small: formula
    expression = "n < 2"
    n <- input.n
  choice: if
    condition <- small.value
    then:
      yield value <- 1
    else:
      less: formula
        expression = "n - 1"
        n <- input.n
      inner: call
        function = "factorial"
        n <- less.value
      times: formula
        expression = "n * rest"
        n <- input.n
        rest <- inner.value
      yield value <- times.value
"#;

#[test]
fn functions_recurse_within_their_depth() {
    assert_eq!(outcome(FACTORIAL, &[("n", "25")]), "value = 15511210043330985984000000");
    assert_eq!(outcome(FACTORIAL, &[("n", "100000")]), "depth at inner");
}

const RESCUE: &str = r#"program 1 "Rescue"
input text: text
output value: int <- guard.value
output why: text <- guard.why

guard: try
  try:
    read: int
      value <- input.text
    yield value <- read.value
    yield why <- ""
  catch:
    why: template
      text = "{{ e.code }}: {{ e.message }}"
      e <- guard.error
    yield value <- -1
    yield why <- why.value
"#;

#[test]
fn a_failure_can_be_caught() {
    assert_eq!(outcome(RESCUE, &[("text", "\"12\"")]), "value = 12; why = \"\"");
    assert_eq!(
        outcome(RESCUE, &[("text", "\"x\"")]),
        "value = -1; why = \"invalid_argument: the argument is not valid\""
    );
}

#[test]
fn endless_programs_end() {
    let forever = "program 1 \"p\"\n\nw: while\n  carry x: text <- \"ab\"\n  condition:\n    yield holds <- true\n  body:\n    d: formula\n      expression = \"x + x\"\n      x <- w.x\n    yield x <- d.value\n";
    assert_eq!(outcome(forever, &[]), "size at d");
    assert_eq!(outcome(&forever.replace("x + x", "x"), &[]), "fuel at w");
}

#[test]
fn inputs_must_fit() {
    assert_eq!(outcome(FACTORIAL, &[]), "input");
    assert_eq!(outcome(FACTORIAL, &[("n", "1.5")]), "input");
    assert_eq!(outcome(FACTORIAL, &[("n", "1"), ("m", "1")]), "input");
    assert_eq!(outcome(FACTORIAL, &[("n", "3.0")]), "value = 6");
}

const PRINTS: &str = r#"program 1 "Prints"
output sum: int <- sum.value

a: random_int
  high <- 6
  low <- 1

b: random_int
  high <- 6
  low <- 1

hello: print
  value <- "hello"

sum: formula
  expression = "a + b"
  a <- a.value
  b <- b.value

bye: print
  value <- sum.value
"#;

#[test]
fn effects_overlap_and_any_state_can_be_resumed() {
    let code = code(PRINTS);
    let mut machine = Machine::new(Arc::clone(&code), Entries::default(), Limits::default()).unwrap();
    let mut asked = Vec::new();
    let outputs = loop {
        // Every state between two instructions survives a trip through its serialised form.
        let state = serde_json::from_str(&serde_json::to_string(machine.state()).unwrap()).unwrap();
        machine = Machine::resume(Arc::clone(&code), state);
        match machine.step(1) {
            Stop::OutOfFuel => {}
            Stop::Done(outputs) => break outputs,
            Stop::Failed(failure) => panic!("{failure}"),
            Stop::Wants(requests) => {
                asked.push(requests.len());
                for request in requests.iter().rev() {
                    machine.answer(request.token, Ok(Value::Int(3)));
                }
            }
        }
    };
    assert_eq!(outputs["sum"], Value::Int(6));
    // Both dice and the line before the sum are asked for together; the last line waits for the sum.
    assert_eq!(asked, [3, 1]);
}

#[test]
fn a_refused_effect_fails_at_its_block() {
    assert_eq!(outcome(PRINTS, &[]), "hello; not_granted at a");
}

#[test]
fn values_that_are_read_again_stay_as_they_were() {
    let source = r#"program 1 "p"
output both: list<list<int>> <- both.value

base: constant
  value = [1]

more: append
  item <- 2
  items <- base.value

both: formula
  expression = "[base, more, append(base, 3), base]"
  base <- base.value
  more <- more.value
"#;
    assert_eq!(outcome(source, &[]), "both = [[1], [1, 2], [1, 3], [1]]");
}

const CONTAINERS: &str = r#"program 1 "Containers"
input word: text = "two"
input numbers: list<number> = [3, 1.5, 2]
output choice: int <- choice.number
output total: number <- total.value
output falling: list<number> <- falling.items
output both: list<int> <- both.value

choice: match
  value <- input.word
  cases = ["one", "two"]
  case_1:
    yield number <- 1
  case_2:
    yield number <- 2
  otherwise:
    yield number <- -1

total: reduce
  type = "number"
  initial <- 0
  items <- input.numbers
  body:
    more: formula
      expression = "total + item"
      item <- total.item
      total <- total.total
    yield total <- more.value

falling: sort_by
  descending = true
  items <- input.numbers
  body:
    yield key <- falling.item

sides: parallel
  left:
    l: random_int
      high <- 6
      low <- 1
    yield l <- l.value
  right:
    r: random_int
      high <- 6
      low <- 1
    yield r <- r.value

both: formula
  expression = "[l, r]"
  l <- sides.l
  r <- sides.r
"#;

/// A console, and a die that always shows four.
struct Die;

impl crate::Host for Die {
    fn answer(&mut self, _: &crate::Request) -> crate::machine::Answer {
        Ok(Value::Int(4))
    }
}

#[test]
fn match_reduce_sort_by_and_parallel() {
    let inputs = |word: &str| Entries::from_iter([("word".to_owned(), Value::text(word))]);
    for (word, number) in [("one", 1), ("two", 2), ("three", -1)] {
        let outcome = run(&code(CONTAINERS), inputs(word), Limits::default(), &mut Die).result.unwrap();
        assert_eq!(outcome["choice"], Value::Int(number));
        assert_eq!(outcome["total"].to_string(), "6.5");
        assert_eq!(outcome["falling"].to_string(), "[3.0, 2.0, 1.5]");
        assert_eq!(outcome["both"].to_string(), "[4, 4]");
    }
}

#[test]
fn equal_keys_keep_their_order_in_both_directions() {
    let source = |direction: &str| {
        format!(
            "program 1 \"p\"\noutput sorted: list<text> <- sorted.items\n\nsorted: sort_by\n{direction}  items <- [\"bb\", \"a\", \"cc\", \"d\"]\n  body:\n    size: len\n      value <- sorted.item\n    yield key <- size.value\n"
        )
    };
    assert_eq!(outcome(&source(""), &[]), "sorted = [\"a\", \"d\", \"bb\", \"cc\"]");
    assert_eq!(outcome(&source("  descending = true\n"), &[]), "sorted = [\"bb\", \"cc\", \"a\", \"d\"]");
    let nan = source("").replace("size: len\n      value <- sorted.item", "size: constant\n      value = nan");
    assert_eq!(outcome(&nan, &[]), "invalid_argument at sorted");
}

const VARIABLES: &str = r#"program 1 "Variables"
input times: int
output log: list<int> <- log.value
output length: int <- length.value

seen: variable
  type = "list<int>"
  initial <- []

again: repeat
  times <- input.times
  body:
    note: change_variable
      expression = "append(now, turn)"
      variable = "seen"
      turn <- again.turn

guard: try
  try:
    broken: change_variable
      expression = "append(now, 1 // 0)"
      variable = "seen"
    yield fine <- true
  catch:
    yield fine <- false

first: get_variable
  variable = "seen"

length: len
  value <- first.value

reset: set_variable
  variable = "seen"
  value <- [7]

log: get_variable
  variable = "seen"
"#;

#[test]
fn variables_keep_their_value_where_a_change_fails() {
    assert_eq!(outcome(VARIABLES, &[("times", "3")]), "log = [7]; length = 3");
    // Copying the list in each turn would take far more than the fuel.
    assert_eq!(outcome(VARIABLES, &[("times", "20000")]), "log = [7]; length = 20000");
}

#[test]
fn a_failure_inside_the_library_is_that_of_the_block_that_calls_it() {
    let source = "program 1 \"p\"\noutput v: text <- c.value\n\nc: docker_build\n  image <- \"shop\"\n";
    assert_eq!(outcome(source, &[]), "v = \"docker build --tag shop:latest .\"");
    let limits = Limits { value_bytes: 40, ..Limits::default() };
    let failed = run(&code(source), Entries::default(), limits, &mut Console::default()).result.unwrap_err();
    assert_eq!((failed.fault.code.as_str(), failed.block), ("size", Some("c".into())));
}

const SIDES: &str = r#"program 1 "Sides"
input low: int = 1
output sum: int <- sum.value

sides: parallel
  left:
    a: random_int
      high <- 6
      low <- input.low
    b: random_int
      high <- a.value
      low <- input.low
    yield left <- b.value
  right:
    c: random_int
      high <- 6
      low <- input.low
    d: random_int
      high <- c.value
      low <- input.low
    yield right <- d.value

sum: formula
  expression = "10 * left + right"
  left <- sides.left
  right <- sides.right
"#;

#[test]
fn bodies_of_parallel_wait_side_by_side_and_any_state_can_be_resumed() {
    let code = code(SIDES);
    let mut machine = Machine::new(Arc::clone(&code), Entries::default(), Limits::default()).unwrap();
    let mut asked = Vec::new();
    let outputs = loop {
        let state = serde_json::from_str(&serde_json::to_string(machine.state()).unwrap()).unwrap();
        machine = Machine::resume(Arc::clone(&code), state);
        match machine.step(1) {
            Stop::OutOfFuel => {}
            Stop::Done(outputs) => break outputs,
            Stop::Failed(failure) => panic!("{failure}"),
            Stop::Wants(requests) => {
                asked.push(requests.len());
                for request in requests.iter().rev() {
                    let answer = if request.block == Some("b".into()) { 3 } else { 5 };
                    machine.answer(request.token, Ok(Value::Int(answer)));
                }
            }
        }
    };
    assert_eq!(outputs["sum"], Value::Int(35));
    // The first dice of both bodies are asked for together, and so are the second ones.
    assert_eq!(asked, [2, 2]);
}

/// Which body of Parallel fails does not depend on whose answer comes first.
#[test]
fn parallel_fails_as_its_first_body_that_fails() {
    let code = code(SIDES);
    let mut machine = Machine::new(Arc::clone(&code), Entries::default(), Limits::default()).unwrap();
    let Stop::Wants(requests) = machine.step(1_000) else { panic!("it asks first") };
    let fails = |what: &str| Err(crate::Fault::new(what, what));
    machine.answer(requests[1].token, fails("right"));
    let Stop::Wants(more) = machine.step(1_000) else { panic!("the left body goes on") };
    assert!(more.is_empty());
    machine.answer(requests[0].token, fails("left"));
    let Stop::Failed(failure) = machine.step(1_000) else { panic!("both failed") };
    assert_eq!((failure.fault.code.as_str(), failure.block), ("left", Some("a".into())));
}

/// What an attempt asked for before it failed is waited for, but its answer changes nothing any more.
#[test]
fn an_answer_that_comes_after_its_attempt_failed_is_passed_over() {
    let source = r#"program 1 "p"
output v: int <- guard.v

guard: try
  try:
    die: random_int
      high <- 6
      low <- 1
    broken: fail
      message <- "no"
    yield v <- die.value
  catch:
    yield v <- -1
"#;
    let mut machine = Machine::new(code(source), Entries::default(), Limits::default()).unwrap();
    let Stop::Wants(requests) = machine.step(1_000) else { panic!("the run waits for the die") };
    machine.answer(requests[0].token, Err(crate::Fault::new("late", "late")));
    assert_eq!(machine.step(1_000), Stop::Done(Entries::from_iter([("v".to_owned(), Value::Int(-1))])));
}

#[test]
fn watched_code_counts_bodies_and_notes_values() {
    let program = text::read(FACTORIAL).unwrap();
    let plan = check(&program).plan.unwrap();
    let code = Arc::new(crate::compile_watched(&plan, crate::Watch { counts: true, values: true }));
    let inputs = Entries::from_iter([("n".to_owned(), Value::Int(4))]);
    let mut machine = Machine::new(Arc::clone(&code), inputs, Limits::default()).unwrap();
    let Stop::Done(outputs) = machine.step(100_000) else { panic!("it ends") };
    assert_eq!(outputs["value"], Value::Int(24));
    let count = |block: &str, body: Option<usize>| {
        let place = code.marks().iter().position(|mark| mark.block.as_str() == block && mark.body == body);
        machine.counts()[place.unwrap()]
    };
    assert_eq!((count("choice", None), count("choice", Some(0)), count("choice", Some(1))), (4, 1, 3));
    let seen = |block: &str| {
        let place = code.watched().iter().position(|(have, port)| have.as_str() == block && port == "value");
        machine.seen()[place.unwrap()].clone()
    };
    assert_eq!((seen("times"), seen("start"), seen("less")), (Some(24.into()), Some(24.into()), Some(1.into())));
}

#[test]
fn integers_at_the_ends_of_their_registers() {
    for (expression, value) in [
        ("-9223372036854775808", "-9223372036854775808"),
        ("-9223372036854775808 + 0", "-9223372036854775808"),
        ("-9223372036854775807 - 1", "-9223372036854775808"),
        ("-9223372036854775808 - 1", "-9223372036854775809"),
        ("-(-9223372036854775808)", "9223372036854775808"),
        ("abs(-9223372036854775808)", "9223372036854775808"),
        ("-9223372036854775808 // 2", "-4611686018427387904"),
        ("-9223372036854775808 % 16", "0"),
        ("-7 // 4", "-2"),
        ("-7 % 4", "1"),
        ("-9223372036854775808 == -9223372036854775808", "true"),
        ("-9223372036854775808 < -9223372036854775807", "true"),
        ("max(2 ** 70, 1)", "1180591620717411303424"),
        ("min(2 ** 70, -(2 ** 80))", "-1208925819614629174706176"),
        ("[2 ** 70][0] - 2 ** 70", "0"),
        ("1 if 2 ** 70 > 5 else 0", "1"),
        ("2 ** 70 / 2 ** 69", "2.0"),
        ("number(2 ** 70)", "1.1805916207174113e+21"),
    ] {
        assert_eq!(formula(expression), format!("v = {value}"), "{expression}");
    }
}

/// Such an integer became infinity.
#[test]
fn an_integer_too_large_for_a_number_overflows_where_it_widens() {
    let source = "program 1 \"p\"\noutput v: number <- v.value\n\nlarge: formula\n  expression = \"10 ** 400\"\n\nv: formula\n  expression = \"large + 0.5\"\n  large <- large.value\n";
    assert_eq!(outcome(source, &[]), "overflow at v");
    let wired = "program 1 \"p\"\noutput v: number <- large.value\n\nlarge: formula\n  expression = \"10 ** 400\"\n";
    assert_eq!(outcome(wired, &[]), "overflow");
}

/// The system's mathematics gave other last digits than WebAssembly's, so that a run went on elsewhere with other values.
#[test]
fn mathematics_does_not_depend_on_the_system() {
    let source = "program 1 \"p\"\noutput v: list<number> <- v.value\n\nv: formula\n  expression = \"[cos(1.7), exp(3.9), log(0.9999), 12.5 ** 3.3, tan(7.77)]\"\n";
    let wanted =
        "v = [-0.12884449429552464, 49.40244910553017, -0.00010000500033334732, 4166.803717232892, 11.879358319362627]";
    assert_eq!(outcome(source, &[]), wanted);
}

/// A formula was computed right before the loop, in the alternative that did not run, and read as 0 behind it.
#[test]
fn a_loop_inside_an_alternative_does_not_compute_what_is_read_outside() {
    let source = "program 1 \"p\"\noutput v: number <- v.value\n\nv: formula\n  expression = \"1.5\"\n\nt: try\n  try:\n  catch:\n    m: map\n      items <- []\n      body:\n        yield value <- false\n";
    assert_eq!(outcome(source, &[]), "v = 1.5");
    let chosen =
        source.replace("t: try\n  try:\n  catch:", "t: match\n  cases = [1]\n  value <- 2\n  otherwise:\n  case_1:");
    assert_eq!(outcome(&chosen, &[]), "v = 1.5");
}

/// The constant kept an integer among its numbers, which a loop over numbers could not read.
#[test]
fn a_constant_is_of_one_type_throughout() {
    let source = "program 1 \"p\"\noutput v: list<number> <- v.items\n\nc: constant\n  value = [0, 0.5]\n\nv: sort_by\n  items <- c.value\n  body:\n    yield key <- 0\n";
    assert_eq!(outcome(source, &[]), "v = [0.0, 0.5]");
}

/// A formula that widens was computed behind the carried value that it reads.
#[test]
fn the_next_carried_values_are_computed_from_those_before() {
    let source = "program 1 \"p\"\noutput v: number <- l.b\n\nl: repeat\n  times <- 1\n  carry a: int <- 0\n  carry b: number <- 0\n  body:\n    x: formula\n      expression = \"n\"\n      n <- l.a\n    yield a <- 1\n    yield b <- x.value\n";
    assert_eq!(outcome(source, &[]), "v = 0.0");
}

/// Counting the reads of a variable that must not be used up went beyond what a count can hold.
#[test]
fn a_variable_is_changed_inside_an_alternative_that_may_fail() {
    let source = "program 1 \"p\"\noutput v: list<int> <- g.value\n\na: variable\n  type = \"list<int>\"\n  initial <- []\n\nt: try\n  try:\n    c: change_variable\n      expression = \"append(now, 1)\"\n      variable = \"a\"\n    i: if\n      condition <- true\n      then:\n        d: change_variable\n          expression = \"append(now, 2)\"\n          variable = \"a\"\n      else:\n        e: change_variable\n          expression = \"append(now, 3)\"\n          variable = \"a\"\n  catch:\n\ng: get_variable\n  variable = \"a\"\n";
    assert_eq!(outcome(source, &[]), "v = [1, 2]");
}
