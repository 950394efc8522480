//! What the browser sees: the app ([`ui`]) and the server functions it calls ([`api`]).
//!
//! With `csr` this is the app, with `ssr` only its server functions. Each function is one delegating line; all rules
//! live in the services.

#[cfg(all(feature = "csr", feature = "ssr"))]
compile_error!("`csr` and `ssr` must not be built together: event handlers would vanish");

pub mod api;

#[cfg(feature = "csr")]
#[expect(unreachable_pub, reason = "the component macro makes its items public")]
pub mod ui;
