//! What lights up while a wire is drawn, against the checker.

use blocks::{check, edit, templates};
use editor::scene::{From, To};
use editor::{Command, Fit, Giver, Inlet};

use crate::session::Session;

fn givers(session: &Session) -> Vec<Giver> {
    let scene = session.editor.scene();
    let mut places: Vec<From> = Vec::new();
    for lane in scene.roots() {
        places.extend((0..scene.lane(*lane).given.len()).map(|port| From::Given(*lane, port)));
    }
    for key in scene.order() {
        let node = scene.node(*key);
        places.extend((0..node.card.results.len()).map(|port| From::Result(*key, port)));
        for lane in &node.lanes {
            places.extend((0..scene.lane(*lane).given.len()).map(|port| From::Given(*lane, port)));
        }
    }
    places.into_iter().map(|from| scene.giver(from)).collect()
}

fn sinks(session: &Session) -> Vec<Inlet> {
    let scene = session.editor.scene();
    let mut places: Vec<To> = Vec::new();
    for lane in scene.roots() {
        places.extend((0..scene.lane(*lane).taken.len()).map(|port| To::Taken(*lane, port)));
    }
    for key in scene.order() {
        let node = scene.node(*key);
        places.extend((0..node.card.inputs.len()).map(|port| To::Input(*key, port)));
        for lane in &node.lanes {
            places.extend((0..scene.lane(*lane).taken.len()).map(|port| To::Taken(*lane, port)));
        }
    }
    places.into_iter().map(|to| scene.sink(to)).collect()
}

#[test]
fn what_lights_up_never_gives_an_error_and_what_does_not_always_would() {
    let (mut fits, mut wrong, mut too_strict) = (0, 0, Vec::new());
    for (number, template) in templates::all().iter().enumerate() {
        let mut session = Session::of(template.program().clone());
        let (givers, sinks) = (givers(&session), sinks(&session));
        let pairs = givers.len() * sinks.len();
        // A step that shares no factor with either number, so that all kinds of pairs come up.
        for place in (number % 7..pairs).step_by((pairs / 120) | 1) {
            let (giver, sink) = (&givers[place / sinks.len()], &sinks[place % sinks.len()]);
            let fit = session.editor.fit(giver, sink);
            let changes = session.send(editor::Message::Command(Command::Connect(giver.clone(), sink.clone())));
            if changes.refused.is_none() && !changes.ops.is_empty() {
                fits += 1;
                let checked = check(session.editor.program());
                let error = checked.errors().next();
                assert_eq!(error, None, "{}: {giver} -> {sink} was said to fit", template.slug);
                session.run(Command::Undo);
                session.check();
            } else if let Fit::No(why) = fit {
                let op = connected(giver, sink);
                let mut trial = template.program().clone();
                edit::apply(&mut trial, &op).unwrap();
                wrong += 1;
                if check(&trial).errors().next().is_none() {
                    too_strict.push(format!("{}: {giver} -> {sink}: {why}", template.slug));
                }
            }
        }
    }
    assert!(fits > 100 && wrong > 600, "{fits} fit, {wrong} do not");
    assert!(too_strict.is_empty(), "{} of {wrong}: {too_strict:#?}", too_strict.len());
}

fn connected(giver: &Giver, sink: &Inlet) -> edit::EditOp {
    let from = giver.source();
    let at = match sink {
        Inlet::Port { block, port } => return edit::EditOp::connect(block.as_str(), port.as_str(), Some(from)),
        Inlet::Carry { block, name } => edit::Address::Carry { block: block.clone(), name: name.clone() },
        Inlet::Yield { body, name } => edit::Address::Yield { body: body.clone(), name: name.clone() },
        Inlet::Output { routine, name } => edit::Address::Output { routine: routine.clone(), name: name.clone() },
    };
    edit::EditOp::Set { at, property: edit::Property::From(from) }
}

#[test]
fn what_becomes_another_type_is_said() {
    let session = Session::new(
        "program 1 \"p\"\ninput n: int\ninput t: text\ninput e: list<list<int>>\n\nroot: sqrt\n\nlong: len\n\nall: sum\n",
    );
    let fit = |giver: &str, sink: Inlet| session.editor.fit(&Giver::input(giver), &sink);
    let Fit::Widens { from, to } = fit("n", Inlet::port("root", "x")) else { panic!("an int becomes a number") };
    assert_eq!((from.to_string(), to.to_string()), ("int".to_owned(), "number".to_owned()));
    assert_eq!(fit("t", Inlet::port("long", "value")), Fit::Exact);
    assert!(!fit("n", Inlet::port("long", "value")).fits());
    assert!(!fit("e", Inlet::port("all", "items")).fits());
}

#[test]
fn what_would_break_behind_a_port_does_not_fit() {
    let session = Session::new(
        "program 1 \"p\"\ninput n: int\ninput t: text\noutput m: int <- next.value\n\nsame: formula\n  expression = \"x\"\n  x <- input.n\n\nnext: formula\n  expression = \"y + 1\"\n  y <- same.value\n",
    );
    let Fit::No(why) = session.editor.fit(&Giver::input("t"), &Inlet::port("same", "x")) else { panic!("it fits") };
    assert!(!why.is_empty());
    assert!(session.editor.fit(&Giver::input("n"), &Inlet::port("same", "x")).fits());
}

#[test]
fn types_of_blocks_that_were_edited_since_the_check_are_worked_out() {
    let mut session = Session::new(
        "program 1 \"p\"\ninput n: int\n\nsame: formula\n  expression = \"x\"\n  x <- input.n\n\nlong: len\n",
    );
    assert_eq!(session.editor.type_of(&Giver::result("same", "value")).to_string(), "int");
    session.set(edit::EditOp::set_setting("same", "expression", Some(blocks::Value::text("text(x)"))));
    assert_eq!(session.editor.type_of(&Giver::result("same", "value")).to_string(), "text");
    assert!(session.editor.fit(&Giver::result("same", "value"), &Inlet::port("long", "value")).fits());
}

#[test]
fn while_a_wire_is_drawn_every_port_in_view_says_whether_it_fits() {
    let mut session = Session::new(
        "program 1 \"p\"\ninput n: int\ninput t: text\n\nabsolute: abs\n  x <- input.n\n\nlong: len\n\nnext: abs\n  x <- absolute.value\n",
    );
    let mut visible = editor::Visible::default();
    let from = session.giver(&Giver::result("next", "value"));
    session.drag_and_hold(from, from + editor::Point::new(0.0, 300.0));
    session.editor.visible(&mut visible);
    let lit = session.editor.lit(&visible);
    let fit = |sink: Inlet| {
        let to = session.editor.scene().place_of_sink(&sink).unwrap();
        lit.iter().find(|(hit, _)| *hit == editor::scene::Hit::To(to)).map(|(_, fit)| fit.clone()).unwrap()
    };
    let Fit::No(why) = fit(Inlet::port("absolute", "x")) else { panic!("a cycle fits") };
    assert!(why.contains("cycle"), "{why}");
    assert!(!fit(Inlet::port("long", "value")).fits());
    assert!(session.editor.drawn_wire().is_some());
    session.key("Escape");
    assert!(session.editor.lit(&visible).is_empty());
    // Backwards: what may be read at a port.
    let to = session.sink(&Inlet::port("long", "value"));
    session.drag_and_hold(to, to + editor::Point::new(0.0, 300.0));
    let lit = session.editor.lit(&visible);
    let fitting: Vec<String> = lit
        .iter()
        .filter(|(_, fit)| fit.fits())
        .map(|(hit, _)| match hit {
            editor::scene::Hit::From(from) => session.editor.scene().giver(*from).to_string(),
            other => panic!("{other:?}"),
        })
        .collect();
    assert_eq!(fitting, ["input.t"]);
    let changes = session.release(to + editor::Point::new(0.0, 300.0));
    let Some(editor::Open::Palette { choices, .. }) = changes.open else { panic!("{changes:?}") };
    let kinds: Vec<&str> = choices.iter().map(|choice| choice.kind).collect();
    assert!(kinds.contains(&"upper") && kinds.contains(&"read_file") && !kinds.contains(&"abs"), "{kinds:?}");
}

/// Whether a wire leads in a circle is found out for all ports at once; one by one it must be the same.
#[test]
fn what_lights_up_is_what_can_be_connected() {
    let (mut fit, mut not) = (0, 0);
    for template in templates::all() {
        let mut session = Session::of(template.program().clone());
        let (givers, sinks) = (givers(&session), sinks(&session));
        session.run(Command::ZoomFit);
        let mut visible = editor::Visible::default();
        session.editor.scene().visible(&session.editor.scene().bounds(), 1.0, &mut visible);
        for giver in givers.iter().step_by(9) {
            let place = session.editor.scene().place_of_giver(giver).unwrap();
            let at = session.editor.scene().from_point(place);
            session.run(Command::ZoomActual);
            session.drag_and_hold(at, at + editor::Point::new(0.0, -50_000.0));
            if session.editor.gesture().giver() != Some(giver) {
                session.key("Escape");
                continue;
            }
            let lit = session.editor.lit(&visible);
            assert_eq!(lit.len(), sinks.len());
            session.key("Escape");
            for (hit, said) in lit.iter().step_by(7) {
                let editor::scene::Hit::To(to) = hit else { panic!("{hit:?}") };
                let command = Command::Connect(giver.clone(), session.editor.scene().sink(*to));
                assert_eq!(session.editor.possible(&command).is_ok(), said.fits(), "{}: {command:?}", template.slug);
                if said.fits() { fit += 1 } else { not += 1 }
            }
        }
    }
    assert!(fit > 50 && not > 500, "{fit} fit, {not} do not");
}
