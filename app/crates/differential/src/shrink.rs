//! Makes a program small that a target runs otherwise than the language says.
//!
//! One change at a time: an output, a block, a wire or a part of a formula less, a smaller value. A change stays if the
//! program is still well typed and the target still disagrees.

mod changes;
mod formulas;
mod literals;

use blocks::{Program, Source, check};

use crate::case::Case;
use crate::compare::{Disagreement, compare};
use crate::generate::declared;

/// How many programs are tried at once; starting a target's process costs more than a few programs more.
const BATCH: usize = 32;

/// How many batches are tried in all.
const BATCHES: usize = 150;

/// The smallest program found on which the target still disagrees in the same way, and how.
pub fn shrink(case: &Case, found: &Disagreement) -> (Case, Disagreement) {
    let disagrees = |batch: &[Case]| {
        let all = compare(batch, &[found.target]).disagreements.into_iter();
        // Another disagreement would hide this one.
        let first = all.filter(|other| other.kind() == found.kind()).min_by_key(|other| other.case)?;
        Some((first.case, first))
    };
    minimal(case, disagrees).map_or_else(|| (case.clone(), found.clone()), |(case, found)| (case, found))
}

/// Takes over the first change of each batch that `shows` picks, as long as there is one.
fn minimal<T>(case: &Case, shows: impl Fn(&[Case]) -> Option<(usize, T)>) -> Option<(Case, T)> {
    let mut best: Option<(Case, T)> = None;
    let mut batches = 0;
    loop {
        let mut smaller_now = false;
        let mut place = 0;
        loop {
            let now = best.as_ref().map_or(case, |(case, _)| case);
            let changed = changes::all(&now.program);
            if place >= changed.len() || batches >= BATCHES {
                break;
            }
            batches += 1;
            let rest = changed.iter().enumerate().skip(place).take(BATCH);
            let (places, batch): (Vec<usize>, Vec<Case>) =
                rest.filter_map(|(at, program)| Some((at, sound(&case.name, program)?))).unzip();
            match shows(&batch) {
                Some((index, shown)) => {
                    // What comes next stands about here now.
                    place = places[index];
                    best = Some((batch[index].clone(), shown));
                    smaller_now = true;
                }
                None => place += BATCH,
            }
        }
        if !smaller_now || batches >= BATCHES {
            return best;
        }
    }
}

/// The program as a case if it is well typed, its outputs declared as what they are.
fn sound(name: &str, program: &Program) -> Option<Case> {
    let mut program = program.clone();
    let types = check(&program).types;
    for output in &mut program.outputs {
        if let Source::Wire { block, port } = &output.from
            && let Some(ty) = types.get(&(block.clone(), port.clone()))
        {
            output.ty = declared(ty);
        }
    }
    Case::new(name, program).ok()
}

#[cfg(test)]
mod tests {
    use blocks::text;

    use super::*;
    use crate::generate;

    /// Whatever is shown by any program at all is shown by the empty one.
    #[test]
    fn a_case_shrinks_to_nothing() {
        for seed in 0..2 {
            let case = Case::new("", generate::program(seed)).unwrap();
            let (small, ()) = minimal(&case, |batch| (!batch.is_empty()).then_some((0, ()))).unwrap();
            assert_eq!(text::write(&small.program), "program 1 \"Whole\"\n", "seed {seed}");
        }
    }

    #[test]
    fn what_shows_it_stays() {
        let source = "program 1 \"Whole\"\noutput b: int <- b.value\n\na: formula\n  expression = \"1 + 2 * 7\"\n\n\
                      b: formula\n  expression = \"a // (len(t) - 3) + 40\"\n  a <- a.value\n  t <- \"abc\"\n";
        let case = Case::new("", text::read(source).unwrap()).unwrap();
        let divides = |case: &Case| case.by_reference(None).write().contains("division_by_zero");
        let (small, ()) = minimal(&case, |batch| batch.iter().position(divides).map(|at| (at, ()))).unwrap();
        let wanted = "program 1 \"Whole\"\n\nb: formula\n  expression = \"0 // 0\"\n";
        assert_eq!(text::write(&small.program), wanted);
    }
}
