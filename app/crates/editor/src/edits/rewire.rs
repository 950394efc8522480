//! Other sources for the blocks of a program that is not being edited: a fragment, a function's copy.

use blocks::{Block, Body, Source};

/// What becomes of a source.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Rewired {
    /// It stays.
    Kept,
    /// Another one.
    To(Source),
    /// Nothing comes in any more.
    Gone,
}

/// Decides about every source of a block and of the blocks inside it.
pub(crate) fn block(block: &mut Block, decide: &mut dyn FnMut(&Source) -> Rewired) {
    block.inputs.retain(|_, source| keep(source, decide));
    for carry in &mut block.carries {
        if !keep(&mut carry.from, decide) {
            carry.from = Source::Literal(super::members::empty(&carry.ty));
        }
    }
    for inner in block.bodies.values_mut() {
        body(inner, decide);
    }
}

fn body(inner: &mut Body, decide: &mut dyn FnMut(&Source) -> Rewired) {
    for each in &mut inner.blocks {
        block(each, decide);
    }
    inner.yields.retain(|_, source| keep(source, decide));
}

fn keep(source: &mut Source, decide: &mut dyn FnMut(&Source) -> Rewired) -> bool {
    match decide(source) {
        Rewired::Kept => true,
        Rewired::To(other) => {
            *source = other;
            true
        }
        Rewired::Gone => false,
    }
}
