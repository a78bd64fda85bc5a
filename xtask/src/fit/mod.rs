//! `cargo xtask fit`: the weights `event.*`, by which a predicate is taken for an event or not.
//!
//! Comes in: the labelled texts that `cargo xtask score` uses, and the features of all candidates in them. Goes out: weights of a logistic regression, and
//! the scores of its folds. The strength of the penalty and the threshold are those with which the folds, each read with weights that were fitted
//! without it, score best as whole records. Refuses to look at words: features speak of grammar, parties and types.

mod logistic;
mod texts;

use crate::Outcome;
use crate::data::{engine, root};
use crate::score;
use khaldun_engine::{Engine, Record};
use logistic::Case;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::path::Path;
use texts::Texts;

/// Parts that the texts are cut into.
const FOLDS: usize = 10;
/// Inverse strengths of the penalty that are tried.
const PENALTIES: [f64; 5] = [0.01, 0.03, 0.1, 0.3, 1.0];
/// Thresholds that are tried: log-odds.
const THRESHOLDS: [f64; 15] = [
    -1.4, -1.2, -1.0, -0.9, -0.8, -0.7, -0.6, -0.5, -0.4, -0.3, -0.2, -0.1, 0.0, 0.2, 0.4,
];

const LEVELS: [&str; 3] = ["detect", "dyad", "record"];
const WEIGHTS: &str = "data/weights.toml";
const FOLDS_FILE: &str = "accuracy/folds.toml";
const FOLDS_HEAD: &str =
    "# Scores of the folds when data/weights.toml was fitted, by `cargo xtask fit --write`; the report repeats them.\n";

/// Fits, prints the figures, and writes the weights if asked.
pub fn fit(write: bool) -> Outcome {
    let engine = engine()?;
    let folder = score::gold().ok_or(score::NO_GOLD)?;
    let texts = Texts::read(&engine, &folder)?;
    let fold = folds(&texts);
    let cases = texts.texts.iter().flat_map(|t| &t.cases);
    let positive = cases.clone().filter(|c| c.positive).count();
    println!(
        "{} documents, {} candidates, {positive} of them events, {} features\n\nF1 of detect over the folds:",
        texts.texts.len(),
        cases.clone().count(),
        texts.features.len()
    );
    println!(
        "{:>9}{}",
        "threshold",
        PENALTIES
            .iter()
            .map(|c| format!("{:>9}", format!("C {c}")))
            .collect::<String>()
    );
    let mut columns = Vec::new();
    for c in PENALTIES {
        let weights = fold_weights(&texts, &fold, c);
        let runs: Vec<Vec<Vec<Record>>> = THRESHOLDS
            .iter()
            .map(|t| read_folds(&engine, &texts, &fold, &weights, *t))
            .collect();
        columns.push(detect(&texts, &runs)?);
    }
    for (n, t) in THRESHOLDS.iter().enumerate() {
        println!(
            "{t:9.1}{}",
            columns.iter().map(|f1| format!("{:9.3}", f1[n])).collect::<String>()
        );
    }
    let (p, t) = choose(&columns);
    let (c, threshold) = (PENALTIES[p], THRESHOLDS[t]);
    println!("\nchosen: C {c}, threshold {threshold}\n");

    let of_folds = read_folds(&engine, &texts, &fold, &fold_weights(&texts, &fold, c), threshold);
    let whole = logistic::fit(cases, texts.features.len(), c);
    let all = vec![0; texts.texts.len()];
    let of_fit = read_folds(&engine, &texts, &all, std::slice::from_ref(&whole), threshold);
    let figures = figures(&texts, &of_folds)?;
    print!("{}", table(&figures, &self::figures(&texts, &of_fit)?));
    if write {
        write_weights(&texts, &whole, threshold)?;
        // The hash changes with the weights.
        let hash = crate::data::engine()?.lexicon().tables.hash.clone();
        let folds = Folds {
            lexicon: hash,
            c,
            threshold,
            sets: figures,
        };
        let content = toml::to_string(&folds).map_err(|e| e.to_string())?;
        let file = root().join(FOLDS_FILE);
        std::fs::write(&file, format!("{FOLDS_HEAD}{content}")).map_err(|e| format!("{}: {e}", file.display()))?;
        println!("\nwritten: {WEIGHTS}, {FOLDS_FILE}");
    }
    Ok(())
}

/// The scores of the folds, kept for the report.
#[derive(Debug, Serialize, Deserialize)]
pub struct Folds {
    /// Hash of the lexicon with the weights that were written.
    pub lexicon: String,
    /// Inverse strength of the penalty.
    pub c: f64,
    /// Log-odds above which a candidate is taken.
    pub threshold: f64,
    /// Set to level ("detect", "dyad", "record") to figure ("precision", "recall", "f1", "low", "high").
    pub sets: Figures,
}

type Figures = BTreeMap<String, BTreeMap<String, BTreeMap<String, f64>>>;

/// The scores of the folds at the last fit that was written, if there was one.
pub fn kept() -> Option<Folds> {
    toml::from_str(&std::fs::read_to_string(root().join(FOLDS_FILE)).ok()?).ok()
}

/// Place of the best figure: penalty and threshold. One threshold may be best by chance, so that its neighbours count too; of equals the stronger penalty.
fn choose(columns: &[Vec<f64>]) -> (usize, usize) {
    let smooth = |f1: &[f64], n: usize| {
        let around = &f1[n.saturating_sub(1)..f1.len().min(n + 2)];
        around.iter().sum::<f64>() / around.len() as f64
    };
    let places = (0..columns.len()).flat_map(|p| (0..columns[p].len()).map(move |t| (p, t)));
    let better = |best: (usize, usize), at: (usize, usize)| {
        let value = |(p, t): (usize, usize)| smooth(&columns[p], t);
        if value(at) > value(best) + 1e-9 { at } else { best }
    };
    places.reduce(better).unwrap_or_default()
}

/// What the gold's scorer says of the records of each set.
fn figures(texts: &Texts, run: &[Vec<Record>]) -> Result<Figures, String> {
    let mut out = Figures::new();
    for (n, set) in texts.sets.iter().enumerate() {
        let mut lines = String::new();
        for (_, records) in texts.texts.iter().zip(run).filter(|(t, _)| t.set == n) {
            for record in records {
                lines.push_str(&serde_json::to_string(record).map_err(|e| e.to_string())?);
                lines.push('\n');
            }
        }
        let scores = score::python(
            &[
                &texts.folder.join("score.py"),
                &set.gold,
                Path::new("-"),
                Path::new("--json"),
            ],
            &lines,
        )?;
        let mut scores: BTreeMap<String, serde_json::Value> =
            serde_json::from_str(&scores).map_err(|e| format!("score.py: {e}"))?;
        let mut levels = BTreeMap::new();
        for level in LEVELS {
            let figures = scores
                .remove(level)
                .ok_or_else(|| format!("score.py says nothing of {level}"))?;
            levels.insert(
                level.to_owned(),
                serde_json::from_value(figures).map_err(|e| format!("score.py: {e}"))?,
            );
        }
        out.insert(set.name.to_owned(), levels);
    }
    Ok(out)
}

/// Figures of the folds beside those of the fit.
fn table(folds: &Figures, fit: &Figures) -> String {
    let mut out = format!(
        "{:20} {:>9} {:>7} {:>6}  {:13} {:>8}\n",
        "folds", "precision", "recall", "F1", "95 % of F1", "F1 of fit"
    );
    for (set, levels) in folds {
        for level in LEVELS {
            let (f, of_fit) = (&levels[level], fit[set][level]["f1"]);
            let name = format!("{set} {level}");
            out += &format!(
                "{name:20} {:9.3} {:7.3} {:6.3}  {:.3}–{:.3}   {of_fit:8.3}\n",
                f["precision"], f["recall"], f["f1"], f["low"], f["high"]
            );
        }
    }
    out
}

/// Puts the weights into the data. A feature that would weigh nothing is left out.
fn write_weights(texts: &Texts, w: &[f64], threshold: f64) -> Result<(), String> {
    let file = root().join(WEIGHTS);
    let content = std::fs::read_to_string(&file).map_err(|e| format!("{}: {e}", file.display()))?;
    let mut weights: Vec<(&str, f64)> = texts
        .features
        .iter()
        .map(String::as_str)
        .zip(w.iter().copied())
        .collect();
    weights[0].1 -= threshold;
    weights[1..].sort_by(|a, b| a.0.cmp(b.0));
    std::fs::write(&file, replaced(&content, &weights)).map_err(|e| format!("{}: {e}", file.display()))
}

/// The file of weights with other lines `event.*`, where the first of them stood, else at the end; all other lines and comments stay.
fn replaced(content: &str, weights: &[(&str, f64)]) -> String {
    let lines = weights
        .iter()
        .filter(|(_, x)| x.abs() >= 0.005)
        .map(|(name, x)| format!("\"event.{name}\" = {x:.2}\n"));
    let mut new = Some(lines.collect::<String>());
    let mut out = String::new();
    for line in content.lines() {
        if line.starts_with("\"event.") {
            out.push_str(&new.take().unwrap_or_default());
        } else {
            out.push_str(line);
            out.push('\n');
        }
    }
    out + &new.unwrap_or_default()
}

/// Weights fitted without each fold.
fn fold_weights(texts: &Texts, fold: &[usize], c: f64) -> Vec<Vec<f64>> {
    (0..FOLDS)
        .map(|f| logistic::fit(outside(texts, fold, f), texts.features.len(), c))
        .collect()
}

/// The fold of each text: the documents of each set, in the order of a hash of their ids, are dealt out.
fn folds(texts: &Texts) -> Vec<usize> {
    let mut out = vec![0; texts.texts.len()];
    for set in 0..texts.sets.len() {
        let mut of_set: Vec<usize> = (0..out.len()).filter(|i| texts.texts[*i].set == set).collect();
        of_set.sort_by_key(|i| (hash(&texts.texts[*i].article.id), *i));
        for (n, i) in of_set.into_iter().enumerate() {
            out[i] = n % FOLDS;
        }
    }
    out
}

/// FNV-1a.
fn hash(s: &str) -> u64 {
    s.bytes().fold(0xcbf2_9ce4_8422_2325, |h, b| {
        (h ^ u64::from(b)).wrapping_mul(0x100_0000_01b3)
    })
}

/// The cases that are not in a fold.
fn outside<'t>(texts: &'t Texts, fold: &'t [usize], f: usize) -> impl Iterator<Item = &'t Case> + Clone {
    texts
        .texts
        .iter()
        .zip(fold)
        .filter(move |(_, x)| **x != f)
        .flat_map(|(t, _)| &t.cases)
}

/// An engine with these weights; the threshold goes into the intercept.
fn weighted(engine: &Engine, texts: &Texts, w: &[f64], threshold: f64) -> Engine {
    let weight = |(i, name): (usize, &String)| (name.clone(), (w[i] - if i == 0 { threshold } else { 0.0 }) as f32);
    engine.with_event_weights(texts.features.iter().enumerate().map(weight))
}

/// The records of each text, read with the weights of its fold.
fn read_folds(
    engine: &Engine,
    texts: &Texts,
    fold: &[usize],
    weights: &[Vec<f64>],
    threshold: f64,
) -> Vec<Vec<Record>> {
    let engines: Vec<Engine> = weights.iter().map(|w| weighted(engine, texts, w, threshold)).collect();
    let mut workers: Vec<_> = engines.iter().map(Engine::worker).collect();
    texts
        .texts
        .iter()
        .zip(fold)
        .map(|(t, f)| workers[*f].read(&t.article).events)
        .collect()
}

/// F1 of "detect" over all sets, for each run.
fn detect(texts: &Texts, runs: &[Vec<Vec<Record>>]) -> Result<Vec<f64>, String> {
    let mut sums = vec![[0; 3]; runs.len()];
    for set in 0..texts.sets.len() {
        let of_set: Vec<usize> = (0..texts.texts.len()).filter(|i| texts.texts[*i].set == set).collect();
        let asked: Vec<(&str, &[Record])> = runs
            .iter()
            .flat_map(|run| {
                of_set
                    .iter()
                    .map(|i| (texts.texts[*i].article.id.as_str(), run[*i].as_slice()))
            })
            .collect();
        for (n, m) in texts.matched(set, &asked)?.into_iter().enumerate() {
            let sum = &mut sums[n / of_set.len()];
            for k in 0..3 {
                sum[k] += m.counts[k];
            }
        }
    }
    Ok(sums
        .iter()
        .map(|[tp, fp, fne]| 2.0 * *tp as f64 / (2 * tp + fp + fne).max(1) as f64)
        .collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_event_lines_change() {
        let before = "# head\n[weights]\n\"cell.verb\" = 1.0\n\"event.bias\" = 0.41\n\"event.old\" = 1.00\n# tail\n";
        let after = replaced(before, &[("bias", -0.2), ("pair", 0.456), ("nothing", 0.004)]);
        assert_eq!(
            after,
            "# head\n[weights]\n\"cell.verb\" = 1.0\n\"event.bias\" = -0.20\n\"event.pair\" = 0.46\n# tail\n"
        );
        assert_eq!(
            replaced("[weights]\n", &[("bias", 1.0)]),
            "[weights]\n\"event.bias\" = 1.00\n"
        );
    }

    #[test]
    fn a_lone_peak_does_not_win() {
        assert_eq!(choose(&[vec![0.5, 0.7, 0.5, 0.5], vec![0.5, 0.62, 0.61, 0.6]]), (1, 2));
        assert_eq!(choose(&[vec![0.6, 0.6], vec![0.6, 0.6]]), (0, 0));
    }
}
