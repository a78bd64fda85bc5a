//! Speeches and meetings: what is said on one occasion shares its day.

use super::Document;
use super::draft::{Draft, event_of};
use super::merge::same_party;
use super::when::{When, by_speech, days, says, tells};
use crate::frame::Opening;
use khaldun_lexicon::Features;
use khaldun_lexicon::lexicon::{Effect, Slot};

/// Sentences on either side within which a dated speech is looked for.
const REACH: usize = 12;
/// Sentences within which the only day of speaking of a text dates what is said by the same side.
const NEAR: usize = 3;
/// Dated speeches that one sentence keeps.
const MOST: usize = 8;

/// A day on which somebody spoke.
struct Said {
    sentence: usize,
    when: When,
    /// Who; nobody means: whoever acts in that sentence.
    who: Vec<usize>,
    /// A meeting: its day holds for what was said in the same sentence and the next.
    meeting: bool,
}

/// The days of speaking of a document, in the order of their sentences.
struct Days(Vec<Said>);

impl Days {
    fn new(mut said: Vec<Said>) -> Days {
        said.sort_by_key(|x| x.sentence);
        let mut kept: Vec<Said> = Vec::new();
        for x in said {
            let here = kept.iter().rev().take(MOST).filter(|y| y.sentence == x.sentence);
            let known = here
                .clone()
                .any(|y| y.when == x.when && y.who == x.who && y.meeting == x.meeting);
            if !known && here.count() < MOST {
                kept.push(x);
            }
        }
        Days(kept)
    }

    /// Those told not far from a sentence.
    fn near(&self, s: usize, reach: usize) -> &[Said] {
        let first = self.0.partition_point(|x| x.sentence + reach < s);
        let past = self.0.partition_point(|x| x.sentence <= s + reach);
        &self.0[first..past]
    }

    /// The text knows one day of speaking only.
    fn one(&self) -> bool {
        let mut days = self.0.iter().filter(|x| !x.meeting).map(|x| (x.when.from, x.when.to));
        let first = days.next();
        first.is_some() && days.all(|d| Some(d) == first)
    }
}

/// The verbal acts of one dated speech, statement or meeting share its day.
pub fn speaking_days(doc: &Document, drafts: &mut [Draft]) {
    let published = doc.article.published;
    let scheme = &doc.input.lexicon.tables.scheme;
    let mut said: Vec<Said> = Vec::new();
    for (s, a) in doc.sentences.iter().enumerate() {
        let days = days(doc, s);
        let mut add = |when: When, who: Vec<usize>| {
            said.push(Said {
                sentence: s,
                when,
                who,
                meeting: false,
            });
        };
        for (k, when) in days.frames.iter().enumerate() {
            if let Some(when) = *when
                && says(doc, s, k)
                && a.claims[k].sources.is_empty()
                // "What he had said yesterday" is an older speech.
                && a.clauses[a.frames[k].predicate.clause].opening != Opening::Relative
            {
                add(when, a.claims[k].speakers.clone());
            } else if let Some(when) = when.filter(|_| tells(doc, s, k)) {
                let subject = a.frames[k].filler(Slot::Subject);
                add(when, subject.map_or(Vec::new(), |f| f.mentions.clone()));
            }
        }
        if let Some(when) = days.statement {
            add(when, Vec::new());
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
    for d in drafts.iter().filter(|d| !d.weak) {
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
    let mut said = Days::new(said);
    for _ in 0..2 {
        let one = said.one();
        let found: Vec<(usize, When)> = (0..drafts.len())
            .filter_map(|i| Some((i, shared_day(doc, &drafts[i], &said, one)?)))
            .collect();
        let mut more = Vec::new();
        for (i, when) in found {
            let d = &mut drafts[i];
            d.when = Some(when);
            d.why.push("day of the speech or meeting".into());
            if !d.actors.is_empty() && !d.weak {
                more.push(Said {
                    sentence: d.sentence,
                    when,
                    who: d.actors.clone(),
                    meeting: false,
                });
            }
        }
        said.0.extend(more);
        said = Days::new(said.0);
    }
    meetings(doc, drafts);
}

/// The day that an undated verbal act shares with what was said or where the sides met.
fn shared_day(doc: &Document, d: &Draft, said: &Days, one: bool) -> Option<When> {
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
            // "…, describing it as": whoever the grammar found, it is he who spoke.
            || gap == 0 && goes_on(doc, d) && !doc.sentences[d.sentence].frames[d.frame].predicate.finite()
            // The speaker's side acts in his words.
            || gap == 0 && d.sources.iter().any(|s| x.who.contains(&s.mention))
    };
    if let Some(x) = said.near(d.sentence, REACH).iter().filter(holds).min_by_key(near) {
        return Some(x.when);
    }
    // In a text that knows one day of speaking only: what the same side does in the heading, and what the speaker says.
    let near = said
        .near(d.sentence, NEAR)
        .iter()
        .find(|x| !x.meeting)
        .filter(|_| one)?;
    let country = |m: usize| super::records::country(doc, m);
    let any = |list: &[usize], same: &dyn Fn(usize, usize) -> bool| {
        list.iter().any(|m| near.who.iter().any(|w| same(*m, *w)))
    };
    let holds = near.who.is_empty()
        || goes_on(doc, d)
        || doc.sentences[d.sentence].sentence.heading && any(&by, &|m, w| country(m) == country(w))
        || any(&d.sources.iter().map(|s| s.mention).collect::<Vec<_>>(), &|m, w| {
            same_party(doc, m, w)
        });
    holds.then_some(near.when)
}

/// An act without a subject of its own: he who was told of before does it.
fn goes_on(doc: &Document, d: &Draft) -> bool {
    let f = &doc.sentences[d.sentence].frames[d.frame];
    let acts = f.predicate.finite() || f.predicate.features.has(Features::ACTIVE_PARTICIPLE);
    acts && f.filler(Slot::Subject).is_none_or(|x| x.resolved)
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
    let p = &f.predicate;
    let named = !p.finite() && !p.features.has(Features::ACTIVE_PARTICIPLE) && f.governor.is_none();
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

/// The day of an agreement is that of the meeting where it was made; talks on a visit are held on its day.
fn meetings(doc: &Document, drafts: &mut [Draft]) {
    let scheme = &doc.input.lexicon.tables.scheme;
    // A meeting, or one that is planned.
    let meets = |d: &Draft| {
        let f = &doc.sentences[d.sentence].frames[d.frame];
        event_of(doc, f).is_some_and(|(_, e)| scheme[e.kind as usize].name == "CONSULT")
    };
    for i in 0..drafts.len() {
        if drafts[i].when.is_some() || !meets(&drafts[i]) || told_as_past(doc, &drafts[i]) {
            continue;
        }
        // Drafts stand in the order of their sentences.
        let here = drafts[i].sentence;
        let first = drafts.partition_point(|d| d.sentence + 1 < here);
        let past = drafts.partition_point(|d| d.sentence <= here + 1);
        let near = first.max(i.saturating_sub(MOST))..past.min(i + MOST);
        let day = drafts[near].iter().find(|d| {
            let kind = &scheme[d.kind as usize];
            let agreed = kind.mutual && matches!(kind.name.as_str(), "AGREE" | "SUPPORT") && !meets(d);
            let visit = meets(d) && d.kind == drafts[i].kind || meets(d) && d.sentence < here;
            let past = d
                .when
                .is_some_and(|w| doc.article.published.is_none_or(|p| w.from <= p));
            let all = |x: &Draft| x.actors.iter().chain(&x.recipients).copied().collect::<Vec<_>>();
            let (a, b) = (all(d), all(&drafts[i]));
            (agreed || visit) && past && !d.weak && a.iter().any(|m| b.iter().any(|n| same_party(doc, *m, *n)))
        });
        if let Some(when) = day.and_then(|d| d.when) {
            drafts[i].when = Some(when);
            drafts[i].why.push("day of the agreement or visit".into());
        }
    }
}

#[cfg(test)]
mod tests {
    /// Type, trigger and first day of each event of a text that was published on Wednesday, 2024-05-15.
    #[track_caller]
    fn check(text: &str, expect: &[&str]) {
        let show = |e: &crate::Record| {
            let date = e.date.as_deref().unwrap_or("–");
            format!("{} {} {date}", e.event_type, e.evidence.trigger.text)
        };
        crate::engine::check_events(text, show, expect);
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
