//! Schedules in words, handed on as cron expressions: `every weekday at 8:30` is `30 8 * * 1-5`.
//!
//! Only what a cron expression says exactly is read: neither `every 7 minutes` nor `every other day`.

use blocks::Value;

use super::Filler;
use crate::fit::Use;
use crate::request::{Token, TokenKind};

const WEEKDAYS: [&str; 7] = ["sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"];

#[derive(Clone, Copy)]
enum Period {
    Day,
    Week,
    Month,
}

/// What has been read of a schedule.
#[derive(Default)]
struct Schedule {
    /// Minute and hour, if `hourly` or `every 5 minutes` says them.
    steps: Option<(String, String)>,
    /// Minute and hour.
    time: Option<(u32, u32)>,
    /// The hour that holds where no time is given.
    usual_hour: u32,
    days_of_week: Vec<String>,
    day_of_month: Option<i64>,
    period: Option<Period>,
    used: Vec<usize>,
}

impl Filler<'_> {
    pub(super) fn schedule(&mut self) -> Option<Value> {
        let mut schedule = Schedule::default();
        let mut at = 0;
        while at < self.tokens().len() {
            let length = if self.used[at] == Use::Free { self.element(at, &mut schedule)? } else { 0 };
            schedule.used.extend(at..at + length);
            at += length.max(1);
        }
        let expression = schedule.expression()?;
        for at in schedule.used {
            self.used[at] = Use::Taken;
        }
        Some(Value::text(expression))
    }

    /// Reads what belongs to the schedule at a place: how many tokens it takes, 0 for none. Nothing at all where two
    /// parts contradict each other.
    fn element(&self, at: usize, schedule: &mut Schedule) -> Option<usize> {
        let word = |at: usize| self.tokens().get(at).and_then(Token::word).unwrap_or("");
        let said = word(at);
        if let Some((time, length)) = self.time_of_day(at) {
            return schedule.time.replace(time).is_none().then_some(length);
        }
        if let Some(day) = weekday(said) {
            let through = matches!(word(at + 1), "to" | "through" | "till" | "until")
                || self.tokens().get(at + 1).is_some_and(|token| matches!(token.kind, TokenKind::Mark('-' | '–')));
            return Some(match weekday(word(at + 2)).filter(|_| through) {
                Some(last) => {
                    schedule.days_of_week.push(format!("{day}-{last}"));
                    3
                }
                None => {
                    schedule.days_of_week.push(day.to_string());
                    1
                }
            });
        }
        if matches!(said, "every" | "each") {
            return match self.tokens().get(at + 1).map(|token| &token.kind) {
                Some(TokenKind::Number(Value::Int(count))) => schedule.every(*count, word(at + 2)).map(|()| 3),
                _ if weekday(word(at + 1)).is_some() => Some(1),
                _ => schedule.period_of(word(at + 1)).map(|known| if known { 2 } else { 0 }),
            };
        }
        let ordinal = match self.tokens().get(at).map(|token| &token.kind) {
            Some(TokenKind::Ordinal(day)) => Some((*day, 1)),
            _ if said == "first" => Some((1, 1)),
            _ => None,
        };
        if let Some((day, mut length)) = ordinal {
            length += usize::from(word(at + length) == "day");
            let of = word(at + length) == "of" && matches!(word(at + length + 1), "the" | "each" | "every" | "a");
            if of && word(at + length + 2) == "month" {
                let fits = (1..=28).contains(&day) && schedule.day_of_month.replace(day).is_none();
                return fits.then_some(length + 3);
            }
            return Some(0);
        }
        let plural = matches!(
            said,
            "hourly" | "daily" | "nightly" | "weekly" | "monthly" | "weekdays" | "weekends" | "workdays"
        );
        let singly = matches!((word(at.wrapping_sub(1)), said), ("a" | "per", "day" | "week" | "month" | "hour"));
        if plural {
            schedule.period_of(said).map(usize::from)
        } else if singly {
            None
        } else {
            Some(0)
        }
    }

    /// A time of day behind `at`: minute and hour, and how many tokens it takes.
    fn time_of_day(&self, at: usize) -> Option<((u32, u32), usize)> {
        let token = |at: usize| self.tokens().get(at);
        let word = |at: usize| token(at).and_then(Token::word).unwrap_or("");
        let start = at + usize::from(word(at) == "at" || word(at) == "around");
        let lead = start - at;
        match &token(start)?.kind {
            TokenKind::Word(word) if word == "midnight" => Some(((0, 0), lead + 1)),
            TokenKind::Word(word) if word == "noon" => Some(((0, 12), lead + 1)),
            TokenKind::Bare(text) => clock(text).map(|time| (time, lead + 1)),
            TokenKind::Number(Value::Int(hour)) => {
                let hour = u32::try_from(*hour).ok()?;
                let half = word(start + 1);
                match half {
                    "am" | "pm" if (1..=12).contains(&hour) => Some(((0, twelve(hour, half)), lead + 2)),
                    "a.m" | "p.m" if (1..=12).contains(&hour) => Some(((0, twelve(hour, half)), lead + 2)),
                    "o'clock" if hour < 24 => Some(((0, hour), lead + 2)),
                    _ => None,
                }
            }
            _ => None,
        }
    }
}

impl Schedule {
    /// `every 5 minutes`: nothing where the steps are not even.
    fn every(&mut self, count: i64, unit: &str) -> Option<()> {
        let steps = match unit {
            "minute" | "minutes" | "min" | "mins" if (1..60).contains(&count) && 60 % count == 0 => {
                (format!("*/{count}"), "*".to_owned())
            }
            "hour" | "hours" | "h" if (1..24).contains(&count) && 24 % count == 0 => {
                ("0".to_owned(), format!("*/{count}"))
            }
            _ => return None,
        };
        self.steps.replace(steps).is_none().then_some(())
    }

    /// A period by its name, and whether it is one. Nothing where there is one already.
    fn period_of(&mut self, name: &str) -> Option<bool> {
        let steps = |minute: &str, hour: &str| Some((minute.to_owned(), hour.to_owned()));
        let had = self.period.is_some() || self.steps.is_some();
        match name {
            "minute" => self.steps = steps("*", "*"),
            "hour" | "hourly" => self.steps = steps("0", "*"),
            "day" | "daily" => self.period = Some(Period::Day),
            "night" | "nightly" => (self.period, self.usual_hour) = (Some(Period::Day), 3),
            "week" | "weekly" => self.period = Some(Period::Week),
            "month" | "monthly" => self.period = Some(Period::Month),
            "weekday" | "weekdays" | "workday" | "workdays" => self.days_of_week.push("1-5".to_owned()),
            "weekend" | "weekends" => self.days_of_week.push("0,6".to_owned()),
            _ => return Some(false),
        }
        (!had).then_some(true)
    }

    fn expression(&self) -> Option<String> {
        let named = (!self.days_of_week.is_empty()).then(|| self.days_of_week.join(","));
        let (month, week) = match (self.period, self.day_of_month, named) {
            (None | Some(Period::Week), None, Some(days)) => ("*".to_owned(), days),
            (None | Some(Period::Month), Some(day), None) => (day.to_string(), "*".to_owned()),
            (Some(Period::Day), None, None) => ("*".to_owned(), "*".to_owned()),
            (Some(Period::Week), None, None) => ("*".to_owned(), "0".to_owned()),
            (Some(Period::Month), None, None) => ("1".to_owned(), "*".to_owned()),
            (None, None, None) if self.steps.is_some() => ("*".to_owned(), "*".to_owned()),
            _ => return None,
        };
        let (minute, hour) = match (&self.steps, self.time) {
            (Some(steps), None) if self.period.is_none() => steps.clone(),
            (None, time) => {
                let (minute, hour) = time.unwrap_or((0, self.usual_hour));
                (minute.to_string(), hour.to_string())
            }
            _ => return None,
        };
        Some(format!("{minute} {hour} {month} * {week}"))
    }
}

/// The number of a weekday by its name, its plural or its first three letters.
fn weekday(word: &str) -> Option<usize> {
    let one = word.strip_suffix('s').unwrap_or(word);
    WEEKDAYS.iter().position(|day| *day == one || one.len() >= 3 && one.len() <= 4 && day.starts_with(one))
}

fn twelve(hour: u32, half: &str) -> u32 {
    hour % 12 + if half.starts_with('p') { 12 } else { 0 }
}

/// Minute and hour of a written time: `8:30`, `2:30 PM`.
fn clock(text: &str) -> Option<(u32, u32)> {
    let lower = text.to_lowercase().replace('.', "");
    let half = lower.find(['a', 'p']).map(|at| lower[at..].to_owned());
    let (hour, minute) = lower.split_once(':')?;
    let minute: u32 = minute.get(..2)?.parse().ok()?;
    let hour: u32 = hour.parse().ok()?;
    match half {
        Some(half) if (1..=12).contains(&hour) => Some((minute, twelve(hour, &half))),
        None if hour < 24 && !lower.contains(' ') => Some((minute, hour)),
        _ => None,
    }
}
