//! The table of commands.

use super::{Axis, Command, Edge};

/// A command as menus, the palette and the help show it.
#[derive(Clone, Copy, Debug)]
pub struct Entry {
    /// Its stable name, for links, settings and tests.
    pub name: &'static str,
    /// What people read.
    pub label: &'static str,
    /// Its keys, such as `Mod+Shift+Z`; `Mod` is Ctrl, or Cmd on a Mac. Several are separated by spaces.
    pub keys: &'static str,
    /// Where it stands in menus.
    pub group: Group,
    /// The command; what it needs is asked for.
    pub make: fn() -> Command,
}

/// Where a command stands in menus.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Group {
    /// Undo, copy, delete.
    Edit,
    /// What is selected.
    Select,
    /// What there is: blocks, inputs, tests.
    Insert,
    /// Wires.
    Connect,
    /// Order and places.
    Arrange,
    /// Functions, groups, names.
    Structure,
    /// What is seen.
    View,
    /// Where to go.
    Go,
}

impl Group {
    /// What people read.
    pub fn label(self) -> &'static str {
        match self {
            Self::Edit => "Edit",
            Self::Select => "Select",
            Self::Insert => "Insert",
            Self::Connect => "Connect",
            Self::Arrange => "Arrange",
            Self::Structure => "Structure",
            Self::View => "View",
            Self::Go => "Go",
        }
    }
}

macro_rules! commands {
    ($($group:ident { $($name:literal $label:literal $keys:literal $command:expr;)+ })+) => {
        &[$($(Entry { name: $name, label: $label, keys: $keys, group: Group::$group, make: || $command },)+)+]
    };
}

static TABLE: &[Entry] = commands! {
    Edit {
        "undo" "Undo" "Mod+Z" Command::Undo;
        "redo" "Redo" "Mod+Shift+Z Mod+Y" Command::Redo;
        "cut" "Cut" "Mod+X" Command::Cut;
        "copy" "Copy" "Mod+C" Command::Copy;
        "paste" "Paste" "Mod+V" Command::Paste(None);
        "duplicate" "Duplicate" "Mod+D" Command::Duplicate;
        "delete" "Delete" "Delete Backspace" Command::Delete;
    }
    Select {
        "select_all" "Select all in this body" "Mod+A" Command::SelectAll;
        "select_none" "Select nothing" "Escape" Command::SelectNone;
        "select_parent" "Select the container" "Mod+ArrowLeft" Command::SelectParent;
        "select_first_child" "Select the first block inside" "Mod+ArrowRight" Command::SelectFirstChild;
        "select_next" "Select the next block" "J Mod+ArrowDown" Command::SelectNext;
        "select_previous" "Select the block before" "K Mod+ArrowUp" Command::SelectPrevious;
    }
    Insert {
        "insert" "Insert a block…" "A Insert" Command::Insert(None);
        "add_input" "Add an input…" "" Command::AddInput(None);
        "add_output" "Add an output…" "" Command::AddOutput(None);
        "add_function" "Add a function…" "" Command::AddFunction(None);
        "add_test" "Add a test…" "" Command::AddTest(None);
        "add_carry" "Add a carried value…" "" Command::AddCarry(None);
        "add_body" "Add a body…" "" Command::AddBody(None);
        "add_case" "Add a case…" "" Command::AddCase(None);
        "comment" "Comment…" "Mod+/" Command::Comment(None);
    }
    Connect {
        "pick_output" "Connect: pick a result" "C" Command::PickOutput;
        "next_input" "Connect: next port that fits" "N" Command::NextInput;
        "previous_input" "Connect: port before" "Shift+N" Command::PreviousInput;
        "confirm" "Connect" "Enter" Command::Confirm;
        "hand_on" "Hand the result on from its body" "Y" Command::HandOn;
    }
    Arrange {
        "move_up" "Move up in the order" "Alt+ArrowUp" Command::MoveUp;
        "move_down" "Move down in the order" "Alt+ArrowDown" Command::MoveDown;
        "move_out" "Move out of the container" "Alt+ArrowLeft" Command::MoveOut;
        "move_in" "Move into the container before" "Alt+ArrowRight" Command::MoveIn;
        "nudge_left" "Nudge left" "ArrowLeft" Command::Nudge(-1, 0, false);
        "nudge_right" "Nudge right" "ArrowRight" Command::Nudge(1, 0, false);
        "nudge_up" "Nudge up" "ArrowUp" Command::Nudge(0, -1, false);
        "nudge_down" "Nudge down" "ArrowDown" Command::Nudge(0, 1, false);
        "nudge_far_left" "Nudge far left" "Shift+ArrowLeft" Command::Nudge(-1, 0, true);
        "nudge_far_right" "Nudge far right" "Shift+ArrowRight" Command::Nudge(1, 0, true);
        "nudge_far_up" "Nudge far up" "Shift+ArrowUp" Command::Nudge(0, -1, true);
        "nudge_far_down" "Nudge far down" "Shift+ArrowDown" Command::Nudge(0, 1, true);
        "align_left" "Align left edges" "" Command::Align(Edge::Left);
        "align_center" "Align centers" "" Command::Align(Edge::Center);
        "align_right" "Align right edges" "" Command::Align(Edge::Right);
        "align_top" "Align top edges" "" Command::Align(Edge::Top);
        "align_middle" "Align middles" "" Command::Align(Edge::Middle);
        "align_bottom" "Align bottom edges" "" Command::Align(Edge::Bottom);
        "distribute_horizontally" "Even out horizontally" "" Command::Distribute(Axis::Horizontal);
        "distribute_vertically" "Even out vertically" "" Command::Distribute(Axis::Vertical);
        "auto_layout" "Lay out anew" "Shift+L" Command::AutoLayout;
    }
    Structure {
        "title" "Title…" "F2" Command::Title(None);
        "fold" "Fold or unfold" "F" Command::Fold;
        "make_function" "Make a function of it…" "Mod+Shift+F" Command::MakeFunction(None);
        "inline" "Inline the call" "Mod+Shift+I" Command::Inline;
        "group" "Group…" "Mod+G" Command::Group(None);
        "ungroup" "Ungroup" "Mod+Shift+G" Command::Ungroup;
    }
    View {
        "zoom_in" "Zoom in" "Mod+= Mod++" Command::ZoomIn;
        "zoom_out" "Zoom out" "Mod+-" Command::ZoomOut;
        "zoom_fit" "Show everything" "Shift+1 Shift+!" Command::ZoomFit;
        "zoom_selection" "Show the selection" "Shift+2 Shift+@" Command::ZoomSelection;
        "zoom_actual" "100 %" "Mod+0" Command::ZoomActual;
    }
    Go {
        "palette" "All commands…" "Mod+K" Command::Palette;
        "find" "Find…" "Mod+F" Command::Find(None);
        "find_next" "Find next" "F3 Mod+Shift+J" Command::FindNext;
        "go_to_definition" "Go to where it comes from" "F12" Command::GoToDefinition;
        "go_to_reader" "Go to the next that reads it" "Shift+F12" Command::GoToReader;
    }
};

/// All commands, in the order in which they are shown.
pub fn table() -> &'static [Entry] {
    TABLE
}

impl Entry {
    /// The entry of that name.
    pub fn named(name: &str) -> Option<&'static Self> {
        TABLE.iter().find(|entry| entry.name == name)
    }
}
