//! Checking again after an edit gives what checking the whole program gives.

use std::collections::BTreeMap;
use std::sync::Arc;

use blocks::check::{Rechecker, check};
use blocks::edit::{self, Address, BodyAddress, EditOp, Property, Routine};
use blocks::plan::{PlannedBody, Step};
use blocks::{Block, Body, Checked, Plan, Program, Source, Type, Value, literal, templates};

use crate::random::Random;
use crate::{likely, odd, read, sample, text};

/// Sees that two results are the same in every field.
fn same(found: &Checked, whole: &Checked, program: &Program, why: &dyn std::fmt::Debug) {
    let context = || format!("{why:?}\n{}", text(program));
    assert_eq!(found.diagnostics, whole.diagnostics, "{}", context());
    assert_eq!(found.capabilities, whole.capabilities, "{}", context());
    let types = |checked: &Checked| checked.types.clone().into_iter().collect::<BTreeMap<_, _>>();
    assert_eq!(types(found), types(whole), "{}", context());
    assert_eq!(format!("{:?}", found.plan), format!("{:?}", whole.plan), "{}", context());
}

/// One that compares everything, and one that is told the edits.
#[derive(Default)]
struct Two {
    alone: Rechecker,
    told: Rechecker,
}

impl Two {
    fn start(program: &Program) -> Self {
        let mut two = Self::default();
        same(two.alone.check(program), &check(program), program, &"alone");
        same(two.told.check(program), &check(program), program, &"told");
        two
    }

    fn see(&mut self, program: &Program, edits: &[EditOp]) {
        let whole = check(program);
        same(self.alone.check(program), &whole, program, &("alone", edits));
        same(self.told.check_after(program, edits), &whole, program, &("told", edits));
    }
}

/// Edits a program at random, undoing about half of what was done, and gives how often it was sound.
fn wander(program: &Program, seed: u64, steps: usize) -> usize {
    let random = &mut Random::new(seed);
    let mut program = program.clone();
    let mut two = Two::start(&program);
    let mut undo: Vec<Vec<EditOp>> = Vec::new();
    let mut sound = 0;
    for _ in 0..steps {
        let mut edits = Vec::new();
        let is_sound = two.alone.checked().plan.is_some();
        if random.chance(if is_sound { 35 } else { 60 }) && !undo.is_empty() {
            edits = undo.pop().unwrap_or_default();
            edits.iter().for_each(|edit| drop(edit::apply(&mut program, edit).expect("an inverse applies")));
        } else {
            let mut inverses = Vec::new();
            for _ in 0..=random.below(2) {
                let edit = match random.chance(85) {
                    true => likely::op(random, &program, two.alone.checked()),
                    false => random.op(&program),
                };
                if let Ok(inverse) = edit::apply(&mut program, &edit) {
                    edits.push(edit);
                    inverses.insert(0, inverse);
                }
            }
            undo.push(inverses);
        }
        two.see(&program, &edits);
        sound += usize::from(two.alone.checked().plan.is_some());
    }
    sound
}

#[test]
fn after_random_edits_of_written_programs() {
    let mut sound = 0;
    for (seed, template) in (0..).zip(templates::all()) {
        sound += wander(template.program(), seed, 100);
    }
    let examples = [include_str!("../../examples/invoice.blocks"), include_str!("../../examples/maze.blocks")];
    for (seed, source) in (100..).zip(examples) {
        sound += wander(&read(source), seed, 100);
    }
    assert!(sound > 400, "only {sound} programs were sound");
}

#[test]
fn after_random_edits_of_programs_with_faults() {
    for seed in 0..30 {
        wander(&sample(), seed, 30);
        wander(&odd(), seed, 10);
        wander(&Program::new("empty"), seed, 30);
    }
}

#[test]
fn after_another_program_took_the_place() {
    let mut rechecker = Rechecker::default();
    for template in templates::all().iter().chain(templates::all().iter().rev()) {
        let program = template.program();
        same(rechecker.check(program), &check(program), program, &template.slug);
        same(rechecker.check(&odd()), &check(&odd()), &odd(), &template.slug);
        same(rechecker.check(program), &check(program), program, &template.slug);
    }
}

#[test]
fn after_edits_where_bodies_nest_too_deep() {
    let mut program = Program::new("deep");
    let mut two = Two::start(&program);
    let mut at = BodyAddress::main();
    for level in 0..70 {
        let mut block = Block::new(format!("b{level}"), "for_each");
        block.bodies.insert("body".to_owned(), Body::default());
        let around = format!("b{}", level - 1);
        let source =
            if level == 0 { Source::Literal(literal::read("[[1]]").unwrap()) } else { Source::wire(around, "item") };
        block.inputs.insert("items".to_owned(), source);
        let edit = EditOp::add_block(block, at, None);
        edit::apply(&mut program, &edit).expect("there is room");
        two.see(&program, &[edit]);
        at = BodyAddress::of(format!("b{level}"), "body");
    }
    for edit in [EditOp::remove_block("b62"), EditOp::remove_block("b1")] {
        edit::apply(&mut program, &edit).expect("it is there");
        two.see(&program, &[edit]);
    }
}

#[test]
fn after_edits_that_were_once_checked_wrongly() {
    let source = r#"program 1 "p"
output v: list<text> <- joined.value

first: kubernetes_name
  name <- "a"

choice: match
  value <- 1
  cases = [1]
  case_1:
    second: require
      condition <- true
      message <- "no"
    third: kubernetes_quantity
      amount <- "1"
    yield n <- third.value
  otherwise:
    yield n <- "b"

sides: parallel
  left:
    metadata: kubernetes_metadata
      name <- "a"
    yield left <- 1
  right:
    tidied: drop_empty
      map <- {}
    yield right <- 2

count: variable
  initial <- 0

counted: get_variable
  variable = "count"

shown: print
  value <- counted.value

joined: formula
  expression = "[a, b]"
  a <- first.value
  b <- choice.n
"#;
    let program = read(source);
    assert!(check(&program).plan.is_some(), "{:?}", check(&program).diagnostics);
    let kind = |id: &str, kind: &str| EditOp::Set { at: Address::block(id), property: Property::Kind(kind.to_owned()) };
    for edits in [
        // A kind whose ports are gone: who reads them is told.
        vec![kind("first", "for_each")],
        // One that is left out by its container.
        vec![EditOp::set_setting("choice", "cases", literal::read("[]").ok())],
        // Routines of the library in another order.
        vec![EditOp::move_block("first", BodyAddress::main(), Some("choice"))],
        vec![EditOp::move_block("second", BodyAddress::main(), None)],
        vec![EditOp::remove_block("first")],
        // A name that is near, taken away and given back.
        vec![EditOp::connect("joined", "a", Some(Source::wire("firs", "value"))), EditOp::remove_block("first")],
        vec![EditOp::set_setting("counted", "variable", Some(Value::text("coun"))), EditOp::remove_block("count")],
        // The order of bodies that are all checked.
        vec![EditOp::Reorder { at: Address::Body { body: BodyAddress::of("sides", "right") }, after: None }],
        // Integers are no numbers, though they are equal.
        vec![EditOp::set_setting("choice", "cases", literal::read("[1.0]").ok())],
    ] {
        let mut edited = program.clone();
        let mut two = Two::start(&edited);
        let mut inverses = Vec::new();
        for edit in edits {
            inverses.push(edit::apply(&mut edited, &edit).expect("it fits"));
            two.see(&edited, &[edit]);
        }
        for inverse in inverses.into_iter().rev() {
            edit::apply(&mut edited, &inverse).expect("an inverse applies");
            two.see(&edited, &[inverse]);
        }
    }
}

/// Every step of a plan by its block, those inside containers included.
fn steps(plan: &Plan) -> BTreeMap<String, Arc<Step>> {
    fn collect(body: &PlannedBody, found: &mut BTreeMap<String, Arc<Step>>) {
        for step in &body.steps {
            found.insert(step.block.to_string(), Arc::clone(step));
            step.operation.bodies().into_iter().for_each(|inner| collect(inner, found));
        }
    }
    let mut found = BTreeMap::new();
    let routines = std::iter::once(&plan.main).chain(&plan.functions);
    routines.for_each(|routine| collect(&routine.body, &mut found));
    found
}

#[test]
fn what_an_edit_leaves_alone_is_not_checked_again() {
    let source = r#"program 1 "p"
input items: list<int>
output sum: number <- half.value

loop: for_each
  items <- input.items
  carry sum: int <- 0
  body:
    double: formula
      expression = "2 * x"
      x <- loop.item
    other: print
      value <- loop.item
    sum: formula
      expression = "sum + x"
      sum <- loop.sum
      x <- double.value
    yield sum <- sum.value

half: formula
  expression = "x / 2"
  x <- loop.sum

twice: call
  function = "twice"
  x <- loop.sum

shown: print
  value <- twice.value

function twice
  input x: number
  output value: text <- said.value
  said: template
    text = "{{ x }}"
    x <- input.x
"#;
    let expression = |id: &str, text: &str| EditOp::set_setting(id, "expression", Some(Value::text(text)));
    let ty = |at: Address, ty: Type| EditOp::Set { at, property: Property::Type(ty) };
    let routine = Routine::Function { name: "twice".to_owned() };
    let input = Address::Input { routine, name: "x".to_owned() };
    let carry = Address::Carry { block: "loop".into(), name: "sum".to_owned() };
    for (edit, expected) in [
        (EditOp::set_title("half", "Half"), vec!["half"]),
        (expression("double", "3 * x"), vec!["double", "loop"]),
        (EditOp::connect("half", "x", Some(Source::Literal(Value::Int(1)))), vec!["half"]),
        (EditOp::remove_block("other"), vec!["loop"]),
        // A type goes to those who read the block, and no further.
        (ty(carry, Type::Number), vec!["double", "half", "loop", "other", "sum", "twice"]),
        (ty(input, Type::Number.optional()), vec!["said", "twice"]),
    ] {
        let mut program = read(source);
        let mut told = Rechecker::default();
        let before = steps(told.check(&program).plan.as_ref().expect("it is sound"));
        edit::apply(&mut program, &edit).expect("it fits");
        let checked = told.check_after(&program, std::slice::from_ref(&edit));
        let after = steps(checked.plan.as_ref().unwrap_or_else(|| panic!("{:?}", checked.diagnostics)));
        let fresh = after.iter().filter(|(id, step)| !before.get(*id).is_some_and(|old| Arc::ptr_eq(old, step)));
        assert_eq!(fresh.map(|(id, _)| id.as_str()).collect::<Vec<_>>(), expected, "{edit:?}");
    }
}

#[test]
fn after_edits_around_statements_that_are_not_known() {
    let source = r#"program 1 "p"
inptu n: int = 5

a: if
  condition <- true
  cary x: int <- 1
  then:
    yeild value <- 2
  else:
    b: constant
      valeu 3
      value = 3

c: constant
  value = 1

test "y"
  expcet o = 99
"#;
    let extra = |at: Address, lines: &[&str]| EditOp::Set {
        at,
        property: Property::Extra(
            lines
                .iter()
                .map(|line| blocks::document::Extra { line: (*line).to_owned(), children: Vec::new() })
                .collect(),
        ),
    };
    let test = || Address::Test { name: "y".to_owned() };
    for start in [source, "program 1 \"p\"\n\nc: constant\n  value = 1\n\ntest \"y\"\n"] {
        let mut program = read(start);
        let mut two = Two::start(&program);
        let mut inverses = Vec::new();
        let mut added = Block::new("d", "constant");
        added.extra.push(blocks::document::Extra { line: "newer".to_owned(), children: Vec::new() });
        let mut told = 0;
        for edit in [
            extra(test(), &["fials \"x\""]),
            extra(test(), &[]),
            extra(Address::block("c"), &["one", "two"]),
            EditOp::move_block("c", BodyAddress::main(), None),
            EditOp::remove_block("a"),
            EditOp::remove_block("c"),
            EditOp::add_block(added, BodyAddress::main(), None),
            EditOp::set_setting("d", "value", Some(Value::Int(1))),
        ] {
            // The second program has no block `a`.
            let Ok(inverse) = edit::apply(&mut program, &edit) else { continue };
            inverses.push(inverse);
            two.see(&program, &[edit]);
            told += two.told.checked().diagnostics.iter().filter(|found| found.code == "unknown_statement").count();
        }
        assert!(told > 5, "{told}");
        for inverse in inverses.into_iter().rev() {
            edit::apply(&mut program, &inverse).expect("an inverse applies");
            two.see(&program, &[inverse]);
        }
    }
}
