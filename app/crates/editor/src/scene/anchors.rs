//! Where ports are drawn.

use super::Scene;
use super::card::edge_port;
use super::tree::{BodyKey, Key};
use super::wires::{From, To};
use crate::geometry::Point;
use crate::metrics::TITLE;

impl Scene {
    /// The middle of a port from which a wire begins; in a folded container, the right end of its title.
    pub fn from_point(&self, from: From) -> Point {
        if let Some(folded) = self.folded_from(from) {
            let rect = self.node(folded).rect;
            return Point::new(rect.right(), rect.y + TITLE / 2.0);
        }
        match from {
            From::Result(key, port) => {
                let node = self.node(key);
                Point::new(node.rect.right(), node.rect.y + node.port_height(port))
            }
            From::Given(lane, port) => {
                let lane = self.lane(lane);
                Point::new(lane.rect.x + lane.edges.0, lane.rect.y + edge_port(port))
            }
        }
    }

    /// The middle of a port at which a wire ends; in a folded container, the left end of its title.
    pub fn to_point(&self, to: To) -> Point {
        if let Some(folded) = self.folded_to(to) {
            let rect = self.node(folded).rect;
            return Point::new(rect.x, rect.y + TITLE / 2.0);
        }
        match to {
            To::Input(key, port) => {
                let node = self.node(key);
                Point::new(node.rect.x, node.rect.y + node.port_height(port))
            }
            To::Taken(lane, port) => {
                let lane = self.lane(lane);
                Point::new(lane.rect.right() - lane.edges.1, lane.rect.y + edge_port(port))
            }
        }
    }

    /// The folded container that hides the beginning of a wire.
    pub(super) fn folded_from(&self, from: From) -> Option<Key> {
        match from {
            From::Result(key, _) => self.node(key).hidden_in,
            From::Given(lane, _) => self.folded_lane(lane),
        }
    }

    /// The folded container that hides the end of a wire.
    pub(super) fn folded_to(&self, to: To) -> Option<Key> {
        match to {
            To::Input(key, _) => self.node(key).hidden_in,
            To::Taken(lane, _) => self.folded_lane(lane),
        }
    }

    fn folded_lane(&self, lane: BodyKey) -> Option<Key> {
        let container = self.container(lane)?;
        let node = self.node(container);
        node.hidden_in.or_else(|| node.is_folded().then_some(container))
    }
}

impl super::Node {
    /// From its top to the middle of a port.
    pub(super) fn port_height(&self, port: usize) -> f64 {
        if self.is_folded() { TITLE / 2.0 } else { self.card.port(port) }
    }
}
