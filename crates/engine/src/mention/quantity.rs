//! Finds quantities: a number and what it counts.
//!
//! Comes in: tokens, the number words and the counted nouns. Goes out: [`Quantity`], with bounds and, where the words themselves say
//! it, the role (twenty *dead*, the *killing* of twenty). Refuses to know events: whether thirty "persons" were killed or arrested is decided where the
//! event is. Percentages, ages, dates, laws and scores are no quantities.

use super::number;
use crate::text::{Span, Text};
use crate::token::{Kind, Token};
use khaldun_lexicon::fold::fold;
use khaldun_lexicon::number::NumberTable;
pub use khaldun_lexicon::quantity::Role;
use khaldun_lexicon::quantity::{Bound, Count, Form, QuantityTable};
use std::ops::Range;

mod around;
#[cfg(test)]
mod tests;

/// The `entry` of a quantity whose noun is not in the data.
pub const UNLISTED: u32 = u32::MAX;

/// A number and what it counts.
#[derive(Clone, Debug, PartialEq)]
pub struct Quantity {
    /// The tokens: "more than", number, noun, "at least".
    pub tokens: Range<u32>,
    /// The raw text of these tokens.
    pub span: Span,
    /// What the words themselves say that is counted; `None`: the event decides. [`Role::is_firm`] tells if the event may change it.
    pub role: Option<Role>,
    /// Lower bound, if any.
    pub min: Option<f64>,
    /// Upper bound, if any.
    pub max: Option<f64>,
    /// The counted noun in the singular; a noun that is not in the data as written; empty if there is none.
    pub unit: String,
    /// Index of the noun in [`QuantityTable::units`], or [`UNLISTED`].
    pub entry: u32,
    /// The token of the counted noun.
    pub noun: Option<u32>,
    /// Persons are counted, or may be.
    pub person: bool,
    /// It is a part of another number: "among them five children".
    pub part: bool,
}

/// All quantities of a text, in order, none inside another. `skip` tells of tokens that belong to a time expression.
pub fn find(
    text: &Text,
    tokens: &[Token],
    numbers: &NumberTable,
    table: &QuantityTable,
    skip: &dyn Fn(usize) -> bool,
) -> Vec<Quantity> {
    let reader = Reader {
        text,
        tokens,
        numbers,
        t: table,
        skip,
    };
    let (mut out, mut at) = (Vec::<Quantity>::new(), 0);
    while at < tokens.len() {
        let found = if skip(at) {
            None
        } else {
            reader.read(at, out.last().map_or(0, |q| q.tokens.end as usize))
        };
        match found {
            Some(Read { quantity, next }) => {
                out.extend(quantity.map(|mut q| {
                    if q.person && !q.role.is_some_and(Role::is_firm) {
                        q.role = reader.fate(&q).or(q.role);
                    }
                    q
                }));
                at = next.max(at + 1);
            }
            None => at += 1,
        }
    }
    out
}

/// What a place in the text gives: a quantity, or a number that is none and is passed over.
struct Read {
    quantity: Option<Quantity>,
    next: usize,
}

/// A counted noun in the text: its form, where it stands and how many tokens it takes.
#[derive(Clone, Copy)]
struct Noun {
    form: Form,
    at: usize,
    len: usize,
    definite: bool,
    pronoun: bool,
}

struct Bounds {
    min: Option<f64>,
    max: Option<f64>,
}

impl Bounds {
    fn apply(&mut self, bound: Bound) {
        match bound {
            Bound::About => {}
            Bound::Over => self.max = None,
            Bound::Under => (self.min, self.max) = (None, self.max.or(self.min)),
        }
    }
}

/// 1.39 times a billion is a whole number.
fn whole(value: f64) -> f64 {
    if value >= 1000.0 && (value - value.round()).abs() < 1e-3 {
        value.round()
    } else {
        value
    }
}

fn ends(list: &[String], word: &str) -> bool {
    list.iter().any(|e| word.ends_with(e.as_str()))
}

struct Reader<'a> {
    text: &'a Text,
    tokens: &'a [Token],
    numbers: &'a NumberTable,
    t: &'a QuantityTable,
    skip: &'a dyn Fn(usize) -> bool,
}

impl<'a> Reader<'a> {
    /// The folded letters of a token; empty beyond the text.
    fn word(&self, at: usize) -> &'a str {
        self.tokens.get(at).map_or("", |t| t.folded(self.text))
    }
    fn before(&self, at: usize) -> &'a str {
        if at == 0 { "" } else { self.word(at - 1) }
    }
    fn is_word(&self, at: usize) -> bool {
        self.tokens.get(at).is_some_and(|t| t.kind == Kind::Word)
    }

    fn read(&self, at: usize, floor: usize) -> Option<Read> {
        let token = &self.tokens[at];
        let word = token.folded(self.text);
        match token.kind {
            Kind::Number => self.counted(at, 0, floor),
            Kind::Word => {
                if self.t.single.get(word).is_some() {
                    return self.single(at, floor);
                }
                if self.is_one_of(word) {
                    return self.one_of(at);
                }
                self.number_skip(at)
                    .and_then(|s| self.counted(at, s, floor))
                    .or_else(|| self.alone(at))
                    .or_else(|| self.dual(at, floor))
            }
            Kind::Punct | Kind::Newline => None,
        }
    }

    /// A number, what bounds it, and its noun.
    fn counted(&self, at: usize, skip: usize, floor: usize) -> Option<Read> {
        let mut first = number::parse_inside(self.text, self.tokens, at, skip, self.numbers)?;
        first.value_min = whole(first.value_min);
        first.value_max = first.value_max.map(whole);
        let none = Some(Read {
            quantity: None,
            next: at + first.len,
        });
        let spelt = self.is_word(at);
        let vague = first.value_max.is_none() || spelt && self.is_vague(at, skip);
        if self.is_no_count(at, at + first.len, &first, vague || (spelt && skip > 0)) {
            return none;
        }
        let mut bounds = Bounds {
            min: Some(first.value_min),
            max: first.value_max,
        };
        let (mut start, mut end, mut range) = (at, at + first.len, false);
        if let Some((from, last, next, low)) = self.range(at, end, &first) {
            let max = if last.value_max.is_some() {
                Some(last.value_min)
            } else {
                None
            };
            (bounds, start, end, range) = (Bounds { min: Some(low), max }, from, next, true);
        }
        let mut bounded = false;
        if !range
            && skip == 0
            && let Some((phrase, from)) = self.phrase_before(start)
        {
            bounds.apply(phrase.bound);
            (start, bounded) = (from, true);
        }
        let free = vague || first.definite && spelt;
        if let Some(noun) = self.noun_after(end, free, first.definite) {
            return Some(self.with_noun(start, at, noun, bounds, floor));
        }
        // The soldiers four, the American soldiers four: the noun stands before a number that has the article.
        if first.definite {
            let person = |n: &Noun| n.len == 1 && n.definite && n.form.count == Count::Plural && self.unit(n).person;
            let behind = |back: usize| {
                (at >= floor + back)
                    .then(|| self.noun_at(at - back))
                    .flatten()
                    .filter(person)
            };
            let far = || behind(2).filter(|_| self.before(at).starts_with(self.t.article.as_str()));
            if let Some(noun) = far().or_else(|| behind(1)) {
                let q = self.quantity(noun.at..end, bounds, &noun);
                return Some(Read {
                    quantity: Some(q),
                    next: end,
                });
            }
        }
        if !self.is_word(at) && first.definite {
            return none; // "the 20th"
        }
        let quantity = self.noun_before(start, at, end, &mut bounds, floor).or_else(|| {
            let unlisted = skip == 0 && self.unlisted_noun(end, &first, vague, bounded || range, spelt);
            if unlisted {
                let noun = if vague && self.t.of.get(self.word(end)).is_some() {
                    end + 1
                } else {
                    end
                };
                return Some(self.plain(start..noun + 1, &mut bounds, noun));
            }
            let called = |w: &str| self.t.bare_after.get(self.unprefixed(w)).is_some();
            let named = self.t.bare_before.get(self.word(end)).is_some();
            let bare = vague && first.definite || bounded && !range || named || called(self.before(start));
            bare.then(|| self.plain(start..end, &mut bounds, usize::MAX))
        });
        let next = quantity.as_ref().map_or(end, |q| q.tokens.end as usize);
        Some(Read { quantity, next })
    }

    fn unit(&self, noun: &Noun) -> &khaldun_lexicon::quantity::Unit {
        &self.t.units[noun.form.unit as usize]
    }

    fn with_noun(&self, start: usize, at: usize, noun: Noun, mut bounds: Bounds, floor: usize) -> Read {
        let mut end = noun.at + noun.len;
        let unit = self.unit(&noun);
        // No half persons, and 2015 is a year unless the noun agrees with it.
        let value = bounds.min.or(bounds.max).unwrap_or(0.0);
        let year = start == at
            && self.tokens[at].kind == Kind::Number
            && (1901.0..2100.0).contains(&value)
            && value % 100.0 != 0.0;
        let no_count = (unit.person && value.fract() != 0.0) || (year && fold(&unit.noun) == self.word(noun.at));
        if no_count || unit.ignore || (unit.role == Some(Role::Duration) && self.is_age_or_date(start, end)) {
            return Read {
                quantity: None,
                next: end,
            };
        }
        let mut q = self.quantity(start..end, Bounds { min: None, max: None }, &noun);
        if unit.adjective {
            // The adjective agrees: of the letters of the data only its ending is known, that of a nisba.
            let next = self.word(end);
            if self.is_word(end) && ends(&self.t.adjective, next) && self.t.stop.get(next).is_none() {
                q.unit = format!("{} {}", q.unit, self.text.slice(self.tokens[end].span));
                end += 1;
            }
        }
        if let Some((phrase, past)) = self.phrase_after(end) {
            bounds.apply(phrase.bound);
            end = past;
        }
        (q.min, q.max) = (bounds.min, bounds.max);
        q.tokens = start.max(floor) as u32..end as u32;
        q.span = self.span(&q.tokens);
        q.part = self.is_part(start.min(at));
        Read {
            quantity: Some(q),
            next: end,
        }
    }

    /// "The number of the dead rose to 20", "protesters, whose number reached 300".
    fn noun_before(&self, start: usize, at: usize, end: usize, bounds: &mut Bounds, floor: usize) -> Option<Quantity> {
        let low = start.saturating_sub(8).max(floor);
        let risen = self.t.to.get(self.before(start)).is_some();
        let mut i = start;
        while i > low {
            i -= 1;
            let token = &self.tokens[i];
            if token.kind == Kind::Newline || matches!(self.word(i), "." | ";" | "?" | "!") {
                return None;
            }
            let word = self.unprefixed(self.word(i));
            // "The enemy's dead rise to 35".
            let victims = || {
                let noun = self
                    .noun_at(i)
                    .or_else(|| self.prefixed_noun(i))
                    .filter(|n| n.form.count == Count::Plural && risen)?;
                matches!(self.unit(&noun).role, Some(Role::Killed | Role::Injured)).then_some(noun)
            };
            let noun = if let Some(noun) = victims() {
                noun
            } else if self.t.count.get(word).is_some() {
                let noun = self.noun_at(i + 1).filter(|n| n.at + n.len <= start);
                noun?
            } else if self.t.count_pronoun.get(word).is_some() {
                if let Some((phrase, _)) = self.phrase_before(i) {
                    bounds.apply(phrase.bound);
                }
                let floor = i.saturating_sub(6).max(low.saturating_sub(6));
                (floor..i)
                    .rev()
                    .filter_map(|k| self.noun_at(k))
                    .find(|n| n.form.count == Count::Plural)?
            } else {
                continue;
            };
            if self.unit(&noun).ignore {
                return None;
            }
            let mut q = self.quantity(start..end, Bounds { min: None, max: None }, &noun);
            if let Some((phrase, past)) = self.phrase_after(end) {
                bounds.apply(phrase.bound);
                q.tokens.end = past as u32;
                q.span = self.span(&q.tokens);
            }
            (q.min, q.max) = (bounds.min, bounds.max);
            q.part = self.is_part(at);
            return Some(q);
        }
        None
    }

    /// A quantity without a listed noun.
    fn plain(&self, tokens: Range<usize>, bounds: &mut Bounds, noun: usize) -> Quantity {
        let mut end = tokens.end;
        if let Some((phrase, past)) = self.phrase_after(end) {
            bounds.apply(phrase.bound);
            end = past;
        }
        let range = tokens.start as u32..end as u32;
        let unit = self
            .tokens
            .get(noun)
            .map_or(String::new(), |t| self.text.slice(t.span).to_owned());
        let noun = self.tokens.get(noun).map(|_| noun as u32);
        let span = self.span(&range);
        let part = self.is_part(tokens.start) || self.t.part.get(self.word(tokens.end)).is_some();
        Quantity {
            tokens: range,
            span,
            role: None,
            min: bounds.min,
            max: bounds.max,
            unit,
            entry: UNLISTED,
            noun,
            person: true,
            part,
        }
    }

    fn quantity(&self, tokens: Range<usize>, bounds: Bounds, noun: &Noun) -> Quantity {
        let unit = self.unit(noun);
        let tokens = tokens.start as u32..tokens.end as u32;
        Quantity {
            span: self.span(&tokens),
            tokens,
            role: unit.role,
            min: bounds.min,
            max: bounds.max,
            unit: unit.noun.clone(),
            entry: u32::from(noun.form.unit),
            noun: Some(noun.at as u32),
            person: unit.person,
            part: false,
        }
    }

    fn span(&self, tokens: &Range<u32>) -> Span {
        self.tokens[tokens.start as usize]
            .span
            .join(self.tokens[tokens.end as usize - 1].span)
    }

    /// A dual without a number word. With the article it mostly points back (both countries), so that only persons count.
    fn dual(&self, at: usize, floor: usize) -> Option<Read> {
        let word = self.word(at);
        if !ends(&self.t.dual, word) || self.t.not_dual.get(self.unprefixed(word)).is_some() {
            return None;
        }
        if at > 0 && at == floor && ends(&self.t.dual, self.word(at - 1)) {
            return Some(Read {
                quantity: None,
                next: at + 1,
            }); // an adjective: two Algerian soldiers
        }
        let dual = |w: &str| self.t.form(w).filter(|f| f.count == Count::Dual);
        let rest = word.strip_prefix(self.t.and.as_str()).unwrap_or(word);
        let prefixed = self.t.prefixes.iter().filter_map(|p| rest.strip_prefix(p.as_str()));
        let form = dual(word)
            .or_else(|| dual(rest))
            .or_else(|| prefixed.clone().find_map(dual));
        let form = form.or_else(|| {
            let bare = std::iter::once(rest)
                .chain(prefixed)
                .filter_map(|w| w.strip_prefix(self.t.article.as_str()));
            let bare = bare.chain(rest.strip_prefix(self.t.li_article.as_str()));
            bare.into_iter()
                .find_map(dual)
                .filter(|f| self.t.units[f.unit as usize].person)
        })?;
        let noun = Noun {
            form,
            at,
            len: 1,
            definite: false,
            pronoun: false,
        };
        let (mut start, mut bounds) = (
            at,
            Bounds {
                min: Some(2.0),
                max: Some(2.0),
            },
        );
        if let Some((phrase, from)) = self.phrase_before(at) {
            bounds.apply(phrase.bound);
            start = from;
        }
        Some(self.with_noun(start, at, noun, bounds, floor))
    }

    /// "One dead", "one foreign boat": the noun stands one or two words before.
    fn single(&self, at: usize, floor: usize) -> Option<Read> {
        let plain = |n: usize| {
            (at >= n + floor)
                .then(|| self.noun_at(at - n).or_else(|| self.prefixed_noun(at - n)))
                .flatten()
        };
        let adjective =
            at > 0 && ends(&self.t.adjective, self.before(at)) && !self.before(at).starts_with(self.t.article.as_str());
        let far = || plain(2).filter(|n| adjective && n.len == 1 && n.form.count == Count::Singular && !n.definite);
        let noun = far().or_else(|| plain(1))?;
        if noun.form.count != Count::Singular || self.unit(&noun).ignore || noun.definite {
            return None;
        }
        let mut read = self.with_noun(
            noun.at,
            noun.at,
            noun,
            Bounds {
                min: Some(1.0),
                max: Some(1.0),
            },
            floor,
        );
        let mut bounds = Bounds {
            min: Some(1.0),
            max: Some(1.0),
        };
        let mut end = at + 1;
        if let Some((phrase, past)) = self.phrase_after(end) {
            bounds.apply(phrase.bound);
            end = past;
        }
        if let Some(q) = &mut read.quantity {
            q.tokens.end = end as u32;
            q.span = self.span(&q.tokens);
            (q.min, q.max) = (bounds.min, bounds.max);
        }
        read.next = end;
        Some(read)
    }

    /// "One of the soldiers".
    fn one_of(&self, at: usize) -> Option<Read> {
        let noun = self
            .noun_at(at + 1)
            .filter(|n| n.form.count == Count::Plural && self.unit(n).person)?;
        Some(self.with_noun(
            at,
            at,
            noun,
            Bounds {
                min: Some(1.0),
                max: Some(1.0),
            },
            0,
        ))
    }
}
