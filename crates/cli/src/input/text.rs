//! Plain text: a title, if the first line is one, and the text.

use super::Doc;
use khaldun_engine::Article;

/// Most characters of a first line that is a title.
const TITLE: usize = 160;

/// Splits a plain text. The first line is the title if it is short and followed by a blank line, or marked as a heading (`# `).
///
/// ```
/// let doc = khaldun_cli::input::text::parse("Title\n\nText.");
/// assert_eq!((doc.article.title.as_str(), doc.article.text.as_str()), ("Title", "Text."));
/// let doc = khaldun_cli::input::text::parse("Text.\nMore.");
/// assert_eq!((doc.article.title.as_str(), doc.article.text.as_str()), ("", "Text.\nMore."));
/// ```
pub fn parse(content: &str) -> Doc {
    let content = content.replace("\r\n", "\n").replace('\r', "\n");
    let content = content.trim_matches(|c: char| c.is_whitespace());
    let (first, rest) = content.split_once('\n').unwrap_or((content, ""));
    let heading = first.trim_start_matches('#');
    let marked = heading.len() < first.len() && heading.starts_with(' ');
    let blank = !rest.is_empty() && rest.lines().next().is_some_and(|l| l.trim().is_empty());
    let title = !rest.is_empty() && (marked || blank) && first.chars().count() <= TITLE;
    let (title, text) = if title {
        (if marked { heading } else { first }.trim(), rest.trim_start())
    } else {
        ("", content)
    };
    Doc {
        article: Article {
            title: title.into(),
            text: text.into(),
            ..Article::default()
        },
        notes: Vec::new(),
    }
}
