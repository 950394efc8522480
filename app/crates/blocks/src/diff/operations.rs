//! Two programs to the edits that lead from one to the other.

use std::collections::{BTreeMap, HashSet};

use super::order::unmoved;
use crate::document::{BlockId, Program};
use crate::edit::{self, Address, EditOp, Field, Item, List, Property};
use crate::facts::Facts;
use crate::text;

/// The edits that turn `before` into `after`, byte for byte of its text.
///
/// Blocks that are in both keep their identity: they are moved and changed, never removed and added again. Where a
/// program has one name twice, so that edits cannot tell its parts apart, the only edit replaces the whole.
pub fn operations(before: &Program, after: &Program) -> Vec<EditOp> {
    let wanted = text::write(after);
    if text::write(before) == wanted {
        return Vec::new();
    }
    let mut plan = Planner::new(before, after);
    let reached = plan.run().is_ok() && text::write(&plan.work) == wanted;
    if reached { plan.ops } else { vec![EditOp::Replace { program: Box::new(after.clone()) }] }
}

struct Planner<'a> {
    old: Facts,
    new: Facts,
    after: &'a Program,
    /// The program with the edits so far.
    work: Program,
    ops: Vec<EditOp>,
}

type Planned = Result<(), edit::EditError>;

impl<'a> Planner<'a> {
    fn new(before: &Program, after: &'a Program) -> Self {
        Self { old: Facts::of(before), new: Facts::of(after), after, work: before.clone(), ops: Vec::new() }
    }

    fn push(&mut self, op: EditOp) -> Planned {
        edit::apply(&mut self.work, &op)?;
        self.ops.push(op);
        Ok(())
    }

    /// From outside to inside: by the time a block moves into a body, everything around that body is in its place, so
    /// it cannot be inside the block. What goes is removed last, when what stays has been moved out of it.
    fn run(&mut self) -> Planned {
        for at in self.new.subtree(&Address::Program) {
            if self.old.things.contains_key(&at) {
                self.properties(&at)?;
            }
            for list in self.new.lists_of(&at) {
                self.arrange(&list)?;
            }
        }
        self.removals()?;
        self.places()
    }

    fn properties(&mut self, at: &Address) -> Planned {
        let (old, new) = (&self.old.things[at].properties, &self.new.things[at].properties);
        let fields: HashSet<&Field> = old.keys().chain(new.keys()).collect();
        let mut fields: Vec<&Field> = fields.into_iter().collect();
        fields.sort();
        let mut changed: Vec<Property> = Vec::new();
        for field in fields {
            match (old.get(field), new.get(field)) {
                (Some(before), Some(after)) if before.is_same(after) => {}
                (_, Some(after)) => changed.push(after.clone()),
                (_, None) => changed.extend(field.cleared()),
            }
        }
        changed.into_iter().try_for_each(|property| self.push(EditOp::Set { at: at.clone(), property }))
    }

    /// Brings the members of a list into the new order; members that go are passed over.
    fn arrange(&mut self, list: &List) -> Planned {
        let members = self.new.members(list).to_vec();
        if self.old.members(list) == members {
            return Ok(());
        }
        let before: Vec<Address> =
            edit::names_in(&mut self.work, list)?.into_iter().map(|name| list.member(name)).collect();
        let stay = unmoved(&before, &members);
        let mut after: Option<String> = None;
        for at in members {
            let name = at.name().to_owned();
            if !stay.contains(&at) {
                self.bring(list, &at, after.take())?;
            }
            after = Some(name);
        }
        Ok(())
    }

    fn bring(&mut self, list: &List, at: &Address, after: Option<String>) -> Planned {
        match (list, at) {
            (List::Blocks { body }, Address::Block { id }) if self.work.block(id).is_some() => {
                self.push(EditOp::Move { block: id.clone(), to: body.clone(), after: after.map(BlockId) })
            }
            _ if self.old.things.contains_key(at) && at.list().is_some() => {
                self.push(EditOp::Reorder { at: at.clone(), after })
            }
            _ => match self.new.item(at) {
                Some(mut item) => {
                    prune(&mut item, &self.old);
                    let places = self.places_in(&item);
                    self.push(EditOp::Add { to: list.clone(), after, item, places })
                }
                None => Ok(()),
            },
        }
    }

    fn places_in(&self, item: &Item) -> BTreeMap<BlockId, crate::document::Place> {
        let ids = item.blocks().into_iter().map(|block| block.id.clone());
        ids.filter_map(|id| self.after.layout.get(&id).map(|place| (id, *place))).collect()
    }

    /// What goes, each with everything that is still inside it.
    fn removals(&mut self) -> Planned {
        let gone = |at: &Address| !self.new.things.contains_key(at);
        let outermost: Vec<Address> = (self.old.subtree(&Address::Program).into_iter())
            .filter(|at| gone(at) && !self.old.owner(at).is_some_and(|owner| gone(&owner)))
            .collect();
        outermost.into_iter().try_for_each(|at| self.push(EditOp::Remove { at }))
    }

    fn places(&mut self) -> Planned {
        let ids: Vec<BlockId> = self.work.layout.keys().chain(self.after.layout.keys()).cloned().collect();
        for id in ids {
            let wanted = self.after.layout.get(&id).copied();
            if self.work.layout.get(&id).copied() != wanted {
                self.push(EditOp::Set { at: Address::Block { id }, property: Property::Place(wanted) })?;
            }
        }
        Ok(())
    }
}

/// Leaves out the blocks that are moved in afterwards.
fn prune(item: &mut Item, other: &Facts) {
    match item {
        Item::Block { block } => block.bodies.values_mut().for_each(|body| prune_body(body, other)),
        Item::Body { body, .. } => prune_body(body, other),
        Item::Function { function } => prune_body(&mut function.body, other),
        _ => {}
    }
}

fn prune_body(body: &mut crate::document::Body, other: &Facts) {
    body.blocks.retain(|block| !other.things.contains_key(&Address::Block { id: block.id.clone() }));
    for block in &mut body.blocks {
        block.bodies.values_mut().for_each(|body| prune_body(body, other));
    }
}

/// An item without the blocks inside it that another program has, too.
pub(crate) fn pruned(mut item: Item, other: &Facts) -> Item {
    prune(&mut item, other);
    item
}
