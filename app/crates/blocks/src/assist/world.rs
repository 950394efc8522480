//! What is known of effects: how they fail, whether they only read, and what keeps two of them apart.

use crate::catalog::Effect;

/// The code with which an effect fails when the world outside is not as it should be; `None` where that does not happen,
/// or where the answer says so.
pub(super) fn failure_of(effect: Effect) -> Option<&'static str> {
    use Effect as E;
    match effect {
        E::ReadFile | E::WriteFile | E::AppendFile | E::ListFiles | E::DeleteFile => Some("files"),
        E::HttpGet | E::HttpPost | E::HttpRequest => Some("network"),
        E::SqlQuery | E::SqlExecute => Some("database"),
        E::AskModel | E::Embed | E::Classify => Some("model"),
        _ => None,
    }
}

/// Whether it takes a while and changes nothing, so that nobody can tell whether it was asked once more or earlier.
pub(super) fn only_reads(effect: Effect) -> bool {
    use Effect as E;
    matches!(
        effect,
        E::ReadFile
            | E::ListFiles
            | E::HttpGet
            | E::SqlQuery
            | E::AskModel
            | E::Embed
            | E::Classify
            | E::SearchKnowledge
    )
}

/// Whether two effects wait for each other, as they are on one resource.
pub(super) fn are_in_line(one: Effect, other: Effect) -> bool {
    resource(one).is_some() && resource(one) == resource(other)
}

fn resource(effect: Effect) -> Option<&'static str> {
    use Effect as E;
    match effect {
        E::ReadFile | E::WriteFile | E::AppendFile | E::ListFiles | E::DeleteFile => Some("files"),
        E::SqlQuery | E::SqlExecute => Some("database"),
        E::Print => Some("console"),
        E::Ask => Some("person"),
        _ => None,
    }
}
