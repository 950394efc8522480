//! Functions of calendar dates, written as year-month-day in the Gregorian calendar, years 1 to 9999.

use super::Builtin;

/// These functions.
pub(super) const ALL: &[Builtin] = &[
    Builtin {
        name: "day_number",
        category: "dates",
        signatures: &["day_number(date: text) -> int"],
        about: "The days since 1970-01-01. Fails with invalid_argument for anything but a date such as 2024-02-29.",
        words: "epoch convert",
        example: "day_number(\"1970-01-02\") == 1",
    },
    Builtin {
        name: "date_of",
        category: "dates",
        signatures: &["date_of(days: int) -> text"],
        about: "The date so many days after 1970-01-01. Fails with invalid_argument beyond the years 1 to 9999.",
        words: "epoch convert",
        example: "date_of(365) == \"1971-01-01\"",
    },
    Builtin {
        name: "make_date",
        category: "dates",
        signatures: &["make_date(year: int, month: int, day: int) -> text"],
        about: "The date. Fails with invalid_argument if there is none.",
        words: "build create",
        example: "make_date(2024, 2, 29) == \"2024-02-29\"",
    },
    Builtin {
        name: "year",
        category: "dates",
        signatures: &["year(date: text) -> int"],
        about: "The year of a date. Fails with invalid_argument for anything but a date.",
        words: "calendar",
        example: "year(\"2024-02-29\") == 2024",
    },
    Builtin {
        name: "month",
        category: "dates",
        signatures: &["month(date: text) -> int"],
        about: "The month of a date, 1 to 12. Fails with invalid_argument for anything but a date.",
        words: "calendar",
        example: "month(\"2024-02-29\") == 2",
    },
    Builtin {
        name: "day",
        category: "dates",
        signatures: &["day(date: text) -> int"],
        about: "The day of the month of a date. Fails with invalid_argument for anything but a date.",
        words: "calendar",
        example: "day(\"2024-02-29\") == 29",
    },
    Builtin {
        name: "weekday",
        category: "dates",
        signatures: &["weekday(date: text) -> int"],
        about: "The day of the week, 1 for Monday to 7 for Sunday. Fails with invalid_argument for anything but a date.",
        words: "day name",
        example: "weekday(\"1970-01-01\") == 4",
    },
    Builtin {
        name: "add_days",
        category: "dates",
        signatures: &["add_days(date: text, days: int) -> text"],
        about: "The date so many days later. Fails with invalid_argument for anything but a date, or beyond the years 1 to 9999.",
        words: "plus later before",
        example: "add_days(\"2024-02-28\", 2) == \"2024-03-01\"",
    },
    Builtin {
        name: "add_months",
        category: "dates",
        signatures: &["add_months(date: text, months: int) -> text"],
        about: "The same day so many months later, or that month's last. Fails with invalid_argument for anything but a date, or beyond the years 1 to 9999.",
        words: "plus later before",
        example: "add_months(\"2024-01-31\", 1) == \"2024-02-29\"",
    },
];
