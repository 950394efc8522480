//! One handle for the embedded and the remote database.

use surrealdb::engine::any::Any;
use surrealdb::engine::local::Db;
use surrealdb::types::{AlreadyExistsError, QueryError, Variables};
use surrealdb::{IndexedResults, Surreal};

use crate::error::StoreError;

/// A connection.
#[derive(Clone)]
pub(crate) enum Connection {
    Local(Surreal<Db>),
    Remote(Surreal<Any>),
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
            Fault::Storage(message) | Fault::Other(message) => Self::Database(message),
        }
    }
}

impl Connection {
    /// Runs a script and looks for the one error that matters.
    ///
    /// `Response::check` must not be used on transactions: it reports the first statement as not executed and hides
    /// the conflict at the COMMIT (see `notes/storage.md` §2.5).
    pub(crate) async fn run(&self, sql: &str, variables: Variables) -> Result<IndexedResults, Fault> {
        let results = match self {
            Self::Local(database) => database.query(sql).bind(variables).await,
            Self::Remote(database) => database.query(sql).bind(variables).await,
        };
        settle(results.map_err(classify)?)
    }
}

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

fn classify(error: surrealdb::Error) -> Fault {
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
