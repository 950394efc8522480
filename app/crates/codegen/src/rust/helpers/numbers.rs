//# divide: division_by_zero
#[track_caller]
fn divide(a: f64, b: f64) -> Result<f64, Error> {
    if b == 0.0 {
        return Err(division_by_zero());
    }
    Ok(a / b)
}

//# floor_divide_numbers: division_by_zero floor_division
#[track_caller]
fn floor_divide_numbers(a: f64, b: f64) -> Result<f64, Error> {
    if b == 0.0 {
        return Err(division_by_zero());
    }
    Ok(floor_division(a, b).0)
}

//# modulo_numbers: division_by_zero floor_division
#[track_caller]
fn modulo_numbers(a: f64, b: f64) -> Result<f64, Error> {
    if b == 0.0 {
        return Err(division_by_zero());
    }
    Ok(floor_division(a, b).1)
}

//# floor_division
/// The quotient, rounded down, and the remainder with the sign of the divisor.
fn floor_division(a: f64, b: f64) -> (f64, f64) {
    let mut remainder = a % b;
    let mut quotient = (a - remainder) / b;
    if remainder == 0.0 {
        remainder = 0_f64.copysign(b);
    } else if (b < 0.0) != (remainder < 0.0) {
        remainder += b;
        quotient -= 1.0;
    }
    if quotient == 0.0 {
        return (0_f64.copysign(a / b), remainder);
    }
    let floor = quotient.floor();
    (
        if quotient - floor > 0.5 {
            floor + 1.0
        } else {
            floor
        },
        remainder,
    )
}

//# power_of_number: division_by_zero invalid_argument
#[track_caller]
fn power_of_number(base: f64, exponent: f64) -> Result<f64, Error> {
    if base == 0.0 && exponent < 0.0 {
        return Err(division_by_zero());
    }
    if base < 0.0 && base.is_finite() && exponent.is_finite() && exponent.fract() != 0.0 {
        return Err(invalid_argument());
    }
    Ok(base.powf(exponent))
}

//# smaller
fn smaller(a: f64, b: f64) -> f64 {
    if b < a { b } else { a }
}

//# larger
fn larger(a: f64, b: f64) -> f64 {
    if b > a { b } else { a }
}

//# whole: invalid_argument overflow
/// A number without a fraction as an integer.
#[track_caller]
fn whole(number: f64) -> Result<i64, Error> {
    if !number.is_finite() {
        return Err(invalid_argument());
    }
    if (-9_223_372_036_854_775_808.0..9_223_372_036_854_775_808.0).contains(&number) {
        Ok(number as i64)
    } else {
        Err(overflow())
    }
}

//# round_to: fixed parse_plain
/// Rounds to decimals; a half goes to the even neighbor.
#[track_caller]
fn round_to(number: f64, digits: i64) -> Result<f64, Error> {
    let text = fixed(number, digits)?;
    parse_plain(&text)
}

//# parse_plain: invalid_argument
#[track_caller]
fn parse_plain(text: &str) -> Result<f64, Error> {
    match text.parse() {
        Ok(number) => Ok(number),
        Err(_) => Err(invalid_argument()),
    }
}

//# fixed: invalid_argument
/// The number with so many decimals.
#[track_caller]
fn fixed(number: f64, digits: i64) -> Result<String, Error> {
    if !number.is_finite() || !(0..=15).contains(&digits) {
        return Err(invalid_argument());
    }
    Ok(format!("{number:.0$}", digits as usize))
}

//# square_root: invalid_argument
#[track_caller]
fn square_root(number: f64) -> Result<f64, Error> {
    if number < 0.0 {
        return Err(invalid_argument());
    }
    Ok(number.sqrt())
}

//# logarithm: invalid_argument
#[track_caller]
fn logarithm(number: f64) -> Result<f64, Error> {
    if number <= 0.0 {
        return Err(invalid_argument());
    }
    Ok(number.ln())
}

//# logarithm_to: invalid_argument division_by_zero
#[track_caller]
fn logarithm_to(number: f64, base: f64) -> Result<f64, Error> {
    if number <= 0.0 || base <= 0.0 {
        return Err(invalid_argument());
    }
    if base.ln() == 0.0 {
        return Err(division_by_zero());
    }
    Ok(number.ln() / base.ln())
}

//# number_text
/// The shortest text that reads back as the number: `1.5`, `3.0`, `1e+16`.
fn number_text(number: f64) -> String {
    if number.is_nan() {
        return "nan".to_owned();
    }
    if number.is_infinite() {
        return if number > 0.0 {
            "infinity"
        } else {
            "-infinity"
        }
        .to_owned();
    }
    let scientific = format!("{number:e}");
    let (digits, exponent) = scientific.split_once('e').unwrap_or((&scientific, "0"));
    let exponent: i32 = exponent.parse().unwrap_or(0);
    if number != 0.0 && !(-4..16).contains(&exponent) {
        let sign = if exponent < 0 { '-' } else { '+' };
        return format!("{digits}e{sign}{:02}", exponent.abs());
    }
    format!("{number:?}")
}

//# parse_number: invalid_argument parse_plain
#[track_caller]
fn parse_number(text: &str) -> Result<f64, Error> {
    let text = text.trim();
    let plain = text
        .bytes()
        .all(|byte| byte.is_ascii_digit() || b"+-.eE".contains(&byte));
    if !plain || !text.bytes().any(|byte| byte.is_ascii_digit()) {
        return Err(invalid_argument());
    }
    parse_plain(text)
}

//# parse_integer: invalid_argument overflow
#[track_caller]
fn parse_integer(text: &str) -> Result<i64, Error> {
    let text = text.trim();
    let plain = text.strip_prefix(['+', '-']).unwrap_or(text);
    if plain.is_empty() || !plain.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(invalid_argument());
    }
    match text.parse() {
        Ok(integer) => Ok(integer),
        Err(_) => Err(overflow()),
    }
}
