//! What git needs to handle programs: a merge driver, a text for `git diff`, and a diff by meaning.
//!
//! With `*.blocks merge=blocks diff=blocks` in `.gitattributes`, `merge.blocks.driver` set to a command that writes
//! [`Driven::text`] to its second file, and `diff.blocks.textconv` to one that prints [`textconv`].

mod lines;

use crate::diagnostic::Diagnostic;
use crate::diff;
use crate::document::Program;
use crate::merge::{self, Choice, Side};
use crate::text;
use lines::Hunk;

/// What a merge of three texts gave.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Driven {
    /// The merged text, with conflict markers if it is not clean.
    pub text: String,
    /// Whether nothing is left to decide. Git wants the exit code 0 then, and 1 otherwise.
    pub clean: bool,
    /// What is to be decided, or why a text could not be read, one line each.
    pub notes: Vec<String>,
}

/// Merges three texts of a program by meaning.
///
/// A clean result is the canonical text of the merged program. Otherwise `<<<<<<<`, `=======` and `>>>>>>>` stand
/// around the statements that are to be decided, and everything else is merged; reading such a text reports its
/// conflicts. A text that is no program is merged by lines, and the notes say which one it was and why.
pub fn merge_driver(base: &str, ours: &str, theirs: &str) -> Driven {
    // Git gives an empty base where both sides added the file.
    let base_program = if base.trim().is_empty() { Ok(Program::new("")) } else { text::read(base) };
    match (base_program, text::read(ours), text::read(theirs)) {
        (Ok(base), Ok(ours), Ok(theirs)) => merge_programs(&base, &ours, &theirs),
        (base_program, ours_program, theirs_program) => {
            let problems =
                [("base", base_program.err()), ("ours", ours_program.err()), ("theirs", theirs_program.err())];
            let notes = problems.iter().filter_map(|(name, found)| found.as_ref().map(|found| unreadable(name, found)));
            merge_lines(base, ours, theirs, notes.collect())
        }
    }
}

fn merge_programs(base: &Program, ours: &Program, theirs: &Program) -> Driven {
    let merged = merge::merge(base, ours, theirs);
    let with_ours = text::write(&merged.program);
    let choices: Vec<Choice> = merged.conflicts.iter().map(|conflict| conflict.choose(Side::Theirs)).collect();
    let with_theirs = text::write(&merge::resolve(base, ours, theirs, &choices).program);
    let mut notes: Vec<String> = merged.conflicts.iter().map(ToString::to_string).collect();
    // Two programs can nest so deep together that no text can say it.
    let problem = text::read(&with_ours).err().and_then(|problems| problems.into_iter().next());
    notes.extend(problem.iter().map(|problem| format!("what comes out cannot be read: {}", problem.message)));
    let clean = with_ours == with_theirs && problem.is_none();
    Driven { text: with_markers(&with_ours, &with_theirs), clean, notes }
}

fn merge_lines(base: &str, ours: &str, theirs: &str, notes: Vec<String>) -> Driven {
    if ours == theirs || base == theirs {
        return Driven { text: ours.to_owned(), clean: true, notes };
    }
    if base == ours {
        return Driven { text: theirs.to_owned(), clean: true, notes };
    }
    Driven { text: with_markers(ours, theirs), clean: false, notes }
}

fn unreadable(name: &str, problems: &[Diagnostic]) -> String {
    let first = problems.first().map(|problem| (problem.line.unwrap_or(1), problem.message.as_str()));
    let (line, message) = first.unwrap_or((1, "it is no program"));
    format!("{name} cannot be read, so that lines are compared: line {line}: {message}")
}

/// Two texts in one, with markers around what differs.
fn with_markers(ours: &str, theirs: &str) -> String {
    let mut out = String::new();
    for hunk in lines::compare(&ours.lines().collect::<Vec<_>>(), &theirs.lines().collect::<Vec<_>>()) {
        let mut write = |line: &str| {
            out.push_str(line);
            out.push('\n');
        };
        match hunk {
            Hunk::Same(line) => write(line),
            Hunk::Different { ours, theirs } => {
                write("<<<<<<< ours");
                ours.into_iter().for_each(&mut write);
                write("=======");
                theirs.into_iter().for_each(&mut write);
                write(">>>>>>> theirs");
            }
        }
    }
    out
}

/// The canonical text, so that `git diff` shows no difference of form; a text that is no program stays as it is.
pub fn textconv(text: &str) -> String {
    text::read(text).map_or_else(|_| text.to_owned(), |program| text::write(&program))
}

/// What differs between two texts by meaning, for a terminal; see [`diff::render`].
///
/// # Errors
/// What is wrong with the first text that is no program.
pub fn diff(before: &str, after: &str) -> Result<String, Vec<Diagnostic>> {
    Ok(diff::render(&text::read(before)?, &text::read(after)?))
}

#[cfg(test)]
mod tests;
