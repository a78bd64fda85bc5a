//! `cargo xtask check`.

use crate::Outcome;
use crate::data::engine;
use std::time::Instant;

/// Compiles the data and says what there is.
pub fn check() -> Outcome {
    let start = Instant::now();
    let engine = engine()?;
    let t = &engine.lexicon().tables;
    println!(
        "{} entries, {} forms, {} states, {} people, {} bodies, {} heads, {} places; compiled in {:.1} s",
        t.entries.len(),
        engine.lexicon().len(),
        t.states.len(),
        t.people.len(),
        t.bodies.len(),
        t.heads.len(),
        t.places.len(),
        start.elapsed().as_secs_f32()
    );
    Ok(())
}
