//! Stage 5, claims: according to whom, and how surely.
//!
//! Comes in: the frames of a sentence. Goes out: one [`Claim`] a frame: sources with their stance, negation, plan, doubt, and whether the act is only
//! the content of another act. Refuses to drop anything: what is denied or doubted is a claim like any other.

use crate::frame::{Clause, Frame, Input, Opening};
use crate::mention::entity::Kind;
use crate::sentence::Sentence;
use khaldun_lexicon::Features;
use khaldun_lexicon::lexicon::{Content, Effect, EntryKind, Slot, Stance, Target};

/// A source of a claim.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Source {
    /// Who says it: a mention.
    pub mention: usize,
    /// Says so, or denies it.
    pub stance: Stance,
    /// The frame of saying, if there is one.
    pub frame: Option<usize>,
}

/// What is claimed of one frame.
#[derive(Clone, Debug, Default)]
pub struct Claim {
    /// Who says it.
    pub sources: Vec<Source>,
    /// What particles and operators say of it, with the entry that did.
    pub effects: Vec<(Effect, u32)>,
    /// It is absorbed by this act (it is its content).
    pub absorbed_by: Option<usize>,
    /// A light verb or operator gives it this subject.
    pub lent: Option<usize>,
    /// It is asked, not told.
    pub question: bool,
}

impl Claim {
    /// True if some effect is this one.
    pub fn has(&self, effect: Effect) -> bool {
        self.effects.iter().any(|(e, _)| *e == effect)
    }
}

/// Judges the frames of a sentence. `speaker`: who spoke last in the sentence before, for quotations that go on.
pub fn judge(input: &Input, sentence: &Sentence, clauses: &[Clause], frames: &[Frame]) -> Vec<Claim> {
    let phrases = phrase_sources(input, sentence, frames);
    let labels = label_speaker(input, sentence, clauses, frames);
    (0..frames.len())
        .map(|k| {
            let mut claim = Claim { question: sentence.question, ..Claim::default() };
            climb(input, clauses, frames, k, &mut claim);
            for s in &phrases {
                if claim.sources.iter().all(|c| c.mention != s.mention) && claim.sources.len() < 3 {
                    claim.sources.push(*s);
                }
            }
            if let Some((from, mention)) = labels {
                if frames[k].predicate.tokens.start >= from && claim.sources.is_empty() {
                    claim.sources.push(Source { mention, stance: Stance::Asserts, frame: None });
                }
            }
            claim
        })
        .collect()
}

/// Follows the governors of a frame upwards.
fn climb(input: &Input, clauses: &[Clause], frames: &[Frame], k: usize, claim: &mut Claim) {
    let mut at = k;
    let mut direct = true;
    for _ in 0..6 {
        particles(input, clauses, &frames[at], direct, claim);
        let Some(governor) = frames[at].governor else { break };
        let above = &frames[governor.frame];
        let mut passes = false;
        for s in &above.senses {
            match &input.entry(s.entry).kind {
                EntryKind::Light { .. } => {
                    claim.lent = claim.lent.or(direct.then_some(governor.frame));
                    passes = true;
                }
                EntryKind::Operator { effect, subject, .. } => {
                    claim.effects.push((*effect, s.entry));
                    if *subject && direct {
                        claim.lent = claim.lent.or(Some(governor.frame));
                    }
                    passes = true;
                }
                EntryKind::Speech { stance, source, .. } => {
                    let slot = source.unwrap_or(Slot::Subject);
                    let filler = above.filler(slot).or_else(|| above.filler(Slot::Genitive));
                    if let Some(f) = filler {
                        for &mention in &f.mentions {
                            claim.sources.push(Source { mention, stance: *stance, frame: Some(governor.frame) });
                        }
                    }
                    // An organ that announces an act by its verbal noun does it ("announced the withdrawal of its troops").
                    let organ = |m: usize| !matches!(input.mentions[m].kind, Kind::Source | Kind::Outlet | Kind::People | Kind::Person | Kind::Place);
                    let verbal = frames[k].senses.iter().any(|s| matches!(&input.entry(s.entry).kind, EntryKind::Event(e) if !e.noun));
                    if direct && verbal && !frames[k].predicate.finite() && governor.slot != Slot::That && filler.is_some_and(|f| organ(f.mentions[0])) {
                        claim.lent = claim.lent.or(Some(governor.frame));
                    }
                    if *stance == Stance::Denies {
                        claim.effects.push((Effect::Negation, s.entry));
                    }
                    if *stance == Stance::Doubts {
                        claim.effects.push((Effect::Probable, s.entry));
                    }
                    direct = false;
                    passes = true;
                }
                EntryKind::Event(e) if !passes => match e.content {
                    Content::Absorb => {
                        claim.absorbed_by = claim.absorbed_by.or(Some(governor.frame));
                        direct = false;
                        passes = true;
                    }
                    Content::Report => {
                        if let Some(f) = above.filler(Slot::Subject).or_else(|| above.filler(Slot::Genitive)) {
                            for &mention in &f.mentions {
                                claim.sources.push(Source { mention, stance: Stance::Asserts, frame: Some(governor.frame) });
                            }
                        }
                        direct = false;
                        passes = true;
                    }
                },
                _ => {}
            }
            if passes {
                break;
            }
        }
        if !passes || governor.frame == at {
            break;
        }
        at = governor.frame;
    }
}

/// Words such as "not", "may", "will" before a predicate.
fn particles(input: &Input, clauses: &[Clause], frame: &Frame, direct: bool, claim: &mut Claim) {
    if !direct {
        return;
    }
    let p = &frame.predicate;
    if p.future {
        claim.effects.push((Effect::Future, u32::MAX));
    }
    let clause = &clauses[p.clause];
    let mut distance = 0;
    let mut i = p.tokens.start;
    while i > clause.tokens.start {
        i -= 1;
        for a in input.morphs.at(i) {
            let Target::Entry(e) = a.target else { continue };
            let EntryKind::Particle { effect, next } = input.entry(e).kind else { continue };
            if next && distance > 0 {
                continue;
            }
            // "qad" before a perfect affirms; before an imperfect it doubts.
            if effect == Effect::Possible && next && p.features.has(Features::PERFECT) {
                continue;
            }
            if effect == Effect::Negation && next && !p.finite() && !a.tokens > 1 && input.mention_at(i + 1).is_some() {
                continue;
            }
            if !claim.effects.contains(&(effect, e)) {
                claim.effects.push((effect, e));
            }
        }
        if input.mention_at(i).is_none() && input.class(i).is_none_or(|c| c != khaldun_lexicon::lexicon::Class::Adverb) {
            distance += 1;
        } else if input.mention_at(i).is_some() {
            distance += 1;
        }
        if distance > 12 {
            break;
        }
    }
}

/// "According to X", "as Y said": holds for the sentence.
fn phrase_sources(input: &Input, sentence: &Sentence, frames: &[Frame]) -> Vec<Source> {
    let mut out = Vec::new();
    for i in sentence.tokens.clone() {
        for a in input.morphs.at(i) {
            let Target::Entry(e) = a.target else { continue };
            let EntryKind::Phrase { stance, .. } = input.entry(e).kind else { continue };
            let end = i + a.tokens as usize;
            // A verb of saying behind it has the source as its subject.
            let speech = frames.iter().position(|f| {
                (end..end + 3).contains(&f.predicate.tokens.start)
                    && f.senses.iter().any(|s| matches!(input.entry(s.entry).kind, EntryKind::Speech { .. }))
            });
            let mention = speech
                .and_then(|k| frames[k].filler(Slot::Subject).or_else(|| frames[k].filler(Slot::Object)).map(|f| f.mentions[0]))
                .or_else(|| (end..end + 3).find_map(|j| input.mention_index(j)).filter(|m| input.mentions[*m].tokens.start >= end && input.mentions[*m].tokens.start < sentence.tokens.end));
            if let Some(mention) = mention {
                if out.iter().all(|s: &Source| s.mention != mention) {
                    out.push(Source { mention, stance, frame: speech });
                }
            }
            break;
        }
    }
    out
}

/// The speaker before a headline's colon, and where the speech begins.
fn label_speaker(input: &Input, sentence: &Sentence, clauses: &[Clause], frames: &[Frame]) -> Option<(usize, usize)> {
    let second = clauses.iter().skip(1).find(|c| c.opening == Opening::Main)?;
    let before = sentence.tokens.start..second.tokens.start;
    if frames.iter().any(|f| before.contains(&f.predicate.tokens.start) && f.predicate.finite()) {
        return None;
    }
    let m = before.clone().find_map(|i| input.mention_index(i))?;
    let mention = &input.mentions[m];
    let first_person = frames.iter().any(|f| f.predicate.tokens.start >= second.tokens.start && f.predicate.features.has(Features::P1));
    let longer = mention.tokens.end + 1 < second.tokens.start;
    (!matches!(mention.kind, Kind::State | Kind::Place) || first_person || longer && mention.kind == Kind::State || input.lexicon.tables.states.iter().any(|s| input.text.slice(mention.name) == s.capital)).then_some((second.tokens.start, m))
}
