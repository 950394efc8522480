//! Which layer a block stands in.

use super::Item;

/// Blocks and what they read, by their places in the body.
#[derive(Debug)]
pub(super) struct Graph {
    /// How many there are.
    pub(super) count: usize,
    /// Each reading, the giver first, in the order of the document.
    pub(super) reads: Vec<(u32, u32)>,
    /// Where the givers of each block begin in `givers`, and where the last ones end.
    starts: Vec<u32>,
    givers: Vec<u32>,
    floats: Vec<bool>,
}

impl Graph {
    pub(super) fn new(items: &[Item], reads: &[(u32, u32)]) -> Self {
        // What points backwards is a mistake, and has no say.
        let mut reads: Vec<(u32, u32)> = reads.iter().copied().filter(|(giver, reader)| giver < reader).collect();
        reads.sort_unstable_by_key(|(giver, reader)| (*reader, *giver));
        reads.dedup();
        let mut starts = vec![0; items.len() + 1];
        for (_, reader) in &reads {
            starts[*reader as usize + 1] += 1;
        }
        for place in 1..starts.len() {
            starts[place] += starts[place - 1];
        }
        let givers = reads.iter().map(|(giver, _)| *giver).collect();
        Self { count: items.len(), reads, starts, givers, floats: items.iter().map(|item| item.floats).collect() }
    }

    /// What a block reads.
    pub(super) fn givers(&self, reader: u32) -> &[u32] {
        let reader = reader as usize;
        &self.givers[self.starts[reader] as usize..self.starts[reader + 1] as usize]
    }

    /// The blocks of each layer, in the order of the document: one more than the last of what they read.
    pub(super) fn layers(&self) -> Vec<Vec<u32>> {
        let mut layer_of = vec![0_usize; self.count];
        let mut layers: Vec<Vec<u32>> = Vec::new();
        for place in 0..self.count as u32 {
            if self.floats[place as usize] {
                continue;
            }
            let behind = self.givers(place).iter().map(|giver| layer_of[*giver as usize] + 1).max().unwrap_or(0);
            layer_of[place as usize] = behind;
            if layers.len() <= behind {
                layers.resize_with(behind + 1, Vec::new);
            }
            layers[behind].push(place);
        }
        layers
    }
}
