//! From a frame and its claim to the draft of an event, and from merged drafts to records.

use super::when::{self, When};
use super::{Document, source};
use crate::claim::Source;
use crate::frame::Frame;
use crate::mention::entity::{Kind, Mention};
use crate::mention::time::TimeKind;
use crate::record::*;
use crate::text::Span;
use compact_str::CompactString;
use khaldun_lexicon::Features;
use khaldun_lexicon::lexicon::{Effect, EntryKind, Event, Role, Slot, Stance};
use khaldun_lexicon::quantity::Role as CountRole;
use sha2::{Digest, Sha256};

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
    pub why: Vec<String>,
    /// Log-odds that it is an event.
    pub score: f32,
}

/// Appends the drafts of one sentence.
pub fn drafts(doc: &Document, s: usize, out: &mut Vec<Draft>) {
    let a = &doc.sentences[s];
    let whens = when::assign(doc, s);
    let first = out.len();
    let mut of_frame: Vec<Option<usize>> = vec![None; a.frames.len()];
    let mut absorbed: Vec<(usize, usize)> = Vec::new();
    for k in 0..a.frames.len() {
        let Some((entry, event)) = event_of(doc, &a.frames[k]) else {
            continue;
        };
        if a.claims[k].question {
            continue;
        }
        if let Some(by) = a.claims[k].absorbed_by {
            absorbed.push((k, by));
            continue;
        }
        if let Some(d) = draft(doc, s, k, entry, event, whens[k]) {
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
    frame.senses.iter().find_map(|s| match &doc.input.entry(s.entry).kind {
        EntryKind::Event(e) => Some((s.entry, e)),
        _ => None,
    })
}

fn draft(doc: &Document, s: usize, k: usize, entry: u32, event: &Event, when: Option<When>) -> Option<Draft> {
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
    let same = |a: usize, b: usize| doc.input.mentions[a].key == doc.input.mentions[b].key;
    // A meeting or verbal act named by its noun, without a doer: he of whom the sentence tells ("in cooperation with …", "renewing the calls for …").
    let mutual_with = event.mutual && !recipients.is_empty();
    if actors.is_empty()
        && !p.finite()
        && (verbal || mutual_with)
        && (frame.governor.is_none() || claim.lent.is_some_and(|l| !a.frames[l].predicate.finite()))
    {
        let teller = (0..k)
            .rev()
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
                        && !matches!(doc.input.mentions[*m].kind, Kind::Site | Kind::Outlet)
                })
                .collect();
            if let Some(m) = who.first() {
                why.push(format!(
                    "actor «{}»: subject of the verb before",
                    doc.input.text.slice(doc.input.mentions[*m].name)
                ));
            }
            actors = who;
        }
    }
    // "Egypt: death for ten": the label of a headline stands for the organ that acts.
    let organ_acts = matches!(
        scheme[event.kind as usize].name.as_str(),
        "SANCTION" | "COERCE" | "MOBILIZE" | "ACCUSE"
    );
    if actors.is_empty()
        && organ_acts
        && a.sentence.line == 0
        && let Some(m) = label(doc).filter(|m| !recipients.contains(m))
    {
        actors.push(m);
        why.push(format!(
            "actor «{}»: label of the title",
            doc.input.text.slice(doc.input.mentions[m].name)
        ));
    }
    recipients.retain(|m| !actors.iter().any(|a| same(*a, *m)));
    // Whom it concerns, if no slot says it: the nearest party behind the predicate.
    if recipients.is_empty()
        && !(event.mutual && actors.len() >= 2)
        && ADDRESSED.contains(&scheme[event.kind as usize].name.as_str())
    {
        let end = p.tokens.end;
        let near = (0..doc.input.mentions.len()).find(|m| {
            let x = &doc.input.mentions[*m];
            let inside = x.tokens.start >= end && x.tokens.start < (end + REACH).min(a.sentence.tokens.end);
            inside
                && party(doc, *m)
                && !matches!(x.kind, Kind::Outlet | Kind::Site)
                && !actors.iter().any(|a| same(*a, *m))
                && !claim.sources.iter().any(|s| same(s.mention, *m))
        });
        if let Some(m) = near {
            why.push(format!(
                "recipient «{}»: nearest party behind",
                doc.input.text.slice(doc.input.mentions[m].name)
            ));
            recipients.push(m);
            // Those joined to it.
            let mut last = m;
            while doc.input.mentions.get(last + 1).is_some_and(|n| {
                n.conjunction && n.tokens.start == doc.input.mentions[last].tokens.end && n.preposition.is_none()
            }) {
                last += 1;
                if party(doc, last) && !actors.iter().any(|a| same(*a, last)) {
                    recipients.push(last);
                }
            }
        }
    }
    // The same party told twice on a side ("the president … he").
    dedup_keys(doc, &mut actors);
    dedup_keys(doc, &mut recipients);
    if event.mutual && actors.len() >= 2 {
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
    let counts = counts(doc, s, k, kind, &recipients);
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

/// The state that labels the title ("Egypt: …", "Egypt.. …").
fn label(doc: &Document) -> Option<usize> {
    let first = doc.input.mentions.iter().position(|m| m.tokens.start == 0)?;
    let m = &doc.input.mentions[first];
    let mark = doc.input.folded(m.tokens.end);
    (m.kind == Kind::State && matches!(mark, ":" | ".")).then_some(first)
}

/// Types that are done to somebody.
const ADDRESSED: [&str; 9] = [
    "AGREE", "SUPPORT", "AID", "REQUEST", "ACCUSE", "REJECT", "THREATEN", "SANCTION", "COERCE",
];
/// Tokens behind the predicate within which the nearest party is looked for.
const REACH: usize = 16;

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
fn party(doc: &Document, m: usize) -> bool {
    !matches!(doc.input.mentions[m].kind, Kind::Place | Kind::Source)
}

struct Roles<'d, 'a> {
    doc: &'d Document<'a>,
    actors: Vec<usize>,
    recipients: Vec<usize>,
    why: &'d mut Vec<String>,
}

impl Roles<'_, '_> {
    fn add(&mut self, role: Role, mentions: &[usize], how: &str, event: &Event) {
        for &m in mentions {
            let mention = &self.doc.input.mentions[m];
            if !party(self.doc, m) {
                continue;
            }
            if mention.kind == Kind::Outlet
                && role == Role::Recipient
                && event.role(Slot::Object) != Some(Role::Recipient)
            {
                continue;
            }
            let list = match role {
                Role::Actor => &mut self.actors,
                Role::Recipient => &mut self.recipients,
                _ => return,
            };
            if !list.contains(&m) {
                list.push(m);
                let text = self.doc.input.text.slice(mention.name);
                let side = if role == Role::Actor { "actor" } else { "recipient" };
                self.why.push(format!("{side} «{text}»: {how}"));
            }
        }
    }

    fn fill(&mut self, frame: &Frame, event: &Event, light: Option<&Frame>) {
        let nominal = !frame.predicate.finite() && !frame.predicate.features.has(Features::ACTIVE_PARTICIPLE);
        self.add(Role::Actor, &frame.agents, "by", event);
        if let Some(l) = light {
            self.add(Role::Actor, &l.agents, "by", event);
        }
        for f in &frame.fillers {
            if matches!(f.slot, Slot::Genitive) || nominal && matches!(f.slot, Slot::Subject | Slot::Object) {
                continue;
            }
            let role = event.role(f.slot).unwrap_or(match f.slot {
                Slot::Subject => Role::Actor,
                _ => Role::Ignore,
            });
            let how = self.how(f);
            self.add(role, &f.mentions, &how, event);
        }
        if nominal {
            self.noun(frame, event, light);
        }
        // Who lends the subject: the light verb's subject, or that of "tried to", "plans to".
        if let Some(l) = light {
            let suffers = l.senses.iter().any(|s| {
                matches!(
                    self.doc.input.entry(s.entry).kind,
                    EntryKind::Light { suffers: true, .. }
                )
            });
            let subject_role = if suffers {
                Role::Recipient
            } else {
                event.role(Slot::Subject).unwrap_or(Role::Actor)
            };
            let wanting = match subject_role {
                Role::Recipient => self.recipients.is_empty(),
                _ => self.actors.is_empty() || event.mutual && self.recipients.is_empty() && self.actors.len() == 1,
            };
            if wanting
                && !l.passive
                && let Some(f) = l.filler(Slot::Subject).or_else(|| l.filler(Slot::Genitive))
            {
                let f = f.clone();
                self.add(subject_role, &f.mentions, "subject of the verb that governs it", event);
            }
            // "held talks with X": the preposition may hang on the light verb.
            for f in &l.fillers {
                if let (Slot::Prep(_), Some(role @ (Role::Recipient | Role::Actor))) = (f.slot, event.role(f.slot)) {
                    let empty = if role == Role::Actor {
                        self.actors.is_empty()
                    } else {
                        self.recipients.is_empty()
                    };
                    if empty {
                        self.add(role, &f.mentions, "with the verb that governs it", event);
                    }
                }
            }
        }
    }

    fn same(&self, a: usize, b: usize) -> bool {
        self.doc.input.mentions[a].key == self.doc.input.mentions[b].key
    }

    fn how(&self, f: &crate::frame::Filler) -> String {
        let slot = match f.slot {
            Slot::Subject => "subject",
            Slot::Object => "object",
            Slot::Genitive => "genitive",
            Slot::That => "clause",
            Slot::Prep(p) => self.doc.input.lexicon.tables.particles[p as usize].text.as_str(),
        };
        let mut how = format!("{slot}, score {:.2}", f.score);
        if f.resolved {
            how.push_str(", resolved");
        }
        if let Some((m, s)) = f.loser {
            how.push_str(&format!(
                "; before «{}» {s:.2}",
                self.doc.input.text.slice(self.doc.input.mentions[m].name)
            ));
        }
        how
    }

    /// Genitive and nisba of a verbal or event noun.
    fn noun(&mut self, frame: &Frame, event: &Event, light: Option<&Frame>) {
        let subject = frame.filler(Slot::Subject).cloned();
        let genitive = frame.filler(Slot::Genitive).cloned();
        let object = frame.filler(Slot::Object).cloned();
        let fixed = event.role(Slot::Genitive);
        let object_role = event.role(Slot::Object);
        let subject_role = event.role(Slot::Subject).unwrap_or(Role::Actor);
        if let Some(f) = &subject {
            // Two nisbas at once (Syrian-Turkish talks) stand for both sides.
            let victim = fixed == Some(Role::Recipient) && event.role(Slot::Subject).is_none();
            self.add(
                if victim { Role::Recipient } else { subject_role },
                &f.mentions,
                "nisba",
                event,
            );
        }
        let Some(g) = &genitive else { return };
        let how = self.how(g);
        let role = match (fixed, object_role) {
            (Some(r), _) => r,
            (None, Some(Role::Recipient)) => {
                let actor_known =
                    !self.actors.is_empty() || light.is_some_and(|l| !l.passive && l.filler(Slot::Subject).is_some());
                let recipient_known = !self.recipients.is_empty();
                // "its support for …": the pronoun means the subject of the verb that governs it.
                let own = g.resolved
                    && light
                        .and_then(|l| l.filler(Slot::Subject))
                        .is_some_and(|s| self.same(s.mentions[0], g.mentions[0]));
                if object.is_some() || recipient_known || own {
                    Role::Actor
                } else if actor_known || self.suffers(g.mentions[0], event) {
                    Role::Recipient
                } else {
                    Role::Actor
                }
            }
            (None, _) => subject_role,
        };
        let place = |m: usize| {
            use khaldun_lexicon::lexicon::Target;
            matches!(
                self.doc.input.mentions[m].target,
                Some(Target::Capital(_) | Target::Place(_))
            ) || self.doc.input.mentions[m].only_place()
        };
        // "The Riyadh summit": where, not who.
        if event.noun
            && role == Role::Actor
            && place(g.mentions[0])
            && matches!(self.doc.input.lexicon.tables.scheme[event.kind as usize].quad, 1 | 4)
        {
            return;
        }
        self.add(role, &g.mentions, &how, event);
        if let (Some(o), Role::Actor, Some(r)) = (&object, role, object_role) {
            let how = self.how(o);
            self.add(r, &o.mentions, &how, event);
        }
    }

    /// "The bombing of Aleppo", "the arrest of the leader": the genitive suffers it; "the condemnation of Egypt": the genitive does it.
    fn suffers(&self, m: usize, event: &Event) -> bool {
        let mention: &Mention = &self.doc.input.mentions[m];
        let material = matches!(self.doc.input.lexicon.tables.scheme[event.kind as usize].quad, 2 | 4);
        let visit = event.modes.iter().any(|x| x == "visit");
        match mention.kind {
            Kind::Place | Kind::Site => true,
            Kind::State => material || visit,
            Kind::People => true,
            Kind::Person | Kind::Title => material,
            _ => material && !matches!(mention.sector.as_str(), "MIL" | "COP" | "JUD" | "GOV"),
        }
    }
}

/// The place of a frame: the finest place named with "in" or "at" in its clause, behind it or, failing that, before it.
fn place(doc: &Document, s: usize, k: usize) -> Option<usize> {
    let a = &doc.sentences[s];
    let p = &a.frames[k].predicate;
    let clause = &a.clauses[p.clause].tokens;
    let in_place = |m: &usize| {
        let mention = &doc.input.mentions[*m];
        let located = mention.place.is_some() || matches!(mention.kind, Kind::State | Kind::Place);
        let preposition = mention
            .preposition
            .map(|x| doc.input.lexicon.tables.particles[x as usize].text.as_str());
        located
            && !mention.adjective
            && preposition.is_some_and(|x| doc.input.lexicon.tables.local.iter().any(|l| l == x))
    };
    let fine = |m: &usize| {
        let mention = &doc.input.mentions[*m];
        (mention.place.is_some(), mention.kind == Kind::Place)
    };
    let mentions: Vec<usize> = (0..doc.input.mentions.len())
        .filter(|m| clause.contains(&doc.input.mentions[*m].tokens.start))
        .collect();
    let behind: Vec<usize> = mentions
        .iter()
        .copied()
        .filter(|m| doc.input.mentions[*m].tokens.start >= p.tokens.end)
        .filter(in_place)
        .collect();
    let any: Vec<usize> = mentions.into_iter().filter(in_place).collect();
    let list = if behind.is_empty() { any } else { behind };
    let first = *list.first()?;
    // "in Nice, in France": the finer of the first two.
    list.iter().copied().take(2).find(|m| fine(m).0).or(Some(first))
}

/// The quantities of a frame: those of its clause whose role goes with it, and one for a single victim.
fn counts(doc: &Document, s: usize, k: usize, kind: u8, recipients: &[usize]) -> Vec<Count> {
    let a = &doc.sentences[s];
    let p = &a.frames[k].predicate;
    let clause = &a.clauses[p.clause].tokens;
    let name = doc.input.lexicon.tables.scheme[kind as usize].name.as_str();
    let mut out: Vec<Count> = Vec::new();
    let mut before = usize::MAX;
    for q in doc.quantities {
        let at = q.tokens.start as usize;
        if !clause.contains(&at) {
            continue;
        }
        // The nearest event predicate has it.
        let nearest = (0..a.frames.len())
            .filter(|j| a.frames[*j].predicate.clause == p.clause && event_of(doc, &a.frames[*j]).is_some())
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
        before = before.min(at);
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
    // Acts that are events of their own: neither the content of another nor without a sense.
    let of_frame: Vec<bool> = (0..a.frames.len())
        .map(|j| {
            j == k
                || event_of(doc, &a.frames[j]).is_some_and(|(e, _)| {
                    a.claims[j].absorbed_by.is_none()
                        && e != a.frames[k].senses[0].entry
                        && doc.input.lexicon.tables.scheme[kind as usize].name != scheme_name(doc, e)
                })
        })
        .collect();
    for time in doc.times {
        let at = time.tokens.start as usize;
        // A length belongs to the last act told before it in the sentence.
        let last = (0..a.frames.len()).rfind(|j| a.frames[*j].predicate.tokens.end <= at && of_frame[*j]);
        if time.kind == TimeKind::Duration
            && a.sentence.tokens.contains(&at)
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

/// Records of the merged drafts, in text order, with stable ids.
pub fn records(doc: &Document, drafts: Vec<Draft>) -> Vec<Record> {
    let mut out: Vec<Record> = Vec::with_capacity(drafts.len());
    let mut seen: Vec<String> = Vec::new();
    for d in drafts {
        let mut record = record(doc, &d);
        let key = format!(
            "{}|{}|{}|{}|{}",
            doc.article.id,
            record.event_type,
            keys(doc, &d.actors),
            keys(doc, &d.recipients),
            record.date.as_deref().unwrap_or("")
        );
        let n = seen.iter().filter(|k| **k == key).count();
        seen.push(key.clone());
        let digest = Sha256::digest(format!("{key}|{n}").as_bytes());
        record.id = digest.iter().take(8).map(|b| format!("{b:02x}")).collect();
        out.push(record);
    }
    out
}

fn keys(doc: &Document, mentions: &[usize]) -> String {
    let mut keys: Vec<&str> = mentions.iter().map(|m| doc.input.mentions[*m].key.as_str()).collect();
    keys.sort_unstable();
    keys.join("+")
}

fn record(doc: &Document, d: &Draft) -> Record {
    let lexicon = doc.input.lexicon;
    let kind = &lexicon.tables.scheme[d.kind as usize];
    let a = &doc.sentences[d.sentence];
    let mut why = d.why.clone();
    let mode = kind.modes.iter().find(|m| d.modes.contains(&m.name));
    let published = doc.article.published;
    let (mut date, mut enddate, mut date_text, mut basis) = (None, None, None, "none");
    let mut historical = false;
    if let Some(w) = d.when {
        let time = &doc.times[w.time];
        let text = doc.input.text.slice(time.span);
        let entry = &lexicon.tables.time.entries[time.entry as usize];
        why.push(format!("date {}–{}: «{text}», {}", w.from, w.to, entry.id));
        date = Some(w.from.to_string());
        enddate = Some(w.to.to_string());
        date_text = Some(text.to_owned());
        basis = "text";
        historical = published.is_some_and(|p| w.to < p.saturating_sub(jiff::Span::new().days(365)));
    }
    let mut aux: Vec<&'static str> = Vec::new();
    if d.effects.contains(&Effect::Negation) {
        aux.push("negation");
    }
    if d.effects.contains(&Effect::Hypothetical) {
        aux.push("hypothetical");
    }
    if d.effects.contains(&Effect::Future) {
        aux.push("future");
    }
    if historical {
        aux.push("historical");
    }
    let certainty = if d.effects.contains(&Effect::Possible) {
        "possible"
    } else if d.effects.contains(&Effect::Probable) {
        "probable"
    } else {
        "certain"
    };
    let span = sentence_span(doc, d.sentence);
    let slice = |s: Span| doc.input.text.slice(s).to_owned();
    let attributed_to = source::attributions(doc, d, &mut why);
    let event_loc = d.place.map(|m| location(doc, m));
    if let Some(l) = &event_loc {
        why.push(format!("place «{}» {}", l.text, l.country.as_deref().unwrap_or("")));
    }
    let _ = a;
    Record {
        id: String::new(),
        doc_id: doc.article.id.clone(),
        event_type: kind.name.to_string(),
        mode: d.modes.iter().map(|m| m.to_string()).collect(),
        context: d
            .contexts
            .iter()
            .filter(|c| !matches!(c.as_str(), "killing" | "injury"))
            .map(|c| c.to_string())
            .collect(),
        quad_code: kind.quad,
        event_scale: mode.map_or(kind.scale, |m| m.scale),
        cameo: d
            .cameo
            .clone()
            .unwrap_or_else(|| mode.map_or_else(|| kind.cameo.clone(), |m| m.cameo.clone()))
            .to_string(),
        actor: d.actors.iter().map(|m| party_of(doc, *m, &mut why)).collect(),
        recipient: d.recipients.iter().map(|m| party_of(doc, *m, &mut why)).collect(),
        date,
        enddate,
        date_basis: basis,
        date_text,
        aux,
        certainty,
        attributed_to,
        event_loc,
        quantities: d.counts.clone(),
        evidence: Evidence {
            sentence: d.sentence,
            start: span.start,
            end: span.end,
            trigger: Trigger {
                start: d.trigger.start,
                end: d.trigger.end,
                text: slice(d.trigger),
            },
            text: slice(span),
        },
        why,
        coder: Coder {
            version: env!("CARGO_PKG_VERSION"),
            lexicon: lexicon.tables.hash.clone(),
        },
    }
}

fn sentence_span(doc: &Document, s: usize) -> Span {
    let t = &doc.sentences[s].sentence.tokens;
    doc.input.tokens[t.start].span.join(doc.input.tokens[t.end - 1].span)
}

/// Country of a mention: its own, or that of the scene.
pub fn country(doc: &Document, m: usize) -> CompactString {
    let own = &doc.input.mentions[m].country;
    if own.is_empty() {
        doc.home[m].0.clone()
    } else {
        own.clone()
    }
}

fn party_of(doc: &Document, m: usize, why: &mut Vec<String>) -> Party {
    let mention = &doc.input.mentions[m];
    let t = &doc.input.lexicon.tables;
    let country = country(doc, m);
    if mention.country.is_empty() && !country.is_empty() {
        why.push(format!(
            "country of «{}» {country}: {}",
            doc.input.text.slice(mention.name),
            doc.home[m].1
        ));
    }
    let names = names(t, mention);
    let bloc = matches!(country.as_str(), "UNO" | "EUR" | "IGO");
    let place = mention.kind == Kind::Place;
    let sector: Vec<String> = if bloc && mention.sector != "MIL" {
        Vec::new()
    } else if place {
        vec!["CVL".into()]
    } else {
        mention
            .sector
            .split('|')
            .filter(|s| !s.is_empty() && *s != "~")
            .map(str::to_owned)
            .collect()
    };
    Party {
        text: doc.input.text.slice(mention.name).to_owned(),
        name_ar: names.as_ref().map(|n| n.0.to_string()),
        name_en: names.as_ref().map(|n| n.1.to_string()),
        entity_id: names.as_ref().map(|n| n.2.to_string()),
        country: (!country.is_empty()).then(|| country.to_string()),
        sector,
        start: mention.name.start,
        end: mention.name.end,
    }
}

/// Arabic name, English name and id of a mention that a table has.
pub fn names<'t>(t: &'t khaldun_lexicon::lexicon::Tables, m: &Mention) -> Option<(&'t str, &'t str, CompactString)> {
    use khaldun_lexicon::lexicon::Target;
    match m.target? {
        Target::Person(p) => t
            .people
            .get(p as usize)
            .map(|n| (n.name_ar.as_str(), n.name_en.as_str(), n.id.clone())),
        Target::Body(b) => t
            .bodies
            .get(b as usize)
            .map(|n| (n.name_ar.as_str(), n.name_en.as_str(), n.id.clone())),
        Target::State(s) | Target::Capital(s) => t
            .states
            .get(s as usize)
            .map(|n| (n.name_ar.as_str(), n.name_en.as_str(), n.iso3.clone())),
        Target::Seat(s) => t
            .states
            .get(t.seats[s as usize].state as usize)
            .map(|n| (n.name_ar.as_str(), n.name_en.as_str(), n.iso3.clone())),
        _ => None,
    }
}

fn location(doc: &Document, m: usize) -> Location {
    let mention = &doc.input.mentions[m];
    let t = &doc.input.lexicon.tables;
    let text = doc.input.text.slice(mention.span).to_owned();
    match mention.place.map(|p| &t.places[p as usize]) {
        Some(p) => Location {
            text,
            country: (!p.country.is_empty()).then(|| p.country.to_string()),
            lat: Some(p.lat),
            lon: Some(p.lon),
            geonameid: (p.geonameid > 0).then_some(p.geonameid),
            resolution: match p.kind.as_str() {
                "region" | "sea" => "region",
                "site" => "site",
                _ if mention.kind == Kind::Site => "site",
                _ => "city",
            },
        },
        None => {
            let country = country(doc, m);
            Location {
                text,
                country: (!country.is_empty()).then(|| country.to_string()),
                lat: None,
                lon: None,
                geonameid: None,
                resolution: "country",
            }
        }
    }
}
