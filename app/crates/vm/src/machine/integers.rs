//! Integers in the plain file.
//!
//! A small integer ([`is_small`]) stands in its register as it is. For a larger one [`BESIDE`] stands there, and its value
//! beside, at the same place. So no integer is ever wrong, and adding two takes one comparison more than adding alone:
//! `BESIDE` is chosen so that neither it plus a small integer nor twice itself, as 64 bits wrap around, is small.

use blocks::Value;
use blocks::formula::BinaryOperator;

use super::state::Files;
use crate::arithmetic;
use crate::failure::Fault;
use crate::limits::Limits;
use crate::op::Comparison;

/// Small integers are those from `-LIMIT` up to but not including `LIMIT`.
const LIMIT: i64 = 1 << 61;

/// Says that the integer stands beside.
pub(crate) const BESIDE: i64 = -3 * LIMIT;

/// Whether an integer stands in its register as it is.
#[inline(always)]
pub(crate) fn is_small(integer: i64) -> bool {
    (integer.wrapping_add(LIMIT) as u64) < 2 * LIMIT as u64
}

/// The sum of what stands in two registers, if all three are small.
#[inline(always)]
pub(super) fn sum(a: i64, b: i64) -> Option<i64> {
    Some(a.wrapping_add(b)).filter(|sum| is_small(*sum))
}

/// The difference, if all three are small.
#[inline(always)]
pub(super) fn difference(a: i64, b: i64) -> Option<i64> {
    // Two integers that stand beside have the difference 0 here.
    Some(a.wrapping_sub(b)).filter(|difference| is_small(*difference) && a != BESIDE)
}

/// The product, if all three are small.
#[inline(always)]
pub(super) fn product(a: i64, b: i64) -> Option<i64> {
    let is_short = |integer: i64| i64::from(integer as i32) == integer;
    if is_short(a) && is_short(b) { Some(a * b).filter(|product| is_small(*product)) } else { long_product(a, b) }
}

/// The same for factors that are not both within 32 bits. A checked multiplication is slow on machines of 32 bits.
fn long_product(a: i64, b: i64) -> Option<i64> {
    a.checked_mul(b).filter(|product| is_small(*product) && a != BESIDE && b != BESIDE)
}

impl Files<'_> {
    /// The integer in a register, as a value.
    #[inline]
    pub(super) fn int(&self, register: u32) -> Value {
        match self.plain[register as usize] {
            BESIDE => self.beside.get(self.plain_base + register as usize).cloned().unwrap_or(Value::Int(BESIDE)),
            small => Value::Int(small),
        }
    }

    /// Puts an integer into a register.
    #[inline]
    pub(super) fn set_int(&mut self, register: u32, value: Value) {
        match value {
            Value::Int(small) if is_small(small) => self.plain[register as usize] = small,
            other => self.set_beside(register, other),
        }
    }

    #[cold]
    fn set_beside(&mut self, register: u32, value: Value) {
        let place = self.plain_base + register as usize;
        if self.beside.len() <= place {
            self.beside.resize(place + 1, Value::None);
        }
        self.beside[place] = value;
        self.plain[register as usize] = BESIDE;
    }

    /// An operator of two integers that are not both small, or whose result is not; gives what it costs.
    #[cold]
    #[inline(never)]
    pub(super) fn large(
        &mut self,
        operator: BinaryOperator,
        to: u32,
        a: u32,
        b: u32,
        limits: &Limits,
    ) -> Result<i64, Box<Fault>> {
        let (a, b) = (self.int(a), self.int(b));
        self.compute(operator, to, &a, &b, limits)
    }

    /// The same with an integer that is written out.
    #[cold]
    #[inline(never)]
    pub(super) fn large_by(
        &mut self,
        operator: BinaryOperator,
        to: u32,
        a: u32,
        by: i64,
        limits: &Limits,
    ) -> Result<i64, Box<Fault>> {
        let a = self.int(a);
        self.compute(operator, to, &a, &Value::Int(by), limits)
    }

    fn compute(
        &mut self,
        operator: BinaryOperator,
        to: u32,
        a: &Value,
        b: &Value,
        limits: &Limits,
    ) -> Result<i64, Box<Fault>> {
        let effort = crate::builtins::effort::of_operator(operator, a, b, limits)?;
        let result = arithmetic::binary(operator, a, b, limits)?;
        let cost = effort + (crate::limits::shallow_size(&result) / 16) as i64;
        self.set_int(to, result);
        Ok(cost)
    }

    /// Copies an integer that stands beside.
    #[cold]
    #[inline(never)]
    pub(super) fn copy_beside(&mut self, to: u32, from: u32) {
        let value = self.int(from);
        self.set_int(to, value);
    }

    /// Compares two integers.
    #[inline(never)]
    pub(super) fn compare_int(&self, how: Comparison, a: u32, b: u32) -> bool {
        self.compare_large(how, a, &self.int(b))
    }

    #[cold]
    pub(super) fn compare_large(&self, how: Comparison, a: u32, b: &Value) -> bool {
        self.int(a).order(b).is_some_and(|order| how.holds(order as i8, 0))
    }
}

/// The remainder with the sign of the divisor; the divisor is above zero.
#[inline(always)]
pub(super) fn floor_modulo(a: i64, by: i64) -> i64 {
    let rest = a % by;
    if rest < 0 { rest + by } else { rest }
}

/// The quotient rounded down; the divisor is above zero.
#[inline(always)]
pub(super) fn floor_divide(a: i64, by: i64) -> i64 {
    let quotient = a / by;
    if a % by < 0 { quotient - 1 } else { quotient }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_small_is_found_by_its_result() {
        let edges = [BESIDE, -LIMIT, 1 - LIMIT, -(1 << 31), -3, -1, 0, 1, 2, 1 << 31, 1 << 32, LIMIT - 1];
        for (a, b) in edges.iter().flat_map(|a| edges.iter().map(move |b| (*a, *b))) {
            let exact = |result: i128| {
                let small = (-i128::from(LIMIT)..i128::from(LIMIT)).contains(&result) && a != BESIDE && b != BESIDE;
                small.then_some(result as i64)
            };
            assert_eq!(sum(a, b), exact(i128::from(a) + i128::from(b)), "{a} + {b}");
            assert_eq!(difference(a, b), exact(i128::from(a) - i128::from(b)), "{a} - {b}");
            assert_eq!(product(a, b), exact(i128::from(a) * i128::from(b)), "{a} * {b}");
        }
    }
}
