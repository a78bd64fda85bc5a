//! Where it happened.

use super::Document;
use super::counts::bearer;
use super::draft::{Draft, event_of};
use super::records::country;
use crate::mention::entity::Kind;
use khaldun_lexicon::lexicon::{Role, Slot};
use std::ops::Range;

/// Event predicates behind an act among which is looked for the one that a place belongs to.
const NEXT: usize = 4;
/// Tokens behind a verbal act within which its topic may begin.
const REACH: usize = 16;

/// The place that the text gives a frame: the finest one named with "in" or "at" in its clause, behind it or, failing that, before it; else in its sentence; else
/// the state that labels the title.
pub(super) fn place(doc: &Document, s: usize, k: usize) -> Option<usize> {
    let a = &doc.sentences[s];
    let p = &a.frames[k].predicate;
    let (start, end) = (p.tokens.start, p.tokens.end);
    let own = |range: &Range<usize>| {
        let until = elsewhere(doc, s, k).clamp(range.start, range.end);
        local(doc, &(range.start..until), end).or_else(|| local(doc, &(range.start..start.min(range.end)), range.start))
    };
    own(&a.clauses[p.clause].tokens)
        .or_else(|| own(&a.sentence.tokens))
        .or_else(|| super::draft::label(doc))
}

/// Where places behind a frame stop to be its own: at what a verbal act is about ("talks on the war in Syria", "condemned the attack in Nice").
fn elsewhere(doc: &Document, s: usize, k: usize) -> usize {
    let a = &doc.sentences[s];
    let p = &a.frames[k].predicate;
    let scheme = &doc.input.lexicon.tables.scheme;
    let Some((_, event)) = event_of(doc, &a.frames[k]).filter(|(_, e)| matches!(scheme[e.kind as usize].quad, 1 | 3)) else {
        return a.sentence.tokens.end;
    };
    let topics = |slot: &Slot| matches!(event.role(*slot), Some(Role::Topic));
    let clause = a.clauses[p.clause].tokens.end;
    let topic = (p.tokens.end..clause).take(REACH).find(|i| doc.input.particle(*i).is_some_and(|x| topics(&Slot::Prep(x))));
    let force = (k + 1..a.frames.len()).take(NEXT).find(|j| {
        let other = event_of(doc, &a.frames[*j]).is_some_and(|(_, e)| scheme[e.kind as usize].quad == 4);
        other && bearer(doc, s, *j) != k
    });
    let act = force.map(|j| a.frames[j].predicate.tokens.start);
    [topic, act]
        .into_iter()
        .flatten()
        .min()
        .unwrap_or(a.sentence.tokens.end)
}

/// The first place with a local preposition among the mentions of a range that begin at `from` or later; of the first two ("in Nice, in France") the finer.
fn local(doc: &Document, range: &Range<usize>, from: usize) -> Option<usize> {
    let mentions = doc.input.mentions;
    let first = mentions.partition_point(|m| m.tokens.start < range.start.max(from));
    let past = mentions.partition_point(|m| m.tokens.start < range.end);
    let found: Vec<usize> = (first..past.max(first)).filter(|m| located(doc, *m)).take(2).collect();
    found
        .iter()
        .copied()
        .find(|m| mentions[*m].place.is_some())
        .or(found.first().copied())
}

/// A place or state named with "in", "at", "off" …
fn located(doc: &Document, m: usize) -> bool {
    let mention = &doc.input.mentions[m];
    let local = |x: u16| {
        let text = doc.input.lexicon.tables.particles[x as usize].text.as_str();
        doc.input.lexicon.tables.local.iter().any(|l| l == text)
    };
    let place = mention.place.is_some() || matches!(mention.kind, Kind::State | Kind::Place);
    place && !mention.adjective && mention.preposition.or(mention.outer).is_some_and(local)
}

/// The places of acts that the text gives none, as far as it implies one: what was struck or visited, the one country where title and lead are set, the country
/// of police and courts that act at home. A word only spoken has none.
pub(super) fn scenes(doc: &Document, drafts: &mut [Draft]) {
    let lead = lead(doc);
    for d in drafts.iter_mut().filter(|d| d.place.is_none()) {
        let kind = &doc.input.lexicon.tables.scheme[d.kind as usize];
        let modes = event_of(doc, &doc.sentences[d.sentence].frames[d.frame]).map(|(_, e)| &e.modes);
        let visit = modes.is_some_and(|m| m.iter().any(|m| m == "visit"));
        let material = matches!(kind.quad, 2 | 4);
        if !material && !visit && kind.name != "CONSULT" {
            continue;
        }
        let state = |m: &usize| country(doc, *m).len() == 3;
        let struck = |m: &usize| {
            let x = &doc.input.mentions[*m];
            state(m) && (x.place.is_some() || matches!(x.kind, Kind::Site | Kind::Place | Kind::State))
        };
        let at_home = |m: &usize| {
            let x = &doc.input.mentions[*m];
            let organ = |s: &str| matches!(s, "COP" | "JUD") || s == "GOV" && matches!(kind.name.as_str(), "COERCE");
            state(m) && (organ(&x.sector) || kind.name == "PROTEST")
        };
        let found = match kind.name.as_str() {
            _ if visit => d.recipients.iter().find(|m| state(m)).map(|m| (*m, "where the visit goes")),
            "ASSAULT" | "COERCE" => d.recipients.iter().find(|m| struck(m)).map(|m| (*m, "what is struck")),
            _ => None,
        };
        let found = found
            .or_else(|| lead.filter(|_| material).map(|m| (m, "where title and lead are set")))
            .or_else(|| {
                let own = d.actors.iter().find(|m| at_home(m)).filter(|_| kind.quad == 4);
                own.map(|m| (*m, "who acts at home"))
            });
        if let Some((m, why)) = found {
            d.place = Some(m);
            d.why.push(format!("place: {why}"));
        }
    }
}

/// The first place of the title and the first sentence of the text, if all that are named there are in one country.
fn lead(doc: &Document) -> Option<usize> {
    let end = doc
        .sentences
        .iter()
        .find(|a| a.sentence.line > 0)
        .map_or(0, |a| a.sentence.tokens.end);
    let past = doc.input.mentions.partition_point(|m| m.tokens.start < end);
    let mut places = (0..past).filter(|m| located(doc, *m) && !country(doc, *m).is_empty());
    let first = places.next()?;
    let at = country(doc, first);
    places.all(|m| country(doc, m) == at).then_some(first)
}
