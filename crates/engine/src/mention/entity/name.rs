//! Names of people: where they begin and end.

use super::*;

impl Finder<'_> {
    pub(super) fn former(&self, m: &mut Mention) {
        if let Some(Modifier::Former) = self.modifier(m.tokens.end) {
            m.sector = "ELI".into();
            m.tokens.end += 1;
        }
    }

    /// A name between commas behind a title: "the head of the party, Ahmad Salih, …".
    pub(super) fn name_apart(&self, m: &mut Mention, comma: usize) {
        let j = if self.folded(comma + 1) == "," { comma + 2 } else { comma + 1 };
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
        if let Some(b) = self.best(j) {
            if let (Target::Person(p), false, None) = (b.target, b.conjunction, b.preposition) {
                let person = &self.lexicon.tables.people[p as usize];
                let end = j + b.tokens as usize;
                m.name = span_of(self.text, self.tokens, &(j..end), 0);
                m.named = true;
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
        m.named = true;
        m.tokens.end = end;
        m.key = CompactString::from(khaldun_lexicon::fold::fold(self.text.slice(m.name)));
        true
    }

    /// The end of a name of words that no table has, beginning at `j`.
    pub(super) fn unknown_name(&self, j: usize, apart: bool) -> Option<usize> {
        let connector = |k: usize| matches!(self.modifier(k), Some(Modifier::Connector));
        let bare = |k: usize| {
            let names = |a: &Analysis| match a.target {
                Target::Entry(e) => a.skip > 0 && matches!(self.lexicon.tables.entries[e as usize].kind, EntryKind::Plain),
                Target::Particle(_) | Target::Head(_) | Target::Demonym(_) | Target::State(_) | Target::Capital(_) | Target::Body(_) => false,
                _ => true,
            };
            self.is_word(k) && !(self.taken)(k) && self.morphs.at(k).iter().all(names)
        };
        let article = |k: usize| self.article(k);
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
    pub(super) fn new_name(&self, i: usize) -> Option<Mention> {
        if !self.given(i) || self.known_word(i) {
            return None;
        }
        let end = self.unknown_name(i, false)?;
        let name = span_of(self.text, self.tokens, &(i..end), 0);
        Some(Mention {
            tokens: i..end,
            span: name,
            name,
            named: true,
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
}
