//! The logs of programs that are worked on, kept at hand.
//!
//! A log in memory is only ever what the store has: it is changed in a copy, and the copy takes its place once the change
//! is committed. Where another server was faster, the log is read anew and the change is decided again.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex};

use blocks::edit::EditOp;
use blocks::oplog::{LogError, OpLog, Stamp, Stamped, StoredLog};
use blocks::{Program, diff};
use model::{Json, LoggedEdit, ProgramRecord};
use store::{LogBase, LogChange, Store, StoreError};
use tokio::sync::OwnedMutexGuard;

use super::{RECIPE, text};
use crate::{Caller, ServiceError, Services, lock};

/// The server's own number among the replicas of a program: for changes that come as a text.
pub(super) const SERVER: u64 = 0;
/// How many logs are kept at hand.
const AT_HAND: usize = 64;
/// A log that is longer is settled, but for its newest edits.
const LONG: usize = 2000;
const NEWEST: usize = 500;
/// How often a change is decided anew because another server was faster.
const TRIES: usize = 20;

type Slot = Arc<tokio::sync::Mutex<Option<Log>>>;

/// The logs at hand, by program.
#[derive(Default)]
pub(crate) struct Logs {
    slots: Mutex<HashMap<String, Slot>>,
}

/// A program's log as the store has it.
#[derive(Clone)]
pub(super) struct Log {
    /// The version of the program that it leads to.
    version: u64,
    pub(super) edits: OpLog,
    numbers: BTreeMap<Stamp, u64>,
    pub(super) newest: u64,
    /// Edits up to this number may be part of the base.
    pub(super) settled: u64,
    is_stored: bool,
}

/// A program after a change.
pub(super) struct Changed {
    pub(super) record: ProgramRecord,
    pub(super) newest: u64,
}

impl Logs {
    async fn hold(&self, program: &str) -> OwnedMutexGuard<Option<Log>> {
        let slot = {
            let mut slots = lock(&self.slots);
            if slots.len() >= AT_HAND && !slots.contains_key(program) {
                slots.retain(|_, slot| Arc::strong_count(slot) > 1);
            }
            slots.entry(program.to_owned()).or_default().clone()
        };
        slot.lock_owned().await
    }

    pub(super) fn forget(&self, program: &str) {
        lock(&self.slots).remove(program);
    }
}

impl Services {
    /// Changes a program by the edits that `decide` puts into its log; without any, nothing changes.
    pub(super) async fn change_program(
        &self,
        caller: &Caller,
        id: &str,
        mut decide: impl FnMut(&ProgramRecord, &mut Log) -> Result<Vec<Stamped>, ServiceError>,
    ) -> Result<Changed, ServiceError> {
        if id.starts_with(RECIPE) {
            return Err(ServiceError::Conflict("the program of a recipe is read only; make a copy".to_owned()));
        }
        let mut held = self.inner.logs.hold(id).await;
        for _ in 0..TRIES {
            let before = self.program(caller, id).await?;
            let mut log = self.log_of(&mut held, &before).await?.clone();
            let edits = decide(&before, &mut log)?;
            if edits.is_empty() {
                return Ok(Changed { record: before, newest: log.newest });
            }
            let record = changed(before, log.edits.program(), self.now())?;
            let change = log.keep(edits, &record, &caller.person().via)?;
            match self.store().write(Store::edit_program(&record, &change)).await {
                Ok(_) => {
                    let newest = log.newest;
                    *held = Some(log);
                    return Ok(Changed { record, newest });
                }
                Err(StoreError::Stale(_)) => *held = None,
                Err(error) => return Err(error.into()),
            }
        }
        Err(StoreError::Conflict.into())
    }

    /// A program with its log.
    pub(super) async fn logged_program(&self, caller: &Caller, id: &str) -> Result<(ProgramRecord, Log), ServiceError> {
        let mut held = self.inner.logs.hold(id).await;
        let record = self.program(caller, id).await?;
        let log = self.log_of(&mut held, &record).await?.clone();
        Ok((record, log))
    }

    async fn log_of<'a>(&self, held: &'a mut Option<Log>, record: &ProgramRecord) -> Result<&'a mut Log, ServiceError> {
        let log = match held.take().filter(|log| log.version == record.version) {
            Some(log) => log,
            None => self.read_log(record).await?,
        };
        Ok(held.insert(log))
    }

    async fn read_log(&self, record: &ProgramRecord) -> Result<Log, ServiceError> {
        let broken = |reason: String| ServiceError::Internal(format!("the log of a program cannot be read: {reason}"));
        let Some(base) = self.store().log_base(&record.id).await? else {
            let edits = OpLog::new(SERVER, text::stored(&record.text)?);
            let numbers = BTreeMap::new();
            return Ok(Log { version: record.version, edits, numbers, newest: 0, settled: 0, is_stored: false });
        };
        let stored: StoredLog = serde_json::from_str(&base.log).map_err(|error| broken(error.to_string()))?;
        let mut edits = OpLog::open(SERVER, stored).map_err(|error| broken(error.to_string()))?;
        let (mut numbers, mut newest) = (BTreeMap::new(), base.numbered);
        for logged in self.store().edits(&record.id, 0).await? {
            let edit: Stamped =
                serde_json::from_str(logged.edit.as_str()).map_err(|error| broken(error.to_string()))?;
            newest = newest.max(logged.number);
            numbers.insert(edit.stamp, logged.number);
            edits.receive(edit).map_err(|error| broken(error.to_string()))?;
        }
        Ok(Log { version: record.version, edits, numbers, newest, settled: base.numbered, is_stored: true })
    }
}

impl Log {
    /// Takes in an edit of a replica, and says whether it is new.
    pub(super) fn receive(&mut self, edit: Stamped) -> Result<bool, LogError> {
        let is_known = self.numbers.contains_key(&edit.stamp);
        self.edits.receive(edit)?;
        Ok(!is_known)
    }

    /// Numbers edits that are in the log, settles what is old, and gives what is to be stored.
    fn keep(&mut self, edits: Vec<Stamped>, record: &ProgramRecord, by: &str) -> Result<LogChange, ServiceError> {
        let mut change = LogChange::default();
        if !self.is_stored {
            // The base as it was before these edits.
            change.base = Some(LogBase { log: base(&self.edits)?, numbered: 0 });
        }
        for edit in edits {
            self.newest += 1;
            self.numbers.insert(edit.stamp, self.newest);
            let (number, at, by) = (self.newest, record.updated_at, by.to_owned());
            change.edits.push(LoggedEdit { number, at, by, edit: as_json(&edit)? });
        }
        if self.numbers.len() > LONG {
            self.settle(&mut change)?;
        }
        self.version = record.version;
        self.is_stored = true;
        Ok(change)
    }

    fn settle(&mut self, change: &mut LogChange) -> Result<(), ServiceError> {
        let Some((&last, _)) = self.numbers.iter().rev().nth(NEWEST) else { return Ok(()) };
        self.edits.settle(last);
        let kept = self.numbers.split_off(&last);
        let mut old = std::mem::replace(&mut self.numbers, kept);
        old.extend(self.numbers.remove_entry(&last));
        change.settled = old.into_values().collect();
        self.settled = change.settled.iter().copied().max().unwrap_or(self.settled).max(self.settled);
        change.base = Some(LogBase { log: base(&self.edits)?, numbered: self.settled });
        Ok(())
    }
}

/// Puts the edits into the log that make another program of it.
pub(super) fn become_program(log: &mut Log, wanted: &Program) -> Result<Vec<Stamped>, ServiceError> {
    let act = |edits: &mut OpLog, op: EditOp| {
        edits.act(op).map_err(|error| ServiceError::Internal(format!("an edit of the server did not fit: {error}")))
    };
    let mut ops = diff::operations(log.edits.program(), wanted);
    let Some(last) = ops.pop() else { return Ok(Vec::new()) };
    let op = if ops.is_empty() { last } else { EditOp::Group { ops: [ops, vec![last]].concat() } };
    let mut edits = vec![act(&mut log.edits, op)?];
    if !diff::operations(log.edits.program(), wanted).is_empty() {
        edits.push(act(&mut log.edits, EditOp::Replace { program: Box::new(wanted.clone()) })?);
    }
    Ok(edits)
}

fn changed(before: ProgramRecord, program: &Program, now: model::Millis) -> Result<ProgramRecord, ServiceError> {
    let written = blocks::text::write(program);
    if written.len() > text::MAX_TEXT {
        return Err(ServiceError::Invalid(format!("a program has at most {} bytes", text::MAX_TEXT)));
    }
    Ok(ProgramRecord {
        name: program.name.clone(),
        text: written,
        version: before.version + 1,
        updated_at: now,
        diagnostics: text::diagnostics(program)?,
        ..before
    })
}

/// The base of a log, without its edits.
fn base(log: &OpLog) -> Result<String, ServiceError> {
    let stored = StoredLog { edits: Vec::new(), ..log.store() };
    serde_json::to_string(&stored).map_err(|error| ServiceError::Internal(error.to_string()))
}

pub(super) fn as_json(value: &impl serde::Serialize) -> Result<Json, ServiceError> {
    let text = serde_json::to_string(value).map_err(|error| ServiceError::Internal(error.to_string()))?;
    Json::new(text).map_err(|error| ServiceError::Internal(error.to_string()))
}
