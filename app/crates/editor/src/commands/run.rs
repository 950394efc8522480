//! Commands to changes.

use blocks::edit::BodyAddress;

use super::{Command, Entry};
use crate::changes::{Changes, Open, Redraw};
use crate::editor::Editor;
use crate::geometry::{Point, Rect};
use crate::gestures::Gesture;

impl Editor {
    /// Does what a command says. What is missing is asked for.
    pub(crate) fn command(&mut self, command: Command) -> Changes {
        use Command as C;
        if let Some(proposal) = self.propose(&command) {
            return self.perform(proposal);
        }
        match command {
            C::Undo => self.undo(),
            C::Redo => self.redo(),
            C::Cut => self.cut(),
            C::Copy => self.copy(),
            C::SelectAll => self.select_all(),
            C::SelectNone => self.select_none(),
            C::SelectParent => self.select_parent(),
            C::SelectFirstChild => self.select_first_child(),
            C::SelectNext => self.select_step(false),
            C::SelectPrevious => self.select_step(true),
            C::ZoomIn | C::ZoomOut | C::ZoomFit | C::ZoomSelection | C::ZoomActual => self.zoom(&command),
            C::Insert(None) => self.open_palette(),
            C::Insert(Some(insertion)) => self.insert_and_open(&insertion),
            C::PickOutput => self.pick_output(),
            C::NextInput => self.step_input(false),
            C::PreviousInput => self.step_input(true),
            C::Confirm => self.confirm(),
            C::Find(Some(text)) => self.find_first(&text),
            C::FindNext => self.find_next(),
            C::GoToDefinition => self.go_to_definition(),
            C::GoToReader => self.go_to_reader(),
            C::GoTo(id) => self.go_to(&id),
            other => self.ask(&other),
        }
    }

    /// What a command needs before it can be done.
    fn ask(&self, command: &Command) -> Changes {
        use Command as C;
        match command {
            C::Paste(None) => Changes::opening(Open::Clipboard),
            C::MakeFunction(_) => self.ask_name("make_function", "function"),
            C::Title(_) => self.open_title(),
            C::Comment(_) => self.ask_name("comment", ""),
            C::Group(_) => self.ask_name("group", "Group"),
            C::Find(_) => Changes::opening(Open::Find),
            C::AddInput(_) => self.ask_name("add_input", "value"),
            C::AddOutput(_) => self.ask_name("add_output", "result"),
            C::AddFunction(_) => self.ask_name("add_function", "function"),
            C::AddTest(_) => self.ask_name("add_test", "test"),
            C::AddCarry(_) => self.ask_name("add_carry", "value"),
            C::AddBody(_) => self.ask_name("add_body", "body"),
            C::AddCase(_) => self.ask_name("add_case", ""),
            _ => Changes::opening(Open::Commands),
        }
    }

    fn ask_name(&self, command: &'static str, proposal: &str) -> Changes {
        let possible = Entry::named(command).map_or(Ok(()), |entry| self.possible(&(entry.make)()));
        match possible {
            Ok(()) => Changes::opening(Open::Name { command, proposal: proposal.to_owned() }),
            Err(why) => Changes::refused(why),
        }
    }

    fn open_title(&self) -> Changes {
        match self.one_selected() {
            Ok(key) => Changes::opening(Open::Title(self.scene.node(key).id.clone())),
            Err(why) => Changes::refused(why),
        }
    }

    fn open_palette(&self) -> Changes {
        let slot = self.slot_behind_selection();
        let at = match slot.after {
            Some(key) => self.beside(key),
            None => self.scene.lane(slot.body).origin,
        };
        let body: BodyAddress = self.scene.address(slot.body);
        Changes::opening(Open::Palette { at, body, wire: None, choices: Vec::new() })
    }

    fn insert_and_open(&mut self, insertion: &super::Insertion) -> Changes {
        let proposal = self.insert(insertion);
        let mut changes = self.perform(proposal);
        if changes.refused.is_none()
            && let Some(id) = self.selection.blocks.first().cloned()
        {
            changes.redraw.view |= self.reveal(&id);
            changes.open = self.first_setting(&id).map(|setting| Open::Setting(id, setting));
        }
        changes
    }

    /// Brings a block into view; `false` if it is seen already.
    pub(crate) fn reveal(&mut self, id: &blocks::BlockId) -> bool {
        let rect = self.scene.find(id).map(|node| match node.hidden_in {
            Some(folded) => self.scene.node(folded).rect,
            None => node.rect,
        });
        rect.is_some_and(|rect| self.view.reveal(&rect))
    }

    fn zoom(&mut self, command: &Command) -> Changes {
        match command {
            Command::ZoomIn => self.view.step(1),
            Command::ZoomOut => self.view.step(-1),
            Command::ZoomActual => {
                let middle = Point::new(self.view.size.x / 2.0, self.view.size.y / 2.0);
                self.view.zoom_at(middle, 1.0);
            }
            Command::ZoomSelection => {
                let rects = self.selection.blocks.iter().filter_map(|id| self.scene.find(id)).map(|node| node.rect);
                let Some(around) = rects.reduce(|one, other| Rect::union(&one, &other)) else {
                    return Changes::refused("select a block first");
                };
                self.view.fit(&around);
            }
            _ => self.view.fit(&self.scene.bounds()),
        }
        let said = format!("{} %", (self.view.zoom * 100.0).round());
        Changes::drawn(Redraw { view: true, ..Redraw::default() }).saying(said)
    }

    fn select_none(&mut self) -> Changes {
        if self.gesture != Gesture::Idle {
            return self.cancel();
        }
        self.selection = crate::Selection::default();
        self.say_selection().selected()
    }
}
