//! The keys of `time/*.toml`.

use super::TimeClass;
use crate::error::DataError;
use serde::Deserialize;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct File {
    pub orthography: Option<Orthography>,
    pub tense: Option<Tense>,
    #[serde(default)]
    pub list: Vec<List>,
    #[serde(default)]
    pub word: Vec<toml::Spanned<Word>>,
    #[serde(default)]
    pub time: Vec<toml::Spanned<Entry>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Orthography {
    pub article: String,
    pub to: String,
    pub proclitics: Vec<String>,
    pub conjunctions: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Tense {
    pub future: Vec<String>,
    pub past: Vec<String>,
    pub prefixes: Vec<String>,
    pub not: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct List {
    pub name: String,
    pub words: Vec<String>,
}

#[derive(Deserialize, Clone, Copy, Default)]
#[serde(rename_all = "lowercase")]
pub(super) enum Article {
    #[default]
    No,
    Yes,
    Both,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Word {
    pub class: String,
    pub value: i32,
    pub forms: Vec<String>,
    #[serde(default)]
    pub article: Article,
}

#[derive(Deserialize)]
#[serde(untagged)]
pub(super) enum Patterns {
    One(String),
    Many(Vec<String>),
}

impl Patterns {
    pub fn iter(&self) -> impl Iterator<Item = &String> {
        match self {
            Patterns::One(p) => std::slice::from_ref(p).iter(),
            Patterns::Many(p) => p.iter(),
        }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Entry {
    pub id: String,
    #[serde(rename = "as")]
    pub category: Option<String>,
    pub kind: Option<TimeClass>,
    pub pattern: Patterns,
    #[serde(default = "none")]
    pub value: String,
    #[serde(default)]
    pub rank: i8,
    #[serde(default)]
    pub after: Vec<String>,
    #[serde(default)]
    pub not_after: Vec<String>,
    #[serde(default)]
    pub before: Vec<String>,
    #[serde(default)]
    pub not_before: Vec<String>,
    #[serde(default)]
    pub not_near: Vec<String>,
    #[serde(default)]
    pub indefinite: bool,
    #[serde(default)]
    pub yields_to: Vec<String>,
    #[serde(default)]
    pub example: Vec<toml::Spanned<Example>>,
    #[serde(default)]
    pub counter: Vec<toml::Spanned<Counter>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Example {
    pub now: Option<toml::value::Datetime>,
    pub text: String,
    pub is: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Counter {
    pub text: String,
    #[allow(dead_code)] // for the reader of the data
    pub why: String,
}

fn none() -> String {
    "none()".to_owned()
}

/// An example of an entry: a text with one expression, and what it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TimeExample {
    /// Path below `data/`.
    pub file: String,
    /// The entry.
    pub entry: String,
    /// Day of publication, ISO 8601.
    pub now: Option<String>,
    /// The text, without the brackets.
    pub text: String,
    /// The words that the expression takes: those in brackets, or all.
    pub marked: String,
    /// `2024-05-12`, `2024-05-12/2024-05-18`, `P3D`, `set`, `ref`, `unresolved` (a date that needs `now`); for a counter `nothing`.
    pub is: String,
    /// Line in the file.
    pub line: u32,
}

pub(super) fn line_of(content: &str, byte: usize) -> u32 {
    content[..byte.min(content.len())].matches('\n').count() as u32 + 1
}

pub(super) fn read(file: &str, content: &str) -> Result<File, DataError> {
    toml::from_str(content).map_err(|e| {
        let line = e.span().map_or(1, |s| line_of(content, s.start));
        DataError::new(
            file,
            line,
            e.message(),
            "the keys are explained in the first lines of time/words.toml",
        )
    })
}

/// The examples and counters of `time/*.toml`.
pub fn examples(files: &[(String, String)]) -> Result<Vec<TimeExample>, Vec<DataError>> {
    let mut out = Vec::new();
    for (file, content) in files
        .iter()
        .filter(|(f, _)| f.starts_with("time/") && f.ends_with(".toml"))
    {
        let data = read(file, content).map_err(|e| vec![e])?;
        for entry in &data.time {
            let id = &entry.get_ref().id;
            for example in &entry.get_ref().example {
                let line = line_of(content, example.span().start);
                let e = example.get_ref();
                let text = e.text.replace(['[', ']'], "");
                let marked = match (e.text.find('['), e.text.find(']')) {
                    (Some(a), Some(b)) if a < b => e.text[a + 1..b].to_owned(),
                    (None, None) => text.clone(),
                    _ => {
                        return Err(vec![DataError::new(
                            file,
                            line,
                            "a bracket is missing",
                            "mark the expression as [expression]",
                        )]);
                    }
                };
                let now = e.now.as_ref().map(ToString::to_string);
                out.push(TimeExample {
                    file: file.clone(),
                    entry: id.clone(),
                    now,
                    text,
                    marked,
                    is: e.is.clone(),
                    line,
                });
            }
            for counter in &entry.get_ref().counter {
                let line = line_of(content, counter.span().start);
                let text = counter.get_ref().text.clone();
                let (marked, is) = (String::new(), "nothing".to_owned());
                out.push(TimeExample {
                    file: file.clone(),
                    entry: id.clone(),
                    now: None,
                    text,
                    marked,
                    is,
                    line,
                });
            }
        }
    }
    Ok(out)
}
