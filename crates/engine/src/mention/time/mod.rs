//! Time expressions of a document.
//!
//! Comes in: tokens, the compiled patterns, the day of publication. Goes out: [`Time`]s in order, which do not overlap, each
//! with its interval, length or neither. Refuses to know which event a time belongs to.
//!
//! Reading goes word by word through the trie of [`TimeTable`]; at each place the longest match wins.

mod calendar;
mod value;

use super::number;
use crate::text::{Span, Text};
use crate::token::{Kind, Token};
use calendar::Interval;
use jiff::civil::Date;
use khaldun_lexicon::time::{Accept, Elem, Terminal, TimeClass, TimeTable};
use std::ops::Range;
use value::{Scene, Spec, Value};

/// What a time expression is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum TimeKind {
    /// An interval on the calendar.
    Date,
    /// A length.
    Duration,
    /// A repetition.
    Set,
    /// Something vague.
    Ref,
}

/// A time expression.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Time {
    /// The tokens that it touches.
    pub tokens: Range<u32>,
    /// Its words in the raw text, without a conjunction or preposition written onto the first.
    pub span: Span,
    /// What it is.
    pub kind: TimeKind,
    /// First day.
    pub from: Option<Date>,
    /// Last day.
    pub to: Option<Date>,
    /// Length, ISO 8601.
    pub duration: Option<String>,
    /// The entry that found it (place in [`TimeTable::entries`]).
    pub entry: u32,
    /// The value counts from publication.
    pub relative: bool,
    /// What in it contradicts what.
    pub conflict: Option<String>,
}

/// Finds the time expressions of a whole document. Without a day of publication relative dates stay unresolved.
pub fn find(text: &Text, tokens: &[Token], table: &TimeTable, published: Option<Date>) -> Vec<Time> {
    let symbols = tokens.iter().map(|t| {
        if t.kind == Kind::Newline {
            NONE
        } else {
            table.symbols.get(t.folded(text)).unwrap_or(NONE)
        }
    });
    let mut reader = Reader {
        text,
        tokens,
        table,
        symbols: symbols.collect(),
        published,
        last: None,
        depth: 0,
        cue: (usize::MAX, None),
    };
    let mut out = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        match reader.at(at) {
            Some((start, hit)) => {
                let end = if hit.end.skip > 0 {
                    hit.end.token + 1
                } else {
                    hit.end.token
                };
                at = end.max(at + 1);
                out.extend(reader.time(start, end, hit));
            }
            None => at += 1,
        }
    }
    out
}

const NONE: u32 = u32::MAX;
/// Patterns nest only so deep.
const DEPTH: u8 = 10;

/// A place in the text: a token and the bytes of it that are already read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Place {
    token: usize,
    skip: usize,
}

/// The best match so far.
struct Hit {
    end: Place,
    value: Value,
    /// Absent for the word of a class.
    entry: Option<u32>,
    relative: bool,
    conflict: Option<String>,
}

struct Reader<'a> {
    text: &'a Text,
    tokens: &'a [Token],
    table: &'a TimeTable,
    symbols: Vec<u32>,
    published: Option<Date>,
    last: Option<Interval>,
    depth: u8,
    /// The cue of tense before a token, as it was last looked up.
    cue: (usize, Option<bool>),
}

impl Reader<'_> {
    /// The expression that begins with a token or behind the letters written onto it.
    fn at(&mut self, token: usize) -> Option<(Place, Hit)> {
        let t = &self.tokens[token];
        match t.kind {
            Kind::Number => {}
            Kind::Word => {
                let symbol = self.symbols[token];
                if symbol == NONE || !self.table.starts[symbol as usize] {
                    return self.behind_proclitics(token);
                }
            }
            _ => return None,
        }
        let start = Place { token, skip: 0 };
        match self.longest(0, start) {
            Some(hit) => Some((start, hit)),
            None => self.behind_proclitics(token),
        }
    }

    fn behind_proclitics(&mut self, token: usize) -> Option<(Place, Hit)> {
        let word = self.tokens[token].folded(self.text);
        let mut skip = 0;
        for _ in 0..2 {
            let rest = &word[skip..];
            let letters = self
                .table
                .proclitics
                .iter()
                .find(|p| rest.len() > p.len() && rest.starts_with(p.as_str()))?;
            skip += letters.len();
            let start = Place { token, skip };
            if self
                .word(start)
                .into_iter()
                .any(|s| s != NONE && self.table.starts[s as usize])
                && let Some(hit) = self.longest(0, start)
            {
                return Some((start, hit));
            }
            if !self.table.conjunctions.contains(letters) {
                return None;
            }
        }
        None
    }

    /// The symbols that the rest of a token may be: as written, and with the article's swallowed letter put back.
    fn word(&self, at: Place) -> [u32; 2] {
        if at.skip == 0 {
            return [self.symbols.get(at.token).copied().unwrap_or(NONE), NONE];
        }
        let word = self.tokens[at.token].folded(self.text);
        let (head, rest) = word.split_at(at.skip);
        let plain = self.table.symbols.get(rest).unwrap_or(NONE);
        let article = self.table.article.as_str();
        let first = article.chars().next().map_or(0, char::len_utf8);
        let swallowed = head.ends_with(self.table.to.as_str()) && rest.starts_with(&article[first..]);
        let restored = if swallowed {
            self.table.symbols.get2(&article[..first], rest).unwrap_or(NONE)
        } else {
            NONE
        };
        [plain, restored]
    }

    /// The longest match of the trie at `root`.
    fn longest(&mut self, root: u16, start: Place) -> Option<Hit> {
        if self.depth >= DEPTH || start.token >= self.tokens.len() {
            return None;
        }
        self.depth += 1;
        let mut best = None;
        let mut values = [Value::Missing; 12];
        self.walk(
            self.table.roots[root as usize],
            start,
            start,
            &mut values,
            0,
            (false, None),
            &mut best,
        );
        self.depth -= 1;
        best
    }

    #[allow(clippy::too_many_arguments)]
    fn walk(
        &mut self,
        node: u32,
        start: Place,
        at: Place,
        values: &mut [Value; 12],
        count: usize,
        so_far: (bool, Option<&str>),
        best: &mut Option<Hit>,
    ) {
        let table = self.table;
        let node = &table.nodes[node as usize];
        for accept in &node.accepts {
            self.accept(accept, start, at, &values[..count], so_far, best);
        }
        if at.token >= self.tokens.len() {
            return;
        }
        if !node.words.is_empty() && self.tokens[at.token].kind == Kind::Word {
            for symbol in self.word(at) {
                if symbol != NONE
                    && let Ok(i) = node.words.binary_search_by_key(&symbol, |w| w.0)
                {
                    let next = Place {
                        token: at.token + 1,
                        skip: 0,
                    };
                    self.walk(node.words[i].1, start, next, values, count, so_far, best);
                }
            }
        }
        for &(elem, to) in &node.others {
            match elem {
                Elem::Prefix(p) => {
                    let letters = table.prefixes[p as usize].as_str();
                    let t = &self.tokens[at.token];
                    if t.kind != Kind::Word || !t.folded(self.text)[at.skip..].starts_with(letters) {
                        continue;
                    }
                    let skip = at.skip + letters.len();
                    let whole = skip == (t.end - t.start) as usize;
                    let next = if whole {
                        Place {
                            token: at.token + 1,
                            skip: 0,
                        }
                    } else {
                        Place { token: at.token, skip }
                    };
                    self.walk(to, start, next, values, count, so_far, best);
                }
                Elem::Punct(c) => {
                    let t = &self.tokens[at.token];
                    if t.kind == Kind::Punct && t.folded(self.text).as_bytes() == [c] {
                        self.walk(
                            to,
                            start,
                            Place {
                                token: at.token + 1,
                                skip: 0,
                            },
                            values,
                            count,
                            so_far,
                            best,
                        );
                    }
                }
                Elem::Terminal(terminal) => {
                    if count < values.len()
                        && let Some((value, next)) = self.terminal(terminal, at)
                    {
                        values[count] = value;
                        self.walk(to, start, next, values, count + 1, so_far, best);
                    }
                }
                Elem::Sub(root) => {
                    if count < values.len()
                        && let Some(hit) = self.longest(root, at)
                    {
                        values[count] = hit.value;
                        let relative = so_far.0 || hit.relative;
                        let conflict = so_far.1.or(hit.conflict.as_deref());
                        self.walk(to, start, hit.end, values, count + 1, (relative, conflict), best);
                    }
                }
            }
        }
    }

    fn accept(
        &mut self,
        accept: &Accept,
        start: Place,
        end: Place,
        values: &[Value],
        so_far: (bool, Option<&str>),
        best: &mut Option<Hit>,
    ) {
        let table = self.table;
        let rank = |e: Option<u32>| e.map_or(0, |e| table.entries[e as usize].rank);
        let index = match accept {
            Accept::Word(_) => None,
            Accept::Entry(e, _) => Some(*e),
        };
        if best
            .as_ref()
            .is_some_and(|b| (b.end, rank(b.entry)) >= (end, rank(index)))
        {
            return;
        }
        let (index, slots) = match accept {
            Accept::Word(v) => {
                *best = Some(Hit {
                    end,
                    value: Value::Int(*v),
                    entry: None,
                    relative: false,
                    conflict: None,
                });
                return;
            }
            Accept::Entry(e, slots) => (*e, slots),
        };
        if !self.guarded(index, start, end) {
            return;
        }
        let mut captures = [Value::Missing; 12];
        for (slot, value) in slots.iter().zip(values) {
            if let Some(c) = captures.get_mut(*slot as usize) {
                *c = *value;
            }
        }
        let future = self.future(start, end);
        let mut scene = Scene {
            published: self.published,
            last: self.last,
            future,
            relative: so_far.0,
            conflict: so_far.1.map(str::to_owned),
        };
        let Some(value) = scene.eval(&table.entries[index as usize].value, &captures) else {
            return;
        };
        *best = Some(Hit {
            end,
            value,
            entry: Some(index),
            relative: scene.relative,
            conflict: scene.conflict,
        });
    }

    /// Do the words around allow the entry?
    fn guarded(&mut self, entry: u32, start: Place, end: Place) -> bool {
        let table = self.table;
        let entry = &table.entries[entry as usize];
        let has = |list: &[u32], symbols: [u32; 3]| symbols.iter().any(|s| *s != NONE && list.binary_search(s).is_ok());
        if !entry.after.is_empty() || !entry.not_after.is_empty() {
            let before = self.before(start);
            if !entry.after.is_empty() && !has(&entry.after, before) || has(&entry.not_after, before) {
                return false;
            }
        }
        if !entry.before.is_empty() || !entry.not_before.is_empty() {
            let behind = if end.token < self.tokens.len() {
                self.readings(end.token)
            } else {
                [NONE; 3]
            };
            if !entry.before.is_empty() && !has(&entry.before, behind) || has(&entry.not_before, behind) {
                return false;
            }
        }
        if !entry.not_near.is_empty() {
            let first = start.token.saturating_sub(5);
            for token in (first..start.token).rev() {
                if self.tokens[token].kind == Kind::Newline {
                    break;
                }
                if has(&entry.not_near, self.readings(token)) {
                    return false;
                }
            }
        }
        if entry.indefinite
            && self
                .tokens
                .get(end.token)
                .is_some_and(|t| t.kind == Kind::Word && t.folded(self.text).starts_with(table.article.as_str()))
        {
            return false;
        }
        !(start.token + 1..end.token).any(|token| {
            let inside = Place { token, skip: 0 };
            entry
                .yields_to
                .iter()
                .any(|&root| self.longest(root, inside).is_some_and(|hit| hit.end > end))
        })
    }

    /// Symbols of what stands before a place: the letters written onto the same word, or the word before it.
    fn before(&self, at: Place) -> [u32; 3] {
        if at.skip > 0 {
            let head = &self.tokens[at.token].folded(self.text)[..at.skip];
            let last = head.char_indices().next_back().map_or(0, |(i, _)| i);
            return [self.table.symbols.get2(&head[last..], "-").unwrap_or(NONE), NONE, NONE];
        }
        match at.token.checked_sub(1) {
            Some(before) => self.readings(before),
            None => [NONE; 3],
        }
    }

    /// The symbols that a token may be for a guard: as written, without its first letter, as a letter written onto digits.
    fn readings(&self, token: usize) -> [u32; 3] {
        let whole = self.symbols[token];
        if self.tokens[token].kind != Kind::Word {
            return [whole, NONE, NONE];
        }
        let word = self.tokens[token].folded(self.text);
        let letters = self
            .table
            .proclitics
            .iter()
            .find(|p| word.starts_with(p.as_str()))
            .map_or(0, |p| p.len());
        match letters {
            0 => [whole, NONE, NONE],
            n if n == word.len() => [whole, NONE, self.table.symbols.get2(word, "-").unwrap_or(NONE)],
            skip => {
                let [a, b] = self.word(Place { token, skip });
                [whole, a, b]
            }
        }
    }

    fn terminal(&self, terminal: Terminal, at: Place) -> Option<(Value, Place)> {
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

    /// Does the clause speak of the future? The nearest cue before the expression decides, then a verb right behind it.
    fn future(&mut self, start: Place, end: Place) -> bool {
        if self.cue.0 != start.token {
            self.cue = (start.token, self.cue_before(start));
        }
        let behind = || {
            end.skip == 0
                && self
                    .tokens
                    .get(end.token)
                    .is_some_and(|t| t.kind == Kind::Word && self.future_verb(end.token))
        };
        self.cue.1.unwrap_or_else(behind)
    }

    fn future_verb(&self, token: usize) -> bool {
        let tense = &self.table.tense;
        let word = self.tokens[token].folded(self.text);
        let word = self
            .table
            .conjunctions
            .iter()
            .find_map(|c| word.strip_prefix(c.as_str()))
            .filter(|w| w.len() > 4)
            .unwrap_or(word);
        word.chars().nth(4).is_some()
            && tense.prefixes.iter().any(|p| word.starts_with(p.as_str()))
            && !tense.not.iter().any(|p| word.starts_with(p.as_str()))
    }

    fn cue_before(&self, start: Place) -> Option<bool> {
        let tense = &self.table.tense;
        let cue = |token: usize| {
            if self.tokens[token].kind != Kind::Word {
                return None;
            }
            for s in self.readings(token) {
                if s != NONE && tense.past.binary_search(&s).is_ok() {
                    return Some(false);
                }
                if s != NONE && tense.future.binary_search(&s).is_ok() {
                    return Some(true);
                }
            }
            self.future_verb(token).then_some(true)
        };
        for token in (start.token.saturating_sub(14)..start.token).rev() {
            let t = &self.tokens[token];
            if t.kind == Kind::Newline || t.kind == Kind::Punct && matches!(t.folded(self.text), "." | "!" | "?") {
                break;
            }
            if let Some(future) = cue(token) {
                return Some(future);
            }
        }
        None
    }

    /// Turns a match into a time.
    fn time(&mut self, start: Place, end: usize, hit: Hit) -> Option<Time> {
        let entry = hit.entry?;
        let kind = match self.table.entries[entry as usize].class? {
            TimeClass::Date => TimeKind::Date,
            TimeClass::Duration => TimeKind::Duration,
            TimeClass::Set => TimeKind::Set,
            TimeClass::Ref => TimeKind::Ref,
            TimeClass::Other => return None,
        };
        let (mut from, mut to, mut duration) = (None, None, None);
        let (mut relative, mut conflict) = (hit.relative, hit.conflict);
        match kind {
            TimeKind::Date => {
                let future = self.future(start, hit.end);
                let mut scene = Scene {
                    published: self.published,
                    last: self.last,
                    future,
                    relative,
                    conflict,
                };
                let interval = scene.resolve(hit.value)?;
                (relative, conflict) = (scene.relative, scene.conflict);
                (from, to) = (interval.map(|i| i.from), interval.map(|i| i.to));
                self.last = interval.or(self.last);
            }
            TimeKind::Duration => match hit.value {
                Value::Length(l) => duration = Some(l.iso()),
                _ => return None,
            },
            TimeKind::Set | TimeKind::Ref => {}
        }
        let first = &self.tokens[start.token];
        // A swallowed article belongs to its word: lil-`am, "for the year".
        let skip = if start.skip > 0 && self.word(start)[0] == NONE {
            start.skip - self.table.to.len().min(start.skip)
        } else {
            start.skip
        };
        let (a, b) = (first.start as usize + skip, self.tokens[end - 1].end as usize);
        let tokens = start.token as u32..end as u32;
        Some(Time {
            tokens,
            span: self.text.span(a, b),
            kind,
            from,
            to,
            duration,
            entry,
            relative,
            conflict,
        })
    }
}

#[cfg(test)]
mod tests;
