//! Records to bytes.
//!
//! Comes in: the records of one document. Goes out: JSONL, JSON, CSV or a table. Each document is encoded on the thread that read it ([`Encoder`]) and
//! written in input order ([`Writer`]), always in whole lines, flushed after each batch.

pub mod csv;
pub mod table;

use crate::args::{Format, OutputArgs};
use crate::say::View;
use crate::{Fatal, input::Doc};
use khaldun_engine::Record;
use std::fs::File;
use std::io::{self, BufWriter, IsTerminal, Write};
use std::path::Path;

/// What one document gave.
#[derive(Debug, Default)]
pub struct Coded {
    /// Number of events.
    pub events: usize,
    /// Encoded, for all forms but the table.
    pub bytes: Vec<u8>,
    /// Records, for the table, whose rows are numbered over all documents.
    pub records: Vec<Record>,
    /// Line above the rows of the document in the table.
    pub head: Option<table::Head>,
}

/// Encodes the records of a document.
#[derive(Clone, Debug)]
pub struct Encoder {
    format: Format,
    columns: Vec<&'static csv::Column>,
}

impl Encoder {
    /// Encodes records.
    pub fn encode(&self, doc: &Doc, records: Vec<Record>) -> Coded {
        let events = records.len();
        let mut bytes = Vec::new();
        match self.format {
            Format::Table => {
                let head = table::Head::of(&doc.article);
                return Coded {
                    events,
                    records,
                    head: Some(head),
                    bytes,
                };
            }
            Format::Csv => csv::rows(&records, &self.columns, &mut bytes),
            Format::Jsonl => {
                for r in &records {
                    json(r, &mut bytes);
                    bytes.push(b'\n');
                }
            }
            Format::Json => {
                for (i, r) in records.iter().enumerate() {
                    if i > 0 {
                        bytes.extend_from_slice(b",\n");
                    }
                    json(r, &mut bytes);
                }
            }
        }
        Coded {
            events,
            bytes,
            ..Coded::default()
        }
    }
}

fn json(record: &Record, out: &mut Vec<u8>) {
    if let Err(e) = serde_json::to_writer(out, record) {
        unreachable!("a record has string keys and a vector takes all bytes: {e}");
    }
}

/// Where the output goes.
pub struct Target {
    /// As it is called in messages.
    pub name: String,
    out: Box<dyn Write>,
    /// It is a terminal.
    pub terminal: bool,
}

impl Target {
    /// Standard output, or a file.
    ///
    /// # Errors
    /// The file cannot be made, or is one of the inputs.
    pub fn open(file: Option<&Path>, inputs: &[std::path::PathBuf]) -> Result<Target, Fatal> {
        let Some(path) = file.filter(|p| p.as_os_str() != "-") else {
            let out = io::stdout();
            let terminal = out.is_terminal();
            return Ok(Target {
                name: "standard output".into(),
                out: Box::new(BufWriter::new(out)),
                terminal,
            });
        };
        let same = |a: &Path| matches!((a.canonicalize(), path.canonicalize()), (Ok(a), Ok(b)) if a == b);
        if inputs.iter().any(|i| same(i)) {
            return Err(Fatal::Usage(format!(
                "{} is an input too: the output would overwrite it",
                path.display()
            )));
        }
        let file = File::create(path).map_err(|e| Fatal::Write(path.display().to_string(), e))?;
        Ok(Target {
            name: path.display().to_string(),
            out: Box::new(BufWriter::new(file)),
            terminal: false,
        })
    }
}

impl Write for Target {
    fn write(&mut self, buf: &[u8]) -> io::Result<usize> {
        self.out.write(buf)
    }
    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

/// Writes what the encoder made.
pub struct Writer {
    target: Target,
    format: Format,
    columns: Vec<&'static csv::Column>,
    table: table::Table,
    events: usize,
}

/// An encoder and the writer for what it makes, as the flags ask for.
///
/// # Errors
/// An unknown column, a suffix that tells no form, a file that cannot be made.
pub fn open(
    args: &OutputArgs,
    view: crate::args::ViewArgs,
    inputs: &[std::path::PathBuf],
) -> Result<(Encoder, Writer), Fatal> {
    let columns = csv::columns(&args.columns)?;
    let by_suffix = match &args.output {
        Some(path) if args.format.is_none() && path.as_os_str() != "-" => Some(format_of(path)?),
        _ => None,
    };
    let target = Target::open(args.output.as_deref(), inputs)?;
    let usual = if target.terminal { Format::Table } else { Format::Jsonl };
    let format = args.format.or(by_suffix).unwrap_or(usual);
    if !args.columns.is_empty() && format != Format::Csv {
        return Err(Fatal::Usage("--columns is for csv: add -f csv".into()));
    }
    let view = View::of(view, target.terminal);
    let table = table::Table::new(view, args.explain, target.terminal);
    Ok((
        Encoder {
            format,
            columns: columns.clone(),
        },
        Writer {
            target,
            format,
            columns,
            table,
            events: 0,
        },
    ))
}

fn format_of(path: &Path) -> Result<Format, Fatal> {
    let suffix = path.extension().and_then(|e| e.to_str()).map(str::to_ascii_lowercase);
    match suffix.as_deref() {
        Some("jsonl" | "ndjson") => Ok(Format::Jsonl),
        Some("json") => Ok(Format::Json),
        Some("csv") => Ok(Format::Csv),
        Some("txt") => Ok(Format::Table),
        _ => Err(Fatal::Usage(format!(
            "{}: no form goes with this suffix; add -f table, jsonl, json or csv",
            path.display()
        ))),
    }
}

impl Writer {
    /// Name of the target, for messages.
    pub fn name(&self) -> &str {
        &self.target.name
    }

    /// Writes what comes before the first document.
    ///
    /// # Errors
    /// Those of the target.
    pub fn begin(&mut self) -> io::Result<()> {
        match self.format {
            Format::Csv => self.target.write_all(&csv::header(&self.columns)),
            Format::Json => self.target.write_all(b"["),
            _ => Ok(()),
        }
    }

    /// Writes a document.
    ///
    /// # Errors
    /// Those of the target.
    pub fn document(&mut self, coded: &Coded) -> io::Result<()> {
        if coded.events == 0 {
            return Ok(());
        }
        match self.format {
            Format::Table => {
                if self.events == 0 {
                    self.target.write_all(self.table.header().as_bytes())?;
                }
                let text = self.table.document(coded.head.as_ref(), &coded.records, self.events);
                self.target.write_all(text.as_bytes())?;
            }
            Format::Json => {
                self.target.write_all(if self.events == 0 { b"\n" } else { b",\n" })?;
                self.target.write_all(&coded.bytes)?;
            }
            Format::Csv | Format::Jsonl => self.target.write_all(&coded.bytes)?,
        }
        self.events += coded.events;
        Ok(())
    }

    /// Hands on what was written so far.
    ///
    /// # Errors
    /// Those of the target.
    pub fn flush(&mut self) -> io::Result<()> {
        self.target.flush()
    }

    /// Writes what comes after the last document.
    ///
    /// # Errors
    /// Those of the target.
    pub fn end(&mut self) -> io::Result<()> {
        if self.format == Format::Json {
            self.target.write_all(b"\n]\n")?;
        }
        self.target.flush()
    }
}
