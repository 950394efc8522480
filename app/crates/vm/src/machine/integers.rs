//! Integers in the plain file.
//!
//! An integer stands in its register as it is, but for [`BESIDE`]: then its value stands beside, at the same place. So
//! adding two small integers is one checked addition, and no integer is ever wrong.

use blocks::Value;
use blocks::formula::BinaryOperator;

use super::state::Files;
use crate::arithmetic;
use crate::failure::Fault;
use crate::limits::Limits;
use crate::op::Comparison;

/// Says that the integer stands beside.
pub(crate) const BESIDE: i64 = i64::MIN;

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
            Value::Int(small) if small != BESIDE => self.plain[register as usize] = small,
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
    ) -> Result<i64, Fault> {
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
    ) -> Result<i64, Fault> {
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
    ) -> Result<i64, Fault> {
        let result = arithmetic::binary(operator, a, b, limits)?;
        let cost = (crate::limits::shallow_size(&result) / 16) as i64;
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
