//! The façade: one engine, a worker a thread, one door.

use crate::claim;
use crate::event::{self, Analysed, Document};
use crate::frame::{self, Input};
use crate::language::{self, Language};
use crate::mention::entity::{self, Mention};
use crate::mention::quantity::{self, Quantity};
use crate::mention::time::{self, Time};
use crate::morph::{self, Cache, Morphs};
use crate::record::{Article, Reading};
use crate::sentence::{self, Sentence};
use crate::text::Text;
use crate::token::{self, Token};
use crate::weights::Weights;
use khaldun_lexicon::Lexicon;
use khaldun_lexicon::lexicon::LexiconError;
use std::borrow::Cow;
use std::sync::Arc;

/// The lexicon, shared by all workers. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Engine {
    lexicon: Arc<Lexicon>,
    weights: Arc<Weights>,
    only: Option<u32>,
    trusting: bool,
}

#[cfg(feature = "bundled")]
static BUNDLED: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/lexicon.bin"));

impl Engine {
    /// The engine with the lexicon that it was built with.
    #[cfg(feature = "bundled")]
    pub fn bundled() -> Engine {
        match Engine::open(BUNDLED) {
            Ok(e) => e,
            Err(e) => unreachable!("the bundled lexicon was written by this very build: {e}"),
        }
    }

    /// An engine with another compiled lexicon (see [`khaldun_lexicon::compile()`]).
    ///
    /// # Errors
    /// The bytes are no lexicon of this version.
    pub fn open(bytes: impl Into<Cow<'static, [u8]>>) -> Result<Engine, LexiconError> {
        let lexicon = Lexicon::open(bytes)?;
        let weights = Weights::load(&lexicon);
        Ok(Engine {
            lexicon: Arc::new(lexicon),
            weights: Arc::new(weights),
            only: None,
            trusting: false,
        })
    }

    /// The same engine in which, of all event predicates, only this entry counts: how an example is tried against its entry alone.
    pub fn only(&self, entry: u32) -> Engine {
        Engine {
            only: Some(entry),
            ..self.clone()
        }
    }

    /// The same engine that takes every predicate for an event, whatever its score: an example shows what an entry reads, not how often the word is something else.
    pub fn trusting(&self) -> Engine {
        Engine {
            trusting: true,
            ..self.clone()
        }
    }

    /// The same engine with other weights of the features `event.*` (names without the prefix): how weights are tried that are not in the data yet.
    pub fn with_event_weights(&self, events: impl IntoIterator<Item = (String, f32)>) -> Engine {
        Engine {
            weights: Arc::new(self.weights.with_events(events)),
            ..self.clone()
        }
    }

    /// The lexicon.
    pub fn lexicon(&self) -> &Lexicon {
        &self.lexicon
    }

    /// A worker: one a thread; it remembers the words that it has seen.
    pub fn worker(&self) -> Worker {
        Worker {
            engine: self.clone(),
            cache: Cache::default(),
        }
    }
}

/// Reads articles, one after the other.
#[derive(Debug)]
pub struct Worker {
    engine: Engine,
    cache: Cache,
}

/// What the mention stage finds, for `khaldun mentions`.
#[derive(Debug)]
pub struct Mentions {
    /// The text, to slice spans from.
    pub text: Text,
    /// Entities and places.
    pub entities: Vec<Mention>,
    /// Country of entities that have none of their own.
    pub home: Vec<(compact_str::CompactString, &'static str)>,
    /// Time expressions.
    pub times: Vec<Time>,
    /// Quantities.
    pub quantities: Vec<Quantity>,
}

struct Found {
    text: Text,
    tokens: Vec<Token>,
    sentences: Vec<Sentence>,
    morphs: Morphs,
    times: Vec<Time>,
    mentions: Vec<Mention>,
    covered: Vec<u32>,
    timed: Vec<bool>,
    quantities: Vec<Quantity>,
}

impl Worker {
    /// Reads an article. Never fails: what could not be read is a note.
    pub fn read(&mut self, article: &Article) -> Reading {
        let raw = raw_text(article);
        let mut notes = Vec::new();
        match language::detect(&raw) {
            Language::Arabic => {}
            Language::Empty => {
                return Reading {
                    events: Vec::new(),
                    notes: vec!["no text".into()],
                };
            }
            Language::Other(name) => {
                return Reading {
                    events: Vec::new(),
                    notes: vec![format!("not Arabic ({name}): not coded")],
                };
            }
        }
        let found = self.find(&raw, article);
        if article.published.is_none() && found.times.iter().any(|t| t.relative) {
            notes.push("no date of publication: relative dates stay unresolved".into());
        }
        notes.extend(found.times.iter().filter_map(|t| t.conflict.clone()));
        self.with_document(&found, article, |document| notes_and_events(document, notes))
    }

    /// Runs all stages up to claims and hands the document on: for tools that look into it.
    pub fn document<T>(&mut self, article: &Article, then: impl FnOnce(&Document) -> T) -> T {
        let found = self.find(&raw_text(article), article);
        self.with_document(&found, article, then)
    }

    /// A picture of what the stages made of an article: mentions, clauses, frames, claims. For developers.
    pub fn outline(&mut self, article: &Article) -> String {
        self.document(article, event::outline)
    }

    /// Every candidate for an event with its features, before any is dropped or merged: what weights are fitted to.
    pub fn candidates(&mut self, article: &Article) -> Vec<(crate::Record, Vec<(String, f32)>)> {
        self.document(article, event::candidates)
    }

    /// Runs the stages from frames to claims and hands the document on.
    fn with_document<T>(&self, found: &Found, article: &Article, then: impl FnOnce(&Document) -> T) -> T {
        let input = self.input(found);
        let home = event::home(&input, article, &found.sentences);
        let mut sentences = Vec::with_capacity(found.sentences.len());
        let mut silent = Vec::new();
        let mut subject = None;
        let mut talk = claim::Talk::default();
        for (index, sentence) in found.sentences.iter().cloned().enumerate() {
            let (clauses, frames) = frame::fill(&input, &sentence, subject);
            let claims = claim::judge(&input, &sentence, &clauses, &frames, &mut talk);
            let told = frames.iter().filter(|f| f.predicate.finite());
            let first = told
                .filter_map(|f| f.filler(khaldun_lexicon::lexicon::Slot::Subject))
                .map(|f| f.mentions[0])
                .next();
            subject = first.or(subject);
            // A sentence that names and tells nothing takes no place between the others.
            let tokens = &sentence.tokens;
            let from = input.mentions.partition_point(|m| m.tokens.end <= tokens.start);
            let names = input.mentions.get(from).is_some_and(|m| m.tokens.start < tokens.end);
            let plain = |f: &frame::Frame| {
                f.senses
                    .iter()
                    .all(|s| matches!(input.entry(s.entry).kind, khaldun_lexicon::EntryKind::Plain))
            };
            let tells = names || !frames.iter().all(plain) || tokens.clone().any(|i| input.timed[i]);
            let analysed = Analysed {
                index,
                sentence,
                clauses,
                frames,
                claims,
            };
            if tells { &mut sentences } else { &mut silent }.push(analysed);
        }
        then(&Document {
            article,
            input,
            times: &found.times,
            quantities: &found.quantities,
            sentences,
            silent,
            home,
        })
    }

    fn input<'f>(&'f self, found: &'f Found) -> Input<'f> {
        Input {
            text: &found.text,
            tokens: &found.tokens,
            morphs: &found.morphs,
            mentions: &found.mentions,
            covered: &found.covered,
            timed: &found.timed,
            lexicon: &self.engine.lexicon,
            weights: &self.engine.weights,
            only: self.engine.only,
            trusting: self.engine.trusting,
        }
    }

    /// Entities, times and quantities of an article.
    pub fn mentions(&mut self, article: &Article) -> Mentions {
        let raw = raw_text(article);
        let found = self.find(&raw, article);
        let input = self.input(&found);
        let home = event::home(&input, article, &found.sentences);
        Mentions {
            home,
            text: found.text,
            entities: found.mentions,
            times: found.times,
            quantities: found.quantities,
        }
    }

    fn find(&mut self, raw: &str, article: &Article) -> Found {
        let lexicon = &self.engine.lexicon;
        let text = Text::normalize(raw);
        let tokens = token::tokenize(&text);
        let sentences = sentence::split(&text, &tokens);
        let morphs = morph::analyze(&text, &tokens, lexicon, &mut self.cache);
        let times = time::find(&text, &tokens, &lexicon.tables.time, article.published);
        let mut timed = vec![false; tokens.len()];
        for t in &times {
            for i in t.tokens.start..t.tokens.end {
                timed[i as usize] = true;
            }
        }
        let quantities = quantity::find(
            &text,
            &tokens,
            &lexicon.tables.numbers,
            &lexicon.tables.quantities,
            &|i| timed[i],
        );
        let mentions = entity::find(&text, &tokens, &morphs, lexicon, article.published, &|i| timed[i]);
        let mut covered = vec![0; tokens.len()];
        for (k, m) in mentions.iter().enumerate() {
            covered[m.tokens.clone()].fill(k as u32 + 1);
        }
        Found {
            text,
            tokens,
            sentences,
            morphs,
            times,
            mentions,
            covered,
            timed,
            quantities,
        }
    }
}

/// Title, line end, text: what all offsets count in.
fn raw_text(article: &Article) -> String {
    format!("{}\n{}", article.title, article.text)
}

fn notes_and_events(document: &Document, notes: Vec<String>) -> Reading {
    Reading {
        events: event::ground(document),
        notes,
    }
}

/// The one door of the stages' own tests: each event, as `show` puts it, of a text that was published on
/// Wednesday, 2024-05-15.
#[cfg(test)]
#[track_caller]
pub(crate) fn check_events(text: &str, show: impl Fn(&crate::Record) -> String, expect: &[&str]) {
    let article = Article {
        id: "1".into(),
        published: "2024-05-15".parse().ok(),
        text: text.into(),
        ..Article::default()
    };
    let events = Engine::bundled().worker().read(&article).events;
    let found: Vec<String> = events.iter().map(show).collect();
    assert_eq!(found, expect, "{text}");
}
