//! Containers: bodies, yields and carried values.

use std::collections::HashMap;

use super::Checker;
use super::operations::{Planned, ports};
use super::scope::Ports;
use crate::catalog::Meaning;
use crate::diagnostic::Diagnostic;
use crate::document::{Block, Body, Source};
use crate::plan::{Driver, Operation, Outlet, PlannedBody};
use crate::types::Type;
use crate::value::Value;

impl Checker<'_> {
    pub(super) fn branch(&mut self, block: &Block) -> Planned {
        let condition = self.feed(block, "condition", &Type::Bool);
        let then = self.body(block, "then", Ports::default(), None);
        let otherwise = self.body(block, "else", Ports::default(), None);
        let ([then, otherwise], outputs) = self.alternatives(block, [("then", then), ("else", otherwise)]);
        (condition.map(|condition| Operation::If { condition, then, otherwise }), outputs)
    }

    pub(super) fn rescue(&mut self, block: &Block) -> Planned {
        let error = Type::Record(["code", "message"].iter().map(|name| ((*name).to_owned(), Type::Text)).collect());
        let attempt = self.body(block, "try", Ports::default(), None);
        let rescue = self.body(block, "catch", ports([("error", error)]), None);
        let ([attempt, rescue], outputs) = self.alternatives(block, [("try", attempt), ("catch", rescue)]);
        (Some(Operation::Try { attempt, rescue }), outputs)
    }

    pub(super) fn repetition(&mut self, block: &Block, meaning: Meaning) -> Planned {
        let carried: Ports = block.carries.iter().map(|carry| (carry.name.clone(), carry.ty.clone())).collect();
        self.carries_are_distinct(block);
        let (driver, mut inner) = match meaning {
            Meaning::ForEach => {
                let item = self.type_of(block, "items").item();
                let items = self.feed(block, "items", &Type::list(item.clone()));
                (items.map(Driver::Each), ports([("item", item), ("index", Type::Int)]))
            }
            Meaning::Repeat => {
                let times = self.feed(block, "times", &Type::Int);
                (times.map(Driver::Times), ports([("turn", Type::Int)]))
            }
            _ => {
                let wanted = [("holds".to_owned(), Type::Bool)];
                let condition = self.body(block, "condition", carried.clone(), Some(&wanted));
                (Some(Driver::While(condition)), Ports::default())
            }
        };
        inner.extend(carried.clone());
        let carries: Vec<Outlet> = block
            .carries
            .iter()
            .map(|carry| Outlet {
                name: carry.name.clone(),
                ty: carry.ty.clone(),
                from: self.feed_of(Some(&block.id), &carry.name, &carry.from, &carry.ty),
            })
            .collect();
        let wanted: Vec<(String, Type)> = carried.clone().into_iter().collect();
        let body = self.body(block, "body", inner, Some(&wanted));
        (driver.map(|driver| Operation::Loop { driver, carries, body }), carried)
    }

    pub(super) fn map(&mut self, block: &Block) -> Planned {
        let item = self.type_of(block, "items").item();
        let items = self.feed(block, "items", &Type::list(item.clone()));
        let body = self.body(block, "body", ports([("item", item), ("index", Type::Int)]), None);
        let value = body.yields.iter().find(|outlet| outlet.name == "value").map(|outlet| outlet.ty.clone());
        if value.is_none() {
            self.missing_yield(block, "body", "value");
        }
        for outlet in body.yields.iter().filter(|outlet| outlet.name != "value") {
            self.unknown_yield(block, "body", &outlet.name);
        }
        let outputs = ports([("items", Type::list(value.unwrap_or(Type::Unknown)))]);
        (items.map(|items| Operation::Map { items, body }), outputs)
    }

    pub(super) fn reduce(&mut self, block: &Block) -> Planned {
        let item = self.type_of(block, "items").item();
        let items = self.feed(block, "items", &Type::list(item.clone()));
        let total = self.type_setting(block, "initial");
        let initial = self.feed(block, "initial", &total);
        let inner = ports([("item", item), ("index", Type::Int), ("total", total.clone())]);
        let body = self.body(block, "body", inner, Some(&[("total".to_owned(), total.clone())]));
        let operation = items.zip(initial).map(|(items, initial)| Operation::Reduce { items, initial, body });
        (operation, ports([(crate::catalog::VALUE, total)]))
    }

    pub(super) fn sort_by(&mut self, block: &Block) -> Planned {
        let item = self.type_of(block, "items").item();
        let items = self.feed(block, "items", &Type::list(item.clone()));
        let body = self.body(block, "body", ports([("item", item.clone()), ("index", Type::Int)]), None);
        let key = body.yields.iter().find(|outlet| outlet.name == "key").map(|outlet| outlet.ty.clone());
        match key {
            None => self.missing_yield(block, "body", "key"),
            Some(Type::Int | Type::Number | Type::Text | Type::Bool | Type::Unknown) => {}
            Some(other) => {
                let message = format!("items are sorted by int, number, text or bool, not by {other}");
                self.report_at(Some(&block.id), "key", "type_mismatch", message);
            }
        }
        for outlet in body.yields.iter().filter(|outlet| outlet.name != "key") {
            self.unknown_yield(block, "body", &outlet.name);
        }
        let descending = block.config.get("descending") == Some(&Value::Bool(true));
        let operation = items.map(|items| Operation::SortBy { items, descending, body });
        (operation, ports([("items", Type::list(item))]))
    }

    pub(super) fn filter(&mut self, block: &Block) -> Planned {
        let item = self.type_of(block, "items").item();
        let items = self.feed(block, "items", &Type::list(item.clone()));
        let wanted = [("keep".to_owned(), Type::Bool)];
        let body = self.body(block, "body", ports([("item", item.clone()), ("index", Type::Int)]), Some(&wanted));
        (items.map(|items| Operation::Filter { items, body }), ports([("items", Type::list(item))]))
    }

    fn carries_are_distinct(&mut self, block: &Block) {
        for (index, carry) in block.carries.iter().enumerate() {
            let reserved = matches!(carry.name.as_str(), "item" | "index" | "turn");
            if reserved || block.carries[..index].iter().any(|earlier| earlier.name == carry.name) {
                let message = format!("the carried value '{}' needs a name of its own", carry.name);
                self.report_at(Some(&block.id), &carry.name, "duplicate_carry", message);
            }
        }
    }

    fn alternatives<const N: usize>(
        &mut self,
        block: &Block,
        bodies: [(&str, PlannedBody); N],
    ) -> ([PlannedBody; N], Ports) {
        let mut bodies: Vec<(String, PlannedBody)> =
            bodies.into_iter().map(|(name, body)| (name.to_owned(), body)).collect();
        let outputs = self.joined(block, &mut bodies);
        let mut bodies = bodies.into_iter().map(|(_, body)| body);
        (std::array::from_fn(|_| bodies.next().unwrap_or_default()), outputs)
    }

    /// Bodies of which one runs: what all yield under one name is an output of the joined type.
    pub(super) fn joined(&mut self, block: &Block, bodies: &mut [(String, PlannedBody)]) -> Ports {
        let mut outputs = Ports::default();
        for (place, (name, body)) in bodies.iter().enumerate() {
            for outlet in &body.yields {
                let joined = match outputs.get(&outlet.name) {
                    None if place == 0 => Some(outlet.ty.clone()),
                    None => {
                        // Those before it do not yield it.
                        self.missing_yield(block, &bodies[0].0, &outlet.name);
                        continue;
                    }
                    Some(before) => before.join(&outlet.ty),
                };
                let ty = joined.unwrap_or_else(|| {
                    let before = outputs.get(&outlet.name).map(ToString::to_string).unwrap_or_default();
                    let message = format!("'{}' is {} in {name} and {before} before", outlet.name, outlet.ty);
                    self.report_at(Some(&block.id), &outlet.name, "type_mismatch", message);
                    Type::Unknown
                });
                outputs.insert(outlet.name.clone(), ty);
            }
        }
        for (name, body) in bodies.iter().skip(1) {
            for missing in outputs.keys().filter(|have| !body.yields.iter().any(|outlet| outlet.name == **have)) {
                self.missing_yield(block, name, missing);
            }
        }
        for (_, body) in bodies.iter_mut() {
            for (name, message) in align(body, &outputs) {
                self.report_at(Some(&block.id), &name, "type_mismatch", format!("the value does not fit: {message}"));
            }
        }
        outputs
    }

    /// Checks one body of a container. With `wanted`, its yields are exactly these, in this order; otherwise they are
    /// what it says.
    pub(super) fn body(
        &mut self,
        block: &Block,
        name: &str,
        inner: Ports,
        wanted: Option<&[(String, Type)]>,
    ) -> PlannedBody {
        let empty = Body::default();
        let body = block.bodies.get(name).unwrap_or(&empty);
        self.scopes.enter_container(&block.id, inner);
        if block.kind == "parallel" {
            self.scopes.keep_apart();
        }
        let mut planned = self.open_body(name, body);
        planned.yields = match wanted {
            None => body.yields.iter().map(|(name, source)| self.free_yield(block, name, source)).collect(),
            Some(wanted) => self.wanted_yields(block, name, body, wanted),
        };
        self.scopes.leave();
        self.scopes.leave();
        planned
    }

    fn free_yield(&mut self, block: &Block, name: &str, source: &Source) -> Outlet {
        let ty = match source {
            Source::Literal(value) => Type::of(value),
            Source::Wire { block: from, port } => self.scopes.find(from, port).unwrap_or(Type::Unknown),
        };
        let from = self.feed_of(Some(&block.id), name, source, &ty);
        Outlet { name: name.to_owned(), ty, from }
    }

    fn wanted_yields(&mut self, block: &Block, name: &str, body: &Body, wanted: &[(String, Type)]) -> Vec<Outlet> {
        for unknown in body.yields.keys().filter(|have| !wanted.iter().any(|(want, _)| want == *have)) {
            self.unknown_yield(block, name, unknown);
        }
        let mut outlets = Vec::new();
        for (want, ty) in wanted {
            match body.yields.get(want) {
                Some(source) => {
                    let from = self.feed_of(Some(&block.id), want, source, ty);
                    outlets.push(Outlet { name: want.clone(), ty: ty.clone(), from });
                }
                None => self.missing_yield(block, name, want),
            }
        }
        outlets
    }

    pub(super) fn missing_yield(&mut self, block: &Block, body: &str, name: &str) {
        let message = format!("the body '{body}' must yield '{name}'");
        self.report(Diagnostic::error("missing_yield", message).at(&block.id).port(name));
    }

    pub(super) fn unknown_yield(&mut self, block: &Block, body: &str, name: &str) {
        let message = format!("nothing takes '{name}' from the body '{body}'; carry it, or remove the yield");
        self.report(Diagnostic::error("unknown_yield", message).at(&block.id).port(name));
    }
}

/// Puts the yields of one alternative in the order of the outputs, each widened to the joined type. Literals that
/// cannot be widened come back with a sentence.
fn align(body: &mut PlannedBody, outputs: &Ports) -> Vec<(String, String)> {
    let mut unfit = Vec::new();
    let mut by_name: HashMap<String, Outlet> =
        body.yields.drain(..).map(|outlet| (outlet.name.clone(), outlet)).collect();
    for (name, ty) in outputs {
        if let Some(mut outlet) = by_name.remove(name) {
            outlet.from.widen |= outlet.ty.widens_to(ty);
            outlet.from.nests |= outlet.ty.nests_in(ty);
            if let crate::plan::Origin::Literal(value) = &mut outlet.from.origin {
                match crate::conform::widen_to(value.clone(), ty) {
                    Ok(widened) => *value = widened,
                    Err(error) => unfit.push((name.clone(), error.to_string())),
                }
                outlet.from.widen = false;
            }
            outlet.from.ty = ty.clone();
            outlet.ty = ty.clone();
            body.yields.push(outlet);
        }
    }
    unfit
}
