//! The lists on standard output.

use super::tally::Row;
use super::{Format, List};
use std::collections::BTreeMap;
use std::io::{self, BufWriter, ErrorKind, Write};

/// Prints them. A reader that has seen enough may close the pipe.
pub fn print(lists: &BTreeMap<List, Vec<Row>>, format: Format) -> Result<(), String> {
    let mut out = BufWriter::new(io::stdout().lock());
    let done = match format {
        Format::Table => table(lists, &mut out),
        Format::Jsonl => jsonl(lists, &mut out),
    };
    match done.and_then(|()| out.flush()) {
        Err(e) if e.kind() != ErrorKind::BrokenPipe => Err(format!("cannot write standard output: {e}")),
        _ => Ok(()),
    }
}

fn table(lists: &BTreeMap<List, Vec<Row>>, out: &mut impl Write) -> io::Result<()> {
    for (list, rows) in lists {
        let name = format!("{list:?}").to_lowercase();
        writeln!(out, "{name}\n  count  documents")?;
        for r in rows {
            let guess = if r.guess.is_empty() {
                String::new()
            } else {
                format!(" ({})", r.guess)
            };
            writeln!(
                out,
                "{:7} {:10}  {}{guess}: {}",
                r.count, r.documents, r.form, r.example
            )?;
        }
        writeln!(out)?;
    }
    Ok(())
}

fn jsonl(lists: &BTreeMap<List, Vec<Row>>, out: &mut impl Write) -> io::Result<()> {
    for row in lists.values().flatten() {
        serde_json::to_writer(&mut *out, row)?;
        writeln!(out)?;
    }
    Ok(())
}
