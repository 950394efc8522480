//! Clicks.

use super::Press;
use crate::changes::{Changes, Open};
use crate::commands::Command;
use crate::editor::Editor;
use crate::scene::{BodyKey, Hit, Key, Part};
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

    /// Opens what was clicked twice: a title, a setting, a folded block, the function of a call; on nothing, the
    /// palette.
    pub(crate) fn double_click(&mut self, pointer: &crate::Pointer) -> Changes {
        let at = self.view.to_canvas(pointer.at);
        let Hit::Block(key, part) = self.hit_by(pointer) else {
            let body = crate::edits::insert::body_of(self, at);
            return Changes::opening(Open::Palette { at, body, wire: None, choices: Vec::new() });
        };
        let node = self.scene.node(key);
        let id = node.id.clone();
        if node.is_folded() {
            return self.command(Command::Fold);
        }
        let block = self.scene.block(&self.program, key);
        let called = block.filter(|block| block.kind == "call").map(|block| block.setting("function").to_owned());
        if let Some(lane) = called.and_then(|name| self.scene.lane_of_function(&name)) {
            return self.show_body(lane);
        }
        let setting = block.and_then(|block| blocks::catalog::find(&block.kind)).and_then(|kind| kind.settings.first());
        match (part, setting) {
            (Part::Rest, Some(setting)) => Changes::opening(Open::Setting(id, setting.name.to_owned())),
            _ => Changes::opening(Open::Title(id)),
        }
    }

    /// Selects a body and brings it into view.
    pub(crate) fn show_body(&mut self, lane: BodyKey) -> Changes {
        self.selection = Selection::body(self.scene.address(lane));
        let rect = self.scene.lane(lane).rect;
        let mut changes = self.say_selection().selected();
        changes.redraw.view = self.view.reveal(&rect);
        changes
    }

    fn select_wire(&mut self, sink: Option<crate::Inlet>, adds: bool) {
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
    pub(crate) fn describe(&self, key: Key) -> String {
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
