//! The root of a lemma and its class.

use super::letters::{self, Letter};
use super::{Form, InflectError, Vowel};

/// How the end of a root behaves. Weak first letters are a matter of sound laws and need no class.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Class {
    /// Every radical is heard (k-t-b; also q-w-m in forms II, III, V, VI).
    Sound,
    /// Second and third radical alike and run together (madda).
    Doubled,
    /// Weak second radical (qAla).
    Hollow,
    /// Weak third radical (ramY, daEA).
    Defective,
}

/// The radicals of a verb.
#[derive(Clone, Debug)]
pub(super) struct Root {
    /// The first radical; in form VIII with its infix, assimilated or not ("ft", "tt", "Dt" as "DT"); of four radicals the first two.
    pub first: String,
    /// The second radical (of four: the third); in a hollow root the glide that the vowel suggests.
    pub second: char,
    /// The last radical.
    pub last: char,
    /// How it behaves.
    pub class: Class,
    /// Form I: the vowel between second and third radical in the perfect.
    pub perfect: char,
    /// Form I: the vowel of the imperfect.
    pub vowel: char,
    /// Form IX: a fourth radical stands before the doubled one (iTma'anna).
    pub third: Option<char>,
}

impl Root {
    /// The radicals are r-'-y: ra'Y loses its hamza in the imperfect and in form IV.
    pub fn is_see(&self) -> bool {
        self.first == "r" && self.second == '\'' && self.last == 'y' && self.class == Class::Defective
    }
}

/// Finds the root of a lemma of the given form.
pub(super) fn find(lemma: &str, form: Form, vowel: Option<Vowel>) -> Result<Root, InflectError> {
    let all = letters::read(lemma).map_err(|found| InflectError::Letter {
        lemma: lemma.into(),
        form,
        found,
    })?;
    let wrong = |hint| InflectError::Shape {
        lemma: lemma.into(),
        form,
        hint,
    };
    let l = all.as_slice();
    if form != Form::I && l.last().is_some_and(|c| c.sound == 'y') {
        return Err(wrong(
            "the lemma is the active perfect: it ends in alef maqsura, not in ya",
        ));
    }
    let mut root = match form {
        Form::I => three(
            l,
            "a perfect of three letters, third person masculine, such as faEala; a doubled root has a shadda",
        ),
        Form::II => middle(l),
        Form::III => lengthened(l),
        Form::IV => match l {
            [h, rest @ ..] if h.sound == '\'' => fourth(rest),
            _ => Err("it begins with alef and hamza"),
        },
        Form::V => after_ta(l).and_then(middle),
        Form::VI => after_ta(l).and_then(lengthened),
        Form::VII => match l {
            [a, n, rest @ ..] if a.sound == 'A' && n.sound == 'n' => {
                three(rest, "infaEala: three letters after alef and nun")
            }
            _ => Err("it begins with a plain alef and nun"),
        },
        Form::VIII => eighth(l),
        Form::IX => ninth(l),
        Form::X => match l {
            [a, s, t, rest @ ..] if a.sound == 'A' && s.sound == 's' && t.sound == 't' => three(
                rest,
                "istafEala: three letters after alef, sin and ta; a doubled root has a shadda",
            ),
            _ => Err("it begins with a plain alef, sin and ta"),
        },
        Form::QI => four(l),
        Form::QII => after_ta(l).and_then(four),
    }
    .map_err(wrong)?;
    if form == Form::I {
        first_form_vowel(&mut root, l, vowel).map_err(|hint| InflectError::Vowel {
            lemma: lemma.into(),
            form,
            hint,
        })?;
    }
    Ok(root)
}

type Found = Result<Root, &'static str>;

fn radical(l: &Letter) -> Option<char> {
    (!matches!(l.sound, 'A' | 'Y')).then_some(l.sound)
}

fn root(first: String, second: char, last: char, class: Class) -> Found {
    Ok(Root {
        first,
        second,
        last,
        class,
        perfect: 'a',
        vowel: 'i',
        third: None,
    })
}

/// The tail of a stem, from the second radical on: doubled, hollow, defective or sound.
fn tail(first: String, rest: &[Letter], hint: &'static str) -> Found {
    match rest {
        [c] if c.shadda => root(first, radical(c).ok_or(hint)?, c.sound, Class::Doubled),
        [a, c] if a.sound == 'A' && !c.shadda => root(first, 'w', radical(c).ok_or(hint)?, Class::Hollow),
        [b, c] if b.shadda || c.shadda => Err(hint),
        [b, c] if matches!(c.sound, 'A' | 'Y') || c.sound == 'y' && b.vowel != Some('a') => {
            root(first, radical(b).ok_or(hint)?, 'y', Class::Defective)
        }
        [b, c] => root(first, radical(b).ok_or(hint)?, radical(c).ok_or(hint)?, Class::Sound),
        _ => Err(hint),
    }
}

fn three(l: &[Letter], hint: &'static str) -> Found {
    let [first, rest @ ..] = l else { return Err(hint) };
    tail(
        radical(first).filter(|_| !first.shadda).ok_or(hint)?.to_string(),
        rest,
        hint,
    )
}

fn fourth(rest: &[Letter]) -> Found {
    let hint = "'afEala: three letters after the hamza; a doubled root has a shadda";
    match rest {
        // An alef with madda: the first radical is a hamza ('Amana).
        [a, tail_letters @ ..] if a.sound == 'A' => tail("'".into(), tail_letters, hint),
        [r, y] if r.sound == 'r' && y.sound == 'Y' => root("r".into(), '\'', 'y', Class::Defective),
        _ => three(rest, hint),
    }
}

fn after_ta(l: &[Letter]) -> Result<&[Letter], &'static str> {
    match l {
        [t, rest @ ..] if t.sound == 't' && !t.shadda => Ok(rest),
        _ => Err("it begins with ta"),
    }
}

/// Forms II and V: a doubled second radical.
fn middle(l: &[Letter]) -> Found {
    let hint = "its middle letter needs a shadda (faEEala)";
    let [a, b, c] = l else { return Err(hint) };
    if !b.shadda || a.shadda || c.shadda {
        return Err(hint);
    }
    let class = if matches!(c.sound, 'A' | 'Y') {
        Class::Defective
    } else {
        Class::Sound
    };
    let last = radical(c).unwrap_or('y');
    root(
        radical(a).ok_or(hint)?.to_string(),
        radical(b).ok_or(hint)?,
        last,
        class,
    )
}

/// Forms III and VI: a long a after the first radical.
fn lengthened(l: &[Letter]) -> Found {
    let hint = "an alef stands after its first radical (fAEala)";
    let [first, a, rest @ ..] = l else { return Err(hint) };
    if a.sound != 'A' || rest.first().is_some_and(|r| r.sound == 'A') {
        return Err(hint);
    }
    tail(radical(first).ok_or(hint)?.to_string(), rest, hint)
}

fn eighth(l: &[Letter]) -> Found {
    let hint = "iftaEala: alef, first radical, ta (or its assimilated ta, dal); write the shadda of an assimilated pair (ittaSala)";
    let [a, first, rest @ ..] = l else { return Err(hint) };
    if a.sound != 'A' {
        return Err("it begins with a plain alef");
    }
    let c = radical(first).ok_or(hint)?;
    if first.shadda {
        return tail(format!("{c}{c}"), rest, hint);
    }
    match rest {
        [t, rest @ ..] if matches!(t.sound, 't' | 'T' | 'd') && !t.shadda => {
            tail(format!("{c}{}", t.sound), rest, hint)
        }
        _ => Err(hint),
    }
}

/// Form IX, and with four radicals the kind of iTma'anna.
fn ninth(l: &[Letter]) -> Found {
    let hint = "ifEalla: alef, then three radicals, the last with a shadda";
    let (a, radicals) = l.split_first().ok_or(hint)?;
    let sounds: Vec<char> = radicals.iter().filter_map(radical).collect();
    if a.sound != 'A' || sounds.len() != radicals.len() || !radicals.last().is_some_and(|c| c.shadda) {
        return Err(hint);
    }
    let (first, second, last, third) = match sounds[..] {
        [a, b, c] => (a, b, c, None),
        [a, b, c, d] => (a, b, d, Some(c)),
        _ => return Err(hint),
    };
    Ok(Root {
        third,
        ..root(first.to_string(), second, last, Class::Doubled)?
    })
}

fn four(l: &[Letter]) -> Found {
    let hint = "four radicals (faElala)";
    let [a, b, c, d] = l else { return Err(hint) };
    if l.iter().any(|x| x.shadda) {
        return Err(hint);
    }
    let first = [radical(a).ok_or(hint)?, radical(b).ok_or(hint)?].iter().collect();
    let class = if matches!(d.sound, 'A' | 'Y') {
        Class::Defective
    } else {
        Class::Sound
    };
    root(first, radical(c).ok_or(hint)?, radical(d).unwrap_or('y'), class)
}

/// Checks the vowel of a form I verb against its lemma and completes the root.
fn first_form_vowel(root: &mut Root, l: &[Letter], vowel: Option<Vowel>) -> Result<(), &'static str> {
    let vowel = vowel.ok_or("form I needs the vowel of its imperfect: a (yafEalu), i (yafEilu) or u (yafEulu)")?;
    root.vowel = vowel.sound();
    if root.class != Class::Hollow {
        root.perfect = l.get(1).and_then(|c| c.vowel).unwrap_or('a');
    }
    match (root.class, root.perfect, vowel) {
        (Class::Hollow, _, Vowel::I) => root.second = 'y',
        (Class::Defective, ..) => match (l[2].sound, vowel) {
            ('A', Vowel::I) => {
                return Err("a final alef goes with u (daEA, yadEU); with i write alef maqsura (ramY, yarmI)");
            }
            ('Y', Vowel::U) => return Err("a final alef maqsura goes with i or a; with u write alef (daEA, yadEU)"),
            ('A', _) => {
                root.last = 'w';
                root.perfect = 'a';
            }
            ('Y', _) => root.perfect = 'a',
            _ => {}
        },
        (Class::Sound, 'u', Vowel::A | Vowel::I) => {
            return Err("a perfect with u has u in its imperfect (kabura, yakburu)");
        }
        _ => {}
    }
    Ok(())
}
