//! Links by which anybody can read a program.

use model::{Millis, ShareCreated, ShareDraft, ShareInfo, SharedProgram};
use store::{AccessKind, AccessRow, Store};

use crate::access::DAY;
use crate::{Caller, ServiceError, Services};

/// How long a link lasts if nothing is said, in days.
const DAYS: u32 = 30;

impl Services {
    /// Makes a link by which anybody can read the program as it is at that time, until the link ends.
    ///
    /// # Errors
    /// `Invalid` for a time that is too short or too long; `NotFound`.
    pub async fn share_program(
        &self,
        caller: &Caller,
        id: &str,
        draft: &ShareDraft,
    ) -> Result<ShareCreated, ServiceError> {
        let days = draft.days.unwrap_or(DAYS);
        if !(1..=365).contains(&days) {
            return Err(ServiceError::Invalid("a link lasts 1 to 365 days".to_owned()));
        }
        let name = self.program(caller, id).await?.name;
        let lasts = Some(Millis::from(days) * DAY);
        let (row, secret) = self.create_access_of(AccessKind::Share, &name, "", lasts, Some(id)).await?;
        let info = info(&row).ok_or_else(|| ServiceError::Internal("a link has no end".to_owned()))?;
        Ok(ShareCreated { info, path: format!("/shared#{secret}") })
    }

    /// The links to a program that have not ended, the newest first.
    ///
    /// # Errors
    /// `NotFound`.
    pub async fn shares(&self, caller: &Caller, id: &str) -> Result<Vec<ShareInfo>, ServiceError> {
        self.program(caller, id).await?;
        Ok(self.share_rows(id).await?.iter().filter_map(info).collect())
    }

    /// Ends a link.
    ///
    /// # Errors
    /// `NotFound`.
    pub async fn revoke_share(&self, _caller: &Caller, id: &str, share: &str) -> Result<(), ServiceError> {
        let row = self.share_rows(id).await?.into_iter().find(|row| row.id == share);
        let row = row.ok_or_else(|| ServiceError::NotFound { what: "link", id: share.to_owned() })?;
        self.store().write(Store::delete_access(self.now(), &row)).await?;
        Ok(())
    }

    /// What somebody reads who has a link; nobody has to be signed in for that.
    ///
    /// # Errors
    /// `Unauthorized` if the link is unknown or has ended, or its program is gone.
    pub async fn shared_program(&self, secret: &str) -> Result<SharedProgram, ServiceError> {
        let refused = || ServiceError::Unauthorized("this link has ended, or never was; ask for a new one".to_owned());
        let row = self.access_of(secret).await?.filter(|row| row.kind == AccessKind::Share).ok_or_else(refused)?;
        let (id, expires_at) = row.program.zip(row.expires_at).ok_or_else(refused)?;
        let reader = Caller::reader();
        let record = self.program(&reader, &id).await.map_err(|_| refused())?;
        Ok(SharedProgram { name: record.name, text: record.text, updated_at: record.updated_at, expires_at })
    }

    async fn share_rows(&self, program: &str) -> Result<Vec<AccessRow>, ServiceError> {
        let mut rows = self.store().all_access().await?;
        rows.retain(|row| {
            row.kind == AccessKind::Share
                && row.program.as_deref() == Some(program)
                && row.expires_at.is_some_and(|end| end > self.now())
        });
        Ok(rows)
    }
}

fn info(row: &AccessRow) -> Option<ShareInfo> {
    row.expires_at.map(|expires_at| ShareInfo { id: row.id.clone(), created_at: row.created_at, expires_at })
}
