//! Edits made before their author knew of a block's new id.

use crate::document::{BlockId, Source};
use crate::edit::{self, Address, BodyAddress, EditOp, Item, List, Property};

/// The edit with every block that it names replaced by `now`, the block's present id. Blocks that it brings in keep
/// their ids.
pub(super) fn follow(op: EditOp, now: &dyn Fn(&BlockId) -> BlockId) -> EditOp {
    match op {
        EditOp::Add { to, after, item, places } => {
            let after = match &to {
                List::Blocks { .. } => after.map(|after| now(&BlockId(after)).0),
                _ => after,
            };
            EditOp::Add { to: in_list(to, now), after, item: in_item(item, now), places }
        }
        EditOp::Remove { at } => EditOp::Remove { at: in_address(at, now) },
        EditOp::Move { block, to, after } => {
            EditOp::Move { block: now(&block), to: in_body(to, now), after: after.map(|after| now(&after)) }
        }
        EditOp::Reorder { at, after } => EditOp::Reorder { at: in_address(at, now), after },
        EditOp::Rename { at, to } => EditOp::Rename { at: in_address(at, now), to },
        EditOp::Set { at, property } => EditOp::Set { at: in_address(at, now), property: in_property(property, now) },
        EditOp::Group { ops } => EditOp::Group { ops: ops.into_iter().map(|op| follow(op, now)).collect() },
        EditOp::Replace { program } => EditOp::Replace { program },
    }
}

fn in_body(body: BodyAddress, now: &dyn Fn(&BlockId) -> BlockId) -> BodyAddress {
    match body {
        BodyAddress::Container { block, name } => BodyAddress::Container { block: now(&block), name },
        BodyAddress::Routine { routine } => BodyAddress::Routine { routine },
    }
}

fn in_list(list: List, now: &dyn Fn(&BlockId) -> BlockId) -> List {
    match list {
        List::Blocks { body } => List::Blocks { body: in_body(body, now) },
        List::Yields { body } => List::Yields { body: in_body(body, now) },
        List::Carries { block } => List::Carries { block: now(&block) },
        List::Bodies { block } => List::Bodies { block: now(&block) },
        other => other,
    }
}

fn in_address(at: Address, now: &dyn Fn(&BlockId) -> BlockId) -> Address {
    match at {
        Address::Block { id } => Address::Block { id: now(&id) },
        Address::Carry { block, name } => Address::Carry { block: now(&block), name },
        Address::Body { body } => Address::Body { body: in_body(body, now) },
        Address::Yield { body, name } => Address::Yield { body: in_body(body, now), name },
        other => other,
    }
}

fn in_property(mut property: Property, now: &dyn Fn(&BlockId) -> BlockId) -> Property {
    if let Property::Wire { from: Some(from), .. } | Property::From(from) = &mut property {
        in_source(from, now);
    }
    property
}

fn in_item(mut item: Item, now: &dyn Fn(&BlockId) -> BlockId) -> Item {
    let own: Vec<BlockId> = item.blocks().into_iter().map(|block| block.id.clone()).collect();
    edit::each_source_of(&mut item, &mut |source| {
        in_source(source, &|id| if own.contains(id) { id.clone() } else { now(id) });
    });
    item
}

fn in_source(source: &mut Source, now: &dyn Fn(&BlockId) -> BlockId) {
    if let Source::Wire { block, .. } = source {
        *block = now(block);
    }
}
