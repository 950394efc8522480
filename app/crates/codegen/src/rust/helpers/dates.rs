//# days_in_month
fn days_in_month(year: i64, month: i64) -> i64 {
    match month {
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

//# valid_date: days_in_month
fn valid_date(year: i64, month: i64, day: i64) -> Option<(i64, i64, i64)> {
    let valid = (1..=9999).contains(&year)
        && (1..=12).contains(&month)
        && (1..=days_in_month(year, month)).contains(&day);
    valid.then_some((year, month, day))
}

//# parse_date: valid_date invalid_argument
/// Year, month and day of a date such as 2024-02-29.
#[track_caller]
fn parse_date(text: &str) -> Result<(i64, i64, i64), Error> {
    let parts: Vec<&str> = text.trim().split('-').collect();
    let number = |part: &str, digits: usize| {
        let plain = part.len() == digits && part.bytes().all(|byte| byte.is_ascii_digit());
        part.parse().ok().filter(|_| plain)
    };
    let date = match parts.as_slice() {
        [year, month, day] => number(year, 4)
            .zip(number(month, 2))
            .zip(number(day, 2))
            .and_then(|((year, month), day)| valid_date(year, month, day)),
        _ => None,
    };
    match date {
        Some(date) => Ok(date),
        None => Err(invalid_argument()),
    }
}

//# date_text
fn date_text((year, month, day): (i64, i64, i64)) -> String {
    format!("{year:04}-{month:02}-{day:02}")
}

//# days_since_epoch
/// The days since 1970-01-01.
fn days_since_epoch((year, month, day): (i64, i64, i64)) -> i64 {
    // Years begin in March, so that the leap day comes last.
    let year = if month > 2 { year } else { year - 1 };
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    365 * year + year / 4 - year / 100 + year / 400 + day_of_year - 719_468
}

//# date_of_days: valid_date
fn date_of_days(days: i64) -> Option<(i64, i64, i64)> {
    let days = days.checked_add(719_468)?;
    let (era, day) = (days.div_euclid(146_097), days.rem_euclid(146_097));
    let year = (day - day / 1_460 + day / 36_524 - day / 146_096) / 365;
    let day = day - (365 * year + year / 4 - year / 100);
    let month = (5 * day + 2) / 153;
    let (month, day) = ((month + 2) % 12 + 1, day - (153 * month + 2) / 5 + 1);
    valid_date(era * 400 + year + i64::from(month <= 2), month, day)
}

//# day_number: parse_date days_since_epoch
#[track_caller]
fn day_number(text: &str) -> Result<i64, Error> {
    let date = parse_date(text)?;
    Ok(days_since_epoch(date))
}

//# date_of: date_of_days date_text invalid_argument
#[track_caller]
fn date_of(days: i64) -> Result<String, Error> {
    match date_of_days(days) {
        Some(date) => Ok(date_text(date)),
        None => Err(invalid_argument()),
    }
}

//# make_date: valid_date date_text invalid_argument
#[track_caller]
fn make_date(year: i64, month: i64, day: i64) -> Result<String, Error> {
    match valid_date(year, month, day) {
        Some(date) => Ok(date_text(date)),
        None => Err(invalid_argument()),
    }
}

//# weekday: day_number
/// 1 for Monday to 7 for Sunday.
#[track_caller]
fn weekday(text: &str) -> Result<i64, Error> {
    let days = day_number(text)?;
    Ok((days + 3).rem_euclid(7) + 1)
}

//# add_days: parse_date days_since_epoch date_of invalid_argument
#[track_caller]
fn add_days(text: &str, days: i64) -> Result<String, Error> {
    let date = parse_date(text)?;
    match days_since_epoch(date).checked_add(days) {
        Some(days) => date_of(days),
        None => Err(invalid_argument()),
    }
}

//# add_months: parse_date days_in_month make_date invalid_argument
/// The same day so many months later, or that month's last.
#[track_caller]
fn add_months(text: &str, months: i64) -> Result<String, Error> {
    let (year, month, day) = parse_date(text)?;
    let Some(months) = (year * 12 + month - 1).checked_add(months) else {
        return Err(invalid_argument());
    };
    let (year, month) = (months.div_euclid(12), months.rem_euclid(12) + 1);
    make_date(year, month, day.min(days_in_month(year, month)))
}

//# year_of: parse_date
#[track_caller]
fn year_of(text: &str) -> Result<i64, Error> {
    let (year, _, _) = parse_date(text)?;
    Ok(year)
}

//# month_of: parse_date
#[track_caller]
fn month_of(text: &str) -> Result<i64, Error> {
    let (_, month, _) = parse_date(text)?;
    Ok(month)
}

//# day_of: parse_date
#[track_caller]
fn day_of(text: &str) -> Result<i64, Error> {
    let (_, _, day) = parse_date(text)?;
    Ok(day)
}
