//! Letters and sounds: from a vowelled lemma to sounds, and from sounds back to spelling.
//!
//! Inside this module a word is ASCII, one character a sound: consonants after Buckwalter (`'` is hamza whatever its seat,
//! `*` dhal, `$` shin, `v` tha, `E` ayn, capitals the emphatics and Ha), `a i u` short and `A I U` long vowels, `Y` a final long a
//! written with ya (alef maqsura), `p` the feminine ending, `@` the silent alef after the waw of a plural. A doubled
//! consonant is written twice. So qara'U@ is "they read", and [`spell`] finds the seats of its hamza.

/// Consonants: the sound and its letter.
#[rustfmt::skip]
const CONSONANTS: [(char, char); 28] = [
    ('b', '\u{628}'), ('t', '\u{62a}'), ('v', '\u{62b}'), ('j', '\u{62c}'), ('H', '\u{62d}'), ('x', '\u{62e}'),
    ('d', '\u{62f}'), ('*', '\u{630}'), ('r', '\u{631}'), ('z', '\u{632}'), ('s', '\u{633}'), ('$', '\u{634}'),
    ('S', '\u{635}'), ('D', '\u{636}'), ('T', '\u{637}'), ('Z', '\u{638}'), ('E', '\u{639}'), ('g', '\u{63a}'),
    ('f', '\u{641}'), ('q', '\u{642}'), ('k', '\u{643}'), ('l', '\u{644}'), ('m', '\u{645}'), ('n', '\u{646}'),
    ('h', '\u{647}'), ('w', '\u{648}'), ('y', '\u{64a}'), ('\'', '\u{621}'),
];

pub(super) const HAMZA: char = '\u{621}';
pub(super) const ALEF_MADDA: char = '\u{622}';
pub(super) const ALEF_HAMZA: char = '\u{623}';
pub(super) const WAW_HAMZA: char = '\u{624}';
pub(super) const ALEF_HAMZA_BELOW: char = '\u{625}';
pub(super) const YA_HAMZA: char = '\u{626}';
pub(super) const ALEF: char = '\u{627}';
pub(super) const TA_MARBUTA: char = '\u{629}';
pub(super) const TA: char = '\u{62a}';
pub(super) const LAM: char = '\u{644}';
pub(super) const MIM: char = '\u{645}';
pub(super) const NUN: char = '\u{646}';
pub(super) const WAW: char = '\u{648}';
pub(super) const ALEF_MAQSURA: char = '\u{649}';
pub(super) const YA: char = '\u{64a}';
pub(super) const KASRATAN: char = '\u{64d}';
pub(super) const FATHA: char = '\u{64e}';
pub(super) const DAMMA: char = '\u{64f}';
pub(super) const KASRA: char = '\u{650}';
pub(super) const SHADDA: char = '\u{651}';
const ALEF_WASLA: char = '\u{671}';

/// True for a vowel mark, shadda or tatweel.
pub(super) fn is_mark(c: char) -> bool {
    matches!(c, '\u{64b}'..='\u{655}' | '\u{670}' | '\u{640}')
}

/// The letters of a word without its marks.
pub(super) fn bare(word: &str) -> String {
    word.chars().filter(|&c| !is_mark(c)).collect()
}

/// One letter of a lemma with what is written on it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Letter {
    /// The sound; `A` for a plain alef, `Y` for alef maqsura.
    pub sound: char,
    /// The short vowel, if written.
    pub vowel: Option<char>,
    /// Doubled.
    pub shadda: bool,
}

/// Reads a vowelled lemma; an alef with madda becomes hamza and alef. Fails on the first character that is no letter.
pub(super) fn read(lemma: &str) -> Result<Vec<Letter>, char> {
    let mut out: Vec<Letter> = Vec::new();
    for c in lemma.chars() {
        if is_mark(c) {
            if let Some(last) = out.last_mut() {
                match c {
                    FATHA => last.vowel = Some('a'),
                    DAMMA => last.vowel = Some('u'),
                    KASRA => last.vowel = Some('i'),
                    SHADDA => last.shadda = true,
                    _ => {}
                }
            }
            continue;
        }
        let sound = match c {
            ALEF | ALEF_WASLA => 'A',
            ALEF_MAQSURA => 'Y',
            ALEF_HAMZA | ALEF_HAMZA_BELOW | WAW_HAMZA | YA_HAMZA => '\'',
            ALEF_MADDA => {
                out.push(Letter {
                    sound: '\'',
                    vowel: Some('a'),
                    shadda: false,
                });
                'A'
            }
            _ => CONSONANTS.iter().find(|(_, letter)| *letter == c).ok_or(c)?.0,
        };
        out.push(Letter {
            sound,
            vowel: None,
            shadda: false,
        });
    }
    Ok(out)
}

fn is_short(c: char) -> bool {
    matches!(c, 'a' | 'i' | 'u')
}

/// True for any vowel, short or long.
pub(super) fn is_vowel(c: char) -> bool {
    is_short(c) || matches!(c, 'A' | 'I' | 'U' | 'Y')
}

/// Sound laws: two hamzas in the first syllable give one and a long vowel ('a'man, 'Aman); a short vowel and a glide before
/// a consonant give a long vowel (yuwqin, yUqin).
fn sound_laws(word: &str) -> Vec<char> {
    let mut s: Vec<char> = word.chars().collect();
    if s.len() > 3 && s[0] == '\'' && s[2] == '\'' && is_short(s[1]) && !is_vowel(s[3]) {
        s[1] = long(s[1]);
        s.remove(2);
    }
    let mut i = 0;
    while i + 2 < s.len() {
        let (v, g, next) = (s[i], s[i + 1], s[i + 2]);
        if matches!(v, 'i' | 'u')
            && matches!(g, 'w' | 'y')
            && next != g
            && !is_vowel(next)
            && next != '@'
            && next != 'p'
        {
            s[i] = long(v);
            s.remove(i + 1);
        }
        i += 1;
    }
    s
}

/// The long vowel of a short one.
pub(super) fn long(v: char) -> char {
    match v {
        'a' => 'A',
        'i' => 'I',
        _ => 'U',
    }
}

/// Spells a word of sounds without marks. The first spelling is the standard one; others follow where newspapers differ, all
/// of them about a hamza before a long u (three ways to write "they read") or before the alef of a dual.
pub(super) fn spell(word: &str) -> Vec<String> {
    let mut s = sound_laws(word);
    if s.last().is_some_and(|&c| is_short(c)) {
        s.pop();
    }
    let mut outs = vec![String::new()];
    let mut i = 0;
    while i < s.len() {
        let c = s[i];
        let next = s.get(i + 1).copied();
        if next == Some(c) && !is_vowel(c) {
            i += 1; // a doubled consonant is one letter
            continue;
        }
        match c {
            '\'' => {
                let (seats, eaten) = seats(&s, i);
                outs = seats
                    .iter()
                    .flat_map(|seat| outs.iter().map(move |o| format!("{o}{seat}")))
                    .collect();
                i += eaten;
            }
            _ if is_short(c) => {
                if i == 0 {
                    push(&mut outs, ALEF);
                }
            }
            'I' | 'U' if i == 0 => {
                push(&mut outs, ALEF);
                push(&mut outs, if c == 'I' { YA } else { WAW });
            }
            'A' | '@' => push(&mut outs, ALEF),
            'I' => push(&mut outs, YA),
            'U' => push(&mut outs, WAW),
            'Y' => push(&mut outs, ALEF_MAQSURA),
            'p' => push(&mut outs, TA_MARBUTA),
            _ => {
                if let Some((_, letter)) = CONSONANTS.iter().find(|(sound, _)| *sound == c) {
                    push(&mut outs, *letter);
                }
            }
        }
        i += 1;
    }
    outs
}

/// Spells a stem as it stands before a pronoun that follows the short vowel `v`.
pub(super) fn spell_before_pronoun(stem: &str, v: char) -> Vec<String> {
    let mut outs = spell(&format!("{stem}{v}h"));
    for o in &mut outs {
        o.pop();
    }
    outs
}

fn push(outs: &mut [String], c: char) {
    for o in outs {
        o.push(c);
    }
}

/// The ways to write the hamza at `i`, best first, and how many sounds after it are written with it.
fn seats(s: &[char], i: usize) -> (Vec<String>, usize) {
    let one = |c: char| (vec![c.to_string()], 0);
    let next = s.get(i + 1).copied();
    let Some(mut before) = i.checked_sub(1) else {
        return match next {
            Some('A') => (vec![ALEF_MADDA.to_string()], 1),
            Some('i' | 'I') => one(ALEF_HAMZA_BELOW),
            _ => one(ALEF_HAMZA),
        };
    };
    if s[before] == '\'' && before > 0 {
        before -= 1; // doubled hamza
    }
    let prev = s[before];
    let Some(next) = next else {
        return match prev {
            'a' => one(ALEF_HAMZA),
            'i' => one(YA_HAMZA),
            'u' => one(WAW_HAMZA),
            _ => one(HAMZA),
        };
    };
    match (prev, next) {
        ('I' | 'i', _) | (_, 'i' | 'I') => one(YA_HAMZA),
        ('y', 'u' | 'U') => one(YA_HAMZA),
        (_, 'U') => {
            // Before an ending papers keep the seat that the stem has without it; inside a stem (ya'Ulu) they do not.
            let ending = matches!(s[i + 2..], [] | ['@'] | ['n'] | ['n', 'a']);
            let ways: &[char] = match prev {
                'a' if !ending => &[WAW_HAMZA],
                'a' => &[WAW_HAMZA, ALEF_HAMZA, HAMZA],
                'A' => &[WAW_HAMZA, HAMZA],
                'U' | 'w' => &[HAMZA, WAW_HAMZA],
                'u' => &[WAW_HAMZA],
                _ => &[WAW_HAMZA, YA_HAMZA, HAMZA],
            };
            (ways.iter().map(char::to_string).collect(), 0)
        }
        ('U' | 'w', 'u') | (_, 'u') | ('u', _) => one(WAW_HAMZA),
        ('A' | 'U' | 'w', _) => one(HAMZA),
        (_, 'A') => {
            let dual = prev == 'a' && i > 2 && matches!(s[i + 2..], [] | ['n'] | ['n', 'i']);
            let mut ways = vec![ALEF_MADDA.to_string()];
            if dual {
                ways.push([ALEF_HAMZA, ALEF].iter().collect());
            }
            (ways, 1)
        }
        _ => one(ALEF_HAMZA),
    }
}
