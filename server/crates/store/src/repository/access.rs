//! Sessions, tokens and sign-in links, by the hash of their secret.

use model::{Millis, Subject};
use serde::{Deserialize, Serialize};
use surrealdb::types::SurrealValue;

use super::{variables, write};
use crate::error::StoreError;
use crate::open::Store;
use crate::write::Write;

/// What a secret is good for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AccessKind {
    /// A browser's session.
    Session,
    /// A token for the REST interface.
    Token,
    /// A link that signs in once.
    SignIn,
    /// A link by which anybody can read a program.
    Share,
}

/// A secret that was handed out; only its hash is kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccessRow {
    /// Names it on pages.
    pub id: String,
    /// The SHA-256 of the secret in hexadecimal.
    pub hash: String,
    /// What it is good for.
    pub kind: AccessKind,
    /// What it is for, in a person's words.
    pub name: String,
    /// The secret's first characters.
    pub prefix: String,
    /// When it was made.
    pub created_at: Millis,
    /// When it ends.
    pub expires_at: Option<Millis>,
    /// When it was last used, to the hour.
    pub last_used_at: Option<Millis>,
    /// The program that it is about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub program: Option<String>,
}

impl Store {
    /// Sets a secret.
    pub fn put_access(at: Millis, row: &AccessRow, what: &str) -> Write {
        Write::new(at, Subject::Access, &row.id, what)
            .set("hash", row.hash.as_str())
            .set("program", row.program.clone())
            .set("body", write(row))
            .statement("UPSERT type::record('access', $w.hash) SET program = $w.program, body = $w.body RETURN NONE")
    }

    /// Ends a secret.
    pub fn delete_access(at: Millis, row: &AccessRow) -> Write {
        Write::new(at, Subject::Access, &row.id, "ended")
            .set("hash", row.hash.as_str())
            .statement("DELETE type::record('access', $w.hash)")
    }

    /// Ends a secret that can be used once; fails with [`StoreError::Stale`] if it was used already.
    pub fn use_up_access(at: Millis, row: &AccessRow) -> Write {
        Write::new(at, Subject::Access, &row.id, "used").set("hash", row.hash.as_str()).statement(
            "IF array::is_empty((DELETE type::record('access', $w.hash) RETURN BEFORE)) { THROW 'the link was used already' }",
        )
    }

    /// The secret of that hash.
    ///
    /// # Errors
    /// Errors of the database.
    pub async fn access(&self, hash: &str) -> Result<Option<AccessRow>, StoreError> {
        let sql = "SELECT VALUE body FROM type::record('access', $hash)";
        Ok(self.bodies("access", sql, variables([("hash", hash.into_value())])).await?.pop())
    }

    /// All secrets.
    ///
    /// # Errors
    /// Errors of the database.
    pub async fn all_access(&self) -> Result<Vec<AccessRow>, StoreError> {
        let mut rows: Vec<AccessRow> = self.bodies("access", "SELECT VALUE body FROM access", variables([])).await?;
        rows.sort_by_key(|row| std::cmp::Reverse(row.created_at));
        Ok(rows)
    }
}
