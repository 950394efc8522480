//! How the loop reads and writes registers.

use blocks::Value;

use super::state::WINDOW;
use crate::op::Register;

/// The place of a register in its file. In a narrow routine it is below the length of the file whatever it is, so that
/// nothing need be checked.
#[inline(always)]
pub(super) fn slot<const NARROW: bool>(register: Register) -> usize {
    if NARROW { usize::from(register as u8) } else { register as usize }
}

/// The number in a register.
#[inline(always)]
pub(super) fn number<const NARROW: bool>(plain: &[i64], register: Register) -> f64 {
    f64::from_bits(plain[slot::<NARROW>(register)] as u64)
}

/// Puts a number into a register.
#[inline(always)]
pub(super) fn set_number<const NARROW: bool>(plain: &mut [i64], register: Register, number: f64) {
    plain[slot::<NARROW>(register)] = number.to_bits() as i64;
}

/// The registers that a narrow routine sees, as a slice whose length the compiler knows.
#[inline(always)]
pub(super) fn window<T>(file: &mut [T]) -> &mut [T] {
    file.first_chunk_mut::<WINDOW>().expect("as many registers as a narrow routine sees")
}

/// Puts a value into a register.
#[cfg_attr(target_arch = "wasm32", inline(never))]
#[cfg_attr(not(target_arch = "wasm32"), inline)]
pub(super) fn set(to: &mut Value, value: Value) {
    *to = value;
}

/// A copy of a value.
#[cfg_attr(target_arch = "wasm32", inline(never))]
#[cfg_attr(not(target_arch = "wasm32"), inline)]
pub(super) fn copy_of(value: &Value) -> Value {
    value.clone()
}
