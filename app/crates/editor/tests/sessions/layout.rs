//! Where things are drawn, of programs as people write them.

use blocks::templates;
use editor::scene::{From, Level, To};
use editor::{Command, Message, Point, Rect, Visible};

use crate::session::Session;

#[test]
fn templates_are_drawn_well_and_their_wires_point_forward() {
    for template in templates::all() {
        let session = Session::of(template.program().clone());
        session.assert_drawn_well();
        let scene = session.editor.scene();
        for wire in scene.wires() {
            let (From::Result(giver, _), To::Input(reader, _)) = (wire.from, wire.to) else { continue };
            let beside = scene.ancestor_in(reader, scene.node(giver).body).unwrap();
            assert!(scene.node(giver).rect.right() < scene.node(beside).rect.x, "{}: {wire:?}", template.slug);
            assert!(wire.curve.from.x < wire.curve.to.x);
        }
    }
}

#[test]
fn a_point_on_a_block_hits_that_block() {
    for template in templates::all() {
        let session = Session::of(template.program().clone());
        let scene = session.editor.scene();
        for key in scene.order() {
            let rect = scene.node(*key).rect;
            assert_eq!(scene.block_at(Point::new(rect.x + 30.0, rect.y + 12.0)), Some(*key));
        }
    }
}

#[test]
fn a_folded_container_hides_what_is_inside_and_unfolds_again() {
    let mut session = Session::of(templates::find("etl-pipeline").unwrap().program().clone());
    let scene = session.editor.scene();
    let container = scene.order().iter().map(|key| scene.node(*key)).find(|node| node.is_container()).unwrap();
    let (id, before) = (container.id.as_str().to_owned(), session.source());
    session.select(&[&id]);
    session.run(Command::Fold);
    session.assert_drawn_well();
    let scene = session.editor.scene();
    let node = scene.find(&id.as_str().into()).unwrap();
    assert!(node.is_folded() && node.rect.height < 40.0);
    assert!(node.lanes.iter().all(|lane| scene.lane(*lane).children.iter().all(|key| !scene.node(*key).is_drawn())));
    session.run(Command::Fold);
    session.assert_drawn_well();
    session.run(Command::Undo);
    session.run(Command::Undo);
    assert_eq!(session.source(), before);
}

#[test]
fn no_view_needs_more_elements_than_there_are() {
    let mut source = "program 1 \"many\"\n".to_owned();
    for place in 0..5_000 {
        source += &format!("\nb{place}: now\n");
    }
    source += "\nlayout\n";
    let mut lines: Vec<(String, String)> =
        (0..5_000).map(|place| (format!("b{place}"), format!("{} {}", place % 70 * 200, place / 70 * 120))).collect();
    lines.sort();
    for (id, place) in lines {
        source += &format!("  {id} at {place}\n");
    }
    let mut session = Session::new(&source);
    let mut visible = Visible::default();
    let mut seen = Vec::new();
    for zoom in 0..12 {
        session.editor.visible(&mut visible);
        assert!(visible.elements <= 3_000, "{} elements", visible.elements);
        seen.push(visible.level);
        session.send(Message::Wheel {
            at: Point::new(f64::from(zoom), 0.0),
            by: Point::new(0.0, 150.0),
            modifiers: editor::Modifiers { ctrl: true, ..Default::default() },
        });
    }
    assert_eq!((seen[0], seen[11]), (Level::Full, Level::Box));
    assert!(visible.blocks.len() > 3_000, "at the smallest zoom, most are seen");
}

#[test]
fn what_is_seen_is_what_touches_the_screen() {
    let session = Session::of(templates::find("crud-api").unwrap().program().clone());
    let scene = session.editor.scene();
    let mut visible = Visible::default();
    for step in 0..40 {
        let area = Rect::new(f64::from(step) * 100.0 - 500.0, f64::from(step) * 37.0 - 300.0, 900.0, 500.0);
        scene.visible(&area, 1.0, &mut visible);
        let all = scene.order().iter().filter(|key| scene.node(**key).rect.touches(&area));
        assert!(all.copied().eq(visible.blocks.iter().map(|shape| shape.key)));
    }
}

#[test]
fn wires_of_a_kind_from_tomorrow_are_drawn() {
    let mut session = Session::new(
        "program 1 \"p\"\noutput a: text <- tomorrow.sense\n\ntomorrow: oracle\n  question <- \"why\"\n\nloud: upper\n  text <- tomorrow.sense\n",
    );
    let scene = session.editor.scene();
    assert_eq!((scene.wires().len(), scene.dangling().len()), (2, 0));
    session.assert_drawn_well();
    session.run(Command::Disconnect(editor::Inlet::port("loud", "text")));
    assert_eq!(session.editor.scene().wires().len(), 1);
}
