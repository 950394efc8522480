//! Structural diff.

use blocks::diff::{self, Change};
use blocks::edit::{self, Address, BodyAddress, EditOp, Field};
use blocks::{Program, Source, Value};

use crate::random::Random;
use crate::{read, sample, text};

fn edited(ops: Vec<EditOp>) -> Program {
    let mut program = sample();
    edit::apply_all(&mut program, &ops).expect("all fit");
    program
}

fn lead_there(before: &Program, after: &Program) -> Vec<EditOp> {
    let ops = diff::operations(before, after);
    let mut work = before.clone();
    edit::apply_all(&mut work, &ops).expect("they fit");
    assert_eq!(text(&work), text(after));
    ops
}

#[test]
fn a_change_names_block_field_before_and_after() {
    let after = edited(vec![
        EditOp::connect("mean", "items", Some(Source::wire("high", "items"))),
        EditOp::set_setting("mean", "expression", Some(Value::text("total / 3"))),
    ]);
    let changes = diff::diff(&sample(), &after);
    let changed = |field, before: &str, after: &str| Change::Changed {
        at: Address::block("mean"),
        field,
        before: Some(before.to_owned()),
        after: Some(after.to_owned()),
    };
    let setting = Field::Setting { name: "expression".to_owned() };
    let wire = Field::Wire { port: "items".to_owned() };
    assert_eq!(
        changes,
        [changed(setting, "\"total / len(items)\"", "\"total / 3\""), changed(wire, "input.items", "high.items")]
    );
    assert_eq!(changes.iter().filter(|change| change.is_rewired()).count(), 1);
}

#[test]
fn one_moved_block_is_one_move() {
    let after = edited(vec![EditOp::move_block("total", BodyAddress::main(), Some("shout"))]);
    let changes = diff::diff(&sample(), &after);
    assert_eq!(changes.len(), 1, "{changes:?}");
    assert_eq!(lead_there(&sample(), &after), [EditOp::move_block("total", BodyAddress::main(), Some("shout"))]);
}

#[test]
fn two_and_two_point_zero_differ() {
    let one = read("program 1 \"p\"\n\na: constant\n  value = 2\n");
    let two = read("program 1 \"p\"\n\na: constant\n  value = 2.0\n");
    assert_eq!(diff::diff(&one, &two).len(), 1);
    lead_there(&one, &two);
}

#[test]
fn a_block_can_go_into_what_stood_inside_it() {
    let inside_out = "program 1 \"p\"\n\ninner: if\n  then:\n    outer: if\n      then:\n        leaf: note\n";
    let before = read("program 1 \"p\"\n\nouter: if\n  then:\n    inner: if\n      then:\n        leaf: note\n");
    let ops = lead_there(&before, &read(inside_out));
    assert!(ops.iter().all(|op| !matches!(op, EditOp::Remove { at: Address::Block { .. } })), "{ops:?}");
}

#[test]
fn wrapping_a_block_keeps_it() {
    let before = read("program 1 \"p\"\n\nleaf: note\n\nlast: note\n");
    let after = read("program 1 \"p\"\n\nloop: repeat\n  body:\n    leaf: note\n    more: note\n\nlast: note\n");
    let ops = lead_there(&before, &after);
    assert!(matches!(&ops[..], [EditOp::Add { .. }, EditOp::Move { .. }]), "{ops:?}");
    assert_eq!(
        diff::render(&before, &after),
        "+ loop: repeat\n+   body:\n+     more: note\n\nleaf: note\n  → the program → loop.body, first\n"
    );
}

#[test]
fn the_text_is_grouped_by_block() {
    let before = sample();
    let mut after = edited(vec![
        EditOp::set_title("mean", "Average"),
        EditOp::set_setting("mean", "expression", Some(Value::text("total / max(len(items), 1) # never by zero"))),
        EditOp::connect("mean", "rate", Some(Source::Literal(Value::Number(0.5)))),
        EditOp::connect("total", "items", Some(Source::wire("high", "items"))),
        EditOp::move_block("total", BodyAddress::of("check", "then"), Some("twice")),
        EditOp::remove_block("shout"),
        EditOp::add_block(blocks::Block::new("say", "print"), BodyAddress::main(), Some("grow")),
        EditOp::Rename { at: Address::input("limit"), to: "turns".to_owned() },
    ]);
    after.name = "Example".to_owned();
    after.body.blocks[2].carries[0].ty = blocks::Type::Number;
    let wanted = r#"the program
  ~ name "Sample" → "Example"
  + input turns: int = 2
  - input limit: int = 2

mean: formula "Average"
  ~ title "The mean" → "Average"
  ~ expression =
      - "total / len(items)"
      + "total / max(len(items), 1) # never by zero"
  + rate <- 0.5

grow: repeat
  ~ times <- input.limit → input.turns
  ~ carry total: int → number

total: sum
  → the program → check.then, after twice
  ~ items <- input.items → high.items

+ say: print

- shout: template
-   text =
-     | Hello {{ name }},
-     |
-     | goodbye.
-   name <- "you"
"#;
    assert_eq!(diff::render(&before, &after), wanted);
    assert_eq!(diff::render(&before, &before), "");
}

#[test]
fn the_edits_of_a_diff_lead_there_byte_for_byte() {
    let mut replaced = 0;
    for seed in 0..150 {
        let random = &mut Random::new(seed);
        let start = random.edited(&sample(), 8);
        let count = 1 + random.below(15);
        let (one, two) = (random.edited(&start, count), random.edited(&start, count));
        for (before, after) in [(&start, &one), (&one, &two), (&two, &start), (&start, &start)] {
            let ops = lead_there(before, after);
            replaced += ops.iter().filter(|op| matches!(op, EditOp::Replace { .. })).count();
            let nothing = text(before) == text(after);
            assert_eq!(diff::diff(before, after).is_empty(), nothing, "seed {seed}");
            assert_eq!(diff::render(before, after).is_empty(), nothing, "seed {seed}");
        }
    }
    assert_eq!(replaced, 0, "every name stands once, so no edit has to replace the whole");
}

#[test]
fn names_that_stand_twice_are_replaced_as_a_whole() {
    let before = read("program 1 \"p\"\ninput a: int\ninput a: text\n");
    let after = read("program 1 \"p\"\ninput a: text\ninput a: int\ninput a: int\n");
    lead_there(&before, &after);
    lead_there(&after, &before);
    assert!(!diff::render(&before, &after).is_empty());
}
