//! Any bytes as a file: its kind is told by the first byte, the rest is decoded, cut into title and text, and read.
#![no_main]

#[path = "../../crates/engine/tests/checks/mod.rs"]
mod checks;

use khaldun_cli::input::{Defaults, Kind, Place, Raw, parse};
use khaldun_engine::Engine;
use libfuzzer_sys::fuzz_target;
use std::sync::LazyLock;

static ENGINE: LazyLock<Engine> = LazyLock::new(Engine::bundled);

fuzz_target!(|bytes: &[u8]| {
    let Some((first, rest)) = bytes.split_first() else {
        return;
    };
    let kind = [Kind::Text, Kind::Html, Kind::Json][*first as usize % 3];
    let raw = Raw {
        place: Place {
            file: "fuzz".into(),
            line: None,
        },
        kind,
        id: "fuzz".into(),
        bytes: rest.to_vec(),
    };
    if let Ok(doc) = parse(raw, &Defaults::default()) {
        checks::read(&mut ENGINE.worker(), &doc.article);
    }
});
