//! Adjectives of belonging (nisba) and other regular adjectives, one word or several that agree.

use super::letters::{ALEF, LAM, NUN, TA, TA_MARBUTA, WAW, YA, bare};
use super::{Cells, Inflected};
use crate::Features;

/// Every form of an adjective whose forms are all regular, given its masculine singular; broken plurals and collectives
/// (Turks, Russians) are added as written.
///
/// Of several words those in ya inflect together, and so does the last; the others stay ("south African"). Each phrase comes with
/// and without the article on its later words: the article of the first is split off by the engine.
///
/// ```
/// use khaldun_lexicon::{Features, inflect::nisba};
/// let forms = nisba("كوري شمالي", &[]); // "North Korean"
/// let has = |s: &str, f: Features| forms.iter().any(|x| x.surface == s && x.features.has(f | Features::ADJECTIVE));
/// assert!(has("كورية شمالية", Features::FEM | Features::SING));
/// assert!(has("كوريون الشماليون", Features::MASC | Features::PLUR));
/// ```
pub fn nisba(masculine: &str, plurals: &[&str]) -> Vec<Inflected> {
    let words: Vec<String> = masculine.split_whitespace().map(bare).collect();
    let mut cells = Cells::default();
    let a = Features::ADJECTIVE;
    for (features, ending) in endings() {
        add(&words, &ending, a | features, &mut cells);
    }
    for plural in plurals {
        let words: Vec<String> = plural.split_whitespace().map(bare).collect();
        add(&words, "", a | Features::MASC | Features::PLUR, &mut cells);
        if let [word] = words.as_slice()
            && !word.ends_with(ALEF)
        {
            cells.add(
                &[format!("{word}{ALEF}")],
                a | Features::MASC | Features::PLUR | Features::ACCUSATIVE,
            );
        }
    }
    cells.finish()
}

/// The endings of a regular adjective.
fn endings() -> Vec<(Features, String)> {
    let (m, f) = (Features::MASC, Features::FEM);
    let (s, d, p) = (Features::SING, Features::DUAL, Features::PLUR);
    let construct = Features::CONSTRUCT;
    let cells: [(Features, &[char]); 18] = [
        (m | s, &[]),
        (m | s | Features::ACCUSATIVE, &[ALEF]),
        (f | s, &[TA_MARBUTA]),
        (f | s | Features::BEFORE_PRONOUN, &[TA]),
        (m | d, &[ALEF, NUN]),
        (m | d, &[YA, NUN]),
        (m | d | construct, &[ALEF]),
        (m | d | construct, &[YA]),
        (f | d, &[TA, ALEF, NUN]),
        (f | d, &[TA, YA, NUN]),
        (f | d | construct, &[TA, ALEF]),
        (f | d | construct, &[TA, YA]),
        (m | p, &[WAW, NUN]),
        (m | p, &[YA, NUN]),
        (m | p | construct, &[WAW]),
        (m | p | construct, &[YA]),
        (f | p, &[ALEF, TA]),
        (f | p | Features::ACCUSATIVE, &[ALEF, TA]),
    ];
    cells
        .into_iter()
        .map(|(features, letters)| (features, letters.iter().collect()))
        .collect()
}

/// Adds one cell: the words with their ending, and again with the article on the later ones.
fn add(words: &[String], ending: &str, features: Features, cells: &mut Cells) {
    let place = Features::BEFORE_PRONOUN | Features::CONSTRUCT;
    if words.len() > 1 && features.any(place) {
        return; // a phrase of adjectives takes no genitive and no pronoun
    }
    let inflected: Vec<String> = words
        .iter()
        .enumerate()
        .map(|(i, word)| {
            let inflects = word.ends_with(YA) || i + 1 == words.len();
            if inflects {
                format!("{word}{ending}")
            } else {
                word.clone()
            }
        })
        .collect();
    cells.add(&[inflected.join(" ")], features);
    let agree = words.len() > 1 && words[0].ends_with(YA) && !features.has(Features::ACCUSATIVE);
    if agree {
        cells.add(&[inflected.join(&format!(" {ALEF}{LAM}"))], features);
    }
}
