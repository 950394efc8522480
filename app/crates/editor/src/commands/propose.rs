//! Commands that change the program: what they propose.

use super::Command;
use crate::editor::{Editor, Proposal};
use crate::geometry::Point;
use crate::gestures::{Gesture, NOTHING_TO_PICK};
use crate::scene::From;

impl Editor {
    /// What a command would do to the program; `None` for one that does not change it, or asks first.
    pub(super) fn propose(&self, command: &Command) -> Option<Result<Proposal, String>> {
        use Command as C;
        Some(match command {
            C::Paste(Some(text)) => self.paste(text),
            C::Duplicate => self.duplicate(),
            C::Delete => self.delete(),
            C::MoveUp => self.move_in_order(false),
            C::MoveDown => self.move_in_order(true),
            C::MoveOut => self.move_out(),
            C::MoveIn => self.move_in(),
            C::Nudge(x, y, far) => {
                let direction = Point::new(f64::from(x.signum()), f64::from(y.signum()));
                self.nudge(direction, *far)
            }
            C::Align(edge) => self.align(*edge),
            C::Distribute(axis) => self.distribute(*axis),
            C::Fold => self.fold(),
            C::MakeFunction(Some(name)) => self.make_function(name),
            C::Inline => self.inline(),
            C::Connect(giver, sink) => self.connect(giver, sink),
            C::Disconnect(sink) => self.disconnect(sink),
            C::SetLiteral(sink, value) => self.write_at(sink, value),
            C::HandOn => self.hand_on(),
            C::Title(Some(title)) => self.retitle(title),
            C::Rename(at, to) => self.rename(at, to),
            C::Comment(Some(text)) => self.note(text),
            C::Group(Some(title)) => self.group(title),
            C::Ungroup => self.ungroup(),
            C::AutoLayout => self.lay_out_anew(),
            C::AddInput(Some((name, ty))) => self.add_input(name, ty),
            C::AddOutput(Some((name, ty))) => self.add_output(name, ty),
            C::AddFunction(Some(name)) => self.add_function(name),
            C::AddTest(Some(name)) => self.add_test(name),
            C::AddCarry(Some((name, ty))) => self.add_carry(name, ty),
            C::AddBody(Some(name)) => self.add_body(name),
            C::AddCase(Some(value)) => self.add_case(value.clone()),
            _ => return None,
        })
    }

    fn write_at(&self, sink: &crate::Inlet, value: &blocks::Value) -> Result<Proposal, String> {
        if self.scene.place_of_sink(sink).is_none() {
            return Err(format!("there is no {sink}"));
        }
        let ops = self.set_source(sink, blocks::Source::Literal(value.clone()));
        Ok(Proposal::new(format!("set {sink}"), ops).continuing())
    }

    /// Lets the body around give the picked result away, or the first one of the selected block.
    fn hand_on(&self) -> Result<Proposal, String> {
        let picked = match &self.gesture {
            Gesture::Pick(picking) => picking.givers.get(picking.giver).cloned(),
            _ => None,
        };
        let key = self.one_selected()?;
        let node = self.scene.node(key);
        let first = (!node.card.results.is_empty()).then(|| self.scene.giver(From::Result(key, 0)));
        let giver = picked.or(first).ok_or_else(|| format!("{} gives no value", self.title(key)))?;
        self.connect_new(&giver, &self.scene.address(node.body))
    }

    /// Whether a command could be done now.
    ///
    /// # Errors
    /// The sentence that it would be refused with.
    pub fn possible(&self, command: &Command) -> Result<(), String> {
        use Command as C;
        // A duplicate is made only when it is wanted.
        if *command == C::Duplicate {
            return self.common_lane(&self.with_members(self.selection.outermost(&self.scene))).map(|_| ());
        }
        if let Some(proposal) = self.propose(command) {
            return proposal.map(|_| ());
        }
        let selected = || self.selection.outermost(&self.scene);
        let need = |holds: bool, why: &str| if holds { Ok(()) } else { Err(why.to_owned()) };
        match command {
            C::Cut | C::Copy | C::MakeFunction(None) | C::Group(None) | C::ZoomSelection => {
                need(!selected().is_empty(), "select a block first")
            }
            C::AddCarry(None) | C::AddBody(None) | C::AddCase(None) | C::Title(None) => self.one_selected().map(|_| ()),
            C::SelectFirstChild => self.first_child().map(|_| ()),
            C::PickOutput | C::NextInput | C::PreviousInput => {
                let picking = matches!(self.gesture, Gesture::Pick(_));
                need(picking || !self.givers_of_selection().is_empty(), NOTHING_TO_PICK)
            }
            C::FindNext => self.find_or_say().map(|_| ()),
            C::GoTo(id) => need(self.scene.key(id).is_some(), &format!("there is no block {id}")),
            C::GoToDefinition => self.definition().map(|_| ()),
            C::GoToReader => self.first_reader().map(|_| ()),
            C::Confirm => need(matches!(self.gesture, Gesture::Pick(_)), "nothing is being connected"),
            _ => Ok(()),
        }
    }
}
