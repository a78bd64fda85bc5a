//! Stage 5, claims: according to whom, and how surely.
//!
//! Comes in: the frames of a sentence, and who has spoken before it. Goes out: one [`Claim`] a frame: sources with their stance, negation, plan, doubt, and
//! whether the act is only the content of another act. Refuses to drop anything: what is denied or doubted is a claim like any other.

mod particle;
mod source;

use crate::frame::{Clause, Frame, Input, Opening};
use crate::mention::entity::Kind;
use crate::sentence::Sentence;
use khaldun_lexicon::Features;
use khaldun_lexicon::lexicon::{Content, Effect, EntryKind, Slot, Stance};
pub use source::{Talk, can_speak};

/// A source of a claim.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Source {
    /// Who says it: a mention.
    pub mention: usize,
    /// Says so, or denies it.
    pub stance: Stance,
    /// The frame of saying, if there is one.
    pub frame: Option<usize>,
    /// What is told is done or to be done elsewhere, not by these words ("said that he had called on …").
    pub deed: bool,
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
    /// A verb of saying: who speaks, pronouns and dropped subjects resolved.
    pub speakers: Vec<usize>,
}

impl Claim {
    /// True if some effect is this one.
    pub fn has(&self, effect: Effect) -> bool {
        self.effects.iter().any(|(e, _)| *e == effect)
    }
}

/// Most sources of one claim.
const SOURCES: usize = 3;

/// Judges the frames of a sentence. `talk`: who has spoken before it; what is said here is added.
pub fn judge(input: &Input, sentence: &Sentence, clauses: &[Clause], frames: &[Frame], talk: &mut Talk) -> Vec<Claim> {
    let label = source::label(input, sentence, clauses, frames);
    if let Some((_, m)) = label {
        talk.spoke(m);
    }
    let carried = talk.open_at_start(input, sentence);
    let speakers = source::speakers(input, frames, talk);
    let phrases = source::phrases(input, sentence, frames, &speakers, talk);
    let quoted = source::quotations(input, sentence, frames, &speakers, carried, talk);
    let mut claims: Vec<Claim> = (0..frames.len())
        .map(|k| {
            let mut claim = Claim {
                question: sentence.question,
                speakers: speakers[k].clone(),
                ..Claim::default()
            };
            climb(input, clauses, frames, &speakers, k, &mut claim);
            let add = |claim: &mut Claim, s: Source| {
                if claim.sources.iter().all(|c| c.mention != s.mention) && claim.sources.len() < SOURCES {
                    claim.sources.push(s);
                }
            };
            if claim.sources.is_empty()
                && let Some(s) = quoted[k]
            {
                let p = &frames[k].predicate;
                add(
                    &mut claim,
                    Source {
                        deed: p.features.has(Features::PERFECT) && p.features.has(Features::P1),
                        ..s
                    },
                );
            }
            for s in &phrases {
                add(&mut claim, *s);
            }
            if let Some((from, mention)) = label
                && frames[k].predicate.tokens.start >= from
                && claim.sources.is_empty()
            {
                add(
                    &mut claim,
                    Source {
                        mention,
                        stance: Stance::Asserts,
                        frame: None,
                        deed: false,
                    },
                );
            }
            claim
        })
        .collect();
    carry_over(clauses, frames, &mut claims);
    // "revealed X's agreement …, with his pledge to …": an act of the same doer, told on in the same clause, has the same source.
    for k in 1..frames.len() {
        let own = frames[k]
            .filler(Slot::Genitive)
            .filter(|f| f.resolved)
            .map(|f| f.mentions[0]);
        let Some(own) = own.filter(|_| claims[k].sources.is_empty() && frames[k].governor.is_none()) else {
            continue;
        };
        let same = |m: &usize| input.mentions[*m].key == input.mentions[own].key;
        let before = (0..k).rev().take(12).find(|j| {
            frames[*j].predicate.clause == frames[k].predicate.clause
                && !claims[*j].sources.is_empty()
                && frames[*j]
                    .filler(Slot::Genitive)
                    .is_some_and(|f| f.mentions.iter().any(same))
        });
        if let Some(j) = before {
            claims[k].sources = claims[j].sources.clone();
        }
    }
    claims
}

/// A verb that goes on from reported speech ("said that the troops shelled the town, where they killed …", "but they …") is reported too.
fn carry_over(clauses: &[Clause], frames: &[Frame], claims: &mut [Claim]) {
    for k in 1..frames.len() {
        let p = &frames[k].predicate;
        let goes_on = matches!(
            clauses[p.clause].opening,
            Opening::Subordinate | Opening::Coordinate | Opening::Serial
        );
        // "… and he called on" is the speaker's own act.
        let told = !claims[k].sources.is_empty() || !claims[k].speakers.is_empty();
        if told || !goes_on || !p.finite() || frames[k].governor.is_some() {
            continue;
        }
        let before = (0..k)
            .rev()
            .take(40)
            .find(|j| frames[*j].predicate.finite() && frames[*j].predicate.clause < p.clause);
        let Some(j) = before.filter(|j| claims[*j].speakers.is_empty()) else {
            continue;
        };
        claims[k].sources = claims[j]
            .sources
            .iter()
            .map(|s| Source {
                deed: s.deed || p.features.has(Features::PERFECT),
                ..*s
            })
            .collect();
    }
}

/// Follows the governors of a frame upwards.
fn climb(input: &Input, clauses: &[Clause], frames: &[Frame], speakers: &[Vec<usize>], k: usize, claim: &mut Claim) {
    let mut at = k;
    let mut direct = true;
    let supposed = presupposed(clauses, frames, k);
    let deed = deed(input, &frames[k]);
    particle::qualifiers(input, clauses, &frames[k], claim);
    for _ in 0..6 {
        if direct {
            particle::before(input, clauses, &frames[at], claim);
        }
        let Some(governor) = frames[at].governor else { break };
        let above = &frames[governor.frame];
        let mut passes = false;
        let say = |claim: &mut Claim, stance: Stance| {
            if supposed {
                return;
            }
            for &mention in &speakers[governor.frame] {
                if claim.sources.iter().all(|s| s.mention != mention) && claim.sources.len() < SOURCES {
                    claim.sources.push(Source {
                        mention,
                        stance,
                        frame: Some(governor.frame),
                        deed,
                    });
                }
            }
        };
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
                EntryKind::Speech { stance, .. } => {
                    say(claim, *stance);
                    // An organ that announces an act by its verbal noun does it ("announced the withdrawal of its troops").
                    let organ = |m: &usize| {
                        !matches!(
                            input.mentions[*m].kind,
                            Kind::Source | Kind::Outlet | Kind::People | Kind::Person | Kind::Place
                        )
                    };
                    let verbal = frames[k]
                        .senses
                        .iter()
                        .any(|s| matches!(&input.entry(s.entry).kind, EntryKind::Event(e) if !e.noun));
                    if direct
                        && verbal
                        && !frames[k].predicate.finite()
                        && governor.slot != Slot::That
                        && speakers[governor.frame].first().is_some_and(organ)
                    {
                        claim.lent = claim.lent.or(Some(governor.frame));
                    }
                    if !supposed && *stance == Stance::Denies {
                        claim.effects.push((Effect::Negation, s.entry));
                    }
                    if !supposed && *stance == Stance::Doubts {
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
                        say(claim, Stance::Asserts);
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
    // "Did not shrink from": two negations affirm.
    if claim.effects.iter().filter(|(e, _)| *e == Effect::Negation).count() == 2 {
        claim.effects.retain(|(e, _)| *e != Effect::Negation);
    }
}

/// A definite act inside somebody's speech that is not what the speech tells ("said that the resignation of the minister surprised him").
fn presupposed(clauses: &[Clause], frames: &[Frame], k: usize) -> bool {
    let p = &frames[k].predicate;
    let definite = p.article || p.pronoun.is_some() || frames[k].filler(Slot::Genitive).is_some();
    !p.finite()
        && definite
        && frames[k].governor.is_some_and(|g| g.slot == Slot::That)
        && (p.tokens.start == clauses[p.clause].tokens.start + 1
            || frames
                .iter()
                .any(|f| f.predicate.clause == p.clause && f.predicate.finite()))
}

/// Told behind "that" as done, or as to be done where telling it does not do it.
fn deed(input: &Input, frame: &Frame) -> bool {
    let p = &frame.predicate;
    let told = p.finite() && frame.governor.is_some_and(|g| g.slot == Slot::That);
    let scheme = &input.lexicon.tables.scheme;
    let promise = |kind: u8| scheme[kind as usize].future.is_some() || scheme.iter().any(|t| t.future == Some(kind));
    let kind = frame.senses.iter().find_map(|s| match &input.entry(s.entry).kind {
        EntryKind::Event(e) => Some(e.kind),
        _ => None,
    });
    told && (p.features.has(Features::PERFECT) || p.future && kind.is_some_and(|k| !promise(k)))
}

#[cfg(test)]
mod tests {
    /// Type, trigger, sources with kind and stance, aux of each event of a text that was published on 2024-05-15.
    #[track_caller]
    fn check(text: &str, expect: &[&str]) {
        let show = |e: &crate::Record| {
            let sources: Vec<String> = e
                .attributed_to
                .iter()
                .map(|a| format!("{} {} {}", a.text, a.kind, a.stance))
                .collect();
            let (sources, aux) = (sources.join(" + "), e.aux.join(" "));
            format!("{} {} | {sources} | {aux}", e.event_type, e.evidence.trigger.text)
        };
        crate::engine::check_events(text, show, expect);
    }

    #[test]
    fn phrases_name_the_source() {
        check(
            "قصف الجيش القرية، وفق ما أكده سكان محليون.",
            &["ASSAULT قصف | سكان محليون witness asserts | "],
        );
    }

    #[test]
    fn quoted_by_an_agency() {
        check(
            "نقلت وكالة رويترز عن مصدر أمني قوله إن الشرطة التركية اعتقلت خمسة مسلحين.",
            &["COERCE اعتقلت | مصدر أمني anonymous asserts + وكالة رويترز media asserts | "],
        );
    }

    #[test]
    fn the_speaker_goes_on() {
        check(
            "قال وزير الدفاع التركي إن الجيش قصف مواقع الحزب. وأضاف أن القوات اعتقلت عشرة مسلحين.",
            &[
                "ASSAULT قصف | وزير الدفاع التركي actor asserts | ",
                "COERCE اعتقلت | وزير الدفاع التركي actor asserts | ",
            ],
        );
        check(
            "أفادت مصادر فلسطينية بأن الجيش الإسرائيلي قصف غزة. وأضافت المصادر أن الجيش اعتقل عشرة شبان.",
            &[
                "ASSAULT قصف | مصادر فلسطينية anonymous asserts | ",
                "COERCE اعتقل | مصادر فلسطينية anonymous asserts | ",
            ],
        );
    }

    #[test]
    fn reported_speech_goes_on() {
        check(
            "أشار مصدر أمني إلى أن الجيش قصف القرية، حيث قتل المسلحون عشرة مدنيين.",
            &[
                "ASSAULT قصف | مصدر أمني anonymous asserts | ",
                "ASSAULT قتل | مصدر أمني anonymous asserts | ",
            ],
        );
    }

    #[test]
    fn an_outlet_that_quotes_the_speaker() {
        check(
            "دعا الرئيس الفرنسي إيمانويل ماكرون إسرائيل إلى وقف القصف. ونقلت وكالة رويترز عن ماكرون قوله إن الوضع خطير.",
            &["REQUEST دعا | وكالة رويترز media asserts | "],
        );
    }

    #[test]
    fn an_act_of_speech_has_no_source_in_its_speaker() {
        check("دعا الرئيس الفرنسي إسرائيل إلى وقف القصف.", &["REQUEST دعا |  | "]);
        check(
            "أعلنت وزارة الخارجية المصرية اليوم أنها استدعت السفير الإيراني.",
            &["ACCUSE استدعت | وزارة الخارجية المصرية actor asserts | "],
        );
    }
}
