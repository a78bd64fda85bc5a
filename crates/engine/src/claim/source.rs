//! Who speaks: subjects of verbs of saying, phrases such as "according to", labels of headlines, quotations that go on.

use super::Source;
use crate::frame::{Clause, Frame, Input, Opening, feminine};
use crate::mention::entity::Kind;
use crate::sentence::Sentence;
use khaldun_lexicon::Features;
use khaldun_lexicon::lexicon::{EntryKind, Slot, Target};
use khaldun_lexicon::names::ARTICLE;

/// Who has spoken so far in the article.
#[derive(Clone, Debug, Default)]
pub struct Talk {
    spoken: Vec<usize>,
    /// A quotation was left open by the sentence before.
    open: Option<Source>,
}

/// So many speakers are remembered.
const REMEMBERED: usize = 24;

impl Talk {
    /// Somebody has spoken.
    pub(super) fn spoke(&mut self, m: usize) {
        if self.spoken.last() != Some(&m) {
            if self.spoken.len() == REMEMBERED {
                self.spoken.remove(0);
            }
            self.spoken.push(m);
        }
    }

    /// The quotation that goes on into this sentence.
    pub(super) fn open_at_start(&mut self, input: &Input, sentence: &Sentence) -> Option<Source> {
        let newline =
            sentence.tokens.start > 0 && input.tokens[sentence.tokens.start - 1].kind == crate::token::Kind::Newline;
        if newline {
            self.open = None;
        }
        self.open
    }

    /// The last speaker who may be the subject of a form of this gender.
    fn last(&self, input: &Input, features: Features) -> Option<usize> {
        let (feminine_form, masculine_form) = (features.has(Features::FEM), features.has(Features::MASC));
        let fits = |m: &&usize| match feminine(input, **m) {
            Some(true) => feminine_form || !masculine_form,
            Some(false) => masculine_form || !feminine_form,
            None => true,
        };
        self.spoken.iter().rev().find(fits).copied()
    }

    /// "The source", "the minister": the earlier speaker whose words begin with the same noun.
    fn same_noun(&self, input: &Input, m: usize) -> Option<usize> {
        let mention = &input.mentions[m];
        if mention.tokens.len() > 1 && mention.kind == Kind::Title && !mention.named {
            // "The head of the movement" after "the head of the movement, So-and-so".
            let text = |m: usize| khaldun_lexicon::fold::fold(input.text.slice(input.mentions[m].span));
            let title = text(m);
            let ends = |rest: &str| !rest.starts_with(char::is_alphanumeric);
            let same = |s: &usize| input.mentions[*s].named && text(*s).strip_prefix(&title).is_some_and(ends);
            return self.spoken.iter().rev().copied().find(same);
        }
        if mention.tokens.len() > 1
            || !mention.definite
            || mention.name != mention.span
            || !matches!(mention.kind, Kind::Source | Kind::Title)
        {
            return None;
        }
        let noun = noun_of(input, m);
        let named = self
            .spoken
            .iter()
            .rev()
            .copied()
            .find(|&s| s != m && noun_of(input, s) == noun && input.mentions[s].key != mention.key);
        named.or_else(|| {
            // "The source", "the statement": whoever it was that spoke last, if it is of that kind.
            let kind = mention.source_kind(input.lexicon)?;
            let like = |s: usize| {
                let other = &input.mentions[s];
                match kind {
                    "media" => other.kind == Kind::Outlet || other.source_kind(input.lexicon) == Some("media"),
                    "anonymous" => matches!(other.kind, Kind::Outlet | Kind::Source),
                    _ => true,
                }
            };
            let last = *self.spoken.last()?;
            (last != m && like(last)).then_some(last)
        })
    }
}

/// The first word of a mention without article.
fn noun_of(input: &Input, m: usize) -> String {
    let folded = khaldun_lexicon::fold::fold(input.text.slice(input.mentions[m].span));
    let first = folded.split(' ').next().unwrap_or("").to_owned();
    first.strip_prefix(ARTICLE).map(str::to_owned).unwrap_or(first)
}

/// Whether a mention can be somebody who speaks.
pub fn can_speak(input: &Input, m: usize) -> bool {
    let mention = &input.mentions[m];
    match mention.kind {
        Kind::Site => false,
        Kind::Place => matches!(mention.target, Some(Target::Capital(_))),
        Kind::People => !matches!(mention.sector.as_str(), "" | "UNK" | "UAF" | "REF"),
        _ => true,
    }
}

/// Who speaks in each frame of saying; acts that are speech count as said by their actor.
pub(super) fn speakers(input: &Input, frames: &[Frame], talk: &mut Talk) -> Vec<Vec<usize>> {
    let mut out: Vec<Vec<usize>> = Vec::with_capacity(frames.len());
    for (k, frame) in frames.iter().enumerate() {
        let mut found = Vec::new();
        let speech = frame.senses.iter().find_map(|s| match &input.entry(s.entry).kind {
            EntryKind::Speech { source, .. } => Some(Some(*source)),
            EntryKind::Event(e) => verbal(input, e.kind).then_some(None),
            _ => None,
        });
        match speech {
            Some(Some(source)) => {
                found = speaker(input, frames, k, source, talk);
                let hard = frame.predicate.finite()
                    || frame.predicate.features.has(Features::ACTIVE_PARTICIPLE)
                    || !found.is_empty() && frame.filler(Slot::Genitive).is_some_and(|f| !f.resolved);
                // An outlet that only relays does not go on speaking.
                let relays =
                    k > 0 && source.is_some() && found.first().is_some_and(|m| input.mentions[*m].kind == Kind::Outlet);
                if let Some(&m) = found.first().filter(|_| hard && !relays) {
                    talk.spoke(m);
                }
            }
            Some(None) => {
                let subject = frame.filler(Slot::Subject).or_else(|| frame.filler(Slot::Genitive));
                if let Some(f) = subject.filter(|f| can_speak(input, f.mentions[0])) {
                    found.clone_from(&f.mentions);
                    if !f.resolved && frame.predicate.finite() {
                        talk.spoke(f.mentions[0]);
                    }
                }
            }
            None => {}
        }
        out.push(found);
    }
    out
}

fn verbal(input: &Input, kind: u8) -> bool {
    matches!(input.lexicon.tables.scheme[kind as usize].quad, 1 | 3)
}

fn speaker(input: &Input, frames: &[Frame], k: usize, source: Option<Slot>, talk: &Talk) -> Vec<usize> {
    let frame = &frames[k];
    let p = &frame.predicate;
    let mut out = Vec::new();
    if let Some(slot) = source {
        // "Reuters quoted an official": the official; the outlet too.
        if let Some(f) = frame.filler(slot) {
            out.extend(f.mentions.iter().map(|m| named(input, *m, talk)));
        }
        let outlet = |m: usize| {
            input.mentions[m].kind == Kind::Outlet || input.mentions[m].source_kind(input.lexicon) == Some("media")
        };
        if let Some(f) = frame.filler(Slot::Subject)
            && (out.is_empty() && !f.resolved && can_speak(input, f.mentions[0])
                || outlet(f.mentions[0]) && (!f.resolved || out.is_empty()))
        {
            out.extend(f.mentions.iter().filter(|m| outlet(**m) || can_speak(input, **m)));
        }
        return out;
    }
    if !frame.agents.is_empty() {
        return frame.agents.clone();
    }
    if p.features.has(Features::PASSIVE) && !p.features.has(Features::ACTIVE) {
        return out;
    }
    let noun = !p.finite() && !p.features.has(Features::ACTIVE_PARTICIPLE);
    let filler = if noun {
        frame.filler(Slot::Genitive).or_else(|| frame.filler(Slot::Subject))
    } else {
        frame.filler(Slot::Subject)
    };
    if let Some(f) = filler {
        let first = f.mentions[0];
        // Right behind the verb anybody may speak; so may "a diplomat from …" of whom only the nisba is known.
        let start = input.mentions[first].tokens.start;
        let beside = start == p.tokens.end || input.mentions[first].adjective && start == p.tokens.end + 1;
        if !f.resolved && (beside || can_speak(input, first)) {
            return f.mentions.iter().map(|m| named(input, *m, talk)).collect();
        }
        // Quoted words in a quotation: "his saying that" after "quoted … from".
        let quoted = frame.governor.is_some_and(|g| {
            frames[g.frame]
                .senses
                .iter()
                .any(|s| matches!(input.entry(s.entry).kind, EntryKind::Speech { source: Some(_), .. }))
        });
        if noun && quoted {
            return out;
        }
    }
    if p.features.has(Features::P1) {
        return talk.spoken.last().copied().into_iter().collect();
    }
    let inherited = filler.map(|f| f.mentions[0]).filter(|m| can_speak(input, *m));
    if noun && p.pronoun.is_none() {
        return inherited.into_iter().collect();
    }
    out.extend(talk.last(input, p.features).or(inherited));
    out
}

/// The speaker behind a noun: the earlier name of "the source", the issuer of "a statement by".
fn named(input: &Input, m: usize, talk: &Talk) -> usize {
    if let Some(issuer) = issuer(input, m) {
        return issuer;
    }
    talk.same_noun(input, m).unwrap_or(m)
}

/// Who issued a document: the mention behind it that hangs on it by a preposition.
fn issuer(input: &Input, m: usize) -> Option<usize> {
    let mention = &input.mentions[m];
    if mention.source_kind(input.lexicon) != Some("document") || !mention.country.is_empty() {
        return None;
    }
    let next = input.mentions.get(m + 1)?;
    let gap = mention.tokens.end..next.tokens.start;
    let clear = gap.len() <= 2
        && gap
            .clone()
            .all(|i| input.tokens[i].kind == crate::token::Kind::Word && !input.timed[i]);
    let who = matches!(
        next.kind,
        Kind::Government
            | Kind::Military
            | Kind::Party
            | Kind::ArmedGroup
            | Kind::Organisation
            | Kind::Title
            | Kind::State
            | Kind::Person
    );
    // "A statement that the ministry issued": the verb carries its pronoun.
    let issued = gap.len() == 1
        && input
            .morphs
            .at(gap.start)
            .iter()
            .any(|a| a.features.is_finite() && a.pronoun.is_some());
    (clear && who && (next.preposition.is_some() || next.agent || issued) && can_speak(input, m + 1)).then_some(m + 1)
}

/// "According to X", "as Y said": holds for the sentence.
pub(super) fn phrases(
    input: &Input,
    sentence: &Sentence,
    frames: &[Frame],
    speakers: &[Vec<usize>],
    talk: &mut Talk,
) -> Vec<Source> {
    let mut out: Vec<Source> = Vec::new();
    for i in sentence.tokens.clone() {
        let phrase = input
            .morphs
            .at(i)
            .iter()
            .filter(|a| a.pronoun.is_none())
            .find_map(|a| match a.target {
                Target::Entry(e) => match input.entry(e).kind {
                    EntryKind::Phrase { stance, .. } => Some((stance, i + a.tokens as usize)),
                    _ => None,
                },
                _ => None,
            });
        let Some((stance, end)) = phrase else { continue };
        // A verb of saying behind it has the source as its subject.
        let speech = frames.iter().position(|f| {
            (end..end + 3).contains(&f.predicate.tokens.start)
                && f.senses
                    .iter()
                    .any(|s| matches!(input.entry(s.entry).kind, EntryKind::Speech { .. }))
        });
        let own_words = speech.is_some_and(|k| !frames[k].predicate.finite() && frames[k].predicate.pronoun.is_some());
        let found: Vec<usize> = match speech {
            Some(k) if !speakers[k].is_empty() => speakers[k].clone(),
            _ => beside(input, sentence, end)
                .map(|m| named(input, m, talk))
                .into_iter()
                .collect(),
        };
        for mention in found {
            if out.iter().all(|s| s.mention != mention) {
                out.push(Source {
                    mention,
                    stance,
                    frame: speech,
                    deed: false,
                });
                if !own_words && input.mentions[mention].kind != Kind::Outlet {
                    talk.spoke(mention);
                }
            }
        }
    }
    out
}

/// The mention that stands right at a token, or behind one unknown noun that it describes or belongs to.
fn beside(input: &Input, sentence: &Sentence, at: usize) -> Option<usize> {
    let m = (at..(at + 3).min(sentence.tokens.end)).find_map(|j| input.mention_index(j))?;
    let mention = &input.mentions[m];
    let gap = mention.tokens.start.checked_sub(at)?;
    let words =
        (at..mention.tokens.start).all(|i| input.tokens[i].kind == crate::token::Kind::Word || input.folded(i) == "\"");
    (words && (gap == 0 || mention.preposition.is_none()) && mention.kind != Kind::Site).then_some(m)
}

/// The speaker before a headline's colon, and where the speech begins.
pub(super) fn label(
    input: &Input,
    sentence: &Sentence,
    clauses: &[Clause],
    frames: &[Frame],
) -> Option<(usize, usize)> {
    let second = clauses.iter().skip(1).find(|c| c.opening == Opening::Main)?;
    let before = sentence.tokens.start..second.tokens.start;
    if frames
        .iter()
        .any(|f| before.contains(&f.predicate.tokens.start) && f.predicate.finite())
    {
        return None;
    }
    let m = before.clone().find_map(|i| input.mention_index(i))?;
    let mention = &input.mentions[m];
    if mention.adjective
        || mention.kind == Kind::People
        || mention.preposition.is_some()
        || mention.tokens.start > before.start + 3
    {
        return None;
    }
    // A bare singular source noun is an invitation ("watch:").
    if mention.kind == Kind::Source
        && mention.tokens.len() == 1
        && !mention.definite
        && !mention.features.has(Features::PLUR)
    {
        return None;
    }
    let first_person = frames
        .iter()
        .any(|f| f.predicate.tokens.start >= second.tokens.start && f.predicate.features.has(Features::P1));
    let longer = mention.tokens.end + 1 < second.tokens.start;
    let capital = || {
        input
            .lexicon
            .tables
            .states
            .iter()
            .any(|s| input.text.slice(mention.name) == s.capital)
    };
    (!matches!(mention.kind, Kind::State | Kind::Place)
        || first_person
        || longer && mention.kind == Kind::State
        || capital())
    .then_some((second.tokens.start, m))
}

/// For each frame the speaker in whose quotation it stands: behind a verb of saying and a colon or an opened quotation mark.
pub(super) fn quotations(
    input: &Input,
    sentence: &Sentence,
    frames: &[Frame],
    speakers: &[Vec<usize>],
    carried: Option<Source>,
    talk: &mut Talk,
) -> Vec<Option<Source>> {
    let mut out = vec![None; frames.len()];
    let mut now = carried;
    // Inside quotation marks; behind a colon the quotation may do without.
    let mut inside = carried.is_some();
    let mut colon = false;
    let mut last: Option<Source> = None;
    for i in sentence.tokens.clone() {
        let word = input.folded(i);
        if input.tokens[i].kind == crate::token::Kind::Punct {
            match word {
                "\"" => {
                    inside = !inside;
                    now = if inside { last } else { None };
                }
                ":" => {
                    colon = last.is_some();
                }
                _ => {}
            }
            continue;
        }
        let Some(k) = frames.iter().position(|f| f.predicate.tokens.start == i) else {
            continue;
        };
        let speech = frames[k].senses.iter().find_map(|s| match &input.entry(s.entry).kind {
            EntryKind::Speech { stance, .. } => Some(*stance),
            _ => None,
        });
        if inside || colon {
            out[k] = if inside { now } else { last };
        }
        if let (Some(stance), Some(&mention), false) = (speech, speakers[k].first(), inside) {
            last = Some(Source {
                mention,
                stance,
                frame: Some(k),
                deed: false,
            });
            colon = false;
        }
    }
    talk.open = if inside { now } else { None };
    out
}
