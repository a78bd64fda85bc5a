//! Subject and object of a verb.

use super::fill::{Near, Window, cases, feminine};
use super::{Filler, Frame, Opening};
use crate::mention::entity::Kind;
use crate::token::Kind as TokenKind;
use khaldun_lexicon::Features;
use khaldun_lexicon::lexicon::{EntryKind, Event, Role, Slot};

/// Tokens that may stand between an act and the verb that tells what it did.
const DESCRIBES: usize = 2;

impl Window<'_, '_> {
    /// Subject and object of a verb or of a participle that goes on from a verb.
    pub(super) fn verb(&self, frame: &mut Frame, inherited: &[usize], before: &[Frame]) {
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
        // A verb with a plural ending has its subject before it, and not a single person.
        let many = p.finite() && p.features.any(Features::PLUR | Features::DUAL) && !p.features.has(Features::SING);
        let agree = |m: usize, after: bool| -> f32 {
            let x = &self.input.mentions[m];
            let one = matches!(x.kind, Kind::Person | Kind::Title | Kind::State)
                && !x.features.any(Features::PLUR | Features::DUAL)
                && self.group(m).len() == 1;
            agree(m, after) + if many && one { w.subject_disagrees } else { 0.0 }
        };
        let mut subjects: Vec<(usize, f32, bool, bool)> = Vec::new(); // mention, score, stands after, resolved
        let person = p.features.any(Features::P1 | Features::P2);
        let participle = !p.finite();
        if !person {
            // "closed the offices": the `with` word is the object; "aircraft bombed": armed means act themselves.
            let names_with = |n: &Near| {
                let m = &self.input.mentions[n.mention];
                !matches!(m.kind, Kind::Military | Kind::ArmedGroup) && with.is_some_and(|w| m.tokens.contains(&w))
            };
            let subject = |n: &&Near| !n.owned && !names_with(n) && cases(self.input, n.mention).0;
            for n in right.iter().filter(subject).take(3) {
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
                if !participle && !many {
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
        // "that she refuses": the pronoun of the complementizer is the subject.
        if clause.opening == Opening::That
            && !person
            && let Some(pronoun) = self.input.morphs.at(clause.tokens.start).iter().find_map(|a| a.pronoun)
        {
            let known = inherited.first().copied().filter(|m| self.agrees(Some(pronoun), *m));
            let m = known.or_else(|| self.antecedent(Some(pronoun), clause.tokens.start, None, false, &clause));
            if let Some(m) = m {
                subjects.push((m, w.subject_antecedent, false, true));
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
        // "A bombing struck a station": the act right before the verb is what does it.
        let act = before.last().map(|f| &f.predicate).filter(|q| {
            let f = q.features;
            !q.finite()
                && q.clause == p.clause
                && self.acts.contains(&q.tokens.end)
                && !p.conjunction
                && !participle
                && self.between(q.tokens.end, p.tokens.start) <= DESCRIBES
                && !(f.has(Features::FEM) && p.features.has(Features::MASC))
                && !(f.has(Features::MASC) && f.has(Features::SING) && p.features.has(Features::FEM))
        });
        if act.is_some() {
            let strikes = frame.senses.iter().any(|s| match &self.input.entry(s.entry).kind {
                EntryKind::Event(e) => {
                    self.input.lexicon.tables.scheme[e.kind as usize].quad == 4
                        && e.role(Slot::Object) == Some(Role::Recipient)
                }
                _ => false,
            });
            subjects.retain(|s| s.2 && !strikes);
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
            .filter(|n| cases(self.input, n.mention).1)
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
            && act.is_none()
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
                let victim = &self.input.mentions[o.0];
                let victim = p.conjunction && victim.kind == Kind::People && victim.sector == "CVL" && !victim.definite;
                let pair = s.1
                    + o.1
                    + if taken_over && !victim {
                        w.object_with_inherited
                    } else {
                        0.0
                    };
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
        // "The attack that they carried out": the pronoun means the act.
        let act_before = self
            .nominal
            .partition_point(|e| *e <= clause.tokens.start)
            .checked_sub(1);
        let of_act = clause.opening == Opening::Relative
            && act_before.is_some_and(|k| self.nominal[k] + DESCRIBES >= clause.tokens.start);
        if frame.filler(Slot::Object).is_none()
            && p.pronoun.is_some()
            && takes_object
            && !of_act
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

    /// Words between two tokens that are neither when nor where.
    fn between(&self, from: usize, to: usize) -> usize {
        (from..to)
            .filter(|i| !self.input.timed[*i])
            .filter(|i| self.input.mention_at(*i).is_none_or(|m| m.preposition.is_none()))
            .count()
    }

    /// The word right behind a verb is a noun that is no mention: likely the verb's subject. `Some(true)` if it has the article.
    pub(super) fn other_noun(&self, from: usize, end: usize) -> Option<bool> {
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
    pub(super) fn reads_passive(
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
        let plural = Features::PLUR | Features::DUAL;
        if frame.predicate.finite() && frame.predicate.features.any(plural) && !first.is_empty() {
            return false;
        }
        // "Destroyed a bridge": the case says that it is the object.
        if first.first().is_some_and(|n| !cases(self.input, n.mention).0) {
            return false;
        }
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
                people(one.mention) && (same_group || two.distance > one.distance + 6 || two.commas > one.commas)
            }
        }
    }

    pub(super) fn filler(
        &self,
        slot: Slot,
        mention: usize,
        score: f32,
        rivals: &[(usize, f32)],
        resolved: bool,
    ) -> Filler {
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
}
