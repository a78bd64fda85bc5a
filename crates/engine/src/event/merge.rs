//! Repeats: title, lead and body that tell one act are one event.

use super::Document;
use super::draft::Draft;
use super::records::country;

/// Sentences behind the title that may tell the title's act in full.
const LEAD: usize = 2;
/// Sentences behind an act within which what it led to may be told.
const RESULT: usize = 2;
/// Sentences within which an act that names nobody is the one told last.
const STORY: usize = 4;
/// Days of a month.
const MONTH: i32 = 31;

/// Merges drafts that tell the same act. What is named again without parties, or is too weak to be an event of its own, only adds its day, place and counts to an
/// act told elsewhere. The title and the text that tells it in full are one event; the text is its evidence.
pub fn merge(doc: &Document, drafts: Vec<Draft>) -> Vec<Draft> {
    let mut out: Vec<Draft> = Vec::new();
    let (weak, told): (Vec<Draft>, Vec<Draft>) = drafts.into_iter().partition(|d| d.weak);
    for d in told {
        let led = result(doc, &d);
        // What an act led to belongs to the last such act, what is told again to the first.
        let at = if led {
            out.iter().rposition(|o| same_act(doc, o, &d))
        } else {
            out.iter().position(|o| same_act(doc, o, &d))
        };
        match at {
            Some(i) if !led && fuller(doc, &out[i], &d) => {
                let first = std::mem::replace(&mut out[i], d);
                absorb(doc, &mut out[i], first);
            }
            Some(i) => absorb(doc, &mut out[i], d),
            None if d.again => {}
            None => out.push(d),
        }
    }
    for d in weak {
        let near = out
            .iter_mut()
            .filter(|o| o.sentence.abs_diff(d.sentence) <= LEAD && agrees(doc, o, &d))
            .filter(|o| same_entry(doc, o, &d) || force(doc, o) && o.sentence.min(d.sentence) <= 1)
            .min_by_key(|o| o.sentence.abs_diff(d.sentence));
        if let Some(o) = near {
            o.why.push(told_again(doc, &d));
            fill(doc, o, &d);
        }
    }
    out
}

/// The text tells what the title told: with its word, or of parties of which the title has one.
fn fuller(doc: &Document, a: &Draft, b: &Draft) -> bool {
    let text = title(doc, a) && !title(doc, b) && b.sentence <= LEAD && !b.again;
    text && (same_entry(doc, a, b) || !a.actors.is_empty() || !a.recipients.is_empty())
}

fn title(doc: &Document, d: &Draft) -> bool {
    doc.sentences[d.sentence].sentence.line == 0
}

fn same_act(doc: &Document, a: &Draft, b: &Draft) -> bool {
    if a.kind != b.kind || apart(a, b) {
        return false;
    }
    if result(doc, b) && b.sentence.wrapping_sub(a.sentence) <= RESULT && !other_count(a, b) {
        return true;
    }
    // "The attack … left five dead": the dead and wounded of the act told beside it, if that has no such count yet.
    let beside = a.sentence.abs_diff(b.sentence) <= 1;
    if beside && (casualties(doc, b) || casualties(doc, a)) && !other_count(a, b) {
        return true;
    }
    let negated = |d: &Draft| d.effects.contains(&khaldun_lexicon::lexicon::Effect::Negation);
    if negated(a) != negated(b) {
        return false;
    }
    let near = a.sentence.abs_diff(b.sentence) <= LEAD;
    if near && title(doc, a) != title(doc, b) && retold(doc, a, b) {
        return true;
    }
    // The same deed told with the same word in the next sentences.
    let deed = doc.input.lexicon.tables.scheme[a.kind as usize].quad == 4 && same_entry(doc, a, b);
    if near
        && deed
        && a.sentence != b.sentence
        && clashes(doc, a, b) == 0
        && !other_count(a, b)
        && !elsewhere(doc, a, b)
    {
        return true;
    }
    // Both sides told as actors, and one side with somebody else: the same only if those are all the same.
    let mutual = doc.input.lexicon.tables.scheme[a.kind as usize].mutual;
    let together = |d: &Draft| d.actors.len() > 1 && d.recipients.is_empty();
    let of_all = |x: &Draft, y: &Draft| {
        x.recipients
            .iter()
            .all(|m| y.actors.iter().any(|n| same_party(doc, *m, *n)))
    };
    if mutual && (together(a) && !of_all(b, a) || together(b) && !of_all(a, b)) {
        return false;
    }
    let actors = side(doc, &a.actors, &b.actors);
    let recipients = side(doc, &a.recipients, &b.recipients);
    if actors == Side::Differs || recipients == Side::Differs {
        return mutual && swapped(doc, a, b);
    }
    if actors == Side::Open && recipients == Side::Open {
        // "A blast … killed three": who did it here, whom it struck there, told in one breath.
        let force = doc.input.lexicon.tables.scheme[a.kind as usize].quad == 4;
        let near = a.sentence.abs_diff(b.sentence) <= 1 || title(doc, a);
        if force
            && near
            && (a.actors.is_empty() != b.actors.is_empty() || a.recipients.is_empty() != b.recipients.is_empty())
        {
            return true;
        }
        // Nothing in common but the type: the same only if one of them names nobody.
        let nobody = |d: &Draft| d.actors.is_empty() && d.recipients.is_empty();
        return (nobody(a) || nobody(b)) && a.sentence.abs_diff(b.sentence) <= STORY;
    }
    true
}

fn force(doc: &Document, d: &Draft) -> bool {
    doc.input.lexicon.tables.scheme[d.kind as usize].name == "ASSAULT"
}

/// Told of different days.
fn apart(a: &Draft, b: &Draft) -> bool {
    matches!((a.when, b.when), (Some(x), Some(y)) if x.from > y.to || y.from > x.to)
}

/// The sides of a mutual act told the other way round.
fn swapped(doc: &Document, a: &Draft, b: &Draft) -> bool {
    let all = |d: &Draft| d.actors.iter().chain(&d.recipients).copied().collect::<Vec<_>>();
    let (x, y) = (all(a), all(b));
    x.len() > 1 && y.len() > 1 && x.iter().all(|m| y.iter().any(|n| same_party(doc, *m, *n)))
}

/// What an act led to ("left", "cost the lives of"): its subject is the act, not a party.
fn result(doc: &Document, d: &Draft) -> bool {
    use khaldun_lexicon::lexicon::{EntryKind, Role, Slot};
    let weapon = |e: &EntryKind| matches!(e, EntryKind::Event(e) if e.role(Slot::Subject) == Some(Role::Weapon));
    d.actors.is_empty() && weapon(&doc.input.entry(d.entry).kind)
}

/// The text behind the title tells the title's act: with the same word, if it has one side in common; else if it has no other party on either side.
fn retold(doc: &Document, a: &Draft, b: &Draft) -> bool {
    clashes(doc, a, b) <= usize::from(same_entry(doc, a, b)) && !other_count(a, b)
}

/// Sides on which both tell somebody else.
fn clashes(doc: &Document, a: &Draft, b: &Draft) -> usize {
    usize::from(clash(doc, &a.actors, &b.actors)) + usize::from(clash(doc, &a.recipients, &b.recipients))
}

/// Told of two towns.
fn elsewhere(doc: &Document, a: &Draft, b: &Draft) -> bool {
    let town = |d: &Draft| d.place.and_then(|m| doc.input.mentions[m].place);
    matches!((town(a), town(b)), (Some(x), Some(y)) if x != y)
}

fn agrees(doc: &Document, a: &Draft, b: &Draft) -> bool {
    a.kind == b.kind && !apart(a, b) && !other_count(a, b) && retold(doc, a, b)
}

fn same_entry(doc: &Document, a: &Draft, b: &Draft) -> bool {
    let kind = |d: &Draft| doc.input.entry(d.entry).id.split('-').next();
    a.entry == b.entry || kind(a) == kind(b)
}

/// Both sides are told, and by their countries they are others.
fn clash(doc: &Document, a: &[usize], b: &[usize]) -> bool {
    let alike = |m: usize, n: usize| {
        let (x, y) = (country(doc, m), country(doc, n));
        x.is_empty() || y.is_empty() || x == y || same_party(doc, m, n)
    };
    !a.is_empty() && !b.is_empty() && !a.iter().any(|m| b.iter().any(|n| alike(*m, *n)))
}

/// Both have an exact count of one role, and not the same.
fn other_count(a: &Draft, b: &Draft) -> bool {
    let exact = |c: &crate::record::Count| c.min.is_some() && c.min == c.max;
    let hurt = |c: &crate::record::Count| matches!(c.role, "killed" | "injured" | "arrested");
    a.counts.iter().filter(|x| exact(x) && hurt(x)).any(|x| {
        let mut same = b.counts.iter().filter(|y| y.role == x.role && exact(y)).peekable();
        same.peek().is_some() && same.all(|y| y.min != x.min)
    })
}

/// Only tells how many were killed or hurt, nobody in particular.
fn casualties(doc: &Document, d: &Draft) -> bool {
    let crowd = |m: &usize| {
        let x = &doc.input.mentions[*m];
        matches!(x.kind, crate::mention::entity::Kind::People)
            && x.country.is_empty()
            && matches!(x.sector.as_str(), "CVL" | "")
    };
    let hurt = |c: &crate::record::Count| matches!(c.role, "killed" | "injured");
    d.actors.is_empty() && d.recipients.iter().all(crowd) && d.counts.iter().any(hurt)
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    Same,
    /// One of the two names nobody.
    Open,
    Differs,
}

fn side(doc: &Document, a: &[usize], b: &[usize]) -> Side {
    if a.is_empty() || b.is_empty() {
        return Side::Open;
    }
    if a.iter().any(|m| b.iter().any(|n| same_party(doc, *m, *n))) {
        Side::Same
    } else {
        Side::Differs
    }
}

/// Whether two mentions mean one party: the same name; a state and its organ; a role and the named holder of it; victims told twice.
pub fn same_party(doc: &Document, m: usize, n: usize) -> bool {
    use crate::mention::entity::Kind;
    let (a, b) = (&doc.input.mentions[m], &doc.input.mentions[n]);
    if a.key == b.key {
        return true;
    }
    let (x, y) = (country(doc, m), country(doc, n));
    let crowd = |s: &str| matches!(s, "CVL" | "UAF" | "UNK" | "REF" | "");
    if x != y {
        // A victim or suspect without a country is the same as one told with it.
        return (x.is_empty() || y.is_empty()) && a.sector == b.sector && crowd(&a.sector);
    }
    if x.is_empty() {
        return a.sector == b.sector && crowd(&a.sector);
    }
    let organ = |s: &str| s.split('|').any(|s| matches!(s, "GOV" | "MIL" | "COP" | "JUD" | "SPY"));
    if a.kind == Kind::State || b.kind == Kind::State {
        return organ(&a.sector) && organ(&b.sector);
    }
    let named = |k: &crate::mention::entity::Mention| {
        k.kind == Kind::Person
            || k.kind == Kind::Title && k.name != k.span
            || matches!(k.target, Some(khaldun_lexicon::lexicon::Target::Body(_)))
    };
    if named(a) && named(b) && a.kind != Kind::Organisation {
        return false;
    }
    a.sector == b.sector || a.sector.split('|').any(|x| b.sector.split('|').any(|y| x == y))
}

fn told_again(doc: &Document, d: &Draft) -> String {
    let words = doc.input.text.slice(d.trigger);
    format!("told again: «{words}» in sentence {}", doc.sentences[d.sentence].index)
}

/// Takes over from a second telling what the first left open.
fn absorb(doc: &Document, a: &mut Draft, b: Draft) {
    a.why.push(told_again(doc, &b));
    fill(doc, a, &b);
    if a.actors.is_empty() {
        a.actors = b
            .actors
            .iter()
            .copied()
            .filter(|m| {
                !a.recipients
                    .iter()
                    .any(|r| doc.input.mentions[*r].key == doc.input.mentions[*m].key)
            })
            .collect();
    } else {
        prefer_named(doc, &mut a.actors, &b.actors);
    }
    if a.recipients.is_empty() {
        let mutual = doc.input.lexicon.tables.scheme[a.kind as usize].mutual && a.actors.len() > 1;
        if !mutual {
            a.recipients = b
                .recipients
                .iter()
                .copied()
                .filter(|m| {
                    !a.actors
                        .iter()
                        .any(|r| doc.input.mentions[*r].key == doc.input.mentions[*m].key)
                })
                .collect();
        }
    } else {
        prefer_named(doc, &mut a.recipients, &b.recipients);
    }
    for m in b.modes {
        if !a.modes.contains(&m) {
            a.modes.push(m);
        }
    }
    for s in b.sources {
        if !a
            .sources
            .iter()
            .any(|x| doc.input.mentions[x.mention].key == doc.input.mentions[s.mention].key)
        {
            a.sources.push(s);
        }
    }
}

/// Day, place and counts that a second telling knows.
fn fill(doc: &Document, a: &mut Draft, b: &Draft) {
    // A season or year is that of a tally, not of the act.
    let short = |w: &super::when::When| w.from.until(w.to).is_ok_and(|d| d.get_days() <= MONTH);
    a.when = a.when.or(b.when.filter(short));
    match (a.place, b.place) {
        (None, p) => a.place = p,
        (Some(x), Some(y)) if doc.input.mentions[x].place.is_none() && doc.input.mentions[y].place.is_some() => {
            a.place = Some(y)
        }
        _ => {}
    }
    for c in &b.counts {
        match a.counts.iter_mut().find(|x| x.role == c.role) {
            // A number says more than "dozens".
            Some(x) if x.max.is_none() && c.max.is_some() && c.min >= x.min => *x = c.clone(),
            Some(_) => {}
            None => a.counts.push(c.clone()),
        }
    }
}

/// A party told by name takes the place of the same party told by its role.
fn prefer_named(doc: &Document, mine: &mut [usize], theirs: &[usize]) {
    for m in mine.iter_mut() {
        let plain = doc.input.mentions[*m].name == doc.input.mentions[*m].span;
        if !plain || !doc.input.mentions[*m].country.is_empty() {
            continue;
        }
        if let Some(n) = theirs
            .iter()
            .find(|n| same_party(doc, *m, **n) && !doc.input.mentions[**n].country.is_empty())
        {
            *m = *n;
        }
    }
}
