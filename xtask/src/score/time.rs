//! Our time expressions beside those of dateparser: `accuracy/time.md`.

use super::{python, times};
use crate::Outcome;
use crate::data::root;
use khaldun_engine::Engine;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The version that is compared with.
const VERSION: &str = "1.5.0";

const HEAD: &str = "\
# Time expressions, side by side

Written by `cargo xtask score --write`; do not edit. Both read the same sentences of news, labelled by hand, and are scored by the same script. Khaldun was developed with these sentences in view,
dateparser was not.

- **strict**: the same words; **relaxed**: a word in common; **all**: relaxed, and type and value are right (one day of slack).
- dateparser is asked for Arabic, from the day of publication (`search_dates`). A month or year that it finds counts as the whole
  interval. It has no lengths, repetitions or vague times.

";

/// Writes the comparison, or says why there is none.
pub fn compare(engine: &Engine) -> Outcome {
    let Some(folder) = super::gold()
        .map(|g| g.join("time"))
        .filter(|f| f.join("docs.jsonl").is_file())
    else {
        println!("left out: accuracy/time.md, there are no labelled time expressions");
        return Ok(());
    };
    let python3 = match environment() {
        Ok(path) => path,
        Err(why) => {
            println!("left out: accuracy/time.md, there is no dateparser {VERSION}: {why}");
            return Ok(());
        }
    };
    let docs = folder.join("docs.jsonl");
    let script = Command::new(&python3)
        .args(["-B", "-c", include_str!("dateparser.py")])
        .arg(&docs)
        .env("PYTHONUTF8", "1")
        .output();
    let theirs = script.map_err(|e| format!("{}: {e}", python3.display()))?;
    if !theirs.status.success() {
        return Err(format!(
            "dateparser.py failed: {}",
            String::from_utf8_lossy(&theirs.stderr)
        ));
    }
    let score = |found: &str| {
        python(
            &[&folder.join("score.py"), &folder.join("dev.jsonl"), Path::new("-")],
            found,
        )
    };
    let ours = score(&times(engine, &docs)?)?;
    let theirs = score(&String::from_utf8_lossy(&theirs.stdout))?;
    let file = root().join("accuracy/time.md");
    let content = page(&[
        ("Khaldun".to_owned(), &ours),
        (format!("dateparser {VERSION}"), &theirs),
    ]);
    std::fs::write(&file, content).map_err(|e| format!("{}: {e}", file.display()))?;
    println!("written: accuracy/time.md");
    Ok(())
}

/// The page from what the scorer prints for each program.
fn page(programs: &[(String, &str)]) -> String {
    let mut out =
        format!("{HEAD}| program | strict F1 | relaxed F1 | value right of hits | all F1 |\n|---|---|---|---|---|\n");
    for (name, printed) in programs {
        let of = |label: &str| {
            printed
                .split_once(label)
                .and_then(|(_, rest)| rest.split_whitespace().next())
                .unwrap_or("–")
        };
        out += &format!(
            "| {name} | {} | {} | {} | {} |\n",
            of("strict F1 "),
            of("relaxed F1 "),
            of("of hits "),
            of("all F1 ")
        );
    }
    for (name, printed) in programs {
        out += &format!("\n{name}:\n\n```\n{}\n```\n", printed.trim_end());
    }
    out
}

/// A Python that has dateparser: of an environment of its own below the build folder, made when it is first wanted.
fn environment() -> Result<PathBuf, String> {
    let target = std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), PathBuf::from);
    let folder = target.join(format!("dateparser-{VERSION}"));
    let python3 = folder.join("bin/python3");
    let quiet = |program: &Path, arguments: &[&str]| {
        let out = Command::new(program)
            .args(arguments)
            .output()
            .map_err(|e| format!("{}: {e}", program.display()))?;
        if out.status.success() {
            return Ok(());
        }
        let said = String::from_utf8_lossy(&out.stderr).trim().to_owned();
        Err(said.lines().last().unwrap_or("no reason given").to_owned())
    };
    if quiet(&python3, &["-c", "import dateparser"]).is_err() {
        println!("installing dateparser {VERSION} below {}", target.display());
        quiet(Path::new("python3"), &["-m", "venv", &folder.to_string_lossy()])?;
        quiet(
            &python3,
            &["-m", "pip", "install", "--quiet", &format!("dateparser=={VERSION}")],
        )?;
    }
    Ok(python3)
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_page_has_a_row_a_program() {
        let printed = "2 sentences, 3 expressions, 3 found\nspan strict F1 0.500   relaxed F1 0.750   value right of hits 0.900   all F1 0.600\n";
        let page = super::page(&[("one".into(), printed), ("other".into(), "nothing")]);
        assert!(
            page.contains("| one | 0.500 | 0.750 | 0.900 | 0.600 |\n| other | – | – | – | – |\n"),
            "{page}"
        );
        assert!(page.contains("\none:\n\n```\n2 sentences"));
    }
}
