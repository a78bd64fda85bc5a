//! Folding, for any text: it is done once and for all, and knows nothing of context.

use khaldun_lexicon::compile::form_key;
use khaldun_lexicon::fold::{Folded, fold, fold_char};
use proptest::prelude::*;

fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        any::<String>(),
        "[\u{600}-\u{6ff}\u{fb50}-\u{fdff}\u{fe70}-\u{feff}\u{2000}-\u{206f} a-zA-Z0-9.]{0,60}"
    ]
}

/// What a character becomes, as a string.
fn letters(c: char) -> String {
    match fold_char(c) {
        Folded::Nothing => String::new(),
        Folded::One(c) => c.to_string(),
        Folded::Many(s) => s.to_owned(),
    }
}

#[test]
fn every_character_folds_to_what_folds_to_itself() {
    for c in (0..=0x10_ffff).filter_map(char::from_u32) {
        let once = letters(c);
        assert_eq!(fold(&once), once, "U+{:04X}", u32::from(c));
    }
}

proptest! {
    #[test]
    fn folding_again_changes_nothing(text in text()) {
        let once = fold(&text);
        prop_assert_eq!(fold(&once), once);
    }

    #[test]
    fn folding_goes_character_by_character(a in text(), b in text()) {
        prop_assert_eq!(fold(&format!("{a}{b}")), fold(&a) + &fold(&b));
    }

    #[test]
    fn marks_change_nothing(text in "[ء-غف-ي ]{0,20}", at in 0usize..20, mark in "[\u{64b}-\u{652}\u{640}\u{200f}\u{202b}\u{feff}]") {
        let at = text.char_indices().nth(at).map_or(text.len(), |(i, _)| i);
        let marked = format!("{}{mark}{}", &text[..at], &text[at..]);
        prop_assert_eq!(fold(&marked), fold(&text));
    }

    #[test]
    fn keys_are_folded_words_with_single_blanks(text in text()) {
        let key = form_key(&text);
        prop_assert_eq!(&form_key(&key), &key);
        prop_assert!(!key.contains("  ") && key.trim() == key);
    }
}
