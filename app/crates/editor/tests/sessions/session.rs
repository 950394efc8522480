//! An editor at work: messages in, and a copy of the program that lives from the changes alone.

use blocks::{BlockId, Program, check, edit, text};
use editor::scene::{From, To};
use editor::{Button, Changes, Command, Editor, Giver, Inlet, KeyPress, Message, Modifiers, Point, Pointer, Rect};

/// An editor, and a copy of its program that gets the edits of its changes.
pub(crate) struct Session {
    pub(crate) editor: Editor,
    copy: Program,
}

impl Session {
    pub(crate) fn new(source: &str) -> Self {
        let program = text::read(source).unwrap_or_else(|problems| panic!("{problems:#?}\n{source}"));
        Self::of(program)
    }

    pub(crate) fn of(program: Program) -> Self {
        let mut editor = Editor::new(program.clone());
        editor.checked(&check(&program));
        Self { editor, copy: program }
    }

    /// Sends a message; the copy must follow.
    pub(crate) fn send(&mut self, message: Message) -> Changes {
        let before = text::write(self.editor.program());
        if let Message::Remote(ops) = &message {
            // Whoever made them has them already; those that do not fit change nothing.
            let _ = edit::apply_all(&mut self.copy, ops);
        }
        let remote = matches!(message, Message::Remote(_));
        let changes = self.editor.handle(message);
        for op in &changes.ops {
            edit::apply(&mut self.copy, op).expect("the edits of changes apply to a copy");
        }
        assert_eq!(text::write(&self.copy), text::write(self.editor.program()));
        if changes.refused.is_some() && !remote {
            assert_eq!(text::write(self.editor.program()), before, "what is refused changes nothing");
            assert!(changes.ops.is_empty());
        }
        changes
    }

    /// Does a command that is not refused.
    pub(crate) fn run(&mut self, command: Command) -> Changes {
        let named = format!("{command:?}");
        let changes = self.send(Message::Command(command));
        assert_eq!(changes.refused, None, "{named}");
        changes
    }

    /// Does a command that is refused, and says why.
    pub(crate) fn refused(&mut self, command: Command) -> String {
        let named = format!("{command:?}");
        self.send(Message::Command(command)).refused.unwrap_or_else(|| panic!("{named} is not refused"))
    }

    pub(crate) fn key(&mut self, key: &str) -> Changes {
        self.send(Message::Key(KeyPress::plain(key)))
    }

    pub(crate) fn set(&mut self, op: edit::EditOp) {
        let changes = self.send(Message::Edit { title: "edit".to_owned(), ops: vec![op], typing: false });
        assert_eq!(changes.refused, None);
    }

    /// Checks the program and tells the editor.
    pub(crate) fn check(&mut self) -> blocks::Checked {
        let checked = check(self.editor.program());
        self.editor.checked(&checked);
        checked
    }

    pub(crate) fn source(&self) -> String {
        text::write(self.editor.program())
    }

    fn pointer(&self, at: Point, modifiers: Modifiers) -> Pointer {
        let at = self.editor.view().to_screen(at);
        Pointer { modifiers, button: Button::Main, ..Pointer::mouse(at.x, at.y) }
    }

    pub(crate) fn click(&mut self, at: Point) -> Changes {
        self.send(Message::PointerDown(self.pointer(at, Modifiers::default())));
        self.send(Message::PointerUp(self.pointer(at, Modifiers::default())))
    }

    pub(crate) fn shift_click(&mut self, at: Point) {
        let modifiers = Modifiers { shift: true, ..Modifiers::default() };
        self.send(Message::PointerDown(self.pointer(at, modifiers)));
        self.send(Message::PointerUp(self.pointer(at, modifiers)));
    }

    /// Presses at one point of the canvas and releases at another, over some points on the way.
    pub(crate) fn drag(&mut self, from: Point, to: Point) -> Changes {
        self.drag_and_hold(from, to);
        self.send(Message::PointerUp(self.pointer(to, Modifiers::default())))
    }

    pub(crate) fn drag_and_hold(&mut self, from: Point, to: Point) -> Changes {
        self.send(Message::PointerDown(self.pointer(from, Modifiers::default())));
        let mut last = Changes::default();
        for step in 1..=4 {
            let part = f64::from(step) / 4.0;
            let at = Point::new(from.x + (to.x - from.x) * part, from.y + (to.y - from.y) * part);
            last = self.send(Message::PointerMove(self.pointer(at, Modifiers::default())));
        }
        last
    }

    pub(crate) fn release(&mut self, at: Point) -> Changes {
        self.send(Message::PointerUp(self.pointer(at, Modifiers::default())))
    }

    pub(crate) fn rect(&self, id: &str) -> Rect {
        self.editor.scene().find(&BlockId::from(id)).unwrap_or_else(|| panic!("no block {id}")).rect
    }

    /// The title of a block.
    pub(crate) fn handle(&self, id: &str) -> Point {
        let rect = self.rect(id);
        Point::new(rect.x + 30.0, rect.y + 12.0)
    }

    pub(crate) fn giver(&self, giver: &Giver) -> Point {
        let scene = self.editor.scene();
        scene.from_point(scene.place_of_giver(giver).unwrap_or_else(|| panic!("no {giver}")))
    }

    pub(crate) fn sink(&self, sink: &Inlet) -> Point {
        let scene = self.editor.scene();
        scene.to_point(scene.place_of_sink(sink).unwrap_or_else(|| panic!("no {sink}")))
    }

    /// Draws a wire with the pointer.
    pub(crate) fn wire(&mut self, giver: &Giver, sink: &Inlet) -> Changes {
        let (from, to) = (self.giver(giver), self.sink(sink));
        self.drag(from, to)
    }

    /// A free point in a body.
    pub(crate) fn inside(&self, block: &str, body: &str) -> Point {
        let scene = self.editor.scene();
        let lane = scene.lane_key(&edit::BodyAddress::of(block, body)).unwrap_or_else(|| panic!("no {block}.{body}"));
        scene.lane(lane).origin + Point::new(10.0, 10.0)
    }

    pub(crate) fn select(&mut self, ids: &[&str]) {
        let ids = ids.iter().map(|id| BlockId::from(*id));
        self.editor.select(editor::Selection::blocks(ids));
    }

    pub(crate) fn selected(&self) -> Vec<&str> {
        self.editor.selection().blocks.iter().map(BlockId::as_str).collect()
    }

    /// Everything that has to be true of the drawing.
    pub(crate) fn assert_drawn_well(&self) {
        let scene = self.editor.scene();
        for key in scene.order() {
            let node = scene.node(*key);
            if node.is_group() {
                continue;
            }
            let lane = scene.lane(node.body);
            assert!(node.hidden_in.is_some() || lane.rect.encloses(&node.rect), "{} leaves its body", node.id);
            for other in &lane.children {
                let other = scene.node(*other);
                let apart = other.id == node.id || other.is_group() || !node.rect.overlaps(&other.rect);
                assert!(apart || node.hidden_in.is_some(), "{} lies on {}", node.id, other.id);
            }
            if !node.is_folded() && node.hidden_in.is_none() {
                for lane in &node.lanes {
                    assert!(node.rect.encloses(&scene.lane(*lane).rect), "a body leaves {}", node.id);
                }
            }
        }
        for wire in scene.wires() {
            let ends = (scene.giver(wire.from), scene.sink(wire.to));
            assert_eq!(scene.place_of_giver(&ends.0), Some(wire.from));
            assert_eq!(scene.place_of_sink(&ends.1), Some(wire.to));
            assert!(scene.source_of(self.editor.program(), &ends.1).is_some());
            assert_ne!(self.wire_ends(wire.from, wire.to), None);
        }
    }

    fn wire_ends(&self, from: From, to: To) -> Option<(Point, Point)> {
        let scene = self.editor.scene();
        Some((scene.from_point(from), scene.to_point(to))).filter(|(from, to)| from.x.is_finite() && to.x.is_finite())
    }
}
