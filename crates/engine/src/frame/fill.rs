//! Which mention fills which slot of a predicate.

use super::{Clause, Frame, Input, Opening, Predicate, Sense};
use crate::mention::entity::{Kind, Mention};
use crate::sentence::Sentence;
use crate::token::Kind as TokenKind;
use khaldun_lexicon::Features;
use khaldun_lexicon::lexicon::{Class, EntryKind, Event, Modifier, Slot, Target};
use khaldun_lexicon::phrases::Phrases;
use std::cell::OnceCell;
use std::ops::Range;

/// Stands in `near` for a person whose office is known.
const PERSON: &str = "person";

/// A mention beside a predicate.
#[derive(Clone, Copy, Debug)]
pub(super) struct Near {
    pub mention: usize,
    /// Tokens between.
    pub distance: usize,
    /// Commas between.
    pub commas: usize,
    /// It directly follows a verbal or event noun, to which it then belongs.
    pub owned: bool,
    /// Seen from a verb.
    pub verb: bool,
    /// Stands before the predicate.
    pub left: bool,
    /// Begins the range that was looked through.
    pub first: bool,
}

/// Fills the slots of all predicates of a sentence, from the first to the last.
pub fn slots(
    input: &Input,
    sentence: &Sentence,
    clauses: &[Clause],
    predicates: Vec<Predicate>,
    previous: Option<usize>,
) -> Vec<Frame> {
    let mut frames: Vec<Frame> = Vec::with_capacity(predicates.len());
    // Who acted last, and who did outside of reported and relative clauses: he goes on speaking.
    let mut subject: Vec<usize> = previous.into_iter().collect();
    let mut main = subject.clone();
    let mut embedded = false;
    let nominal: Vec<usize> = predicates
        .iter()
        .filter(|p| !p.finite())
        .map(|p| p.tokens.end)
        .collect();
    let bare = Bare::new(sentence);
    let is_act = |p: &&Predicate| {
        p.senses
            .iter()
            .any(|s| matches!(input.entry(s.entry).kind, EntryKind::Event(_)))
    };
    let acts: Vec<usize> = predicates
        .iter()
        .filter(|p| !p.finite())
        .filter(is_act)
        .map(|p| p.tokens.end)
        .collect();
    let verbs: Vec<usize> = predicates
        .iter()
        .filter(|p| p.finite())
        .map(|p| p.tokens.start)
        .collect();
    let takers: Vec<(usize, Vec<Slot>)> = predicates
        .iter()
        .map(|p| {
            let events = p.senses.iter().filter_map(|s| match &input.entry(s.entry).kind {
                EntryKind::Event(e) => Some(e),
                _ => None,
            });
            (
                p.tokens.start,
                events
                    .flat_map(|e| e.roles.iter().map(|r| r.0))
                    .filter(|s| matches!(s, Slot::Prep(_)))
                    .collect(),
            )
        })
        .collect();
    for p in predicates {
        let mut frame = Frame {
            senses: p.senses.clone(),
            predicate: p,
            with: None,
            fillers: Vec::new(),
            passive: false,
            agents: Vec::new(),
            governor: None,
        };
        let window = Window {
            input,
            sentence,
            clauses,
            nominal: &nominal,
            acts: &acts,
            verbs: &verbs,
            bare: &bare,
            takers: &takers,
            verb: frame.predicate.finite(),
        };
        window.choose_senses(&mut frame);
        let participle = frame.predicate.features.has(Features::ACTIVE_PARTICIPLE);
        if frame.predicate.finite() || participle {
            let opening = window.clause(&frame).opening;
            let speaks = frame
                .senses
                .iter()
                .any(|s| matches!(input.entry(s.entry).kind, EntryKind::Speech { .. }));
            match opening {
                Opening::That | Opening::Relative | Opening::Subordinate => embedded = true,
                Opening::Main => embedded = false,
                Opening::Coordinate | Opening::Serial => embedded &= !(participle || speaks),
            }
            window.verb(&mut frame, if embedded { &subject } else { &main }, &frames);
            if let Some(s) = frame.filler(Slot::Subject) {
                subject = s.mentions.clone();
                if !embedded {
                    main = s.mentions.clone();
                }
            }
        } else {
            window.noun(&mut frame, &subject);
        }
        window.prepositions(&mut frame);
        frames.push(frame);
    }
    frames
}

/// What is seen from a predicate.
pub(super) struct Window<'a, 'b> {
    pub input: &'b Input<'a>,
    pub sentence: &'b Sentence,
    pub clauses: &'b [Clause],
    pub nominal: &'b [usize],
    /// Ends of those that name an act.
    pub acts: &'b [usize],
    /// First tokens of the finite verbs.
    pub verbs: &'b [usize],
    /// For each predicate its first token and the slots that its events have a role for.
    pub takers: &'b [(usize, Vec<Slot>)],
    /// The tokens' forms without clitics.
    pub bare: &'b Bare<'a>,
    /// The predicate is a finite verb.
    pub verb: bool,
}

impl<'a> Window<'a, '_> {
    pub(super) fn clause(&self, frame: &Frame) -> &Clause {
        &self.clauses[frame.predicate.clause]
    }

    /// Tokens behind the predicate, up to the end of its clause.
    pub(super) fn right(&self, frame: &Frame) -> Range<usize> {
        frame.predicate.tokens.end..self.clause(frame).tokens.end.max(frame.predicate.tokens.end)
    }

    /// Keeps the senses whose `with` and `without` hold; those with a `with` or `near` that is met come first.
    fn choose_senses(&self, frame: &mut Frame) {
        let right = self.right(frame);
        let right = right.start..right.end.min(right.start + 12);
        let mut met = Vec::new();
        let mut plain = Vec::new();
        let mut word = None;
        for s in &frame.senses {
            let EntryKind::Event(e) = &self.input.entry(s.entry).kind else {
                plain.push(*s);
                continue;
            };
            if self.blocked(e, frame) {
                continue;
            }
            if e.with.is_empty() && e.negated {
                met.insert(0, *s);
            } else if e.with.is_empty() && !e.near.is_empty() {
                met.push(*s);
            } else if e.with.is_empty() {
                plain.insert(plain.iter().take_while(|p| self.is_event(p)).count(), *s);
            } else if let Some(at) = self.find(&e.with, right.clone()) {
                word = word.or(Some(at));
                met.push(*s);
            }
        }
        frame.with = word;
        met.extend(plain);
        frame.senses = met;
    }

    fn is_event(&self, s: &Sense) -> bool {
        matches!(self.input.entry(s.entry).kind, EntryKind::Event(_))
    }

    fn blocked(&self, e: &Event, frame: &Frame) -> bool {
        let p = &frame.predicate.tokens;
        let from = p.start.saturating_sub(6).max(self.sentence.tokens.start);
        let to = (p.end + 8).min(self.sentence.tokens.end);
        let stands = |words: &_| self.find(words, from..p.start).is_some() || self.find(words, p.end..to).is_some();
        stands(&e.without)
            || !e.near.is_empty()
                && !stands(&e.near)
                && !(e.near.after(PERSON).next().is_some() && self.known(from..to))
    }

    /// A person whose office is known is named in a range of tokens.
    fn known(&self, range: Range<usize>) -> bool {
        range
            .filter_map(|i| self.input.mention_at(i))
            .any(|m| m.named && !m.sector.is_empty())
    }

    /// The first token of a range at which one of the phrases begins (clitics of the first word left out of account).
    fn find(&self, phrases: &Phrases, range: Range<usize>) -> Option<usize> {
        let end = range.end;
        let goes_on = |rest: &str, i: usize| {
            let mut parts = rest.split(' ').filter(|p| !p.is_empty()).zip(i + 1..);
            parts.all(|(part, j)| j < end && self.input.folded(j) == part)
        };
        range.filter(|_| !phrases.is_empty()).find(|&i| {
            let mut forms = self.bare.of(self.input, i).iter();
            forms.any(|form| phrases.after(form).any(|rest| goes_on(rest, i)))
        })
    }

    /// Mentions in a range of tokens, nearest first, with their distance from `from`.
    pub(super) fn near(&self, range: Range<usize>, from: usize) -> Vec<Near> {
        let mut out: Vec<Near> = Vec::new();
        let mut commas = 0;
        let mut timed = 0;
        let mut i = range.start;
        while i < range.end {
            if self.input.timed[i] {
                timed += 1;
                i += 1;
                continue;
            }
            if self.input.tokens[i].kind == TokenKind::Punct && matches!(self.input.folded(i), "," | "-" | "(") {
                commas += 1;
            }
            let Some(m) = self.input.mention_index(i) else {
                i += 1;
                continue;
            };
            let tokens = &self.input.mentions[m].tokens;
            if tokens.start >= range.start {
                let owned = self.nominal.contains(&tokens.start) && tokens.start != from;
                out.push(Near {
                    mention: m,
                    distance: tokens.start.abs_diff(from).saturating_sub(timed),
                    commas,
                    owned,
                    verb: self.verb,
                    left: tokens.end <= from,
                    first: tokens.start == range.start,
                });
            }
            i = tokens.end.max(i + 1);
        }
        out
    }

    pub(super) fn bare(&self, n: &Near) -> bool {
        let m = &self.input.mentions[n.mention];
        let attached = self.input.tokens[m.tokens.start].span.start < m.span.start;
        // What looked like a preposition right before it is the verb itself (`abbara, "expressed").
        let governed = m.preposition.is_some() && !(n.verb && n.distance == 0 && !attached);
        !governed && !m.agent && !m.adjective
    }

    /// Bare, not annexed to a noun that has a preposition, and not joined to a mention that is here too or has one.
    pub(super) fn free(&self, n: &Near) -> bool {
        self.bare(n) && self.input.mentions[n.mention].outer.is_none() && !self.joined(n)
    }

    /// "(the Spanish ships) and Italian ones": goes with the mention right before it.
    fn joined(&self, n: &Near) -> bool {
        let this = &self.input.mentions[n.mention];
        let Some(before) = n.mention.checked_sub(1).map(|k| &self.input.mentions[k]) else {
            return false;
        };
        // Before the verb, "and" behind a phrase with a preposition begins a new clause.
        let new_clause = n.left && (n.first || before.preposition.is_some());
        this.conjunction
            && this.preposition.is_none()
            && before.tokens.end == this.tokens.start
            && before.kind != Kind::Place
            && !new_clause
    }

    /// "Both sides": the last two mentions before it that are of different countries.
    fn both(&self, m: usize) -> Option<Vec<usize>> {
        let mentions = self.input.mentions;
        let modifiers = &self.input.lexicon.tables.modifiers;
        let is_both = self
            .input
            .morphs
            .at(mentions[m].tokens.start)
            .iter()
            .any(|a| matches!(a.target, Target::Modifier(x) if modifiers[x as usize] == Modifier::Both));
        if !is_both {
            return None;
        }
        let mut found: Vec<usize> = Vec::new();
        for k in (0..m).rev().take(24) {
            let x = &mentions[k];
            let side = !matches!(
                x.kind,
                Kind::Place | Kind::Site | Kind::Source | Kind::Outlet | Kind::People
            );
            if side && !x.country.is_empty() && found.iter().all(|f| mentions[*f].country != x.country) {
                found.insert(0, k);
                if found.len() == 2 {
                    return Some(found);
                }
            }
        }
        None
    }

    /// A mention with those that are joined to it by "and".
    pub(super) fn group(&self, first: usize) -> Vec<usize> {
        if let Some(sides) = self.both(first) {
            return sides;
        }
        let mentions = self.input.mentions;
        let mut out = vec![first];
        let mut k = first;
        while let Some(next) = mentions.get(k + 1) {
            let end = mentions[k].tokens.end;
            let gap = next.tokens.start.saturating_sub(end);
            let clause = self
                .clauses
                .binary_search_by_key(&next.tokens.start, |c| c.tokens.start)
                .is_ok();
            if clause || next.tokens.start >= self.sentence.tokens.end || gap > 2 || next.adjective && !next.conjunction
            {
                break;
            }
            let comma = (end..next.tokens.start).any(|i| self.input.folded(i) == ",");
            let standing = (end..next.tokens.start).any(|i| self.input.class(i) == Some(Class::Conjunction));
            let same_case = next.preposition.is_none() || next.preposition == mentions[first].preposition;
            let names = |m: &Mention| !matches!(m.kind, Kind::People | Kind::Site | Kind::Place);
            let joined = next.conjunction && gap <= 1
                || standing
                || comma && gap == 1 && names(next) && names(&mentions[k]) && self.list_goes_on(k + 1);
            if !joined || !same_case || next.agent {
                break;
            }
            out.push(k + 1);
            k += 1;
        }
        out
    }

    /// A comma list ends in "and …"; without that, the comma sets off an apposition.
    fn list_goes_on(&self, k: usize) -> bool {
        let mentions = self.input.mentions;
        let (Some(this), Some(next)) = (mentions.get(k), mentions.get(k + 1)) else {
            return false;
        };
        let gap = next.tokens.start.saturating_sub(this.tokens.end);
        gap <= 1
            && next.preposition.is_none()
            && (next.conjunction || gap == 1 && self.input.folded(this.tokens.end) == "," && self.list_goes_on(k + 1))
    }
}

/// Whether the case that its head shows lets a mention be a subject, and an object ("countries" in -an is no subject, "protesters" in -un no object).
pub(super) fn cases(input: &Input, m: usize) -> (bool, bool) {
    let mention = &input.mentions[m];
    let mut heads = input
        .morphs
        .at(mention.tokens.start)
        .iter()
        .filter(|a| mention.target == Some(a.target) && matches!(a.target, Target::Head(_) | Target::Demonym(_)))
        .map(|a| a.features)
        .peekable();
    // "Thirty members": what is counted shows the number's case, not its own.
    let counted = mention.tokens.start.checked_sub(1).is_some_and(|i| {
        input.tokens[i].kind == TokenKind::Number
            || input.class(i) == Some(Class::Quantifier)
            || input.lexicon.tables.numbers.get(input.folded(i)).is_some()
    });
    if mention.named || counted || heads.peek().is_none() {
        return (true, true);
    }
    let (mut subject, mut object) = (false, false);
    for f in heads {
        // A dual in the construct looks like the accusative of the singular, which is far more frequent.
        if f.has(Features::NOMINATIVE | Features::DUAL | Features::CONSTRUCT) && mention.tokens.len() < 2 {
            continue;
        }
        subject |= !f.any(Features::ACCUSATIVE | Features::OBLIQUE);
        object |= !f.has(Features::NOMINATIVE);
    }
    (subject, object)
}

/// The forms of the tokens of a sentence without proclitics, article or pronoun, each token's made when it is first asked for.
pub(super) struct Bare<'a> {
    start: usize,
    forms: Vec<OnceCell<Vec<&'a str>>>,
}

impl<'a> Bare<'a> {
    fn new(sentence: &Sentence) -> Bare<'a> {
        Bare {
            start: sentence.tokens.start,
            forms: vec![OnceCell::new(); sentence.tokens.len()],
        }
    }

    /// The word as written and what is left of it when letters that may be clitics are taken off.
    fn of(&self, input: &Input<'a>, i: usize) -> &[&'a str] {
        self.forms[i - self.start].get_or_init(|| {
            let t = &input.lexicon.tables;
            let mut forms = vec![input.folded(i)];
            for _ in 0..3 {
                for k in 0..forms.len() {
                    let proclitics = t.proclitics.iter().map(|p| &p.text);
                    for text in proclitics.chain(t.assimilated.iter().map(|a| &a.0)) {
                        if let Some(rest) = forms[k].strip_prefix(text.as_str())
                            && !forms.contains(&rest)
                        {
                            forms.push(rest);
                        }
                    }
                }
            }
            for k in 0..forms.len() {
                let tails = t
                    .enclitics
                    .iter()
                    .filter_map(|e| forms[k].strip_suffix(e.text.as_str()));
                let tails: Vec<&str> = tails.collect();
                forms.extend(tails);
            }
            forms.retain(|f| !f.is_empty());
            forms
        })
    }
}

/// Grammatical gender of a mention as far as its words show it.
pub fn feminine(input: &Input, m: usize) -> Option<bool> {
    let mention = &input.mentions[m];
    if mention.features.has(Features::PLUR) {
        return None;
    }
    let tables = &input.lexicon.tables;
    if matches!(mention.kind, Kind::State) {
        return (!tables.masculine_states.contains(&mention.country)).then_some(true);
    }
    if mention.features.has(Features::FEM) {
        return Some(true);
    }
    if matches!(mention.kind, Kind::Person) {
        return None;
    }
    let ends = |i: usize| {
        let word = input.folded(i);
        tables.feminine_endings.iter().any(|e| word.ends_with(e.as_str()))
    };
    let first = mention.tokens.start;
    if ends(first) {
        return Some(true);
    }
    if mention.features.has(Features::MASC) {
        return Some(false);
    }
    // "The international community", "the United Nations": the adjective shows it.
    let article = |i: usize| input.folded(i).starts_with(khaldun_lexicon::names::ARTICLE);
    let named = !matches!(mention.kind, Kind::People | Kind::Title | Kind::Place | Kind::Site);
    let whole = input.tokens[first].span.start == mention.span.start;
    (named && whole && mention.tokens.len() >= 2 && article(first) && article(first + 1)).then(|| ends(first + 1))
}
