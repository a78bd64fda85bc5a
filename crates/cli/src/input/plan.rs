//! What is to be read, in which order, under which ids: settled before the first document is opened.

use super::{Failure, Place, Problem};
use crate::Fatal;
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use walkdir::WalkDir;

/// How a file is taken apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// One plain text.
    Text,
    /// One page.
    Html,
    /// One JSON object a line.
    Lines,
    /// To be told by the first bytes.
    Unknown,
}

/// Where bytes come from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Source {
    /// A file.
    File(PathBuf),
    /// Standard input.
    Stdin,
    /// Carried inside the program.
    Bundled(&'static str),
}

/// One file, or standard input.
#[derive(Clone, Debug)]
pub struct Input {
    /// Where its bytes come from.
    pub source: Source,
    /// The path as given, or `stdin`.
    pub name: String,
    /// Id of the document, if there is only one in it and it states none.
    pub id: String,
    /// How it is taken apart.
    pub shape: Shape,
}

/// All that is to be read.
#[derive(Debug, Default)]
pub struct Plan {
    /// In order. A part that cannot even be listed is a failure in its place.
    pub inputs: Vec<Result<Input, Failure>>,
    /// Bytes in all; `None` if that is not known beforehand.
    pub bytes: Option<u64>,
    /// Files below folders that were passed over: suffix and number.
    pub passed: Vec<(String, usize)>,
}

/// The shape that a suffix tells.
pub fn shape(path: &Path) -> Shape {
    match path
        .extension()
        .and_then(|e| e.to_str())
        .map(str::to_ascii_lowercase)
        .as_deref()
    {
        Some("txt" | "text" | "md") => Shape::Text,
        Some("html" | "htm" | "xhtml") => Shape::Html,
        Some("jsonl" | "ndjson") => Shape::Lines,
        _ => Shape::Unknown,
    }
}

/// Settles what is to be read. No paths are standard input.
///
/// # Errors
/// A named path is not there.
pub fn plan(paths: &[PathBuf]) -> Result<Plan, Fatal> {
    let mut plan = Plan {
        bytes: Some(0),
        ..Plan::default()
    };
    let mut passed: HashMap<String, usize> = HashMap::new();
    let stdin = [PathBuf::from("-")];
    for path in if paths.is_empty() { &stdin } else { paths } {
        if path.as_os_str() == "-" {
            plan.inputs.push(Ok(Input {
                source: Source::Stdin,
                name: "stdin".into(),
                id: "stdin".into(),
                shape: Shape::Unknown,
            }));
            plan.bytes = None;
            continue;
        }
        let meta = std::fs::metadata(path).map_err(|e| Fatal::Usage(format!("{}: {e}", path.display())))?;
        if meta.is_dir() {
            folder(path, &mut plan, &mut passed);
        } else {
            let stem = path
                .file_stem()
                .unwrap_or(path.as_os_str())
                .to_string_lossy()
                .into_owned();
            plan.add(path, stem, shape(path), &meta);
        }
    }
    distinct(&mut plan.inputs);
    plan.passed = passed.into_iter().collect();
    plan.passed.sort();
    Ok(plan)
}

impl Plan {
    fn add(&mut self, path: &Path, id: String, shape: Shape, meta: &std::fs::Metadata) {
        // A pipe has no length.
        self.bytes = self.bytes.filter(|_| meta.is_file()).map(|b| b + meta.len());
        self.inputs.push(Ok(Input {
            source: Source::File(path.to_owned()),
            name: path.display().to_string(),
            id,
            shape,
        }));
    }

    fn fail(&mut self, name: String, problem: Problem) {
        self.inputs.push(Err(Failure {
            place: Place {
                file: name.into(),
                line: None,
            },
            problem,
        }));
    }
}

fn folder(root: &Path, plan: &mut Plan, passed: &mut HashMap<String, usize>) {
    let before = plan.inputs.len();
    let visible = |e: &walkdir::DirEntry| e.depth() == 0 || !e.file_name().to_string_lossy().starts_with('.');
    for entry in WalkDir::new(root)
        .follow_links(true)
        .sort_by_file_name()
        .into_iter()
        .filter_entry(visible)
    {
        let entry = match entry {
            Ok(e) => e,
            Err(e) => {
                let name = e.path().unwrap_or(root).display().to_string();
                plan.fail(name, Problem::Io(e.into()));
                continue;
            }
        };
        let path = entry.path();
        if !entry.file_type().is_file() {
            continue;
        }
        let shape = match (shape(path), path.extension().and_then(|e| e.to_str())) {
            (Shape::Unknown, Some(e)) if e.eq_ignore_ascii_case("json") => Shape::Unknown,
            (Shape::Unknown, suffix) => {
                *passed
                    .entry(suffix.map_or("no suffix".into(), |s| format!(".{s}")))
                    .or_default() += 1;
                continue;
            }
            (known, _) => known,
        };
        let id = path.strip_prefix(root).unwrap_or(path).with_extension("");
        let id = id
            .components()
            .map(|c| c.as_os_str().to_string_lossy())
            .collect::<Vec<_>>()
            .join("/");
        match entry.metadata() {
            Ok(meta) => plan.add(path, id, shape, &meta),
            Err(e) => plan.fail(path.display().to_string(), Problem::Io(e.into())),
        }
    }
    if plan.inputs.len() == before {
        plan.fail(root.display().to_string(), Problem::NoFiles);
    }
}

/// Ids that two files share become their paths.
fn distinct(inputs: &mut [Result<Input, Failure>]) {
    let mut seen: HashMap<String, usize> = HashMap::new();
    for input in inputs.iter().flatten() {
        *seen.entry(input.id.clone()).or_default() += 1;
    }
    for input in inputs.iter_mut().flatten() {
        if seen[&input.id] > 1 {
            input.id.clone_from(&input.name);
        }
    }
}
