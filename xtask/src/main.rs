//! What a developer runs: `cargo xtask check | examples [FILTER] | read FILE | score`.

use khaldun_engine::{Article, Engine, example};
use khaldun_lexicon::example::Example;
use khaldun_lexicon::{Sources, compile};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Instant;

const HELP: &str = "\
cargo xtask COMMAND

  check               checks and compiles data/, prints every fault with file and line
  examples [FILTER]   runs the examples of data/ whose name contains FILTER, alone and together
  read FILE [ID]      codes a JSONL file of documents, one record a line (the document ID only)
  outline TEXT        prints what each stage makes of a sentence
  trace TEXT          codes one sentence and prints the trace of each event
";

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let rest: Vec<&str> = args.iter().skip(1).map(String::as_str).collect();
    let result = match args.first().map(String::as_str) {
        Some("check") => check(),
        Some("examples") => examples(rest.first().copied().unwrap_or("")),
        Some("read") => read(rest.first().copied().unwrap_or("-"), rest.get(1).copied()),
        Some("outline") => outline(&rest.join(" ")),
        Some("trace") => trace(&rest.join(" ")),
        _ => {
            print!("{HELP}");
            Ok(())
        }
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("{message}");
            ExitCode::FAILURE
        }
    }
}

/// The repository's root.
fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

fn sources() -> Result<Sources, String> {
    let data = root().join("data");
    Sources::read(&data).map_err(|e| format!("{}: {e}", data.display()))
}

fn engine() -> Result<Engine, String> {
    let bytes = compile(&sources()?).map_err(|faults| {
        let list: Vec<String> = faults.iter().map(ToString::to_string).collect();
        format!("{}\n{} faults", list.join("\n"), list.len())
    })?;
    Engine::open(bytes).map_err(|e| e.to_string())
}

fn check() -> Result<(), String> {
    let start = Instant::now();
    let engine = engine()?;
    let t = &engine.lexicon().tables;
    println!(
        "{} entries, {} forms, {} states, {} people, {} bodies, {} heads, {} places; compiled in {:.1} s",
        t.entries.len(),
        engine.lexicon().len(),
        t.states.len(),
        t.people.len(),
        t.bodies.len(),
        t.heads.len(),
        t.places.len(),
        start.elapsed().as_secs_f32()
    );
    Ok(())
}

fn examples(filter: &str) -> Result<(), String> {
    let engine = engine()?;
    let all = khaldun_lexicon::example::examples(&sources()?)
        .map_err(|f| f.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"))?;
    let chosen: Vec<&Example> = all.iter().filter(|e| e.name.contains(filter)).collect();
    let (mut failed, mut todo) = (0, 0);
    for e in &chosen {
        todo += usize::from(e.todo.is_some());
        let alone = if e.event { example::run(&engine, e, true).map_err(|m| format!("alone: {m}")) } else { Ok(()) };
        if let Err(message) = alone.and_then(|()| example::run(&engine, e, false)) {
            failed += 1;
            println!("{} (data/{}:{}) {message}", e.name, e.file, e.line);
        }
    }
    println!("{} examples, {failed} failed, {todo} todo", chosen.len());
    if failed > 0 { Err(format!("{failed} examples failed")) } else { Ok(()) }
}

fn read(file: &str, id: Option<&str>) -> Result<(), String> {
    let engine = engine()?;
    let mut worker = engine.worker();
    let content = std::fs::read_to_string(file).map_err(|e| format!("{file}: {e}"))?;
    let mut out = String::new();
    for line in content.lines() {
        let doc: serde_json::Value = serde_json::from_str(line).map_err(|e| e.to_string())?;
        let text = |key: &str| doc[key].as_str().unwrap_or("").to_owned();
        if id.is_some_and(|i| i != text("id")) {
            continue;
        }
        let article = Article {
            id: text("id"),
            outlet: text("outlet"),
            published: text("published").parse().ok(),
            title: text("title"),
            text: text("text"),
        };
        if std::env::var_os("CANDIDATES").is_some() {
            for (e, f) in worker.candidates(&article) {
                let mut v = serde_json::to_value(&e).map_err(|e| e.to_string())?;
                v["features"] = serde_json::json!(f);
                out.push_str(&v.to_string());
                out.push('\n');
            }
            continue;
        }
        for e in worker.read(&article).events {
            out.push_str(&serde_json::to_string(&e).map_err(|e| e.to_string())?);
            out.push('\n');
        }
    }
    print!("{out}");
    Ok(())
}

fn outline(text: &str) -> Result<(), String> {
    let article = Article { id: "1".into(), published: example::NOW.parse().ok(), text: text.into(), ..Article::default() };
    print!("{}", engine()?.worker().outline(&article));
    Ok(())
}

fn trace(text: &str) -> Result<(), String> {
    let engine = engine()?;
    let article = Article { id: "1".into(), published: example::NOW.parse().ok(), text: text.into(), ..Article::default() };
    for e in engine.worker().read(&article).events {
        println!("{} {:?}", e.event_type, e.aux);
        for w in &e.why {
            println!("  {w}");
        }
    }
    Ok(())
}
