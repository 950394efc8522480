//! Knowledge items.

use model::{KnowledgeItem, Millis, SearchHit, Subject};
use surrealdb::types::{SurrealValue, Value};

use super::{read, variables, write};
use crate::error::StoreError;
use crate::open::Store;
use crate::write::Write;

/// What matches stand between while the database marks them; they cannot occur in stored text.
const OPEN: &str = "\u{1}";
const CLOSE: &str = "\u{2}";

impl Store {
    /// Sets an item: makes it, or replaces it.
    pub fn put_knowledge(at: Millis, item: &KnowledgeItem, what: &str) -> Write {
        Write::new(at, Subject::Knowledge, &item.id, what)
            .set("id", item.id.as_str())
            .set("agent", item.agent.as_str())
            .set("category", item.category.as_str())
            .set("text", format!("{}\n{}\n{}", item.title, item.content, item.tags.join(" ")))
            .set("body", write(item))
            .statement(
                "UPSERT type::record('knowledge', $w.id) SET agent = $w.agent, category = $w.category, text = $w.text, \
                 body = $w.body RETURN NONE",
            )
    }

    /// Deletes an item.
    pub fn delete_knowledge(at: Millis, id: &str) -> Write {
        Write::new(at, Subject::Knowledge, id, "deleted")
            .set("id", id)
            .statement("DELETE type::record('knowledge', $w.id)")
    }

    /// The item of that id.
    ///
    /// # Errors
    /// Errors of the database.
    pub async fn knowledge_item(&self, id: &str) -> Result<Option<KnowledgeItem>, StoreError> {
        let sql = "SELECT VALUE body FROM type::record('knowledge', $id)";
        Ok(self.bodies("knowledge item", sql, variables([("id", id.into_value())])).await?.pop())
    }

    /// Items, the newest first.
    ///
    /// # Errors
    /// Errors of the database.
    pub async fn knowledge(
        &self,
        agent: Option<&str>,
        category: Option<&str>,
        before: Option<&str>,
        limit: u32,
    ) -> Result<Vec<KnowledgeItem>, StoreError> {
        let mut conditions = filters(agent, category);
        if before.is_some() {
            conditions.push("id < type::record('knowledge', $before)");
        }
        let clause = if conditions.is_empty() { String::new() } else { format!("WHERE {}", conditions.join(" AND ")) };
        let sql =
            format!("SELECT VALUE body FROM (SELECT id, body FROM knowledge {clause} ORDER BY id DESC LIMIT $limit)");
        let parameters = variables([
            ("agent", optional(agent)),
            ("category", optional(category)),
            ("before", optional(before)),
            ("limit", i64::from(limit).into_value()),
        ]);
        self.bodies("knowledge item", &sql, parameters).await
    }

    /// Items that match a search, the best first. Items that match none of its words are never among them.
    ///
    /// # Errors
    /// Errors of the database.
    pub async fn search_knowledge(
        &self,
        query: &str,
        agent: Option<&str>,
        category: Option<&str>,
        limit: u32,
    ) -> Result<Vec<SearchHit>, StoreError> {
        #[derive(SurrealValue)]
        struct Row {
            body: String,
            score: f64,
            highlight: Option<String>,
        }
        let mut conditions = vec!["text @0,OR@ $query"];
        conditions.extend(filters(agent, category));
        let sql = format!(
            "SELECT body, search::score(0) AS score, search::highlight($open, $close, 0) AS highlight FROM knowledge \
             WHERE {} ORDER BY score DESC LIMIT $limit",
            conditions.join(" AND ")
        );
        let parameters = variables([
            ("query", query.into_value()),
            ("agent", optional(agent)),
            ("category", optional(category)),
            ("open", OPEN.into_value()),
            ("close", CLOSE.into_value()),
            ("limit", i64::from(limit).into_value()),
        ]);
        let mut results = self.connection.run(&sql, parameters).await?;
        let rows: Vec<Row> = results.take(0).map_err(|error| StoreError::Database(error.to_string()))?;
        rows.into_iter()
            .map(|row| {
                let item: KnowledgeItem = read("knowledge item", &row.body)?;
                let highlight = excerpt(&row.highlight.unwrap_or_default());
                Ok(SearchHit {
                    id: item.id,
                    agent: item.agent,
                    category: item.category,
                    title: item.title,
                    content: item.content,
                    highlight,
                    score: row.score * (0.5 + item.relevance),
                })
            })
            .collect()
    }

    /// How many items there are.
    ///
    /// # Errors
    /// Errors of the database.
    pub async fn count_knowledge(&self) -> Result<u64, StoreError> {
        self.count("SELECT VALUE count FROM (SELECT count() FROM knowledge GROUP ALL)").await
    }
}

fn filters(agent: Option<&str>, category: Option<&str>) -> Vec<&'static str> {
    let mut conditions = Vec::new();
    if agent.is_some() {
        conditions.push("agent IN [$agent, 'shared']");
    }
    if category.is_some() {
        conditions.push("category = $category");
    }
    conditions
}

fn optional(value: Option<&str>) -> Value {
    value.map_or(Value::None, |value| value.into_value())
}

/// The 200 characters around the first match, with matches between `[[` and `]]`.
fn excerpt(marked: &str) -> String {
    let first = marked.find(OPEN).unwrap_or(0);
    let start = marked[..first].char_indices().rev().nth(60).map_or(0, |(index, _)| index);
    let mut part: String = marked[start..].chars().take(260).collect();
    if part.matches(OPEN).count() > part.matches(CLOSE).count() {
        part.push_str(CLOSE);
    }
    part.replace(OPEN, "[[").replace(CLOSE, "]]").trim().to_owned()
}
