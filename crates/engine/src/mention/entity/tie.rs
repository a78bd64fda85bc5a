//! What belongs to a group: a name in quotation marks, what a preposition ties to it, and what it takes over from what it belongs to.

use super::*;

impl Finder<'_> {
    /// A single person named by a common noun ("the activist").
    pub(super) fn one_of_people(&self, m: &Mention) -> bool {
        m.kind == Kind::People && !m.features.any(Features::PLUR | Features::DUAL)
    }

    /// A name between quotation marks that belongs to its head (the movement "…"): goes to its end.
    pub(super) fn quoted(&self, m: &mut Mention, j: &mut usize) -> bool {
        let mark = self.folded(*j);
        let opens = self
            .tokens
            .get(*j + 1)
            .is_some_and(|next| next.start == self.tokens[*j].end);
        if !matches!(mark, "\"" | "(" | "-") || mark == "\"" && !opens {
            return false;
        }
        let body = self
            .best(*j + 1)
            .filter(|x| matches!(x.target, Target::Body(_)) && x.preposition.is_none() && !x.conjunction);
        let mut end = match body {
            Some(b) => {
                let Some(inner) = self.group(*j + 1, DEPTH) else {
                    return false;
                };
                self.inherit(m, &inner);
                self.join(m, &inner);
                if matches!(m.target, Some(Target::Head(_))) && m.kind != Kind::Title && m.kind != Kind::People {
                    m.key = inner.key;
                }
                *j + 1 + b.tokens as usize
            }
            // A name that no table has, of a party, a paper, a movement.
            None if mark == "\""
                && matches!(
                    m.kind,
                    Kind::Party | Kind::ArmedGroup | Kind::Organisation | Kind::Outlet | Kind::Military
                ) =>
            {
                match (*j + 2..*j + 6).find(|k| self.folded(*k) == "\"") {
                    Some(k) if (*j + 1..k).all(|x| self.is_word(x)) => k,
                    _ => return false,
                }
            }
            None => return false,
        };
        if matches!(self.folded(end), "\"" | ")") {
            end += 1;
        }
        m.tokens.end = end;
        *j = end;
        true
    }

    /// The name of the inner group is that of the outer one.
    pub(super) fn name_of(&self, m: &mut Mention, inner: &Mention) {
        m.name = inner.name;
        m.named = true;
        m.key = inner.key.clone();
        if let Some(Target::Person(_)) = inner.target {
            m.target = inner.target;
        }
    }

    /// Takes what stands behind a preposition into the group, if it belongs to the head ("a leader in the movement", "the embassy in …").
    pub(super) fn tie(&self, m: &mut Mention, particle: u16, at: usize, depth: usize, complement: &mut bool) -> bool {
        // "subordinate to": the word before the preposition ties already.
        let told = matches!(self.modifier(at - 1), Some(Modifier::Described))
            || at >= 2 && matches!(self.modifier(at - 2), Some(Modifier::Described));
        let text = &self.lexicon.tables.particles[particle as usize].text;
        let is = |want: &Modifier| {
            self.lexicon
                .get(text)
                .iter()
                .any(|r| matches!(r.target, Target::Modifier(x) if self.lexicon.tables.modifiers[x as usize] == *want))
        };
        let (described, owner, member, part) = (
            told || is(&Modifier::Described),
            is(&Modifier::Owner),
            is(&Modifier::Member),
            is(&Modifier::Part),
        );
        if *complement && !described || !(described || owner || member || part) {
            return false;
        }
        let local = self.lexicon.tables.is_local(particle);
        let Some(inner) = self.group(at, depth + 1) else {
            return false;
        };
        if inner.conjunction
            || matches!(inner.kind, Kind::Person | Kind::Source)
            || inner.named && inner.kind == Kind::People
        {
            return false;
        }
        let named_organ = matches!(inner.target, Some(Target::Body(_)));
        let organ = matches!(
            inner.kind,
            Kind::Government | Kind::Military | Kind::Party | Kind::ArmedGroup | Kind::Organisation | Kind::Outlet
        );
        let place = matches!(inner.kind, Kind::State | Kind::Place | Kind::Site);
        let unowned = matches!(m.sector.as_str(), "~" | "" | "ELI") && m.country.is_empty();
        let title = m.kind == Kind::Title;
        let indefinite = !self.definite(m.tokens.start) && m.tokens.len() == 1;
        let plural = m.features.any(Features::PLUR | Features::DUAL);
        // "an envoy to Sudan" is nobody of Sudan's.
        if owner && local && place && title && indefinite && !described {
            return false;
        }
        let holds = described
            || owner
                && unowned
                && self.definite(m.tokens.start) | (m.sector != "ELI")
                && (title && (organ || place)
                    || matches!(
                        m.kind,
                        Kind::Organisation | Kind::Government | Kind::Party | Kind::Military
                    ) && m.tokens.len() > 1
                        && organ)
            || member
                && (m.country.is_empty() || named_organ)
                && (organ || place && title && unowned && indefinite)
                && (title && m.sector != "GOV" || m.kind == Kind::People || title && plural)
            || part
                && indefinite
                && (plural || m.kind == Kind::ArmedGroup || m.sector == "~" && m.kind == Kind::Government)
                && (named_organ || organ || inner.features.has(Features::PLUR) || m.kind == Kind::Government && place);
        if !holds {
            return false;
        }
        if part && !organ && m.kind == Kind::ArmedGroup && matches!(inner.kind, Kind::People | Kind::Title) {
            m.kind = inner.kind;
            m.sector = inner.sector.clone();
        }
        self.inherit(m, &inner);
        self.join(m, &inner);
        *complement = true;
        m.tokens.end = inner.tokens.end;
        if inner.named && title && inner.kind == Kind::Title {
            self.name_of(m, &inner);
        }
        true
    }

    /// Those who belong to an armed group that has a name are what it is, not merely "armed".
    pub(super) fn join(&self, m: &mut Mention, inner: &Mention) {
        let named = inner.kind == Kind::ArmedGroup && !inner.country.is_empty() && !inner.sector.is_empty();
        let armed = matches!(m.sector.as_str(), "UAF" | "UNK" | "PRM" | "CVL");
        let member = match m.kind {
            Kind::ArmedGroup => true,
            Kind::People => m.sector != "CVL" || m.tokens.len() == 1 && inner.preposition.is_some(),
            _ => false,
        };
        if named && armed && member {
            m.sector = inner.sector.clone();
        }
    }

    pub(super) fn inherit(&self, m: &mut Mention, inner: &Mention) {
        // A family shares a state, not a band; a victim says nothing of the killer.
        let private = self.kin(m) && (m.sector != "CVL" || inner.kind == Kind::ArmedGroup || inner.country == "IMG");
        if private {
            return;
        }
        if !inner.country.is_empty() && m.country.is_empty() {
            m.country = inner.country.clone();
            m.country_by = if inner.country_by == "nisba" {
                "nisba"
            } else {
                "inner group"
            };
        }
        if m.sector == "~" || m.sector.is_empty() {
            let people = inner.kind == Kind::People
                && !inner.adjective
                && m.kind == Kind::Title
                && !matches!(inner.sector.as_str(), "REB" | "UAF");
            m.sector = if matches!(inner.kind, Kind::State) && m.kind != Kind::Military {
                "GOV".into()
            } else if people {
                m.sector.clone()
            } else if m.kind == Kind::Military && inner.sector == "GOV" {
                "MIL".into()
            } else {
                inner.sector.clone()
            };
        }
        if m.place.is_none() {
            m.place = inner.place;
        }
    }
}
