//! Stage 1, text: raw characters to folded characters, with the way back.
//!
//! Comes in: the raw text of an article. Goes out: [`Text`], the folded text and, for each of its bytes, the place in the raw
//! text. Refuses to know anything of words.
//!
//! ```
//! use khaldun_engine::text::Text;
//! let text = Text::normalize("قالـت إنّهـا");
//! assert_eq!(text.folded, "قالت انها"); // qalat innaha
//! let span = text.span(0, "قالت".len());
//! assert_eq!((span.start, span.end), (0, 5)); // five raw code points: the tatweel counts
//! assert_eq!(text.slice(span), "قالـت");
//! ```

use khaldun_lexicon::fold::{Folded, fold_char};
use serde::Serialize;

/// A stretch of the raw text (title, newline, text), in Unicode code points, end exclusive.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
pub struct Span {
    /// First code point.
    pub start: u32,
    /// One past the last code point.
    pub end: u32,
}

impl Span {
    /// The smallest span that covers both.
    pub fn join(self, other: Span) -> Span {
        Span {
            start: self.start.min(other.start),
            end: self.end.max(other.end),
        }
    }
    /// True if the two share a code point.
    pub fn overlaps(self, other: Span) -> bool {
        self.start < other.end && other.start < self.end
    }
    /// True if `other` lies inside.
    pub fn contains(self, other: Span) -> bool {
        self.start <= other.start && other.end <= self.end
    }
}

/// Raw text, folded text and their alignment.
#[derive(Clone, Debug)]
pub struct Text {
    /// The text as it came.
    pub raw: String,
    /// The text folded by [`khaldun_lexicon::fold`].
    pub folded: String,
    /// For each byte of `folded` (and one past its end) the raw byte and the raw code point that it came from.
    align: Vec<(u32, u32)>,
}

impl Text {
    /// Folds a text and keeps the alignment.
    pub fn normalize(raw: &str) -> Text {
        let mut folded = String::with_capacity(raw.len());
        let mut align = Vec::with_capacity(raw.len() + 1);
        for (chars, (byte, c)) in raw.char_indices().enumerate() {
            match fold_char(c) {
                Folded::Nothing => continue,
                Folded::One(c) => folded.push(c),
                Folded::Many(s) => folded.push_str(s),
            }
            align.resize(folded.len(), (byte as u32, chars as u32));
        }
        align.push((raw.len() as u32, raw.chars().count() as u32));
        Text {
            raw: raw.to_owned(),
            folded,
            align,
        }
    }

    /// The raw span of the folded bytes `start..end`. Marks that follow the last letter belong to it; a ligature that folds to several words belongs to each.
    pub fn span(&self, start: usize, end: usize) -> Span {
        Span {
            start: self.align[start].1,
            end: self.align[self.beyond(start, end)].1,
        }
    }

    /// The raw text of folded bytes `start..end`, verbatim.
    pub fn raw_slice(&self, start: usize, end: usize) -> &str {
        &self.raw[self.align[start].0 as usize..self.align[self.beyond(start, end)].0 as usize]
    }

    /// The first folded byte from `end` on that does not come from the raw character before it.
    fn beyond(&self, start: usize, end: usize) -> usize {
        let mut beyond = end;
        while start < end && self.align[beyond].1 == self.align[end - 1].1 {
            beyond += 1;
        }
        beyond
    }

    /// The raw text of a span, verbatim.
    pub fn slice(&self, span: Span) -> &str {
        let byte = |c: u32| self.align[self.align.partition_point(|a| a.1 < c)].0 as usize;
        &self.raw[byte(span.start)..byte(span.end)]
    }
}
