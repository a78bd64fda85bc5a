//! Time expressions of a document.
//!
//! Comes in: tokens, the compiled patterns, the day of publication. Goes out: [`Time`]s in order, which do not overlap, each
//! with its interval, length or neither. Refuses to know which event a time belongs to.
//!
//! Reading goes word by word through the trie of [`TimeTable`]; at each place the longest match wins.

mod around;
mod calendar;
mod lay;
mod length;
mod reader;
mod terminal;
mod value;

use crate::text::{Span, Text};
use crate::token::{Kind, Token};
use jiff::civil::Date;
use khaldun_lexicon::time::{TimeClass, TimeTable};
use reader::{Hit, NONE, Place, Reader};
use std::ops::Range;
use value::{Scene, Value};

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

impl Reader<'_> {
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
