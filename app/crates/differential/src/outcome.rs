//! What a run came to, exactly and in one form for every target.
//!
//! A value is JSON: `null`, `true`, a text as a string, a list as an array, `{"i": "12"}` for an integer,
//! `{"n": "3ff8000000000000"}` for a number by its bits (`nan` for all of them), `{"m": [["key", value]]}` for a map or
//! record in its order. A run is `{"ok": [values]}` or `{"code": "…", "block": "…", "says": "…"}`.

use blocks::{BlockId, Type, Value};
use serde_json::{Value as Json, json};

/// How a run ended.
#[derive(Clone, Debug, PartialEq)]
pub enum Outcome {
    /// The outputs in their order.
    Values(Vec<Json>),
    /// An error.
    Error {
        /// Its code.
        code: String,
        /// The block at which it happened. A target may not be able to tell, or only that it was one of several whose
        /// code stands in one line.
        blocks: Vec<String>,
    },
    /// It did not end as a run should: the code did not compile, or the target died.
    Broken(String),
    /// Beyond the machine's limits; targets have none, so there is nothing to compare.
    Limit,
}

impl Outcome {
    /// Reads the line that a driver wrote.
    pub fn read(line: &str) -> Self {
        let Ok(read) = serde_json::from_str::<Json>(line) else {
            return Self::Broken(format!("unreadable: {}", shorten(line)));
        };
        if let Some(values) = read["ok"].as_array() {
            return Self::Values(values.clone());
        }
        let code = read["code"].as_str().unwrap_or("");
        if code.is_empty() || code.starts_with('!') {
            return Self::Broken(format!("{code} {}", read["says"].as_str().unwrap_or_default()));
        }
        Self::Error {
            code: code.to_owned(),
            blocks: read["block"].as_str().filter(|block| !block.is_empty()).map(str::to_owned).into_iter().collect(),
        }
    }

    /// Reads the line that a driver of generated code wrote. The lines of code at which an error happened, innermost
    /// first, tell its block.
    pub fn read_mapped(line: &str, blocks: &[Vec<BlockId>]) -> Self {
        let outcome = Self::read(line);
        let Self::Error { code, .. } = outcome else { return outcome };
        let read = serde_json::from_str::<Json>(line).unwrap_or_default();
        let lines = read["lines"].as_array().cloned().unwrap_or_default();
        let found = lines.iter().filter_map(Json::as_u64).find_map(|line| {
            let line = usize::try_from(line).ok()?.checked_sub(1)?;
            blocks.get(line).filter(|blocks| !blocks.is_empty())
        });
        let blocks = found.into_iter().flatten().map(|block| block.as_str().to_owned()).collect();
        Self::Error { code, blocks }
    }

    /// The line that [`Outcome::read`] reads.
    pub fn write(&self) -> String {
        match self {
            Self::Values(values) => json!({ "ok": values }),
            Self::Error { code, blocks } => json!({ "code": code, "block": blocks.join(" or ") }),
            Self::Broken(says) => json!({ "code": "!", "says": says }),
            Self::Limit => json!({ "code": "limit" }),
        }
        .to_string()
    }

    /// Whether this is the same end: the same outputs, or the same error at the same block as far as both tell it.
    pub fn agrees(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Values(a), Self::Values(b)) => a == b,
            (Self::Error { code: a, blocks: at }, Self::Error { code: b, blocks: there }) => {
                a == b && (at.is_empty() || there.is_empty() || at.iter().any(|block| there.contains(block)))
            }
            _ => false,
        }
    }
}

fn shorten(text: &str) -> String {
    text.chars().take(300).collect()
}

/// The outcome of a run of the machine.
pub fn of_machine(result: &Result<blocks::value::Entries, vm::Failure>) -> Outcome {
    match result {
        Ok(outputs) => Outcome::Values(outputs.values().map(encode).collect()),
        Err(failure) => of_failure(&failure.fault.code, failure.block.as_ref().map(blocks::BlockId::as_str)),
    }
}

/// The outcome of a failure: an error, or a limit of the machine.
pub fn of_failure(code: &str, block: Option<&str>) -> Outcome {
    match code {
        "fuel" | "size" | "depth" | "cancelled" => Outcome::Limit,
        code => Outcome::Error { code: code.to_owned(), blocks: block.map(str::to_owned).into_iter().collect() },
    }
}

/// A value in the one form.
pub fn encode(value: &Value) -> Json {
    match value {
        Value::None => Json::Null,
        Value::Bool(truth) => Json::Bool(*truth),
        Value::Int(_) | Value::Big(_) => json!({ "i": value.to_string() }),
        Value::Number(number) if number.is_nan() => json!({ "n": "nan" }),
        Value::Number(number) => json!({ "n": format!("{:016x}", number.to_bits()) }),
        Value::Text(text) => Json::String((**text).clone()),
        Value::List(items) => Json::Array(items.iter().map(encode).collect()),
        Value::Map(entries) => {
            let entries: Vec<Json> = entries.iter().map(|(key, value)| json!([key, encode(value)])).collect();
            json!({ "m": entries })
        }
    }
}

/// A type as drivers read it, for targets whose values do not tell an `int` from a `number`.
pub fn describe(ty: &Type) -> Json {
    match ty {
        Type::List(item) => json!({ "list": describe(item) }),
        Type::Map(item) => json!({ "map": describe(item) }),
        Type::Optional(item) => json!({ "optional": describe(item) }),
        Type::Record(fields) => {
            let fields: Vec<Json> = fields.iter().map(|(name, field)| json!([name, describe(field)])).collect();
            json!({ "record": fields })
        }
        other => Json::String(other.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_that_compare_equal_are_still_told_apart() {
        assert_ne!(encode(&Value::Int(2)), encode(&Value::Number(2.0)));
        assert_ne!(encode(&Value::Number(0.0)), encode(&Value::Number(-0.0)));
        assert_eq!(encode(&Value::Number(f64::NAN)), encode(&Value::Number(-f64::NAN)));
    }

    #[test]
    fn a_block_counts_only_where_both_tell_it() {
        let error = |blocks: &[&str]| Outcome::Error {
            code: "raised".to_owned(),
            blocks: blocks.iter().map(|block| (*block).to_owned()).collect(),
        };
        assert!(error(&["a"]).agrees(&error(&[])) && error(&["a"]).agrees(&error(&["b", "a"])));
        assert!(!error(&["a"]).agrees(&error(&["b"])));
        assert_eq!(Outcome::read(&error(&["a"]).write()), error(&["a"]));
    }
}
