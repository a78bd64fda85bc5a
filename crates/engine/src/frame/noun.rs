//! Genitive and nisba of a verbal or event noun; the phrases with prepositions of any predicate.

use super::fill::Window;
use super::{Filler, Frame};
use crate::mention::entity::Kind;
use khaldun_lexicon::lexicon::{EntryKind, Role, Slot, Target};

/// Tokens within which a noun's phrases are looked for.
const NOUN_REACH: usize = 10;

/// Tokens behind the clause of a verb within which a phrase may come back to it.
const BEYOND: usize = 40;

impl Window<'_, '_> {
    /// Genitive, object and described nisba of a verbal or event noun.
    pub(super) fn noun(&self, frame: &mut Frame, subject: &[usize]) {
        let p = frame.predicate.clone();
        let right = self.right(frame);
        // The `with` word right behind the noun hands its genitive on (itlaq sarah); elsewhere the noun keeps its own.
        let start = frame
            .with
            .filter(|w| *w == p.tokens.end)
            .map_or(p.tokens.end, |w| w + 1);
        // What stands behind the next verb belongs to that.
        let verb = self
            .verbs
            .get(self.verbs.partition_point(|v| *v < start))
            .copied()
            .unwrap_or(right.end);
        let near = self.near(start..right.end.min(verb).max(start), start);
        // A nisba right behind it, or behind one unknown adjective.
        if let Some(n) = near
            .first()
            .filter(|n| self.input.mentions[n.mention].adjective && n.distance <= 1)
        {
            frame.fillers.push(Filler {
                slot: Slot::Subject,
                mentions: self.adjectives(n.mention),
                score: 2.0,
                loser: None,
                resolved: false,
            });
        }
        // "Tehran is a liar": of whom it is said stands before it.
        let said = frame
            .senses
            .iter()
            .any(|s| matches!(&self.input.entry(s.entry).kind, EntryKind::Event(e) if e.spoken));
        if said && !p.article && p.preposition.is_none() && frame.filler(Slot::Subject).is_none() {
            let left = self.near(self.clause(frame).tokens.start..p.tokens.start, p.tokens.start);
            if let Some(n) = left
                .iter()
                .find(|n| self.free(n))
                .filter(|n| n.distance <= 2 && n.commas == 0)
            {
                frame.fillers.push(Filler {
                    slot: Slot::Subject,
                    mentions: self.group(n.mention),
                    score: 2.0,
                    loser: None,
                    resolved: false,
                });
            }
        }
        if p.pronoun.is_some()
            && let Some(m) = subject
                .first()
                .copied()
                .filter(|m| self.agrees(p.pronoun, *m))
                .or_else(|| self.antecedent(p.pronoun, p.tokens.start, None, false, self.clause(frame)))
        {
            frame.fillers.push(Filler {
                slot: Slot::Genitive,
                mentions: vec![m],
                score: 2.0,
                loser: None,
                resolved: true,
            });
        }
        let mut bare = near.iter().filter(|n| self.bare(n) && !n.owned);
        if frame.filler(Slot::Genitive).is_none()
            && let Some(n) = bare.next().filter(|n| {
                // A word with the article between ends the annexation ("the rejection of recognising …").
                let from = self.input.mentions[n.mention].tokens.start;
                let open =
                    (p.tokens.end..from).all(|i| !self.input.folded(i).starts_with(khaldun_lexicon::names::ARTICLE));
                open && n.distance <= 2 && n.commas == 0 && !p.article && !self.input.mentions[n.mention].conjunction
            })
        {
            frame.fillers.push(Filler {
                slot: Slot::Genitive,
                mentions: self.group(n.mention),
                score: 3.0 - n.distance as f32,
                loser: None,
                resolved: false,
            });
        }
        let genitive: Vec<usize> = frame
            .filler(Slot::Genitive)
            .map(|f| f.mentions.clone())
            .unwrap_or_default();
        if let Some(n) = bare.find(|n| {
            !genitive.contains(&n.mention)
                && n.distance <= 10
                && n.commas == 0
                && self.free(n)
                && !self.input.mentions[n.mention].conjunction
        }) {
            frame.fillers.push(Filler {
                slot: Slot::Object,
                mentions: self.group(n.mention),
                score: 1.0,
                loser: None,
                resolved: false,
            });
        }
    }

    /// Nisbas joined to each other (Russian and Belarusian).
    pub(super) fn adjectives(&self, first: usize) -> Vec<usize> {
        let mentions = self.input.mentions;
        let mut out = vec![first];
        let mut k = first;
        while let Some(next) = mentions.get(k + 1) {
            let gap = next.tokens.start.saturating_sub(mentions[k].tokens.end);
            if gap > 1 || !matches!(next.kind, Kind::People) || next.country_by != "nisba" || next.preposition.is_some()
            {
                break;
            }
            out.push(k + 1);
            k += 1;
        }
        out
    }

    /// Fills the prepositional slots and the agents.
    pub(super) fn prepositions(&self, frame: &mut Frame) {
        let right = self.right(frame);
        for n in self.near(right.clone(), right.start) {
            let m = &self.input.mentions[n.mention];
            if m.agent {
                if frame.agents.is_empty() {
                    frame.agents = self.group(n.mention);
                }
                continue;
            }
            // Annexed to an act that stands behind the preposition: a party of that act, not of this one.
            if m.preposition.is_none() && self.acts.contains(&m.tokens.start) {
                continue;
            }
            let Some(preposition) = m.preposition.or(m.outer) else {
                continue;
            };
            let slot = Slot::Prep(preposition);
            if self.nearer_taker(frame, slot, m.tokens.start)
                || self.pronoun_between(preposition, right.start, m.tokens.start)
            {
                continue;
            }
            // A noun does not reach far, nor over another noun of its kind.
            let over = self
                .nominal
                .iter()
                .any(|e| *e > frame.predicate.tokens.end && *e <= m.tokens.start);
            if !frame.predicate.finite() && (n.distance > NOUN_REACH || over && n.distance > NOUN_REACH / 3) {
                continue;
            }
            if frame.filler(slot).is_none() {
                let score = 2.0 - 0.1 * n.distance as f32 - 0.3 * n.commas as f32;
                let mentions = self.group(n.mention);
                frame.fillers.push(Filler {
                    slot,
                    mentions,
                    score,
                    loser: None,
                    resolved: false,
                });
            }
        }
        // "sent officers, fifteen in number, to Russia": behind a clause set off by commas the phrase comes back to the verb.
        if frame.predicate.finite() {
            let beyond = self.near(right.end..self.sentence.tokens.end.min(right.end + BEYOND), right.start);
            for n in beyond.into_iter().take(6) {
                let m = &self.input.mentions[n.mention];
                let Some(preposition) = m.preposition else { continue };
                let slot = Slot::Prep(preposition);
                let wanted = frame.senses.iter().any(|s| matches!(&self.input.entry(s.entry).kind, EntryKind::Event(e) if matches!(e.role(slot), Some(Role::Actor | Role::Recipient))));
                let standing = m
                    .tokens
                    .start
                    .checked_sub(2)
                    .is_some_and(|i| self.input.folded(i) == ",");
                let attached = self.input.folded(m.tokens.start - 1) == ",";
                if wanted
                    && (standing || attached)
                    && frame.filler(slot).is_none()
                    && !self.nearer_taker(frame, slot, m.tokens.start)
                {
                    frame.fillers.push(Filler {
                        slot,
                        mentions: self.group(n.mention),
                        score: 1.0,
                        loser: None,
                        resolved: false,
                    });
                }
            }
        }
        // A pronoun on the preposition: "with him", "against them".
        let mut i = right.start;
        while i < right.end {
            for a in self.input.morphs.at(i) {
                if let (khaldun_lexicon::lexicon::Target::Particle(preposition), Some(pronoun)) = (a.target, a.pronoun)
                {
                    let slot = Slot::Prep(preposition);
                    if frame.filler(slot).is_some() {
                        continue;
                    }
                    let not = frame.filler(Slot::Subject).map(|s| s.mentions[0]);
                    if let Some(m) = self.antecedent(Some(pronoun), i, not, false, self.clause(frame)) {
                        frame.fillers.push(Filler {
                            slot,
                            mentions: vec![m],
                            score: 1.0,
                            loser: None,
                            resolved: true,
                        });
                    }
                    break;
                }
            }
            i += 1;
        }
    }

    /// The same preposition with a pronoun ("with him") stands nearer.
    pub(super) fn pronoun_between(&self, preposition: u16, from: usize, to: usize) -> bool {
        (from..to).any(|i| {
            self.input
                .morphs
                .at(i)
                .iter()
                .any(|a| a.pronoun.is_some() && a.target == Target::Particle(preposition))
        })
    }

    /// Another predicate between this one and the phrase has a role for it.
    pub(super) fn nearer_taker(&self, frame: &Frame, slot: Slot, at: usize) -> bool {
        let p = &frame.predicate;
        self.takers.iter().any(|(start, slots)| {
            *start >= p.tokens.end && frame.with != Some(*start) && *start < at && slots.contains(&slot)
        })
    }
}
