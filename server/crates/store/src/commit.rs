//! The committer: many writes in one transaction, events numbered without gaps.
//!
//! A commit waits for the disk, so writes that arrive meanwhile are gathered and committed together. If one of them
//! fails its guard, all are tried again one by one.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use model::Event;
use surrealdb::types::{Value, Variables};
use tokio::sync::{broadcast, mpsc, oneshot};

use crate::connection::{Connection, Fault};
use crate::error::StoreError;
use crate::guard::watermark::Watermark;
use crate::write::{Write, to_json};

/// How many writes may be committed together.
const MAX_BATCH: usize = 128;
/// How often a conflict with another server is tried again.
const MAX_TRIES: u32 = 8;

type Reply = oneshot::Sender<Result<u64, StoreError>>;

/// A write that waits for its commit; one without statements and events closes the committer.
pub(crate) struct Job {
    pub(crate) write: Write,
    pub(crate) reply: Reply,
}

impl Job {
    pub(crate) fn close(reply: Reply) -> Self {
        let write = Write { sql: String::new(), parameters: surrealdb::types::Object::new(), events: Vec::new() };
        Self { write, reply }
    }

    fn is_close(&self) -> bool {
        self.write.events.is_empty()
    }
}

pub(crate) struct Committer {
    connection: Connection,
    newest: Arc<AtomicU64>,
    events: broadcast::Sender<Arc<Event>>,
    watermark: Option<Watermark>,
    flushed: Instant,
    /// Whether other servers write to the same database.
    shared: bool,
}

impl Committer {
    pub(crate) fn new(
        connection: Connection,
        newest: Arc<AtomicU64>,
        events: broadcast::Sender<Arc<Event>>,
        watermark: Option<Watermark>,
        shared: bool,
    ) -> Self {
        #[expect(clippy::disallowed_methods, reason = "paces the flushing of a file; nothing is decided by it")]
        let flushed = Instant::now();
        Self { connection, newest, events, watermark, flushed, shared }
    }

    pub(crate) async fn run(mut self, mut queue: mpsc::Receiver<Job>) {
        while let Some(first) = queue.recv().await {
            let mut batch = vec![first];
            while batch.len() < MAX_BATCH {
                match queue.try_recv() {
                    Ok(job) => batch.push(job),
                    Err(_) => break,
                }
            }
            let closing: Vec<Job> = batch.extract_if(.., |job| job.is_close()).collect();
            if !batch.is_empty() {
                self.commit_batch(batch).await;
            }
            if !closing.is_empty() {
                self.flush_watermark();
                for job in closing {
                    drop(job.reply.send(Ok(0)));
                }
                return;
            }
        }
    }

    async fn commit_batch(&mut self, batch: Vec<Job>) {
        let writes: Vec<&Write> = batch.iter().map(|job| &job.write).collect();
        let together = self.commit(&writes).await;
        match together {
            Ok(seqs) => {
                for (job, seq) in batch.into_iter().zip(seqs) {
                    drop(job.reply.send(Ok(seq)));
                }
            }
            Err(error) => {
                // A write alone is not tried again: its guard did not hold.
                let batch = match <[Job; 1]>::try_from(batch) {
                    Ok([job]) => return drop(job.reply.send(Err(error))),
                    Err(batch) => batch,
                };
                for job in batch {
                    let alone = self.commit(&[&job.write]).await.map(|seqs| seqs[0]);
                    drop(job.reply.send(alone));
                }
            }
        }
    }

    /// Commits writes in one transaction and gives the number of each one's last event.
    async fn commit(&mut self, writes: &[&Write]) -> Result<Vec<u64>, StoreError> {
        for attempt in 0..MAX_TRIES {
            let base = self.newest.load(Ordering::Acquire);
            let (sql, variables, events, seqs) = self.script(writes, base);
            match self.connection.run(&sql, variables).await {
                Ok(_) => {
                    self.publish(events);
                    return Ok(seqs);
                }
                Err(Fault::Storage(message)) => crash(&message),
                Err(Fault::Conflict) => {}
                Err(Fault::Thrown(message)) if message == "numbered" => {}
                Err(fault) => return Err(fault.into()),
            }
            tokio::time::sleep(Duration::from_millis(1 << attempt)).await;
            self.catch_up().await?;
        }
        Err(StoreError::Conflict)
    }

    fn script(&self, writes: &[&Write], base: u64) -> (String, Variables, Vec<Event>, Vec<u64>) {
        let mut sql = String::from("BEGIN;\n");
        let mut variables = Variables::new();
        let (mut events, mut seqs, mut seq) = (Vec::new(), Vec::new(), base);
        for (index, write) in writes.iter().enumerate() {
            sql.push_str(&write.sql.replace("$w.", &format!("$w{index}.")));
            variables.insert(format!("w{index}"), Value::Object(write.parameters.clone()));
            for event in &write.events {
                seq += 1;
                events.push(event.numbered(seq));
            }
            seqs.push(seq);
        }
        for event in &events {
            let name = format!("e{}", event.seq);
            sql.push_str(&format!("CREATE event:{} SET body = ${name} RETURN NONE;\n", event.seq));
            variables.insert(name, to_json(event).unwrap_or_default().as_str().to_owned());
        }
        variables.insert("base", base as i64);
        variables.insert("seq", seq as i64);
        if self.shared {
            sql.push_str("IF (meta:events.seq ?? 0) != $base { THROW 'numbered' };\n");
        }
        sql.push_str("UPSERT meta:events SET seq = $seq RETURN NONE;\nCOMMIT;");
        (sql, variables, events, seqs)
    }

    /// Reads how far other servers have numbered.
    async fn catch_up(&mut self) -> Result<(), StoreError> {
        let mut results = self.connection.run("SELECT VALUE seq FROM ONLY meta:events", Variables::new()).await?;
        let seq: Option<i64> = results.take(0).map_err(|error| StoreError::Database(error.to_string()))?;
        self.newest.store(seq.and_then(|seq| u64::try_from(seq).ok()).unwrap_or(0), Ordering::Release);
        Ok(())
    }

    fn publish(&mut self, events: Vec<Event>) {
        if let Some(seq) = events.last().map(|event| event.seq) {
            self.newest.store(seq, Ordering::Release);
            if let Some(watermark) = &mut self.watermark
                && let Err(error) = watermark.advance(seq)
            {
                crash(&error.to_string());
            }
        }
        for event in events {
            drop(self.events.send(Arc::new(event)));
        }
        if self.flushed.elapsed() > Duration::from_secs(1) {
            self.flush_watermark();
        }
    }

    fn flush_watermark(&mut self) {
        if let Some(Err(error)) = self.watermark.as_mut().map(Watermark::flush) {
            crash(&error.to_string());
        }
        #[expect(clippy::disallowed_methods, reason = "paces the flushing of a file; nothing is decided by it")]
        let now = Instant::now();
        self.flushed = now;
    }
}

/// Ends the process: after a storage error the engine may lose what it acknowledges, and only a new start heals it.
fn crash(message: &str) -> ! {
    tracing::error!(message, "the storage failed; the server stops, so that nothing is acknowledged that may be lost");
    std::process::abort();
}
