//! Containers, calls, variables and what they leave behind.

use super::*;

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

/// A formula was computed right before the loop, in the alternative that did not run, and read as 0 behind it.
#[test]
fn a_loop_inside_an_alternative_does_not_compute_what_is_read_outside() {
    let source = "program 1 \"p\"\noutput v: number <- v.value\n\nv: formula\n  expression = \"1.5\"\n\nt: try\n  try:\n  catch:\n    m: map\n      items <- []\n      body:\n        yield value <- false\n";
    assert_eq!(outcome(source, &[]), "v = 1.5");
    let chosen =
        source.replace("t: try\n  try:\n  catch:", "t: match\n  cases = [1]\n  value <- 2\n  otherwise:\n  case_1:");
    assert_eq!(outcome(&chosen, &[]), "v = 1.5");
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

/// Parts of an item are read where it stands, whatever keys it brought along, and whoever else reads it.
#[test]
fn parts_of_items_are_read_in_loops_inside_loops() {
    let source = r#"program 1 "p"
input points: list<record{x: int, y: list<int>}>
output sums: list<int> <- sums.items
output odd: list<record{x: int, y: list<int>}> <- odd.items
output sorted: list<record{x: int, y: list<int>}> <- sorted.items

sums: map
  items <- input.points
  body:
    sum: for_each
      items <- input.points
      carry sum: int <- 0
      body:
        next: formula
          expression = "sum + other.x * point.y[0]"
          other <- sum.item
          point <- sums.item
          sum <- sum.sum
        yield sum <- next.value
    yield value <- sum.sum

odd: filter
  items <- input.points
  body:
    keep: formula
      expression = "point.x % 2 == 1"
      point <- odd.item
    yield keep <- keep.value

sorted: sort_by
  items <- input.points
  body:
    key: formula
      expression = "-point.x"
      point <- sorted.item
    yield key <- key.value
"#;
    let (one, two) = ("{\"y\": [3, 0], \"x\": 1}", "{\"x\": 2, \"y\": [4]}");
    let given = format!("[{one}, {two}]");
    let in_order = "{\"x\": 1, \"y\": [3, 0]}";
    assert_eq!(
        outcome(source, &[("points", &given)]),
        format!("sums = [9, 12]; odd = [{in_order}]; sorted = [{two}, {in_order}]")
    );
    assert_eq!(outcome(source, &[("points", "[{\"x\": 1, \"y\": []}]")]), "index_out_of_range at next");
}
