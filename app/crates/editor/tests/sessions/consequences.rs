//! What follows from gestures and edits: loose ends, variables, what somebody else does meanwhile.

use blocks::Value;
use blocks::edit::EditOp;
use editor::{Command, Gesture, Giver, Inlet, Insertion, LooseEnd, Message, Open, Point, Pointer};

use crate::gestures::SUM;
use crate::session::Session;

#[test]
fn wires_follow_what_is_dragged_and_loose_ends_are_known() {
    let mut session = Session::new(SUM);
    let from = session.handle("twice");
    session.drag_and_hold(from, from + Point::new(0.0, 400.0));
    let wire = session.editor.moving().unwrap().wires[0];
    let (still, moved) = (session.editor.scene().wires()[wire].curve, session.editor.curve(wire).unwrap());
    assert_eq!((moved.from, moved.to), (still.from, still.to + Point::new(0.0, 400.0)));
    session.key("Escape");
    session.send(Message::Remote(vec![EditOp::remove_block("add")]));
    let scene = session.editor.scene();
    let loose: Vec<String> = scene.dangling().iter().map(|to| scene.sink(*to).to_string()).collect();
    assert_eq!(loose, ["output sum", "twice.n"]);
}

#[test]
fn what_is_deleted_takes_its_wires_along_and_the_next_is_selected() {
    let mut session = Session::new(SUM);
    session.click(session.handle("add"));
    let changes = session.key("Delete");
    assert_eq!(changes.announce.as_deref(), Some("deleted Formula"));
    let source = session.source();
    assert!(!source.contains("n <- add.value") && source.contains("output sum: int <- add.value"), "{source}");
    assert_eq!(session.selected(), ["twice"]);
    let wire = session.editor.scene().wires().iter().position(|wire| wire.drawn).unwrap();
    let middle = session.editor.scene().wires()[wire].curve.at(0.5);
    session.click(middle);
    assert_eq!(session.editor.selection().wires.len(), 1);
    session.key("Delete");
    assert!(session.editor.selection().wires.is_empty());
}

#[test]
fn a_check_of_an_older_program_is_told_by_its_version() {
    let mut session = Session::new(SUM);
    let version = session.editor.version();
    session.set(EditOp::set_title("add", "Sum"));
    assert_ne!(session.editor.version(), version);
    let version = session.editor.version();
    session.click(session.handle("add"));
    assert_eq!(session.editor.version(), version);
}

#[test]
fn a_second_click_opens_what_lies_there() {
    let mut session = Session::new(
        "program 1 \"p\"\n\nhalf: call\n  function = \"halve\"\n  x <- 3\n\nsum: formula\n  expression = \"1 + 2\"\n\nfunction halve\n  input x: int\n  output y: int <- input.x\n",
    );
    let twice = |session: &mut Session, at: Point| {
        let at = session.editor.view().to_screen(at);
        session.send(Message::DoubleClick(Pointer::mouse(at.x, at.y)))
    };
    let title = session.handle("sum");
    assert_eq!(twice(&mut session, title).open, Some(Open::Title("sum".into())));
    let detail = title + Point::new(0.0, 26.0);
    assert_eq!(twice(&mut session, detail).open, Some(Open::Setting("sum".into(), "expression".to_owned())));
    let nothing = Point::new(-3_000.0, 0.0);
    assert!(matches!(twice(&mut session, nothing).open, Some(Open::Palette { .. })));
    let call = session.handle("half");
    twice(&mut session, call);
    assert_eq!(session.editor.selection().body.as_ref().map(ToString::to_string).as_deref(), Some("function halve"));
}

#[test]
fn zoomed_out_a_block_is_taken_hold_of_where_its_ports_are() {
    let mut session = Session::new(SUM);
    let at = session.sink(&Inlet::port("twice", "n")) + Point::new(1.0, 0.0);
    let zoom = |session: &mut Session| session.run(Command::ZoomOut);
    while session.editor.view().zoom > 0.4 {
        zoom(&mut session);
    }
    session.drag_and_hold(at, at + Point::new(100.0, 100.0));
    assert!(session.editor.moving().is_some());
}

/// What was dragged was looked up where it had stood before an edit in the middle of the drag.
#[test]
fn an_edit_in_the_middle_of_a_gesture_leaves_nothing_stale() {
    let mut session = Session::new(SUM);
    let (from, into) = (session.handle("twice"), session.inside("each", "body"));
    session.drag_and_hold(from, into);
    session.send(Message::Remote(vec![EditOp::remove_block("each")]));
    session.drag_and_hold(from, from + Point::new(0.0, 200.0));
    session.release(from + Point::new(0.0, 200.0));
    session.assert_drawn_well();
    let from = session.giver(&Giver::result("add", "value"));
    session.drag_and_hold(from, session.sink(&Inlet::port("twice", "n")));
    session.run(Command::Undo);
    session.send(Message::Remote(vec![EditOp::remove_block("twice")]));
    session.release(from);
    session.drag_and_hold(session.handle("add"), Point::new(0.0, 300.0));
    session.run(Command::Delete);
    session.release(Point::new(0.0, 300.0));
    assert_eq!(*session.editor.gesture(), Gesture::Idle);
}

#[test]
fn a_loose_block_that_is_dragged_onto_a_wire_goes_between() {
    let mut session = Session::new(&SUM.replace("twice: formula", "absolute: abs\n\ntwice: formula"));
    session.select(&["twice"]);
    for _ in 0..6 {
        session.run(Command::Nudge(1, 0, true));
    }
    let scene = session.editor.scene();
    let wire = scene.wires().iter().find(|wire| scene.sink(wire.to) == Inlet::port("twice", "n")).unwrap();
    let (to, block) = (wire.curve.at(0.5), session.rect("absolute"));
    let changes = session.drag(session.handle("absolute"), session.handle("absolute") + (to - block.center()));
    let source = session.source();
    assert!(source.contains("  x <- add.value") && source.contains("  n <- absolute.value"), "{changes:?} {source}");
    assert_eq!(session.check().errors().next(), None);
    session.run(Command::Undo);
    assert!(!session.source().contains("absolute.value"));
}

#[test]
fn tab_is_left_to_the_browser() {
    let tab = editor::KeyPress::plain("Tab");
    assert!(editor::commands::Entry::for_key(&tab).is_none());
    assert!(editor::commands::Entry::for_key(&editor::KeyPress::ctrl("z")).is_some_and(|entry| entry.name == "undo"));
}

#[test]
fn a_block_stays_where_it_sees_its_variable() {
    let mut session = Session::new(
        r#"program 1 "p"

first: repeat
  times <- 2
  body:
    count: variable
      initial <- 0
    more: change_variable
      expression = "now + 1"
      variable = "count"

second: repeat
  times <- 2
  body:
"#,
    );
    let why = session.drag(session.handle("more"), session.inside("second", "body")).refused.unwrap();
    assert!(why.contains("would not see the variable count"), "{why}");
    let why = session.drag(session.handle("count"), session.inside("second", "body")).refused.unwrap();
    assert!(why.contains("would not see the variable count"), "{why}");
    session.select(&["count"]);
    session.run(Command::MoveOut);
    assert!(session.source().contains("\ncount: variable"), "{}", session.source());
    assert_eq!(session.check().errors().next(), None, "it stands before who changes it");
}

/// A new block got the id of one that was deleted, and what had read that read the new one.
#[test]
fn a_new_block_is_not_read_by_wires_that_were_left_of_another() {
    let mut session = Session::new("program 1 \"p\"\noutput when: text <- now.value\n\nnow: now\n");
    session.select(&["now"]);
    session.run(Command::Delete);
    session.run(Command::Insert(Some(Insertion::of("now"))));
    assert!(session.source().contains("\nnow_2: now\n"), "{}", session.source());
    assert_eq!(session.editor.scene().dangling().len(), 1);
}

#[test]
fn a_call_is_inserted_with_its_function() {
    let mut session =
        Session::new("program 1 \"p\"\ninput n: int\n\nfunction same\n  input x: int\n  output y: int <- input.x\n");
    session.run(Command::Insert(Some(Insertion {
        settings: vec![("function".to_owned(), Value::text("same"))],
        wire: Some(LooseEnd::Giver(Giver::input("n"))),
        ..Insertion::of("call")
    })));
    assert!(session.source().contains("call: call\n  function = \"same\"\n  x <- input.n\n"), "{}", session.source());
}
