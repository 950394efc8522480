//! Edits of several people, or of one who was away: everybody sends what they did, and gets what the others did.

use blocks::oplog::{LogError, Stamped};
use model::{EditsKept, EditsSent, ProgramLog};

use super::logs::{SERVER, as_json};
use crate::{Caller, ServiceError, Services};

/// How many edits are taken at once.
const MAX_EDITS: usize = 500;

impl Services {
    /// A program with the log of its edits, for a replica that starts.
    ///
    /// # Errors
    /// `NotFound`.
    pub async fn program_log(&self, caller: &Caller, id: &str) -> Result<ProgramLog, ServiceError> {
        let (record, log) = self.logged_program(caller, id).await?;
        Ok(ProgramLog { record, log: as_json(&log.edits.store())?, newest: log.newest })
    }

    /// Keeps the edits of a replica, and gives it those that it does not have. An edit that is known already changes
    /// nothing, so what was sent without an answer is sent again.
    ///
    /// # Errors
    /// `Invalid` for what is no edit; `Conflict` where the replica was away for so long that its edits no longer fit
    /// into the log: it has to open the program anew, and to merge what it has; `NotFound`.
    pub async fn sync_program(&self, caller: &Caller, id: &str, sent: &EditsSent) -> Result<EditsKept, ServiceError> {
        if sent.edits.len() > MAX_EDITS {
            return Err(ServiceError::Invalid(format!("at most {MAX_EDITS} edits can be sent at once")));
        }
        let edits: Vec<Stamped> = sent.edits.iter().map(read).collect::<Result<_, _>>()?;
        let changed = self.change_program(caller, id, |_, log| {
            if sent.after < log.settled {
                return Err(too_old());
            }
            let mut new = Vec::new();
            for edit in &edits {
                if log.receive(edit.clone()).map_err(refused)? {
                    new.push(edit.clone());
                }
            }
            Ok(new)
        });
        let changed = changed.await?;
        let edits = self.store().edits(id, sent.after).await?;
        let newest = edits.last().map_or(changed.newest, |last| last.number.max(changed.newest));
        Ok(EditsKept { version: changed.record.version, newest, edits })
    }
}

fn read(edit: &model::Json) -> Result<Stamped, ServiceError> {
    let edit: Stamped = serde_json::from_str(edit.as_str())
        .map_err(|error| ServiceError::Invalid(format!("this is no edit with a stamp: {error}")))?;
    if edit.stamp.replica == SERVER {
        return Err(ServiceError::Invalid("the replica 0 is the server; choose a number at random".to_owned()));
    }
    Ok(edit)
}

fn refused(error: LogError) -> ServiceError {
    match error {
        LogError::Settled => too_old(),
        LogError::StampTaken => ServiceError::Conflict(error.to_string()),
        _ => ServiceError::Invalid(error.to_string()),
    }
}

fn too_old() -> ServiceError {
    ServiceError::Conflict(
        "the program was changed so often meanwhile that these edits no longer fit; open it anew and merge".to_owned(),
    )
}
