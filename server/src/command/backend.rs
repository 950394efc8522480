//! Who does what a command asks: the server that runs on the data folder, one that is named, or this process itself.

use std::sync::Arc;
use std::time::Duration;

use anyhow::Context;
use model::{Event, ImportReport, KnowledgePage, KnowledgeQuery, NewTask, Task};
use services::{Caller, Services};
use tokio::sync::broadcast;

use super::client::Client;
use super::{DataArguments, ServerArguments};
use crate::running::Running;
use crate::serve;

/// How often a server is asked whether a task has gone on.
const LOOK: Duration = Duration::from_millis(100);

pub(super) enum Backend {
    /// The data folder is open in this process.
    Own { services: Services, caller: Caller, events: broadcast::Receiver<Arc<Event>> },
    /// A server has it.
    Server(Client),
}

impl Backend {
    /// Finds the server that is named, else the one that runs on the folder, else opens the folder.
    pub(super) async fn open(data: &DataArguments, server: &ServerArguments) -> anyhow::Result<Self> {
        if let Some(url) = &server.server {
            let token =
                server.token.clone().context("a server needs a token: set AGENT_LIGHTNING_TOKEN, or give --token")?;
            return Ok(Self::Server(Client::new(&Running { url: url.clone(), token })?));
        }
        if let Some(run) = Running::of(&data.data) {
            let client = Client::new(&run)?;
            if client.is_there().await {
                eprintln!("asking the server at {}", client.url());
                return Ok(Self::Server(client));
            }
        }
        let services = serve::open(&data.options()).await?;
        let caller = Caller::owner("command line");
        let events = services.subscribe(&caller);
        Ok(Self::Own { services, caller, events })
    }

    pub(super) async fn create_task(&self, new: NewTask) -> anyhow::Result<Task> {
        match self {
            Self::Own { services, caller, .. } => Ok(services.create_task(caller, new).await?),
            Self::Server(client) => client.create_task(&new).await,
        }
    }

    pub(super) async fn task(&self, id: &str) -> anyhow::Result<Task> {
        match self {
            Self::Own { services, caller, .. } => Ok(services.task(caller, id).await?),
            Self::Server(client) => client.task(id).await,
        }
    }

    /// Waits until a task may have gone on.
    pub(super) async fn wait(&mut self, id: &str) {
        match self {
            Self::Own { events, .. } => while matches!(events.recv().await, Ok(event) if event.id != id) {},
            Self::Server(_) => tokio::time::sleep(LOOK).await,
        }
    }

    pub(super) async fn import(&self, agent: &str, body: Vec<u8>) -> anyhow::Result<ImportReport> {
        match self {
            Self::Own { services, caller, .. } => Ok(services.import_knowledge(caller, agent, &body).await?),
            Self::Server(client) => client.import(agent, body).await,
        }
    }

    pub(super) async fn knowledge(&self, query: &KnowledgeQuery) -> anyhow::Result<KnowledgePage> {
        match self {
            Self::Own { services, caller, .. } => Ok(services.list_knowledge(caller, query).await?),
            Self::Server(client) => client.knowledge(query).await,
        }
    }

    /// A new token's secret.
    pub(super) async fn create_token(&self, name: &str) -> anyhow::Result<String> {
        match self {
            Self::Own { services, caller, .. } => Ok(services.create_token(caller, name).await?.secret),
            Self::Server(client) => Ok(client.create_token(name).await?.secret),
        }
    }

    /// A sign-in link; only its path where no server runs.
    pub(super) async fn create_link(&self) -> anyhow::Result<String> {
        match self {
            Self::Own { services, .. } => Ok(format!("/sign-in#{}", services.create_sign_in().await?)),
            Self::Server(client) => client.create_link().await,
        }
    }

    pub(super) async fn close(&self) {
        if let Self::Own { services, .. } = self {
            services.stop().await;
        }
    }
}
