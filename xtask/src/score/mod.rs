//! `cargo xtask score`: how well the coder does on texts labelled by hand.
//!
//! Comes in: the folder of labelled texts (`KHALDUN_GOLD`, else `../shared/gold` beside the repository) with its own scorers. Goes out: their figures, and
//! what lies behind them by type and entry. Refuses to copy a labelled text: the report has counts and entry ids only.

mod report;
mod time;

use crate::Outcome;
use crate::data::{engine, root};
use crate::read::articles;
use khaldun_engine::Engine;
use serde::Deserialize;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// The floors that [`floors`] holds the figures to.
const FLOORS: &str = "accuracy/floors.toml";

/// What is said where there are no labelled texts.
pub const NO_GOLD: &str = "There are no labelled texts here: they stay outside the repository, for their licences. \
     KHALDUN_GOLD names the folder that holds them (with score.py, dev/, headlines/, gsr/, time/).";

/// A set of documents with labelled events: name, documents and gold below the folder.
pub const EVENTS: [(&str, &str, &str); 3] = [
    ("dev", "dev/docs.jsonl", "dev/gold.json"),
    ("headlines", "headlines/docs.jsonl", "headlines/gold.json"),
    ("seed", "../seed/article.jsonl", "../seed/gold.json"),
];

/// What is known of one set of documents with labelled events.
pub struct Set {
    /// Its name.
    pub name: &'static str,
    /// What the scorer says, as `score.py --json` has it.
    pub scores: Value,
    /// What lies behind it.
    pub breakdown: Breakdown,
}

/// Counts by type and entry.
#[derive(Debug, Default, Deserialize)]
pub struct Breakdown {
    /// Of each type: `gold` and `found` events, `coded`, `right` and `optional` ones.
    pub types: BTreeMap<String, BTreeMap<String, usize>>,
    /// Of each outlet: `documents`, and of each level `tp`, `fp`, `fn`.
    pub outlets: BTreeMap<String, BTreeMap<String, usize>>,
    /// Causes of error, by type.
    pub causes: BTreeMap<String, BTreeMap<String, usize>>,
    /// Gold type and coded type, with a tab between: the same act under another type.
    pub confusion: BTreeMap<String, usize>,
    /// Type and entry, with a tab between, of events that are not in the gold.
    pub made_up: BTreeMap<String, usize>,
    /// Accepted types and trigger of events that were not found, and whether the cause is known.
    pub missed: Vec<(Vec<String>, String, bool)>,
}

/// All that was measured.
pub struct Scores {
    /// The sets with events.
    pub sets: Vec<Set>,
    /// What `gsr/score.py` prints.
    pub gsr: Option<String>,
    /// What `time/score.py` prints.
    pub time: Option<String>,
}

/// The folder of labelled texts, if there is one.
pub fn gold() -> Option<PathBuf> {
    let folder = std::env::var_os("KHALDUN_GOLD").map_or_else(|| root().join("../shared/gold"), PathBuf::from);
    folder.join("score.py").is_file().then_some(folder)
}

/// Scores, prints, and writes the report if asked.
pub fn score(write: bool) -> Outcome {
    let engine = engine()?;
    let scores = measure(&engine)?;
    println!("{}", report::terminal(&scores));
    if write {
        let folder = root().join("accuracy");
        std::fs::create_dir_all(&folder).map_err(|e| e.to_string())?;
        let file = folder.join("report.md");
        std::fs::write(&file, report::markdown(&engine, &scores)).map_err(|e| format!("{}: {e}", file.display()))?;
        println!("written: accuracy/report.md");
        time::compare(&engine)?;
    }
    Ok(())
}

/// Holds the figures to `accuracy/floors.toml`.
pub fn floors() -> Outcome {
    let file = root().join(FLOORS);
    let content = std::fs::read_to_string(&file).map_err(|e| format!("{}: {e}", file.display()))?;
    let floors: BTreeMap<String, BTreeMap<String, f64>> =
        toml::from_str(&content).map_err(|e| format!("{FLOORS}: {e}"))?;
    let scores = measure(&engine()?)?;
    let figures = figures(&scores);
    let mut low = Vec::new();
    for (set, names) in &floors {
        for (name, floor) in names {
            let key = format!("{set}.{name}");
            match figures.get(&key) {
                Some(f) if f + 5e-4 >= *floor => println!("  {key:32} {f:.3} (at least {floor:.3})"),
                Some(f) => low.push(format!("{key} is {f:.3}, below its floor {floor:.3}")),
                None if scores.sets.iter().any(|s| s.name == set) || matches!(set.as_str(), "gsr" | "time") => {
                    low.push(format!("{FLOORS} names {key}, which is not measured"));
                }
                None => low.push(format!("{FLOORS} names the set {set}, which is not there")),
            }
        }
    }
    if low.is_empty() { Ok(()) } else { Err(low.join("\n")) }
}

/// Every figure by name: `dev.detect` is an F1, `dev.detect-recall` a recall, `gsr.ASSAULT-easy` an F1, `time.all` an F1.
fn figures(scores: &Scores) -> BTreeMap<String, f64> {
    let mut out = BTreeMap::new();
    for set in &scores.sets {
        for level in ["detect", "dyad", "record"] {
            let of = |key: &str| set.scores[level][key].as_f64().unwrap_or(0.0);
            out.insert(format!("{}.{level}", set.name), of("f1"));
            out.insert(format!("{}.{level}-precision", set.name), of("precision"));
            out.insert(format!("{}.{level}-recall", set.name), of("recall"));
        }
    }
    for line in scores.gsr.iter().flat_map(|g| g.lines()) {
        let cells: Vec<&str> = line.split_whitespace().collect();
        let number = |back: usize| cells.len().checked_sub(back).and_then(|i| cells[i].parse::<f64>().ok());
        if let (Some("ASSAULT" | "PROTEST"), Some(easy), Some(hard)) = (cells.first().copied(), number(2), number(1)) {
            out.insert(format!("gsr.{}-easy", cells[0]), easy);
            out.insert(format!("gsr.{}-hard", cells[0]), hard);
        } else if let (Some((name, _)), Some(share)) = (line.split_once(|c: char| c.is_ascii_digit()), number(1)) {
            out.insert(format!("gsr.{}", name.trim().replace(' ', "-")), share);
        }
    }
    let line = scores
        .time
        .iter()
        .flat_map(|t| t.lines())
        .find(|l| l.contains("all F1"))
        .unwrap_or("");
    for (name, label) in [("strict", "strict F1 "), ("relaxed", "relaxed F1 "), ("all", "all F1 ")] {
        let value = line
            .split(label)
            .nth(1)
            .and_then(|rest| rest.split_whitespace().next()?.parse().ok());
        if let Some(value) = value {
            out.insert(format!("time.{name}"), value);
        }
    }
    out
}

fn measure(engine: &Engine) -> Result<Scores, String> {
    let gold = gold().ok_or(NO_GOLD)?;
    let mut sets = Vec::new();
    for (name, docs, labels) in EVENTS {
        let (docs, labels) = (gold.join(docs), gold.join(labels));
        if docs.is_file() && labels.is_file() {
            let events = events(engine, &docs)?;
            let scores = python(
                &[&gold.join("score.py"), &labels, Path::new("-"), Path::new("--json")],
                &events,
            )?;
            let script = include_str!("breakdown.py");
            let lines = told(engine, &docs)?;
            let breakdown = python(&[Path::new("-c"), Path::new(script), &gold, &labels, &docs], &lines)?;
            let scores = serde_json::from_str(&scores).map_err(|e| format!("score.py: {e}"))?;
            let mut breakdown: Breakdown =
                serde_json::from_str(&breakdown).map_err(|e| format!("breakdown.py: {e}"))?;
            report::missing_entries(engine, &mut breakdown);
            sets.push(Set {
                name,
                scores,
                breakdown,
            });
        }
    }
    let other = |folder: &str, labels: &str, code: fn(&Engine, &Path) -> Result<String, String>| {
        let docs = gold.join(folder).join("docs.jsonl");
        if !docs.is_file() {
            return Ok(None);
        }
        let out = python(
            &[
                &gold.join(folder).join("score.py"),
                &gold.join(folder).join(labels),
                Path::new("-"),
            ],
            &code(engine, &docs)?,
        )?;
        Ok::<_, String>(Some(out))
    };
    let gsr = other("gsr", "labels.json", events)?;
    let time = other("time", "dev.jsonl", times)?;
    Ok(Scores { sets, gsr, time })
}

/// The records of a file of documents, one a line.
fn events(engine: &Engine, docs: &Path) -> Result<String, String> {
    let mut worker = engine.worker();
    let mut out = String::new();
    for article in articles(docs)? {
        for record in worker.read(&article).events {
            out.push_str(&serde_json::to_string(&record).map_err(|e| e.to_string())?);
            out.push('\n');
        }
    }
    Ok(out)
}

/// Events and candidates of a file of documents, one a line, as `breakdown.py` wants them.
fn told(engine: &Engine, docs: &Path) -> Result<String, String> {
    let mut worker = engine.worker();
    let mut out = String::new();
    for article in articles(docs)? {
        let candidates = worker
            .candidates(&article)
            .into_iter()
            .map(|(record, _)| ("candidate", record));
        let events: Vec<_> = worker.read(&article).events.into_iter().map(|e| ("event", e)).collect();
        for line in events.into_iter().chain(candidates) {
            out.push_str(&serde_json::to_string(&line).map_err(|e| e.to_string())?);
            out.push('\n');
        }
    }
    Ok(out)
}

/// The time expressions of a file of documents, a line for each document.
fn times(engine: &Engine, docs: &Path) -> Result<String, String> {
    let mut worker = engine.worker();
    let mut out = String::new();
    for article in articles(docs)? {
        let found = worker.mentions(&article);
        let times: Vec<Value> = found
            .times
            .iter()
            .map(|t| {
                let day = |d: Option<jiff::civil::Date>| d.map(|d| d.to_string());
                json!({"text": found.text.slice(t.span), "type": t.kind, "from": day(t.from), "to": day(t.to), "duration": t.duration})
            })
            .collect();
        out.push_str(&json!({"doc_id": article.id, "times": times}).to_string());
        out.push('\n');
    }
    Ok(out)
}

/// Runs a Python script with this input. It leaves no compiled files beside the gold.
pub fn python(arguments: &[&Path], input: &str) -> Result<String, String> {
    let mut child = Command::new("python3")
        .arg("-B")
        .args(arguments)
        .env("PYTHONUTF8", "1")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .map_err(|e| format!("the scorers need python3: {e}"))?;
    let mut stdin = child.stdin.take().ok_or("python3 has no input")?;
    let input = input.to_owned();
    // From a thread of its own: the script may print before it has read all.
    let writer = std::thread::spawn(move || stdin.write_all(input.as_bytes()));
    let done = child.wait_with_output().map_err(|e| e.to_string())?;
    let wrote = writer.join().map_err(|_| "the writer broke off".to_owned())?;
    if !done.status.success() {
        return Err(format!("a scorer failed ({})", done.status));
    }
    wrote.map_err(|e| format!("a scorer did not read its input: {e}"))?;
    String::from_utf8(done.stdout).map_err(|e| e.to_string())
}
