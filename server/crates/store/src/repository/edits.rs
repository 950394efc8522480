//! The log of a program's edits: a base, and the edits behind it by number.

use model::{EditsKept, LoggedEdit, ProgramRecord, Subject};
use serde::{Deserialize, Serialize};
use surrealdb::types::{Object, SurrealValue, Value};

use super::programs::columns;
use super::{variables, write};
use crate::error::StoreError;
use crate::open::Store;
use crate::write::Write;

/// Events carry the edits along up to this size, in bytes; listeners fetch larger ones.
const SENT_ALONG: usize = 32 << 10;
/// Behind every number.
const LAST: i64 = i64::MAX;

/// What a log starts from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LogBase {
    /// The base, as JSON (`blocks::oplog::StoredLog` without edits).
    pub log: String,
    /// Numbers up to this one were given before the base was set; 0 for the first.
    pub numbered: u64,
}

/// What a change does to a program's log.
#[derive(Clone, Debug, Default)]
pub struct LogChange {
    /// The new edits.
    pub edits: Vec<LoggedEdit>,
    /// A new base.
    pub base: Option<LogBase>,
    /// The numbers of edits that are part of the new base.
    pub settled: Vec<u64>,
}

impl Store {
    /// A changed program with the edits that changed it; fails with [`StoreError::Stale`] unless the stored version is
    /// the one before.
    pub fn edit_program(program: &ProgramRecord, change: &LogChange) -> Write {
        let newest = change.edits.last().map_or(0, |edit| edit.number);
        let mut kept = EditsKept { version: program.version, newest, edits: change.edits.clone() };
        if write(&kept).len() > SENT_ALONG {
            kept.edits.clear();
        }
        let rows: Vec<Value> = change.edits.iter().map(|edit| row(&program.id, edit)).collect();
        let settled: Vec<Value> = change.settled.iter().map(|number| (*number as i64).into_value()).collect();
        let mut update =
            columns(Write::new(program.updated_at, Subject::Program, &program.id, "updated").with_body(&kept), program)
                .statement(
                    "IF array::is_empty((UPDATE type::record('program', $w.id) SET version = $w.version, body = $w.body \
                     WHERE version = $w.version - 1 RETURN VALUE version)) { THROW 'the program was changed meanwhile' }",
                )
;
        if !rows.is_empty() {
            update = update.set("rows", rows).statement("INSERT INTO edit $w.rows RETURN NONE");
        }
        if !settled.is_empty() {
            update = update
                .set("settled", settled)
                .statement("FOR $number IN $w.settled { DELETE type::record('edit', [$w.id, $number]) }");
        }
        if let Some(base) = &change.base {
            update = update
                .set("base", write(base))
                .statement("UPSERT type::record('edit_base', $w.id) SET body = $w.base RETURN NONE");
        }
        update
    }

    /// What a program's log starts from; nothing for a program that was never changed.
    ///
    /// # Errors
    /// Errors of the database.
    pub async fn log_base(&self, program: &str) -> Result<Option<LogBase>, StoreError> {
        let sql = "SELECT VALUE body FROM type::record('edit_base', $id)";
        Ok(self.bodies("base of edits", sql, variables([("id", program.into_value())])).await?.pop())
    }

    /// A program's edits behind a number, in order.
    ///
    /// # Errors
    /// Errors of the database.
    pub async fn edits(&self, program: &str, after: u64) -> Result<Vec<LoggedEdit>, StoreError> {
        let from = i64::try_from(after.saturating_add(1)).unwrap_or(LAST);
        let sql = "SELECT VALUE body FROM edit:[$id, $from]..[$id, $last]";
        let given = [("id", program.into_value()), ("from", from.into_value()), ("last", LAST.into_value())];
        self.bodies("edit", sql, variables(given)).await
    }
}

/// Deletes a program's log.
pub(super) fn without_log(to: Write) -> Write {
    to.statement("DELETE type::record('edit_base', $w.id)")
        .set("last", LAST)
        .statement("DELETE edit:[$w.id, 0]..[$w.id, $w.last]")
}

fn row(program: &str, edit: &LoggedEdit) -> Value {
    let mut row = Object::new();
    row.insert("id".to_owned(), vec![program.into_value(), (edit.number as i64).into_value()].into_value());
    row.insert("body".to_owned(), write(edit).into_value());
    row.into_value()
}
