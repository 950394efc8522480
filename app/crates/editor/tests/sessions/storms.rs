//! Storms: any messages in any order.

use blocks::document::Place;
use blocks::edit::{Address, BodyAddress, EditOp};
use blocks::{Block, BlockId, Program, Type, Value, catalog, templates, text};
use editor::commands::{Command, Insertion, table};
use editor::scene::{From, To};
use editor::{Button, KeyPress, LooseEnd, Message, Modifiers, Point, Pointer, PointerKind, Visible};
use proptest::prelude::*;

use crate::session::Session;

/// A message by numbers, so that a storm is made smaller by making the numbers smaller.
type Numbers = (u8, u16, u16, u16);

fn storm(most: usize) -> impl Strategy<Value = Vec<Numbers>> {
    proptest::collection::vec((0_u8..32, any::<u16>(), any::<u16>(), any::<u16>()), 1..most)
}

/// A point that often lies on something.
fn point(session: &Session, a: u16, b: u16) -> Point {
    let scene = session.editor.scene();
    let wires = scene.wires();
    if b.is_multiple_of(97) {
        let odd = [f64::NAN, f64::INFINITY, f64::NEG_INFINITY, f64::MAX, -1.0e300];
        return Point::new(odd[usize::from(a) % odd.len()], odd[usize::from(b) % odd.len()]);
    }
    let some = |count: usize| usize::from(a) % count.max(1);
    let at = match b % 5 {
        0 if !wires.is_empty() => scene.from_point(wires[some(wires.len())].from),
        1 if !wires.is_empty() => scene.to_point(wires[some(wires.len())].to),
        2 | 3 if !scene.order().is_empty() => {
            let rect = scene.node(scene.order()[some(scene.order().len())]).rect;
            Point::new(rect.x + f64::from(b % 200), rect.y + f64::from(b % 90))
        }
        _ => Point::new(f64::from(a % 3_000) - 500.0, f64::from(b % 2_000) - 500.0),
    };
    session.editor.view().to_screen(at)
}

fn pointer(session: &Session, a: u16, b: u16, c: u16) -> Pointer {
    let kinds = [PointerKind::Mouse, PointerKind::Mouse, PointerKind::Pen, PointerKind::Touch];
    let buttons = [Button::Main, Button::Main, Button::Main, Button::Middle, Button::Second];
    Pointer {
        id: i32::from(c % 3),
        at: point(session, a, b),
        button: buttons[usize::from(c) % buttons.len()],
        modifiers: modifiers(c),
        kind: kinds[usize::from(c / 7) % kinds.len()],
    }
}

fn modifiers(c: u16) -> Modifiers {
    Modifiers { shift: c % 11 == 1, ctrl: c % 13 == 1, meta: false, alt: c % 17 == 1 }
}

fn block(session: &Session, a: u16) -> BlockId {
    let scene = session.editor.scene();
    match scene.order().get(usize::from(a) % (scene.order().len() + 1)) {
        Some(key) => scene.node(*key).id.clone(),
        None => BlockId::from("nowhere"),
    }
}

/// Edits as others make them.
fn edits(session: &Session, a: u16, b: u16, c: u16) -> Vec<EditOp> {
    let id = block(session, a);
    vec![match b % 7 {
        6 => {
            let far = [i32::MIN, i32::MAX, -1, 0, 700][usize::from(c) % 5];
            EditOp::set_place(id.as_str(), Some(Place { x: far, y: -(far / 2), folded: c.is_multiple_of(3) }))
        }
        0 => EditOp::set_title(id.as_str(), format!("Title {c}")),
        1 => EditOp::remove_block(id.as_str()),
        2 => EditOp::move_block(id.as_str(), BodyAddress::main(), None),
        3 => EditOp::add_block(Block::new(format!("other_{c}"), "now"), BodyAddress::main(), None),
        4 => EditOp::Rename { at: Address::block(id.as_str()), to: format!("renamed_{c}") },
        _ => EditOp::set_setting(id.as_str(), "expression", Some(Value::text("x + 1"))),
    }]
}

fn command(session: &Session, a: u16, b: u16, c: u16) -> Command {
    let scene = session.editor.scene();
    let kinds = catalog::all();
    let kind = kinds[usize::from(a) % kinds.len()].name;
    let wires = scene.wires();
    let wire = wires.get(usize::from(b) % wires.len().max(1));
    let name = format!("name {}", c % 9);
    let at = session.editor.view().to_canvas(point(session, b, c));
    match c % 24 {
        0 => Command::Insert(Some(Insertion::of(kind))),
        1 => Command::Insert(Some(Insertion::at(kind, at))),
        2 => match wire {
            Some(wire) => {
                let end = if a.is_multiple_of(2) {
                    LooseEnd::Giver(scene.giver(wire.from))
                } else {
                    LooseEnd::Inlet(scene.sink(wire.to))
                };
                Command::Insert(Some(Insertion { wire: Some(end), ..Insertion::at(kind, at) }))
            }
            None => Command::SelectAll,
        },
        3 => match wire {
            Some(wire) => {
                Command::Insert(Some(Insertion { on_wire: Some(scene.sink(wire.to)), ..Insertion::of(kind) }))
            }
            None => Command::SelectAll,
        },
        4 => Command::MakeFunction(Some(name)),
        5 => Command::Comment(Some(name)),
        6 => Command::Group(Some(name)),
        7 => Command::AddInput(Some((name, Type::Int))),
        8 => Command::AddOutput(Some((name, Type::list(Type::Text)))),
        9 => Command::AddTest(Some(name)),
        10 => Command::AddCarry(Some((name, Type::Number))),
        11 => Command::AddBody(Some(name)),
        12 => Command::AddCase(Some(Value::Int(i64::from(a)))),
        13 => Command::Title(Some(name)),
        14 => Command::Rename(Address::block(block(session, a).as_str()), format!("r{b}")),
        15 => Command::Find(Some("a".to_owned())),
        16 => Command::GoTo(block(session, a)),
        17 => Command::Paste(Some(text::write(templates::all()[usize::from(a) % 20].program()))),
        18 => Command::Paste(Some("what is this?\n  not: a program\n".to_owned())),
        19 => match (wire, wires.get(usize::from(a) % wires.len().max(1))) {
            (Some(one), Some(other)) => Command::Connect(scene.giver(one.from), scene.sink(other.to)),
            _ => Command::SelectNext,
        },
        20 => match wire {
            Some(wire) => Command::Disconnect(scene.sink(wire.to)),
            None => Command::SelectNext,
        },
        21 => match wire {
            Some(wire) => Command::SetLiteral(scene.sink(wire.to), Value::Int(1)),
            None => Command::SelectNext,
        },
        22 => Command::AddFunction(Some(name)),
        _ => Command::SelectAll,
    }
}

fn message(session: &Session, (kind, a, b, c): Numbers) -> Message {
    match kind {
        0..=5 => Message::PointerMove(pointer(session, a, b, c)),
        6..=9 => Message::PointerDown(pointer(session, a, b, c)),
        10..=12 => Message::PointerUp(pointer(session, a, b, c)),
        13 if a.is_multiple_of(2) => Message::DoubleClick(pointer(session, a, b, c)),
        13 => Message::PointerCancel,
        14 => Message::Wheel {
            at: point(session, a, b),
            by: Point::new(3.0, f64::from(c % 400) - 200.0),
            modifiers: modifiers(c),
        },
        15 | 16 => Message::Remote(edits(session, a, b, c)),
        17 => Message::Edit { title: "edit".to_owned(), ops: edits(session, a, b, c), typing: c.is_multiple_of(2) },
        18 => Message::Key(KeyPress {
            key: ["Escape", "Enter", "ArrowDown", "Tab", "z", "c"][usize::from(a) % 6].to_owned(),
            modifiers: modifiers(c),
        }),
        19..=24 => Message::Command((table()[usize::from(a) % table().len()].make)()),
        25 => Message::Resize(Point::new(f64::from(a % 2_000), f64::from(b % 2_000))),
        _ => Message::Command(command(session, a, b, c)),
    }
}

fn undo_all(session: &mut Session) {
    while !session.editor.history().done().is_empty() {
        session.send(Message::Command(Command::Undo));
    }
}

/// A template, or a program that is wrong in every way that can be written.
fn start_with(start: usize) -> Program {
    match start {
        20 => Program::new("Empty"),
        21 => odd(),
        22 => {
            // No text says an id twice, but a program may.
            let mut twice = odd();
            twice.body.blocks.extend(odd().body.blocks);
            twice.functions.extend(odd().functions);
            twice.inputs.extend(odd().inputs);
            twice
        }
        23 => nested(60),
        24 => text::read(include_str!("../../../blocks/examples/maze.blocks")).expect("an example"),
        _ => templates::all()[start].program().clone(),
    }
}

fn odd() -> Program {
    let source = r#"program 1 "Odd"
input n: int = 3
output a: text <- nowhere.value
output b: int <- later.value
a line of a newer version

early: formula
  expression = "x + ("
  x <- later.value
  y <- early.value

later: unheard_of "From tomorrow"
  setting = [1, {"a": none}]
  in <- input.m
  inside:
    deep: teleport
      where <- later.in
    yield here <- deep.there

choice: match
  cases = [1, 1, "two"]
  value <- input.n
  case_7:
    yield x <- 1

loop: for_each
  items <- 3
  carry item: int <- loop.item
  carry sum: number <- choice.x
  body:
    yield other <- loop.index

get: get_variable
  variable = "loop"

side: parallel

remark: note
  around = ["early", "remark", 3, "gone"]

again: call
  function = "f"
  z <- again.z

function f
  input n: int
  output n: int <- again.n
  yield n <- input.n

layout
  early at -2000000000 2000000000
  later at 2000000000 -2000000000 folded
  gone at 1 1
"#;
    text::read(source).unwrap_or_else(|problems| panic!("{problems:#?}"))
}

fn nested(levels: usize) -> Program {
    let mut source = "program 1 \"Nested\"\n\n".to_owned();
    for level in 0..levels {
        let pad = "    ".repeat(level);
        source += &format!("{pad}b{level}: if\n{pad}  condition <- true\n{pad}  then:\n");
    }
    text::read(&source).unwrap_or_else(|problems| panic!("{problems:#?}"))
}

/// More of them where somebody asks for more.
fn cases() -> u32 {
    std::env::var("PROPTEST_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(48)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: cases(), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_message_panics_and_a_copy_follows(start in 0_usize..25, storm in storm(60)) {
        let mut session = Session::of(start_with(start));
        let mut visible = Visible::default();
        for numbers in storm {
            let message = message(&session, numbers);
            session.send(message);
            session.editor.visible(&mut visible);
            prop_assert!(visible.elements <= 3_000);
            if numbers.1.is_multiple_of(16) {
                session.check();
            }
        }
        session.assert_drawn_well();
        let source = session.source();
        // What says an id twice is no text to begin with.
        if let (Err(problems), true) = (text::read(&source), start != 22) {
            let line = problems[0].line.and_then(|line| source.lines().nth(line - 1));
            prop_assert!(false, "{}: {line:?}", problems[0].message);
        }
    }

    #[test]
    fn undoing_everything_gives_the_same_bytes(start in 0_usize..25, storm in storm(40)) {
        let mut session = Session::of(start_with(start));
        let before = session.source();
        for numbers in storm {
            let message = message(&session, numbers);
            if !matches!(message, Message::Remote(_)) {
                session.send(message);
            }
        }
        session.send(Message::PointerCancel);
        let (after, steps) = (session.source(), session.editor.history().done().len());
        undo_all(&mut session);
        prop_assert!(session.source() == before);
        for _ in 0..steps {
            session.send(Message::Command(Command::Redo));
        }
        prop_assert!(session.source() == after);
    }

    #[test]
    fn a_scene_in_step_is_the_scene_of_the_program(start in 0_usize..25, storm in storm(40)) {
        let mut session = Session::of(start_with(start));
        for numbers in storm {
            let message = message(&session, numbers);
            session.send(message);
        }
        let (scene, fresh) = (session.editor.scene(), editor::Scene::new(session.editor.program()));
        prop_assert_eq!(scene.order().len(), fresh.order().len());
        for (key, other) in scene.order().iter().zip(fresh.order()) {
            let (node, other) = (scene.node(*key), fresh.node(*other));
            prop_assert_eq!(&node.id, &other.id);
            prop_assert_eq!(&node.card, &other.card);
            prop_assert_eq!(node.rect, other.rect, "{}", node.id);
        }
        let ends = |scene: &editor::Scene| -> Vec<(String, String)> {
            let ends = |wire: &editor::scene::Wire| (from(scene, wire.from), to(scene, wire.to));
            scene.wires().iter().map(ends).collect()
        };
        prop_assert_eq!(ends(scene), ends(&fresh));
    }
}

fn from(scene: &editor::Scene, from: From) -> String {
    scene.giver(from).to_string()
}

fn to(scene: &editor::Scene, to: To) -> String {
    scene.sink(to).to_string()
}
