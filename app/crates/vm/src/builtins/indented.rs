//! How much white space a text has in front of its lines, before it is written: deep values of many items would fill the
//! memory with it.

use blocks::Value;

use crate::failure::Fault;
use crate::limits::Limits;

/// Refuses to write a value as JSON, indented by so many spaces a level, if the spaces alone are too many.
pub(super) fn allow_json(value: &Value, width: u64, limits: &Limits) -> Result<(), Fault> {
    let mut spaces = 0;
    json(value, width, width, &mut spaces, limits)
}

fn json(value: &Value, depth: u64, width: u64, spaces: &mut u64, limits: &Limits) -> Result<(), Fault> {
    for item in items(value) {
        *spaces += depth;
        limits.allow(*spaces)?;
        json(item, depth + width, width, spaces, limits)?;
    }
    Ok(())
}

/// The same for YAML, where the first item of a list stands in the line of the list.
pub(super) fn allow_yaml(value: &Value, limits: &Limits) -> Result<(), Fault> {
    let mut spaces = 0;
    yaml(value, 0, &mut spaces, limits)
}

fn yaml(value: &Value, depth: u64, spaces: &mut u64, limits: &Limits) -> Result<(), Fault> {
    let is_map = matches!(value, Value::Map(_));
    for (index, item) in items(value).enumerate() {
        let below = is_map && items(item).next().is_some();
        *spaces += if index > 0 { depth } else { 0 } + if below { depth + 2 } else { 0 };
        limits.allow(*spaces)?;
        yaml(item, depth + 2, spaces, limits)?;
    }
    Ok(())
}

fn items(value: &Value) -> impl Iterator<Item = &Value> {
    let (list, map) = match value {
        Value::List(items) => (Some(items.iter()), None),
        Value::Map(entries) => (None, Some(entries.values())),
        _ => (None, None),
    };
    list.into_iter().flatten().chain(map.into_iter().flatten())
}
