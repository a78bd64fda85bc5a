//! Words that negate, doubt or plan: particles before a predicate, adjectives behind an act.

use super::Claim;
use crate::frame::{Clause, Frame, Input};
use khaldun_lexicon::Features;
use khaldun_lexicon::lexicon::{Class, Effect, EntryKind, Target};

/// Words such as "not", "may", "will" before a predicate.
pub(super) fn before(input: &Input, clauses: &[Clause], frame: &Frame, claim: &mut Claim) {
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
            let EntryKind::Particle { effect, next } = input.entry(e).kind else {
                continue;
            };
            // Only adverbs may stand between.
            let end = i + a.tokens as usize;
            let apart = end > p.tokens.start || (end..p.tokens.start).any(|j| input.class(j) != Some(Class::Adverb));
            if next && apart {
                continue;
            }
            // "qad" before a perfect affirms; before an imperfect it doubts.
            if effect == Effect::Possible && next && p.features.has(Features::PERFECT) {
                continue;
            }
            if effect == Effect::Negation && next && !p.finite() && input.mention_at(i + 1).is_some() {
                continue;
            }
            if !claim.effects.contains(&(effect, e)) {
                claim.effects.push((effect, e));
            }
        }
        if input.class(i).is_none_or(|c| c != Class::Adverb) {
            distance += 1;
        }
        if distance > 12 {
            break;
        }
    }
}

/// Adjectives behind an act: "possible attacks", "the planned visit".
pub(super) fn qualifiers(input: &Input, clauses: &[Clause], frame: &Frame, claim: &mut Claim) {
    let p = &frame.predicate;
    if p.finite() {
        return;
    }
    let end = clauses[p.clause].tokens.end;
    let mut i = p.tokens.end;
    while i < end.min(p.tokens.end + 5) {
        if let Some(m) = input.mention_at(i) {
            if m.preposition.is_some() && !m.adjective {
                return;
            }
            i = m.tokens.end;
            continue;
        }
        if input.class(i).is_some() || input.timed[i] {
            return;
        }
        for a in input.morphs.at(i) {
            let Target::Entry(e) = a.target else { continue };
            let EntryKind::Operator { effect, .. } = input.entry(e).kind else {
                continue;
            };
            let adjective = !a.features.is_finite() && a.preposition.is_none() && !a.conjunction && a.pronoun.is_none();
            let participle = a.features.any(Features::PASSIVE_PARTICIPLE)
                || matches!(effect, Effect::Future | Effect::Possible | Effect::Probable) && a.features.is_nominal();
            if adjective
                && participle
                && matches!(effect, Effect::Future | Effect::Possible | Effect::Probable)
                && !claim.effects.contains(&(effect, e))
            {
                claim.effects.push((effect, e));
                return;
            }
        }
        if input.morphs.at(i).iter().any(|a| a.features.is_finite())
            && !input.folded(i).starts_with(khaldun_lexicon::names::ARTICLE)
        {
            return;
        }
        i += 1;
    }
}
