//! Signing in, sessions and tokens. Only hashes of secrets are kept.

use model::{Millis, TokenCreated, TokenInfo};
use sha2::{Digest, Sha256};
use store::{AccessKind, AccessRow, Store};

use crate::{Caller, ServiceError, Services, lock};

pub(crate) const DAY: Millis = 86_400_000;
/// How long a session lasts without being used.
const SESSION: Millis = 30 * DAY;
/// How long a sign-in link lasts.
const LINK: Millis = DAY;

impl Services {
    /// Makes a link's secret that signs in once, within a day.
    ///
    /// # Errors
    /// Errors of the store.
    pub async fn create_sign_in(&self) -> Result<String, ServiceError> {
        self.create_access(AccessKind::SignIn, "sign-in link", "", Some(LINK)).await.map(|(_, secret)| secret)
    }

    /// The same for someone who is signed in already.
    ///
    /// # Errors
    /// Errors of the store.
    pub async fn create_link(&self, _caller: &Caller) -> Result<String, ServiceError> {
        self.create_sign_in().await
    }

    /// Signs in with a link's secret: gives the secret of a session.
    ///
    /// # Errors
    /// `Unauthorized` if the link is unknown, used or too old.
    pub async fn sign_in(&self, secret: &str) -> Result<String, ServiceError> {
        let refused = || {
            ServiceError::Unauthorized(
            "this sign-in link is not valid any more; start the server again, or run: agent-lightning token sign-in".to_owned(),
        )
        };
        let row = self.access_of(secret).await?.filter(|row| row.kind == AccessKind::SignIn).ok_or_else(refused)?;
        self.store().write(Store::use_up_access(self.now(), &row)).await.map_err(|_| refused())?;
        self.create_access(AccessKind::Session, "browser", "", Some(SESSION)).await.map(|(_, secret)| secret)
    }

    /// Who a session's secret stands for.
    ///
    /// # Errors
    /// `Unauthorized`.
    pub async fn session(&self, secret: &str) -> Result<Caller, ServiceError> {
        match self.access_of(secret).await? {
            Some(row) if row.kind == AccessKind::Session => Ok(Caller::owner("session").with_access(row.id)),
            _ => Err(ServiceError::Unauthorized("sign in first".to_owned())),
        }
    }

    /// Who a token stands for.
    ///
    /// # Errors
    /// `Unauthorized`.
    pub async fn token(&self, secret: &str) -> Result<Caller, ServiceError> {
        if lock(&self.inner.run_token).as_ref().is_some_and(|run| *run == hash(secret)) {
            return Ok(Caller::owner("command line"));
        }
        let Some(mut row) = self.access_of(secret).await?.filter(|row| row.kind == AccessKind::Token) else {
            return Err(ServiceError::Unauthorized("the token is not valid".to_owned()));
        };
        let hour = self.now() - self.now().rem_euclid(3_600_000);
        if row.last_used_at.is_none_or(|last| last < hour) && self.store().writable().is_ok() {
            row.last_used_at = Some(hour);
            self.store().write(Store::put_access(self.now(), &row, "used")).await?;
        }
        Ok(Caller::owner(row.name).with_access(row.id))
    }

    /// Makes an owner's token that is good for this run of the server only: it is kept in memory, and a new one replaces it.
    pub fn create_run_token(&self) -> String {
        let secret = self.random_text();
        *lock(&self.inner.run_token) = Some(hash(&secret));
        secret
    }

    /// Ends a session.
    ///
    /// # Errors
    /// Errors of the store.
    pub async fn sign_out(&self, secret: &str) -> Result<(), ServiceError> {
        if let Some(row) = self.access_of(secret).await? {
            self.store().write(Store::delete_access(self.now(), &row)).await?;
        }
        Ok(())
    }

    /// Makes a token for the REST interface.
    ///
    /// # Errors
    /// `Invalid` for a name that is empty or too long.
    pub async fn create_token(&self, _caller: &Caller, name: &str) -> Result<TokenCreated, ServiceError> {
        let name = name.trim();
        if name.is_empty() || name.chars().count() > 100 || name.chars().any(char::is_control) {
            return Err(ServiceError::Invalid("a token needs a name of 1 to 100 characters".to_owned()));
        }
        let (row, secret) = self.create_access(AccessKind::Token, name, "al_", None).await?;
        Ok(TokenCreated { info: info(row), secret })
    }

    /// Makes sure that a token with this secret is valid: for headless use.
    ///
    /// # Errors
    /// `Invalid` for a secret of fewer than 16 characters.
    pub async fn preset_token(&self, secret: &str) -> Result<(), ServiceError> {
        if secret.chars().count() < 16 {
            return Err(ServiceError::Invalid("AGENT_LIGHTNING_TOKEN must have at least 16 characters".to_owned()));
        }
        if self.access_of(secret).await?.is_some() {
            return Ok(());
        }
        let row = AccessRow {
            id: self.new_id(),
            hash: hash(secret),
            kind: AccessKind::Token,
            name: "environment".to_owned(),
            prefix: String::new(),
            created_at: self.now(),
            expires_at: None,
            last_used_at: None,
            program: None,
        };
        self.store().write(Store::put_access(self.now(), &row, "created")).await?;
        Ok(())
    }

    /// All tokens, the newest first.
    ///
    /// # Errors
    /// Errors of the store.
    pub async fn tokens(&self, _caller: &Caller) -> Result<Vec<TokenInfo>, ServiceError> {
        let rows = self.store().all_access().await?;
        Ok(rows.into_iter().filter(|row| row.kind == AccessKind::Token).map(info).collect())
    }

    /// Ends a token.
    ///
    /// # Errors
    /// `NotFound`.
    pub async fn revoke_token(&self, _caller: &Caller, id: &str) -> Result<(), ServiceError> {
        let rows = self.store().all_access().await?;
        let row = rows.into_iter().find(|row| row.id == id && row.kind == AccessKind::Token);
        let row = row.ok_or_else(|| ServiceError::NotFound { what: "token", id: id.to_owned() })?;
        self.store().write(Store::delete_access(self.now(), &row)).await?;
        Ok(())
    }

    async fn create_access(
        &self,
        kind: AccessKind,
        name: &str,
        prefix: &str,
        lasts: Option<Millis>,
    ) -> Result<(AccessRow, String), ServiceError> {
        self.create_access_of(kind, name, prefix, lasts, None).await
    }

    pub(crate) async fn create_access_of(
        &self,
        kind: AccessKind,
        name: &str,
        prefix: &str,
        lasts: Option<Millis>,
        program: Option<&str>,
    ) -> Result<(AccessRow, String), ServiceError> {
        let secret = format!("{prefix}{}", self.random_text());
        let row = AccessRow {
            id: self.new_id(),
            hash: hash(&secret),
            kind,
            name: name.to_owned(),
            prefix: secret.chars().take(prefix.len() + 4).collect(),
            created_at: self.now(),
            expires_at: lasts.map(|lasts| self.now() + lasts),
            last_used_at: None,
            program: program.map(str::to_owned),
        };
        self.store().write(Store::put_access(self.now(), &row, "created")).await?;
        Ok((row, secret))
    }

    fn random_text(&self) -> String {
        self.inner.environment.random().iter().map(|byte| format!("{byte:02x}")).collect()
    }

    pub(crate) async fn access_of(&self, secret: &str) -> Result<Option<AccessRow>, ServiceError> {
        let row = self.store().access(&hash(secret)).await?;
        Ok(row.filter(|row| row.expires_at.is_none_or(|end| end > self.now())))
    }
}

fn info(row: AccessRow) -> TokenInfo {
    TokenInfo {
        id: row.id,
        name: row.name,
        prefix: row.prefix,
        created_at: row.created_at,
        last_used_at: row.last_used_at,
    }
}

/// Secrets have 256 random bits, so a fast hash is enough, and a look-up by it tells nothing of others.
fn hash(secret: &str) -> String {
    Sha256::digest(secret).iter().map(|byte| format!("{byte:02x}")).collect()
}
