//! The command line of Khaldun.
//!
//! Comes in: arguments, files, directories, standard input. Goes out: data on standard output (or `-o FILE`), everything else on standard error, and an
//! exit code: 0 done, 2 usage or fatal, 3 some documents failed, 130 interrupted. Refuses to touch the network and to know Arabic: words are data of the engine.
//!
//! [`input`] turns bytes into documents, [`run`] reads them on all cores and hands the results on in input order, [`output`] writes them; each verb has a
//! module of its own.

pub mod args;
#[cfg(feature = "bundled")]
pub mod code;
#[cfg(feature = "bundled")]
pub mod demo;
pub mod input;
#[cfg(feature = "bundled")]
pub mod mentions;
pub mod output;
#[cfg(feature = "bundled")]
mod program;
pub mod run;
pub mod say;
pub mod shell;
#[cfg(feature = "bundled")]
pub mod why;

#[cfg(feature = "bundled")]
pub use program::main;
use std::io::{self, Write};

/// How a run ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exit {
    /// All done. A reader that closed the pipe also had all that it wanted.
    Done,
    /// Some documents failed; the others are coded.
    SomeFailed,
    /// Stopped by Ctrl-C, whole lines written.
    Interrupted,
}

/// Why nothing (more) could be done.
#[derive(Debug, thiserror::Error)]
pub enum Fatal {
    /// The arguments do not make sense together.
    #[error("{0}")]
    Usage(String),
    /// The result cannot be written.
    #[error("cannot write {0}: {1}")]
    Write(String, #[source] io::Error),
}

impl Fatal {
    /// The error for a failed write; a closed pipe is no error and gives the code back.
    pub fn write(name: &str, e: io::Error) -> Result<Exit, Fatal> {
        match e.kind() {
            io::ErrorKind::BrokenPipe => Ok(Exit::Done),
            _ => Err(Fatal::Write(name.to_owned(), e)),
        }
    }
}

/// Prints a finished text on standard output.
fn print(text: &[u8]) -> Result<Exit, Fatal> {
    let mut out = io::stdout().lock();
    match out.write_all(text).and_then(|()| out.flush()) {
        Ok(()) => Ok(Exit::Done),
        Err(e) => Fatal::write("standard output", e),
    }
}
