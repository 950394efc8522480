//# add: overflow
#[track_caller]
fn add(a: i64, b: i64) -> Result<i64, Error> {
    match a.checked_add(b) {
        Some(sum) => Ok(sum),
        None => Err(overflow()),
    }
}

//# subtract: overflow
#[track_caller]
fn subtract(a: i64, b: i64) -> Result<i64, Error> {
    match a.checked_sub(b) {
        Some(difference) => Ok(difference),
        None => Err(overflow()),
    }
}

//# multiply: overflow
#[track_caller]
fn multiply(a: i64, b: i64) -> Result<i64, Error> {
    match a.checked_mul(b) {
        Some(product) => Ok(product),
        None => Err(overflow()),
    }
}

//# negate: overflow
#[track_caller]
fn negate(value: i64) -> Result<i64, Error> {
    match value.checked_neg() {
        Some(negative) => Ok(negative),
        None => Err(overflow()),
    }
}

//# absolute: overflow
#[track_caller]
fn absolute(value: i64) -> Result<i64, Error> {
    match value.checked_abs() {
        Some(magnitude) => Ok(magnitude),
        None => Err(overflow()),
    }
}

//# floor_divide: division_by_zero overflow
/// The quotient, rounded down.
#[track_caller]
fn floor_divide(a: i64, b: i64) -> Result<i64, Error> {
    if b == 0 {
        return Err(division_by_zero());
    }
    match a.checked_div(b) {
        Some(quotient) if a % b != 0 && (a < 0) != (b < 0) => Ok(quotient - 1),
        Some(quotient) => Ok(quotient),
        None => Err(overflow()),
    }
}

//# modulo: division_by_zero
/// The remainder, with the sign of the divisor.
#[track_caller]
fn modulo(a: i64, b: i64) -> Result<i64, Error> {
    if b == 0 {
        return Err(division_by_zero());
    }
    let remainder = a.wrapping_rem(b);
    let turns = remainder != 0 && (remainder < 0) != (b < 0);
    Ok(if turns { remainder + b } else { remainder })
}

//# power: invalid_argument overflow
#[track_caller]
fn power(base: i64, exponent: i64) -> Result<i64, Error> {
    if exponent < 0 {
        return Err(invalid_argument());
    }
    let odd = exponent % 2 == 1;
    let power = match base {
        0 | 1 => Some(if exponent == 0 { 1 } else { base }),
        -1 => Some(if odd { -1 } else { 1 }),
        _ => u32::try_from(exponent)
            .ok()
            .and_then(|exponent| base.checked_pow(exponent)),
    };
    match power {
        Some(power) => Ok(power),
        None => Err(overflow()),
    }
}

//# divide_integers: division_by_zero
/// The number nearest to the exact quotient.
#[track_caller]
fn divide_integers(a: i64, b: i64) -> Result<f64, Error> {
    if b == 0 {
        return Err(division_by_zero());
    }
    const EXACT: u64 = 1 << 53;
    if a.unsigned_abs() <= EXACT && b.unsigned_abs() <= EXACT {
        return Ok(a as f64 / b as f64);
    }
    let (dividend, divisor) = (u128::from(a.unsigned_abs()), u128::from(b.unsigned_abs()));
    // Enough bits that the last one, which stands for all that follow, decides the rounding.
    let shift = (62 + divisor.ilog2()).saturating_sub(dividend.max(1).ilog2());
    let (quotient, remainder) = ((dividend << shift) / divisor, (dividend << shift) % divisor);
    let quotient = (quotient << 1) | u128::from(remainder != 0);
    let magnitude = quotient as f64 / 2_f64.powi(shift as i32 + 1);
    Ok(if (a < 0) == (b < 0) {
        magnitude
    } else {
        -magnitude
    })
}

//# integer_root: invalid_argument
#[track_caller]
fn integer_root(value: i64) -> Result<i64, Error> {
    if value < 0 {
        return Err(invalid_argument());
    }
    Ok(value.isqrt())
}

//# gcd: overflow greatest_divisor
#[track_caller]
fn gcd(a: i64, b: i64) -> Result<i64, Error> {
    match i64::try_from(greatest_divisor(a.unsigned_abs(), b.unsigned_abs())) {
        Ok(divisor) => Ok(divisor),
        Err(_) => Err(overflow()),
    }
}

//# greatest_divisor
fn greatest_divisor(mut a: u64, mut b: u64) -> u64 {
    while b != 0 {
        (a, b) = (b, a % b);
    }
    a
}

//# lcm: overflow greatest_divisor
#[track_caller]
fn lcm(a: i64, b: i64) -> Result<i64, Error> {
    let (a, b) = (a.unsigned_abs(), b.unsigned_abs());
    if a == 0 || b == 0 {
        return Ok(0);
    }
    let multiple = (a / greatest_divisor(a, b)).checked_mul(b);
    match multiple.and_then(|multiple| i64::try_from(multiple).ok()) {
        Some(multiple) => Ok(multiple),
        None => Err(overflow()),
    }
}

//# bit_and: invalid_argument
#[track_caller]
fn bit_and(a: i64, b: i64) -> Result<i64, Error> {
    if a < 0 || b < 0 {
        return Err(invalid_argument());
    }
    Ok(a & b)
}

//# bit_xor: invalid_argument
#[track_caller]
fn bit_xor(a: i64, b: i64) -> Result<i64, Error> {
    if a < 0 || b < 0 {
        return Err(invalid_argument());
    }
    Ok(a ^ b)
}

//# to_base: invalid_argument
#[track_caller]
fn to_base(value: i64, base: i64) -> Result<String, Error> {
    if !(2..=36).contains(&base) {
        return Err(invalid_argument());
    }
    let (mut rest, base) = (value.unsigned_abs(), base as u64);
    let mut digits = Vec::new();
    loop {
        digits.extend(char::from_digit((rest % base) as u32, base as u32));
        rest /= base;
        if rest == 0 {
            break;
        }
    }
    if value < 0 {
        digits.push('-');
    }
    Ok(digits.into_iter().rev().collect())
}

//# from_base: invalid_argument overflow
#[track_caller]
fn from_base(text: &str, base: i64) -> Result<i64, Error> {
    let text = text.trim();
    let plain = text.strip_prefix(['+', '-']).unwrap_or(text);
    if !(2..=36).contains(&base) {
        return Err(invalid_argument());
    }
    if plain.is_empty() || !plain.chars().all(|digit| digit.is_digit(base as u32)) {
        return Err(invalid_argument());
    }
    match i64::from_str_radix(text, base as u32) {
        Ok(value) => Ok(value),
        Err(_) => Err(overflow()),
    }
}

//# order_of_integer
/// How an integer stands to a number, exactly; nan has no order.
fn order_of_integer(integer: i64, number: f64) -> Option<std::cmp::Ordering> {
    if number.is_nan() {
        return None;
    }
    // Beyond these bounds a number is larger or smaller than every integer.
    if number >= 9_223_372_036_854_775_808.0 {
        return Some(std::cmp::Ordering::Less);
    }
    if number < -9_223_372_036_854_775_808.0 {
        return Some(std::cmp::Ordering::Greater);
    }
    let floor = number.floor();
    let order = integer.cmp(&(floor as i64));
    Some(if number > floor {
        order.then(std::cmp::Ordering::Less)
    } else {
        order
    })
}

//# order_of_number: order_of_integer
/// How a number stands to an integer, exactly; nan has no order.
fn order_of_number(number: f64, integer: i64) -> Option<std::cmp::Ordering> {
    order_of_integer(integer, number).map(std::cmp::Ordering::reverse)
}
