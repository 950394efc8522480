//! Titles, ids and remarks.

use blocks::edit::{Address, EditOp};
use blocks::{BlockId, Value};

use crate::editor::{Editor, Proposal};
use crate::scene::Key;
use crate::selection::Selection;

impl Editor {
    /// Gives the selected block another title.
    pub(crate) fn retitle(&self, title: &str) -> Result<Proposal, String> {
        let key = self.one_selected()?;
        let id = self.scene.node(key).id.as_str();
        let said = format!("{} is called {title} now", self.title(key));
        Ok(Proposal::new("title", vec![EditOp::set_title(id, title)]).saying(said).continuing())
    }

    /// Gives a thing another name, and everything that refers to it.
    pub(crate) fn rename(&self, at: &Address, to: &str) -> Result<Proposal, String> {
        let op = EditOp::Rename { at: at.clone(), to: to.to_owned() };
        let mut proposal = Proposal::new(format!("rename {at} to {to}"), vec![op]);
        if let Address::Block { id } = at
            && self.selection.has(id)
        {
            let renamed = |have: &BlockId| if have == id { BlockId::from(to) } else { have.clone() };
            proposal = proposal.selecting(Selection::blocks(self.selection.blocks.iter().map(renamed)));
        }
        Ok(proposal)
    }

    /// Puts a remark before the selected block.
    pub(crate) fn note(&self, text: &str) -> Result<Proposal, String> {
        let slot = self.slot_behind_selection();
        let id = self.free_id("note", &std::collections::HashSet::new());
        let mut block = blocks::Block::new(id.as_str(), "note");
        block.config.insert("text".to_owned(), Value::text(text));
        let children = &self.scene.lane(slot.body).children;
        let selected = self.selection.outermost(&self.scene).first().copied();
        let before = selected.and_then(|key| children.iter().position(|child| *child == key));
        let after = match before {
            Some(place) => place.checked_sub(1).map(|place| children[place]),
            None => slot.after,
        };
        let body = self.scene.address(slot.body);
        let mut ops = self.missing_body(&body);
        let after = after.map(|key| self.scene.node(key).id.as_str());
        ops.push(EditOp::add_block(block, body, after));
        Ok(Proposal::new("comment", ops).selecting(Selection::block(id)))
    }

    /// The block that is selected, if it is one alone.
    pub(crate) fn one_selected(&self) -> Result<Key, String> {
        match &self.selection.outermost(&self.scene)[..] {
            [key] => Ok(*key),
            [] => Err("select a block first".to_owned()),
            _ => Err("select one block only".to_owned()),
        }
    }
}
