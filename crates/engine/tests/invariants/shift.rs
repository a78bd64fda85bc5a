//! Invariant 4: put something before the article, and every span shifts by its length; nothing else changes.
//!
//! Whether a predicate is taken for an event depends on its place in the article (`event.lead`, `event.late` in `data/weights.toml`), by design; with these
//! two weights at zero, nothing may depend on it. With them, what is put before must hold no sentence.

use crate::checks;
use crate::demo::{articles, random_articles};
use khaldun_engine::{Article, Engine, Record};
use khaldun_lexicon::Sources;
use proptest::prelude::*;
use std::path::Path;
use std::sync::LazyLock;

/// A word and a paragraph without party, time or act: "something", "a blue book on a wooden table beside the wall".
const NEUTRAL: [&str; 2] = ["شيء.\n", "شيء.\nكتاب أزرق على طاولة خشبية بجانب الجدار.\n"];
/// Nothing at all, at length.
const NOTHING: [&str; 3] = ["\n", "\u{200f} \u{202b}\u{202c}\t\n\n", "\u{feff}\u{64b}ـ\n \n"];

static BUNDLED: LazyLock<Engine> = LazyLock::new(Engine::bundled);

/// The engine without the two weights.
static PLACELESS: LazyLock<Engine> = LazyLock::new(|| {
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../data");
    let mut sources = Sources::read(&data).expect("the folder data/ can be read");
    let weights = sources
        .0
        .iter_mut()
        .find(|(name, _)| name == "weights.toml")
        .expect("data/weights.toml");
    let stay = |line: &&str| !["\"event.lead\"", "\"event.late\""].iter().any(|w| line.starts_with(w));
    weights.1 = weights.1.lines().filter(stay).collect::<Vec<_>>().join("\n");
    Engine::open(khaldun_lexicon::compile(&sources).expect("the data compile")).expect("the lexicon opens")
});

/// A record without its place: everything that may not change, and the spans.
fn parts(e: &Record) -> (Vec<(u32, u32)>, Record) {
    let mut rest = e.clone();
    let mut spans = vec![
        (e.evidence.start, e.evidence.end),
        (e.evidence.trigger.start, e.evidence.trigger.end),
    ];
    spans.extend(e.actor.iter().chain(&e.recipient).map(|p| (p.start, p.end)));
    for p in rest.actor.iter_mut().chain(&mut rest.recipient) {
        (p.start, p.end) = (0, 0);
    }
    rest.evidence.sentence = 0;
    // "told again in sentence 4" counts sentences too.
    for line in &mut rest.why {
        if let Some((head, _)) = line.rsplit_once(" in sentence ") {
            *line = head.to_owned();
        }
    }
    (
        rest.evidence.start,
        rest.evidence.end,
        rest.evidence.trigger.start,
        rest.evidence.trigger.end,
    ) = (0, 0, 0, 0);
    (spans, rest)
}

fn shifted(engine: &Engine, article: &Article, prefix: &str) {
    let mut worker = engine.worker();
    let text = format!("{prefix}{}", article.text);
    let before = checks::read(&mut worker, article);
    let after = checks::read(
        &mut worker,
        &Article {
            text,
            ..article.clone()
        },
    );
    // The title stays where it is.
    let body = article.title.chars().count() as u32 + 1;
    let by = prefix.chars().count() as u32;
    let shift = |at: u32| if at >= body { at + by } else { at };
    assert_eq!(
        before.len(),
        after.len(),
        "events of {} behind {prefix:?}:\n{before:#?}\n{after:#?}",
        article.id
    );
    for (b, a) in before.iter().zip(&after) {
        let ((b_spans, b_rest), (a_spans, a_rest)) = (parts(b), parts(a));
        assert_eq!(b_rest, a_rest, "{} behind {prefix:?}", article.id);
        for (b, a) in b_spans.iter().zip(&a_spans) {
            assert_eq!(
                (shift(b.0), shift(b.1 - 1) + 1),
                *a,
                "a span of {} behind {prefix:?}",
                article.id
            );
        }
    }
}

#[test]
fn what_stands_before_neither_adds_nor_holds_anything() {
    for text in NEUTRAL {
        let article = Article {
            id: "neutral".into(),
            text: text.into(),
            ..Article::default()
        };
        assert!(BUNDLED.worker().read(&article).events.is_empty());
        let found = BUNDLED.worker().mentions(&article);
        assert!(
            found.entities.is_empty() && found.times.is_empty() && found.quantities.is_empty(),
            "{found:?}"
        );
    }
}

#[test]
fn blank_lines_before_the_text_shift_every_span_and_change_nothing_else() {
    for article in articles() {
        for prefix in NOTHING {
            shifted(&BUNDLED, &article, prefix);
        }
    }
}

#[test]
fn a_word_and_a_paragraph_before_the_text_shift_every_span_and_change_nothing_else() {
    for article in articles() {
        for prefix in NEUTRAL {
            shifted(&PLACELESS, &article, prefix);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_behind_blank_lines(article in random_articles(), prefix in prop::sample::select(NOTHING.to_vec())) {
        shifted(&BUNDLED, &article, prefix);
    }

    #[test]
    fn any_text_behind_a_paragraph(article in random_articles(), prefix in prop::sample::select(NEUTRAL.to_vec())) {
        shifted(&PLACELESS, &article, prefix);
    }
}
