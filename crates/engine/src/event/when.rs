//! When: which time expression belongs to which predicate, and which acts share the day of a speech.

use super::Document;
use super::draft::{Draft, event_of};
use super::merge::same_party;
use crate::frame::Opening;
use crate::mention::entity::Kind;
use crate::mention::time::TimeKind;
use jiff::civil::Date;
use khaldun_lexicon::Features;
use khaldun_lexicon::lexicon::{Effect, EntryKind, Slot};

/// The interval of a frame, with the index of the time expression.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct When {
    /// First day.
    pub from: Date,
    /// Last day.
    pub to: Date,
    /// Index of the expression.
    pub time: usize,
}

/// The days of one sentence.
struct Days {
    /// By frame.
    frames: Vec<Option<When>>,
    /// The day of the statement that the sentence is taken from ("according to a statement issued today").
    statement: Option<When>,
}

/// For each frame of a sentence the time expression that it governs. A time word belongs to the nearest predicate before it in its clause; one that opens its clause
/// belongs to the first predicate behind it. Between a verb of saying and the act that it reports, the nearer one has it.
pub fn assign(doc: &Document, s: usize) -> Vec<Option<When>> {
    days(doc, s).frames
}

fn days(doc: &Document, s: usize) -> Days {
    let a = &doc.sentences[s];
    let mut out: Vec<Option<When>> = vec![None; a.frames.len()];
    let mut statement = None;
    for (t, time) in doc.times.iter().enumerate() {
        let at = time.tokens.start as usize;
        let (Some(from), Some(to), TimeKind::Date) = (time.from, time.to, time.kind) else {
            continue;
        };
        if !a.sentence.tokens.contains(&at) {
            continue;
        }
        let clause = a.clauses.iter().rposition(|c| c.tokens.contains(&at)).unwrap_or(0);
        let inside = |k: &usize| a.frames[*k].predicate.clause == clause && owns(doc, s, *k);
        let before = (0..a.frames.len())
            .filter(inside)
            .rfind(|k| a.frames[*k].predicate.tokens.end <= at);
        let behind = (0..a.frames.len())
            .filter(inside)
            .find(|k| a.frames[*k].predicate.tokens.start >= at);
        let owner = match (before, behind) {
            (Some(b), _) => Some(b),
            (None, Some(k)) => Some(k),
            // A clause of its own without predicate: the last predicate before it.
            (None, None) => (0..a.frames.len()).rfind(|k| a.frames[*k].predicate.tokens.end <= at && owns(doc, s, *k)),
        };
        let when = Some(When { from, to, time: t });
        // Behind "according to" it is the day of the statement.
        if let Some(phrase) = phrase_before(doc, s, at) {
            if owner.is_none_or(|k| a.frames[k].predicate.tokens.start < phrase) {
                statement = statement.or(when);
                continue;
            }
            if owner.is_some_and(|k| event_of(doc, &a.frames[k]).is_none()) {
                statement = statement.or(when);
            }
        }
        let Some(mut k) = owner else { continue };
        // A verb right before its own noun ("held talks on Sunday"): both have the day.
        for _ in 0..4 {
            if out[k].is_none() {
                out[k] = when;
            }
            match a.claims[k].lent {
                Some(l) if l != k => k = l,
                _ => break,
            }
        }
        // "Said in a statement today": the day of the statement is that of the saying.
        let holder = &a.frames[k].predicate;
        if !holder.finite()
            && holder.preposition.is_some()
            && (says(doc, s, k) || event_of(doc, &a.frames[k]).is_none())
        {
            let up = (0..k)
                .rev()
                .find(|g| a.frames[*g].predicate.clause == holder.clause && a.frames[*g].predicate.finite());
            if let Some(g) = up.filter(|g| out[*g].is_none() && (says(doc, s, *g) || speech_act(doc, s, *g))) {
                out[g] = when;
            }
        }
        // What a light verb or operator with the day governs has it too; not what is only told that day.
        for j in 0..a.frames.len() {
            if out[j].is_none() && a.claims[j].lent == Some(k) && !says(doc, s, k) {
                out[j] = when;
            }
        }
        let plain = event_of(doc, &a.frames[k]).is_none() && !says(doc, s, k);
        if plain && a.frames[k].predicate.finite() {
            // "Central Paris saw shootings tonight": the verb is no event, the noun behind it is.
            let light = |f: &crate::frame::Frame| {
                f.senses.iter().any(|x| {
                    matches!(
                        doc.input.entry(x.entry).kind,
                        EntryKind::Light { .. } | EntryKind::Operator { .. }
                    )
                })
            };
            let next = (k + 1..a.frames.len()).find(|j| {
                a.frames[*j].predicate.clause == a.frames[k].predicate.clause && event_of(doc, &a.frames[*j]).is_some()
            });
            if let Some(j) = next.filter(|j| {
                out[*j].is_none()
                    && !light(&a.frames[k])
                    && a.frames[*j].predicate.tokens.start <= a.frames[k].predicate.tokens.end + 14
            }) {
                let p = &a.frames[j].predicate;
                if !p.finite() && p.preposition.is_none_or(|x| carries(doc, x)) {
                    out[j] = when;
                }
            }
            // "During a session that was held yesterday": what was done there was done that day.
            let opening = a.clauses[a.frames[k].predicate.clause].opening;
            let start = a.clauses[a.frames[k].predicate.clause].tokens.start;
            let somebody = |m: &usize| {
                matches!(
                    doc.input.mentions[*m].kind,
                    Kind::Person
                        | Kind::Title
                        | Kind::State
                        | Kind::Government
                        | Kind::Military
                        | Kind::Party
                        | Kind::ArmedGroup
                )
            };
            let whose = doc.input.mention_ending(start).filter(somebody);
            if matches!(opening, Opening::Serial | Opening::Relative)
                && whose.is_none()
                && !a.frames[k].predicate.conjunction
            {
                let up = (0..k)
                    .rev()
                    .find(|g| a.frames[*g].predicate.clause < a.frames[k].predicate.clause && owns(doc, s, *g));
                if let Some(g) = up.filter(|g| out[*g].is_none() && (says(doc, s, *g) || speech_act(doc, s, *g))) {
                    out[g] = when;
                }
            }
        }
    }
    // "…, calling on": a participle that goes on from a verb is of the same moment.
    for k in 0..a.frames.len() {
        let p = &a.frames[k].predicate;
        if out[k].is_some()
            || !p.features.has(Features::ACTIVE_PARTICIPLE)
            || a.clauses[p.clause].opening != Opening::Serial
            || !(speech_act(doc, s, k) || says(doc, s, k))
        {
            continue;
        }
        let main = (0..k).rev().find(|g| {
            let q = &a.frames[*g].predicate;
            q.finite()
                && q.clause < p.clause
                && matches!(
                    a.clauses[q.clause].opening,
                    Opening::Main | Opening::Coordinate | Opening::Serial
                )
        });
        let Some(g) = main else { continue };
        let same = match (a.frames[g].filler(Slot::Subject), a.frames[k].filler(Slot::Subject)) {
            (Some(x), Some(y)) => doc.input.mentions[x.mentions[0]].key == doc.input.mentions[y.mentions[0]].key,
            _ => true,
        };
        if same {
            out[k] = out[g];
        }
    }
    Days { frames: out, statement }
}

/// A preposition by which some light verb takes its noun; "after" and "before" are not among them.
fn carries(doc: &Document, preposition: u16) -> bool {
    doc.input.lexicon.tables.entries.iter().any(|e| match &e.kind {
        EntryKind::Light { noun, .. } => noun.contains(&Slot::Prep(preposition)),
        _ => false,
    })
}

/// Where the last "according to" before a token begins.
fn phrase_before(doc: &Document, s: usize, at: usize) -> Option<usize> {
    let start = doc.sentences[s].sentence.tokens.start.max(at.saturating_sub(16));
    (start..at).rev().find(|&i| {
        doc.input.morphs.at(i).iter().any(|a| match a.target {
            khaldun_lexicon::lexicon::Target::Entry(e) => matches!(doc.input.entry(e).kind, EntryKind::Phrase { .. }),
            _ => false,
        })
    })
}

/// Verbs that only fill (kana, "be") have no day of their own.
fn owns(doc: &Document, s: usize, k: usize) -> bool {
    let frame = &doc.sentences[s].frames[k];
    frame
        .senses
        .iter()
        .any(|x| !matches!(doc.input.entry(x.entry).kind, EntryKind::Plain))
        || frame.predicate.finite()
}

/// A verb of saying.
fn says(doc: &Document, s: usize, k: usize) -> bool {
    event_of(doc, &doc.sentences[s].frames[k]).is_none()
        && doc.sentences[s].frames[k]
            .senses
            .iter()
            .any(|x| matches!(doc.input.entry(x.entry).kind, EntryKind::Speech { .. }))
}

/// An act that is done by speaking; a meeting is none.
fn speech_act(doc: &Document, s: usize, k: usize) -> bool {
    event_of(doc, &doc.sentences[s].frames[k]).is_some_and(|(_, e)| by_speech(doc, e.kind))
}

fn by_speech(doc: &Document, kind: u8) -> bool {
    let t = &doc.input.lexicon.tables.scheme[kind as usize];
    matches!(t.quad, 1 | 3) && t.name != "CONSULT"
}

/// A day on which somebody spoke.
struct Said {
    sentence: usize,
    when: When,
    /// Who; nobody means: whoever acts in that sentence.
    who: Vec<usize>,
    /// A meeting: its day holds for what was said in the same sentence and the next.
    meeting: bool,
}

/// The verbal acts of one dated speech, statement or meeting share its day.
pub fn speaking_days(doc: &Document, drafts: &mut [Draft]) {
    let published = doc.article.published;
    let scheme = &doc.input.lexicon.tables.scheme;
    let mut said: Vec<Said> = Vec::new();
    for s in 0..doc.sentences.len() {
        let days = days(doc, s);
        for (k, when) in days.frames.iter().enumerate() {
            let Some(when) = *when else { continue };
            let a = &doc.sentences[s];
            if says(doc, s, k) && a.claims[k].sources.is_empty() && !a.claims[k].speakers.is_empty() {
                said.push(Said {
                    sentence: s,
                    when,
                    who: a.claims[k].speakers.clone(),
                    meeting: false,
                });
            }
        }
        if let Some(when) = days.statement {
            said.push(Said {
                sentence: s,
                when,
                who: Vec::new(),
                meeting: false,
            });
        }
    }
    // A demand made in the past has no day to come: the day is that of what is demanded.
    for d in drafts.iter_mut() {
        let p = &doc.sentences[d.sentence].frames[d.frame].predicate;
        let past = p.finite() && p.features.has(Features::PERFECT);
        let to_come = d.when.is_some_and(|w| published.is_some_and(|p| w.from > p));
        if past && to_come && scheme[d.kind as usize].quad == 3 {
            d.why.push("the day to come is that of what is asked".into());
            d.when = None;
        }
    }
    for d in drafts.iter() {
        let Some(when) = d.when else { continue };
        let f = &doc.sentences[d.sentence].frames[d.frame];
        let passing = !f.predicate.finite()
            && (f.predicate.pronoun.is_some() || f.governor.is_none() && !doc.sentences[d.sentence].sentence.heading);
        if d.actors.is_empty() || d.effects.contains(&Effect::Future) || passing || told_as_past(doc, d) {
            continue;
        }
        let meeting = scheme[d.kind as usize].name == "CONSULT";
        if meeting || by_speech(doc, d.kind) {
            said.push(Said {
                sentence: d.sentence,
                when,
                who: d
                    .actors
                    .iter()
                    .chain(d.recipients.iter().filter(|_| meeting))
                    .copied()
                    .collect(),
                meeting,
            });
        }
    }
    // A day, not a season, and not long before the paper.
    said.retain(|x| {
        let length = x.when.from.until(x.when.to).map_or(0, |d| d.get_days());
        length <= 3
            && published.is_none_or(|p| x.when.from <= p && x.when.to >= p.saturating_sub(jiff::Span::new().days(10)))
    });
    // What is promised for later is promised now.
    for d in drafts.iter_mut() {
        let target = scheme.iter().any(|t| t.future == Some(d.kind));
        if target {
            d.effects.retain(|e| *e != Effect::Future);
        }
    }
    // What one act of a speech gives to the next may go on from there.
    for _ in 0..2 {
        let found: Vec<(usize, When)> = (0..drafts.len())
            .filter_map(|i| Some((i, shared_day(doc, &drafts[i], &said)?)))
            .collect();
        for (i, when) in found {
            let d = &mut drafts[i];
            d.when = Some(when);
            d.why.push("day of the speech or meeting".into());
            if !d.actors.is_empty() {
                said.push(Said {
                    sentence: d.sentence,
                    when,
                    who: d.actors.clone(),
                    meeting: false,
                });
            }
        }
    }
    meetings(doc, drafts);
}

/// The day that an undated verbal act shares with what was said or where the sides met.
fn shared_day(doc: &Document, d: &Draft, said: &[Said]) -> Option<When> {
    if d.when.is_some() || !by_speech(doc, d.kind) || !spoken_here(doc, d) || told_as_past(doc, d) {
        return None;
    }
    let by: Vec<usize> = if d.actors.is_empty() {
        d.sources.iter().map(|s| s.mention).collect()
    } else {
        d.actors.clone()
    };
    let near = |x: &&Said| {
        let gap = x.sentence.abs_diff(d.sentence);
        2 * gap + usize::from(x.sentence > d.sentence) + usize::from(x.meeting)
    };
    let holds = |x: &&Said| {
        let gap = x.sentence.abs_diff(d.sentence);
        let behind = d.sentence >= x.sentence;
        let here = gap == 0 || x.meeting && behind && gap <= if by.is_empty() { 2 } else { 1 };
        if x.meeting && !here {
            return false;
        }
        if x.who.is_empty() {
            return gap == 0;
        }
        by.iter().any(|m| x.who.iter().any(|w| same_party(doc, *m, *w)))
            || by.is_empty() && here
            // The speaker's side acts in his words.
            || gap == 0 && d.sources.iter().any(|s| x.who.contains(&s.mention))
    };
    if let Some(x) = said.iter().filter(holds).min_by_key(near) {
        return Some(x.when);
    }
    // A heading tells what the text dates, if that knows one day of speaking only.
    if !doc.sentences[d.sentence].sentence.heading {
        return None;
    }
    let mut days = said.iter().filter(|x| !x.meeting).map(|x| (x.when.from, x.when.to));
    let one = days.next()?;
    let only = days.all(|d| d == one);
    let x = said
        .iter()
        .filter(|x| !x.meeting)
        .find(|x| x.sentence.abs_diff(d.sentence) <= 3)?;
    let foreign = |m: usize, w: usize| {
        let (a, b) = (super::records::country(doc, m), super::records::country(doc, w));
        a != b
    };
    let same_side = x.who.is_empty() || by.iter().any(|m| x.who.iter().any(|w| !foreign(*m, *w)));
    (only && same_side).then_some(x.when)
}

/// A verbal act that the text tells as done now, not one that it only names or tells in passing.
fn spoken_here(doc: &Document, d: &Draft) -> bool {
    let a = &doc.sentences[d.sentence];
    let f = &a.frames[d.frame];
    if a.sentence.heading {
        return true;
    }
    let turned = event_of(doc, f).is_some_and(|(_, e)| e.kind != d.kind);
    if d.effects.contains(&Effect::Future) && !turned {
        return false;
    }
    let relative = a.clauses[f.predicate.clause].opening == Opening::Relative;
    let named = !f.predicate.finite() && !f.predicate.features.has(Features::ACTIVE_PARTICIPLE) && f.governor.is_none();
    !relative && !named
}

/// A deed that somebody's speech reports as done ("said that his party had called on …").
fn told_as_past(doc: &Document, d: &Draft) -> bool {
    let f = &doc.sentences[d.sentence].frames[d.frame];
    let reported = f
        .governor
        .is_some_and(|g| g.slot == Slot::That && says(doc, d.sentence, g.frame));
    let claim = &doc.sentences[d.sentence].claims[d.frame];
    // What somebody announces of himself counts from the announcement.
    let key = |m: usize| &doc.input.mentions[m].key;
    let own = f.governor.is_some_and(|g| {
        doc.sentences[d.sentence].claims[g.frame]
            .speakers
            .iter()
            .any(|s| d.actors.iter().any(|a| key(*a) == key(*s)))
    });
    !own && reported && f.predicate.finite() && f.predicate.features.has(Features::PERFECT)
        || claim.sources.iter().any(|s| s.frame.is_none())
            && f.predicate.features.has(Features::P1)
            && f.predicate.features.has(Features::PERFECT)
}

/// The day of an agreement is that of the meeting where it was made.
fn meetings(doc: &Document, drafts: &mut [Draft]) {
    let scheme = &doc.input.lexicon.tables.scheme;
    for i in 0..drafts.len() {
        if drafts[i].when.is_some()
            || scheme[drafts[i].kind as usize].name != "CONSULT"
            || told_as_past(doc, &drafts[i])
        {
            continue;
        }
        // Drafts stand in the order of their sentences.
        let here = drafts[i].sentence;
        let first = drafts.partition_point(|d| d.sentence + 1 < here);
        let past = drafts.partition_point(|d| d.sentence <= here + 1);
        let day = drafts[first..past].iter().find(|d| {
            let agreed =
                scheme[d.kind as usize].mutual && matches!(scheme[d.kind as usize].name.as_str(), "AGREE" | "SUPPORT");
            let past = d
                .when
                .is_some_and(|w| doc.article.published.is_none_or(|p| w.from <= p));
            let all = |x: &Draft| x.actors.iter().chain(&x.recipients).copied().collect::<Vec<_>>();
            let (a, b) = (all(d), all(&drafts[i]));
            agreed
                && past
                && d.sentence.abs_diff(drafts[i].sentence) <= 1
                && a.iter().any(|m| b.iter().any(|n| same_party(doc, *m, *n)))
        });
        if let Some(when) = day.and_then(|d| d.when) {
            drafts[i].when = Some(when);
            drafts[i].why.push("day of the agreement".into());
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::{Article, Engine};

    /// Type, trigger and first day of each event of a text that was published on Wednesday, 2024-05-15.
    fn check(text: &str, expect: &[&str]) {
        let article = Article {
            id: "1".into(),
            published: "2024-05-15".parse().ok(),
            text: text.into(),
            ..Article::default()
        };
        let events = Engine::bundled().worker().read(&article).events;
        let found: Vec<String> = events
            .iter()
            .map(|e| {
                format!(
                    "{} {} {}",
                    e.event_type,
                    e.evidence.trigger.text,
                    e.date.as_deref().unwrap_or("–")
                )
            })
            .collect();
        assert_eq!(found, expect, "{text}");
    }

    #[test]
    fn the_day_of_speaking_dates_what_is_done_by_speaking() {
        check(
            "قال وزير الداخلية اليوم الأربعاء إن الشرطة اعتقلت عشرة مسلحين.",
            &["COERCE اعتقلت –"],
        );
        check(
            "قال الرئيس التركي أمس الثلاثاء إن بلاده قوية. ودعا إسرائيل إلى وقف القصف.",
            &["REQUEST دعا 2024-05-14"],
        );
        check(
            "أعلنت وزارة الخارجية المصرية أمس الثلاثاء أنها استدعت السفير الإيراني.",
            &["ACCUSE استدعت 2024-05-14"],
        );
    }

    #[test]
    fn a_participle_is_of_the_moment_of_its_verb() {
        check(
            "التقى وزير الخارجية التركي أمس نظيره القطري، داعيا إلى رفع الحصار.",
            &["CONSULT التقى 2024-05-14", "REQUEST داعيا 2024-05-14"],
        );
    }
}
