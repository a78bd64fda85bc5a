//! Which predicate a word is: the likeliest cell of its paradigm, and all senses that share the cell.

use super::{Input, Predicate, Sense};
use crate::mention::entity::Kind;
use crate::sentence::Sentence;
use crate::token::Kind as TokenKind;
use khaldun_lexicon::Features;
use khaldun_lexicon::lexicon::{Class, Effect, EntryKind, Slot, Target};

/// A phrase that names a source, a word that negates, a quantifier with a pronoun: never a predicate.
fn analyses_block(input: &Input, i: usize) -> bool {
    input.morphs.at(i).iter().any(|a| match a.target {
        Target::Entry(e) => {
            a.skip == 0
                && a.features.has(Features::PARTICLE)
                && matches!(
                    input.entry(e).kind,
                    EntryKind::Phrase { .. } | EntryKind::Particle { .. }
                )
        }
        Target::Particle(p) => {
            a.pronoun.is_some()
                && a.tokens == 1
                && input.lexicon.tables.particles[p as usize].class == Class::Quantifier
        }
        _ => false,
    })
}

/// A word that is a preposition or a verb of saying at the head of a sentence ("between" or "made clear") is the verb if what the verb takes follows.
fn finds_content(input: &Input, i: usize, sentence: &Sentence) -> bool {
    let slots = input
        .morphs
        .at(i)
        .iter()
        .filter(|a| a.features.has(Features::PERFECT) && a.pronoun.is_none())
        .filter_map(|a| match a.target {
            Target::Entry(e) => match &input.entry(e).kind {
                EntryKind::Speech { content, .. } => Some(content.clone()),
                EntryKind::Light { noun, .. } => Some(noun.clone()),
                _ => None,
            },
            _ => None,
        });
    let slots: Vec<Slot> = slots.flatten().collect();
    (i + 1..sentence.tokens.end.min(i + 20)).any(|j| match input.class(j) {
        Some(Class::Complementizer) => slots.contains(&Slot::That),
        Some(Class::Preposition) => input.particle(j).is_some_and(|p| slots.contains(&Slot::Prep(p))),
        _ => false,
    })
}

/// What the senses of one word have in common.
const CELL: [Features; 7] = [
    Features::PERFECT,
    Features::IMPERFECT,
    Features::P1,
    Features::P2,
    Features::SHORT_MOOD,
    Features::ACTIVE_PARTICIPLE,
    Features::BEFORE_PRONOUN,
];

/// Reads the predicate that begins at a token, if one does: the likeliest cell and all senses of it.
pub(super) fn read(
    input: &Input,
    i: usize,
    sentence: &Sentence,
    expected: bool,
    before: &[Predicate],
) -> Option<Predicate> {
    let lexicon = input.lexicon;
    let blocked = analyses_block(input, i);
    if blocked {
        return None;
    }
    let entry = |t: Target| match t {
        Target::Entry(e) => Some(&lexicon.tables.entries[e as usize].kind),
        _ => None,
    };
    let analyses = input.morphs.at(i);
    // A function word is no predicate, however it may be read besides.
    if let Some(
        Class::Preposition
        | Class::Agent
        | Class::Complementizer
        | Class::Relative
        | Class::Conjunction
        | Class::Pronoun
        | Class::Demonstrative
        | Class::Adverb,
    ) = input.class(i)
        && (!(i == sentence.tokens.start || analyses.iter().any(|a| a.conjunction))
            || !finds_content(input, i, sentence))
    {
        return None;
    }
    let previous = i.checked_sub(1).filter(|p| *p >= sentence.tokens.start);
    let previous_class = previous.and_then(|p| input.class(p));
    let negated = previous.is_some_and(|p| {
        input.morphs.at(p).iter().any(|a| {
            matches!(
                entry(a.target),
                Some(EntryKind::Particle {
                    effect: Effect::Negation | Effect::Possible | Effect::Future | Effect::Assert,
                    ..
                })
            )
        })
    });
    let governed = matches!(previous_class, Some(Class::Preposition | Class::Agent));
    let quantified = matches!(previous_class, Some(Class::Quantifier | Class::Demonstrative));
    let after_mention = previous.is_some_and(|p| input.mention_ending(p + 1).is_some());
    let follows_nisba = input
        .mention_at(i + 1)
        .is_some_and(|m| m.adjective && m.preposition.is_none());
    let start = i == sentence.tokens.start;
    // The gender of the noun right behind, if that may be the verb's subject.
    let follows = (i + 1..sentence.tokens.end)
        .find(|&j| !input.timed[j])
        .and_then(|j| input.mention_index(j))
        .and_then(|m| {
            let x = &input.mentions[m];
            let free = x.preposition.is_none() && !x.adjective && !matches!(x.kind, Kind::Place | Kind::Site);
            free.then(|| {
                if x.kind == Kind::Person {
                    Some(false)
                } else {
                    super::feminine(input, m)
                }
            })
            .flatten()
        });
    // "The suppression of protesters": what the case makes no subject of the first word is the genitive of a noun.
    let annexed = start
        && input
            .mention_index(i + 1)
            .is_some_and(|m| !super::fill::cases(input, m).0);
    let joined = analyses.iter().any(|a| a.conjunction);
    let later_verb = before.iter().any(|p| p.finite());
    // "an apology and a resignation": joined to a verbal noun right before.
    let after_noun = joined && before.last().is_some_and(|p| !p.finite() && p.tokens.end == i);
    let opened = matches!(
        previous_class,
        Some(Class::Complementizer | Class::Relative | Class::Subordinator)
    );
    let second = !joined && later_verb;
    let whole = analyses.iter().any(|a| {
        a.preposition.is_none()
            && !a.article
            && a.pronoun.is_none()
            && a.tokens == 1
            && matches!(a.target, Target::Entry(_))
    });
    let score = |f: Features, article: bool, preposition: bool, future: bool, pronoun: Option<u8>| -> f32 {
        let w = input.weights;
        let mut s = 0.0;
        if f.is_finite() {
            s += w.cell_verb;
            if future || negated {
                s += w.cell_verb_marked;
            }
            if governed || quantified || follows_nisba {
                s += w.cell_verb_after_preposition;
            }
            if start && !sentence.heading || opened || after_mention {
                s += w.cell_verb_place;
            }
            if f.has(Features::P1) {
                s += w.cell_verb_first_person;
            }
            if f.has(Features::P2) {
                s += w.cell_verb_second_person;
            }
            if expected && !future && !negated {
                s += w.cell_verb_expected;
            }
            if second && f.has(Features::PERFECT) {
                s += w.cell_verb_second;
            }
            if let Some(feminine) = follows {
                let (f_only, m_only) = (
                    f.has(Features::FEM) && !f.has(Features::MASC),
                    f.has(Features::MASC) && !f.has(Features::FEM),
                );
                if feminine && m_only || !feminine && f_only {
                    s += w.cell_verb_disagrees;
                }
            }
            if annexed {
                s += w.cell_verb_disagrees;
            }
            if f.has(Features::SHORT_MOOD) && !negated {
                s += w.cell_short_mood;
            }
            if f.has(Features::PASSIVE) && !f.has(Features::ACTIVE) {
                s += w.cell_passive;
            }
        } else {
            s += w.cell_noun;
            if article || preposition && !whole || governed || quantified {
                s += w.cell_noun_marked;
            }
            if follows_nisba {
                s += w.cell_noun_nisba;
            }
            if after_noun {
                s += w.cell_noun_joined;
            }
            if f.any(Features::ACTIVE_PARTICIPLE | Features::PASSIVE_PARTICIPLE) {
                s += w.cell_participle;
            }
            if f.has(Features::CONSTRUCT) {
                s += w.cell_construct;
            }
        }
        if let Some(e) = pronoun {
            s += w.cell_pronoun;
            if input.lexicon.tables.enclitics[e as usize].features.has(Features::P2) {
                s += w.cell_pronoun_second_person;
            }
        }
        s
    };
    // A preposition split off counts only if the word as a whole is nothing.
    let mut best: Option<(f32, usize)> = None;
    for (k, a) in analyses.iter().enumerate() {
        match entry(a.target) {
            Some(
                EntryKind::Event(_)
                | EntryKind::Light { .. }
                | EntryKind::Speech { .. }
                | EntryKind::Operator { .. }
                | EntryKind::Plain,
            ) => {}
            _ => continue,
        }
        // Nobody gives orders in the news; a participle with article, preposition or annexed noun names a person.
        let participle = a
            .features
            .any(Features::ACTIVE_PARTICIPLE | Features::PASSIVE_PARTICIPLE);
        let person = a.article
            || a.preposition.is_some()
            || a.features.has(Features::CONSTRUCT)
            || !a.features.has(Features::ACTIVE_PARTICIPLE);
        if a.features.has(Features::IMPERATIVE) || participle && (person || governed) {
            continue;
        }
        // "a training programme": -i behind a noun is a nisba, not "my".
        let mine = a.pronoun.is_some_and(|e| {
            input.lexicon.tables.enclitics[e as usize]
                .features
                .has(Features::P1 | Features::SING)
        });
        let behind_noun = previous.is_some_and(|p| {
            input.tokens[p].kind == TokenKind::Word
                && previous_class.is_none()
                && !input.morphs.at(p).iter().any(|b| b.features.is_finite())
        });
        let shaped = mine || a.features.has(Features::CONSTRUCT) && !a.conjunction;
        if shaped && !a.features.is_finite() && behind_noun {
            continue;
        }
        let mut s = score(a.features, a.article, a.preposition.is_some(), a.future, a.pronoun);
        // A pronoun on a verb that takes no object is the pronoun of a noun.
        if let (true, Some(_), Some(EntryKind::Event(e))) = (a.features.is_finite(), a.pronoun, entry(a.target))
            && e.role(Slot::Object).is_none()
        {
            s += input.weights.cell_pronoun_no_object;
        }
        s += (a.tokens as f32 - 1.0) * input.weights.cell_words;
        if a.preposition.is_some() && whole {
            s += input.weights.cell_proclitic;
        }
        if best.is_none_or(|(b, _)| s > b) {
            best = Some((s, k));
        }
    }
    let (_, k) = best?;
    let chosen = analyses[k];
    let finite = chosen.features.is_finite();
    let mut senses = Vec::new();
    let mut features = chosen.features;
    for a in analyses {
        let same = a.tokens == chosen.tokens
            && a.skip == chosen.skip
            && a.pronoun == chosen.pronoun
            && a.article == chosen.article
            && a.features.is_finite() == finite
            && a.preposition == chosen.preposition
            && CELL.iter().all(|c| a.features.has(*c) == chosen.features.has(*c));
        let Target::Entry(e) = a.target else { continue };
        if matches!(
            lexicon.tables.entries[e as usize].kind,
            EntryKind::Particle { .. } | EntryKind::Phrase { .. } | EntryKind::SourceNoun { .. }
        ) {
            continue;
        }
        if same && !senses.iter().any(|s: &Sense| s.entry == e) && input.admits(e) {
            senses.push(Sense {
                entry: e,
                features: a.features,
            });
        }
        if same && a.target == chosen.target {
            // A verb that is written alike in both voices keeps both.
            features = features | Features(a.features.0 & (Features::ACTIVE.0 | Features::PASSIVE.0));
        }
    }
    if senses.is_empty() {
        return None;
    }
    let standing = previous.filter(|_| governed).and_then(|p| input.particle(p));
    Some(Predicate {
        tokens: i..i + chosen.tokens as usize,
        skip: chosen.skip as usize,
        clause: 0,
        features,
        senses,
        preposition: chosen.preposition.or(standing),
        conjunction: chosen.conjunction,
        article: chosen.article,
        future: chosen.future,
        pronoun: chosen.pronoun,
    })
}
