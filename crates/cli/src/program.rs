//! From arguments to an exit code.

use crate::args::{Cli, Verb};
use crate::{Exit, Fatal, code, demo, mentions, print, shell, why};
use clap::{CommandFactory, Parser};
use std::ffi::OsString;
use std::io::{self, Write};
use std::process::ExitCode;

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
