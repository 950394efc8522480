//! Changes as text that is pleasant to read in a terminal.

use indexmap::IndexMap;

use super::Change;
use crate::document::Program;
use crate::edit::{Address, BodyAddress, Field, List, Routine};
use crate::facts::Facts;
use crate::text;

/// Values longer than this are written one below the other.
const WIDE: usize = 56;

/// Writes what differs between two programs, one group of lines per block: `+` is new, `-` is gone, `~` has another
/// value, `→` has moved. The empty text if nothing differs.
pub fn render(before: &Program, after: &Program) -> String {
    let new = Facts::of(after);
    let mut groups: IndexMap<String, String> = IndexMap::new();
    for change in super::diff(before, after) {
        match &change {
            Change::Added { at, text } if is_own_group(at) => whole(&mut groups, '+', text),
            Change::Removed { at, text } if is_own_group(at) => whole(&mut groups, '-', text),
            _ => lines(groups.entry(heading(&new, &change)).or_default(), &change),
        }
    }
    let groups: Vec<String> = groups.into_iter().map(|(heading, lines)| format!("{heading}\n{lines}")).collect();
    groups.join("\n")
}

fn is_own_group(at: &Address) -> bool {
    matches!(at, Address::Block { .. } | Address::Function { .. } | Address::Test { .. })
}

fn whole(groups: &mut IndexMap<String, String>, sign: char, text: &str) {
    let mut signed = text.lines().map(|line| format!("{sign} {line}"));
    let first = signed.next().unwrap_or_default();
    groups.entry(first).or_default().extend(signed.map(|line| line + "\n"));
}

/// The thing under whose name a change is shown.
fn heading(new: &Facts, change: &Change) -> String {
    let at = change.at();
    if let Some(id) = at.of_block() {
        let at = Address::Block { id: id.clone() };
        if new.things.contains_key(&at) {
            let mut block = crate::document::Block::new(id.as_str(), "");
            let whole = new.block(&at);
            (block.kind, block.title) = (whole.kind, whole.title);
            let item = crate::edit::Item::Block { block: Box::new(block) };
            return text::write_item(&item).trim_end().to_owned();
        }
        return id.to_string();
    }
    match at {
        Address::Input { routine, .. } | Address::Output { routine, .. } => routine.to_string(),
        Address::Body { body: BodyAddress::Routine { routine } }
        | Address::Yield { body: BodyAddress::Routine { routine }, .. } => routine.to_string(),
        other => other.to_string(),
    }
}

fn lines(out: &mut String, change: &Change) {
    match change {
        Change::Added { text, .. } => indented(out, '+', text),
        Change::Removed { text, .. } => indented(out, '-', text),
        Change::Moved { at, from, to, after } => {
            let what = part(at).map(|part| format!("{part} ")).unwrap_or_default();
            let place = after.as_ref().map_or_else(|| "first".to_owned(), |after| format!("after {after}"));
            let way = if from == to { String::new() } else { format!("{} → {}, ", place_of(from), place_of(to)) };
            out.push_str(&format!("  → {what}{way}{place}\n"));
        }
        Change::Changed { at, field, before, after } => value(out, &label(at, field), before, after),
    }
}

fn indented(out: &mut String, sign: char, text: &str) {
    for line in text.lines() {
        out.push_str(&format!("  {sign} {line}\n"));
    }
}

fn value(out: &mut String, label: &str, before: &Option<String>, after: &Option<String>) {
    match (before, after) {
        (Some(before), Some(after)) if label.len() + before.chars().count() + after.chars().count() > WIDE => {
            out.push_str(&format!("  ~ {label}\n      - {before}\n      + {after}\n"));
        }
        (Some(before), Some(after)) => out.push_str(&format!("  ~ {label} {before} → {after}\n")),
        (None, Some(after)) => out.push_str(&format!("  + {label} {after}\n")),
        (Some(before), None) => out.push_str(&format!("  - {label} {before}\n")),
        (None, None) => {}
    }
}

/// A property as a line of the document begins.
fn label(at: &Address, field: &Field) -> String {
    let own = match field {
        Field::Setting { name } => format!("{name} ="),
        Field::Wire { port } => format!("{port} <-"),
        Field::From => "<-".to_owned(),
        Field::Default => "=".to_owned(),
        other => other.to_string(),
    };
    match part(at) {
        Some(part) if *field == Field::Type => format!("{part}:"),
        Some(part) => format!("{part} {own}"),
        None => own,
    }
}

/// The part of a block or routine that a change is about.
fn part(at: &Address) -> Option<String> {
    Some(match at {
        Address::Carry { name, .. } => format!("carry {name}"),
        Address::Body { body: BodyAddress::Container { name, .. } } => format!("body {name}"),
        Address::Yield { body: BodyAddress::Container { name: body, .. }, name } => format!("{body}: yield {name}"),
        Address::Yield { name, .. } => format!("yield {name}"),
        Address::Input { name, .. } => format!("input {name}"),
        Address::Output { name, .. } => format!("output {name}"),
        _ => return None,
    })
}

fn place_of(list: &List) -> String {
    match list {
        List::Blocks { body: BodyAddress::Routine { routine: Routine::Main } } => "the program".to_owned(),
        List::Blocks { body } => body.to_string(),
        other => other.to_string(),
    }
}
