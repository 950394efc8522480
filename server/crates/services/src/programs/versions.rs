//! Versions that somebody named, and branches.

use model::{Origin, ProgramRecord, ProgramVersion, VersionDraft};
use store::{Store, StoreError};

use super::{RECIPE, logs, text};
use crate::{Caller, ServiceError, Services};

/// How often a number is looked for because somebody else was faster.
const TRIES: usize = 20;

impl Services {
    /// Names the program as it is.
    ///
    /// # Errors
    /// `Invalid` for a name or a text that is too long; `NotFound`; `Conflict` for a recipe's program.
    pub async fn name_version(
        &self,
        caller: &Caller,
        id: &str,
        draft: &VersionDraft,
    ) -> Result<ProgramVersion, ServiceError> {
        let name = draft.name.trim();
        if name.is_empty() || name.chars().count() > 100 || name.chars().any(char::is_control) {
            return Err(ServiceError::Invalid("a version needs a name of 1 to 100 characters".to_owned()));
        }
        if draft.about.chars().count() > 2000 {
            return Err(ServiceError::Invalid("what is said about a version has at most 2,000 characters".to_owned()));
        }
        if id.starts_with(RECIPE) {
            return Err(ServiceError::Conflict("the program of a recipe never changes; make a copy".to_owned()));
        }
        for _ in 0..TRIES {
            let record = self.program(caller, id).await?;
            let before = self.store().versions(id).await?;
            let version = ProgramVersion {
                number: before.last().map_or(1, |last| last.number + 1),
                name: name.to_owned(),
                about: draft.about.clone(),
                at: self.now(),
                by: caller.person().via.clone(),
                version: record.version,
                text: Some(record.text),
            };
            match self.store().write(Store::create_version(id, &version)).await {
                Ok(_) => return Ok(version),
                Err(StoreError::Exists(_)) => {}
                Err(error) => return Err(error.into()),
            }
        }
        Err(StoreError::Conflict.into())
    }

    /// The versions of a program, the newest first, without their texts.
    ///
    /// # Errors
    /// `NotFound`.
    pub async fn versions(&self, caller: &Caller, id: &str) -> Result<Vec<ProgramVersion>, ServiceError> {
        self.program(caller, id).await?;
        let versions = self.store().versions(id).await?;
        Ok(versions.into_iter().rev().map(|version| ProgramVersion { text: None, ..version }).collect())
    }

    /// A version with its text.
    ///
    /// # Errors
    /// `NotFound`.
    pub async fn version(&self, caller: &Caller, id: &str, number: u64) -> Result<ProgramVersion, ServiceError> {
        self.program(caller, id).await?;
        let missing = || ServiceError::NotFound { what: "version", id: number.to_string() };
        self.store().version(id, number).await?.ok_or_else(missing)
    }

    /// Makes a program again what it was at a version. That is a change like any other: nothing after it is lost.
    ///
    /// # Errors
    /// `NotFound`.
    pub async fn restore_version(&self, caller: &Caller, id: &str, number: u64) -> Result<ProgramRecord, ServiceError> {
        let version = self.version(caller, id, number).await?;
        let program = text::stored(&version.text.unwrap_or_default())?;
        let changed = self.change_program(caller, id, |_, log| logs::become_program(log, &program)).await?;
        Ok(changed.record)
    }

    /// Makes a program of its own out of a program, to be merged back later.
    ///
    /// # Errors
    /// `NotFound`.
    pub async fn branch_program(&self, caller: &Caller, id: &str) -> Result<ProgramRecord, ServiceError> {
        let origin = self.program(caller, id).await?;
        let program = text::stored(&origin.text)?;
        let diagnostics = origin.diagnostics.clone();
        let mut branch = self.new_program((program, diagnostics));
        let origin_is_kept = !id.starts_with(RECIPE);
        branch.branch_of = origin_is_kept.then_some(Origin { program: origin.id, name: origin.name });
        let base = Store::set_branch_base(self.now(), &branch.id, &branch.text);
        self.store().write(Store::create_program(&branch).and(base)).await?;
        Ok(branch)
    }
}
