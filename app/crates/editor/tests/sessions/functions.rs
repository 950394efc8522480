//! Blocks into functions and back: the results stay.

use std::sync::Arc;

use blocks::{Program, check, templates};
use editor::Command;
use vm::testing::run_tests;
use vm::{Limits, compile};

use crate::session::Session;

fn assert_passes(program: &Program, what: &str) {
    let plan = check(program).plan.unwrap_or_else(|| panic!("{what}: {:#?}", check(program).errors().next()));
    for result in run_tests(program, &Arc::new(compile(&plan)), Limits::default()) {
        assert_eq!(result.problem, None, "{what}: {}", result.name);
    }
}

/// Pairs of neighbors of every body, and bodies as a whole.
fn selections(session: &Session) -> Vec<Vec<String>> {
    let scene = session.editor.scene();
    let mut lanes: Vec<_> = scene.roots().to_vec();
    lanes.extend(scene.order().iter().flat_map(|key| scene.node(*key).lanes.clone()));
    let mut selections = Vec::new();
    for lane in lanes {
        let ids: Vec<String> = scene.lane(lane).children.iter().map(|key| scene.node(*key).id.0.clone()).collect();
        selections.extend(ids.windows(2).map(<[String]>::to_vec));
        if ids.len() > 2 {
            selections.push(ids.iter().step_by(2).cloned().collect());
            selections.push(ids);
        }
    }
    selections
}

#[test]
fn every_template_gives_the_same_results_with_some_blocks_in_a_function_and_back_again() {
    let (mut made, mut refused, mut inlined) = (0, 0, 0);
    for template in templates::all() {
        let mut session = Session::of(template.program().clone());
        // Every fifth of them: all take a minute.
        for selection in selections(&session).into_iter().step_by(5) {
            let before = session.source();
            let ids: Vec<&str> = selection.iter().map(String::as_str).collect();
            session.select(&ids);
            let changes = session.send(editor::Message::Command(Command::MakeFunction(Some("folded_away".to_owned()))));
            if changes.refused.is_some() {
                refused += 1;
                continue;
            }
            made += 1;
            let what = format!("{} {selection:?}", template.slug);
            // Running all of them takes long; every one is checked.
            if made % 4 == 0 {
                assert_passes(session.editor.program(), &what);
            }
            session.check();
            assert_eq!(session.editor.program().functions.last().unwrap().name, "folded_away");
            let changes = session.send(editor::Message::Command(Command::Inline));
            if changes.refused.is_none() {
                inlined += 1;
                if made % 4 == 0 {
                    assert_passes(session.editor.program(), &format!("{what} inlined"));
                }
                session.run(Command::Undo);
            }
            session.run(Command::Undo);
            assert_eq!(session.source(), before);
            session.check();
        }
    }
    assert!(
        made > 60 && made > refused && inlined * 10 > made * 9,
        "{made} made, {refused} refused, {inlined} inlined"
    );
}

const PRICES: &str = r#"program 1 "Prices"
input prices: list<number> = [1.0, 2.5]
input rate: number = 0.5
output text: text <- line.value

total: sum
  items <- input.prices

taxed: formula "With tax"
  expression = "total * (1 + rate)"
  rate <- input.rate
  total <- total.value

line: template
  text = "{{ taxed }}"
  taxed <- taxed.value

test "two"
  expect text = "5.25"
"#;

#[test]
fn what_is_read_becomes_inputs_and_what_is_read_of_it_outputs() {
    let mut session = Session::new(PRICES);
    session.select(&["total", "taxed"]);
    session.run(Command::MakeFunction(Some("With tax".to_owned())));
    let source = session.source();
    let expected = r#"function with_tax
  input prices: list<number>
  input rate: number
  output taxed: number <- taxed.value
  total: sum
    items <- input.prices
  taxed: formula "With tax"
    expression = "total * (1 + rate)"
    rate <- input.rate
    total <- total.value
"#;
    assert!(source.contains(expected), "{source}");
    assert!(
        source.contains("with_tax: call\n  function = \"with_tax\"\n  prices <- input.prices\n  rate <- input.rate\n")
    );
    assert!(source.contains("  taxed <- with_tax.taxed"));
    assert_passes(session.editor.program(), "made");
    session.check();
    session.run(Command::Inline);
    assert_passes(session.editor.program(), "inlined");
    assert_eq!(session.source(), PRICES);
}

#[test]
fn an_int_that_became_a_number_in_the_function_still_does() {
    let mut session = Session::new(
        r#"program 1 "p"
input n: int = 3
output half: text <- line.value

halved: call
  function = "halve"
  x <- input.n

again: call
  function = "halve"
  x <- 5

line: template
  text = "{{ halved }} {{ again }}"
  again <- again.result
  halved <- halved.result

function halve
  input x: number
  output result: number <- same.value
  same: formula
    expression = "x"
    x <- input.x

test "numbers"
  expect half = "3.0 5.0"
"#,
    );
    for id in ["halved", "again"] {
        session.select(&[id]);
        session.run(Command::Inline);
        session.check();
        assert_passes(session.editor.program(), id);
    }
    assert!(session.editor.program().functions.is_empty());
}

#[test]
fn variables_recursion_and_what_stands_between_are_refused_with_a_reason() {
    let mut session = Session::new(
        r#"program 1 "p"
output n: int <- now.value

count: variable
  initial <- 1

more: change_variable
  expression = "now + 1"
  variable = "count"

now: get_variable
  variable = "count"

down: call
  function = "down"
  n <- 3

function down
  input n: int
  output n: int <- input.n
  again: if
    condition <- false
    then:
      deeper: call
        function = "down"
        n <- input.n
    else:
"#,
    );
    session.select(&["more"]);
    let why = session.refused(Command::MakeFunction(Some("f".to_owned())));
    assert!(why.contains("variable count"), "{why}");
    session.select(&["count", "now"]);
    let why = session.refused(Command::MakeFunction(Some("f".to_owned())));
    assert!(why.contains("count"), "{why}");
    session.select(&["down"]);
    let why = session.refused(Command::Inline);
    assert!(why.contains("calls itself"), "{why}");
    session.select(&["count", "more", "now"]);
    session.run(Command::MakeFunction(Some("f".to_owned())));
}
