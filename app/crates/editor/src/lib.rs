//! The builder without a screen: messages in, changes out.
//!
//! A view draws what an [`Editor`] says and forwards what a person does; whatever is decided is decided here, so that
//! everything a person can do is tested without a browser.
//!
//! # From a key press to changes
//!
//! 1. The view sends [`Message::Key`]. [`commands::table`] knows the keys of every command; menus and the palette send
//!    [`Message::Command`] and meet the same table. Pointers arrive as [`Message::PointerDown`] and its like, and become
//!    a [`Gesture`]: what is pressed, dragged or drawn, until it is dropped.
//! 2. The command or the drop asks `edits` for a proposal: [`blocks::edit::EditOp`]s under a title, or a sentence that
//!    says why there are none. Nothing has changed yet.
//! 3. The proposal is applied as one step of the [`blocks::edit::History`], all or nothing.
//! 4. The [`scene::Scene`] is brought in step: blocks that the edits touched are measured, bodies whose content changed
//!    are laid out, inside out, and everything gets its place on the canvas.
//! 5. [`Changes`] come back: the edits (for saving and sharing), what is to be drawn anew, a sentence for the screen
//!    reader, and what the view should open or copy.
//!
//! # What always holds
//!
//! - No message panics, and none loses anything: what is refused changes nothing and says why.
//! - The edits of all changes, applied to a copy of the program, give the same program; undoing all steps gives the
//!   same bytes as before.
//! - A move of the pointer takes work in proportion to what it drags, not to the program.
//! - What lights up while a wire is drawn gives no type error when it is dropped ([`fits`]).
//! - The editor does not check: whoever has it calls [`Editor::checked`] when a check is done. There is no clock, no
//!   randomness and no clipboard here; texts come in and go out.
//!
//! # A session
//!
//! ```
//! use editor::{Command, Editor, Giver, Insertion, KeyPress, Message, Inlet, Visible};
//!
//! let program = blocks::text::read("program 1 \"Double\"\ninput n: int\n").unwrap();
//! let mut editor = Editor::new(program);
//! editor.checked(&blocks::check(editor.program()));
//!
//! let changes = editor.handle(Message::Command(Command::Insert(Some(Insertion::of("abs")))));
//! assert_eq!(changes.announce.as_deref(), Some("inserted Abs to the beginning, into the program"));
//! let wire = Command::Connect(Giver::input("n"), Inlet::port("abs", "x"));
//! assert_eq!(editor.handle(Message::Command(wire)).ops.len(), 1);
//!
//! let mut visible = Visible::default();
//! editor.visible(&mut visible);
//! assert_eq!((visible.blocks.len(), visible.wires.len()), (1, 1));
//!
//! editor.handle(Message::Key(KeyPress::ctrl("z")));
//! editor.handle(Message::Key(KeyPress::ctrl("z")));
//! assert_eq!(editor.program().block_count(), 0);
//! ```
//!
//! # What it does not do
//!
//! It draws nothing, measures no text (see [`metrics`]), runs nothing and stores nothing.

pub mod changes;
pub mod commands;
mod editor;
mod edits;
mod find;
pub mod fits;
pub mod geometry;
pub mod gestures;
mod layout;
pub mod messages;
pub mod metrics;
pub mod ports;
pub mod scene;
pub mod selection;
pub mod view;

pub use changes::{Changes, Choice, LooseEnd, Open, Redraw};
pub use commands::{Command, Insertion};
pub use editor::{Editor, Moving};
pub use edits::moving::Slot;
pub use fits::Fit;
pub use geometry::{Curve, Point, Rect};
pub use gestures::Gesture;
pub use messages::{Button, KeyPress, Message, Modifiers, Pointer, PointerKind};
pub use ports::{Giver, Inlet};
pub use scene::{Scene, Visible};
pub use selection::Selection;
pub use view::View;
