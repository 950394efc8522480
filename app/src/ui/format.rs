//! Values as people read them.

use model::{Millis, TaskState};

use super::browser;

/// How long ago a time was: `just now`, `5 min ago`, or the date.
pub(super) fn ago(at: Millis) -> String {
    let seconds = ((browser::now() - at as f64) / 1000.0).max(0.0) as i64;
    match seconds {
        0..60 => "just now".to_owned(),
        60..3600 => format!("{} min ago", seconds / 60),
        3600..86_400 => format!("{} h ago", seconds / 3600),
        _ => format!("{} days ago", seconds / 86_400),
    }
}

/// A duration with its unit.
pub(super) fn duration(ms: f64) -> String {
    match ms {
        ms if ms < 1.0 => format!("{:.0} µs", ms * 1000.0),
        ms if ms < 1000.0 => format!("{ms:.1} ms"),
        ms => format!("{:.1} s", ms / 1000.0),
    }
}

/// A share in percent.
pub(super) fn percent(share: f64) -> String {
    format!("{:.0} %", share * 100.0)
}

/// A state in words.
pub(super) fn state(state: TaskState) -> &'static str {
    match state {
        TaskState::Queued => "Queued",
        TaskState::Running => "Running",
        TaskState::Succeeded => "Succeeded",
        TaskState::Failed => "Failed",
        TaskState::NeedsModel => "Needs a model",
        TaskState::Cancelled => "Cancelled",
        TaskState::Interrupted => "Interrupted",
    }
}

/// `data_scientist` as `Data scientist`.
pub(super) fn name(slug: &str) -> String {
    let spaced = slug.replace('_', " ");
    let mut characters = spaced.chars();
    characters.next().map_or_else(String::new, |first| first.to_uppercase().chain(characters).collect())
}
