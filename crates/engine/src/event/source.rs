//! According to whom: the sources of a draft as attributions, each with its kind.
//!
//! An act that is speech has no source in its own speaker; an act that somebody else tells of has. Kinds rank as the codebook has it: a party to the event is `actor`
//! before `official`, `official` before `document`.

use super::Document;
use super::draft::{Draft, event_of};
use super::records::country;
use crate::claim::{Source, can_speak};
use crate::mention::entity::{Kind, Mention};
use crate::record::Attribution;
use crate::text::Span;
use khaldun_lexicon::lexicon::{EntryKind, Slot, Stance, Target};

/// Most attributions of one event.
const MOST: usize = 3;

/// The sources of a draft as attributions.
pub fn attributions(doc: &Document, d: &Draft, why: &mut Vec<String>) -> Vec<Attribution> {
    let mut out: Vec<Attribution> = Vec::new();
    let mut sources = d.sources.clone();
    sources.extend(retellings(doc, d));
    for source in &sources {
        let m = source.mention;
        let mention = &doc.input.mentions[m];
        if source.stance == Stance::Asserts && spoken(doc, d) && own_words(doc, d, source) {
            continue;
        }
        let kind = kind(doc, d, m);
        let text = doc.input.text.slice(words(doc, m, kind)).to_owned();
        if out.iter().any(|o| o.text == text) || out.len() == MOST {
            continue;
        }
        why.push(format!("according to «{text}» ({kind})"));
        let country = country(doc, m);
        out.push(Attribution {
            text,
            kind,
            country: (!country.is_empty()).then(|| country.to_string()),
            sector: mention
                .sector
                .split('|')
                .filter(|s| !s.is_empty() && *s != "~")
                .map(str::to_owned)
                .collect(),
            stance: if source.stance == Stance::Denies {
                "denies"
            } else {
                "asserts"
            },
        });
    }
    out
}

/// The words that name a source: the person's name, else the whole group, with the noun that a lone nisba describes.
fn words(doc: &Document, m: usize, kind: &str) -> Span {
    let mention = &doc.input.mentions[m];
    let whole = matches!(kind, "media" | "anonymous" | "witness") || source_noun(doc, m) == Some("document");
    let span = if whole { mention.span } else { mention.name };
    let before = mention.tokens.start.checked_sub(1).map(|t| &doc.input.tokens[t]);
    match before {
        Some(noun) if mention.adjective && noun.kind == crate::token::Kind::Word => noun.span.join(span),
        _ => span,
    }
}

/// An act that is done by speaking: a demand, a promise, a blame; not a meeting.
fn spoken(doc: &Document, d: &Draft) -> bool {
    let scheme = &doc.input.lexicon.tables.scheme;
    let base = event_of(doc, &doc.sentences[d.sentence].frames[d.frame]).map_or(d.kind, |(_, e)| e.kind);
    matches!(scheme[d.kind as usize].quad, 1 | 3)
        && !done_otherwise(d)
        && scheme[d.kind as usize].name != "CONSULT"
        && scheme[base as usize].name != "CONSULT"
}

/// Opening a probe and signing are done by more than the words that announce them.
fn done_otherwise(d: &Draft) -> bool {
    d.modes.iter().any(|m| m == "investigate") || d.cameo.as_deref().is_some_and(|c| c.starts_with("057"))
}

/// The source is the one who does the act, or speaks for it, and does it in these very words.
fn own_words(doc: &Document, d: &Draft, source: &Source) -> bool {
    let mention = &doc.input.mentions[source.mention];
    let own = d.actors.iter().any(|x| speaks_for(doc, source.mention, *x));
    let paper = source_noun(doc, source.mention) == Some("document")
        && (home(doc, source.mention).is_empty()
            || d.actors.iter().any(|x| country(doc, *x) == home(doc, source.mention)));
    !source.deed && (own || paper || d.actors.iter().any(|x| doc.input.mentions[*x].key == mention.key))
}

/// The kind of source that the first noun of a mention names.
fn source_noun<'a>(doc: &Document<'a>, m: usize) -> Option<&'a str> {
    let mention = &doc.input.mentions[m];
    let named = mention.name != mention.span && !matches!(mention.kind, Kind::Source);
    mention.source_kind(doc.input.lexicon).or_else(|| {
        doc.input
            .morphs
            .at(mention.tokens.start)
            .iter()
            .filter(|_| !named && mention.kind == Kind::Title)
            .find_map(|a| match a.target {
                Target::Entry(e) => match &doc.input.entry(e).kind {
                    EntryKind::SourceNoun { kind } => Some(kind.as_str()),
                    _ => None,
                },
                _ => None,
            })
    })
}

/// Country of a source; a document of an organ without one is of the country that the article is at home in.
fn home(doc: &Document, m: usize) -> compact_str::CompactString {
    let own = country(doc, m);
    let organ = !doc.input.mentions[m].sector.is_empty();
    if own.is_empty() && organ {
        doc.home
            .iter()
            .map(|h| h.0.clone())
            .find(|c| !c.is_empty())
            .unwrap_or_default()
    } else {
        own
    }
}

/// An organ of the state speaks for the state, a body's man for the body.
fn speaks_for(doc: &Document, m: usize, party: usize) -> bool {
    let (a, b) = (&doc.input.mentions[m], &doc.input.mentions[party]);
    if a.key == b.key {
        return true;
    }
    let (x, y) = (home(doc, m), country(doc, party));
    let organ = |s: &Mention| {
        s.sector
            .split('|')
            .any(|s| matches!(s, "GOV" | "MIL" | "COP" | "JUD" | "LEG" | "SPY"))
    };
    x == y
        && !x.is_empty()
        && (shares_sector(&a.sector, &b.sector) || organ(a) && b.sector == "GOV" || organ(b) && a.sector == "GOV")
}

fn kind(doc: &Document, d: &Draft, m: usize) -> &'static str {
    let mention = &doc.input.mentions[m];
    // The victims' state speaks as an official; whoever is struck or met himself is a party.
    let same = |x: usize| doc.input.mentions[x].key == mention.key;
    let met = matches!(doc.input.lexicon.tables.scheme[d.kind as usize].quad, 1 | 2);
    let party = d.actors.iter().any(|x| speaks_for(doc, m, *x))
        || d.recipients.iter().any(|x| same(*x) || met && speaks_for(doc, m, *x));
    match (mention.kind, source_noun(doc, m)) {
        (_, Some("document")) if party && !mention.sector.is_empty() => "actor",
        (_, Some("anonymous")) => "anonymous",
        (_, Some("witness")) => "witness",
        (_, Some("expert")) => "expert",
        (_, Some("document")) => "document",
        (_, Some(_)) | (Kind::Outlet, _) => "media",
        _ if mention.sector == "JRN" => "media",
        _ if party => "actor",
        _ if matches!(mention.sector.as_str(), "GOV" | "MIL" | "COP" | "JUD" | "LEG" | "SPY")
            || matches!(mention.country.as_str(), "UNO" | "EUR" | "IGO") =>
        {
            "official"
        }
        (Kind::State | Kind::Government | Kind::Military, _) => "official",
        (Kind::Title, _) if mention.sector.is_empty() || mention.sector == "~" => "official",
        _ => "expert",
    }
}

/// Who tells an act again that the outlet told first: the next sentence names it as known ("the explosion", "this visit") in somebody's words, or is what an outlet
/// or an unnamed source says.
fn retellings(doc: &Document, d: &Draft) -> Vec<Source> {
    if !d.sources.is_empty() {
        return Vec::new();
    }
    if spoken(doc, d) {
        return relayed(doc, d);
    }
    let base = event_of(doc, &doc.sentences[d.sentence].frames[d.frame]).map_or(d.kind, |(_, e)| e.kind);
    for s in d.sentence + 1..doc.sentences.len().min(d.sentence + 4) {
        let a = &doc.sentences[s];
        for (k, f) in a.frames.iter().enumerate() {
            let p = &f.predicate;
            let known = !p.finite() && p.article && event_of(doc, f).is_some_and(|(_, e)| e.kind == base);
            if known && !a.claims[k].sources.is_empty() {
                return a.claims[k].sources.clone();
            }
            // Presupposed in the speech: the one who speaks of it.
            let by = f
                .governor
                .filter(|g| g.slot == Slot::That)
                .map(|g| &a.claims[g.frame].speakers);
            if let (true, Some(by)) = (known, by) {
                return by
                    .iter()
                    .filter(|m| can_speak(&doc.input, **m))
                    .map(|m| Source {
                        mention: *m,
                        stance: Stance::Asserts,
                        frame: None,
                        deed: true,
                    })
                    .collect();
            }
        }
    }
    Vec::new()
}

/// The outlet that quotes the speaker of a verbal act further on ("the agency quoted him as saying …").
fn relayed(doc: &Document, d: &Draft) -> Vec<Source> {
    let mention = |m: usize| &doc.input.mentions[m];
    let actor = |m: &usize| d.actors.iter().any(|x| mention(*x).key == mention(*m).key);
    let outlet = |m: &usize| mention(*m).kind == Kind::Outlet || source_noun(doc, *m) == Some("media");
    let last = doc.sentences.len().min(d.sentence + 4);
    doc.sentences[d.sentence..last]
        .iter()
        .flat_map(|a| &a.claims)
        .filter(|c| c.speakers.iter().any(actor))
        .find_map(|c| {
            let by = c.speakers.iter().copied();
            by.chain(c.sources.iter().map(|s| s.mention)).find(outlet)
        })
        .map(|mention| Source {
            mention,
            stance: Stance::Asserts,
            frame: None,
            deed: false,
        })
        .into_iter()
        .collect()
}

fn shares_sector(a: &str, b: &str) -> bool {
    !a.is_empty() && a.split('|').any(|x| x != "~" && b.split('|').any(|y| x == y))
}
