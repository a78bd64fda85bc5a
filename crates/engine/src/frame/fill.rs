//! Which mention fills which slot of a predicate.

use super::{Clause, Filler, Frame, Input, Opening, Predicate, Sense};
use crate::mention::entity::{Kind, Mention};
use crate::sentence::Sentence;
use crate::token::Kind as TokenKind;
use khaldun_lexicon::lexicon::{EntryKind, Event, Modifier, Role, Slot, Target};
use khaldun_lexicon::{EntryKind as _Entry, Features};
use std::ops::Range;

/// Tokens within which a noun's phrases are looked for.
const NOUN_REACH: usize = 10;

/// A mention beside a predicate.
#[derive(Clone, Copy, Debug)]
struct Near {
    mention: usize,
    /// Tokens between.
    distance: usize,
    /// Commas between.
    commas: usize,
    /// It directly follows a verbal or event noun, to which it then belongs.
    owned: bool,
    /// Seen from a verb.
    verb: bool,
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
    let mut subject: Vec<usize> = previous.into_iter().collect();
    let nominal: Vec<usize> = predicates
        .iter()
        .filter(|p| !p.finite())
        .map(|p| p.tokens.end)
        .collect();
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
            takers: &takers,
            verb: frame.predicate.finite(),
        };
        window.choose_senses(&mut frame);
        if frame.predicate.finite() || frame.predicate.features.has(Features::ACTIVE_PARTICIPLE) {
            window.verb(&mut frame, &subject, &frames);
            if let Some(s) = frame.filler(Slot::Subject) {
                subject = s.mentions.clone();
            }
        } else {
            window.noun(&mut frame, &subject);
        }
        window.prepositions(&mut frame);
        frames.push(frame);
    }
    frames
}

struct Window<'a, 'b> {
    input: &'b Input<'a>,
    sentence: &'b Sentence,
    clauses: &'b [Clause],
    nominal: &'b [usize],
    /// Ends of those that name an act.
    acts: &'b [usize],
    /// For each predicate its first token and the slots that its events have a role for.
    takers: &'b [(usize, Vec<Slot>)],
    /// The predicate is a finite verb.
    verb: bool,
}

impl<'a> Window<'a, '_> {
    fn clause(&self, frame: &Frame) -> &Clause {
        &self.clauses[frame.predicate.clause]
    }

    /// Tokens behind the predicate, up to the end of its clause.
    fn right(&self, frame: &Frame) -> Range<usize> {
        frame.predicate.tokens.end..self.clause(frame).tokens.end.max(frame.predicate.tokens.end)
    }

    /// Keeps the senses whose `with` and `without` hold; those with a `with` that is met come first.
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
            if e.with.is_empty() {
                plain.insert(plain.iter().take_while(|p| self.is_event(p)).count(), *s);
            } else if let Some(at) = self.find_word(&e.with, right.clone()) {
                word = word.or(Some(at));
                met.push(*s);
            }
        }
        frame.with = word;
        met.extend(plain);
        frame.senses = met;
    }

    fn is_event(&self, s: &Sense) -> bool {
        matches!(self.input.entry(s.entry).kind, _Entry::Event(_))
    }

    fn blocked(&self, e: &Event, frame: &Frame) -> bool {
        if e.without.is_empty() {
            return false;
        }
        let p = &frame.predicate.tokens;
        let from = p.start.saturating_sub(6).max(self.sentence.tokens.start);
        let to = (p.end + 8).min(self.sentence.tokens.end);
        self.find_word(&e.without, from..p.start).is_some() || self.find_word(&e.without, p.end..to).is_some()
    }

    /// The first token of a range that is one of the words (clitics left out of account).
    fn find_word(&self, words: &[compact_str::CompactString], range: Range<usize>) -> Option<usize> {
        range
            .clone()
            .find(|&i| words.iter().any(|w| self.is_word(i, w, range.end)))
    }

    fn is_word(&self, i: usize, word: &str, end: usize) -> bool {
        let mut parts = word.split(' ');
        let Some(first) = parts.next() else { return false };
        if !bare_of_clitics(self.input, self.input.folded(i), first) {
            return false;
        }
        let mut j = i + 1;
        for part in parts {
            if j >= end || self.input.folded(j) != part {
                return false;
            }
            j += 1;
        }
        true
    }

    /// Mentions in a range of tokens, nearest first, with their distance from `from`.
    fn near(&self, range: Range<usize>, from: usize) -> Vec<Near> {
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
                });
            }
            i = tokens.end.max(i + 1);
        }
        out
    }

    fn bare(&self, n: &Near) -> bool {
        let m = &self.input.mentions[n.mention];
        let attached = self.input.tokens[m.tokens.start].span.start < m.span.start;
        // What looked like a preposition right before it is the verb itself (`abbara, "expressed").
        let governed = m.preposition.is_some() && !(n.verb && n.distance == 0 && !attached);
        !governed && !m.agent && !m.adjective
    }

    /// Bare, and not annexed to a noun that has a preposition.
    fn free(&self, n: &Near) -> bool {
        self.bare(n) && self.input.mentions[n.mention].outer.is_none()
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
    fn group(&self, first: usize) -> Vec<usize> {
        if let Some(sides) = self.both(first) {
            return sides;
        }
        let mentions = self.input.mentions;
        let mut out = vec![first];
        let mut k = first;
        while let Some(next) = mentions.get(k + 1) {
            let end = mentions[k].tokens.end;
            let gap = next.tokens.start.saturating_sub(end);
            if next.tokens.start >= self.sentence.tokens.end || gap > 2 || next.adjective && !next.conjunction {
                break;
            }
            let comma = (end..next.tokens.start).any(|i| self.input.folded(i) == ",");
            let standing = (end..next.tokens.start)
                .any(|i| self.input.class(i) == Some(khaldun_lexicon::lexicon::Class::Conjunction));
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

    /// Subject and object of a verb or of a participle that goes on from a verb.
    fn verb(&self, frame: &mut Frame, inherited: &[usize], before: &[Frame]) {
        let w = self.input.weights;
        let p = frame.predicate.clone();
        let clause = self.clause(frame).clone();
        let with = frame.with;
        let right: Vec<Near> = self
            .near(self.right(frame), p.tokens.end)
            .into_iter()
            .filter(|n| self.free(n))
            .collect();
        let left: Vec<Near> = self
            .near(clause.tokens.start..p.tokens.start, p.tokens.start)
            .into_iter()
            .filter(|n| self.free(n))
            .collect();
        let agree = |m: usize, after: bool| -> f32 {
            match (
                feminine(self.input, m),
                p.features.has(Features::FEM),
                p.features.has(Features::MASC),
            ) {
                (Some(true), false, true) | (Some(false), true, false) => w.subject_disagrees,
                (Some(_), _, _) => w.subject_agrees,
                _ if after => 0.0,
                _ => 0.0,
            }
        };
        let kind_cost = |m: usize| match self.input.mentions[m].kind {
            Kind::Place => w.subject_place,
            Kind::Site => w.subject_site,
            _ => 0.0,
        };
        // A light verb or operator is followed by its own noun.
        let bears = frame.senses.iter().any(|s| {
            matches!(
                self.input.entry(s.entry).kind,
                EntryKind::Light { .. } | EntryKind::Operator { .. }
            )
        });
        let other_noun = self
            .other_noun(p.tokens.end, clause.tokens.end)
            .filter(|article| *article || !bears);
        let mut subjects: Vec<(usize, f32, bool, bool)> = Vec::new(); // mention, score, stands after, resolved
        let person = p.features.any(Features::P1 | Features::P2);
        let participle = !p.finite();
        if !person {
            let names_with = |n: &Near| with.is_some_and(|w| self.input.mentions[n.mention].tokens.contains(&w));
            for n in right.iter().filter(|n| !n.owned && !names_with(n)).take(3) {
                let s = w.subject_after
                    + w.subject_distance * n.distance as f32
                    + w.subject_comma * n.commas as f32
                    + agree(n.mention, true)
                    + kind_cost(n.mention)
                    + if other_noun == Some(true) {
                        w.subject_other_noun
                    } else {
                        0.0
                    };
                if !participle {
                    subjects.push((n.mention, s, true, false));
                }
            }
            for (k, n) in left.iter().enumerate() {
                let across = before.iter().any(|f| {
                    f.predicate.finite()
                        && f.predicate.tokens.start > self.input.mentions[n.mention].tokens.start
                        && f.predicate.tokens.end <= p.tokens.start
                        && f.predicate.clause == p.clause
                });
                let s = w.subject_before
                    + w.subject_distance * n.distance as f32 * 0.5
                    + if k == 0 && self.input.mentions[n.mention].tokens.start <= clause.tokens.start + 1 {
                        w.subject_before_first
                    } else {
                        0.0
                    }
                    + if n.owned { w.object_owned } else { 0.0 }
                    + if across { w.subject_across_verb } else { 0.0 }
                    + agree(n.mention, false)
                    + kind_cost(n.mention);
                subjects.push((n.mention, s, false, false));
            }
        }
        if clause.opening == Opening::Relative && clause.tokens.start > 0 {
            let mut at = clause.tokens.start;
            while at > self.sentence.tokens.start && matches!(self.input.folded(at - 1), "," | "\"" | ")") {
                at -= 1;
            }
            if let Some(m) = self.input.mention_ending(at)
                && frame.predicate.pronoun.is_none()
            {
                subjects.push((m, w.subject_antecedent + agree(m, false), false, true));
            }
        }
        // "an official who described …": a verb right behind an indefinite noun describes it.
        if clause.opening == Opening::Serial
            && !participle
            && !p.conjunction
            && p.pronoun.is_none()
            && let Some(m) = self
                .input
                .mention_ending(p.tokens.start)
                .filter(|m| !self.input.mentions[*m].definite)
        {
            subjects.push((
                m,
                w.subject_antecedent + w.subject_bare_relative + agree(m, false) + kind_cost(m),
                false,
                true,
            ));
        }
        if !person {
            let coordinate = p.conjunction || participle || clause.opening == Opening::Coordinate;
            for &m in inherited.iter().take(1) {
                let other = if other_noun.is_some() && !participle {
                    w.subject_inherited_other_noun
                } else {
                    0.0
                };
                let s = w.subject_inherited
                    + if coordinate {
                        w.subject_inherited_coordinate
                    } else {
                        0.0
                    }
                    + agree(m, false)
                    + other;
                subjects.push((m, s, false, true));
            }
        }
        // Objects: behind the verb.
        let event = frame.senses.iter().find_map(|s| match &self.input.entry(s.entry).kind {
            EntryKind::Event(e) => Some(e),
            _ => None,
        });
        // A `with` word that is the object hands its own genitive on; elsewhere the verb keeps its object.
        let after_with = frame
            .with
            .map(|w| w + 1)
            .filter(|a| right.iter().any(|n| self.input.mentions[n.mention].tokens.start == *a));
        let objects: Vec<(usize, f32)> = right
            .iter()
            .filter(|n| after_with.is_none_or(|a| self.input.mentions[n.mention].tokens.start >= a))
            .map(|n| {
                let place = if self.input.mentions[n.mention].only_place() {
                    w.object_place
                } else {
                    0.0
                };
                let owned = if n.owned { w.object_owned } else { 0.0 };
                let itself = frame
                    .with
                    .is_some_and(|w| self.input.mentions[n.mention].tokens.contains(&w));
                let with = if itself {
                    2.0
                } else if after_with == Some(self.input.mentions[n.mention].tokens.start) {
                    3.0
                } else {
                    0.0
                };
                (
                    n.mention,
                    w.object_after
                        + w.object_distance * n.distance as f32
                        + w.object_comma * n.commas as f32
                        + place
                        + owned
                        + with,
                )
            })
            .collect();
        // Who is told is named by a preposition: a verb of saying has no object.
        let says = event.is_none()
            && frame
                .senses
                .iter()
                .any(|s| matches!(self.input.entry(s.entry).kind, EntryKind::Speech { .. }));
        let takes_object = !says && event.is_none_or(|e| e.role(Slot::Object).is_some()) || frame.with.is_some();
        let both = p.features.has(Features::ACTIVE | Features::PASSIVE);
        let mut passive = p.features.has(Features::PASSIVE) && !both;
        if p.features.has(Features::PASSIVE_PARTICIPLE) && !p.features.has(Features::ACTIVE_PARTICIPLE) {
            passive = true;
        }
        let material = |e: &Event| matches!(self.input.lexicon.tables.scheme[e.kind as usize].quad, 2 | 4);
        if both
            && event.is_some_and(|e| {
                material(e)
                    && e.role(Slot::Object) == Some(Role::Recipient)
                    && e.role(Slot::Subject) == Some(Role::Actor)
                    && e.passive
            })
        {
            passive = self.reads_passive(frame, &right, &left, &subjects);
        }
        if passive {
            let single: Vec<(usize, f32, bool, bool)> = subjects.clone();
            let coordinate = p.conjunction || clause.opening == Opening::Coordinate;
            let single: Vec<_> = single
                .into_iter()
                .filter(|s| !s.3 || coordinate || clause.opening == Opening::Relative)
                .collect();
            if let Some(best) = single.iter().max_by(|a, b| a.1.total_cmp(&b.1))
                && best.1 > 0.0
            {
                frame.fillers.push(self.filler(
                    Slot::Object,
                    best.0,
                    best.1,
                    &single.iter().map(|s| (s.0, s.1)).collect::<Vec<_>>(),
                    best.3,
                ));
            }
            frame.passive = true;
            return;
        }
        // The best pair: not the same mention, the subject before the object if both stand behind.
        let mut best: (f32, Option<usize>, Option<usize>) = (0.0, None, None);
        for (si, s) in subjects.iter().enumerate() {
            if s.1 > best.0 {
                best = (s.1, Some(si), None);
            }
            if !takes_object {
                continue;
            }
            for (oi, o) in objects.iter().enumerate() {
                let order = !s.2 || self.input.mentions[s.0].tokens.start < self.input.mentions[o.0].tokens.start;
                let joined = self.group(s.0).contains(&o.0);
                // With a subject taken over from before, the first noun behind the verb is more likely the subject itself.
                let taken_over = s.3 && inherited.first() == Some(&s.0);
                let pair = s.1 + o.1 + if taken_over { w.object_with_inherited } else { 0.0 };
                if s.0 != o.0 && order && !joined && o.1 > 0.0 && pair > best.0 {
                    best = (pair, Some(si), Some(oi));
                }
            }
        }
        if let Some(si) = best.1 {
            let s = subjects[si];
            if s.1 > 0.0 {
                let rivals: Vec<(usize, f32)> = subjects.iter().map(|s| (s.0, s.1)).collect();
                frame.fillers.push(self.filler(Slot::Subject, s.0, s.1, &rivals, s.3));
            }
        } else if takes_object && let Some(o) = objects.iter().max_by(|a, b| a.1.total_cmp(&b.1)).filter(|o| o.1 > 0.0)
        {
            frame.fillers.push(self.filler(Slot::Object, o.0, o.1, &objects, false));
        }
        if let Some(oi) = best.2 {
            let o = objects[oi];
            frame.fillers.push(self.filler(Slot::Object, o.0, o.1, &objects, false));
        }
        if frame.filler(Slot::Object).is_none()
            && p.pronoun.is_some()
            && takes_object
            && let Some(m) = self.antecedent(
                p.pronoun,
                p.tokens.start,
                frame.filler(Slot::Subject).map(|s| s.mentions[0]),
                clause.opening == Opening::Relative,
                &clause,
            )
        {
            frame.fillers.push(Filler {
                slot: Slot::Object,
                mentions: vec![m],
                score: w.object_pronoun,
                loser: None,
                resolved: true,
            });
        }
    }

    /// The word right behind a verb is a noun that is no mention: likely the verb's subject. `Some(true)` if it has the article.
    fn other_noun(&self, from: usize, end: usize) -> Option<bool> {
        let i = (from..end).find(|&i| !self.input.timed[i])?;
        let token = &self.input.tokens[i];
        if token.kind != TokenKind::Word || self.input.mention_at(i).is_some() || self.input.class(i).is_some() {
            return None;
        }
        let analyses = self.input.morphs.at(i);
        if analyses.iter().any(|a| {
            a.preposition.is_some() || a.conjunction || a.features.is_finite() || a.features.has(Features::PARTICLE)
        }) {
            return None;
        }
        let article = self.input.folded(i).starts_with(khaldun_lexicon::names::ARTICLE);
        let nominal = analyses
            .iter()
            .any(|a| a.features.is_nominal() && !a.features.has(Features::ACCUSATIVE));
        (article || nominal).then_some(article)
    }

    /// A form that is written alike in both voices is passive if all that stands there is one who suffers it.
    fn reads_passive(
        &self,
        frame: &Frame,
        right: &[Near],
        left: &[Near],
        subjects: &[(usize, f32, bool, bool)],
    ) -> bool {
        let kinds = |m: usize| self.input.mentions[m].kind;
        let sufferer = |m: usize| {
            let mention = &self.input.mentions[m];
            let force = matches!(mention.sector.as_str(), "MIL" | "COP" | "SPY");
            matches!(kinds(m), Kind::People | Kind::Site)
                && !(force && mention.features.has(Features::PLUR) && mention.definite)
                || matches!(kinds(m), Kind::Person | Kind::Title)
        };
        let first: Vec<&Near> = right.iter().filter(|n| !n.owned).collect();
        let inherited = subjects.iter().any(|s| s.3 && s.1 > 2.0);
        if frame.predicate.features.has(Features::IMPERFECT) && !left.is_empty() {
            return false;
        }
        let people = |m: usize| matches!(kinds(m), Kind::People | Kind::Site);
        match (left.is_empty(), first.as_slice()) {
            // "twenty civilians were killed": the one before suffers it if nobody stands behind.
            (false, []) => {
                frame.predicate.features.has(Features::PERFECT) && left.last().is_some_and(|n| people(n.mention))
            }
            (false, _) => false,
            (true, []) => frame.predicate.pronoun.is_none() && !inherited,
            (true, [one]) => sufferer(one.mention) && !(inherited && frame.predicate.conjunction && one.distance > 0),
            (true, [one, two, ..]) => {
                let same_group = self.group(one.mention).contains(&two.mention);
                people(one.mention)
                    && (same_group
                        || two.distance > one.distance + 6
                        || self.input.mentions[one.mention].country_by.is_empty()
                            && !matches!(kinds(one.mention), Kind::Title | Kind::Person)
                            && self.input.mentions[one.mention].sector == "CVL")
            }
        }
    }

    fn filler(&self, slot: Slot, mention: usize, score: f32, rivals: &[(usize, f32)], resolved: bool) -> Filler {
        let loser = rivals
            .iter()
            .filter(|r| r.0 != mention)
            .max_by(|a, b| a.1.total_cmp(&b.1))
            .copied();
        Filler {
            slot,
            mentions: self.group(mention),
            score,
            loser,
            resolved,
        }
    }

    /// Genitive, object and described nisba of a verbal or event noun.
    fn noun(&self, frame: &mut Frame, subject: &[usize]) {
        let p = frame.predicate.clone();
        let right = self.right(frame);
        // The `with` word right behind the noun hands its genitive on (itlaq sarah); elsewhere the noun keeps its own.
        let start = frame
            .with
            .filter(|w| *w == p.tokens.end)
            .map_or(p.tokens.end, |w| w + 1);
        let near = self.near(start..right.end, start);
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
            && let Some(n) = bare.next().filter(|n| n.distance <= 2 && n.commas == 0 && !p.article)
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
        if let Some(n) =
            bare.find(|n| !genitive.contains(&n.mention) && n.distance <= 10 && n.commas == 0 && self.free(n))
        {
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
    fn adjectives(&self, first: usize) -> Vec<usize> {
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
    fn prepositions(&self, frame: &mut Frame) {
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
            let beyond = self.near(right.end..self.sentence.tokens.end, right.start);
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
    fn pronoun_between(&self, preposition: u16, from: usize, to: usize) -> bool {
        (from..to).any(|i| {
            self.input
                .morphs
                .at(i)
                .iter()
                .any(|a| a.pronoun.is_some() && a.target == Target::Particle(preposition))
        })
    }

    /// Another predicate between this one and the phrase has a role for it.
    fn nearer_taker(&self, frame: &Frame, slot: Slot, at: usize) -> bool {
        let p = &frame.predicate;
        self.takers.iter().any(|(start, slots)| {
            *start >= p.tokens.end && frame.with != Some(*start) && *start < at && slots.contains(&slot)
        })
    }

    fn agrees(&self, pronoun: Option<u8>, m: usize) -> bool {
        let Some(e) = pronoun.map(|p| &self.input.lexicon.tables.enclitics[p as usize]) else {
            return true;
        };
        if !e.features.has(Features::P3) {
            return false;
        }
        let mention = &self.input.mentions[m];
        if e.features.has(Features::PLUR) {
            let many = mention.features.any(Features::PLUR | Features::DUAL);
            return many
                || matches!(mention.kind, Kind::ArmedGroup | Kind::Military) && !mention.features.has(Features::SING);
        }
        match feminine(self.input, m) {
            Some(f) => f == e.features.has(Features::FEM),
            None => true,
        }
    }

    /// Whom a pronoun means: the nearest mention before it that agrees; with a relative clause, the word it describes.
    fn antecedent(
        &self,
        pronoun: Option<u8>,
        at: usize,
        not: Option<usize>,
        relative: bool,
        clause: &Clause,
    ) -> Option<usize> {
        if relative && let Some(m) = self.input.mention_ending(clause.tokens.start) {
            return Some(m);
        }
        let upto = self.input.mentions.partition_point(|m| m.tokens.end <= at);
        let candidates = self.input.mentions[..upto].iter().enumerate().rev().take(12);
        let mut second = None;
        for (k, m) in candidates {
            if Some(k) == not
                || m.adjective
                || matches!(m.kind, Kind::Place | Kind::Site | Kind::Outlet)
                || !self.agrees(pronoun, k)
            {
                continue;
            }
            if not.is_some_and(|n| self.input.mentions[n].key == m.key) {
                continue;
            }
            if matches!(
                m.kind,
                Kind::Person
                    | Kind::Title
                    | Kind::ArmedGroup
                    | Kind::Party
                    | Kind::Government
                    | Kind::Military
                    | Kind::State
            ) {
                return Some(k);
            }
            second = second.or(Some(k));
        }
        second
    }
}

/// Whether a written word is `stem`, whatever proclitics, article or pronoun it carries.
fn bare_of_clitics(input: &Input, surface: &str, stem: &str) -> bool {
    if !surface.contains(stem) {
        return false;
    }
    let t = &input.lexicon.tables;
    let mut rests = vec![surface];
    for _ in 0..3 {
        for k in 0..rests.len() {
            for p in &t.proclitics {
                if let Some(rest) = rests[k].strip_prefix(p.text.as_str())
                    && !rests.contains(&rest)
                {
                    rests.push(rest);
                }
            }
            for (text, ..) in &t.assimilated {
                if let Some(rest) = rests[k].strip_prefix(text.as_str())
                    && !rests.contains(&rest)
                {
                    rests.push(rest);
                }
            }
        }
    }
    rests.iter().any(|r| {
        r.strip_prefix(stem)
            .is_some_and(|tail| tail.is_empty() || t.enclitics.iter().any(|e| e.text == tail))
    })
}

/// Grammatical gender of a mention as far as its words show it.
pub fn feminine(input: &Input, m: usize) -> Option<bool> {
    let mention = &input.mentions[m];
    if mention.features.has(Features::PLUR) {
        return None;
    }
    if mention.features.has(Features::FEM) {
        return Some(true);
    }
    if matches!(mention.kind, Kind::State) {
        return Some(true);
    }
    if matches!(mention.kind, Kind::Person) {
        return None;
    }
    let first = input.folded(mention.tokens.start);
    if input
        .lexicon
        .tables
        .feminine_endings
        .iter()
        .any(|e| first.ends_with(e.as_str()))
    {
        return Some(true);
    }
    mention.features.has(Features::MASC).then_some(false)
}
