//! Clauses of a sentence and the predicates in them.
//!
//! Arabic news strings clauses together with "and", "that", "who", "where" and commas. A clause begins at such a word or at a verb that is
//! joined on; what opened it says how it hangs together with the clause before.

use super::cell::read;
use super::{Input, Sense};
use crate::sentence::Sentence;
use crate::token::Kind as TokenKind;
use khaldun_lexicon::Features;
use khaldun_lexicon::lexicon::{Class, EntryKind, Role, Slot, Target};
use std::ops::Range;

/// How a clause was opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Opening {
    /// The first of the sentence, or after a colon.
    Main,
    /// By "and" before a verb.
    Coordinate,
    /// By a complementizer.
    That,
    /// By a relative pronoun.
    Relative,
    /// By another subordinator ("while", "where", "after").
    Subordinate,
    /// By a bare verb or participle behind the verb of the clause before.
    Serial,
}

/// A clause.
#[derive(Clone, Debug)]
pub struct Clause {
    /// Its tokens, the opening word included.
    pub tokens: Range<usize>,
    /// How it was opened.
    pub opening: Opening,
}

/// A word that heads a predicate, with the senses that its lexicon entries give it.
#[derive(Clone, Debug)]
pub struct Predicate {
    /// Its tokens.
    pub tokens: Range<usize>,
    /// Folded bytes of proclitics before it.
    pub skip: usize,
    /// Clause index.
    pub clause: usize,
    /// The cell of the paradigm that was chosen.
    pub features: Features,
    /// All entries that the form belongs to in that cell.
    pub senses: Vec<Sense>,
    /// A preposition is written with it or stands before it.
    pub preposition: Option<u16>,
    /// "And" is written with it.
    pub conjunction: bool,
    /// The article is written with it.
    pub article: bool,
    /// The future prefix is written with it.
    pub future: bool,
    /// The pronoun written with it.
    pub pronoun: Option<u8>,
}

impl Predicate {
    /// A finite verb.
    pub fn finite(&self) -> bool {
        self.features.is_finite()
    }
}

/// Cuts a sentence into clauses and finds the predicates.
pub fn split(input: &Input, sentence: &Sentence) -> (Vec<Clause>, Vec<Predicate>) {
    let mut clauses = vec![Clause {
        tokens: sentence.tokens.clone(),
        opening: Opening::Main,
    }];
    let mut predicates: Vec<Predicate> = Vec::new();
    let mut verb_in_clause = false;
    let mut i = sentence.tokens.start;
    let open = |clauses: &mut Vec<Clause>, at: usize, opening: Opening| {
        let last = clauses.last_mut().expect("there is one");
        if last.tokens.start == at {
            if !(last.opening != Opening::Main && opening == Opening::Serial) {
                last.opening = opening;
            }
            return;
        }
        let end = last.tokens.end;
        last.tokens.end = at;
        clauses.push(Clause {
            tokens: at..end,
            opening,
        });
    };
    while i < sentence.tokens.end {
        let token = &input.tokens[i];
        if input.timed[i] {
            i += 1;
            continue;
        }
        if token.kind == TokenKind::Punct {
            if token.folded(input.text) == ":" {
                open(&mut clauses, i + 1, Opening::Main);
                clauses.last_mut().expect("there is one").tokens.start = i + 1;
                verb_in_clause = false;
            }
            i += 1;
            continue;
        }
        let mention = input.mention_at(i);
        // The rest of a function phrase ("for the sake of") is no word of its own.
        let phrase = input
            .morphs
            .at(i)
            .iter()
            .filter(|a| matches!(a.target, Target::Particle(_)))
            .map(|a| a.tokens as usize)
            .max();
        let width = phrase.unwrap_or(1).max(1);
        match input.class(i) {
            Some(Class::Complementizer) if mention.is_none() => {
                open(&mut clauses, i, Opening::That);
                verb_in_clause = false;
                i += width;
                continue;
            }
            Some(Class::Relative) => {
                open(&mut clauses, i, Opening::Relative);
                verb_in_clause = false;
                i += width;
                continue;
            }
            Some(Class::Subordinator) if mention.is_none() => {
                open(&mut clauses, i, Opening::Subordinate);
                verb_in_clause = false;
                i += width;
                continue;
            }
            Some(Class::Preposition | Class::Agent) if mention.is_none() && width > 1 => {
                i += width;
                continue;
            }
            _ => {}
        }
        if let Some(m) = mention {
            if m.conjunction && i > sentence.tokens.start && begins_clause(input, sentence, i, &predicates) {
                open(&mut clauses, i, Opening::Coordinate);
                verb_in_clause = false;
            }
            i = m.tokens.end;
            continue;
        }
        let expected = predicates
            .last()
            .is_some_and(|p| p.clause == clauses.len() - 1 && awaits_noun(input, p));
        let Some(mut p) = read(input, i, sentence, expected, &predicates) else {
            i += 1;
            continue;
        };
        let end = p.tokens.end;
        // "An attack (that) gunmen carried out": the pronoun means the noun right before.
        let describes = p.finite()
            && p.pronoun.is_some()
            && predicates.last().is_some_and(|q| {
                !q.finite() && !q.article && q.clause == clauses.len() - 1 && i <= q.tokens.end + DESCRIBES
            });
        if p.finite() {
            if describes {
                open(&mut clauses, i, Opening::Relative);
            } else if p.conjunction && i > sentence.tokens.start {
                open(&mut clauses, i, Opening::Coordinate);
            } else if verb_in_clause {
                open(&mut clauses, i, Opening::Serial);
            }
            verb_in_clause = true;
        } else if p.features.has(Features::ACTIVE_PARTICIPLE)
            && !p.article
            && p.preposition.is_none()
            && i > sentence.tokens.start
            && (input.folded(i - 1) == "," || p.conjunction || p.features.has(Features::ACCUSATIVE))
        {
            // "stressing that", "calling on": goes on from the verb before.
            open(&mut clauses, i, Opening::Serial);
            verb_in_clause = true;
        }
        p.clause = clauses.len() - 1;
        predicates.push(p);
        i = end;
    }
    (clauses, predicates)
}

/// Tokens that may stand between a noun and the verb that describes it.
const DESCRIBES: usize = 1;

/// "… and America calls on …": a party joined by "and" with a verb of its own right behind it. Two that share a verb have it in the dual or plural.
fn begins_clause(input: &Input, sentence: &Sentence, i: usize, before: &[Predicate]) -> bool {
    let Some(index) = input.mention_index(i) else {
        return false;
    };
    let m = &input.mentions[index];
    let at = m.tokens.end;
    if at >= sentence.tokens.end || input.timed[at] || m.preposition.is_some() || m.adjective {
        return false;
    }
    // "… and Tehran: …"
    if input.folded(at) == ":" {
        return true;
    }
    let many = Features::PLUR | Features::DUAL;
    read(input, at, sentence, false, before).is_some_and(|p| {
        let f = p.features;
        let agrees = match super::feminine(input, index) {
            Some(true) => !f.has(Features::MASC),
            Some(false) => !f.has(Features::FEM),
            None => true,
        };
        let active = !f.has(Features::PASSIVE) || f.has(Features::ACTIVE);
        p.finite()
            && !p.conjunction
            && agrees
            && active
            && (f.has(Features::SING) && !f.any(many) || m.features.any(many))
    })
}

/// A light verb or operator whose noun has not come yet.
fn awaits_noun(input: &Input, p: &Predicate) -> bool {
    p.senses.iter().any(|s| match &input.entry(s.entry).kind {
        EntryKind::Light { noun, .. } => noun.contains(&Slot::Object) || noun.contains(&Slot::Subject),
        EntryKind::Operator { takes, .. } => takes.contains(&Slot::Object),
        EntryKind::Speech { content, .. } => content.contains(&Slot::Object),
        EntryKind::Event(e) => e.role(Slot::Object) == Some(Role::Content),
        _ => false,
    })
}
