//! Match and Parallel: containers whose bodies the block itself names.

use std::collections::HashSet;

use super::Checker;
use super::operations::Planned;
use super::scope::Ports;
use crate::catalog::VALUE;
use crate::conform::conform;
use crate::diagnostic::Diagnostic;
use crate::document::Block;
use crate::plan::{Operation, PlannedBody, case_name};
use crate::value::Value;

impl Checker<'_> {
    pub(super) fn choice(&mut self, block: &Block) -> Planned {
        let ty = self.type_of(block, VALUE);
        let value = self.feed(block, VALUE, &ty);
        let cases = block.config.get("cases").and_then(Value::as_list).unwrap_or_default();
        self.case_bodies_exist(block, cases.len());
        let mut values: Vec<Value> = Vec::new();
        for case in cases {
            match conform(case.clone(), &ty) {
                Ok(case) if values.contains(&case) => {
                    self.report_at(
                        Some(&block.id),
                        "cases",
                        "duplicate_case",
                        format!("the case {case} is there twice"),
                    );
                }
                Ok(_) => {}
                Err(message) => {
                    let message = format!("the case {case} is never equal to {ty}: {message}");
                    self.report_at(Some(&block.id), "cases", "type_mismatch", message);
                }
            }
            values.push(conform(case.clone(), &ty).unwrap_or_else(|_| case.clone()));
        }
        let mut bodies: Vec<(String, PlannedBody)> = (0..cases.len())
            .map(case_name)
            .chain(["otherwise".to_owned()])
            .map(|name| {
                let body = self.body(block, &name, Ports::default(), None);
                (name, body)
            })
            .collect();
        let outputs = self.joined(block, &mut bodies);
        let otherwise = bodies.pop().map(|(_, body)| body).unwrap_or_default();
        let cases = values.into_iter().zip(bodies.into_iter().map(|(_, body)| body)).collect();
        (value.map(|value| Operation::Match { value, cases, otherwise }), outputs)
    }

    fn case_bodies_exist(&mut self, block: &Block, cases: usize) {
        let known: HashSet<String> = (0..cases).map(case_name).chain(["otherwise".to_owned()]).collect();
        for name in block.bodies.keys().filter(|name| !known.contains(*name)) {
            let message = format!("no case belongs to the body '{name}'; case_1 is the body of the first case");
            self.report_at(Some(&block.id), name, "unknown_body", message);
        }
    }

    pub(super) fn parallel(&mut self, block: &Block) -> Planned {
        let mut outputs = Ports::default();
        let mut branches = Vec::new();
        for name in block.bodies.keys() {
            let body = self.body(block, name, Ports::default(), None);
            for outlet in &body.yields {
                if outputs.insert(outlet.name.clone(), outlet.ty.clone()).is_some() {
                    let message = format!("'{}' is yielded by two bodies; rename one", outlet.name);
                    self.report(Diagnostic::error("duplicate_yield", message).at(&block.id).port(&outlet.name));
                }
            }
            branches.push((name.clone(), body));
        }
        if branches.is_empty() {
            let message = "there is nothing to run side by side; add bodies, such as first: and second:";
            self.report(Diagnostic::error("missing_body", message).at(&block.id));
        }
        (Some(Operation::Parallel { branches }), outputs)
    }
}
