//! What people do, as messages, and what comes of it.

mod clipboard;
mod consequences;
mod fitting;
mod functions;
mod gestures;
mod keyboard;
mod layout;
mod session;
mod storms;
