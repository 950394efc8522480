//! The small kit that pages are made of.

mod chart;
mod code;
mod confirm;
mod fetched;
mod navigation;
mod stages;
mod state_badge;

pub(super) use chart::Chart;
pub(super) use code::CodeTabs;
pub(super) use confirm::DeleteButton;
pub(super) use fetched::Fetched;
pub(super) use navigation::Navigation;
pub(super) use stages::Stages;
pub(super) use state_badge::StateBadge;
