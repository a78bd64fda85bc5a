//! Invariant 6 and the second half of 5: every entry has an example that runs, unknown keys are refused, and whatever is wrong with the data is said
//! with file, line and a hint.

use khaldun_lexicon::{DataError, Lexicon, Sources, compile};
use std::path::Path;

fn sources() -> Sources {
    Sources::read(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../../data")).expect("the folder data/ can be read")
}

fn show(faults: &[DataError]) -> String {
    faults.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
}

/// The faults of a small part of the data with one more file, or with a file replaced.
fn faults(file: &str, content: &str) -> Vec<DataError> {
    let mut sources = sources();
    let large = ["events/", "stance/", "entities/", "morphology/verbs"];
    sources
        .0
        .retain(|(name, _)| name != file && !large.iter().any(|l| name.starts_with(l)));
    sources.0.push((file.to_owned(), content.to_owned()));
    sources.0.sort();
    compile(&sources).err().unwrap_or_default()
}

/// The data with `content` as a further file must be refused, at this line, with these words and with a hint.
#[track_caller]
fn refused(file: &str, content: &str, line: u32, words: &str) {
    let faults = faults(file, content);
    let hit = faults
        .iter()
        .find(|f| f.file == file && f.line == line && f.message.contains(words));
    let Some(fault) = hit else {
        panic!("wanted data/{file}:{line}: …{words}…, found\n{}", show(&faults))
    };
    assert!(!fault.hint.is_empty(), "no hint: {fault}");
    assert!(fault.to_string().starts_with(&format!("data/{file}:{line}: ")));
}

const VERB: &str = "[[verb]]\nid = \"qasafa\"\nlemma = \"قَصَفَ\"\nform = \"I\"\nvowel = \"i\"\ntype = \"ASSAULT\"\nroles = { subject = \"actor\" }\n";
const EXAMPLE: &str = "[[verb.example]]\ntext = \"قصفت [actor: القوات] المدينة\"\n";

/// A verb, changed, with its example.
fn verb(from: &str, to: &str) -> String {
    assert!(VERB.contains(from));
    format!("{}{EXAMPLE}", VERB.replace(from, to))
}

#[test]
fn the_data_compile_and_open() {
    let bytes = compile(&sources()).unwrap_or_else(|f| panic!("{}", show(&f)));
    let lexicon = Lexicon::open(bytes).expect("what was compiled opens");
    assert!(lexicon.len() > 100_000 && lexicon.tables.entries.len() > 500);
    assert!(
        faults("events/extra.toml", &verb("qasafa", "qasafa")).is_empty(),
        "the block that the other tests spoil is in order"
    );
}

#[test]
fn compiling_twice_gives_the_same_bytes() {
    assert!(compile(&sources()).expect("the data compile") == compile(&sources()).expect("the data compile"));
}

#[test]
fn cut_or_foreign_bytes_are_no_lexicon() {
    let bytes = compile(&sources()).expect("the data compile");
    for cut in [0, 7, 8, 9, 100, bytes.len() / 2] {
        assert!(Lexicon::open(bytes[..cut].to_vec()).is_err(), "cut to {cut} bytes");
    }
    assert!(Lexicon::open(vec![0xff; 64]).is_err());
    assert!(Lexicon::open(vec![0; 64]).is_err());
}

/// Ids of the entries in a table of files, and how many examples each has, read without the compiler's own structs.
fn entries(folder: &str, tables: &[&str]) -> Vec<(String, usize)> {
    let mut out = Vec::new();
    for (file, content) in sources().below(folder) {
        let parsed: toml::Table = content.parse().expect("a data file is TOML");
        for table in tables {
            let list = parsed.get(*table).and_then(toml::Value::as_array).into_iter().flatten();
            // A building block of time patterns has no `kind`: it is no expression of its own.
            for entry in list.filter(|e| *table != "time" || e.get("kind").is_some()) {
                let id = entry.get("id").and_then(toml::Value::as_str).unwrap_or("without id");
                let count = |key| entry.get(key).and_then(toml::Value::as_array).map_or(0, Vec::len);
                // Words that look like a time and are none can only have counter-examples.
                let none = entry.get("kind").and_then(toml::Value::as_str) == Some("other");
                let examples = count("example") + if none { count("counter") } else { 0 };
                out.push((format!("data/{file} {table} {id}"), examples));
            }
        }
    }
    assert!(!out.is_empty(), "nothing in data/{folder}");
    out
}

#[test]
fn every_entry_has_an_example() {
    let mut all = entries("events/", &["verb", "noun", "light"]);
    all.extend(entries(
        "stance/",
        &[
            "speech",
            "operator",
            "source",
            "particle",
            "anonymous",
            "witness",
            "expert",
            "document",
            "media",
        ],
    ));
    all.extend(entries("time/", &["time"]));
    all.extend(entries("quantities/", &["unit"]));
    let without: Vec<String> = all
        .into_iter()
        .filter(|(_, examples)| *examples == 0)
        .map(|(name, _)| name)
        .collect();
    assert!(without.is_empty(), "without an example:\n{}", without.join("\n"));
}

#[test]
fn every_example_is_found_by_the_runner() {
    let found = khaldun_lexicon::example::examples(&sources()).unwrap_or_else(|f| panic!("{}", show(&f)));
    let mut wanted = entries("events/", &["verb", "noun", "light"]);
    wanted.extend(entries(
        "stance/",
        &[
            "speech",
            "operator",
            "source",
            "particle",
            "anonymous",
            "witness",
            "expert",
            "document",
            "media",
        ],
    ));
    let wanted: usize = wanted.iter().map(|(_, examples)| examples).sum();
    assert_eq!(found.iter().filter(|e| !e.counter).count(), wanted);
    let mut names: Vec<&str> = found.iter().map(|e| e.name.as_str()).collect();
    names.sort_unstable();
    let twice: Vec<&str> = names.windows(2).filter(|w| w[0] == w[1]).map(|w| w[0]).collect();
    assert!(twice.is_empty(), "two examples have one name: {twice:?}");
}

#[test]
fn an_entry_without_an_example_is_refused() {
    refused("events/extra.toml", VERB, 1, "`qasafa` has no example");
    refused(
        "stance/extra.toml",
        "\n[[particle]]\nid = \"x\"\nwords = [\"ربما\"]\neffect = \"possible\"\nscope = \"next\"\n",
        2,
        "`x` has no example",
    );
    refused(
        "stance/extra.toml",
        "[[speech]]\nid = \"x\"\nlemma = \"قَصَفَ\"\nform = \"I\"\nvowel = \"i\"\nstance = \"asserts\"\n",
        1,
        "`x` has no example",
    );
    refused(
        "time/extra.toml",
        "[[time]]\nid = \"x\"\nkind = \"ref\"\npattern = \"قصف\"\n",
        1,
        "example",
    );
}

#[test]
fn an_unknown_key_is_refused() {
    refused("events/extra.toml", &verb("roles =", "rols ="), 7, "rols");
    refused("events/extra.toml", &format!("{VERB}{EXAMPLE}txt = \"x\"\n"), 10, "txt");
    refused("events/extra.toml", "# a comment\n[[vreb]]\nid = \"x\"\n", 2, "vreb");
    refused(
        "stance/extra.toml",
        "[[speech]]\nid = \"x\"\nlema = \"قَصَفَ\"\n",
        3,
        "lema",
    );
    refused(
        "time/extra.toml",
        "[[time]]\nid = \"x\"\npatern = \"قصف\"\n",
        3,
        "patern",
    );
    refused("weights.toml", "[weights]\na = 1.0\n[wieghts]\n", 3, "wieghts");
}

#[test]
fn what_is_wrong_is_said_with_its_place() {
    refused(
        "events/extra.toml",
        &verb("ASSAULT", "ASALT"),
        1,
        "unknown type `ASALT`",
    );
    refused(
        "events/extra.toml",
        &verb("\"actor\"", "\"agent\""),
        1,
        "unknown role `agent`",
    );
    refused("events/extra.toml", &verb("subject =", "subjekt ="), 1, "subjekt");
    refused("events/extra.toml", &verb("\"I\"", "\"XI\""), 1, "unknown form `XI`");
    refused("events/extra.toml", &verb("vowel = \"i\"", "vowel = \"e\""), 1, "vowel");
    refused(
        "events/extra.toml",
        &verb("type =", "mode = [\"aerail\"]\ntype ="),
        1,
        "aerail",
    );
    refused("events/extra.toml", &verb("قَصَفَ", "قَصَفَرَنَتَ"), 1, "");
    refused(
        "events/extra.toml",
        &format!("{}\n{}", verb("qasafa", "x"), verb("qasafa", "x")),
        11,
        "the id `x` is taken",
    );
    refused("events/extra.toml", "[[verb]]\nid = \"x\"\nlemma = \n", 3, "");
    refused(
        "stance/extra.toml",
        "[[particle]]\nid = \"x\"\nwords = [\"ربما\"]\neffect = \"maybe\"\nscope = \"next\"\n[[particle.example]]\ntext = \"x\"\n",
        1,
        "unknown effect `maybe`",
    );
}

#[test]
fn a_mark_that_is_not_closed_is_refused() {
    let mut sources = sources();
    let content = format!(
        "{VERB}{}",
        EXAMPLE.replace(']', "").replace("[[verb.example", "[[verb.example]]")
    );
    sources.0.push(("events/extra.toml".to_owned(), content));
    let faults = khaldun_lexicon::example::examples(&sources).expect_err("a bracket is open");
    assert!(
        faults
            .iter()
            .any(|f| f.line == 8 && f.message.contains("not closed") && !f.hint.is_empty()),
        "{}",
        show(&faults)
    );
}

#[test]
fn all_faults_are_told_at_once() {
    let content = format!(
        "{}{}",
        verb("ASSAULT", "ASALT"),
        verb("qasafa", "y").replace("\"I\"", "\"XI\"")
    );
    let faults = faults("events/extra.toml", &content);
    assert!(
        faults.iter().any(|f| f.message.contains("ASALT")) && faults.iter().any(|f| f.message.contains("XI")),
        "{}",
        show(&faults)
    );
}
