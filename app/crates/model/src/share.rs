//! Links by which anybody can read a program.

use serde::{Deserialize, Serialize};

use crate::Millis;

/// A link that is asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ShareDraft {
    /// After how many days it ends, 1 to 365; 30 if not given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub days: Option<u32>,
}

/// What is known of a link.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ShareInfo {
    /// Its id.
    pub id: String,
    /// When it was made.
    pub created_at: Millis,
    /// When it ends.
    pub expires_at: Millis,
}

/// A link just made; its secret is shown this once.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ShareCreated {
    /// What is known of it from now on.
    pub info: ShareInfo,
    /// Its path on this server, with the secret behind `#`, where no server and no log sees it.
    pub path: String,
}

/// A program as somebody reads it who has a link.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SharedProgram {
    /// Its name.
    pub name: String,
    /// Its canonical text, as it is now.
    pub text: String,
    /// When it was last changed.
    pub updated_at: Millis,
    /// When the link ends.
    pub expires_at: Millis,
}
