//! Kinds that ask something of the world outside.

use super::{Capability, Effect, Kind, Meaning, VALUE};
use crate::types::Type;

pub(super) fn kinds() -> Vec<Kind> {
    let kind = |name, effect, about| Kind::new(name, "basics", Meaning::Effect(effect), about);
    vec![
        kind("print", Effect::Print, "Writes a line to the console: a text as it is, anything else as a literal.")
            .input(VALUE, Type::Parameter("T".to_owned()))
            .needs(Capability::Console)
            .words("output show log write display"),
        kind("now", Effect::Now, "The time now in UTC, such as 2024-02-29T12:00:00Z.")
            .output(VALUE, Type::Text)
            .needs(Capability::Clock)
            .words("time clock timestamp current"),
        kind("today", Effect::Today, "Today's date in UTC, such as 2024-02-29.")
            .output(VALUE, Type::Text)
            .needs(Capability::Clock)
            .words("date clock current"),
        kind(
            "random_int",
            Effect::RandomInt,
            "A random integer from low to high, both included. Fails with invalid_argument if high is below low.",
        )
        .input("low", Type::Int)
        .input("high", Type::Int)
        .output(VALUE, Type::Int)
        .needs(Capability::Random)
        .words("dice chance random number"),
    ]
}
