//! One repository per noun.

mod access;
mod edits;
mod events;
mod knowledge;
mod programs;
mod providers;
mod routing;
mod tasks;
mod versions;

pub use access::{AccessKind, AccessRow};
pub use edits::{LogBase, LogChange};
pub(crate) use events::events_from;
pub use providers::ProviderRow;
pub use tasks::TaskFilter;

use serde::de::DeserializeOwned;
use surrealdb::types::Variables;

use crate::connection::Connection;
use crate::error::StoreError;
use crate::open::Store;

impl Store {
    /// Runs a query whose last statement gives stored bodies, and reads them.
    async fn bodies<T: DeserializeOwned>(
        &self,
        what: &'static str,
        sql: &str,
        variables: Variables,
    ) -> Result<Vec<T>, StoreError> {
        bodies(&self.connection, what, sql, variables).await
    }
}

async fn bodies<T: DeserializeOwned>(
    connection: &Connection,
    what: &'static str,
    sql: &str,
    variables: Variables,
) -> Result<Vec<T>, StoreError> {
    let mut results = connection.run(sql, variables).await?;
    let bodies: Vec<String> = results.take(0).map_err(|error| StoreError::Database(error.to_string()))?;
    bodies.iter().map(|body| read(what, body)).collect()
}

fn read<T: DeserializeOwned>(what: &'static str, body: &str) -> Result<T, StoreError> {
    serde_json::from_str(body).map_err(|error| StoreError::Unreadable { what, reason: error.to_string() })
}

fn write(value: &impl serde::Serialize) -> String {
    serde_json::to_string(value).unwrap_or_default()
}

/// Parameters of a query.
fn variables<const N: usize>(pairs: [(&str, surrealdb::types::Value); N]) -> Variables {
    pairs.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()
}
