//! How agents think with a language model: providers behind one small trait, streaming, retries.
//!
//! An answer counts only if the provider said that it is complete: a stream that ends early is an error, never a
//! shorter answer.

mod chat;
mod error;
mod genai_model;
mod retry;

pub use chat::{ChatModel, OnText, Prompt, Reply, Target};
pub use error::ModelError;
pub use genai_model::GenaiModel;
pub use retry::chat_with_retry;
