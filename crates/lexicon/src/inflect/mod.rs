//! Arabic inflection: from a vowelled lemma and its form to every surface form.
//!
//! Comes in: a lemma as the data writes it, the form of a verb (I to X) or the plurals of a noun. Goes out: every written form
//! with its [`Features`], in a fixed order. The letters are those of full orthography without vowel marks; the caller folds
//! them. Clitics are not attached: the engine splits off conjunctions, prepositions, the article, the particle of the future and
//! pronouns before it looks a form up.
//!
//! Cells that share their folded letters and differ only in voice are one entry with both voices (and the two participles of
//! hd-d, "threatening" and "threatened", one with both participle flags). A cell that men and women share (first person, dual of
//! the second) has both genders. A flag that tells only where a form stands ([`Features::BEFORE_PRONOUN`], [`Features::SHORT_MOOD`])
//! is set where the letters differ from the cell without it.
//!
//! ```
//! use khaldun_lexicon::{Features, inflect::{self, Form, Vowel}};
//! let forms = inflect::verb("زَارَ", Form::I, Some(Vowel::U))?; // zara, "he visited"
//! let has = |s: &str, f: Features| forms.iter().any(|x| x.surface == s && x.features.has(f));
//! assert!(has("يزور", Features::IMPERFECT | Features::P3 | Features::MASC));
//! assert!(has("زرت", Features::PERFECT | Features::P1));
//! assert!(has("زارو", Features::PERFECT | Features::BEFORE_PRONOUN)); // zaruhu, "they visited him"
//! # Ok::<(), inflect::InflectError>(())
//! ```

mod error;
mod finite;
mod letters;
mod nisba;
mod noun;
mod participle;
mod root;
mod stem;
#[cfg(test)]
mod tests;

use std::fmt;
use std::str::FromStr;

use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

use crate::Features;
use crate::fold::fold;

pub use error::InflectError;
pub use nisba::nisba;
pub use noun::noun;

/// The form (measure, wazn) of a verb: the ten of three radicals, the two of four.
///
/// ```
/// use khaldun_lexicon::inflect::Form;
/// assert_eq!("VIII".parse(), Ok(Form::VIII));
/// assert_eq!(Form::QII.to_string(), "QII");
/// assert!("XI".parse::<Form>().is_err());
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[allow(missing_docs)]
pub enum Form {
    I,
    II,
    III,
    IV,
    V,
    VI,
    VII,
    VIII,
    /// ifEalla; also iTma'anna, of four radicals.
    IX,
    X,
    /// Four radicals: faElala.
    QI,
    /// Four radicals: tafaElala.
    QII,
}

impl Form {
    const NAMES: [(Form, &'static str); 12] = [
        (Form::I, "I"),
        (Form::II, "II"),
        (Form::III, "III"),
        (Form::IV, "IV"),
        (Form::V, "V"),
        (Form::VI, "VI"),
        (Form::VII, "VII"),
        (Form::VIII, "VIII"),
        (Form::IX, "IX"),
        (Form::X, "X"),
        (Form::QI, "QI"),
        (Form::QII, "QII"),
    ];
}

impl fmt::Display for Form {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(Form::NAMES[*self as usize].1)
    }
}

impl FromStr for Form {
    type Err = InflectError;
    fn from_str(s: &str) -> Result<Form, InflectError> {
        Form::NAMES
            .iter()
            .find(|(_, name)| *name == s)
            .map(|f| f.0)
            .ok_or_else(|| InflectError::Name(s.into()))
    }
}

/// The vowel of a form I imperfect: yafEalu, yafEilu, yafEulu.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[allow(missing_docs)]
pub enum Vowel {
    A,
    I,
    U,
}

impl Vowel {
    fn sound(self) -> char {
        match self {
            Vowel::A => 'a',
            Vowel::I => 'i',
            Vowel::U => 'u',
        }
    }
}

impl fmt::Display for Vowel {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.sound())
    }
}

impl FromStr for Vowel {
    type Err = InflectError;
    fn from_str(s: &str) -> Result<Vowel, InflectError> {
        match s {
            "a" => Ok(Vowel::A),
            "i" => Ok(Vowel::I),
            "u" => Ok(Vowel::U),
            _ => Err(InflectError::Name(s.into())),
        }
    }
}

/// One written form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Inflected {
    /// The letters, without vowel marks, not folded.
    pub surface: String,
    /// Which cells of the paradigm it is.
    pub features: Features,
}

/// How a list of plurals asks for the computed sound feminine plural (-at).
pub const SOUND_FEMININE: &str = "\u{627}\u{62a}";

/// All finite forms of a verb: perfect, imperfect and imperative, active and passive, with the spellings before a pronoun.
///
/// `vowel` is needed for form I and not looked at elsewhere. Fails if the lemma has not the shape of its form.
///
/// ```
/// use khaldun_lexicon::{Features, inflect::{Form, Vowel, verb}};
/// let forms = verb("رَمَى", Form::I, Some(Vowel::I))?; // rama, "he threw"
/// let find = |s: &str| forms.iter().find(|x| x.surface == s).map(|x| x.features);
/// assert!(find("رما").unwrap().has(Features::BEFORE_PRONOUN)); // ramahu, "he threw it"
/// assert!(find("يرم").unwrap().has(Features::SHORT_MOOD)); // lam yarmi, "he did not throw"
/// assert!(verb("رَمَى", Form::X, None).unwrap_err().to_string().contains("رَمَى"));
/// # Ok::<(), khaldun_lexicon::inflect::InflectError>(())
/// ```
pub fn verb(lemma: &str, form: Form, vowel: Option<Vowel>) -> Result<Vec<Inflected>, InflectError> {
    let root = root::find(lemma, form, vowel)?;
    let mut cells = Cells::default();
    finite::all(&root, form, &mut cells);
    Ok(cells.finish())
}

/// Both participles of a verb in every gender and number.
///
/// ```
/// use khaldun_lexicon::{Features, inflect::{Form, participles}};
/// let forms = participles("هَاجَمَ", Form::III, None)?; // hajama, "he attacked"
/// let has = |s: &str, f: Features| forms.iter().any(|x| x.surface == s && x.features.has(f));
/// assert!(has("مهاجمون", Features::ACTIVE_PARTICIPLE | Features::PASSIVE_PARTICIPLE | Features::PLUR));
/// assert!(has("مهاجمو", Features::CONSTRUCT));
/// assert!(has("مهاجمت", Features::FEM | Features::BEFORE_PRONOUN));
/// # Ok::<(), khaldun_lexicon::inflect::InflectError>(())
/// ```
pub fn participles(lemma: &str, form: Form, vowel: Option<Vowel>) -> Result<Vec<Inflected>, InflectError> {
    let root = root::find(lemma, form, vowel)?;
    let mut cells = Cells::default();
    participle::all(&root, form, &mut cells);
    Ok(cells.finish())
}

/// Collects forms: merges voices, drops what is there already.
#[derive(Default)]
struct Cells {
    forms: Vec<Inflected>,
    seen: FxHashMap<(String, Features), usize>,
}

const VOICES: Features =
    Features(Features::ACTIVE.0 | Features::PASSIVE.0 | Features::ACTIVE_PARTICIPLE.0 | Features::PASSIVE_PARTICIPLE.0);
/// Flags that say where a form stands, not what it is.
const PLACES: [Features; 4] = [
    Features::BEFORE_PRONOUN,
    Features::SHORT_MOOD,
    Features(Features::BEFORE_PRONOUN.0 | Features::SHORT_MOOD.0),
    Features::ACCUSATIVE,
];

impl Cells {
    /// Adds every spelling of one cell.
    fn add(&mut self, spellings: &[String], features: Features) {
        for surface in spellings {
            // A single letter is a clitic in any text; the imperatives of that length are not written in news.
            if surface.chars().count() < 2 {
                continue;
            }
            let voice = Features(features.0 & VOICES.0);
            // Participles: active and passive are one key if both flags are voice.
            let key = (fold(surface), Features(features.0 & !VOICES.0));
            if let Some(&at) = self.seen.get(&key) {
                self.forms[at].features = self.forms[at].features | voice;
            } else {
                self.seen.insert(key, self.forms.len());
                self.forms.push(Inflected {
                    surface: surface.clone(),
                    features,
                });
            }
        }
    }

    /// The forms in the order in which they came, without those that say less than another of the same letters.
    fn finish(self) -> Vec<Inflected> {
        let Cells { forms, seen } = self;
        let covered = |x: &Inflected| {
            PLACES.iter().filter(|p| x.features.has(**p)).any(|place| {
                let key = (fold(&x.surface), Features(x.features.0 & !VOICES.0 & !place.0));
                seen.get(&key)
                    .is_some_and(|&at| forms[at].features.has(Features(x.features.0 & VOICES.0)))
            })
        };
        let keep: Vec<bool> = forms.iter().map(|x| !covered(x)).collect();
        forms
            .into_iter()
            .zip(keep)
            .filter_map(|(x, keep)| keep.then_some(x))
            .collect()
    }
}
