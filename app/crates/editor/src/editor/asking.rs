//! What a view asks while something is going on.

use std::collections::{BTreeSet, HashSet};

use blocks::Type;

use super::Editor;
use crate::fits::{Fit, Typing};
use crate::geometry::{Curve, Point};
use crate::gestures::Gesture;
use crate::ports::{Giver, Inlet};
use crate::scene::{From, Hit, Key, To, Visible};

/// Why a wire would lead in a circle, where it is not said by which blocks.
const CYCLE: &str = "that would be a cycle";

/// The blocks that are being dragged.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Moving<'a> {
    /// The blocks that were taken hold of.
    pub blocks: &'a [Key],
    /// These, and everything inside them: all that is to be drawn elsewhere.
    pub moved: &'a BTreeSet<Key>,
    /// The wires at them, by their places in [`crate::scene::Scene::wires`].
    pub wires: &'a [usize],
    /// How far from where they stand, in canvas units.
    pub by: Point,
}

impl Editor {
    /// What is being dragged, to be drawn so far from where the scene says.
    pub fn moving(&self) -> Option<Moving<'_>> {
        match &self.gesture {
            Gesture::Drag(drag) => {
                Some(Moving { blocks: &drag.blocks, moved: &drag.moved, wires: &drag.wires, by: drag.by })
            }
            _ => None,
        }
    }

    /// How a wire is drawn now, by its place in [`crate::scene::Scene::wires`]: its ends move with what is dragged.
    pub fn curve(&self, wire: usize) -> Option<Curve> {
        let wire = self.scene.wires().get(wire)?;
        let Some(moving) = self.moving() else { return Some(wire.curve) };
        let shifted = |moves: bool, at: Point| if moves { at + moving.by } else { at };
        let from = shifted(self.comes_from(wire.from, moving.moved), wire.curve.from);
        Some(Curve::between(from, shifted(self.goes_to(wire.to, moving.moved), wire.curve.to)))
    }

    /// The ports in view that the wire being drawn or chosen may be connected to, and those that it may not, with the
    /// reason: what is to light up, and what is to fade.
    pub fn lit(&self, visible: &Visible) -> Vec<(Hit, Fit)> {
        if let Some(giver) = self.gesture.giver() {
            let cycles = self.cycles_from(giver);
            let fit = |to: To| {
                let sink = self.scene.sink(to);
                if cycles(to) { Fit::No(CYCLE.to_owned()) } else { self.fit_in_scope(giver, &sink) }
            };
            return self.sinks_in(visible).into_iter().map(|to| (Hit::To(to), fit(to))).collect();
        }
        let Some(sink) = self.gesture.sink() else { return Vec::new() };
        let cycles = self.cycles_to(sink);
        let fit = |from: From| {
            let giver = self.scene.giver(from);
            if cycles(from) { Fit::No(CYCLE.to_owned()) } else { self.fit_in_scope(&giver, sink) }
        };
        self.givers_in(visible).into_iter().map(|from| (Hit::From(from), fit(from))).collect()
    }

    /// Which sinks a giver must not be read at, because it reads them itself; found out once for all of them.
    pub(crate) fn cycles_from(&self, giver: &Giver) -> impl Fn(To) -> bool + use<'_> {
        let key = giver.inside.is_none().then(|| self.scene.key(&giver.block)).flatten();
        let upstream = key.map(|key| self.upstream(key)).unwrap_or_default();
        move |to| key.and_then(|key| self.reader_beside(key, to)).is_some_and(|reader| upstream.contains(&reader))
    }

    /// Which givers a sink must not read, because they read it themselves.
    fn cycles_to(&self, sink: &Inlet) -> impl Fn(From) -> bool + use<'_> {
        let to = self.scene.place_of_sink(sink);
        let mut downstream = HashSet::new();
        let mut reader = match to {
            Some(To::Input(key, _)) => Some(key),
            Some(To::Taken(lane, _)) => self.scene.container(lane),
            None => None,
        };
        // In the sink's body, and in each around it, what reads the sink or the container that it lies in.
        while let Some(key) = reader {
            downstream.extend(self.downstream(key));
            reader = self.scene.container(self.scene.node(key).body);
        }
        move |from| matches!(from, From::Result(key, _) if downstream.contains(&key))
    }

    /// How a giver fits a sink by type and scope, whatever the order.
    pub(crate) fn fit_in_scope(&self, giver: &Giver, sink: &Inlet) -> Fit {
        match self.may_read(giver, sink) {
            Ok(_) => self.fit(giver, sink),
            Err(why) => Fit::No(why),
        }
    }

    fn sinks_in(&self, visible: &Visible) -> Vec<To> {
        let inputs = visible.blocks.iter().flat_map(|shape| {
            let count = self.scene.node(shape.key).card.inputs.len();
            (0..count).map(|port| To::Input(shape.key, port))
        });
        let taken = visible.bodies.iter().flat_map(|shape| {
            let count = self.scene.lane(shape.key).taken.len();
            (0..count).map(|port| To::Taken(shape.key, port))
        });
        inputs.chain(taken).collect()
    }

    fn givers_in(&self, visible: &Visible) -> Vec<From> {
        let results = visible.blocks.iter().flat_map(|shape| {
            let count = self.scene.node(shape.key).card.results.len();
            (0..count).map(|port| From::Result(shape.key, port))
        });
        let given = visible.bodies.iter().flat_map(|shape| {
            let count = self.scene.lane(shape.key).given.len();
            (0..count).map(|port| From::Given(shape.key, port))
        });
        results.chain(given).collect()
    }

    /// What is known of types.
    pub(crate) fn typing(&self) -> Typing<'_> {
        Typing::new(&self.program, &self.scene, &self.types)
    }

    /// The type of a port from which wires begin.
    pub fn type_of(&self, giver: &Giver) -> Type {
        self.typing().of_giver(giver)
    }

    /// How a value fits a port.
    pub fn fit(&self, giver: &Giver, sink: &Inlet) -> Fit {
        self.typing().fit(giver, sink)
    }
}
