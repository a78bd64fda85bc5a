//! Reads an Arabic news article and hands back its political events.
//!
//! Comes in: an [`Article`]. Goes out: a [`Reading`], events with the words behind each field, and notes. The engine has no file, no clock, no network and
//! no thread of its own; reading never fails.
//!
//! ```
//! use khaldun_engine::{Article, Engine};
//! let engine = Engine::bundled();
//! let article = Article {
//!     id: "1".into(),
//!     published: "2024-05-15".parse().ok(),
//!     text: "زار وزير الخارجية المصري أنقرة أمس".into(), // the Egyptian foreign minister visited Ankara yesterday
//!     ..Article::default()
//! };
//! let reading = engine.worker().read(&article);
//! assert_eq!(reading.events[0].event_type, "CONSULT");
//! assert_eq!(reading.events[0].actor[0].country.as_deref(), Some("EGY"));
//! assert_eq!(reading.events[0].date.as_deref(), Some("2024-05-14"));
//! ```

pub mod claim;
mod engine;
pub mod event;
pub mod example;
pub mod frame;
pub mod language;
pub mod mention;
pub mod morph;
pub mod record;
pub mod sentence;
pub mod text;
pub mod token;
pub mod weights;

pub use engine::{Engine, Mentions, Worker};
pub use record::{Article, Reading, Record};
