//! Stems: what stands before the endings, for each form, tense and voice.

use super::Form;
use super::letters::long;
use super::root::{Class, Root};

/// A stem, ready for its endings.
#[derive(Clone, Debug)]
pub(super) enum Stem {
    /// Ends in a consonant. `open` stands before a vowel, `closed` before a consonant or nothing (qAl-, qul-).
    Regular { open: String, closed: String },
    /// Ends in a weak sound; `base` is what is left without it.
    Weak { base: String, end: End },
}

/// The final sound of a weak stem.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum End {
    /// Long a, with the glide that comes back before endings (ramY, ramaytu; daEA, daEawtu).
    A(char),
    /// Long i (yarmI; in the perfect laqiya).
    I,
    /// Long u (yadEU).
    U,
}

/// What a form puts before the second radical.
struct Onset<'a> {
    /// Up to and with the first radical.
    head: &'a str,
    /// The vowel after the first radical, if any.
    vowel: &'a str,
    /// The vowel after the second radical.
    theme: char,
    /// The vowels of a hollow root, long and short.
    hollow: (char, char),
}

fn build(root: &Root, on: Onset<'_>) -> Stem {
    let Onset {
        head,
        vowel,
        theme,
        hollow,
    } = on;
    let (b, c) = (root.second, root.last);
    match root.class {
        Class::Sound => regular(format!("{head}{vowel}{b}{theme}{c}")),
        Class::Doubled => {
            let contracted = vowel.is_empty() && !head.ends_with(['A', 'U']);
            let open = if contracted {
                format!("{head}{theme}{b}{b}")
            } else {
                format!("{head}{vowel}{b}{b}")
            };
            Stem::Regular {
                open,
                closed: format!("{head}{vowel}{b}{theme}{b}"),
            }
        }
        Class::Hollow => Stem::Regular {
            open: format!("{head}{}{c}", hollow.0),
            closed: format!("{head}{}{c}", hollow.1),
        },
        Class::Defective => weak(format!("{head}{vowel}{b}"), theme, c),
    }
}

fn regular(stem: String) -> Stem {
    Stem::Regular {
        open: stem.clone(),
        closed: stem,
    }
}

fn weak(base: String, theme: char, glide: char) -> Stem {
    let end = match theme {
        'a' => End::A(glide),
        'i' => End::I,
        _ => End::U,
    };
    Stem::Weak { base, end }
}

/// Forms II, V and the quadriliterals: two consonants before the last vowel.
fn heavy(root: &Root, form: Form, prefix: &str, vowel: char, theme: char) -> Stem {
    let (first, b, c) = (&root.first, root.second, root.last);
    let base = if matches!(form, Form::QI | Form::QII) {
        let (one, two) = first.split_at(1);
        format!("{prefix}{one}{vowel}{two}{b}")
    } else {
        format!("{prefix}{first}{vowel}{b}{b}")
    };
    match root.class {
        Class::Defective => weak(base, theme, c),
        _ => regular(format!("{base}{theme}{c}")),
    }
}

/// Form IX.
fn colour(root: &Root, prefix: &str, theme: char) -> Stem {
    let (a, b, c) = (&root.first, root.second, root.last);
    match root.third {
        None => Stem::Regular {
            open: format!("{prefix}{a}{b}a{c}{c}"),
            closed: format!("{prefix}{a}{b}a{c}{theme}{c}"),
        },
        Some(d) => Stem::Regular {
            open: format!("{prefix}{a}{b}a{d}{theme}{c}{c}"),
            closed: format!("{prefix}{a}{b}a{d}{c}{theme}{c}"),
        },
    }
}

/// The stem of the perfect.
pub(super) fn perfect(root: &Root, form: Form, passive: bool) -> Stem {
    let first = root.first.as_str();
    let (v, theme, hollow) = if passive {
        ('u', 'i', ('I', 'i'))
    } else {
        ('a', 'a', ('A', 'a'))
    };
    let vowel = v.to_string();
    match form {
        Form::I => {
            let theme = if passive { 'i' } else { root.perfect };
            let short = if passive || root.vowel != 'u' { 'i' } else { 'u' };
            build(
                root,
                Onset {
                    head: first,
                    vowel: &vowel,
                    theme,
                    hollow: (hollow.0, short),
                },
            )
        }
        Form::II | Form::QI => heavy(root, form, "", v, theme),
        Form::V | Form::QII => heavy(root, form, &format!("t{v}"), v, theme),
        Form::III => build(
            root,
            Onset {
                head: &format!("{first}{}", long(v)),
                vowel: "",
                theme,
                hollow,
            },
        ),
        Form::VI => build(
            root,
            Onset {
                head: &format!("t{v}{first}{}", long(v)),
                vowel: "",
                theme,
                hollow,
            },
        ),
        Form::IV if root.is_see() => weak(format!("'{v}r"), theme, 'y'),
        Form::IV => build(
            root,
            Onset {
                head: &format!("'{v}{first}"),
                vowel: "",
                theme,
                hollow,
            },
        ),
        Form::VII | Form::VIII => {
            let n = if form == Form::VII { "n" } else { "" };
            let wasl = if passive { 'u' } else { 'i' };
            build(
                root,
                Onset {
                    head: &format!("{wasl}{n}{first}"),
                    vowel: &vowel,
                    theme,
                    hollow,
                },
            )
        }
        Form::IX => colour(root, "i", 'a'),
        Form::X => {
            let head = if passive {
                format!("ustu{first}")
            } else {
                format!("ista{first}")
            };
            build(
                root,
                Onset {
                    head: &head,
                    vowel: "",
                    theme,
                    hollow,
                },
            )
        }
    }
}

/// Roots in w- whose imperfect in a drops the w although their perfect has i: wasiEa, waTi'a.
const DROPS_W: [(char, char); 2] = [('s', 'E'), ('T', '\'')];

/// The stem of the imperfect without its personal prefix, and the vowel of that prefix.
pub(super) fn imperfect(root: &Root, form: Form, passive: bool) -> (char, Stem) {
    let prefix = match form {
        Form::II | Form::III | Form::IV | Form::QI => 'u',
        _ if passive => 'u',
        _ => 'a',
    };
    let theme = match form {
        _ if passive => 'a',
        Form::I => root.vowel,
        Form::V | Form::VI | Form::QII => 'a',
        _ => 'i',
    };
    (prefix, imperfect_stem(root, form, passive, theme))
}

/// The same with a given vowel after the second radical: participles of forms V and VI have i where their verb has a.
pub(super) fn imperfect_stem(root: &Root, form: Form, passive: bool, theme: char) -> Stem {
    let first = root.first.as_str();
    let hollow = match form {
        Form::VII | Form::VIII => ('A', 'a'),
        _ => (long(theme), theme),
    };
    match form {
        Form::I if root.is_see() => weak("r".into(), 'a', 'y'),
        Form::I => {
            let drops = first == "w"
                && !passive
                && root.class != Class::Doubled
                && (theme == 'i'
                    || theme == 'a' && (root.perfect == 'a' || DROPS_W.contains(&(root.second, root.last))));
            build(
                root,
                Onset {
                    head: if drops { "" } else { first },
                    vowel: "",
                    theme,
                    hollow,
                },
            )
        }
        Form::II | Form::QI => heavy(root, form, "", 'a', theme),
        Form::V | Form::QII => heavy(root, form, "ta", 'a', theme),
        Form::III => build(
            root,
            Onset {
                head: &format!("{first}A"),
                vowel: "",
                theme,
                hollow,
            },
        ),
        Form::VI => build(
            root,
            Onset {
                head: &format!("ta{first}A"),
                vowel: "",
                theme,
                hollow,
            },
        ),
        Form::IV if root.is_see() => weak("r".into(), theme, 'y'),
        Form::IV => build(
            root,
            Onset {
                head: first,
                vowel: "",
                theme,
                hollow,
            },
        ),
        Form::VII => build(
            root,
            Onset {
                head: &format!("n{first}"),
                vowel: "a",
                theme,
                hollow,
            },
        ),
        Form::VIII => build(
            root,
            Onset {
                head: first,
                vowel: "a",
                theme,
                hollow,
            },
        ),
        Form::IX => colour(root, "", 'i'),
        Form::X => build(
            root,
            Onset {
                head: &format!("sta{first}"),
                vowel: "",
                theme,
                hollow,
            },
        ),
    }
}
