//! Commands: everything that can be done without a pointer, in one table for menus, the palette and keys.

mod keys;
mod propose;
mod run;
mod select;
mod table;

use blocks::edit::Address;
use blocks::{BlockId, Type, Value};

use crate::ports::{Giver, Inlet};

pub use crate::edits::arrange::{Axis, Edge};
pub use crate::edits::insert::Insertion;
pub use table::{Entry, Group, table};

/// Something to be done. What is missing in a command is asked for: its changes open a field.
#[derive(Clone, Debug, PartialEq)]
pub enum Command {
    /// Takes the last step back.
    Undo,
    /// Does it again.
    Redo,
    /// Copies the selected blocks and removes them.
    Cut,
    /// Copies the selected blocks as a text.
    Copy,
    /// Inserts blocks from a text; without one, the view asks the clipboard and sends it.
    Paste(Option<String>),
    /// Copies the selected blocks beside themselves.
    Duplicate,
    /// Removes what is selected.
    Delete,
    /// Selects all blocks of the body around the selection.
    SelectAll,
    /// Selects nothing, or ends what is going on.
    SelectNone,
    /// Selects the container around.
    SelectParent,
    /// Selects the first block inside.
    SelectFirstChild,
    /// Selects the next block of the program.
    SelectNext,
    /// Selects the block before.
    SelectPrevious,
    /// Moves the selected blocks one place up in the order.
    MoveUp,
    /// Moves them one place down.
    MoveDown,
    /// Moves them out of their container, behind it.
    MoveOut,
    /// Moves them into the container before them.
    MoveIn,
    /// Moves them a little on the canvas: right and down, each -1, 0 or 1; farther if wanted.
    Nudge(i8, i8, bool),
    /// Aligns the selected blocks.
    Align(Edge),
    /// Evens out the space between them.
    Distribute(Axis),
    /// Makes everything larger.
    ZoomIn,
    /// Makes everything smaller.
    ZoomOut,
    /// Shows the whole program.
    ZoomFit,
    /// Shows what is selected.
    ZoomSelection,
    /// Shows everything at 100 %.
    ZoomActual,
    /// Draws only the titles of the selected blocks, or all of them again.
    Fold,
    /// Puts the selected blocks into a function and calls that.
    MakeFunction(Option<String>),
    /// Puts the blocks of a function in the place of the selected call.
    Inline,
    /// Inserts a block.
    Insert(Option<Insertion>),
    /// Connects two ports.
    Connect(Giver, Inlet),
    /// Takes a wire away.
    Disconnect(Inlet),
    /// Writes a value at a port.
    SetLiteral(Inlet, Value),
    /// Lets the body around give away the picked result, or the first one of the selected block: a branch yields it, the
    /// program has one output more.
    HandOn,
    /// Picks a result of the selected block, or its next one.
    PickOutput,
    /// Goes to the next port that fits.
    NextInput,
    /// Goes to the port before.
    PreviousInput,
    /// Connects the result and the port that were chosen.
    Confirm,
    /// Gives the selected block a title.
    Title(Option<String>),
    /// Gives anything another name, and what refers to it.
    Rename(Address, String),
    /// Writes a remark before the selected block.
    Comment(Option<String>),
    /// Draws a frame around the selected blocks.
    Group(Option<String>),
    /// Takes the frame away.
    Ungroup,
    /// Lays out the selection, or everything, anew.
    AutoLayout,
    /// Goes to the first block that a text is found in.
    Find(Option<String>),
    /// Goes to the next.
    FindNext,
    /// Goes to what gives the selected wire, or the first input of the selected block, its value.
    GoToDefinition,
    /// Goes to the next block that reads what is selected.
    GoToReader,
    /// Goes to a block.
    GoTo(BlockId),
    /// Adds an input to the program or function.
    AddInput(Option<(String, Type)>),
    /// Adds an output.
    AddOutput(Option<(String, Type)>),
    /// Adds a function.
    AddFunction(Option<String>),
    /// Adds a test case.
    AddTest(Option<String>),
    /// Adds a carried value to the selected loop.
    AddCarry(Option<(String, Type)>),
    /// Adds a body to the selected container.
    AddBody(Option<String>),
    /// Adds a case to the selected match.
    AddCase(Option<Value>),
    /// Opens the list of all commands.
    Palette,
}
