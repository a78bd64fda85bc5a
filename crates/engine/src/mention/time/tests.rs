use super::*;
use crate::token::tokenize;
use khaldun_lexicon::time;

fn files() -> Vec<(String, String)> {
    let data = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../data");
    let mut out = vec!["quantities/numbers.toml".to_owned()];
    for entry in std::fs::read_dir(data.join("time")).unwrap() {
        out.push(format!("time/{}", entry.unwrap().file_name().to_str().unwrap()));
    }
    out.sort();
    out.into_iter()
        .map(|f| (f.clone(), std::fs::read_to_string(data.join(&f)).unwrap()))
        .collect()
}

fn table() -> TimeTable {
    time::compile(&files())
        .unwrap_or_else(|e| panic!("{}", e.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")))
}

fn show(time: &Time) -> String {
    match time.kind {
        TimeKind::Date => match (time.from, time.to) {
            (Some(a), Some(b)) if a == b => a.to_string(),
            (Some(a), Some(b)) => format!("{a}/{b}"),
            _ => "unresolved".to_owned(),
        },
        TimeKind::Duration => time.duration.clone().unwrap_or_default(),
        TimeKind::Set => "set".to_owned(),
        TimeKind::Ref => "ref".to_owned(),
    }
}

#[test]
fn every_example_is_read() {
    let table = table();
    let mut wrong = Vec::new();
    for example in time::examples(&files()).unwrap() {
        let text = Text::normalize(&example.text);
        let now = example.now.as_ref().map(|n| n.parse().unwrap());
        let got: Vec<String> = find(&text, &tokenize(&text), &table, now)
            .iter()
            .map(|t| format!("{} = {}", text.slice(t.span), show(t)))
            .collect();
        let want = if example.is == "nothing" {
            vec![]
        } else {
            vec![format!("{} = {}", example.marked, example.is)]
        };
        if got != want {
            wrong.push(format!(
                "{}:{} {}: {}\n    want {want:?}\n    got  {got:?}",
                example.file, example.line, example.entry, example.text
            ));
        }
    }
    assert!(wrong.is_empty(), "{} wrong\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn no_soup_of_words_makes_it_fail() {
    let table = table();
    let words: Vec<String> = table
        .symbols
        .as_slice()
        .iter()
        .cloned()
        .chain(
            [
                "2017",
                "31",
                "12.5.2017",
                "/",
                "-",
                "(",
                ")",
                ",",
                "\n",
                "99999",
                "0",
                "3",
                "15",
                "1440",
            ]
            .map(str::to_owned),
        )
        .collect();
    let mut seed = 7u64;
    for _ in 0..3000 {
        let mut soup = String::new();
        for _ in 0..30 {
            seed = seed.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
            let r = (seed >> 33) as usize;
            if r.is_multiple_of(7) {
                soup.push_str(&table.proclitics[r % table.proclitics.len()]);
            }
            soup.push_str(&words[r / 7 % words.len()]);
            if !r.is_multiple_of(5) {
                soup.push(' ');
            }
        }
        let text = Text::normalize(&soup);
        let tokens = tokenize(&text);
        for published in [
            None,
            Some(Date::MIN),
            Some(Date::MAX),
            Some(jiff::civil::date(2017, 2, 28)),
        ] {
            let times = find(&text, &tokens, &table, published);
            assert!(
                times.windows(2).all(|w| w[0].tokens.end <= w[1].tokens.start),
                "in order: {soup}"
            );
            assert!(
                times.iter().all(|t| t.span.start < t.span.end && t.from <= t.to),
                "{soup}"
            );
        }
    }
}

#[test]
fn a_conflict_is_noted() {
    let table = table();
    let text = Text::normalize("وصل الوفد يوم الأحد 3 مارس 2017"); // the 3rd was a Friday
    let times = find(&text, &tokenize(&text), &table, None);
    assert_eq!(times.len(), 1);
    assert!(times[0].conflict.is_some() && !times[0].relative);
}

#[test]
fn the_table_can_be_stored() {
    let table = table();
    let bytes = serde_json::to_vec(&table).unwrap();
    assert_eq!(serde_json::from_slice::<TimeTable>(&bytes).unwrap(), table);
}
