//! What the values of the data mean on the calendar. Each function is explained in `khaldun_lexicon::time::Builtin`.

use super::calendar::{Interval, Unit, hijri, plus_days, plus_months, shift, unit_of};
use super::length::Length;
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

pub(super) enum Out {
    /// The pattern does not hold.
    No,
    /// It holds, but needs publication.
    Unknown,
}

pub(super) type Found<T> = Result<T, Out>;

pub(super) fn some<T>(o: Option<T>) -> Found<T> {
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

    pub(super) fn published(&mut self) -> Found<Date> {
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
                let grain = match grain {
                    Unit::HalfYear | Unit::Quarter => Unit::Month,
                    Unit::Decade | Unit::Century => Unit::Year,
                    grain => grain,
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
                let mut last = self.last_named()?;
                if maybe(v[1]).is_some() {
                    last = some(unit_of(last.from, unit(v[1])?))?;
                }
                let years = i32::from(self.interval(v[0])?.from.year()) - i32::from(last.from.year());
                let moved = |d: Date| plus_months(d, years * 12);
                Value::Interval(some(Interval::new(some(moved(last.from))?, some(moved(last.to))?))?)
            }
            B::SameDate => {
                let year = self.interval(v[0])?.from.year();
                let now = self.published()?;
                Value::Interval(Interval::day(some(plus_months(
                    now,
                    (i32::from(year) - i32::from(now.year())) * 12,
                ))?))
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

    pub(super) fn interval(&mut self, value: Value) -> Found<Interval> {
        match value {
            Value::Interval(i) => Ok(i),
            Value::Spec(s) => self.lay(s),
            Value::Unknown => Err(Out::Unknown),
            _ => Err(Out::No),
        }
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
