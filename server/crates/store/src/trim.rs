//! Old events are deleted, so that the store does not grow without end.
//!
//! The newest events are kept whatever their age, and older ones for a day, but never more than four times as many. The
//! newest event is always kept: the numbering goes on from it. Whoever asks for events that are gone sees that the first
//! one that is left does not follow.

use model::{Event, Millis};
use surrealdb::types::Variables;

use crate::connection::{Connection, Fault};

const DAY: Millis = 86_400_000;
/// How many times as many events as wanted are kept while they are young.
const CAP: u64 = 4;

/// Deletes old events, some at a time.
pub(crate) struct Trimmer {
    connection: Connection,
    keep: u64,
    /// How many are deleted at once: few, as commits wait meanwhile, but more than a commit adds.
    batch: u64,
    /// The first event that is left.
    oldest: u64,
    /// Before this number of the newest event nothing is to be done.
    wait_for: u64,
}

impl Trimmer {
    /// Finds out what is left.
    ///
    /// # Errors
    /// Errors of the database.
    pub(crate) async fn open(connection: Connection, keep: u64) -> Result<Self, Fault> {
        let mut results =
            connection.run("SELECT VALUE record::id(id) FROM event:0.. LIMIT 1", Variables::new()).await?;
        let oldest: Vec<i64> = results.take(0).map_err(|error| Fault::Other(error.to_string()))?;
        let oldest = oldest.first().and_then(|seq| u64::try_from(*seq).ok()).unwrap_or(1);
        let keep = keep.max(1);
        Ok(Self { connection, keep, batch: (keep / 10).clamp(2, 200), oldest, wait_for: 0 })
    }

    /// Deletes some of the oldest events if there are more than wanted.
    ///
    /// # Errors
    /// [`Fault::Storage`]; anything else is logged and tried again later.
    pub(crate) async fn trim(&mut self, newest: u64) -> Result<(), Fault> {
        let count = (newest + 1).saturating_sub(self.oldest);
        if count < self.keep + self.batch || newest < self.wait_for {
            return Ok(());
        }
        self.wait_for = newest + self.batch;
        match self.delete(newest, count).await {
            Ok(()) => Ok(()),
            Err(fault @ Fault::Storage(_)) => Err(fault),
            Err(fault) => {
                tracing::warn!(?fault, "old events could not be deleted; it is tried again");
                Ok(())
            }
        }
    }

    async fn delete(&mut self, newest: u64, count: u64) -> Result<(), Fault> {
        let end = self.oldest + self.batch;
        if count <= CAP * self.keep {
            let (last, now) = (self.time_of(end - 1).await?, self.time_of(newest).await?);
            if last.zip(now).is_some_and(|(last, now)| now - last < DAY) {
                return Ok(());
            }
        }
        self.connection.run(&format!("DELETE event:{}..{end}", self.oldest), Variables::new()).await?;
        self.oldest = end;
        // More that is old already goes with the next commits.
        self.wait_for = 0;
        Ok(())
    }

    async fn time_of(&self, seq: u64) -> Result<Option<Millis>, Fault> {
        let mut results = self.connection.run(&format!("SELECT VALUE body FROM event:{seq}"), Variables::new()).await?;
        let bodies: Vec<String> = results.take(0).map_err(|error| Fault::Other(error.to_string()))?;
        Ok(bodies.first().and_then(|body| serde_json::from_str::<Event>(body).ok()).map(|event| event.at))
    }
}
