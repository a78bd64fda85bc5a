//! The data of the working tree, read and compiled when xtask runs, so that an edit needs no rebuild.

use khaldun_engine::Engine;
use khaldun_lexicon::{DataError, Sources, compile};
use std::path::{Path, PathBuf};

/// The repository's root.
pub fn root() -> PathBuf {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    root.canonicalize().unwrap_or(root)
}

/// The files of `data/`.
pub fn sources() -> Result<Sources, String> {
    let data = root().join("data");
    Sources::read(&data).map_err(|e| format!("{}: {e}", data.display()))
}

/// An engine with these data.
pub fn engine() -> Result<Engine, String> {
    let bytes = compile(&sources()?).map_err(|faults| format!("{}\n{} faults", list(&faults), faults.len()))?;
    Engine::open(bytes).map_err(|e| e.to_string())
}

/// Faults, one a line.
pub fn list(faults: &[DataError]) -> String {
    faults.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
}
