//! The labelled texts with their candidates: what weights are fitted to, and what they are tried on.

use super::logistic::Case;
use crate::read::articles;
use crate::score::{EVENTS, python};
use khaldun_engine::{Article, Engine, Record};
use serde::Deserialize;
use serde_json::{Value, json};
use std::collections::{BTreeMap, HashMap};
use std::path::{Path, PathBuf};

/// The sets that weights are fitted to.
const SETS: [&str; 2] = ["dev", "headlines"];

/// A labelled document.
pub struct Text {
    /// Index of its set in [`Texts::sets`].
    pub set: usize,
    /// The document.
    pub article: Article,
    /// All candidates for events in it.
    pub cases: Vec<Case>,
}

/// A set of documents.
pub struct Set {
    /// Its name.
    pub name: &'static str,
    /// The file of its labels.
    pub gold: PathBuf,
}

/// All labelled texts.
pub struct Texts {
    /// Folder with the scorer.
    pub folder: PathBuf,
    /// The sets.
    pub sets: Vec<Set>,
    /// The documents of all sets.
    pub texts: Vec<Text>,
    /// Names of the features; the first is the intercept.
    pub features: Vec<String>,
}

/// What the scorer says of the records of a document.
#[derive(Clone, Debug, Deserialize)]
pub struct Matched {
    /// For each record the gold events that it may be, with the weight of the match.
    matches: Vec<Vec<(usize, f64)>>,
    /// True positives, false positives and false negatives of "detect".
    pub counts: [usize; 3],
}

impl Texts {
    /// Reads the texts and finds the candidates.
    pub fn read(engine: &Engine, folder: &Path) -> Result<Texts, String> {
        let mut out = Texts {
            folder: folder.to_owned(),
            sets: Vec::new(),
            texts: Vec::new(),
            features: vec!["bias".into()],
        };
        let mut known: HashMap<String, usize> = HashMap::from([("bias".into(), 0)]);
        let mut worker = engine.worker();
        for (name, docs, gold) in EVENTS.into_iter().filter(|e| SETS.contains(&e.0)) {
            let (docs, gold) = (folder.join(docs), folder.join(gold));
            if !docs.is_file() || !gold.is_file() {
                return Err(format!("{} or {} is missing", docs.display(), gold.display()));
            }
            let set = out.sets.len();
            out.sets.push(Set { name, gold });
            let mut found = Vec::new();
            for article in articles(&docs)? {
                let (records, features): (Vec<Record>, Vec<_>) = worker.candidates(&article).into_iter().unzip();
                found.push((article, records, features));
            }
            let asked: Vec<(&str, &[Record])> = found.iter().map(|(a, r, _)| (a.id.as_str(), r.as_slice())).collect();
            let matched = out.matched(set, &asked)?;
            for ((article, _, features), matched) in found.into_iter().zip(matched) {
                let mut index = |name: String| {
                    *known.entry(name).or_insert_with_key(|n| {
                        out.features.push(n.clone());
                        out.features.len() - 1
                    })
                };
                let mut cases = Vec::new();
                for (features, label) in features.into_iter().zip(labels(&matched.matches)) {
                    let Some(positive) = label else { continue };
                    let features = features.into_iter().map(|(n, x)| (index(n), f64::from(x))).collect();
                    cases.push(Case { features, positive });
                }
                out.texts.push(Text { set, article, cases });
            }
        }
        Ok(out)
    }

    /// Asks the scorer what the records of documents match. Equal questions are asked once.
    pub fn matched(&self, set: usize, documents: &[(&str, &[Record])]) -> Result<Vec<Matched>, String> {
        let lines: Vec<String> = documents
            .iter()
            .map(|(doc, records)| json!([doc, records.iter().map(bare).collect::<Vec<_>>()]).to_string())
            .collect();
        let mut place: BTreeMap<&str, usize> = BTreeMap::new();
        for line in &lines {
            place.insert(line, 0);
        }
        let mut input = String::new();
        for (n, (line, at)) in place.iter_mut().enumerate() {
            *at = n;
            input.push_str(line);
            input.push('\n');
        }
        let script = include_str!("matching.py");
        let out = python(
            &[Path::new("-c"), Path::new(script), &self.folder, &self.sets[set].gold],
            &input,
        )?;
        let parse = |line: &str| serde_json::from_str(line).map_err(|e| format!("matching.py: {e}"));
        let answers: Vec<Matched> = out.lines().map(parse).collect::<Result<_, String>>()?;
        let answer = |line: &String| {
            answers
                .get(place[line.as_str()])
                .cloned()
                .ok_or_else(|| "matching.py gave too few lines".to_owned())
        };
        lines.iter().map(answer).collect()
    }
}

/// What the scorer looks at.
fn bare(r: &Record) -> Value {
    json!({
        "event_type": r.event_type, "actor": r.actor, "recipient": r.recipient, "aux": r.aux,
        "date": r.date, "enddate": r.enddate, "date_basis": r.date_basis, "evidence": {"trigger": r.evidence.trigger},
    })
}

/// Label of each candidate: positive if it is the best match of a gold event, negative if it matches none. One that only repeats another is no case: whether
/// it makes a second event is decided when repeats are merged.
fn labels(matches: &[Vec<(usize, f64)>]) -> Vec<Option<bool>> {
    let mut best: HashMap<usize, (f64, usize)> = HashMap::new();
    for (candidate, of) in matches.iter().enumerate() {
        for &(gold, weight) in of {
            let b = best.entry(gold).or_insert((weight, candidate));
            if weight > b.0 {
                *b = (weight, candidate);
            }
        }
    }
    let label = |(candidate, of): (usize, &Vec<(usize, f64)>)| match of.as_slice() {
        [] => Some(false),
        _ => of.iter().any(|(gold, _)| best[gold].1 == candidate).then_some(true),
    };
    matches.iter().enumerate().map(label).collect()
}

#[cfg(test)]
mod tests {
    use super::labels;

    #[test]
    fn the_best_match_is_positive_and_a_repeat_is_no_case() {
        let matches = [
            vec![(0, 1.0)],
            vec![(0, 2.5)],
            vec![],
            vec![(0, 2.0), (1, 0.5)],
            vec![(0, 2.5)],
        ];
        assert_eq!(labels(&matches), [None, Some(true), Some(false), Some(true), None]);
    }
}
