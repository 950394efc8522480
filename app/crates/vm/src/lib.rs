//! The virtual machine: checked programs to register code, run step by step.
//!
//! [`compile`] turns a [`blocks::Plan`] into [`Code`]. A [`Machine`] runs code for as much fuel as it is given and then
//! says whether it is out of fuel, waits for effects, is done, or failed at a block. Its [`State`] can be serialised
//! at every such point and resumed elsewhere.
//!
//! What always holds: a run is a function of its code, its inputs and the answers to its effects; it ends within its
//! [`Limits`]; nothing here sees a clock, randomness, a file or a network.

pub mod arithmetic;
mod builtins;
pub mod compile;
pub mod failure;
pub mod host;
pub mod limits;
pub mod machine;
mod op;
pub mod testing;

pub use builtins::call;
pub use compile::{Code, Mark, Watch, compile, compile_watched};
pub use failure::{Failure, Fault};
pub use host::{Host, Outcome, run};
pub use limits::Limits;
pub use machine::{Answer, Machine, Request, State, Stop};

#[cfg(test)]
mod tests;
