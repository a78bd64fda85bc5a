//! What must hold of every reading, whatever the text: shared by the invariants, the fuzz minute and the fuzz target.

use khaldun_engine::{Article, Record, Worker};

/// Reads an article with all checks; gives the records back.
///
/// # Panics
/// If a span, an id or a field is not as the codebook has it.
pub fn read(worker: &mut Worker, article: &Article) -> Vec<Record> {
    let reading = worker.read(article);
    let raw: Vec<char> = format!("{}\n{}", article.title, article.text).chars().collect();
    for event in &reading.events {
        check(event, article, &raw);
    }
    let mut ids: Vec<&str> = reading.events.iter().map(|e| e.id.as_str()).collect();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), reading.events.len(), "two events have one id");
    reading.events
}

fn check(e: &Record, article: &Article, raw: &[char]) {
    let slice = |start: u32, end: u32| -> String {
        assert!(
            start < end && end as usize <= raw.len(),
            "span {start}..{end} in a text of {} characters: {e:?}",
            raw.len()
        );
        raw[start as usize..end as usize].iter().collect()
    };
    assert_eq!(e.doc_id, article.id);
    assert_eq!(e.evidence.text, slice(e.evidence.start, e.evidence.end), "evidence");
    let trigger = &e.evidence.trigger;
    assert_eq!(trigger.text, slice(trigger.start, trigger.end), "trigger");
    assert!(
        e.evidence.start <= trigger.start && trigger.end <= e.evidence.end,
        "the trigger is outside its sentence: {e:?}"
    );
    for p in e.actor.iter().chain(&e.recipient) {
        assert_eq!(p.text, slice(p.start, p.end), "a party's words");
    }
    let known = ["negation", "hypothetical", "future", "historical"];
    assert!(e.aux.iter().all(|a| known.contains(a)), "aux {:?}", e.aux);
    assert!(
        ["certain", "probable", "possible"].contains(&e.certainty),
        "certainty {}",
        e.certainty
    );
    assert!((1..=4).contains(&e.quad_code), "quad class {}", e.quad_code);
    let day = |d: &Option<String>| {
        d.as_ref()
            .map(|d| d.parse::<jiff::civil::Date>().unwrap_or_else(|_| panic!("no day: {d}")))
    };
    let (first, last) = (day(&e.date), day(&e.enddate));
    assert!(
        first.is_some() == last.is_some() && first <= last,
        "from {first:?} to {last:?}"
    );
    assert_eq!(first.is_none(), e.date_basis == "none", "basis {}", e.date_basis);
    assert!(!e.why.is_empty() && e.id.len() == 16);
}
