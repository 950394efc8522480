//! What the pointer is about to do, from the press to the release.

mod drag;
mod keyboard;
mod pan;
mod pointer;
mod press;
mod wire;

use crate::geometry::{Point, Rect};
use crate::ports::{Giver, Inlet};
use crate::scene::{Hit, Scene};
use crate::selection::Selection;

pub use drag::{Drag, Target};
pub(crate) use keyboard::NOTHING_TO_PICK;
pub use keyboard::Picking;
pub use pan::{Panning, Pinch};
pub use wire::{Drawn, Loose};

/// What the pointer or the keyboard is about to do.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Gesture {
    /// Nothing.
    #[default]
    Idle,
    /// A button is down and the pointer did not move yet.
    Press(Press),
    /// The canvas moves along.
    Pan(Panning),
    /// Two fingers move and zoom.
    Pinch(Pinch),
    /// A frame selects what is in it.
    Frame(Frame),
    /// Blocks move.
    Drag(Drag),
    /// A wire is drawn.
    Wire(Drawn),
    /// A wire is chosen by keyboard.
    Pick(Picking),
}

/// A button that is down.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Press {
    /// Where, on the screen.
    pub at: Point,
    /// What lay there.
    pub hit: Hit,
    /// Whether it adds to the selection.
    pub adds: bool,
    /// Whether it is a finger.
    pub finger: bool,
}

/// A frame that selects.
#[derive(Clone, Debug, PartialEq)]
pub struct Frame {
    /// Where it began, in canvas units.
    pub from: Point,
    /// Where the pointer is.
    pub to: Point,
    /// What was selected before and stays.
    pub base: Selection,
}

impl Frame {
    /// The frame.
    pub fn rect(&self) -> Rect {
        Rect::between(self.from, self.to)
    }
}

impl Gesture {
    /// The giver whose wire is being drawn or chosen.
    pub fn giver(&self) -> Option<&Giver> {
        match self {
            Self::Wire(Drawn { loose: Loose::End(giver), .. }) => Some(giver),
            Self::Pick(picking) => picking.givers.get(picking.giver),
            _ => None,
        }
    }

    /// The sink whose wire is being drawn.
    pub fn sink(&self) -> Option<&Inlet> {
        match self {
            Self::Wire(Drawn { loose: Loose::Beginning(sink), .. }) => Some(sink),
            _ => None,
        }
    }

    /// Whether everything that it is about is still there.
    fn stands(&self, scene: &Scene) -> bool {
        match self {
            Self::Drag(drag) => drag.ids.iter().all(|id| scene.key(id).is_some()),
            Self::Wire(drawn) => match &drawn.loose {
                Loose::End(giver) => scene.place_of_giver(giver).is_some(),
                Loose::Beginning(sink) => scene.place_of_sink(sink).is_some(),
            },
            Self::Pick(picking) => picking.givers.iter().all(|giver| scene.place_of_giver(giver).is_some()),
            Self::Press(_) => false,
            Self::Idle | Self::Pan(_) | Self::Pinch(_) | Self::Frame(_) => true,
        }
    }
}

impl crate::Editor {
    /// Ends a gesture whose blocks are gone after an edit, and brings one that goes on in step: it holds on to places
    /// in the drawing, which mean others now.
    pub(crate) fn keep_gesture(&mut self) {
        if !self.gesture.stands(&self.scene) {
            self.gesture = Gesture::Idle;
        }
        let mut gesture = std::mem::take(&mut self.gesture);
        match &mut gesture {
            Gesture::Drag(drag) => {
                drag.wires = self.scene.wires_of(&drag.blocks);
                drag.moved = self.inside(&drag.blocks);
                drag.forget_target();
            }
            Gesture::Wire(drawn) => drawn.over = None,
            Gesture::Frame(frame) => frame.base.keep_what_is_in(&self.scene),
            Gesture::Idle | Gesture::Press(_) | Gesture::Pan(_) | Gesture::Pinch(_) | Gesture::Pick(_) => {}
        }
        self.gesture = gesture;
    }
}
