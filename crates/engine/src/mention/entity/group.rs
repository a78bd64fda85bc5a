//! A noun group: a head with what describes it.

use super::*;

impl Finder<'_> {
    /// The noun group that begins at a token.
    pub(super) fn group(&self, i: usize, depth: usize) -> Option<Mention> {
        if !self.is_word(i) || (self.taken)(i) || depth > DEPTH {
            return None;
        }
        let a = match self.best(i) {
            Some(a) => a,
            None => return self.new_name(i),
        };
        let mut end = i + a.tokens as usize;
        // "head of the party" and "the party of justice": the name has the word.
        let begins = |x: &Analysis| matches!(x.target, Target::Body(_)) && x.tokens > 1 && x.skip == 0;
        if matches!(a.target, Target::Head(_)) && a.tokens > 1 && self.morphs.at(end - 1).iter().any(begins) {
            end -= 1;
        }
        let t = &self.lexicon.tables;
        let mut m = Mention {
            tokens: i..end,
            span: Span::default(),
            name: span_of(self.text, self.tokens, &(i..end), a.lead as usize),
            named: false,
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
                m.sector = self.office(p);
                m.features = Features::SING;
            }
            Target::Body(b) => {
                let body = &t.bodies[b as usize];
                m.kind = Kind::parse(&body.kind);
                m.country = body.country.clone();
                m.country_by = "known body";
                m.sector = body.sector.clone();
                m.features = Features::default();
                let word = self.folded(i);
                let nisba = word.ends_with(YA) || word.ends_with(YA_TA);
                m.adjective = nisba && a.tokens == 1 && !a.article && self.describes(i, &a);
            }
            Target::Demonym(s) => {
                m.country = t.states[s as usize].iso3.clone();
                m.country_by = "nisba";
                m.sector = "CVL".into();
                m.adjective = self.describes(i, &a);
                if m.adjective {
                    // "the American raids": the state's.
                    m.sector = "GOV|MIL".into();
                }
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
        if matches!(a.target, Target::Modifier(x) if t.modifiers[x as usize] == Modifier::Latter) {
            m.kind = Kind::Title;
            m.definite = true;
        } else if let Target::Modifier(_) = a.target {
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
            m.sector = if head.sector.starts_with('~') {
                "~".into()
            } else {
                head.sector.clone()
            };
            // A nisba or name that is part of the head's own words ("the Palestinian factions", "the Pope of the Vatican").
            let own = (i + 1..end).find_map(|k| self.country_in(k));
            if let Some((country, by)) = own {
                m.country = country;
                m.country_by = by;
            }
            self.describe_head(&mut m, &a, depth);
        } else if let Target::Body(_) = a.target {
            self.body_nisba(&mut m);
        } else if m.kind == Kind::State || m.kind == Kind::Place {
            // "the Libyan capital Tripoli", "Nice, the French town": the nisba only confirms.
        } else if let Target::Person(_) = a.target {
            m.named = true;
            self.former(&mut m);
            m.span = span_of(self.text, self.tokens, &m.tokens, a.lead as usize);
            self.apposed(&mut m);
        } else if !m.adjective && matches!(a.target, Target::Demonym(_)) {
            self.name_after(&mut m);
        }
        m.span = span_of(self.text, self.tokens, &m.tokens, a.lead as usize);
        if !m.named {
            m.name = m.span;
        }
        if m.key.is_empty() {
            m.key = self.key(&m);
        }
        Some(m)
    }

    /// The country that a word names, as nisba, state, seat of power or body.
    fn country_in(&self, k: usize) -> Option<(CompactString, &'static str)> {
        let t = &self.lexicon.tables;
        let words = self
            .morphs
            .at(k)
            .iter()
            .filter(|x| x.tokens == 1 && x.preposition.is_none() && !self.ordinary(k, x.skip));
        words.clone().find_map(|x| match x.target {
            Target::Demonym(s) => Some((t.states[s as usize].iso3.clone(), "nisba")),
            Target::State(s) => Some((t.states[s as usize].iso3.clone(), "name of the state")),
            Target::Seat(s) => Some((
                t.states[t.seats[s as usize].state as usize].iso3.clone(),
                "seat of power",
            )),
            Target::Body(b) => Some((t.bodies[b as usize].country.clone(), "known body")),
            _ => None,
        })
    }

    pub(super) fn key(&self, m: &Mention) -> CompactString {
        let t = &self.lexicon.tables;
        match m.target {
            Some(Target::Person(p)) => t.people[p as usize].id.clone(),
            Some(Target::Body(b)) => t.bodies[b as usize].id.clone(),
            Some(Target::State(s) | Target::Capital(s)) => t.states[s as usize].iso3.clone(),
            _ => CompactString::from(khaldun_lexicon::fold::fold(self.text.slice(m.name))),
        }
    }

    /// What stands after a head: adjectives, nisba, what it is annexed to, a name.
    pub(super) fn describe_head(&self, m: &mut Mention, a: &Analysis, depth: usize) {
        let t = &self.lexicon.tables;
        let limit = m.tokens.start + GROUP_TOKENS;
        let mut j = m.tokens.end;
        let mut unknown = 0;
        let title = m.kind == Kind::Title;
        let organ = title
            || matches!(
                m.kind,
                Kind::Government | Kind::Organisation | Kind::Military | Kind::Party
            );
        let mut complement = false;
        // A noun without article is open to a genitive; behind one with it only adjectives, names and phrases may follow.
        let mut closed = a.article
            || a.pronoun.is_some()
            || self.ends_closed(m.tokens.end - 1)
            || self.indefinite(a, m.tokens.end - 1);
        while j < self.tokens.len() && j < limit && !(self.taken)(j) {
            if self.tokens[j].kind == TokenKind::Punct {
                if self.quoted(m, &mut j) {
                    complement = true;
                    closed = true;
                    continue;
                }
                if title && self.folded(j) == "," {
                    self.name_apart(m, j);
                }
                break;
            }
            if !self.is_word(j) {
                break;
            }
            match self.modifier(j) {
                Some(Modifier::Former) => {
                    m.sector = "ELI".into();
                    j += 1;
                    m.tokens.end = j;
                    closed = true;
                    continue;
                }
                Some(Modifier::Sector(s))
                    if (self.best(j).is_none() || !title || self.adjectival(j))
                        && self.fits(m, a, j, complement, closed) =>
                {
                    // "the official representative": of whom is still to come.
                    let open = m.sector == "~" && !(title && matches!(s.as_str(), "GOV" | "MED"));
                    if m.sector.is_empty() || open || m.sector == "CVL" || s == "UAF" || s == "OPP" || s == "REB" {
                        m.sector = s.clone();
                    }
                    j += 1;
                    m.tokens.end = j;
                    closed = true;
                    continue;
                }
                _ => {}
            }
            // "the intelligence and security wing of": the second adjective belongs to it, since what it belongs to follows.
            let nisba = |k: usize| self.folded(k).ends_with(YA) || self.folded(k).ends_with(YA_TA);
            let both = title
                && nisba(j - 1)
                && nisba(j)
                && self.article(j - 1)
                && self.definite(j)
                && !self.article(j)
                && self
                    .best(j + 1)
                    .is_some_and(|b| b.preposition.is_some() && !b.conjunction);
            if both || self.adjectival(j) && self.fits(m, a, j, complement, closed) {
                j += 1;
                m.tokens.end = j;
                closed = true;
                continue;
            }
            if let Some(b) = self.best(j) {
                if b.conjunction {
                    break;
                }
                let b = if closed { self.as_nisba(j, b) } else { b };
                if let (Target::Demonym(s), None) = (b.target, b.preposition) {
                    if !self.agrees(m, a, &b, complement, closed) {
                        break;
                    }
                    if m.country.is_empty() || m.country_by == "inner group" {
                        m.country = t.states[s as usize].iso3.clone();
                        m.country_by = "nisba";
                    }
                    j += b.tokens as usize;
                    m.tokens.end = j;
                    closed = true;
                    continue;
                }
                if let Some(p) = b.preposition {
                    if !self.tie(m, p, j, depth, &mut complement) {
                        break;
                    }
                    closed = true;
                    j = m.tokens.end;
                    continue;
                }
                if complement && !m.country.is_empty() {
                    if title {
                        self.take_name(m, j, false);
                    }
                    break;
                }
                if let (Target::Person(_), None, true) = (b.target, b.preposition, closed)
                    && (title || self.one_of_people(m))
                {
                    self.take_name(m, j, false);
                    break;
                }
                if b.preposition.is_none() && !complement && self.same_case(m, a, j, &b) {
                    j += 1;
                    m.tokens.end = j;
                    closed = true;
                    continue;
                }
                if b.preposition.is_none() && closed {
                    let place = matches!(b.target, Target::Place(_) | Target::State(_) | Target::Capital(_));
                    if title && place && self.take_name(m, j, false) {
                        break;
                    }
                    // "the Libyan capital Tripoli".
                    if m.kind != Kind::Site || !place || m.place.is_some() {
                        break;
                    }
                }
                // An indefinite accusative is an object, never a genitive.
                let object = |x: &Analysis| {
                    x.target == b.target
                        && x.features.has(Features::ACCUSATIVE)
                        && matches!(x.target, Target::Head(_) | Target::Demonym(_))
                };
                if b.preposition.is_none() && self.morphs.at(j).iter().any(object) {
                    break;
                }
                let Some(inner) = self.group(j, depth + 1) else { break };
                if !self.annexes(m, &inner) || self.suffers(m, &inner) {
                    break;
                }
                self.inherit(m, &inner);
                self.join(m, &inner);
                complement = true;
                closed = true;
                j = inner.tokens.end;
                m.tokens.end = j;
                // The inner group took a name; in a title that is the title's own.
                if inner.named && title {
                    if inner.kind == Kind::Title {
                        self.name_of(m, &inner);
                    }
                    break;
                }
                continue;
            }
            match self.class(j) {
                Some(Class::Preposition) => {
                    let particle = self.morphs.at(j).iter().find_map(|x| match x.target {
                        Target::Particle(p) if x.pronoun.is_none() && x.tokens == 1 => Some(p),
                        _ => None,
                    });
                    let Some(p) = particle else { break };
                    let at = if self.folded(j + 1) == "\"" { j + 2 } else { j + 1 };
                    if !self.tie(m, p, at, depth, &mut complement) {
                        break;
                    }
                    closed = true;
                    j = m.tokens.end;
                    continue;
                }
                Some(_) => break,
                None => {}
            }
            let behind = if self.class(j + 1) == Some(Class::Preposition) {
                j + 2
            } else {
                j + 1
            };
            if matches!(self.modifier(j), Some(Modifier::Described)) && self.best(behind).is_some() {
                j += 1;
                closed = false;
                continue;
            }
            let named = title && (closed || self.given(j)) || closed && self.given(j) && self.one_of_people(m);
            if named && self.take_name(m, j, false) {
                break;
            }
            let article = self.article(j);
            if self.known_word(j) {
                // "the ministry of transport", "the committee for fighting corruption": a verbal noun that the head is annexed to.
                let opens = organ
                    && !closed
                    && unknown < 3
                    && self.nominal(j)
                    && (article || self.article(j + 1) && self.class(j + 1).is_none());
                if !opens {
                    break;
                }
                unknown += 1;
                j += 1;
                closed = article;
                if article {
                    m.tokens.end = j;
                }
                continue;
            }
            if unknown >= 3 {
                break;
            }
            // An adjective or genitive that we do not know.
            let follows = self
                .best(j + 1)
                .is_some_and(|b| matches!(b.target, Target::Demonym(_)) && !b.conjunction && b.preposition.is_none());
            let split = !article && self.may_be_split(j) && self.folded(j).chars().count() > 4;
            if !closed && self.lone_attacker(m) {
                break;
            }
            if article || follows || organ && !closed && self.article(j + 1) && !split {
                let fits = !closed || self.fits_unknown(m, a, j, complement);
                if !fits && !title {
                    break;
                }
                unknown += 1;
                closed = article;
                j += 1;
                if fits && (article && unknown == 1 || article && organ || follows) && m.country_by != "nisba" {
                    m.tokens.end = j;
                }
                continue;
            }
            break;
        }
        if m.sector == "~" {
            // What the noun is where nothing says whose it is ("the president").
            let usual = match m.target {
                Some(Target::Head(h)) if !complement && unknown == 0 && a.pronoun.is_none() => {
                    let usual = t.heads[h as usize].sector.strip_prefix("~|");
                    usual.filter(|_| m.kind != Kind::Organisation || self.definite(m.tokens.start))
                }
                _ => None,
            };
            m.sector = if let Some(usual) = usual {
                usual.into()
            } else if title && !m.country.is_empty() && m.country_by != "inner group" {
                "GOV".into()
            } else {
                CompactString::default()
            };
        }
    }
}
