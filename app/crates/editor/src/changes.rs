//! What comes out.

use blocks::BlockId;
use blocks::edit::{BodyAddress, EditOp};

use crate::fits::Fit;
use crate::geometry::Point;
use crate::ports::{Giver, Inlet};

/// What a message led to. Without content it takes no memory.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Changes {
    /// Edits that were applied to the program, for saving and sharing.
    pub ops: Vec<EditOp>,
    /// What is to be drawn anew.
    pub redraw: Redraw,
    /// A sentence for the live region of a screen reader.
    pub announce: Option<String>,
    /// Why nothing was done, in a sentence for everybody to see.
    pub refused: Option<String>,
    /// A text for the clipboard.
    pub clipboard: Option<String>,
    /// What the view should open.
    pub open: Option<Open>,
}

/// What is to be drawn anew.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Redraw {
    /// Pan or zoom.
    pub view: bool,
    /// Blocks and wires: compare the revisions of [`crate::scene::Shape`]s, or ask [`crate::scene::Scene::changed`].
    pub scene: bool,
    /// The selection.
    pub selection: bool,
    /// What a gesture shows: frames, the wire that is drawn, where a block would go.
    pub overlay: bool,
    /// The dragged blocks moved: [`crate::Editor::moving`].
    pub moving: bool,
}

impl Redraw {
    /// Whether anything is.
    pub fn any(self) -> bool {
        self != Self::default()
    }
}

/// What a view should open.
#[derive(Clone, Debug, PartialEq)]
pub enum Open {
    /// The list of kinds, to insert one.
    Palette {
        /// Where it would stand, in canvas units.
        at: Point,
        /// The body it would stand in.
        body: BodyAddress,
        /// The wire that it would be connected to.
        wire: Option<LooseEnd>,
        /// The kinds that fit, the best first; everything if there is no wire.
        choices: Vec<Choice>,
    },
    /// The list of all commands.
    Commands,
    /// The clipboard, whose text comes back as [`crate::Command::Paste`].
    Clipboard,
    /// The field for searching the program.
    Find,
    /// The field for the title of a block.
    Title(BlockId),
    /// The field for a setting of a block.
    Setting(BlockId, String),
    /// The field for a new name, for a command that needs one.
    Name {
        /// The command's name.
        command: &'static str,
        /// What to propose.
        proposal: String,
    },
}

/// The end of a wire that was dropped on the empty canvas.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LooseEnd {
    /// It begins here.
    Giver(Giver),
    /// It ends here.
    Inlet(Inlet),
}

/// A kind that fits a loose end.
#[derive(Clone, Debug, PartialEq)]
pub struct Choice {
    /// The kind.
    pub kind: &'static str,
    /// Its port that would be connected.
    pub port: String,
    /// How it fits.
    pub fit: Fit,
}

impl Changes {
    /// Nothing but a reason why.
    pub fn refused(why: impl Into<String>) -> Self {
        let why = why.into();
        Self { announce: Some(why.clone()), refused: Some(why), ..Self::default() }
    }

    /// Nothing but a sentence.
    pub fn said(sentence: impl Into<String>) -> Self {
        Self { announce: Some(sentence.into()), ..Self::default() }
    }

    /// Nothing but something to open.
    pub fn opening(open: Open) -> Self {
        Self { open: Some(open), ..Self::default() }
    }

    /// Nothing but a drawing.
    pub(crate) fn drawn(redraw: Redraw) -> Self {
        Self { redraw, ..Self::default() }
    }

    /// The same with a sentence.
    #[must_use]
    pub(crate) fn saying(mut self, sentence: impl Into<String>) -> Self {
        self.announce = Some(sentence.into());
        self
    }

    pub(crate) fn selected(mut self) -> Self {
        self.redraw.selection = true;
        self
    }
}
