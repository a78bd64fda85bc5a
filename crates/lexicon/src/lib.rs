//! The language of Khaldun, compiled.
//!
//! Comes in: the folder `data/`. Goes out: one block of bytes with every inflected form, name, place and pattern, and the
//! reader of that block. Refuses: an entry without an example, an unknown key, a form that clashes; each with file, line and a hint.

pub mod compile;
pub mod error;
pub mod example;
pub mod features;
pub mod fold;
pub mod inflect;
pub mod lexicon;
pub mod names;
pub mod number;
pub mod phrases;
pub mod quantity;
pub mod source;
pub mod time;

pub use compile::compile;
pub use error::DataError;
pub use features::Features;
pub use lexicon::{EntryKind, Lexicon};
pub use source::Sources;
