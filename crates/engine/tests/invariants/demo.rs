//! Texts to try things on: the articles of `khaldun demo`, and words of theirs in any order.

use khaldun_engine::Article;
use proptest::prelude::*;
use std::sync::LazyLock;

/// The articles of `khaldun demo`.
pub fn articles() -> Vec<Article> {
    let of = |line: &str| {
        let doc: serde_json::Value = serde_json::from_str(line).expect("a demo article is JSON");
        let field = |key: &str| doc[key].as_str().unwrap_or_default().to_owned();
        let published = field("published").parse().ok();
        Article {
            id: field("id"),
            outlet: field("outlet"),
            published,
            title: field("title"),
            text: field("text"),
        }
    };
    include_str!("../../../cli/demo/articles.jsonl")
        .lines()
        .map(of)
        .collect()
}

/// Every word and mark of the demo articles.
pub static WORDS: LazyLock<Vec<String>> = LazyLock::new(|| {
    let mut words = Vec::new();
    for a in articles() {
        for word in format!("{} {}", a.title, a.text).split_whitespace() {
            words.push(word.to_owned());
        }
    }
    words.sort_unstable();
    words.dedup();
    words
});

/// Something that looks like Arabic news: real words in any order, marks, line ends, digits, other letters.
pub fn texts() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        20 => any::<prop::sample::Index>().prop_map(|i| i.get(&WORDS).clone()),
        2 => prop::sample::select(vec![".", "،", "؛", "؟", ":", "«", "»", "(", ")", "\"", "-", "–", "…", "\n", "\n\n"]).prop_map(str::to_owned),
        1 => "[0-9٠-٩]{1,4}",
        1 => "[ء-ي]{1,8}",
        1 => "[\u{64b}-\u{652}ـ\u{200f}\u{202b}\u{202c}\u{feff}]{1,3}",
    ];
    prop::collection::vec((piece, prop::bool::weighted(0.9)), 0..120).prop_map(|pieces| {
        let mut text = String::new();
        for (piece, blank) in pieces {
            text.push_str(&piece);
            if blank {
                text.push(' ');
            }
        }
        text
    })
}

/// An article around a random text.
pub fn random_articles() -> impl Strategy<Value = Article> {
    let day = prop::option::of((2000i16..2030, 1i8..13, 1i8..29).prop_map(|(y, m, d)| jiff::civil::date(y, m, d)));
    (texts(), prop::option::of(texts()), day).prop_map(|(text, title, published)| Article {
        id: "random".into(),
        outlet: String::new(),
        published,
        title: title
            .unwrap_or_default()
            .chars()
            .take(80)
            .collect::<String>()
            .replace('\n', " "),
        text,
    })
}
