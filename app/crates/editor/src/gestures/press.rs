//! Clicks.

use super::Press;
use crate::changes::Changes;
use crate::editor::Editor;
use crate::scene::Hit;
use crate::selection::Selection;

impl Editor {
    /// A press that did not move.
    pub(super) fn click(&mut self, press: Press) -> Changes {
        let before = self.selection.clone();
        match press.hit {
            Hit::Block(key, _) => {
                let id = self.scene.node(key).id.clone();
                if press.adds { self.selection.toggle(id) } else { self.selection = Selection::block(id) }
            }
            Hit::Wire(wire) => {
                let sink = self.scene.wires().get(wire).map(|wire| self.scene.sink(wire.to));
                self.select_wire(sink, press.adds);
            }
            Hit::To(to) => {
                let sink = self.scene.wire_to(to).map(|wire| self.scene.sink(wire.to));
                self.select_wire(sink, press.adds);
            }
            Hit::Body(lane) if !press.adds => self.selection = Selection::body(self.scene.address(lane)),
            Hit::Canvas if !press.adds => self.selection = Selection::default(),
            Hit::From(_) | Hit::Body(_) | Hit::Canvas => {}
        }
        if before == self.selection { Changes::default() } else { self.say_selection().selected() }
    }

    fn select_wire(&mut self, sink: Option<crate::Sink>, adds: bool) {
        let Some(sink) = sink else { return };
        if !adds {
            self.selection = Selection::wire(sink);
        } else if !self.selection.wires.contains(&sink) {
            self.selection.wires.push(sink);
        }
    }

    /// What a menu is opened on is selected, unless it is already.
    pub(super) fn select_for_menu(&mut self, hit: Hit) -> Changes {
        let selected = match hit {
            Hit::Block(key, _) => self.selection.has(&self.scene.node(key).id),
            _ => false,
        };
        if selected {
            return Changes::default();
        }
        self.click(Press { at: crate::Point::default(), hit, adds: false, finger: false })
    }

    /// The selection in words.
    pub(crate) fn say_selection(&self) -> Changes {
        let keys = self.selection.outermost(&self.scene);
        let said = match (&keys[..], &self.selection.wires[..], &self.selection.body) {
            ([key], ..) => self.describe(*key),
            ([], [sink], _) => format!("wire to {sink}"),
            ([], [], Some(body)) => format!("body {body}"),
            ([], [], None) => "nothing selected".to_owned(),
            (keys, ..) => format!("{} blocks selected", keys.len()),
        };
        Changes::said(said)
    }

    /// A block in words: what it is called, what it is, and where it stands.
    pub(crate) fn describe(&self, key: crate::scene::Key) -> String {
        let node = self.scene.node(key);
        let lane = self.scene.lane(node.body);
        let place = format!("{} of {}", node.position + 1, lane.children.len());
        let inside = match self.scene.container(node.body) {
            Some(container) => format!(" in {} of {}", lane.name, self.title(container)),
            None => String::new(),
        };
        let kind = blocks::catalog::find(&node.card.kind).map_or(node.card.kind.as_str(), |kind| kind.title.as_str());
        let kind = if kind == node.card.title { String::new() } else { format!(", {kind}") };
        let detail = if node.card.detail.is_empty() { String::new() } else { format!(", {}", node.card.detail) };
        format!("{}{kind}{detail}, {place}{inside}", node.card.title)
    }
}
