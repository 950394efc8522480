//! People, sessions and tokens.

use serde::{Deserialize, Serialize};

use crate::Millis;

/// Who is signed in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Person {
    /// The role: `owner` for now.
    pub role: String,
    /// How they signed in: `session` or the token's name.
    pub via: String,
}

/// A token that is asked for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct NewToken {
    /// What it is for, 1 to 100 characters.
    pub name: String,
}

/// A token just made; its secret is shown this once.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TokenCreated {
    /// What is known of it from now on.
    pub info: TokenInfo,
    /// The secret.
    pub secret: String,
}

/// What is known of a token.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TokenInfo {
    /// Its id.
    pub id: String,
    /// What it is for.
    pub name: String,
    /// The secret's first characters.
    pub prefix: String,
    /// When it was made.
    pub created_at: Millis,
    /// When it was last used, to the hour.
    pub last_used_at: Option<Millis>,
}

/// A link that signs a browser in once, within a day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SignInLink {
    /// Its path on this server, with the secret behind `#`.
    pub path: String,
}
