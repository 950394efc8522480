//! Tests of programs: answers of the world outside, recording, coverage and generated cases.

use std::sync::Arc;

use blocks::document::Expect;
use blocks::value::Entries;
use blocks::{Plan, Program, Value, check, text};
use vm::machine::{Answer, Request};
use vm::testing::{Recorder, coverage, generate, run_tests};
use vm::{Host, Limits};

fn checked(source: &str) -> (Program, Plan) {
    let program = text::read(source).unwrap_or_else(|problems| panic!("{problems:#?}"));
    assert_eq!(text::write(&program), source);
    let checked = check(&program);
    (program, checked.plan.unwrap_or_else(|| panic!("{:#?}", checked.diagnostics)))
}

fn problems(source: &str) -> Vec<Option<String>> {
    let (program, plan) = checked(source);
    let results = run_tests(&program, &Arc::new(vm::compile(&plan)), Limits::default());
    results.into_iter().map(|result| result.problem).collect()
}

const WEATHER: &str = r#"program 1 "Weather"
input city: text = "Bern"
output report: text <- report.line

address: template
  text = "https://weather.example/{{ city }}"
  city <- input.city

report: try
  try:
    reply: http_get
      url <- address.value
    line: template
      text = "{{ city }}: {{ reply.body }}"
      city <- input.city
      reply <- reply.value
    yield line <- line.value
  catch:
    yield line <- "no report"

log: append_file
  path <- "log.txt"
  text <- report.line

test "an answer"
  answer reply = {"status": 200, "headers": {}, "body": "sunny"}
  expect report = "Bern: sunny"

test "no network"
  answer reply fails "network"
  expect report = "no report"

test "an answer is missing"
  expect report = "no report"
"#;

#[test]
fn a_test_gives_the_answers_of_the_world_outside() {
    assert_eq!(problems(WEATHER), [None, None, None]);
    let wrong = WEATHER.replace("no report\"\n\nlog", "{}\"\n\nlog");
    assert_eq!(problems(&wrong)[1].as_deref(), Some("report is \"{}\", not \"no report\""));
    let misplaced = WEATHER.replace("answer reply fails", "answer address fails");
    let found = check(&text::read(&misplaced).unwrap()).diagnostics;
    assert_eq!(found[0].message, "test \"no network\": 'address' asks nothing of the world outside");
}

/// A host that knows the weather.
struct Sky;

impl Host for Sky {
    fn answer(&mut self, request: &Request) -> Answer {
        if request.effect.gives_nothing() {
            return Ok(Value::None);
        }
        Ok(Value::map([
            ("status".to_owned(), Value::Int(200)),
            ("headers".to_owned(), Value::map([])),
            ("body".to_owned(), Value::text("rain")),
        ]))
    }
}

#[test]
fn a_run_becomes_a_test() {
    let (mut program, plan) = checked(WEATHER);
    let code = Arc::new(vm::compile(&plan));
    let inputs = Entries::from_iter([("city".to_owned(), Value::text("Basel"))]);
    let mut sky = Sky;
    let mut recorder = Recorder::new(&mut sky);
    let outcome = vm::run(&code, inputs.clone(), Limits::default(), &mut recorder);
    let test = recorder.into_recording().into_test("recorded", inputs, &outcome);
    let Expect::Outputs(outputs) = &test.expect else { panic!("the run ended well") };
    assert_eq!((outputs["report"].to_string(), test.answers.len()), ("\"Basel: rain\"".to_owned(), 1));
    program.tests = vec![test];
    let (again, plan) = checked(&text::write(&program));
    let results = run_tests(&again, &Arc::new(vm::compile(&plan)), Limits::default());
    assert!(results[0].passed(), "{results:#?}");
}

const LEAP: &str = r#"program 1 "Leap year"
input year: int
output leap: bool <- century.leap

is_century: formula
  expression = "year % 100 == 0"
  year <- input.year

century: if
  condition <- is_century.value
  then:
    fourth: formula
      expression = "year % 400 == 0"
      year <- input.year
    yield leap <- fourth.value
  else:
    plain: formula
      expression = "year % 4 == 0 and year != 1582"
      year <- input.year
    lost: if
      condition <- plain.value
      then:
        rule: formula
          expression = "year > 1582"
          year <- input.year
        early: assert
          condition <- rule.value
          message <- "the rule is younger"
        yield leap <- true
      else:
        yield leap <- false
    yield leap <- lost.leap

test "an odd year"
  year = 2023
  expect leap = false
"#;

#[test]
fn coverage_names_what_no_test_reaches() {
    let (program, plan) = checked(LEAP);
    let found = coverage(&program, &plan, Limits::default());
    let missed: Vec<String> = found
        .missed()
        .map(|place| {
            format!("{}{}", place.block, place.body.as_ref().map(|body| format!(".{body}")).unwrap_or_default())
        })
        .collect();
    assert_eq!(missed, ["century.then", "fourth", "lost.then", "rule", "early"]);
    assert_eq!(found.reached(), (6, 11));
}

#[test]
fn generated_tests_reach_every_branch_and_hold() {
    let (mut program, plan) = checked(LEAP);
    let generated = generate(&program, &plan, 1);
    assert_eq!(generated.missed, Vec::<String>::new());
    assert!(generated.tests.iter().any(|test| test.expect == Expect::Error("assertion".to_owned())));
    assert_eq!(generate(&program, &plan, 1).tests, generated.tests, "the same seed gives the same tests");
    program.tests.extend(generated.tests);
    let (program, plan) = checked(&text::write(&program));
    let results = run_tests(&program, &Arc::new(vm::compile(&plan)), Limits::default());
    assert!(results.iter().all(|result| result.passed()), "{results:#?}");
}

#[test]
fn generated_inputs_are_small() {
    let source = r#"program 1 "Long"
input words: list<text>
output long: bool <- choice.long

many: formula
  expression = "len(words) > 2 and words[1] != \"\""
  words <- input.words

choice: if
  condition <- many.value
  then:
    yield long <- true
  else:
    yield long <- false
"#;
    let (program, plan) = checked(source);
    let generated = generate(&program, &plan, 7);
    let sizes: Vec<usize> =
        generated.tests.iter().map(|test| test.inputs["words"].as_list().unwrap_or_default().len()).collect();
    assert_eq!((sizes, generated.missed.len()), (vec![0, 3], 0));
}
