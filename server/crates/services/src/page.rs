//! Pages of lists: how many, and from where on.

use crate::error::ServiceError;

/// How many entries a page has.
///
/// # Errors
/// `Invalid` if it is out of range.
pub(crate) fn limit(asked: Option<u32>) -> Result<u32, ServiceError> {
    match asked.unwrap_or(50) {
        limit @ 1..=200 => Ok(limit),
        other => Err(ServiceError::Invalid(format!("a limit must be 1 to 200, not {other}"))),
    }
}

/// Where a page starts; an empty cursor is none.
///
/// # Errors
/// `Invalid` for what no page before gave.
pub(crate) fn cursor(asked: Option<&str>) -> Result<Option<&str>, ServiceError> {
    match given(asked) {
        Some(cursor)
            if cursor.len() > 64 || !cursor.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-') =>
        {
            Err(ServiceError::Invalid("a cursor is the `next_cursor` of the page before".to_owned()))
        }
        cursor => Ok(cursor),
    }
}

/// A filter; an empty one, as forms send it, is none.
pub(crate) fn given(filter: Option<&str>) -> Option<&str> {
    filter.filter(|filter| !filter.is_empty())
}
