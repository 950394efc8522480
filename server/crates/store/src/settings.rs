//! Where the store is and how it behaves.

use std::path::PathBuf;
use std::time::Duration;

use crate::guard::damage::Damage;

/// Where the store is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Location {
    /// A folder of this process.
    Folder(PathBuf),
    /// Memory, for tests.
    Memory,
    /// A SurrealDB server.
    Remote {
        /// Its address, `ws://…` or `wss://…`.
        url: String,
        /// A root user's name.
        user: String,
        /// That user's password.
        password: String,
        /// The namespace and database.
        database: String,
    },
}

/// How the store behaves.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Where it is.
    pub location: Location,
    /// The block cache in bytes. Without a bound the engine takes half of the machine's memory.
    pub cache_bytes: u64,
    /// The memtable in bytes; also the largest transaction. Never lower it on a store that was not closed.
    pub memtable_bytes: u64,
    /// Below so many free bytes nothing is written; `None` for the larger of 1 GiB and 5 % of the disk.
    pub min_free_bytes: Option<u64>,
    /// Whether to go on where committed events are missing.
    pub accept_loss: bool,
    /// How many events are kept at least; older ones are deleted once they are a day old.
    pub keep_events: u64,
    /// How long a database server may take to answer.
    pub patience: Duration,
    /// What the log says about damage.
    pub damage: Damage,
}

impl Settings {
    /// The defaults for a location: a cache of 64 MiB, a memtable of 32 MiB, ten seconds of patience.
    pub fn new(location: Location) -> Self {
        Self {
            location,
            cache_bytes: 64 << 20,
            memtable_bytes: 32 << 20,
            min_free_bytes: None,
            accept_loss: false,
            keep_events: 100_000,
            patience: Duration::from_secs(10),
            damage: Damage::default(),
        }
    }
}
