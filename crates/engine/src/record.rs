//! The record of one event, field by field as the codebook has it (section 3).

use crate::text::Span;
use serde::Serialize;

/// An article to read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Article {
    /// Stable id of the document.
    pub id: String,
    /// Name of the outlet, as it calls itself; may be empty.
    pub outlet: String,
    /// Day of publication.
    pub published: Option<jiff::civil::Date>,
    /// The title; may be empty.
    pub title: String,
    /// The text, paragraphs separated by line ends.
    pub text: String,
}

/// What was read.
#[derive(Clone, Debug, Default)]
pub struct Reading {
    /// Events in text order.
    pub events: Vec<Record>,
    /// What the reader should know of the document.
    pub notes: Vec<String>,
}

/// An event.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[allow(missing_docs)]
pub struct Record {
    pub id: String,
    pub doc_id: String,
    pub event_type: String,
    pub mode: Vec<String>,
    pub context: Vec<String>,
    /// 1 verbal cooperation, 2 material cooperation, 3 verbal conflict, 4 material conflict.
    pub quad_code: u8,
    /// PLOVER score.
    pub event_scale: f32,
    /// CAMEO code, leading zero kept.
    pub cameo: String,
    pub actor: Vec<Party>,
    pub recipient: Vec<Party>,
    /// First day, ISO 8601.
    pub date: Option<String>,
    /// Last day, inclusive.
    pub enddate: Option<String>,
    /// `text`, `publication` or `none`.
    pub date_basis: &'static str,
    pub date_text: Option<String>,
    /// `negation`, `hypothetical`, `future`, `historical`.
    pub aux: Vec<&'static str>,
    /// `certain`, `probable`, `possible`.
    pub certainty: &'static str,
    pub attributed_to: Vec<Attribution>,
    pub event_loc: Option<Location>,
    pub quantities: Vec<Count>,
    pub evidence: Evidence,
    /// The trace: what was decided, by which entry or rule.
    pub why: Vec<String>,
    pub coder: Coder,
}

/// A party.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[allow(missing_docs)]
pub struct Party {
    /// The words that name it where it takes part, resolved if they are a pronoun.
    pub text: String,
    pub name_ar: Option<String>,
    pub name_en: Option<String>,
    pub entity_id: Option<String>,
    /// ISO 3166-1 alpha-3, or UNO, EUR, IGO, NGO, ISM, IMG, MNC.
    pub country: Option<String>,
    pub sector: Vec<String>,
    /// Code points, as in [`Evidence`].
    pub start: u32,
    pub end: u32,
}

/// Who the text says it knows it from.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[allow(missing_docs)]
pub struct Attribution {
    pub text: String,
    /// `actor`, `official`, `media`, `anonymous`, `witness`, `expert`, `document`.
    pub kind: &'static str,
    pub country: Option<String>,
    pub sector: Vec<String>,
    /// `asserts` or `denies`.
    pub stance: &'static str,
}

/// Where.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[allow(missing_docs)]
pub struct Location {
    pub text: String,
    pub country: Option<String>,
    /// Degrees, WGS 84.
    pub lat: Option<f32>,
    pub lon: Option<f32>,
    pub geonameid: Option<u32>,
    /// How fine the text is: `country`, `region`, `city`, `site`.
    pub resolution: &'static str,
}

/// A number in the event.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[allow(missing_docs)]
pub struct Count {
    pub role: &'static str,
    pub min: Option<f64>,
    pub max: Option<f64>,
    pub unit: String,
}

/// The words behind the event.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[allow(missing_docs)]
pub struct Evidence {
    /// Number of the sentence, from 0; the title comes first.
    pub sentence: usize,
    /// Code points into title, line end, text.
    pub start: u32,
    pub end: u32,
    pub trigger: Trigger,
    /// That very slice.
    pub text: String,
}

/// The word that names the act.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[allow(missing_docs)]
pub struct Trigger {
    pub start: u32,
    pub end: u32,
    pub text: String,
}

/// What coded it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Coder {
    /// Version of the program.
    pub version: &'static str,
    /// SHA-256 of the data.
    pub lexicon: String,
}

impl From<Span> for (u32, u32) {
    fn from(s: Span) -> (u32, u32) {
        (s.start, s.end)
    }
}
