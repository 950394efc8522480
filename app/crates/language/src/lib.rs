//! The language service: what a page asks about programs, so that the page itself need not carry the language.
//!
//! It runs in a worker of the browser. A [`Request`] goes in, [`Reply`]s come out; both are plain data that is written
//! as JSON. A page that names only these types links nothing of the checker, the code generators or the virtual machine.

mod outline;
mod protocol;
mod service;

pub use protocol::{Call, Field, File, Finding, Item, Message, Opened, Ran, Reply, Request, Written};
pub use service::Service;
