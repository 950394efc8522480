//! The machine's clock and randomness.

use std::sync::OnceLock;
use std::time::{Instant, SystemTime, UNIX_EPOCH};

use rand::{Rng, RngCore};
use services::Environment;

/// The machine itself.
#[derive(Debug, Default)]
pub struct Machine;

impl Environment for Machine {
    #[expect(clippy::disallowed_methods, reason = "this is the one place that reads the clock")]
    fn now(&self) -> model::Millis {
        let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        i64::try_from(since.as_millis()).unwrap_or(i64::MAX)
    }

    #[expect(clippy::disallowed_methods, reason = "this is the one place that reads the clock")]
    fn moment(&self) -> f64 {
        static START: OnceLock<Instant> = OnceLock::new();
        START.get_or_init(Instant::now).elapsed().as_secs_f64() * 1000.0
    }

    #[expect(clippy::disallowed_methods, reason = "this is the one place that draws random bytes")]
    fn random(&self) -> [u8; 32] {
        let mut bytes = [0; 32];
        rand::rng().fill_bytes(&mut bytes);
        bytes
    }
}

impl Machine {
    /// A random integer from low to high, both included; low must not be above high.
    #[expect(clippy::disallowed_methods, reason = "this is the one place that draws random numbers")]
    pub(crate) fn random_int(&self, low: i64, high: i64) -> i64 {
        rand::rng().random_range(low..=high)
    }
}
