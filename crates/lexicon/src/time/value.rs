//! The closed vocabulary of values. A rule that wants an `if` gets one more function here, with its line of explanation.

use serde::{Deserialize, Serialize};

/// The value of an entry.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Expr {
    /// What a part of the pattern read.
    Capture(u8),
    /// `_`: left out.
    Missing,
    /// A number.
    Int(i32),
    /// A function.
    Call(Builtin, Vec<Expr>),
}

macro_rules! builtins {
    ($($name:literal $variant:ident $least:literal..=$most:literal $doc:literal;)*) => {
        /// A function of the value language. Days, months and years that a pattern leaves out are missing arguments.
        /// "Direction" is -1 (last), 0 (this) or 1 (next).
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
        pub enum Builtin { $(#[doc = $doc] $variant,)* }

        fn builtin(name: &str) -> Option<(Builtin, usize, usize)> {
            match name { $($name => Some((Builtin::$variant, $least, $most)),)* _ => None }
        }
    };
}

builtins! {
    "none" None 0..=0 "No value: sets and vague references.";
    "day" Day 1..=1 "day(k): k days after publication.";
    "weekday" Weekday 1..=2 "weekday(w, direction): without a direction the latest up to publication, or the next if the clause is future.";
    "date" Date 2..=4 "date(day, month, year, direction).";
    "dates" Dates 3..=5 "dates(first, last, month, year, direction): days of one month.";
    "month" Month 1..=3 "month(month, year, direction).";
    "months" Months 2..=4 "months(first, last, year, direction).";
    "year" Year 1..=1 "year(year).";
    "both" Both 2..=2 "both(a, b): two accounts of one time, a weekday and a date, yesterday and a weekday.";
    "same_month" SameMonth 2..=2 "same_month(a, b): the two names of one month; no match if they differ.";
    "hijri" Hijri 1..=4 "hijri(month, year, day, direction), Umm al-Qura.";
    "hijri_year" HijriYear 1..=1 "hijri_year(year).";
    "feast" Feast 1..=3 "feast(feast, direction, year).";
    "this" This 2..=2 "this(unit, direction): the calendar unit of publication, the one before, the one after.";
    "ago" Ago 2..=3 "ago(n, unit, quarters): that day, week (Sunday to Saturday), month or year.";
    "hence" Hence 2..=3 "hence(n, unit, quarters), likewise.";
    "past" Past 2..=2 "past(n, unit): from n units before publication up to it.";
    "coming" Coming 2..=2 "coming(n, unit): from publication to n units after it.";
    "window" Window 3..=3 "window(n, unit, direction): past or coming.";
    "third" Third 2..=2 "third(k, time): first, middle or last third.";
    "half" Half 2..=2 "half(k, time).";
    "quarter" Quarter 2..=2 "quarter(k, time).";
    "season" Season 1..=3 "season(season, year or time, direction).";
    "decade" Decade 1..=2 "decade(decade, last decade): 80 is 1980 to 1989; 10 and 20 are of this century.";
    "century" Century 1..=1 "century(n).";
    "range" Range 2..=2 "range(a, b): from the first day of a to the last of b.";
    "nth" Nth 3..=3 "nth(k, unit, time): the k-th day, week or month of a time; -1 is the last.";
    "first" First 3..=3 "first(n, unit, time): its first n units.";
    "final" Final 3..=3 "final(n, unit, time): its last n units.";
    "same" Same 1..=1 "same(unit): the unit of the time that was named last.";
    "beside" Beside 2..=2 "beside(unit, k): the unit k after the time that was named last.";
    "same_day_of" SameDayOf 1..=1 "same_day_of(day): a day in the month that was named last.";
    "same_period" SamePeriod 1..=2 "same_period(time, unit): the stretch that was named last (or the unit around it), in that year.";
    "same_date" SameDate 1..=1 "same_date(time): the day and month of publication, in that year.";
    "school_year" SchoolYear 1..=2 "school_year(direction, year): September to August.";
    "day_after" DayAfter 1..=1 "day_after(time).";
    "day_before" DayBefore 1..=1 "day_before(time).";
    "recent_days" RecentDays 0..=0 "recent_days(): the week before publication.";
    "length" Length 2..=3 "length(n, unit, fraction): a duration; the fraction in quarters of the unit.";
    "parts" Parts 2..=2 "parts(quarters, unit): a fraction of a unit.";
    "sum" Sum 2..=2 "sum(a, b) of two durations.";
}

/// Reads a value; `names` are the captures of the pattern.
pub(super) fn parse(text: &str, names: &[String]) -> Result<Expr, String> {
    let mut rest = text.trim();
    let expr = read(&mut rest, names)?;
    if rest.trim().is_empty() {
        Ok(expr)
    } else {
        Err(format!("`{}` is left over in the value", rest.trim()))
    }
}

fn read(rest: &mut &str, names: &[String]) -> Result<Expr, String> {
    *rest = rest.trim_start();
    let end = rest
        .find(|c: char| !(c.is_alphanumeric() || c == '_' || c == '-'))
        .unwrap_or(rest.len());
    let (word, tail) = rest.split_at(end);
    *rest = tail.trim_start();
    if word.is_empty() {
        return Err("the value has an empty argument".to_owned());
    }
    if let Some(tail) = rest.strip_prefix('(') {
        let (builtin, least, most) = builtin(word).ok_or_else(|| format!("there is no function `{word}`"))?;
        *rest = tail;
        let mut args = Vec::new();
        loop {
            *rest = rest.trim_start();
            if let Some(tail) = rest.strip_prefix(')') {
                *rest = tail;
                break;
            }
            args.push(read(rest, names)?);
            *rest = rest.trim_start();
            if let Some(tail) = rest.strip_prefix(',') {
                *rest = tail;
            } else if !rest.starts_with(')') {
                return Err(format!("`)` is missing after `{word}(`"));
            }
        }
        if args.len() < least || args.len() > most {
            return Err(format!(
                "`{word}` takes {least} to {most} arguments, not {}",
                args.len()
            ));
        }
        return Ok(Expr::Call(builtin, args));
    }
    if word == "_" {
        return Ok(Expr::Missing);
    }
    if let Ok(n) = word.parse() {
        return Ok(Expr::Int(n));
    }
    match names.iter().position(|n| n == word) {
        Some(i) => Ok(Expr::Capture(i as u8)),
        None => Err(format!("`{word}` is neither a number nor a part of the pattern")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_nest() {
        let names = ["month".to_owned()];
        let value = parse("third(1, month(month))", &names).unwrap();
        let inner = Expr::Call(Builtin::Month, vec![Expr::Capture(0)]);
        assert_eq!(value, Expr::Call(Builtin::Third, vec![Expr::Int(1), inner]));
        assert!(parse("third(1)", &names).unwrap_err().contains("arguments"));
        assert!(parse("thrid(1, month)", &names).unwrap_err().contains("no function"));
        assert!(parse("year", &names).is_err());
    }
}
