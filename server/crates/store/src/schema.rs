//! Tables and indexes, by version.

use surrealdb::types::Variables;

use crate::connection::Connection;
use crate::error::StoreError;

/// Each migration is applied once, in order, in a transaction with the version it leads to. A migration that has
/// shipped is never changed.
const MIGRATIONS: &[&str] = &["
    DEFINE TABLE event SCHEMALESS;
    DEFINE TABLE task SCHEMALESS;
    DEFINE INDEX task_open ON TABLE task FIELDS final;
    DEFINE INDEX task_state ON TABLE task FIELDS state;
    DEFINE INDEX task_agent ON TABLE task FIELDS agent;
    DEFINE TABLE task_key SCHEMALESS;
    DEFINE TABLE program SCHEMALESS;
    DEFINE TABLE knowledge SCHEMALESS;
    DEFINE INDEX knowledge_agent ON TABLE knowledge FIELDS agent;
    DEFINE INDEX knowledge_category ON TABLE knowledge FIELDS category;
    DEFINE ANALYZER words TOKENIZERS blank, class, punct FILTERS lowercase, ascii, snowball(english);
    DEFINE INDEX knowledge_text ON TABLE knowledge FIELDS text FULLTEXT ANALYZER words BM25 HIGHLIGHTS;
    DEFINE TABLE access SCHEMALESS;
    DEFINE TABLE provider SCHEMALESS;
    DEFINE TABLE routing SCHEMALESS;
"];

/// The version of the newest migration.
pub(crate) const VERSION: i64 = MIGRATIONS.len() as i64;

/// Brings the schema up to date.
///
/// # Errors
/// `Newer` as text in [`StoreError::Database`] is never given: the caller compares the version that is returned, if it
/// is beyond [`VERSION`].
pub(crate) async fn migrate(connection: &Connection) -> Result<i64, StoreError> {
    connection.run("DEFINE TABLE IF NOT EXISTS meta SCHEMALESS", Variables::new()).await?;
    let mut results = connection.run("SELECT VALUE version FROM ONLY meta:schema", Variables::new()).await?;
    let version: Option<i64> = results.take(0).map_err(|error| StoreError::Database(error.to_string()))?;
    let version = version.unwrap_or(0);
    for (index, migration) in MIGRATIONS.iter().enumerate().skip(usize::try_from(version).unwrap_or(0)) {
        let mut variables = Variables::new();
        variables.insert("version", index as i64 + 1);
        let script = format!("BEGIN;\n{migration}\nUPSERT meta:schema SET version = $version;\nCOMMIT;");
        connection.run(&script, variables).await?;
        tracing::info!(version = index + 1, "schema migrated");
    }
    Ok(version.max(VERSION))
}
