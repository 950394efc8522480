//! Fewer crossings: blocks of a layer in the order of what they read.

use super::layers::Graph;

/// How often the layers are put in order at most.
const SWEEPS: usize = 4;

/// Orders each layer by where its givers stand, as long as that leaves fewer crossings.
pub(super) fn reduce(graph: &Graph, mut layers: Vec<Vec<u32>>) -> Vec<Vec<u32>> {
    if layers.iter().all(|layer| layer.len() < 2) {
        return layers;
    }
    let mut best = crossings(graph, &layers);
    for _ in 0..SWEEPS {
        if best == 0 {
            break;
        }
        let tried = sweep(graph, &layers);
        let count = crossings(graph, &tried);
        if count >= best {
            break;
        }
        (layers, best) = (tried, count);
    }
    layers
}

fn places(graph: &Graph, layers: &[Vec<u32>]) -> Vec<(u32, u32)> {
    let mut places = vec![(0, 0); graph.count];
    for (layer, members) in layers.iter().enumerate() {
        for (place, member) in members.iter().enumerate() {
            places[*member as usize] = (layer as u32, place as u32);
        }
    }
    places
}

fn sweep(graph: &Graph, layers: &[Vec<u32>]) -> Vec<Vec<u32>> {
    let mut places = places(graph, layers);
    let mut swept = Vec::with_capacity(layers.len());
    for layer in layers {
        let mut weighed: Vec<(f64, u32)> =
            layer.iter().map(|member| (weight(graph, &places, *member), *member)).collect();
        weighed.sort_by(|one, other| one.0.total_cmp(&other.0));
        let members: Vec<u32> = weighed.into_iter().map(|(_, member)| member).collect();
        for (place, member) in members.iter().enumerate() {
            places[*member as usize].1 = place as u32;
        }
        swept.push(members);
    }
    swept
}

/// The middle of a block's givers; where it stands, if it reads nothing.
fn weight(graph: &Graph, places: &[(u32, u32)], member: u32) -> f64 {
    let givers = graph.givers(member);
    if givers.is_empty() {
        return f64::from(places[member as usize].1);
    }
    let sum: f64 = givers.iter().map(|giver| f64::from(places[*giver as usize].1)).sum();
    sum / givers.len() as f64
}

/// How many readings between the same two layers cross each other.
fn crossings(graph: &Graph, layers: &[Vec<u32>]) -> u64 {
    let places = places(graph, layers);
    let mut ends: Vec<(u32, u32, u32, u32)> = graph
        .reads
        .iter()
        .map(|(giver, reader)| {
            let ((from, above), (to, below)) = (places[*giver as usize], places[*reader as usize]);
            (from, to, above, below)
        })
        .collect();
    ends.sort_unstable();
    let between = ends.chunk_by(|one, other| (one.0, one.1) == (other.0, other.1));
    between
        .map(|group| {
            let mut order: Vec<u32> = group.iter().map(|end| end.3).collect();
            inversions(&mut order)
        })
        .sum()
}

/// How many pairs stand in falling order; the list is sorted on the way.
fn inversions(list: &mut [u32]) -> u64 {
    if list.len() < 2 {
        return 0;
    }
    let (left, right) = list.split_at_mut(list.len() / 2);
    let mut count = inversions(left) + inversions(right);
    let mut passed = 0;
    for item in right.iter() {
        while passed < left.len() && left[passed] <= *item {
            passed += 1;
        }
        count += (left.len() - passed) as u64;
    }
    list.sort_unstable();
    count
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn inversions_are_pairs_in_falling_order() {
        assert_eq!(inversions(&mut [3, 1, 2]), 2);
        assert_eq!(inversions(&mut [1, 1, 2]), 0);
        assert_eq!(inversions(&mut [4, 3, 2, 1]), 6);
    }
}
