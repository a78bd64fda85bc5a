//! Intervals, units and the Hijri calendar.

use icu_calendar::Date as IcuDate;
use icu_calendar::cal::{Gregorian, Hijri};
use jiff::Span;
use jiff::civil::Date;

/// Days from the first to the last, both included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Interval {
    pub from: Date,
    pub to: Date,
}

/// Units by their value in `data/time/words.toml`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd)]
pub(super) enum Unit {
    Second = 1,
    Minute,
    Hour,
    Day,
    Week,
    Month,
    Quarter,
    HalfYear,
    Year,
    Decade,
    Century,
}

impl Unit {
    pub fn from_code(code: i32) -> Option<Unit> {
        use Unit::*;
        [
            Second, Minute, Hour, Day, Week, Month, Quarter, HalfYear, Year, Decade, Century,
        ]
        .get(usize::try_from(code).ok()?.checked_sub(1)?)
        .copied()
    }
    /// Months in it, for units of months and more.
    fn months(self) -> i32 {
        match self {
            Unit::Month => 1,
            Unit::Quarter => 3,
            Unit::HalfYear => 6,
            Unit::Year => 12,
            Unit::Decade => 120,
            Unit::Century => 1200,
            _ => 0,
        }
    }
}

impl Interval {
    pub fn day(date: Date) -> Interval {
        Interval { from: date, to: date }
    }
    pub fn new(from: Date, to: Date) -> Option<Interval> {
        (from <= to).then_some(Interval { from, to })
    }
    pub fn year(year: i16) -> Option<Interval> {
        Interval::new(Date::new(year, 1, 1).ok()?, Date::new(year, 12, 31).ok()?)
    }
    pub fn years(first: i16, last: i16) -> Option<Interval> {
        Interval::new(Interval::year(first)?.from, Interval::year(last)?.to)
    }
    pub fn month(year: i16, month: i8) -> Option<Interval> {
        let from = Date::new(year, month, 1).ok()?;
        Some(Interval {
            from,
            to: from.last_of_month(),
        })
    }
    pub fn len(self) -> i32 {
        days_between(self.from, self.to) + 1
    }
    pub fn contains(self, date: Date) -> bool {
        self.from <= date && date <= self.to
    }
    /// Days from a date to the nearest day of the interval: negative if it lies before the date.
    pub fn distance(self, date: Date) -> i32 {
        if self.to < date {
            days_between(date, self.to)
        } else if self.from > date {
            days_between(date, self.from)
        } else {
            0
        }
    }
}

pub(super) fn days_between(a: Date, b: Date) -> i32 {
    a.until(b).map_or(0, |s| s.get_days())
}

pub(super) fn plus_days(date: Date, days: i32) -> Option<Date> {
    date.checked_add(Span::new().try_days(days).ok()?).ok()
}

pub(super) fn plus_months(date: Date, months: i32) -> Option<Date> {
    date.checked_add(Span::new().try_months(months).ok()?).ok()
}

/// Sunday is 0.
pub(super) fn weekday(date: Date) -> i32 {
    i32::from(date.weekday().to_sunday_zero_offset())
}

/// The calendar unit that holds a date; weeks begin on Sunday.
pub(super) fn unit_of(date: Date, unit: Unit) -> Option<Interval> {
    let year = date.year();
    match unit {
        Unit::Second | Unit::Minute | Unit::Hour | Unit::Day => Some(Interval::day(date)),
        Unit::Week => {
            let from = plus_days(date, -weekday(date))?;
            Interval::new(from, plus_days(from, 6)?)
        }
        Unit::Month => Interval::month(year, date.month()),
        Unit::Quarter | Unit::HalfYear => {
            let months = unit.months() as i8;
            let first = (date.month() - 1) / months * months + 1;
            Interval::new(
                Date::new(year, first, 1).ok()?,
                Date::new(year, first + months - 1, 1).ok()?.last_of_month(),
            )
        }
        Unit::Year => Interval::year(year),
        Unit::Decade => Interval::years(year.div_euclid(10) * 10, year.div_euclid(10) * 10 + 9),
        Unit::Century => Interval::years(
            (year - 1).div_euclid(100) * 100 + 1,
            (year - 1).div_euclid(100) * 100 + 100,
        ),
    }
}

/// A date moved by a number of units (which may have a fraction).
pub(super) fn shift(date: Date, n: f64, unit: Unit) -> Option<Date> {
    if !n.is_finite() || n.abs() > 100_000.0 {
        return None;
    }
    match unit {
        Unit::Second | Unit::Minute => Some(date),
        Unit::Hour => plus_days(date, (n / 24.0).round() as i32),
        Unit::Day => plus_days(date, n.round() as i32),
        Unit::Week => plus_days(date, (n * 7.0).round() as i32),
        Unit::Month => {
            let days = ((n - n.trunc()) * 30.0).round() as i32;
            plus_days(plus_months(date, n.trunc() as i32)?, days)
        }
        _ => plus_months(date, (n * f64::from(unit.months())).round() as i32),
    }
}

/// A day, a month (`day` absent) or a year of the Umm al-Qura calendar.
pub(super) fn hijri(year: i32, month: Option<u8>, day: Option<u8>) -> Option<Interval> {
    let iso = |y: i32, m: u8, d: u8| -> Option<Date> {
        let date = IcuDate::try_new_hijri_with_calendar(y, m, d, Hijri::new_umm_al_qura())
            .ok()?
            .to_calendar(Gregorian);
        Date::new(
            date.era_year().year as i16,
            date.month().ordinal as i8,
            date.day_of_month().0 as i8,
        )
        .ok()
    };
    match (month, day) {
        (Some(m), Some(d)) => iso(year, m, d).map(Interval::day),
        (Some(m), None) => {
            let (y2, m2) = if m == 12 { (year + 1, 1) } else { (year, m + 1) };
            Interval::new(iso(year, m, 1)?, plus_days(iso(y2, m2, 1)?, -1)?)
        }
        (None, _) => Interval::new(iso(year, 1, 1)?, plus_days(iso(year + 1, 1, 1)?, -1)?),
    }
}

/// The Hijri year that holds a date, give or take one.
pub(super) fn hijri_year(date: Date) -> i32 {
    let solar = f64::from(date.year()) + f64::from(date.day_of_year()) / 365.25;
    ((solar - 622.54) * 1.030_684).floor() as i32 + 1
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn ramadan_1438_is_known() {
        let ramadan = hijri(1438, Some(9), None).unwrap();
        assert_eq!((ramadan.from, ramadan.to), (date(2017, 5, 27), date(2017, 6, 24)));
        assert!((hijri_year(date(2017, 6, 1)) - 1438).abs() <= 1);
    }

    #[test]
    fn weeks_begin_on_sunday() {
        let week = unit_of(date(2016, 8, 14), Unit::Week).unwrap();
        assert_eq!((week.from, week.to), (date(2016, 8, 14), date(2016, 8, 20)));
    }
}
