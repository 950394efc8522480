//! What can go wrong in a use case.

use store::StoreError;
use thiserror::Error;

/// An error of a use case.
#[derive(Debug, Error)]
pub enum ServiceError {
    /// There is no such thing.
    #[error("there is no {what} '{id}'")]
    NotFound {
        /// What was looked for.
        what: &'static str,
        /// Its id.
        id: String,
    },
    /// What was sent in is not acceptable.
    #[error("{0}")]
    Invalid(String),
    /// It is not, or no longer, in a state that allows this.
    #[error("{0}")]
    Conflict(String),
    /// Nobody has shown who they are, or the secret is not valid.
    #[error("{0}")]
    Unauthorized(String),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A model provider failed.
    #[error("{0}")]
    Provider(String),
    /// Something that should never happen.
    #[error("{0}")]
    Internal(String),
}

impl ServiceError {
    /// A stable code.
    pub fn code(&self) -> &'static str {
        match self {
            Self::NotFound { .. } => "not_found",
            Self::Invalid(_) => "invalid",
            Self::Conflict(_) | Self::Store(StoreError::Stale(_) | StoreError::Exists(_) | StoreError::Conflict) => {
                "conflict"
            }
            Self::Unauthorized(_) => "unauthorized",
            Self::Provider(_) => "provider",
            Self::Store(StoreError::DiskFull { .. }) => "disk_full",
            Self::Store(StoreError::FoundDamage { .. }) => "damaged",
            Self::Store(StoreError::Closed) => "stopping",
            Self::Store(StoreError::Unreachable { .. }) => "database_away",
            Self::Store(_) | Self::Internal(_) => "internal",
        }
    }

    /// The HTTP status that says it.
    pub fn status(&self) -> u16 {
        match self.code() {
            "not_found" => 404,
            "invalid" => 422,
            "conflict" => 409,
            "unauthorized" => 401,
            "disk_full" => 507,
            "stopping" | "database_away" => 503,
            "provider" => 502,
            _ => 500,
        }
    }

    /// What a client may see: what is inside the server is for the log only.
    pub fn public_message(&self) -> String {
        match self.code() {
            "internal" => "internal error; the server's log says more".to_owned(),
            // Where the database is, is nobody's business.
            "database_away" => "the database server does not answer; try again once it is back".to_owned(),
            _ => self.to_string(),
        }
    }
}
