//! Runs the examples of the data: each against its entry alone and against the whole lexicon.

use crate::{Article, Engine, Record};
use khaldun_lexicon::example::Example;

/// The day on which all examples are published.
pub const NOW: &str = "2024-05-15";

/// Runs an example. `alone`: with no other event entry than its own. An example marked `todo` must still fail, alone or with the whole lexicon.
///
/// # Errors
/// What was expected and what was found, in one line.
pub fn run(engine: &Engine, example: &Example, alone: bool) -> Result<(), String> {
    let Some(why) = &example.todo else {
        return holds(engine, example, alone);
    };
    let fails = holds(engine, example, false).is_err() || example.event && holds(engine, example, true).is_err();
    if alone || fails {
        Ok(())
    } else {
        Err(format!("it holds now: take `todo` away ({why})"))
    }
}

fn holds(engine: &Engine, example: &Example, alone: bool) -> Result<(), String> {
    let tables = &engine.lexicon().tables;
    let entry = tables
        .entries
        .iter()
        .position(|e| e.id == example.id && tables.files[e.file as usize] == example.file);
    let engine = match (alone, entry) {
        (true, Some(e)) if example.counter => engine.only(e as u32),
        (true, Some(e)) => engine.only(e as u32).trusting(),
        _ => engine.clone(),
    };
    let article = Article {
        id: "example".into(),
        published: NOW.parse().ok(),
        text: example.text.clone(),
        ..Article::default()
    };
    let events = engine.worker().read(&article).events;
    let found = || events.iter().map(show).collect::<Vec<_>>().join("; ");
    let from_entry = |e: &Record| {
        let mark = format!(": {} (data/{}:", example.id, example.file);
        e.why.first().is_some_and(|w| w.contains(&mark))
    };
    if example.counter {
        return match events.iter().find(|e| from_entry(e)) {
            Some(e) => Err(format!("«{}» must yield nothing here, found {}", example.text, show(e))),
            None => Ok(()),
        };
    }
    // An entry of stance/ may leave the type open: some event must then have the parties and sources that are marked.
    let kind = example.kind.as_deref();
    let right = |e: &&Record| kind.is_none_or(|k| e.event_type == k) && fits(e, example);
    if events.iter().any(|e| right(&e)) {
        Ok(())
    } else {
        let kind = kind.unwrap_or("an event");
        Err(format!(
            "«{}»: wanted {kind} {:?}, found [{}]",
            example.text,
            wanted(example),
            found()
        ))
    }
}

fn fits(e: &Record, example: &Example) -> bool {
    let sides = example.marks.iter().all(|(role, range)| {
        let overlaps = |start: u32, end: u32| start < range.end && range.start < end;
        match role.as_str() {
            "actor" => e.actor.iter().any(|p| overlaps(p.start, p.end)),
            "recipient" => {
                e.recipient.iter().any(|p| overlaps(p.start, p.end))
                    || symmetric(e) && e.actor.iter().any(|p| overlaps(p.start, p.end))
            }
            "source" => {
                let words: String = chars(&example.text, range);
                e.attributed_to
                    .iter()
                    .any(|a| a.text.contains(&words) || words.contains(&a.text))
            }
            _ => true,
        }
    });
    sides
        && example.mode.iter().all(|m| e.mode.contains(m))
        && example.aux.as_ref().is_none_or(|a| e.aux == *a)
        && example.certainty.as_ref().is_none_or(|c| e.certainty == c)
        && example
            .attributed
            .as_ref()
            .is_none_or(|a| e.attributed_to.iter().any(|s| s.text.contains(a.as_str())))
}

/// Several actors and no recipient: both sides of a mutual act.
fn symmetric(e: &Record) -> bool {
    e.actor.len() > 1 && e.recipient.is_empty()
}

fn wanted(example: &Example) -> Vec<String> {
    example
        .marks
        .iter()
        .map(|(role, r)| {
            let words: String = example
                .text
                .chars()
                .skip(r.start as usize)
                .take((r.end - r.start) as usize)
                .collect();
            format!("{role} {words}")
        })
        .collect()
}

fn chars(text: &str, range: &std::ops::Range<u32>) -> String {
    text.chars()
        .skip(range.start as usize)
        .take((range.end - range.start) as usize)
        .collect()
}

fn show(e: &Record) -> String {
    let side = |p: &[crate::record::Party]| p.iter().map(|p| p.text.clone()).collect::<Vec<_>>().join(" + ");
    format!(
        "{} ({}) → ({}) «{}» {:?}",
        e.event_type,
        side(&e.actor),
        side(&e.recipient),
        e.evidence.trigger.text,
        e.aux
    )
}
