//! Model providers.

use model::{Millis, ProviderInfo, Subject};
use serde::{Deserialize, Serialize};

use super::{variables, write};
use crate::error::StoreError;
use crate::open::Store;
use crate::write::Write;

/// A provider with its encrypted key.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ProviderRow {
    /// What is shown.
    pub info: ProviderInfo,
    /// The key, encrypted; empty if there is none.
    pub sealed_key: String,
}

impl Store {
    /// Sets a provider.
    pub fn put_provider(at: Millis, row: &ProviderRow) -> Write {
        Write::new(at, Subject::Provider, &row.info.id, "set")
            .set("id", row.info.id.as_str())
            .set("body", write(row))
            .statement("UPSERT type::record('provider', $w.id) SET body = $w.body RETURN NONE")
    }

    /// Deletes a provider.
    pub fn delete_provider(at: Millis, id: &str) -> Write {
        Write::new(at, Subject::Provider, id, "deleted")
            .set("id", id)
            .statement("DELETE type::record('provider', $w.id)")
    }

    /// All providers, the oldest first.
    ///
    /// # Errors
    /// Errors of the database.
    pub async fn providers(&self) -> Result<Vec<ProviderRow>, StoreError> {
        let mut rows: Vec<ProviderRow> =
            self.bodies("provider", "SELECT VALUE body FROM provider", variables([])).await?;
        rows.sort_by_key(|row| row.info.created_at);
        Ok(rows)
    }
}
