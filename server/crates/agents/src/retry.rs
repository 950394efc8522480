//! Trying again where that helps.

use std::time::Duration;

use crate::chat::{ChatModel, OnText, Prompt, Reply, Target};
use crate::error::ModelError;

const TRIES: u32 = 3;
/// The longest wait between two tries.
const MAX_WAIT: Duration = Duration::from_secs(20);

/// Asks up to three times, with growing waits, while the provider says that it may pass. Once a piece of an answer has
/// been shown, a failure is final.
///
/// # Errors
/// The last error.
pub async fn chat_with_retry(
    model: &dyn ChatModel,
    target: &Target,
    prompt: &Prompt,
    on_text: OnText<'_>,
) -> Result<Reply, ModelError> {
    let mut attempt = 0;
    loop {
        let mut started = false;
        let mut watch = |text: &str| {
            started = true;
            on_text(text);
        };
        let error = match model.chat(target, prompt, &mut watch).await {
            Ok(reply) => return Ok(reply),
            Err(error) => error,
        };
        attempt += 1;
        if started || attempt >= TRIES || !error.is_passing() {
            return Err(error);
        }
        let asked = match &error {
            ModelError::Status { retry_after, .. } => *retry_after,
            _ => None,
        };
        tokio::time::sleep(asked.unwrap_or(Duration::from_millis(250) * 4_u32.pow(attempt - 1)).min(MAX_WAIT)).await;
    }
}
