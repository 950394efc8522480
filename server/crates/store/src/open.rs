//! Opening and closing.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use model::Event;
use surrealdb::Surreal;
use surrealdb::engine::local::Db;
use surrealdb::types::Variables;
use surrealdb_cnf::ConfigMap;
use surrealdb_core::kvs::Datastore;
use surrealdb_core::options::EngineOptions;
use tokio::sync::{broadcast, mpsc, oneshot};

use crate::commit::{Committer, Job};
use crate::connection::Connection;
use crate::error::StoreError;
use crate::guard::damage::Damage;
use crate::guard::disk::Disk;
use crate::guard::watermark::Watermark;
use crate::remote;
use crate::schema;
use crate::settings::{Location, Settings};
use crate::trim::Trimmer;
use crate::write::Write;

/// How long the database may take to open; a broken disk would otherwise look like a hang.
const OPEN_TIMEOUT: Duration = Duration::from_secs(60);

/// The open store. Clones share it.
#[derive(Clone)]
pub struct Store {
    pub(crate) connection: Connection,
    jobs: mpsc::Sender<Job>,
    events: broadcast::Sender<Arc<Event>>,
    newest: Arc<AtomicU64>,
    disk: Arc<Disk>,
    damage: Damage,
    datastore: Option<Arc<Datastore>>,
    folder: Option<PathBuf>,
}

impl Store {
    /// Opens the store: heals it after a crash, checks that nothing committed is missing, and migrates it.
    ///
    /// # Errors
    /// Why it cannot be served, and what to do.
    pub async fn open(settings: &Settings) -> Result<Self, StoreError> {
        let disk = Arc::new(Disk::default());
        let (connection, datastore, folder) = connect(settings, &disk).await?;
        let version = schema::migrate(&connection).await?;
        if version > schema::VERSION {
            let path = folder.clone().unwrap_or_default();
            return Err(StoreError::Newer {
                path,
                reason: format!("schema {version}, known up to {}", schema::VERSION),
            });
        }
        let newest = newest_event(&connection).await?;
        let watermark =
            folder.as_deref().map(|folder| check_watermark(folder, newest, settings.accept_loss)).transpose()?;
        let damage = settings.damage.clone();
        if !settings.accept_loss {
            damage.forget();
        }
        let newest = Arc::new(AtomicU64::new(newest));
        let (jobs, queue) = mpsc::channel(4096);
        let (events, _) = broadcast::channel(4096);
        let sharing = remote::sharing(&connection).await?;
        let trimmer = Trimmer::open(connection.clone(), settings.keep_events).await?;
        let committer =
            Committer::new(connection.clone(), Arc::clone(&newest), events.clone(), watermark, sharing, trimmer);
        tokio::spawn(committer.run(queue));
        if let Some(folder) = folder.clone() {
            watch_disk(&disk, folder, settings.min_free_bytes);
        }
        Ok(Self { connection, jobs, events, newest, disk, damage, datastore, folder })
    }

    /// Commits a write. When this returns, the write survives a crash.
    ///
    /// # Errors
    /// [`StoreError::Stale`] and [`StoreError::Exists`] where a guard of the write did not hold; [`StoreError::DiskFull`]
    /// before anything is written.
    pub async fn write(&self, write: Write) -> Result<u64, StoreError> {
        self.disk.allow_write()?;
        let (reply, answer) = oneshot::channel();
        self.jobs.send(Job { write, reply }).await.map_err(|_| StoreError::Closed)?;
        answer.await.map_err(|_| StoreError::Closed)?
    }

    /// Events from now on. A receiver that is too slow is told how many it missed and reads them with
    /// [`Store::events_after`].
    pub fn subscribe(&self) -> broadcast::Receiver<Arc<Event>> {
        self.events.subscribe()
    }

    /// Sends an event to those who listen now without keeping it; its number is that of the newest kept one.
    pub fn announce(&self, mut event: Event) {
        event.seq = self.newest_seq();
        drop(self.events.send(Arc::new(event)));
    }

    /// The number of the newest event.
    pub fn newest_seq(&self) -> u64 {
        self.newest.load(Ordering::Acquire)
    }

    /// Whether writes are accepted, and if not, why.
    ///
    /// # Errors
    /// [`StoreError::DiskFull`].
    pub fn writable(&self) -> Result<(), StoreError> {
        self.disk.allow_write()
    }

    /// Whether the engine found no damage.
    ///
    /// # Errors
    /// [`StoreError::FoundDamage`] with what to do.
    pub fn sound(&self) -> Result<(), StoreError> {
        self.damage.noticed().map_or(Ok(()), |(first, count)| Err(StoreError::FoundDamage { first, count }))
    }

    /// Closes the store: everything is flushed, and the folder is free for another process.
    pub async fn close(&self) {
        let (reply, answer) = oneshot::channel();
        if self.jobs.send(Job::close(reply)).await.is_ok() {
            drop(answer.await);
        }
        if let Some(datastore) = &self.datastore
            && let Err(error) = datastore.shutdown().await
        {
            tracing::error!(%error, "the database did not close cleanly");
            return;
        }
        if let Some(folder) = &self.folder {
            drop(std::fs::remove_file(folder.join("running")));
        }
    }
}

type Opened = (Connection, Option<Arc<Datastore>>, Option<PathBuf>);

async fn connect(settings: &Settings, disk: &Disk) -> Result<Opened, StoreError> {
    match &settings.location {
        Location::Remote { url, user, password, database } => {
            let connection = remote::connect(url, user, password, database, settings.patience).await?;
            Ok((connection, None, None))
        }
        Location::Memory => {
            let datastore = open_database("memory", settings, Path::new("memory")).await?;
            Ok((local(&datastore).await?, Some(datastore), None))
        }
        Location::Folder(folder) => {
            let folder = prepare(folder)?;
            disk.measure(&folder, settings.min_free_bytes).map_err(|error| unusable(&folder, &error))?;
            disk.keep_ballast(&folder);
            let database = folder.join("database");
            let url = url_of(&database)?;
            heal(&url, settings, &folder, &database).await?;
            let datastore = open_database(&url, settings, &folder).await?;
            Ok((local(&datastore).await?, Some(datastore), Some(folder)))
        }
    }
}

async fn local(datastore: &Arc<Datastore>) -> Result<Connection, StoreError> {
    let failed = |error: surrealdb::Error| StoreError::Database(error.to_string());
    let database = Surreal::<Db>::unstable_from_datastore(Arc::clone(datastore), None).await.map_err(failed)?;
    database.use_ns("agent_lightning").use_db("main").await.map_err(failed)?;
    Ok(Connection::Local(database))
}

/// Makes the folder and makes sure that it can be written to.
fn prepare(folder: &Path) -> Result<PathBuf, StoreError> {
    let folder = std::path::absolute(folder).map_err(|error| unusable(folder, &error))?;
    std::fs::create_dir_all(&folder).map_err(|error| unusable(&folder, &error))?;
    let probe = folder.join(".probe");
    std::fs::write(&probe, b"probe").map_err(|error| unusable(&folder, &error))?;
    drop(std::fs::remove_file(&probe));
    Ok(folder)
}

fn unusable(path: &Path, error: &dyn std::fmt::Display) -> StoreError {
    let reason = error.to_string();
    if reason.contains("No space left") {
        return StoreError::NoSpace(path.to_owned());
    }
    StoreError::Folder { path: path.to_owned(), reason }
}

/// The engine's address of a folder. It knows no escapes, and a `?` would end the path.
fn url_of(path: &Path) -> Result<String, StoreError> {
    match path.to_str() {
        Some(text) if !text.contains('?') => Ok(format!("surrealkv://{text}")),
        _ => Err(unusable(path, &"its name must be Unicode text without '?'")),
    }
}

async fn open_raw(url: &str, settings: &Settings, folder: &Path) -> Result<Arc<Datastore>, StoreError> {
    let config = ConfigMap::empty()
        .with_key_value("surrealkv_block_cache_capacity", settings.cache_bytes.to_string())
        .with_key_value("surrealkv_max_memtable_size", settings.memtable_bytes.to_string())
        .with_key_value("datastore_sync", "every");
    let options = EngineOptions::default().with_node_membership_refresh_interval(Duration::from_secs(20));
    let builder = Datastore::builder().with_config(config).with_engine_options(options).without_maintenance_tasks();
    let opening = async {
        let datastore = builder.build_with_path(url).await.map_err(|error| format!("{error:#}"))?;
        // The version is checked before anything is written.
        datastore.check_version().await.map_err(|error| format!("{error:#}"))?;
        datastore.bootstrap().await.map_err(|error| format!("{error:#}"))?;
        Ok(datastore)
    };
    match tokio::time::timeout(OPEN_TIMEOUT, opening).await {
        Ok(opened) => opened.map_err(|message: String| explain(folder, &message)),
        Err(_) => Err(unusable(folder, &"the database did not open within a minute")),
    }
}

async fn open_database(url: &str, settings: &Settings, folder: &Path) -> Result<Arc<Datastore>, StoreError> {
    let datastore = open_raw(url, settings, folder).await?;
    datastore.start_maintenance_tasks();
    Ok(datastore)
}

/// The engine's words, sorted into errors that say what to do.
fn explain(folder: &Path, message: &str) -> StoreError {
    let path = folder.to_owned();
    let has = |parts: &[&str]| parts.iter().any(|part| message.contains(part));
    if has(&["No space left", "no storage space"]) {
        StoreError::NoSpace(path)
    } else if has(&["already locked"]) {
        StoreError::Locked(path)
    } else if has(&["newer version", "out-of-date with this version", "Unsupported manifest format"]) {
        StoreError::Newer { path, reason: message.to_owned() }
    } else if has(&["corrupt", "Corrupt", "Failed to load manifest", "checksum", "Checksum", "Invalid", "memtable"]) {
        StoreError::Damaged { path, reason: message.to_owned() }
    } else {
        unusable(folder, &message)
    }
}

/// Opens and closes the database once after a crash, which flushes what its log holds and removes the log.
///
/// Without this the engine appends behind a torn end of the log and loses all of that at the next crash
/// (`notes/storage.md` §0). Opening writes a row of its own, so that there is always something to flush.
async fn heal(url: &str, settings: &Settings, folder: &Path, database: &Path) -> Result<(), StoreError> {
    let marker = folder.join("running");
    if !database.join("wal").is_dir() {
        return mark(&marker, folder);
    }
    let crashed = marker.exists();
    if crashed {
        set_aside(folder, database);
    }
    let datastore = open_raw(url, settings, folder).await?;
    let closed = datastore.shutdown().await;
    drop(datastore);
    let damaged = |reason: String| StoreError::Damaged { path: folder.to_owned(), reason };
    closed.map_err(|error| match explain(folder, &format!("{error:#}")) {
        full @ StoreError::NoSpace(_) => full,
        _ => damaged(format!("its log could not be flushed: {error:#}")),
    })?;
    // Closing reports success even where it failed; an empty log is the proof.
    if has_log(database) {
        return Err(damaged("its log could not be flushed".to_owned()));
    }
    if crashed {
        tracing::info!("the store was healed after an unclean stop");
    }
    mark(&marker, folder)
}

fn mark(marker: &Path, folder: &Path) -> Result<(), StoreError> {
    std::fs::write(marker, b"").map_err(|error| unusable(folder, &error))
}

fn has_log(database: &Path) -> bool {
    let files = std::fs::read_dir(database.join("wal")).into_iter().flatten().flatten();
    files
        .filter(|file| file.path().extension().is_some_and(|extension| extension == "wal"))
        .any(|file| file.metadata().is_ok_and(|metadata| metadata.len() > 0))
}

/// Keeps a copy of the log and manifest as the crash left them, for whoever must find out what happened.
fn set_aside(folder: &Path, database: &Path) {
    let aside = folder.join("aside");
    drop(std::fs::remove_dir_all(&aside));
    for part in ["wal", "manifest"] {
        let copied = std::fs::create_dir_all(aside.join(part)).and_then(|()| {
            for file in std::fs::read_dir(database.join(part))?.flatten().filter(|file| file.path().is_file()) {
                std::fs::copy(file.path(), aside.join(part).join(file.file_name()))?;
            }
            Ok(())
        });
        if let Err(error) = copied {
            tracing::warn!(%error, part, "could not be set aside");
        }
    }
}

async fn newest_event(connection: &Connection) -> Result<u64, StoreError> {
    let mut results = connection.run("SELECT VALUE seq FROM ONLY meta:events", Variables::new()).await?;
    let seq: Option<i64> = results.take(0).map_err(|error| StoreError::Database(error.to_string()))?;
    Ok(seq.and_then(|seq| u64::try_from(seq).ok()).unwrap_or(0))
}

fn check_watermark(folder: &Path, newest: u64, accept_loss: bool) -> Result<Watermark, StoreError> {
    let mut watermark = Watermark::open(&folder.join("watermark")).map_err(|error| unusable(folder, &error))?;
    if newest < watermark.newest() {
        let (from, to) = (newest + 1, watermark.newest());
        if !accept_loss {
            return Err(StoreError::Missing { path: folder.to_owned(), from, to });
        }
        tracing::error!(from, to, "committed events are missing; going on without them as asked");
    }
    watermark.advance(newest).and_then(|()| watermark.flush()).map_err(|error| unusable(folder, &error))?;
    Ok(watermark)
}

/// Measures the free space every two seconds, as long as the store lives.
fn watch_disk(disk: &Arc<Disk>, folder: PathBuf, limit: Option<u64>) {
    let disk = Arc::downgrade(disk);
    tokio::spawn(async move {
        let mut clock = tokio::time::interval(Duration::from_secs(2));
        loop {
            clock.tick().await;
            let Some(disk) = disk.upgrade() else { return };
            if let Err(error) = disk.measure(&folder, limit) {
                tracing::warn!(%error, "the free space could not be measured");
            }
            disk.keep_ballast(&folder);
        }
    });
}
