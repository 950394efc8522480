//! A running server, asked over REST.

use std::time::Duration;

use anyhow::{Context, bail};
use model::{
    ImportReport, KnowledgePage, KnowledgeQuery, NewTask, NewToken, Person, Problem, SignInLink, Task, TokenCreated,
};
use reqwest::{Method, RequestBuilder, StatusCode};
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::running::Running;

/// How long an answer may take; imports are the longest.
const PATIENCE: Duration = Duration::from_secs(120);

/// A server and a token for it.
pub(super) struct Client {
    http: reqwest::Client,
    url: String,
    token: String,
}

impl Client {
    pub(super) fn new(run: &Running) -> anyhow::Result<Self> {
        let http = reqwest::Client::builder()
            .no_proxy()
            .redirect(reqwest::redirect::Policy::none())
            .connect_timeout(Duration::from_secs(5))
            .timeout(PATIENCE)
            .build()?;
        Ok(Self { http, url: run.url.trim_end_matches('/').to_owned(), token: run.token.clone() })
    }

    pub(super) fn url(&self) -> &str {
        &self.url
    }

    /// Whether the server is there and takes the token; another one may have its address by now.
    pub(super) async fn is_there(&self) -> bool {
        let me = self.request(Method::GET, "/auth/me").timeout(Duration::from_secs(5));
        matches!(self.answer::<Option<Person>>(me).await, Ok(Some(_)))
    }

    pub(super) async fn create_task(&self, new: &NewTask) -> anyhow::Result<Task> {
        self.post("/api/v1/tasks", new).await
    }

    pub(super) async fn task(&self, id: &str) -> anyhow::Result<Task> {
        self.answer(self.request(Method::GET, &format!("/api/v1/tasks/{id}"))).await
    }

    pub(super) async fn import(&self, agent: &str, body: Vec<u8>) -> anyhow::Result<ImportReport> {
        let path = with_query("/api/v1/knowledge/import", &[("agent", Some(agent))]);
        let request = self.request(Method::POST, &path);
        self.answer(request.header("content-type", "application/json").body(body)).await
    }

    pub(super) async fn knowledge(&self, query: &KnowledgeQuery) -> anyhow::Result<KnowledgePage> {
        let limit = query.limit.map(|limit| limit.to_string());
        let parameters = [
            ("agent", query.agent.as_deref()),
            ("category", query.category.as_deref()),
            ("limit", limit.as_deref()),
            ("cursor", query.cursor.as_deref()),
        ];
        self.answer(self.request(Method::GET, &with_query("/api/v1/knowledge", &parameters))).await
    }

    pub(super) async fn create_token(&self, name: &str) -> anyhow::Result<TokenCreated> {
        self.post("/api/v1/tokens", &NewToken { name: name.to_owned() }).await
    }

    /// A sign-in link, whole.
    pub(super) async fn create_link(&self) -> anyhow::Result<String> {
        let link: SignInLink = self.answer(self.request(Method::POST, "/api/v1/sign-in-links")).await?;
        Ok(format!("{}{}", self.url, link.path))
    }

    fn request(&self, method: Method, path: &str) -> RequestBuilder {
        self.http.request(method, format!("{}{path}", self.url)).bearer_auth(&self.token)
    }

    async fn post<T: DeserializeOwned>(&self, path: &str, body: &impl Serialize) -> anyhow::Result<T> {
        self.answer(self.request(Method::POST, path).json(body)).await
    }

    async fn answer<T: DeserializeOwned>(&self, request: RequestBuilder) -> anyhow::Result<T> {
        let response = request.send().await;
        let response = response.with_context(|| format!("the server at {} cannot be reached", self.url))?;
        let status = response.status();
        let body = response.bytes().await.with_context(|| format!("the server at {} broke off", self.url))?;
        if status == StatusCode::UNAUTHORIZED {
            bail!("the server at {} does not take the token: set AGENT_LIGHTNING_TOKEN, or give --token", self.url);
        }
        if !status.is_success() {
            let problem: Option<Problem> = serde_json::from_slice(&body).ok();
            bail!(problem.map_or_else(|| format!("the server at {} answers {status}", self.url), |told| told.message));
        }
        serde_json::from_slice(&body)
            .with_context(|| format!("{} is no server of this kind, or of another version", self.url))
    }
}

/// A path with those parameters that are given.
fn with_query(path: &str, parameters: &[(&str, Option<&str>)]) -> String {
    // Only the escaping of a whole address is at hand; the host is taken off again.
    let given = parameters.iter().filter_map(|(name, value)| Some((*name, (*value)?)));
    let Ok(url) = reqwest::Url::parse_with_params("http://host", given) else { return path.to_owned() };
    format!("{path}?{}", url.query().unwrap_or_default())
}
