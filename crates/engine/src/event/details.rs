//! Where it happened and how many it concerned.

use super::Document;
use super::draft::event_of;
use crate::mention::entity::Kind;
use crate::mention::time::TimeKind;
use crate::record::Count;
use khaldun_lexicon::Features;
use khaldun_lexicon::lexicon::EntryKind;
use khaldun_lexicon::quantity::Role as CountRole;
use std::ops::Range;

/// The place of a frame: the finest place named with "in" or "at" in its clause, behind it or, failing that, before it; else in its sentence; else the
/// state that labels the title.
pub(super) fn place(doc: &Document, s: usize, k: usize) -> Option<usize> {
    let a = &doc.sentences[s];
    let p = &a.frames[k].predicate;
    let within = |range: &Range<usize>| local(doc, range, p.tokens.end).or_else(|| local(doc, range, range.start));
    within(&a.clauses[p.clause].tokens)
        .or_else(|| within(&a.sentence.tokens))
        .or_else(|| super::draft::label(doc))
}

/// The first place with a local preposition among the mentions of a range that begin at `from` or later; of the first two ("in Nice, in France") the finer.
fn local(doc: &Document, range: &Range<usize>, from: usize) -> Option<usize> {
    let mentions = doc.input.mentions;
    let first = mentions.partition_point(|m| m.tokens.start < range.start.max(from));
    let past = mentions.partition_point(|m| m.tokens.start < range.end);
    let placed = |m: &usize| {
        let mention = &mentions[*m];
        let located = mention.place.is_some() || matches!(mention.kind, Kind::State | Kind::Place);
        let preposition = mention
            .preposition
            .map(|x| doc.input.lexicon.tables.particles[x as usize].text.as_str());
        located
            && !mention.adjective
            && preposition.is_some_and(|x| doc.input.lexicon.tables.local.iter().any(|l| l == x))
    };
    let found: Vec<usize> = (first..past.max(first)).filter(placed).take(2).collect();
    found
        .iter()
        .copied()
        .find(|m| mentions[*m].place.is_some())
        .or(found.first().copied())
}

/// The quantities of a frame: those of its clause whose role goes with it, and one for a single victim.
pub(super) fn counts(doc: &Document, s: usize, k: usize, kind: u8, recipients: &[usize]) -> Vec<Count> {
    let a = &doc.sentences[s];
    let p = &a.frames[k].predicate;
    let clause = &a.clauses[p.clause].tokens;
    let name = doc.input.lexicon.tables.scheme[kind as usize].name.as_str();
    let mut out: Vec<Count> = Vec::new();
    // Quantities, times and frames stand in text order.
    let first = doc
        .quantities
        .partition_point(|q| (q.tokens.start as usize) < clause.start);
    let past = doc
        .quantities
        .partition_point(|q| (q.tokens.start as usize) < clause.end);
    let (opens, closes) = (
        a.frames.partition_point(|f| f.predicate.clause < p.clause),
        a.frames.partition_point(|f| f.predicate.clause <= p.clause),
    );
    for q in &doc.quantities[first..past.max(first)] {
        let at = q.tokens.start as usize;
        // The nearest event predicate has it.
        let nearest = (opens..closes)
            .filter(|j| event_of(doc, &a.frames[*j]).is_some())
            .min_by_key(|j| {
                let t = &a.frames[*j].predicate.tokens;
                if t.end <= at {
                    at - t.end
                } else {
                    2 + t.start.saturating_sub(at)
                }
            });
        if nearest != Some(k) {
            continue;
        }
        let role = match (q.role, name) {
            (Some(r), _) if r.is_firm() => r,
            (_, "ASSAULT") => {
                let abduct = a.frames[k].senses.iter().any(|x| matches!(&doc.input.entry(x.entry).kind, EntryKind::Event(e) if e.modes.iter().any(|m| m == "abduct")));
                let hurt = doc.input.entry(a.frames[k].senses[0].entry).kind.clone();
                match hurt {
                    EntryKind::Event(e) if e.contexts.iter().any(|c| c == "injury") => CountRole::Injured,
                    _ if abduct => CountRole::Other,
                    _ => CountRole::Killed,
                }
            }
            (_, "COERCE") => CountRole::Arrested,
            (Some(r), _) => r,
            (None, "PROTEST") => CountRole::Participants,
            (None, _) => CountRole::Other,
        };
        out.push(Count {
            role: role.as_str(),
            min: q.min,
            max: q.max,
            unit: q.unit.clone(),
        });
    }
    // Acts that are events of their own: neither the content of another nor of this one's kind.
    let own = |j: &usize| {
        *j == k
            || event_of(doc, &a.frames[*j]).is_some_and(|(e, _)| {
                a.claims[*j].absorbed_by.is_none()
                    && e != a.frames[k].senses[0].entry
                    && doc.input.lexicon.tables.scheme[kind as usize].name != scheme_name(doc, e)
            })
    };
    let first = doc.times.partition_point(|t| (t.tokens.start as usize) < p.tokens.end);
    let past = doc
        .times
        .partition_point(|t| (t.tokens.start as usize) < a.sentence.tokens.end);
    for time in &doc.times[first..past.max(first)] {
        let at = time.tokens.start as usize;
        // A length belongs to the last act told before it in the sentence.
        let before = a.frames.partition_point(|f| f.predicate.tokens.end <= at);
        let last = (0..before).rev().take(20).find(own);
        if time.kind == TimeKind::Duration
            && last == Some(k)
            && let Some((n, unit)) = time.duration.as_deref().and_then(duration)
        {
            out.push(Count {
                role: "duration",
                min: Some(n),
                max: Some(n),
                unit: unit.into(),
            });
        }
    }
    let killing = event_of(doc, &a.frames[k]).is_some_and(|(_, e)| e.contexts.iter().any(|c| c == "killing"));
    if out.is_empty() && name == "ASSAULT" && killing && recipients.len() == 1 {
        let m = &doc.input.mentions[recipients[0]];
        if matches!(m.kind, Kind::Person | Kind::Title | Kind::People)
            && !m.features.any(Features::PLUR | Features::DUAL)
        {
            out.push(Count {
                role: "killed",
                min: Some(1.0),
                max: Some(1.0),
                unit: doc.input.text.slice(m.name).to_owned(),
            });
        }
    }
    out
}

/// Name of the event type of an entry.
fn scheme_name<'d>(doc: &'d Document, entry: u32) -> &'d str {
    match &doc.input.entry(entry).kind {
        EntryKind::Event(e) => doc.input.lexicon.tables.scheme[e.kind as usize].name.as_str(),
        _ => "",
    }
}

/// Number and unit of an ISO duration of one unit.
fn duration(iso: &str) -> Option<(f64, &'static str)> {
    let (body, time) = match iso.strip_prefix("PT") {
        Some(b) => (b, true),
        None => (iso.strip_prefix('P')?, false),
    };
    let (number, unit) = body.split_at(body.len().checked_sub(1)?);
    let unit = match (unit, time) {
        ("Y", _) => "year",
        ("M", false) => "month",
        ("W", _) => "week",
        ("D", _) => "day",
        ("H", _) => "hour",
        ("M", true) => "minute",
        _ => "second",
    };
    Some((number.parse().ok()?, unit))
}
