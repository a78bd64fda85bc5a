//! Words and punctuation marks of the folded text.

use crate::text::{Span, Text};

/// What a token is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Letters (Arabic or Latin), with letters only.
    Word,
    /// Digits, with `.` or `,` between digits (`4.5`, `20,000`).
    Number,
    /// One punctuation mark, already folded to ASCII where that exists.
    Punct,
    /// An end of line.
    Newline,
}

/// One token: a range of the folded text and the span of the raw text that it stands for.
#[derive(Clone, Copy, Debug)]
pub struct Token {
    /// First byte in the folded text.
    pub start: u32,
    /// One past the last byte in the folded text.
    pub end: u32,
    /// The raw text that it stands for.
    pub span: Span,
    /// Word, number, punctuation mark or end of line.
    pub kind: Kind,
}

impl Token {
    /// The folded letters.
    pub fn folded<'t>(&self, text: &'t Text) -> &'t str {
        &text.folded[self.start as usize..self.end as usize]
    }
}

/// Cuts a text into tokens. Every token is non-empty; blanks are dropped; order and ranges are those of the text.
///
/// ```
/// use khaldun_engine::{text::Text, token::{tokenize, Kind}};
/// let text = Text::normalize("قُتل 20,5 (شخصا).");
/// let tokens = tokenize(&text);
/// assert_eq!(tokens.len(), 6);
/// assert_eq!(tokens[1].folded(&text), "20,5");
/// assert_eq!(tokens[1].kind, Kind::Number);
/// ```
pub fn tokenize(text: &Text) -> Vec<Token> {
    let s = &text.folded;
    let mut out = Vec::with_capacity(s.len() / 8);
    let mut chars = s.char_indices().peekable();
    while let Some((start, c)) = chars.next() {
        let kind = match c {
            '\n' => Kind::Newline,
            c if c.is_whitespace() => continue,
            c if c.is_ascii_digit() => Kind::Number,
            c if is_letter(c) => Kind::Word,
            _ => Kind::Punct,
        };
        let mut end = start + c.len_utf8();
        if matches!(kind, Kind::Word | Kind::Number) {
            while let Some(&(i, d)) = chars.peek() {
                let goes_on = match kind {
                    Kind::Word => is_letter(d),
                    _ => {
                        d.is_ascii_digit()
                            || matches!(d, '.' | ',') && s[i + 1..].starts_with(|n: char| n.is_ascii_digit())
                    }
                };
                if !goes_on {
                    break;
                }
                end = i + d.len_utf8();
                chars.next();
            }
        }
        let (start, end) = (start as u32, end as u32);
        out.push(Token {
            start,
            end,
            span: text.span(start as usize, end as usize),
            kind,
        });
    }
    out
}

/// Arabic letters are told first: the table of all alphabets is slow.
fn is_letter(c: char) -> bool {
    matches!(c, '\u{620}'..='\u{64a}') || c.is_alphabetic()
}
