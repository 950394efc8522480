//! Lists and maps that grow where they stand.
//!
//! A carried value is a new value in each turn. Where nothing reads the one before any more, the variable's list or map
//! itself is changed, so that a loop over a thousand items does not make a thousand copies. The variable must hold a list
//! of its own: it starts with one that is written out, or with a copy. From then on every value that the loop makes of it
//! ([`Growths::same`]) is that list, and what reads one of them may look into it before the next one is made, but may not
//! keep it.

use std::collections::{HashMap, HashSet};

use blocks::formula::{BinaryOperator, Typed, TypedNode};
use blocks::plan::{Feed, Operation, Origin, Outlet, PlannedBody, Step};
use blocks::{BlockId, Type, Value};

use super::VALUE;
use super::keeping::{has_alias, looks};
use super::reads::{reads_in, reads_of};

pub(super) type Port = (BlockId, String);

/// What grows where it stands.
#[derive(Debug, Default)]
pub(super) struct Growths {
    /// Ports whose value is the changed list or map of another port.
    pub(super) same: HashMap<Port, Port>,
    /// The blocks that change it.
    pub(super) steps: HashSet<BlockId>,
    /// The carried values whose variable keeps its list or map.
    pub(super) roots: HashSet<Port>,
}

/// How a block makes a list or map of another one.
#[derive(Debug)]
pub(super) struct Growth<'a> {
    /// The list or map before.
    pub(super) base: &'a Feed,
    pub(super) way: Way<'a>,
}

#[derive(Debug)]
pub(super) enum Way<'a> {
    /// Items at the end.
    Push(Vec<Part<'a>>),
    /// A list at the end.
    Extend(Part<'a>),
    /// An entry.
    Put(Part<'a>, Part<'a>),
    /// Another item at a position.
    Replace(Part<'a>, Part<'a>),
}

/// What is put in, and the type that it has there.
#[derive(Clone, Copy, Debug)]
pub(super) enum Part<'a> {
    Typed(&'a Typed, &'a Type),
    Feed(&'a Feed),
}

/// One step from a value to the next: the place of the block in its body, the value before, and the value after.
struct Link {
    step: usize,
    before: Port,
    after: Port,
}

impl Growths {
    /// Adds what a body makes of a carried value, if it only grows there.
    pub(super) fn add(&mut self, root: &Port, body: &PlannedBody, next: &Outlet) {
        if !matches!(next.ty, Type::List(_) | Type::Map(_)) || next.ty.has_unknown() {
            return;
        }
        let mut found = Self::default();
        if found.body(body, &next.from, root).is_some() && !found.steps.is_empty() {
            self.same.extend(found.same);
            self.steps.extend(found.steps);
            self.roots.insert(root.clone());
        }
    }

    /// Whether a port's value is that of a list or map which grows.
    pub(super) fn involves(&self, feed: &Feed) -> bool {
        let Origin::Port(block, port) = &feed.origin else { return false };
        let port = (block.clone(), port.clone());
        self.same.contains_key(&port) || self.same.values().any(|base| *base == port)
    }

    /// Whether what a body yields is a port's own list or map, and no one keeps it as it was.
    fn body(&mut self, body: &PlannedBody, yielded: &Feed, root: &Port) -> Option<()> {
        let (links, base) = walk(body, yielded)?;
        if base != *root {
            return None;
        }
        let last = links.first().map_or(root, |link| &link.after).clone();
        let before = links.iter().map(|link| (link.before.clone(), Some(link.step)));
        for (port, consumer) in before.chain([(last.clone(), None)]) {
            let reads = |feed: &Feed| is_port(feed, &port);
            let early = consumer.unwrap_or(body.steps.len());
            let kept = !body.steps[..early].iter().all(|step| looks(&step.operation, &reads));
            let late = body.steps.iter().skip(early + 1).any(|step| reads_of(&step.operation, &reads) > 0);
            let yields = body.yields.iter().filter(|outlet| reads(&outlet.from)).count();
            if kept || late || yields != usize::from(port == last) {
                return None;
            }
        }
        for link in links {
            self.step(&body.steps[link.step], &link)?;
            self.same.insert(link.after, link.before);
        }
        Some(())
    }

    fn step(&mut self, step: &Step, link: &Link) -> Option<()> {
        let reads = |feed: &Feed| is_port(feed, &link.before);
        let given = step.operation.feeds().into_iter().filter(|(feed, _)| reads(feed)).count();
        match &step.operation {
            Operation::Formula { .. } | Operation::Builtin { .. } => {
                let growth = growth(&step.operation)?;
                let kept = growth.parts().into_iter().any(|part| part.keeps(&step.operation, &reads));
                self.steps.insert(step.block.clone());
                (!kept && given == 1).then_some(())
            }
            Operation::If { .. } | Operation::Match { .. } => {
                for body in step.operation.bodies() {
                    let outlet = body.yields.iter().find(|outlet| outlet.name == link.after.1)?;
                    self.body(body, &outlet.from, &link.before)?;
                }
                (given == 0).then_some(())
            }
            Operation::Loop { carries, body, .. } => {
                let place = carries.iter().position(|carry| carry.name == link.after.1)?;
                let inside: usize = step.operation.bodies().into_iter().map(|body| reads_in(body, &reads)).sum();
                self.body(body, &body.yields.get(place)?.from, &link.after)?;
                (given == 1 && inside == 0).then_some(())
            }
            _ => None,
        }
    }
}

/// The way back from what a body yields to a port from outside of it.
fn walk(body: &PlannedBody, yielded: &Feed) -> Option<(Vec<Link>, Port)> {
    let mut links = Vec::new();
    let mut current = port_of(yielded)?;
    while let Some(step) = body.steps.iter().position(|step| step.block == current.0) {
        let before = base(&body.steps[step].operation, &current.1)?;
        links.push(Link { step, before: before.clone(), after: current });
        current = before;
    }
    Some((links, current))
}

/// The port that an operation's result is made of.
fn base(operation: &Operation, port: &str) -> Option<Port> {
    match operation {
        Operation::Formula { .. } | Operation::Builtin { .. } if port == VALUE => port_of(growth(operation)?.base),
        Operation::If { .. } | Operation::Match { .. } => {
            let bodies = operation.bodies();
            let bases = bodies.into_iter().map(|body| {
                let outlet = body.yields.iter().find(|outlet| outlet.name == port)?;
                Some(walk(body, &outlet.from)?.1)
            });
            let bases: Vec<Port> = bases.collect::<Option<_>>()?;
            let first = bases.first()?.clone();
            bases.iter().all(|other| *other == first).then_some(first)
        }
        Operation::Loop { carries, .. } => port_of(&carries.iter().find(|carry| carry.name == port)?.from),
        _ => None,
    }
}

/// How an operation makes a list or map of another one, if it does.
pub(super) fn growth(operation: &Operation) -> Option<Growth<'_>> {
    match operation {
        Operation::Builtin { builtin, arguments, ty, .. } => {
            let parts = arguments.iter().skip(1).map(Part::Feed).collect();
            let base = arguments.first().filter(|base| base.ty == *ty && !base.widen)?;
            Some(Growth { base, way: way(builtin.name, parts)? })
        }
        Operation::Formula { formula, names } => {
            let base = |typed: &Typed| match &typed.node {
                TypedNode::Name(name) => names.get(name).filter(|feed| feed.ty == formula.ty && !feed.widen),
                _ => None,
            };
            match &formula.node {
                TypedNode::Call(builtin, _, arguments) => {
                    let item = item_of(&formula.ty)?;
                    let (first, rest) = arguments.split_first()?;
                    let last = rest.len().checked_sub(1)?;
                    let parts = rest
                        .iter()
                        .enumerate()
                        .map(|(place, typed)| Part::Typed(typed, if place == last { item } else { &typed.ty }));
                    Some(Growth { base: base(first)?, way: way(builtin.name, parts.collect())? })
                }
                TypedNode::Binary(BinaryOperator::Add, a, b) => {
                    let way = match &b.node {
                        TypedNode::List(items) if !items.is_empty() => {
                            let item = item_of(&formula.ty)?;
                            Way::Push(items.iter().map(|typed| Part::Typed(typed, item)).collect())
                        }
                        _ => Way::Extend(Part::Typed(b, &formula.ty)),
                    };
                    Some(Growth { base: base(a)?, way })
                }
                _ => None,
            }
        }
        _ => None,
    }
}

fn way<'a>(function: &str, parts: Vec<Part<'a>>) -> Option<Way<'a>> {
    match (function, parts.as_slice()) {
        ("append", [_]) => Some(Way::Push(parts)),
        ("put", [key, value]) => Some(Way::Put(*key, *value)),
        // Which of the two fails first must not depend on the target.
        ("set_item", [at, item]) if at.is_simple() || item.is_simple() => Some(Way::Replace(*at, *item)),
        _ => None,
    }
}

fn item_of(ty: &Type) -> Option<&Type> {
    match ty {
        Type::List(item) | Type::Map(item) => Some(item),
        _ => None,
    }
}

impl<'a> Growth<'a> {
    fn parts(&self) -> Vec<Part<'a>> {
        match &self.way {
            Way::Push(parts) => parts.clone(),
            Way::Extend(part) => vec![*part],
            Way::Put(a, b) | Way::Replace(a, b) => vec![*a, *b],
        }
    }

    /// Whether it cannot fail, wherever it stands.
    pub(super) fn is_simple(&self) -> bool {
        !matches!(self.way, Way::Replace(..) | Way::Extend(_)) && self.parts().into_iter().all(Part::is_simple)
    }
}

impl Part<'_> {
    /// Whether it is a name or a literal.
    fn is_simple(self) -> bool {
        let small = |value: &Value| !crate::cases::is_large(value);
        match self {
            Self::Typed(typed, _) => match &typed.node {
                TypedNode::Literal(value) => small(value),
                TypedNode::Name(_) => true,
                _ => false,
            },
            Self::Feed(feed) => match &feed.origin {
                Origin::Literal(value) => small(value),
                Origin::Port(..) => !feed.widen,
            },
        }
    }

    /// Whether the list or map would come to hold itself, or be added to while it is walked.
    fn keeps(self, operation: &Operation, reads: &dyn Fn(&Feed) -> bool) -> bool {
        match (self, operation) {
            (Self::Typed(typed, _), Operation::Formula { names, .. }) => {
                has_alias(typed, &|name| names.get(name).is_some_and(reads))
            }
            (Self::Feed(feed), _) => reads(feed),
            _ => true,
        }
    }
}

fn port_of(feed: &Feed) -> Option<Port> {
    match &feed.origin {
        Origin::Port(block, port) if !feed.widen => Some((block.clone(), port.clone())),
        _ => None,
    }
}

fn is_port(feed: &Feed, port: &Port) -> bool {
    matches!(&feed.origin, Origin::Port(block, name) if *block == port.0 && *name == port.1)
}
