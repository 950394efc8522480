//! Copy, cut, paste and duplicate, as texts that can be mailed.

use std::collections::BTreeMap;

use blocks::document::{INPUT, Input, Place, Program};
use blocks::edit::{self, Address, EditOp, Item, List};
use blocks::{BlockId, Source, text};

use super::moving::Slot;
use super::names;
use super::rewire::{self, Rewired};
use crate::changes::Changes;
use crate::editor::{Editor, Proposal};
use crate::geometry::Point;
use crate::metrics::snap;
use crate::ports::Giver;
use crate::scene::From;
use crate::selection::Selection;

/// How far copies lie from what they are copies of.
const ASIDE: f64 = 30.0;

impl Editor {
    /// The selected blocks as a text: a program whose inputs are what they read from outside.
    pub(crate) fn copy(&self) -> Changes {
        let keys = self.with_members(self.selection.outermost(&self.scene));
        if keys.is_empty() {
            return Changes::refused("select a block first");
        }
        match self.fragment(&keys) {
            Ok(fragment) => Changes {
                clipboard: Some(text::write(&fragment)),
                ..Changes::said(format!("copied {}", self.titles(&keys)))
            },
            Err(why) => Changes::refused(why),
        }
    }

    pub(crate) fn cut(&mut self) -> Changes {
        let copied = self.copy();
        if copied.refused.is_some() {
            return copied;
        }
        let proposal = self.delete().map(|proposal| {
            let said = proposal.say.replacen("deleted", "cut", 1);
            Proposal { title: proposal.title.replacen("delete", "cut", 1), ..proposal }.saying(said)
        });
        let changes = self.perform(proposal);
        Changes { clipboard: copied.clipboard, ..changes }
    }

    /// Inserts the blocks of a text: behind the selection; where nothing is selected, at the pointer.
    pub(crate) fn paste(&self, source: &str) -> Result<Proposal, String> {
        let fragment = text::read(source).map_err(|problems| {
            let first = problems.first();
            let line = first.and_then(|problem| problem.line).map(|line| format!(" (line {line})"));
            let message = first.map(|problem| problem.message.as_str()).unwrap_or_default();
            format!("this text is no program: {message}{}", line.unwrap_or_default())
        })?;
        let (slot, at) = match self.pointer.filter(|_| self.selection.is_empty()) {
            Some(at) => {
                let lane = self.scene.lane_at(at).unwrap_or(self.scene.roots()[0]);
                (self.slot_for(&[], lane, at)?, Some(at))
            }
            None => (self.slot_behind_selection(), None),
        };
        self.put_in(fragment, slot, at, "paste")
    }

    pub(crate) fn duplicate(&self) -> Result<Proposal, String> {
        let keys = self.with_members(self.selection.outermost(&self.scene));
        let lane = self.common_lane(&keys)?;
        let fragment = self.fragment(&keys)?;
        let after = keys.last().copied();
        let corner = keys.iter().map(|key| self.scene.node(*key)).filter(|node| node.place.is_some());
        let corner = corner.map(|node| node.rect).reduce(|one, other| one.union(&other)).map(|rect| rect.corner());
        let at = corner.map(|corner| corner + Point::new(ASIDE, ASIDE));
        self.put_in(fragment, Slot { body: lane, after }, at, "duplicate")
    }

    fn put_in(&self, mut fragment: Program, slot: Slot, at: Option<Point>, verb: &str) -> Result<Proposal, String> {
        if fragment.body.blocks.is_empty() {
            return Err("there are no blocks in this text".to_owned());
        }
        self.with_own_functions(&mut fragment)?;
        let inputs = std::mem::take(&mut fragment.inputs);
        self.with_free_ids(&mut fragment);
        let unbound = self.bind(&mut fragment, &inputs, slot);
        let mut ops = self.missing_body(&self.scene.address(slot.body));
        ops.extend(fragment.functions.iter().map(|function| {
            let after = self.program.functions.last().map(|function| function.name.as_str());
            EditOp::add(List::Functions, after, Item::Function { function: Box::new(function.clone()) })
        }));
        let ids: Vec<BlockId> = fragment.body.blocks.iter().map(|block| block.id.clone()).collect();
        ops.extend(self.added(&fragment, slot, at));
        let what = if ids.len() == 1 { "1 block".to_owned() } else { format!("{} blocks", ids.len()) };
        let mut said = format!("{verb}d {what} {}", self.name_of(slot));
        if !unbound.is_empty() {
            said = format!("{said}; nothing to read here for {}", unbound.join(", "));
        }
        if !fragment.outputs.is_empty() || !fragment.tests.is_empty() {
            said = format!("{said}; its outputs and tests are left out");
        }
        Ok(Proposal::new(format!("{verb} {what}"), ops).saying(said).selecting(Selection::blocks(ids)))
    }

    /// Functions that are here already are not added again; another one of the same name gets another name.
    fn with_own_functions(&self, fragment: &mut Program) -> Result<(), String> {
        fragment.functions.retain(|function| self.program.function(&function.name) != Some(function));
        let names: Vec<String> = fragment.functions.iter().map(|function| function.name.clone()).collect();
        for name in &names {
            if self.program.function(name).is_some() {
                let fresh = names::free(name, |free| {
                    self.program.function(free).is_some() || names.iter().any(|name| name == free)
                });
                let op = EditOp::Rename { at: Address::Function { name: name.clone() }, to: fresh };
                edit::apply(fragment, &op).map_err(|error| error.to_string())?;
            }
        }
        Ok(())
    }

    /// Lets the fragment's blocks read what is here in place of its inputs, and says for which there is nothing.
    fn bind(&self, fragment: &mut Program, inputs: &[Input], slot: Slot) -> Vec<String> {
        let givers = self.visible_at(slot);
        let bound: BTreeMap<&str, Rewired> = inputs
            .iter()
            .map(|input| {
                let giver = self.giver_for(input, &givers).map(|giver| Rewired::To(giver.source()));
                let default = || input.default.clone().map(|value| Rewired::To(Source::Literal(value)));
                // A name that nobody has stays: the checker says what is missing, and an input of that name mends it.
                let taken = givers.iter().any(|giver| giver.block.as_str() == INPUT && giver.port == input.name);
                let unbound = if taken { Rewired::Gone } else { Rewired::Kept };
                (input.name.as_str(), giver.or_else(default).unwrap_or(unbound))
            })
            .collect();
        for block in &mut fragment.body.blocks {
            rewire::block(block, &mut |source| match source {
                Source::Wire { block, port } if block.as_str() == INPUT => {
                    bound.get(port.as_str()).cloned().unwrap_or(Rewired::Gone)
                }
                _ => Rewired::Kept,
            });
        }
        let unbound = bound.iter().filter(|(_, rewired)| !matches!(rewired, Rewired::To(_)));
        unbound.map(|(name, _)| (*name).to_owned()).collect()
    }

    /// What an input of a fragment reads: what it read where it was copied, or what is called like it, if the type
    /// fits.
    fn giver_for<'a>(&self, input: &Input, givers: &'a [Giver]) -> Option<&'a Giver> {
        let fits = |giver: &&Giver| self.type_of(giver).fits(&input.ty);
        let named = |giver: &&Giver| giver.port == input.name || giver.block.as_str() == input.name;
        let origin = givers.iter().filter(|giver| giver.to_string() == input.about).find(fits);
        origin.or_else(|| givers.iter().filter(named).find(fits))
    }

    /// What may be read at a place, the nearest first.
    pub(crate) fn visible_at(&self, slot: Slot) -> Vec<Giver> {
        let mut givers = Vec::new();
        let (mut lane, mut after) = (slot.body, slot.after);
        loop {
            let children = &self.scene.lane(lane).children;
            let until = after.and_then(|after| children.iter().position(|child| *child == after));
            for key in children[..until.map_or(0, |until| until + 1)].iter().rev() {
                let results = 0..self.scene.node(*key).card.results.len();
                givers.extend(results.map(|port| self.scene.giver(From::Result(*key, port))));
            }
            let given = 0..self.scene.lane(lane).given.len();
            givers.extend(given.map(|port| self.scene.giver(From::Given(lane, port))));
            let Some(container) = self.scene.container(lane) else { return givers };
            lane = self.scene.node(container).body;
            let children = &self.scene.lane(lane).children;
            let place = children.iter().position(|child| *child == container);
            after = place.and_then(|place| place.checked_sub(1)).map(|place| children[place]);
        }
    }

    /// The edits that add the blocks of a fragment, one behind the other.
    fn added(&self, fragment: &Program, slot: Slot, at: Option<Point>) -> Vec<EditOp> {
        let body = self.scene.address(slot.body);
        let corner = at.unwrap_or_else(|| match slot.after {
            Some(after) => self.beside(after),
            None => self.scene.lane(slot.body).origin,
        });
        let corner = corner - self.scene.lane(slot.body).origin;
        let mut after = slot.after.map(|key| self.scene.node(key).id.0.clone());
        let mut ops = Vec::new();
        for block in &fragment.body.blocks {
            let mut places = BTreeMap::new();
            let mut ids = std::collections::HashSet::new();
            super::fragment::collect_ids(block, &mut ids);
            for id in ids {
                let Some(place) = fragment.layout.get(&id) else { continue };
                let moved = Place {
                    x: place.x.saturating_add(snap(corner.x) as i32),
                    y: place.y.saturating_add(snap(corner.y) as i32),
                    ..*place
                };
                places.insert(id.clone(), if id == block.id { moved } else { *place });
            }
            let item = Item::Block { block: Box::new(block.clone()) };
            ops.push(EditOp::Add { to: List::Blocks { body: body.clone() }, after, item, places });
            after = Some(block.id.0.clone());
        }
        ops
    }
}
