//! The machine as a WebAssembly module: a text goes in byte by byte, and what its run came to comes out in the same way,
//! so that no memory is shared and nothing of it is unsafe but the names.

use std::sync::{Mutex, MutexGuard, PoisonError};

use blocks::text;

use crate::case::Case;
use crate::outcome::Outcome;

static GIVEN: Mutex<Vec<u8>> = Mutex::new(Vec::new());
static ANSWER: Mutex<Vec<u8>> = Mutex::new(Vec::new());

fn open(buffer: &'static Mutex<Vec<u8>>) -> MutexGuard<'static, Vec<u8>> {
    buffer.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Takes one byte of a program's text.
#[expect(unsafe_code, reason = "the name must be unique among all that is linked; it is exported for the driver")]
#[unsafe(no_mangle)]
pub extern "C" fn give(byte: u32) {
    open(&GIVEN).push(byte.to_le_bytes()[0]);
}

/// Runs the program that was given, and says how many bytes its outcome has.
#[expect(unsafe_code, reason = "the name must be unique among all that is linked; it is exported for the driver")]
#[unsafe(no_mangle)]
pub extern "C" fn run() -> u32 {
    let given = std::mem::take(&mut *open(&GIVEN));
    let answer = outcome(&String::from_utf8_lossy(&given)).write();
    let length = answer.len();
    *open(&ANSWER) = answer.into_bytes();
    u32::try_from(length).unwrap_or(0)
}

/// One byte of the outcome.
#[expect(unsafe_code, reason = "the name must be unique among all that is linked; it is exported for the driver")]
#[unsafe(no_mangle)]
pub extern "C" fn take(place: u32) -> u32 {
    open(&ANSWER).get(place as usize).copied().unwrap_or(0).into()
}

fn outcome(source: &str) -> Outcome {
    let program = match text::read(source) {
        Ok(program) => program,
        Err(problems) => return Outcome::Broken(format!("its text does not read back: {problems:?}")),
    };
    match Case::new("", program) {
        Ok(case) => case.on_the_machine(),
        Err(problems) => Outcome::Broken(problems),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_goes_in_and_its_outcome_comes_out() {
        for byte in "program 1 \"P\"\noutput a: int <- 3\n".bytes() {
            give(byte.into());
        }
        let answer: Vec<u8> = (0..run()).map(|place| take(place).to_le_bytes()[0]).collect();
        assert_eq!(Outcome::read(&String::from_utf8(answer).unwrap()).write(), r#"{"ok":[{"i":"3"}]}"#);
    }
}
