//! Providers through the crate `genai`.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use futures::StreamExt;
use futures::future::BoxFuture;
use genai::adapter::AdapterKind;
use genai::chat::{ChatMessage, ChatOptions, ChatRequest, ChatStreamEvent, ReasoningEffort, StopReason};
use genai::resolver::{AuthData, Endpoint};
use genai::{Client, ModelIden, ServiceTarget};
use model::{ProviderKind, Usage};

use crate::chat::{ChatModel, OnText, Prompt, Reply, Target};
use crate::error::ModelError;

/// The longest answer, in characters.
const MAX_ANSWER: usize = 400_000;
const MAX_TOKENS: u32 = 8192;

/// OpenAI-compatible servers, Anthropic and Gemini.
pub struct GenaiModel {
    client: Client,
    /// How long a whole call may take.
    limit: Duration,
}

impl GenaiModel {
    /// A client whose calls may take so long, and whose providers may be silent for so long.
    ///
    /// # Errors
    /// What kept the HTTP client from being made.
    pub fn new(limit: Duration, silence: Duration) -> Result<Self, ModelError> {
        let failed = |error: &dyn std::fmt::Display| ModelError::Settings(error.to_string());
        let http = reqwest::Client::builder()
            .connect_timeout(Duration::from_secs(10))
            .read_timeout(silence)
            // Keys in headers of their own would be sent on to wherever a provider redirects.
            .redirect(reqwest::redirect::Policy::none())
            .build()
            .map_err(|error| failed(&error))?;
        let client = Client::builder().with_reqwest(http).build().map_err(|error| failed(&error))?;
        Ok(Self { client, limit })
    }
}

impl ChatModel for GenaiModel {
    fn chat<'a>(
        &'a self,
        target: &'a Target,
        prompt: &'a Prompt,
        on_text: OnText<'a>,
    ) -> BoxFuture<'a, Result<Reply, ModelError>> {
        Box::pin(async move {
            let call = stream(&self.client, target, prompt, on_text);
            tokio::time::timeout(self.limit, call).await.unwrap_or(Err(ModelError::Timeout))
        })
    }
}

async fn stream(client: &Client, target: &Target, prompt: &Prompt, on_text: OnText<'_>) -> Result<Reply, ModelError> {
    let (service, options) = service(target)?;
    // The only witness of the end where a compatible server leaves out its closing word.
    let finished = Arc::new(Mutex::new(String::new()));
    let seen = Arc::clone(&finished);
    let options = options.with_raw_frame_fn(move |_, frame| {
        let reason =
            frame.json().and_then(|json| json.pointer("/choices/0/finish_reason")?.as_str().map(str::to_owned));
        if let Some(reason) = reason.filter(|reason| !reason.is_empty()) {
            *seen.lock().unwrap_or_else(PoisonError::into_inner) = reason;
        }
    });
    let request =
        ChatRequest::from_system(prompt.system.as_str()).append_message(ChatMessage::user(prompt.user.as_str()));
    let mut response = client.exec_chat_stream(service, request, Some(&options)).await?;
    let (mut text, mut length) = (String::new(), 0);
    while let Some(event) = response.stream.next().await {
        match event? {
            ChatStreamEvent::Chunk(chunk) => {
                let piece = printable(&chunk.content);
                length += piece.chars().count();
                if length > MAX_ANSWER {
                    return Err(ModelError::TooLong(MAX_ANSWER));
                }
                on_text(&piece);
                text.push_str(&piece);
            }
            ChatStreamEvent::End(end) => {
                let reason = end.captured_stop_reason.map(|reason| reason.raw().to_owned()).unwrap_or_default();
                let usage = end.captured_usage.map(|usage| usage_of(usage.prompt_tokens, usage.completion_tokens));
                return ended(text, &reason, usage);
            }
            _ => {}
        }
    }
    let reason = finished.lock().unwrap_or_else(PoisonError::into_inner).clone();
    ended(text, &reason, None)
}

/// What a stream gave that has ended for this reason; without a reason it was cut off.
fn ended(mut text: String, reason: &str, usage: Option<Usage>) -> Result<Reply, ModelError> {
    if reason.is_empty() {
        return Err(ModelError::CutOff(text.chars().count()));
    }
    if text.trim().is_empty() {
        return Err(ModelError::Empty(reason.to_owned()));
    }
    match StopReason::from(reason.to_owned()) {
        StopReason::MaxTokens(_) => {
            text.push_str("\n\n[The answer ends here because the model reached its limit of tokens.]");
        }
        StopReason::ContentFilter(_) => {
            text.push_str("\n\n[The answer ends here because the provider's filter stopped it.]");
        }
        _ => {}
    }
    Ok(Reply { text, usage })
}

/// The text without control characters, which a terminal would obey.
fn printable(text: &str) -> String {
    text.chars().filter(|character| !character.is_control() || matches!(character, '\n' | '\t')).collect()
}

fn usage_of(input: Option<i32>, output: Option<i32>) -> Usage {
    let count = |tokens: Option<i32>| tokens.and_then(|tokens| u64::try_from(tokens).ok()).unwrap_or(0);
    Usage { input_tokens: count(input), output_tokens: count(output), cost: None }
}

/// The address, key and model for a call. The effort keeps suffixes such as `-max` in a model's name.
fn service(target: &Target) -> Result<(ServiceTarget, ChatOptions), ModelError> {
    let (kind, default, effort) = match target.kind {
        ProviderKind::OpenAiCompatible => {
            (AdapterKind::OpenAI, "https://api.openai.com/v1", ReasoningEffort::Budget(0))
        }
        ProviderKind::Anthropic => (AdapterKind::Anthropic, "https://api.anthropic.com/v1", ReasoningEffort::Zero),
        ProviderKind::Gemini => {
            (AdapterKind::Gemini, "https://generativelanguage.googleapis.com/v1beta", ReasoningEffort::Zero)
        }
    };
    let model = target.model.trim();
    if model.is_empty()
        || model.contains("..")
        || target.kind == ProviderKind::Gemini && model.contains(['/', '?', '#'])
    {
        return Err(ModelError::Settings(format!("'{model}' is not the name of a model")));
    }
    let base = if target.base_url.trim().is_empty() { default } else { target.base_url.trim() };
    // A prefix keeps `::` in a model's name; Gemini takes names as they are.
    let name = match kind {
        AdapterKind::Gemini => model.to_owned(),
        kind => format!("{}::{model}", kind.as_lower_str()),
    };
    let service = ServiceTarget {
        endpoint: Endpoint::from_owned(format!("{}/", base.trim_end_matches('/'))),
        auth: AuthData::from_single(target.key.trim()),
        model: ModelIden::new(kind, name),
    };
    let options =
        ChatOptions::default().with_capture_usage(true).with_max_tokens(MAX_TOKENS).with_reasoning_effort(effort);
    Ok((service, options))
}
