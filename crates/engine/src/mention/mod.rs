//! Stage 3, mentions: entities, numbers, quantities, times.

pub mod entity;
pub mod number;
pub mod quantity;
pub mod time;
