//! Invariant 7: every path that a document names in backticks exists.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

const DOCUMENTS: [&str; 10] = [
    "README.ar.md",
    "NOTICE.md",
    "accuracy/report.md",
    "README.md",
    "ARCHITECTURE.md",
    "DESIGN.md",
    "CONTRIBUTING.md",
    "CHANGELOG.md",
    "data/README.md",
    "crates/cli/demo/README.md",
];
const SUFFIXES: [&str; 11] = [
    ".md", ".toml", ".rs", ".tsv", ".jsonl", ".json", ".py", ".yml", ".sh", ".txt", ".csv",
];

/// All files and folders of the repository, with `/` between, from its root; what is built or hidden is left out (but not `.ci` and `.cargo`).
fn tree(root: &Path) -> BTreeSet<String> {
    fn walk(folder: &Path, root: &Path, out: &mut BTreeSet<String>) {
        for entry in std::fs::read_dir(folder).expect("a folder of the repository") {
            let path = entry.expect("an entry").path();
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            if name == "target" || name.starts_with('.') && !matches!(name.as_str(), ".ci" | ".cargo") {
                continue;
            }
            out.insert(
                path.strip_prefix(root)
                    .expect("below the root")
                    .to_string_lossy()
                    .replace('\\', "/"),
            );
            if path.is_dir() {
                walk(&path, root, out);
            }
        }
    }
    let mut out = BTreeSet::new();
    walk(root, root, &mut out);
    out
}

/// What stands in backticks, code blocks left out.
fn quoted(document: &str) -> Vec<(usize, &str)> {
    let mut out = Vec::new();
    let mut block = false;
    for (n, line) in document.lines().enumerate() {
        if line.trim_start().starts_with("```") {
            block = !block;
        } else if !block {
            out.extend(line.split('`').skip(1).step_by(2).map(|q| (n + 1, q)));
        }
    }
    out
}

/// Whether a quoted word is meant as a path: it ends like a file, or begins with a folder of the repository.
fn is_path(word: &str, tree: &BTreeSet<String>, beside: &str) -> bool {
    let plain = !word.is_empty()
        && word
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || "._-/*{},".contains(c));
    let first = word.split('/').next().unwrap_or("");
    let folder = word.contains('/') && (tree.contains(first) || tree.contains(&format!("{beside}{first}")));
    plain
        && !word.starts_with(['/', '*'])
        && !word.starts_with("..")
        && (folder || SUFFIXES.iter().any(|s| word.ends_with(s) && word.len() > s.len()))
}

/// `a/{b,c}.md` is two paths.
fn alternatives(path: &str) -> Vec<String> {
    match (path.find('{'), path.find('}')) {
        (Some(a), Some(b)) if a < b => path[a + 1..b]
            .split(',')
            .flat_map(|middle| alternatives(&format!("{}{middle}{}", &path[..a], &path[b + 1..])))
            .collect(),
        _ => vec![path.trim_end_matches('/').to_owned()],
    }
}

/// Whether a path with `*` for any letters but `/` fits.
fn fits(pattern: &str, path: &str) -> bool {
    match pattern.split_once('*') {
        None => pattern == path,
        Some((head, tail)) => path.strip_prefix(head).is_some_and(|rest| {
            let most = rest.find('/').unwrap_or(rest.len());
            (0..=most)
                .filter(|i| rest.is_char_boundary(*i))
                .any(|i| fits(tail, &rest[i..]))
        }),
    }
}

#[test]
fn every_path_that_a_document_names_exists() {
    let root: PathBuf = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let tree = tree(&root);
    let mut wrong = Vec::new();
    for document in DOCUMENTS {
        let Ok(text) = std::fs::read_to_string(root.join(document)) else {
            continue;
        };
        let beside = document
            .rsplit_once('/')
            .map_or(String::new(), |(folder, _)| format!("{folder}/"));
        for (line, word) in quoted(&text) {
            // A place in a file: `data/events/aid.toml:7`.
            let word = word.split(':').next().unwrap_or(word);
            if !is_path(word, &tree, &beside) {
                continue;
            }
            for path in alternatives(word) {
                // From the root, from the document's folder, or a bare name anywhere.
                let exists = tree.iter().any(|t| {
                    fits(&path, t)
                        || fits(&format!("{beside}{path}"), t)
                        || !path.contains('/') && fits(&path, t.rsplit('/').next().unwrap_or(t))
                });
                if !exists {
                    wrong.push(format!("{document}:{line}: `{word}` is not there"));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The targets of the links of a document, those within the repository.
fn links(document: &str) -> Vec<(usize, &str)> {
    let mut out = Vec::new();
    for (n, line) in document.lines().enumerate() {
        for rest in line.split("](").skip(1) {
            let target = rest.split([')', '#', ' ']).next().unwrap_or("");
            if !target.is_empty() && !target.contains("://") && !target.starts_with("mailto:") {
                out.push((n + 1, target));
            }
        }
    }
    out
}

#[test]
fn every_link_within_the_repository_leads_somewhere() {
    let root: PathBuf = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let mut wrong = Vec::new();
    for document in DOCUMENTS {
        let Ok(text) = std::fs::read_to_string(root.join(document)) else {
            continue;
        };
        let folder = root.join(document).parent().map(Path::to_owned).unwrap_or_default();
        let dead = links(&text)
            .into_iter()
            .filter(|(_, target)| !folder.join(target).exists());
        wrong.extend(dead.map(|(line, target)| format!("{document}:{line}: {target} is not there")));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn paths_are_told_and_compared() {
    let tree: BTreeSet<String> = ["data", "data/events", "data/events/aid.toml", "README.md"]
        .map(str::to_owned)
        .into();
    assert!(
        is_path("data/events/*.toml", &tree, "")
            && is_path("events/aid.toml", &tree, "data/")
            && is_path("weights.toml", &tree, "")
    );
    assert!(
        !is_path("REQUEST/yield", &tree, "")
            && !is_path("cargo test", &tree, "")
            && !is_path("../shared/x.md", &tree, "")
    );
    assert!(fits("data/*/aid.toml", "data/events/aid.toml") && !fits("data/*.toml", "data/events/aid.toml"));
    assert_eq!(alternatives("a/{b,c}.md"), ["a/b.md", "a/c.md"]);
}
