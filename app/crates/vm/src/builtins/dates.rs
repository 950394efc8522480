//! Functions of calendar dates.

use blocks::Value;
use jiff::civil::Date;
use jiff::{Span, ToSpan};

use super::{Function, small, text};
use crate::failure::Fault;

pub(super) fn function(name: &str) -> Option<Function> {
    Some(match name {
        "day_number" => |_, a, _| Ok(Value::Int(day_number(date(&a[0])?))),
        "date_of" => |_, a, _| shift(epoch(), small(&a[0])?, Span::try_days),
        "make_date" => |_, a, _| make_date(small(&a[0])?, small(&a[1])?, small(&a[2])?),
        "year" => |_, a, _| Ok(Value::Int(i64::from(date(&a[0])?.year()))),
        "month" => |_, a, _| Ok(Value::Int(i64::from(date(&a[0])?.month()))),
        "day" => |_, a, _| Ok(Value::Int(i64::from(date(&a[0])?.day()))),
        "weekday" => |_, a, _| Ok(Value::Int(i64::from(date(&a[0])?.weekday().to_monday_one_offset()))),
        "add_days" => |_, a, _| shift(date(&a[0])?, small(&a[1])?, Span::try_days),
        "add_months" => |_, a, _| shift(date(&a[0])?, small(&a[1])?, Span::try_months),
        _ => return None,
    })
}

fn epoch() -> Date {
    Date::constant(1970, 1, 1)
}

fn date(value: &Value) -> Result<Date, Fault> {
    let text = text(value)?.trim();
    let wrong = || {
        Fault::invalid(format!("\"{}\" is not a date such as 2024-02-29", text.chars().take(40).collect::<String>()))
    };
    let mut parts = text.split('-');
    let mut part = |digits: usize| {
        let part = parts.next().filter(|part| part.len() == digits && part.bytes().all(|byte| byte.is_ascii_digit()));
        part.and_then(|part| part.parse::<i16>().ok()).ok_or_else(wrong)
    };
    let (year, month, day) = (part(4)?, part(2)?, part(2)?);
    if parts.next().is_some() || year < 1 {
        return Err(wrong());
    }
    Date::new(year, month as i8, day as i8).map_err(|_| wrong())
}

fn make_date(year: i64, month: i64, day: i64) -> Result<Value, Fault> {
    let made = match (i16::try_from(year), i8::try_from(month), i8::try_from(day)) {
        (Ok(year), Ok(month), Ok(day)) if year >= 1 => Date::new(year, month, day).ok(),
        _ => None,
    };
    made.map(write).ok_or_else(|| Fault::invalid(format!("there is no date {year}-{month}-{day}")))
}

fn day_number(date: Date) -> i64 {
    epoch().until(date).map_or(0, |span| i64::from(span.get_days()))
}

fn shift(from: Date, by: i64, span: fn(Span, i64) -> Result<Span, jiff::Error>) -> Result<Value, Fault> {
    let beyond = || Fault::invalid("the date is beyond the years 1 to 9999");
    let span = span(0.days(), by).map_err(|_| beyond())?;
    let shifted = from.checked_add(span).map_err(|_| beyond())?;
    if shifted.year() < 1 { Err(beyond()) } else { Ok(write(shifted)) }
}

fn write(date: Date) -> Value {
    Value::text(format!("{:04}-{:02}-{:02}", date.year(), date.month(), date.day()))
}
