//! Reads a number, written in digits or in words.
//!
//! Comes in: tokens and a place among them. Goes out: the number that begins there and how many tokens it takes. Refuses to
//! know what is counted.

use crate::text::Text;
use crate::token::{Kind, Token};
use khaldun_lexicon::number::{NumberClass, NumberTable, NumberWord};

/// A number in the text.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Number {
    /// Lower bound; for an exact number, the number.
    pub value_min: f64,
    /// Upper bound; equal to the lower one for an exact number, absent for "hundreds of".
    pub value_max: Option<f64>,
    /// How many tokens it takes, the first included.
    pub len: usize,
    /// Its first word has the article.
    pub definite: bool,
}

/// The number that begins with the token `at`.
pub fn parse(text: &Text, tokens: &[Token], at: usize, table: &NumberTable) -> Option<Number> {
    parse_inside(text, tokens, at, 0, table)
}

/// The number that begins `skip` bytes inside the token `at`: behind a conjunction or preposition that is written onto it.
pub fn parse_inside(text: &Text, tokens: &[Token], at: usize, skip: usize, table: &NumberTable) -> Option<Number> {
    let first = tokens.get(at)?;
    let mut reader = Reader {
        text,
        tokens,
        table,
        next: at + 1,
        sum: 0.0,
        group: 0.0,
        last: Last::None,
        scale: f64::INFINITY,
        max: None,
        vague: false,
    };
    let mut definite = false;
    match first.kind {
        Kind::Number if skip == 0 => reader.digits(at)?,
        Kind::Word => {
            let word = first.folded(text).get(skip..)?;
            match table.get(word) {
                Some(w) => {
                    definite = w.definite;
                    reader.begin(w)?;
                }
                // The article before digits, joined by a tatweel that folding drops: al-48.
                None if word == table.article
                    && tokens.get(at + 1)?.kind == Kind::Number
                    && tokens[at + 1].start == first.end =>
                {
                    definite = true;
                    reader.next = at + 2;
                    reader.digits(at + 1)?;
                }
                None => return None,
            }
        }
        _ => return None,
    }
    while reader.step(definite).is_some() {}
    let value = reader.sum + reader.group;
    if matches!(reader.last, Last::Bound) {
        return None;
    }
    let (value_min, value_max) = if reader.vague {
        (value, reader.max.map(|m| m.max(value)))
    } else {
        (value, Some(value))
    };
    Some(Number {
        value_min,
        value_max,
        len: reader.next - at,
        definite,
    })
}

/// What the last word was, which decides what may follow.
#[derive(Clone, Copy, PartialEq)]
enum Last {
    None,
    Digits,
    Unit,
    Bound,
    Tens,
    Hundred,
    Scale,
    Fraction,
    Vague,
    End,
}

struct Reader<'a> {
    text: &'a Text,
    tokens: &'a [Token],
    table: &'a NumberTable,
    next: usize,
    /// Groups that a scale has closed.
    sum: f64,
    /// The group of up to three digits that is being read.
    group: f64,
    last: Last,
    /// The last scale: what follows must be smaller.
    scale: f64,
    max: Option<f64>,
    vague: bool,
}

impl Reader<'_> {
    fn digits(&mut self, at: usize) -> Option<()> {
        let token = &self.tokens[at];
        self.group = digits_value(token.folded(self.text))?;
        // A space between groups of three: 20 000.
        let plain = |t: &Token| t.kind == Kind::Number && !t.folded(self.text).contains(['.', ',']);
        if plain(token) && (1..=3).contains(&(token.end - token.start)) && !token.folded(self.text).starts_with('0') {
            let mut end = token.end;
            while let Some(t) = self.tokens.get(self.next) {
                if !(plain(t) && t.end - t.start == 3 && t.start == end + 1) {
                    break;
                }
                self.group = self.group * 1000.0 + t.folded(self.text).parse::<f64>().ok()?;
                end = t.end;
                self.next += 1;
            }
        }
        self.last = Last::Digits;
        Some(())
    }

    fn begin(&mut self, word: &NumberWord) -> Option<()> {
        self.group = word.value;
        self.last = match word.class {
            NumberClass::Unit => Last::Unit,
            NumberClass::Bound => Last::Bound,
            NumberClass::Ten | NumberClass::Tens => Last::Tens,
            NumberClass::Hundred => Last::Hundred,
            NumberClass::Scale => {
                (self.sum, self.group, self.scale) = (word.alone, 0.0, word.value.min(word.alone));
                self.max = word.max;
                self.vague = word.max.is_none();
                Last::Scale
            }
            NumberClass::Fraction => Last::Fraction,
            NumberClass::Vague => {
                self.max = word.max;
                self.vague = true;
                Last::Vague
            }
        };
        // A fraction alone is no number: half of what?
        if self.last == Last::Fraction {
            let scale = self.word_at(self.next, 0).filter(|w| w.class == NumberClass::Scale)?;
            (self.sum, self.group, self.scale, self.last) = (word.value * scale.value, 0.0, scale.value, Last::End);
            self.next += 1;
        }
        Some(())
    }

    fn word_at(&self, at: usize, skip: usize) -> Option<&NumberWord> {
        let token = self.tokens.get(at).filter(|t| t.kind == Kind::Word)?;
        self.table.get(token.folded(self.text).get(skip..)?)
    }

    fn step(&mut self, definite: bool) -> Option<()> {
        if self.last == Last::End {
            return None;
        }
        if let Some(&word) = self.word_at(self.next, 0) {
            return self.beside(&word, definite);
        }
        let token = self.tokens.get(self.next).filter(|t| t.kind == Kind::Word)?;
        let folded = token.folded(self.text);
        if !folded.starts_with(self.table.and.as_str()) {
            return None;
        }
        if folded.len() > self.table.and.len() {
            let word = *self.word_at(self.next, self.table.and.len())?;
            return self.after_and(&word, definite, 1);
        }
        let follower = self.tokens.get(self.next + 1)?;
        if follower.kind == Kind::Number {
            let value = digits_value(follower.folded(self.text))?;
            if self.last != Last::Scale || value >= self.scale || self.vague {
                return None;
            }
            (self.group, self.last) = (value, Last::Digits);
            self.next += 2;
            return Some(());
        }
        let word = *self.word_at(self.next + 1, 0)?;
        self.after_and(&word, definite, 2)
    }

    /// A word directly after the last one: fif-teen, three hundred, three thousand.
    fn beside(&mut self, word: &NumberWord, definite: bool) -> Option<()> {
        use NumberClass as C;
        if word.definite && !(matches!(self.last, Last::Vague) || definite) {
            return None;
        }
        match (self.last, word.class) {
            (Last::Unit | Last::Bound, C::Ten) => {
                self.group += 10.0;
                self.last = Last::Tens;
            }
            (Last::Unit, C::Hundred) if word.value == 100.0 => {
                let unit = self.group % 10.0;
                self.group = self.group - unit + unit * 100.0;
                self.last = Last::Hundred;
            }
            (Last::Digits | Last::Unit | Last::Tens | Last::Hundred | Last::Vague, C::Scale)
                if word.value < self.scale =>
            {
                self.sum += self.group * word.value;
                self.max = self.max.map(|m| m * word.value);
                (self.group, self.scale, self.last) = (0.0, word.value, Last::Scale);
            }
            // A thousand million.
            (Last::Scale, C::Scale) if word.value > self.scale && !self.vague => {
                self.sum *= word.value;
                self.scale = word.value;
            }
            _ => return None,
        }
        self.next += 1;
        Some(())
    }

    /// A word after "and": twenty-three is three-and-twenty.
    fn after_and(&mut self, word: &NumberWord, definite: bool, len: usize) -> Option<()> {
        use NumberClass as C;
        if word.definite && !definite || self.vague {
            return None;
        }
        match (self.last, word.class) {
            (Last::Unit | Last::Bound, C::Tens) => {
                self.group += word.value;
                self.last = Last::Tens;
            }
            (Last::Hundred, C::Unit | C::Bound | C::Ten | C::Tens) => {
                self.group += word.value;
                self.last = match word.class {
                    C::Unit => Last::Unit,
                    // "A hundred and one" is complete, unlike a bare "one of".
                    C::Bound if self.compound_follows(len) => Last::Bound,
                    C::Bound => Last::End,
                    _ => Last::Tens,
                };
            }
            (Last::Scale, C::Unit | C::Ten | C::Tens | C::Hundred) if word.value < self.scale => {
                self.group = word.value;
                self.last = match word.class {
                    C::Unit => Last::Unit,
                    C::Hundred => Last::Hundred,
                    _ => Last::Tens,
                };
            }
            (Last::Scale, C::Scale) if word.alone < self.scale && word.max.is_some() => {
                self.sum += word.alone;
                self.scale = word.value.min(word.alone);
            }
            (Last::Scale, C::Fraction) => {
                self.sum += word.value * self.scale;
                self.last = Last::End;
                // The scale may be said again: a million and half the million.
                let again = self
                    .word_at(self.next + len, 0)
                    .is_some_and(|w| w.class == C::Scale && w.value == self.scale);
                self.next += usize::from(again);
            }
            (Last::Digits | Last::Unit | Last::Tens, C::Fraction) => {
                // "Three and a half million", but not "three years and half a day": the scale is taken by the next step.
                self.group += word.value;
                self.last = Last::Tens;
            }
            _ => return None,
        }
        self.next += len;
        Some(())
    }

    fn compound_follows(&self, len: usize) -> bool {
        self.word_at(self.next + len, 0)
            .is_some_and(|w| w.class == NumberClass::Ten)
            || self
                .word_at(self.next + len, self.table.and.len())
                .is_some_and(|w| w.class == NumberClass::Tens)
    }
}

/// The value of digits with `.` or `,` between them. A mark before exactly three digits divides thousands (20,000; 1.250.000);
/// any other is a decimal mark (4.5).
pub fn digits_value(digits: &str) -> Option<f64> {
    let Some(last) = digits.rfind(['.', ',']) else {
        return digits.parse().ok();
    };
    let first = digits.find(['.', ','])?;
    let grouped = |s: &str| s.split(['.', ',']).skip(1).all(|g| g.len() == 3);
    let whole = |s: &str| s.replace(['.', ','], "").parse::<f64>().ok();
    let mixed = digits.as_bytes()[first] != digits.as_bytes()[last];
    if !mixed && grouped(digits) && first <= 3 && !digits.starts_with('0') {
        return whole(digits);
    }
    if !grouped(&digits[..last]) {
        return None; // 12.5.2017 is a date, 192.168.1.1 an address
    }
    let fraction: f64 = digits[last + 1..].parse().ok()?;
    Some(whole(&digits[..last])? + fraction / 10f64.powi((digits.len() - last - 1) as i32))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::token::tokenize;
    use khaldun_lexicon::number;

    const FILE: &str = "quantities/numbers.toml";
    const DATA: &str = include_str!("../../../../data/quantities/numbers.toml");

    #[test]
    fn every_example_is_read() {
        let table = number::compile(FILE, DATA).unwrap_or_else(|e| panic!("{e:?}"));
        let mut wrong = Vec::new();
        for example in number::examples(FILE, DATA).unwrap() {
            let text = Text::normalize(&example.text);
            let got = parse(&text, &tokenize(&text), 0, &table);
            if got.map(|n| (n.value_min, n.value_max)) != Some((example.min, example.max)) {
                wrong.push(format!("{FILE}:{}: {} is {got:?}", example.line, example.text));
            }
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }

    #[test]
    fn a_number_knows_its_length() {
        let table = number::compile(FILE, DATA).unwrap();
        let len = |s: &str| {
            let text = Text::normalize(s);
            parse(&text, &tokenize(&text), 0, &table).map(|n| n.len)
        };
        assert_eq!(len("ثلاثة وعشرين ألفا من"), Some(3));
        assert_eq!(len("أحد القادة"), None);
        assert_eq!(len("نصف البلاد"), None);
        assert_eq!(len("الاثنين المقبل"), None);
        assert_eq!(len("12.5.2017"), None);
    }
}
