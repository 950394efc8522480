//! The output ports of every block, with their types.

use std::collections::HashMap;

use crate::check::Checked;
use crate::document::BlockId;
use crate::types::Type;

/// Output ports by block, in the order of their names.
#[derive(Default)]
pub(super) struct Outputs<'a>(HashMap<&'a BlockId, Vec<(&'a str, &'a Type)>>);

impl<'a> Outputs<'a> {
    pub(super) fn of(checked: &'a Checked) -> Self {
        let mut outputs = Self::default();
        for ((block, port), ty) in &checked.types {
            outputs.0.entry(block).or_default().push((port, ty));
        }
        outputs.0.values_mut().for_each(|ports| ports.sort_unstable_by_key(|(port, _)| *port));
        outputs
    }

    /// The ports of a block.
    pub(super) fn get(&self, block: &BlockId) -> &[(&'a str, &'a Type)] {
        self.0.get(block).map_or(&[], Vec::as_slice)
    }

    /// The type of a port.
    pub(super) fn find(&self, block: &BlockId, port: &str) -> Option<&'a Type> {
        self.get(block).iter().find(|(name, _)| *name == port).map(|(_, ty)| *ty)
    }
}
