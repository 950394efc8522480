//! Edits: applied, taken back, and what they make of a program.

use blocks::{edit, oplog::OpLog, text};

use crate::choices::Choices;
use crate::mutate;

/// How many edits one input makes.
const MOST: usize = 24;

/// An edit fits and its inverse gives the same bytes, or it changes nothing; what comes out is checked, run and
/// translated like any program. The input is a program and a line of choices.
///
/// # Panics
/// Where that does not hold.
pub fn edits(data: &[u8]) {
    let parts = crate::parts(data);
    let [source, choices] = parts[..] else { return };
    let Ok(mut program) = text::read(source) else { return };
    let mut choices = Choices::new(choices.trim_end().as_bytes());
    let (mut log, mut other) = (OpLog::new(1, program.clone()), OpLog::new(2, program.clone()));
    let mut logged = Vec::new();
    for _ in 0..MOST {
        if !choices.are_left() {
            break;
        }
        let Some(op) = mutate::edit(&program, &mut choices) else { continue };
        let before = text::write(&program);
        match edit::apply(&mut program, &op) {
            Ok(inverse) => {
                let mut undone = program.clone();
                edit::apply(&mut undone, &inverse).unwrap_or_else(|error| panic!("{error}: {inverse:?}"));
                assert_eq!(text::write(&undone), before, "{op:?}");
                logged.extend(log.act(op));
            }
            Err(_) => assert_eq!(text::write(&program), before, "{op:?}"),
        }
    }
    for stamped in logged.into_iter().rev() {
        let _ = other.receive(stamped);
    }
    assert_eq!(text::write(log.program()), text::write(other.program()), "replicas differ");
    if crate::checker::checks(&program) {
        crate::machine::runs_alike(&program);
        crate::code::generates(&program);
    }
}
