//! One bench a stage, and the whole reading, over the articles of `khaldun demo`: `cargo bench -p khaldun-engine`.

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use khaldun_engine::frame::{self, Input};
use khaldun_engine::mention::{entity, quantity, time};
use khaldun_engine::morph::{self, Cache};
use khaldun_engine::sentence;
use khaldun_engine::text::Text;
use khaldun_engine::token::tokenize;
use khaldun_engine::weights::Weights;
use khaldun_engine::{Article, Engine};
use std::hint::black_box;

/// The demo articles, and their texts as one.
fn articles() -> (Vec<Article>, String) {
    let lines = include_str!("../../cli/demo/articles.jsonl");
    let articles: Vec<Article> = lines
        .lines()
        .map(|line| {
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
        })
        .collect();
    let text = articles.iter().map(|a| format!("{}\n{}\n", a.title, a.text)).collect();
    (articles, text)
}

fn stages(c: &mut Criterion) {
    let (articles, raw) = articles();
    let engine = Engine::bundled();
    let (lexicon, tables) = (engine.lexicon(), &engine.lexicon().tables);
    let weights = Weights::load(lexicon);
    let published = articles[0].published;

    let text = Text::normalize(&raw);
    let tokens = tokenize(&text);
    let sentences = sentence::split(&text, &tokens);
    let mut cache = Cache::default();
    let morphs = morph::analyze(&text, &tokens, lexicon, &mut cache);
    let times = time::find(&text, &tokens, &tables.time, published);
    let mut timed = vec![false; tokens.len()];
    times
        .iter()
        .flat_map(|t| t.tokens.clone())
        .for_each(|i| timed[i as usize] = true);
    let mentions = entity::find(&text, &tokens, &morphs, lexicon, None, &|i| timed[i]);
    let mut covered = vec![0; tokens.len()];
    for (k, m) in mentions.iter().enumerate() {
        covered[m.tokens.clone()].fill(k as u32 + 1);
    }
    let input = Input {
        text: &text,
        tokens: &tokens,
        morphs: &morphs,
        mentions: &mentions,
        covered: &covered,
        timed: &timed,
        lexicon,
        weights: &weights,
        only: None,
        trusting: false,
    };

    let mut group = c.benchmark_group("stages");
    group.throughput(Throughput::Bytes(raw.len() as u64)).sample_size(20);
    group.bench_function("normalize", |b| b.iter(|| Text::normalize(black_box(&raw))));
    group.bench_function("tokenize", |b| b.iter(|| tokenize(black_box(&text))));
    group.bench_function("sentences", |b| b.iter(|| sentence::split(black_box(&text), &tokens)));
    group.bench_function("morph, words known", |b| {
        b.iter(|| morph::analyze(black_box(&text), &tokens, lexicon, &mut cache))
    });
    group.bench_function("morph, words new", |b| {
        b.iter(|| morph::analyze(black_box(&text), &tokens, lexicon, &mut Cache::default()))
    });
    group.bench_function("times", |b| {
        b.iter(|| time::find(black_box(&text), &tokens, &tables.time, published))
    });
    group.bench_function("quantities", |b| {
        b.iter(|| {
            quantity::find(black_box(&text), &tokens, &tables.numbers, &tables.quantities, &|i| {
                timed[i]
            })
        });
    });
    group.bench_function("entities", |b| {
        b.iter(|| entity::find(black_box(&text), &tokens, &morphs, lexicon, None, &|i| timed[i]))
    });
    group.bench_function("frames", |b| {
        b.iter(|| {
            sentences
                .iter()
                .map(|s| frame::fill(black_box(&input), s, None).1.len())
                .sum::<usize>()
        });
    });
    let mut worker = engine.worker();
    group.bench_function("whole", |b| {
        b.iter(|| {
            articles
                .iter()
                .map(|a| worker.read(black_box(a)).events.len())
                .sum::<usize>()
        });
    });
    group.finish();
    c.bench_function("open the lexicon", |b| b.iter(Engine::bundled));
}

criterion_group!(benches, stages);
criterion_main!(benches);
