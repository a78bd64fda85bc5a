//! How many it concerned: which act each quantity of the text belongs to, and what it counts there.

use super::Document;
use super::draft::{Draft, event_of};
use crate::mention::entity::Kind;
use crate::mention::quantity::{Quantity, UNLISTED};
use crate::mention::time::TimeKind;
use crate::record::Count;
use khaldun_lexicon::Features;
use khaldun_lexicon::lexicon::{Event, Slot};
use khaldun_lexicon::quantity::Role;

/// Event predicates on either side of a quantity among which its act is looked for.
const AROUND: usize = 6;
/// Sentences behind an act within which its dead and wounded may be told.
const BEHIND: usize = 4;

/// A quantity of a sentence, the frame that tells it and the frame of the act that it belongs to.
#[derive(Clone, Copy, Debug)]
pub(super) struct Share {
    quantity: usize,
    told: usize,
    act: usize,
}

impl Share {
    /// The frame of the act.
    pub(super) fn act(&self) -> usize {
        self.act
    }
}

/// For each quantity of a sentence the act that it belongs to: the nearest event predicate of its clause, else the last one before it. What another act or its
/// own light verb absorbs ("left ten dead", "laid hold of five") hands its quantities on.
pub(super) fn shares(doc: &Document, s: usize) -> Vec<Share> {
    let a = &doc.sentences[s];
    let acts: Vec<usize> = (0..a.frames.len())
        .filter(|k| event_of(doc, &a.frames[*k]).is_some())
        .collect();
    let range = within(doc, s);
    let mut out = Vec::with_capacity(range.len());
    for i in range {
        let q = &doc.quantities[i];
        if q.part {
            continue;
        }
        let (start, end) = (q.tokens.start as usize, q.tokens.end as usize);
        let clause = a.clauses.partition_point(|c| c.tokens.start <= start).saturating_sub(1);
        let here = acts.partition_point(|k| a.frames[*k].predicate.tokens.end <= start);
        let near = &acts[here.saturating_sub(AROUND)..acts.len().min(here + AROUND)];
        // The dead and wounded are of an act of force.
        let hurt = q.role.is_some_and(hurts);
        let suits = |k: &&usize| !hurt || event_of(doc, &a.frames[**k]).is_some_and(|(_, e)| quad(doc, e.kind) == 4);
        let distance = |k: &&usize| {
            let t = &a.frames[**k].predicate.tokens;
            if t.end <= start {
                start - t.end
            } else {
                2 + t.start.saturating_sub(end)
            }
        };
        let told = near
            .iter()
            .filter(|k| a.frames[**k].predicate.clause == clause)
            .filter(suits)
            .min_by_key(distance)
            .or_else(|| here.checked_sub(1).map(|j| &acts[j]).filter(suits))
            .or_else(|| acts.get(here).filter(suits));
        if let Some(&told) = told {
            let act = bearer(doc, s, told);
            out.push(Share { quantity: i, told, act });
        }
    }
    out
}

fn hurts(role: Role) -> bool {
    matches!(role, Role::Killed | Role::Injured)
}

fn quad(doc: &Document, kind: u8) -> u8 {
    doc.input.lexicon.tables.scheme[kind as usize].quad
}

/// Quantities of a sentence.
fn within(doc: &Document, s: usize) -> std::ops::Range<usize> {
    let t = &doc.sentences[s].sentence.tokens;
    let at = |token: usize| doc.quantities.partition_point(|q| (q.tokens.start as usize) < token);
    at(t.start)..at(t.end)
}

/// The act that a predicate is part of: the one that absorbs it, or the one whose idiom it completes.
pub(super) fn bearer(doc: &Document, s: usize, k: usize) -> usize {
    let a = &doc.sentences[s];
    let mut at = k;
    for _ in 0..4 {
        let words = &a.frames[at].predicate.tokens;
        let idiom = (at.saturating_sub(2)..at).find(|g| a.frames[*g].with.is_some_and(|w| words.contains(&w)));
        match a.claims[at].absorbed_by.or(idiom) {
            Some(g) if g != at => at = g,
            _ => break,
        }
    }
    at
}

/// The counts of one act of a sentence, `real` if it is told as done; `shares` stand in the order of their acts.
pub(super) fn counts(
    doc: &Document,
    s: usize,
    k: usize,
    kind: u8,
    sides: (&[usize], &[usize]),
    shares: &[Share],
    real: bool,
) -> Vec<Count> {
    let a = &doc.sentences[s];
    let scheme = &doc.input.lexicon.tables.scheme;
    let mut out: Vec<Count> = Vec::new();
    let first = shares.partition_point(|x| x.act < k);
    for share in shares[first..].iter().take_while(|x| x.act == k) {
        let q = &doc.quantities[share.quantity];
        let Some((_, event)) = event_of(doc, &a.frames[share.told]) else {
            continue;
        };
        let agent = sides.0.iter().any(|m| overlaps(doc, *m, q));
        // A noun that is not in the data may count persons if it is a party.
        let person = q.person && (q.entry != UNLISTED || agent || sides.1.iter().any(|m| overlaps(doc, *m, q)));
        out.push(count(role(doc, q, event, kind, agent, person), q));
    }
    lengths(doc, s, k, kind, &mut out);
    // One victim, or two, told without a number.
    if let Some((_, event)) = event_of(doc, &a.frames[k])
        && let Some(role) = victims(event).filter(|_| scheme[kind as usize].quad == 4)
        && real
        && !out.iter().any(|c| c.role == role.as_str())
    {
        out.extend(told_singly(doc, sides.1).map(|(n, unit)| exact(role, n, unit)));
    }
    out
}

fn count(role: Role, q: &Quantity) -> Count {
    Count {
        role: role.as_str(),
        min: q.min,
        max: q.max,
        unit: q.unit.clone(),
    }
}

fn exact(role: Role, n: f64, unit: String) -> Count {
    Count {
        role: role.as_str(),
        min: Some(n),
        max: Some(n),
        unit,
    }
}

fn overlaps(doc: &Document, m: usize, q: &Quantity) -> bool {
    let t = &doc.input.mentions[m].tokens;
    t.start < q.tokens.end as usize && (q.tokens.start as usize) < t.end
}

/// What an act makes of those that it concerns.
fn victims(event: &Event) -> Option<Role> {
    let context = |name: &str| event.contexts.iter().any(|c| c == name);
    if context("killing") {
        Some(Role::Killed)
    } else if context("injury") {
        Some(Role::Injured)
    } else {
        event.modes.iter().any(|m| m == "arrest").then_some(Role::Arrested)
    }
}

/// What a quantity counts: what its words say; else persons are the victims, the doers or the forces of the act.
fn role(doc: &Document, q: &Quantity, event: &Event, kind: u8, agent: bool, person: bool) -> Role {
    let scheme = &doc.input.lexicon.tables.scheme[kind as usize];
    let plain = q.role.unwrap_or(Role::Other);
    if plain.is_firm() || !person {
        return plain;
    }
    match scheme.name.as_str() {
        "MOBILIZE" => Role::Personnel,
        "PROTEST" => Role::Participants,
        _ if agent => Role::Participants,
        _ => victims(event).filter(|_| scheme.quad == 4).unwrap_or(plain),
    }
}

/// The one or two persons among the victims, if none of them is a crowd or has a number.
fn told_singly(doc: &Document, victims: &[usize]) -> Option<(f64, String)> {
    let mut n = 0.0;
    for m in victims {
        let x = &doc.input.mentions[*m];
        let person = matches!(x.kind, Kind::Person | Kind::Title | Kind::People);
        if !person || x.features.has(Features::PLUR) || x.adjective || numbered(doc, *m) {
            return None;
        }
        n += if x.features.has(Features::DUAL) { 2.0 } else { 1.0 };
    }
    let first = *victims.first()?;
    Some((n, doc.input.text.slice(doc.input.mentions[first].name).to_owned()))
}

/// A quantity counts it.
fn numbered(doc: &Document, m: usize) -> bool {
    let end = doc.input.mentions[m].tokens.end;
    let past = doc.quantities.partition_point(|q| (q.tokens.start as usize) < end);
    past.checked_sub(1)
        .is_some_and(|i| overlaps(doc, m, &doc.quantities[i]))
}

/// A length belongs to the last act told before it in the sentence.
fn lengths(doc: &Document, s: usize, k: usize, kind: u8, out: &mut Vec<Count>) {
    let a = &doc.sentences[s];
    let p = &a.frames[k].predicate;
    // Acts that are events of their own: neither the content of another nor of this one's kind.
    let own = |j: &usize| {
        *j == k
            || event_of(doc, &a.frames[*j]).is_some_and(|(e, event)| {
                a.claims[*j].absorbed_by.is_none() && e != a.frames[k].senses[0].entry && event.kind != kind
            })
    };
    let first = doc.times.partition_point(|t| (t.tokens.start as usize) < p.tokens.end);
    let past = doc
        .times
        .partition_point(|t| (t.tokens.start as usize) < a.sentence.tokens.end);
    for time in &doc.times[first..past.max(first)] {
        let at = time.tokens.start as usize;
        let before = a.frames.partition_point(|f| f.predicate.tokens.end <= at);
        let last = (0..before).rev().take(20).find(own);
        // "After a week of fighting" tells when, not how long.
        let date = at > 0
            && doc
                .input
                .lexicon
                .tables
                .quantities
                .ago
                .get(doc.input.folded(at - 1))
                .is_some();
        if time.kind == TimeKind::Duration
            && !date
            && last == Some(k)
            && let Some((n, unit)) = time.duration.as_deref().and_then(duration)
        {
            out.push(exact(Role::Duration, n, unit.into()));
        }
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

/// The dead and wounded that no coded act has yet, told by a result clause or a sentence of their own: they belong to the last act of force told before them,
/// else to the first one behind them in the sentence.
pub(super) fn strays(doc: &Document, drafts: &mut [Draft]) {
    let start = |d: &Draft| doc.sentences[d.sentence].frames[d.frame].predicate.tokens.start;
    for s in 0..doc.sentences.len() {
        // Drafts stand in the order of their predicates.
        let first = drafts.partition_point(|d| d.sentence + BEHIND < s);
        let past = drafts.partition_point(|d| d.sentence <= s);
        let forces: Vec<usize> = (first..past)
            .filter(|i| !drafts[*i].weak && !drafts[*i].again)
            .filter(|i| doc.input.lexicon.tables.scheme[drafts[*i].kind as usize].name == "ASSAULT")
            .collect();
        if forces.is_empty() {
            continue;
        }
        for (at, c) in loose(doc, s, drafts) {
            let here = forces.partition_point(|i| start(&drafts[*i]) <= at);
            let d = &mut drafts[forces[here.saturating_sub(1)]];
            if !d.counts.iter().any(|x| x.role == c.role) {
                d.why.push(format!("{} {}: told as its result", c.role, c.unit));
                d.counts.push(c);
            }
        }
    }
}

/// The dead and wounded of a sentence that belong to no coded act, and where they are told.
fn loose(doc: &Document, s: usize, drafts: &[Draft]) -> Vec<(usize, Count)> {
    let a = &doc.sentences[s];
    let coded = |k: usize| {
        let found = drafts.binary_search_by_key(&(s, k), |d| (d.sentence, d.frame));
        found.is_ok_and(|i| !drafts[i].weak && !drafts[i].again)
    };
    let victims_of = |k: usize| {
        event_of(doc, &a.frames[k])
            .and_then(|(_, e)| victims(e))
            .filter(|r| hurts(*r))
    };
    let mut out = Vec::new();
    let mut told: Vec<usize> = Vec::new();
    let shares = shares(doc, s);
    for i in within(doc, s) {
        let q = &doc.quantities[i];
        let share = shares.binary_search_by_key(&i, |x| x.quantity).ok().map(|j| shares[j]);
        told.extend(share.map(|x| x.told));
        if q.part || share.is_some_and(|x| coded(x.act)) {
            continue;
        }
        let own = q.role.filter(|r| r.is_firm());
        let by_act = share
            .and_then(|x| victims_of(x.told))
            .filter(|_| own.is_none() && q.person);
        let role = own.filter(|r| hurts(*r)).or(by_act);
        if let Some(role) = role {
            out.push((q.tokens.start as usize, count(role, q)));
        }
    }
    told.sort_unstable();
    for (k, f) in a.frames.iter().enumerate() {
        let Some(role) = victims_of(k).filter(|_| told.binary_search(&k).is_err() && !coded(k)) else {
            continue;
        };
        let victim = f.filler(Slot::Genitive).or_else(|| f.filler(Slot::Object));
        if let Some((n, unit)) = victim.and_then(|v| told_singly(doc, &v.mentions)) {
            out.push((f.predicate.tokens.start, exact(role, n, unit)));
        }
    }
    out
}
