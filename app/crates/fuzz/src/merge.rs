//! Diff and merge, by meaning and by lines.

use blocks::merge::{Conflict, merge as merged};
use blocks::{Program, check, diff, edit, git, text};

/// A difference leads from one program to the other, and a merge keeps its promises. The input is three programs.
///
/// # Panics
/// Where that does not hold.
pub fn merge(data: &[u8]) {
    let parts = crate::parts(data);
    let [base, ours, theirs] = parts[..] else { return };
    let driven = git::merge_driver(base, ours, theirs);
    let (Ok(base), Ok(ours), Ok(theirs)) = (text::read(base), text::read(ours), text::read(theirs)) else { return };
    assert!(!driven.clean || text::read(&driven.text).is_ok(), "{}", driven.text);
    leads_there(&base, &ours);
    leads_there(&ours, &theirs);
    for (ours, theirs, wanted) in [(&ours, &base, &ours), (&base, &ours, &ours), (&theirs, &theirs, &theirs)] {
        let found = merged(&base, ours, theirs);
        assert_eq!(found.conflicts, []);
        assert_eq!(text::write(&found.program), text::write(wanted));
    }
    let (one, other) = (merged(&base, &ours, &theirs), merged(&base, &theirs, &ours));
    let exchanged: Vec<Conflict> = other.conflicts.into_iter().map(Conflict::exchanged).collect();
    assert_eq!(one.conflicts, exchanged, "a merge is not symmetric");
    check(&one.program);
}

fn leads_there(before: &Program, after: &Program) {
    diff::diff(before, after);
    diff::render(before, after);
    let mut work = before.clone();
    let ops = diff::operations(before, after);
    edit::apply_all(&mut work, &ops).unwrap_or_else(|error| panic!("{error}: {ops:?}"));
    assert_eq!(text::write(&work), text::write(after));
}
