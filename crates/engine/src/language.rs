//! Is this Arabic? Told by letters, before anything else is done.
//!
//! Persian, Urdu, Kurdish, Pashto and Uyghur share the script; they are told by letters that Arabic does not have.

/// The language of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Language {
    /// Arabic.
    Arabic,
    /// No letters.
    Empty,
    /// Something else, as far as the letters tell.
    Other(&'static str),
}

/// Share of letters foreign to Arabic, among the letters in Arabic script, from which a text is not Arabic. An Arabic article may quote a Persian name.
const FOREIGN: f32 = 0.02;
/// Share of letters in Arabic script, among all letters, below which a text is not Arabic.
const SCRIPT: f32 = 0.5;

/// Tells the language of a text.
///
/// ```
/// use khaldun_engine::language::{Language, detect};
/// assert_eq!(detect("زار الوزير باريس"), Language::Arabic);
/// assert_eq!(detect("وزیر خارجه ایران گفت که گفتگوها ادامه دارد"), Language::Other("Persian or a neighbour in Arabic script"));
/// assert_eq!(detect("The minister visited Paris"), Language::Other("not in Arabic script"));
/// assert_eq!(detect(" 12 "), Language::Empty);
/// ```
pub fn detect(raw: &str) -> Language {
    let (mut letters, mut arabic, mut foreign, mut persian_ya) = (0u32, 0u32, 0u32, 0u32);
    for c in raw.chars().take(4000) {
        if !c.is_alphabetic() {
            continue;
        }
        letters += 1;
        match c {
            // Farsi yeh and keheh also come from Arabic keyboards on some phones: they count less.
            '\u{06cc}' | '\u{06a9}' => {
                persian_ya += 1;
                arabic += 1;
            }
            '\u{0671}'..='\u{06d3}' => {
                foreign += 1;
                arabic += 1;
            }
            c if khaldun_lexicon::fold::is_arabic_letter(c) => arabic += 1,
            _ => {}
        }
    }
    if letters == 0 {
        return Language::Empty;
    }
    if (arabic as f32) < SCRIPT * letters as f32 {
        return Language::Other("not in Arabic script");
    }
    let share = (foreign as f32 + 0.3 * persian_ya as f32) / arabic as f32;
    if share > FOREIGN && foreign > 0 {
        Language::Other("Persian or a neighbour in Arabic script")
    } else {
        Language::Arabic
    }
}
