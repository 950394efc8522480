//! Three-way merge.

use blocks::document::Place;
use blocks::edit::{self, Address, BodyAddress, EditOp, Field, List};
use blocks::merge::{Choice, Conflict, Disputed, Merged, Side, merge, resolve};
use blocks::{Block, Program, Source, Value};

use crate::random::Random;
use crate::{odd, read, sample, text};

fn edited(base: &Program, ops: Vec<EditOp>) -> Program {
    let mut program = base.clone();
    edit::apply_all(&mut program, &ops).expect("all fit");
    program
}

fn merged(ours: Vec<EditOp>, theirs: Vec<EditOp>) -> Merged {
    let base = sample();
    merge(&base, &edited(&base, ours), &edited(&base, theirs))
}

fn only_conflict(merged: &Merged) -> &Conflict {
    assert_eq!(merged.conflicts.len(), 1, "{:?}", merged.conflicts);
    &merged.conflicts[0]
}

fn values(conflict: &Conflict) -> [Option<&str>; 3] {
    [conflict.base.as_deref(), conflict.ours.as_deref(), conflict.theirs.as_deref()]
}

/// The names of the blocks of the main body.
fn order(program: &Program) -> String {
    let names: Vec<&str> = program.body.blocks.iter().map(|block| block.id.as_str()).collect();
    names.join(" ")
}

fn row(names: &str) -> Program {
    let blocks: Vec<String> = names.split(' ').map(|name| format!("\n{name}: note\n")).collect();
    read(&format!("program 1 \"row\"\n{}", blocks.concat()))
}

#[test]
fn edits_of_different_properties_merge() {
    let merged = merged(
        vec![EditOp::set_title("mean", "Average"), EditOp::move_block("twice", BodyAddress::of("check", "else"), None)],
        vec![
            EditOp::set_setting("mean", "expression", Some(Value::text("total / 3"))),
            EditOp::connect("twice", "x", Some(Source::Literal(Value::Int(1)))),
            EditOp::set_place("total", Some(Place { x: 1, y: 2, folded: false })),
        ],
    );
    assert_eq!(merged.conflicts, []);
    let text = text(&merged.program);
    assert!(text.contains("mean: formula \"Average\"\n  expression = \"total / 3\""), "{text}");
    assert!(
        text.contains("      else:\n        twice: call\n          function = \"double\"\n          x <- 1\n"),
        "{text}"
    );
    assert!(text.contains("  total at 1 2"));
}

#[test]
fn one_property_with_two_new_values_is_a_conflict_that_can_be_resolved() {
    let base = sample();
    let ours = edited(&base, vec![EditOp::set_title("mean", "Ours"), EditOp::set_title("total", "Total")]);
    let theirs = edited(&base, vec![EditOp::set_title("mean", "Theirs")]);
    let merged = merge(&base, &ours, &theirs);
    let conflict = only_conflict(&merged);
    assert_eq!(conflict.to_string(), "block mean: both changed title");
    assert_eq!(values(conflict), [Some("\"The mean\""), Some("\"Ours\""), Some("\"Theirs\"")]);
    assert!(text(&merged.program).contains("mean: formula \"Ours\""));
    let resolved = resolve(&base, &ours, &theirs, &[conflict.choose(Side::Theirs)]);
    assert_eq!(resolved.conflicts, []);
    let text = text(&resolved.program);
    assert!(text.contains("mean: formula \"Theirs\"") && text.contains("total: sum \"Total\""), "{text}");
}

#[test]
fn cleared_and_changed_is_a_conflict() {
    let merged = merged(
        vec![EditOp::connect("mean", "items", None)],
        vec![EditOp::connect("mean", "items", Some(Source::wire("high", "items")))],
    );
    assert_eq!(values(only_conflict(&merged)), [Some("input.items"), None, Some("high.items")]);
}

#[test]
fn removed_and_changed_inside_is_one_conflict_about_the_outermost() {
    let remove = || vec![EditOp::remove_block("grow")];
    let change = || vec![EditOp::set_title("twice", "Twofold")];
    let kept = merged(change(), remove());
    assert_eq!(only_conflict(&kept).at, Address::block("grow"));
    assert_eq!(only_conflict(&kept).to_string(), "block grow: changed in ours, removed in theirs");
    assert!(text(&kept.program).contains("twice: call \"Twofold\"") && text(&kept.program).contains("  twice at 0 -5"));
    let gone = merged(remove(), change());
    assert_eq!(only_conflict(&gone).clone().exchanged(), *only_conflict(&kept));
    assert_eq!(text(&gone.program), text(&edited(&sample(), remove())));
}

#[test]
fn removed_and_only_read_or_reordered_is_no_conflict() {
    let merged = merged(
        vec![EditOp::remove_block("shout")],
        vec![EditOp::move_block("shout", BodyAddress::main(), None), EditOp::set_title("mean", "m")],
    );
    assert_eq!(merged.conflicts, []);
    assert_eq!(order(&merged.program), "total mean high grow");
}

#[test]
fn a_block_that_moved_out_of_what_is_removed_lives_on() {
    let merged = merged(
        vec![EditOp::move_block("twice", BodyAddress::main(), Some("mean"))],
        vec![EditOp::remove_block("grow")],
    );
    assert_eq!(only_conflict(&merged).at, Address::block("twice"));
    assert_eq!(order(&merged.program), "total mean twice high shout");
}

#[test]
fn one_id_added_twice_is_a_conflict_unless_the_content_is_the_same() {
    let add = |title: &str| {
        let block = Block { title: title.to_owned(), ..Block::new("extra", "note") };
        vec![EditOp::add_block(block, BodyAddress::main(), Some("total"))]
    };
    let same = merged(add("one"), add("one"));
    assert_eq!(same.conflicts, []);
    assert_eq!(order(&same.program), "total extra mean high grow shout");
    let different = merged(add("one"), add("two"));
    let conflict = only_conflict(&different);
    assert_eq!(conflict.disputed, Disputed::Addition);
    assert_eq!(values(conflict), [None, Some("extra: note \"one\"\n"), Some("extra: note \"two\"\n")]);
    assert!(text(&different.program).contains("extra: note \"one\""));
}

#[test]
fn containers_added_twice_are_never_mixed() {
    let add = |inner: &str| {
        let program = read(&format!("program 1 \"p\"\n\nloop: repeat\n  body:\n    {inner}: note\n"));
        vec![EditOp::add_block(program.body.blocks[0].clone(), BodyAddress::main(), None)]
    };
    let merged = merged(add("left"), add("right"));
    assert_eq!(only_conflict(&merged).at, Address::block("loop"));
    assert!(text(&merged.program).contains("left: note") && !text(&merged.program).contains("right: note"));
}

#[test]
fn moves_into_two_bodies_and_into_one_another_are_conflicts() {
    let into = |block: &str, id: &str, body: &str| vec![EditOp::move_block(block, BodyAddress::of(id, body), None)];
    let two_bodies = merged(into("shout", "high", "body"), into("shout", "check", "then"));
    assert_eq!(only_conflict(&two_bodies).disputed, Disputed::Standing);
    assert_eq!(values(only_conflict(&two_bodies)), [Some("the program"), Some("high.body"), Some("check.then")]);
    let crossed = merged(into("high", "grow", "body"), into("grow", "high", "body"));
    let names: Vec<&str> = crossed.conflicts.iter().map(|conflict| conflict.at.name()).collect();
    assert_eq!(names, ["grow", "high"]);
    assert_eq!(text(&crossed.program), text(&edited(&sample(), into("high", "grow", "body"))));
}

#[test]
fn order_merges() {
    let base = row("a b c d");
    for (ours, theirs, wanted) in [
        ("a b c d x", "y a b c d", "y a b c d x"),
        ("a x1 x2 b c d", "a y1 y2 b c d", "a x1 x2 y1 y2 b c d"),
        ("d a b c", "a b c x d", "d a b c x"),
        ("b a c d", "a b d c", "b a d c"),
        ("b c d", "a x b c d", "x b c d"),
        ("b c d a", "b c d a", "b c d a"),
        ("a c d", "a b x d", "a x d"),
    ] {
        let (ours, theirs) = (row(ours), row(theirs));
        let (one, other) = (merge(&base, &ours, &theirs), merge(&base, &theirs, &ours));
        assert_eq!((one.conflicts.len(), other.conflicts.len()), (0, 0));
        assert_eq!(order(&one.program), wanted);
        assert_eq!(order(&other.program), wanted);
    }
}

#[test]
fn one_block_moved_to_two_places_is_a_conflict_about_the_order() {
    let merged = merge(&row("a b c d"), &row("b a c d"), &row("b c d a"));
    let list = List::Blocks { body: BodyAddress::main() };
    assert_eq!(only_conflict(&merged).disputed, Disputed::Order { list });
    assert_eq!(values(only_conflict(&merged)), [Some("a, b, c, d"), Some("b, a, c, d"), Some("b, c, d, a")]);
    assert_eq!(order(&merged.program), "b a c d");
}

#[test]
fn an_addition_that_reads_what_moved_here_stands_behind_it() {
    let base = row("a z b");
    let ours = row("a b z");
    let mut theirs = base.clone();
    let mut reader = Block::new("early", "formula");
    reader.inputs.insert("x".to_owned(), Source::wire("z", "value"));
    let op = EditOp::add_block(reader, BodyAddress::main(), Some("b"));
    edit::apply(&mut theirs, &op).expect("it fits");
    assert_eq!(order(&merge(&base, &ours, &theirs).program), "a b z early");
    assert_eq!(order(&merge(&base, &theirs, &ours).program), "a b z early");
}

#[test]
fn two_tests_of_one_name_survive() {
    let base = read("program 1 \"p\"\n\ntest \"a\"\n  x = 1\n\ntest \"a\"\n  x = 2\n");
    let ours = read("program 1 \"p\"\nabout \"ours\"\n\ntest \"a\"\n  x = 1\n\ntest \"a\"\n  x = 2\n");
    let theirs = read("program 1 \"p\"\n\ntest \"a\"\n  x = 1\n\ntest \"a\"\n  x = 3\n");
    let merged = merge(&base, &ours, &theirs);
    assert_eq!(merged.conflicts, []);
    assert!(text(&merged.program).ends_with("about \"ours\"\n\ntest \"a\"\n  x = 1\n\ntest \"a\"\n  x = 3\n"));
}

#[test]
fn random_merges_keep_their_promises() {
    let mut conflicts = 0;
    for seed in 0..120 {
        let random = &mut Random::new(seed);
        let base = random.edited(&sample(), 6);
        let count = 1 + random.below(8);
        let (a, b) = (random.edited(&base, count), random.edited(&base, count));
        for (ours, theirs, wanted) in [(&a, &base, &a), (&base, &a, &a), (&a, &a, &a)] {
            let merged = merge(&base, ours, theirs);
            assert_eq!(merged.conflicts, [], "seed {seed}");
            assert_eq!(text(&merged.program), text(wanted), "seed {seed}");
        }
        let (one, other) = (merge(&base, &a, &b), merge(&base, &b, &a));
        let exchanged: Vec<Conflict> = other.conflicts.iter().cloned().map(Conflict::exchanged).collect();
        assert_eq!(one.conflicts, exchanged, "seed {seed}");
        if one.conflicts.is_empty() {
            assert_eq!(text(&one.program), text(&other.program), "seed {seed}");
        }
        let theirs: Vec<Choice> = one.conflicts.iter().map(|conflict| conflict.choose(Side::Theirs)).collect();
        let chosen = resolve(&base, &a, &b, &theirs);
        assert_eq!(text(&chosen.program), text(&other.program), "seed {seed}: choosing theirs is exchanging the sides");
        assert_eq!(chosen.conflicts, [], "seed {seed}");
        nothing_is_lost(&base, &a, &b, &one, seed);
        conflicts += one.conflicts.len();
    }
    assert!(conflicts > 50, "only {conflicts} conflicts were tried");
}

/// Whatever both sides have is in the merged program, once; what one side added is there or in a conflict.
fn nothing_is_lost(base: &Program, ours: &Program, theirs: &Program, merged: &Merged, seed: u64) {
    let [base, ours, theirs] = [base, ours, theirs].map(edit::things);
    let all = edit::things(&merged.program);
    for at in ours.iter().filter(|at| theirs.contains(at)) {
        let disputed = merged.conflicts.iter().any(|conflict| conflict.disputed == Disputed::Addition);
        assert!(all.contains(at) || disputed, "seed {seed}: {at}");
    }
    for at in ours.iter().chain(&theirs).filter(|at| !base.contains(at)) {
        assert!(all.contains(at) || !merged.conflicts.is_empty(), "seed {seed}: {at}");
    }
    assert!(all.iter().all(|at| ours.contains(at) || theirs.contains(at)), "seed {seed}");
}

#[test]
fn a_test_merges_by_what_it_gives_and_expects() {
    let test = |lines: &str| read(&format!("program 1 \"p\"\n\ntest \"t\"\n{lines}"));
    let base = test("  a = 1\n  b = 2\n  expect x = 1\n");
    let ours = test("  a = 5\n  b = 2\n  expect x = 1\n  expect z = 3\n");
    let theirs = test("  a = 1\n  c = 2.0\n  expect x = 1\n  expect y = 2\n");
    let wanted = test("  a = 5\n  c = 2.0\n  expect x = 1\n  expect y = 2\n  expect z = 3\n");
    for merged in [merge(&base, &ours, &theirs), merge(&base, &theirs, &ours)] {
        assert_eq!((text(&merged.program), merged.conflicts), (text(&wanted), Vec::new()));
    }
    let failing = test("  a = 1\n  b = 2\n  fails \"input\"\n");
    assert_eq!(merge(&base, &ours, &failing).conflicts.len(), 1);
    let other = test("  a = 1\n  b = 2\n  expect x = 1\n  expect z = 4\n");
    assert_eq!(only_conflict(&merge(&base, &ours, &other)).disputed, Disputed::Property { field: Field::Expect });
}

#[test]
fn odd_programs_merge_without_loss() {
    for seed in 0..40 {
        let random = &mut Random::new(seed);
        let base = random.edited(&odd(), 3);
        let (a, b) = (random.edited(&base, 4), random.edited(&base, 4));
        for (ours, theirs) in [(&a, &base), (&base, &a), (&a, &a)] {
            let merged = merge(&base, ours, theirs);
            assert_eq!((text(&merged.program), merged.conflicts), (text(&a), Vec::new()), "seed {seed}");
        }
        let (one, other) = (merge(&base, &a, &b), merge(&base, &b, &a));
        let exchanged: Vec<Conflict> = other.conflicts.into_iter().map(Conflict::exchanged).collect();
        assert_eq!(one.conflicts, exchanged, "seed {seed}");
    }
}

#[test]
fn a_conflict_about_a_place_says_so() {
    let place = |x| vec![EditOp::set_place("mean", Some(Place { x, y: 0, folded: false }))];
    let merged = merged(place(1), place(2));
    assert!(only_conflict(&merged).is_layout());
    assert_eq!(only_conflict(&merged).disputed, Disputed::Property { field: Field::Place });
    let removed = self::merged(place(1), vec![EditOp::remove_block("mean")]);
    assert_eq!(removed.conflicts, [], "where a block is drawn does not keep it");
    assert!(!text(&removed.program).contains("mean at"));
}
