//! Versions of programs that somebody named, and what branches started from.

use model::{Millis, ProgramVersion, Subject};
use surrealdb::types::SurrealValue;

use super::{variables, write};
use crate::error::StoreError;
use crate::open::Store;
use crate::write::Write;

const LAST: i64 = i64::MAX;

impl Store {
    /// A new version; fails with [`StoreError::Exists`] if its number is taken.
    pub fn create_version(program: &str, version: &ProgramVersion) -> Write {
        Write::new(version.at, Subject::Program, program, "version_named")
            .set("id", program)
            .set("number", version.number as i64)
            .set("body", write(version))
            .statement("CREATE type::record('program_version', [$w.id, $w.number]) SET body = $w.body RETURN NONE")
    }

    /// The versions of a program, the oldest first.
    ///
    /// # Errors
    /// Errors of the database.
    pub async fn versions(&self, program: &str) -> Result<Vec<ProgramVersion>, StoreError> {
        let sql = "SELECT VALUE body FROM program_version:[$id, 0]..[$id, $last]";
        let given = [("id", program.into_value()), ("last", LAST.into_value())];
        self.bodies("version of a program", sql, variables(given)).await
    }

    /// One version of a program.
    ///
    /// # Errors
    /// Errors of the database.
    pub async fn version(&self, program: &str, number: u64) -> Result<Option<ProgramVersion>, StoreError> {
        let sql = "SELECT VALUE body FROM type::record('program_version', [$id, $number])";
        let number = i64::try_from(number).unwrap_or(LAST);
        let given = [("id", program.into_value()), ("number", number.into_value())];
        Ok(self.bodies("version of a program", sql, variables(given)).await?.pop())
    }

    /// Sets the text that a branch and its origin have in common.
    pub fn set_branch_base(at: Millis, branch: &str, text: &str) -> Write {
        Write::new(at, Subject::Program, branch, "branch_based")
            .set("id", branch)
            .set("body", write(&text))
            .statement("UPSERT type::record('branch_base', $w.id) SET body = $w.body RETURN NONE")
    }

    /// The text that a branch and its origin have in common.
    ///
    /// # Errors
    /// Errors of the database.
    pub async fn branch_base(&self, branch: &str) -> Result<Option<String>, StoreError> {
        let sql = "SELECT VALUE body FROM type::record('branch_base', $id)";
        Ok(self.bodies("base of a branch", sql, variables([("id", branch.into_value())])).await?.pop())
    }
}

/// Deletes a program's versions, and what it was branched from.
pub(super) fn without_versions(to: Write) -> Write {
    to.set("last", LAST)
        .statement("DELETE program_version:[$w.id, 0]..[$w.id, $w.last]")
        .statement("DELETE type::record('branch_base', $w.id)")
}
