//! Where it happened.

use super::Document;
use super::counts::bearer;
use super::draft::{Draft, event_of};
use super::merge::same_party;
use super::party::label;
use super::records::country;
use super::when::says;
use crate::mention::entity::Kind;
use khaldun_lexicon::lexicon::{Role, Slot};
use std::ops::Range;

/// Event predicates behind an act among which is looked for the one that a place belongs to.
const NEXT: usize = 4;
/// Sentences on either side in which somebody may be said to speak somewhere.
const BESIDE: usize = 2;
/// Predicates of a sentence that are looked at for it.
const FRAMES: usize = 12;
/// Tokens behind a verbal act within which its topic may begin.
const REACH: usize = 16;

/// The place that the text gives a frame: the finest one named with "in" or "at" in its clause, behind it or, failing that, before it; else in its sentence; else
/// the state that labels the title.
pub(super) fn place(doc: &Document, s: usize, k: usize) -> Option<usize> {
    let a = &doc.sentences[s];
    let p = &a.frames[k].predicate;
    let (start, end) = (p.tokens.start, p.tokens.end);
    let quad = event_of(doc, &a.frames[k]).map(|(_, e)| doc.input.lexicon.tables.scheme[e.kind as usize].quad);
    let word = matches!(quad, Some(1 | 3));
    let own = |range: &Range<usize>| {
        let until = elsewhere(doc, s, k).clamp(range.start, range.end);
        let behind = local(doc, &(range.start..until), end).filter(|m| !word || !of_party(doc, *m));
        behind.or_else(|| local(doc, &(range.start..start.min(range.end)), range.start))
    };
    own(&a.clauses[p.clause].tokens)
        .or_else(|| own(&a.sentence.tokens))
        .or_else(|| struck(doc, s, k))
        .or_else(|| label(&doc.input, doc.sentences.first().map(|a| &a.sentence)))
}

/// A town or region that an act of force fills a slot with ("the attack of Nice", "struck the city").
fn struck(doc: &Document, s: usize, k: usize) -> Option<usize> {
    let f = &doc.sentences[s].frames[k];
    let (_, event) = event_of(doc, f)?;
    let force = doc.input.lexicon.tables.scheme[event.kind as usize].name == "ASSAULT";
    let town = |m: &usize| doc.input.mentions[*m].place.is_some() && !doc.input.mentions[*m].adjective;
    let slots = f.fillers.iter().filter(|x| x.slot != Slot::Subject);
    slots
        .filter(|_| force)
        .flat_map(|x| x.mentions.iter().copied())
        .find(town)
}

/// Where places behind a frame stop to be its own: at what a verbal act is about ("talks on the war in Syria", "condemned the attack in Nice").
fn elsewhere(doc: &Document, s: usize, k: usize) -> usize {
    let a = &doc.sentences[s];
    let p = &a.frames[k].predicate;
    let scheme = &doc.input.lexicon.tables.scheme;
    let Some((_, event)) = event_of(doc, &a.frames[k]).filter(|(_, e)| matches!(scheme[e.kind as usize].quad, 1 | 3))
    else {
        return a.sentence.tokens.end;
    };
    let topics = |slot: &Slot| matches!(event.role(*slot), Some(Role::Topic));
    let clause = a.clauses[p.clause].tokens.end;
    let topic = (p.tokens.end..clause)
        .take(REACH)
        .find(|i| doc.input.particle(*i).is_some_and(|x| topics(&Slot::Prep(x))));
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

/// It only tells where a party is at home ("the authorities in Damascus").
fn of_party(doc: &Document, m: usize) -> bool {
    let start = doc.input.mentions[m].tokens.start;
    let before = [start, start.saturating_sub(1)];
    let party = |n: usize| {
        matches!(
            doc.input.mentions[n].kind,
            Kind::Government | Kind::Military | Kind::Party | Kind::Organisation | Kind::ArmedGroup
        )
    };
    before
        .iter()
        .filter_map(|at| doc.input.mention_ending(*at))
        .any(|n| n != m && party(n))
}

/// A place or state named with "in", "at", "off" …
fn located(doc: &Document, m: usize) -> bool {
    let mention = &doc.input.mentions[m];
    let local = |x: u16| doc.input.lexicon.tables.is_local(x);
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
        let state = |m: &usize| country(doc, *m).len() == 3;
        let struck = |m: &usize| {
            let x = &doc.input.mentions[*m];
            // An embassy stands abroad: the state that it belongs to is not where it is.
            state(m) && (x.place.is_some() || x.kind == Kind::State || x.country.is_empty() && x.kind == Kind::Site)
        };
        let at_home = |m: &usize| {
            let x = &doc.input.mentions[*m];
            let home = match kind.name.as_str() {
                "COERCE" => matches!(x.sector.as_str(), "COP" | "JUD" | "GOV"),
                "MOBILIZE" => d.recipients.is_empty(),
                "PROTEST" => true,
                _ => matches!(x.sector.as_str(), "COP" | "JUD"),
            };
            state(m) && home
        };
        let mut sides = d.actors.iter().chain(&d.recipients).map(|m| country(doc, *m));
        let inside = sides.next().is_some_and(|c| c.len() == 3 && sides.all(|x| x == c));
        let both = inside && d.actors.len() + d.recipients.len() > 1;
        let found = match kind.name.as_str() {
            _ if visit => d
                .recipients
                .iter()
                .find(|m| state(m))
                .map(|m| (*m, "where the visit goes")),
            "MOBILIZE" => d.actors.iter().find(|m| at_home(m)).map(|m| (*m, "who acts at home")),
            "ASSAULT" | "COERCE" => d.recipients.iter().find(|m| struck(m)).map(|m| (*m, "what is struck")),
            _ => None,
        };
        let found = found
            .or_else(|| spoken(doc, d).filter(|_| !material).map(|m| (m, "where it is said")))
            .or_else(|| lead.filter(|_| material).map(|m| (m, "where title and lead are set")))
            .or_else(|| {
                let own = d.actors.iter().find(|m| at_home(m)).filter(|_| kind.quad == 4);
                own.map(|m| (*m, "who acts at home"))
            })
            .or_else(|| {
                let met = material || kind.name == "CONSULT";
                d.actors
                    .first()
                    .filter(|_| both && met)
                    .map(|m| (*m, "both sides at home"))
            });
        if let Some((m, why)) = found {
            d.place = Some(m);
            d.why.push(format!("place: {why}"));
        }
    }
}

/// Where the one who acts by speaking is said to speak, in the clause of a verb of saying in his sentence or beside it.
fn spoken(doc: &Document, d: &Draft) -> Option<usize> {
    let near = d.sentence.saturating_sub(BESIDE)..doc.sentences.len().min(d.sentence + BESIDE + 1);
    near.into_iter().find_map(|s| {
        let a = &doc.sentences[s];
        (0..a.frames.len())
            .take(FRAMES)
            .filter(|k| says(doc, s, *k))
            .find_map(|k| {
                let speakers = &a.claims[k].speakers;
                let his = d
                    .actors
                    .iter()
                    .any(|m| speakers.iter().any(|n| same_party(doc, *m, *n)));
                let p = &a.frames[k].predicate;
                his.then(|| local(doc, &a.clauses[p.clause].tokens, p.tokens.end))
                    .flatten()
            })
    })
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
