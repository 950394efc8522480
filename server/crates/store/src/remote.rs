//! A SurrealDB server in place of a folder.

use std::sync::Arc;
use std::time::Duration;

use surrealdb::engine::any;
use surrealdb::opt::auth::Root;
use surrealdb::types::Variables;

use crate::commit::Sharing;
use crate::connection::{Connection, Remote, classify, undisturbed};
use crate::error::StoreError;

/// How long connecting may take; the server works on a password for a while.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(30);

/// Connects as a root user and makes the database if there is none.
///
/// # Errors
/// [`StoreError::Server`] with what to do.
pub(crate) async fn connect(
    url: &str,
    user: &str,
    password: &str,
    database: &str,
    patience: Duration,
) -> Result<Connection, StoreError> {
    check(url)?;
    let server = |reason: String| StoreError::Server { url: url.to_owned(), reason };
    let away = |reason: &str| {
        server(format!("cannot be reached ({reason}): start it, or check the address given with --database"))
    };
    let connecting = async {
        let connected = any::connect(url).await.map_err(|error| away(error.message()))?;
        let root = Root { username: user.to_owned(), password: password.to_owned() };
        connected.signin(root).await.map_err(|error| {
            server(format!(
                "does not let '{user}' in ({error}): it wants a root user; check --database-user and --database-password"
            ))
        })?;
        // The first to use a database makes it.
        let used = undisturbed(async || {
            connected.use_ns("agent_lightning").use_db(database).await.map(drop).map_err(classify)
        });
        used.await
            .map_err(|fault| server(format!("has no database '{database}' for us: {}", StoreError::from(fault))))?;
        Ok::<_, StoreError>(connected)
    };
    let connected = tokio::time::timeout(CONNECT_TIMEOUT, connecting).await.map_err(|_| away("no answer"))??;
    Ok(Connection::Remote(Remote { database: Arc::new(connected), url: url.into(), patience }))
}

/// What the committer must know of a database that other servers write to, too; `None` for one of our own.
///
/// # Errors
/// Errors of the database.
pub(crate) async fn sharing(connection: &Connection) -> Result<Option<Sharing>, StoreError> {
    if matches!(connection, Connection::Local(_)) {
        return Ok(None);
    }
    let mut results = connection.run("RETURN <string> rand::uuid()", Variables::new()).await?;
    let name: Option<String> = results.take(0).map_err(|error| StoreError::Database(error.to_string()))?;
    Ok(Some(Sharing::new(name.unwrap_or_default())))
}

/// Refuses addresses that cannot be right, without repeating a password.
fn check(url: &str) -> Result<(), StoreError> {
    let (scheme, rest) = url.split_once("://").unwrap_or(("", url));
    let (host, reason) = match rest.rsplit_once('@') {
        Some((_, host)) => (host, "must not carry a user: give it with --database-user and --database-password"),
        None if !matches!(scheme, "ws" | "wss") => {
            (rest, "cannot be used: its address starts with ws:// or wss://, for example ws://127.0.0.1:8000")
        }
        None => return Ok(()),
    };
    let shown = if scheme.is_empty() { host.to_owned() } else { format!("{scheme}://{host}") };
    Err(StoreError::Server { url: shown, reason: reason.to_owned() })
}
