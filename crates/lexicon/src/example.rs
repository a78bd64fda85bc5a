//! The examples that stand beside each entry.
//!
//! An example is a sentence with its parties marked, `[actor: …]`, `[recipient: …]`, `[source: …]`. A counter-example is a sentence that the entry must leave alone.

use crate::error::DataError;
use crate::source::*;
use std::ops::Range;
use toml::Spanned;

/// An example of an entry of `events/` or `stance/`.
#[derive(Clone, Debug, PartialEq)]
pub struct Example {
    /// `family::id::number`, the name of the test.
    pub name: String,
    /// File below `data/` and line.
    pub file: String,
    /// Line of the example, counted from 1.
    pub line: u32,
    /// Id of the entry.
    pub id: String,
    /// The sentence, without the marks.
    pub text: String,
    /// Role and code points of each marked stretch.
    pub marks: Vec<(String, Range<u32>)>,
    /// Event type to be found; for an entry of `stance/` without one, none is looked for.
    pub kind: Option<String>,
    /// Modes to be found.
    pub mode: Vec<String>,
    /// `aux` to be found, if said.
    pub aux: Option<Vec<String>>,
    /// Certainty to be found, if said.
    pub certainty: Option<String>,
    /// Words that must be in a source, if said.
    pub attributed: Option<String>,
    /// No event of this entry must be found.
    pub counter: bool,
    /// It is known to fail, and why.
    pub todo: Option<String>,
    /// The entry is an event predicate: it is also run alone.
    pub event: bool,
}

/// All examples of `events/` and `stance/`, in file order.
///
/// # Errors
/// A file that does not parse; a bracket that is not closed.
pub fn examples(sources: &Sources) -> Result<Vec<Example>, Vec<DataError>> {
    let mut out = Vec::new();
    let mut faults = Vec::new();
    for (file, content) in sources.below("events/") {
        match parse::<EventFile>(&file, &content) {
            Ok(parsed) => {
                let mut add = Adder {
                    file: &file,
                    content: &content,
                    out: &mut out,
                    faults: &mut faults,
                    event: true,
                };
                for p in parsed.verb.into_iter().chain(parsed.noun) {
                    let p = p.into_inner();
                    add.all(&p.id, Some(&p.kind), &p.example, &p.counter);
                }
                add.event = false;
                for l in parsed.light {
                    let l = l.into_inner();
                    add.all(&l.id, None, &l.example, &l.counter);
                }
            }
            Err(e) => faults.push(e),
        }
    }
    for (file, content) in sources.below("stance/") {
        match parse::<StanceFile>(&file, &content) {
            Ok(parsed) => {
                let mut add = Adder {
                    file: &file,
                    content: &content,
                    out: &mut out,
                    faults: &mut faults,
                    event: false,
                };
                for s in &parsed.speech {
                    add.all(&s.get_ref().id, None, &s.get_ref().example, &s.get_ref().counter);
                }
                for s in &parsed.operator {
                    add.all(&s.get_ref().id, None, &s.get_ref().example, &s.get_ref().counter);
                }
                for s in &parsed.source {
                    add.all(&s.get_ref().id, None, &s.get_ref().example, &s.get_ref().counter);
                }
                for s in &parsed.particle {
                    add.all(&s.get_ref().id, None, &s.get_ref().example, &s.get_ref().counter);
                }
                let nouns = [
                    &parsed.anonymous,
                    &parsed.witness,
                    &parsed.expert,
                    &parsed.document,
                    &parsed.media,
                ];
                for s in nouns.into_iter().flatten() {
                    let s = s.get_ref();
                    let id = s.id.as_deref().or(s.words.first().map(String::as_str)).unwrap_or("");
                    add.all(id, None, &s.example, &s.counter);
                }
            }
            Err(e) => faults.push(e),
        }
    }
    if faults.is_empty() { Ok(out) } else { Err(faults) }
}

struct Adder<'a> {
    file: &'a str,
    content: &'a str,
    out: &'a mut Vec<Example>,
    faults: &'a mut Vec<DataError>,
    event: bool,
}

impl Adder<'_> {
    fn all(
        &mut self,
        id: &str,
        kind: Option<&str>,
        examples: &[Spanned<ExampleSource>],
        counters: &[Spanned<CounterSource>],
    ) {
        for (n, e) in examples.iter().enumerate() {
            let line = line_of(self.content, e.span().start);
            let e = e.get_ref();
            let kind = e.kind.as_deref().or(kind).map(str::to_owned);
            self.add(id, n + 1, line, &e.text, |x| Example {
                kind,
                mode: e.mode.clone(),
                aux: e.aux.clone(),
                certainty: e.certainty.clone(),
                attributed: e.attributed.clone(),
                todo: e.todo.clone(),
                ..x
            });
        }
        for (n, c) in counters.iter().enumerate() {
            let line = line_of(self.content, c.span().start);
            let c = c.get_ref();
            let kind = kind.map(str::to_owned);
            self.add(id, n + 1, line, &c.text, |x| Example {
                kind,
                counter: true,
                todo: c.todo.clone(),
                ..x
            });
        }
    }

    fn add(&mut self, id: &str, n: usize, line: u32, text: &str, make: impl FnOnce(Example) -> Example) {
        let Some((text, marks)) = unmark(text) else {
            let hint = "marks look like [actor: …]";
            self.faults
                .push(DataError::new(self.file, line, "a mark is not closed", hint));
            return;
        };
        let family = self.file.rsplit('/').next().unwrap_or("").trim_end_matches(".toml");
        let mut example = make(Example {
            name: String::new(),
            file: self.file.to_owned(),
            line,
            id: id.to_owned(),
            text,
            marks,
            kind: None,
            mode: Vec::new(),
            aux: None,
            certainty: None,
            attributed: None,
            counter: false,
            todo: None,
            event: self.event,
        });
        let kind = if example.counter { "counter-" } else { "" };
        example.name = format!("{family}::{id}::{kind}{n}");
        self.out.push(example);
    }
}

/// A role and the code points that it marks.
type Mark = (String, Range<u32>);

/// Takes the marks out of a sentence.
///
/// ```
/// use khaldun_lexicon::example::unmark;
/// let (text, marks) = unmark("زار [actor: الوزير] باريس").unwrap();
/// assert_eq!(text, "زار الوزير باريس");
/// assert_eq!(marks, [("actor".to_owned(), 4..10)]);
/// ```
pub fn unmark(text: &str) -> Option<(String, Vec<Mark>)> {
    let mut out = String::new();
    let mut marks = Vec::new();
    let mut rest = text;
    while let Some(open) = rest.find('[') {
        out.push_str(&rest[..open]);
        let close = rest[open..].find(']')? + open;
        let (role, words) = rest[open + 1..close].split_once(':')?;
        let start = out.chars().count() as u32;
        out.push_str(words.trim());
        marks.push((role.trim().to_owned(), start..out.chars().count() as u32));
        rest = &rest[close + 1..];
    }
    out.push_str(rest);
    Some((out, marks))
}
