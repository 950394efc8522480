//! The app in the browser.

mod app;
mod browser;
mod components;
mod format;
mod pages;
mod state;

pub use app::App;
