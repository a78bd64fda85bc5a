//! Invariant 3, second half: the same input and the same lexicon give the same bytes, from a worker that has read other things, from a fresh one,
//! from another thread.

use crate::demo::articles;
use khaldun_engine::{Article, Engine, Worker};

fn bytes(worker: &mut Worker, article: &Article) -> String {
    let reading = worker.read(article);
    format!(
        "{}{:?}",
        serde_json::to_string(&reading.events).expect("records are JSON"),
        reading.notes
    )
}

#[test]
fn same_input_same_bytes() {
    let engine = Engine::bundled();
    let articles = articles();
    let mut worker = engine.worker();
    let once: Vec<String> = articles.iter().map(|a| bytes(&mut worker, a)).collect();
    let mut again: Vec<String> = articles.iter().rev().map(|a| bytes(&mut worker, a)).collect();
    again.reverse();
    assert_eq!(once, again, "read again, in another order");
    let fresh: Vec<String> = articles.iter().map(|a| bytes(&mut engine.worker(), a)).collect();
    assert_eq!(once, fresh, "by fresh workers");
    let other = std::thread::spawn({
        let articles = articles.clone();
        move || {
            let mut worker = Engine::bundled().worker();
            articles.iter().map(|a| bytes(&mut worker, a)).collect::<Vec<_>>()
        }
    });
    assert_eq!(
        once,
        other.join().expect("the other thread reads too"),
        "in another thread"
    );
}
