//! The fewest moves that turn one order into another.

use std::collections::{HashMap, HashSet};
use std::hash::Hash;

/// Which members of both lists keep their order: a longest common subsequence. The others have moved.
///
/// Members are distinct. Of several longest ones the choice depends on the two lists only.
pub(crate) fn unmoved<T: Eq + Hash + Clone>(before: &[T], after: &[T]) -> HashSet<T> {
    let places: HashMap<&T, usize> = after.iter().enumerate().map(|(index, member)| (member, index)).collect();
    let common: Vec<usize> = before.iter().filter_map(|member| places.get(member).copied()).collect();
    longest_rise(&common).into_iter().map(|index| after[index].clone()).collect()
}

/// A longest rising subsequence, by patience sorting in n log n.
fn longest_rise(numbers: &[usize]) -> Vec<usize> {
    // For each length, the place of the smallest number that ends a rise of that length; and each number's predecessor.
    let mut ends: Vec<usize> = Vec::new();
    let mut previous: Vec<Option<usize>> = Vec::with_capacity(numbers.len());
    for (place, number) in numbers.iter().enumerate() {
        let length = ends.partition_point(|end| numbers[*end] < *number);
        previous.push(length.checked_sub(1).map(|shorter| ends[shorter]));
        if length == ends.len() {
            ends.push(place);
        } else {
            ends[length] = place;
        }
    }
    let mut rise = Vec::with_capacity(ends.len());
    let mut at = ends.last().copied();
    while let Some(place) = at {
        rise.push(numbers[place]);
        at = previous[place];
    }
    rise.reverse();
    rise
}

#[cfg(test)]
mod tests {
    use super::*;

    fn moves(before: &str, after: &str) -> usize {
        let (before, after): (Vec<char>, Vec<char>) = (before.chars().collect(), after.chars().collect());
        after.len() - unmoved(&before, &after).len()
    }

    #[test]
    fn moves_are_as_few_as_can_be() {
        for (before, after, count) in [
            ("abcdef", "abcdef", 0),
            ("abcdef", "fabcde", 1),
            ("abcdef", "bcdefa", 1),
            ("abcd", "dcba", 3),
            ("abc", "xaycz", 3),
        ] {
            assert_eq!(moves(before, after), count, "{before} to {after}");
        }
    }
}
