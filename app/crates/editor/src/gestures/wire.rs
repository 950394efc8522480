//! Drawing a wire.

use super::Gesture;
use crate::changes::{Changes, LooseEnd, Open, Redraw};
use crate::editor::Editor;
use crate::edits::insert::body_of;
use crate::fits::Fit;
use crate::geometry::{Curve, Point};
use crate::messages::Pointer;
use crate::ports::{Giver, Inlet};
use crate::scene::{BodyKey, From, Hit, To};

/// A wire that is being drawn.
#[derive(Clone, Debug, PartialEq)]
pub struct Drawn {
    /// What it hangs on.
    pub loose: Loose,
    /// The sink from which it was taken; it stays connected until the wire ends elsewhere.
    pub taken_from: Option<Inlet>,
    /// Where the pointer is, in canvas units.
    pub at: Point,
    /// The port under the pointer, and how it fits.
    pub over: Option<(Hit, Fit)>,
}

/// What a wire hangs on while it is drawn.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Loose {
    /// It begins here, and its end is loose.
    End(Giver),
    /// It ends here, and its beginning is loose.
    Beginning(Inlet),
}

impl Editor {
    /// Takes a wire from a port: a new one from a giver; from a sink, the one that is there, or a new one backwards.
    pub(super) fn begin_wire(&mut self, hit: Hit, pointer: &Pointer) -> Changes {
        let (loose, taken_from) = match hit {
            Hit::From(from) => (Loose::End(self.scene.giver(from)), None),
            Hit::To(to) => match self.scene.wire_to(to) {
                Some(wire) => (Loose::End(self.scene.giver(wire.from)), Some(self.scene.sink(to))),
                None => (Loose::Beginning(self.scene.sink(to)), None),
            },
            _ => return Changes::default(),
        };
        let at = self.view.to_canvas(pointer.at);
        let said = match &loose {
            Loose::End(giver) => format!("connecting {giver}, {}", self.type_of(giver)),
            Loose::Beginning(sink) => format!("connecting to {sink}"),
        };
        self.gesture = Gesture::Wire(Drawn { loose, taken_from, at, over: None });
        Changes::drawn(Redraw { overlay: true, ..Redraw::default() }).saying(said)
    }

    pub(super) fn draw_to(&mut self, at: Point, reach: f64) -> Changes {
        let hit = self.scene.hit(at, reach);
        let Gesture::Wire(drawn) = &self.gesture else { return Changes::default() };
        let over = match (&drawn.over, &drawn.loose, hit) {
            // The same port fits as before.
            (Some((before, fit)), ..) if *before == hit => Some((hit, fit.clone())),
            (_, Loose::End(giver), Hit::To(to)) => Some((hit, self.fit_and_order(giver, &self.scene.sink(to)))),
            (_, Loose::Beginning(sink), Hit::From(from)) => {
                Some((hit, self.fit_and_order(&self.scene.giver(from), sink)))
            }
            _ => None,
        };
        if let Gesture::Wire(drawn) = &mut self.gesture {
            drawn.at = at;
            drawn.over = over;
        }
        Changes::drawn(Redraw { overlay: true, ..Redraw::default() })
    }

    /// How a wire would fit by type and by order.
    pub(crate) fn fit_and_order(&self, giver: &Giver, sink: &Inlet) -> Fit {
        match self.fit(giver, sink) {
            Fit::No(why) => Fit::No(why),
            fit => self.moves_for(giver, sink).map_or_else(Fit::No, |_| fit),
        }
    }

    pub(super) fn drop_wire(&mut self, drawn: Drawn) -> Changes {
        let at = drawn.at;
        let hit = drawn.over.map_or_else(|| self.scene.hit(at, crate::metrics::PORT), |(hit, _)| hit);
        let mut changes = match (&drawn.loose, hit) {
            (Loose::End(giver), Hit::To(to)) => self.drop_end(giver, to, drawn.taken_from.as_ref()),
            (Loose::Beginning(sink), Hit::From(from)) => self.drop_beginning(from, sink),
            (Loose::End(_), _) if drawn.taken_from.is_some() => {
                let sink = drawn.taken_from.as_ref();
                let proposal = sink.ok_or_else(String::new).and_then(|sink| self.disconnect(sink));
                self.perform(proposal)
            }
            (Loose::End(giver), Hit::Body(lane)) if self.is_at_edge(lane, at) => {
                let proposal = self.connect_new(giver, &self.scene.address(lane));
                self.perform(proposal)
            }
            (Loose::End(giver), Hit::Block(key, _)) => {
                let id = self.scene.node(key).id.clone();
                self.connect_block(giver, &id)
            }
            (Loose::End(giver), _) => self.ask_for_block(at, LooseEnd::Giver(giver.clone())),
            (Loose::Beginning(sink), _) => self.ask_for_block(at, LooseEnd::Inlet(sink.clone())),
        };
        changes.redraw.overlay = true;
        changes
    }

    fn drop_end(&mut self, giver: &Giver, to: To, taken_from: Option<&Inlet>) -> Changes {
        let sink = self.scene.sink(to);
        if taken_from == Some(&sink) {
            return Changes::said("nothing changed");
        }
        let mut proposal = self.connect(giver, &sink);
        if let (Ok(proposal), Some(before)) = (&mut proposal, taken_from) {
            proposal.ops.extend(self.disconnect(before).map(|taken| taken.ops).unwrap_or_default());
        }
        self.perform(proposal)
    }

    fn drop_beginning(&mut self, from: From, sink: &Inlet) -> Changes {
        let proposal = self.connect(&self.scene.giver(from), sink);
        self.perform(proposal)
    }

    /// A wire that is dropped on a block goes to its first free input that it fits.
    fn connect_block(&mut self, giver: &Giver, id: &blocks::BlockId) -> Changes {
        let Some(node) = self.scene.find(id) else { return Changes::default() };
        let free = node.card.inputs[..node.card.inputs.len() - node.card.carries].iter();
        let sinks = free.map(|port| Inlet::port(id.as_str(), port.as_str()));
        let mut open = sinks.filter(|sink| self.scene.source_of(&self.program, sink).is_none());
        let sink = open.find(|sink| self.fit_and_order(giver, sink).fits());
        let title = node.card.title.clone();
        let proposal = match sink {
            Some(sink) => self.connect(giver, &sink),
            None => Err(format!("{giver} fits no free input of {title}")),
        };
        self.perform(proposal)
    }

    fn ask_for_block(&self, at: Point, end: LooseEnd) -> Changes {
        let choices = self.choices(&end);
        Changes::opening(Open::Palette { at, body: body_of(self, at), wire: Some(end), choices })
    }

    /// Whether a point lies where a body's yields or outputs are drawn.
    fn is_at_edge(&self, lane: BodyKey, at: Point) -> bool {
        let lane = self.scene.lane(lane);
        at.x >= lane.rect.right() - lane.edge_width() - crate::metrics::PADDING
    }

    /// How the wire that is being drawn looks.
    pub fn drawn_wire(&self) -> Option<Curve> {
        let Gesture::Wire(drawn) = &self.gesture else { return None };
        let snapped = match &drawn.over {
            Some((Hit::To(to), Fit::Exact | Fit::Widens { .. })) => self.scene.to_point(*to),
            Some((Hit::From(from), Fit::Exact | Fit::Widens { .. })) => self.scene.from_point(*from),
            _ => drawn.at,
        };
        match &drawn.loose {
            Loose::End(giver) => {
                let from = self.scene.from_point(self.scene.place_of_giver(giver)?);
                Some(Curve::between(from, snapped))
            }
            Loose::Beginning(sink) => {
                let to = self.scene.to_point(self.scene.place_of_sink(sink)?);
                Some(Curve::between(snapped, to))
            }
        }
    }
}
