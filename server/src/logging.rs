//! The log: to stderr for people, and what the storage engine says about damage to the store.

use std::fmt::Debug;

use store::guard::damage::Damage;
use tracing::field::{Field, Visit};
use tracing::level_filters::LevelFilter;
use tracing::{Event, Level, Subscriber};
use tracing_subscriber::layer::{Context, Layer, SubscriberExt};
use tracing_subscriber::util::SubscriberInitExt;
use tracing_subscriber::{EnvFilter, fmt, registry};

const DEFAULT: &str = "warn,server=info,store=info,services=info,surrealdb=off,surrealkv=error";

/// Starts logging; `AGENT_LIGHTNING_LOG` says what is shown. The engine's own words come through the `log` bridge of the
/// subscriber, and are watched whatever is shown.
pub fn start(damage: &Damage) {
    let shown = EnvFilter::try_from_env("AGENT_LIGHTNING_LOG").unwrap_or_else(|_| EnvFilter::new(DEFAULT));
    let people = fmt::layer().with_writer(std::io::stderr).with_filter(shown);
    let watch = Watch { damage: damage.clone() }.with_filter(LevelFilter::WARN);
    // Tests start it more than once in a process.
    drop(registry().with(people).with(watch).try_init());
}

struct Watch {
    damage: Damage,
}

impl<S: Subscriber> Layer<S> for Watch {
    fn on_event(&self, event: &Event<'_>, _: Context<'_, S>) {
        let mut told = Told::default();
        event.record(&mut told);
        let source = told.source.as_deref().unwrap_or(event.metadata().target());
        self.damage.notice(source, *event.metadata().level() == Level::ERROR, &told.message);
    }
}

/// The fields of an event that matter here.
#[derive(Default)]
struct Told {
    message: String,
    /// Where a message of the bridge comes from.
    source: Option<String>,
}

impl Visit for Told {
    fn record_str(&mut self, field: &Field, value: &str) {
        match field.name() {
            "log.target" => self.source = Some(value.to_owned()),
            "message" => value.clone_into(&mut self.message),
            _ => {}
        }
    }

    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        if field.name() == "message" {
            self.message = format!("{value:?}");
        }
    }
}
