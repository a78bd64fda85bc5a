//! The data files as they are written: one struct a table, unknown keys refused. What each key means is told in `data/README.md`.
#![allow(missing_docs)]

use crate::error::DataError;
use crate::lexicon::Doer;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use std::collections::BTreeMap;
use std::path::Path;
use toml::Spanned;

/// The data files: path below `data/` and content, in path order.
#[derive(Debug, Clone, Default)]
pub struct Sources(pub Vec<(String, String)>);

impl Sources {
    /// Reads every `.toml` and `.tsv` file below a folder.
    ///
    /// # Errors
    /// The folder or a file in it cannot be read, or is not UTF-8.
    pub fn read(data: &Path) -> std::io::Result<Sources> {
        fn walk(dir: &Path, root: &Path, out: &mut Vec<(String, String)>) -> std::io::Result<()> {
            for entry in std::fs::read_dir(dir)? {
                let path = entry?.path();
                if path.is_dir() {
                    walk(&path, root, out)?;
                } else if path.extension().is_some_and(|e| e == "toml" || e == "tsv") {
                    let name = path
                        .strip_prefix(root)
                        .unwrap_or(&path)
                        .to_string_lossy()
                        .replace('\\', "/");
                    out.push((name, std::fs::read_to_string(&path)?));
                }
            }
            Ok(())
        }
        let mut files = Vec::new();
        walk(data, data, &mut files)?;
        files.sort();
        Ok(Sources(files))
    }

    /// The files below a folder such as `events/`.
    pub fn below(&self, folder: &str) -> Vec<(String, String)> {
        self.0
            .iter()
            .filter(|(name, _)| name.starts_with(folder))
            .cloned()
            .collect()
    }

    /// One file's content.
    pub fn get(&self, file: &str) -> Option<&str> {
        self.0
            .iter()
            .find(|(name, _)| name == file)
            .map(|(_, content)| content.as_str())
    }
}

/// The line of a byte offset, counted from 1.
pub fn line_of(content: &str, offset: usize) -> u32 {
    1 + content.as_bytes()[..offset.min(content.len())]
        .iter()
        .filter(|b| **b == b'\n')
        .count() as u32
}

/// Parses one TOML file; a fault carries its line.
pub fn parse<T: DeserializeOwned>(file: &str, content: &str) -> Result<T, DataError> {
    toml::from_str(content).map_err(|e| {
        let line = e.span().map_or(1, |s| line_of(content, s.start));
        DataError::new(
            file,
            line,
            e.message().to_owned(),
            "data/README.md lists the keys of each table",
        )
    })
}

/// A file of `events/`.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EventFile {
    /// Verbs with their nouns.
    #[serde(default)]
    pub verb: Vec<Spanned<PredicateSource>>,
    /// Event nouns.
    #[serde(default)]
    pub noun: Vec<Spanned<PredicateSource>>,
    /// Light verbs.
    #[serde(default)]
    pub light: Vec<Spanned<LightSource>>,
}

/// A verb or noun that is an event.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PredicateSource {
    pub id: String,
    pub lemma: String,
    pub form: Option<String>,
    pub vowel: Option<String>,
    #[serde(default)]
    pub masdar: Vec<String>,
    #[serde(default)]
    pub plural: Vec<String>,
    #[serde(rename = "type")]
    pub kind: String,
    #[serde(default)]
    pub mode: Vec<String>,
    #[serde(default)]
    pub context: Vec<String>,
    pub cameo: Option<String>,
    #[serde(default)]
    pub roles: BTreeMap<String, String>,
    #[serde(default)]
    pub with: Vec<String>,
    #[serde(default)]
    pub without: Vec<String>,
    #[serde(default)]
    pub near: Vec<String>,
    #[serde(default)]
    pub except: Vec<String>,
    pub content: Option<String>,
    #[serde(default = "yes")]
    pub passive: bool,
    #[serde(default = "yes")]
    pub participle: bool,
    pub mutual: Option<bool>,
    #[serde(default)]
    pub bare: bool,
    pub doer: Option<Doer>,
    #[serde(default)]
    pub spoken: bool,
    #[serde(default)]
    pub negated: bool,
    #[serde(default)]
    pub example: Vec<Spanned<ExampleSource>>,
    #[serde(default)]
    pub counter: Vec<Spanned<CounterSource>>,
}

/// A light verb.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LightSource {
    pub id: String,
    pub lemma: String,
    pub form: String,
    pub vowel: Option<String>,
    #[serde(default)]
    pub masdar: Vec<String>,
    pub noun: OneOrMany,
    /// What the verb's subject is in the event: `actor` (the default) or `recipient` (ta'arrada li, "was subjected to").
    pub lends: Option<String>,
    #[serde(default)]
    pub example: Vec<Spanned<ExampleSource>>,
    #[serde(default)]
    pub counter: Vec<Spanned<CounterSource>>,
}

/// A key that takes one string or a list of strings.
#[derive(Debug, Clone, Deserialize)]
#[serde(untagged)]
pub enum OneOrMany {
    One(String),
    Many(Vec<String>),
}

impl OneOrMany {
    /// The strings.
    pub fn list(&self) -> Vec<String> {
        match self {
            OneOrMany::One(s) => vec![s.clone()],
            OneOrMany::Many(v) => v.clone(),
        }
    }
}

/// An example: what must be found.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ExampleSource {
    pub text: String,
    #[serde(rename = "type")]
    pub kind: Option<String>,
    #[serde(default)]
    pub mode: Vec<String>,
    pub aux: Option<Vec<String>>,
    pub certainty: Option<String>,
    pub attributed: Option<String>,
    pub todo: Option<String>,
}

/// A counter-example: what must not be found.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CounterSource {
    pub text: String,
    pub why: String,
    pub todo: Option<String>,
}

/// A file of `stance/`.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StanceFile {
    #[serde(default)]
    pub speech: Vec<Spanned<SpeechSource>>,
    #[serde(default)]
    pub operator: Vec<Spanned<OperatorSource>>,
    #[serde(default)]
    pub source: Vec<Spanned<PhraseSource>>,
    #[serde(default)]
    pub particle: Vec<Spanned<ParticleSource>>,
    #[serde(default)]
    pub anonymous: Vec<Spanned<SourceNounSource>>,
    #[serde(default)]
    pub witness: Vec<Spanned<SourceNounSource>>,
    #[serde(default)]
    pub expert: Vec<Spanned<SourceNounSource>>,
    #[serde(default)]
    pub document: Vec<Spanned<SourceNounSource>>,
    #[serde(default)]
    pub media: Vec<Spanned<SourceNounSource>>,
}

/// A verb of saying.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SpeechSource {
    pub id: String,
    pub lemma: String,
    pub form: String,
    pub vowel: Option<String>,
    #[serde(default)]
    pub masdar: Vec<String>,
    #[serde(default)]
    pub plural: Vec<String>,
    pub stance: String,
    #[serde(default)]
    pub content: Vec<String>,
    pub hearer: Option<String>,
    pub source: Option<String>,
    #[serde(default)]
    pub example: Vec<Spanned<ExampleSource>>,
    #[serde(default)]
    pub counter: Vec<Spanned<CounterSource>>,
}

/// A verb or noun that says of an act that it is planned, doubted, denied, attempted or ended.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OperatorSource {
    pub id: String,
    pub lemma: String,
    pub form: Option<String>,
    pub vowel: Option<String>,
    #[serde(default)]
    pub masdar: Vec<String>,
    #[serde(default)]
    pub plural: Vec<String>,
    pub effect: String,
    pub takes: Vec<String>,
    #[serde(default)]
    pub subject: bool,
    #[serde(default)]
    pub example: Vec<Spanned<ExampleSource>>,
    #[serde(default)]
    pub counter: Vec<Spanned<CounterSource>>,
}

/// A phrase that names a source without a verb.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PhraseSource {
    pub id: String,
    pub words: Vec<String>,
    pub then: Option<String>,
    pub stance: Option<String>,
    #[serde(default)]
    pub example: Vec<Spanned<ExampleSource>>,
    #[serde(default)]
    pub counter: Vec<Spanned<CounterSource>>,
}

/// A word that negates, doubts or supposes what follows.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ParticleSource {
    pub id: String,
    pub words: Vec<String>,
    pub effect: String,
    pub scope: String,
    #[serde(default)]
    pub example: Vec<Spanned<ExampleSource>>,
    #[serde(default)]
    pub counter: Vec<Spanned<CounterSource>>,
}

/// Nouns that name a kind of source.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SourceNounSource {
    pub id: Option<String>,
    pub words: Vec<String>,
    pub kind: Option<String>,
    #[serde(default)]
    pub example: Vec<Spanned<ExampleSource>>,
    #[serde(default)]
    pub counter: Vec<Spanned<CounterSource>>,
}

/// `topics.toml`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TopicFile {
    pub topic: Vec<Spanned<TopicSource>>,
}

/// A topic without politics.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TopicSource {
    pub name: String,
    pub words: Vec<String>,
    pub scope: String,
    pub least: u16,
    pub drops: Vec<String>,
}

/// `scheme.toml`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SchemeFile {
    #[serde(rename = "type")]
    pub types: Vec<TypeSource>,
}

/// One event type.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TypeSource {
    pub name: String,
    pub quad: u8,
    pub scale: f32,
    pub cameo: String,
    pub ar: String,
    pub en: String,
    pub content: String,
    pub future: Option<String>,
    #[serde(default)]
    pub mutual: bool,
    #[serde(default)]
    pub modes: BTreeMap<String, ModeSource>,
    #[serde(default)]
    pub by_content: BTreeMap<String, String>,
    #[serde(default)]
    pub by_word: BTreeMap<String, Vec<String>>,
    pub otherwise: Option<String>,
}

/// One mode of a type.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ModeSource {
    pub scale: f32,
    pub cameo: String,
}

/// `morphology/particles.toml`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ParticleFile {
    pub preposition: Vec<String>,
    pub agent: Vec<String>,
    pub complementizer: Vec<String>,
    pub relative: Vec<String>,
    pub subordinator: Vec<String>,
    pub conjunction: Vec<String>,
    pub pronoun: Vec<String>,
    pub demonstrative: Vec<String>,
    pub quantifier: Vec<String>,
    pub adverb: Vec<String>,
}

/// `morphology/clitics.toml`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CliticFile {
    pub proclitic: Vec<ProcliticSource>,
    pub assimilated: Vec<AssimilatedSource>,
    pub enclitic: Vec<EncliticSource>,
    pub feminine: Vec<String>,
    /// Prepositions that say where, not whom.
    pub scene: Vec<String>,
    /// The preposition between a quantifier and what it counts.
    pub partitive: String,
    /// Codes of states that take masculine agreement too.
    pub masculine_states: Vec<String>,
    pub local: Vec<String>,
}

/// Letters before a word.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ProcliticSource {
    pub text: String,
    pub kind: String,
}

/// Letters that stand for a preposition and the article.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AssimilatedSource {
    pub text: String,
    pub preposition: String,
    pub article: String,
}

/// A pronoun after a word.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EncliticSource {
    pub text: String,
    pub person: u8,
    pub gender: String,
    pub number: String,
}

fn yes() -> bool {
    true
}
