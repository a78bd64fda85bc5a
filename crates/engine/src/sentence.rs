//! Sentences: headings, list items and the stretches between full stops.
//!
//! Comes in: tokens. Goes out: token ranges in order, none empty, none overlapping. Arabic news has few full stops, so a sentence may hold many clauses;
//! those are cut by the frame stage, which knows the verbs.

use crate::text::Text;
use crate::token::{Kind, Token};
use std::ops::Range;

/// A sentence.
#[derive(Clone, Debug, PartialEq)]
pub struct Sentence {
    /// Its tokens, the closing mark left out.
    pub tokens: Range<usize>,
    /// Number of the line it stands in, from 0; the title is line 0.
    pub line: usize,
    /// A title or a short line of its own without closing mark.
    pub heading: bool,
    /// It ends with a question mark.
    pub question: bool,
}

/// A line without a closing mark counts as heading up to this many tokens.
const HEADING_TOKENS: usize = 14;

/// A stretch of so many tokens without a full stop is cut at the next comma, at twice as many anywhere: the cost of a sentence grows with the square of its
/// length, and no writer means one sentence by it.
const LONGEST: usize = 400;

/// Cuts tokens into sentences.
///
/// ```
/// use khaldun_engine::{sentence, text::Text, token};
/// let text = Text::normalize("زيارة فرنسا\nوصل الوزير أمس. والتقى نظيره؟");
/// let sentences = sentence::split(&text, &token::tokenize(&text));
/// assert_eq!(sentences.len(), 3);
/// assert!(sentences[0].heading && !sentences[1].heading && sentences[2].question);
/// ```
pub fn split(text: &Text, tokens: &[Token]) -> Vec<Sentence> {
    let mut out: Vec<Sentence> = Vec::new();
    let (mut start, mut line, mut line_start) = (0, 0, 0);
    for (i, token) in tokens.iter().enumerate() {
        let newline = token.kind == Kind::Newline;
        let long = i - start >= LONGEST && token.folded(text) == "," || i - start >= 2 * LONGEST;
        let stop = long || newline || token.kind == Kind::Punct && matches!(token.folded(text), "." | "!" | "?" | ";");
        if !stop || !newline && inside_abbreviation(text, tokens, i) {
            continue;
        }
        if start < i {
            let heading = line == 0 || newline && start == line_start && i - start <= HEADING_TOKENS;
            let question = token.folded(text) == "?";
            out.push(Sentence {
                tokens: start..i,
                line,
                heading,
                question,
            });
        }
        // A word at which a long stretch is cut opens the next one.
        start = if matches!(token.kind, Kind::Word | Kind::Number) {
            i
        } else {
            i + 1
        };
        if newline {
            line += 1;
            line_start = start;
        }
    }
    if start < tokens.len() {
        let heading = line == 0 && tokens.len() - start <= 2 * HEADING_TOKENS;
        out.push(Sentence {
            tokens: start..tokens.len(),
            line,
            heading,
            question: false,
        });
    }
    out
}

/// A full stop after a single letter belongs to an abbreviation (a.f.b).
fn inside_abbreviation(text: &Text, tokens: &[Token], stop: usize) -> bool {
    let letter = |t: Option<&Token>| t.is_some_and(|t| t.kind == Kind::Word && t.folded(text).chars().count() == 1);
    stop > 0 && tokens[stop].folded(text) == "." && letter(tokens.get(stop - 1)) && letter(tokens.get(stop + 1))
}
