//! Edits by several people at once: a log that everybody has, in one order that everybody agrees on.
//!
//! Each edit gets a [`Stamp`]: a counter greater than every counter its author had seen, and the author's number. The
//! program is what comes out when the edits are applied to the base in the order of their stamps.
//!
//! **Why replicas converge.** Stamps are unique and totally ordered, so a set of edits has exactly one order. Applying
//! is a pure function of the program, the edit and what is remembered of the edits before it, so an order has exactly one
//! outcome. Replicas that have received the same set of edits, each in whatever order, any of them repeatedly, hence
//! have the same program and the same list of dropped edits. The counter rule makes that order sensible: an edit comes
//! after everything its author had seen when making it, so what one person sees is never taken apart.
//!
//! An edit that does not fit where its stamp puts it (its block was removed by an earlier stamp that arrived later) is
//! dropped and listed in [`OpLog::dropped`], in every replica alike, never silently. It is tried again whenever an
//! edit arrives that stands before it. A place whose neighbor is gone is the place where the neighbor was, and a block
//! that has got another id is still the block that is meant.
//!
//! An edit that arrives in order costs one application. One that arrives late costs taking back and repeating what is
//! stamped later: each edit's exact inverse is kept for that.

mod renamed;
mod replay;

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::document::{BlockId, Program};
use crate::edit::{EDIT_FORMAT, EditError, EditOp};
use replay::{Outcome, Replay};

pub use replay::Trace;

/// No log grows so long that it counts further, and a faulty replica must not use the counter up for all.
const MAX_COUNTER: u64 = 1 << 53;

/// When and by whom an edit was made; the order of stamps is the order of edits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Stamp {
    /// Greater than all that the author had seen.
    pub counter: u64,
    /// Who made it: a number that nobody else has, chosen at random by the caller.
    pub replica: u64,
}

/// An edit with its stamp.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Stamped {
    /// Its stamp.
    pub stamp: Stamp,
    /// The edit.
    pub op: EditOp,
}

/// Why an edit is not taken into the log.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
pub enum LogError {
    /// It does not fit the program as it is.
    #[error(transparent)]
    Edit(#[from] EditError),
    /// It is older than the base into which edits were settled.
    #[error("the edit is older than the settled part of the log; take the whole program anew")]
    Settled,
    /// There is no such edit to take back, or it was dropped.
    #[error("there is nothing of that edit to take back")]
    NotApplied,
    /// There is another edit of that stamp: two replicas use one number.
    #[error("there is another edit with the same stamp; two replicas use one number")]
    StampTaken,
    /// Its counter leaves no room for those that follow.
    #[error("the counter of the edit's stamp is too large")]
    Counter,
    /// The stored log is of a newer version.
    #[error("the log is of format {format}, which this version does not know")]
    NewerFormat {
        /// Its format.
        format: u32,
    },
}

/// A program as one replica sees it, with the edits that led there.
#[derive(Clone, Debug)]
pub struct OpLog {
    replica: u64,
    counter: u64,
    base: Replay,
    settled: Option<Stamp>,
    entries: Vec<(Stamped, Outcome)>,
    replay: Replay,
}

/// A log as it is stored and sent.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct StoredLog {
    /// The version of this form.
    pub format: u32,
    /// The program before the edits.
    #[serde(with = "crate::text::as_text")]
    pub base: Program,
    /// Where members stood that settled edits removed.
    pub traces: Vec<Trace>,
    /// Blocks that settled edits renamed, each with its next id.
    pub renamed: Vec<(BlockId, BlockId)>,
    /// The last edit that is in the base already.
    pub settled: Option<Stamp>,
    /// The edits, in the order of their stamps.
    pub edits: Vec<Stamped>,
}

impl OpLog {
    /// A log without edits. Replicas of one program start from the same base.
    pub fn new(replica: u64, base: Program) -> Self {
        Self::from_base(replica, Replay::new(base, Vec::new(), Vec::new()))
    }

    fn from_base(replica: u64, base: Replay) -> Self {
        Self { replica, counter: 0, replay: base.clone(), base, settled: None, entries: Vec::new() }
    }

    /// The program with all edits so far.
    pub fn program(&self) -> &Program {
        self.replay.program()
    }

    /// The edits, in the order of their stamps.
    pub fn edits(&self) -> impl Iterator<Item = &Stamped> {
        self.entries.iter().map(|(stamped, _)| stamped)
    }

    /// The edits that do not fit where their stamps put them, and why.
    pub fn dropped(&self) -> impl Iterator<Item = (&Stamped, &EditError)> {
        self.entries.iter().filter_map(|(stamped, outcome)| outcome.error().map(|error| (stamped, error)))
    }

    /// The edits that another replica does not have, given the stamps of those that it has.
    pub fn missing_in<'a>(&'a self, known: &'a BTreeSet<Stamp>) -> impl Iterator<Item = &'a Stamped> {
        self.edits().filter(|stamped| !known.contains(&stamped.stamp))
    }

    /// Makes an edit here and gives it back, to be sent to the others.
    ///
    /// # Errors
    /// Why it does not fit; nothing is logged then.
    pub fn act(&mut self, op: EditOp) -> Result<Stamped, LogError> {
        let outcome = self.replay.apply(&op);
        if let Some(error) = outcome.error() {
            return Err(LogError::Edit(error.clone()));
        }
        self.counter += 1;
        let stamped = Stamped { stamp: Stamp { counter: self.counter, replica: self.replica }, op };
        self.entries.push((stamped.clone(), outcome));
        Ok(stamped)
    }

    /// Takes back an edit, whoever made it, by a new edit that does the opposite.
    ///
    /// # Errors
    /// If the opposite does not fit any more, or the edit is unknown or was dropped.
    pub fn undo(&mut self, stamp: Stamp) -> Result<Stamped, LogError> {
        let entry = self.entries.binary_search_by_key(&stamp, |(stamped, _)| stamped.stamp);
        let inverse =
            entry.ok().and_then(|index| self.entries[index].1.inverse().cloned()).ok_or(LogError::NotApplied)?;
        self.act(inverse)
    }

    /// Takes in an edit of another replica; one that is known already changes nothing.
    ///
    /// # Errors
    /// If it cannot be placed; the log is unchanged then. An edit that does not fit is no error here: it is listed in
    /// [`OpLog::dropped`].
    pub fn receive(&mut self, stamped: Stamped) -> Result<(), LogError> {
        if self.settled.is_some_and(|settled| stamped.stamp <= settled) {
            return Err(LogError::Settled);
        }
        if stamped.stamp.counter > MAX_COUNTER {
            return Err(LogError::Counter);
        }
        let index = match self.entries.binary_search_by_key(&stamped.stamp, |(known, _)| known.stamp) {
            Ok(index) if says_the_same(&self.entries[index].0.op, &stamped.op) => return Ok(()),
            Ok(_) => return Err(LogError::StampTaken),
            Err(index) => index,
        };
        self.counter = self.counter.max(stamped.stamp.counter);
        let later: Vec<(Stamped, Outcome)> = self.entries.drain(index..).collect();
        for (_, outcome) in later.iter().rev() {
            self.replay.take_back(outcome);
        }
        for stamped in std::iter::once(stamped).chain(later.into_iter().map(|(stamped, _)| stamped)) {
            let outcome = self.replay.apply(&stamped.op);
            self.entries.push((stamped, outcome));
        }
        Ok(())
    }

    /// Makes the edits up to a stamp part of the base, when every replica has them. They can no longer be taken back
    /// one by one.
    pub fn settle(&mut self, up_to: Stamp) {
        let count = self.entries.partition_point(|(stamped, _)| stamped.stamp <= up_to);
        let later: Vec<(Stamped, Outcome)> = self.entries.drain(count..).collect();
        for (_, outcome) in later.iter().rev() {
            self.replay.take_back(outcome);
        }
        self.base = self.replay.clone();
        self.settled = self.entries.last().map(|(stamped, _)| stamped.stamp).max(self.settled);
        self.entries.clear();
        for (stamped, _) in later {
            let outcome = self.replay.apply(&stamped.op);
            self.entries.push((stamped, outcome));
        }
    }

    /// The log as it is stored.
    pub fn store(&self) -> StoredLog {
        StoredLog {
            format: EDIT_FORMAT,
            base: self.base.program().clone(),
            traces: self.base.traces(),
            renamed: self.base.renamed(),
            settled: self.settled,
            edits: self.edits().cloned().collect(),
        }
    }

    /// A stored log, opened by a replica.
    ///
    /// # Errors
    /// If it is of a newer format or has two edits of one stamp.
    pub fn open(replica: u64, stored: StoredLog) -> Result<Self, LogError> {
        if stored.format > EDIT_FORMAT {
            return Err(LogError::NewerFormat { format: stored.format });
        }
        let mut log = Self::from_base(replica, Replay::new(stored.base, stored.traces, stored.renamed));
        log.settled = stored.settled;
        log.counter = stored.settled.map_or(0, |stamp| stamp.counter);
        stored.edits.into_iter().try_for_each(|stamped| log.receive(stamped))?;
        Ok(log)
    }
}

/// Whether two edits are the very same. Equality of values is too loose for that (`2` and `2.0`) and too strict (nan).
fn says_the_same(one: &EditOp, other: &EditOp) -> bool {
    format!("{one:?}") == format!("{other:?}")
}
