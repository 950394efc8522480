//! What an item must be.

use model::KnowledgeDraft;

/// The longest text of an item, in characters.
pub const MAX_CONTENT: usize = 100_000;
const MAX_NAME: usize = 200;

/// Checks an item as a person wrote it.
///
/// # Errors
/// A sentence that says what to change.
pub fn check_draft(draft: &KnowledgeDraft) -> Result<(), String> {
    if draft.content.trim().is_empty() {
        return Err("the content must not be empty".to_owned());
    }
    if draft.content.chars().count() > MAX_CONTENT {
        return Err(format!("the content is longer than {MAX_CONTENT} characters"));
    }
    for (what, name) in [("agent", draft.agent.as_deref()), ("category", draft.category.as_deref())] {
        if let Some(name) = name {
            check_name(what, name)?;
        }
    }
    if draft.title.chars().count() > MAX_NAME || draft.source.chars().count() > MAX_NAME {
        return Err(format!("title and source have at most {MAX_NAME} characters"));
    }
    if draft.tags.len() > 32 || draft.tags.iter().any(|tag| tag.is_empty() || tag.chars().count() > 64) {
        return Err("there are at most 32 tags of 1 to 64 characters".to_owned());
    }
    let texts = [&draft.content, &draft.title, &draft.source];
    if texts.into_iter().chain(&draft.tags).any(|text| has_controls(text)) {
        return Err("texts must not contain control characters".to_owned());
    }
    Ok(())
}

fn check_name(what: &str, name: &str) -> Result<(), String> {
    let valid = !name.is_empty()
        && name.len() <= 64
        && name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '_' | '-'));
    if valid { Ok(()) } else { Err(format!("the {what} must be 1 to 64 small letters, digits, '_' or '-'")) }
}

fn has_controls(text: &str) -> bool {
    text.chars().any(|c| c.is_control() && !matches!(c, '\n' | '\r' | '\t'))
}
