//! When: which time expression belongs to which predicate.

use super::Document;
use super::counts::bearer;
use super::draft::event_of;
use crate::frame::Opening;
use crate::mention::entity::Kind;
use crate::mention::time::TimeKind;
use jiff::civil::Date;
use khaldun_lexicon::Features;
use khaldun_lexicon::lexicon::{EntryKind, Event, EventType, Slot};

/// The interval of a frame, with the index of the time expression.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct When {
    /// First day.
    pub from: Date,
    /// Last day.
    pub to: Date,
    /// Index of the expression.
    pub time: usize,
}

/// The days of one sentence.
pub(super) struct Days {
    /// By frame.
    pub(super) frames: Vec<Option<When>>,
    /// The day of the statement that the sentence is taken from ("according to a statement issued today").
    pub(super) statement: Option<When>,
}

/// Predicates on either side among which the owner of a day is looked for.
const AROUND: usize = 24;
/// Words between a noun and the clause or verb that tells when it was ("the attack that took place yesterday").
const APART: usize = 6;

/// For each frame of a sentence the time expression that it governs. A time word belongs to the nearest predicate before it in its clause; one that opens its clause
/// belongs to the first predicate behind it. Between a verb of saying and the act that it reports, the nearer one has it.
pub fn assign(doc: &Document, s: usize) -> Vec<Option<When>> {
    days(doc, s).frames
}

pub(super) fn days(doc: &Document, s: usize) -> Days {
    let a = &doc.sentences[s];
    let mut out: Vec<Option<When>> = vec![None; a.frames.len()];
    let mut statement = None;
    // Times, clauses and frames stand in text order.
    let nth = |token: usize| doc.times.partition_point(|t| (t.tokens.start as usize) < token);
    for t in nth(a.sentence.tokens.start)..nth(a.sentence.tokens.end) {
        let time = &doc.times[t];
        let at = time.tokens.start as usize;
        let (Some(from), Some(to), TimeKind::Date) = (time.from, time.to, time.kind) else {
            continue;
        };
        let clause = a.clauses.partition_point(|c| c.tokens.start <= at).saturating_sub(1);
        let first = a.frames.partition_point(|f| f.predicate.clause < clause);
        let past = a.frames.partition_point(|f| f.predicate.clause <= clause);
        let here = first + a.frames[first..past].partition_point(|f| f.predicate.tokens.end <= at);
        let near = |k: &usize| owns(doc, s, *k);
        let owner = (first..here)
            .rev()
            .take(AROUND)
            .find(near)
            .or_else(|| (here..past).take(AROUND).find(near))
            // A clause of its own without predicate: the last predicate before it.
            .or_else(|| (0..first).rev().take(AROUND).find(near));
        let when = Some(When { from, to, time: t });
        // Behind "according to" it is the day of the statement.
        if let Some(phrase) = phrase_before(doc, s, at) {
            if owner.is_none_or(|k| a.frames[k].predicate.tokens.start < phrase) {
                statement = statement.or(when);
                continue;
            }
            if owner.is_some_and(|k| event_of(doc, &a.frames[k]).is_none()) {
                statement = statement.or(when);
            }
        }
        let Some(mut k) = owner else { continue };
        // A verb right before its own noun ("held talks on Sunday"): both have the day.
        for _ in 0..4 {
            if out[k].is_none() {
                out[k] = when;
            }
            match a.claims[k].lent {
                Some(l) if l != k => k = l,
                _ => break,
            }
        }
        // The noun of an idiom ("laid hold of") or of a deed that is told with it ("left ten dead").
        let whole = bearer(doc, s, k);
        if whole != k && out[whole].is_none() && !speech_act(doc, s, whole) {
            out[whole] = when;
        }
        // "Said in a statement today": the day of the statement is that of the saying.
        let holder = &a.frames[k].predicate;
        if !holder.finite()
            && (holder.preposition.is_some() && (says(doc, s, k) || event_of(doc, &a.frames[k]).is_none())
                || meeting(doc, s, k) && a.frames[k].governor.is_none())
        {
            // The verb of saying before it, no other clause between.
            let up = (0..k).rev().take(AROUND).find(|g| {
                let p = &a.frames[*g].predicate;
                let one = a.clauses[p.clause + 1..=clause.max(p.clause)]
                    .iter()
                    .all(|c| c.opening == Opening::Serial);
                one && p.finite() && (says(doc, s, *g) || speech_act(doc, s, *g))
            });
            if let Some(g) = up.filter(|g| out[*g].is_none()) {
                out[g] = when;
            }
        }
        // What a light verb or operator with the day governs has it too; not what is only told that day.
        for j in k.saturating_sub(AROUND)..a.frames.len().min(k + AROUND) {
            let told = says(doc, s, k) && !declared(doc, s, j);
            if out[j].is_none() && a.claims[j].lent == Some(k) && !told {
                out[j] = when;
            }
        }
        let plain = event_of(doc, &a.frames[k]).is_none() && !says(doc, s, k);
        if plain && a.frames[k].predicate.finite() {
            // "Central Paris saw shootings tonight": the verb is no event, the noun behind it is.
            // A light verb that found its noun has given it its day already.
            let around = k.saturating_sub(AROUND)..a.frames.len().min(k + AROUND);
            let lends = a.claims[around].iter().any(|c| c.lent == Some(k));
            let light = |f: &crate::frame::Frame| {
                lends
                    && f.senses.iter().any(|x| {
                        matches!(
                            doc.input.entry(x.entry).kind,
                            EntryKind::Light { .. } | EntryKind::Operator { .. }
                        )
                    })
            };
            let next = (k + 1..a.frames.len()).take(AROUND).find(|j| {
                a.frames[*j].predicate.clause == a.frames[k].predicate.clause && event_of(doc, &a.frames[*j]).is_some()
            });
            if let Some(j) = next.filter(|j| {
                out[*j].is_none()
                    && !light(&a.frames[k])
                    && a.frames[*j].predicate.tokens.start <= a.frames[k].predicate.tokens.end + 14
            }) {
                let p = &a.frames[j].predicate;
                if !p.finite() && p.preposition.is_none_or(|x| carries(doc, x)) {
                    out[j] = when;
                }
            }
            // "During a session that was held yesterday": what was done there was done that day.
            let opening = a.clauses[a.frames[k].predicate.clause].opening;
            let start = a.clauses[a.frames[k].predicate.clause].tokens.start;
            let somebody = |m: &usize| {
                matches!(
                    doc.input.mentions[*m].kind,
                    Kind::Person
                        | Kind::Title
                        | Kind::State
                        | Kind::Government
                        | Kind::Military
                        | Kind::Party
                        | Kind::ArmedGroup
                )
            };
            let whose = doc.input.mention_ending(start).filter(somebody);
            // "The attack that took place yesterday".
            let noun = (0..k).rev().take(2).find(|g| {
                let p = &a.frames[*g].predicate;
                let near = p.tokens.end + APART >= a.frames[k].predicate.tokens.start;
                near && !p.finite() && event_of(doc, &a.frames[*g]).is_some() && out[*g].is_none()
            });
            let told = a.frames[k].predicate.conjunction || whose.is_some();
            if let Some(g) = noun.filter(|_| !told) {
                out[g] = when;
            } else if matches!(opening, Opening::Serial | Opening::Relative) && !told {
                let up = (0..k)
                    .rev()
                    .take(AROUND)
                    .find(|g| a.frames[*g].predicate.clause < a.frames[k].predicate.clause && owns(doc, s, *g));
                if let Some(g) = up.filter(|g| out[*g].is_none() && (says(doc, s, *g) || speech_act(doc, s, *g))) {
                    out[g] = when;
                }
            }
        }
    }
    // "…, calling on": a participle that goes on from a verb is of the same moment.
    for k in 0..a.frames.len() {
        let p = &a.frames[k].predicate;
        if out[k].is_some()
            || !p.features.has(Features::ACTIVE_PARTICIPLE)
            || a.clauses[p.clause].opening != Opening::Serial
            || !(speech_act(doc, s, k) || says(doc, s, k))
        {
            continue;
        }
        let main = (0..k).rev().take(AROUND).find(|g| {
            let q = &a.frames[*g].predicate;
            q.finite()
                && q.clause < p.clause
                && matches!(
                    a.clauses[q.clause].opening,
                    Opening::Main | Opening::Coordinate | Opening::Serial
                )
        });
        let Some(g) = main else { continue };
        let same = match (a.frames[g].filler(Slot::Subject), a.frames[k].filler(Slot::Subject)) {
            (Some(x), Some(y)) => {
                y.resolved || doc.input.mentions[x.mentions[0]].key == doc.input.mentions[y.mentions[0]].key
            }
            _ => true,
        };
        if same {
            out[k] = out[g];
        }
    }
    Days { frames: out, statement }
}

/// A preposition by which some light verb takes its noun; "after" and "before" are not among them.
fn carries(doc: &Document, preposition: u16) -> bool {
    doc.input.lexicon.tables.entries.iter().any(|e| match &e.kind {
        EntryKind::Light { noun, .. } => noun.contains(&Slot::Prep(preposition)),
        _ => false,
    })
}

/// Where the last "according to" before a token begins.
fn phrase_before(doc: &Document, s: usize, at: usize) -> Option<usize> {
    let start = doc.sentences[s].sentence.tokens.start.max(at.saturating_sub(16));
    (start..at).rev().find(|&i| {
        doc.input.morphs.at(i).iter().any(|a| match a.target {
            khaldun_lexicon::lexicon::Target::Entry(e) => matches!(doc.input.entry(e).kind, EntryKind::Phrase { .. }),
            _ => false,
        })
    })
}

/// Verbs that only fill (kana, "be") have no day of their own.
fn owns(doc: &Document, s: usize, k: usize) -> bool {
    let frame = &doc.sentences[s].frames[k];
    frame
        .senses
        .iter()
        .any(|x| !matches!(doc.input.entry(x.entry).kind, EntryKind::Plain))
        || frame.predicate.finite()
}

/// A meeting named by its noun: what is said on it is said on its day.
fn meeting(doc: &Document, s: usize, k: usize) -> bool {
    let f = &doc.sentences[s].frames[k];
    !f.predicate.finite() && event_of(doc, f).is_some_and(|(_, e)| scheme(doc, e.kind).name == "CONSULT")
}

/// An act that is done by announcing it, named by its noun: a resignation, a withdrawal, a ban.
fn declared(doc: &Document, s: usize, k: usize) -> bool {
    let f = &doc.sentences[s].frames[k];
    let open = |e: &Event| match scheme(doc, e.kind).name.as_str() {
        "RETREAT" | "SANCTION" => true,
        "COERCE" => e
            .modes
            .iter()
            .any(|m| matches!(m.as_str(), "restrict" | "censor" | "curfew" | "martial-law")),
        _ => false,
    };
    !f.predicate.finite() && event_of(doc, f).is_some_and(|(_, e)| open(e))
}

fn scheme<'d>(doc: &Document<'d>, kind: u8) -> &'d EventType {
    &doc.input.lexicon.tables.scheme[kind as usize]
}

/// A verb of saying.
pub(super) fn says(doc: &Document, s: usize, k: usize) -> bool {
    event_of(doc, &doc.sentences[s].frames[k]).is_none()
        && doc.sentences[s].frames[k]
            .senses
            .iter()
            .any(|x| matches!(doc.input.entry(x.entry).kind, EntryKind::Speech { .. }))
}

/// A verb of another kind that tells a clause with "that".
pub(super) fn tells(doc: &Document, s: usize, k: usize) -> bool {
    let a = &doc.sentences[s];
    let f = &a.frames[k];
    let main = |o: Opening| matches!(o, Opening::Main | Opening::Coordinate);
    let that = a
        .clauses
        .get(f.predicate.clause + 1)
        .is_some_and(|c| c.opening == Opening::That);
    that && main(a.clauses[f.predicate.clause].opening) && f.predicate.finite() && event_of(doc, f).is_none()
}

/// An act that is done by speaking; a meeting is none.
pub(super) fn speech_act(doc: &Document, s: usize, k: usize) -> bool {
    event_of(doc, &doc.sentences[s].frames[k]).is_some_and(|(_, e)| by_speech(doc, e.kind))
}

pub(super) fn by_speech(doc: &Document, kind: u8) -> bool {
    let t = &doc.input.lexicon.tables.scheme[kind as usize];
    matches!(t.quad, 1 | 3) && t.name != "CONSULT"
}
