//! Functions of maps.

use std::sync::Arc;

use blocks::Value;
use blocks::value::Entries;

use super::{Function, list, map, take, text};
use crate::failure::Fault;
use crate::limits::Limits;
use crate::machine::lists;

pub(super) fn function(name: &str) -> Option<Function> {
    Some(match name {
        "keys" => |_, a, _| Ok(Value::list(map(&a[0])?.keys().map(|key| Value::text(key.as_str())).collect())),
        "values" => |_, a, _| Ok(Value::list(map(&a[0])?.values().cloned().collect())),
        "entries" => |_, a, _| {
            let entries = map(&a[0])?.iter().map(|(key, value)| {
                Value::map([("key".to_owned(), Value::text(key.as_str())), ("value".to_owned(), value.clone())])
            });
            Ok(Value::list(entries.collect()))
        },
        "from_entries" => |_, a, _| {
            let mut made = Entries::default();
            for entry in list(&a[0])? {
                let entry = map(entry)?;
                if let (Some(key), Some(value)) = (entry.get("key"), entry.get("value")) {
                    made.insert(text(key)?.to_owned(), value.clone());
                }
            }
            Ok(Value::Map(Arc::new(made)))
        },
        "get" => |_, a, _| Ok(lists::get(&a[0], &a[1])?.unwrap_or(&a[2]).clone()),
        "put" => |_, a, limits| {
            let (key, item) = (take(&mut a[1]), take(&mut a[2]));
            lists::put(&mut a[0], &key, item, limits)?;
            Ok(take(&mut a[0]))
        },
        "remove" => |_, a, limits| {
            let key = text(&a[1])?.to_owned();
            change(&mut a[0], limits, |entries| {
                entries.shift_remove(&key);
            })
        },
        "merge" => |_, a, limits| {
            let other = map(&a[1])?.clone();
            change(&mut a[0], limits, |entries| entries.extend(other))
        },
        "default" => |_, a, _| {
            let index = usize::from(matches!(a[0], Value::None));
            Ok(take(&mut a[index]))
        },
        _ => return None,
    })
}

/// Changes a map in place where it has no other owner.
fn change(value: &mut Value, limits: &Limits, change: impl FnOnce(&mut Entries)) -> Result<Value, Fault> {
    let Value::Map(mut entries) = take(value) else {
        return Err(Fault::wrong_type("a map", value));
    };
    change(Arc::make_mut(&mut entries));
    limits.allow(entries.len() as u64 * 32)?;
    Ok(Value::Map(entries))
}
