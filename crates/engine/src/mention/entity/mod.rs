//! Who and where: names, titles with names, organs, nationals, places.
//!
//! Comes in: tokens with their readings. Goes out: noun groups that can take part in an event, with country and sector, in text order,
//! not overlapping. A name introduced once in full (title and name) is known by its last part afterwards.

mod agree;
mod alias;
mod attach;
mod choose;
mod group;
mod name;
#[cfg(all(test, feature = "bundled"))]
mod tests;
mod tie;

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
    finder.latter(&mut out);
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
/// The ending of an indefinite accusative.
const ALEF: char = '\u{627}';
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
                let modifier = &self.lexicon.tables.modifiers[m as usize];
                let whole = *modifier != Modifier::Connector || !a.article;
                Some(modifier).filter(|m| whole && **m != Modifier::Ordinary)
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
