//! Reads what patterns ask for besides words: numbers, years, dates in digits.

use super::calendar::hijri;
use super::reader::{Place, Reader};
use super::value::{Spec, Value};
use crate::mention::number;
use crate::token::{Kind, Token};
use jiff::civil::Date;
use khaldun_lexicon::time::Terminal;
use std::ops::Range;

impl Reader<'_> {
    pub(super) fn terminal(&self, terminal: Terminal, at: Place) -> Option<(Value, Place)> {
        let token = &self.tokens[at.token];
        let after = |n: usize| Place {
            token: at.token + n,
            skip: 0,
        };
        let digits = |t: &Token| {
            (t.kind == Kind::Number)
                .then(|| t.folded(self.text))
                .filter(|s| s.len() <= 4)
                .and_then(|s| s.parse::<i32>().ok())
        };
        let within = |len: Range<u32>, values: std::ops::RangeInclusive<i32>| {
            let n = digits(token).filter(|_| at.skip == 0)?;
            (len.contains(&(token.end - token.start)) && values.contains(&n)).then_some((Value::Int(n), after(1)))
        };
        match terminal {
            Terminal::Year => within(4..5, 1000..=2199),
            Terminal::ModernYear => within(4..5, 1900..=2099),
            Terminal::HijriYear => within(4..5, 1300..=1599),
            Terminal::DayOfMonth => within(1..3, 1..=31),
            Terminal::MonthNumber => within(1..3, 1..=12),
            Terminal::Number | Terminal::Many => {
                let n = number::parse_inside(self.text, self.tokens, at.token, at.skip, &self.table.numbers)?;
                let exact = n.value_max == Some(n.value_min);
                ((terminal == Terminal::Number) == exact).then_some((Value::Number(n.value_min), after(n.len)))
            }
            Terminal::Numeric => {
                if token.kind != Kind::Number || at.skip > 0 {
                    return None;
                }
                let date = |a: i32, b: i32, c: i32| {
                    let (y, m, d) = if a > 31 { (a, b, c) } else { (c, b, a) };
                    let (m, d) = if m > 12 { (d, m) } else { (m, d) };
                    if (1300..1500).contains(&y) {
                        return hijri(y, Some(m as u8), Some(d as u8)).map(Value::Interval);
                    }
                    let fine = (1000..2200).contains(&y) && Date::new(y as i16, m as i8, d as i8).is_ok();
                    let (month, day) = (Some(m as i8), Some(d as i8));
                    fine.then_some(Value::Spec(Spec {
                        day,
                        last_day: day,
                        month,
                        year: Some(y as i16),
                        ..Spec::default()
                    }))
                };
                let word = token.folded(self.text);
                if word.contains('.') {
                    let mut parts = word.split('.');
                    let mut next = || parts.next()?.parse::<i32>().ok().filter(|n| *n < 3000);
                    let (a, b, c) = (next()?, next()?, next()?);
                    return (parts.next().is_none())
                        .then(|| date(a, b, c))
                        .flatten()
                        .map(|v| (v, after(1)));
                }
                let mark = |i: usize| -> Option<u8> {
                    let t = self.tokens.get(at.token + i)?;
                    (t.kind == Kind::Punct)
                        .then(|| t.folded(self.text).as_bytes()[0])
                        .filter(|c| matches!(c, b'/' | b'-'))
                };
                let n = |i: usize| self.tokens.get(at.token + i).and_then(digits);
                let sep = mark(1)?;
                if mark(3)? != sep || mark(5) == Some(sep) && n(6).is_some() {
                    return None;
                }
                date(n(0)?, n(2)?, n(4)?).map(|v| (v, after(5)))
            }
        }
    }
}
