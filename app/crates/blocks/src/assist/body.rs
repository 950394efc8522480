//! What the blocks of a body, and those inside them, read.

use std::collections::HashSet;

use crate::document::BlockId;
use crate::plan::{Feed, Origin, PlannedBody, Step};

/// The block that a feed reads.
pub(super) fn origin(feed: &Feed) -> Option<&BlockId> {
    match &feed.origin {
        Origin::Port(block, _) => Some(block),
        Origin::Literal(_) => None,
    }
}

/// The ids of all blocks that a step reads, also from inside its bodies.
pub(super) fn reads(step: &Step) -> HashSet<&BlockId> {
    let mut found: HashSet<&BlockId> =
        step.operation.feeds().into_iter().filter_map(|(feed, _)| origin(feed)).collect();
    found.extend(step.operation.bodies().into_iter().flat_map(reads_of_body));
    found
}

fn reads_of_body(body: &PlannedBody) -> HashSet<&BlockId> {
    let mut found: HashSet<&BlockId> = body.steps.iter().flat_map(|step| reads(step)).collect();
    found.extend(body.yields.iter().filter_map(|outlet| origin(&outlet.from)));
    found
}
