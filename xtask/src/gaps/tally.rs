//! Gaps of all documents, counted.

use super::List;
use super::look::{Found, Place};
use khaldun_lexicon::lexicon::{Lexicon, ProcliticKind};
use std::collections::{BTreeMap, HashMap};

/// One row of a list.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
pub struct Row {
    /// What is lacking.
    pub list: List,
    /// Its commonest spelling, or a lemma.
    pub form: String,
    /// What it may be.
    pub guess: String,
    /// How often it was met.
    pub count: usize,
    /// In how many documents.
    pub documents: usize,
    /// Where it was met first.
    pub example: String,
}

/// What is known of one key.
#[derive(Clone, Debug, Default)]
struct Count {
    count: usize,
    documents: usize,
    last: usize,
    forms: BTreeMap<String, usize>,
    notes: BTreeMap<String, usize>,
    verb: usize,
    head: usize,
    noun: usize,
    times: Vec<u32>,
    example: String,
}

/// Counts gaps.
pub struct Tally {
    documents: usize,
    counts: HashMap<(List, String), Count>,
    /// Of each word of time how often it stands in a time expression, and how often in none.
    times: HashMap<u32, (usize, usize)>,
    /// Letters written before a word.
    proclitics: Vec<(String, ProcliticKind)>,
    /// Letters that stand for a preposition and the article, and the article.
    assimilated: Vec<(String, String)>,
}

/// Letters that a stem has at least.
const STEM: usize = 3;

impl Tally {
    /// Nothing counted yet.
    pub fn new(lexicon: &Lexicon) -> Tally {
        let t = &lexicon.tables;
        Tally {
            documents: 0,
            counts: HashMap::new(),
            times: HashMap::new(),
            proclitics: t.proclitics.iter().map(|p| (p.text.to_string(), p.kind)).collect(),
            assimilated: t
                .assimilated
                .iter()
                .map(|(text, _, article)| (text.to_string(), article.to_string()))
                .collect(),
        }
    }

    /// Counts the gaps of one document.
    pub fn document(&mut self, found: Found) {
        self.documents += 1;
        for symbol in found.dated {
            self.times.entry(symbol).or_default().0 += 1;
        }
        for gap in found.gaps {
            for symbol in &gap.times {
                self.times.entry(*symbol).or_default().1 += 1;
            }
            let c = self.counts.entry((gap.list, gap.key)).or_default();
            c.count += 1;
            c.documents += usize::from(c.last != self.documents);
            c.last = self.documents;
            *c.forms.entry(gap.form).or_default() += 1;
            if !gap.note.is_empty() {
                *c.notes.entry(gap.note).or_default() += 1;
            }
            match gap.place {
                Place::Any => {}
                Place::Verb => c.verb += 1,
                Place::Head => c.head += 1,
                Place::Noun => c.noun += 1,
            }
            if c.example.is_empty() {
                c.example = gap.example;
                c.times = gap.times;
            }
        }
    }

    /// The lists, the commonest first; a word written with "and", a preposition or the article counts as the word itself where that was met too.
    pub fn rows(mut self) -> BTreeMap<List, Vec<Row>> {
        self.join_stems();
        self.join_ordinary();
        // Words that hardly ever date anything ("first", "age") are no gap.
        let times = std::mem::take(&mut self.times);
        let dates = |s: &u32| times.get(s).is_some_and(|(dated, not)| dated * 2 >= *not);
        self.counts
            .retain(|(list, _), c| *list != List::Times || c.times.iter().any(dates));
        let mut out: BTreeMap<List, Vec<Row>> = BTreeMap::new();
        for ((list, _), c) in &self.counts {
            let verb = *list == List::Words && c.is_verb();
            let guess = match list {
                List::Words if verb => "verb?".to_owned(),
                List::Words if c.noun > 0 => "noun".to_owned(),
                _ => commonest(&c.notes),
            };
            let row = Row {
                list: *list,
                form: commonest(&c.forms),
                guess,
                count: c.count,
                documents: c.documents,
                example: c.example.clone(),
            };
            if verb && c.verb + c.head > 0 {
                let main = Row {
                    list: List::Predicates,
                    guess: "unknown word in a verb's place".into(),
                    ..row.clone()
                };
                out.entry(List::Predicates).or_default().push(main);
            }
            out.entry(*list).or_default().push(row);
        }
        for rows in out.values_mut() {
            rows.sort_by(|a, b| {
                b.count
                    .cmp(&a.count)
                    .then_with(|| a.form.cmp(&b.form))
                    .then_with(|| a.guess.cmp(&b.guess))
            });
        }
        out
    }

    /// Adds the counts of words with letters before them to those of the words without.
    fn join_stems(&mut self) {
        let mut words: Vec<String> = self
            .counts
            .keys()
            .filter(|k| k.0 == List::Words)
            .map(|k| k.1.clone())
            .collect();
        words.sort_by(|a, b| b.len().cmp(&a.len()).then_with(|| a.cmp(b)));
        for word in words {
            let Some((stem, kind)) = self.stem(&(List::Words, word.clone())) else {
                continue;
            };
            let Some(c) = self.counts.remove(&(List::Words, word)) else {
                continue;
            };
            let to = self.counts.entry((List::Words, stem)).or_default();
            match kind {
                ProcliticKind::Conjunction => {
                    to.verb += c.verb;
                    to.head += c.head;
                    to.noun += c.noun;
                }
                ProcliticKind::Future => to.verb += c.count,
                ProcliticKind::Preposition | ProcliticKind::Article => to.noun += c.count,
            }
            to.count += c.count;
            to.documents += c.documents;
        }
    }

    /// A name of one word that stands elsewhere as often is no name but an ordinary word, such as an adjective.
    fn join_ordinary(&mut self) {
        let names = self.counts.keys().filter(|k| k.0 == List::Names && !k.1.contains(' '));
        let names: Vec<String> = names.map(|k| k.1.clone()).collect();
        for name in names {
            let key = (List::Names, name);
            let stem = self.stem(&key).map_or_else(|| key.1.clone(), |(stem, _)| stem);
            let (here, documents) = (self.counts[&key].count, self.counts[&key].documents);
            let word = self.counts.get_mut(&(List::Words, stem));
            let Some(word) = word.filter(|c| c.count * 2 > here) else {
                continue;
            };
            word.count += here;
            word.documents += documents;
            word.noun += here;
            self.counts.remove(&key);
        }
    }

    /// The word without the letters before it, if it was met so: more often than with them, unless they are the article.
    fn stem(&self, key: &(List, String)) -> Option<(String, ProcliticKind)> {
        let here = self.counts.get(key)?.count;
        let word = &key.1;
        let met = |stem: &str, kind: ProcliticKind| {
            let least = if kind == ProcliticKind::Article {
                1
            } else {
                here.div_ceil(2)
            };
            stem.chars().count() >= STEM
                && self
                    .counts
                    .get(&(List::Words, stem.to_owned()))
                    .is_some_and(|c| c.count >= least)
        };
        let assimilated = self.assimilated.iter().filter_map(|(text, article)| {
            Some((
                format!("{article}{}", word.strip_prefix(text.as_str())?),
                ProcliticKind::Preposition,
            ))
        });
        let split = self
            .proclitics
            .iter()
            .filter_map(|(text, kind)| Some((word.strip_prefix(text.as_str())?.to_owned(), *kind)));
        assimilated.chain(split).find(|(stem, kind)| met(stem, *kind))
    }
}

impl Count {
    /// It stands where verbs stand, and hardly ever where nouns do.
    fn is_verb(&self) -> bool {
        self.verb > 0 && (self.verb + self.head) * 5 >= self.count && self.noun * 10 <= self.verb + self.head
    }
}

/// The most frequent, the first in order among equals.
fn commonest(counts: &BTreeMap<String, usize>) -> String {
    let best = counts.iter().max_by(|a, b| a.1.cmp(b.1).then_with(|| b.0.cmp(a.0)));
    best.map(|(s, _)| s.clone()).unwrap_or_default()
}
