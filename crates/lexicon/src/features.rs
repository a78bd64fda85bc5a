//! Morphological features of a surface form, packed into 32 bits.
//!
//! A written form without vowels is often several cells of a paradigm at once (qtl, "he killed", is also "he was
//! killed"). Such cells are kept as separate readings only where they differ in person, number, gender or tense; the
//! voice of one cell may be active *and* passive.

use serde::{Deserialize, Serialize};

/// Features of one inflected form. Combine with `|`, test with [`Features::has`].
///
/// ```
/// use khaldun_lexicon::Features;
/// let f = Features::PERFECT | Features::P3 | Features::MASC | Features::SING | Features::ACTIVE;
/// assert!(f.has(Features::PERFECT) && f.is_finite() && !f.has(Features::PASSIVE));
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Features(pub u32);

macro_rules! flags {
    ($($(#[$doc:meta])* $name:ident = $bit:expr;)*) => { impl Features { $($(#[$doc])* pub const $name: Features = Features(1 << $bit);)* } };
}

flags! {
    /// Perfect verb (qatala).
    PERFECT = 0;
    /// Imperfect verb (yaqtulu), any mood.
    IMPERFECT = 1;
    /// Imperative.
    IMPERATIVE = 2;
    /// Verbal noun (masdar).
    MASDAR = 3;
    /// Active participle.
    ACTIVE_PARTICIPLE = 4;
    /// Passive participle.
    PASSIVE_PARTICIPLE = 5;
    /// Noun that is no verbal noun.
    NOUN = 6;
    /// Adjective, nisba included.
    ADJECTIVE = 7;
    /// Particle, preposition, adverb: does not inflect.
    PARTICLE = 8;
    /// First person.
    P1 = 9;
    /// Second person.
    P2 = 10;
    /// Third person.
    P3 = 11;
    /// Masculine.
    MASC = 12;
    /// Feminine.
    FEM = 13;
    /// Singular.
    SING = 14;
    /// Dual.
    DUAL = 15;
    /// Plural.
    PLUR = 16;
    /// Active voice.
    ACTIVE = 17;
    /// Passive voice.
    PASSIVE = 18;
    /// The form stands only before a pronoun suffix (ziyarat- in "his visit", rama- in "he threw it").
    BEFORE_PRONOUN = 19;
    /// Construct: a dual or sound plural without its final nun, before a noun or a pronoun.
    CONSTRUCT = 20;
    /// Indefinite accusative, written with a final alef.
    ACCUSATIVE = 21;
    /// Subjunctive or jussive only (yaktubu without nun, yaqul, yad'u): it needs a particle such as "lam".
    SHORT_MOOD = 22;
    /// Dual or sound masculine plural in the nominative (-An, -Un).
    NOMINATIVE = 23;
    /// Dual or sound masculine plural in the accusative or genitive (-ayn, -In).
    OBLIQUE = 24;
}

impl Features {
    /// True if every flag of `other` is set here.
    pub const fn has(self, other: Features) -> bool {
        self.0 & other.0 == other.0
    }
    /// True if any flag of `other` is set here.
    pub const fn any(self, other: Features) -> bool {
        self.0 & other.0 != 0
    }
    /// A finite verb: perfect or imperfect.
    pub const fn is_finite(self) -> bool {
        self.any(Features(Features::PERFECT.0 | Features::IMPERFECT.0))
    }
    /// Noun-like: masdar, participle, noun or adjective.
    pub const fn is_nominal(self) -> bool {
        self.any(Features(
            Features::MASDAR.0
                | Features::ACTIVE_PARTICIPLE.0
                | Features::PASSIVE_PARTICIPLE.0
                | Features::NOUN.0
                | Features::ADJECTIVE.0,
        ))
    }
}

impl std::ops::BitOr for Features {
    type Output = Features;
    fn bitor(self, other: Features) -> Features {
        Features(self.0 | other.0)
    }
}
