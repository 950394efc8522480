//! Events.

use model::Event;

use super::{bodies, variables};
use crate::connection::Connection;
use crate::error::StoreError;
use crate::open::Store;

impl Store {
    /// The events behind a number, in order, at most so many.
    ///
    /// # Errors
    /// Errors of the database.
    pub async fn events_after(&self, seq: u64, limit: u32) -> Result<Vec<Event>, StoreError> {
        events_from(&self.connection, seq.saturating_add(1), limit).await
    }
}

/// The events from a number on, in order, at most so many.
///
/// # Errors
/// Errors of the database; [`StoreError::Unreadable`] for an event of a newer version.
pub(crate) async fn events_from(connection: &Connection, seq: u64, limit: u32) -> Result<Vec<Event>, StoreError> {
    let from = i64::try_from(seq).unwrap_or(i64::MAX);
    let until = from.saturating_add(i64::from(limit));
    // A range of record ids is read in order, without an index and without sorting.
    let sql = format!("SELECT VALUE body FROM event:{from}..{until}");
    bodies(connection, "event", &sql, variables([])).await
}
