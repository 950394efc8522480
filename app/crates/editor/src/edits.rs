//! What gestures and commands make of a program: each function proposes edits, or says why there are none.

pub(crate) mod arrange;
pub(crate) mod choices;
pub(crate) mod clipboard;
pub(crate) mod connect;
pub(crate) mod fold;
pub(crate) mod fragment;
pub(crate) mod groups;
pub(crate) mod inline;
pub(crate) mod insert;
pub(crate) mod members;
pub(crate) mod moving;
pub(crate) mod names;
pub(crate) mod order;
pub(crate) mod remove;
pub(crate) mod rename;
pub(crate) mod rewire;
pub(crate) mod variables;
