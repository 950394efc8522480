//! Functions that generated code brings along, only those that it needs. They stand in files of the target language.

use crate::layout::Line;

/// The functions of a target. Definitions are separated by blank lines at the start of a line.
#[derive(Debug)]
pub(crate) struct Runtime {
    pub(crate) source: String,
    /// What stands between two definitions.
    pub(crate) gap: &'static str,
}

impl Runtime {
    /// The definitions in the order of the file, each with the names it defines.
    fn definitions(&self) -> Vec<(&str, String)> {
        let definitions = self.source.trim_end().split(self.gap).skip(1);
        let definitions = definitions.map(|definition| definition.trim_start_matches('\n'));
        definitions.filter_map(|definition| defined(definition).map(|name| (name, format!("{definition}\n")))).collect()
    }

    /// What some code needs, and what that needs.
    pub(crate) fn needed(&self, code: &str) -> Vec<String> {
        let definitions = self.definitions();
        let mut needed = vec![false; definitions.len()];
        let mut pending = vec![code.to_owned()];
        while let Some(code) = pending.pop() {
            for (place, (name, source)) in definitions.iter().enumerate() {
                if !needed[place] && names(&code, name) {
                    needed[place] = true;
                    pending.push(source.clone());
                }
            }
        }
        let kept = definitions.into_iter().zip(needed).filter(|(_, needed)| *needed);
        kept.map(|((_, source), _)| source).collect()
    }
}

/// The name that a definition defines: the first word of its first line that is no keyword.
fn defined(definition: &str) -> Option<&str> {
    let line = definition.lines().find(|line| {
        ["def ", "class ", "function ", "async ", "export ", "const ", "type ", "_", "interface "]
            .iter()
            .any(|start| line.starts_with(start))
    })?;
    const KEYWORDS: [&str; 8] = ["def", "class", "function", "async", "export", "const", "type", "interface"];
    line.split(|c: char| !c.is_alphanumeric() && c != '_').find(|word| !word.is_empty() && !KEYWORDS.contains(word))
}

/// Whether code names something.
pub(crate) fn names(code: &str, name: &str) -> bool {
    let boundary = |c: char| !c.is_alphanumeric() && c != '_';
    code.match_indices(name).any(|(at, _)| {
        code[..at].chars().next_back().is_none_or(boundary)
            && code[at + name.len()..].chars().next().is_none_or(boundary)
    })
}

/// Lines without blocks.
pub(crate) fn plain(source: &str) -> Vec<Line> {
    source.lines().map(|line| Line { text: line.to_owned(), blocks: Vec::new() }).collect()
}

/// The text of some parts.
pub(crate) fn text_of(parts: &[Vec<Line>]) -> String {
    parts.iter().flatten().map(|line| format!("{}\n", line.text)).collect()
}
