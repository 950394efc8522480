//! Connecting by keyboard: a result is picked, then one steps through the ports that it fits.

use super::Gesture;
use crate::changes::{Changes, Redraw};
use crate::editor::Editor;
use crate::ports::{Giver, Inlet};
use crate::scene::{BodyKey, From, To};

/// A wire that is being chosen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Picking {
    /// What the selected block, or body, gives.
    pub givers: Vec<Giver>,
    /// Which one, by its place.
    pub giver: usize,
    /// The ports that it fits, in the order of the document from the selected block on.
    pub sinks: Vec<Inlet>,
    /// Which one, by its place; none yet.
    pub sink: Option<usize>,
}

/// Why nothing can be picked.
pub(crate) const NOTHING_TO_PICK: &str = "select a block that gives a value, or a body";

/// How many ports are stepped through at most.
const MOST: usize = 200;

impl Editor {
    /// Picks the first result of the selection, or the next one if one is picked already.
    pub(crate) fn pick_output(&mut self) -> Changes {
        let picked = match &self.gesture {
            Gesture::Pick(picking) => Some((picking.givers.clone(), (picking.giver + 1) % picking.givers.len())),
            _ => None,
        };
        let (givers, giver) = picked.unwrap_or_else(|| (self.givers_of_selection(), 0));
        if givers.is_empty() {
            return Changes::refused(NOTHING_TO_PICK);
        }
        let sinks = self.fitting_sinks(&givers[giver]);
        let said = match sinks.len() {
            0 => format!("{}, {}: it fits no port", givers[giver], self.type_of(&givers[giver])),
            count => format!("{}, {}: {count} ports fit", givers[giver], self.type_of(&givers[giver])),
        };
        self.gesture = Gesture::Pick(Picking { givers, giver, sinks, sink: None });
        Changes::drawn(Redraw { overlay: true, ..Redraw::default() }).saying(said)
    }

    pub(crate) fn givers_of_selection(&self) -> Vec<Giver> {
        if let Some(key) = self.selection.outermost(&self.scene).last() {
            let node = self.scene.node(*key);
            let results = (0..node.card.results.len()).map(|port| self.scene.giver(From::Result(*key, port)));
            let given = node.lanes.iter().flat_map(|lane| self.given_by(*lane));
            return results.chain(given).collect();
        }
        let body = self.selection.body.as_ref().and_then(|body| self.scene.lane_key(body));
        self.given_by(body.unwrap_or(self.scene.roots()[0]))
    }

    fn given_by(&self, lane: BodyKey) -> Vec<Giver> {
        (0..self.scene.lane(lane).given.len()).map(|port| self.scene.giver(From::Given(lane, port))).collect()
    }

    /// The ports that a giver fits, those of blocks behind it first.
    fn fitting_sinks(&self, giver: &Giver) -> Vec<Inlet> {
        let mut places: Vec<To> = Vec::new();
        for key in self.scene.order() {
            let node = self.scene.node(*key);
            places.extend((0..node.card.inputs.len()).map(|port| To::Input(*key, port)));
            places.extend(node.lanes.iter().flat_map(|lane| self.taken_by(*lane)));
        }
        places.extend(self.scene.roots().iter().flat_map(|lane| self.taken_by(*lane)));
        let origin = self.scene.key(&giver.block).map_or(0, |key| self.scene.node(key).order);
        let is_before = |to: &To| match to {
            To::Input(key, _) => self.scene.node(*key).order <= origin,
            To::Taken(lane, _) => self.scene.container(*lane).is_some_and(|key| self.scene.node(key).order < origin),
        };
        places.sort_by_key(is_before);
        let cycles = self.cycles_from(giver);
        let open = places.into_iter().filter(|to| !cycles(*to)).map(|to| self.scene.sink(to));
        let fits = |sink: &Inlet| self.fit_in_scope(giver, sink).fits();
        open.filter(fits).take(MOST).collect()
    }

    fn taken_by(&self, lane: BodyKey) -> impl Iterator<Item = To> + use<> {
        (0..self.scene.lane(lane).taken.len()).map(move |port| To::Taken(lane, port))
    }

    /// Goes to the next port that fits, or to the one before.
    pub(crate) fn step_input(&mut self, back: bool) -> Changes {
        let Gesture::Pick(picking) = &mut self.gesture else { return self.pick_output() };
        let count = picking.sinks.len();
        if count == 0 {
            return Changes::refused("no port fits");
        }
        let next = match (picking.sink, back) {
            (None, false) => 0,
            (None, true) => count - 1,
            (Some(place), false) => (place + 1) % count,
            (Some(place), true) => (place + count - 1) % count,
        };
        picking.sink = Some(next);
        let sink = picking.sinks[next].clone();
        let title = sink.block().and_then(|id| self.scene.find(id)).map(|node| node.card.title.clone());
        let holds = match self.scene.source_of(&self.program, &sink) {
            Some(source) => format!(", now {}", blocks::text::write_source(source)),
            None => String::new(),
        };
        let said =
            format!("{}{sink}{holds}, {} of {count}", title.map(|t| format!("{t}, ")).unwrap_or_default(), next + 1);
        let moved = self.scene.place_of_sink(&sink).map(|to| self.scene.to_point(to));
        let view = moved.is_some_and(|at| self.view.reveal(&crate::Rect::new(at.x, at.y, 0.0, 0.0).grown(40.0)));
        Changes::drawn(Redraw { overlay: true, view, ..Redraw::default() }).saying(said)
    }

    /// Connects what is chosen.
    pub(crate) fn confirm(&mut self) -> Changes {
        let Gesture::Pick(picking) = std::mem::take(&mut self.gesture) else {
            return Changes::refused("nothing is being connected");
        };
        let Some(sink) = picking.sink.and_then(|place| picking.sinks.get(place)) else {
            self.gesture = Gesture::Pick(picking);
            return Changes::refused("choose a port first");
        };
        let proposal = self.connect(&picking.givers[picking.giver], sink);
        let mut changes = self.perform(proposal);
        changes.redraw.overlay = true;
        changes
    }
}
