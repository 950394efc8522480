//! Events: reading them from a place on, and listening.

use std::sync::Arc;

use model::{Event, Json, Subject};
use tokio::sync::broadcast;

use crate::{Caller, ServiceError, Services};

impl Services {
    /// Events behind a number, in order, at most 1,000. Where the next one is not kept any more, or never was, a single
    /// event about [`Subject::Stream`] that says where to go on.
    ///
    /// # Errors
    /// Errors of the store.
    pub async fn events_after(&self, _caller: &Caller, seq: u64) -> Result<Vec<Event>, ServiceError> {
        let newest = self.newest_seq();
        let events = self.store().events_after(seq, 1000).await?;
        let gone = events.first().is_some_and(|event| event.seq > seq + 1);
        if !gone && seq <= newest {
            return Ok(events);
        }
        let (at, what) = (self.now(), "reset".to_owned());
        Ok(vec![Event { seq: newest, at, subject: Subject::Stream, id: String::new(), what, body: Json::default() }])
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
