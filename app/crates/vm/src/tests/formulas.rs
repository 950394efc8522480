//! Formulas, functions and inputs.

use super::*;

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

/// A number kept its fraction in json unless `json` made it, and nan came into json.
#[test]
fn a_number_that_becomes_json_is_what_json_says() {
    for (expression, value) in [
        ("[1, 2.0, true]", "[1, 2, true]"),
        ("[json(true), 2.5, -0.0, 1e300]", "[true, 2.5, 0, 1e+300]"),
        ("[[2.0], [true]]", "[[2], [true]]"),
        ("append([json(1)], {\"a\": [2.0, 0.5]})", "[1, {\"a\": [2, 0.5]}]"),
        ("json(1) if 1 > 2 else 3.0", "3"),
        ("default(parse_json(\"null\"), 3.0)", "3"),
        ("{\"a\": 2.0, \"b\": true}[\"a\" + \"\"]", "2"),
        ("json(2) == 2.0 and json(0.5) == 0.5", "true"),
    ] {
        assert_eq!(formula(expression), format!("v = {value}"), "{expression}");
    }
    let source = |from: &str, port: &str| {
        format!(
            "program 1 \"p\"\noutput v: json <- v.value\n\nc: constant\n  value = {from}\n\nv: formula\n  expression = \"{port}\"\n  c <- c.value\n"
        )
    };
    assert_eq!(outcome(&source("nan", "[c, true]"), &[]), "invalid_argument at v");
    assert_eq!(outcome(&source("[infinity]", "[c, true]"), &[]), "invalid_argument at v");
    assert_eq!(outcome(&source("nan", "c"), &[]), "invalid_argument");
    assert_eq!(outcome(&source("[{\"a\": 2.0}]", "c"), &[]), "v = [{\"a\": 2}]");
}

/// An integer came out of a record of integers and numbers as an integer, where a number was told.
#[test]
fn a_record_that_is_indexed_is_the_map_that_it_fits() {
    for (expression, value) in [
        ("{\"a\": 1, \"b\": 2.5}[\"a\" + \"\"]", "1.0"),
        ("[{\"a\": 1}, {\"b\": 2.5}][0][\"a\"]", "1.0"),
        ("(1 if 1 > 2 else 0.5) + 1", "1.5"),
        ("[1, 2.5][0]", "1.0"),
        ("default(none, 1)", "1"),
        ("[none, 1, 0.5][1]", "1.0"),
        ("[[1], [0.5]][0][0]", "1.0"),
        ("get({\"a\": 1}, \"a\", 0.5)", "1.0"),
        ("values({\"a\": 1, \"b\": 0.5})[0]", "1.0"),
        ("entries({\"a\": 1, \"b\": 0.5})[0].value", "1.0"),
    ] {
        assert_eq!(formula(expression), format!("v = {value}"), "{expression}");
    }
}

/// The system's mathematics gave other last digits than WebAssembly's, so that a run went on elsewhere with other values.
#[test]
fn mathematics_does_not_depend_on_the_system() {
    let source = "program 1 \"p\"\noutput v: list<number> <- v.value\n\nv: formula\n  expression = \"[cos(1.7), exp(3.9), log(0.9999), 12.5 ** 3.3, tan(7.77)]\"\n";
    let wanted =
        "v = [-0.12884449429552464, 49.40244910553017, -0.00010000500033334732, 4166.803717232892, 11.879358319362627]";
    assert_eq!(outcome(source, &[]), wanted);
}

/// The constant kept an integer among its numbers, which a loop over numbers could not read.
#[test]
fn a_constant_is_of_one_type_throughout() {
    let source = "program 1 \"p\"\noutput v: list<number> <- v.items\n\nc: constant\n  value = [0, 0.5]\n\nv: sort_by\n  items <- c.value\n  body:\n    yield key <- 0\n";
    assert_eq!(outcome(source, &[]), "v = [0.0, 0.5]");
}

/// Routines that have few registers are executed without checks of them, and call those that have many.
#[test]
fn routines_of_any_width_call_each_other() {
    let mut source = String::from(
        r#"program 1 "p"
output v: int <- more.value

made: call
  function = "wide"
  n <- 1

more: formula
  expression = "wide + 1"
  wide <- made.v

function narrow
  input n: int
  output v: int <- same.value
  same: formula
    expression = "n * 1"
    n <- input.n

function wide
  input n: int
  output v: int <- s299.value
"#,
    );
    for step in 0..300 {
        let before = |back: usize| match step {
            0 => "input.n".to_owned(),
            _ if step < back => "input.n".to_owned(),
            150 => "called.v".to_owned(),
            _ => format!("s{}.value", step - back),
        };
        if step == 150 {
            source += "  called: call\n    function = \"narrow\"\n    n <- s149.value\n";
        }
        source += &format!("  s{step}: formula\n    expression = \"a + b\"\n    a <- {}\n", before(1));
        source += &format!("    b <- {}\n", if step == 150 { "s148.value".to_owned() } else { before(2) });
    }
    // The Fibonacci number of that place, and one.
    let expected = "v = 581811569836004006491505558634099066259034153405766997246569402";
    assert_eq!(outcome(&source, &[]), expected);
}

#[test]
fn integers_are_exact_where_registers_stop_holding_them() {
    for (expression, value) in [
        ("2305843009213693951 + 1", "2305843009213693952"),
        ("0 - 2305843009213693952 - 1", "-2305843009213693953"),
        ("-(0 - 2305843009213693952)", "2305843009213693952"),
        ("abs(0 - 2305843009213693952)", "2305843009213693952"),
        ("2305843009213693952 - 2305843009213693952", "0"),
        ("2305843009213693951 - 2305843009213693952", "-1"),
        ("2147483647 * 2147483648", "4611686016279904256"),
        ("3037000500 * 3037000500 - 9223372037000250000", "0"),
        ("-6917529027641081856 + 0", "-6917529027641081856"),
        ("-6917529027641081856 - -6917529027641081856", "0"),
        ("max(2305843009213693952, 1) // 2", "1152921504606846976"),
        ("2305843009213693953 % 2", "1"),
    ] {
        assert_eq!(formula(expression), format!("v = {value}"), "{expression}");
    }
}
