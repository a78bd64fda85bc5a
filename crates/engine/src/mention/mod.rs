//! Stage 2, mentions: numbers, times.
pub mod number;
pub mod quantity;
