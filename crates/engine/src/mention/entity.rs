//! Who and where: names, titles with names, organs, nationals, places.
//!
//! Comes in: tokens with their readings. Goes out: noun groups that can take part in an event, with country and sector, in text order,
//! not overlapping. A name introduced once in full (title and name) is known by its last part afterwards.

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

/// Finds all mentions of a text. `taken`: tokens that belong to a time expression.
pub fn find(
    text: &Text,
    tokens: &[Token],
    morphs: &Morphs,
    lexicon: &Lexicon,
    taken: &dyn Fn(usize) -> bool,
) -> Vec<Mention> {
    let finder = Finder { text, tokens, morphs, lexicon, taken };
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
    finder.attach(&mut out);
    finder.counterparts(&mut out);
    let aliases = finder.aliases(&out);
    if !aliases.is_empty() {
        finder.add_aliases(&aliases, &mut out);
    }
    out
}

struct Finder<'a> {
    text: &'a Text,
    tokens: &'a [Token],
    morphs: &'a Morphs,
    lexicon: &'a Lexicon,
    taken: &'a dyn Fn(usize) -> bool,
}

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
        self.morphs.at(i).iter().find_map(|a| match a.target {
            Target::Particle(p) if a.tokens == 1 && a.pronoun.is_none() => {
                Some(self.lexicon.tables.particles[p as usize].class)
            }
            _ => None,
        })
    }

    /// The token is an entry that can be read as a finite verb.
    fn verb(&self, i: usize) -> bool {
        self.morphs.at(i).iter().any(|a| {
            a.tokens == 1 && matches!(a.target, Target::Entry(_)) && (a.features.is_finite() || a.features.has(Features::IMPERATIVE))
        })
    }

    /// The token is an entry (verb, verbal noun, event noun) or a function word.
    fn known_word(&self, i: usize) -> bool {
        self.morphs.at(i).iter().any(|a| matches!(a.target, Target::Entry(_) | Target::Particle(_) | Target::Head(_) | Target::Demonym(_)))
    }

    fn given(&self, i: usize) -> bool {
        self.morphs.at(i).iter().any(|a| a.target == Target::Given && a.skip == 0)
    }

    fn modifier(&self, i: usize) -> Option<&Modifier> {
        self.morphs.at(i).iter().find_map(|a| match a.target {
            Target::Modifier(m) => Some(&self.lexicon.tables.modifiers[m as usize]),
            _ => None,
        })
    }

    /// The reading of a name or head that begins here.
    fn best(&self, i: usize) -> Option<Analysis> {
        let t = &self.lexicon.tables;
        let previous = i.checked_sub(1).and_then(|p| self.class(p));
        let after_preposition = matches!(previous, Some(Class::Preposition | Class::Agent | Class::Demonstrative | Class::Quantifier))
            || i.checked_sub(1).is_some_and(|p| self.tokens[p].kind == TokenKind::Number);
        let sentence_start = i == 0 || matches!(self.tokens[i - 1].kind, TokenKind::Newline | TokenKind::Punct);
        let verb = self.verb(i);
        let entry = self.morphs.at(i).iter().any(|a| a.tokens == 1 && matches!(a.target, Target::Entry(_)) && source_kind(self.lexicon, a.target).is_none() && !a.features.has(Features::PARTICLE));
        let particle = self.morphs.at(i).iter().any(|a| a.tokens == 1 && a.skip == 0 && matches!(a.target, Target::Particle(_)));
        let score = |a: &Analysis| -> Option<i32> {
            let marked = a.article || a.preposition.is_some() || after_preposition || a.tokens > 1;
            let base = match a.target {
                Target::Person(_) => 70,
                Target::Body(_) => 65,
                Target::State(_) => 75,
                Target::Seat(_) => 62,
                Target::Capital(_) => 60,
                Target::Demonym(_) => 50,
                Target::Head(h) => {
                    let head = &t.heads[h as usize];
                    if head.kind == "site" { 40 } else { 52 }
                }
                Target::Place(p) => {
                    let place = &t.places[p as usize];
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
            if verb && !marked && a.tokens == 1 {
                let name = matches!(a.target, Target::Person(_) | Target::State(_));
                if sentence_start || a.conjunction || !matches!(a.target, Target::Head(_)) && !name {
                    return None;
                }
            }
            if particle && a.tokens == 1 && a.skip == 0 {
                return None;
            }
            // A conjunction or preposition split off is the less likely, the less the rest is a name.
            let split = if a.conjunction || a.preposition.is_some() { 3 } else { 0 };
            Some(base + 40 * (a.tokens as i32 - 1) - split)
        };
        self.morphs.at(i).iter().filter_map(|a| Some((score(a)?, a))).max_by_key(|(s, _)| *s).map(|(_, a)| *a)
    }

    /// The noun group that begins at a token.
    fn group(&self, i: usize, depth: usize) -> Option<Mention> {
        if !self.is_word(i) || (self.taken)(i) || depth > DEPTH {
            return None;
        }
        let a = match self.best(i) {
            Some(a) => a,
            None => return self.new_name(i),
        };
        let end = i + a.tokens as usize;
        let t = &self.lexicon.tables;
        let mut m = Mention {
            tokens: i..end,
            span: Span::default(),
            name: span_of(self.text, self.tokens, &(i..end), a.lead as usize),
            kind: Kind::People,
            target: Some(a.target),
            country: CompactString::default(),
            country_by: "",
            sector: CompactString::default(),
            preposition: a.preposition,
            outer: None,
            agent: false,
            conjunction: a.conjunction,
            features: a.features,
            definite: a.article || !matches!(a.target, Target::Head(_) | Target::Demonym(_)),
            adjective: false,
            place: None,
            key: CompactString::default(),
        };
        match a.target {
            Target::State(s) | Target::Capital(s) => {
                m.kind = Kind::State;
                m.country = t.states[s as usize].iso3.clone();
                m.country_by = "name of the state";
                m.sector = "GOV".into();
                m.features = Features::FEM | Features::SING;
            }
            Target::Seat(s) => {
                m.kind = Kind::Government;
                m.country = t.states[t.seats[s as usize].state as usize].iso3.clone();
                m.country_by = "seat of power";
                m.sector = t.seats[s as usize].sector.clone();
                m.features = Features::MASC | Features::SING;
            }
            Target::Person(p) => {
                let person = &t.people[p as usize];
                m.kind = Kind::Person;
                m.country = person.country.clone();
                m.country_by = "known person";
                m.sector = person.sector.clone();
                m.features = Features::SING;
            }
            Target::Body(b) => {
                let body = &t.bodies[b as usize];
                m.kind = Kind::parse(&body.kind);
                m.country = body.country.clone();
                m.country_by = "known body";
                m.sector = body.sector.clone();
                m.features = Features::default();
            }
            Target::Demonym(s) => {
                m.country = t.states[s as usize].iso3.clone();
                m.country_by = "nisba";
                m.sector = "CVL".into();
                m.adjective = self.describes(i, &a);
            }
            Target::Place(p) => {
                m.kind = Kind::Place;
                m.country = t.places[p as usize].country.clone();
                m.country_by = "place";
                m.place = Some(p);
                m.features = Features::FEM | Features::SING;
            }
            _ => {}
        }
        if let Target::Modifier(_) = a.target {
            // "his counterpart": an office like that of the title before it.
            m.kind = Kind::Title;
            m.sector = "~".into();
            m.definite = true;
            self.describe_head(&mut m, &a, depth);
        } else if let Target::Entry(_) = a.target {
            m.kind = Kind::Source;
            m.definite = a.article;
            self.describe_head(&mut m, &a, depth);
        } else if let Target::Head(h) = a.target {
            let head = &t.heads[h as usize];
            m.kind = Kind::parse(&head.kind);
            m.sector = head.sector.clone();
            self.describe_head(&mut m, &a, depth);
        } else if m.kind == Kind::State || m.kind == Kind::Place {
            // "the Libyan capital Tripoli", "Nice, the French town": the nisba only confirms.
        } else if let Target::Person(_) = a.target {
            self.former(&mut m);
        } else if !m.adjective && matches!(a.target, Target::Demonym(_)) {
            self.name_after(&mut m);
        }
        m.span = span_of(self.text, self.tokens, &m.tokens, a.lead as usize);
        if m.key.is_empty() {
            m.key = self.key(&m);
        }
        Some(m)
    }

    fn key(&self, m: &Mention) -> CompactString {
        let t = &self.lexicon.tables;
        match m.target {
            Some(Target::Person(p)) => t.people[p as usize].id.clone(),
            Some(Target::Body(b)) => t.bodies[b as usize].id.clone(),
            Some(Target::State(s) | Target::Capital(s)) => t.states[s as usize].iso3.clone(),
            _ => CompactString::from(khaldun_lexicon::fold::fold(self.text.slice(m.name))),
        }
    }

    /// A nisba after a noun that it agrees with in definiteness describes it.
    fn describes(&self, i: usize, a: &Analysis) -> bool {
        if a.conjunction || a.preposition.is_some() || i == 0 || !self.is_word(i - 1) {
            return false;
        }
        if self.class(i - 1).is_some() || (self.taken)(i - 1) {
            return false;
        }
        let before = self.morphs.at(i - 1);
        let finite = before.iter().any(|b| b.features.is_finite()) && !before.iter().any(|b| b.features.is_nominal());
        !finite
    }

    /// What stands after a head: nisba, body, place, further heads, a name.
    fn describe_head(&self, m: &mut Mention, a: &Analysis, depth: usize) {
        let t = &self.lexicon.tables;
        let limit = m.tokens.start + GROUP_TOKENS;
        let mut j = m.tokens.end;
        let mut unknown = 0;
        let title = m.kind == Kind::Title;
        let mut complement = false;
        while j < self.tokens.len() && j < limit && !(self.taken)(j) {
            if self.tokens[j].kind == TokenKind::Punct {
                let mark = self.folded(j);
                // A name between quotation marks belongs to its head (the movement "…"), one between commas to its title.
                if matches!(mark, "\"" | "(" | "-") && self.morphs.at(j + 1).iter().any(|x| matches!(x.target, Target::Body(_))) {
                    j += 1;
                    continue;
                }
                if mark == "," && title {
                    let from = if self.folded(j + 1) == "," { j + 2 } else { j + 1 };
                    if self.take_name(m, from, true) {
                        j = m.tokens.end;
                        if self.folded(j) == "," && self.is_word(j + 1) {
                            m.tokens.end = j + 1;
                        }
                    }
                }
                break;
            }
            if !self.is_word(j) {
                break;
            }
            match self.modifier(j) {
                Some(Modifier::Former) => {
                    m.sector = "ELI".into();
                    m.tokens.end = j + 1;
                    j += 1;
                    continue;
                }
                Some(Modifier::Sector(s)) if self.best(j).is_none() || !title => {
                    if m.sector.is_empty() || m.sector == "~" || m.sector == "CVL" || s == "UAF" || s == "OPP" || s == "REB" {
                        m.sector = s.clone();
                    }
                    m.tokens.end = j + 1;
                    j += 1;
                    continue;
                }
                _ => {}
            }
            if let Some(b) = self.best(j) {
                if b.conjunction {
                    break;
                }
                if let (Target::Demonym(s), None) = (b.target, b.preposition) {
                    if m.country.is_empty() || m.country_by == "inner group" {
                        m.country = t.states[s as usize].iso3.clone();
                        m.country_by = "nisba";
                    }
                    j += b.tokens as usize;
                    m.tokens.end = j;
                    continue;
                }
                if b.preposition.is_some() || complement {
                    let tied = b.preposition.is_some_and(|p| self.ties(p));
                    if !tied || !m.country.is_empty() || matches!(b.target, Target::Person(_)) {
                        if title && b.preposition.is_none() && self.take_name(m, j, false) {
                            break;
                        }
                        break;
                    }
                }
                if let Target::Person(_) = b.target {
                    if b.preposition.is_none() && self.take_name(m, j, false) {
                        break;
                    }
                    break;
                }
                if title && !m.country.is_empty() && matches!(b.target, Target::Place(_)) && self.take_name(m, j, false) {
                    break;
                }
                // Annexed: minister of …, head of the movement, people of the town.
                if (a.article && b.preposition.is_none()) && !title && !matches!(b.target, Target::Body(_)) {
                    break;
                }
                let Some(inner) = self.group(j, depth + 1) else { break };
                self.inherit(m, &inner);
                complement = true;
                j = inner.tokens.end;
                m.tokens.end = j;
                if inner.kind == Kind::Person || self.text.slice(inner.span) != self.text.slice(inner.name) {
                    // The inner group took a name; in a title that is the title's own.
                    if title && inner.kind == Kind::Title || title && inner.kind == Kind::Person {
                        m.name = inner.name;
                        m.key = inner.key.clone();
                        break;
                    }
                }
                continue;
            }
            match self.class(j) {
                Some(Class::Preposition) if m.country.is_empty() => {
                    let tied = self.morphs.at(j).iter().any(|x| matches!(x.target, Target::Particle(p) if self.ties(p)));
                    if !tied || !matches!(m.kind, Kind::Title | Kind::Site | Kind::Source | Kind::Military | Kind::ArmedGroup | Kind::Organisation | Kind::Government | Kind::People) {
                        break;
                    }
                    let quoted = if self.folded(j + 1) == "\"" { j + 2 } else { j + 1 };
                    let Some(inner) = self.group(quoted, depth + 1) else { break };
                    let place = matches!(inner.kind, Kind::Place | Kind::State);
                    if place && !matches!(m.kind, Kind::Title) || inner.conjunction {
                        break;
                    }
                    self.inherit(m, &inner);
                    complement = true;
                    j = inner.tokens.end;
                    m.tokens.end = j;
                    continue;
                }
                Some(_) => break,
                None => {}
            }
            if matches!(self.modifier(j), Some(Modifier::Described)) && self.best(j + 1).is_some() {
                j += 1;
                continue;
            }
            if title && self.take_name(m, j, false) {
                break;
            }
            // An adjective or genitive that we do not know.
            if self.known_word(j) || unknown >= 2 {
                break;
            }
            let article = self.folded(j).starts_with(khaldun_lexicon::names::ARTICLE);
            let follows = self.best(j + 1).is_some_and(|b| matches!(b.target, Target::Demonym(_)) && !b.conjunction && b.preposition.is_none());
            if article || follows {
                unknown += 1;
                j += 1;
                if article && unknown == 1 || follows {
                    m.tokens.end = j;
                }
                continue;
            }
            break;
        }
        if m.sector == "~" {
            m.sector = if title && !m.country.is_empty() && m.country_by != "inner group" { "GOV".into() } else { CompactString::default() };
        }
    }

    fn ties(&self, particle: u16) -> bool {
        let text = &self.lexicon.tables.particles[particle as usize].text;
        self.lexicon.get(text).iter().any(|r| match r.target {
            Target::Modifier(m) => self.lexicon.tables.modifiers[m as usize] == Modifier::Described,
            _ => false,
        })
    }

    fn inherit(&self, m: &mut Mention, inner: &Mention) {
        if !inner.country.is_empty() && m.country.is_empty() {
            m.country = inner.country.clone();
            m.country_by = if inner.country_by == "nisba" { "nisba" } else { "inner group" };
        }
        if m.sector == "~" || m.sector.is_empty() {
            let people = inner.kind == Kind::People && !inner.adjective && m.kind == Kind::Title;
            m.sector = if matches!(inner.kind, Kind::State) { "GOV".into() } else if people { m.sector.clone() } else { inner.sector.clone() };
        }
        if m.place.is_none() {
            m.place = inner.place;
        }
    }

    fn former(&self, m: &mut Mention) {
        if let Some(Modifier::Former) = self.modifier(m.tokens.end) {
            m.sector = "ELI".into();
            m.tokens.end += 1;
        }
    }

    /// A name after a group noun or nisba (the Palestinian Abu …): taken if it begins with a given name.
    fn name_after(&self, m: &mut Mention) {
        let j = m.tokens.end;
        if self.given(j) && !m.features.any(Features::PLUR | Features::DUAL) {
            self.take_name(m, j, false);
        }
    }

    /// Takes a person's name that begins at `j` into the group. `apart`: it stands behind a comma, so it must be a surer one.
    fn take_name(&self, m: &mut Mention, j: usize, apart: bool) -> bool {
        if let Some(b) = self.best(j) {
            if let (Target::Person(p), false, None) = (b.target, b.conjunction, b.preposition) {
                let person = &self.lexicon.tables.people[p as usize];
                let end = j + b.tokens as usize;
                m.name = span_of(self.text, self.tokens, &(j..end), 0);
                m.tokens.end = end;
                m.target = Some(b.target);
                m.key = person.id.clone();
                if m.country.is_empty() || m.country_by == "inner group" {
                    m.country = person.country.clone();
                    m.country_by = "known person";
                }
                if m.sector.is_empty() || m.sector == "~" {
                    m.sector = person.sector.clone();
                }
                self.former(m);
                return true;
            }
        }
        let Some(end) = self.unknown_name(j, apart) else { return false };
        m.name = span_of(self.text, self.tokens, &(j..end), 0);
        m.tokens.end = end;
        m.key = CompactString::from(khaldun_lexicon::fold::fold(self.text.slice(m.name)));
        true
    }

    /// The end of a name of words that no table has, beginning at `j`.
    fn unknown_name(&self, j: usize, apart: bool) -> Option<usize> {
        let connector = |k: usize| matches!(self.modifier(k), Some(Modifier::Connector));
        let bare = |k: usize| {
            let names = |a: &Analysis| match a.target {
                Target::Entry(e) => a.skip > 0 && matches!(self.lexicon.tables.entries[e as usize].kind, EntryKind::Plain),
                Target::Particle(_) | Target::Head(_) | Target::Demonym(_) | Target::State(_) | Target::Capital(_) | Target::Body(_) => false,
                _ => true,
            };
            self.is_word(k) && !(self.taken)(k) && self.morphs.at(k).iter().all(names)
        };
        let article = |k: usize| self.folded(k).starts_with(khaldun_lexicon::names::ARTICLE);
        if !self.is_word(j) || (self.taken)(j) {
            return None;
        }
        let first_given = self.given(j) || connector(j);
        if !first_given && (!bare(j) || apart && article(j) || article(j) && !bare(j + 1)) {
            return None;
        }
        let mut k = j + 1;
        let mut free = 0;
        while k < j + 5 && self.is_word(k) && !(self.taken)(k) {
            if connector(k - 1) || connector(k) || self.given(k) {
                k += 1;
                continue;
            }
            if first_given && free == 0 && !self.verb(k) && self.class(k).is_none() {
                // The family name may be any word.
                let plain = bare(k) || article(k);
                if !plain {
                    break;
                }
                free += 1;
                k += 1;
                if article(k - 1) {
                    break;
                }
                continue;
            }
            if !first_given && bare(k) && free < 3 {
                free += 1;
                k += 1;
                if article(k - 1) {
                    break;
                }
                continue;
            }
            break;
        }
        (k - j >= 2).then_some(k)
    }

    /// A name without title: only where it begins with a given name and goes on.
    fn new_name(&self, i: usize) -> Option<Mention> {
        if !self.given(i) || self.known_word(i) {
            return None;
        }
        let end = self.unknown_name(i, false)?;
        let name = span_of(self.text, self.tokens, &(i..end), 0);
        Some(Mention {
            tokens: i..end,
            span: name,
            name,
            kind: Kind::Person,
            target: None,
            country: CompactString::default(),
            country_by: "",
            sector: CompactString::default(),
            preposition: None,
            outer: None,
            agent: false,
            conjunction: false,
            features: Features::SING,
            definite: true,
            adjective: false,
            place: None,
            key: CompactString::from(khaldun_lexicon::fold::fold(self.text.slice(name))),
        })
    }

    /// Finds the preposition that stands before each mention. Quantifiers, numbers and quotation marks between are passed over; so is "of" behind a quantifier.
    fn attach(&self, found: &mut [Mention]) {
        for m in found.iter_mut() {
            self.attach_one(m);
        }
    }

    fn attach_one(&self, m: &mut Mention) {
        if m.preposition.is_some() {
            return;
        }
        let mut cursor = m.tokens.start;
        let mut nouns = 0;
        'words: for _ in 0..7 {
            if cursor == 0 {
                return;
            }
            let before = cursor - 1;
            match self.tokens[before].kind {
                TokenKind::Number => {
                    cursor = before;
                    continue;
                }
                TokenKind::Punct if matches!(self.folded(before), "\"" | "(" | "'") => {
                    cursor = before;
                    continue;
                }
                TokenKind::Word => {}
                _ => return,
            }
            // Function words of several words ("on the part of") begin further to the left.
            for start in cursor.saturating_sub(4)..cursor {
                for a in self.morphs.at(start) {
                    let Target::Particle(p) = a.target else { continue };
                    if start + a.tokens as usize != cursor || a.pronoun.is_some() {
                        continue;
                    }
                    match self.lexicon.tables.particles[p as usize].class {
                        Class::Agent => {
                            m.agent = nouns == 0;
                            return;
                        }
                        Class::Preposition => {
                            let quantifier = start > 0 && self.class(start - 1) == Some(Class::Quantifier);
                            if quantifier {
                                cursor = start;
                                continue 'words;
                            }
                            if nouns > 0 {
                                m.outer = Some(p);
                                return;
                            }
                            m.preposition = Some(p);
                            m.conjunction |= a.conjunction;
                            return;
                        }
                        Class::Demonstrative | Class::Quantifier if nouns == 0 => {
                            m.preposition = a.preposition;
                            if a.preposition.is_some() {
                                return;
                            }
                            m.conjunction |= a.conjunction;
                            cursor = start;
                            continue 'words;
                        }
                        _ => {}
                    }
                }
            }
            // A quantifier with a preposition written onto it ("with all"), or a number word.
            let number = khaldun_lexicon::fold::fold(self.folded(before));
            if self.lexicon.tables.numbers.get(&number).is_some() {
                cursor = before;
                continue;
            }
            // A noun that the mention is annexed to: no article, not only a verb. A preposition written onto it governs the whole.
            if nouns == 2 || m.conjunction || self.folded(before).starts_with(khaldun_lexicon::names::ARTICLE) || (self.taken)(before) {
                return;
            }
            let here = self.morphs.at(before);
            let nominal = here.iter().filter(|a| a.features.is_nominal() && !a.article && a.pronoun.is_none());
            if let Some(a) = nominal.clone().find(|a| a.preposition.is_some()).filter(|_| !here.iter().any(|a| a.skip == 0 && a.features.is_nominal())) {
                m.outer = a.preposition;
                return;
            }
            let finite = here.iter().any(|a| a.features.is_finite() && a.skip == 0);
            if here.is_empty() || nominal.count() > 0 && !finite {
                nouns += 1;
                cursor = before;
                continue;
            }
            return;
        }
    }

    /// A counterpart has the sector of the last title before it.
    fn counterparts(&self, found: &mut [Mention]) {
        for k in 0..found.len() {
            let counterpart = matches!(found[k].target, Some(Target::Modifier(x)) if self.lexicon.tables.modifiers[x as usize] == Modifier::Counterpart);
            if counterpart {
                let before = found[..k].iter().rev().take(6).find(|m| matches!(m.kind, Kind::Title | Kind::Person) && !m.sector.is_empty());
                found[k].sector = before.map_or_else(|| "GOV".into(), |m| m.sector.clone());
            }
        }
    }

    /// Last parts of the names of people: the words by which they are known later.
    fn aliases(&self, found: &[Mention]) -> FxHashMap<String, usize> {
        let mut out = FxHashMap::default();
        for (k, m) in found.iter().enumerate() {
            if !matches!(m.kind, Kind::Person | Kind::Title) || m.name == m.span && m.kind == Kind::Title {
                continue;
            }
            let folded = khaldun_lexicon::fold::fold(self.text.slice(m.name));
            let Some((_, last)) = folded.rsplit_once(' ') else { continue };
            if last.chars().count() >= 4 && self.lexicon.get(last).iter().all(|r| matches!(r.target, Target::Person(_) | Target::Given | Target::Place(_) | Target::Head(_) | Target::Modifier(_))) {
                out.entry(last.to_owned()).or_insert(k);
            }
        }
        out
    }

    /// Adds a mention where a known last name stands alone.
    fn add_aliases(&self, aliases: &FxHashMap<String, usize>, found: &mut Vec<Mention>) {
        let mut extra = Vec::new();
        let mut next = 0;
        for i in 0..self.tokens.len() {
            while next < found.len() && found[next].tokens.end <= i {
                next += 1;
            }
            let inside = found.get(next).filter(|m| m.tokens.contains(&i));
            if !self.is_word(i) || (self.taken)(i) || inside.is_some_and(|m| m.tokens.len() > 1 || !matches!(m.kind, Kind::Place | Kind::Source | Kind::Site | Kind::People)) {
                continue;
            }
            let word = self.folded(i);
            let hit = aliases.get(word).map(|k| (*k, 0, None, false)).or_else(|| {
                self.lexicon.tables.proclitics.iter().find_map(|p| {
                    let rest = word.strip_prefix(p.text.as_str())?;
                    let k = aliases.get(rest)?;
                    let preposition = (p.kind == khaldun_lexicon::lexicon::ProcliticKind::Preposition).then_some(p.particle);
                    Some((*k, p.text.len(), preposition, preposition.is_none()))
                })
            });
            let Some((k, skip, preposition, conjunction)) = hit else { continue };
            if inside.is_some() {
                found.remove(next);
                continue;
            }
            let full = &found[k];
            let name = span_of(self.text, self.tokens, &(i..i + 1), skip);
            let mut m = full.clone();
            m.tokens = i..i + 1;
            m.span = name;
            m.name = name;
            m.kind = Kind::Person;
            m.preposition = preposition;
            m.conjunction = conjunction;
            m.features = Features::SING;
            extra.push(m);
        }
        if !extra.is_empty() {
            found.extend(extra);
            found.sort_by_key(|m| m.tokens.start);
        }
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
