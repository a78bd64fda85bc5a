//! Bytes to documents.
//!
//! Comes in: files, folders, standard input. Goes out: one [`Doc`] a document, or one [`Failure`] with place, fault and hint. Refuses: anything over
//! [`LIMIT`] a document, binary files, encodings that are neither Unicode nor Arabic, HTML nested beyond reason. One bad document never costs another.

pub mod decode;
pub mod feed;
pub mod html;
pub mod jsonl;
pub mod lines;
pub mod plan;
pub mod text;

use khaldun_engine::Article;
use std::fmt;
use std::sync::Arc;

/// Most bytes that a document may have.
pub const LIMIT: usize = 10 * 1024 * 1024;

/// A document, ready to be read.
#[derive(Clone, Debug, Default)]
pub struct Doc {
    /// The article.
    pub article: Article,
    /// What the reader should know of how it was read.
    pub notes: Vec<String>,
}

/// Where a document stands: a file, and in a file of many documents its line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// Path as given, or `stdin`.
    pub file: Arc<str>,
    /// From 1.
    pub line: Option<u64>,
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        match self.line {
            Some(line) => write!(f, "{}:{line}", self.file),
            None => f.write_str(&self.file),
        }
    }
}

/// A document that could not be read.
#[derive(Debug, thiserror::Error)]
#[error("{place}: {problem}")]
pub struct Failure {
    /// Where.
    pub place: Place,
    /// What.
    pub problem: Problem,
}

/// What can be wrong with a document.
#[derive(Debug, thiserror::Error)]
#[allow(missing_docs)]
pub enum Problem {
    #[error("cannot be read: {0}")]
    Io(#[from] std::io::Error),
    #[error("empty")]
    Empty,
    #[error("no title and no text")]
    NoText { keys: Vec<String> },
    #[error("longer than 10 MiB ({} MiB)", bytes.div_ceil(1024 * 1024))]
    TooLong { bytes: u64, line: bool },
    #[error("binary file{}", what.map(|w| format!(" ({w})")).unwrap_or_default())]
    Binary {
        what: Option<&'static str>,
        advice: &'static str,
    },
    #[error("not UTF-8: byte 0x{byte:02x} at offset {offset}, line {line}")]
    Encoding { byte: u8, offset: usize, line: usize },
    #[error("broken JSON{}: {what}", at.map(|(l, c)| if l > 1 { format!(" at line {l}, character {c}") } else { format!(" at character {c}") }).unwrap_or_default())]
    Json {
        what: String,
        at: Option<(usize, usize)>,
        cut: bool,
    },
    #[error("HTML nested over {} elements deep", html::DEEPEST)]
    Deep,
    #[error("no documents in this folder")]
    NoFiles,
    #[error("the program failed on this document: {0}")]
    Panic(String),
}

impl Problem {
    /// What the user can do about it.
    pub fn hint(&self) -> String {
        match self {
            Problem::Io(_) => "check that the file is there and may be read".into(),
            Problem::Empty => "leave it out, or check where it came from".into(),
            Problem::NoText { keys } if !keys.is_empty() => {
                format!("the article is expected in the fields title and text; found: {}", keys.join(", "))
            }
            Problem::NoText { .. } => "the article is expected in the fields title and text".into(),
            Problem::TooLong { line: true, .. } => "one document must stand on one line; check for missing line ends".into(),
            Problem::TooLong { .. } => "split it into single articles; many documents belong in a .jsonl file, one a line".into(),
            Problem::Binary { advice, .. } => (*advice).into(),
            Problem::Encoding { .. } => "save it as UTF-8 (iconv -f ENCODING -t UTF-8); windows-1256 and UTF-16 are recognised by themselves".into(),
            Problem::Json { cut: true, .. } => "the object ends too early: one document must stand whole on one line".into(),
            Problem::Json { .. } => "one object a line is expected: {\"id\": …, \"published\": \"2024-05-15\", \"title\": …, \"text\": …}".into(),
            Problem::Deep => "extract the text with another program, and code that".into(),
            Problem::NoFiles => "read are .txt .md .html .htm .xhtml .jsonl .ndjson .json; name a file itself to read it whatever its suffix".into(),
            Problem::Panic(_) => "please report it with the document; the others are coded".into(),
        }
    }
}

/// What the bytes of one document are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Plain text.
    Text,
    /// A page.
    Html,
    /// A JSON object.
    Json,
}

/// The bytes of one document, not yet looked into.
#[derive(Debug)]
pub struct Raw {
    /// Where it stands.
    pub place: Place,
    /// What it is.
    pub kind: Kind,
    /// The id if the document states none.
    pub id: String,
    /// The bytes.
    pub bytes: Vec<u8>,
}

/// What holds for documents that do not state it themselves.
#[derive(Clone, Debug, Default)]
pub struct Defaults {
    /// Day of publication.
    pub date: Option<jiff::civil::Date>,
    /// Outlet.
    pub outlet: String,
}

/// Reads one document.
///
/// # Errors
/// The bytes are no document; see [`Problem`].
pub fn parse(raw: Raw, defaults: &Defaults) -> Result<Doc, Failure> {
    let Raw { place, kind, id, bytes } = raw;
    let parsed = decode::decode(&bytes, kind == Kind::Html).and_then(|(content, encoding)| {
        if content.trim().is_empty() {
            return Err(Problem::Empty);
        }
        let mut doc = match kind {
            Kind::Text => text::parse(&content),
            Kind::Html => html::parse(&content)?,
            Kind::Json => jsonl::parse(&content)?,
        };
        if let Some(name) = encoding {
            doc.notes.push(format!("read as {name}"));
        }
        if doc.article.title.trim().is_empty() && doc.article.text.trim().is_empty() {
            return Err(Problem::NoText { keys: Vec::new() });
        }
        Ok(doc)
    });
    let mut doc = parsed.map_err(|problem| Failure { place, problem })?;
    let a = &mut doc.article;
    if a.id.is_empty() {
        a.id = id;
    }
    if a.outlet.is_empty() {
        a.outlet.clone_from(&defaults.outlet);
    }
    a.published = a.published.or(defaults.date);
    Ok(doc)
}

/// The day that a date or time in ISO 8601 begins with, as written: no shift of time zone.
pub fn day(s: &str) -> Option<jiff::civil::Date> {
    let s = s.trim();
    let (date, rest) = (s.get(..10)?, &s[10..]);
    if rest.is_empty() || rest.starts_with(['T', 't', ' ']) {
        date.parse().ok()
    } else {
        None
    }
}
