//! `cargo xtask read`, `outline` and `trace`: what the engine makes of a text.

use crate::Outcome;
use crate::data::engine;
use khaldun_engine::{Article, example};
use std::path::Path;

/// The documents of a JSONL file.
pub fn articles(file: &Path) -> Result<Vec<Article>, String> {
    let content = std::fs::read_to_string(file).map_err(|e| format!("{}: {e}", file.display()))?;
    let article = |(n, line): (usize, &str)| {
        let doc: serde_json::Value =
            serde_json::from_str(line).map_err(|e| format!("{}:{}: {e}", file.display(), n + 1))?;
        let text = |key: &str| doc[key].as_str().unwrap_or("").to_owned();
        let published = text("published").parse().ok();
        Ok(Article {
            id: text("id"),
            outlet: text("outlet"),
            published,
            title: text("title"),
            text: text("text"),
        })
    };
    content
        .lines()
        .enumerate()
        .filter(|(_, line)| !line.trim().is_empty())
        .map(article)
        .collect()
}

/// Codes a file, or the document `id` of it, and prints the records.
pub fn read(file: &str, id: Option<&str>) -> Outcome {
    let engine = engine()?;
    let mut worker = engine.worker();
    let mut out = String::new();
    for article in articles(Path::new(file))? {
        if id.is_some_and(|i| i != article.id) {
            continue;
        }
        for record in worker.read(&article).events {
            out.push_str(&serde_json::to_string(&record).map_err(|e| e.to_string())?);
            out.push('\n');
        }
    }
    print!("{out}");
    Ok(())
}

/// Prints what each stage makes of a sentence.
pub fn outline(text: &str) -> Outcome {
    print!("{}", engine()?.worker().outline(&sentence(text)));
    Ok(())
}

/// Prints the events of a sentence with their traces.
pub fn trace(text: &str) -> Outcome {
    let engine = engine()?;
    for e in engine.worker().read(&sentence(text)).events {
        println!("{} {:?}", e.event_type, e.aux);
        for w in &e.why {
            println!("  {w}");
        }
    }
    Ok(())
}

fn sentence(text: &str) -> Article {
    Article {
        id: "1".into(),
        published: example::NOW.parse().ok(),
        text: text.into(),
        ..Article::default()
    }
}
