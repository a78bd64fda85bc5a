//! Which predicate governs which: the talks that are held, the attack that is denied, the visit that is planned.

use super::{Clause, Frame, Governor, Input, Opening};
use khaldun_lexicon::lexicon::{Class, EntryKind, Role, Slot};

/// Links the frames of a sentence.
pub fn link(input: &Input, clauses: &[Clause], frames: &mut [Frame]) {
    for k in 0..frames.len() {
        frames[k].governor = governor(input, clauses, frames, k);
    }
}

fn governor(input: &Input, clauses: &[Clause], frames: &[Frame], k: usize) -> Option<Governor> {
    let frame = &frames[k];
    let p = &frame.predicate;
    let clause = &clauses[p.clause];
    if !p.finite() {
        // A verbal noun: what stands before it in its clause, nearest first.
        let bare = p.preposition.is_none();
        for g in (0..k)
            .rev()
            .take_while(|&g| frames[g].predicate.clause == p.clause)
            .take(4)
        {
            let q = &frames[g].predicate;
            let slot = match p.preposition {
                Some(preposition) => Slot::Prep(preposition),
                None if !q.finite() && adjacent(input, q.tokens.end, p.tokens.start) => Slot::Genitive,
                None => Slot::Object,
            };
            if accepts(input, &frames[g], slot) {
                return Some(Governor { frame: g, slot });
            }
            // "… and holding elections": shares what governs the noun before it.
            if p.conjunction
                && !q.finite()
                && let Some(shared) = frames[g].governor
            {
                return Some(shared);
            }
            if bare && q.finite() {
                break;
            }
        }
        if let Some(g) = carried_out(clauses, frames, k).filter(|g| accepts(input, &frames[*g], Slot::Object)) {
            return Some(Governor {
                frame: g,
                slot: Slot::Object,
            });
        }
    }
    match clause.opening {
        Opening::That => {
            let first = clause.tokens.start;
            let found = (0..k)
                .rev()
                .take(40)
                .find(|&g| frames[g].predicate.tokens.end <= first && accepts(input, &frames[g], Slot::That))?;
            Some(Governor {
                frame: found,
                slot: Slot::That,
            })
        }
        // A verb joined to a reported one is reported too, unless it reports itself.
        Opening::Coordinate | Opening::Serial if p.finite() && !is_speech(input, frame) => {
            let g = (0..k)
                .rev()
                .take(40)
                .find(|&g| frames[g].predicate.clause < p.clause && frames[g].predicate.finite())?;
            frames[g].governor.filter(|g| g.slot == Slot::That)
        }
        _ => None,
    }
}

/// "The attack that he carried out": the verb of the relative clause right behind a noun, if its pronoun means the noun.
fn carried_out(clauses: &[Clause], frames: &[Frame], k: usize) -> Option<usize> {
    let p = &frames[k].predicate;
    let next = clauses.get(p.clause + 1)?;
    if next.opening != Opening::Relative || next.tokens.start > p.tokens.end + ADJECTIVES {
        return None;
    }
    let g = k + frames[k..].partition_point(|f| f.predicate.clause <= p.clause);
    let q = &frames.get(g)?.predicate;
    (q.clause == p.clause + 1 && q.finite() && q.pronoun.is_some()).then_some(g)
}

/// Tokens that may stand between a noun and its relative clause.
const ADJECTIVES: usize = 3;

fn is_speech(input: &Input, frame: &Frame) -> bool {
    frame
        .senses
        .iter()
        .any(|s| matches!(input.entry(s.entry).kind, EntryKind::Speech { .. }))
}

/// Nothing but words such as "process of" stands between.
fn adjacent(input: &Input, from: usize, to: usize) -> bool {
    (from..to).all(|i| matches!(input.class(i), Some(Class::Demonstrative | Class::Quantifier)))
}

/// Whether a predicate takes an act in a slot.
fn accepts(input: &Input, frame: &Frame, slot: Slot) -> bool {
    // The object of a passive is its subject; a verbal noun takes the object as its genitive.
    let fits = |slots: &[Slot]| {
        slots.contains(&slot)
            || matches!(slot, Slot::Object | Slot::Genitive)
                && (slots.contains(&Slot::Object) || slots.contains(&Slot::Subject))
    };
    frame.senses.iter().any(|s| match &input.entry(s.entry).kind {
        EntryKind::Light { noun, .. } => fits(noun),
        EntryKind::Operator { takes, .. } => fits(takes),
        EntryKind::Speech { content, .. } => content.is_empty() && slot == Slot::That || fits(content),
        EntryKind::Event(e) => {
            e.role(slot) == Some(Role::Content)
                || slot == Slot::Genitive && e.role(Slot::Object) == Some(Role::Content)
                || slot == Slot::That && e.roles.iter().any(|(_, r)| *r == Role::Content)
        }
        _ => false,
    })
}
