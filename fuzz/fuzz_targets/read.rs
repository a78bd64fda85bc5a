//! Any bytes as an article, with the checks of `crates/engine/tests/checks`. The first line is the title.
#![no_main]

#[path = "../../crates/engine/tests/checks/mod.rs"]
mod checks;

use khaldun_engine::{Article, Engine};
use libfuzzer_sys::fuzz_target;
use std::sync::LazyLock;

static ENGINE: LazyLock<Engine> = LazyLock::new(Engine::bundled);

fuzz_target!(|bytes: &[u8]| {
    let all = String::from_utf8_lossy(bytes);
    let (title, text) = all.split_once('\n').unwrap_or(("", &all));
    let published = "2024-05-15".parse().ok();
    let article = Article {
        id: "fuzz".into(),
        published,
        title: title.into(),
        text: text.into(),
        ..Article::default()
    };
    checks::read(&mut ENGINE.worker(), &article);
});
