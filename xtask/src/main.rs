//! What a developer runs: `cargo xtask` lists it.

mod bench;
mod check;
mod data;
mod examples;
mod fit;
mod gaps;
mod read;
mod score;
mod test;

use std::process::ExitCode;

/// What went wrong, for people.
type Outcome = Result<(), String>;

/// One command: its name, its arguments, what it does.
struct Command {
    name: &'static str,
    arguments: &'static str,
    help: &'static str,
    run: fn(&[&str]) -> Outcome,
}

const COMMANDS: &[Command] = &[
    Command {
        name: "check",
        arguments: "",
        help: "checks and compiles data/, prints every fault with file and line",
        run: |_| check::check(),
    },
    Command {
        name: "examples",
        arguments: "[FILTER]",
        help: "runs the examples of data/ whose name contains FILTER, alone and together",
        run: |a| examples::examples(argument(a, 0).unwrap_or("")),
    },
    Command {
        name: "read",
        arguments: "FILE [ID]",
        help: "codes a JSONL file of documents, one record a line (the document ID only)",
        run: |a| read::read(argument(a, 0).ok_or("which file?")?, argument(a, 1)),
    },
    Command {
        name: "outline",
        arguments: "TEXT",
        help: "prints what each stage makes of a sentence",
        run: |a| read::outline(&a.join(" ")),
    },
    Command {
        name: "trace",
        arguments: "TEXT",
        help: "codes one sentence and prints the trace of each event",
        run: |a| read::trace(&a.join(" ")),
    },
    Command {
        name: "score",
        arguments: "[--write]",
        help: "compares with the labelled texts of KHALDUN_GOLD; --write makes accuracy/report.md and time.md",
        run: |a| score::score(a.contains(&"--write")),
    },
    Command {
        name: "fit",
        arguments: "[--write]",
        help: "fits the weights event.* to the labelled texts, with cross-validation; --write puts them into data/weights.toml",
        run: |a| fit::fit(a.contains(&"--write")),
    },
    Command {
        name: "gaps",
        arguments: "PATH… [--help]",
        help: "what the lexicon lacks for these articles, by frequency: words, predicates, names, times",
        run: gaps::gaps,
    },
    Command {
        name: "bench",
        arguments: "",
        help: "speed, memory and start of the whole program (a bench for each stage: cargo bench)",
        run: |_| bench::bench(),
    },
    Command {
        name: "test",
        arguments: "",
        help: "everything that must pass: format, lints, tests, a minute of fuzzing, scores",
        run: |_| test::test(),
    },
];

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let rest: Vec<&str> = args.iter().skip(1).map(String::as_str).collect();
    let Some(command) = args.first().and_then(|name| COMMANDS.iter().find(|c| c.name == name)) else {
        println!("cargo xtask COMMAND\n");
        for c in COMMANDS {
            println!("  {:22}{}", format!("{} {}", c.name, c.arguments), c.help);
        }
        return if args.is_empty() {
            ExitCode::SUCCESS
        } else {
            ExitCode::FAILURE
        };
    };
    match (command.run)(&rest) {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("{message}");
            ExitCode::FAILURE
        }
    }
}

fn argument<'a>(args: &[&'a str], n: usize) -> Option<&'a str> {
    args.get(n).copied()
}
