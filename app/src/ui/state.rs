//! State that pages share.

mod live;
mod session;

pub(super) use live::Live;
pub(super) use session::Session;
