//! The editor: messages in, changes out.

mod acting;
mod asking;
mod touched;

use std::collections::HashMap;

use blocks::edit::History;
use blocks::value::Hashing;
use blocks::{BlockId, Checked, Program, Type};

use crate::changes::{Changes, Redraw};
use crate::gestures::Gesture;
use crate::messages::{Message, Pointer};
use crate::scene::{Scene, Visible};
use crate::selection::Selection;
use crate::view::View;

pub(crate) use acting::Proposal;
pub use asking::Moving;

/// Types of result ports, as the checker gives them.
pub(crate) type Types = HashMap<(BlockId, String), Type, Hashing>;

/// A program that is being edited, with everything that a view shows of it.
#[derive(Clone, Debug)]
pub struct Editor {
    pub(crate) program: Program,
    pub(crate) history: History,
    pub(crate) scene: Scene,
    pub(crate) view: View,
    pub(crate) selection: Selection,
    pub(crate) gesture: Gesture,
    /// Fingers that are down.
    pub(crate) fingers: Vec<Pointer>,
    /// Where the pointer was last, for pasting.
    pub(crate) pointer: Option<crate::geometry::Point>,
    pub(crate) types: Types,
    pub(crate) version: u64,
    /// What was searched last, to go on.
    pub(crate) searched: String,
}

impl Editor {
    /// An editor of a program.
    pub fn new(program: Program) -> Self {
        Self { scene: Scene::new(&program), ..Self::new_without_scene(program) }
    }

    /// An editor that gets its scene from elsewhere.
    pub(crate) fn new_without_scene(program: Program) -> Self {
        Self {
            scene: Scene::default(),
            program,
            history: History::default(),
            view: View::default(),
            selection: Selection::default(),
            gesture: Gesture::Idle,
            fingers: Vec::new(),
            pointer: None,
            types: Types::default(),
            version: 0,
            searched: String::new(),
        }
    }

    /// The same with a history that was kept.
    #[must_use]
    pub fn with_history(mut self, history: History) -> Self {
        self.history = history;
        self
    }

    /// Takes in what the checker says of the program as it is now: a check that was begun at another
    /// [`Editor::version`] says nothing of this one, and must be done again. The editor never checks by itself, as that
    /// takes longer than a frame.
    pub fn checked(&mut self, checked: &Checked) {
        self.types.clone_from(&checked.types);
    }

    /// The same, where only the types came back from a worker.
    pub fn checked_types(&mut self, types: impl IntoIterator<Item = ((BlockId, String), Type)>) {
        self.types = types.into_iter().collect();
    }

    /// A number that grows with every edit.
    pub fn version(&self) -> u64 {
        self.version
    }

    /// Does what a message says.
    pub fn handle(&mut self, message: Message) -> Changes {
        match message.sound() {
            Message::PointerDown(pointer) => self.pointer_down(pointer),
            Message::PointerMove(pointer) => self.pointer_move(pointer),
            Message::PointerUp(pointer) => self.pointer_up(pointer),
            Message::DoubleClick(pointer) => self.double_click(&pointer),
            Message::PointerCancel => self.cancel(),
            Message::Wheel { at, by, modifiers } => self.wheel(at, by, modifiers),
            Message::Key(key) => self.key(&key),
            Message::Command(command) => self.command(command),
            Message::Edit { title, ops, typing } => self.edit(&title, ops, typing),
            Message::Remote(ops) => self.remote(&ops),
            Message::Resize(size) => {
                self.view.size = size;
                Changes::drawn(Redraw { view: true, ..Redraw::default() })
            }
        }
    }

    /// The program.
    pub fn program(&self) -> &Program {
        &self.program
    }

    /// What was done and undone.
    pub fn history(&self) -> &History {
        &self.history
    }

    /// Where everything is drawn.
    pub fn scene(&self) -> &Scene {
        &self.scene
    }

    /// Which part of the canvas is seen.
    pub fn view(&self) -> &View {
        &self.view
    }

    /// Shows another part of the canvas, as a link says.
    pub fn set_view(&mut self, view: View) {
        self.view = view;
    }

    /// What is selected.
    pub fn selection(&self) -> &Selection {
        &self.selection
    }

    /// Selects something else, as a link or another panel says; what is not there is left out.
    pub fn select(&mut self, selection: Selection) -> Changes {
        self.selection = selection;
        self.selection.keep_what_is_in(&self.scene);
        Changes::default().selected()
    }

    /// What the pointer or the keyboard is about to do.
    pub fn gesture(&self) -> &Gesture {
        &self.gesture
    }

    /// Fills in what is seen now.
    pub fn visible(&self, out: &mut Visible) {
        self.scene.visible(&self.view.area(), self.view.zoom, out);
    }
}
