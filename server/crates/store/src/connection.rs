//! One handle for the embedded and the remote database.

use std::sync::Arc;
use std::time::Duration;

use surrealdb::engine::any::Any;
use surrealdb::engine::local::Db;
use surrealdb::types::{AlreadyExistsError, QueryError, Variables};
use surrealdb::{IndexedResults, Surreal};

use crate::error::StoreError;

/// How often a start is tried again that others hinder.
const MAX_TRIES: u32 = 20;

/// A connection.
#[derive(Clone)]
pub(crate) enum Connection {
    Local(Surreal<Db>),
    Remote(Remote),
}

/// A server, which may be away for a while. A clone of the handle itself would be a session of its own there.
#[derive(Clone)]
pub(crate) struct Remote {
    pub(crate) database: Arc<Surreal<Any>>,
    pub(crate) url: Arc<str>,
    pub(crate) patience: Duration,
}

/// Why a script did not commit.
#[derive(Debug)]
pub(crate) enum Fault {
    /// Another transaction was first; the script may be tried again.
    Conflict,
    /// A record with that id exists.
    Exists(String),
    /// The script threw this.
    Thrown(String),
    /// The storage engine failed; what became of the transaction is not known.
    Storage(String),
    /// The database is shutting down.
    Closed,
    /// The server did not answer; what became of the script is not known.
    Unreachable(Arc<str>),
    /// Anything else.
    Other(String),
}

impl From<Fault> for StoreError {
    fn from(fault: Fault) -> Self {
        match fault {
            Fault::Conflict => Self::Conflict,
            Fault::Exists(id) => Self::Exists(id),
            Fault::Thrown(message) => Self::Stale(message),
            Fault::Closed => Self::Closed,
            Fault::Unreachable(url) => Self::Unreachable { url: url.to_string() },
            Fault::Storage(message) => Self::Storage(message),
            Fault::Other(message) => Self::Database(message),
        }
    }
}

impl Connection {
    /// Runs a script.
    ///
    /// `Response::check` must not be used on transactions: it reports the first statement as not executed and hides
    /// the conflict at the COMMIT (see `notes/storage.md` §2.5).
    pub(crate) async fn run(&self, sql: &str, variables: Variables) -> Result<IndexedResults, Fault> {
        match self {
            Self::Local(database) => settle(database.query(sql).bind(variables).await.map_err(classify)?),
            Self::Remote(remote) => remote.run(sql, variables).await,
        }
    }
}

impl Remote {
    /// A handle whose server is gone waits for it without end, and sends late what was asked meanwhile.
    async fn run(&self, sql: &str, variables: Variables) -> Result<IndexedResults, Fault> {
        let unreachable = || Fault::Unreachable(Arc::clone(&self.url));
        let answered = tokio::time::timeout(self.patience, self.database.query(sql).bind(variables).into_future());
        let results = answered.await.map_err(|_| unreachable())?;
        let results = results.map_err(|error| if error.is_connection() { unreachable() } else { classify(error) });
        match results.and_then(settle) {
            // It is the server's storage, or the server that stops: this process can go on.
            Err(Fault::Storage(message)) => {
                tracing::error!(message, url = &*self.url, "the database server's storage failed");
                Err(unreachable())
            }
            Err(Fault::Closed) => Err(unreachable()),
            settled => settled,
        }
    }
}

/// Tries again what a server that starts at the same moment hinders.
pub(crate) async fn undisturbed<T, F: Future<Output = Result<T, Fault>>>(attempt: impl Fn() -> F) -> Result<T, Fault> {
    for _ in 0..MAX_TRIES {
        match attempt().await {
            Err(Fault::Conflict) => tokio::time::sleep(Duration::from_millis(10)).await,
            done => return done,
        }
    }
    attempt().await
}

/// Looks for the one error that matters.
fn settle(mut results: IndexedResults) -> Result<IndexedResults, Fault> {
    let mut errors: Vec<(usize, surrealdb::Error)> = results.take_errors().into_iter().collect();
    if errors.is_empty() {
        return Ok(results);
    }
    errors.sort_by_key(|(index, _)| *index);
    let is_noise = |error: &surrealdb::Error| {
        matches!(error.query_details(), Some(QueryError::NotExecuted | QueryError::Cancelled))
    };
    let real = errors.iter().position(|(_, error)| !is_noise(error)).unwrap_or(errors.len() - 1);
    Err(classify(errors.swap_remove(real).1))
}

pub(crate) fn classify(error: surrealdb::Error) -> Fault {
    let message = error.message();
    if error.is_thrown() {
        return Fault::Thrown(message.strip_prefix("An error occurred: ").unwrap_or(message).to_owned());
    }
    let retry = ["This transaction can be retried", "Transaction retry required"];
    if error.query_details() == Some(&QueryError::TransactionConflict)
        || retry.iter().any(|text| message.contains(text))
    {
        return Fault::Conflict;
    }
    if let Some(AlreadyExistsError::Record { id }) = error.already_exists_details() {
        return Fault::Exists(id.clone());
    }
    if message.contains("The datastore is shutting down") {
        return Fault::Closed;
    }
    const STORAGE: [&str; 3] = [
        "There was a problem with a transaction:",
        "There was a problem with the datastore",
        "There was a problem with the key-value store:",
    ];
    if STORAGE.iter().any(|text| message.contains(text)) {
        return Fault::Storage(message.to_owned());
    }
    Fault::Other(message.to_owned())
}
