//! Compiles `data/` into the lexicon that the engine carries.

use khaldun_lexicon::{Sources, compile};
use std::path::Path;

fn main() {
    if std::env::var_os("CARGO_FEATURE_BUNDLED").is_none() {
        return;
    }
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../data");
    println!("cargo::rerun-if-changed={}", data.display());
    let sources = Sources::read(&data).unwrap_or_else(|e| fail(&format!("{}: {e}", data.display())));
    match compile(&sources) {
        Ok(bytes) => {
            let out = std::env::var("OUT_DIR").unwrap_or_else(|e| fail(&e.to_string()));
            std::fs::write(Path::new(&out).join("lexicon.bin"), bytes).unwrap_or_else(|e| fail(&e.to_string()));
        }
        Err(faults) => {
            let list: Vec<String> = faults.iter().map(ToString::to_string).collect();
            fail(&list.join("\n"));
        }
    }
}

fn fail(message: &str) -> ! {
    eprintln!("{message}");
    std::process::exit(1)
}
