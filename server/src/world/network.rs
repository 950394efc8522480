//! Requests to the hosts that were granted.

use std::time::Duration;

use blocks::Value;
use blocks::catalog::Effect;
use futures::TryStreamExt;
use reqwest::header::{HeaderMap, HeaderName, HeaderValue};
use reqwest::redirect::Policy;
use reqwest::{Method, Url};
use vm::{Answer, Fault};

use super::Arguments;
use super::grants::Names;

/// How long a request may take if it says nothing else, in seconds.
const PATIENCE: f64 = 30.0;
/// How long a request may take at most, in seconds.
const LONGEST: f64 = 3600.0;
/// The longest answer that is read, in bytes.
const LONGEST_BODY: usize = 64 * 1024 * 1024;

/// An HTTP client that goes to granted hosts only, redirects included.
pub(super) struct Network {
    client: reqwest::Client,
    hosts: Names,
}

/// A request as its block says it.
struct Call<'a> {
    method: &'a str,
    url: &'a str,
    body: Option<&'a str>,
    headers: Option<&'a Value>,
    seconds: f64,
}

impl Network {
    /// # Errors
    /// What kept the client from being made.
    pub(super) fn new(hosts: Names) -> anyhow::Result<Self> {
        let granted = hosts.clone();
        let policy = Policy::custom(move |attempt| {
            if attempt.previous().len() > 10 {
                attempt.error("more than 10 redirects")
            } else if is_granted(&granted, attempt.url()) {
                attempt.follow()
            } else {
                let host = attempt.url().host_str().unwrap_or_default().to_owned();
                attempt.error(format!("it redirects to {host}, which is not granted"))
            }
        });
        let client = reqwest::Client::builder()
            .user_agent(concat!("agent-lightning/", env!("CARGO_PKG_VERSION")))
            .connect_timeout(Duration::from_secs(10))
            .redirect(policy)
            .build()?;
        Ok(Self { client, hosts })
    }

    pub(super) async fn ask(&self, effect: Effect, arguments: &Arguments<'_>) -> Answer {
        let call = match effect {
            Effect::HttpGet => Call {
                method: "GET",
                url: arguments.text(0),
                body: None,
                headers: arguments.value(1),
                seconds: PATIENCE,
            },
            Effect::HttpPost => Call {
                method: "POST",
                url: arguments.text(0),
                body: arguments.optional_text(1),
                headers: arguments.value(2),
                seconds: PATIENCE,
            },
            _ => Call {
                method: arguments.text(0),
                url: arguments.text(1),
                body: arguments.optional_text(2),
                headers: arguments.value(3),
                seconds: arguments.number(4).unwrap_or(PATIENCE),
            },
        };
        self.send(call).await
    }

    async fn send(&self, call: Call<'_>) -> Answer {
        let invalid = |detail: String| Fault::new("invalid_argument", detail);
        let url = Url::parse(call.url).map_err(|error| invalid(format!("'{}' is no address: {error}", call.url)))?;
        if !is_granted(&self.hosts, &url) {
            let host = url.host_str().unwrap_or_default();
            return Err(Fault::new("not_granted", format!("{host} is not granted; add --allow network={host}")));
        }
        let method = Method::from_bytes(call.method.to_uppercase().as_bytes())
            .map_err(|_| invalid(format!("'{}' is no method", call.method)))?;
        let seconds = if call.seconds.is_finite() { call.seconds.clamp(0.0, LONGEST) } else { LONGEST };
        let mut request = self.client.request(method, url).timeout(Duration::from_secs_f64(seconds));
        request = request.headers(headers(call.headers)?);
        if let Some(body) = call.body {
            request = request.body(body.to_owned());
        }
        reply(request).await
    }
}

/// Sends a request and reads its answer.
async fn reply(request: reqwest::RequestBuilder) -> Answer {
    let response = request.send().await.map_err(|error| failed(&error))?;
    let status = Value::Int(i64::from(response.status().as_u16()));
    let headers = response.headers().iter().map(|(name, value)| {
        (name.as_str().to_owned(), Value::text(String::from_utf8_lossy(value.as_bytes()).into_owned()))
    });
    let headers = Value::map(headers);
    let mut body = Vec::new();
    let mut parts = response.bytes_stream();
    while let Some(part) = parts.try_next().await.map_err(|error| failed(&error))? {
        if body.len() + part.len() > LONGEST_BODY {
            return Err(Fault::new("size", format!("the answer is longer than {} MiB", LONGEST_BODY >> 20)));
        }
        body.extend_from_slice(&part);
    }
    let body = Value::text(String::from_utf8_lossy(&body).into_owned());
    Ok(Value::map([("status".to_owned(), status), ("headers".to_owned(), headers), ("body".to_owned(), body)]))
}

fn headers(value: Option<&Value>) -> Result<HeaderMap, Fault> {
    let mut headers = HeaderMap::new();
    let Some(Value::Map(entries)) = value else {
        return Ok(headers);
    };
    for (name, value) in entries.iter() {
        let text = value.as_text().unwrap_or_default();
        let header = HeaderName::from_bytes(name.as_bytes()).ok().zip(HeaderValue::from_str(text).ok());
        let (name, value) = header
            .ok_or_else(|| Fault::new("invalid_argument", format!("the header '{name}' cannot be sent like this")))?;
        headers.append(name, value);
    }
    Ok(headers)
}

/// What went wrong, with its causes: the first line alone rarely says it.
fn failed(error: &reqwest::Error) -> Fault {
    let mut detail = error.to_string();
    let mut cause = std::error::Error::source(error);
    while let Some(error) = cause {
        detail = format!("{detail}: {error}");
        cause = error.source();
    }
    Fault::new("network", detail)
}

/// Whether the host of an address is granted: by its name, or by its name and port.
fn is_granted(hosts: &Names, url: &Url) -> bool {
    let Some(host) = url.host_str() else {
        return false;
    };
    let with_port = url.port_or_known_default().map(|port| format!("{host}:{port}"));
    hosts.contains(host) || with_port.is_some_and(|name| hosts.contains(&name))
}
