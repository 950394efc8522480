//! What could be better, and what may come next.

use blocks::assist::{Finding, Statistics, Suggestion, Wire, findings, readers, sources, suggest, takers};
use blocks::edit::{EditOp, apply_all};
use blocks::{Diagnostic, text};

use crate::protocol::{Better, NextBlock, NextWire, Question, Reply};

/// Answers by the statistics of the programs that it was told of. The templates' are there from the first question.
#[derive(Default)]
pub(crate) struct Assistant {
    statistics: Option<Statistics>,
}

impl Assistant {
    /// Answers a question.
    ///
    /// # Errors
    /// What is wrong with the text, or with edits that do not fit it.
    pub(crate) fn answer(&mut self, question: Question) -> Result<Reply, Vec<Diagnostic>> {
        Ok(match question {
            Question::Findings { text } => {
                Reply::Found(findings(&text::read(&text)?).into_iter().map(better).collect())
            }
            Question::Suggest { text, body, after, most } => {
                blocks(suggest(&text::read(&text)?, &body, after.as_ref(), self.statistics(), most))
            }
            Question::Takers { text, block, port, body, after, most } => {
                blocks(takers(&text::read(&text)?, (&block, &port), &body, after.as_ref(), self.statistics(), most))
            }
            Question::Sources { text, to, most } => wires(sources(&text::read(&text)?, &to, self.statistics(), most)),
            Question::Readers { text, block, port, most } => {
                wires(readers(&text::read(&text)?, &block, &port, self.statistics(), most))
            }
            Question::Apply { text, ops } => Reply::Applied(apply(&text, &ops)?),
            Question::Learn { text } => {
                self.statistics().learn(&text::read(&text)?);
                Reply::Counted
            }
            Question::Forget { text } => {
                self.statistics().forget(&text::read(&text)?);
                Reply::Counted
            }
        })
    }

    fn statistics(&mut self) -> &mut Statistics {
        self.statistics.get_or_insert_with(Statistics::of_templates)
    }
}

fn apply(text: &str, ops: &str) -> Result<String, Vec<Diagnostic>> {
    let mut program = text::read(text)?;
    let refused = |message: String| vec![Diagnostic::error("edit", message)];
    let ops: Vec<EditOp> = serde_json::from_str(ops).map_err(|error| refused(error.to_string()))?;
    apply_all(&mut program, &ops).map_err(|error| refused(error.to_string()))?;
    Ok(text::write(&program))
}

fn blocks(suggestions: Vec<Suggestion>) -> Reply {
    let next = |Suggestion { kind, reason, score, ops }| NextBlock { kind, reason, score, ops: json(&ops) };
    Reply::Blocks(suggestions.into_iter().map(next).collect())
}

fn wires(wires: Vec<Wire>) -> Reply {
    let next = |Wire { block, port, to, fit, replaces, reason, score, ops }| {
        let ops = json(&ops);
        NextWire { block, port, to, fit, replaces, reason, score, ops }
    };
    Reply::Wires(wires.into_iter().map(next).collect())
}

fn better(Finding { code, block, message, fix }: Finding) -> Better {
    Better { code, block: block.to_string(), message, ops: json(&fix) }
}

/// Edits are plain data with text keys, which JSON always says.
fn json(ops: &[EditOp]) -> String {
    serde_json::to_string(ops).unwrap_or_default()
}

#[cfg(test)]
mod tests;
