//! What a view asks while something is going on.

use blocks::Type;

use super::Editor;
use crate::fits::{Fit, Typing};
use crate::geometry::Point;
use crate::gestures::Gesture;
use crate::ports::{Giver, Sink};
use crate::scene::{From, Key, To};

/// The blocks that are being dragged.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Moving<'a> {
    /// The blocks; what is inside them moves along.
    pub blocks: &'a [Key],
    /// The wires at them, by their places in [`crate::scene::Scene::wires`].
    pub wires: &'a [usize],
    /// How far from where they stand, in canvas units.
    pub by: Point,
}

impl Editor {
    /// What is being dragged, to be drawn so far from where the scene says.
    pub fn moving(&self) -> Option<Moving<'_>> {
        match &self.gesture {
            Gesture::Drag(drag) => Some(Moving { blocks: &drag.blocks, wires: &drag.wires, by: drag.by }),
            _ => None,
        }
    }

    /// What is known of types.
    pub(crate) fn typing(&self) -> Typing<'_> {
        Typing::new(&self.program, &self.scene, &self.types)
    }

    /// The type of a port from which wires begin.
    pub fn type_of(&self, giver: &Giver) -> Type {
        self.typing().of_giver(giver)
    }

    /// How a value fits a port.
    pub fn fit(&self, giver: &Giver, sink: &Sink) -> Fit {
        self.typing().fit(giver, sink)
    }

    /// How the wire that is being drawn would fit a port at which wires end; `None` if none is being drawn.
    pub fn fit_at_sink(&self, to: To) -> Option<Fit> {
        let giver = self.gesture.giver()?;
        Some(self.fit(giver, &self.scene.sink(to)))
    }

    /// How a port from which wires begin would fit the end that is being drawn; `None` if none is.
    pub fn fit_at_giver(&self, from: From) -> Option<Fit> {
        let sink = self.gesture.sink()?;
        Some(self.fit(&self.scene.giver(from), sink))
    }
}
