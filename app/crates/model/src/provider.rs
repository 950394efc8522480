//! Model providers.

use serde::{Deserialize, Serialize};

use crate::Millis;

/// How a provider is spoken to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ProviderKind {
    /// Any server with OpenAI's chat interface: Ollama, llama.cpp, vLLM, LM Studio, OpenAI.
    #[default]
    OpenAiCompatible,
    /// Anthropic.
    Anthropic,
    /// Google Gemini.
    Gemini,
}

/// A provider as it is set by a person.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ProviderDraft {
    /// What people call it.
    pub name: String,
    /// How it is spoken to.
    pub kind: ProviderKind,
    /// Where it is, for example `http://localhost:11434/v1/`; empty for the provider's own address.
    pub base_url: String,
    /// The model's name.
    pub model: String,
    /// The key; empty keeps the one before.
    pub key: String,
    /// US dollars per million tokens read.
    pub input_price: Option<f64>,
    /// US dollars per million tokens written.
    pub output_price: Option<f64>,
}

/// A provider as it is shown: without its key.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ProviderInfo {
    /// Its id.
    pub id: String,
    /// What people call it.
    pub name: String,
    /// How it is spoken to.
    pub kind: ProviderKind,
    /// Where it is.
    pub base_url: String,
    /// The model's name.
    pub model: String,
    /// Whether a key is stored.
    pub has_key: bool,
    /// US dollars per million tokens read.
    pub input_price: Option<f64>,
    /// US dollars per million tokens written.
    pub output_price: Option<f64>,
    /// Where it was set: `page` or `environment`.
    pub origin: String,
    /// When it was set.
    pub created_at: Millis,
}
