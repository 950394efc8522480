//! Commands to changes.

use blocks::edit::BodyAddress;

use super::Command;
use crate::changes::{Changes, Open, Redraw};
use crate::editor::{Editor, Proposal};
use crate::geometry::{Point, Rect};
use crate::gestures::Gesture;

impl Editor {
    /// Does what a command says. What is missing is asked for.
    pub(crate) fn command(&mut self, command: Command) -> Changes {
        use Command as C;
        let proposal = match command {
            C::Undo => return self.undo(),
            C::Redo => return self.redo(),
            C::Cut => return self.cut(),
            C::Copy => return self.copy(),
            C::Paste(Some(text)) => self.paste(&text),
            C::Duplicate => self.duplicate(),
            C::Paste(None) => return Changes::said("paste: the view sends the clipboard's text"),
            C::Delete => self.delete(),
            C::SelectAll => return self.select_all(),
            C::SelectNone => return self.select_none(),
            C::SelectParent => return self.select_parent(),
            C::SelectFirstChild => return self.select_first_child(),
            C::SelectNext => return self.select_step(false),
            C::SelectPrevious => return self.select_step(true),
            C::MoveUp => self.move_in_order(false),
            C::MoveDown => self.move_in_order(true),
            C::MoveOut => self.move_out(),
            C::MoveIn => self.move_in(),
            C::Nudge(x, y, far) => {
                let direction = Point::new(f64::from(x.signum()), f64::from(y.signum()));
                self.nudge(direction, far)
            }
            C::Align(edge) => self.align(edge),
            C::Distribute(axis) => self.distribute(axis),
            C::ZoomIn | C::ZoomOut | C::ZoomFit | C::ZoomSelection | C::ZoomActual => return self.zoom(&command),
            C::Fold => self.fold(),
            C::MakeFunction(None) => return self.ask_name("make_function", "function"),
            C::MakeFunction(Some(name)) => self.make_function(&name),
            C::Inline => self.inline(),
            C::Insert(None) => return self.open_palette(),
            C::Insert(Some(insertion)) => return self.insert_and_open(&insertion),
            C::Connect(giver, sink) => self.connect(&giver, &sink),
            C::Disconnect(sink) => self.disconnect(&sink),
            C::SetLiteral(sink, value) => {
                let ops = self.set_source(&sink, blocks::Source::Literal(value));
                Ok(Proposal::new(format!("set {sink}"), ops).continuing())
            }
            C::PickOutput => return self.pick_output(),
            C::NextInput => return self.step_input(false),
            C::PreviousInput => return self.step_input(true),
            C::Confirm => return self.confirm(),
            C::Title(None) => return self.open_title(),
            C::Title(Some(title)) => self.retitle(&title),
            C::Rename(at, to) => self.rename(&at, &to),
            C::Comment(None) => return self.ask_name("comment", ""),
            C::Comment(Some(text)) => self.note(&text),
            C::Group(None) => return self.ask_name("group", "Group"),
            C::Group(Some(title)) => self.group(&title),
            C::Ungroup => self.ungroup(),
            C::AutoLayout => self.lay_out_anew(),
            C::Find(None) => return Changes::opening(Open::Find),
            C::Find(Some(text)) => return self.find_first(&text),
            C::FindNext => return self.find_next(),
            C::GoToDefinition => return self.go_to_definition(),
            C::GoToReader => return self.go_to_reader(),
            C::GoTo(id) => return self.go_to(&id),
            C::AddInput(None) => return self.ask_name("add_input", "value"),
            C::AddInput(Some((name, ty))) => self.add_input(&name, &ty),
            C::AddOutput(None) => return self.ask_name("add_output", "result"),
            C::AddOutput(Some((name, ty))) => self.add_output(&name, &ty),
            C::AddFunction(None) => return self.ask_name("add_function", "function"),
            C::AddFunction(Some(name)) => self.add_function(&name),
            C::AddTest(None) => return self.ask_name("add_test", "test"),
            C::AddTest(Some(name)) => self.add_test(&name),
            C::AddCarry(None) => return self.ask_name("add_carry", "value"),
            C::AddCarry(Some((name, ty))) => self.add_carry(&name, &ty),
            C::AddBody(None) => return self.ask_name("add_body", "body"),
            C::AddBody(Some(name)) => self.add_body(&name),
            C::AddCase(None) => return self.ask_name("add_case", ""),
            C::AddCase(Some(value)) => self.add_case(value),
            C::Palette => return Changes::opening(Open::Commands),
        };
        self.perform(proposal)
    }

    /// Whether a command could be done now, and why not.
    ///
    /// # Errors
    /// The sentence that the command would be refused with.
    pub fn possible(&self, command: &Command) -> Result<(), String> {
        let mut trial = self.clone();
        match trial.command(command.clone()).refused {
            Some(why) => Err(why),
            None => Ok(()),
        }
    }

    fn ask_name(&self, command: &'static str, proposal: &str) -> Changes {
        let needs_blocks = matches!(command, "make_function" | "group");
        let needs_one = matches!(command, "add_carry" | "add_body" | "add_case");
        let selected = self.selection.outermost(&self.scene);
        if needs_blocks && selected.is_empty() {
            return Changes::refused("select a block first");
        }
        if let (true, Err(why)) = (needs_one, self.one_selected()) {
            return Changes::refused(why);
        }
        Changes::opening(Open::Name { command, proposal: proposal.to_owned() })
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
