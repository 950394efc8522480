//! Reading `.agent-knowledge/<agent>.json`: an array of
//! `{id, category, content, source, timestamp, metadata, usage_count, relevance_score}`.

use model::{Json, KnowledgeDraft, Rejected};
use serde_json::{Map, Value};

use crate::draft::check_draft;

/// An entry that was read.
#[derive(Clone, Debug, PartialEq)]
pub struct Imported {
    /// Its id where it came from.
    pub id: Option<String>,
    /// The item.
    pub draft: KnowledgeDraft,
    /// Whatever else came with it.
    pub metadata: Json,
    /// How often it was used before.
    pub usage: u64,
    /// How well it has served, 0 to 1.
    pub relevance: f64,
}

/// Reads an array. Good entries are kept, the others reported one by one.
///
/// # Errors
/// A sentence, if the text is no JSON array.
pub fn read_array(bytes: &[u8], agent: &str) -> Result<(Vec<Imported>, Vec<Rejected>), String> {
    let entries: Value = serde_json::from_slice(bytes).map_err(|error| format!("the body is not JSON: {error}"))?;
    let Value::Array(entries) = entries else {
        return Err("the body must be a JSON array of knowledge entries".to_owned());
    };
    let (mut imported, mut rejected) = (Vec::new(), Vec::new());
    for (index, entry) in entries.into_iter().enumerate() {
        match read_entry(entry, agent) {
            Ok(item) => imported.push(item),
            Err(error) => rejected.push(Rejected { index: index as u32, error }),
        }
    }
    Ok((imported, rejected))
}

fn read_entry(entry: Value, agent: &str) -> Result<Imported, String> {
    let Value::Object(entry) = entry else {
        return Err("the entry is not an object".to_owned());
    };
    let draft = KnowledgeDraft {
        agent: Some(agent.to_owned()),
        category: Some(slug(text(&entry, "category")?.unwrap_or("general"))),
        title: text(&entry, "title")?.unwrap_or_default().to_owned(),
        content: text(&entry, "content")?.ok_or("the entry has no 'content'")?.to_owned(),
        source: text(&entry, "source")?.unwrap_or_default().chars().take(200).collect(),
        tags: Vec::new(),
    };
    check_draft(&draft)?;
    let usage = match entry.get("usage_count") {
        None | Some(Value::Null) => 0,
        Some(value) => value.as_u64().ok_or("'usage_count' must be a whole number from 0")?,
    };
    let relevance = match entry.get("relevance_score") {
        None | Some(Value::Null) => 0.5,
        Some(value) => value.as_f64().filter(|score| score.is_finite()).ok_or("'relevance_score' must be a number")?,
    };
    let metadata = match entry.get("metadata") {
        None | Some(Value::Null) => Json::default(),
        Some(value @ Value::Object(_)) => Json::new(value.to_string()).unwrap_or_default(),
        Some(_) => return Err("'metadata' must be an object".to_owned()),
    };
    let id = entry.get("id").and_then(Value::as_str).map(str::to_owned);
    Ok(Imported { id, draft, metadata, usage, relevance: relevance.clamp(0.0, 1.0) })
}

fn text<'a>(entry: &'a Map<String, Value>, name: &str) -> Result<Option<&'a str>, String> {
    match entry.get(name) {
        None | Some(Value::Null) => Ok(None),
        Some(Value::String(text)) => Ok(Some(text)),
        Some(_) => Err(format!("'{name}' must be a text")),
    }
}

/// A category in the form that categories have here.
fn slug(text: &str) -> String {
    let slug: String = text
        .trim()
        .to_lowercase()
        .chars()
        .map(|c| if c.is_ascii_alphanumeric() || c == '-' { c } else { '_' })
        .take(64)
        .collect();
    if slug.is_empty() { "general".to_owned() } else { slug }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn good_entries_are_kept_and_others_reported() {
        let text = r#"[
            {"id": "a_1", "category": "Best Practices", "content": "Test first.", "source": "manual",
             "timestamp": "2025-01-01T00:00:00", "metadata": {"file": "a.py"}, "usage_count": 3, "relevance_score": 1.0},
            {"category": "x"}, 5, {"content": 1}, {"content": ""}, {"content": "ok", "usage_count": -1},
            {"content": "plain"}
        ]"#;
        let (imported, rejected) = read_array(text.as_bytes(), "data_scientist").unwrap();
        assert_eq!(imported.len(), 2);
        assert_eq!(imported[0].draft.category.as_deref(), Some("best_practices"));
        assert_eq!((imported[0].id.as_deref(), &imported[1].id), (Some("a_1"), &None));
        assert_eq!((imported[0].usage, imported[0].relevance), (3, 1.0));
        assert_eq!(rejected.iter().map(|entry| entry.index).collect::<Vec<_>>(), [1, 2, 3, 4, 5]);
        assert_eq!(rejected[0].error, "the entry has no 'content'");
    }

    #[test]
    fn what_is_no_array_is_refused() {
        assert!(read_array(b"{}", "a").is_err());
        assert!(read_array(b"[", "a").is_err());
        assert!(read_array(b"[\"\xff\"]", "a").is_err());
    }
}
