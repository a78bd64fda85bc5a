//! `cargo xtask examples`: what the test of the same name runs, without building anything.

use crate::Outcome;
use crate::data::{engine, list, sources};
use khaldun_engine::example;
use khaldun_lexicon::example::{Example, examples as all};

/// Runs the examples whose name contains `filter`.
pub fn examples(filter: &str) -> Outcome {
    let engine = engine()?;
    let all = all(&sources()?).map_err(|f| list(&f))?;
    let chosen: Vec<&Example> = all.iter().filter(|e| e.name.contains(filter)).collect();
    let (mut failed, mut todo) = (0, 0);
    for e in &chosen {
        todo += usize::from(e.todo.is_some());
        let alone = if e.event {
            example::run(&engine, e, true).map_err(|m| format!("alone: {m}"))
        } else {
            Ok(())
        };
        if let Err(message) = alone.and_then(|()| example::run(&engine, e, false)) {
            failed += 1;
            println!("{} (data/{}:{}) {message}", e.name, e.file, e.line);
        }
    }
    println!("{} examples, {failed} failed, {todo} todo", chosen.len());
    if failed > 0 {
        Err(format!("{failed} examples failed"))
    } else {
        Ok(())
    }
}
