//! Events: reading them from a place on, and listening.

use std::sync::Arc;

use model::Event;
use tokio::sync::broadcast;

use crate::{Caller, ServiceError, Services};

impl Services {
    /// Events behind a number, in order, at most 1,000.
    ///
    /// # Errors
    /// Errors of the store.
    pub async fn events_after(&self, _caller: &Caller, seq: u64) -> Result<Vec<Event>, ServiceError> {
        Ok(self.store().events_after(seq, 1000).await?)
    }

    /// Events from now on. Subscribe before reading what was, so that nothing falls between.
    pub fn subscribe(&self, _caller: &Caller) -> broadcast::Receiver<Arc<Event>> {
        self.store().subscribe()
    }

    /// The number of the newest event.
    pub fn newest_seq(&self) -> u64 {
        self.store().newest_seq()
    }
}
