//! What goes with a head: agreement of adjectives and nisbas, and what it can be annexed to.

use super::*;

impl Finder<'_> {
    /// Folding or a rare form only makes the token look like this head.
    pub(super) fn another_word(&self, i: usize, a: &Analysis, head: u32) -> bool {
        let raw = self
            .text
            .raw_slice(self.tokens[i].start as usize, self.tokens[i].end as usize);
        let here = self.morphs.at(i);
        let entry = |x: &&Analysis| x.tokens == 1 && matches!(x.target, Target::Entry(_));
        // Broken plurals begin with another hamza than verbal nouns.
        let below = raw.starts_with(HAMZA_BELOW) && a.skip == 0 && a.features.has(Features::PLUR);
        // "strong", not "forces".
        let dotted = raw.ends_with(YA)
            && self.lexicon.tables.heads[head as usize].lemma.ends_with(MAQSURA)
            && a.pronoun.is_none()
            && !a.features.has(Features::PLUR);
        // "aggression", not "two enemies".
        let dual = a.features.has(Features::DUAL)
            && here.iter().filter(entry).any(|x| {
                x.features.is_nominal()
                    && !x
                        .features
                        .any(Features::DUAL | Features::ACTIVE_PARTICIPLE | Features::PASSIVE_PARTICIPLE)
            });
        // "he killed him", not "killers".
        let suffixed = self.folded(i).ends_with(HEH)
            && !self.marbuta(i)
            && a.pronoun.is_none()
            && here
                .iter()
                .filter(entry)
                .any(|x| x.pronoun.is_some() && x.features.is_finite());
        below || dotted || dual || suffixed
    }

    /// A masculine noun that stands for its ministry: nothing that it could be annexed to before it, and a feminine nisba behind it.
    pub(super) fn ministry(&self, i: usize) -> bool {
        let free = i.checked_sub(1).is_none_or(|p| {
            !self.is_word(p) || self.class(p).is_some() || self.verb(p) && !self.morphs.at(p).iter().any(|a| a.article)
        });
        free && self.marbuta(i + 1)
            && self.article(i + 1)
            && self
                .morphs
                .at(i + 1)
                .iter()
                .any(|a| matches!(a.target, Target::Demonym(_)))
    }

    /// Whether the adjective at `j` goes with the head in gender, number and article.
    pub(super) fn fits(&self, m: &Mention, a: &Analysis, j: usize, complement: bool, closed: bool) -> bool {
        let article = self.article(j);
        if complement {
            return article;
        }
        let definite = self.definite(m.tokens.end - 1) || a.pronoun.is_some();
        if definite != article && (closed || article) {
            return definite == article;
        }
        // "killed gunmen a shepherd": an object in the singular.
        let many = a.features.any(Features::DUAL | Features::PLUR);
        if many && self.folded(j).ends_with(YA_ALEF) && !self.folded(m.tokens.end - 1).ends_with(ALEF) {
            return false;
        }
        // A sound plural masculine speaks of people, not of their organ: "the forces the rebels".
        let readings = || {
            self.morphs
                .at(j)
                .iter()
                .filter(|x| matches!(x.target, Target::Modifier(_) | Target::Head(_)))
        };
        let people = readings().any(|x| x.features.has(Features::PLUR | Features::MASC))
            && !readings().any(|x| x.features.has(Features::SING));
        !people || many && matches!(m.kind, Kind::People | Kind::Title)
    }

    /// A noun that stands in no construct: dual or sound plural with its nun, indefinite accusative.
    pub(super) fn indefinite(&self, a: &Analysis, last: usize) -> bool {
        if a.features.has(Features::ACCUSATIVE) {
            return true;
        }
        let Target::Head(_) = a.target else { return false };
        if a.tokens > 1 || !a.features.any(Features::PLUR | Features::DUAL) || a.features.has(Features::CONSTRUCT) {
            return false;
        }
        // Sound: without its nun the same noun is in construct.
        let stem = &self.folded(last)[a.skip as usize..];
        stem.strip_suffix(NUN).is_some_and(|s| {
            self.lexicon
                .get(s)
                .iter()
                .any(|r| r.target == a.target && r.features.has(Features::CONSTRUCT))
        })
    }

    /// The token has the article, or is a name.
    pub(super) fn ends_closed(&self, i: usize) -> bool {
        self.definite(i)
    }

    /// Behind a definite noun, what may be a state or a nisba is a nisba ("the Saudi ministry of the interior").
    pub(super) fn as_nisba(&self, j: usize, b: Analysis) -> Analysis {
        if !matches!(b.target, Target::State(_)) || b.tokens > 1 || b.preposition.is_some() || b.conjunction {
            return b;
        }
        let nisba = self.morphs.at(j).iter().find(|x| {
            matches!(x.target, Target::Demonym(_))
                && x.tokens == 1
                && x.article
                && !x.conjunction
                && x.preposition.is_none()
        });
        nisba.copied().unwrap_or(b)
    }

    /// A sound plural behind a sound plural in the same case describes it ("the dismissed teachers"); behind one that is no subject also a broken
    /// plural of a nisba ("the Kurdish fighters").
    pub(super) fn same_case(&self, m: &Mention, a: &Analysis, j: usize, b: &Analysis) -> bool {
        let people = |t: Target| matches!(t, Target::Head(h) if matches!(self.lexicon.tables.heads[h as usize].kind.as_str(), "people" | "title"));
        let nisba =
            |t: Target| matches!(t, Target::Head(h) if self.lexicon.tables.heads[h as usize].lemma.ends_with(YA));
        let (first, second) = (self.folded(m.tokens.end - 1), self.folded(j));
        let ending = |w: &str| w.char_indices().rev().nth(1).map_or(0, |c| c.0);
        m.tokens.len() == 1
            && b.tokens == 1
            && people(a.target)
            && people(b.target)
            && first.ends_with(NUN)
            && (first[ending(first)..] == second[ending(second)..]
                || first[ending(first)..].starts_with(YA) && nisba(b.target))
            && self.definite(m.tokens.end - 1) == self.article(j)
            && a.features.has(Features::PLUR)
            && b.features.has(Features::PLUR)
    }

    /// Whether a group can be annexed to this head.
    pub(super) fn annexes(&self, m: &Mention, inner: &Mention) -> bool {
        if m.kind != Kind::People || self.kin(m) {
            return true;
        }
        let organ = matches!(
            inner.kind,
            Kind::Government | Kind::Military | Kind::Title | Kind::Person
        );
        match m.sector.as_str() {
            "CVL" | "EDU" | "REF" => !organ,
            "UAF" | "UNK" => {
                let hit = matches!(inner.kind, Kind::Place | Kind::State | Kind::Site) && self.lone_attacker(m);
                !organ && !hit && inner.kind != Kind::People
            }
            _ => true,
        }
    }

    /// A noun that tells somebody by his tie to another ("the brother of", "the killer of").
    pub(super) fn kin(&self, m: &Mention) -> bool {
        matches!(m.target, Some(Target::Head(h)) if self.lexicon.tables.heads[h as usize].kind == "kin")
    }

    /// One attacker without article: what follows is rather what he hit ("a suicide bomber the capital").
    pub(super) fn lone_attacker(&self, m: &Mention) -> bool {
        m.kind == Kind::People
            && matches!(m.sector.as_str(), "UAF" | "UNK")
            && !m.features.any(Features::PLUR | Features::DUAL)
            && !self.kin(m)
    }

    /// A site whose name is also an act, annexed to a person: that one suffers it ("the imprisonment of the journalist").
    pub(super) fn suffers(&self, m: &Mention, inner: &Mention) -> bool {
        m.kind == Kind::Site
            && m.tokens.len() == 1
            && matches!(inner.kind, Kind::People | Kind::Person | Kind::Title)
            && self.morphs.at(m.tokens.start).iter().any(|a| {
                a.features.has(Features::MASDAR)
                    && matches!(a.target, Target::Entry(e) if !matches!(self.lexicon.tables.entries[e as usize].kind, EntryKind::Plain))
            })
    }

    /// Whether an unknown word with the article can be an adjective of the head.
    pub(super) fn fits_unknown(&self, m: &Mention, a: &Analysis, j: usize, complement: bool) -> bool {
        if complement {
            return false;
        }
        if !self.definite(m.tokens.end - 1) {
            return false;
        }
        let people = matches!(m.kind, Kind::People | Kind::Title) && a.features.any(Features::PLUR | Features::DUAL);
        !people || self.folded(j).ends_with(NUN) || self.folded(j).ends_with(ALEF_TA)
    }

    /// Whether a nisba can describe the group.
    pub(super) fn agrees(&self, m: &Mention, a: &Analysis, b: &Analysis, complement: bool, closed: bool) -> bool {
        let definite = closed && !a.features.has(Features::ACCUSATIVE) || complement;
        if m.country_by == "nisba" && b.article && m.kind != Kind::Military && m.kind != Kind::Organisation {
            return false;
        }
        if definite && !b.article && self.definite(m.tokens.end - 1) {
            return false;
        }
        // "the ship" is feminine, "Russian" here is not.
        if !complement
            && m.tokens.len() == 1
            && self.marbuta(m.tokens.start)
            && b.features.has(Features::MASC | Features::SING)
            && !b.features.has(Features::FEM)
            && !a.features.has(Features::PLUR)
        {
            return false;
        }
        // "killed a soldier (nominative) a Palestinian (accusative)".
        if b.features.has(Features::ACCUSATIVE)
            && !complement
            && a.features.has(Features::MASC)
            && a.features.has(Features::SING)
            && !a.features.has(Features::ACCUSATIVE)
            && m.tokens.len() == 1
        {
            return false;
        }
        true
    }

    /// A nisba after a noun that it agrees with in definiteness describes it.
    pub(super) fn describes(&self, i: usize, a: &Analysis) -> bool {
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

    /// A nisba behind a known body says which one of that name: "the Justice and Development Party" of Morocco or of Turkey.
    pub(super) fn body_nisba(&self, m: &mut Mention) {
        let j = m.tokens.end;
        let Some(b) = self
            .best(j)
            .filter(|b| b.preposition.is_none() && !b.conjunction && !(self.taken)(j))
        else {
            return;
        };
        let Target::Demonym(s) = b.target else { return };
        if !b.article || b.features.has(Features::PLUR | Features::MASC) {
            return;
        }
        let country = &self.lexicon.tables.states[s as usize].iso3;
        m.tokens.end = j + 1;
        if m.country.len() == 3
            && m.country != *country
            && !matches!(m.country.as_str(), "UNO" | "EUR" | "IGO" | "NGO" | "IMG" | "MNC")
        {
            m.target = None;
            m.country = country.clone();
            m.country_by = "nisba";
        }
    }
}
