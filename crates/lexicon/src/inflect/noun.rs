//! Nouns, worked on as written: the lemma may lack its vowels.

use super::letters::{
    ALEF, ALEF_HAMZA, ALEF_MADDA, ALEF_MAQSURA, DAMMA, FATHA, HAMZA, KASRA, KASRATAN, LAM, MIM, NUN, SHADDA, TA,
    TA_MARBUTA, WAW, WAW_HAMZA, YA, YA_HAMZA, bare, is_mark,
};
use super::{Cells, Inflected};
use crate::Features;

/// Every form of a noun: singular, dual, the given plurals, before pronouns and in the accusative.
///
/// Of a lemma of several words the first inflects and the others stay. A plural written as the two letters of the sound masculine
/// ending (wn) or of the sound feminine one (At) is computed. A noun in ta marbuta always gets its sound plural, and so does a
/// masdar longer than its root. `base` is or-ed in; without a gender in it, a final ta marbuta makes a feminine.
///
/// ```
/// use khaldun_lexicon::{Features, inflect::noun};
/// let forms = noun("غَارَة", &[], Features::NOUN); // ghara, "raid"
/// let has = |s: &str, f: Features| forms.iter().any(|x| x.surface == s && x.features.has(f | Features::NOUN));
/// assert!(has("غارات", Features::PLUR) && has("غارتين", Features::DUAL) && has("غارت", Features::BEFORE_PRONOUN));
/// let forms = noun("وقف إطلاق النار", &[], Features::MASDAR); // "ceasefire"
/// assert!(forms.iter().any(|x| x.surface == "وقف إطلاق النار"));
/// ```
pub fn noun(lemma: &str, plurals: &[&str], base: Features) -> Vec<Inflected> {
    let mut words = lemma.split_whitespace();
    let first = words.next().unwrap_or_default();
    let rest: String = words.map(|w| format!(" {}", bare(w))).collect();
    let mut out = Writer {
        cells: Cells::default(),
        rest,
    };

    let word = Word::new(first);
    let gender = if base.any(Features::MASC | Features::FEM) {
        Features(0)
    } else if word.ends(TA_MARBUTA) {
        Features::FEM
    } else {
        Features::MASC
    };
    // A plural in -At is feminine even of a masculine word (ijtimAEAt).
    let in_at = if gender == Features::MASC {
        base | Features::FEM
    } else {
        base | gender
    } | Features::PLUR;
    let base = base | gender;
    word.singular(base | Features::SING, &mut out);
    word.dual(base | Features::DUAL, &mut out);
    let plural = base | Features::PLUR;
    for given in plurals {
        let given = given.trim();
        if given == [WAW, NUN].iter().collect::<String>() {
            word.sound_masculine(plural, &mut out);
        } else if given == [ALEF, TA].iter().collect::<String>() {
            word.sound_feminine(in_at, &mut out);
        } else {
            let mut words = given.split_whitespace();
            let head = Word::new(words.next().unwrap_or_default());
            let own: String = words.map(|w| format!(" {}", bare(w))).collect();
            let rest_is_given = !own.is_empty();
            let kept = if own.is_empty() { out.rest.clone() } else { own };
            let rest = std::mem::replace(&mut out.rest, kept);
            if rest_is_given {
                out.put(head.text.clone(), plural); // a phrase of its own, as written
            } else if word
                .masculine_stems()
                .iter()
                .any(|stem| head.text == join(stem, [WAW, NUN]))
            {
                word.sound_masculine(plural, &mut out);
            } else {
                head.singular(if head.is_sound_feminine() { in_at } else { plural }, &mut out);
            }
            out.rest = rest;
        }
    }
    if word.ends(TA_MARBUTA) || base.has(Features::MASDAR) && word.is_long_masdar() {
        word.sound_feminine(in_at, &mut out);
    }
    out.cells.finish()
}

/// Where forms go: the other words of the lemma are put behind each.
pub(super) struct Writer {
    pub cells: Cells,
    /// Empty, or a space and the words after the first.
    pub rest: String,
}

impl Writer {
    /// True if the first word stands in the construct: the second has the article and the first has not.
    fn is_construct(&self, word: &str) -> bool {
        let article: String = [ALEF, LAM].iter().collect();
        self.rest.trim_start().starts_with(&article) && !word.starts_with(&article)
    }

    /// Adds a dual or sound plural: `word` and a nun, or, in the construct, without it.
    fn put_nun(&mut self, word: String, construct: bool, features: Features) {
        if construct {
            self.put(word, features | Features::CONSTRUCT);
        } else if !self.is_construct(&word) {
            self.put(format!("{word}{NUN}"), features);
        }
    }

    pub fn put(&mut self, word: String, features: Features) {
        // Inside a phrase the first word carries no pronoun and no tanwin; before a definite noun it is in the construct.
        if !self.rest.is_empty() && features.any(Features::BEFORE_PRONOUN | Features::ACCUSATIVE) {
            return;
        }
        self.cells.add(&[format!("{word}{}", self.rest)], features);
    }
}

/// One word to be inflected.
pub(super) struct Word {
    /// As given, with marks.
    raw: Vec<char>,
    /// Without marks; a noun in tanwin of kasra gets back its ya.
    text: String,
    letters: Vec<char>,
}

impl Word {
    pub fn new(raw: &str) -> Word {
        let mut text = bare(raw);
        if raw.ends_with(KASRATAN) {
            text.push(YA);
        }
        Word {
            raw: raw.chars().collect(),
            letters: text.chars().collect(),
            text,
        }
    }

    fn last(&self) -> char {
        self.letters.last().copied().unwrap_or(' ')
    }

    fn before_last(&self) -> char {
        self.letters.len().checked_sub(2).map_or(' ', |i| self.letters[i])
    }

    pub fn ends(&self, c: char) -> bool {
        self.last() == c
    }

    fn stem(&self) -> String {
        self.letters[..self.letters.len().saturating_sub(1)].iter().collect()
    }

    /// Sound feminine plural as written out in the data.
    fn is_sound_feminine(&self) -> bool {
        self.letters.len() > 3 && (self.before_last() == ALEF || self.before_last() == ALEF_MADDA) && self.last() == TA
    }

    /// Plural of the kind mafAEil, which takes no tanwin.
    fn is_diptote_plural(&self) -> bool {
        self.letters.len() >= 5 && self.letters[2] == ALEF && self.last() != TA_MARBUTA && self.letters[0] != ALEF_HAMZA
    }

    fn is_long_masdar(&self) -> bool {
        self.letters.len() >= 5 || self.letters.len() == 4 && self.letters[2] == ALEF
    }

    /// A final ya that tanwin drops (qADin). Only where the lemma shows it: a nisba in -iyy looks the same without its shadda.
    fn drops_ya(&self) -> bool {
        if self.last() != YA || self.raw.last() == Some(&SHADDA) {
            return false;
        }
        if self.raw.last() == Some(&KASRATAN) {
            return true;
        }
        let kasra = self.raw.len() > 2 && self.raw[self.raw.len() - 2] == KASRA;
        let vowel = self.raw.get(1).copied();
        let l = &self.letters;
        kasra
            && (l.len() == 4 && l[1] == ALEF
                || l.len() == 5
                    && l[2] == ALEF
                    && (l[0] == MIM || l[0] == ALEF_HAMZA)
                    && matches!(vowel, Some(DAMMA | FATHA)))
    }

    /// The word itself, before pronouns, and in the accusative; for a singular or a broken plural.
    pub fn singular(&self, f: Features, out: &mut Writer) {
        let before = f | Features::BEFORE_PRONOUN;
        let accusative = f | Features::ACCUSATIVE;
        let stem = self.stem();
        out.put(self.text.clone(), f);
        if self.is_sound_feminine() && f.has(Features::PLUR) {
            return;
        }
        match self.last() {
            TA_MARBUTA => out.put(format!("{stem}{TA}"), before),
            ALEF_MAQSURA => out.put(format!("{stem}{ALEF}"), before),
            ALEF => {}
            ALEF_HAMZA => {
                out.put(format!("{stem}{WAW_HAMZA}"), before);
                out.put(format!("{stem}{YA_HAMZA}"), before);
            }
            HAMZA => {
                let joins = joins_left(self.before_last());
                if self.before_last() != YA {
                    out.put(format!("{stem}{WAW_HAMZA}"), before);
                }
                out.put(format!("{stem}{YA_HAMZA}"), before);
                if joins {
                    out.put(format!("{stem}{YA_HAMZA}{ALEF}"), accusative);
                } else if self.before_last() != ALEF {
                    out.put(format!("{stem}{HAMZA}{ALEF}"), accusative);
                }
            }
            WAW_HAMZA => {
                out.put(format!("{stem}{YA_HAMZA}"), before);
                out.put(format!("{}{ALEF}", self.text), accusative);
            }
            _ => {
                if self.drops_ya() {
                    out.put(stem, f);
                }
                if !(f.has(Features::PLUR) && self.is_diptote_plural()) {
                    out.put(format!("{}{ALEF}", self.text), accusative);
                }
            }
        }
    }

    /// Nominative and oblique dual, each with its construct.
    pub fn dual(&self, f: Features, out: &mut Writer) {
        let stem = match self.last() {
            TA_MARBUTA => format!("{}{TA}", self.stem()),
            ALEF_MAQSURA => format!("{}{YA}", self.stem()),
            ALEF => return,
            _ => self.text.clone(),
        };
        for (ending, construct) in [(ALEF, false), (YA, false), (ALEF, true), (YA, true)] {
            let f = f | case(ending);
            // After alef and hamza the oblique -ayn is spelled both ways: liqA'ayn.
            if stem.ends_with(&String::from_iter([ALEF, HAMZA])) && ending == YA {
                out.put_nun(format!("{stem}{ending}"), construct, f);
            }
            out.put_nun(join(&stem, [ending]), construct, f);
        }
    }

    /// What stands before -Una; two where the lemma does not tell muHAmI (muHAmUna) from a nisba.
    fn masculine_stems(&self) -> Vec<String> {
        let defective = self.letters.len() == 5 && self.letters[0] == MIM && self.letters[2] == ALEF;
        match self.last() {
            ALEF_MAQSURA | TA_MARBUTA => vec![self.stem()],
            YA if self.raw.last() == Some(&SHADDA) => vec![self.text.clone()],
            YA if self.raw.last() == Some(&KASRATAN) => vec![self.stem()],
            YA if self.raw.iter().any(|&c| is_mark(c)) => vec![self.text.clone(), self.stem()],
            YA if defective => vec![self.stem()],
            _ => vec![self.text.clone()],
        }
    }

    /// Sound masculine plural.
    pub fn sound_masculine(&self, f: Features, out: &mut Writer) {
        for stem in self.masculine_stems() {
            for (ending, construct) in [(WAW, false), (YA, false), (WAW, true), (YA, true)] {
                for word in [join(&stem, [ending]), format!("{stem}{ending}")] {
                    out.put_nun(word, construct, f | case(ending));
                }
            }
        }
    }

    /// Sound feminine plural.
    pub fn sound_feminine(&self, f: Features, out: &mut Writer) {
        let mut stem = self.stem();
        match self.last() {
            TA_MARBUTA if stem.ends_with(ALEF) => {
                // qanAp, qanawAt; mubArAp, mubArayAt.
                stem.pop();
                if self.letters.len() <= 4 {
                    out.put(format!("{stem}{WAW}{ALEF}{TA}"), f);
                }
                stem.push(YA);
            }
            TA_MARBUTA => {}
            ALEF_MAQSURA => stem.push(YA),
            ALEF => {}
            _ => stem = self.text.clone(),
        }
        out.put(join(&stem, [ALEF, TA]), f);
    }
}

/// The case that the ending of a dual or sound masculine plural shows.
fn case(ending: char) -> Features {
    if ending == YA {
        Features::OBLIQUE
    } else {
        Features::NOMINATIVE
    }
}

/// True if the letter is written joined to the next one.
fn joins_left(c: char) -> bool {
    // alef and its kin, dal to zay except jim-shaped letters, waw
    !matches!(c, '\u{621}'..='\u{625}' | ALEF | TA_MARBUTA | '\u{62f}'..='\u{632}' | WAW | ALEF_MAQSURA)
}

/// Puts an ending behind a stem; a final hamza finds its seat.
fn join<const N: usize>(stem: &str, ending: [char; N]) -> String {
    let mut letters: Vec<char> = stem.chars().collect();
    let mut ending = ending.to_vec();
    let before = letters.len().checked_sub(2).map_or(' ', |i| letters[i]);
    match (letters.last().copied(), ending[0]) {
        (Some(ALEF_HAMZA), ALEF) => {
            letters.pop();
            ending[0] = ALEF_MADDA;
        }
        (Some(ALEF_HAMZA), WAW) => {
            letters.pop();
            letters.push(WAW_HAMZA);
        }
        (Some(ALEF_HAMZA), YA) if ending.len() == 1 => {}
        (Some(HAMZA), ALEF) if joins_left(before) => {
            letters.pop();
            letters.push(YA_HAMZA);
        }
        (Some(HAMZA), WAW) => {
            letters.pop();
            letters.push(if before == YA { YA_HAMZA } else { WAW_HAMZA });
        }
        (Some(HAMZA), YA) if joins_left(before) || before == ALEF => {
            letters.pop();
            letters.push(YA_HAMZA);
        }
        _ => {}
    }
    letters.into_iter().chain(ending).collect()
}
