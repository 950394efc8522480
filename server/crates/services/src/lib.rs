//! Use cases: authorise, act, emit an event. Called by the app's server functions, REST and the command line alike.
//!
//! All rules live here. What always holds: nothing is done without a [`Caller`] that may do it; whatever changes is
//! committed with its event before it is reported; a task's end is final.

mod access;
mod agents;
mod caller;
mod environment;
mod error;
mod events;
mod knowledge;
mod models;
mod overview;
mod page;
mod programs;
mod sealed;
mod tasks;

pub use caller::Caller;
pub use environment::Environment;
pub use error::ServiceError;
pub use models::Models;

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use model::AgentStats;
use recall::Library;
use store::Store;

/// How many models are asked at the same time.
const MODEL_CALLS: usize = 16;

/// All use cases. Clones share everything.
#[derive(Clone)]
pub struct Services {
    inner: Arc<Inner>,
}

struct Inner {
    store: Store,
    library: &'static Library,
    environment: Arc<dyn Environment>,
    queue: tasks::Queue,
    stats: Mutex<HashMap<String, AgentStats>>,
    metrics: Mutex<overview::Metrics>,
    models: Models,
    /// Turns for calls of models.
    model_calls: tokio::sync::Semaphore,
    logs: programs::Logs,
    /// The hash of this run's own token.
    run_token: Mutex<Option<String>>,
}

impl Services {
    /// Starts the services on an open store: loads what was learned, takes up tasks that a stop interrupted, and starts
    /// the workers.
    ///
    /// # Errors
    /// Errors of the store.
    pub async fn start(
        store: Store,
        environment: Arc<dyn Environment>,
        models: Models,
        workers: usize,
    ) -> Result<Self, ServiceError> {
        let stats = store.agent_stats().await?.into_iter().collect();
        let metrics = overview::Metrics::new(store.task_counts().await?);
        let inner = Inner {
            library: Library::shared(),
            queue: tasks::Queue::default(),
            stats: Mutex::new(stats),
            metrics: Mutex::new(metrics),
            environment,
            models,
            model_calls: tokio::sync::Semaphore::new(MODEL_CALLS),
            logs: programs::Logs::default(),
            run_token: Mutex::new(None),
            store,
        };
        let services = Self { inner: Arc::new(inner) };
        services.recover_tasks().await?;
        for _ in 0..workers {
            tokio::spawn(services.clone().work());
        }
        Ok(services)
    }

    /// Stops taking up tasks, lets those at hand come to a point where they can be taken up again, and closes the store.
    pub async fn stop(&self) {
        self.inner.queue.close();
        self.inner.store.close().await;
    }

    fn store(&self) -> &Store {
        &self.inner.store
    }

    fn now(&self) -> model::Millis {
        self.inner.environment.now()
    }

    /// A new id; ids sort by the time they were made.
    fn new_id(&self) -> String {
        let random: String = self.inner.environment.random()[..10].iter().map(|byte| format!("{byte:02x}")).collect();
        format!("{:012x}{random}", self.now())
    }
}

/// Locks; a panic elsewhere does not make the data unusable.
fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
