//! Every example of `data/` is a test of its own, named after its file, its entry and its place: `assault-bombing::qasafa::1`,
//! `assault-bombing::qasafa::counter-1`, `time::days::yesterday::1`, `units::casualties::2`.
//!
//! An event example is run with no other event entry than its own, and then against the whole lexicon: does a neighbour steal it? Run some:
//! `cargo test -p khaldun-engine --test examples -- qasafa`.

use khaldun_engine::mention::time::{Time, TimeKind};
use khaldun_engine::mention::{number, quantity, time};
use khaldun_engine::text::Text;
use khaldun_engine::token::tokenize;
use khaldun_engine::{Engine, example};
use khaldun_lexicon::example::Example;
use khaldun_lexicon::number::NumberExample;
use khaldun_lexicon::quantity::QuantityExample;
use khaldun_lexicon::time::TimeExample;
use khaldun_lexicon::{DataError, Sources};
use libtest_mimic::{Arguments, Failed, Trial};
use std::collections::BTreeMap;
use std::path::Path;
use std::process::ExitCode;

fn main() -> ExitCode {
    let arguments = Arguments::from_args();
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../data");
    let sources = Sources::read(&data).expect("the folder data/ can be read");
    let engine = Engine::bundled();
    let mut trials = Vec::new();
    for e in khaldun_lexicon::example::examples(&sources).unwrap_or_else(|f| broken(&f)) {
        let engine = engine.clone();
        trials.push(Trial::test(e.name.clone(), move || event(&engine, &e)));
    }
    let times = khaldun_lexicon::time::examples(&sources.below("time/")).unwrap_or_else(|f| broken(&f));
    let named = number_each(times, |e| format!("time::{}::{}", stem(&e.file), e.entry));
    trials.extend(named.into_iter().map(|(name, e)| {
        let engine = engine.clone();
        Trial::test(name, move || expression(&engine, &e))
    }));
    for (file, content) in sources.below("quantities/units") {
        let examples = khaldun_lexicon::quantity::examples(&file, &content).unwrap_or_else(|f| broken(&[f]));
        let named = number_each(examples, |_| format!("quantities::{}", stem(&file)));
        trials.extend(named.into_iter().map(|(name, e)| {
            let (engine, file) = (engine.clone(), file.clone());
            Trial::test(name, move || count(&engine, &file, &e))
        }));
    }
    for (file, content) in sources.below("quantities/numbers") {
        let examples = khaldun_lexicon::number::examples(&file, &content).unwrap_or_else(|f| broken(&f));
        let named = number_each(examples, |_| format!("quantities::{}", stem(&file)));
        trials.extend(named.into_iter().map(|(name, e)| {
            let (engine, file) = (engine.clone(), file.clone());
            Trial::test(name, move || number_word(&engine, &file, &e))
        }));
    }
    libtest_mimic::run(&arguments, trials).exit_code()
}

fn broken<T>(faults: &[DataError]) -> T {
    panic!(
        "{}",
        faults.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
    )
}

fn stem(file: &str) -> &str {
    file.rsplit('/').next().unwrap_or(file).trim_end_matches(".toml")
}

/// Numbers the examples that share a name.
fn number_each<T>(examples: Vec<T>, name: impl Fn(&T) -> String) -> Vec<(String, T)> {
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    let numbered = examples.into_iter().map(|e| {
        let name = name(&e);
        let n = seen.entry(name.clone()).and_modify(|n| *n += 1).or_insert(1);
        (format!("{name}::{n}"), e)
    });
    numbered.collect()
}

fn event(engine: &Engine, e: &Example) -> Result<(), Failed> {
    let at = format!("data/{}:{}", e.file, e.line);
    if e.event {
        example::run(engine, e, true).map_err(|m| format!("{at} with its entry alone: {m}"))?;
    }
    example::run(engine, e, false).map_err(|m| format!("{at} against the whole lexicon: {m}"))?;
    Ok(())
}

fn expression(engine: &Engine, e: &TimeExample) -> Result<(), Failed> {
    let text = Text::normalize(&e.text);
    let now = e
        .now
        .as_ref()
        .map(|n| {
            n.parse()
                .map_err(|_| format!("data/{}:{}: `now` is no day", e.file, e.line))
        })
        .transpose()?;
    let found = time::find(&text, &tokenize(&text), &engine.lexicon().tables.time, now);
    let found: Vec<String> = found
        .iter()
        .map(|t| format!("{} = {}", text.slice(t.span), value(t)))
        .collect();
    let wanted = if e.is == "nothing" {
        vec![]
    } else {
        vec![format!("{} = {}", e.marked, e.is)]
    };
    same(&e.file, e.line, &e.text, &wanted, &found)
}

fn value(time: &Time) -> String {
    match (time.kind, time.from, time.to) {
        (TimeKind::Date, Some(a), Some(b)) if a == b => a.to_string(),
        (TimeKind::Date, Some(a), Some(b)) => format!("{a}/{b}"),
        (TimeKind::Date, ..) => "unresolved".to_owned(),
        (TimeKind::Duration, ..) => time.duration.clone().unwrap_or_default(),
        (TimeKind::Set, ..) => "set".to_owned(),
        (TimeKind::Ref, ..) => "ref".to_owned(),
    }
}

fn count(engine: &Engine, file: &str, e: &QuantityExample) -> Result<(), Failed> {
    let text = Text::normalize(&e.text);
    let tables = &engine.lexicon().tables;
    let found = quantity::find(&text, &tokenize(&text), &tables.numbers, &tables.quantities, &|_| false);
    let show = |q: &quantity::Quantity| {
        let count = match (q.min, q.max) {
            (Some(a), Some(b)) if a == b => format!("{a}"),
            (Some(a), Some(b)) => format!("{a}-{b}"),
            (Some(a), None) => format!("{a}+"),
            (None, Some(b)) => format!("<{b}"),
            (None, None) => "?".to_owned(),
        };
        format!("{count} {}", q.unit).trim_end().to_owned()
    };
    let found: Vec<String> = found.iter().map(show).collect();
    same(file, e.line, &e.text, &e.is, &found)
}

fn number_word(engine: &Engine, file: &str, e: &NumberExample) -> Result<(), Failed> {
    let text = Text::normalize(&e.text);
    let found = number::parse(&text, &tokenize(&text), 0, &engine.lexicon().tables.numbers);
    let found: Vec<String> = found
        .iter()
        .map(|n| format!("{} to {:?}", n.value_min, n.value_max))
        .collect();
    same(file, e.line, &e.text, &[format!("{} to {:?}", e.min, e.max)], &found)
}

fn same(file: &str, line: u32, text: &str, wanted: &[String], found: &[String]) -> Result<(), Failed> {
    if wanted == found {
        Ok(())
    } else {
        Err(format!("data/{file}:{line} «{text}»: wanted {wanted:?}, found {found:?}").into())
    }
}
