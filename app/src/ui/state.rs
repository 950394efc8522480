//! State that pages share.

mod language;
mod live;
mod session;

pub(super) use language::Language;
pub(super) use live::Live;
pub(super) use session::Session;
