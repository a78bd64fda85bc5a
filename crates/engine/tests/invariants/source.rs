//! Invariants 1 to 3, read off the source text: who may import whom, where Arabic letters may stand, what the engine may not touch.

use std::path::{Path, PathBuf};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// Every `.rs` file below a folder, with its path from there. `tests.rs` and what lies below a folder `tests` is left out.
fn files(folder: &Path) -> Vec<(String, String)> {
    fn walk(folder: &Path, root: &Path, out: &mut Vec<(String, String)>) {
        for entry in std::fs::read_dir(folder).expect("a folder of the sources") {
            let path = entry.expect("an entry").path();
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            if path.is_dir() && name != "tests" {
                walk(&path, root, out);
            } else if name.ends_with(".rs") && name != "tests.rs" {
                let from = path
                    .strip_prefix(root)
                    .expect("below the root")
                    .to_string_lossy()
                    .replace('\\', "/");
                out.push((from, std::fs::read_to_string(&path).expect("a source is UTF-8")));
            }
        }
    }
    let mut out = Vec::new();
    walk(folder, folder, &mut out);
    out.sort();
    out
}

/// Source text without comments and without items marked `#[cfg(test)]`; line ends stay. With `literals` false, what stands in quotes goes too.
fn code(source: &str, literals: bool) -> String {
    let c: Vec<char> = source.chars().collect();
    let mut out = String::with_capacity(source.len());
    let mut i = 0;
    let at = |i: usize| c.get(i).copied().unwrap_or('\0');
    let newlines =
        |out: &mut String, from: usize, to: usize| out.extend(c[from..to.min(c.len())].iter().filter(|c| **c == '\n'));
    while i < c.len() {
        let start = i;
        match at(i) {
            '/' if at(i + 1) == '/' => {
                while i < c.len() && c[i] != '\n' {
                    i += 1;
                }
            }
            '/' if at(i + 1) == '*' => {
                i += 2;
                while i < c.len() && !(c[i] == '*' && at(i + 1) == '/') {
                    i += 1;
                }
                i += 2;
                newlines(&mut out, start, i);
            }
            'r' if at(i + 1) == '"' || at(i + 1) == '#' && matches!(at(i + 2), '"' | '#') => {
                let hashes = c[i + 1..].iter().take_while(|c| **c == '#').count();
                i += hashes + 2;
                while i < c.len()
                    && !(c[i] == '"' && c[i + 1..].iter().take(hashes).filter(|c| **c == '#').count() == hashes)
                {
                    i += 1;
                }
                i += hashes + 1;
                if literals {
                    out.extend(&c[start..i.min(c.len())])
                } else {
                    newlines(&mut out, start, i)
                }
            }
            '"' => {
                i += 1;
                while i < c.len() && c[i] != '"' {
                    i += if c[i] == '\\' { 2 } else { 1 };
                }
                i += 1;
                if literals {
                    out.extend(&c[start..i.min(c.len())])
                } else {
                    newlines(&mut out, start, i)
                }
            }
            // A character, not a lifetime.
            '\'' if at(i + 1) == '\\' || at(i + 2) == '\'' => {
                i += if at(i + 1) == '\\' { 3 } else { 2 };
                while i < c.len() && c[i] != '\'' {
                    i += 1;
                }
                i += 1;
                if literals {
                    out.extend(&c[start..i.min(c.len())]);
                }
            }
            other => {
                out.push(other);
                i += 1;
            }
        }
    }
    without_tests(&out)
}

/// Takes out each item marked `#[cfg(test)]`: up to its semicolon or its closing brace.
fn without_tests(source: &str) -> String {
    const MARK: &str = "#[cfg(test)]";
    let mut out = String::new();
    let mut rest = source;
    while let Some(at) = rest.find(MARK) {
        out.push_str(&rest[..at]);
        let item = &rest[at..];
        let mut depth = 0;
        let end = item.char_indices().find_map(|(i, c)| {
            match c {
                '{' => depth += 1,
                '}' => depth -= 1,
                _ => {}
            }
            (c == '}' && depth == 0 || c == ';' && depth == 0).then_some(i + 1)
        });
        let end = end.unwrap_or(item.len());
        out.extend(item[..end].chars().filter(|c| *c == '\n'));
        rest = &item[end..];
    }
    out.push_str(rest);
    out
}

#[test]
fn code_is_told_from_comments_quotes_and_tests() {
    let source = "let a = \"// ب\"; // ت\n/* ث\n*/ let b = 'ج'; let c: &'static str = r#\"خ\"#;\n#[cfg(test)]\nmod tests { fn د() {} }\nfn after() {}";
    assert_eq!(
        code(source, true),
        "let a = \"// ب\"; \n\n let b = 'ج'; let c: &'static str = r#\"خ\"#;\n\n\nfn after() {}"
    );
    assert_eq!(
        code(source, false),
        "let a = ; \n\n let b = ; let c: &'static str = ;\n\n\nfn after() {}"
    );
}

/// The modules of the engine, in the order in which a text passes them. A module may use those on lines before its own.
const ORDER: &[&[&str]] = &[
    &["text", "language", "weights"],
    &["token", "record"],
    &["sentence"],
    &["morph"],
    &["mention"],
    &["frame"],
    &["claim"],
    &["event"],
    &["engine"],
    &["example"],
];

/// What `lib.rs` re-exports, by the module that it comes from.
const EXPORTS: &[(&str, &str)] = &[
    ("Engine", "engine"),
    ("Mentions", "engine"),
    ("Worker", "engine"),
    ("Article", "record"),
    ("Reading", "record"),
    ("Record", "record"),
];

fn rank(module: &str) -> Option<usize> {
    ORDER.iter().position(|modules| modules.contains(&module))
}

/// The modules that follow each `crate::` in code.
fn imports(code: &str) -> Vec<(usize, String)> {
    let mut out = Vec::new();
    for (at, _) in code.match_indices("crate::") {
        if code[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_') {
            continue;
        }
        let line = 1 + code[..at].matches('\n').count();
        let rest = &code[at + "crate::".len()..];
        let mut depth = 0;
        let end = rest.find(|c| {
            match c {
                '{' => depth += 1,
                '}' => depth -= 1,
                _ => {}
            }
            depth <= 0 && !(c.is_alphanumeric() || matches!(c, '_' | '{' | '}')) || depth < 0
        });
        let list = &rest[..end.unwrap_or(rest.len())];
        let first = |s: &str| {
            s.chars()
                .take_while(|c| c.is_alphanumeric() || *c == '_')
                .collect::<String>()
        };
        match list.strip_prefix('{') {
            None => out.push((line, first(list))),
            Some(inner) => {
                let mut depth = 0;
                let mut names = vec![String::new()];
                for c in inner.chars() {
                    match c {
                        '{' => depth += 1,
                        '}' => depth -= 1,
                        ',' if depth == 0 => names.push(String::new()),
                        c if depth == 0 && !c.is_whitespace() => names.last_mut().expect("one at least").push(c),
                        _ => {}
                    }
                }
                out.extend(
                    names
                        .iter()
                        .map(|n| first(n))
                        .filter(|n| !n.is_empty())
                        .map(|n| (line, n)),
                );
            }
        }
    }
    out
}

#[test]
fn imports_are_read() {
    let code = "use crate::text::{Span, Text};\nuse crate::{claim, event::{self, Draft}};\nlet x = crate::Article::default(); khaldun_crate::y";
    let names: Vec<(usize, String)> = imports(code);
    let wanted = [(1, "text"), (2, "claim"), (2, "event"), (3, "Article")];
    assert_eq!(names.iter().map(|(l, n)| (*l, n.as_str())).collect::<Vec<_>>(), wanted);
}

#[test]
fn a_stage_imports_the_lexicon_and_earlier_stages_only() {
    let mut wrong = Vec::new();
    for (path, source) in files(&root().join("crates/engine/src")) {
        let module = path.split('/').next().unwrap_or("").trim_end_matches(".rs");
        if module == "lib" {
            continue;
        }
        let Some(own) = rank(module) else {
            wrong.push(format!("{path}: a new module; give it its place in ORDER"));
            continue;
        };
        for (line, name) in imports(&code(&source, false)) {
            let used = EXPORTS
                .iter()
                .find(|(export, _)| *export == name)
                .map_or(name.as_str(), |(_, module)| module);
            match rank(used) {
                Some(r) if used == module || r < own => {}
                Some(_) => wrong.push(format!("{path}:{line}: {module} uses {used}, which comes after it")),
                None => wrong.push(format!("{path}:{line}: uses {used}, which is no stage")),
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn no_arabic_letter_in_the_sources() {
    let arabic = |c: char| matches!(c, '\u{600}'..='\u{6ff}' | '\u{750}'..='\u{77f}' | '\u{8a0}'..='\u{8ff}' | '\u{fb50}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}');
    let mut wrong = Vec::new();
    for krate in std::fs::read_dir(root().join("crates")).expect("the folder crates/") {
        let krate = krate.expect("an entry").path();
        let sources = if krate.join("src").is_dir() {
            files(&krate.join("src"))
        } else {
            continue;
        };
        for (path, source) in sources {
            let name = krate.file_name().unwrap_or_default().to_string_lossy().into_owned();
            // The folding table is the one place for letters.
            if name == "lexicon" && path == "fold.rs" {
                continue;
            }
            for (n, line) in code(&source, true).lines().enumerate() {
                if line.contains(arabic) {
                    wrong.push(format!("crates/{name}/src/{path}:{}: {}", n + 1, line.trim()));
                }
            }
        }
    }
    assert!(
        wrong.is_empty(),
        "words are data; these belong into data/:\n{}",
        wrong.join("\n")
    );
}

#[test]
fn the_engine_has_no_file_clock_network_or_thread_and_nothing_random() {
    let forbidden = [
        "std::fs",
        "std::net",
        "std::time",
        "std::thread",
        "std::env",
        "std::process",
        "std::io",
        "SystemTime",
        "Instant::now",
        "Zoned::now",
        "Timestamp::now",
        "collections::HashMap",
        "collections::HashSet",
        "RandomState",
        "println!",
        "eprintln!",
        "dbg!",
        "File::",
    ];
    let mut wrong = Vec::new();
    for (path, source) in files(&root().join("crates/engine/src")) {
        for (n, line) in code(&source, false).lines().enumerate() {
            for name in forbidden.iter().filter(|f| line.contains(**f)) {
                wrong.push(format!("crates/engine/src/{path}:{}: {name}", n + 1));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
