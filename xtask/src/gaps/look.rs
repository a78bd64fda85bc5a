//! What the lexicon lacks for one document.

use super::List;
use khaldun_engine::event::{Analysed, Document};
use khaldun_engine::frame::{Frame, Input, Opening};
use khaldun_engine::language::{Language, detect};
use khaldun_engine::mention::entity::{Kind, Mention};
use khaldun_engine::token::Kind as TokenKind;
use khaldun_lexicon::lexicon::{Class, Effect, Lexicon, Slot, Target};
use khaldun_lexicon::time::{Accept, TimeTable};
use khaldun_lexicon::{EntryKind, Features};
use std::collections::HashSet;

/// Words of an example on either side.
const AROUND: usize = 7;
/// Most words of an unknown name.
const NAME_WORDS: usize = 4;

/// One gap where it was met.
#[derive(Clone, Debug, PartialEq)]
pub struct Gap {
    /// What is lacking.
    pub list: List,
    /// What is counted as one: folded.
    pub key: String,
    /// As written, or a lemma.
    pub form: String,
    /// What is known of it.
    pub note: String,
    /// Where an unknown word stands.
    pub place: Place,
    /// Its words of time, as symbols.
    pub times: Vec<u32>,
    /// The words around it.
    pub example: String,
}

/// What a document shows.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Found {
    /// Its gaps, in no order.
    pub gaps: Vec<Gap>,
    /// The words of time that stand in time expressions, as symbols.
    pub dated: Vec<u32>,
}

/// What the place of an unknown word tells of it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Place {
    /// Nothing.
    #[default]
    Any,
    /// Only a verb stands there.
    Verb,
    /// At the head of a clause with a party behind it: a verb, or a noun in construct.
    Head,
    /// No verb stands there.
    Noun,
}

/// Looks for gaps.
pub struct Look {
    /// Symbols of the words that stand for a day, a month, a unit …
    times: HashSet<u32>,
}

impl Look {
    /// Prepares the look with this lexicon.
    pub fn new(lexicon: &Lexicon) -> Look {
        let t = &lexicon.tables.time;
        let word = |to: u32| {
            let accepts = &t.nodes[to as usize].accepts;
            accepts.iter().any(|a| matches!(a, Accept::Word(_)))
        };
        let particle = |s: u32| {
            let readings = lexicon.get(&t.symbols.as_slice()[s as usize]);
            readings.iter().any(|r| matches!(r.target, Target::Particle(_)))
        };
        // Words that alone are a word of time: not the last of a longer one ("the end of the world").
        let first = t.roots.iter().flat_map(|root| &t.nodes[*root as usize].words);
        let times = first.filter(|(s, to)| word(*to) && !particle(*s)).map(|(s, _)| *s);
        Look { times: times.collect() }
    }

    /// The gaps of a document; none if it is not Arabic.
    pub fn at(&self, doc: &Document) -> Found {
        if detect(&doc.input.text.raw) != Language::Arabic {
            return Found::default();
        }
        let mut gaps = Vec::new();
        let mut named = vec![false; doc.input.tokens.len()];
        names(doc, &mut named, &mut gaps);
        for a in doc.sentences.iter().chain(&doc.silent) {
            predicates(doc, a, &mut gaps);
            words(doc, a, &named, &mut gaps);
            self.times(doc, a, &mut gaps);
        }
        let dated = self.dated(&doc.input);
        Found { gaps, dated }
    }

    /// The word of time that a word is, letters written onto it left out.
    fn time(&self, table: &TimeTable, word: &str) -> Option<u32> {
        let known = |w: &str| table.symbols.get(w).filter(|s| self.times.contains(s));
        let bare = |w: &str| known(w).or_else(|| known(w.strip_prefix(table.article.as_str())?));
        let mut split = table.proclitics.iter().filter_map(|p| word.strip_prefix(p.as_str()));
        bare(word).or_else(|| split.find_map(|w| bare(w).filter(|_| w.chars().count() > 2)))
    }

    /// The words of time that stand in time expressions.
    fn dated(&self, input: &Input) -> Vec<u32> {
        let timed = (0..input.tokens.len()).filter(|i| input.timed[*i]);
        timed
            .filter_map(|i| self.time(&input.lexicon.tables.time, input.folded(i)))
            .collect()
    }

    /// Runs of words of time and numbers that no expression covers; a single word with the one before it.
    fn times(&self, doc: &Document, a: &Analysed, out: &mut Vec<Gap>) {
        let input = &doc.input;
        let counted = |i: usize| doc.quantities.iter().any(|q| q.tokens.contains(&(i as u32)));
        let mut i = a.sentence.tokens.start;
        while i < a.sentence.tokens.end {
            let part =
                |i: usize| i < a.sentence.tokens.end && !input.timed[i] && input.mention_at(i).is_none() && !counted(i);
            let time = |i: usize| {
                let word = part(i) && input.tokens[i].kind == TokenKind::Word;
                word.then(|| self.time(&input.lexicon.tables.time, input.folded(i)))
                    .flatten()
            };
            let number = |i: usize| part(i) && input.tokens[i].kind == TokenKind::Number;
            if time(i).is_none() {
                i += 1;
                continue;
            }
            let mut from = i;
            while from > a.sentence.tokens.start && number(from - 1) {
                from -= 1;
            }
            let mut end = i + 1;
            while time(end).is_some() || number(end) {
                end += 1;
            }
            i = end;
            let times = (from..end).filter_map(time).collect();
            let before = from > a.sentence.tokens.start
                && matches!(input.tokens[from - 1].kind, TokenKind::Word | TokenKind::Number);
            from -= usize::from(before && end - from == 1);
            let shown = |i: usize| {
                if input.tokens[i].kind == TokenKind::Number {
                    "N".to_owned()
                } else {
                    raw(input, i, i + 1)
                }
            };
            let form = (from..end).map(shown).collect::<Vec<_>>().join(" ");
            out.push(Gap {
                list: List::Times,
                key: khaldun_lexicon::fold::fold(&form),
                form,
                note: String::new(),
                place: Place::Any,
                times,
                example: around(doc, a, from),
            });
        }
    }
}

/// Raw words of a range of tokens.
fn raw(input: &Input, from: usize, to: usize) -> String {
    let span = input.tokens[from].span.join(input.tokens[to - 1].span);
    input.text.slice(span).to_owned()
}

/// The words around a token of a sentence.
fn around(doc: &Document, a: &Analysed, i: usize) -> String {
    let t = &a.sentence.tokens;
    let (from, to) = (i.saturating_sub(AROUND).max(t.start), (i + AROUND + 1).min(t.end));
    let cut = |is: bool| if is { "…" } else { "" };
    let words = raw(&doc.input, from, to.max(from + 1));
    format!(
        "{}{}{}",
        cut(from > t.start),
        words.split_whitespace().collect::<Vec<_>>().join(" "),
        cut(to < t.end)
    )
}

/// A word of Arabic letters that nothing explains.
fn unknown(input: &Input, i: usize) -> bool {
    let word = input.folded(i);
    input.tokens[i].kind == TokenKind::Word
        && !input.timed[i]
        && input.mention_at(i).is_none()
        && input.morphs.at(i).is_empty()
        && word.chars().count() > 1
        && !word.is_ascii()
        && input.lexicon.tables.numbers.get(word).is_none()
}

/// The kind of entry that a token may be.
fn entries<'a>(input: &'a Input, i: usize) -> impl Iterator<Item = &'a EntryKind> + 'a {
    input.morphs.at(i).iter().filter_map(|a| match a.target {
        Target::Entry(e) => Some(&input.entry(e).kind),
        _ => None,
    })
}

/// Words with no reading.
fn words(doc: &Document, a: &Analysed, named: &[bool], out: &mut Vec<Gap>) {
    let input = &doc.input;
    for i in a.sentence.tokens.clone().filter(|i| unknown(input, *i) && !named[*i]) {
        let form = raw(input, i, i + 1);
        out.push(Gap {
            list: List::Words,
            key: input.folded(i).to_owned(),
            form,
            note: String::new(),
            place: place(doc, a, i),
            times: Vec::new(),
            example: around(doc, a, i),
        });
    }
}

/// What the neighbours of an unknown word tell of it.
fn place(doc: &Document, a: &Analysed, i: usize) -> Place {
    let input = &doc.input;
    let start = a.sentence.tokens.start;
    let next = i + 1;
    let party = next < a.sentence.tokens.end
        && input
            .mention_at(next)
            .is_some_and(|m| m.preposition.is_none() && !m.adjective && !m.conjunction && m.tokens.start == next);
    let opens =
        i == start || input.tokens[i - 1].kind == TokenKind::Punct && a.clauses.iter().any(|c| c.tokens.start == i);
    if opens {
        return if party { Place::Head } else { Place::Any };
    }
    let before = i - 1;
    let verbal = entries(input, before).any(|k| {
        matches!(
            k,
            EntryKind::Particle {
                next: true,
                effect: Effect::Negation | Effect::Possible | Effect::Future | Effect::Assert
            }
        )
    });
    match input.class(before) {
        Some(Class::Relative | Class::Subordinator) => Place::Verb,
        Some(Class::Preposition | Class::Agent | Class::Demonstrative | Class::Quantifier) => Place::Noun,
        _ if verbal => Place::Verb,
        _ => Place::Any,
    }
}

/// Verbs and event nouns that no entry of `events` or `stance` explains.
fn predicates(doc: &Document, a: &Analysed, out: &mut Vec<Gap>) {
    let input = &doc.input;
    let mut push = |key: String, form: String, note: &str, i: usize| {
        out.push(Gap {
            list: List::Predicates,
            key: format!("{key}|{note}"),
            form,
            note: note.into(),
            place: Place::Any,
            times: Vec::new(),
            example: around(doc, a, i),
        });
    };
    let mut main = None;
    for f in &a.frames {
        let p = &f.predicate;
        let at = p.tokens.start;
        let clause = &a.clauses[p.clause];
        let first = main != Some(p.clause);
        if p.finite() {
            main = Some(p.clause);
        }
        let head = p.finite() && first && matches!(clause.opening, Opening::Main | Opening::Coordinate | Opening::That);
        let opens = a.sentence.heading && at == a.sentence.tokens.start && !p.finite();
        if (head || opens || borne(input, a, f))
            && let Some((lemma, note)) = lack(input, f)
        {
            push(khaldun_lexicon::fold::fold(&lemma), lemma, note, at);
        }
        // A light verb with a noun that has no reading.
        let with = |i: usize| a.frames.iter().any(|f| f.with == Some(i));
        if let Some(i) = bears(input, a, f).filter(|i| unknown(input, *i) && !with(*i)) {
            push(
                input.folded(i).to_owned(),
                raw(input, i, i + 1),
                "noun of a light verb, unknown",
                i,
            );
        }
    }
}

/// Why a predicate has no event or stance sense: its lemma and what is lacking.
fn lack(input: &Input, f: &Frame) -> Option<(String, &'static str)> {
    let kind = |e: u32| &input.entry(e).kind;
    if f.senses.iter().any(|s| !matches!(kind(s.entry), EntryKind::Plain)) {
        return None;
    }
    let noun = !f.predicate.finite();
    if let Some(s) = f
        .predicate
        .senses
        .iter()
        .find(|s| matches!(kind(s.entry), EntryKind::Event(_)))
    {
        let entry = input.entry(s.entry);
        return Some((
            format!("{} ({})", entry.lemma, entry.id),
            "entry whose `with` or `without` is not met",
        ));
    }
    let s = f.senses.first()?;
    let participle = s
        .features
        .any(Features::ACTIVE_PARTICIPLE | Features::PASSIVE_PARTICIPLE);
    (!participle).then(|| {
        (
            input.entry(s.entry).lemma.to_string(),
            if noun {
                "verbal noun without entry"
            } else {
                "verb without entry"
            },
        )
    })
}

/// The frame is the noun of a light verb.
fn borne(input: &Input, a: &Analysed, f: &Frame) -> bool {
    f.governor.is_some_and(|g| {
        a.frames[g.frame]
            .senses
            .iter()
            .any(|s| matches!(input.entry(s.entry).kind, EntryKind::Light { .. }))
    })
}

/// The token where the noun of a light verb is to stand: right behind it, or behind its preposition.
fn bears(input: &Input, a: &Analysed, f: &Frame) -> Option<usize> {
    let slots = f.senses.iter().find_map(|s| match &input.entry(s.entry).kind {
        EntryKind::Light { noun, .. } => Some(noun),
        _ => None,
    })?;
    // "the continuing effort": an adjective.
    if f.predicate.article {
        return None;
    }
    let next = f.predicate.tokens.end;
    let reach = a.sentence.tokens.end.min(next + 8);
    if slots.iter().any(|s| matches!(s, Slot::Object | Slot::Subject))
        && next < reach
        && input.class(next).is_none()
        && input.mention_at(next).is_none()
    {
        return Some(next);
    }
    // Behind its subject.
    let end = f
        .filler(Slot::Subject)
        .map(|s| input.mentions[*s.mentions.last().unwrap_or(&s.mentions[0])].tokens.end)?;
    let object = slots.contains(&Slot::Object) && input.class(end).is_none();
    (f.predicate.finite() && object && end > next && end < reach).then_some(end)
}

/// Names that no table has: behind a title, alone, behind a body's class word, behind a verb.
fn names(doc: &Document, named: &mut [bool], out: &mut Vec<Gap>) {
    let input = &doc.input;
    for a in doc.sentences.iter().chain(&doc.silent) {
        let inside = |m: &&Mention| a.sentence.tokens.contains(&m.tokens.start);
        let from = input
            .mentions
            .partition_point(|m| m.tokens.start < a.sentence.tokens.start);
        for m in input.mentions[from..].iter().take_while(inside) {
            let known = matches!(m.target, Some(Target::Person(_)));
            if m.named && !known && input.text.slice(m.name).contains(' ') {
                let form = input.text.slice(m.name).to_owned();
                let title = if m.span == m.name {
                    "person".to_owned()
                } else {
                    heading(input, m)
                };
                push_name(doc, a, form, title, m.tokens.start, out);
                continue;
            }
            let class = matches!(m.target, Some(Target::Head(_)))
                && !m.named
                && matches!(
                    m.kind,
                    Kind::Party
                        | Kind::ArmedGroup
                        | Kind::Organisation
                        | Kind::Outlet
                        | Kind::Site
                        | Kind::Government
                        | Kind::Military
                );
            if class {
                run(
                    doc,
                    a,
                    m.tokens.end,
                    1,
                    &raw(input, m.tokens.start, m.tokens.end),
                    named,
                    out,
                );
            }
        }
        for f in &a.frames {
            let wants = f.senses.iter().any(|s| {
                matches!(
                    input.entry(s.entry).kind,
                    EntryKind::Event(_) | EntryKind::Speech { .. }
                )
            });
            if f.predicate.finite() && wants && f.filler(Slot::Subject).is_none_or(|s| s.resolved) {
                run(doc, a, f.predicate.tokens.end, 2, "behind a verb", named, out);
            }
        }
    }
}

/// The words before a name: its title, without what belongs to the office.
fn heading(input: &Input, m: &Mention) -> String {
    let before: String = input
        .text
        .raw
        .chars()
        .skip(m.span.start as usize)
        .take((m.name.start.saturating_sub(m.span.start)) as usize)
        .collect();
    if before.trim().is_empty() {
        "person".into()
    } else {
        before.split_whitespace().collect::<Vec<_>>().join(" ")
    }
}

/// A run of at least `least` unknown words that begins at a token.
fn run(doc: &Document, a: &Analysed, from: usize, least: usize, note: &str, named: &mut [bool], out: &mut Vec<Gap>) {
    let input = &doc.input;
    let end = (from..a.sentence.tokens.end.min(from + NAME_WORDS))
        .find(|i| !unknown(input, *i))
        .unwrap_or(a.sentence.tokens.end.min(from + NAME_WORDS));
    if end >= from + least {
        named[from..end].fill(true);
        push_name(
            doc,
            a,
            raw(input, from, end),
            note.split_whitespace().collect::<Vec<_>>().join(" "),
            from,
            out,
        );
    }
}

fn push_name(doc: &Document, a: &Analysed, form: String, note: String, i: usize, out: &mut Vec<Gap>) {
    let form = form.split_whitespace().collect::<Vec<_>>().join(" ");
    out.push(Gap {
        list: List::Names,
        key: khaldun_lexicon::fold::fold(&form),
        form,
        note,
        place: Place::Any,
        times: Vec::new(),
        example: around(doc, a, i),
    });
}
