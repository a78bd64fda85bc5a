//! Who and where: names, titles with names, organs, nationals, places.
//!
//! Comes in: tokens with their readings. Goes out: noun groups that can take part in an event, with country and sector, in text order,
//! not overlapping. A name introduced once in full (title and name) is known by its last part afterwards.

mod agree;
mod alias;
mod attach;
mod group;
mod name;
#[cfg(all(test, feature = "bundled"))]
mod tests;

use crate::morph::{Analysis, Morphs, span_of};
use crate::text::{Span, Text};
use crate::token::{Kind as TokenKind, Token};
use compact_str::CompactString;
use khaldun_lexicon::lexicon::{Class, Lexicon, Modifier, Target};
use khaldun_lexicon::{EntryKind, Features};
use rustc_hash::FxHashMap;
use std::ops::Range;

/// Kind of a mention.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[allow(missing_docs)]
pub enum Kind {
    Person,
    Title,
    Government,
    Military,
    Party,
    ArmedGroup,
    Organisation,
    Outlet,
    State,
    Place,
    /// A nisba or group noun.
    People,
    /// A thing that takes part only for its owner.
    Site,
    /// A noun that only names a source (a report, a witness).
    Source,
}

impl Kind {
    /// The codebook's name.
    pub fn name(self) -> &'static str {
        match self {
            Kind::Person => "person",
            Kind::Title => "title",
            Kind::Government => "government",
            Kind::Military => "military",
            Kind::Party => "party",
            Kind::ArmedGroup => "armed_group",
            Kind::Organisation => "organisation",
            Kind::Outlet => "outlet",
            Kind::State => "state",
            Kind::Place | Kind::Site => "place",
            Kind::People => "people",
            Kind::Source => "source",
        }
    }

    fn parse(name: &str) -> Kind {
        match name {
            "title" => Kind::Title,
            "ministry" => Kind::Government,
            "government" => Kind::Government,
            "military" => Kind::Military,
            "party" => Kind::Party,
            "armed_group" => Kind::ArmedGroup,
            "organisation" => Kind::Organisation,
            "outlet" => Kind::Outlet,
            "site" => Kind::Site,
            "person" => Kind::Person,
            _ => Kind::People,
        }
    }
}

/// A noun group that can take part in an event.
#[derive(Clone, Debug, PartialEq)]
pub struct Mention {
    /// All its tokens, title and apposition included.
    pub tokens: Range<usize>,
    /// Span of all its tokens, proclitics left out.
    pub span: Span,
    /// Span of the words that name it: the name if there is one, else the whole group.
    pub name: Span,
    /// A person's name is in it, and [`Mention::name`] is that.
    pub named: bool,
    /// What it is.
    pub kind: Kind,
    /// The table row that it was recognised by.
    pub target: Option<Target>,
    /// ISO alpha-3 or a codebook code; empty if unknown.
    pub country: CompactString,
    /// How the country was found.
    pub country_by: &'static str,
    /// Codebook sectors joined by `|`; empty if none.
    pub sector: CompactString,
    /// The preposition written with it or standing before it: its particle.
    pub preposition: Option<u16>,
    /// The preposition before the nouns that it is annexed to ("in the *intentions of* Tehran").
    pub outer: Option<u16>,
    /// "By" stands before it.
    pub agent: bool,
    /// "And" is written with it.
    pub conjunction: bool,
    /// Gender and number for agreement, as far as known.
    pub features: Features,
    /// It has the article or is a name.
    pub definite: bool,
    /// A nisba that describes the word before it.
    pub adjective: bool,
    /// The place row, if it is one or holds one.
    pub place: Option<u32>,
    /// Name as a key for "the same one": folded name or table row.
    pub key: CompactString,
}

impl Mention {
    /// The kind of source that the noun names (anonymous, witness, expert, document, media), if it is such a noun.
    pub fn source_kind<'l>(&self, lexicon: &'l Lexicon) -> Option<&'l str> {
        source_kind(lexicon, self.target?)
    }

    /// True if it can only be where something happened.
    pub fn only_place(&self) -> bool {
        matches!(self.kind, Kind::Place)
    }
}

/// Finds all mentions of a text. `published`: its day, which decides who is still in office; `taken`: tokens that belong to a time expression.
pub fn find(
    text: &Text,
    tokens: &[Token],
    morphs: &Morphs,
    lexicon: &Lexicon,
    published: Option<jiff::civil::Date>,
    taken: &dyn Fn(usize) -> bool,
) -> Vec<Mention> {
    let day = |d: jiff::civil::Date| d.year() as u32 * 10_000 + d.month() as u32 * 100 + d.day() as u32;
    let finder = Finder {
        today: published.map_or(0, day),
        text,
        tokens,
        morphs,
        lexicon,
        taken,
    };
    let mut out = Vec::new();
    let mut i = 0;
    while i < tokens.len() {
        match finder.group(i, 0) {
            Some(m) => {
                i = m.tokens.end;
                out.push(m);
            }
            None => i += 1,
        }
    }
    finder.things(&mut out);
    finder.attach(&mut out);
    finder.counterparts(&mut out);
    finder.second_nisbas(&mut out);
    finder.shared_nisbas(&mut out);
    let aliases = finder.aliases(&out);
    if !aliases.is_empty() {
        finder.add_aliases(&aliases, &mut out);
    }
    finder.unify(&mut out);
    out
}

struct Finder<'a> {
    /// Day of publication as in [`khaldun_lexicon::lexicon::Named::until`], 0 if unknown.
    today: u32,
    text: &'a Text,
    tokens: &'a [Token],
    morphs: &'a Morphs,
    lexicon: &'a Lexicon,
    taken: &'a dyn Fn(usize) -> bool,
}

/// The nun of a dual or sound plural.
const NUN: char = '\u{646}';
/// The ya of a nisba.
const YA: char = '\u{64a}';
/// The ending of its feminine, as folded.
const YA_TA: &str = "\u{64a}\u{647}";
/// The ending of its indefinite accusative.
const YA_ALEF: &str = "\u{64a}\u{627}";
/// The alef with the hamza below it.
const HAMZA_BELOW: char = '\u{625}';
/// The alef that is written like a ya without dots.
const MAQSURA: char = '\u{649}';
/// The pronoun "his"; ta marbuta folds to it.
const HEH: char = '\u{647}';
/// The mark of an indefinite accusative.
const TANWIN: char = '\u{64b}';
/// The ending of a feminine sound plural.
const ALEF_TA: &str = "\u{627}\u{62a}";
/// Longest noun group, in tokens.
const GROUP_TOKENS: usize = 24;
/// Deepest nesting of groups (head of the staff of the army of …).
const DEPTH: usize = 5;

impl Finder<'_> {
    fn folded(&self, i: usize) -> &str {
        self.tokens.get(i).map_or("", |t| t.folded(self.text))
    }

    fn is_word(&self, i: usize) -> bool {
        self.tokens.get(i).is_some_and(|t| t.kind == TokenKind::Word)
    }

    fn class(&self, i: usize) -> Option<Class> {
        if self.dotted_name(i) {
            return None;
        }
        self.morphs.at(i).iter().find_map(|a| match a.target {
            Target::Particle(p) if a.tokens == 1 && a.pronoun.is_none() => {
                Some(self.lexicon.tables.particles[p as usize].class)
            }
            _ => None,
        })
    }

    /// The token is written with a final ta marbuta (folded, it looks like a pronoun).
    fn marbuta(&self, i: usize) -> bool {
        self.is_word(i)
            && self
                .text
                .raw_slice(self.tokens[i].start as usize, self.tokens[i].end as usize)
                .ends_with(khaldun_lexicon::fold::TEH_MARBUTA)
    }

    /// A given name that only the dots of its ya tell from a preposition (Ali, not "on").
    fn dotted_name(&self, i: usize) -> bool {
        self.given(i) && self.folded(i).ends_with(YA) && {
            let raw = self
                .text
                .raw_slice(self.tokens[i].start as usize, self.tokens[i].end as usize);
            raw.ends_with(YA)
                && self
                    .morphs
                    .at(i)
                    .iter()
                    .any(|a| a.tokens == 1 && a.skip == 0 && matches!(a.target, Target::Particle(_)))
        }
    }

    /// The token is written with the article.
    fn article(&self, i: usize) -> bool {
        self.folded(i).starts_with(khaldun_lexicon::names::ARTICLE)
    }

    /// The same, perhaps behind a conjunction or preposition.
    fn definite(&self, i: usize) -> bool {
        let word = self.folded(i);
        self.article(i)
            || self.morphs.at(i).iter().any(|a| a.article)
            || self.morphs.at(i).is_empty()
                && self.lexicon.tables.proclitics.iter().any(|p| {
                    let rest = word.strip_prefix(p.text.as_str()).unwrap_or("");
                    rest.starts_with(khaldun_lexicon::names::ARTICLE)
                })
    }

    /// The token can be read as a verbal or other noun, and as it stands is no finite verb.
    fn nominal(&self, i: usize) -> bool {
        let here = self.morphs.at(i);
        here.iter()
            .any(|a| a.features.is_nominal() && !a.conjunction && a.preposition.is_none() && a.pronoun.is_none())
    }

    /// The token is an entry that can be read as a finite verb.
    fn verb(&self, i: usize) -> bool {
        self.morphs.at(i).iter().any(|a| {
            let first = a
                .pronoun
                .is_some_and(|e| self.lexicon.tables.enclitics[e as usize].features.has(Features::P1));
            a.tokens == 1
                && !first
                && matches!(a.target, Target::Entry(_))
                && (a.features.is_finite() || a.features.has(Features::IMPERATIVE) && a.skip == 0)
        })
    }

    /// The same with nothing split off.
    fn verb_whole(&self, i: usize) -> bool {
        self.morphs.at(i).iter().any(|a| {
            a.tokens == 1
                && a.skip == 0
                && matches!(a.target, Target::Entry(_))
                && (a.features.is_finite() || a.features.has(Features::IMPERATIVE))
        })
    }

    /// The token is an entry (verb, verbal noun, event noun) or a function word.
    fn known_word(&self, i: usize) -> bool {
        // "Fathi" is no "my opening".
        let mine = |a: &Analysis| {
            a.pronoun
                .is_some_and(|e| self.lexicon.tables.enclitics[e as usize].features.has(Features::P1))
        };
        self.morphs.at(i).iter().any(|a| {
            matches!(
                a.target,
                Target::Entry(_) | Target::Particle(_) | Target::Head(_) | Target::Demonym(_)
            ) && !mine(a)
        })
    }

    fn given(&self, i: usize) -> bool {
        self.morphs
            .at(i)
            .iter()
            .any(|a| a.target == Target::Given && a.skip == 0)
    }

    fn modifier(&self, i: usize) -> Option<&Modifier> {
        self.morphs.at(i).iter().find_map(|a| match a.target {
            Target::Modifier(m) => {
                Some(&self.lexicon.tables.modifiers[m as usize]).filter(|m| **m != Modifier::Ordinary)
            }
            _ => None,
        })
    }

    /// An ordinary word, though it may be a name elsewhere. `skip`: read with these letters split off.
    fn ordinary(&self, i: usize, skip: u8) -> bool {
        self.morphs.at(i).iter().any(|a| {
            a.tokens == 1 && a.skip == skip && matches!(a.target, Target::Modifier(m) if self.lexicon.tables.modifiers[m as usize] == Modifier::Ordinary)
        })
    }

    /// A head in the shape of a nisba that describes the noun before it ("a diplomatic note") or says how ("economically").
    fn adjectival(&self, i: usize) -> bool {
        let Some(before) = i.checked_sub(1) else { return false };
        let word = self.folded(i);
        let shape = word.ends_with(YA) || word.ends_with(YA_TA) || word.ends_with(YA_ALEF);
        if !shape || !self.is_word(before) || self.class(before).is_some() || (self.taken)(before) {
            return false;
        }
        let here = self.morphs.at(i);
        // "the foreign visits": behind a noun with the article, a ministry's short name is an adjective too.
        let named = self
            .morphs
            .at(before)
            .iter()
            .any(|b| matches!(b.target, Target::Person(_) | Target::State(_)));
        let definite = self.article(i) && (self.definite(before) || named);
        let describing = |h: u32| {
            let kind = self.lexicon.tables.heads[h as usize].kind.as_str();
            !matches!(kind, "site" | "government" | "organisation" | "ministry") || kind == "government" && definite
        };
        let Some(a) = here
            .iter()
            .find(|a| a.tokens == 1 && matches!(a.target, Target::Head(h) if describing(h)))
        else {
            return false;
        };
        // "military and political support": joined to an adjective of the same shape.
        let joined = a.conjunction
            && a.article
            && self.definite(before)
            && (self.folded(before).ends_with(YA) || self.folded(before).ends_with(YA_TA));
        if joined {
            return true;
        }
        if a.conjunction
            || a.preposition.is_some()
            || here.iter().any(|a| a.tokens > 1)
            || !a.features.has(Features::SING)
        {
            return false;
        }
        let previous = self.morphs.at(before);
        if previous.iter().any(|b| b.features.is_finite() && !b.article)
            && !previous.iter().any(|b| matches!(b.target, Target::Head(_)))
        {
            return false;
        }
        if word.ends_with(YA_ALEF) {
            return true;
        }
        let article = self.definite(before) || named;
        if a.article || self.article(i) || article {
            return (a.article || self.article(i)) && article;
        }
        let feminine = self.marbuta(before);
        if word.ends_with(YA_TA) {
            return feminine
                && !previous
                    .iter()
                    .any(|b| b.features.has(Features::MASDAR) && matches!(b.target, Target::Entry(_)) && b.skip == 0);
        }
        // "a military statement": behind a noun that names a source or is no event, or one that we do not know.
        let plain = |b: &Analysis| match b.target {
            Target::Entry(e) => {
                b.features.has(Features::MASDAR)
                    && matches!(self.lexicon.tables.entries[e as usize].kind, EntryKind::Plain)
            }
            _ => false,
        };
        !feminine
            && previous
                .iter()
                .all(|b| plain(b) || source_kind(self.lexicon, b.target).is_some())
            && (!previous.is_empty() || i >= 2 && self.class(before - 1).is_some())
    }

    /// The reading of a name or head that begins here.
    fn best(&self, i: usize) -> Option<Analysis> {
        if !self.is_word(i) {
            return None;
        }
        let t = &self.lexicon.tables;
        let previous = i.checked_sub(1).and_then(|p| self.class(p));
        let after_preposition = matches!(
            previous,
            Some(Class::Preposition | Class::Agent | Class::Demonstrative | Class::Quantifier)
        ) || i
            .checked_sub(1)
            .is_some_and(|p| self.tokens[p].kind == TokenKind::Number);
        let sentence_start = i == 0 || matches!(self.tokens[i - 1].kind, TokenKind::Newline | TokenKind::Punct);
        let verb = self.verb(i);
        let entry = self.morphs.at(i).iter().any(|a| {
            a.tokens == 1
                && matches!(a.target, Target::Entry(_))
                && source_kind(self.lexicon, a.target).is_none()
                && !a.features.has(Features::PARTICLE)
        });
        let particle = !self.dotted_name(i)
            && self
                .morphs
                .at(i)
                .iter()
                .any(|a| a.tokens == 1 && a.skip == 0 && matches!(a.target, Target::Particle(_)));
        let adjectival = self.adjectival(i);
        let classed = (i.saturating_sub(3)..i).any(|p| {
            self.morphs.at(p).iter().any(|a| {
                matches!(a.target, Target::Head(h) if p + a.tokens as usize == i && matches!(t.heads[h as usize].kind.as_str(), "site" | "government" | "military" | "title"))
            })
        });
        // "a German doctor" in the accusative looks like Germany.
        let accusative = i.checked_sub(1).is_some_and(|p| {
            self.morphs
                .at(p)
                .iter()
                .any(|a| matches!(a.target, Target::Head(_)) && a.features.has(Features::ACCUSATIVE))
        }) && self
            .morphs
            .at(i)
            .iter()
            .any(|a| matches!(a.target, Target::Demonym(_)) && a.features.has(Features::ACCUSATIVE) && a.skip == 0);
        let ordinary = |a: &Analysis| !classed && self.ordinary(i, a.skip);
        let tanwin = self
            .text
            .raw_slice(self.tokens[i].start as usize, self.tokens[i].end as usize)
            .ends_with(TANWIN);
        // Letters split off an entry ("his notice") leave no town.
        let whole = self
            .morphs
            .at(i)
            .iter()
            .any(|a| a.tokens == 1 && a.skip == 0 && matches!(a.target, Target::Entry(_)));
        let owner = |p: u16| {
            let text = &t.particles[p as usize].text;
            self.lexicon
                .get(text)
                .iter()
                .any(|r| matches!(r.target, Target::Modifier(x) if t.modifiers[x as usize] == Modifier::Owner))
        };
        let describing = |k: usize| {
            let nisba = self.folded(k).ends_with(YA) || self.folded(k).ends_with(YA_TA);
            nisba || !self.morphs.at(k).iter().any(|a| matches!(a.target, Target::Head(_)))
        };
        let score = |a: &Analysis| -> Option<i32> {
            let marked = a.article || a.preposition.is_some() || after_preposition || a.tokens > 1;
            if a.tokens == 1
                && matches!(
                    a.target,
                    Target::Person(_)
                        | Target::State(_)
                        | Target::Seat(_)
                        | Target::Capital(_)
                        | Target::Demonym(_)
                        | Target::Place(_)
                )
                && ordinary(a)
            {
                return None;
            }
            let base = match a.target {
                Target::Person(_) => 70,
                Target::Body(_) if a.tokens == 1 && self.common_noun(i).is_some() && self.described_thing(i + 1) => {
                    return None;
                }
                Target::Body(_) => 65,
                Target::State(_) if accusative && a.tokens == 1 => return None,
                Target::State(_) => 75,
                Target::Seat(_) => 62,
                Target::Capital(_) => 60,
                Target::Demonym(_) => 50,
                Target::Head(_) if adjectival && a.tokens == 1 => return None,
                // The article goes with a noun and its adjective, not with a noun in construct.
                Target::Head(_) if a.article && a.tokens > 1 && !(self.article(i + 1) && describing(i + 1)) => return None,
                Target::Head(h) if a.tokens == 1 && self.another_word(i, a, h) => return None,
                Target::Head(h) => {
                    let head = &t.heads[h as usize];
                    let mine = a
                        .pronoun
                        .is_some_and(|e| t.enclitics[e as usize].features.has(Features::P1 | Features::SING));
                    // "international", not "my states".
                    if head.kind == "ministry" && !self.ministry(i) || mine && head.sector == "GOV" {
                        return None;
                    }
                    if mine && head.kind != "people" && head.kind != "title" {
                        return None;
                    }
                    if head.kind == "site" { 40 } else { 52 }
                }
                Target::Place(p) => {
                    let place = &t.places[p as usize];
                    // Small towns need a word before them that says where; names have no tanwin; "like" is no way to split one off.
                    let small = a.tokens == 1 && place.geonameid > 0 && place.population < 30_000;
                    let split = a.preposition.is_some()
                        && !a.article
                        && !self.folded(i)[a.skip as usize..].starts_with(khaldun_lexicon::names::ARTICLE);
                    if a.tokens == 1 && tanwin || small && !(after_preposition || classed) || split && small {
                        return None;
                    }
                    if split && (whole || !a.preposition.is_some_and(owner)) {
                        return None;
                    }
                    let long = a.tokens > 1 || place.population > 300_000;
                    let open = !entry && !particle && self.folded(i).chars().count() > 3;
                    if !(long || after_preposition || a.preposition.is_some() || place.kind != "city") && !open {
                        return None;
                    }
                    if entry && !(after_preposition || a.preposition.is_some()) && a.tokens == 1 {
                        return None;
                    }
                    30 + (place.population as f32 + 1.0).log10() as i32
                }
                Target::Entry(_) if source_kind(self.lexicon, a.target).is_some() => 45,
                Target::Modifier(x) if t.modifiers[x as usize] == Modifier::Counterpart => 55,
                _ => return None,
            };
            let title_of = matches!(a.target, Target::Head(h) if t.heads[h as usize].kind == "title")
                && self
                    .morphs
                    .at(i + 1)
                    .iter()
                    .any(|b| b.skip == 0 && matches!(b.target, Target::State(_)));
            if verb && !marked && a.tokens == 1 && !title_of && (a.skip > 0 || self.verb_whole(i)) {
                let name = matches!(a.target, Target::Person(_) | Target::State(_));
                let state = matches!(a.target, Target::State(_));
                if sentence_start || a.conjunction && !state || !matches!(a.target, Target::Head(_)) && !name {
                    return None;
                }
            }
            if particle && a.tokens == 1 && a.skip == 0 {
                return None;
            }
            // A conjunction or preposition split off is the less likely, the less the rest is a name.
            let split = if a.conjunction || a.preposition.is_some() { 3 } else { 0 };
            // Nobody says "my" in the news: that ya is the end of a plural in construct.
            let mine = a
                .pronoun
                .is_some_and(|e| t.enclitics[e as usize].features.has(Features::P1));
            Some(base + 40 * (a.tokens as i32 - 1) - split - if mine { 5 } else { 0 })
        };
        self.morphs
            .at(i)
            .iter()
            .filter_map(|a| Some((score(a)?, a)))
            .max_by_key(|(s, _)| *s)
            .map(|(_, a)| *a)
    }
}

fn source_kind(lexicon: &Lexicon, target: Target) -> Option<&str> {
    match target {
        Target::Entry(e) => match &lexicon.tables.entries[e as usize].kind {
            EntryKind::SourceNoun { kind } => Some(kind),
            _ => None,
        },
        _ => None,
    }
}
