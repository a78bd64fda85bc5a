//! Which country a party belongs to when the text does not say.

use crate::frame::{Input, feminine};
use crate::mention::entity::{Kind, Mention};
use crate::record::Article;
use crate::sentence::Sentence;
use compact_str::CompactString;
use khaldun_lexicon::Features;
use khaldun_lexicon::lexicon::Target;

/// Country of each mention that has none of its own: that of a title's label ("Libya: …"), of the only country that the sentence or the
/// article speaks of, of the outlet.
pub fn home(input: &Input, article: &Article, sentences: &[Sentence]) -> Vec<(CompactString, &'static str)> {
    let outlet = outlet_country(input, &article.outlet);
    let label = label(input, sentences.first()).map(|m| input.mentions[m].country.clone());
    let mut counts: Vec<(CompactString, usize)> = Vec::new();
    for m in input
        .mentions
        .iter()
        .filter(|m| counts_as_scene(m.kind) && m.country.len() == 3 && !is_bloc(&m.country))
    {
        match counts.iter_mut().find(|(c, _)| *c == m.country) {
            Some(c) => c.1 += 1,
            None => counts.push((m.country.clone(), 1)),
        }
    }
    let total: usize = counts.iter().map(|c| c.1).sum();
    let lead: Option<&(CompactString, usize)> = counts.iter().max_by_key(|c| c.1);
    let only = lead
        .filter(|c| counts.len() == 1 || c.1 * 3 >= total * 2 && c.1 >= 2)
        .map(|c| c.0.clone());
    // Whom somebody meets says nothing of where he comes from: a stranger with a name belongs to a country that is more than a person's.
    let unnamed = input.mentions.iter().filter(|m| !m.named);
    let scene: rustc_hash::FxHashSet<&CompactString> = unnamed.map(|m| &m.country).collect();
    let at_home = outlet
        .as_ref()
        .is_some_and(|o| counts.is_empty() || counts.iter().any(|c| c.0 == *o));
    input
        .mentions
        .iter()
        .enumerate()
        .map(|(k, m)| {
            if m.country.is_empty()
                && let Some(country) = owner(input, k)
            {
                return (country, "whose it is");
            }
            let belongs = takes_home(m.kind, &m.sector);
            if !m.country.is_empty() || !belongs && !on_the_spot(m.kind, &m.sector) {
                return (CompactString::default(), "");
            }
            if let Some(l) = &label {
                return (l.clone(), "label of the title");
            }
            // The nearest country in the same sentence, before the mention.
            let at = sentences.partition_point(|s| s.tokens.end <= m.tokens.start);
            let sentence = sentences.get(at).filter(|s| s.tokens.contains(&m.tokens.start));
            if !belongs {
                // Passers-by, victims, residents: of the place where the sentence is set.
                let spot = sentence.and_then(|s| spot(input, s, m));
                return match (spot, &only, &outlet) {
                    (Some(c), ..) => (c, "place of the sentence"),
                    (None, Some(o), _) => (o.clone(), "the article's country"),
                    (None, None, Some(out)) if at_home => (out.clone(), "country of the outlet"),
                    _ => (CompactString::default(), ""),
                };
            }
            let only = only.as_ref().filter(|c| !m.named || scene.contains(c));
            let near = sentence.and_then(|s| {
                around(input, s, m)
                    .iter()
                    .filter(|n| !(m.named && n.named))
                    .filter(|n| !n.country.is_empty() && !is_bloc(&n.country) && counts_as_scene(n.kind))
                    .min_by_key(|n| {
                        n.tokens.start.abs_diff(m.tokens.start) + if n.tokens.start > m.tokens.start { 3 } else { 0 }
                    })
            });
            match (only, &outlet, near) {
                (Some(o), Some(out), _) if o == out => (o.clone(), "the article's country"),
                (_, Some(out), _) if at_home => (out.clone(), "country of the outlet"),
                (Some(o), _, _) => (o.clone(), "the article's country"),
                (None, _, Some(n)) => (n.country.clone(), "nearest country named"),
                (None, Some(out), None) => (out.clone(), "country of the outlet"),
                _ => (CompactString::default(), ""),
            }
        })
        .collect()
}

/// "Her nationals", "his brother": the country of him whom the pronoun means, the nearest before it that agrees.
fn owner(input: &Input, m: usize) -> Option<CompactString> {
    let mention = &input.mentions[m];
    let head = input.morphs.at(mention.tokens.start).iter();
    let pronoun = head
        .filter(|a| mention.target == Some(a.target))
        .find_map(|a| a.pronoun)?;
    let features = input.lexicon.tables.enclitics[pronoun as usize].features;
    let single = features.has(Features::P3) && !features.any(Features::PLUR | Features::DUAL);
    let whose = |n: &Mention| {
        !n.adjective
            && n.country.len() == 3
            && !matches!(
                n.kind,
                Kind::People | Kind::Place | Kind::Site | Kind::Outlet | Kind::Source
            )
    };
    let before = (m.saturating_sub(OWNERS)..m).rev().filter(|_| single);
    before
        .filter(|k| whose(&input.mentions[*k]))
        .find(|k| feminine(input, *k).is_none_or(|f| f == features.has(Features::FEM)))
        .map(|k| input.mentions[k].country.clone())
}

/// Mentions before a possessive among which the owner is looked for.
const OWNERS: usize = 6;

/// Mentions of a sentence on either side of one: hostile text has sentences with thousands.
const AROUND: usize = 60;

/// The mentions of a sentence, at most [`AROUND`] on either side.
fn around<'a>(input: &Input<'a>, sentence: &Sentence, m: &Mention) -> &'a [Mention] {
    let all = input.mentions;
    let here = all.partition_point(|n| n.tokens.start < m.tokens.start);
    let first = all.partition_point(|n| n.tokens.start < sentence.tokens.start);
    let past = all.partition_point(|n| n.tokens.start < sentence.tokens.end);
    &all[first.max(here.saturating_sub(AROUND))..past.min(here + AROUND)]
}

/// Country of the nearest place in the sentence that something is said to be in or at.
fn spot(input: &Input, sentence: &Sentence, m: &Mention) -> Option<CompactString> {
    let local = |p: u16| input.lexicon.tables.is_local(p);
    around(input, sentence, m)
        .iter()
        .filter(|n| {
            (n.place.is_some() || matches!(n.kind, Kind::State)) && n.country.len() == 3 && !is_bloc(&n.country)
        })
        .filter(|n| n.preposition.is_some_and(local))
        .min_by_key(|n| n.tokens.start.abs_diff(m.tokens.start))
        .map(|n| n.country.clone())
}

/// People who belong where they are met, if the text does not say more.
fn on_the_spot(kind: Kind, sector: &str) -> bool {
    matches!(
        (kind, sector),
        (Kind::People, "CVL" | "" | "REL" | "SOC") | (Kind::Site, _) | (Kind::Outlet, _) | (Kind::Organisation, "")
    )
}

fn counts_as_scene(kind: Kind) -> bool {
    !matches!(kind, Kind::Outlet)
}

fn is_bloc(country: &str) -> bool {
    matches!(country, "UNO" | "EUR" | "IGO" | "NGO" | "ISM" | "IMG" | "MNC")
}

/// Organs, titles and organised people belong to the scene; suspects, migrants and unknown people need not.
fn takes_home(kind: Kind, sector: &str) -> bool {
    match kind {
        Kind::Title | Kind::Government | Kind::Military | Kind::Party | Kind::Person => true,
        Kind::Organisation => !sector.is_empty(),
        Kind::ArmedGroup => !matches!(sector, "UAF" | "UNK"),
        Kind::People => matches!(
            sector,
            "LEG" | "JUD" | "LAB" | "EDU" | "MED" | "AGR" | "JRN" | "OPP" | "MIL" | "COP" | "PTY" | "BUS" | "CRM"
        ),
        _ => false,
    }
}

/// Country of the outlet, by its name in the lexicon.
fn outlet_country(input: &Input, outlet: &str) -> Option<CompactString> {
    let key = khaldun_lexicon::compile::form_key(outlet);
    input.lexicon.get(&key).iter().find_map(|r| match r.target {
        Target::Body(b) => {
            let body = &input.lexicon.tables.bodies[b as usize];
            (body.kind == "outlet" && body.country.len() == 3 && !is_bloc(&body.country)).then(|| body.country.clone())
        }
        _ => None,
    })
}

/// The state or place that labels the title ("Egypt: …", "Egypt.. …", "Gabes – …"); `first`: the first sentence.
pub(super) fn label(input: &Input, first: Option<&Sentence>) -> Option<usize> {
    first.filter(|s| s.line == 0)?;
    let m = input.mentions.first().filter(|m| m.tokens.start == 0)?;
    let place = m.kind == Kind::State || m.place.is_some();
    (place && matches!(input.folded(m.tokens.end), ":" | "." | "-")).then_some(0)
}
