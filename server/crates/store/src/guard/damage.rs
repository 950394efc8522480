//! What the engine says about damage: it only logs it and goes on.
//!
//! Whoever reads the log passes it on to [`Damage::notice`]; the store then says what to do instead of seeming well. What
//! is said while the store opens is not held against it if the watermark shows that nothing acknowledged is missing: the
//! torn end of a log after a kill is no damage.

use std::sync::{Arc, Mutex, PoisonError};

/// The engine's name in the log.
const ENGINE: &str = "surrealkv";
/// What warnings about damage speak of; errors of the engine all count.
const SIGNS: [&str; 4] = ["corrupt", "checksum", "repair", "orphan"];

/// What was noticed; clones share it.
#[derive(Clone, Debug, Default)]
pub struct Damage {
    noticed: Arc<Mutex<Noticed>>,
}

#[derive(Debug, Default)]
struct Noticed {
    first: Option<String>,
    count: u64,
}

impl Damage {
    /// Looks at a warning or an error of the log: where it comes from, whether it is an error, and what it says.
    pub fn notice(&self, source: &str, is_error: bool, message: &str) {
        let lower = message.to_lowercase();
        if !source.starts_with(ENGINE) || !(is_error || SIGNS.iter().any(|sign| lower.contains(sign))) {
            return;
        }
        let mut noticed = self.noticed.lock().unwrap_or_else(PoisonError::into_inner);
        noticed.count += 1;
        noticed.first.get_or_insert_with(|| message.to_owned());
    }

    /// Forgets what was noticed: it was proved to be harmless.
    pub(crate) fn forget(&self) {
        let noticed = std::mem::take(&mut *self.noticed.lock().unwrap_or_else(PoisonError::into_inner));
        if let Some(first) = noticed.first {
            tracing::info!(
                first,
                count = noticed.count,
                "the engine repaired its log; nothing acknowledged is missing"
            );
        }
    }

    /// The first message and how many there were.
    pub(crate) fn noticed(&self) -> Option<(String, u64)> {
        let noticed = self.noticed.lock().unwrap_or_else(PoisonError::into_inner);
        noticed.first.clone().map(|first| (first, noticed.count))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_the_engine_says_about_damage_counts() {
        let damage = Damage::default();
        damage.notice("surrealkv::lsm", false, "Failed to clean up old WAL segments: busy");
        damage.notice("services::tasks", true, "Corruption in a task");
        assert_eq!(damage.noticed(), None);
        damage.notice("surrealkv::wal::recovery", true, "Corruption in WAL 3: 120 bytes lost - checksum mismatch");
        damage.notice("surrealkv::lsm", false, "Attempting repair of WAL 3");
        assert_eq!(damage.noticed(), Some(("Corruption in WAL 3: 120 bytes lost - checksum mismatch".to_owned(), 2)));
        damage.forget();
        assert_eq!(damage.noticed(), None);
    }
}
