//! Lines of any length in bounded memory.

use std::io::{self, BufRead};

/// One line.
#[derive(Debug, PartialEq, Eq)]
pub enum Line {
    /// Without its line end.
    Whole(Vec<u8>),
    /// A line over the limit: passed over, its length.
    TooLong(u64),
}

/// Reads lines, keeping at most `limit` bytes of one.
#[derive(Debug)]
pub struct Lines<R> {
    reader: R,
    limit: usize,
    /// Number of the last line, from 1.
    pub number: u64,
}

impl<R: BufRead> Lines<R> {
    /// Lines of a reader.
    pub fn new(reader: R, limit: usize) -> Lines<R> {
        Lines {
            reader,
            limit,
            number: 0,
        }
    }

    /// The reader, to read on without lines.
    pub fn into_inner(self) -> R {
        self.reader
    }

    /// The reader, to look at what it has.
    pub fn get_ref(&self) -> &R {
        &self.reader
    }

    /// The next line; `None` at the end.
    pub fn next_line(&mut self) -> io::Result<Option<Line>> {
        let (mut line, mut length, mut any) = (Vec::new(), 0u64, false);
        loop {
            let buffer = match self.reader.fill_buf() {
                Ok(b) => b,
                Err(e) if e.kind() == io::ErrorKind::Interrupted => continue,
                Err(e) => return Err(e),
            };
            if buffer.is_empty() {
                break;
            }
            any = true;
            let end = buffer.iter().position(|b| *b == b'\n');
            let part = &buffer[..end.unwrap_or(buffer.len())];
            length += part.len() as u64;
            if length <= self.limit as u64 {
                line.extend_from_slice(part);
            } else {
                line = Vec::new();
            }
            let used = end.map_or(buffer.len(), |e| e + 1);
            self.reader.consume(used);
            if end.is_some() {
                break;
            }
        }
        if !any {
            return Ok(None);
        }
        self.number += 1;
        if length > self.limit as u64 {
            return Ok(Some(Line::TooLong(length)));
        }
        if line.last() == Some(&b'\r') {
            line.pop();
        }
        Ok(Some(Line::Whole(line)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_lines_are_passed_over() {
        let text = format!("a\r\n{}\n\nlast", "x".repeat(100));
        let mut lines = Lines::new(io::BufReader::with_capacity(7, text.as_bytes()), 10);
        let mut all = Vec::new();
        while let Some(l) = lines.next_line().unwrap() {
            all.push(l);
        }
        assert_eq!(
            all,
            [
                Line::Whole(b"a".into()),
                Line::TooLong(100),
                Line::Whole(b"".into()),
                Line::Whole(b"last".into())
            ]
        );
    }
}
