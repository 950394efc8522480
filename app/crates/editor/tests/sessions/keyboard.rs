//! The same program by pointer and by keyboard.

use blocks::edit::EditOp;
use blocks::{Type, Value};
use editor::{Command, Giver, Inlet, Insertion, Message, Open, Point};

use crate::session::Session;

const EMPTY: &str = "program 1 \"FizzBuzz\"\n";

/// What both make of it. Who reads what, and in which order, is the same; places are drawn by the pointer alone.
const FIZZ_BUZZ: &str = r#"program 1 "FizzBuzz"
input n: int
output lines: list<text> <- map.items

range: range
  end <- input.n
  start <- 1

map: map
  items <- range.value
  body:
    formula: formula
      expression = "x % 15 == 0"
      x <- map.item
    if: if
      condition <- formula.value
      then:
        constant: constant
          value = "FizzBuzz"
        yield constant <- constant.value
      else:
        formula_2: formula
          expression = "\"Fizz\" if x % 3 == 0 else \"Buzz\" if x % 5 == 0 else text(x)"
          x <- map.item
        yield constant <- formula_2.value
    yield value <- if.constant
"#;

fn setting(session: &mut Session, id: &str, name: &str, value: &str) {
    session.set(EditOp::set_setting(id, name, Some(Value::text(value))));
    session.check();
}

/// The inspector's part, which is the same for both.
fn inputs(session: &mut Session) {
    session.run(Command::AddInput(Some(("n".to_owned(), Type::Int))));
    session.run(Command::AddOutput(Some(("lines".to_owned(), Type::list(Type::Text)))));
    session.check();
}

const LAST: &str = "\"Fizz\" if x % 3 == 0 else \"Buzz\" if x % 5 == 0 else text(x)";

fn by_pointer() -> Session {
    let mut session = Session::new(EMPTY);
    inputs(&mut session);
    let put = |session: &mut Session, kind: &str, at: Point| {
        session.run(Command::Insert(Some(Insertion::at(kind, at))));
        session.check();
        session.assert_drawn_well();
    };
    put(&mut session, "range", Point::new(40.0, 10.0));
    session.wire(&Giver::input("n"), &Inlet::port("range", "end"));
    session.run(Command::SetLiteral(Inlet::port("range", "start"), Value::Int(1)));
    put(&mut session, "map", Point::new(300.0, 10.0));
    session.wire(&Giver::result("range", "value"), &Inlet::port("map", "items"));
    session.check();
    let inside = session.inside("map", "body");
    put(&mut session, "formula", inside);
    setting(&mut session, "formula", "expression", "x % 15 == 0");
    session.wire(&Giver::inside("map", "body", "item"), &Inlet::port("formula", "x"));
    session.check();
    // The wire dropped on nothing asks for a block.
    let from = session.giver(&Giver::result("formula", "value"));
    let changes = session.drag(from, from + Point::new(30.0, 10.0));
    let Some(Open::Palette { at, wire, choices, .. }) = changes.open else { panic!("{changes:?}") };
    assert!(choices.iter().any(|choice| choice.kind == "if"));
    session.run(Command::Insert(Some(Insertion { wire, ..Insertion::at("if", at) })));
    session.check();
    let then = session.inside("if", "then");
    put(&mut session, "constant", then);
    setting(&mut session, "constant", "value", "FizzBuzz");
    let edge = |session: &Session, body: &str| {
        let scene = session.editor.scene();
        let lane = scene.lane(scene.lane_key(&blocks::edit::BodyAddress::of("if", body)).unwrap());
        Point::new(lane.rect.right() - 4.0, lane.rect.y + 34.0)
    };
    let right = edge(&session, "then");
    session.drag(session.giver(&Giver::result("constant", "value")), right);
    let other = session.inside("if", "else");
    put(&mut session, "formula", other);
    setting(&mut session, "formula_2", "expression", LAST);
    session.wire(&Giver::inside("map", "body", "item"), &Inlet::port("formula_2", "x"));
    session.check();
    let body = blocks::edit::BodyAddress::of("if", "else");
    session.wire(&Giver::result("formula_2", "value"), &Inlet::Yield { body, name: "constant".to_owned() });
    session.check();
    let body = blocks::edit::BodyAddress::of("map", "body");
    session.wire(&Giver::result("if", "constant"), &Inlet::Yield { body, name: "value".to_owned() });
    session.check();
    session.wire(&Giver::result("map", "items"), &Inlet::output("lines"));
    session
}

/// Picks a result of the selection and the port of that name, by keys alone.
fn connect(session: &mut Session, giver: &str, sink: &str) {
    session.check();
    session.key("c");
    for _ in 0..10 {
        if session.editor.gesture().giver().is_some_and(|picked| picked.to_string() == giver) {
            break;
        }
        session.key("c");
    }
    assert_eq!(session.editor.gesture().giver().map(ToString::to_string).as_deref(), Some(giver));
    for _ in 0..40 {
        let said = session.key("ArrowDown").announce.unwrap();
        if said.contains(sink) {
            let changes = session.key("Enter");
            assert_eq!(changes.refused, None);
            assert!(!changes.ops.is_empty());
            return;
        }
    }
    panic!("{giver} does not reach {sink}");
}

fn by_keyboard() -> Session {
    let mut session = Session::new(EMPTY);
    inputs(&mut session);
    let insert = |session: &mut Session, kind: &str| {
        session.check();
        assert!(matches!(session.key("a").open, Some(Open::Palette { .. })));
        session.run(Command::Insert(Some(Insertion::of(kind))))
    };
    insert(&mut session, "range");
    session.run(Command::SetLiteral(Inlet::port("range", "start"), Value::Int(1)));
    session.key("Escape");
    connect(&mut session, "input.n", "range.end");
    session.select(&["range"]);
    insert(&mut session, "map");
    session.key("k");
    assert_eq!(session.selected(), ["range"]);
    connect(&mut session, "range.value", "map.items");
    session.key("j");
    let open = insert_inside(&mut session, "formula");
    assert_eq!(open, Some(Open::Setting("formula".into(), "expression".to_owned())));
    setting(&mut session, "formula", "expression", "x % 15 == 0");
    session.select(&["map"]);
    connect(&mut session, "map.item", "formula.x");
    session.select(&["formula"]);
    insert(&mut session, "if");
    session.select(&["formula"]);
    connect(&mut session, "formula.value", "if.condition");
    session.select(&["if"]);
    insert_inside(&mut session, "constant");
    setting(&mut session, "constant", "value", "FizzBuzz");
    session.select(&["constant"]);
    assert_eq!(session.key("y").refused, None);
    // The other body is empty: it is selected itself.
    session.editor.select(editor::Selection::body(blocks::edit::BodyAddress::of("if", "else")));
    insert(&mut session, "formula");
    setting(&mut session, "formula_2", "expression", LAST);
    session.select(&["map"]);
    connect(&mut session, "map.item", "formula_2.x");
    session.select(&["formula_2"]);
    connect(&mut session, "formula_2.value", "constant of if.else");
    session.select(&["if"]);
    connect(&mut session, "if.constant", "value of map.body");
    session.select(&["map"]);
    connect(&mut session, "map.items", "output lines");
    session
}

fn insert_inside(session: &mut Session, kind: &str) -> Option<Open> {
    let changes = session.send(Message::Key(editor::KeyPress::ctrl("ArrowRight")));
    assert!(changes.announce.unwrap().starts_with("body "), "an empty body is selected itself");
    session.run(Command::Insert(Some(Insertion::of(kind)))).open
}

fn without_layout(source: &str) -> &str {
    source.split("\nlayout\n").next().unwrap()
}

#[test]
fn fizz_buzz_is_built_by_pointer_and_by_keyboard() {
    let (mut pointer, mut keyboard) = (by_pointer(), by_keyboard());
    assert_eq!(without_layout(&pointer.source()), FIZZ_BUZZ);
    assert_eq!(keyboard.source(), FIZZ_BUZZ);
    for session in [&mut pointer, &mut keyboard] {
        assert_eq!(session.check().diagnostics, []);
        session.assert_drawn_well();
        while !session.editor.history().done().is_empty() {
            session.run(Command::Undo);
        }
        assert_eq!(session.source(), EMPTY);
    }
}

const CHAIN: &str = r#"program 1 "Chain"
input n: int

first: abs "Absolute"
  x <- input.n

second: formula
  expression = "x + 1"
  x <- first.value

loop: repeat
  times <- second.value
  body:

third: abs
  x <- second.value
"#;

#[test]
fn one_goes_through_a_program_by_keys() {
    let mut session = Session::new(CHAIN);
    let said: Vec<String> = (0..4).map(|_| session.key("j").announce.unwrap()).collect();
    assert_eq!(said, ["Absolute, Abs, 1 of 4", "Formula, x + 1, 2 of 4", "Repeat, 3 of 4", "Abs, 4 of 4"]);
    assert_eq!(session.key("j").announce.unwrap(), "this is the last block");
    session.select(&["second"]);
    assert_eq!(session.key("F12").announce.unwrap(), "Absolute, Abs, 1 of 4");
    let shifted = editor::KeyPress {
        key: "F12".to_owned(),
        modifiers: editor::Modifiers { shift: true, ..editor::Modifiers::default() },
    };
    session.send(Message::Key(shifted));
    assert_eq!(session.selected(), ["second"]);
    assert!(session.run(Command::Find(Some("X + 1".to_owned()))).announce.unwrap().starts_with("1 of 1: "));
    assert!(session.refused(Command::Find(Some("nowhere".to_owned()))).contains("nowhere"));
}

#[test]
fn the_order_changes_as_far_as_wires_let_it() {
    let mut session = Session::new(CHAIN);
    session.select(&["third"]);
    let changes = session.run(Command::MoveUp);
    assert_eq!(changes.announce.as_deref(), Some("moved Abs before Repeat"));
    let why = session.refused(Command::MoveUp);
    assert!(why.contains("reads"), "{why}");
    session.run(Command::MoveDown);
    assert_eq!(session.source(), CHAIN);
    session.run(Command::MoveIn);
    assert!(session.source().contains("    third: abs"));
    session.run(Command::MoveOut);
    assert_eq!(session.source(), CHAIN);
}

#[test]
fn blocks_are_aligned_spaced_nudged_and_laid_out_anew() {
    let mut session = Session::new(CHAIN);
    let before = session.source();
    session.select(&["first", "second", "third"]);
    session.run(Command::Nudge(0, 1, true));
    session.run(Command::Align(editor::commands::Edge::Top));
    let tops: Vec<f64> = ["first", "second", "third"].iter().map(|id| session.rect(id).y).collect();
    assert!(tops.windows(2).all(|pair| pair[0] == pair[1]), "{tops:?}");
    session.assert_drawn_well();
    session.run(Command::Distribute(editor::commands::Axis::Horizontal));
    let rects: Vec<editor::Rect> = ["first", "second", "third"].iter().map(|id| session.rect(id)).collect();
    let gaps: Vec<f64> = rects.windows(2).map(|pair| pair[1].x - pair[0].right()).collect();
    assert!((gaps[0] - gaps[1]).abs() <= 10.0, "{gaps:?}");
    session.editor.select(editor::Selection::default());
    session.run(Command::AutoLayout);
    assert_eq!(session.source(), before);
}

#[test]
fn a_group_is_drawn_around_its_members_and_moves_them() {
    let mut session = Session::new(CHAIN);
    session.select(&["first", "second"]);
    session.run(Command::Group(Some("Both".to_owned())));
    let frame = session.rect("group");
    assert!(frame.encloses(&session.rect("first")) && frame.encloses(&session.rect("second")));
    assert_eq!(session.check().errors().next(), None);
    let (first, third) = (session.rect("first"), session.rect("third"));
    let title = Point::new(frame.x + 20.0, frame.y + 8.0);
    session.drag(title, title + Point::new(0.0, 200.0));
    assert_eq!(session.rect("first"), first.moved(Point::new(0.0, 200.0)));
    assert_eq!(session.rect("third"), third);
    session.run(Command::Ungroup);
    assert!(session.editor.scene().key(&"group".into()).is_none());
}

#[test]
fn commands_say_why_they_cannot_be_done_and_ask_for_what_they_need() {
    let mut session = Session::new(CHAIN);
    for selected in [&[][..], &["first"], &["second", "third"], &["loop"]] {
        for entry in editor::commands::table() {
            session.select(selected);
            let possible = session.editor.possible(&(entry.make)());
            let changes = session.send(Message::Command((entry.make)()));
            assert_eq!(possible.err(), changes.refused, "{} of {selected:?}", entry.name);
            session.key("Escape");
            while !session.editor.history().done().is_empty() {
                session.run(Command::Undo);
            }
        }
    }
    session.select(&["loop"]);
    session.run(Command::AddCarry(Some(("sum".to_owned(), Type::Int))));
    assert_eq!(session.check().errors().next(), None, "{}", session.source());
    assert!(session.source().contains("    yield sum <- loop.sum"));
}
