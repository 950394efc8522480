//! Programs: keeping and listing them. What changes one goes through the log of its edits.

mod edits;
mod logs;
mod merge;
mod run;
mod sharing;
mod text;
mod versions;

use model::{ProgramDraft, ProgramPage, ProgramRecord, ProgramSummary};
use store::Store;

use crate::{Caller, ServiceError, Services, page};

pub(crate) use logs::Logs;
pub(crate) use run::report;

/// Ids of the programs of recipes, which are read only.
const RECIPE: &str = "recipe-";

impl Services {
    /// Keeps a new program. A program with errors is kept, too: people work on broken programs.
    ///
    /// # Errors
    /// `Invalid` if the text cannot be read at all.
    pub async fn create_program(&self, _caller: &Caller, draft: &ProgramDraft) -> Result<ProgramRecord, ServiceError> {
        let record = self.new_program(text::read(&draft.text)?);
        self.store().write(Store::create_program(&record)).await?;
        Ok(record)
    }

    /// A program; recipes' programs have ids of the form `recipe-NAME`.
    ///
    /// # Errors
    /// `NotFound`.
    pub async fn program(&self, _caller: &Caller, id: &str) -> Result<ProgramRecord, ServiceError> {
        let missing = || ServiceError::NotFound { what: "program", id: id.to_owned() };
        if let Some(name) = id.strip_prefix(RECIPE) {
            let recipe = self.inner.library.recipe(name).ok_or_else(missing)?;
            return Ok(ProgramRecord {
                id: id.to_owned(),
                name: recipe.program.name.clone(),
                text: blocks::text::write(&recipe.program),
                version: 1,
                created_at: 0,
                updated_at: 0,
                diagnostics: Vec::new(),
                branch_of: None,
            });
        }
        self.store().program(id).await?.ok_or_else(missing)
    }

    /// Changes a program: what differs from before is added to its log as edits. The same text again changes nothing.
    ///
    /// # Errors
    /// `Conflict` if it was changed since the version that the draft names; `Invalid`; `NotFound`.
    pub async fn update_program(
        &self,
        caller: &Caller,
        id: &str,
        draft: &ProgramDraft,
    ) -> Result<ProgramRecord, ServiceError> {
        let (program, _) = text::read(&draft.text)?;
        let changed = self.change_program(caller, id, |before, log| {
            if draft.version.is_some_and(|version| version != before.version) {
                return Err(ServiceError::Conflict(format!(
                    "the program is at version {} now; read it again and repeat the change",
                    before.version
                )));
            }
            logs::become_program(log, &program)
        });
        changed.await.map(|changed| changed.record)
    }

    /// Deletes a program, with its log, its versions and the links to it.
    ///
    /// # Errors
    /// `NotFound`; `Conflict` for a recipe's.
    pub async fn delete_program(&self, caller: &Caller, id: &str) -> Result<(), ServiceError> {
        self.program(caller, id).await?;
        if id.starts_with(RECIPE) {
            return Err(ServiceError::Conflict("the program of a recipe cannot be deleted".to_owned()));
        }
        self.store().write(Store::delete_program(self.now(), id)).await?;
        self.inner.logs.forget(id);
        Ok(())
    }

    /// Programs, the newest first.
    ///
    /// # Errors
    /// `Invalid` for a limit out of range.
    pub async fn list_programs(
        &self,
        _caller: &Caller,
        limit: Option<u32>,
        cursor: Option<&str>,
    ) -> Result<ProgramPage, ServiceError> {
        let limit = page::limit(limit)?;
        let mut records = self.store().programs(page::cursor(cursor)?, limit + 1).await?;
        let more = records.len() > limit as usize;
        records.truncate(limit as usize);
        let next_cursor = more.then(|| records.last().map(|record| record.id.clone())).flatten();
        let summary = |record: ProgramRecord| ProgramSummary {
            id: record.id,
            name: record.name,
            version: record.version,
            updated_at: record.updated_at,
        };
        Ok(ProgramPage { items: records.into_iter().map(summary).collect(), next_cursor })
    }

    fn new_program(&self, (program, diagnostics): (blocks::Program, Vec<model::DiagnosticView>)) -> ProgramRecord {
        let now = self.now();
        ProgramRecord {
            id: self.new_id(),
            name: program.name.clone(),
            text: blocks::text::write(&program),
            version: 1,
            created_at: now,
            updated_at: now,
            diagnostics,
            branch_of: None,
        }
    }
}
