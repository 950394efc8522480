//! Where targets part from the language.

use std::fmt;

use crate::case::Case;
use crate::outcome::Outcome;
use crate::targets::Target;

/// A target that does something else than the language says.
#[derive(Clone, Debug)]
pub struct Disagreement {
    /// The place of the case in its batch.
    pub case: usize,
    /// The target.
    pub target: Target,
    /// What the language says.
    pub expected: Outcome,
    /// What the target did.
    pub found: Outcome,
}

impl Disagreement {
    /// What disagreements of the same cause mostly have in common, as far as their outcomes show it.
    pub fn kind(&self) -> String {
        let kind = |outcome: &Outcome| match outcome {
            Outcome::Values(_) => "values".to_owned(),
            Outcome::Error { code, .. } => code.clone(),
            Outcome::Broken(says) => says.chars().filter(|c| !c.is_ascii_digit()).take(50).collect(),
            Outcome::Limit => "limit".to_owned(),
        };
        // What is left of a program that does not even load no longer fails as the whole did.
        let expected = if matches!(self.found, Outcome::Broken(_)) { String::new() } else { kind(&self.expected) };
        format!("{} {expected} {}", self.target.name(), kind(&self.found))
    }
}

impl fmt::Display for Disagreement {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (expected, found) = (self.expected.write(), self.found.write());
        write!(formatter, "{}: expected {expected}, found {found}", self.target.name())
    }
}

/// How a batch went.
#[derive(Clone, Debug, Default)]
pub struct Report {
    /// Where targets part from the language.
    pub disagreements: Vec<Disagreement>,
    /// How many cases were compared and ended well.
    pub well: usize,
    /// How many cases were compared and ended with an error.
    pub failed: usize,
    /// How many cases were passed over, as they need more than the machine's limits.
    pub skipped: usize,
}

/// Runs cases on some targets.
pub fn compare(cases: &[Case], targets: &[Target]) -> Report {
    let mut report = Report::default();
    let mut expected = Vec::new();
    for (index, case) in cases.iter().enumerate() {
        match case.by_reference(None) {
            Outcome::Limit => report.skipped += 1,
            // The machine counts its steps in its own way, so its limits may come earlier.
            _ if case.on_the_machine() == Outcome::Limit => report.skipped += 1,
            outcome => {
                let ended_well = matches!(outcome, Outcome::Values(_));
                report.well += usize::from(ended_well);
                report.failed += usize::from(!ended_well);
                expected.push((index, outcome));
            }
        }
    }
    let chosen: Vec<&Case> = expected.iter().map(|(index, _)| &cases[*index]).collect();
    for target in targets {
        let found = target.run(&chosen);
        for ((index, expected), found) in expected.iter().zip(found) {
            if !allowed(&cases[*index], *target, expected, &found) {
                let expected = expected.clone();
                report.disagreements.push(Disagreement { case: *index, target: *target, expected, found });
            }
        }
    }
    report
}

/// Whether a target may do this: what the language says, or that with integers that end where the target's do.
fn allowed(case: &Case, target: Target, expected: &Outcome, found: &Outcome) -> bool {
    expected.agrees(found) || target.ends().is_some_and(|ends| case.by_reference(Some(ends)).agrees(found))
}
