//! The folding table: one spelling for what Arabic newspapers spell in many ways.
//!
//! Comes in: a character of raw text. Goes out: nothing (the character is dropped) or the letters that stand for it. Nothing
//! here looks at context, so folding and the alignment to the raw text can be done character by character.
//!
//! ```
//! use khaldun_lexicon::fold::fold;
//! assert_eq!(fold("أُسْتُرالِيا"), "استراليا"); // ustralya: hamza seat, harakat
//! assert_eq!(fold("مؤتمـر ١٢"), "موتمر 12"); // mu'tamar: hamza on waw, tatweel, Arabic-Indic digits
//! ```

/// Ta marbuta, which folds to the letter of the pronoun "his" but is never that pronoun.
pub const TEH_MARBUTA: char = '\u{629}';

/// What one raw character becomes: nothing, one or up to four characters.
pub fn fold_char(c: char) -> Folded {
    let one = match c {
        // Latin letters to lower case, so that names in Latin script match.
        'A'..='Z' => c.to_ascii_lowercase(),
        '\0'..='\u{7f}' => c,
        // Alef with madda, hamza above or below, wasla; wavy hamza.
        'آ' | 'أ' | 'إ' | 'ٱ' | 'ٲ' | 'ٳ' | 'ٵ' => 'ا',
        'ؤ' | 'ٶ' | 'ۇ' => 'و',
        // Alef maqsura, hamza on ya, Persian ya and its kin.
        'ى' | 'ئ' | 'ی' | 'ې' | 'ۍ' | 'ے' | 'ٸ' => 'ي',
        'ة' | 'ہ' | 'ۃ' | 'ۀ' | 'ە' | 'ھ' => 'ه',
        'ک' | 'ڪ' => 'ك',
        // Harakat, Koranic marks, superscript alef, tatweel; bidi marks, joiners, byte-order mark, soft hyphen.
        '\u{0610}'..='\u{061a}'
        | '\u{064b}'..='\u{065f}'
        | '\u{0670}'
        | '\u{06d6}'..='\u{06dc}'
        | '\u{06df}'..='\u{06e8}'
        | '\u{06ea}'..='\u{06ed}'
        | '\u{0640}'
        | '\u{061c}'
        | '\u{200b}'..='\u{200f}'
        | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{2069}'
        | '\u{feff}'
        | '\u{00ad}' => return Folded::Nothing,
        '٠'..='٩' => digit(c, '٠'),
        '۰'..='۹' => digit(c, '۰'),
        // Punctuation.
        '،' | '‚' => ',',
        '؛' => ';',
        '؟' => '?',
        '٪' => '%',
        '٫' => '.',
        '٬' => ',',
        '٭' => '*',
        '“' | '”' | '„' | '‟' | '«' | '»' | '″' => '"',
        '‘' | '’' | '´' | '‹' | '›' => '\'',
        '‐'..='―' | '−' => '-',
        '\u{00a0}' | '\u{2000}'..='\u{200a}' | '\u{202f}' | '\u{3000}' => ' ',
        '\u{2028}' | '\u{2029}' | '\u{0085}' => '\n',
        '…' => '.',
        'ﷲ' => return Folded::Many("الله"),
        'ﷺ' => return Folded::Many("صلي الله عليه وسلم"),
        '﷼' => return Folded::Many("ريال"),
        '\u{fb50}'..='\u{fdff}' | '\u{fe70}'..='\u{feff}' => return presentation(c),
        _ => c,
    };
    Folded::One(one)
}

/// The result of folding one character.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Folded {
    /// A mark that is dropped.
    Nothing,
    /// One character.
    One(char),
    /// A ligature.
    Many(&'static str),
}

/// Folds a whole string.
pub fn fold(s: &str) -> String {
    let mut out = String::with_capacity(s.len());
    for c in s.chars() {
        match fold_char(c) {
            Folded::Nothing => {}
            Folded::One(c) => out.push(c),
            Folded::Many(s) => out.push_str(s),
        }
    }
    out
}

/// True for a letter of the folded Arabic alphabet or of its neighbours (Persian, Urdu, Kurdish).
pub fn is_arabic_letter(c: char) -> bool {
    matches!(c, '\u{0620}'..='\u{064a}' | '\u{066e}'..='\u{06d3}' | '\u{06fa}'..='\u{06fc}' | '\u{fb50}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}')
}

fn digit(c: char, zero: char) -> char {
    char::from(b'0' + (c as u32 - zero as u32) as u8)
}

/// Presentation forms B (isolated, initial, medial, final shapes) and the few of block A that occur in Arabic text.
fn presentation(c: char) -> Folded {
    /// First and last code point of the shapes of one letter, and the folded letter.
    const SHAPES: [(u32, u32, char); 40] = [
        (0xfe80, 0xfe80, 'ء'),
        (0xfe81, 0xfe84, 'ا'),
        (0xfe85, 0xfe86, 'و'),
        (0xfe87, 0xfe88, 'ا'),
        (0xfe89, 0xfe8c, 'ي'),
        (0xfe8d, 0xfe8e, 'ا'),
        (0xfe8f, 0xfe92, 'ب'),
        (0xfe93, 0xfe94, 'ه'),
        (0xfe95, 0xfe98, 'ت'),
        (0xfe99, 0xfe9c, 'ث'),
        (0xfe9d, 0xfea0, 'ج'),
        (0xfea1, 0xfea4, 'ح'),
        (0xfea5, 0xfea8, 'خ'),
        (0xfea9, 0xfeaa, 'د'),
        (0xfeab, 0xfeac, 'ذ'),
        (0xfead, 0xfeae, 'ر'),
        (0xfeaf, 0xfeb0, 'ز'),
        (0xfeb1, 0xfeb4, 'س'),
        (0xfeb5, 0xfeb8, 'ش'),
        (0xfeb9, 0xfebc, 'ص'),
        (0xfebd, 0xfec0, 'ض'),
        (0xfec1, 0xfec4, 'ط'),
        (0xfec5, 0xfec8, 'ظ'),
        (0xfec9, 0xfecc, 'ع'),
        (0xfecd, 0xfed0, 'غ'),
        (0xfed1, 0xfed4, 'ف'),
        (0xfed5, 0xfed8, 'ق'),
        (0xfed9, 0xfedc, 'ك'),
        (0xfedd, 0xfee0, 'ل'),
        (0xfee1, 0xfee4, 'م'),
        (0xfee5, 0xfee8, 'ن'),
        (0xfee9, 0xfeec, 'ه'),
        (0xfeed, 0xfeee, 'و'),
        (0xfeef, 0xfef0, 'ي'),
        (0xfef1, 0xfef4, 'ي'),
        (0xfb50, 0xfb51, 'ا'),
        (0xfb8e, 0xfb91, 'ك'),
        (0xfba4, 0xfbad, 'ه'),
        (0xfbae, 0xfbb1, 'ي'),
        (0xfbfc, 0xfbff, 'ي'),
    ];
    let code = c as u32;
    if (0xfe70..=0xfe7f).contains(&code) {
        return Folded::Nothing; // free-standing harakat
    }
    if (0xfef5..=0xfefc).contains(&code) {
        return Folded::Many("لا"); // lam-alef, with or without hamza
    }
    SHAPES
        .iter()
        .find(|(a, b, _)| (*a..=*b).contains(&code))
        .map_or(Folded::One(c), |s| Folded::One(s.2))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_letter_shape_folds_to_its_letter() {
        assert_eq!(fold("ﻛﺘﺎﺏ"), "كتاب");
        assert_eq!(fold("ﻻﺋﺤﺔ"), "لايحه");
    }

    #[test]
    fn folding_twice_changes_nothing() {
        let raw = "أعلنَ «المجلسُ» الأعلى — ١٢٫٥٪ ‏المؤتمرَ ﷲ كىی";
        assert_eq!(fold(&fold(raw)), fold(raw));
    }
}
