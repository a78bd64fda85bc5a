//! The program as its users call it. No test depends on how well it codes, beyond one simple sentence.

use assert_cmd::Command;
use serde_json::Value;
use std::path::Path;
use tempfile::TempDir;

/// The Egyptian foreign minister visited Ankara yesterday.
const VISIT: &str = "زار وزير الخارجية المصري أنقرة أمس الثلاثاء";

fn khaldun(args: &[&str]) -> Command {
    let mut c = Command::cargo_bin("khaldun").unwrap();
    c.args(args).env_remove("NO_COLOR").env_remove("COLUMNS");
    c
}

/// Code, standard output, standard error.
fn run(c: &mut Command) -> (i32, String, String) {
    let o = c.output().unwrap();
    (
        o.status.code().unwrap(),
        String::from_utf8(o.stdout).unwrap(),
        String::from_utf8(o.stderr).unwrap(),
    )
}

fn folder(files: &[(&str, &[u8])]) -> TempDir {
    let dir = tempfile::tempdir().unwrap();
    for (name, bytes) in files {
        let path = dir.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, bytes).unwrap();
    }
    dir
}

fn line(id: &str) -> String {
    serde_json::json!({"id": id, "outlet": "جريدة", "published": "2024-05-15", "title": "", "text": VISIT}).to_string()
}

fn records(out: &str) -> Vec<Value> {
    out.lines().map(|l| serde_json::from_str(l).unwrap()).collect()
}

fn ids(out: &str) -> Vec<String> {
    records(out)
        .iter()
        .map(|r| r["doc_id"].as_str().unwrap().to_owned())
        .collect()
}

fn path(dir: &Path, name: &str) -> String {
    dir.join(name).to_str().unwrap().to_owned()
}

#[test]
fn a_sentence_on_standard_input() {
    let (code, out, _) = run(khaldun(&["code", "--date", "2024-05-15"]).write_stdin(VISIT));
    let r = &records(&out)[0];
    assert_eq!(code, 0);
    assert_eq!(
        (r["doc_id"].as_str(), r["event_type"].as_str(), r["date"].as_str()),
        (Some("stdin"), Some("CONSULT"), Some("2024-05-14"))
    );
    // Offsets count in title, line end, text; the slice is verbatim.
    let raw = format!("\n{VISIT}\n");
    let (a, b) = (
        r["evidence"]["start"].as_u64().unwrap() as usize,
        r["evidence"]["end"].as_u64().unwrap() as usize,
    );
    assert_eq!(
        raw.chars().skip(a).take(b - a).collect::<String>(),
        r["evidence"]["text"].as_str().unwrap()
    );
}

#[test]
fn standard_input_is_told_by_its_content() {
    let html = format!("<!DOCTYPE html><html><body><article><p>{VISIT}</p></article></body></html>");
    let list = format!("[{},\n{}]", line("a"), line("b"));
    let pretty = line("p").replace(',', ",\n").replace('{', "{\n");
    for (input, want) in [
        (html.as_str(), vec!["stdin"]),
        (&format!("{}\n\n{}\n", line("a"), line("b")), vec!["a", "b"]),
        (&list, vec!["a", "b"]),
        (&pretty, vec!["p"]),
        (&format!("\u{feff}{}", line("bom")), vec!["bom"]),
    ] {
        let (code, out, err) = run(khaldun(&["code"]).write_stdin(input));
        assert_eq!(
            (code, ids(&out)),
            (0, want.into_iter().map(str::to_owned).collect()),
            "{err}"
        );
    }
}

#[test]
fn a_folder_is_read_in_order_and_ids_are_paths_inside_it() {
    let dir = folder(&[
        ("b/x.txt", VISIT.as_bytes()),
        ("a/x.txt", VISIT.as_bytes()),
        ("c.html", format!("<p>{VISIT}</p>").as_bytes()),
        ("d.jsonl", format!("{{\"text\": \"{VISIT}\"}}\n").as_bytes()),
        ("e.pdf", b"%PDF"),
        (".hidden.txt", VISIT.as_bytes()),
    ]);
    let root = dir.path().to_str().unwrap();
    let (code, out, err) = run(&mut khaldun(&["code", root]));
    assert_eq!(
        (code, ids(&out)),
        (
            0,
            vec!["a/x".into(), "b/x".into(), "c".into(), format!("{root}/d.jsonl:1")]
        )
    );
    assert!(err.contains(".pdf 1"), "{err}");
    // Two files of one name, named themselves: their paths tell them apart.
    let (x, y) = (path(dir.path(), "a/x.txt"), path(dir.path(), "b/x.txt"));
    let (_, out, _) = run(&mut khaldun(&["code", &x, &y]));
    assert_eq!(ids(&out), [x, y]);
}

#[test]
fn forms_and_files() {
    let dir = folder(&[("in.jsonl", format!("{}\n{}\n", line("a"), line("=b")).as_bytes())]);
    let input = path(dir.path(), "in.jsonl");
    let (_, jsonl, _) = run(&mut khaldun(&["code", &input]));
    let (_, json, _) = run(&mut khaldun(&["code", &input, "-f", "json"]));
    let Value::Array(list) = serde_json::from_str(&json).unwrap() else {
        panic!("{json}")
    };
    assert_eq!(list, records(&jsonl));
    let (_, none, _) = run(khaldun(&["code", "-f", "json"]).write_stdin("كتب"));
    assert_eq!(serde_json::from_str::<Value>(&none).unwrap(), Value::Array(Vec::new()));

    let csv = path(dir.path(), "o.csv");
    let (code, out, _) = run(&mut khaldun(&["code", &input, "-o", &csv]));
    assert_eq!((code, out.as_str()), (0, ""));
    let csv = std::fs::read_to_string(csv).unwrap();
    assert!(
        csv.starts_with("event_id,doc_id,event_date,") && csv.contains(",'=b,") && csv.lines().count() == 3,
        "{csv}"
    );
    let (_, csv, _) = run(&mut khaldun(&[
        "code",
        &input,
        "-f",
        "csv",
        "--columns",
        "doc_id,event_date,event_type",
    ]));
    assert_eq!(
        csv,
        "doc_id,event_date,event_type\r\na,2024-05-14,CONSULT\r\n'=b,2024-05-14,CONSULT\r\n"
    );

    let (code, _, err) = run(&mut khaldun(&["code", &input, "-o", &input]));
    assert!(code == 2 && err.contains("overwrite"), "{err}");
    let (code, _, err) = run(&mut khaldun(&["code", &input, "-o", "x.pdf"]));
    assert!(code == 2 && err.contains("add -f"), "{err}");
    let (code, _, err) = run(&mut khaldun(&["code", &input, "-f", "csv", "--columns", "nix"]));
    assert!(code == 2 && err.contains("event_id"), "{err}");
}

#[test]
fn a_table_fits_and_isolates() {
    let (_, out, _) = run(khaldun(&["code", "-f", "table", "--bidi", "isolate"])
        .env("COLUMNS", "100")
        .write_stdin(line("a")));
    let row = out.lines().find(|l| l.contains("CONSULT")).unwrap();
    assert!(row.ends_with('\u{2069}') && row.chars().count() <= 102, "{out}");
    assert_eq!(row.matches('\u{2068}').count(), row.matches('\u{2069}').count());
    let (_, out, _) = run(khaldun(&["code", "-f", "table", "--explain"]).write_stdin(line("a")));
    assert!(
        !out.contains('\u{2068}')
            && !out.contains('\x1b')
            && out.contains("1. trigger")
            && out.contains("data/events/"),
        "{out}"
    );
    // Nothing in a text can steer the terminal.
    let (_, out, _) = run(khaldun(&["code", "-f", "table"]).write_stdin(format!("{VISIT} \x1b[2J\u{202e} وعاد")));
    assert!(!out.contains('\x1b') && !out.contains('\u{202e}'));
}

#[test]
fn the_same_bytes_for_any_number_of_jobs() {
    let text: String = (0..500).map(|i| line(&i.to_string()) + "\n").collect();
    let one = run(khaldun(&["code", "--jobs", "1"]).write_stdin(text.clone()));
    for jobs in ["2", "7", "0"] {
        assert!(one == run(khaldun(&["code", "--jobs", jobs]).write_stdin(text.clone())));
    }
    assert_eq!(ids(&one.1), (0..500).map(|i| i.to_string()).collect::<Vec<_>>());
}

#[test]
fn bad_documents_cost_nothing_else() {
    let mut cut = VISIT.as_bytes().to_vec();
    cut.pop();
    let lines = format!(
        "{}\n{}\n{{\"body\": \"x\"}}\n[1]\n{}\n",
        line("j1"),
        &line("cut")[..60],
        line("j2")
    );
    let dir = folder(&[
        ("a.txt", VISIT.as_bytes()),
        ("b-empty.txt", b""),
        ("c-binary.txt", b"a\0\x01\x02b\0"),
        ("d-pdf.txt", b"%PDF-1.7"),
        ("e-cut.txt", &[VISIT.as_bytes(), b"\n", &cut].concat()),
        ("f-latin.txt", b"caf\xe9 cr\xe8me"),
        ("g-bomb.html", "<div>".repeat(100_000).as_bytes()),
        ("h.jsonl", lines.as_bytes()),
        ("i-long.txt", "ا".repeat(6 * 1024 * 1024).as_bytes()),
        ("z.txt", VISIT.as_bytes()),
    ]);
    let errors = path(dir.path(), "errors");
    let (code, out, err) = run(&mut khaldun(&[
        "code",
        dir.path().to_str().unwrap(),
        "--errors",
        &errors,
    ]));
    assert_eq!(
        (code, ids(&out)),
        (3, ["a", "j1", "j2", "z"].map(str::to_owned).to_vec()),
        "{err}"
    );
    for want in [
        "b-empty.txt: empty",
        "c-binary.txt: binary file\n",
        "d-pdf.txt: binary file (PDF)\n  hint: extract its text first: pdftotext",
        "e-cut.txt: not UTF-8: byte 0xd8 at offset 159, line 2",
        "f-latin.txt: not UTF-8: byte 0xe9 at offset 3, line 1",
        "g-bomb.html: HTML nested over 1000 elements deep",
        "h.jsonl:2: broken JSON at character",
        "h.jsonl:3: no title and no text\n  hint: the article is expected in the fields title and text; found: body",
        "h.jsonl:4: broken JSON: no object",
        "i-long.txt: longer than 10 MiB (12 MiB)",
        "14 documents, 4 events, 10 failed",
    ] {
        assert!(err.contains(want), "{want:?} not in\n{err}");
    }
    let listed = records(&std::fs::read_to_string(errors).unwrap());
    assert_eq!((listed.len(), listed[5]["line"].as_u64()), (10, None));
    assert_eq!(listed[6]["line"].as_u64(), Some(2));
}

#[test]
fn a_line_without_end_is_passed_over() {
    let text = format!(
        "{}\n{{\"text\": \"{}\"}}\n{}\n",
        line("a"),
        "x".repeat(11 << 20),
        line("b")
    );
    let (code, out, err) = run(khaldun(&["code"]).write_stdin(text));
    assert_eq!((code, ids(&out)), (3, vec!["a".to_owned(), "b".to_owned()]));
    assert!(err.contains("stdin:2: longer than 10 MiB (12 MiB)"), "{err}");
}

#[test]
fn other_encodings() {
    let (cp1256, _, _) = encoding_rs::WINDOWS_1256.encode(VISIT);
    let wide = |s: &str| s.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>();
    let dir = folder(&[
        ("a.txt", &cp1256),
        ("b.txt", &wide(VISIT)),
        ("c.jsonl", &[b"\xff\xfe", &wide(&(line("c") + "\n"))[..]].concat()),
        ("d.html", &[b"<meta charset=windows-1256><p>", &cp1256[..]].concat()),
    ]);
    let (code, out, err) = run(&mut khaldun(&["code", dir.path().to_str().unwrap()]));
    assert_eq!(
        (code, ids(&out)),
        (0, ["a", "b", "c", "d"].map(str::to_owned).to_vec()),
        "{err}"
    );
    assert!(
        err.contains("note: a: read as windows-1256") && err.contains("note: b: read as UTF-16LE"),
        "{err}"
    );
    for r in records(&out) {
        assert_eq!(r["evidence"]["text"], VISIT);
    }
}

#[test]
fn notes_are_no_failures() {
    let persian = "وزیر خارجه ایران گفت که گفتگوها ادامه دارد";
    for (text, want) in [
        (persian, "not Arabic (Persian"),
        ("The minister left.", "not Arabic"),
        (VISIT, "no date of publication"),
    ] {
        let (code, out, err) = run(khaldun(&["code"]).write_stdin(text));
        assert!(
            code == 0 && err.contains("note: stdin: ") && err.contains(want) && !out.contains("note"),
            "{err}"
        );
    }
    // Many notes of one kind are counted.
    let text: String = (0..40)
        .map(|i| serde_json::json!({"id": i.to_string(), "text": VISIT}).to_string() + "\n")
        .collect();
    let (_, out, err) = run(khaldun(&["code"]).write_stdin(text));
    assert_eq!(out.lines().count(), 40);
    assert!(err.lines().count() == 6 && err.contains(": 40 times in all"), "{err}");
    let day = r#"{"text": "x", "published": "15/5/2024"}"#;
    let (_, _, err) = run(khaldun(&["code"]).write_stdin(day));
    assert!(err.contains("published is no day"), "{err}");
}

#[test]
fn ten_thousand_tiny_files() {
    let dir = tempfile::tempdir().unwrap();
    for i in 0..10_000 {
        std::fs::write(dir.path().join(format!("{i:05}.txt")), VISIT).unwrap();
    }
    let (code, out, _) = run(&mut khaldun(&[
        "code",
        dir.path().to_str().unwrap(),
        "--date",
        "2024-05-15",
    ]));
    assert_eq!((code, out.lines().count()), (0, 10_000));
    assert_eq!(ids(&out)[9_999], "09999");
}

#[test]
fn usage_errors_are_2() {
    for args in [
        &["code", "no/such/file"][..],
        &["why"],
        &["code", "--date", "15/5/2024"],
        &["why", "0"],
        &["nix"],
        &[],
        &["man", "nix"],
    ] {
        let (code, out, err) = run(&mut khaldun(args));
        assert!(code == 2 && out.is_empty() && !err.is_empty(), "{args:?}: {code} {err}");
    }
}

#[test]
fn why_takes_positions_and_ids() {
    let text = format!("{}\n{}\n", line("a"), line("b"));
    let (_, out, _) = run(khaldun(&["code"]).write_stdin(text.clone()));
    let id = records(&out)[1]["id"].as_str().unwrap().to_owned();
    for event in ["2", "-1", &id, &id[..15]] {
        let (code, out, err) = run(khaldun(&["why", event]).write_stdin(text.clone()));
        assert!(
            code == 0 && out.contains(&id) && out.contains("  1. sentence") && out.contains("data/events/"),
            "{event}: {out}{err}"
        );
        assert!(out.contains("data/time/"), "the date too has its line: {out}");
    }
    for event in ["3", "-3", "zzz"] {
        let (code, _, err) = run(khaldun(&["why", event]).write_stdin(text.clone()));
        assert!(code == 2 && err.contains("events in all: 2"), "{err}");
    }
}

#[test]
fn mentions_have_their_keys() {
    let text = format!("{}\n{}\n", line("a"), r#"{"id": "en", "text": "The minister left."}"#);
    let (code, out, _) = run(khaldun(&["mentions"]).write_stdin(text));
    assert_eq!((code, ids(&out)), (0, vec!["a".to_owned(), "en".to_owned()]));
    let keys = |v: &Value| v.as_object().unwrap().keys().cloned().collect::<Vec<_>>().join(" ");
    let all = records(&out);
    assert_eq!(keys(&all[0]), "doc_id entities quantities times");
    assert_eq!(
        keys(&all[0]["entities"][0]),
        "country end entity_id kind sector start text"
    );
    assert_eq!(keys(&all[0]["times"][0]), "duration end from start text to type");
    assert_eq!(all[0]["times"][0]["from"], "2024-05-14");
    assert!(all[1]["entities"].as_array().unwrap().is_empty());
}

#[test]
fn the_demo() {
    let (code, list, _) = run(&mut khaldun(&["demo", "--list"]));
    let (_, articles, _) = run(&mut khaldun(&["demo", "--articles"]));
    assert_eq!((code, list.lines().count()), (0, records(&articles).len()));
    let (_, coded, _) = run(&mut khaldun(&["demo", "-f", "jsonl"]));
    let (_, same, _) = run(khaldun(&["code"]).write_stdin(articles));
    assert!(!coded.is_empty() && coded == same);
    assert!(run(&mut khaldun(&["demo", "-f", "table"])).1.contains("CONSULT"));
    assert!(run(&mut khaldun(&["demo", "--why", "1"])).1.contains("  1. sentence"));
}

#[test]
fn shells_and_pages() {
    for shell in ["bash", "zsh", "fish", "powershell"] {
        assert!(
            run(&mut khaldun(&["completions", shell])).1.contains("mentions"),
            "{shell}"
        );
    }
    assert!(run(&mut khaldun(&["man"])).1.contains(".TH khaldun"));
    assert!(run(&mut khaldun(&["man", "code"])).1.contains(".TH khaldun-code"));
    let (code, out, _) = run(&mut khaldun(&["--version"]));
    assert!(
        code == 0 && out.lines().nth(1).unwrap().starts_with("lexicon ") && out.len() > 64 + 8,
        "{out}"
    );
    for verb in ["code", "mentions", "why", "demo", "completions", "man"] {
        let (code, out, _) = run(&mut khaldun(&[verb, "--help"]));
        assert!(code == 0 && out.contains("Examples:"), "{verb}");
    }
}
