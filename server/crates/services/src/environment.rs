//! Time and randomness, passed in.

use model::Millis;

/// What the services ask of the machine. Tests have their own.
pub trait Environment: Send + Sync {
    /// The time now.
    fn now(&self) -> Millis;

    /// A moment for measuring how long something takes, in milliseconds from any start; it never goes back.
    fn moment(&self) -> f64;

    /// Random bytes that cannot be guessed.
    fn random(&self) -> [u8; 32];
}
