//! Prints the time expressions of documents, one JSON line each, and how fast they were found.
//!
//! `cargo run --release --example times -- DOCS.jsonl`

use khaldun_engine::mention::time::find;
use khaldun_engine::text::Text;
use khaldun_engine::token::tokenize;
use khaldun_lexicon::time::compile;
use serde_json::{Value, json};

fn main() {
    let path = std::env::args().nth(1).expect("the path of a file of documents");
    let data = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../data");
    let mut files = vec!["quantities/numbers.toml".to_owned()];
    files.extend(
        std::fs::read_dir(data.join("time"))
            .unwrap()
            .map(|e| format!("time/{}", e.unwrap().file_name().to_str().unwrap())),
    );
    let files: Vec<_> = files
        .into_iter()
        .map(|f| (f.clone(), std::fs::read_to_string(data.join(&f)).unwrap()))
        .collect();
    let table = compile(&files)
        .unwrap_or_else(|e| panic!("{}", e.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")));
    let (mut bytes, mut spent) = (0, std::time::Duration::ZERO);
    for line in std::fs::read_to_string(path).unwrap().lines() {
        let doc: Value = serde_json::from_str(line).unwrap();
        let field = |k: &str| doc[k].as_str().unwrap_or_default();
        let raw = format!("{}\n{}", field("title"), field("text"));
        let text = Text::normalize(&raw);
        let tokens = tokenize(&text);
        let start = std::time::Instant::now();
        let times = find(&text, &tokens, &table, field("published").parse().ok());
        spent += start.elapsed();
        bytes += raw.len();
        let times: Vec<Value> = times
            .iter()
            .map(|t| {
                json!({"text": text.slice(t.span), "type": t.kind, "from": t.from.map(|d| d.to_string()), "to": t.to.map(|d| d.to_string()),
                       "duration": t.duration, "entry": table.entries[t.entry as usize].id, "conflict": t.conflict})
            })
            .collect();
        println!("{}", json!({"doc_id": field("id"), "times": times}));
    }
    eprintln!(
        "{:.1} MB/s, {} nodes, {} entries",
        bytes as f64 / 1e6 / spent.as_secs_f64(),
        table.nodes.len(),
        table.entries.len()
    );
}
