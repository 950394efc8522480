//! Programs.

use model::{Millis, ProgramRecord, Subject};
use surrealdb::types::{SurrealValue, Value};

use super::edits::without_log;
use super::versions::without_versions;
use super::{variables, write};
use crate::error::StoreError;
use crate::open::Store;
use crate::write::Write;

impl Store {
    /// A new program.
    pub fn create_program(program: &ProgramRecord) -> Write {
        columns(Write::new(program.created_at, Subject::Program, &program.id, "created"), program)
            .statement("CREATE type::record('program', $w.id) SET version = $w.version, body = $w.body RETURN NONE")
    }

    /// Deletes a program with its log, its versions and the links to it.
    pub fn delete_program(at: Millis, id: &str) -> Write {
        let delete = Write::new(at, Subject::Program, id, "deleted").set("id", id);
        without_versions(without_log(delete.statement("DELETE type::record('program', $w.id)")))
            .statement("DELETE access WHERE program = $w.id")
    }

    /// The program of that id.
    ///
    /// # Errors
    /// Errors of the database.
    pub async fn program(&self, id: &str) -> Result<Option<ProgramRecord>, StoreError> {
        let sql = "SELECT VALUE body FROM type::record('program', $id)";
        Ok(self.bodies("program", sql, variables([("id", id.into_value())])).await?.pop())
    }

    /// Programs, the newest first.
    ///
    /// # Errors
    /// Errors of the database.
    pub async fn programs(&self, before: Option<&str>, limit: u32) -> Result<Vec<ProgramRecord>, StoreError> {
        let clause = if before.is_some() { "WHERE id < type::record('program', $before)" } else { "" };
        let sql =
            format!("SELECT VALUE body FROM (SELECT id, body FROM program {clause} ORDER BY id DESC LIMIT $limit)");
        let before = before.map_or(Value::None, |before| before.into_value());
        self.bodies("program", &sql, variables([("before", before), ("limit", i64::from(limit).into_value())])).await
    }

    /// How many programs there are.
    ///
    /// # Errors
    /// Errors of the database.
    pub async fn count_programs(&self) -> Result<u64, StoreError> {
        self.count("SELECT VALUE count FROM (SELECT count() FROM program GROUP ALL)").await
    }
}

pub(super) fn columns(to: Write, program: &ProgramRecord) -> Write {
    to.set("id", program.id.as_str()).set("version", program.version as i64).set("body", write(program))
}
