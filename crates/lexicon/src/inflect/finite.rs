//! The finite forms: perfect, imperfect, imperative.
//!
//! Endings are written in sounds (see [`letters`](super::letters)); a final short vowel is kept in the tables because a final
//! hamza before a pronoun takes its seat from it.

use super::letters::{is_vowel, spell, spell_before_pronoun};
use super::root::Root;
use super::stem::{self, End, Stem};
use super::{Cells, Form};
use crate::Features;

const P1: Features = Features::P1;
const P2: Features = Features::P2;
const P3: Features = Features::P3;
const MASC: Features = Features::MASC;
const FEM: Features = Features::FEM;
/// A cell that men and women share has both flags.
const BOTH: Features = Features(MASC.0 | FEM.0);
const SING: Features = Features::SING;
const DUAL: Features = Features::DUAL;
const PLUR: Features = Features::PLUR;

const fn cell(person: Features, gender: Features, number: Features) -> Features {
    Features(person.0 | gender.0 | number.0)
}

const P3MS: Features = cell(P3, MASC, SING);
const P3FS: Features = cell(P3, FEM, SING);
const P3MD: Features = cell(P3, MASC, DUAL);
const P3FD: Features = cell(P3, FEM, DUAL);
const P3MP: Features = cell(P3, MASC, PLUR);
const P3FP: Features = cell(P3, FEM, PLUR);
const P2MS: Features = cell(P2, MASC, SING);
const P2FS: Features = cell(P2, FEM, SING);
const P2D: Features = cell(P2, BOTH, DUAL);
const P2MP: Features = cell(P2, MASC, PLUR);
const P2FP: Features = cell(P2, FEM, PLUR);
const P1S: Features = cell(P1, BOTH, SING);
const P1P: Features = cell(P1, BOTH, PLUR);

/// Endings of the perfect that begin with a consonant.
#[rustfmt::skip]
const CLOSED: [(Features, &str); 8] = [
    (P3FP, "na"), (P2MS, "ta"), (P2FS, "ti"), (P2D, "tumA"), (P2MP, "tum"), (P2FP, "tunna"), (P1S, "tu"), (P1P, "nA"),
];

/// All finite forms of both voices.
pub(super) fn all(root: &Root, form: Form, cells: &mut Cells) {
    for (voice, passive) in [(Features::ACTIVE, false), (Features::PASSIVE, true)] {
        if passive && form == Form::IX {
            continue;
        }
        perfect(&stem::perfect(root, form, passive), voice | Features::PERFECT, cells);
        let (prefix, stem) = stem::imperfect(root, form, passive);
        imperfect(prefix, &stem, voice | Features::IMPERFECT, cells);
    }
    imperative(root, form, cells);
}

fn perfect(stem: &Stem, base: Features, out: &mut Cells) {
    let mut put = |features: Features, word: String| out.add(&spell(&word), base | features);
    let before = Features::BEFORE_PRONOUN;
    // The stem before endings in a consonant, the ending of the third person plural, and the rest.
    let (closed, plural, open): (String, String, [(Features, String); 4]) = match stem {
        Stem::Regular { open, closed } => (
            closed.clone(),
            format!("{open}U"),
            [(P3MS, "a"), (P3FS, "at"), (P3MD, "A"), (P3FD, "atA")].map(|(f, end)| (f, format!("{open}{end}"))),
        ),
        Stem::Weak {
            base: b,
            end: End::A(glide),
        } => {
            let last = if *glide == 'w' || b.ends_with('y') { 'A' } else { 'Y' };
            put(P3MS | before, format!("{b}A")); // ramA-hu, ra'A-hu
            (
                format!("{b}a{glide}"),
                format!("{b}aw"),
                [
                    (P3MS, format!("{b}{last}")),
                    (P3FS, format!("{b}at")),
                    (P3MD, format!("{b}a{glide}A")),
                    (P3FD, format!("{b}atA")),
                ],
            )
        }
        Stem::Weak { base: b, .. } => (
            format!("{b}I"),
            format!("{b}U"),
            [(P3MS, "iya"), (P3FS, "iyat"), (P3MD, "iyA"), (P3FD, "iyatA")].map(|(f, end)| (f, format!("{b}{end}"))),
        ),
    };
    for (features, word) in open {
        put(features, word);
    }
    put(P3MP, format!("{plural}@"));
    put(P3MP | before, plural);
    for (features, end) in CLOSED {
        put(features, format!("{closed}{end}"));
    }
    put(P2MP | before, format!("{closed}tumU"));
}

/// The personal prefixes of the imperfect and which of the six endings each takes.
#[rustfmt::skip]
const PREFIXES: [(Features, char, Ending); 13] = [
    (P3MS, 'y', Ending::None), (P3FS, 't', Ending::None), (P3MD, 'y', Ending::Dual), (P3FD, 't', Ending::Dual),
    (P3MP, 'y', Ending::Plural), (P3FP, 'y', Ending::Feminine), (P2MS, 't', Ending::None), (P2FS, 't', Ending::Second),
    (P2D, 't', Ending::Dual), (P2MP, 't', Ending::Plural), (P2FP, 't', Ending::Feminine), (P1S, '\'', Ending::None),
    (P1P, 'n', Ending::None),
];

#[derive(Clone, Copy, PartialEq, Eq)]
enum Ending {
    /// yaktubu, yaktub
    None,
    /// yaktubAni, yaktubA
    Dual,
    /// yaktubUna, yaktubU
    Plural,
    /// yaktubna
    Feminine,
    /// taktubIna, taktubI
    Second,
}

/// What an ending makes of a stem: indicative and short mood; with alternatives. Sounds without the prefix.
struct Finished {
    indicative: String,
    short: String,
    /// The short mood before a pronoun, where it differs.
    short_before: Option<String>,
    /// The indicative before a pronoun, where it differs.
    before: Option<String>,
}

fn finish(stem: &Stem, ending: Ending) -> Finished {
    let same = |word: String| Finished {
        indicative: word.clone(),
        short: word,
        short_before: None,
        before: None,
    };
    let moods = |indicative: String, short: String| Finished {
        indicative,
        short,
        short_before: None,
        before: None,
    };
    match stem {
        Stem::Regular { open, closed } => match ending {
            Ending::None => moods(format!("{open}u"), closed.clone()),
            Ending::Dual => moods(format!("{open}Ani"), format!("{open}A")),
            Ending::Plural => plural(open, "U"),
            Ending::Feminine => same(format!("{closed}na")),
            Ending::Second => moods(format!("{open}Ina"), format!("{open}I")),
        },
        Stem::Weak { base: b, end } => {
            let (last, drop, glide, pl, fem, second) = match end {
                End::A(_) => ("Y", "a", "ay", "aw", "ay", "ay"),
                End::I => ("I", "i", "iy", "U", "I", "I"),
                End::U => ("U", "u", "uw", "U", "U", "I"),
            };
            match ending {
                Ending::None => {
                    // hayiya, 'aHyA: no two ya at the end of a word.
                    let last = if last == "Y" && b.ends_with('y') { "A" } else { last };
                    let before = (last == "Y").then(|| format!("{b}A"));
                    Finished {
                        before,
                        ..moods(format!("{b}{last}"), format!("{b}{drop}"))
                    }
                }
                Ending::Dual => moods(format!("{b}{glide}Ani"), format!("{b}{glide}A")),
                Ending::Plural => plural(b, pl),
                Ending::Feminine => same(format!("{b}{fem}na")),
                Ending::Second => moods(format!("{b}{second}na"), format!("{b}{second}")),
            }
        }
    }
}

fn plural(base: &str, vowel: &str) -> Finished {
    Finished {
        indicative: format!("{base}{vowel}na"),
        short: format!("{base}{vowel}@"),
        short_before: Some(format!("{base}{vowel}")),
        before: None,
    }
}

fn imperfect(prefix_vowel: char, stem: &Stem, base: Features, out: &mut Cells) {
    let before = Features::BEFORE_PRONOUN;
    let short = Features::SHORT_MOOD;
    for (features, prefix, ending) in PREFIXES {
        let f = base | features;
        let with = |word: &str| format!("{prefix}{prefix_vowel}{word}");
        let done = finish(stem, ending);
        out.add(&spell(&with(&done.indicative)), f);
        out.add(&spell(&with(&done.short)), f | short);
        if let Some(word) = done.before {
            out.add(&spell(&with(&word)), f | before);
        }
        if let Some(word) = done.short_before {
            out.add(&spell(&with(&word)), f | short | before);
        }
        if let (Stem::Regular { open, .. }, Ending::None) = (stem, ending)
            && open.ends_with('\'')
        {
            out.add(&spell_before_pronoun(&with(open), 'u'), f | before);
            out.add(&spell_before_pronoun(&with(open), 'a'), f | short | before);
        }
    }
}

/// Roots whose imperative loses its hamza: take, eat, order.
const BARE_IMPERATIVE: [(char, char); 3] = [('x', '*'), ('k', 'l'), ('m', 'r')];

fn imperative(root: &Root, form: Form, out: &mut Cells) {
    let (_, stem) = stem::imperfect(root, form, false);
    let base = Features::IMPERATIVE | Features::ACTIVE;
    let lead = |word: &str| {
        let mut sounds = word.chars();
        let (one, two) = (sounds.next(), sounds.next());
        let bare = form == Form::I && root.first == "'" && BARE_IMPERATIVE.contains(&(root.second, root.last));
        if form == Form::IV {
            format!("'a{word}")
        } else if bare {
            word.trim_start_matches('\'').to_owned()
        } else if one.is_some() && two.is_none_or(|c| !is_vowel(c)) {
            let wasl = if form == Form::I && root.vowel == 'u' { 'u' } else { 'i' };
            format!("{wasl}{word}")
        } else {
            word.to_owned()
        }
    };
    for (features, ending) in [
        (P2MS, Ending::None),
        (P2FS, Ending::Second),
        (P2D, Ending::Dual),
        (P2MP, Ending::Plural),
        (P2FP, Ending::Feminine),
    ] {
        let done = finish(&stem, ending);
        out.add(&spell(&lead(&done.short)), base | features);
        if let (Stem::Regular { open, .. }, Ending::None, true) =
            (&stem, ending, root.class == super::root::Class::Doubled)
        {
            out.add(&spell(&lead(open)), base | features); // mudda beside umdud
        }
        if let Some(word) = done.short_before {
            out.add(&spell(&lead(&word)), base | features | Features::BEFORE_PRONOUN);
        }
    }
}
