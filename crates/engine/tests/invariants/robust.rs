//! Invariant 5: reading never fails and never panics; and what it says of spans is true of any text.

use crate::checks;
use crate::demo::{articles, random_articles};
use khaldun_engine::text::Text;
use khaldun_engine::token::tokenize;
use khaldun_engine::{Article, Engine, sentence};
use proptest::prelude::*;
use std::sync::LazyLock;

static ENGINE: LazyLock<Engine> = LazyLock::new(Engine::bundled);

fn read(text: impl Into<String>) {
    let article = Article {
        id: "1".into(),
        published: "2024-05-15".parse().ok(),
        text: text.into(),
        ..Article::default()
    };
    let mut worker = ENGINE.worker();
    checks::read(&mut worker, &article);
    // What is a title to one is a text to another.
    checks::read(
        &mut worker,
        &Article {
            title: article.text,
            text: String::new(),
            ..article
        },
    );
}

/// The normalised text tells the truth about the raw one.
fn alignment(raw: &str) {
    let text = Text::normalize(raw);
    let tokens = tokenize(&text);
    let chars: Vec<char> = raw.chars().collect();
    let mut end = 0;
    for t in &tokens {
        assert!(t.start < t.end && t.start >= end, "tokens in order");
        end = t.end;
        let slice: String = chars[t.span.start as usize..t.span.end as usize].iter().collect();
        assert_eq!(text.slice(t.span), slice, "slice by code points");
        assert_eq!(text.raw_slice(t.start as usize, t.end as usize), slice);
        // Of a ligature that stands for several words, each has all of it.
        assert!(
            Text::normalize(&slice).folded.contains(t.folded(&text)),
            "a token's raw words fold to the token"
        );
    }
    let spans = tokens.iter().map(|t| t.span).collect::<Vec<_>>();
    assert!(
        spans
            .windows(2)
            .all(|w| w[0].start <= w[1].start && w[0].end <= w[1].end),
        "the alignment is monotone"
    );
    let sentences = sentence::split(&text, &tokens);
    let mut from = 0;
    for s in &sentences {
        assert!(
            from <= s.tokens.start && s.tokens.start < s.tokens.end && s.tokens.end <= tokens.len(),
            "sentences in order, none empty"
        );
        from = s.tokens.end;
    }
}

#[test]
fn every_demo_article_and_every_piece_of_it() {
    for a in articles() {
        let mut worker = ENGINE.worker();
        checks::read(&mut worker, &a);
        alignment(&a.text);
        // Cut anywhere, without title, without date, without outlet.
        let chars: Vec<char> = a.text.chars().collect();
        for cut in (0..chars.len()).step_by(61) {
            let text: String = chars[cut..].iter().take(400).collect();
            checks::read(
                &mut worker,
                &Article {
                    id: a.id.clone(),
                    text,
                    ..Article::default()
                },
            );
        }
    }
}

#[test]
fn odd_texts() {
    for text in [
        "",
        " ",
        "\n\n\n",
        ".",
        "...",
        "؟؟؟!!!",
        "\u{feff}",
        "\u{202b}\u{202a}\u{202c}\u{2067}\u{2069}",
        "\u{64b}\u{64c}",
        "ـــــ",
        "و",
        "ال",
        "وال",
        "لل",
        "ب",
        "(((((",
        "«»«»",
        "\"\"\"\"",
        "زار",
        "زار زار زار",
        "في في في في",
        "قال إن قال إن قال إن",
        "من قبل من قبل",
        "1/2/3/4/5/6",
        "99999999999999999999999999",
        "32/13/2024",
        "٠٠٠٠-٠٠-٠٠",
        "بين 5 و",
        "يوم",
        "منذ",
        "ﷲ ﷺ ﷼",
        "\u{10ffff}\u{1f600}👩‍👩‍👧",
        "زار\u{0}الوزير\u{0}باريس",
    ] {
        read(text);
        read(format!("زار الوزير المصري {text} أنقرة أمس"));
        read(format!("{text}زار الوزير المصري أنقرة أمس{text}"));
        alignment(text);
    }
}

#[test]
fn long_texts() {
    read("ا".repeat(500_000));
    read("زار الوزير ".repeat(20_000));
    read(format!(
        "{}زار الوزير المصري أنقرة{}",
        "«(\"".repeat(20_000),
        "\")»".repeat(20_000)
    ));
    read("\u{202b}ق\u{202c}\u{64e}".repeat(50_000));
    read("\n".repeat(200_000));
    read("5 ".repeat(100_000));
    read("5/".repeat(100_000));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn bytes(bytes in prop::collection::vec(any::<u8>(), 0..600)) {
        let text = String::from_utf8_lossy(&bytes);
        alignment(&text);
        read(text);
    }

    #[test]
    fn characters(text in any::<String>()) {
        alignment(&text);
        read(format!("زار الوزير {text} أنقرة"));
        read(text);
    }

    #[test]
    fn words_in_any_order(article in random_articles()) {
        alignment(&article.text);
        checks::read(&mut ENGINE.worker(), &article);
    }
}
