//! Time expressions: the files `time/*.toml`, checked and compiled.
//!
//! Comes in: the TOML texts (and `quantities/numbers.toml`). Goes out: [`TimeTable`], all patterns as one trie over word numbers,
//! so that a text is compared word by word and never letter by letter. Refuses: an entry without an example, a name that
//! nothing defines, a pattern that would call itself before reading a word. What a value means on the calendar is the
//! engine's part (`mention/time`).

mod compiler;
mod pattern;
mod schema;
mod value;

pub use schema::{TimeExample, examples};
pub use value::{Builtin, Expr};

use crate::error::DataError;
use crate::number::{self, NumberTable, Words};
use schema::File;
use serde::{Deserialize, Serialize};

/// What an entry marks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum TimeClass {
    /// An interval on the calendar.
    Date,
    /// A length.
    Duration,
    /// A repetition.
    Set,
    /// Something vague.
    Ref,
    /// Words that look like a time and are none; they are read and not marked.
    Other,
}

/// What a pattern may ask for besides words: it is read by the engine.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Terminal {
    /// `<n>`: an exact number, in digits or words.
    Number,
    /// `<many>`: an open or wide number ("dozens").
    Many,
    /// `<year>`: four digits from 1000 to 2199.
    Year,
    /// `<modern>`: four digits from 1900 to 2099.
    ModernYear,
    /// `<dom>`: one or two digits from 1 to 31.
    DayOfMonth,
    /// `<mon>`: one or two digits from 1 to 12.
    MonthNumber,
    /// `<numeric>`: 12/3/2017, 2017-03-12, 12.3.2017.
    Numeric,
    /// `<hyear>`: four digits from 1300 to 1599.
    HijriYear,
}

/// One step of a pattern.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Elem {
    /// A letter written onto the next word (place in `prefixes`).
    Prefix(u8),
    /// A punctuation mark.
    Punct(u8),
    /// Something that the engine reads.
    Terminal(Terminal),
    /// Another trie (place in `roots`): a class of words or a category of entries.
    Sub(u16),
}

/// What stands at the end of a path through the trie.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Accept {
    /// A word of a class, with its value.
    Word(i32),
    /// An entry; for each value read on the way, the capture that it fills.
    Entry(u32, Vec<u8>),
}

/// A knot of the trie.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Node {
    /// The next word, by symbol, sorted.
    pub words: Vec<(u32, u32)>,
    /// Other next steps.
    pub others: Vec<(Elem, u32)>,
    /// What ends here.
    pub accepts: Vec<Accept>,
}

/// One entry of the data, ready for use.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TimeEntry {
    /// Its name.
    pub id: String,
    /// Path below `data/`.
    pub file: String,
    /// Line of its first key.
    pub line: u32,
    /// What it marks; absent for a building block.
    pub class: Option<TimeClass>,
    /// Its value.
    pub value: Expr,
    /// Among matches of one length, the higher wins.
    pub rank: i8,
    /// One of these words must stand before it (symbols, sorted).
    pub after: Vec<u32>,
    /// None of these may stand right before it.
    pub not_after: Vec<u32>,
    /// One of these must stand right behind it.
    pub before: Vec<u32>,
    /// None of these may stand right behind it.
    pub not_before: Vec<u32>,
    /// None of these may stand among the five words before it.
    pub not_near: Vec<u32>,
    /// The next word must not have the article.
    pub indefinite: bool,
    /// None of these tries (places in `roots`) may match from inside it and reach beyond its end.
    pub yields_to: Vec<u16>,
}

/// Words that tell whether a bare weekday is the last or the next one.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Tense {
    /// Words that announce (symbols, sorted).
    pub future: Vec<u32>,
    /// Words that report (symbols, sorted).
    pub past: Vec<u32>,
    /// Beginnings of future verbs.
    pub prefixes: Vec<String>,
    /// Beginnings of other words that look like future verbs.
    pub not: Vec<String>,
}

/// All time expressions.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct TimeTable {
    /// The article.
    pub article: String,
    /// The preposition that swallows the first letter of the article.
    pub to: String,
    /// Letters that are written onto the first word and are not part of an expression.
    pub proclitics: Vec<String>,
    /// Conjunctions among them: a second proclitic may follow.
    pub conjunctions: Vec<String>,
    /// Every word of the patterns; its place is its symbol.
    pub symbols: Words,
    /// By symbol: an expression may begin with it.
    pub starts: Vec<bool>,
    /// Letters that patterns ask for.
    pub prefixes: Vec<String>,
    /// The trie.
    pub nodes: Vec<Node>,
    /// Where each class or category begins; the first is that of whole expressions.
    pub roots: Vec<u32>,
    /// The entries.
    pub entries: Vec<TimeEntry>,
    /// Tense of the clause.
    pub tense: Tense,
    /// Number words.
    pub numbers: NumberTable,
}

/// Compiles `time/*.toml` (and `quantities/numbers.toml`) out of these files; others are passed over.
pub fn compile(files: &[(String, String)]) -> Result<TimeTable, Vec<DataError>> {
    let mut errors = Vec::new();
    let mut data: Vec<(&str, &str, File)> = Vec::new();
    for (file, content) in files
        .iter()
        .filter(|(f, _)| f.starts_with("time/") && f.ends_with(".toml"))
    {
        match schema::read(file, content) {
            Ok(d) => data.push((file, content, d)),
            Err(e) => errors.push(e),
        }
    }
    data.sort_by_key(|d| d.0);
    let numbers = match files.iter().find(|(f, _)| f == "quantities/numbers.toml") {
        Some((f, c)) => number::compile(f, c).unwrap_or_else(|e| {
            errors.extend(e);
            NumberTable::default()
        }),
        None => {
            errors.push(DataError::new(
                "quantities/numbers.toml",
                1,
                "the file is missing",
                "time expressions need the number words: hand it over with time/*.toml",
            ));
            NumberTable::default()
        }
    };
    if !errors.is_empty() {
        return Err(errors);
    }
    compiler::Compiler::default().run(&data, numbers)
}
