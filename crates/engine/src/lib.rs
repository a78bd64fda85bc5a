//! Reads an Arabic news article and hands back its political events.
pub mod mention;
pub mod text;
pub mod token;
