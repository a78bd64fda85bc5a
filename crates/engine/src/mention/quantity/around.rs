//! What stands around a number: the noun that it counts, the phrases that bound it, and the signs that it is no count.

use super::{Noun, Quantity, Read, Reader, Role, ends};
use crate::mention::number::{self, Number};
use crate::token::Kind;
use khaldun_lexicon::number::{NumberClass, Words};
use khaldun_lexicon::quantity::{Count, Phrase, QuantityTable};
use std::ops::Range;

impl<'a> Reader<'a> {
    pub(super) fn is_one_of(&self, word: &str) -> bool {
        let one = |w: &str| self.t.one.get(w).is_some();
        let rest = word.strip_prefix(self.t.and.as_str()).unwrap_or(word);
        one(rest)
            || self
                .t
                .prefixes
                .iter()
                .any(|p| rest.strip_prefix(p.as_str()).is_some_and(one))
    }

    /// Bytes before a number word that are a conjunction or a preposition.
    pub(super) fn number_skip(&self, at: usize) -> Option<usize> {
        let word = self.word(at);
        if self.numbers.words.get(word).is_some() || word == self.numbers.article {
            return Some(0);
        }
        let and = if word.starts_with(self.t.and.as_str()) {
            self.t.and.len()
        } else {
            0
        };
        if and > 0 && self.numbers.words.get(&word[and..]).is_some() {
            return Some(and);
        }
        // lil-, "to the", lacks the article's alef: such a number is no count that begins here.
        self.t.prefixes.iter().find_map(|p| {
            let rest = word[and..].strip_prefix(p.as_str())?;
            self.numbers.words.get(rest).map(|_| word.len() - rest.len())
        })
    }

    /// A date, a law, a percentage, a clock time, a score. `sure`: no name or date goes on with such a number.
    pub(super) fn is_no_count(&self, at: usize, end: usize, number: &Number, sure: bool) -> bool {
        let (before, after) = (self.before(at), self.word(end));
        if !sure && self.t.not_after.get(self.unprefixed(before)).is_some() {
            // "Today 5 soldiers": a counted noun says that it is a count after all.
            let year = self.tokens[at].kind == Kind::Number && (1900.0..2100.0).contains(&number.value_min);
            if year || self.noun_after(end, false, false).is_none() {
                return true;
            }
        }
        if (0..=1).any(|back| {
            self.phrase_is(
                &self.t.percent,
                at.wrapping_sub(back),
                if back == 0 || self.is_punct(at.wrapping_sub(1)) {
                    1..9
                } else {
                    2..9
                },
            )
        }) {
            return true;
        }
        // "The nineteenth": ten follows a word that is no number; but "the police ten men".
        let ten = self
            .numbers
            .get(self.word(at))
            .is_some_and(|w| w.class == NumberClass::Ten && !w.definite);
        if ten && before.starts_with(self.t.article.as_str()) && self.noun_at(end).is_none() {
            return true;
        }
        if self.phrase_is(&self.t.percent, end, 1..9) {
            return true;
        }
        let digits = |i: usize| self.tokens.get(i).is_some_and(|t| t.kind == Kind::Number);
        let sign = |s: &str| matches!(s, "/" | ":" | "+" | "." | "_");
        (sign(after) && digits(end + 1)) || ((sign(before) || before == "-") && at >= 2 && digits(at - 2))
    }

    /// What became of the persons that are counted, where the words beside them say it.
    pub(super) fn fate(&self, q: &Quantity) -> Option<Role> {
        let (start, end) = (q.tokens.start as usize, q.tokens.end as usize);
        let told =
            |list: &[(Role, Words)], word: &str| list.iter().find(|(_, w)| w.get(word).is_some()).map(|(r, _)| *r);
        told(&self.t.fate_before, self.unprefixed(self.before(start)))
            .or_else(|| told(&self.t.fate_behind, self.word(end)))
    }

    /// One person without a number, of whom the noun before tells what became: "the killing of a soldier".
    pub(super) fn alone(&self, at: usize) -> Option<Read> {
        let word = self.unprefixed(self.word(at));
        let (told, _) = self.t.alone.iter().find(|(_, w)| w.get(word).is_some())?;
        let noun = self.noun_at(at + 1)?;
        let unit = &self.t.units[noun.form.unit as usize];
        let role = match (*told, unit.role) {
            // "Left one dead": the noun itself tells it.
            (Role::Other, Some(r @ (Role::Killed | Role::Injured))) if !noun.definite => r,
            (Role::Other, _) => return None,
            (_, Some(r)) if r.is_firm() => return None,
            (r, _) => r,
        };
        let one = unit.person && noun.form.count == Count::Singular && !(self.skip)(at + 1);
        let end = noun.at + noun.len;
        if !one || self.t.single.get(self.word(end)).is_some() {
            return None;
        }
        let bounds = super::Bounds {
            min: Some(1.0),
            max: Some(1.0),
        };
        let mut q = self.quantity(noun.at..end, bounds, &noun);
        q.role = Some(role);
        Some(Read {
            quantity: Some(q),
            next: end,
        })
    }

    pub(super) fn is_punct(&self, at: usize) -> bool {
        self.tokens.get(at).is_some_and(|t| t.kind == Kind::Punct)
    }

    /// True if a phrase of the list begins at a place; it has as many words as `len` allows.
    pub(super) fn phrase_is(&self, list: &[Phrase], at: usize, len: Range<usize>) -> bool {
        at < self.tokens.len()
            && list.iter().any(|p| {
                len.contains(&p.words.len()) && p.words.iter().enumerate().all(|(i, w)| self.word(at + i) == w)
            })
    }

    pub(super) fn is_vague(&self, at: usize, skip: usize) -> bool {
        self.word(at)
            .get(skip..)
            .and_then(|w| self.numbers.get(w))
            .is_some_and(|w| w.class == NumberClass::Vague)
    }

    /// The second half of a range, where it ends, where it begins ("between", "from"), and the lower bound.
    pub(super) fn range(&self, at: usize, end: usize, first: &Number) -> Option<(usize, Number, usize, f64)> {
        let mut start = at;
        let open = self.before(at) == "(" && self.between_before(at - 1).is_some();
        if open {
            start -= 1;
        }
        let between = self.between_before(start);
        let from = !open && at > 0 && self.t.from.get(self.before(at)).is_some();
        let link = self.word(end);
        let (next, skip) = if between.is_some() && link.starts_with(self.t.and.as_str()) {
            if link == self.t.and {
                (end + 1, 0)
            } else {
                (end, self.t.and.len())
            }
        } else if link == "-" || self.t.to.get(link).is_some() || self.t.or.get(link).is_some() {
            (end + 1, 0)
        } else if between.is_some() {
            // A noun may be said with both ends: between 20 persons and 30 persons.
            let noun = self.noun_after(end, false, false)?;
            let link = self.word(noun.at + noun.len);
            if !link.starts_with(self.t.and.as_str()) && self.t.to.get(link).is_none() {
                return None;
            }
            if link == self.t.and || self.t.to.get(link).is_some() {
                (noun.at + noun.len + 1, 0)
            } else {
                (noun.at + noun.len, self.t.and.len())
            }
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
    pub(super) fn between_before(&self, at: usize) -> Option<usize> {
        (at > 0 && self.t.between.get(self.unprefixed(self.before(at))).is_some()).then(|| at - 1)
    }

    /// The longest phrase that ends before `at`, and where it begins.
    pub(super) fn phrase_before(&self, at: usize) -> Option<(&'a Phrase, usize)> {
        let table: &'a QuantityTable = self.t;
        table.before.iter().find_map(|p| {
            let start = at.checked_sub(p.words.len())?;
            let rest = p.words[1..]
                .iter()
                .enumerate()
                .all(|(i, w)| self.word(start + 1 + i) == w);
            (rest && (self.word(start) == p.words[0] || self.unprefixed(self.word(start)) == p.words[0]))
                .then_some((p, start))
        })
    }

    /// A phrase such as "at least" at a place, or after one or two more words of the noun.
    pub(super) fn phrase_after(&self, at: usize) -> Option<(&'a Phrase, usize)> {
        let table: &'a QuantityTable = self.t;
        for gap in 0..=2 {
            let found = table
                .after
                .iter()
                .find(|p| p.words.iter().enumerate().all(|(i, w)| self.word(at + gap + i) == w));
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
    pub(super) fn unprefixed(&self, word: &'a str) -> &'a str {
        let t = self.t;
        let known = |w: &str| {
            t.before.iter().any(|p| p.words[0] == w)
                || [
                    &t.one,
                    &t.between,
                    &t.not_after,
                    &t.bare_after,
                    &t.count,
                    &t.count_pronoun,
                    &t.part,
                    &t.not_dual,
                    &t.ago,
                    &t.age,
                ]
                .iter()
                .any(|s: &&Words| s.get(w).is_some())
                || [&t.fate_before, &t.alone]
                    .iter()
                    .any(|l| l.iter().any(|(_, s)| s.get(w).is_some()))
        };
        if word.is_empty() || known(word) {
            return word;
        }
        let rest = word.strip_prefix(t.and.as_str()).unwrap_or(word);
        if rest.len() < word.len() && known(rest) {
            return rest;
        }
        t.prefixes
            .iter()
            .find_map(|p| rest.strip_prefix(p.as_str()).filter(|r| known(r)))
            .unwrap_or(word)
    }

    /// The counted noun at a place, of two words or one.
    pub(super) fn noun_at(&self, at: usize) -> Option<Noun> {
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
                let form = self
                    .t
                    .form2(first, second)
                    .or_else(|| self.t.form2(first, second_bare?));
                if let Some(form) = form {
                    return Some(Noun {
                        form,
                        at,
                        len: 2,
                        definite: definite || second_bare.is_some(),
                        pronoun: false,
                    });
                }
            }
            if let Some(form) = self.t.form(head) {
                return Some(Noun {
                    form,
                    at,
                    len: 1,
                    definite,
                    pronoun: false,
                });
            }
        }
        self.t.enclitics.iter().find_map(|e| {
            let form = self.t.form(word.strip_suffix(e.as_str())?)?;
            form.pronoun.then_some(Noun {
                form,
                at,
                len: 1,
                definite: true,
                pronoun: true,
            })
        })
    }

    /// The end `head` of a word with the blank after it, and the next word.
    pub(super) fn with_next(&self, at: usize, head: &str) -> Option<(&'a str, &'a str)> {
        let (a, b) = (&self.tokens[at], self.tokens.get(at + 1)?);
        let first = &self.text.folded[a.end as usize - head.len()..b.start as usize];
        (b.kind == Kind::Word && first.ends_with(' ') && b.start == a.end + 1).then(|| (first, self.word(at + 1)))
    }

    /// The noun that a number which ends before `at` counts. Only a vague or definite number, or "of", takes a definite noun.
    pub(super) fn noun_after(&self, at: usize, free: bool, definite: bool) -> Option<Noun> {
        if self.t.of.get(self.word(at)).is_some() {
            return self.noun_at(at + 1).filter(|n| n.form.count == Count::Plural);
        }
        if self.word(at) == ")" || self.tokens.get(at)?.kind == Kind::Newline {
            return None;
        }
        self.noun_at(at)
            .filter(|n| free || !n.definite || (definite && !n.pronoun))
    }

    /// "Aged 30 years", "(30 years)", "five years ago".
    pub(super) fn is_age_or_date(&self, start: usize, end: usize) -> bool {
        let in_list = |list: &Words, back: usize| {
            start.checked_sub(back).is_some_and(|i| {
                let w = self.word(i);
                list.get(w).is_some() || list.get(self.unprefixed(w)).is_some()
            })
        };
        if in_list(&self.t.ago, 1) || (1..=3).any(|n| in_list(&self.t.age, n)) {
            return true;
        }
        let mark = |w: &str| matches!(w, "(" | ")" | "," | "-" | "\"");
        mark(self.before(start)) && mark(self.word(end))
            || (self.t.of.get(self.word(end)).is_some() && self.t.age.get(self.word(end + 1)).is_some())
    }

    pub(super) fn is_part(&self, start: usize) -> bool {
        (1..=2).any(|n| {
            start.checked_sub(n).is_some_and(|i| {
                let w = self.word(i);
                self.t.part.get(w).is_some() || self.t.part.get(self.unprefixed(w)).is_some()
            })
        })
    }

    fn is_stop(&self, word: &str) -> bool {
        let stop = |w: &str| self.t.stop.get(w).is_some();
        stop(word) || word.strip_prefix(self.t.and.as_str()).is_some_and(stop)
    }

    /// True if the word after a number is a counted noun although the data do not list it: its ending agrees with the number.
    pub(super) fn unlisted_noun(&self, at: usize, n: &Number, vague: bool, sure: bool, spelt: bool) -> bool {
        let of = self.t.of.get(self.word(at)).is_some();
        let at = if vague && of { at + 1 } else { at };
        if !self.is_word(at) || (self.skip)(at) {
            return false;
        }
        let word = self.word(at);
        if word.chars().count() < 4
            || self.prefixed_noun(at).is_some()
            || self.is_stop(word)
            || self.t.part.get(word).is_some()
        {
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

    pub(super) fn prefixed_noun(&self, at: usize) -> Option<Noun> {
        let word = self.word(at);
        let rest = word.strip_prefix(self.t.and.as_str()).unwrap_or(word);
        let form = self.t.form(rest).or_else(|| {
            self.t
                .prefixes
                .iter()
                .find_map(|p| self.t.form(rest.strip_prefix(p.as_str())?))
        })?;
        Some(Noun {
            form,
            at,
            len: 1,
            definite: false,
            pronoun: false,
        })
    }
}
