//! Stage 4, frames: who does what to whom, as the grammar says it.
//!
//! Comes in: tokens, readings and mentions of one sentence. Goes out: [`Frame`]s, a predicate with its slots filled and the predicate that governs it.
//! Refuses to say whether it happened (claims) or what it is worth as an event (events).

mod cell;
pub mod clause;
mod fill;
mod govern;
mod noun;
mod pronoun;
mod verb;

use crate::mention::entity::Mention;
use crate::morph::Morphs;
use crate::sentence::Sentence;
use crate::text::Text;
use crate::token::Token;
use crate::weights::Weights;
pub use clause::{Clause, Opening, Predicate};
pub(crate) use fill::feminine;
use khaldun_lexicon::Features;
use khaldun_lexicon::lexicon::{Class, Entry, Lexicon, Slot, Target};

/// What the stages before hand on, and the lexicon.
pub struct Input<'a> {
    /// The text.
    pub text: &'a Text,
    /// Its tokens.
    pub tokens: &'a [Token],
    /// Their readings.
    pub morphs: &'a Morphs,
    /// The mentions, in order.
    pub mentions: &'a [Mention],
    /// For each token the mention that covers it, plus one; 0 if none does.
    pub covered: &'a [u32],
    /// For each token, whether it belongs to a time expression.
    pub timed: &'a [bool],
    /// The lexicon.
    pub lexicon: &'a Lexicon,
    /// Weights of choices.
    pub weights: &'a Weights,
    /// Only this entry of `events/` counts, if set (examples run against their entry alone).
    pub only: Option<u32>,
    /// Every predicate is taken for an event, whatever its score.
    pub trusting: bool,
}

/// A predicate in one of its senses.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Sense {
    /// Index of the entry.
    pub entry: u32,
    /// The cell of the paradigm.
    pub features: Features,
}

/// A mention in a slot, and how it got there.
#[derive(Clone, Debug, PartialEq)]
pub struct Filler {
    /// The slot.
    pub slot: Slot,
    /// Mentions, several if joined by "and".
    pub mentions: Vec<usize>,
    /// Score of the choice.
    pub score: f32,
    /// The next best, for `why`.
    pub loser: Option<(usize, f32)>,
    /// Found through a pronoun or a dropped subject.
    pub resolved: bool,
}

/// How one predicate hangs on another.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Governor {
    /// Index of the governing frame in the sentence.
    pub frame: usize,
    /// The slot that it fills there.
    pub slot: Slot,
}

/// A predicate with its slots.
#[derive(Clone, Debug)]
pub struct Frame {
    /// The predicate.
    pub predicate: Predicate,
    /// The senses that hold here, best first (those whose `with` is met).
    pub senses: Vec<Sense>,
    /// Token of the `with` word that was met.
    pub with: Option<usize>,
    /// Filled slots.
    pub fillers: Vec<Filler>,
    /// Read as passive.
    pub passive: bool,
    /// Actors named by "by".
    pub agents: Vec<usize>,
    /// What governs it.
    pub governor: Option<Governor>,
}

impl Frame {
    /// The filler of a slot.
    pub fn filler(&self, slot: Slot) -> Option<&Filler> {
        self.fillers.iter().find(|f| f.slot == slot)
    }
}

impl<'a> Input<'a> {
    /// Folded letters of a token.
    pub fn folded(&self, i: usize) -> &'a str {
        self.tokens.get(i).map_or("", |t| t.folded(self.text))
    }

    /// The mention that covers a token.
    pub fn mention_at(&self, i: usize) -> Option<&'a Mention> {
        self.mention_index(i).map(|m| &self.mentions[m])
    }

    /// Index of the mention that covers a token.
    pub fn mention_index(&self, i: usize) -> Option<usize> {
        self.covered.get(i).and_then(|c| c.checked_sub(1)).map(|m| m as usize)
    }

    /// The mention whose last token is the one before `end`.
    pub fn mention_ending(&self, end: usize) -> Option<usize> {
        let m = self.mention_index(end.checked_sub(1)?)?;
        (self.mentions[m].tokens.end == end).then_some(m)
    }

    /// The class of a token as function word, a pronoun written with it allowed.
    pub fn class(&self, i: usize) -> Option<Class> {
        self.particle(i)
            .map(|p| self.lexicon.tables.particles[p as usize].class)
    }

    /// The function word that a token is (the first one if several words are one).
    pub fn particle(&self, i: usize) -> Option<u16> {
        self.morphs.at(i).iter().find_map(|a| match a.target {
            Target::Particle(p) => Some(p),
            _ => None,
        })
    }

    /// The entry of an index.
    pub fn entry(&self, e: u32) -> &'a Entry {
        &self.lexicon.tables.entries[e as usize]
    }

    /// Whether an entry counts (see [`Input::only`]): every entry that is no event does.
    pub fn admits(&self, e: u32) -> bool {
        match self.only {
            Some(only) if e != only => !matches!(self.entry(e).kind, khaldun_lexicon::EntryKind::Event(_)),
            _ => true,
        }
    }
}

/// The frames of a sentence. `previous`: the subject of the sentence before, for dropped subjects.
pub fn fill(input: &Input, sentence: &Sentence, previous: Option<usize>) -> (Vec<Clause>, Vec<Frame>) {
    let (clauses, predicates) = clause::split(input, sentence);
    let mut frames = fill::slots(input, sentence, &clauses, predicates, previous);
    govern::link(input, &clauses, &mut frames);
    (clauses, frames)
}
