//! What is said about things in the merged program.

use std::collections::{BTreeMap, BTreeSet};

use super::Merger;
use super::conflict::{Disputed, Side};
use super::life::Life;
use crate::document::{BlockId, Expect, Place};
use crate::edit::{Address, Field, Property};
use crate::literal;
use crate::value::Entries;

impl Merger {
    pub(super) fn properties(&mut self, at: &Address, life: Life) -> BTreeMap<Field, Property> {
        let of = |side: Side| self.side(side).things.get(at).map(|thing| thing.properties.clone()).unwrap_or_default();
        if let Life::Only(side) = life {
            return of(side);
        }
        let (ours, theirs) = (of(Side::Ours), of(Side::Theirs));
        let fields: BTreeSet<&Field> = ours.keys().chain(theirs.keys()).collect();
        let mut merged = BTreeMap::new();
        for field in fields {
            let base = self.base.property(at, field).cloned();
            let property = self.property(at, field, base, ours.get(field).cloned(), theirs.get(field).cloned());
            merged.extend(property.map(|property| (field.clone(), property)));
        }
        merged
    }

    fn property(
        &mut self,
        at: &Address,
        field: &Field,
        base: Option<Property>,
        ours: Option<Property>,
        theirs: Option<Property>,
    ) -> Option<Property> {
        let text = |property: &Option<Property>| property.as_ref().map(Property::text);
        let values = [text(&base), text(&ours), text(&theirs)];
        if values[1] == values[2] || values[0] == values[2] {
            return ours;
        }
        if values[0] == values[1] {
            return theirs;
        }
        if let Some(merged) = by_entries(base.as_ref(), ours.as_ref(), theirs.as_ref()) {
            return Some(merged);
        }
        match self.decide(at, Disputed::Property { field: field.clone() }, values) {
            Side::Ours => ours,
            Side::Theirs => theirs,
        }
    }

    pub(super) fn layout(&mut self) -> BTreeMap<BlockId, Place> {
        let ids: BTreeSet<BlockId> = self.ours.layout.keys().chain(self.theirs.layout.keys()).cloned().collect();
        let mut layout = BTreeMap::new();
        for id in ids {
            let at = Address::Block { id: id.clone() };
            let [base, ours, theirs] =
                [&self.base, &self.ours, &self.theirs].map(|facts| facts.layout.get(&id).copied());
            let place = match self.lives.get(&at) {
                Some(Life::Only(Side::Ours)) => ours,
                Some(Life::Only(Side::Theirs)) => theirs,
                // The place of a block that is gone goes with it.
                None if self.base.things.contains_key(&at) && base != ours && base != theirs => None,
                _ => {
                    let [base, ours, theirs] = [base, ours, theirs].map(|place| place.map(|_| Property::Place(place)));
                    match self.property(&at, &Field::Place, base, ours, theirs) {
                        Some(Property::Place(place)) => place,
                        _ => None,
                    }
                }
            };
            layout.extend(place.map(|place| (id, place)));
        }
        layout
    }
}

/// Merges what a test gives or expects entry by entry; `None` if both sides changed one entry differently.
fn by_entries(base: Option<&Property>, ours: Option<&Property>, theirs: Option<&Property>) -> Option<Property> {
    let none = Entries::default();
    match (ours?, theirs?) {
        (Property::Given(ours), Property::Given(theirs)) => {
            let base = match base {
                Some(Property::Given(base)) => base,
                _ => &none,
            };
            merged_entries(base, ours, theirs).map(Property::Given)
        }
        (Property::Expect(Expect::Outputs(ours)), Property::Expect(Expect::Outputs(theirs))) => {
            let base = match base {
                Some(Property::Expect(Expect::Outputs(base))) => base,
                _ => &none,
            };
            merged_entries(base, ours, theirs).map(|entries| Property::Expect(Expect::Outputs(entries)))
        }
        _ => None,
    }
}

/// The entries that were there before keep their order, which means nothing; new ones follow by name.
fn merged_entries(base: &Entries, ours: &Entries, theirs: &Entries) -> Option<Entries> {
    let new: BTreeSet<&String> = ours.keys().chain(theirs.keys()).filter(|name| !base.contains_key(name)).collect();
    let mut merged = Entries::default();
    for name in base.keys().chain(new) {
        let [before, our, their] = [base, ours, theirs].map(|entries| entries.get(name).map(literal::write));
        let value = if our == their || before == their {
            ours.get(name)
        } else if before == our {
            theirs.get(name)
        } else {
            return None;
        };
        merged.extend(value.map(|value| (name.clone(), value.clone())));
    }
    Some(merged)
}
