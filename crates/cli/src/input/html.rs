//! A page to a document: title, text, outlet, day of publication.
//!
//! The text is what a reader view shows. The day is what the page states for machines (JSON-LD, meta, `<time>`); it is never guessed from
//! visible words or the address. Refuses pages nested deeper than [`DEEPEST`], which only serve to break parsers.

use super::{Doc, Problem, day};
use dom_query::Document;
use dom_smoothie::{Config, Readability, TextMode};
use jiff::civil::Date;
use khaldun_engine::Article;
use serde_json::Value;

/// Most elements inside one another. Pages of news stay below a hundred.
pub const DEEPEST: usize = 1000;

/// Where pages state the day, best first.
const META: &[&str] = &[
    "meta[property='article:published_time']",
    "meta[property='og:article:published_time']",
    "meta[itemprop='datePublished']",
    "meta[name='article:published_time']",
    "meta[name='parsely-pub-date']",
    "meta[name='sailthru.date']",
    "meta[name='publish-date']",
    "meta[name='publishdate']",
    "meta[name='pubdate']",
    "meta[name='DC.date.issued']",
    "meta[name='dc.date.issued']",
    "meta[name='dcterms.created']",
    "meta[name='date']",
];

/// Elements that end by themselves, so that a thousand of them in a row are no nesting.
const FLAT: &[&[u8]] = &[
    b"p",
    b"li",
    b"br",
    b"img",
    b"hr",
    b"meta",
    b"link",
    b"input",
    b"option",
    b"td",
    b"tr",
    b"th",
    b"dt",
    b"dd",
    b"source",
    b"wbr",
    b"area",
    b"base",
    b"col",
    b"embed",
    b"track",
    b"param",
    b"tbody",
    b"thead",
    b"tfoot",
    b"colgroup",
    b"rt",
    b"rp",
];

/// Reads a page.
///
/// # Errors
/// The page is nested too deep.
pub fn parse(content: &str) -> Result<Doc, Problem> {
    if depth(content.as_bytes()) > DEEPEST {
        return Err(Problem::Deep);
    }
    let page = Document::from(content);
    let published = json_ld(&page).or_else(|| meta(&page)).or_else(|| time(&page));
    let heading = heading(&page);
    let config = Config {
        text_mode: TextMode::Formatted,
        ..Config::default()
    };
    let read = Readability::with_document(page, None, Some(config)).and_then(|mut r| r.parse());
    let (title, text, outlet) = match read {
        Ok(a) if !a.text_content.trim().is_empty() => (a.title, a.text_content.to_string(), a.site_name),
        // Too little for a reader view: all that the body shows.
        Ok(a) => (a.title, body(content), a.site_name),
        Err(_) => {
            let page = Document::from(content);
            (page.select_single("title").text().to_string(), body(content), None)
        }
    };
    let title = heading
        .filter(|h| title.is_empty() || title.contains(h.as_str()))
        .unwrap_or(title);
    let article = Article {
        id: String::new(),
        outlet: squeeze(&outlet.unwrap_or_default()),
        published,
        title: squeeze(&title),
        text: paragraphs(&text),
    };
    Ok(Doc {
        article,
        notes: Vec::new(),
    })
}

/// The deepest nesting of elements, as far as a glance tells.
fn depth(html: &[u8]) -> usize {
    let (mut at, mut open, mut deepest) = (0, 0usize, 0);
    while let Some(next) = html[at..].iter().position(|b| *b == b'<') {
        at += next + 1;
        let rest = &html[at..];
        if rest.starts_with(b"!--") {
            at += rest.windows(3).position(|w| w == b"-->").unwrap_or(rest.len());
            continue;
        }
        let close = rest.first() == Some(&b'/');
        let name = &rest[usize::from(close)..];
        let name = &name[..name
            .iter()
            .position(|b| !b.is_ascii_alphanumeric())
            .unwrap_or(name.len())
            .min(12)];
        if name.is_empty() || FLAT.iter().any(|f| f.eq_ignore_ascii_case(name)) {
            continue;
        }
        if close {
            open = open.saturating_sub(1);
            continue;
        }
        if name.eq_ignore_ascii_case(b"script") || name.eq_ignore_ascii_case(b"style") {
            let end = rest
                .windows(8)
                .position(|w| w[0] == b'<' && w[1] == b'/' && w[2..].eq_ignore_ascii_case(&lower6(name)));
            at += end.map_or(rest.len(), |e| e + 2);
            continue;
        }
        open += 1;
        deepest = deepest.max(open);
    }
    deepest
}

/// The first six letters of `script` or `style>`, to find the end tag.
fn lower6(name: &[u8]) -> [u8; 6] {
    if name.len() == 6 { *b"script" } else { *b"style>" }
}

fn json_ld(page: &Document) -> Option<Date> {
    let mut found = None;
    for script in page.select("script[type='application/ld+json']").nodes() {
        let Ok(value) = serde_json::from_str::<Value>(script.text().trim()) else {
            continue;
        };
        if let Some(date) = article_day(&value, &mut found) {
            return Some(date);
        }
    }
    found
}

/// The day of the first article in a JSON-LD value; `other` gets the first day of anything else.
fn article_day(value: &Value, other: &mut Option<Date>) -> Option<Date> {
    match value {
        Value::Array(list) => list.iter().find_map(|v| article_day(v, other)),
        Value::Object(map) => {
            let date = map.get("datePublished").and_then(Value::as_str).and_then(day);
            let kind = map.get("@type").map(Value::to_string).unwrap_or_default();
            if date.is_some() && ["Article", "Posting", "Report"].iter().any(|k| kind.contains(k)) {
                return date;
            }
            *other = other.or(date);
            map.values().find_map(|v| article_day(v, other))
        }
        _ => None,
    }
}

fn meta(page: &Document) -> Option<Date> {
    META.iter()
        .find_map(|selector| day(&page.select_single(selector).attr("content")?))
}

/// A `<time>` said to be the day of publication, else the day of all `<time>` of the article, if it is one day.
fn time(page: &Document) -> Option<Date> {
    let days = |selector: &str| -> Vec<Date> {
        page.select(selector)
            .nodes()
            .iter()
            .filter_map(|n| day(&n.attr("datetime")?))
            .collect()
    };
    if let Some(date) = days("time[itemprop='datePublished'], time[pubdate]").first() {
        return Some(*date);
    }
    ["article time", "main time", "time"].iter().find_map(|selector| {
        let days = days(selector);
        days.first().copied().filter(|first| days.iter().all(|d| d == first))
    })
}

/// The only first-level heading.
fn heading(page: &Document) -> Option<String> {
    let found = page.select("h1");
    let text = squeeze(&found.text());
    (found.length() == 1 && !text.is_empty()).then_some(text)
}

fn body(content: &str) -> String {
    let page = Document::from(content);
    page.select("script, style, noscript, nav, footer, form, h1, title")
        .remove();
    page.select_single("body").formatted_text().to_string()
}

fn squeeze(s: &str) -> String {
    s.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Each paragraph on one line, without blank lines.
fn paragraphs(s: &str) -> String {
    s.lines()
        .map(squeeze)
        .filter(|l| !l.is_empty())
        .collect::<Vec<_>>()
        .join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    const P: &str =
        "<p>قال المتحدث باسم الوزارة إن الوفد وصل إلى العاصمة صباح اليوم، والتقى عددا من المسؤولين هناك.</p>";

    fn page(head: &str, body: &str) -> Article {
        let html = format!("<html><head><title>وفد يصل - الموقع</title>{head}</head><body>{body}</body></html>");
        parse(&html).unwrap().article
    }

    #[test]
    fn text_and_title() {
        let a = page(
            "",
            &format!("<nav><a href=/>الرئيسية</a></nav><article><h1>وفد يصل</h1>{P}{P}</article><footer>حقوق</footer>"),
        );
        assert_eq!(a.title, "وفد يصل");
        assert_eq!(a.text.lines().count(), 2, "{}", a.text);
        assert!(a.text.starts_with("قال المتحدث"));
        assert_eq!(a.published, None);
    }

    #[test]
    fn short_pages_are_read_too() {
        let a = parse("<p>وصل الوزير</p>").unwrap().article;
        assert_eq!(a.text, "وصل الوزير");
    }

    #[test]
    fn the_day_that_the_page_states() {
        let day = |s: &str| s.parse::<Date>().ok();
        let ld = r#"<script type="application/ld+json">{"@graph":[{"@type":"WebPage","datePublished":"2020-01-01"},
            {"@type":"NewsArticle","datePublished":"2024-05-15T23:10:00+03:00"}]}</script>"#;
        let og = r#"<meta property="article:published_time" content="2024-05-16T00:00:00Z">"#;
        assert_eq!(page(&format!("{og}{ld}"), P).published, day("2024-05-15"));
        assert_eq!(page(og, P).published, day("2024-05-16"));
        let time = |d: &str| format!("<time datetime='{d}'>x</time>");
        assert_eq!(
            page("", &format!("<article>{}{P}</article>", time("2024-05-17"))).published,
            day("2024-05-17")
        );
        assert_eq!(
            page("", &format!("{}{}{P}", time("2024-05-17"), time("2024-05-18"))).published,
            None
        );
    }

    #[test]
    fn nesting_is_bounded() {
        let bomb = "<div>".repeat(1_000_000);
        assert!(matches!(parse(&bomb), Err(Problem::Deep)));
        let flat = "<p>x<br>".repeat(5000);
        assert!(parse(&flat).is_ok());
        let deep = format!("{}{P}{}", "<div>".repeat(900), "</div>".repeat(900));
        assert!(parse(&deep).unwrap().article.text.starts_with("قال المتحدث"));
    }
}
