//! From slots to sides: who acts and to whom it is done, as the entry's roles and the grammar say.

use super::Document;
use super::draft::{party, same};
use crate::frame::Frame;
use crate::mention::entity::{Kind, Mention};
use khaldun_lexicon::Features;
use khaldun_lexicon::lexicon::{Doer, EntryKind, Event, Role, Slot};

/// "Bombed Aleppo": a place suffers an attack that is no capture of it.
fn struck(doc: &Document, m: usize, event: &Event) -> bool {
    doc.input.mentions[m].kind == Kind::Place
        && doc.input.lexicon.tables.scheme[event.kind as usize].name == "ASSAULT"
        && !event.contexts.iter().any(|c| c == CAPTURE)
}

/// Modes of acts whose indefinite nisba is the one who suffers them.
const SUFFERED: [&str; 4] = ["arrest", "deport", "convict", "abduct"];

/// Context of entries that tell the capture of a place; those who held it suffer it, not the place.
pub(super) const CAPTURE: &str = "capture";

/// The parties of a frame, as they are found.
pub(super) struct Roles<'d, 'a> {
    pub doc: &'d Document<'a>,
    pub actors: Vec<usize>,
    pub recipients: Vec<usize>,
    pub why: &'d mut Vec<String>,
}

impl Roles<'_, '_> {
    fn add(&mut self, role: Role, mentions: &[usize], how: &str, event: &Event) {
        for &m in mentions {
            let mention = &self.doc.input.mentions[m];
            if !party(self.doc, m) && !(role == Role::Recipient && struck(self.doc, m, event)) {
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

    /// Fills both sides from the slots of a frame and of the light verb that governs it.
    pub fn fill(&mut self, frame: &Frame, event: &Event, light: Option<&Frame>) {
        // "Took place": the act itself is the verb's subject, which lends none; its phrases still count.
        let lender = light.filter(|l| !self.has_the_act_as_subject(l));
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
            self.noun(frame, event, lender);
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
                && lender.is_some()
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

    fn has_the_act_as_subject(&self, light: &Frame) -> bool {
        light.senses.first().is_some_and(|s| {
            matches!(&self.doc.input.entry(s.entry).kind, EntryKind::Light { noun, .. } if noun.as_slice() == [Slot::Subject])
        })
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
            // "The arrest of a Lebanese" looks like "a Lebanese arrest": whoever is seized or sentenced is named by origin, who does it by office.
            let suffered = event.modes.iter().any(|m| SUFFERED.contains(&m.as_str()));
            let victim = fixed == Some(Role::Recipient) && event.role(Slot::Subject).is_none()
                || suffered && !self.doc.input.mentions[f.mentions[0]].definite;
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
                        .is_some_and(|s| same(self.doc, s.mentions[0], g.mentions[0]));
                let site = matches!(self.doc.input.mentions[g.mentions[0]].kind, Kind::Site | Kind::Place);
                if site && self.doc.input.lexicon.tables.scheme[event.kind as usize].quad == 4 {
                    Role::Recipient
                } else if object.is_some() || recipient_known || own {
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
        // "The Tunis attack": whom it struck, if nobody else is named.
        let state = self.doc.input.mentions[g.mentions[0]].kind == Kind::State;
        let struck = event.noun && state && role == Role::Actor && object.is_none() && self.recipients.is_empty();
        if struck && self.doc.input.lexicon.tables.scheme[event.kind as usize].name == "ASSAULT" && !event.mutual {
            self.add(Role::Recipient, &g.mentions, &how, event);
            return;
        }
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

/// Whether those who do it are of the kind that the entry asks for.
pub(super) fn done_by(doc: &Document, event: &Event, actors: &[usize]) -> bool {
    const VOICES: [&str; 6] = ["JRN", "SOC", "ELI", "EDU", "REL", "LEG"];
    let Some(doer) = event.doer else { return true };
    if doer == Doer::Official {
        return actors.is_empty() || actors.iter().any(|m| holds_office(&doc.input.mentions[*m]));
    }
    let voice = actors.first().is_some_and(|m| {
        let x = &doc.input.mentions[*m];
        match x.kind {
            Kind::Person | Kind::Title | Kind::Outlet | Kind::Party => true,
            Kind::People | Kind::Organisation => VOICES.contains(&x.sector.as_str()),
            _ => false,
        }
    });
    voice == (doer == Doer::Voice)
}

/// Fighting "between A and B" has one on either side; "between factions", the factions on both.
pub(super) fn face_each_other(actors: &mut Vec<usize>, recipients: &mut Vec<usize>, many: impl Fn(usize) -> bool) {
    if !recipients.is_empty() {
        return;
    }
    match actors.as_slice() {
        [one] if many(*one) => recipients.push(*one),
        [_, _, ..] => *recipients = actors.split_off(1),
        _ => {}
    }
}

/// Named as the one with whom: in a slot with a preposition.
pub(super) fn met_with(doc: &Document, frame: &Frame, m: usize) -> bool {
    frame
        .fillers
        .iter()
        .any(|f| matches!(f.slot, Slot::Prep(_)) && f.mentions.contains(&m))
        && doc.input.mentions[m].preposition.is_some()
}

/// A state, an organ, a body of politics, or somebody who acts for one.
fn holds_office(x: &Mention) -> bool {
    const OFFICES: [&str; 12] = [
        "GOV", "MIL", "COP", "JUD", "LEG", "PTY", "REB", "PRM", "OPP", "LAB", "ELI", "REL",
    ];
    matches!(
        x.kind,
        Kind::State | Kind::Government | Kind::Military | Kind::Party | Kind::ArmedGroup
    ) || x.sector.split('|').any(|s| OFFICES.contains(&s))
        || x.adjective && !x.country.is_empty()
        || x.kind == Kind::Organisation && x.sector.is_empty()
}
