//! Stage 6, events: frames and claims grounded to parties, days, places and counts.
//!
//! Comes in: the frames and claims of all sentences. Goes out: [`Record`]s, repeats inside the article merged, in text order. Refuses to invent: a field that
//! the text does not fill stays empty.

mod accept;
mod counts;
mod details;
mod draft;
mod merge;
mod modes;
mod outline;
mod party;
mod records;
mod roles;
mod salient;
mod source;
mod speech;
mod topic;
mod when;

use crate::claim::Claim;
use crate::frame::{Clause, Frame, Input};
use crate::mention::quantity::Quantity;
use crate::mention::time::Time;
use crate::record::{Article, Record};
use crate::sentence::Sentence;
use compact_str::CompactString;

/// One sentence with all that the stages before found in it.
pub struct Analysed {
    /// Its number in the article, sentences that tell nothing counted too.
    pub index: usize,
    /// The sentence.
    pub sentence: Sentence,
    /// Its clauses.
    pub clauses: Vec<Clause>,
    /// Its frames.
    pub frames: Vec<Frame>,
    /// One claim a frame.
    pub claims: Vec<Claim>,
}

/// The whole document.
pub struct Document<'a> {
    /// The article.
    pub article: &'a Article,
    /// Tokens, readings, mentions.
    pub input: Input<'a>,
    /// Time expressions.
    pub times: &'a [Time],
    /// Quantities.
    pub quantities: &'a [Quantity],
    /// Sentences that name or tell something, in order.
    pub sentences: Vec<Analysed>,
    /// The others.
    pub silent: Vec<Analysed>,
    /// Country of parties that the text leaves without one, by mention; and how it was found.
    pub home: Vec<(CompactString, &'static str)>,
}

/// Grounds the events of a document.
pub fn ground(doc: &Document) -> Vec<Record> {
    let mut drafts = Vec::new();
    for s in 0..doc.sentences.len() {
        draft::drafts(doc, s, &mut drafts);
    }
    for d in &mut drafts {
        let features = accept::features(doc, d);
        d.score = accept::score(doc, &features);
        d.why.push(format!("taken for an event: score {:.2}", d.score));
    }
    let topics = topic::find(doc);
    for d in &mut drafts {
        d.weak = !d.again && d.score <= 0.0 && !doc.input.trusting;
    }
    drafts.retain(|d| topics.drops(doc, d).is_none());
    drafts.iter_mut().for_each(|d| modes::by_word(doc, d));
    counts::strays(doc, &mut drafts);
    speech::speaking_days(doc, &mut drafts);
    let mut merged = merge::merge(doc, drafts);
    merged.iter_mut().for_each(|d| salient::fill(doc, d));
    // What names its parties only now may be one of those told before.
    let mut merged = merge::merge(doc, merged);
    details::scenes(doc, &mut merged);
    merged.iter_mut().for_each(|d| modes::by_party(doc, d));
    records::records(doc, merged)
}

/// Every draft before any is dropped or merged, with its features: what the weights `event.*` are fitted to.
pub fn candidates(doc: &Document) -> Vec<(Record, Vec<(String, f32)>)> {
    let mut drafts = Vec::new();
    for s in 0..doc.sentences.len() {
        draft::drafts(doc, s, &mut drafts);
    }
    let features: Vec<_> = drafts.iter().map(|d| accept::features(doc, d)).collect();
    records::records(doc, drafts).into_iter().zip(features).collect()
}

pub use outline::outline;
pub use party::home;
