//! What can go wrong with the store.

use std::path::PathBuf;

use thiserror::Error;

/// An error of the store.
#[derive(Debug, Error)]
pub enum StoreError {
    /// Another process has the data folder.
    #[error("the data folder {0} is in use by another process; stop that server, or choose another folder with --data")]
    Locked(PathBuf),
    /// The data folder cannot be used.
    #[error("the data folder {path} cannot be used: {reason}")]
    Folder {
        /// The folder.
        path: PathBuf,
        /// Why not.
        reason: String,
    },
    /// The data was written by a newer version.
    #[error(
        "the data folder {path} was written by a newer version ({reason}); update Agent Lightning, or choose another folder with --data"
    )]
    Newer {
        /// The folder.
        path: PathBuf,
        /// What shows it.
        reason: String,
    },
    /// The data is damaged.
    #[error("the data folder {path} is damaged: {reason}; restore a backup into another folder")]
    Damaged {
        /// The folder.
        path: PathBuf,
        /// What shows it.
        reason: String,
    },
    /// The engine found damage while it ran.
    #[error(
        "the storage engine found damage ({count} messages, the first: {first}): what is stored may be incomplete; copy the \
         data folder, then stop and start the server, which checks it; if this comes back, restore a backup into another \
         folder"
    )]
    FoundDamage {
        /// Its first message.
        first: String,
        /// How many there were.
        count: u64,
    },
    /// Committed events are missing.
    #[error(
        "the data folder {path} lacks events {from} to {to}, which were committed; restore a backup, or start once with \
         --accept-loss to go on without them"
    )]
    Missing {
        /// The folder.
        path: PathBuf,
        /// The first missing event.
        from: u64,
        /// The last missing event.
        to: u64,
    },
    /// The disk is nearly full, so nothing is written.
    #[error(
        "the disk is nearly full ({free_mib} MiB free, {needed_mib} MiB needed): nothing is written until space is freed"
    )]
    DiskFull {
        /// What is free.
        free_mib: u64,
        /// What must be.
        needed_mib: u64,
    },
    /// The disk is full, so the folder cannot be opened.
    #[error(
        "the disk of the data folder {0} is full: opening it needs space for a copy of its log; free 128 MiB and start \
         again, nothing is lost"
    )]
    NoSpace(PathBuf),
    /// The database server cannot be used as it was asked for.
    #[error("the database server {url} {reason}")]
    Server {
        /// Its address.
        url: String,
        /// Why not, and what to do.
        reason: String,
    },
    /// The database server does not answer; a write that was at hand may have been kept or not.
    #[error("the database server {url} does not answer; once it is back, this server goes on by itself")]
    Unreachable {
        /// Its address.
        url: String,
    },
    /// The thing is not, or no longer, in the state that the write needs.
    #[error("the write came too late: {0}")]
    Stale(String),
    /// There is one already.
    #[error("{0} exists already")]
    Exists(String),
    /// Two writes met, also after several tries.
    #[error("the write met another one and was given up after several tries")]
    Conflict,
    /// The store is shutting down.
    #[error("the store is shutting down")]
    Closed,
    /// The storage engine failed.
    #[error(
        "the storage engine failed ({0}); copy the data folder, then start the server again; if this comes back, the data \
         is damaged: restore a backup into another folder"
    )]
    Storage(String),
    /// The database refused a query.
    #[error("the database refused a query: {0}")]
    Database(String),
    /// A stored record cannot be read.
    #[error("a stored {what} cannot be read: {reason}")]
    Unreadable {
        /// What it is.
        what: &'static str,
        /// Why not.
        reason: String,
    },
}
