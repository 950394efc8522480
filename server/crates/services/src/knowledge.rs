//! Knowledge items.

use std::collections::HashSet;

use ::knowledge::{Imported, SHARED, check_draft, read_array};
use model::{
    ImportReport, Json, KnowledgeDraft, KnowledgeItem, KnowledgePage, KnowledgeQuery, SearchHit, SearchQuery,
    SearchResult, Task,
};
use store::Store;

use crate::{Caller, ServiceError, Services, page};

/// The most items of one import.
const MAX_IMPORT: usize = 20_000;

impl Services {
    /// Makes an item.
    ///
    /// # Errors
    /// `Invalid`.
    pub async fn create_knowledge(
        &self,
        _caller: &Caller,
        draft: KnowledgeDraft,
    ) -> Result<KnowledgeItem, ServiceError> {
        check_draft(&draft).map_err(ServiceError::Invalid)?;
        known_agent(draft.agent.as_deref())?;
        let item = self.item(draft, Json::default(), 0, 0.5);
        self.store().write(Store::put_knowledge(self.now(), &item, "created")).await?;
        Ok(item)
    }

    /// An item.
    ///
    /// # Errors
    /// `NotFound`.
    pub async fn knowledge_item(&self, _caller: &Caller, id: &str) -> Result<KnowledgeItem, ServiceError> {
        let item = self.store().knowledge_item(id).await?;
        item.ok_or_else(|| ServiceError::NotFound { what: "knowledge item", id: id.to_owned() })
    }

    /// Changes an item.
    ///
    /// # Errors
    /// `NotFound`, `Invalid`.
    pub async fn update_knowledge(
        &self,
        caller: &Caller,
        id: &str,
        draft: KnowledgeDraft,
    ) -> Result<KnowledgeItem, ServiceError> {
        check_draft(&draft).map_err(ServiceError::Invalid)?;
        known_agent(draft.agent.as_deref())?;
        let before = self.knowledge_item(caller, id).await?;
        let item = KnowledgeItem {
            agent: draft.agent.unwrap_or(before.agent),
            category: draft.category.unwrap_or(before.category),
            title: draft.title,
            content: draft.content,
            source: draft.source,
            tags: draft.tags,
            updated_at: self.now(),
            ..before
        };
        self.store().write(Store::put_knowledge(self.now(), &item, "updated")).await?;
        Ok(item)
    }

    /// Deletes an item.
    ///
    /// # Errors
    /// `NotFound`.
    pub async fn delete_knowledge(&self, caller: &Caller, id: &str) -> Result<(), ServiceError> {
        self.knowledge_item(caller, id).await?;
        self.store().write(Store::delete_knowledge(self.now(), id)).await?;
        Ok(())
    }

    /// Items, the newest first.
    ///
    /// # Errors
    /// `Invalid` for a limit out of range.
    pub async fn list_knowledge(
        &self,
        _caller: &Caller,
        query: &KnowledgeQuery,
    ) -> Result<KnowledgePage, ServiceError> {
        let limit = page::limit(query.limit)?;
        let (agent, category) = (page::given(query.agent.as_deref()), page::given(query.category.as_deref()));
        let mut items =
            self.store().knowledge(agent, category, page::cursor(query.cursor.as_deref())?, limit + 1).await?;
        let more = items.len() > limit as usize;
        items.truncate(limit as usize);
        let next_cursor = more.then(|| items.last().map(|item| item.id.clone())).flatten();
        Ok(KnowledgePage { items, next_cursor })
    }

    /// Items that match a search, the best first.
    ///
    /// # Errors
    /// `Invalid` for an empty or overlong search.
    pub async fn search_knowledge(&self, _caller: &Caller, query: &SearchQuery) -> Result<SearchResult, ServiceError> {
        let text = query.q.trim();
        if text.is_empty() || text.chars().count() > 500 {
            return Err(ServiceError::Invalid("a search needs 1 to 500 characters (?q=…)".to_owned()));
        }
        let limit = page::limit(query.limit)?;
        let (agent, category) = (page::given(query.agent.as_deref()), page::given(query.category.as_deref()));
        let mut items = self.store().search_knowledge(text, agent, category, limit).await?;
        // A word that most items have scores nothing, so in a small store all may score alike: then more words win.
        let asked = telling_words(text);
        let shared = |hit: &SearchHit| {
            let told = telling_words(&format!("{} {}", hit.title, hit.content));
            asked.intersection(&told).count()
        };
        items.sort_by(|a, b| b.score.total_cmp(&a.score).then_with(|| shared(b).cmp(&shared(a))));
        Ok(SearchResult { items })
    }

    /// Imports an array of entries for an agent: good ones are kept, others reported one by one. An entry with the id of an
    /// item of that agent takes its place, so that what was exported can be imported again.
    ///
    /// # Errors
    /// `Invalid` if the body is no array, or too long.
    pub async fn import_knowledge(
        &self,
        _caller: &Caller,
        agent: &str,
        body: &[u8],
    ) -> Result<ImportReport, ServiceError> {
        known_agent(Some(agent))?;
        let (entries, rejected) = read_array(body, agent).map_err(ServiceError::Invalid)?;
        if entries.len() > MAX_IMPORT {
            return Err(ServiceError::Invalid(format!("an import has at most {MAX_IMPORT} entries; split the file")));
        }
        let imported = entries.len() as u32;
        for chunk in entries.chunks(100) {
            let mut write: Option<store::Write> = None;
            for entry in chunk {
                let mut item = self.item(entry.draft.clone(), entry.metadata.clone(), entry.usage, entry.relevance);
                if let Some(before) = self.item_before(entry, agent).await? {
                    item = KnowledgeItem { id: before.id, tags: before.tags, created_at: before.created_at, ..item };
                }
                let put = Store::put_knowledge(self.now(), &item, "imported");
                write = Some(match write {
                    Some(before) => before.and(put),
                    None => put,
                });
            }
            if let Some(write) = write {
                self.store().write(write).await?;
            }
        }
        Ok(ImportReport { imported, rejected })
    }

    /// Items that may help with a task, at most three. That they were used is counted.
    pub(crate) async fn helpful_knowledge(&self, task: &Task) -> Result<Vec<KnowledgeItem>, ServiceError> {
        let query: String = task.description.chars().take(500).collect();
        let hits = self.store().search_knowledge(&query, task.agent.as_deref(), None, 10).await?;
        let asked = telling_words(&task.description);
        let mut items = Vec::new();
        for hit in hits {
            let told = telling_words(&format!("{} {}", hit.title, hit.content));
            if asked.intersection(&told).count() < SHARED_WORDS {
                continue;
            }
            let Some(mut item) = self.store().knowledge_item(&hit.id).await? else { continue };
            item.usage += 1;
            self.store().write(Store::put_knowledge(self.now(), &item, "used")).await?;
            items.push(item);
            if items.len() == 3 {
                break;
            }
        }
        Ok(items)
    }

    /// The item that an entry was exported from.
    async fn item_before(&self, entry: &Imported, agent: &str) -> Result<Option<KnowledgeItem>, ServiceError> {
        let own = |id: &&str| id.len() == OWN_ID && id.bytes().all(|byte| byte.is_ascii_hexdigit());
        let Some(id) = entry.id.as_deref().filter(own) else { return Ok(None) };
        Ok(self.store().knowledge_item(id).await?.filter(|item| item.agent == agent))
    }

    fn item(&self, draft: KnowledgeDraft, metadata: Json, usage: u64, relevance: f64) -> KnowledgeItem {
        let now = self.now();
        KnowledgeItem {
            id: self.new_id(),
            agent: draft.agent.unwrap_or_else(|| SHARED.to_owned()),
            category: draft.category.unwrap_or_else(|| "general".to_owned()),
            title: draft.title,
            content: draft.content,
            source: draft.source,
            tags: draft.tags,
            metadata,
            usage,
            relevance,
            created_at: now,
            updated_at: now,
        }
    }
}

/// Refuses what no agent is called; nothing stands for all.
fn known_agent(agent: Option<&str>) -> Result<(), ServiceError> {
    match agent {
        Some(agent) if agent != SHARED && recall::agents::find(agent).is_none() => {
            Err(ServiceError::NotFound { what: "agent", id: agent.to_owned() })
        }
        _ => Ok(()),
    }
}

/// How long the ids are that are given here.
const OWN_ID: usize = 32;

/// An item helps with a task if they share so many telling words.
const SHARED_WORDS: usize = 2;

/// The words of a text that are long enough to be about something.
fn telling_words(text: &str) -> HashSet<String> {
    let words = text.split(|character: char| !character.is_alphanumeric());
    words.filter(|word| word.chars().count() > 3).map(str::to_lowercase).collect()
}
