//! The language service: what a page asks about programs, so that the page itself need not carry the language.
//!
//! It runs in a worker of the browser. A [`Request`] goes in, [`Reply`]s come out; both are plain data that is written
//! as JSON. A page that names only these types links nothing of the checker, the code generators or the virtual machine.

mod assistant;
mod outline;
mod protocol;
mod service;

pub use protocol::{
    Better, Call, Field, File, Finding, Item, Message, NextBlock, NextWire, Opened, Question, Ran, Reply, Request,
    Written,
};
pub use service::Service;
