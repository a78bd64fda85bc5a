//! Participles: a stem in sounds and the endings of an adjective.

use super::letters::{spell, spell_before_pronoun};
use super::root::{Class, Root};
use super::stem::{self, End, Stem};
use super::{Cells, Form};
use crate::Features;

/// Active and passive participle in every gender and number.
pub(super) fn all(root: &Root, form: Form, out: &mut Cells) {
    let (active, passive) = match form {
        Form::I => first_form(root),
        _ => {
            let with_mu = |passive, theme| match stem::imperfect_stem(root, form, passive, theme) {
                Stem::Regular { open, closed } => Stem::Regular {
                    open: format!("mu{open}"),
                    closed,
                },
                Stem::Weak { base, end } => Stem::Weak {
                    base: format!("mu{base}"),
                    end,
                },
            };
            (with_mu(false, 'i'), with_mu(true, 'a'))
        }
    };
    inflect(&active, Features::ACTIVE_PARTICIPLE, out);
    if form != Form::IX {
        inflect(&passive, Features::PASSIVE_PARTICIPLE, out);
    }
}

fn first_form(root: &Root) -> (Stem, Stem) {
    let Root {
        first: a,
        second: b,
        last: c,
        ..
    } = root;
    let regular = |s: String| Stem::Regular {
        open: s.clone(),
        closed: s,
    };
    match root.class {
        Class::Sound => (regular(format!("{a}A{b}i{c}")), regular(format!("ma{a}{b}U{c}"))),
        Class::Doubled => (regular(format!("{a}A{b}{b}")), regular(format!("ma{a}{b}U{b}"))),
        Class::Hollow => {
            let long = if *b == 'y' { 'I' } else { 'U' };
            let passive = regular(format!("ma{a}{long}{c}"));
            if *c == '\'' {
                // Two hamzas would meet: jA'in, "coming".
                return (
                    Stem::Weak {
                        base: format!("{a}A'"),
                        end: End::I,
                    },
                    passive,
                );
            }
            (regular(format!("{a}A'i{c}")), passive)
        }
        Class::Defective => {
            let passive = if *c == 'w' {
                format!("ma{a}{b}uww")
            } else {
                format!("ma{a}{b}iyy")
            };
            (
                Stem::Weak {
                    base: format!("{a}A{b}"),
                    end: End::I,
                },
                regular(passive),
            )
        }
    }
}

/// Endings by cell. Every entry: ending after a consonant, after a weak i, after a weak a.
#[rustfmt::skip]
const ENDINGS: [(Features, &str, &str, &str); 18] = {
    const M: Features = Features::MASC;
    const F: Features = Features::FEM;
    const S: Features = Features::SING;
    const D: Features = Features::DUAL;
    const P: Features = Features::PLUR;
    const C: Features = Features::CONSTRUCT;
    const B: Features = Features::BEFORE_PRONOUN;
    const fn of(a: Features, b: Features, c: Features) -> Features { Features(a.0 | b.0 | c.0) }
    const NO: Features = Features(0);
    [
        (of(M, S, NO), "", "I", "Y"),
        (of(M, D, NO), "Ani", "iyAni", "ayAni"),
        (of(M, D, NO), "ayni", "iyayni", "ayayni"),
        (of(M, D, C), "A", "iyA", "ayA"),
        (of(M, D, C), "ay", "iyay", "ayay"),
        (of(M, P, NO), "Una", "Una", "awna"),
        (of(M, P, NO), "Ina", "Ina", "ayna"),
        (of(M, P, C), "U", "U", "aw"),
        (of(M, P, C), "I", "I", "ay"),
        (of(F, S, NO), "ap", "iyap", "Ap"),
        (of(F, S, B), "at", "iyat", "At"),
        (of(F, D, NO), "atAni", "iyatAni", "AtAni"),
        (of(F, D, NO), "atayni", "iyatayni", "Atayni"),
        (of(F, D, C), "atA", "iyatA", "AtA"),
        (of(F, D, C), "atay", "iyatay", "Atay"),
        (of(F, P, NO), "At", "iyAt", "ayAt"),
        (of(M, S, Features::ACCUSATIVE), "A", "iyA", ""),
        (of(M, S, B), "", "", "A"),
    ]
};

fn inflect(stem: &Stem, base: Features, out: &mut Cells) {
    for (features, after_consonant, after_i, after_a) in ENDINGS {
        let f = base | features;
        match stem {
            Stem::Regular { open, .. } if features.has(Features::BEFORE_PRONOUN | Features::MASC) => {
                if open.ends_with('\'') {
                    out.add(&spell_before_pronoun(open, 'u'), f);
                    out.add(&spell_before_pronoun(open, 'i'), f);
                }
            }
            // mubda'an is written without alef.
            Stem::Regular { open, .. } if features.has(Features::ACCUSATIVE) && open.ends_with("a'") => {}
            Stem::Regular { open, .. } => out.add(&spell(&format!("{open}{after_consonant}")), f),
            Stem::Weak {
                base: b,
                end: End::A(_),
            } => {
                if !after_a.is_empty() {
                    // muHyA: no two ya at the end of a word.
                    let end = if after_a == "Y" && b.ends_with('y') {
                        "A"
                    } else {
                        after_a
                    };
                    out.add(&spell(&format!("{b}{end}")), f);
                }
            }
            Stem::Weak { base: b, .. } => {
                if !after_i.is_empty() {
                    out.add(&spell(&format!("{b}{after_i}")), f);
                }
                if features == Features::MASC | Features::SING {
                    out.add(&spell(&format!("{b}i")), f); // indefinite: dAEin
                }
            }
        }
    }
}
