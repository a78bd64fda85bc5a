//! The invariants of ARCHITECTURE.md, each a test. (The sixth, that each entry has its example, is in `crates/lexicon/tests`.)

#[path = "../checks/mod.rs"]
mod checks;
mod cost;
mod demo;
mod documents;
mod robust;
mod same;
mod shift;
mod source;
