//! The committer: many writes in one transaction, events numbered without gaps.
//!
//! A commit waits for the disk, so writes that arrive meanwhile are gathered and committed together. If one of them
//! fails its guard, all are tried again one by one.
//!
//! Where several servers share one database, each numbers its events in the hope that none was faster; the database
//! refuses what is numbered wrongly, and the committer reads what others wrote and numbers anew.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use model::Event;
use surrealdb::types::{Value, Variables};
use tokio::sync::{broadcast, mpsc, oneshot};
use tokio::time::MissedTickBehavior;

use crate::connection::{Connection, Fault};
use crate::error::StoreError;
use crate::guard::watermark::Watermark;
use crate::repository::events_from;
use crate::trim::Trimmer;
use crate::write::{Write, to_json};

/// How many writes may be committed together.
const MAX_BATCH: usize = 128;
/// How often a conflict is tried again. Each one that is lost to another server was a commit of that server.
const MAX_TRIES: u32 = 100;
/// How often a server looks for what others wrote.
const LOOK: Duration = Duration::from_secs(1);
/// How many events are read at once.
const PAGE: u32 = 1000;

/// What the database throws where another server was faster.
const NUMBERED: &str = "numbered";

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
    /// If other servers write to the same database.
    sharing: Option<Sharing>,
    trimmer: Trimmer,
}

/// What makes the commits of one server known among those of others.
pub(crate) struct Sharing {
    /// The name of this run of the server.
    name: String,
    /// How many batches it has sent.
    batches: u64,
    /// Whether the database answered when it was last looked at.
    answers: bool,
}

impl Sharing {
    pub(crate) fn new(name: String) -> Self {
        Self { name, batches: 0, answers: true }
    }

    fn next_batch(&mut self) -> String {
        self.batches += 1;
        format!("{}-{}", self.name, self.batches)
    }
}

/// What is sent for some writes, and what is true once it is committed.
struct Script {
    sql: String,
    variables: Variables,
    events: Vec<Event>,
    /// The number of each write's last event.
    seqs: Vec<u64>,
}

impl Committer {
    pub(crate) fn new(
        connection: Connection,
        newest: Arc<AtomicU64>,
        events: broadcast::Sender<Arc<Event>>,
        watermark: Option<Watermark>,
        sharing: Option<Sharing>,
        trimmer: Trimmer,
    ) -> Self {
        #[expect(clippy::disallowed_methods, reason = "paces the flushing of a file; nothing is decided by it")]
        let flushed = Instant::now();
        Self { connection, newest, events, watermark, flushed, sharing, trimmer }
    }

    pub(crate) async fn run(mut self, mut queue: mpsc::Receiver<Job>) {
        let mut clock = tokio::time::interval(LOOK);
        clock.set_missed_tick_behavior(MissedTickBehavior::Delay);
        loop {
            let first = tokio::select! {
                first = queue.recv() => first,
                _ = clock.tick(), if self.sharing.is_some() => {
                    self.look().await;
                    continue;
                }
            };
            let Some(first) = first else { return };
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
                if let Err(Fault::Storage(message)) = self.trimmer.trim(self.newest.load(Ordering::Acquire)).await {
                    crash(&message);
                }
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
                // What became of the batch is not known, so nothing of it may be sent again.
                if let StoreError::Unreachable { url } = &error {
                    for job in batch {
                        drop(job.reply.send(Err(StoreError::Unreachable { url: url.clone() })));
                    }
                    return;
                }
                for job in batch {
                    let alone = self.commit(&[&job.write]).await.map(|seqs| seqs[0]);
                    drop(job.reply.send(alone));
                }
            }
        }
    }

    /// Commits writes in one transaction and gives the number of each one's last event.
    async fn commit(&mut self, writes: &[&Write]) -> Result<Vec<u64>, StoreError> {
        let batch = self.sharing.as_mut().map(Sharing::next_batch);
        let (start, mut in_doubt) = (self.newest.load(Ordering::Acquire), false);
        for attempt in 0..MAX_TRIES {
            let base = self.newest.load(Ordering::Acquire);
            let script = self.script(writes, base, batch.as_deref());
            match self.connection.run(&script.sql, script.variables).await {
                Ok(_) => {
                    self.publish(script.events);
                    return Ok(script.seqs);
                }
                Err(Fault::Storage(message)) => crash(&message),
                Err(Fault::Unreachable(_)) => in_doubt = true,
                Err(Fault::Conflict) => {}
                Err(Fault::Thrown(message)) if message == NUMBERED => {}
                Err(fault) => return Err(fault.into()),
            }
            tokio::time::sleep(Duration::from_millis(1 << attempt.min(4))).await;
            self.catch_up().await?;
            if let Some(batch) = batch.as_deref().filter(|_| in_doubt)
                && let Some(first) = self.find(batch, start).await?
            {
                return Ok(script.seqs.iter().map(|seq| seq - base + first - 1).collect());
            }
        }
        Err(StoreError::Conflict)
    }

    fn script(&self, writes: &[&Write], base: u64, batch: Option<&str>) -> Script {
        let mut sql = String::from("BEGIN;\n");
        let mut variables = Variables::new();
        let (mut events, mut seqs, mut seq) = (Vec::new(), Vec::new(), base);
        if let Some(batch) = batch {
            sql.push_str(&format!("IF (meta:events.seq ?? 0) != $base {{ THROW '{NUMBERED}' }};\n"));
            variables.insert("base", base as i64);
            variables.insert("batch", batch);
        }
        for (index, write) in writes.iter().enumerate() {
            sql.push_str(&write.sql.replace("$w.", &format!("$w{index}.")));
            variables.insert(format!("w{index}"), Value::Object(write.parameters.clone()));
            for event in &write.events {
                seq += 1;
                events.push(event.numbered(seq));
            }
            seqs.push(seq);
        }
        let batch = if batch.is_some() { ", batch = $batch" } else { "" };
        for event in &events {
            let name = format!("e{}", event.seq);
            sql.push_str(&format!("CREATE event:{} SET body = ${name}{batch} RETURN NONE;\n", event.seq));
            variables.insert(name, to_json(event).unwrap_or_default().as_str().to_owned());
        }
        variables.insert("seq", seq as i64);
        sql.push_str("UPSERT meta:events SET seq = $seq RETURN NONE;\nCOMMIT;");
        Script { sql, variables, events, seqs }
    }

    /// Looks for what other servers wrote. That the database is away is said once.
    async fn look(&mut self) {
        let looked = self.catch_up().await;
        let Some(sharing) = &mut self.sharing else { return };
        match &looked {
            Err(error) if sharing.answers => tracing::error!(%error, "events of other servers cannot be read"),
            Ok(()) if !sharing.answers => tracing::info!("the database answers again"),
            _ => {}
        }
        sharing.answers = looked.is_ok();
    }

    /// Reads the events of other servers, and passes them on.
    async fn catch_up(&mut self) -> Result<(), StoreError> {
        loop {
            let from = self.newest.load(Ordering::Acquire) + 1;
            let events = events_from(&self.connection, from, PAGE).await?;
            if events.is_empty() {
                return Ok(());
            }
            self.publish(events);
        }
    }

    /// The number of a batch's first event, if it was committed.
    async fn find(&self, batch: &str, after: u64) -> Result<Option<u64>, StoreError> {
        let sql = format!("SELECT VALUE record::id(id) FROM event:{}.. WHERE batch = $batch LIMIT 1", after + 1);
        let mut variables = Variables::new();
        variables.insert("batch", batch);
        let mut results = self.connection.run(&sql, variables).await?;
        let seqs: Vec<i64> = results.take(0).map_err(|error| StoreError::Database(error.to_string()))?;
        Ok(seqs.first().and_then(|seq| u64::try_from(*seq).ok()))
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
