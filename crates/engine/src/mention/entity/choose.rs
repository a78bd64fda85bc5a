//! Which reading of a word begins a noun group, and which only describes.

use super::*;

impl Finder<'_> {
    /// A head in the shape of a nisba that describes the noun before it ("a diplomatic note") or says how ("economically").
    pub(super) fn adjectival(&self, i: usize) -> bool {
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
            // Behind a noun in another case it is an object ("killed a leader"), or says how ("militarily").
            let how = matches!(self.modifier(i), Some(Modifier::Sector(_)));
            return how || self.folded(before).ends_with(ALEF) && !self.definite(before);
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
    pub(super) fn best(&self, i: usize) -> Option<Analysis> {
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
                Target::Head(_) if a.article && a.tokens > 1 && !(self.article(i + 1) && describing(i + 1)) => {
                    return None;
                }
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
                Target::Modifier(x) if t.modifiers[x as usize] == Modifier::Latter && self.alone(i, a) => 55,
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
