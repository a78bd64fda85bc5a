//! Invariant 5, for time: a text twice as long costs about twice as much, whatever it is made of.

use crate::demo::articles;
use khaldun_engine::{Article, Engine};
use std::time::Instant;

/// Double the text may cost at most this many times as much.
const RATIO: f64 = 2.8;
/// A ratio counts only if the longer text took this many seconds.
const MEASURABLE: f64 = 0.02;

/// Seconds that this thread has computed (elsewhere than on Linux, seconds of the clock).
fn seconds(start: Instant) -> f64 {
    let spent = std::fs::read_to_string("/proc/thread-self/schedstat").ok();
    let nanoseconds = spent.and_then(|s| s.split(' ').next()?.parse::<f64>().ok());
    nanoseconds.map_or_else(|| start.elapsed().as_secs_f64(), |n| n / 1e9)
}

fn cost(engine: &Engine, text: String) -> f64 {
    let article = Article {
        id: "1".into(),
        published: "2024-05-15".parse().ok(),
        text,
        ..Article::default()
    };
    let mut worker = engine.worker();
    worker.read(&Article {
        text: article.text.chars().take(5_000).collect(),
        ..article.clone()
    });
    let start = Instant::now();
    let before = seconds(start);
    worker.read(&article);
    seconds(start) - before
}

#[test]
fn cost_grows_with_the_length_and_not_with_its_square() {
    let engine = Engine::bundled();
    let demo: Vec<String> = articles().into_iter().map(|a| a.text).collect();
    let prose = demo.join("\n");
    let unstopped = prose.replace(['.', '؟', '!', '؛', '\n'], " ");
    let lines = prose.replace([' ', '،'], "\n");
    let shapes: Vec<(&str, String)> = vec![
        ("articles", prose),
        ("one sentence without a full stop", unstopped),
        ("a word a line", lines),
        ("one event over and over", "زار وزير الخارجية المصري أنقرة أمس. ".into()),
        (
            "one event over and over, no full stop",
            "زار وزير الخارجية المصري أنقرة أمس و".into(),
        ),
        ("verbs only", "قتل قصف هاجم زار ".into()),
        ("saying within saying", "قال الوزير إن الرئيس أعلن أن ".into()),
        ("verbal nouns in a row", "محاولة منع استمرار قصف ".into()),
        ("states in a row", "مصر وسوريا ولبنان والأردن و".into()),
        ("names in a row", "محمد علي حسن عبد الله ".into()),
        ("titles in a row", "رئيس وزير قائد مدير ".into()),
        ("opening brackets", "«(\" زار ".into()),
        ("commas", "، زار ، الوزير ".into()),
        ("numbers in words", "ثلاثة وثلاثون ألفا وخمسمئة و".into()),
        ("digits", "15 - 20 / 3 و".into()),
        ("times", "يوم الأحد الماضي من بين ".into()),
        ("prepositions", "في من على إلى عن ".into()),
        ("pronouns", "هو معه وهم إليها ".into()),
        ("relative clauses", "الوزير الذي زار الرئيس الذي ".into()),
        ("one long word", "المستشفيات".into()),
        ("marks", "\u{64e}\u{200f}ـ".into()),
        ("full stops", ". ".into()),
    ];
    let mut wrong = Vec::new();
    for (name, shape) in shapes {
        let text = |bytes: usize| shape.repeat(bytes.div_ceil(shape.len()));
        // Long enough to be measured, from 32 kB on.
        let (mut bytes, mut once) = (32_000, cost(&engine, text(32_000)));
        while once < MEASURABLE && bytes < 1_000_000 {
            bytes *= 2;
            once = cost(&engine, text(bytes));
        }
        if once < MEASURABLE {
            continue;
        }
        let mut least = f64::INFINITY;
        for _ in 0..3 {
            least = least.min(cost(&engine, text(2 * bytes)) / cost(&engine, text(bytes)));
            if least <= RATIO {
                break;
            }
        }
        println!(
            "{name}: {:.1} MB/s, double costs {least:.1} times",
            bytes as f64 / 1e6 / once
        );
        if least > RATIO {
            wrong.push(format!(
                "{name}: {bytes} bytes take {once:.2} s, twice that {least:.1} times as long"
            ));
        }
    }
    assert!(
        wrong.is_empty(),
        "the cost of a text grows with the square of its length:\n{}",
        wrong.join("\n")
    );
}
