//! The contract of a language model.

use futures::future::BoxFuture;
use model::{ProviderKind, Usage};

use crate::ModelError;

/// Which model, where, and with which key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Target {
    /// How the provider is spoken to.
    pub kind: ProviderKind,
    /// Where it is; empty for the provider's own address.
    pub base_url: String,
    /// The model's name.
    pub model: String,
    /// The key; may be empty.
    pub key: String,
}

/// What a model is asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Prompt {
    /// Its role.
    pub system: String,
    /// The task.
    pub user: String,
}

/// A complete answer.
#[derive(Clone, Debug, PartialEq)]
pub struct Reply {
    /// Its text.
    pub text: String,
    /// What it used, where the provider says so.
    pub usage: Option<Usage>,
}

/// Called with each piece of an answer as it arrives.
pub type OnText<'a> = &'a mut (dyn FnMut(&str) + Send);

/// A language model. Tests have their own.
pub trait ChatModel: Send + Sync {
    /// Asks, and hands on the answer piece by piece. Dropping the future ends the call.
    fn chat<'a>(
        &'a self,
        target: &'a Target,
        prompt: &'a Prompt,
        on_text: OnText<'a>,
    ) -> BoxFuture<'a, Result<Reply, ModelError>>;
}
