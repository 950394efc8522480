//! Starting, serving and stopping.

use std::io::Write;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use agents::GenaiModel;
use anyhow::Context;
use services::{Environment, Models, Services};
use store::guard::damage::Damage;
use store::{Location, Settings, Store};

use crate::environment::Machine;
use crate::http;
use crate::running::{self, Announced, Running};

/// How many tasks are worked on at once.
const WORKERS: usize = 4;
/// How long requests at hand may take once the server stops.
const GRACE: Duration = Duration::from_secs(5);

/// How long a call of a model may take, and how long it may be silent.
const CALL: Duration = Duration::from_secs(600);
const SILENCE: Duration = Duration::from_secs(120);

/// What a server is started with.
#[derive(Clone, Debug)]
pub struct Options {
    /// Where it listens.
    pub listen: SocketAddr,
    /// Its data folder.
    pub data: PathBuf,
    /// Whether the sign-in page is opened in a browser.
    pub open: bool,
    /// Whether to go on where committed events are missing.
    pub accept_loss: bool,
    /// Below so many free bytes nothing is written.
    pub min_free_bytes: Option<u64>,
    /// How many events are kept at least.
    pub keep_events: Option<u64>,
    /// What the log says about damage.
    pub damage: Damage,
    /// A SurrealDB server in place of the data folder.
    pub remote: Option<Remote>,
    /// A token that is valid from the start.
    pub token: Option<String>,
    /// A model provider.
    pub provider: Option<model::ProviderDraft>,
}

/// A SurrealDB server.
#[derive(Clone, Debug)]
pub struct Remote {
    /// Its address.
    pub url: String,
    /// A root user.
    pub user: String,
    /// That user's password.
    pub password: String,
}

impl Options {
    /// The settings of the store.
    pub fn settings(&self) -> Settings {
        let location = match &self.remote {
            Some(remote) => Location::Remote {
                url: remote.url.clone(),
                user: remote.user.clone(),
                password: remote.password.clone(),
                database: "main".to_owned(),
            },
            None => Location::Folder(self.data.clone()),
        };
        let mut settings = Settings::new(location);
        settings.accept_loss = self.accept_loss;
        settings.damage = self.damage.clone();
        settings.min_free_bytes = self.min_free_bytes;
        settings.keep_events = self.keep_events.unwrap_or(settings.keep_events);
        settings
    }
}

/// Opens the store and starts the services.
///
/// # Errors
/// Errors of the store.
pub async fn open(options: &Options) -> anyhow::Result<Services> {
    // The recipes are read while the store opens.
    std::thread::spawn(recall::Library::shared);
    let store = Store::open(&options.settings()).await?;
    let models = Models {
        chat: Arc::new(GenaiModel::new(CALL, SILENCE)?),
        key: secret_key(&options.data)?,
        environment: options.provider.clone(),
    };
    Ok(Services::start(store, Arc::new(Machine), models, WORKERS).await?)
}

/// The key that encrypts secrets in the store: a file of its own, so that a copy of the database alone is of no use.
fn secret_key(data: &Path) -> anyhow::Result<[u8; 32]> {
    let path = data.join("key");
    if !path.exists() {
        std::fs::create_dir_all(data)?;
        let mut options = std::fs::OpenOptions::new();
        options.write(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let mut file = options.open(&path).with_context(|| path.display().to_string())?;
        file.write_all(&Machine.random())?;
        file.sync_all()?;
    }
    let bytes = std::fs::read(&path).with_context(|| path.display().to_string())?;
    bytes
        .try_into()
        .map_err(|_| anyhow::anyhow!("{} is not a key of 32 bytes; restore it from a backup", path.display()))
}

/// Serves until the process is told to stop, and stops gracefully.
///
/// # Errors
/// What kept the server from starting.
pub async fn serve(options: &Options) -> anyhow::Result<()> {
    let services = open(options).await?;
    if let Some(token) = &options.token {
        services.preset_token(token).await?;
    }
    let listener = tokio::net::TcpListener::bind(options.listen)
        .await
        .with_context(|| format!("cannot listen on {}; choose another address with --listen", options.listen))?;
    let address = listener.local_addr()?;
    let announced = announce(&services, options, address).await?;
    let app = http::router(&services, address);
    let (stop, stopped) = tokio::sync::oneshot::channel();
    let server = axum::serve(listener, app.into_make_service_with_connect_info::<SocketAddr>());
    let server = server.with_graceful_shutdown(async move {
        told_to_stop().await;
        tracing::info!("stopping");
        let _ = stop.send(());
    });
    let served = tokio::spawn(async move { server.await });
    // A sender that is dropped without a word means that serving ended by itself.
    if stopped.await.is_err() {
        tracing::error!("serving ended unexpectedly");
    }
    if tokio::time::timeout(GRACE, served).await.is_err() {
        tracing::warn!("some requests took too long and were given up");
    }
    drop(announced);
    services.stop().await;
    tracing::info!("stopped");
    Ok(())
}

/// Prints where the server is and how to sign in, and leaves a note for commands on the same folder.
async fn announce(services: &Services, options: &Options, address: SocketAddr) -> anyhow::Result<Announced> {
    let secret = services.create_sign_in().await?;
    let url = running::url_of(address);
    let run = Running { url: url.clone(), token: services.create_run_token() };
    let announced = run.announce(&options.data).with_context(|| options.data.display().to_string())?;
    let link = format!("{url}/sign-in#{secret}");
    let told = format!("Agent Lightning is ready at {url}\nSign in (once, within a day): {link}\n");
    // Whoever does not listen, as `| head -1`, does not end the server.
    if let Err(error) = std::io::stdout().write_all(told.as_bytes()).and_then(|()| std::io::stdout().flush()) {
        tracing::warn!(%error, "the sign-in link could not be printed; make one with: agent-lightning token sign-in");
    }
    if options.open {
        open_browser(&link);
    }
    Ok(announced)
}

fn open_browser(link: &str) {
    let program = if cfg!(target_os = "macos") { "open" } else { "xdg-open" };
    if let Err(error) = std::process::Command::new(program).arg(link).spawn() {
        tracing::warn!(%error, program, "the browser could not be opened");
    }
}

/// Waits for SIGINT or SIGTERM.
async fn told_to_stop() {
    let interrupt = tokio::signal::ctrl_c();
    #[cfg(unix)]
    {
        let terminate = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate());
        match terminate {
            Ok(mut terminate) => {
                tokio::select! {
                    _ = interrupt => {}
                    _ = terminate.recv() => {}
                }
            }
            Err(_) => {
                if let Err(error) = interrupt.await {
                    tracing::error!(%error, "signals cannot be received");
                }
            }
        }
    }
    #[cfg(not(unix))]
    drop(interrupt.await);
}
