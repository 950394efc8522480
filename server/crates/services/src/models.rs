//! Model providers: setting them, and what they are asked.

use std::sync::Arc;

use agents::{ChatModel, Prompt, Reply, Target};
use model::{Answer, KnowledgeItem, ProviderDraft, ProviderInfo, ProviderKind, Solver, Task, TestCount, Usage};
use store::{ProviderRow, Store};

use crate::{Caller, ServiceError, Services, sealed};

/// What the services need of language models.
#[derive(Clone)]
pub struct Models {
    /// How models are spoken to.
    pub chat: Arc<dyn ChatModel>,
    /// Encrypts keys in the store.
    pub key: [u8; 32],
    /// A provider set by the environment; it is used before those of the Models page.
    pub environment: Option<ProviderDraft>,
}

/// A provider that is ready to be asked.
#[derive(Clone, Debug)]
pub(crate) struct Provider {
    pub(crate) name: String,
    pub(crate) target: Target,
    input_price: Option<f64>,
    output_price: Option<f64>,
}

const SYSTEM: &str = "You are an expert who carries out tasks for a developer. Answer with the result itself, completely and \
    without asking back. Put code into fenced blocks with their language.";

/// How much of a knowledge item a model is shown, in characters.
const MOST_OF_AN_ITEM: usize = 2000;

/// What a task asks of a model, with the knowledge that may help.
pub(crate) fn prompt(task: &Task, knowledge: &[KnowledgeItem]) -> Prompt {
    let role = task
        .agent
        .as_deref()
        .and_then(recall::agents::find)
        .map(|profile| format!("{} {}", profile.name, profile.about));
    let system = role.map_or_else(|| SYSTEM.to_owned(), |role| format!("{SYSTEM}\nYour role: {role}"));
    let mut user = task.description.clone();
    for attachment in &task.attachments {
        user.push_str(&format!("\n\nFile {}:\n```\n{}\n```", attachment.name, attachment.content));
    }
    if let Some(language) = &task.language {
        user.push_str(&format!("\n\nWrite code in {language}."));
    }
    if !knowledge.is_empty() {
        user.push_str("\n\nFrom the knowledge of this workspace, to be used where it fits:");
        for item in knowledge {
            let content: String = item.content.chars().take(MOST_OF_AN_ITEM).collect();
            user.push_str(&format!("\n- {}: {content}", item.title));
        }
    }
    Prompt { system, user }
}

/// A model's reply as an answer: never verified.
pub(crate) fn answer(provider: &Provider, reply: Reply) -> Answer {
    let usage = reply.usage.map(|usage| Usage { cost: cost(provider, &usage), ..usage });
    Answer {
        text: reply.text,
        value: None,
        files: Vec::new(),
        verified: false,
        tests: TestCount::default(),
        test_results: Vec::new(),
        solver: Solver::Model,
        program: None,
        recipe: None,
        inputs: None,
        model: Some(provider.target.model.clone()),
        usage,
    }
}

fn cost(provider: &Provider, usage: &Usage) -> Option<f64> {
    let (input, output) = (provider.input_price?, provider.output_price?);
    Some((usage.input_tokens as f64 * input + usage.output_tokens as f64 * output) / 1e6)
}

impl Services {
    /// All providers; keys are never among what is shown.
    ///
    /// # Errors
    /// Errors of the store.
    pub async fn providers(&self, _caller: &Caller) -> Result<Vec<ProviderInfo>, ServiceError> {
        let mut all: Vec<ProviderInfo> = self
            .inner
            .models
            .environment
            .iter()
            .map(|draft| info("environment".to_owned(), draft, "environment", 0))
            .collect();
        all.extend(self.store().providers().await?.into_iter().map(|row| row.info));
        Ok(all)
    }

    /// Adds a provider.
    ///
    /// # Errors
    /// `Invalid`.
    pub async fn add_provider(&self, _caller: &Caller, draft: ProviderDraft) -> Result<ProviderInfo, ServiceError> {
        check(&draft)?;
        let id = self.new_id();
        let info = info(id.clone(), &draft, "page", self.now());
        let sealed_key = if draft.key.trim().is_empty() {
            String::new()
        } else {
            let sealed = sealed::seal(&self.inner.models.key, &id, draft.key.trim(), &self.inner.environment.random());
            sealed.ok_or_else(|| ServiceError::Internal("the key could not be encrypted".to_owned()))?
        };
        self.store().write(Store::put_provider(self.now(), &ProviderRow { info: info.clone(), sealed_key })).await?;
        Ok(info)
    }

    /// Removes a provider.
    ///
    /// # Errors
    /// `NotFound`; `Conflict` for the environment's.
    pub async fn remove_provider(&self, _caller: &Caller, id: &str) -> Result<(), ServiceError> {
        if id == "environment" {
            return Err(ServiceError::Conflict(
                "this provider is set by the environment; start the server without it".to_owned(),
            ));
        }
        if !self.store().providers().await?.iter().any(|row| row.info.id == id) {
            return Err(ServiceError::NotFound { what: "provider", id: id.to_owned() });
        }
        self.store().write(Store::delete_provider(self.now(), id)).await?;
        Ok(())
    }

    /// Asks a provider for one word, to show that its settings work.
    ///
    /// # Errors
    /// `Provider` with the provider's own message.
    pub async fn test_provider(&self, _caller: &Caller, id: &str) -> Result<String, ServiceError> {
        let provider =
            self.ready_providers().await?.into_iter().find(|(have, _)| have == id).map(|(_, provider)| provider);
        let provider = provider.ok_or_else(|| ServiceError::NotFound { what: "provider", id: id.to_owned() })?;
        let prompt = Prompt { system: "Answer with one word.".to_owned(), user: "Say: ready".to_owned() };
        let reply = self.inner.models.chat.chat(&provider.target, &prompt, &mut |_| {}).await;
        reply.map(|reply| reply.text).map_err(|error| ServiceError::Provider(format!("{}: {error}", provider.name)))
    }

    /// The provider that answers tasks: the first one.
    pub(crate) async fn provider(&self) -> Result<Option<Provider>, ServiceError> {
        Ok(self.ready_providers().await?.into_iter().next().map(|(_, provider)| provider))
    }

    async fn ready_providers(&self) -> Result<Vec<(String, Provider)>, ServiceError> {
        let mut all: Vec<(String, Provider)> = self
            .inner
            .models
            .environment
            .iter()
            .map(|draft| {
                ("environment".to_owned(), ready(&info(String::new(), draft, "environment", 0), draft.key.clone()))
            })
            .collect();
        for row in self.store().providers().await? {
            let key = if row.sealed_key.is_empty() {
                Some(String::new())
            } else {
                sealed::open(&self.inner.models.key, &row.info.id, &row.sealed_key)
            };
            match key {
                Some(key) => all.push((row.info.id.clone(), ready(&row.info, key))),
                None => {
                    tracing::error!(provider = row.info.name, "its key cannot be decrypted; set the provider again")
                }
            }
        }
        Ok(all)
    }
}

fn ready(info: &ProviderInfo, key: String) -> Provider {
    Provider {
        name: info.name.clone(),
        target: Target { kind: info.kind, base_url: info.base_url.clone(), model: info.model.clone(), key },
        input_price: info.input_price,
        output_price: info.output_price,
    }
}

fn info(id: String, draft: &ProviderDraft, origin: &str, at: model::Millis) -> ProviderInfo {
    ProviderInfo {
        id,
        name: draft.name.trim().to_owned(),
        kind: draft.kind,
        base_url: draft.base_url.trim().to_owned(),
        model: draft.model.trim().to_owned(),
        has_key: !draft.key.trim().is_empty(),
        input_price: draft.input_price,
        output_price: draft.output_price,
        origin: origin.to_owned(),
        created_at: at,
    }
}

fn check(draft: &ProviderDraft) -> Result<(), ServiceError> {
    let invalid = |message: &str| Err(ServiceError::Invalid(message.to_owned()));
    if draft.name.trim().is_empty() || draft.name.chars().count() > 100 {
        return invalid("a provider needs a name of 1 to 100 characters");
    }
    if draft.model.trim().is_empty() || draft.model.len() > 200 {
        return invalid("name the model, for example llama3.2");
    }
    let url = draft.base_url.trim();
    if !url.is_empty() && !url.starts_with("http://") && !url.starts_with("https://") {
        return invalid("the address must start with http:// or https://, for example http://localhost:11434/v1");
    }
    if url.is_empty() && draft.kind == ProviderKind::OpenAiCompatible && draft.key.trim().is_empty() {
        return invalid("give the server's address, or a key for OpenAI");
    }
    if draft.key.chars().any(char::is_control) || draft.key.len() > 2000 {
        return invalid("the key must be one line");
    }
    let prices = [draft.input_price, draft.output_price];
    if prices.into_iter().flatten().any(|price| !price.is_finite() || price < 0.0) {
        return invalid("prices must be numbers from zero");
    }
    Ok(())
}
