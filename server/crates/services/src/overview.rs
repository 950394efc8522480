//! Counts and measurements.

use std::collections::{BTreeMap, VecDeque};

use model::{Health, Millis, Overview, Point, SubsystemHealth, TaskState};

use crate::{Caller, ServiceError, Services, lock};

const MINUTE: Millis = 60_000;
const MINUTES: usize = 60;

/// Counts and measurements since the start.
pub(crate) struct Metrics {
    states: BTreeMap<String, u64>,
    minutes: VecDeque<(Millis, Vec<f64>)>,
}

impl Metrics {
    pub(crate) fn new(states: Vec<(String, u64)>) -> Self {
        Self { states: states.into_iter().collect(), minutes: VecDeque::new() }
    }

    pub(crate) fn moved(&mut self, from: Option<TaskState>, to: TaskState) {
        if let Some(count) = from.and_then(|from| self.states.get_mut(from.name())) {
            *count = count.saturating_sub(1);
        }
        *self.states.entry(to.name().to_owned()).or_default() += 1;
    }

    /// Keeps how long a task took, in the minute in which it ended.
    pub(crate) fn ended(&mut self, at: Millis, ms: f64) {
        let minute = at - at.rem_euclid(MINUTE);
        match self.minutes.back_mut() {
            Some((last, durations)) if *last == minute => durations.push(ms),
            _ => self.minutes.push_back((minute, vec![ms])),
        }
        while self.minutes.len() > MINUTES {
            self.minutes.pop_front();
        }
    }

    fn per_minute(&self, now: Millis) -> Vec<Point> {
        let last = now - now.rem_euclid(MINUTE);
        let count = |at: Millis| self.minutes.iter().find(|(minute, _)| *minute == at).map_or(0, |(_, all)| all.len());
        (0..MINUTES as Millis)
            .rev()
            .map(|back| last - back * MINUTE)
            .map(|at| Point { at, value: count(at) as f64 })
            .collect()
    }

    fn latency(&self, now: Millis) -> Vec<Point> {
        let recent = self.minutes.iter().filter(|(minute, _)| *minute > now - MINUTES as Millis * MINUTE);
        recent.map(|(at, durations)| Point { at: *at, value: median(durations) }).collect()
    }
}

fn median(durations: &[f64]) -> f64 {
    let mut sorted = durations.to_vec();
    sorted.sort_by(f64::total_cmp);
    sorted.get(sorted.len() / 2).copied().unwrap_or(0.0)
}

impl Services {
    /// What is going on.
    ///
    /// # Errors
    /// Errors of the store.
    pub async fn overview(&self, _caller: &Caller) -> Result<Overview, ServiceError> {
        let problems = self.health().await.subsystems.into_iter().filter(|subsystem| !subsystem.ok);
        let problems = problems.map(|subsystem| format!("{}: {}", subsystem.name, subsystem.detail)).collect();
        let (programs, knowledge) = (self.store().count_programs().await?, self.store().count_knowledge().await?);
        let now = self.now();
        let metrics = lock(&self.inner.metrics);
        Ok(Overview {
            tasks: metrics.states.clone(),
            programs,
            knowledge,
            agents: recall::agents::ALL.len() as u64,
            recipes: self.inner.library.recipes().len() as u64,
            per_minute: metrics.per_minute(now),
            latency: metrics.latency(now),
            problems,
        })
    }

    /// Whether the server works.
    pub async fn health(&self) -> Health {
        let read = self.store().count_programs().await.map(drop);
        let store = read.and(self.store().sound()).and(self.store().writable());
        let store = match store {
            Ok(()) => Ok("reads and writes".to_owned()),
            Err(error) => Err(ServiceError::from(error).public_message()),
        };
        let subsystems = vec![
            SubsystemHealth {
                name: "store".to_owned(),
                ok: store.is_ok(),
                detail: store.unwrap_or_else(|error| error),
            },
            SubsystemHealth {
                name: "recall".to_owned(),
                ok: true,
                detail: format!("{} recipes", self.inner.library.recipes().len()),
            },
            SubsystemHealth {
                name: "tasks".to_owned(),
                ok: true,
                detail: format!("{} waiting", self.inner.queue.len()),
            },
        ];
        let ok = subsystems.iter().all(|subsystem| subsystem.ok);
        Health {
            status: if ok { "ok" } else { "degraded" }.to_owned(),
            version: env!("CARGO_PKG_VERSION").to_owned(),
            subsystems,
        }
    }
}
