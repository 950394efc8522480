//! The queue of open tasks: the most urgent first, then the oldest.

use std::cmp::Reverse;
use std::collections::{BTreeMap, HashMap};
use std::sync::Mutex;

use model::{Priority, Task};
use tokio::sync::Notify;
use tokio_util::sync::CancellationToken;

use crate::lock;

#[derive(Default)]
pub(crate) struct Queue {
    state: Mutex<State>,
    changed: Notify,
}

#[derive(Default)]
struct State {
    waiting: BTreeMap<(Reverse<Priority>, String), Task>,
    running: HashMap<String, CancellationToken>,
    closed: bool,
}

impl Queue {
    pub(crate) fn push(&self, task: Task) {
        lock(&self.state).waiting.insert((Reverse(task.priority), task.id.clone()), task);
        self.changed.notify_one();
    }

    pub(crate) fn len(&self) -> usize {
        lock(&self.state).waiting.len()
    }

    /// The next task and the token that is cancelled with it; `None` once the queue is closed.
    pub(crate) async fn next(&self) -> Option<(Task, CancellationToken)> {
        loop {
            let changed = self.changed.notified();
            {
                let mut state = lock(&self.state);
                if state.closed {
                    return None;
                }
                if let Some((_, task)) = state.waiting.pop_first() {
                    let token = CancellationToken::new();
                    state.running.insert(task.id.clone(), token.clone());
                    if !state.waiting.is_empty() {
                        self.changed.notify_one();
                    }
                    return Some((task, token));
                }
            }
            changed.await;
        }
    }

    pub(crate) fn done(&self, id: &str) {
        lock(&self.state).running.remove(id);
    }

    pub(crate) fn cancel(&self, id: &str) {
        let mut state = lock(&self.state);
        state.waiting.retain(|(_, waiting), _| waiting != id);
        if let Some(token) = state.running.get(id) {
            token.cancel();
        }
    }

    /// Lets the workers end.
    pub(crate) fn close(&self) {
        lock(&self.state).closed = true;
        self.changed.notify_waiters();
        self.changed.notify_one();
    }
}
