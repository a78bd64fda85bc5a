//! Completions and manual pages, made from the registry of [`crate::args`].

use crate::args::Cli;
use crate::{Exit, Fatal, print};
use clap::CommandFactory;

/// Prints the completions of a shell.
pub fn completions(shell: clap_complete::Shell) -> Result<Exit, Fatal> {
    let mut out = Vec::new();
    clap_complete::generate(shell, &mut Cli::command(), "khaldun", &mut out);
    print(&out)
}

/// Prints the manual page of the program or of a verb.
pub fn man(verb: Option<&str>) -> Result<Exit, Fatal> {
    let mut command = Cli::command();
    command.build();
    let page = match verb {
        None => command,
        Some(v) => {
            let known: Vec<&str> = command.get_subcommands().map(|c| c.get_name()).collect();
            let sub = command.find_subcommand(v);
            let sub = sub.ok_or_else(|| Fatal::Usage(format!("no verb {v:?}; there are {}", known.join(", "))))?;
            sub.clone()
        }
    };
    let mut out = Vec::new();
    clap_mangen::Man::new(page)
        .render(&mut out)
        .map_err(|e| Fatal::Write("the manual page".into(), e))?;
    print(&out)
}
