//! Who is meant when neither grammar nor a second telling says it: the party that the text has just spoken of.
//!
//! Most types never go without a doer, and some never without one whom they concern; news then leaves out what the reader knows from the words before.

use super::Document;
use super::draft::{Draft, party, same};
use crate::claim::Source;
use crate::mention::entity::{Kind, Mention};
use khaldun_lexicon::lexicon::Slot;
use std::ops::Range;

/// Types that may have no doer that the text knows.
const WITHOUT_ACTOR: [&str; 3] = ["ASSAULT", "COERCE", "RETREAT"];
/// Types that always concern somebody.
const WITH_RECIPIENT: [&str; 12] = [
    "ACCUSE",
    "AGREE",
    "AID",
    "ASSAULT",
    "COERCE",
    "CONSULT",
    "COOPERATE",
    "REJECT",
    "REQUEST",
    "SANCTION",
    "SUPPORT",
    "THREATEN",
];
/// Mentions looked through in either direction: hostile text has sentences with thousands.
const REACH: usize = 24;

/// Fills an empty side of a draft that its type does not go without.
pub(super) fn fill(doc: &Document, d: &mut Draft) {
    let name = doc.input.lexicon.tables.scheme[d.kind as usize].name.as_str();
    if d.actors.is_empty()
        && !WITHOUT_ACTOR.contains(&name)
        && let Some(m) = doer(doc, d)
    {
        note(doc, d, "actor", m, "of whom the text tells here");
        d.actors.push(m);
    }
    let alone = d.actors.len() < 2 || !doc.input.lexicon.tables.scheme[d.kind as usize].mutual;
    if d.recipients.is_empty() && WITH_RECIPIENT.contains(&name) && alone {
        let around = Around {
            doc,
            sentence: d.sentence,
            predicate: &doc.sentences[d.sentence].frames[d.frame].predicate.tokens,
            actors: &d.actors,
            sources: &d.sources,
            sites: name == "ASSAULT",
        };
        let mut found = around.behind(None);
        if found.is_empty() {
            found = around.before();
        }
        if let Some(m) = found.first() {
            note(doc, d, "recipient", *m, "nearest party of the text");
        }
        d.recipients = found;
    }
}

fn note(doc: &Document, d: &mut Draft, side: &str, m: usize, how: &str) {
    let text = doc.input.text.slice(doc.input.mentions[m].name);
    d.why.push(format!("{side} «{text}»: {how}"));
}

/// The subject of the nearest verb before the predicate, in its sentence or the one before; else of the first behind it.
fn doer(doc: &Document, d: &Draft) -> Option<usize> {
    let subject = |s: usize, k: usize| {
        let frame = &doc.sentences[s].frames[k];
        frame
            .filler(Slot::Subject)
            .filter(|_| frame.predicate.finite())
            .map(|f| f.mentions[0])
            .filter(|m| {
                party(doc, *m)
                    && !matches!(doc.input.mentions[*m].kind, Kind::Outlet | Kind::Site)
                    && !d.recipients.iter().any(|r| same(doc, *r, *m))
            })
    };
    let here = |range: std::ops::Range<usize>| range.rev().take(REACH).find_map(|k| subject(d.sentence, k));
    let frames = doc.sentences[d.sentence].frames.len();
    here(0..d.frame)
        .or_else(|| (d.frame + 1..frames).take(REACH).find_map(|k| subject(d.sentence, k)))
        .or_else(|| {
            let before = d.sentence.checked_sub(1)?;
            let frames = doc.sentences[before].frames.len();
            (0..frames).rev().take(REACH).find_map(|k| subject(before, k))
        })
}

/// A predicate, and those who are no party to be found beside it.
pub(super) struct Around<'d, 'a> {
    pub doc: &'d Document<'a>,
    pub sentence: usize,
    pub predicate: &'d Range<usize>,
    pub actors: &'d [usize],
    pub sources: &'d [Source],
    /// Sites count: they can be struck.
    pub sites: bool,
}

impl Around<'_, '_> {
    fn fits(&self, m: usize) -> bool {
        let doc = self.doc;
        let x = &doc.input.mentions[m];
        party(doc, m)
            && x.kind != Kind::Outlet
            && (self.sites || x.kind != Kind::Site)
            && !(is_local(doc, x) && !(self.sites && x.kind == Kind::Site))
            && !self.actors.iter().any(|a| same(doc, *a, m) || apposed(doc, *a, m))
            && !self.sources.iter().any(|s| same(doc, s.mention, m))
    }

    /// The nearest party behind the predicate in its sentence, with those joined to it; `reach`: tokens looked through.
    pub fn behind(&self, reach: Option<usize>) -> Vec<usize> {
        let (mentions, end) = (self.doc.input.mentions, self.predicate.end);
        let to = self.doc.sentences[self.sentence].sentence.tokens.end;
        let to = reach.map_or(to, |r| to.min(end + r));
        let first = mentions.partition_point(|x| x.tokens.start < end);
        let near = (first..mentions.len().min(first + REACH))
            .take_while(|m| mentions[*m].tokens.start < to)
            .find(|m| self.fits(*m));
        let mut out: Vec<usize> = near.into_iter().collect();
        let Some(mut last) = near else { return out };
        while mentions
            .get(last + 1)
            .is_some_and(|n| n.conjunction && n.tokens.start == mentions[last].tokens.end && n.preposition.is_none())
        {
            last += 1;
            if party(self.doc, last) && !self.actors.iter().any(|a| same(self.doc, *a, last)) {
                out.push(last);
            }
        }
        out
    }

    /// The nearest party before the predicate, in its sentence or the one before.
    fn before(&self) -> Vec<usize> {
        let mentions = self.doc.input.mentions;
        let from = self.doc.sentences[self.sentence.saturating_sub(1)]
            .sentence
            .tokens
            .start;
        let upto = mentions.partition_point(|x| x.tokens.end <= self.predicate.start);
        let found = (0..upto)
            .rev()
            .take(REACH)
            .take_while(|m| mentions[*m].tokens.start >= from)
            .find(|m| self.fits(*m));
        found.into_iter().collect()
    }
}

/// Set off by a comma right behind a mention: another word for it.
fn apposed(doc: &Document, a: usize, m: usize) -> bool {
    let (end, start) = (doc.input.mentions[a].tokens.end, doc.input.mentions[m].tokens.start);
    start == end + 1 && doc.input.folded(end) == "," && !doc.input.mentions[m].conjunction
}

/// Says where, not whom: "in" anybody, "at" or "near" a place.
fn is_local(doc: &Document, m: &Mention) -> bool {
    let place = matches!(m.kind, Kind::State | Kind::Site);
    m.preposition
        .or(m.outer)
        .is_some_and(|p| doc.input.lexicon.tables.is_scene(p, place))
}
