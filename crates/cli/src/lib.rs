//! The command line of Khaldun.
//!
//! Comes in: arguments, files, directories, standard input. Goes out: data on standard output (or `-o FILE`), everything else on standard error, and an
//! exit code: 0 done, 2 usage or fatal, 3 some documents failed, 130 interrupted. Refuses to touch the network and to know Arabic: words are data of the engine.
//!
//! [`input`] turns bytes into documents, [`run`] reads them on all cores and hands the results on in input order, [`output`] writes them; each verb has a
//! module of its own.

pub mod args;
pub mod code;
pub mod demo;
pub mod input;
pub mod mentions;
pub mod output;
pub mod run;
pub mod say;
pub mod shell;
pub mod why;

use args::{Cli, Verb};
use clap::{CommandFactory, Parser};
use std::ffi::OsString;
use std::io::{self, Write};
use std::process::ExitCode;

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

/// Runs the program with these arguments, the first of which is its own name.
pub fn main(args: impl IntoIterator<Item = OsString>) -> ExitCode {
    let cli = match Cli::try_parse_from(args) {
        Ok(cli) => cli,
        Err(e) => {
            // Help asked for goes to standard output, a usage error to standard error; neither may panic on a closed pipe.
            let _ = e.print();
            return ExitCode::from(if e.use_stderr() { 2 } else { 0 });
        }
    };
    let done = match cli.verb {
        _ if cli.version => version(),
        Some(Verb::Code(a)) => code::code(a),
        Some(Verb::Mentions(a)) => mentions::mentions(a),
        Some(Verb::Why(a)) => why::why(a),
        Some(Verb::Demo(a)) => demo::demo(a),
        Some(Verb::Completions { shell }) => shell::completions(shell),
        Some(Verb::Man { verb }) => shell::man(verb.as_deref()),
        None => {
            let help = Cli::command().render_help();
            let _ = write!(io::stderr(), "{help}");
            return ExitCode::from(2);
        }
    };
    match done {
        Ok(Exit::Done) => ExitCode::SUCCESS,
        Ok(Exit::SomeFailed) => ExitCode::from(3),
        Ok(Exit::Interrupted) => ExitCode::from(130),
        Err(e) => {
            let _ = writeln!(io::stderr(), "error: {e}");
            ExitCode::from(2)
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

fn version() -> Result<Exit, Fatal> {
    let engine = khaldun_engine::Engine::bundled();
    print(
        format!(
            "khaldun {}\nlexicon {}\n",
            env!("CARGO_PKG_VERSION"),
            engine.lexicon().tables.hash
        )
        .as_bytes(),
    )
}
