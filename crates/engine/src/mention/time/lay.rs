//! Lays a time as it was told onto the calendar: which year a month without a year means, which Friday a Friday is.

use super::calendar::{Interval, days_between, hijri, hijri_year, plus_days, plus_months, weekday};
use super::value::{Found, Out, Scene, Spec, Value, some};
use jiff::civil::Date;

impl Scene {
    /// Two accounts of one time.
    pub(super) fn both(&mut self, a: Value, b: Value) -> Found<Value> {
        Ok(match (a, b) {
            (Value::Spec(a), Value::Spec(b)) => {
                if a.month.is_some() && b.month.is_some() && (a.month, a.day) != (b.month, b.day)
                    || a.weekday.is_some() && b.weekday.is_some()
                    || a.offset.is_some() && b.offset.is_some()
                {
                    return Err(Out::No);
                }
                Value::Spec(Spec {
                    offset: a.offset.or(b.offset),
                    weekday: a.weekday.or(b.weekday),
                    day: a.day.or(b.day),
                    last_day: a.last_day.or(b.last_day),
                    month: a.month.or(b.month),
                    last_month: a.last_month.or(b.last_month),
                    year: a.year.or(b.year),
                    direction: a.direction.or(b.direction),
                })
            }
            (Value::Spec(s), Value::Interval(_)) | (Value::Interval(_), Value::Spec(s)) if s.month.is_some() => {
                Value::Spec(s)
            }
            (Value::Spec(s), Value::Interval(i)) | (Value::Interval(i), Value::Spec(s)) => {
                // A weekday beside a Hijri date.
                if s.weekday.is_some_and(|w| w != weekday(i.from)) {
                    self.conflict
                        .get_or_insert_with(|| "the weekday contradicts the date".to_owned());
                }
                Value::Interval(i)
            }
            (Value::Unknown, v) | (v, _) => v,
        })
    }

    /// Lays a told time onto the calendar.
    pub(super) fn lay(&mut self, s: Spec) -> Found<Interval> {
        if let Some(month) = s.month {
            let found = self.lay_month(s, month)?;
            if s.weekday
                .is_some_and(|w| found.from == found.to && w != weekday(found.from))
            {
                self.conflict
                    .get_or_insert_with(|| "the weekday contradicts the date".to_owned());
            }
            return Ok(found);
        }
        if let Some(year) = s.year {
            return some(Interval::year(year));
        }
        let now = self.published()?;
        if let Some(offset) = s.offset {
            let day = some(plus_days(now, offset))?;
            let Some(w) = s.weekday else {
                return Ok(Interval::day(day));
            };
            let mut apart = (w - weekday(day)).rem_euclid(7);
            if apart > 3 {
                apart -= 7;
            }
            if apart != 0 {
                self.conflict
                    .get_or_insert_with(|| "the weekday contradicts the distance".to_owned());
            }
            return Ok(Interval::day(some(plus_days(
                day,
                if apart.abs() <= 2 { apart } else { 0 },
            ))?));
        }
        let w = some(s.weekday)?;
        let back = (weekday(now) - w).rem_euclid(7);
        let days = match s.direction {
            Some(d) if d < 0 => 7 * (d + 1) - if back == 0 { 7 } else { back },
            Some(d) if d > 0 => 7 * d - back,
            Some(_) => w - weekday(now),
            None if self.future => (7 - back) % 7,
            None => -back,
        };
        Ok(Interval::day(some(plus_days(now, days))?))
    }

    fn lay_month(&mut self, s: Spec, month: i8) -> Found<Interval> {
        let at = |year: i16| -> Option<Interval> {
            match (s.day, s.last_day) {
                (Some(a), Some(b)) => Interval::new(Date::new(year, month, a).ok()?, Date::new(year, month, b).ok()?),
                _ => {
                    let first = Interval::month(year, month)?;
                    let Some(last) = s.last_month else { return Some(first) };
                    Interval::new(first.from, Interval::month(year + i16::from(last < month), last)?.to)
                }
            }
        };
        if let Some(year) = s.year {
            let found = some(at(year))?;
            if let (Some(offset), Some(now)) = (s.offset, self.published) {
                let off = (days_between(now, found.from) - offset).abs();
                if off != 0 {
                    self.conflict
                        .get_or_insert_with(|| "the date contradicts the distance".to_owned());
                }
            }
            return Ok(found);
        }
        let now = match self.published() {
            Ok(now) => now,
            // A day that no year has does not hold; the 29th of February may.
            Err(_) if at(2024).is_none() => return Err(Out::No),
            Err(e) => return Err(e),
        };
        let y = now.year();
        let candidates = [y + 1, y, y - 1].map(at).into_iter().flatten();
        let target = match s.offset {
            Some(k) => some(plus_days(now, k))?,
            None => now,
        };
        let found = match s.direction {
            Some(d) if d < 0 => candidates.filter(|c| c.to < now).max_by_key(|c| c.from),
            Some(d) if d > 0 => candidates.filter(|c| c.from > now).min_by_key(|c| c.from),
            None if s.offset.is_none() && self.future => candidates.filter(|c| c.to >= now).min_by_key(|c| c.from),
            // The nearest, with some preference for the past.
            _ => candidates.min_by_key(|c| match c.distance(target) {
                d if d > 0 => d * 3,
                d => -d,
            }),
        };
        let found = match found {
            Some(f) => f,
            // 29 February: the leap years are further apart.
            None => some((0..8).flat_map(|k| [at(y - k), at(y + k)]).flatten().next())?,
        };
        if let Some(offset) = s.offset {
            let off = (days_between(now, found.from) - offset).abs();
            if off != 0 {
                self.conflict
                    .get_or_insert_with(|| "the date contradicts the distance".to_owned());
            }
            if off > 2 {
                return Ok(Interval::day(target));
            }
        }
        Ok(found)
    }

    /// Of several years' occurrences, the one that is meant.
    fn choose(&mut self, found: impl Iterator<Item = Interval>, direction: Option<i32>) -> Found<Interval> {
        let now = self.published()?;
        some(match direction {
            Some(d) if d < 0 => found.filter(|c| c.to < now).max_by_key(|c| c.from),
            Some(d) if d > 0 => found.filter(|c| c.from > now).min_by_key(|c| c.from),
            None if self.future => found.filter(|c| c.to >= now).min_by_key(|c| c.from),
            _ => found.min_by_key(|c| c.distance(now).abs()),
        })
    }

    pub(super) fn hijri(
        &mut self,
        month: i32,
        year: Option<i32>,
        day: Option<i32>,
        direction: Option<i32>,
    ) -> Found<Interval> {
        let (month, day) = (Some(month as u8), day.map(|d| d as u8));
        if let Some(year) = year {
            return some(hijri(year, month, day));
        }
        let y = hijri_year(self.published()?);
        self.choose((y - 2..=y + 2).filter_map(|y| hijri(y, month, day)), direction)
    }

    pub(super) fn feast(&mut self, feast: i32, direction: Option<i32>, year: Value) -> Found<Interval> {
        let (month, day) = ((feast.abs() / 100) as u8, (feast.abs() % 100) as u8);
        let (first, last) = match year {
            Value::Missing => {
                let y = self.published()?.year();
                (y - 2, y + 2)
            }
            v => {
                let y = self.interval(v)?.from.year();
                (y, y)
            }
        };
        if feast < 0 {
            let days = (first..=last).filter_map(|y| Some(Interval::day(Date::new(y, month as i8, day as i8).ok()?)));
            return if first == last {
                some(days.max_by_key(|d| d.from))
            } else {
                self.choose(days, direction)
            };
        }
        let range =
            hijri_year(some(Date::new(first, 1, 1).ok())?) - 1..=hijri_year(some(Date::new(last, 12, 31).ok())?) + 1;
        let days = range
            .filter_map(|y| hijri(y, Some(month), Some(day)))
            .filter(|i| (first..=last).contains(&i.from.year()));
        if first == last {
            some(days.max_by_key(|d| d.from))
        } else {
            self.choose(days, direction)
        }
    }

    pub(super) fn third(&mut self, k: i32, value: Value) -> Found<Interval> {
        let whole = self.interval(value)?;
        let k = if (1..=3).contains(&k) { k } else { 3 };
        let days = whole.len();
        let from = |d: i32| plus_days(whole.from, d);
        let month = |m: i32| plus_months(whole.from, m);
        let before = |d: Option<Date>| d.and_then(|d| plus_days(d, -1));
        let (a, b) = match days {
            1 => (Some(whole.from), Some(whole.from)),
            7 => [(from(0), from(1)), (from(2), from(4)), (from(5), from(6))][k as usize - 1],
            365..=366 => (month(4 * (k - 1)), before(month(4 * k))),
            3652..=3653 => {
                let at = [0, 36, 84, 120];
                let k = k as usize;
                (month(at[k - 1]), before(month(at[k])))
            }
            28..=31 => (
                from(10 * (k - 1)),
                if k == 3 { Some(whole.to) } else { from(10 * k - 1) },
            ),
            _ => (
                from(days * (k - 1) / 3),
                if k == 3 { Some(whole.to) } else { from(days * k / 3 - 1) },
            ),
        };
        some(Interval::new(some(a)?, some(b)?))
    }

    pub(super) fn fraction(&mut self, k: i32, of: i32, value: Value) -> Found<Interval> {
        let whole = self.interval(value)?;
        let k = if k < 0 { of } else { k };
        if !(1..=of).contains(&k) {
            return Err(Out::No);
        }
        let days = whole.len();
        let (a, b) = if days >= 365 && days % 365 < 25 {
            let months = (days / 365) * 12;
            (
                plus_months(whole.from, months * (k - 1) / of),
                plus_months(whole.from, months * k / of).and_then(|d| plus_days(d, -1)),
            )
        } else {
            (
                plus_days(whole.from, days * (k - 1) / of),
                plus_days(whole.from, days * k / of - 1),
            )
        };
        some(Interval::new(some(a)?, some(b)?))
    }

    pub(super) fn season(&mut self, season: i32, year: Value, direction: Option<i32>) -> Found<Interval> {
        let at = |year: i16| -> Option<Interval> {
            let from = Date::new(year, season as i8 * 3, 1).ok()?;
            Interval::new(from, plus_months(from, 2)?.last_of_month())
        };
        if !matches!(year, Value::Missing) {
            return some(at(self.interval(year)?.from.year()));
        }
        let now = self.published()?;
        let y = now.year();
        self.choose((y - 2..=y + 2).filter_map(at), direction)
    }

    pub(super) fn range(&mut self, a: Value, b: Value) -> Found<Interval> {
        let last = self.interval(b)?;
        let first = match (a, b) {
            (Value::Spec(a), Value::Spec(b)) if a.month.is_some() && a.year.is_none() => {
                let year = b.year.unwrap_or(last.to.year());
                let first = self.lay(Spec { year: Some(year), ..a })?;
                if first.from <= last.to {
                    first
                } else {
                    self.lay(Spec {
                        year: Some(year - 1),
                        ..a
                    })?
                }
            }
            (Value::Spec(a), Value::Spec(_)) if a.weekday.is_some() && a.month.is_none() && a.offset.is_none() => {
                let first = self.lay(a)?;
                let ahead = (weekday(last.from) - weekday(first.from)).rem_euclid(7);
                return some(Interval::new(first.from, some(plus_days(first.from, ahead))?));
            }
            // Digits in a text from right to left: 2018/2017.
            (
                Value::Spec(Spec {
                    year: Some(a),
                    month: None,
                    ..
                }),
                Value::Spec(Spec {
                    year: Some(b),
                    month: None,
                    ..
                }),
            ) => {
                return some(Interval::years(a.min(b), a.max(b)));
            }
            _ => self.interval(a)?,
        };
        some(Interval::new(first.from, last.to))
    }
}
