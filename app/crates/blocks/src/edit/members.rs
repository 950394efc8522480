//! The lists of a program behind one interface: named members in order.

use indexmap::IndexMap;

use super::address::List;
use super::error::EditError;
use super::locate;
use super::operation::Item;
use crate::document::{Block, Body, Carry, Function, Input, Output, Program, Source, TestCase};

/// A list whose members have names.
pub(super) trait Members {
    /// The names in order.
    fn names(&self) -> Vec<&str>;

    /// Puts an item in; `false` if the list holds other things.
    fn put(&mut self, index: usize, item: Item) -> bool;

    /// Takes an item out.
    fn take(&mut self, index: usize) -> Item;
}

macro_rules! members {
    ($($element:ty, |$value:ident| $name:expr, $open:pat => $unwrapped:expr, $wrapped:expr;)*) => {$(
        impl Members for Vec<$element> {
            fn names(&self) -> Vec<&str> {
                self.iter().map(|$value| $name).collect()
            }

            fn put(&mut self, index: usize, item: Item) -> bool {
                let $open = item else { return false };
                self.insert(index, $unwrapped);
                true
            }

            fn take(&mut self, index: usize) -> Item {
                let $value = self.remove(index);
                $wrapped
            }
        }
    )*};
}

members! {
    Function, |function| function.name.as_str(), Item::Function { function } => *function,
        Item::Function { function: Box::new(function) };
    Input, |input| input.name.as_str(), Item::Input { input } => input, Item::Input { input };
    Output, |output| output.name.as_str(), Item::Output { output } => output, Item::Output { output };
    Block, |block| block.id.as_str(), Item::Block { block } => *block, Item::Block { block: Box::new(block) };
    Carry, |carry| carry.name.as_str(), Item::Carry { carry } => carry, Item::Carry { carry };
    TestCase, |test| test.name.as_str(), Item::Test { test } => test, Item::Test { test };
}

impl Members for IndexMap<String, Body> {
    fn names(&self) -> Vec<&str> {
        self.keys().map(String::as_str).collect()
    }

    fn put(&mut self, index: usize, item: Item) -> bool {
        let Item::Body { name, body } = item else { return false };
        self.shift_insert(index, name, body);
        true
    }

    fn take(&mut self, index: usize) -> Item {
        let (name, body) = self.shift_remove_index(index).unwrap_or_default();
        Item::Body { name, body }
    }
}

impl Members for IndexMap<String, Source> {
    fn names(&self) -> Vec<&str> {
        self.keys().map(String::as_str).collect()
    }

    fn put(&mut self, index: usize, item: Item) -> bool {
        let Item::Yield { name, from } = item else { return false };
        self.shift_insert(index, name, from);
        true
    }

    fn take(&mut self, index: usize) -> Item {
        let (name, from) = self
            .shift_remove_index(index)
            .unwrap_or_else(|| (String::new(), Source::Literal(crate::value::Value::None)));
        Item::Yield { name, from }
    }
}

/// The list at an address.
pub(super) fn members<'a>(program: &'a mut Program, list: &List) -> Result<&'a mut dyn Members, EditError> {
    Ok(match list {
        List::Functions => &mut program.functions,
        List::Tests => &mut program.tests,
        List::Inputs { routine } => locate::routine(program, routine)?.inputs,
        List::Outputs { routine } => locate::routine(program, routine)?.outputs,
        List::Blocks { body } => &mut locate::body(program, body)?.blocks,
        List::Carries { block } => &mut locate::block(program, block)?.carries,
        List::Bodies { block } => &mut locate::block(program, block)?.bodies,
        List::Yields { body } => &mut locate::body(program, body)?.yields,
    })
}

/// The names of a list's members.
pub(crate) fn names_in(program: &mut Program, list: &List) -> Result<Vec<String>, EditError> {
    Ok(members(program, list)?.names().into_iter().map(str::to_owned).collect())
}

/// The place behind a neighbor.
pub(super) fn behind(members: &dyn Members, list: &List, after: Option<&str>) -> Result<usize, EditError> {
    let Some(after) = after else { return Ok(0) };
    position(members, after)
        .map(|index| index + 1)
        .ok_or_else(|| EditError::UnknownNeighbor { list: list.clone(), name: after.to_owned() })
}

/// Where a member stands.
pub(super) fn position(members: &dyn Members, name: &str) -> Option<usize> {
    members.names().iter().position(|have| *have == name)
}

/// The member before a place.
pub(super) fn before(members: &dyn Members, index: usize) -> Option<String> {
    index.checked_sub(1).and_then(|index| members.names().get(index).map(|name| (*name).to_owned()))
}
