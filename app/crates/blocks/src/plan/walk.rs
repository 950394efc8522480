//! What an operation is made of: its bodies, what comes in, and its formulas. Whoever walks through a plan asks here, so
//! that a new operation is told of in one place.

use super::{Driver, Feed, Operation, PlannedBody, PlannedPiece};
use crate::formula::Typed;

/// The name of the body of a case of Match, counted from 0.
pub(crate) fn case_name(place: usize) -> String {
    format!("case_{}", place + 1)
}

/// The bodies of an operation, borrowed as its first argument says.
macro_rules! bodies {
    ($operation:expr, $iter:ident) => {
        match $operation {
            Operation::If { then, otherwise, .. } => vec![then, otherwise],
            Operation::Match { cases, otherwise, .. } => {
                cases.$iter().map(|(_, body)| body).chain([otherwise]).collect()
            }
            Operation::Loop { driver: Driver::While(condition), body, .. } => vec![condition, body],
            Operation::Loop { body, .. }
            | Operation::Map { body, .. }
            | Operation::Filter { body, .. }
            | Operation::Reduce { body, .. }
            | Operation::SortBy { body, .. } => vec![body],
            Operation::Parallel { branches } => branches.$iter().map(|(_, body)| body).collect(),
            Operation::Try { attempt, rescue } => vec![attempt, rescue],
            _ => Vec::new(),
        }
    };
}

impl PlannedBody {
    /// The places of the functions that its blocks and those inside them call, in order, as often as they do.
    pub fn calls(&self) -> Vec<usize> {
        self.steps.iter().flat_map(|step| step.operation.calls()).collect()
    }
}

impl Operation {
    /// The places of the functions that it and the blocks inside it call.
    pub fn calls(&self) -> Vec<usize> {
        match self {
            Self::Call { function, .. } => vec![*function],
            _ => self.bodies().into_iter().flat_map(PlannedBody::calls).collect(),
        }
    }

    /// The bodies of a container, in the order in which they stand.
    pub fn bodies(&self) -> Vec<&PlannedBody> {
        bodies!(self, iter)
    }

    /// The same, to be changed.
    pub fn bodies_mut(&mut self) -> Vec<&mut PlannedBody> {
        bodies!(self, iter_mut)
    }

    /// The names of these bodies in the document.
    pub fn body_names(&self) -> Vec<String> {
        let fixed = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect();
        match self {
            Self::If { .. } => fixed(&["then", "else"]),
            Self::Try { .. } => fixed(&["try", "catch"]),
            Self::Loop { driver: Driver::While(_), .. } => fixed(&["condition", "body"]),
            Self::Match { cases, .. } => (0..cases.len()).map(case_name).chain(["otherwise".to_owned()]).collect(),
            Self::Parallel { branches } => branches.iter().map(|(name, _)| name.clone()).collect(),
            other => other.bodies().iter().map(|_| "body".to_owned()).collect(),
        }
    }

    /// What comes in from outside its bodies, in the order in which it is computed, with its name in a formula.
    pub fn feeds(&self) -> Vec<(&Feed, Option<&str>)> {
        fn plain<'a>(feeds: impl IntoIterator<Item = &'a Feed>) -> Vec<(&'a Feed, Option<&'a str>)> {
            feeds.into_iter().map(|feed| (feed, None)).collect()
        }
        match self {
            Self::Formula { names, .. } | Self::Template { names, .. } | Self::ChangeVariable { names, .. } => {
                names.iter().map(|(name, feed)| (feed, Some(name.as_str()))).collect()
            }
            Self::Builtin { arguments, .. } | Self::Call { arguments, .. } | Self::Effect { arguments, .. } => {
                plain(arguments)
            }
            Self::Loop { driver, carries, .. } => {
                let driven = match driver {
                    Driver::Each(feed) | Driver::Times(feed) => Some(feed),
                    Driver::While(_) => None,
                };
                plain(driven.into_iter().chain(carries.iter().map(|carry| &carry.from)))
            }
            Self::Reduce { items, initial, .. } => plain([items, initial]),
            Self::Assert { condition, message } => plain([condition].into_iter().chain(message)),
            Self::If { condition: feed, .. }
            | Self::Match { value: feed, .. }
            | Self::Map { items: feed, .. }
            | Self::Filter { items: feed, .. }
            | Self::SortBy { items: feed, .. }
            | Self::Variable { initial: feed, .. }
            | Self::SetVariable { value: feed, .. }
            | Self::Fail { message: feed, .. } => plain([feed]),
            Self::Constant(..)
            | Self::Note(_)
            | Self::Try { .. }
            | Self::Parallel { .. }
            | Self::GetVariable { .. } => Vec::new(),
        }
    }

    /// The formulas in it.
    pub fn formulas(&self) -> Vec<&Typed> {
        match self {
            Self::Formula { formula, .. } | Self::ChangeVariable { formula, .. } => vec![formula],
            Self::Template { pieces, .. } => pieces
                .iter()
                .filter_map(|piece| match piece {
                    PlannedPiece::Formula(formula) => Some(formula),
                    PlannedPiece::Text(_) => None,
                })
                .collect(),
            _ => Vec::new(),
        }
    }
}
