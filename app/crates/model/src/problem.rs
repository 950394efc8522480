//! Errors as clients see them.

use serde::{Deserialize, Serialize};

/// An error: a stable code, a sentence for people, and what to do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Problem {
    /// A stable code, for example `not_found`.
    pub code: String,
    /// What is wrong, and what to do.
    pub message: String,
    /// Names this request in the server's log.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub request_id: Option<String>,
}
