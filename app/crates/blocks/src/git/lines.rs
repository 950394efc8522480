//! Two lists of lines side by side.

/// A stretch of two texts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Hunk<'a> {
    /// A line of both.
    Same(&'a str),
    /// Lines of one in the place of lines of the other.
    Different {
        /// The lines of the first text.
        ours: Vec<&'a str>,
        /// The lines of the second text.
        theirs: Vec<&'a str>,
    },
}

/// How many lines may differ before what is between the common beginning and end counts as one difference.
const MAX_DIFFERENCES: usize = 1000;

/// Compares two texts so that as many lines as can be are the same.
pub(super) fn compare<'a>(ours: &[&'a str], theirs: &[&'a str]) -> Vec<Hunk<'a>> {
    let head = ours.iter().zip(theirs).take_while(|(one, other)| one == other).count();
    let (our_rest, their_rest) = (&ours[head..], &theirs[head..]);
    let tail = our_rest.iter().rev().zip(their_rest.iter().rev()).take_while(|(one, other)| one == other).count();
    let (our_middle, their_middle) = (&our_rest[..our_rest.len() - tail], &their_rest[..their_rest.len() - tail]);
    let mut hunks: Vec<Hunk<'a>> = ours[..head].iter().copied().map(Hunk::Same).collect();
    let (mut x, mut y) = (0, 0);
    for (at_x, at_y) in common(our_middle, their_middle).into_iter().chain([(our_middle.len(), their_middle.len())]) {
        if at_x > x || at_y > y {
            hunks.push(Hunk::Different { ours: our_middle[x..at_x].to_vec(), theirs: their_middle[y..at_y].to_vec() });
        }
        hunks.extend(our_middle.get(at_x).copied().map(Hunk::Same));
        (x, y) = (at_x + 1, at_y + 1);
    }
    hunks.extend(our_rest[our_rest.len() - tail..].iter().copied().map(Hunk::Same));
    hunks
}

/// A longest common subsequence as pairs of places, by the greedy search of Myers ("An O(ND) Difference Algorithm and
/// Its Variations", 1986).
fn common(ours: &[&str], theirs: &[&str]) -> Vec<(usize, usize)> {
    let (n, m) = (ours.len() as isize, theirs.len() as isize);
    let slide = |mut x: isize, k: isize| {
        while x < n && x - k < m && ours[x as usize] == theirs[(x - k) as usize] {
            x += 1;
        }
        x
    };
    // For each number of differences, how far each diagonal from -d to d has come.
    let mut reached: Vec<Vec<isize>> = Vec::new();
    for d in 0..=(n + m).min(MAX_DIFFERENCES as isize) {
        let mut row = vec![0; (2 * d + 1) as usize];
        for k in (-d..=d).step_by(2) {
            let x = reached.last().map_or(0, |before| step(before, d, k).0);
            let x = slide(x, k);
            row[(k + d) as usize] = x;
            if x >= n && x - k >= m {
                reached.push(row);
                return walk_back(&reached, n, m);
            }
        }
        reached.push(row);
    }
    Vec::new()
}

/// Where a diagonal starts with one more difference, and the diagonal it comes from.
fn step(before: &[isize], d: isize, k: isize) -> (isize, isize) {
    let at = |k: isize| before[(k + d - 1) as usize];
    if k == -d || k != d && at(k - 1) < at(k + 1) { (at(k + 1), k + 1) } else { (at(k - 1) + 1, k - 1) }
}

fn walk_back(reached: &[Vec<isize>], n: isize, m: isize) -> Vec<(usize, usize)> {
    let mut pairs = Vec::new();
    let (mut x, mut k) = (n, n - m);
    for d in (0..reached.len()).rev() {
        let (start, from) = match d.checked_sub(1) {
            Some(before) => step(&reached[before], d as isize, k),
            None => (0, 0),
        };
        while x > start {
            x -= 1;
            pairs.push((x as usize, (x - k) as usize));
        }
        x = if from > k { start } else { start - 1 };
        k = from;
    }
    pairs.reverse();
    pairs
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(ours: &str, theirs: &str) -> String {
        let (ours, theirs): (Vec<&str>, Vec<&str>) = (ours.split("").collect(), theirs.split("").collect());
        let parts = compare(&ours, &theirs).into_iter().map(|hunk| match hunk {
            Hunk::Same(line) => line.to_owned(),
            Hunk::Different { ours, theirs } => format!("({}|{})", ours.concat(), theirs.concat()),
        });
        parts.collect()
    }

    #[test]
    fn as_many_lines_as_can_be_are_the_same() {
        for (ours, theirs, wanted) in [
            ("abc", "abc", "abc"),
            ("abc", "abxc", "ab(|x)c"),
            ("abxc", "abc", "ab(x|)c"),
            ("abcabba", "cbabac", "(ab|)c(|b)ab(b|)a(|c)"),
            ("xabcy", "zabcw", "(x|z)abc(y|w)"),
            ("", "ab", "(|ab)"),
        ] {
            assert_eq!(shown(ours, theirs), wanted);
        }
    }

    #[test]
    fn both_sides_can_be_read_off_and_large_differences_end() {
        let numbers: Vec<String> = (0..3000).map(|number| number.to_string()).collect();
        let ours: Vec<&str> = numbers.iter().map(String::as_str).filter(|number| !number.ends_with('7')).collect();
        let theirs: Vec<&str> = numbers.iter().map(String::as_str).filter(|number| !number.contains('3')).collect();
        let (mut one, mut other) = (Vec::new(), Vec::new());
        for hunk in compare(&ours, &theirs) {
            match hunk {
                Hunk::Same(line) => {
                    one.push(line);
                    other.push(line);
                }
                Hunk::Different { ours, theirs } => {
                    one.extend(ours);
                    other.extend(theirs);
                }
            }
        }
        assert_eq!((one, other), (ours, theirs));
    }
}
