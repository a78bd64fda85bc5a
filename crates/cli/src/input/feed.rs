//! The documents of a [`Plan`], one after the other, each as its bytes; opened when their turn comes.

use super::lines::{Line, Lines};
use super::plan::{Input, Plan, Shape, Source};
use super::{Failure, Kind, LIMIT, Place, Problem, Raw, decode, jsonl};
use encoding_rs_io::DecodeReaderBytesBuilder;
use serde::de::IgnoredAny;
use serde_json::Value;
use std::collections::VecDeque;
use std::fs::File;
use std::io::{self, BufReader, Cursor, Read};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

type Reader = BufReader<Box<dyn Read + Send>>;

/// Reads on when asked to.
pub struct Feed {
    inputs: std::vec::IntoIter<Result<Input, Failure>>,
    open: Option<Open>,
    ready: VecDeque<Result<Raw, Failure>>,
    read: Arc<AtomicU64>,
}

/// A file of documents, one a line.
struct Open {
    lines: Lines<Reader>,
    file: Arc<str>,
    /// The first line may be the first of one object over many lines.
    first: bool,
    any: bool,
    id: String,
}

/// Counts what goes through.
struct Counted<R>(R, Arc<AtomicU64>);

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        let n = self.0.read(buf)?;
        self.1.fetch_add(n as u64, Ordering::Relaxed);
        Ok(n)
    }
}

impl Feed {
    /// The documents of a plan.
    pub fn new(plan: Plan) -> Feed {
        Feed {
            inputs: plan.inputs.into_iter(),
            open: None,
            ready: VecDeque::new(),
            read: Arc::default(),
        }
    }

    /// Bytes read so far, as a counter that goes on.
    pub fn counter(&self) -> Arc<AtomicU64> {
        Arc::clone(&self.read)
    }

    /// True if the next document may have to be waited for: what is there should be worked on first.
    pub fn may_wait(&self) -> bool {
        self.ready.is_empty()
            && self
                .open
                .as_ref()
                .is_some_and(|o| !o.lines.get_ref().buffer().contains(&b'\n'))
    }

    fn enter(&mut self, input: Input) {
        let file: Arc<str> = input.name.as_str().into();
        let place = Place {
            file: Arc::clone(&file),
            line: None,
        };
        if let Err(problem) = self.begin(&input, file) {
            self.ready.push_back(Err(Failure { place, problem }));
        }
    }

    fn begin(&mut self, input: &Input, file: Arc<str>) -> Result<(), Problem> {
        let source: Box<dyn Read + Send> = match &input.source {
            Source::File(path) => Box::new(File::open(path)?),
            Source::Stdin => Box::new(io::stdin()),
            Source::Bundled(content) => Box::new(content.as_bytes()),
        };
        let mut source = Counted(source, Arc::clone(&self.read));
        let head = head(&mut source)?;
        if let Some(problem) = decode::binary(&head) {
            return Err(problem);
        }
        let (shape, many) = match input.shape {
            Shape::Unknown => sniff(&head),
            known => (known, false),
        };
        let mut all: Box<dyn Read + Send> = Box::new(Cursor::new(head).chain(source));
        let kind = match shape {
            Shape::Lines => {
                // A mark at the start tells UTF-16; it is turned to UTF-8 on the way. Without one, nothing is touched.
                let reader = DecodeReaderBytesBuilder::new()
                    .utf8_passthru(true)
                    .strip_bom(true)
                    .build(all);
                let mut lines = Lines::new(
                    BufReader::with_capacity(64 * 1024, Box::new(reader) as Box<dyn Read + Send>),
                    LIMIT,
                );
                if many {
                    let bytes = rest(&mut lines, Vec::new())?;
                    return self.values(&bytes, &file, &input.id);
                }
                self.open = Some(Open {
                    lines,
                    file,
                    first: true,
                    any: false,
                    id: input.id.clone(),
                });
                return Ok(());
            }
            Shape::Html => Kind::Html,
            Shape::Text | Shape::Unknown => Kind::Text,
        };
        let mut bytes = Vec::new();
        all.by_ref().take(LIMIT as u64 + 1).read_to_end(&mut bytes)?;
        if bytes.len() > LIMIT {
            let more = io::copy(&mut all, &mut io::sink())?;
            return Err(Problem::TooLong {
                bytes: bytes.len() as u64 + more,
                line: false,
            });
        }
        let place = Place { file, line: None };
        self.ready.push_back(Ok(Raw {
            place,
            kind,
            id: input.id.clone(),
            bytes,
        }));
        Ok(())
    }

    /// JSON over any number of lines: one object, several, or a list.
    fn values(&mut self, bytes: &[u8], file: &Arc<str>, id: &str) -> Result<(), Problem> {
        let mut documents = Vec::new();
        for value in serde_json::Deserializer::from_slice(bytes).into_iter::<Value>() {
            match value.map_err(|e| jsonl::fault(bytes, &e))? {
                Value::Array(list) => documents.extend(list),
                one => documents.push(one),
            }
        }
        let single = documents.len() == 1;
        if documents.is_empty() {
            return Err(Problem::Empty);
        }
        for (i, value) in documents.into_iter().enumerate() {
            let name: Arc<str> = if single {
                Arc::clone(file)
            } else {
                format!("{file}[{i}]").into()
            };
            let id = if single { id.to_owned() } else { name.to_string() };
            let place = Place { file: name, line: None };
            self.ready.push_back(Ok(Raw {
                place,
                kind: Kind::Json,
                id,
                bytes: value.to_string().into_bytes(),
            }));
        }
        Ok(())
    }

    /// The next line of the open file.
    fn line(&mut self) -> Option<Result<Raw, Failure>> {
        let open = self.open.as_mut()?;
        loop {
            let line = open.lines.next_line();
            let place = Place {
                file: Arc::clone(&open.file),
                line: Some(open.lines.number.max(1)),
            };
            let fail = |problem| {
                Some(Err(Failure {
                    place: place.clone(),
                    problem,
                }))
            };
            let first = std::mem::take(&mut open.first);
            match line {
                Ok(None) => {
                    let (any, file) = (open.any, Arc::clone(&open.file));
                    self.open = None;
                    let place = Place { file, line: None };
                    return if any {
                        None
                    } else {
                        Some(Err(Failure {
                            place,
                            problem: Problem::Empty,
                        }))
                    };
                }
                Err(e) => {
                    self.open = None;
                    return fail(e.into());
                }
                Ok(Some(Line::TooLong(bytes))) => {
                    open.any = true;
                    return fail(Problem::TooLong { bytes, line: true });
                }
                Ok(Some(Line::Whole(bytes))) => {
                    if bytes.iter().all(u8::is_ascii_whitespace) {
                        open.first = first && !open.any;
                        continue;
                    }
                    open.any = true;
                    if first && begins_object(&bytes) {
                        let mut open = self.open.take()?;
                        let all = rest(&mut open.lines, bytes);
                        return match all.and_then(|all| self.values(&all, &open.file, &open.id)) {
                            Ok(()) => self.ready.pop_front(),
                            Err(problem) => Some(Err(Failure {
                                place: Place { line: None, ..place },
                                problem,
                            })),
                        };
                    }
                    let id = format!("{}:{}", open.file, open.lines.number);
                    return Some(Ok(Raw {
                        place,
                        kind: Kind::Json,
                        id,
                        bytes,
                    }));
                }
            }
        }
    }
}

impl Iterator for Feed {
    type Item = Result<Raw, Failure>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(next) = self.ready.pop_front() {
                return Some(next);
            }
            if let Some(next) = self.line() {
                return Some(next);
            }
            match self.inputs.next()? {
                Ok(input) => self.enter(input),
                Err(failure) => return Some(Err(failure)),
            }
        }
    }
}

/// The first bytes: enough to see what it is, without waiting for more than that.
fn head(source: &mut impl Read) -> io::Result<Vec<u8>> {
    let mut head = Vec::new();
    let mut buffer = [0; 8192];
    while head.len() < 16 || head.iter().all(u8::is_ascii_whitespace) && head.len() < LIMIT {
        match source.read(&mut buffer) {
            Ok(0) => break,
            Ok(n) => head.extend_from_slice(&buffer[..n]),
            Err(e) if e.kind() == io::ErrorKind::Interrupted => {}
            Err(e) => return Err(e),
        }
    }
    Ok(head)
}

/// Tells the shape by the first characters; true if it is a JSON list.
fn sniff(head: &[u8]) -> (Shape, bool) {
    let shown: Vec<u8> = head
        .iter()
        .copied()
        .filter(|b| !matches!(b, 0 | 0xef | 0xbb | 0xbf | 0xfe | 0xff))
        .take(4096)
        .collect();
    let mut shown = shown.iter().copied().skip_while(u8::is_ascii_whitespace);
    let first = shown.next();
    let second = shown.find(|b| !b.is_ascii_whitespace());
    match (first, second) {
        (Some(b'{'), _) => (Shape::Lines, false),
        (Some(b'['), Some(b'{' | b']')) => (Shape::Lines, true),
        (Some(b'<'), Some(b)) if b == b'!' || b == b'?' || b.is_ascii_alphabetic() => (Shape::Html, false),
        _ => (Shape::Text, false),
    }
}

/// The line opens an object that goes on over the next lines. A line that is cut short somewhere does not end like that.
fn begins_object(line: &[u8]) -> bool {
    let line = line.trim_ascii();
    line.starts_with(b"{")
        && matches!(line.last(), Some(b'{' | b'[' | b','))
        && serde_json::from_slice::<IgnoredAny>(line).is_err_and(|e| e.is_eof())
}

/// All further lines, after `bytes`.
fn rest(lines: &mut Lines<Reader>, mut bytes: Vec<u8>) -> Result<Vec<u8>, Problem> {
    bytes.push(b'\n');
    while let Some(line) = lines.next_line()? {
        match line {
            Line::Whole(line) if bytes.len() + line.len() <= LIMIT => {
                bytes.extend_from_slice(&line);
                bytes.push(b'\n');
            }
            Line::Whole(line) => {
                return Err(Problem::TooLong {
                    bytes: (bytes.len() + line.len()) as u64,
                    line: false,
                });
            }
            Line::TooLong(n) => return Err(Problem::TooLong { bytes: n, line: false }),
        }
    }
    Ok(bytes)
}
