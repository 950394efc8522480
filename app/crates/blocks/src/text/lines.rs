//! Lines to a tree, by indentation.

use crate::diagnostic::Diagnostic;

/// How deep lines may nest; a body takes two levels.
pub(super) const MAX_DEPTH: usize = 256;

/// A line with the lines that stand indented below it.
#[derive(Debug)]
pub(super) struct Line<'a> {
    /// Its number, from 1.
    pub(super) number: usize,
    /// Its text without indentation.
    pub(super) text: &'a str,
    /// The lines below.
    pub(super) children: Vec<Line<'a>>,
}

/// Whether a line at the left edge would be taken for a conflict marker.
pub(super) fn is_marker(line: &str) -> bool {
    ["<<<<<<<", ">>>>>>>", "|||||||"].iter().any(|marker| line.starts_with(marker)) || line == "======="
}

/// Finds the conflict markers that a merge has left, each conflict once.
pub(super) fn conflicts(text: &str) -> Vec<Diagnostic> {
    let mut problems = Vec::new();
    let mut open = false;
    for (index, line) in text.lines().enumerate() {
        let starts = line.starts_with("<<<<<<<");
        let ends = line.starts_with(">>>>>>>");
        if starts || !open && (ends || line.starts_with("|||||||") || line == "=======") {
            let number = index + 1;
            problems
                .push(Diagnostic::error("syntax", format!("unresolved merge conflict at line {number}")).line(number));
        }
        open = (open || starts) && !ends;
    }
    problems
}

/// Turns a text into its tree of lines; blank lines are passed over, except inside block text (`|` lines).
pub(super) fn tree<'a>(text: &'a str, problems: &mut Vec<Diagnostic>) -> Vec<Line<'a>> {
    let mut open: Vec<(usize, Line<'a>)> = Vec::new();
    let mut roots = Vec::new();
    for (index, raw) in text.lines().enumerate() {
        let trimmed = raw.trim_start_matches(' ');
        if trimmed.trim_end().is_empty() {
            continue;
        }
        let number = index + 1;
        let indent = raw.len() - trimmed.len();
        if trimmed.starts_with('\t') {
            problems.push(Diagnostic::error("indentation", "indent with spaces, not with tabs").line(number));
            continue;
        }
        // Block text keeps the spaces at the end of its lines.
        let text = if trimmed.starts_with('|') { trimmed } else { trimmed.trim_end() };
        while open.last().is_some_and(|(above, _)| *above >= indent) {
            close(&mut open, &mut roots);
        }
        if open.len() >= MAX_DEPTH {
            problems.push(Diagnostic::error("nesting", format!("nested deeper than {MAX_DEPTH} levels")).line(number));
            break;
        }
        open.push((indent, Line { number, text, children: Vec::new() }));
    }
    while !open.is_empty() {
        close(&mut open, &mut roots);
    }
    roots
}

fn close<'a>(open: &mut Vec<(usize, Line<'a>)>, roots: &mut Vec<Line<'a>>) {
    if let Some((_, line)) = open.pop() {
        match open.last_mut() {
            Some((_, parent)) => parent.children.push(line),
            None => roots.push(line),
        }
    }
}
