//! From a frame and its claim to the draft of an event.

use super::Document;
use super::counts::{Share, counts, shares};
use super::details::place;
use super::party::label;
use super::roles::{Roles, done_by, face_each_other, met_with};
use super::salient;
use super::when::{self, When};
use crate::claim::Source;
use crate::frame::{Frame, Opening};
use crate::mention::entity::Kind;
use crate::record::Count;
use crate::text::Span;
use compact_str::CompactString;
use khaldun_lexicon::Features;
use khaldun_lexicon::lexicon::{Effect, EntryKind, Event, Role, Slot, Stance};

/// An event before merging.
#[derive(Clone, Debug)]
pub struct Draft {
    pub sentence: usize,
    pub frame: usize,
    pub entry: u32,
    pub kind: u8,
    pub modes: Vec<CompactString>,
    pub contexts: Vec<CompactString>,
    pub cameo: Option<CompactString>,
    pub actors: Vec<usize>,
    pub recipients: Vec<usize>,
    pub when: Option<When>,
    pub place: Option<usize>,
    pub counts: Vec<Count>,
    pub effects: Vec<Effect>,
    pub sources: Vec<Source>,
    pub trigger: Span,
    /// Named again, with the article and without parties: only adds to an event told elsewhere.
    pub again: bool,
    /// Too weak to be an event: only adds to one told elsewhere.
    pub weak: bool,
    pub why: Vec<String>,
    /// Log-odds that it is an event.
    pub score: f32,
}

/// Appends the drafts of one sentence.
pub fn drafts(doc: &Document, s: usize, out: &mut Vec<Draft>) {
    let a = &doc.sentences[s];
    let whens = when::assign(doc, s);
    let mut shares = shares(doc, s);
    shares.sort_by_key(Share::act);
    let first = out.len();
    let mut of_frame: Vec<Option<usize>> = vec![None; a.frames.len()];
    let mut absorbed: Vec<(usize, usize)> = Vec::new();
    for k in 0..a.frames.len() {
        if event_of(doc, &a.frames[k]).is_none() || a.claims[k].question {
            continue;
        }
        if let Some(by) = a.claims[k].absorbed_by {
            absorbed.push((k, by));
            continue;
        }
        let senses = events_of(doc, &a.frames[k]);
        let done = senses
            .filter_map(|sense| draft(doc, s, k, sense, whens[k], &shares).filter(|d| done_by(doc, sense.1, &d.actors)))
            .next();
        if let Some(d) = done {
            of_frame[k] = Some(out.len());
            out.push(d);
        }
    }
    // The content of an act gives it its mode.
    for (k, by) in absorbed {
        let Some(i) = of_frame[by] else { continue };
        let Some((_, content)) = event_of(doc, &a.frames[k]) else {
            continue;
        };
        let scheme = &doc.input.lexicon.tables.scheme;
        let d = &mut out[i];
        let kind = &scheme[d.kind as usize];
        if d.modes.is_empty() {
            let stop = a.claims[k].has(Effect::End);
            let mode = if stop {
                kind.modes.iter().find(|m| m.name == "yield").map(|m| m.name.clone())
            } else {
                kind.by_content
                    .iter()
                    .find(|(t, _)| *t == content.kind)
                    .map(|(_, m)| m.clone())
            };
            if let Some(mode) = mode {
                d.why.push(format!(
                    "mode {mode}: what is asked or threatened is {}",
                    scheme[content.kind as usize].name
                ));
                d.modes.push(mode);
            }
        }
        // A sentence: whom the prison term or the death penalty is for.
        let sentenced = kind.quad == 4;
        if sentenced && d.recipients.is_empty() {
            let mut roles = Roles {
                doc,
                actors: Vec::new(),
                recipients: Vec::new(),
                why: &mut d.why,
            };
            roles.fill(&a.frames[k], content, None);
            let found = roles.recipients;
            d.recipients = found.into_iter().filter(|m| !d.actors.contains(m)).collect();
        }
        // Whom the content concerns stands for an addressee that is not named.
        if d.recipients.is_empty() {
            let f = &a.frames[k];
            let slot = f.filler(Slot::Genitive).or_else(|| f.filler(Slot::Subject));
            let actors = d.actors.clone();
            if let Some(f) = slot.filter(|f| {
                event_of(doc, &a.frames[k])
                    .is_some_and(|(_, e)| e.role(Slot::Object).is_none() || f.slot == Slot::Subject)
            }) {
                d.recipients = f
                    .mentions
                    .iter()
                    .copied()
                    .filter(|m| party(doc, *m) && !actors.contains(m))
                    .collect();
            }
        }
    }
    inner_acts(doc, s, &of_frame, &mut out[first..], first);
}

/// Who is condemned with an act is who did it: "condemned the Israeli bombing" has its recipient inside the bombing.
fn inner_acts(doc: &Document, s: usize, of_frame: &[Option<usize>], out: &mut [Draft], first: usize) {
    let a = &doc.sentences[s];
    for g in 0..a.frames.len() {
        let Some(outer) = of_frame[g].map(|i| i - first).filter(|i| out[*i].recipients.is_empty()) else {
            continue;
        };
        let Some((_, event)) = event_of(doc, &a.frames[g]) else {
            continue;
        };
        if !matches!(doc.input.lexicon.tables.scheme[event.kind as usize].quad, 1 | 3) {
            continue;
        }
        let end = a.frames[g].predicate.tokens.end;
        let inner = (g + 1..a.frames.len()).take(2).find(|j| {
            let p = &a.frames[*j].predicate;
            let slot = p.preposition.map_or(Slot::Object, Slot::Prep);
            let nominal = !p.finite() && p.clause == a.frames[g].predicate.clause && p.tokens.start <= end + 12;
            nominal && matches!(event.role(slot), Some(Role::Recipient | Role::Content))
        });
        let Some(j) = inner else { continue };
        let f = &a.frames[j];
        let doer = f
            .filler(Slot::Subject)
            .or_else(|| f.filler(Slot::Genitive))
            .map(|x| x.mentions.clone())
            .or((!f.agents.is_empty()).then(|| f.agents.clone()));
        let own = out[outer].actors.clone();
        if let Some(who) = doer {
            let who: Vec<usize> = who.into_iter().filter(|m| party(doc, *m) && !own.contains(m)).collect();
            for m in &who {
                let text = doc.input.text.slice(doc.input.mentions[*m].name);
                out[outer]
                    .why
                    .push(format!("recipient «{text}»: inside the act that it is about"));
            }
            out[outer].recipients = who;
        }
    }
}

/// The event sense of a frame, if it has one.
pub(super) fn event_of<'a>(doc: &Document<'a>, frame: &Frame) -> Option<(u32, &'a Event)> {
    events_of(doc, frame).next()
}

/// The event senses of a frame, best first; only those that say who must do it have others behind them that count.
fn events_of<'a, 'f>(doc: &'f Document<'a>, frame: &'f Frame) -> impl Iterator<Item = (u32, &'a Event)> + 'f {
    let senses = frame
        .senses
        .iter()
        .filter_map(|s| match &doc.input.entry(s.entry).kind {
            EntryKind::Event(e) => Some((s.entry, e)),
            _ => None,
        });
    let mut open = true;
    senses.take_while(move |(_, e)| {
        let this = open;
        open &= e.doer.is_some();
        this
    })
}

fn draft(
    doc: &Document,
    s: usize,
    k: usize,
    (entry, event): (u32, &Event),
    when: Option<When>,
    shares: &[Share],
) -> Option<Draft> {
    let a = &doc.sentences[s];
    let (frame, claim) = (&a.frames[k], &a.claims[k]);
    let p = &frame.predicate;
    let lexicon = doc.input.lexicon;
    let scheme = &lexicon.tables.scheme;
    if p.features.has(Features::IMPERATIVE) {
        return None;
    }
    let data = lexicon.place_of(doc.input.entry(entry));
    let trigger = trigger_span(doc, frame);
    let mut why = vec![format!(
        "trigger «{}»: {} ({data})",
        doc.input.text.slice(trigger),
        doc.input.entry(entry).id
    )];
    let mut roles = Roles {
        doc,
        actors: Vec::new(),
        recipients: Vec::new(),
        why: &mut why,
    };
    roles.fill(frame, event, claim.lent.map(|l| &a.frames[l]));
    let Roles {
        mut actors,
        mut recipients,
        ..
    } = roles;
    // What is refused or doubted concerns somebody: the party named in the content.
    if recipients.is_empty() && scheme[event.kind as usize].quad == 3 {
        let request = scheme[event.kind as usize].name == "REQUEST";
        let content = frame.fillers.iter().find(|f| {
            event.role(f.slot) == Some(Role::Content) && (!request || doc.input.mentions[f.mentions[0]].outer.is_none())
        });
        if let Some(f) = content {
            let who: Vec<usize> = f
                .mentions
                .iter()
                .copied()
                .filter(|m| party(doc, *m) && doc.input.mentions[*m].kind != Kind::Site)
                .collect();
            if let Some(m) = who.first() {
                why.push(format!(
                    "recipient «{}»: named in the content",
                    doc.input.text.slice(doc.input.mentions[*m].name)
                ));
            }
            recipients = who;
        }
    }
    // First person: the speaker acts.
    if actors.is_empty()
        && p.features.has(Features::P1)
        && let Some(source) = claim.sources.first()
    {
        actors.push(source.mention);
        why.push("first person: the speaker".into());
    }
    // A headline's speaker goes on over the dots in it.
    if actors.is_empty() && p.features.has(Features::P1) && claim.sources.is_empty() {
        let earlier = (0..s)
            .rev()
            .take(4)
            .filter(|e| doc.sentences[*e].sentence.line == a.sentence.line);
        let speaker = earlier
            .flat_map(|e| doc.sentences[e].claims.iter().rev())
            .find_map(|c| c.sources.first());
        if let Some(source) = speaker {
            actors.push(source.mention);
            why.push("first person: the speaker before".into());
        }
    }
    // A verbal act without an actor of its own, told in somebody's speech, is the speaker's.
    let verbal = matches!(scheme[event.kind as usize].quad, 1 | 3) && !scheme[event.kind as usize].name.eq("CONSULT");
    if actors.is_empty() && verbal {
        let speaker = claim.sources.iter().find(|x| {
            x.stance == Stance::Asserts && !matches!(doc.input.mentions[x.mention].kind, Kind::Source | Kind::Outlet)
        });
        if let Some(source) = speaker.filter(|x| !recipients.contains(&x.mention)) {
            actors.push(source.mention);
            why.push(format!(
                "actor «{}»: the speaker",
                doc.input.text.slice(doc.input.mentions[source.mention].name)
            ));
        }
    }
    let negated = claim.has(Effect::Negation);
    // Blame is told outright; a relative clause only says who is meant.
    let aside = a.clauses[p.clause].opening == Opening::Relative || negated && !event.negated;
    let of_nobody = event.role(Slot::Subject) == Some(Role::Recipient) && recipients.iter().all(|r| actors.contains(r));
    if event.spoken && (actors.is_empty() || of_nobody || aside) || event.negated && !negated {
        return None;
    }
    // A meeting or verbal act named by its noun, without a doer: he of whom the sentence tells ("in cooperation with …", "renewing the calls for …").
    let mutual_with = event.mutual && (!recipients.is_empty() || actors.len() == 1 && met_with(doc, frame, actors[0]));
    if (actors.is_empty() || mutual_with && recipients.is_empty())
        && !p.finite()
        && (verbal || mutual_with)
        && (frame.governor.is_none() || mutual_with || claim.lent.is_some_and(|l| !a.frames[l].predicate.finite()))
    {
        let teller = (0..k)
            .rev()
            .take(20)
            .find(|g| a.frames[*g].predicate.finite() && a.frames[*g].filler(Slot::Subject).is_some());
        let near = teller.filter(|g| verbal || a.frames[*g].predicate.clause == p.clause);
        if let Some(f) = near.and_then(|g| a.frames[g].filler(Slot::Subject)) {
            let who: Vec<usize> = f
                .mentions
                .iter()
                .copied()
                .filter(|m| {
                    party(doc, *m)
                        && !recipients.contains(m)
                        && !actors.iter().any(|a| same(doc, *a, *m))
                        && !matches!(doc.input.mentions[*m].kind, Kind::Site | Kind::Outlet)
                })
                .collect();
            if let Some(m) = who.first() {
                why.push(format!(
                    "actor «{}»: subject of the verb before",
                    doc.input.text.slice(doc.input.mentions[*m].name)
                ));
            }
            actors.splice(0..0, who);
        }
    }
    // "Egypt: death for ten": the label of a headline stands for the organ that acts.
    let organ_acts = matches!(
        scheme[event.kind as usize].name.as_str(),
        "SANCTION" | "COERCE" | "CONCEDE" | "MOBILIZE" | "ACCUSE"
    );
    if actors.is_empty()
        && organ_acts
        && let Some(m) = label(&doc.input, Some(&a.sentence)).filter(|m| !recipients.contains(m))
        && doc.input.mentions[m].kind == Kind::State
    {
        actors.push(m);
        why.push(format!(
            "actor «{}»: label of the title",
            doc.input.text.slice(doc.input.mentions[m].name)
        ));
    }
    recipients.retain(|m| !actors.iter().any(|a| same(doc, *a, *m)));
    // Whom it concerns, if no slot says it: the nearest party behind the predicate.
    if recipients.is_empty()
        && !(event.mutual && actors.len() >= 2)
        && ADDRESSED.contains(&scheme[event.kind as usize].name.as_str())
    {
        let around = salient::Around {
            doc,
            sentence: s,
            predicate: &p.tokens,
            actors: &actors,
            sources: &claim.sources,
            sites: false,
        };
        let asks = scheme[event.kind as usize].name == "REQUEST";
        let near = around.behind(Some(if asks { ASKED } else { REACH }));
        if let Some(m) = near.first() {
            why.push(format!(
                "recipient «{}»: nearest party behind",
                doc.input.text.slice(doc.input.mentions[*m].name)
            ));
        }
        recipients = near;
    }
    // The same party told twice on a side ("the president … he").
    dedup_keys(doc, &mut actors);
    dedup_keys(doc, &mut recipients);
    if event.mutual && scheme[event.kind as usize].quad == 4 {
        // The one named with a preposition ("with the rebels") is the other side.
        actors.sort_by_key(|m| {
            let x = &doc.input.mentions[*m];
            x.preposition.is_some() || x.conjunction
        });
        face_each_other(&mut actors, &mut recipients, |m| {
            doc.input.mentions[m].features.any(Features::PLUR | Features::DUAL)
        });
    } else if event.mutual && actors.len() >= 2 {
        recipients.clear();
    }
    let nominal = !p.finite();
    let place = place(doc, s, k);
    let governed = claim.lent.is_some() || frame.governor.is_some();
    let parties = !actors.is_empty() || !recipients.is_empty();
    let again = nominal && p.article && !parties;
    let participle = p
        .features
        .any(Features::ACTIVE_PARTICIPLE | Features::PASSIVE_PARTICIPLE);
    if participle && (p.article || !p.features.has(Features::ACTIVE_PARTICIPLE) || actors.is_empty()) {
        return None;
    }
    if !parties
        && !again
        && !(event.bare && (governed || a.sentence.heading || place.is_some() || p.finite() || when.is_some()))
    {
        return None;
    }
    if !parties && p.finite() && !event.bare {
        return None;
    }
    let mut kind = event.kind;
    let mut modes = event.modes.clone();
    let mut effects: Vec<Effect> = claim.effects.iter().map(|e| e.0).collect();
    if event.negated {
        effects.retain(|e| !matches!(e, Effect::Negation | Effect::Future));
    }
    for (effect, e) in &claim.effects {
        let by = if *e == u32::MAX {
            "future prefix".into()
        } else {
            format!("{} ({})", doc.input.entry(*e).id, lexicon.place_of(doc.input.entry(*e)))
        };
        why.push(format!("{effect:?}: {by}").to_lowercase());
    }
    if effects.contains(&Effect::Future)
        && !effects.contains(&Effect::Negation)
        && let Some(future) = scheme[kind as usize].future
    {
        why.push(format!(
            "planned {} is {}",
            scheme[kind as usize].name, scheme[future as usize].name
        ));
        kind = future;
        modes.clear();
        effects.retain(|e| *e != Effect::Future);
    }
    if effects.contains(&Effect::Demand) {
        return None;
    }
    if effects.contains(&Effect::End) {
        // Ending a strike or sit-in is a retreat; other acts that are over are not told as acts.
        let retreat = scheme.iter().position(|t| t.name == "RETREAT");
        match (scheme[kind as usize].name.as_str(), retreat) {
            ("PROTEST", Some(r)) => {
                kind = r as u8;
                modes.clear();
            }
            _ => return None,
        }
    }
    let unreal = [Effect::Negation, Effect::Hypothetical, Effect::Future];
    let real = !effects.iter().any(|e| unreal.contains(e));
    let counts = counts(doc, s, k, kind, (&actors, &recipients), shares, real);
    let sources = claim.sources.clone();
    Some(Draft {
        sentence: s,
        frame: k,
        entry,
        kind,
        modes,
        contexts: event.contexts.clone(),
        cameo: event.cameo.clone(),
        actors,
        recipients,
        when,
        place,
        counts,
        effects,
        sources,
        trigger,
        again,
        weak: false,
        why,
        score: 0.0,
    })
}

fn trigger_span(doc: &Document, frame: &Frame) -> Span {
    let p = &frame.predicate;
    let tokens = doc.input.tokens;
    let start = tokens[p.tokens.start].start as usize + p.skip;
    doc.input.text.span(start, tokens[p.tokens.end - 1].end as usize)
}

/// Types that are done to somebody.
const ADDRESSED: [&str; 9] = [
    "AGREE", "SUPPORT", "AID", "REQUEST", "ACCUSE", "REJECT", "THREATEN", "SANCTION", "COERCE",
];
/// Tokens behind the predicate within which the nearest party is looked for.
const REACH: usize = 16;
/// The same for who is asked: a demand that names nobody near is addressed to nobody.
const ASKED: usize = 6;

fn dedup_keys(doc: &Document, list: &mut Vec<usize>) {
    let mut seen: Vec<&str> = Vec::new();
    list.retain(|m| {
        let key = doc.input.mentions[*m].key.as_str();
        let new = !seen.contains(&key);
        seen.push(key);
        new
    });
}

/// Whether a mention can be a party.
pub(super) fn party(doc: &Document, m: usize) -> bool {
    !matches!(doc.input.mentions[m].kind, Kind::Place | Kind::Source)
}

/// Both mentions have one name.
pub(super) fn same(doc: &Document, a: usize, b: usize) -> bool {
    doc.input.mentions[a].key == doc.input.mentions[b].key
}
