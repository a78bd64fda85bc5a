//! What is said once and holds for the whole text: names known by their last part, counterparts.

use super::*;

/// Mentions before "the latter" among which it is looked for.
const LATTER: usize = 6;

impl Finder<'_> {
    /// The common noun of a thing that a token may also be ("the base", which is a group's name too).
    pub(super) fn common_noun(&self, i: usize) -> Option<u32> {
        self.morphs.at(i).iter().find_map(|a| match a.target {
            Target::Head(h) if a.tokens == 1 && self.lexicon.tables.heads[h as usize].kind == "site" => Some(h),
            _ => None,
        })
    }

    /// A feminine adjective with the article that calls nobody a terrorist: what it describes is a thing.
    pub(super) fn described_thing(&self, i: usize) -> bool {
        let armed = matches!(self.modifier(i), Some(Modifier::Sector(s)) if s == "UAF");
        self.article(i) && self.marbuta(i) && !armed && self.class(i).is_none()
    }

    /// A group that bears a common noun for its name is the thing, where the text speaks of such a thing elsewhere.
    pub(super) fn things(&self, found: &mut [Mention]) {
        let first = |m: &Mention| self.common_noun(m.tokens.start);
        let body = |m: &Mention| matches!(m.target, Some(Target::Body(_))) && m.tokens.len() == 1;
        let things: rustc_hash::FxHashSet<u32> = found
            .iter()
            .filter(|m| m.kind == Kind::Site)
            .filter_map(first)
            .collect();
        for m in found.iter_mut().filter(|m| body(m)) {
            if let Some(h) = first(m).filter(|h| things.contains(h)) {
                m.target = Some(Target::Head(h));
                m.kind = Kind::Site;
                m.country = CompactString::default();
                m.country_by = "";
                m.sector = CompactString::default();
                m.key = self.key(m);
            }
        }
    }

    /// A counterpart has the sector of the last title before it.
    pub(super) fn counterparts(&self, found: &mut [Mention]) {
        for k in 0..found.len() {
            let counterpart = matches!(found[k].target, Some(Target::Modifier(x)) if self.lexicon.tables.modifiers[x as usize] == Modifier::Counterpart);
            if counterpart {
                let before = found[..k]
                    .iter()
                    .rev()
                    .take(6)
                    .find(|m| matches!(m.kind, Kind::Title | Kind::Person) && !m.sector.is_empty());
                found[k].sector = before.map_or_else(|| "GOV".into(), |m| m.sector.clone());
            }
        }
    }

    /// "The latter" stands alone: it begins something, or what it belongs to has no article.
    pub(super) fn alone(&self, i: usize, a: &Analysis) -> bool {
        let Some(before) = i.checked_sub(1).filter(|_| !a.conjunction && a.preposition.is_none()) else {
            return true;
        };
        self.tokens[before].kind != TokenKind::Word
            || self.class(before).is_some()
            || !self.folded(before).contains(khaldun_lexicon::names::ARTICLE)
                && self.morphs.at(before).iter().any(|b| b.features.has(Features::MASDAR))
    }

    /// The latter is the last person named before, else the last state or body.
    pub(super) fn latter(&self, found: &mut [Mention]) {
        for k in 0..found.len() {
            let latter = matches!(found[k].target, Some(Target::Modifier(x)) if self.lexicon.tables.modifiers[x as usize] == Modifier::Latter);
            if !latter {
                continue;
            }
            let person = |m: &&Mention| matches!(m.kind, Kind::Person | Kind::Title);
            let body = |m: &&Mention| {
                matches!(
                    m.kind,
                    Kind::State
                        | Kind::Government
                        | Kind::Party
                        | Kind::ArmedGroup
                        | Kind::Military
                        | Kind::Organisation
                )
            };
            let before = || found[..k].iter().rev().take(LATTER);
            let Some(meant) = before().find(person).or_else(|| before().find(body)).cloned() else {
                continue;
            };
            let m = &mut found[k];
            (m.kind, m.named, m.name, m.target) = (meant.kind, meant.named, meant.name, meant.target);
            (m.country, m.country_by, m.sector, m.key) = (meant.country, meant.country_by, meant.sector, meant.key);
        }
    }

    /// A name without a title has the office and country that a title gives it elsewhere.
    pub(super) fn unify(&self, found: &mut [Mention]) {
        let mut known: FxHashMap<CompactString, usize> = FxHashMap::default();
        for (k, m) in found
            .iter()
            .enumerate()
            .filter(|(_, m)| m.name != m.span && m.named && !m.sector.is_empty())
        {
            known.entry(m.key.clone()).or_insert(k);
        }
        if known.is_empty() {
            return;
        }
        for k in 0..found.len() {
            let plain = found[k].kind == Kind::Person && found[k].name == found[k].span
                || found[k].sector.is_empty() && found[k].named;
            let Some(&from) = known.get(&found[k].key).filter(|f| plain && **f != k) else {
                continue;
            };
            let (country, by, sector) = (
                found[from].country.clone(),
                found[from].country_by,
                found[from].sector.clone(),
            );
            let m = &mut found[k];
            m.sector = sector;
            if m.country.is_empty() {
                m.country = country;
                m.country_by = by;
            }
        }
    }

    /// "Spanish and Italian ships": the second nisba stands for ships too.
    pub(super) fn second_nisbas(&self, found: &mut [Mention]) {
        for k in 1..found.len() {
            let (before, rest) = found.split_at_mut(k);
            let (p, m) = (&before[k - 1], &mut rest[0]);
            let nisba = matches!(m.target, Some(Target::Demonym(_)))
                && m.conjunction
                && m.tokens.len() == 1
                && m.tokens.start == p.tokens.end;
            let describes = p.country_by == "nisba"
                || p.tokens.len() > 1
                    && self
                        .morphs
                        .at(p.tokens.end - 1)
                        .iter()
                        .any(|a| matches!(a.target, Target::Demonym(_)) && a.tokens == 1);
            if !nisba
                || !describes
                || self.article(p.tokens.end - 1)
                    != self
                        .morphs
                        .at(m.tokens.start)
                        .iter()
                        .any(|a| a.target == m.target.unwrap_or(a.target) && a.article)
            {
                continue;
            }
            let people = m.features.has(Features::PLUR) && !p.features.has(Features::PLUR);
            if !people && !matches!(p.target, Some(Target::Demonym(_))) {
                m.kind = p.kind;
                m.sector = p.sector.clone();
            }
            m.adjective = p.adjective;
        }
    }

    /// "A girl and a young man, Palestinians": a dual or plural nisba behind a singular noun speaks of all that are joined.
    pub(super) fn shared_nisbas(&self, found: &mut [Mention]) {
        for k in (1..found.len()).rev() {
            let (before, rest) = found.split_at_mut(k);
            let (p, m) = (&mut before[k - 1], &rest[0]);
            let many = |a: &Analysis| {
                matches!(a.target, Target::Demonym(_)) && a.features.any(Features::DUAL | Features::PLUR)
            };
            let shared = m.conjunction
                && m.tokens.start == p.tokens.end
                && p.country.is_empty()
                && p.kind == m.kind
                && m.tokens.len() > 1
                && m.country_by == "nisba"
                && self
                    .morphs
                    .at(m.tokens.start)
                    .iter()
                    .any(|a| Some(a.target) == m.target && a.features.has(Features::SING))
                && self.morphs.at(m.tokens.end - 1).iter().any(many);
            if shared {
                p.country = m.country.clone();
                p.country_by = m.country_by;
            }
        }
    }

    /// Last parts of the names of people: the words by which they are known later.
    pub(super) fn aliases(&self, found: &[Mention]) -> FxHashMap<String, usize> {
        let mut out = FxHashMap::default();
        for (k, m) in found.iter().enumerate() {
            if !m.named && m.kind != Kind::Person {
                continue;
            }
            let folded = khaldun_lexicon::fold::fold(self.text.slice(m.name));
            let first = folded.split(' ').next().unwrap_or("");
            let sure = self
                .lexicon
                .get(first)
                .iter()
                .any(|r| matches!(r.target, Target::Given | Target::Modifier(_)));
            if !sure && !matches!(m.target, Some(Target::Person(_))) && !self.article(m.tokens.end - 1) {
                continue;
            }
            let Some((_, last)) = folded.rsplit_once(' ') else {
                continue;
            };
            if last.chars().count() >= 4
                && self.lexicon.get(last).iter().all(|r| {
                    matches!(
                        r.target,
                        Target::Person(_) | Target::Given | Target::Place(_) | Target::Head(_) | Target::Modifier(_)
                    )
                })
            {
                out.entry(last.to_owned()).or_insert(k);
            }
        }
        out
    }

    /// Adds a mention where a known last name stands alone.
    pub(super) fn add_aliases(&self, aliases: &FxHashMap<String, usize>, found: &mut Vec<Mention>) {
        let mut extra = Vec::new();
        let mut replaced: Vec<usize> = Vec::new();
        let mut next = 0;
        for i in 0..self.tokens.len() {
            while next < found.len() && found[next].tokens.end <= i {
                next += 1;
            }
            let inside = found.get(next).filter(|m| m.tokens.contains(&i));
            if !self.is_word(i)
                || (self.taken)(i)
                || inside.is_some_and(|m| {
                    m.tokens.len() > 1 || !matches!(m.kind, Kind::Place | Kind::Source | Kind::Site | Kind::People)
                })
            {
                continue;
            }
            let word = self.folded(i);
            let hit = aliases.get(word).map(|k| (*k, 0, None, false)).or_else(|| {
                self.lexicon.tables.proclitics.iter().find_map(|p| {
                    let rest = word.strip_prefix(p.text.as_str())?;
                    let k = aliases.get(rest)?;
                    let preposition =
                        (p.kind == khaldun_lexicon::lexicon::ProcliticKind::Preposition).then_some(p.particle);
                    Some((*k, p.text.len(), preposition, preposition.is_none()))
                })
            });
            let Some((k, skip, preposition, conjunction)) = hit else {
                continue;
            };
            // What a table takes for a common noun or a town is the person here.
            if inside.is_some() {
                replaced.push(next);
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
            let mut index = 0;
            let mut gone = replaced.into_iter().peekable();
            found.retain(|_| {
                index += 1;
                gone.next_if_eq(&(index - 1)).is_none()
            });
            found.extend(extra);
            found.sort_by_key(|m| m.tokens.start);
        }
    }
}
