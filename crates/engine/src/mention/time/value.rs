//! What the values of the data mean on the calendar. Each function is explained in `khaldun_lexicon::time::Builtin`.

use super::calendar::{
    Interval, Unit, days_between, hijri, hijri_year, plus_days, plus_months, shift, unit_of, weekday,
};
use jiff::civil::Date;
use khaldun_lexicon::time::{Builtin, Expr};

/// What a part of a pattern, or a whole one, is worth.
#[derive(Clone, Copy, Debug)]
pub(super) enum Value {
    /// Nothing was said.
    Missing,
    /// A word of a class.
    Int(i32),
    /// A number.
    Number(f64),
    /// A time that is not yet laid onto the calendar.
    Spec(Spec),
    /// A stretch of the calendar.
    Interval(Interval),
    /// A time that needs the day of publication, which is unknown.
    Unknown,
    /// A length.
    Length(Length),
}

/// A time as it was told.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Spec {
    pub offset: Option<i32>,
    pub weekday: Option<i32>,
    pub day: Option<i8>,
    pub last_day: Option<i8>,
    pub month: Option<i8>,
    pub last_month: Option<i8>,
    pub year: Option<i16>,
    pub direction: Option<i32>,
}

/// A length in calendar parts.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Length {
    years: f64,
    months: f64,
    weeks: f64,
    days: f64,
    hours: f64,
    minutes: f64,
    seconds: f64,
}

/// What a value may look at, and what it has used.
pub(super) struct Scene {
    pub published: Option<Date>,
    /// The time that was named last.
    pub last: Option<Interval>,
    /// The clause speaks of the future.
    pub future: bool,
    /// Publication was needed.
    pub relative: bool,
    /// What contradicts what.
    pub conflict: Option<String>,
}

enum Out {
    /// The pattern does not hold.
    No,
    /// It holds, but needs publication.
    Unknown,
}

type Found<T> = Result<T, Out>;

fn some<T>(o: Option<T>) -> Found<T> {
    o.ok_or(Out::No)
}

impl Scene {
    /// The value of an entry; absent if the pattern does not hold after all (31 February).
    pub fn eval(&mut self, expr: &Expr, captures: &[Value]) -> Option<Value> {
        match expr {
            Expr::Missing => Some(Value::Missing),
            Expr::Int(n) => Some(Value::Int(*n)),
            Expr::Capture(i) => Some(captures.get(*i as usize).copied().unwrap_or(Value::Missing)),
            Expr::Call(builtin, args) => {
                let mut values = [Value::Missing; 5];
                for (slot, arg) in values.iter_mut().zip(args) {
                    *slot = self.eval(arg, captures)?;
                }
                match self.call(*builtin, &values) {
                    Ok(v) => Some(v),
                    Err(Out::Unknown) => Some(Value::Unknown),
                    Err(Out::No) => None,
                }
            }
        }
    }

    /// Lays a value onto the calendar: absent if it is none, `Some(None)` if publication is unknown.
    pub fn resolve(&mut self, value: Value) -> Option<Option<Interval>> {
        match self.interval(value) {
            Ok(i) => Some(Some(i)),
            Err(Out::Unknown) => Some(None),
            Err(Out::No) => None,
        }
    }

    fn published(&mut self) -> Found<Date> {
        self.relative = true;
        self.published.ok_or(Out::Unknown)
    }

    fn call(&mut self, builtin: Builtin, v: &[Value; 5]) -> Found<Value> {
        use Builtin as B;
        Ok(match builtin {
            B::None => Value::Missing,
            B::Day => Value::Spec(Spec {
                offset: Some(int(v[0])?),
                ..Spec::default()
            }),
            B::Weekday => Value::Spec(Spec {
                weekday: Some(int(v[0])?),
                direction: maybe(v[1]),
                ..Spec::default()
            }),
            B::Date => spec(v[0], v[0], v[1], v[2], v[3])?,
            B::Dates => spec(v[0], v[1], v[2], v[3], v[4])?,
            B::Month => spec(Value::Missing, Value::Missing, v[0], v[1], v[2])?,
            B::Months => {
                let Value::Spec(s) = spec(Value::Missing, Value::Missing, v[0], v[2], v[3])? else {
                    return Err(Out::No);
                };
                Value::Spec(Spec {
                    last_month: Some(int(v[1])? as i8),
                    ..s
                })
            }
            B::Year => Value::Spec(Spec {
                year: Some(int(v[0])? as i16),
                ..Spec::default()
            }),
            B::Both => self.both(v[0], v[1])?,
            B::SameMonth if int(v[0])? == int(v[1])? => v[0],
            B::SameMonth => return Err(Out::No),
            B::Hijri => Value::Interval(self.hijri(int(v[0])?, maybe(v[1]), maybe(v[2]), maybe(v[3]))?),
            B::HijriYear => Value::Interval(some(hijri(int(v[0])?, None, None))?),
            B::Feast => Value::Interval(self.feast(int(v[0])?, maybe(v[1]), v[2])?),
            B::This => {
                let (unit, k) = (unit(v[0])?, int(v[1])?);
                let now = self.published()?;
                Value::Interval(some(
                    shift(some(unit_of(now, unit))?.from, f64::from(k), unit).and_then(|d| unit_of(d, unit)),
                )?)
            }
            B::Ago | B::Hence => {
                let (n, unit) = (counted(v[0], v[2])?, unit(v[1])?);
                let now = self.published()?;
                let n = if builtin == B::Ago { -n } else { n };
                let grain = if n.fract() == 0.0 {
                    unit
                } else {
                    Unit::from_code(unit as i32 - 1).ok_or(Out::No)?
                };
                let grain = if matches!(grain, Unit::HalfYear | Unit::Quarter) {
                    Unit::Month
                } else {
                    grain
                };
                Value::Interval(some(shift(now, n, unit).and_then(|d| unit_of(d, grain)))?)
            }
            B::Past | B::Coming | B::Window => {
                let (n, unit) = (counted(v[0], Value::Missing)?, unit(v[1])?);
                let direction = match builtin {
                    B::Past => -1,
                    B::Coming => 1,
                    _ => int(v[2])?,
                };
                let now = self.published()?;
                Value::Interval(if direction < 0 {
                    some(Interval::new(some(shift(now, -n, unit))?, now))?
                } else {
                    some(Interval::new(now, some(shift(now, n, unit))?))?
                })
            }
            B::Third => Value::Interval(self.third(int(v[0])?, v[1])?),
            B::Half => Value::Interval(self.fraction(int(v[0])?, 2, v[1])?),
            B::Quarter => Value::Interval(self.fraction(int(v[0])?, 4, v[1])?),
            B::Season => Value::Interval(self.season(int(v[0])?, v[1], maybe(v[2]))?),
            B::Decade => {
                let year = |d: i32| if d <= 20 { 2000 + d } else { 1900 + d };
                let (a, b) = (year(int(v[0])?), year(maybe(v[1]).map_or(int(v[0])?, |d| d)));
                Value::Interval(some(Interval::years(a as i16, b as i16 + 9))?)
            }
            B::Century => {
                let n = int(v[0])?;
                if !(1..=30).contains(&n) {
                    return Err(Out::No);
                }
                Value::Interval(some(Interval::years((n as i16 - 1) * 100 + 1, n as i16 * 100))?)
            }
            B::Range => Value::Interval(self.range(v[0], v[1])?),
            B::Nth | B::First | B::Final => {
                let (n, unit) = (counted(v[0], Value::Missing)? as i32, unit(v[1])?);
                let whole = self.interval(v[2])?;
                let at = |k: i32| -> Option<Date> {
                    if unit == Unit::Week {
                        plus_days(whole.from, 7 * k)
                    } else {
                        shift(whole.from, f64::from(k), unit)
                    }
                };
                let (from, to) = match builtin {
                    B::Nth if n > 0 => (at(n - 1), at(n).and_then(|d| plus_days(d, -1))),
                    B::First => (Some(whole.from), at(n).and_then(|d| plus_days(d, -1))),
                    B::Nth => (
                        plus_days(whole.to, 1).and_then(|d| shift(d, -1.0, unit)),
                        Some(whole.to),
                    ),
                    _ => (
                        plus_days(whole.to, 1).and_then(|d| shift(d, -f64::from(n), unit)),
                        Some(whole.to),
                    ),
                };
                let (from, to) = (some(from)?, some(to)?);
                if !whole.contains(from) {
                    return Err(Out::No);
                }
                Value::Interval(some(Interval::new(from, to.min(whole.to)))?)
            }
            B::Same => {
                let unit = unit(v[0])?;
                let last = self.last_named()?;
                Value::Interval(some(unit_of(last.to, unit))?)
            }
            B::Beside => {
                let (unit, k) = (unit(v[0])?, int(v[1])?);
                let last = self.last_named()?;
                let from = if unit == Unit::Day && k > 0 {
                    last.to
                } else {
                    some(unit_of(last.from, unit))?.from
                };
                Value::Interval(some(shift(from, f64::from(k), unit).and_then(|d| unit_of(d, unit)))?)
            }
            B::SameDayOf => {
                let last = self.last_named()?;
                let date = Date::new(last.to.year(), last.to.month(), int(v[0])? as i8).ok();
                Value::Interval(Interval::day(some(date)?))
            }
            B::SamePeriod => {
                let last = self.last_named()?;
                let years = i32::from(self.interval(v[0])?.from.year()) - i32::from(last.from.year());
                let moved = |d: Date| plus_months(d, years * 12);
                Value::Interval(some(Interval::new(some(moved(last.from))?, some(moved(last.to))?))?)
            }
            B::SchoolYear => {
                let first = match maybe(v[1]) {
                    Some(year) => year as i16,
                    None => {
                        let now = self.published()?;
                        now.year() - i16::from(now.month() < 9) + int(v[0])? as i16
                    }
                };
                Value::Interval(some(Interval::new(
                    some(Date::new(first, 9, 1).ok())?,
                    some(Date::new(first + 1, 8, 31).ok())?,
                ))?)
            }
            B::DayAfter => Value::Interval(Interval::day(some(plus_days(self.interval(v[0])?.to, 1))?)),
            B::DayBefore => Value::Interval(Interval::day(some(plus_days(self.interval(v[0])?.from, -1))?)),
            B::RecentDays => {
                let now = self.published()?;
                Value::Interval(some(Interval::new(
                    some(plus_days(now, -7))?,
                    some(plus_days(now, -1))?,
                ))?)
            }
            B::Length => Value::Length(Length::of(counted(v[0], v[2])?, unit(v[1])?)),
            B::Parts => Value::Length(Length::of(f64::from(int(v[0])?) / 4.0, unit(v[1])?)),
            B::Sum => match (v[0], v[1]) {
                (Value::Length(a), Value::Length(b)) => Value::Length(a.plus(b)),
                _ => return Err(Out::No),
            },
        })
    }

    fn last_named(&mut self) -> Found<Interval> {
        match self.last {
            Some(i) => Ok(i),
            None => self.published().map(Interval::day),
        }
    }

    fn interval(&mut self, value: Value) -> Found<Interval> {
        match value {
            Value::Interval(i) => Ok(i),
            Value::Spec(s) => self.lay(s),
            Value::Unknown => Err(Out::Unknown),
            _ => Err(Out::No),
        }
    }

    /// Two accounts of one time.
    fn both(&mut self, a: Value, b: Value) -> Found<Value> {
        Ok(match (a, b) {
            (Value::Spec(a), Value::Spec(b)) => {
                if a.month.is_some() && b.month.is_some() && (a.month, a.day) != (b.month, b.day)
                    || a.weekday.is_some() && b.weekday.is_some()
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
    fn lay(&mut self, s: Spec) -> Found<Interval> {
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
            Some(d) if d < 0 => -(if back == 0 { 7 } else { back }),
            Some(d) if d > 0 => 7 - back,
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
                d if d > 0 => d * 3 / 2,
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

    fn hijri(&mut self, month: i32, year: Option<i32>, day: Option<i32>, direction: Option<i32>) -> Found<Interval> {
        let (month, day) = (Some(month as u8), day.map(|d| d as u8));
        if let Some(year) = year {
            return some(hijri(year, month, day));
        }
        let y = hijri_year(self.published()?);
        self.choose((y - 2..=y + 2).filter_map(|y| hijri(y, month, day)), direction)
    }

    fn feast(&mut self, feast: i32, direction: Option<i32>, year: Value) -> Found<Interval> {
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
                some(days.last())
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
            some(days.last())
        } else {
            self.choose(days, direction)
        }
    }

    fn third(&mut self, k: i32, value: Value) -> Found<Interval> {
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

    fn fraction(&mut self, k: i32, of: i32, value: Value) -> Found<Interval> {
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

    fn season(&mut self, season: i32, year: Value, direction: Option<i32>) -> Found<Interval> {
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

    fn range(&mut self, a: Value, b: Value) -> Found<Interval> {
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
            _ => self.interval(a)?,
        };
        some(Interval::new(first.from, last.to))
    }
}

fn spec(first: Value, last: Value, month: Value, year: Value, direction: Value) -> Found<Value> {
    let year = match year {
        Value::Spec(Spec { year: Some(y), .. }) => Some(y),
        Value::Interval(i) => Some(i.from.year()),
        Value::Unknown => return Err(Out::Unknown),
        v => maybe(v).map(|y| y as i16),
    };
    let (day, last_day) = (maybe(first).map(|d| d as i8), maybe(last).map(|d| d as i8));
    let month = int(month)? as i8;
    if day.is_some_and(|d| Date::new(2024, month, d).is_err()) {
        return Err(Out::No);
    }
    Ok(Value::Spec(Spec {
        day,
        last_day,
        month: Some(month),
        year,
        direction: maybe(direction),
        ..Spec::default()
    }))
}

fn int(v: Value) -> Found<i32> {
    match v {
        Value::Int(n) => Ok(n),
        Value::Number(n) if n.fract() == 0.0 && n.abs() < 1e6 => Ok(n as i32),
        _ => Err(Out::No),
    }
}

fn maybe(v: Value) -> Option<i32> {
    int(v).ok()
}

fn unit(v: Value) -> Found<Unit> {
    some(Unit::from_code(int(v)?))
}

/// A count, one if nothing is said, with quarters added.
fn counted(n: Value, quarters: Value) -> Found<f64> {
    let n = match n {
        Value::Missing => 1.0,
        Value::Int(n) => f64::from(n),
        Value::Number(n) => n,
        _ => return Err(Out::No),
    };
    if !(0.0..100_000.0).contains(&n) && n != -1.0 {
        return Err(Out::No);
    }
    Ok(n + f64::from(maybe(quarters).unwrap_or(0)) / 4.0)
}

impl Length {
    fn of(n: f64, unit: Unit) -> Length {
        let (whole, rest) = (n.trunc(), n.fract());
        let zero = Length::default();
        match unit {
            Unit::Second => Length { seconds: n, ..zero },
            Unit::Minute => Length {
                minutes: whole,
                seconds: rest * 60.0,
                ..zero
            },
            Unit::Hour => Length {
                hours: whole,
                minutes: rest * 60.0,
                ..zero
            },
            Unit::Day => Length {
                days: whole,
                hours: rest * 24.0,
                ..zero
            },
            Unit::Week => Length {
                weeks: whole,
                days: rest * 7.0,
                ..zero
            },
            Unit::Month => Length {
                months: whole,
                days: rest * 30.0,
                ..zero
            },
            Unit::Quarter => Length {
                months: n * 3.0,
                ..zero
            },
            Unit::HalfYear => Length {
                months: n * 6.0,
                ..zero
            },
            Unit::Year => Length {
                years: whole,
                months: rest * 12.0,
                ..zero
            },
            Unit::Decade => Length {
                years: n * 10.0,
                ..zero
            },
            Unit::Century => Length {
                years: n * 100.0,
                ..zero
            },
        }
    }
    fn plus(self, o: Length) -> Length {
        Length {
            years: self.years + o.years,
            months: self.months + o.months,
            weeks: self.weeks + o.weeks,
            days: self.days + o.days,
            hours: self.hours + o.hours,
            minutes: self.minutes + o.minutes,
            seconds: self.seconds + o.seconds,
        }
    }
    /// ISO 8601.
    pub fn iso(self) -> String {
        let mut out = String::from("P");
        let put = |out: &mut String, parts: &[(f64, char)]| {
            for (n, letter) in parts.iter().filter(|p| p.0.round() > 0.0) {
                out.push_str(&n.round().to_string());
                out.push(*letter);
            }
        };
        put(
            &mut out,
            &[
                (self.years, 'Y'),
                (self.months, 'M'),
                (self.weeks, 'W'),
                (self.days, 'D'),
            ],
        );
        if self.hours.max(self.minutes).max(self.seconds).round() > 0.0 {
            out.push('T');
            put(&mut out, &[(self.hours, 'H'), (self.minutes, 'M'), (self.seconds, 'S')]);
        }
        if out == "P" { "P0D".to_owned() } else { out }
    }
}
