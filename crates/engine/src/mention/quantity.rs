//! Finds quantities: a number and what it counts.
//!
//! Comes in: tokens, the number words and the counted nouns. Goes out: [`Quantity`], with bounds and, where the words themselves say
//! it, the role (twenty *dead*). Refuses to know events: whether thirty "persons" were killed or arrested is decided where the
//! event is. Percentages, ages, dates, laws and scores are no quantities.

use super::number::{self, Number};
use crate::text::{Span, Text};
use crate::token::{Kind, Token};
use khaldun_lexicon::number::{NumberClass, NumberTable, Words};
pub use khaldun_lexicon::quantity::Role;
use khaldun_lexicon::quantity::{Bound, Count, Form, Phrase, QuantityTable};
use std::ops::Range;

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
    let reader = Reader { text, tokens, numbers, t: table, skip };
    let (mut out, mut at) = (Vec::<Quantity>::new(), 0);
    while at < tokens.len() {
        let found = if skip(at) { None } else { reader.read(at, out.last().map_or(0, |q| q.tokens.end as usize)) };
        match found {
            Some(Read { quantity, next }) => {
                out.extend(quantity);
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
                if self.t.one.get(self.unprefixed(word)).is_some() {
                    return self.one_of(at);
                }
                self.number_skip(at).and_then(|s| self.counted(at, s, floor)).or_else(|| self.dual(at))
            }
            Kind::Punct | Kind::Newline => None,
        }
    }

    /// Bytes before a number word that are a conjunction or a preposition.
    fn number_skip(&self, at: usize) -> Option<usize> {
        let word = self.word(at);
        if self.numbers.words.get(word).is_some() || word == self.numbers.article {
            return Some(0);
        }
        let and = if word.starts_with(self.t.and.as_str()) { self.t.and.len() } else { 0 };
        if and > 0 && self.numbers.words.get(&word[and..]).is_some() {
            return Some(and);
        }
        // lil-, "to the", lacks the article's alef: such a number is no count that begins here.
        self.t.prefixes.iter().find_map(|p| {
            let rest = word[and..].strip_prefix(p.as_str())?;
            self.numbers.words.get(rest).map(|_| word.len() - rest.len())
        })
    }

    /// A number, what bounds it, and its noun.
    fn counted(&self, at: usize, skip: usize, floor: usize) -> Option<Read> {
        let first = number::parse_inside(self.text, self.tokens, at, skip, self.numbers)?;
        let none = Some(Read { quantity: None, next: at + first.len });
        let spelt = self.is_word(at);
        let vague = first.value_max.is_none() || spelt && self.is_vague(at, skip);
        if self.is_no_count(at, at + first.len, &first, vague || (spelt && skip > 0)) {
            return none;
        }
        let mut bounds = Bounds { min: Some(first.value_min), max: first.value_max };
        let (mut start, mut end, mut range) = (at, at + first.len, false);
        if let Some((from, last, next, low)) = self.range(at, end, &first) {
            let max = if last.value_max.is_some() { Some(last.value_min) } else { None };
            (bounds, start, end, range) = (Bounds { min: Some(low), max }, from, next, true);
        }
        let mut bounded = false;
        if !range && skip == 0 {
            if let Some((phrase, from)) = self.phrase_before(start) {
                bounds.apply(phrase.bound);
                (start, bounded) = (from, true);
            }
        }
        let free = vague || first.definite && spelt;
        if let Some(noun) = self.noun_after(end, free, first.definite) {
            return Some(self.with_noun(start, at, noun, bounds, floor));
        }
        // The soldiers four: the noun stands before a number that has the article.
        if first.definite && at > 0 {
            let noun = self.noun_at(at - 1).filter(|n| n.form.count == Count::Plural && n.definite && at > floor);
            if let Some(noun) = noun.filter(|n| n.len == 1 && !self.unit(n).ignore) {
                let mut q = self.quantity(at - 1..end, bounds, &noun);
                q.noun = Some(at as u32 - 1);
                return Some(Read { quantity: Some(q), next: end });
            }
        }
        if !self.is_word(at) && first.definite {
            return none; // "the 20th"
        }
        let quantity = self.noun_before(start, at, end, &mut bounds, floor).or_else(|| {
            let unlisted = skip == 0 && self.unlisted_noun(end, &first, vague, bounded || range, spelt);
            if unlisted {
                let noun = if vague && self.t.of.get(self.word(end)).is_some() { end + 1 } else { end };
                return Some(self.plain(start..noun + 1, &mut bounds, noun));
            }
            let called = |w: &str| self.t.bare_after.get(self.unprefixed(w)).is_some();
            let bare = vague && first.definite || bounded && !range || called(self.before(start));
            bare.then(|| self.plain(start..end, &mut bounds, usize::MAX))
        });
        let next = quantity.as_ref().map_or(end, |q| q.tokens.end as usize);
        Some(Read { quantity, next })
    }

    /// A date, a law, a percentage, a clock time, a score. `sure`: no name or date goes on with such a number.
    fn is_no_count(&self, at: usize, end: usize, number: &Number, sure: bool) -> bool {
        let (before, after) = (self.before(at), self.word(end));
        if !sure && self.t.not_after.get(self.unprefixed(before)).is_some() {
            // "Today 5 soldiers": a counted noun says that it is a count after all.
            let year = self.tokens[at].kind == Kind::Number && (1900.0..2100.0).contains(&number.value_min);
            if year || self.noun_after(end, false, false).is_none() {
                return true;
            }
        }
        if self.phrase_is(&self.t.percent, at.wrapping_sub(1), true) {
            return true;
        }
        if self.phrase_is(&self.t.percent, end, false) {
            return true;
        }
        let digits = |i: usize| self.tokens.get(i).is_some_and(|t| t.kind == Kind::Number);
        let sign = |s: &str| matches!(s, "/" | ":" | "+" | "." | "_");
        (sign(after) && digits(end + 1)) || ((sign(before) || before == "-") && at >= 2 && digits(at - 2))
    }

    fn phrase_is(&self, list: &[Phrase], at: usize, one_word: bool) -> bool {
        at < self.tokens.len()
            && list.iter().any(|p| {
                (!one_word || (p.words.len() == 1 && self.tokens[at].kind == Kind::Punct))
                    && p.words.iter().enumerate().all(|(i, w)| self.word(at + i) == w)
            })
    }

    fn is_vague(&self, at: usize, skip: usize) -> bool {
        self.word(at).get(skip..).and_then(|w| self.numbers.get(w)).is_some_and(|w| w.class == NumberClass::Vague)
    }

    /// The second half of a range, where it ends, where it begins ("between", "from"), and the lower bound.
    fn range(&self, at: usize, end: usize, first: &Number) -> Option<(usize, Number, usize, f64)> {
        let mut start = at;
        let open = self.before(at) == "(" && self.between_before(at - 1).is_some();
        if open {
            start -= 1;
        }
        let between = self.between_before(start);
        let from = !open && at > 0 && self.t.from.get(self.before(at)).is_some();
        let link = self.word(end);
        let (next, skip) = if between.is_some() && link.starts_with(self.t.and.as_str()) {
            if link == self.t.and { (end + 1, 0) } else { (end, self.t.and.len()) }
        } else if link == "-" || self.t.to.get(link).is_some() || self.t.or.get(link).is_some() {
            (end + 1, 0)
        } else if between.is_some() {
            // A noun may be said with both ends: between 20 persons and 30 persons.
            let noun = self.noun_after(end, false, false)?;
            let link = self.word(noun.at + noun.len);
            if !link.starts_with(self.t.and.as_str()) && self.t.to.get(link).is_none() {
                return None;
            }
            if link == self.t.and || self.t.to.get(link).is_some() { (noun.at + noun.len + 1, 0) } else { (noun.at + noun.len, self.t.and.len()) }
        } else {
            return None;
        };
        let last = number::parse_inside(self.text, self.tokens, next, skip, self.numbers)?;
        let mut stop = next + last.len;
        let mut low = first.value_min;
        // Between 20 and 30 million: the scale holds for both.
        if low < 1000.0 && last.value_min >= 1000.0 && self.tokens[next].kind == Kind::Number {
            let head = number::digits_value(self.word(next)).filter(|h| *h > 0.0 && *h < 1000.0 && low <= *h);
            if let Some(head) = head {
                low *= last.value_min / head;
            }
        }
        if low >= last.value_min || last.value_max != Some(last.value_min) || (self.skip)(next) {
            return None;
        }
        if open && self.word(stop) == ")" {
            stop += 1;
        }
        // Without "between" only a counted noun tells a range from a score, a date or two numbers.
        if between.is_none() && self.noun_after(stop, false, false).is_none() {
            return None;
        }
        let begin = between.unwrap_or(if from { at - 1 } else { start });
        Some((begin, last, stop, low))
    }

    /// Where a "between" that ends before `at` begins.
    fn between_before(&self, at: usize) -> Option<usize> {
        (at > 0 && self.t.between.get(self.unprefixed(self.before(at))).is_some()).then(|| at - 1)
    }

    /// The longest phrase that ends before `at`, and where it begins.
    fn phrase_before(&self, at: usize) -> Option<(&'a Phrase, usize)> {
        let table: &'a QuantityTable = self.t;
        table.before.iter().find_map(|p| {
            let start = at.checked_sub(p.words.len())?;
            let rest = p.words[1..].iter().enumerate().all(|(i, w)| self.word(start + 1 + i) == w);
            (rest && (self.word(start) == p.words[0] || self.unprefixed(self.word(start)) == p.words[0])).then_some((p, start))
        })
    }

    /// A phrase such as "at least" at a place, or after one or two more words of the noun.
    fn phrase_after(&self, at: usize) -> Option<(&'a Phrase, usize)> {
        let table: &'a QuantityTable = self.t;
        for gap in 0..=2 {
            let found = table.after.iter().find(|p| p.words.iter().enumerate().all(|(i, w)| self.word(at + gap + i) == w));
            if let Some(p) = found {
                return Some((p, at + gap + p.words.len()));
            }
            if !self.is_word(at + gap) || self.t.stop.get(self.word(at + gap)).is_some() {
                return None;
            }
        }
        None
    }

    /// A word without the conjunction and the preposition written onto it, where what is left is a word of the lists.
    fn unprefixed(&self, word: &'a str) -> &'a str {
        let t = self.t;
        let known = |w: &str| {
            t.before.iter().any(|p| p.words[0] == w)
                || [&t.one, &t.between, &t.not_after, &t.bare_after, &t.count, &t.count_pronoun, &t.part, &t.ago, &t.age]
                    .iter()
                    .any(|s: &&Words| s.get(w).is_some())
        };
        if word.is_empty() || known(word) {
            return word;
        }
        let rest = word.strip_prefix(t.and.as_str()).unwrap_or(word);
        if rest.len() < word.len() && known(rest) {
            return rest;
        }
        t.prefixes.iter().find_map(|p| rest.strip_prefix(p.as_str()).filter(|r| known(r))).unwrap_or(word)
    }

    /// The counted noun at a place, of two words or one.
    fn noun_at(&self, at: usize) -> Option<Noun> {
        let word = match self.tokens.get(at)?.kind {
            Kind::Word | Kind::Punct => self.word(at),
            Kind::Number | Kind::Newline => return None,
        };
        let bare = word.strip_prefix(self.t.article.as_str());
        let definite = bare.is_some();
        for head in [Some(word), bare].into_iter().flatten() {
            let definite = definite && head.len() < word.len();
            if let Some((first, second)) = self.with_next(at, head) {
                let second_bare = second.strip_prefix(self.t.article.as_str());
                let form = self.t.form2(first, second).or_else(|| self.t.form2(first, second_bare?));
                if let Some(form) = form {
                    return Some(Noun { form, at, len: 2, definite: definite || second_bare.is_some(), pronoun: false });
                }
            }
            if let Some(form) = self.t.form(head) {
                return Some(Noun { form, at, len: 1, definite, pronoun: false });
            }
        }
        self.t.enclitics.iter().find_map(|e| {
            let form = self.t.form(word.strip_suffix(e.as_str())?)?;
            form.pronoun.then_some(Noun { form, at, len: 1, definite: true, pronoun: true })
        })
    }

    /// The end `head` of a word with the blank after it, and the next word.
    fn with_next(&self, at: usize, head: &str) -> Option<(&'a str, &'a str)> {
        let (a, b) = (&self.tokens[at], self.tokens.get(at + 1)?);
        let first = &self.text.folded[a.end as usize - head.len()..b.start as usize];
        (b.kind == Kind::Word && first.ends_with(' ') && b.start == a.end + 1).then(|| (first, self.word(at + 1)))
    }

    /// The noun that a number which ends before `at` counts. Only a vague or definite number, or "of", takes a definite noun.
    fn noun_after(&self, at: usize, free: bool, definite: bool) -> Option<Noun> {
        if self.t.of.get(self.word(at)).is_some() {
            return self.noun_at(at + 1).filter(|n| n.form.count == Count::Plural);
        }
        if self.word(at) == ")" || self.tokens.get(at)?.kind == Kind::Newline {
            return None;
        }
        self.noun_at(at).filter(|n| free || !n.definite || (definite && !n.pronoun))
    }

    fn unit(&self, noun: &Noun) -> &khaldun_lexicon::quantity::Unit {
        &self.t.units[noun.form.unit as usize]
    }

    fn with_noun(&self, start: usize, at: usize, noun: Noun, mut bounds: Bounds, floor: usize) -> Read {
        let mut end = noun.at + noun.len;
        let unit = self.unit(&noun);
        if unit.ignore || (unit.role == Some(Role::Duration) && self.is_age_or_date(start, end)) {
            return Read { quantity: None, next: end };
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
        Read { quantity: Some(q), next: end }
    }

    /// "Aged 30 years", "(30 years)", "five years ago".
    fn is_age_or_date(&self, start: usize, end: usize) -> bool {
        let in_list = |list: &Words, back: usize| {
            start.checked_sub(back).is_some_and(|i| {
                let w = self.word(i);
                list.get(w).is_some() || list.get(self.unprefixed(w)).is_some()
            })
        };
        if in_list(&self.t.ago, 1) || (1..=3).any(|n| in_list(&self.t.age, n)) {
            return true;
        }
        let mark = |w: &str| matches!(w, "(" | ")" | "," | "-");
        mark(self.before(start)) && mark(self.word(end))
            || (self.t.of.get(self.word(end)).is_some() && self.t.age.get(self.word(end + 1)).is_some())
    }

    fn is_part(&self, start: usize) -> bool {
        (1..=2).any(|n| {
            start.checked_sub(n).is_some_and(|i| {
                let w = self.word(i);
                self.t.part.get(w).is_some() || self.t.part.get(self.unprefixed(w)).is_some()
            })
        })
    }

    /// "The number of the dead rose to 20", "protesters, whose number reached 300".
    fn noun_before(&self, start: usize, at: usize, end: usize, bounds: &mut Bounds, floor: usize) -> Option<Quantity> {
        let low = start.saturating_sub(8).max(floor);
        let mut i = start;
        while i > low {
            i -= 1;
            let token = &self.tokens[i];
            if token.kind == Kind::Newline || matches!(self.word(i), "." | ";" | "?" | "!") {
                return None;
            }
            let word = self.unprefixed(self.word(i));
            let noun = if self.t.count.get(word).is_some() {
                let noun = self.noun_at(i + 1).filter(|n| n.at + n.len <= start);
                noun?
            } else if self.t.count_pronoun.get(word).is_some() {
                if let Some((phrase, _)) = self.phrase_before(i) {
                    bounds.apply(phrase.bound);
                }
                let floor = i.saturating_sub(6).max(low.saturating_sub(6));
                (floor..i).rev().filter_map(|k| self.noun_at(k)).find(|n| n.form.count == Count::Plural)?
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

    /// True if the word after a number is a counted noun although the data do not list it: its ending agrees with the number.
    fn unlisted_noun(&self, at: usize, n: &Number, vague: bool, sure: bool, spelt: bool) -> bool {
        let of = self.t.of.get(self.word(at)).is_some();
        let at = if vague && of { at + 1 } else { at };
        if !self.is_word(at) || (self.skip)(at) {
            return false;
        }
        let word = self.word(at);
        if word.chars().count() < 4 || self.prefixed_noun(at).is_some() || self.t.stop.get(word).is_some() || self.t.part.get(word).is_some() {
            return false;
        }
        let definite = word.starts_with(self.t.article.as_str());
        if vague {
            return definite || of;
        }
        if definite || word.starts_with(self.t.li_article.as_str()) || n.value_min.fract() != 0.0 {
            return false;
        }
        let year = !spelt && (1900.0..2100.0).contains(&n.value_min);
        match n.value_min % 100.0 {
            11.0..=99.0 => !year && ends(&self.t.accusative, word),
            3.0..=10.0 => !year && ends(&self.t.sound_plural, word),
            _ => sure && !year,
        }
    }

    /// A quantity without a listed noun.
    fn plain(&self, tokens: Range<usize>, bounds: &mut Bounds, noun: usize) -> Quantity {
        let mut end = tokens.end;
        if let Some((phrase, past)) = self.phrase_after(end) {
            bounds.apply(phrase.bound);
            end = past;
        }
        let range = tokens.start as u32..end as u32;
        let unit = self.tokens.get(noun).map_or(String::new(), |t| self.text.slice(t.span).to_owned());
        let noun = self.tokens.get(noun).map(|_| noun as u32);
        let span = self.span(&range);
        let part = self.is_part(tokens.start);
        Quantity { tokens: range, span, role: None, min: bounds.min, max: bounds.max, unit, entry: UNLISTED, noun, person: true, part }
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
        self.tokens[tokens.start as usize].span.join(self.tokens[tokens.end as usize - 1].span)
    }

    /// A dual without a number word.
    fn dual(&self, at: usize) -> Option<Read> {
        let word = self.word(at);
        if !ends(&self.t.dual, word) {
            return None;
        }
        let dual = |w: &str| self.t.form(w).filter(|f| f.count == Count::Dual);
        let and = word.strip_prefix(self.t.and.as_str());
        let form = dual(word).or_else(|| {
            let rest = and.unwrap_or(word);
            let rests = [Some(rest), rest.strip_prefix(self.t.article.as_str()), rest.strip_prefix(self.t.li_article.as_str())];
            rests.into_iter().flatten().find_map(dual).or_else(|| {
                self.t.prefixes.iter().find_map(|p| {
                    let r = rest.strip_prefix(p.as_str())?;
                    dual(r).or_else(|| dual(r.strip_prefix(self.t.article.as_str())?))
                })
            })
        })?;
        let noun = Noun { form, at, len: 1, definite: false, pronoun: false };
        let start = self.phrase_before(at).map_or(at, |p| p.1);
        Some(self.with_noun(start, at, noun, Bounds { min: Some(2.0), max: Some(2.0) }, 0))
    }

    /// "One dead", "one foreign boat": the noun stands one or two words before.
    fn single(&self, at: usize, floor: usize) -> Option<Read> {
        let noun = (1..=2).filter(|n| at >= n + floor).find_map(|n| self.noun_at(at - n).or_else(|| self.prefixed_noun(at - n)))?;
        if noun.form.count != Count::Singular || self.unit(&noun).ignore || noun.definite {
            return None;
        }
        let mut read = self.with_noun(noun.at, noun.at, noun, Bounds { min: Some(1.0), max: Some(1.0) }, floor);
        let mut bounds = Bounds { min: Some(1.0), max: Some(1.0) };
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

    fn prefixed_noun(&self, at: usize) -> Option<Noun> {
        let word = self.word(at);
        let rest = word.strip_prefix(self.t.and.as_str()).unwrap_or(word);
        let form = self.t.form(rest).or_else(|| self.t.prefixes.iter().find_map(|p| self.t.form(rest.strip_prefix(p.as_str())?)))?;
        Some(Noun { form, at, len: 1, definite: false, pronoun: false })
    }

    /// "One of the soldiers".
    fn one_of(&self, at: usize) -> Option<Read> {
        let noun = self.noun_at(at + 1).filter(|n| n.form.count == Count::Plural && self.unit(n).person)?;
        Some(self.with_noun(at, at, noun, Bounds { min: Some(1.0), max: Some(1.0) }, 0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::token::tokenize;
    use khaldun_lexicon::{number as lexicon_number, quantity as lexicon_quantity};

    const FILE: &str = "quantities/units.toml";
    const UNITS: &str = include_str!("../../../../data/quantities/units.toml");
    const NUMBERS: &str = include_str!("../../../../data/quantities/numbers.toml");

    fn tables() -> (NumberTable, QuantityTable) {
        let numbers = lexicon_number::compile("quantities/numbers.toml", NUMBERS).unwrap();
        (numbers, lexicon_quantity::compile(&[(FILE.to_owned(), UNITS.to_owned())]).unwrap_or_else(|e| panic!("{e:?}")))
    }

    fn show(q: &Quantity) -> String {
        let count = match (q.min, q.max) {
            (Some(a), Some(b)) if a == b => format!("{a}"),
            (Some(a), Some(b)) => format!("{a}-{b}"),
            (Some(a), None) => format!("{a}+"),
            (None, Some(b)) => format!("<{b}"),
            (None, None) => "?".to_owned(),
        };
        format!("{count} {}", q.unit).trim_end().to_owned()
    }

    #[test]
    fn every_example_is_found() {
        let (numbers, table) = tables();
        let mut wrong = Vec::new();
        for example in lexicon_quantity::examples(FILE, UNITS).unwrap() {
            let text = Text::normalize(&example.text);
            let got: Vec<String> = find(&text, &tokenize(&text), &numbers, &table, &|_| false).iter().map(show).collect();
            if got != example.is {
                wrong.push(format!("{FILE}:{}: {} gives {got:?}, not {:?}", example.line, example.text, example.is));
            }
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }

    fn found(raw: &str) -> Vec<(String, Option<Role>, String)> {
        let (numbers, table) = tables();
        let text = Text::normalize(raw);
        let all = find(&text, &tokenize(&text), &numbers, &table, &|_| false);
        all.iter().map(|q| (show(q), q.role, text.slice(q.span).to_owned())).collect()
    }

    fn one(raw: &str) -> (String, Option<Role>, String) {
        let all = found(raw);
        assert_eq!(all.len(), 1, "{raw}: {all:?}");
        all[0].clone()
    }

    #[test]
    fn the_words_give_the_role_or_leave_it_to_the_event() {
        assert_eq!(one("سقط 12 قتيلا في الهجوم").1, Some(Role::Killed));
        assert_eq!(one("نقلت سيارات الإسعاف 12 جريحا").1, Some(Role::Injured));
        assert_eq!(one("أوقفت الشرطة 12 شخصا").1, None);
        assert_eq!(one("قتل 3 جنود").1, Some(Role::Personnel));
        assert!(!Role::Personnel.is_firm() && Role::Killed.is_firm());
    }

    #[test]
    fn the_span_covers_bounds_number_and_noun() {
        assert_eq!(one("أعلن الجيش مقتل أكثر من 20 مسلحا في الجبال").2, "أكثر من 20 مسلحا");
        assert_eq!(one("لقي 27 شخصا على الأقل مصرعهم").2, "27 شخصا على الأقل");
        assert_eq!(one("بعثة من بين (15 – 20) ضابطا").2, "بين (15 – 20) ضابطا");
    }

    #[test]
    fn bounds_are_read_on_both_sides() {
        assert_eq!(one("اعتقال ما لا يقل عن ستين ناشطا").0, "60+ ناشط");
        assert_eq!(one("اعتقال أقل من ستين ناشطا").0, "<60 ناشط");
        assert_eq!(one("اعتقال نحو ستين ناشطا").0, "60 ناشط");
        assert_eq!(one("اعتقال 40 ناشطا سياسيا على الأقل").0, "40+ ناشط");
        assert_eq!(one("إصابة 9 جنود على أقل تقدير").0, "9+ جندي");
        assert_eq!(one("لأكثر من عشرين صحفيا").0, "20+ صحفي");
    }

    #[test]
    fn ranges_are_read() {
        for raw in ["بين 15 و20 ضابطا", "ما بين 15 إلى 20 ضابطا", "من 15 إلى 20 ضابطا", "15-20 ضابطا", "15 أو 20 ضابطا", "بين خمسة عشر وعشرين ضابطا", "بين 15 ضابطا و20 ضابطا"] {
            assert_eq!(one(raw).0, "15-20 ضابط", "{raw}");
        }
        assert_eq!(one("ما بين ألف وألفي جندي").0, "1000-2000 جندي");
        assert_eq!(found("انتهت المباراة 15-14"), vec![]);
    }

    #[test]
    fn vague_numbers_have_no_upper_bound() {
        assert_eq!(one("احتشد الآلاف في الساحة").0, "2000+");
        assert_eq!(one("فرت عشرات العائلات").0, "20+ عائلة");
        assert_eq!(one("العشرات من أقارب الضحايا").0, "20+ أقارب");
        assert_eq!(one("تضم القوة عشرات آلاف المتطوعين").0, "20000+ متطوع");
        assert_eq!(one("سرحت القناة المئات من موظفيها").0, "200+ موظف");
        assert_eq!(one("مقتل بضعة جنود").0, "3-9 جندي");
    }

    #[test]
    fn a_number_may_stand_without_its_noun() {
        let all = found("مقتل 3 أشخاص وإصابة 20 في انفجار");
        assert_eq!(all.iter().map(|q| q.0.as_str()).collect::<Vec<_>>(), ["3 شخص", "20"]);
        assert_eq!(one("قدر عدد المتظاهرين بنحو 300").0, "300 متظاهر");
        assert_eq!(found("فاز الحزب في 2014"), vec![]);
    }

    #[test]
    fn what_is_no_quantity() {
        for raw in [
            "في 17 ديسمبر 2010", "المادة 20 من الدستور", "بنسبة 12.5 في المئة", "رقم 3", "أبو سالم، 30 عاما، أمام القاضي",
            "الطفل البالغ من العمر 10 سنوات", "الساعة 18:30", "الذكرى السادسة والأربعين", "وقال إنه لست نادما", "عام 2015 قال", "طائرة سو 24",
            "في الدقيقة 20", "نصف البلاد", "الطرفان والجانبان والبلدان",
        ] {
            assert_eq!(found(raw), vec![], "{raw}");
        }
    }

    #[test]
    fn a_part_is_marked() {
        let (numbers, table) = tables();
        let text = Text::normalize("مقتل 58 مدنيا من بينهم 11 طفلا وثلاث نساء");
        let all = find(&text, &tokenize(&text), &numbers, &table, &|_| false);
        assert_eq!(all.iter().map(|q| q.part).collect::<Vec<_>>(), [false, true, false]);
    }

    #[test]
    fn tokens_of_a_time_are_left_out() {
        let (numbers, table) = tables();
        let text = Text::normalize("خلال 24 ساعة");
        assert_eq!(find(&text, &tokenize(&text), &numbers, &table, &|i| i < 3), vec![]);
    }
}
