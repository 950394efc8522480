//! The blocks of a body, as they come, go and change places.

use std::collections::HashSet;
use std::sync::Arc;

use super::kept::{Home, Kept, KeptBlock, KeptBody, Odd, Owner, Part};
use super::readers::{Key, library_place, read_by};
use crate::catalog;
use crate::check::{MAX_NESTING, gives_only_values, is_input};
use crate::diff::order::unmoved;
use crate::document::{Block, Body};

impl Kept {
    /// Makes the blocks of a body those of the document. Those that changed places are taken for new.
    pub(super) fn follow_list(&mut self, home: Home, wanted: &[Block]) -> Result<(), Odd> {
        let have = std::mem::take(&mut self.body_mut(home).blocks);
        let is_there = |(place, block): &(&usize, &Block)| self.blocks[**place].id() == &block.id;
        let before = have.iter().zip(wanted).take_while(is_there).count();
        let rest = have.len().min(wanted.len()) - before;
        let behind = have.iter().rev().zip(wanted.iter().rev()).take(rest).take_while(is_there).count();
        for place in have[..before].iter().chain(&have[have.len() - behind..]) {
            self.blocks[*place].seen = self.round;
        }
        if before == have.len() && before == wanted.len() {
            self.body_mut(home).blocks = have;
            return Ok(());
        }
        let changed = &wanted[before..wanted.len() - behind];
        let middle = self.replaced(home, &have[before..have.len() - behind], changed)?;
        let blocks = [&have[..before], &middle[..], &have[have.len() - behind..]].concat();
        self.body_mut(home).blocks = blocks;
        self.number(home);
        self.mark(home.owner);
        Ok(())
    }

    /// A part of a body in the place of another.
    fn replaced(&mut self, home: Home, have: &[usize], wanted: &[Block]) -> Result<Vec<usize>, Odd> {
        let found = |block: &Block| {
            let place = self.index.get(&block.id).copied()?;
            let kept = &self.blocks[place];
            (kept.home == home && kept.seen != self.round).then_some(place)
        };
        let stand: Vec<Option<usize>> = wanted.iter().map(found).collect();
        let known: Vec<usize> = stand.iter().copied().flatten().collect();
        if known.iter().collect::<HashSet<_>>().len() < known.len() {
            return Err(Odd);
        }
        let stay = unmoved(have, &known);
        for place in &stay {
            self.blocks[*place].seen = self.round;
        }
        for place in have.iter().filter(|place| !stay.contains(place)) {
            self.remove(*place);
        }
        let depth = self.depth(home);
        let blocks = wanted.iter().zip(stand).map(|(block, found)| match found.filter(|place| stay.contains(place)) {
            Some(place) => Ok(place),
            None => self.add(home, depth, block),
        });
        blocks.collect()
    }

    /// Adds a block with all that is inside; its place in its body comes later.
    fn add(&mut self, home: Home, depth: usize, block: &Block) -> Result<usize, Odd> {
        // The bodies inside would be one level deeper than the checker goes.
        if is_input(&block.id) || depth + 1 >= MAX_NESTING {
            return Err(Odd);
        }
        if let Some(place) = self.index.get(&block.id).copied() {
            self.detach(place, home)?;
        }
        let place = self.free.pop().unwrap_or(self.blocks.len());
        if place == self.blocks.len() {
            self.blocks.push(KeptBlock::new(home));
        }
        self.blocks[place] = KeptBlock { seen: self.round, made: self.round, ..KeptBlock::new(home) };
        self.index.insert(block.id.clone(), place);
        self.mark_readers(&Key::Block(block.id.clone()));
        self.changed.ids = true;
        self.set_block(place, block);
        for (body, (name, inner)) in block.bodies.iter().enumerate() {
            let home = Home { owner: Owner::Block(place), body };
            self.part_mut(home.owner).bodies.push(KeptBody { name: name.clone(), ..KeptBody::default() });
            let blocks: Result<_, Odd> = inner.blocks.iter().map(|block| self.add(home, depth + 1, block)).collect();
            self.body_mut(home).blocks = blocks?;
            self.number(home);
        }
        Ok(place)
    }

    /// Takes a block over that says something else now, without what is inside its bodies.
    pub(super) fn set_block(&mut self, place: usize, block: &Block) {
        let kind = catalog::find(&block.kind);
        let kept = &mut self.blocks[place];
        kept.block = Arc::new(without_inner_blocks(block));
        kept.is_value = gives_only_values(&block.kind);
        kept.library = library_place(&block.kind);
        kept.capability = kind.and_then(|kind| kind.capability);
        self.set_reads(Owner::Block(place), read_by(block));
        self.count_unread(place);
    }

    /// Takes a block out that stands elsewhere in the document by now: in the body `to`.
    fn detach(&mut self, place: usize, to: Home) -> Result<(), Odd> {
        let KeptBlock { seen, home, .. } = self.blocks[place];
        if seen == self.round || self.homes(to).any(|home| home.owner == Owner::Block(place)) {
            return Err(Odd);
        }
        self.body_mut(home).blocks.retain(|other| *other != place);
        self.number(home);
        self.mark(home.owner);
        self.remove(place);
        Ok(())
    }

    /// Forgets a block with all that is inside; whoever calls takes it out of its body.
    pub(super) fn remove(&mut self, place: usize) {
        self.forget(place);
        let id = self.blocks[place].id().clone();
        self.mark_readers(&Key::Block(id.clone()));
        self.changed.ids = true;
        self.set_reads(Owner::Block(place), Vec::new());
        for body in std::mem::take(&mut self.blocks[place].part.bodies) {
            body.blocks.iter().for_each(|inner| self.remove(*inner));
        }
        self.index.remove(&id);
        self.unread.remove(&place);
        self.blocks[place] = KeptBlock::new(self.blocks[place].home);
        self.free.push(place);
    }

    /// Says of the blocks of a body where they stand.
    pub(super) fn number(&mut self, home: Home) {
        let blocks = std::mem::take(&mut self.body_mut(home).blocks);
        for (number, place) in blocks.iter().enumerate() {
            let block = &mut self.blocks[*place];
            (block.home, block.place) = (home, number);
        }
        self.body_mut(home).blocks = blocks;
    }

    /// How many containers stand around a body.
    fn depth(&self, home: Home) -> usize {
        self.homes(home).count() - 1
    }

    /// A body and those around it.
    fn homes(&self, home: Home) -> impl Iterator<Item = Home> {
        std::iter::successors(Some(home), |home| self.around(home.owner))
    }
}

impl KeptBlock {
    /// A block that is not known yet.
    fn new(home: Home) -> Self {
        Self {
            part: Part { stale: true, ..Part::default() },
            block: Arc::new(Block::new("", "")),
            home,
            place: 0,
            seen: 0,
            made: 0,
            is_value: false,
            library: None,
            capability: None,
            checked: false,
            outer: Default::default(),
            variable: None,
            step: None,
        }
    }
}

fn without_inner_blocks(block: &Block) -> Block {
    let bodies =
        block.bodies.iter().map(|(name, body)| (name.clone(), Body { yields: body.yields.clone(), ..Body::default() }));
    Block {
        id: block.id.clone(),
        kind: block.kind.clone(),
        title: block.title.clone(),
        config: block.config.clone(),
        inputs: block.inputs.clone(),
        carries: block.carries.clone(),
        bodies: bodies.collect(),
        extra: Vec::new(),
    }
}
