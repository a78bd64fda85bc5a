//! Names of people: where they begin and end.

use super::*;
use khaldun_lexicon::lexicon::ProcliticKind;

impl Finder<'_> {
    pub(super) fn former(&self, m: &mut Mention) {
        if let Some(Modifier::Former) = self.modifier(m.tokens.end) {
            m.sector = "ELI".into();
            m.tokens.end += 1;
        }
    }

    /// A name between commas behind a title: "the head of the party, Ahmad Salih, …".
    pub(super) fn name_apart(&self, m: &mut Mention, comma: usize) {
        let j = if self.folded(comma + 1) == "," {
            comma + 2
        } else {
            comma + 1
        };
        if self.take_name(m, j, true) && self.folded(m.tokens.end) == "," && self.is_word(m.tokens.end + 1) {
            m.tokens.end += 1;
        }
    }

    /// A name after a group noun or nisba (the Palestinian Abu …): taken if it begins with a given name.
    pub(super) fn name_after(&self, m: &mut Mention) {
        let j = m.tokens.end;
        if self.given(j) && !m.features.any(Features::PLUR | Features::DUAL) {
            self.take_name(m, j, false);
        }
    }

    /// Takes a person's name that begins at `j` into the group. `apart`: it stands behind a comma, so it must be a surer one.
    pub(super) fn take_name(&self, m: &mut Mention, j: usize, apart: bool) -> bool {
        if let Some((from, b)) = self.known_name(j)
            && let Target::Person(p) = b.target
        {
            let person = &self.lexicon.tables.people[p as usize];
            let end = from + b.tokens as usize;
            let soft = matches!(m.target, Some(Target::Demonym(_)))
                || m.kind == Kind::People && matches!(m.sector.as_str(), "SOC" | "EDU");
            m.name = span_of(self.text, self.tokens, &(from..end), 0);
            m.named = true;
            m.tokens.end = end;
            m.target = Some(b.target);
            m.key = person.id.clone();
            if m.country.is_empty() || m.country_by == "inner group" {
                m.country = person.country.clone();
                m.country_by = "known person";
            }
            if m.sector.is_empty() || m.sector == "~" || soft && !person.sector.is_empty() {
                m.sector = self.office(p);
            }
            self.former(m);
            return true;
        }
        let Some(end) = self.unknown_name(j, apart, false) else {
            return false;
        };
        m.name = span_of(self.text, self.tokens, &(j..end), 0);
        m.named = true;
        m.tokens.end = end;
        m.key = CompactString::from(khaldun_lexicon::fold::fold(self.text.slice(m.name)));
        true
    }

    /// Sector of a known person on the day of publication: who held an office is an elite afterwards.
    pub(super) fn office(&self, person: u32) -> CompactString {
        let person = &self.lexicon.tables.people[person as usize];
        let official = matches!(
            person.sector.as_str(),
            "GOV" | "MIL" | "COP" | "JUD" | "LEG" | "SPY" | "GOV|MIL"
        );
        if official && person.until > 0 && person.until < self.today {
            "ELI".into()
        } else {
            person.sector.clone()
        }
    }

    /// A known person whose name begins at `j`, perhaps behind a form of address.
    fn known_name(&self, j: usize) -> Option<(usize, Analysis)> {
        let person = |k: usize| {
            self.best(k)
                .filter(|b| matches!(b.target, Target::Person(_)) && !b.conjunction && b.preposition.is_none())
        };
        if let Some(b) = person(j) {
            return Some((j, b));
        }
        let address = self.given(j) && self.article(j);
        person(j + 1).filter(|_| address).map(|b| (j + 1, b))
    }

    /// A word that no table has, or that is known as a name.
    fn free_word(&self, k: usize) -> bool {
        let names = |a: &Analysis| match a.target {
            Target::Entry(e) => {
                a.skip > 0 && !a.article && matches!(self.lexicon.tables.entries[e as usize].kind, EntryKind::Plain)
            }
            Target::Particle(_)
            | Target::Head(_)
            | Target::Demonym(_)
            | Target::State(_)
            | Target::Capital(_)
            | Target::Body(_) => false,
            _ => true,
        };
        self.is_word(k) && !(self.taken)(k) && self.morphs.at(k).iter().all(names)
    }

    /// It begins with letters that may be a preposition or conjunction.
    pub(super) fn may_be_split(&self, k: usize) -> bool {
        let word = self.folded(k);
        self.lexicon
            .tables
            .proclitics
            .iter()
            .any(|p| !matches!(p.kind, ProcliticKind::Article) && word.starts_with(p.text.as_str()))
    }

    /// Letters before another name, a word with the article or a noun ("and Malik", "with a song"), not the beginning of a family name.
    fn joined_word(&self, k: usize) -> bool {
        let word = self.folded(k);
        let given = |w: &str| self.lexicon.get(w).iter().any(|r| r.target == Target::Given);
        let connector = |w: &str| {
            let t = &self.lexicon.tables.modifiers;
            self.lexicon
                .get(w)
                .iter()
                .any(|r| matches!(r.target, Target::Modifier(x) if t[x as usize] == Modifier::Connector))
        };
        let family = word.char_indices().skip(1).take(3).any(|c| connector(&word[..c.0]));
        !self.given(k)
            && !family
            && self.lexicon.tables.proclitics.iter().any(|p| {
                let rest = word.strip_prefix(p.text.as_str()).unwrap_or("");
                let long = rest.chars().count() > 4;
                match p.kind {
                    ProcliticKind::Article => false,
                    ProcliticKind::Conjunction if long && rest.starts_with(khaldun_lexicon::names::ARTICLE) => true,
                    _ => given(rest) || self.marbuta(k) && rest.chars().count() > 2,
                }
            })
    }

    /// The end of a name of words that no table has, beginning at `j`. `apart`: it stands behind a comma; `sure`: its first word is a given name.
    fn unknown_name(&self, j: usize, apart: bool, sure: bool) -> Option<usize> {
        let connector = |k: usize| matches!(self.modifier(k), Some(Modifier::Connector));
        let phrase = |k: usize| {
            self.morphs
                .at(k)
                .iter()
                .any(|a| a.tokens > 1 && matches!(a.target, Target::Head(_) | Target::Body(_) | Target::State(_)))
        };
        if !self.is_word(j) || (self.taken)(j) {
            return None;
        }
        let sure = sure || self.given(j) || connector(j);
        let plural = |k: usize| self.folded(k).ends_with(ALEF_TA) || self.folded(k).ends_with(YA_TA);
        if !sure
            && (apart || self.article(j) || !self.free_word(j) || self.may_be_split(j) || plural(j) || plural(j + 1))
        {
            return None;
        }
        let mut k = j + 1;
        // Names so far: "Abd Allah" and "ibn Salman" are one.
        let mut names = if connector(j) { 0 } else { 1 };
        let mut free = 0;
        while k < j + 6 && self.is_word(k) && !(self.taken)(k) && !phrase(k) {
            let article = self.article(k);
            let family = article && self.folded(k).ends_with(YA);
            if connector(k - 1) && !self.verb(k) && self.class(k).is_none() {
                names += 1;
            } else if connector(k) || self.given(k) && !article && self.class(k).is_none() {
                names += usize::from(!connector(k));
            } else if sure && free == 0 && !self.verb(k) && self.class(k).is_none() {
                // The family name may be any word; behind two names it must look like one.
                let short = self.folded(k).chars().count() <= 4;
                let plain = self.free_word(k) && (names < 2 || short || !self.may_be_split(k)) && !self.joined_word(k);
                let body = self.morphs.at(k).iter().any(|a| {
                    matches!(a.target, Target::Body(_)) || names >= 2 && article && matches!(a.target, Target::Head(_))
                });
                let stop = self.tokens.get(k + 1).is_none_or(|t| t.kind == TokenKind::Punct);
                if body
                    || !(plain && !article || article && (names < 2 || family || stop || self.given(k)))
                    || article && self.morphs.at(k).iter().any(|a| matches!(a.target, Target::Demonym(_))) && names >= 2
                {
                    break;
                }
                free += 1;
                names += 1;
                k += 1;
                if article {
                    break;
                }
                continue;
            } else if !sure
                && free < 2
                && self.free_word(k)
                && (!article || family)
                && (article || !self.may_be_split(k) || self.given(k))
            {
                free += 1;
                names += 1;
                k += 1;
                if article {
                    break;
                }
                continue;
            } else {
                break;
            }
            k += 1;
        }
        // Unknown words are an object rather than a name, unless the verb or a mark follows.
        let ends =
            self.tokens.get(k).is_none_or(|t| t.kind != TokenKind::Word) || self.verb(k) && self.class(k).is_none();
        (k - j >= 2 && (sure || ends)).then_some(k)
    }

    /// A given name behind a conjunction or preposition, where more of a name follows ("and Khalid Belhaj").
    fn split_given(&self, i: usize) -> Option<Analysis> {
        let next = i + 1;
        let family = self.article(next) && self.folded(next).ends_with(YA) && self.free_word(next);
        let goes_on = self.given(next) || matches!(self.modifier(next), Some(Modifier::Connector)) || family;
        let here = self.morphs.at(i).iter();
        let mut split = here.filter(|a| a.target == Target::Given && a.skip > 0 && !a.article && a.tokens == 1);
        split
            .next()
            .copied()
            .filter(|a| goes_on && !self.given(i) && !self.ordinary(i, a.skip))
    }

    /// A name without title: only where it begins with a given name and goes on.
    pub(super) fn new_name(&self, i: usize) -> Option<Mention> {
        let next = i + 1;
        let named = self.given(next) || matches!(self.modifier(next), Some(Modifier::Connector));
        let known = self.known_word(i) && !self.dotted_name(i) || self.ordinary(i, 0);
        let split = self.split_given(i);
        let skip = split.map_or(0, |a| a.skip);
        if !self.given(i) && split.is_none() || known && !named || self.known_word(i) && !self.dotted_name(i) {
            return None;
        }
        // "known to all": what follows may be a preposition and a noun.
        let phrase = !named && !self.article(next) && self.may_be_split(next) && self.folded(next).chars().count() > 4;
        if phrase && self.morphs.at(next).is_empty() {
            return None;
        }
        let end = self.unknown_name(i, false, split.is_some())?;
        let name = span_of(self.text, self.tokens, &(i..end), skip as usize);
        let mut m = Mention {
            tokens: i..end,
            span: name,
            name,
            named: true,
            kind: Kind::Person,
            target: None,
            country: CompactString::default(),
            country_by: "",
            sector: CompactString::default(),
            preposition: split.and_then(|a| a.preposition),
            outer: None,
            agent: false,
            conjunction: split.is_some_and(|a| a.conjunction),
            features: Features::SING,
            definite: true,
            adjective: false,
            place: None,
            key: CompactString::from(khaldun_lexicon::fold::fold(self.text.slice(name))),
        };
        self.apposed(&mut m);
        Some(m)
    }

    /// A title behind a name and a comma: "Ahmad Salih, the head of the party, …".
    pub(super) fn apposed(&self, m: &mut Mention) {
        let comma = m.tokens.end;
        if self.folded(comma) != "," || !self.is_word(comma + 1) {
            return;
        }
        let Some(title) = self.group(comma + 1, 2) else { return };
        let definite = title.definite || title.tokens.len() > 1;
        let one = !title.features.any(Features::PLUR | Features::DUAL);
        if title.kind != Kind::Title
            || title.named
            || title.conjunction
            || title.preposition.is_some()
            || !definite
            || !one
        {
            return;
        }
        m.tokens.end = title.tokens.end;
        m.span = m.span.join(title.span);
        if !title.country.is_empty() {
            m.country = title.country;
            m.country_by = title.country_by;
        }
        if !title.sector.is_empty() && title.sector != "~" {
            m.sector = title.sector;
        }
    }
}
