//! Replicas that exchange edits in any order.

use std::collections::BTreeSet;

use blocks::edit::{Address, BodyAddress, EditError, EditOp};
use blocks::oplog::{LogError, OpLog, Stamp, Stamped};
use blocks::{Block, Program, Source, Value};

use crate::random::Random;
use crate::{read, sample, text};

fn row(log: &OpLog) -> String {
    let names: Vec<&str> = log.program().body.blocks.iter().map(|block| block.id.as_str()).collect();
    names.join(" ")
}

fn notes() -> Program {
    read("program 1 \"row\"\n\na: note\n\nb: note\n\nc: note\n")
}

fn add(id: &str, after: &str) -> EditOp {
    EditOp::add_block(Block::new(id, "note"), BodyAddress::main(), Some(after))
}

/// Three replicas of a program, with the edits that are on their way.
struct Group {
    logs: [OpLog; 3],
    /// For each replica what others have made and it has not yet received.
    waiting: [Vec<Stamped>; 3],
}

impl Group {
    fn new(base: &Program) -> Self {
        let logs = [1, 2, 3].map(|replica| OpLog::new(replica, base.clone()));
        Self { logs, waiting: [const { Vec::new() }; 3] }
    }

    fn act(&mut self, replica: usize, op: EditOp) -> Result<Stamp, LogError> {
        let stamped = self.logs[replica].act(op)?;
        for other in (0..3).filter(|other| *other != replica) {
            self.waiting[other].push(stamped.clone());
        }
        Ok(stamped.stamp)
    }

    /// Delivers one waiting edit, in no order, sometimes twice.
    fn deliver(&mut self, replica: usize, random: &mut Random) {
        let waiting = &mut self.waiting[replica];
        if waiting.is_empty() {
            return;
        }
        let stamped = waiting.swap_remove(random.below(waiting.len()));
        if random.chance(10) {
            self.logs[replica].receive(stamped.clone()).expect("it can be placed");
        }
        self.logs[replica].receive(stamped).expect("it can be placed");
    }

    fn settle_down(&mut self, random: &mut Random) {
        while self.waiting.iter().any(|waiting| !waiting.is_empty()) {
            self.deliver(random.below(3), random);
        }
    }

    /// Checks that all have the same, and gives how many edits were dropped.
    fn agreed(&self, label: &str) -> usize {
        let [first, others @ ..] = &self.logs;
        let dropped = |log: &OpLog| -> Vec<(Stamp, EditError)> {
            log.dropped().map(|(stamped, error)| (stamped.stamp, error.clone())).collect()
        };
        for other in others {
            assert_eq!(text(first.program()), text(other.program()), "{label}");
            assert_eq!(dropped(first), dropped(other), "{label}");
        }
        dropped(first).len()
    }
}

#[test]
fn three_replicas_converge_over_ten_thousand_random_interleavings() {
    let base = sample();
    let (mut dropped, mut made) = (0, 0);
    // A pool of edits that fit the base or what others make of it, so that generating them costs nothing here.
    let pool: Vec<EditOp> = {
        let random = &mut Random::new(1);
        (0..400).map(|index| if index % 4 == 0 { random.op(&base) } else { random.fitting_op(&base) }).collect()
    };
    for seed in 0..10_000 {
        let random = &mut Random::new(seed);
        let mut group = Group::new(&base);
        for _ in 0..12 {
            let replica = random.below(3);
            if random.chance(60) {
                made += usize::from(group.act(replica, random.pick(&pool).clone()).is_ok());
            } else {
                group.deliver(replica, random);
            }
        }
        group.settle_down(random);
        dropped += group.agreed(&format!("seed {seed}"));
    }
    assert!(made > 30_000, "only {made} edits were made");
    assert!(dropped > 300, "only {dropped} edits met something that made them not fit");
}

#[test]
fn long_sessions_converge_and_replay_from_what_is_stored() {
    for seed in 0..25 {
        let random = &mut Random::new(seed);
        let mut group = Group::new(&sample());
        for _ in 0..60 {
            let replica = random.below(3);
            let op = random.op(group.logs[replica].program());
            let _ = group.act(replica, op);
            for replica in 0..3 {
                if random.chance(40) {
                    group.deliver(replica, random);
                }
            }
        }
        group.settle_down(random);
        group.agreed(&format!("seed {seed}"));
        let stored = serde_json::to_string(&group.logs[0].store()).expect("it is data");
        let opened = OpLog::open(9, serde_json::from_str(&stored).expect("it reads")).expect("it opens");
        assert_eq!(text(opened.program()), text(group.logs[0].program()), "seed {seed}");
        let known: BTreeSet<Stamp> = group.logs[0].edits().map(|stamped| stamped.stamp).collect();
        assert_eq!(opened.missing_in(&known).count(), 0);
    }
}

#[test]
fn blocks_inserted_at_one_place_both_stay() {
    let mut group = Group::new(&notes());
    group.act(0, add("x", "a")).expect("it fits");
    group.act(1, add("y", "a")).expect("it fits");
    group.settle_down(&mut Random::new(1));
    group.agreed("inserted");
    assert_eq!(row(&group.logs[2]), "a y x b c");
}

#[test]
fn a_place_outlives_its_neighbor() {
    let mut group = Group::new(&notes());
    group.act(0, EditOp::remove_block("c")).expect("it fits");
    group.act(0, EditOp::remove_block("b")).expect("it fits");
    group.act(1, EditOp::set_title("a", "first")).expect("it fits");
    group.act(1, EditOp::set_title("a", "second")).expect("it fits");
    group.act(1, add("x", "c")).expect("it fits");
    group.settle_down(&mut Random::new(1));
    assert_eq!(group.agreed("neighbor"), 0);
    assert_eq!(row(&group.logs[0]), "a x");
}

#[test]
fn an_edit_of_what_another_removed_is_reported_not_lost_silently() {
    let mut group = Group::new(&notes());
    group.act(0, EditOp::remove_block("b")).expect("it fits");
    let stamp = group.act(1, EditOp::set_title("b", "Beta")).expect("it fits");
    group.settle_down(&mut Random::new(1));
    assert_eq!(group.agreed("removed"), 1);
    let (dropped, error) = group.logs[2].dropped().next().expect("one is dropped");
    assert_eq!(dropped.stamp, stamp);
    assert_eq!(*error, EditError::Unknown { at: Address::block("b") });
}

#[test]
fn a_group_is_dropped_whole() {
    let mut group = Group::new(&notes());
    group.act(0, EditOp::remove_block("b")).expect("it fits");
    let ops = vec![EditOp::set_title("a", "Alpha"), EditOp::set_title("b", "Beta")];
    group.act(1, EditOp::Group { ops }).expect("it fits");
    group.settle_down(&mut Random::new(1));
    group.agreed("group");
    assert!(!text(group.logs[1].program()).contains("Alpha"));
}

#[test]
fn edits_find_a_block_that_another_has_renamed() {
    let mut group = Group::new(&notes());
    group.act(0, EditOp::Rename { at: Address::block("b"), to: "beta".to_owned() }).expect("it fits");
    group.act(0, EditOp::Rename { at: Address::block("beta"), to: "gamma".to_owned() }).expect("it fits");
    for title in ["one", "two", "three"] {
        group.act(1, EditOp::set_title("b", title)).expect("it fits");
    }
    group.act(1, add("x", "b")).expect("it fits");
    let wire = Source::wire("b", "value");
    group.act(1, EditOp::connect("c", "in", Some(wire.clone()))).expect("it fits");
    let mut reader = Block::new("y", "note");
    reader.inputs.insert("in".to_owned(), wire);
    group.act(1, EditOp::add_block(reader, BodyAddress::main(), Some("c"))).expect("it fits");
    group.settle_down(&mut Random::new(4));
    assert_eq!(group.agreed("renamed"), 0);
    assert_eq!(
        text(group.logs[2].program()),
        "program 1 \"row\"\n\na: note\n\ngamma: note \"three\"\n\nx: note\n\nc: note\n  in <- gamma.value\n\ny: note\n  in <- gamma.value\n"
    );
}

#[test]
fn undo_is_an_edit_of_its_own() {
    let mut group = Group::new(&notes());
    let random = &mut Random::new(3);
    let stamp = group.act(0, EditOp::remove_block("b")).expect("it fits");
    group.settle_down(random);
    group.act(1, EditOp::set_setting("a", "text", Some(Value::text("hi")))).expect("it fits");
    let undone = group.logs[0].undo(stamp).expect("it can be undone");
    group.logs[1].receive(undone.clone()).expect("it can be placed");
    group.logs[2].receive(undone).expect("it can be placed");
    group.settle_down(random);
    group.agreed("undone");
    assert_eq!(row(&group.logs[2]), "a b c");
}

#[test]
fn settled_edits_are_part_of_the_base() {
    let mut log = OpLog::new(1, notes());
    let first = log.act(EditOp::remove_block("b")).expect("it fits");
    log.act(EditOp::set_title("a", "Alpha")).expect("it fits");
    let before = text(log.program());
    log.settle(first.stamp);
    assert_eq!(text(log.program()), before);
    assert_eq!(log.edits().count(), 1);
    assert_eq!(log.receive(first), Err(LogError::Settled));
    let opened = OpLog::open(2, log.store()).expect("it opens");
    assert_eq!(text(opened.program()), before);
}

#[test]
fn places_outlive_their_neighbors_in_a_settled_log_too() {
    let mut group = Group::new(&notes());
    let random = &mut Random::new(5);
    let removed = group.act(0, EditOp::remove_block("b")).expect("it fits");
    group.act(1, EditOp::set_title("a", "Alpha")).expect("it fits");
    group.act(1, add("x", "b")).expect("it fits");
    group.logs[0].settle(removed);
    group.logs[0] = OpLog::open(1, group.logs[0].store()).expect("it opens");
    group.settle_down(random);
    group.agreed("settled");
    assert_eq!(row(&group.logs[0]), "a x c");
}

#[test]
fn a_faulty_replica_cannot_use_the_counter_up() {
    let mut log = OpLog::new(1, notes());
    let stamp = Stamp { counter: u64::MAX, replica: 2 };
    assert_eq!(log.receive(Stamped { stamp, op: EditOp::remove_block("a") }), Err(LogError::Counter));
    log.act(EditOp::remove_block("a")).expect("it fits");
}

#[test]
fn two_replicas_of_one_number_are_found_out() {
    let mut one = OpLog::new(1, notes());
    let mut other = OpLog::new(1, notes());
    one.act(EditOp::remove_block("a")).expect("it fits");
    let stamped = other.act(EditOp::remove_block("b")).expect("it fits");
    assert_eq!(one.receive(stamped), Err(LogError::StampTaken));
}
