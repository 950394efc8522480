//! What can go wrong with a model.

use std::time::Duration;

use thiserror::Error;

/// An error of a model call, in words that a person can act on. Never contains a key.
#[derive(Debug, Error)]
pub enum ModelError {
    /// The provider refused or failed.
    #[error("the provider answered {status}: {message}")]
    Status {
        /// The HTTP status.
        status: u16,
        /// The provider's own words, shortened.
        message: String,
        /// When to try again, if it said so.
        retry_after: Option<Duration>,
    },
    /// Nothing came in time.
    #[error("the provider did not answer in time")]
    Timeout,
    /// There is no connection.
    #[error("the provider cannot be reached: {0}")]
    Transport(String),
    /// The answer is not what the interface promises.
    #[error("the provider's answer is malformed: {0}")]
    Malformed(String),
    /// The provider reports an error in the middle of an answer.
    #[error("the provider reports: {0}")]
    Reported(String),
    /// There is no text in the answer; why it ended, in the provider's word.
    #[error("the model gave no text (it ended with `{0}`)")]
    Empty(String),
    /// The answer ended before it was complete.
    #[error("the answer was cut off after {0} characters")]
    CutOff(usize),
    /// The answer is longer than any answer may be.
    #[error("the answer is longer than {0} characters")]
    TooLong(usize),
    /// The provider's settings are wrong.
    #[error("the provider's settings are wrong: {0}")]
    Settings(String),
}

impl ModelError {
    /// Whether the same call may succeed later.
    pub fn is_passing(&self) -> bool {
        match self {
            Self::Status { status, .. } => matches!(status, 408 | 409 | 425 | 429 | 500 | 502 | 503 | 504 | 529),
            Self::Timeout | Self::Transport(_) => true,
            _ => false,
        }
    }
}

impl From<genai::Error> for ModelError {
    fn from(error: genai::Error) -> Self {
        use genai::{Error as E, webc};
        match error {
            E::HttpError { status, body, headers, .. } => http(status.as_u16(), &body, &headers),
            E::WebModelCall { webc_error, .. } | E::WebAdapterCall { webc_error, .. } => match webc_error {
                webc::Error::ResponseFailedStatus { status, body, headers } => http(status.as_u16(), &body, &headers),
                webc::Error::Reqwest(error) => transport(&error),
                other => Self::Malformed(shorten(&other.to_string())),
            },
            // Failures of a stream are wrapped.
            E::WebStream { error, .. } => match error.downcast::<genai::Error>() {
                Ok(inner) => Self::from(*inner),
                Err(error) if error.is::<webc::StreamTimeout>() => Self::Timeout,
                Err(error) => match error.downcast_ref::<reqwest::Error>() {
                    Some(error) => transport(error),
                    None => Self::Malformed(shorten(&error.to_string())),
                },
            },
            E::ChatResponse { body, .. } => {
                let said = body.pointer("/error/message").or_else(|| body.get("message"));
                match said.and_then(|said| said.as_str()) {
                    Some(said) => Self::Reported(shorten(said)),
                    None => Self::Malformed(shorten(&body.to_string())),
                }
            }
            E::StreamParse { serde_error, .. } => Self::Malformed(serde_error.to_string()),
            E::ChatResponseGeneration { cause, .. } => Self::Malformed(shorten(&cause)),
            other => Self::Settings(shorten(&other.to_string())),
        }
    }
}

fn http(status: u16, body: &str, headers: &reqwest::header::HeaderMap) -> ModelError {
    let number = |name: &str| headers.get(name)?.to_str().ok()?.trim().parse::<u64>().ok();
    let retry_after = number("retry-after-ms").map(Duration::from_millis);
    let retry_after = retry_after.or_else(|| number("retry-after").map(Duration::from_secs));
    ModelError::Status { status, message: message_of(body), retry_after }
}

/// The provider's own message: `{"error": {"message": …}}`, or the body as it is.
fn message_of(body: &str) -> String {
    let json: Option<serde_json::Value> = serde_json::from_str(body).ok();
    let message = json.as_ref().and_then(|json| json.pointer("/error/message").or_else(|| json.get("error")));
    shorten(message.and_then(|message| message.as_str()).unwrap_or(body))
}

fn transport(error: &reqwest::Error) -> ModelError {
    if error.is_timeout() {
        return ModelError::Timeout;
    }
    // The error's own words hide the cause.
    let mut cause: &dyn std::error::Error = error;
    while let Some(next) = cause.source() {
        cause = next;
    }
    ModelError::Transport(shorten(&cause.to_string()))
}

fn shorten(text: &str) -> String {
    text.chars().take(300).collect()
}
