//! Pointers.

use blocks::Value;
use blocks::edit::EditOp;
use editor::{Command, Gesture, Giver, Inlet, Insertion, LooseEnd, Message, Open, Point, Pointer};

use crate::session::Session;

pub(crate) const SUM: &str = r#"program 1 "Sum"
input a: int = 1
input b: int = 2
output sum: int <- add.value

add: formula
  expression = "a + b"
  a <- input.a
  b <- input.b

twice: formula
  expression = "n * 2"
  n <- add.value

each: for_each
  items <- [1, 2]
  carry total: int <- 0
  body:
    next: formula
      expression = "total + item"
      item <- each.item
      total <- each.total
    yield total <- next.value
"#;

#[test]
fn a_click_selects_and_a_click_on_nothing_selects_nothing() {
    let mut session = Session::new(SUM);
    let changes = session.click(session.handle("add"));
    assert!(changes.redraw.selection && changes.announce.unwrap().starts_with("Formula, a + b, 1 of 3"));
    session.shift_click(session.handle("next"));
    assert_eq!(session.selected(), ["add", "next"]);
    session.click(Point::new(-5_000.0, -5_000.0));
    assert!(session.editor.selection().is_empty());
}

#[test]
fn a_drag_moves_a_block_and_leaves_the_others_and_the_order() {
    let mut session = Session::new(SUM);
    let (before, other) = (session.rect("twice"), session.rect("each"));
    let from = session.handle("twice");
    let held = session.drag_and_hold(from, from + Point::new(123.0, 304.0));
    assert!(held.redraw.moving && held.ops.is_empty());
    assert_eq!(session.editor.moving().unwrap().by, Point::new(120.0, 300.0));
    let changes = session.release(from + Point::new(123.0, 304.0));
    assert_eq!(changes.ops.len(), 1);
    assert_eq!(session.rect("twice").corner(), before.corner() + Point::new(120.0, 300.0));
    assert_eq!(session.rect("each"), other);
    session.assert_drawn_well();
}

#[test]
fn escape_ends_a_drag_without_a_change() {
    let mut session = Session::new(SUM);
    let before = session.source();
    let from = session.handle("twice");
    session.drag_and_hold(from, from + Point::new(100.0, 300.0));
    session.key("Escape");
    session.release(from + Point::new(100.0, 300.0));
    assert_eq!(session.source(), before);
}

#[test]
fn a_block_goes_into_a_body_and_out_again() {
    let mut session = Session::new(SUM);
    let before = session.source();
    let changes = session.drag(session.handle("twice"), session.inside("each", "body"));
    assert_eq!(changes.refused, None);
    assert!(session.source().contains("    twice: formula"), "{}", session.source());
    session.assert_drawn_well();
    session.run(Command::Undo);
    assert_eq!(session.source(), before);
}

#[test]
fn a_block_that_others_read_stays_outside_and_says_why() {
    let mut session = Session::new(SUM);
    let changes = session.drag(session.handle("add"), session.inside("each", "body"));
    let why = changes.refused.unwrap();
    assert!(why.contains("add.value → output sum") && why.contains("add.value → twice.n"), "{why}");
    let why = session.drag(session.handle("next"), Point::new(0.0, 900.0)).refused.unwrap();
    assert!(why.contains("each.item → next.item"), "{why}");
}

#[test]
fn a_wire_is_drawn_from_a_result_to_an_input() {
    let mut session = Session::new(SUM);
    let changes = session.wire(&Giver::input("b"), &Inlet::port("twice", "n"));
    assert_eq!(changes.announce.as_deref(), Some("connected input.b to twice.n"));
    assert!(session.source().contains("  n <- input.b"));
}

#[test]
fn a_wire_backwards_moves_the_block_and_a_cycle_is_refused() {
    let mut session = Session::new(SUM);
    // add reads input a only, so that it can stand behind each.
    let changes = session.wire(&Giver::result("each", "total"), &Inlet::port("add", "a"));
    assert_eq!(changes.refused, None);
    let source = session.source();
    assert!(source.find("each: for_each") < source.find("add: formula"), "{source}");
    assert!(session.check().errors().next().is_none());
    let why = session.wire(&Giver::result("twice", "value"), &Inlet::port("add", "b")).refused.unwrap();
    assert!(why.contains("cycle"), "{why}");
}

#[test]
fn a_wire_that_does_not_fit_is_refused_with_the_types() {
    let mut session = Session::new("program 1 \"p\"\ninput words: list<text>\n\nn: abs\n\nlength: len\n");
    let why = session.wire(&Giver::input("words"), &Inlet::port("n", "x")).refused.unwrap();
    assert!(why.contains("list<text>"), "{why}");
    session.wire(&Giver::input("words"), &Inlet::port("length", "value"));
    assert!(session.source().contains("  value <- input.words"));
}

#[test]
fn a_wire_dropped_on_nothing_asks_for_a_block_and_connects_it() {
    let mut session = Session::new("program 1 \"p\"\ninput words: list<text>\n");
    let from = session.giver(&Giver::input("words"));
    let at = Point::new(120.0, 20.0);
    let changes = session.drag(from, at);
    let Some(Open::Palette { choices, wire, at, .. }) = changes.open else { panic!("{changes:?}") };
    let kinds: Vec<&str> = choices.iter().map(|choice| choice.kind).collect();
    assert!(kinds.contains(&"join") && kinds.contains(&"for_each") && !kinds.contains(&"abs"), "{kinds:?}");
    assert_eq!(wire, Some(LooseEnd::Giver(Giver::input("words"))));
    session.run(Command::Insert(Some(Insertion { wire, ..Insertion::at("join", at) })));
    assert!(session.source().contains("join: join\n  items <- input.words"), "{}", session.source());
}

#[test]
fn the_end_of_a_wire_is_moved_and_a_wire_dropped_on_nothing_is_taken_away() {
    let mut session = Session::new(SUM);
    let (n, a) = (session.sink(&Inlet::port("twice", "n")), session.sink(&Inlet::port("add", "a")));
    session.drag(n, Point::new(n.x, -4_000.0));
    assert!(!session.source().contains("n <- add.value"));
    session.drag(a, session.sink(&Inlet::port("twice", "n")));
    assert!(session.source().contains("  n <- input.a") && !session.source().contains("  a <- input.a"));
}

#[test]
fn a_block_dropped_on_a_wire_goes_between() {
    let mut session = Session::new(SUM);
    session.run(Command::Insert(Some(Insertion { on_wire: Some(Inlet::port("twice", "n")), ..Insertion::of("abs") })));
    let source = session.source();
    assert!(source.contains("abs: abs\n  x <- add.value") && source.contains("  n <- abs.value"), "{source}");
    assert!(session.check().errors().next().is_none());
}

#[test]
fn a_frame_selects_what_is_wholly_in_it() {
    let mut session = Session::new(SUM);
    let area = session.rect("add").union(&session.rect("each")).grown(5.0);
    session.drag(area.corner(), Point::new(area.right(), area.bottom()));
    assert!(session.selected().contains(&"add") && session.selected().contains(&"each"));
    assert!(!session.selected().contains(&"next"), "what is inside is selected with its container");
}

#[test]
fn fingers_pan_and_pinch() {
    let mut session = Session::new(SUM);
    let finger = |id, x, y| Pointer::finger(id, x, y);
    let held = session.editor.view().to_canvas(Point::new(400.0, 850.0));
    session.send(Message::PointerDown(finger(1, 300.0, 850.0)));
    session.send(Message::PointerDown(finger(2, 500.0, 850.0)));
    session.send(Message::PointerMove(finger(1, 200.0, 850.0)));
    session.send(Message::PointerMove(finger(2, 600.0, 850.0)));
    assert!((session.editor.view().zoom - 2.0).abs() < 1e-9);
    assert!(session.editor.view().to_canvas(Point::new(400.0, 850.0)).distance(held) < 1e-6);
    session.send(Message::PointerUp(finger(2, 600.0, 850.0)));
    let pan = session.editor.view().pan;
    session.send(Message::PointerMove(finger(1, 250.0, 880.0)));
    assert_eq!(session.editor.view().pan, pan + Point::new(50.0, 30.0));
    session.send(Message::PointerUp(finger(1, 250.0, 880.0)));
    assert_eq!(*session.editor.gesture(), Gesture::Idle);
}

#[test]
fn what_somebody_else_removes_ends_a_drag_and_leaves_the_rest() {
    let mut session = Session::new(SUM);
    session.click(session.handle("add"));
    let from = session.handle("twice");
    session.drag_and_hold(from, from + Point::new(50.0, 50.0));
    session.send(Message::Remote(vec![EditOp::set_title("add", "Sum")]));
    assert!(session.editor.moving().is_some());
    session.send(Message::Remote(vec![EditOp::remove_block("twice")]));
    assert!(session.editor.moving().is_none() && session.selected().is_empty());
    session.release(from);
}

#[test]
fn undo_after_the_edit_of_another_does_what_still_fits() {
    let mut session = Session::new(SUM);
    session.set(EditOp::set_title("add", "First"));
    session.set(EditOp::set_title("twice", "Double"));
    session.send(Message::Remote(vec![EditOp::remove_block("twice")]));
    let why = session.refused(Command::Undo);
    assert!(why.contains("cannot be undone"), "{why}");
    session.run(Command::Undo);
    assert!(!session.source().contains("First"));
}

#[test]
fn typing_is_one_step() {
    let mut session = Session::new(SUM);
    let before = session.source();
    for text in ["a", "a -", "a - b"] {
        let op = EditOp::set_setting("add", "expression", Some(Value::text(text)));
        session.send(Message::Edit { title: "formula of add".to_owned(), ops: vec![op], typing: true });
    }
    assert!(session.source().contains("a - b"));
    session.run(Command::Undo);
    assert_eq!(session.source(), before);
}

#[test]
fn a_value_leaves_a_branch_by_its_right_edge() {
    let mut session = Session::new(
        "program 1 \"p\"\ninput n: int\n\nchoice: if\n  condition <- true\n  then:\n    more: abs\n      x <- input.n\n  else:\n",
    );
    let scene = session.editor.scene();
    let lane = scene.lane(scene.lane_key(&blocks::edit::BodyAddress::of("choice", "then")).unwrap());
    let edge = Point::new(lane.rect.right() - 4.0, lane.rect.y + 40.0);
    session.drag(session.giver(&Giver::result("more", "value")), edge);
    assert!(session.source().contains("    yield more <- more.value"), "{}", session.source());
    let right = session.editor.scene().lane(session.editor.scene().roots()[0]).rect;
    session.drag(session.giver(&Giver::result("choice", "more")), Point::new(right.right() - 4.0, right.y + 40.0));
    assert!(session.source().contains("output more: int <- choice.more"), "{}", session.source());
}
