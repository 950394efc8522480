//! The server: configuration, start, HTTP, and the command line of the one binary.
//!
//! Handlers and commands extract, call one service, and map. All rules live in `services`.

pub mod command;
pub mod environment;
pub mod http;
pub mod logging;
pub mod running;
pub mod serve;
mod world;

// The server calls nothing of `app` by name, and what is not named is not linked: its server functions would be missing.
use app as _;
