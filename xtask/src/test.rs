//! `cargo xtask test`: everything that must pass, in one command, on one's own machine and in CI.

use crate::data::root;
use crate::{Outcome, check, score};
use std::process::Command;
use std::time::{Instant, SystemTime, UNIX_EPOCH};

/// A step: its name, and what it does; `Ok(Some(_))` says why there was nothing to do.
type Step = (&'static str, fn() -> Result<Option<String>, String>);

const STEPS: &[Step] = &[
    ("the data compile", || check::check().map(|()| None)),
    ("format", || cargo(&["fmt", "--all", "--check"], &[])),
    ("lints", || {
        cargo(
            &[
                "clippy",
                "--quiet",
                "--workspace",
                "--all-targets",
                "--",
                "-D",
                "warnings",
            ],
            &[],
        )
    }),
    ("tests", || cargo(&["test", "--quiet", "--workspace"], &[])),
    ("a minute of fuzzing", fuzz),
    ("scores", scores),
    ("licences and advisories", deny),
];

/// Runs every step, the later ones too if one fails.
pub fn test() -> Outcome {
    let mut failed = Vec::new();
    for (name, step) in STEPS {
        println!("── {name}");
        let start = Instant::now();
        match step() {
            Ok(None) => println!("   passed in {:.0} s", start.elapsed().as_secs_f32()),
            Ok(Some(why)) => println!("   left out: {why}"),
            Err(message) => {
                println!("   FAILED: {message}");
                failed.push(*name);
            }
        }
    }
    if failed.is_empty() {
        Ok(())
    } else {
        Err(format!("failed: {}", failed.join(", ")))
    }
}

fn cargo(arguments: &[&str], variables: &[(&str, String)]) -> Result<Option<String>, String> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut command = Command::new(cargo);
    command
        .current_dir(root())
        .args(arguments)
        .envs(variables.iter().map(|(k, v)| (k, v)));
    match command.status() {
        Ok(status) if status.success() => Ok(None),
        Ok(_) => Err(format!("cargo {}", arguments.join(" "))),
        Err(e) => Err(format!("cargo: {e}")),
    }
}

/// Another seed each time; the test prints it.
fn fuzz() -> Result<Option<String>, String> {
    let seed = SystemTime::now().duration_since(UNIX_EPOCH).map_or(1, |d| d.as_secs());
    let or = |name: &str, otherwise: u64| std::env::var(name).unwrap_or_else(|_| otherwise.to_string());
    let variables = [
        ("KHALDUN_FUZZ_SECONDS", or("KHALDUN_FUZZ_SECONDS", 60)),
        ("KHALDUN_FUZZ_SEED", or("KHALDUN_FUZZ_SEED", seed)),
    ];
    cargo(
        &[
            "test",
            "--quiet",
            "--package",
            "khaldun-engine",
            "--test",
            "fuzz",
            "--",
            "--nocapture",
        ],
        &variables,
    )
}

fn scores() -> Result<Option<String>, String> {
    if score::gold().is_none() {
        return Ok(Some(
            "the labelled texts are not here (KHALDUN_GOLD names their folder)".to_owned(),
        ));
    }
    score::floors().map(|()| None)
}

fn deny() -> Result<Option<String>, String> {
    let installed = Command::new("cargo-deny")
        .arg("--version")
        .output()
        .is_ok_and(|o| o.status.success());
    if installed {
        cargo(&["deny", "check"], &[])
    } else {
        Ok(Some("cargo-deny is not installed".to_owned()))
    }
}
