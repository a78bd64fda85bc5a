//! The figures as a table for the terminal and as `accuracy/report.md`.

use super::{Breakdown, Scores, Set};
use crate::data::root;
use crate::fit;
use khaldun_engine::Engine;
use khaldun_engine::morph::{self, Cache};
use khaldun_engine::text::Text;
use khaldun_engine::token::tokenize;
use khaldun_lexicon::EntryKind;
use khaldun_lexicon::lexicon::Target;
use std::collections::BTreeMap;
use std::fmt::Write;
use std::process::Command;

/// Rows of a list of entries.
const ROWS: usize = 20;

/// For the terminal.
pub fn terminal(scores: &Scores) -> String {
    let mut out = String::new();
    for set in &scores.sets {
        let _ = writeln!(
            out,
            "{:10} precision  recall   F1     95 % of F1    {} documents",
            set.name, set.scores["documents"]
        );
        for level in ["detect", "dyad", "record"] {
            let of = |key: &str| set.scores[level][key].as_f64().unwrap_or(0.0);
            let _ = writeln!(
                out,
                "  {level:8} {:9.3} {:8.3} {:6.3}   {:.3}–{:.3}",
                of("precision"),
                of("recall"),
                of("f1"),
                of("low"),
                of("high")
            );
        }
    }
    for (name, text) in [("gsr", &scores.gsr), ("time", &scores.time)] {
        if let Some(text) = text {
            let _ = writeln!(out, "{name}\n  {}", text.trim_end().replace('\n', "\n  "));
        }
    }
    out
}

/// The report. No date stands in it: the same program on the same texts writes the same report.
pub fn markdown(engine: &Engine, scores: &Scores) -> String {
    let mut out = String::from(HEAD);
    let _ = writeln!(
        out,
        "Program: commit `{}`. Lexicon: `{}`.\n",
        commit(),
        engine.lexicon().tables.hash
    );
    let _ = writeln!(
        out,
        "| texts | documents | level | precision | recall | F1 | 95 % of F1 |\n|---|---|---|---|---|---|---|"
    );
    for set in &scores.sets {
        for level in ["detect", "dyad", "record"] {
            let of = |key: &str| set.scores[level][key].as_f64().unwrap_or(0.0);
            let (name, documents) = (set.name, &set.scores["documents"]);
            let (p, r, f1, low, high) = (of("precision"), of("recall"), of("f1"), of("low"), of("high"));
            let _ = writeln!(
                out,
                "| {name} | {documents} | {level} | {p:.3} | {r:.3} | {f1:.3} | {low:.3}–{high:.3} |"
            );
        }
    }
    folds(&mut out, engine);
    for set in scores.sets.iter().filter(|s| s.name != "seed") {
        let (quiet, made_up) = (
            &set.scores["documents without events"],
            &set.scores["events made up in them"],
        );
        let _ = writeln!(
            out,
            "\n## {}\n\nDocuments without an event: {quiet}; events made up in them: {made_up}.",
            set.name
        );
        causes(&mut out, set);
        types(&mut out, set);
        outlets(&mut out, set);
        fields(&mut out, set);
        confusion(&mut out, set);
        made_up_entries(&mut out, set);
        missed(&mut out, engine, set);
    }
    let blocks = [
        (
            "gsr",
            "Sentences of news agencies with ASSAULT and PROTEST events, labelled by other hands",
            &scores.gsr,
        ),
        ("time", "Time expressions and their values", &scores.time),
    ];
    for (name, what, text) in blocks {
        if let Some(text) = text {
            let _ = writeln!(out, "\n## {name}\n\n{what}.\n\n```\n{}\n```", text.trim_end());
        }
    }
    out
}

const HEAD: &str = "\
# How well Khaldun codes

Written by `cargo xtask score --write`; do not edit. The labelled texts stand outside the repository, for their licences: here are counts and ids of entries only.

- **dev**: passages of Tunisian radio news, 2013 to 2017; **headlines**: headlines of an Arabic news site to 2019; **seed**: one long article; **gsr**: sentences with two event types,
  labelled by other hands; **time**: time expressions, beside another program in [time.md](time.md) where that could be run.
- **detect**: an event of the right type that shares its trigger or a party; **dyad**: and both sides are the right countries; **record**: and whether it was denied, planned or supposed, and its
  date. Intervals: bootstrap over documents.
- Causes of error are told by rules: parties are looked at where the event was found, dates and the like where both sides are right too. One event may have several causes.

";

fn types(out: &mut String, set: &Set) {
    let _ = writeln!(
        out,
        "\n| type | in the gold | coded | precision | recall | F1 | dyad right of found | record right of found |\n|---|---|---|---|---|---|---|---|"
    );
    for (name, counts) in &set.breakdown.types {
        let n = |key: &str| counts.get(key).copied().unwrap_or(0) as f64;
        let share = |part: f64, whole: f64| if whole > 0.0 { part / whole } else { 0.0 };
        let (p, r) = (
            share(n("right"), n("coded") - n("optional")),
            share(n("found"), n("gold")),
        );
        let _ = writeln!(
            out,
            "| {name} | {} | {} | {p:.2} | {r:.2} | {:.2} | {} | {} |",
            n("gold"),
            n("coded"),
            share(2.0 * p * r, p + r),
            n("dyad"),
            n("record")
        );
    }
}

/// The scores of the folds of the last fit.
fn folds(out: &mut String, engine: &Engine) {
    let Some(folds) = fit::kept() else { return };
    let since = if folds.lexicon == engine.lexicon().tables.hash {
        ""
    } else {
        " The lexicon has changed since."
    };
    let _ = writeln!(
        out,
        "\n## Folds\n\nThe same scores where each tenth of the texts is read with the weights `event.*` that were fitted to the other nine (`cargo xtask fit`; C {}, threshold {}).{since}\n\n\
         | texts | level | precision | recall | F1 | 95 % of F1 |\n|---|---|---|---|---|---|",
        folds.c, folds.threshold
    );
    for (set, levels) in &folds.sets {
        for (level, f) in levels {
            let of = |key: &str| f.get(key).copied().unwrap_or(0.0);
            let (p, r, f1, low, high) = (of("precision"), of("recall"), of("f1"), of("low"), of("high"));
            let _ = writeln!(
                out,
                "| {set} | {level} | {p:.3} | {r:.3} | {f1:.3} | {low:.3}–{high:.3} |"
            );
        }
    }
}

/// The commonest causes of error, each with the types that it befalls most.
fn causes(out: &mut String, set: &Set) {
    let sums = set
        .breakdown
        .causes
        .iter()
        .map(|(cause, types)| (cause.clone(), types.values().sum()));
    let sums: BTreeMap<String, usize> = sums.collect();
    let _ = writeln!(
        out,
        "\nCommonest causes of error:\n\n| cause | cases | types most often |\n|---|---|---|"
    );
    for (cause, n) in commonest(&sums, ROWS) {
        let types = commonest(&set.breakdown.causes[cause], 3);
        let types: Vec<String> = types.iter().map(|(t, n)| format!("{t} {n}")).collect();
        let _ = writeln!(out, "| {cause} | {n} | {} |", types.join(", "));
    }
}

/// Gives the missed events without a cause one: whether the lexicon knows the word.
pub fn missing_entries(engine: &Engine, breakdown: &mut Breakdown) {
    for (types, trigger, known) in &breakdown.missed {
        let Some(kind) = types.first().filter(|_| !known) else {
            continue;
        };
        let entries = predicates(engine, trigger);
        let cause = if entries.is_empty() {
            "missed: no entry for the word"
        } else if entries.iter().any(|(k, _)| types.contains(k)) {
            "missed: an entry for the word, but nothing read from it"
        } else {
            "missed: only entries of other types for the word"
        };
        *breakdown
            .causes
            .entry(cause.into())
            .or_default()
            .entry(kind.clone())
            .or_default() += 1;
    }
}

fn outlets(out: &mut String, set: &Set) {
    let _ = writeln!(
        out,
        "\n| outlet | documents | detect F1 | dyad F1 | record F1 |\n|---|---|---|---|---|"
    );
    for (name, counts) in &set.breakdown.outlets {
        let n = |key: &str| counts.get(key).copied().unwrap_or(0);
        let f1 = |level: &str| {
            let of = |part: &str| n(&format!("{level} {part}"));
            let right = 2 * of("tp");
            right as f64 / (right + of("fp") + of("fn")).max(1) as f64
        };
        let _ = writeln!(
            out,
            "| {name} | {} | {:.3} | {:.3} | {:.3} |",
            n("documents"),
            f1("detect"),
            f1("dyad"),
            f1("record")
        );
    }
}

fn fields(out: &mut String, set: &Set) {
    let _ = writeln!(
        out,
        "\nFields of the detected events:\n\n| field | right | of |\n|---|---|---|"
    );
    for (name, field) in set.scores["fields"].as_object().into_iter().flatten() {
        let _ = writeln!(
            out,
            "| {name} | {:.3} | {} |",
            field["accuracy"].as_f64().unwrap_or(0.0),
            field["n"]
        );
    }
}

fn confusion(out: &mut String, set: &Set) {
    let rows = commonest(&set.breakdown.confusion, usize::MAX);
    let list: Vec<String> = rows
        .iter()
        .map(|(pair, n)| format!("{} {n}", pair.replace('\t', " as ")))
        .collect();
    if !list.is_empty() {
        let _ = writeln!(out, "\nThe act was found, but under another type: {}.", list.join(", "));
    }
}

fn made_up_entries(out: &mut String, set: &Set) {
    let all: usize = set.breakdown.made_up.values().sum();
    let _ = writeln!(
        out,
        "\nEvents that are not in the gold: {all}. The entries most often behind them:\n\n| type | entry | events |\n|---|---|---|"
    );
    for (key, n) in commonest(&set.breakdown.made_up, ROWS) {
        let (kind, entry) = key.split_once('\t').unwrap_or((key, ""));
        let _ = writeln!(out, "| {kind} | {entry} | {n} |");
    }
}

/// Missed events by type: whether the lexicon knows the word at all, and which entries should have held.
fn missed(out: &mut String, engine: &Engine, set: &Set) {
    let mut kinds: BTreeMap<&str, [usize; 4]> = BTreeMap::new();
    let mut entries: BTreeMap<String, usize> = BTreeMap::new();
    for (types, trigger, _) in &set.breakdown.missed {
        let Some(kind) = types.first() else { continue };
        let known = predicates(engine, trigger);
        let row = kinds.entry(kind).or_default();
        row[0] += 1;
        match known.iter().find(|(k, _)| types.contains(k)) {
            Some((_, entry)) => {
                row[1] += 1;
                *entries.entry(format!("{kind}\t{entry}")).or_default() += 1;
            }
            None if !known.is_empty() => row[2] += 1,
            None => row[3] += 1,
        }
    }
    let _ = writeln!(
        out,
        "\nMissed events: {}.\n\n| type | missed | the word is an entry of the type | of another type | no entry |\n|---|---|---|---|---|",
        set.breakdown.missed.len()
    );
    for (kind, [all, same, other, none]) in &kinds {
        let _ = writeln!(out, "| {kind} | {all} | {same} | {other} | {none} |");
    }
    let _ = writeln!(
        out,
        "\nEntries whose word stood there without effect:\n\n| type | entry | missed |\n|---|---|---|"
    );
    for (key, n) in commonest(&entries, ROWS) {
        let (kind, entry) = key.split_once('\t').unwrap_or((key, ""));
        let _ = writeln!(out, "| {kind} | {entry} | {n} |");
    }
}

/// Type and id of the event predicates that the words of a trigger can be.
fn predicates(engine: &Engine, trigger: &str) -> Vec<(String, String)> {
    let lexicon = engine.lexicon();
    let text = Text::normalize(trigger);
    let tokens = tokenize(&text);
    let morphs = morph::analyze(&text, &tokens, lexicon, &mut Cache::default());
    let mut out = Vec::new();
    for a in (0..tokens.len()).flat_map(|i| morphs.at(i)) {
        let Target::Entry(e) = a.target else { continue };
        let entry = &lexicon.tables.entries[e as usize];
        if let EntryKind::Event(event) = &entry.kind {
            let file = &lexicon.tables.files[entry.file as usize];
            out.push((
                lexicon.tables.scheme[event.kind as usize].name.to_string(),
                format!("{} (data/{file}:{})", entry.id, entry.line),
            ));
        }
    }
    out
}

/// The most frequent keys; of equally frequent ones the first.
fn commonest(counts: &BTreeMap<String, usize>, rows: usize) -> Vec<(&str, usize)> {
    let mut all: Vec<(&str, usize)> = counts.iter().map(|(k, n)| (k.as_str(), *n)).collect();
    all.sort_by_key(|(_, n)| std::cmp::Reverse(*n));
    all.truncate(rows);
    all
}

/// The commit that was measured.
fn commit() -> String {
    let git = |arguments: &[&str]| {
        let out = Command::new("git").current_dir(root()).args(arguments).output().ok()?;
        out.status
            .success()
            .then(|| String::from_utf8_lossy(&out.stdout).trim().to_owned())
    };
    let Some(head) = git(&["rev-parse", "--short=12", "HEAD"]) else {
        return "unknown".to_owned();
    };
    let changed = git(&["status", "--porcelain", "--", "crates", "data"]).is_some_and(|s| !s.is_empty());
    if changed { format!("{head} with changes") } else { head }
}
