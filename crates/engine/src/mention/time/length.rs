//! Lengths of time.

use super::calendar::Unit;

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

impl Length {
    pub fn of(n: f64, unit: Unit) -> Length {
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
    pub fn plus(self, o: Length) -> Length {
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
