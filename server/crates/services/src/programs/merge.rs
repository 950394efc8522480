//! Merging into a program: a branch of it, or what somebody made of an earlier text of it.

use blocks::Program;
use blocks::merge::{Choice, Conflict, Side, resolve};
use model::{ConflictView, MergeDraft, MergeReport, ProgramRecord};
use store::Store;

use super::{logs, text};
use crate::{Caller, ServiceError, Services};

/// What is merged in.
struct Theirs {
    base: Program,
    program: Program,
    /// The branch whose base moves on, with its new base.
    branch: Option<(String, String)>,
}

impl Services {
    /// Merges into a program. Nothing changes as long as conflicts are open: the report lists them with the two
    /// decisions about each, to be sent along the next time. Where blocks are drawn is no conflict; the program's own
    /// places stay.
    ///
    /// # Errors
    /// `NotFound`; `Invalid` for a draft that is neither a branch nor two texts, or a text that cannot be read.
    pub async fn merge_program(
        &self,
        caller: &Caller,
        id: &str,
        draft: &MergeDraft,
    ) -> Result<MergeReport, ServiceError> {
        let choices: Vec<Choice> = draft.choices.iter().map(choice).collect::<Result<_, _>>()?;
        let into = self.program(caller, id).await?;
        let theirs = self.theirs(caller, &into, draft).await?;
        let mut conflicts = Vec::new();
        let changed = self.change_program(caller, id, |_, log| {
            let merged = merged(&theirs, log.edits.program(), &choices);
            conflicts = merged.conflicts;
            if conflicts.is_empty() { logs::become_program(log, &merged.program) } else { Ok(Vec::new()) }
        });
        let version = changed.await?.record.version;
        if let Some((branch, base)) = theirs.branch.filter(|_| conflicts.is_empty()) {
            self.store().write(Store::set_branch_base(self.now(), &branch, &base)).await?;
        }
        let conflicts = conflicts.iter().map(view).collect::<Result<Vec<_>, _>>()?;
        Ok(MergeReport { merged: conflicts.is_empty(), version, conflicts })
    }

    async fn theirs(&self, caller: &Caller, into: &ProgramRecord, draft: &MergeDraft) -> Result<Theirs, ServiceError> {
        match draft {
            MergeDraft { branch: Some(branch), text: None, base: None, .. } => {
                let other = self.program(caller, branch).await?;
                let is_of = |one: &ProgramRecord, other: &ProgramRecord| {
                    one.branch_of.as_ref().is_some_and(|origin| origin.program == other.id)
                };
                // A branch goes into its origin, or takes in what its origin has become.
                let branch = if is_of(&other, into) {
                    &other
                } else if is_of(into, &other) {
                    into
                } else {
                    return Err(ServiceError::Invalid(format!("neither program is a branch of the other: {branch}")));
                };
                let base = self.store().branch_base(&branch.id).await?;
                let base = base.ok_or_else(|| ServiceError::Internal("a branch has no base".to_owned()))?;
                let branch = Some((branch.id.clone(), other.text.clone()));
                Ok(Theirs { base: text::stored(&base)?, program: text::stored(&other.text)?, branch })
            }
            MergeDraft { branch: None, text: Some(theirs), base: Some(base), .. } => {
                Ok(Theirs { base: text::read(base)?.0, program: text::read(theirs)?.0, branch: None })
            }
            _ => Err(ServiceError::Invalid(
                "name the branch to be merged, or give the text and the base that it started from".to_owned(),
            )),
        }
    }
}

/// Merges, and keeps the places where `ours` draws its blocks.
fn merged(theirs: &Theirs, ours: &Program, choices: &[Choice]) -> blocks::merge::Merged {
    let merged = resolve(&theirs.base, ours, &theirs.program, choices);
    let of_layout = merged.conflicts.iter().filter(|conflict| conflict.is_layout());
    let kept: Vec<Choice> = of_layout.map(|conflict| conflict.choose(Side::Ours)).collect();
    if kept.is_empty() {
        return merged;
    }
    resolve(&theirs.base, ours, &theirs.program, &[choices, &kept].concat())
}

fn choice(choice: &model::Json) -> Result<Choice, ServiceError> {
    serde_json::from_str(choice.as_str())
        .map_err(|error| ServiceError::Invalid(format!("this is no decision about a conflict: {error}")))
}

fn view(conflict: &Conflict) -> Result<ConflictView, ServiceError> {
    Ok(ConflictView {
        about: conflict.to_string(),
        block: conflict.block().map(|block| block.0.clone()),
        base: conflict.base.clone(),
        ours: conflict.ours.clone(),
        theirs: conflict.theirs.clone(),
        keep_ours: logs::as_json(&conflict.choose(Side::Ours))?,
        take_theirs: logs::as_json(&conflict.choose(Side::Theirs))?,
    })
}
