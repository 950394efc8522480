//! Tables and indexes, by version.

use surrealdb::types::Variables;

use crate::connection::{Connection, Fault, undisturbed};
use crate::error::StoreError;

/// What a migration throws that another server has applied meanwhile.
const MIGRATED: &str = "migrated";

/// Each migration is applied once, in order, in a transaction with the version it leads to. A migration that has
/// shipped is never changed.
const MIGRATIONS: &[&str] = &[
    "
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
",
    "
    DEFINE TABLE edit SCHEMALESS;
    DEFINE TABLE edit_base SCHEMALESS;
    DEFINE TABLE program_version SCHEMALESS;
    DEFINE TABLE branch_base SCHEMALESS;
    DEFINE INDEX access_program ON TABLE access FIELDS program;
",
];

/// The version of the newest migration.
pub(crate) const VERSION: i64 = MIGRATIONS.len() as i64;

/// Brings the schema up to date and gives the version that it then has. One beyond [`VERSION`] is left as it is: the
/// caller has to refuse it.
///
/// # Errors
/// Errors of the database.
pub(crate) async fn migrate(connection: &Connection) -> Result<i64, StoreError> {
    loop {
        if let Some(version) = undisturbed(|| step(connection)).await? {
            return Ok(version);
        }
    }
}

/// Applies the next migration; gives the version if there is none.
async fn step(connection: &Connection) -> Result<Option<i64>, Fault> {
    connection.run("DEFINE TABLE IF NOT EXISTS meta SCHEMALESS", Variables::new()).await?;
    let mut results = connection.run("SELECT VALUE version FROM ONLY meta:schema", Variables::new()).await?;
    let version: Option<i64> = results.take(0).map_err(|error| Fault::Other(error.to_string()))?;
    let version = version.unwrap_or(0);
    let Some(migration) = usize::try_from(version).ok().and_then(|version| MIGRATIONS.get(version)) else {
        return Ok(Some(version));
    };
    let mut variables = Variables::new();
    variables.insert("version", version + 1);
    let guard = format!("IF (meta:schema.version ?? 0) != $version - 1 {{ THROW '{MIGRATED}' }};");
    let script = format!("BEGIN;\n{guard}\n{migration}\nUPSERT meta:schema SET version = $version;\nCOMMIT;");
    match connection.run(&script, variables).await {
        Err(Fault::Thrown(message)) if message == MIGRATED => return Err(Fault::Conflict),
        applied => applied?,
    };
    tracing::info!(version = version + 1, "schema migrated");
    Ok(None)
}
