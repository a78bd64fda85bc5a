//! Who is meant when neither grammar nor a second telling says it: the party that the text has just spoken of.
//!
//! Most types never go without a doer, and some never without one whom they concern; news then leaves out what the reader knows from the words before.

use super::Document;
use super::draft::{Draft, apposed, is_local, party};
use crate::mention::entity::Kind;
use khaldun_lexicon::lexicon::Slot;

/// Types that may have no doer that the text knows.
const WITHOUT_ACTOR: [&str; 3] = ["ASSAULT", "COERCE", "RETREAT"];
/// Types that always concern somebody.
const WITH_RECIPIENT: [&str; 10] = [
    "ACCUSE",
    "AGREE",
    "AID",
    "ASSAULT",
    "COERCE",
    "CONSULT",
    "COOPERATE",
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
    if d.recipients.is_empty()
        && WITH_RECIPIENT.contains(&name)
        && !(d.actors.len() > 1 && doc.input.lexicon.tables.scheme[d.kind as usize].mutual)
        && let Some(m) = concerned(doc, d, name == "ASSAULT")
    {
        note(doc, d, "recipient", m, "nearest party of the sentence");
        d.recipients.push(m);
    }
}

fn note(doc: &Document, d: &mut Draft, side: &str, m: usize, how: &str) {
    let text = doc.input.text.slice(doc.input.mentions[m].name);
    d.why.push(format!("{side} «{text}»: {how}"));
}

fn same(doc: &Document, a: usize, b: usize) -> bool {
    doc.input.mentions[a].key == doc.input.mentions[b].key
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

/// The nearest party behind the predicate, else before it, in its sentence.
fn concerned(doc: &Document, d: &Draft, attack: bool) -> Option<usize> {
    let a = &doc.sentences[d.sentence];
    let p = &a.frames[d.frame].predicate.tokens;
    let mentions = doc.input.mentions;
    let from = doc.sentences[d.sentence.saturating_sub(1)].sentence.tokens.start;
    let inside = |m: &usize| a.sentence.tokens.contains(&mentions[*m].tokens.start);
    let fits = |m: &usize| {
        let x = &mentions[*m];
        x.tokens.start >= from && x.tokens.start < a.sentence.tokens.end
            && party(doc, *m)
            && !matches!(x.kind, Kind::Outlet)
            && (attack || x.kind != Kind::Site)
            && !x.preposition.is_some_and(|p| is_local(doc, p))
            && !d.actors.iter().any(|a| same(doc, *a, *m) || apposed(doc, *a, *m))
            && !d.sources.iter().any(|s| same(doc, s.mention, *m))
    };
    let behind = mentions.partition_point(|x| x.tokens.start < p.end);
    let before = mentions.partition_point(|x| x.tokens.end <= p.start);
    (behind..mentions.len().min(behind + REACH))
        .find(fits)
        .or_else(|| (0..before).rev().take(REACH).find(|m| inside(m) && fits(m)))
        .or_else(|| (0..before).rev().take(REACH).find(fits))
}
