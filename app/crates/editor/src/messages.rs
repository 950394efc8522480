//! What comes in.

use blocks::edit::EditOp;

use crate::commands::Command;
use crate::geometry::Point;

/// Something that a person, or another person's editor, did.
#[derive(Clone, Debug, PartialEq)]
#[expect(clippy::large_enum_variant, reason = "one is made at a time, and used at once")]
pub enum Message {
    /// A button or finger went down on the canvas.
    PointerDown(Pointer),
    /// A pointer moved; also with no button down.
    PointerMove(Pointer),
    /// A button or finger went up.
    PointerUp(Pointer),
    /// The browser took the pointer away: nothing happens that the pointer began.
    PointerCancel,
    /// A second click at the same place, as the browser counts them.
    DoubleClick(Pointer),
    /// A wheel turned, or two fingers slid over a touchpad; with ctrl it zooms.
    Wheel {
        /// Where the pointer is, in pixels of the canvas's element.
        at: Point,
        /// How far, in pixels.
        by: Point,
        /// Which keys are down.
        modifiers: Modifiers,
    },
    /// A key went down while the canvas had the focus.
    Key(KeyPress),
    /// A command from a menu, the palette or an assistant.
    Command(Command),
    /// Edits that a panel made.
    Edit {
        /// What people call it, for the history.
        title: String,
        /// The edits.
        ops: Vec<EditOp>,
        /// Whether it continues the last edit if that has the same title, as typing does.
        typing: bool,
    },
    /// Edits of somebody else. Selection and gesture stay.
    Remote(Vec<EditOp>),
    /// The canvas's element has another size, in pixels.
    Resize(Point),
}

/// The farthest that a point of the screen is taken for, in pixels.
const FAR: f64 = 1.0e6;

/// A point as a browser may report it, made one that can be computed with.
fn sound(point: Point) -> Point {
    let sound = |value: f64| if value.is_nan() { 0.0 } else { value.clamp(-FAR, FAR) };
    Point::new(sound(point.x), sound(point.y))
}

impl Message {
    /// The same with coordinates that are numbers.
    pub(crate) fn sound(self) -> Self {
        let pointer = |pointer: Pointer| Pointer { at: sound(pointer.at), ..pointer };
        match self {
            Self::PointerDown(at) => Self::PointerDown(pointer(at)),
            Self::PointerMove(at) => Self::PointerMove(pointer(at)),
            Self::PointerUp(at) => Self::PointerUp(pointer(at)),
            Self::DoubleClick(at) => Self::DoubleClick(pointer(at)),
            Self::Wheel { at, by, modifiers } => Self::Wheel { at: sound(at), by: sound(by), modifiers },
            Self::Resize(size) => {
                let size = sound(size);
                Self::Resize(Point::new(size.x.max(1.0), size.y.max(1.0)))
            }
            other => other,
        }
    }
}

/// A pointer.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Pointer {
    /// Which one: the browser's number.
    pub id: i32,
    /// Where, in pixels of the canvas's element.
    pub at: Point,
    /// The button that went down or up, or is down.
    pub button: Button,
    /// Which keys are down.
    pub modifiers: Modifiers,
    /// What it is.
    pub kind: PointerKind,
}

impl Pointer {
    /// The main button of a mouse, without keys.
    pub fn mouse(x: f64, y: f64) -> Self {
        Self {
            id: 1,
            at: Point::new(x, y),
            button: Button::Main,
            modifiers: Modifiers::default(),
            kind: PointerKind::Mouse,
        }
    }

    /// A finger.
    pub fn finger(id: i32, x: f64, y: f64) -> Self {
        Self { id, kind: PointerKind::Touch, ..Self::mouse(x, y) }
    }
}

/// A button of a mouse or pen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Button {
    /// The left one, a finger, the tip of a pen.
    Main,
    /// The wheel.
    Middle,
    /// The right one; the view opens its menu.
    Second,
}

/// What points.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PointerKind {
    /// A mouse.
    Mouse,
    /// A pen.
    Pen,
    /// A finger.
    Touch,
}

/// Keys that change what others do.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Modifiers {
    /// Shift.
    pub shift: bool,
    /// Ctrl.
    pub ctrl: bool,
    /// Cmd, or the Windows key.
    pub meta: bool,
    /// Alt, or Option.
    pub alt: bool,
}

impl Modifiers {
    /// Whether the key for commands is down: Ctrl, or Cmd on a Mac.
    pub fn command(self) -> bool {
        self.ctrl || self.meta
    }
}

/// A key that went down.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyPress {
    /// The browser's name of the key, such as `z`, `Delete` or `ArrowUp`.
    pub key: String,
    /// Which others are down.
    pub modifiers: Modifiers,
}

impl KeyPress {
    /// A key without others.
    pub fn plain(key: &str) -> Self {
        Self { key: key.to_owned(), modifiers: Modifiers::default() }
    }

    /// A key with Ctrl.
    pub fn ctrl(key: &str) -> Self {
        Self { key: key.to_owned(), modifiers: Modifiers { ctrl: true, ..Modifiers::default() } }
    }
}
