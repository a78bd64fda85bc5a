//! From the data files to the bytes of a lexicon: events, stance, function words.
//!
//! Names of states, people, bodies, heads and places are in [`crate::names`].

use crate::error::DataError;
use crate::features::Features;
use crate::fold::fold;
use crate::inflect::{self, Form, Vowel};
use crate::lexicon::*;
use crate::phrases::Phrases;
use crate::source::*;
use crate::{names, number, quantity, time};
use compact_str::{CompactString, ToCompactString};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;

/// Compiles the data files.
///
/// # Errors
/// Every fault that was found, with file, line and hint; never only the first.
pub fn compile(sources: &Sources) -> Result<Vec<u8>, Vec<DataError>> {
    let mut b = Builder::default();
    b.scheme(sources);
    b.particles(sources);
    for (file, content) in sources.below("events/") {
        match parse::<EventFile>(&file, &content) {
            Ok(parsed) => b.events(&file, &content, parsed),
            Err(e) => b.faults.push(e),
        }
    }
    for (file, content) in sources.below("stance/") {
        match parse::<StanceFile>(&file, &content) {
            Ok(parsed) => b.stance(&file, &content, parsed),
            Err(e) => b.faults.push(e),
        }
    }
    names::load(sources, &mut b);
    if let Some(content) = sources.get("morphology/verbs.tsv") {
        b.plain_verbs("morphology/verbs.tsv", content);
    }
    let mut time_files = sources.below("time/");
    time_files.extend(sources.below("quantities/numbers"));
    match time::compile(&time_files) {
        Ok(t) => b.tables.time = t,
        Err(e) => b.faults.extend(e),
    }
    match number::compile(
        "quantities/numbers.toml",
        sources.get("quantities/numbers.toml").unwrap_or(""),
    ) {
        Ok(t) => b.tables.numbers = t,
        Err(e) => b.faults.extend(e),
    }
    match quantity::compile(&sources.below("quantities/units")) {
        Ok(t) => b.tables.quantities = t,
        Err(e) => b.faults.extend(e),
    }
    b.topics(sources);
    b.weights(sources);
    b.finish(sources)
}

/// What the lexicon is being built from: tables, forms, faults.
#[derive(Default)]
pub(crate) struct Builder {
    pub tables: Tables,
    pub forms: BTreeMap<String, Vec<Reading>>,
    pub faults: Vec<DataError>,
    ids: BTreeMap<(u16, CompactString), u32>,
    /// Forms that the entry at hand does without.
    except: Vec<String>,
}

impl Builder {
    pub(crate) fn fault(&mut self, file: &str, line: u32, message: impl Into<String>, hint: impl Into<String>) {
        self.faults.push(DataError::new(file, line, message, hint));
    }

    /// Adds a form, given in any spelling; the key is its folded words.
    pub(crate) fn form(&mut self, surface: &str, target: Target, features: Features) {
        let key = form_key(surface);
        if !key.is_empty() && !self.except.contains(&key) {
            self.forms.entry(key).or_default().push(Reading { target, features });
        }
    }

    fn file(&mut self, file: &str) -> u16 {
        if let Some(i) = self.tables.files.iter().position(|f| f == file) {
            return i as u16;
        }
        self.tables.files.push(file.into());
        (self.tables.files.len() - 1) as u16
    }

    fn entry(&mut self, file: &str, line: u32, id: &str, lemma: &str, kind: EntryKind) -> u32 {
        let f = self.file(file);
        let index = self.tables.entries.len() as u32;
        if self.ids.insert((f, id.into()), line).is_some() {
            self.fault(
                file,
                line,
                format!("the id `{id}` is taken in this file"),
                "give it a number: `…-2`",
            );
        }
        self.tables.entries.push(Entry {
            id: id.into(),
            file: f,
            line,
            lemma: lemma.into(),
            kind,
        });
        index
    }

    fn scheme(&mut self, sources: &Sources) {
        let file = "scheme.toml";
        let parsed: SchemeFile = match parse(file, sources.get(file).unwrap_or("")) {
            Ok(p) => p,
            Err(e) => return self.faults.push(e),
        };
        let index = |name: &str| parsed.types.iter().position(|t| t.name == name).map(|i| i as u8);
        for t in &parsed.types {
            let kind = EventType {
                name: t.name.as_str().into(),
                quad: t.quad,
                scale: t.scale,
                cameo: t.cameo.as_str().into(),
                ar: t.ar.as_str().into(),
                en: t.en.as_str().into(),
                content: if t.content == "report" {
                    Content::Report
                } else {
                    Content::Absorb
                },
                future: t.future.as_deref().and_then(index),
                mutual: t.mutual,
                modes: t
                    .modes
                    .iter()
                    .map(|(n, m)| Mode {
                        name: n.into(),
                        scale: m.scale,
                        cameo: m.cameo.as_str().into(),
                    })
                    .collect(),
                by_content: t
                    .by_content
                    .iter()
                    .filter_map(|(k, m)| Some((index(k)?, m.to_compact_string())))
                    .collect(),
                otherwise: t.otherwise.as_deref().map(CompactString::from),
            };
            for (mode, words) in &t.by_word {
                let i = self.tables.manners.len() as u16;
                for word in words {
                    self.form(word, Target::Manner(i), Features::NOUN);
                }
                self.tables.manners.push(Manner {
                    kind: self.tables.scheme.len() as u8,
                    mode: mode.into(),
                });
            }
            self.tables.scheme.push(kind);
        }
    }

    fn particles(&mut self, sources: &Sources) {
        let file = "morphology/particles.toml";
        match parse::<ParticleFile>(file, sources.get(file).unwrap_or("")) {
            Ok(p) => {
                let classes = [
                    (Class::Preposition, p.preposition),
                    (Class::Agent, p.agent),
                    (Class::Complementizer, p.complementizer),
                    (Class::Relative, p.relative),
                    (Class::Subordinator, p.subordinator),
                    (Class::Conjunction, p.conjunction),
                    (Class::Pronoun, p.pronoun),
                    (Class::Demonstrative, p.demonstrative),
                    (Class::Quantifier, p.quantifier),
                    (Class::Adverb, p.adverb),
                ];
                for (class, words) in classes {
                    for word in words {
                        let text = form_key(&word);
                        if self.tables.particles.iter().any(|q| q.text == text && q.class == class) {
                            continue;
                        }
                        self.tables.particles.push(Particle {
                            text: text.as_str().into(),
                            class,
                        });
                        let i = (self.tables.particles.len() - 1) as u16;
                        self.form(&word, Target::Particle(i), Features::PARTICLE);
                    }
                }
            }
            Err(e) => self.faults.push(e),
        }
        let file = "morphology/clitics.toml";
        match parse::<CliticFile>(file, sources.get(file).unwrap_or("")) {
            Ok(c) => {
                for p in &c.proclitic {
                    let kind = match p.kind.as_str() {
                        "conjunction" => ProcliticKind::Conjunction,
                        "preposition" => ProcliticKind::Preposition,
                        "future" => ProcliticKind::Future,
                        _ => ProcliticKind::Article,
                    };
                    let text = fold(&p.text).to_compact_string();
                    let particle = self.preposition(&text).unwrap_or(0);
                    self.tables.proclitics.push(Proclitic { text, kind, particle });
                }
                for a in &c.assimilated {
                    let i = c.proclitic.iter().position(|p| p.text == a.preposition).unwrap_or(0);
                    let (text, article) = (fold(&a.text).into(), fold(&a.article).into());
                    self.tables.assimilated.push((text, i as u16, article));
                }
                self.tables.local = c.scene.iter().chain(&c.local).map(|f| fold(f).into()).collect();
                self.tables.scene = c.scene.iter().map(|f| fold(f).into()).collect();
                self.tables.partitive = self.preposition(&fold(&c.partitive));
                self.tables.masculine_states = c.masculine_states.iter().map(|s| s.as_str().into()).collect();
                self.tables.feminine_endings = c.feminine.iter().map(|f| fold(f).into()).collect();
                for e in &c.enclitic {
                    let person = [Features::P1, Features::P2, Features::P3][(e.person.clamp(1, 3) - 1) as usize];
                    let gender = if e.gender == "f" { Features::FEM } else { Features::MASC };
                    let number = match e.number.as_str() {
                        "s" => Features::SING,
                        "d" => Features::DUAL,
                        _ => Features::PLUR,
                    };
                    let text = fold(&e.text).into();
                    self.tables.enclitics.push(Enclitic {
                        text,
                        features: person | gender | number,
                    });
                }
            }
            Err(e) => self.faults.push(e),
        }
    }

    fn preposition(&self, folded: &str) -> Option<u16> {
        let found = self
            .tables
            .particles
            .iter()
            .position(|p| p.class == Class::Preposition && p.text == folded);
        found.map(|i| i as u16)
    }

    fn slot(&mut self, file: &str, line: u32, name: &str) -> Option<Slot> {
        let key = form_key(name);
        match name {
            "subject" => return Some(Slot::Subject),
            "object" => return Some(Slot::Object),
            "genitive" => return Some(Slot::Genitive),
            "that" => return Some(Slot::That),
            _ => {}
        }
        if self
            .tables
            .particles
            .iter()
            .any(|p| p.class == Class::Complementizer && p.text == key)
        {
            return Some(Slot::That);
        }
        if self
            .tables
            .particles
            .iter()
            .any(|p| p.class == Class::Agent && p.text == key)
        {
            return None; // always the actor
        }
        let found = self.preposition(&key).map(Slot::Prep);
        if found.is_none() {
            let hint = "a slot is subject, object, genitive, that, or a preposition of morphology/particles.toml";
            self.fault(file, line, format!("unknown slot `{name}`"), hint);
        }
        found
    }

    fn events(&mut self, file: &str, content: &str, parsed: EventFile) {
        for (list, noun) in [(parsed.verb, false), (parsed.noun, true)] {
            for p in list {
                let line = line_of(content, p.span().start);
                self.predicate(file, line, p.into_inner(), noun);
            }
        }
        for l in parsed.light {
            let line = line_of(content, l.span().start);
            let l = l.into_inner();
            self.need_example(file, line, &l.id, l.example.len());
            let noun = l.noun.list().iter().filter_map(|s| self.slot(file, line, s)).collect();
            let entry = self.entry(
                file,
                line,
                &l.id,
                &l.lemma,
                EntryKind::Light {
                    noun,
                    suffers: l.lends.as_deref() == Some("recipient"),
                },
            );
            self.verb_forms(file, line, entry, &l.lemma, &l.form, l.vowel.as_deref(), true);
            self.noun_forms(entry, &l.masdar, &[], Features::MASDAR);
        }
    }

    fn need_example(&mut self, file: &str, line: u32, id: &str, examples: usize) {
        if examples == 0 {
            self.fault(
                file,
                line,
                format!("`{id}` has no example"),
                "every entry needs one that runs",
            );
        }
    }

    fn predicate(&mut self, file: &str, line: u32, p: PredicateSource, noun: bool) {
        self.need_example(file, line, &p.id, p.example.len());
        let Some(kind) = self.tables.scheme.iter().position(|t| t.name == p.kind) else {
            return self.fault(
                file,
                line,
                format!("unknown type `{}`", p.kind),
                "the sixteen types are in scheme.toml",
            );
        };
        for mode in &p.mode {
            let modes = &self.tables.scheme[kind].modes;
            if !modes.iter().any(|m| m.name == mode) {
                let hint = modes.iter().map(|m| m.name.as_str()).collect::<Vec<_>>().join(", ");
                self.fault(
                    file,
                    line,
                    format!("{} has no mode `{mode}`", p.kind),
                    format!("it has: {hint}"),
                );
            }
        }
        let mut roles = Vec::new();
        for (slot, role) in &p.roles {
            let role = match role.as_str() {
                "actor" => Role::Actor,
                "recipient" => Role::Recipient,
                "place" => Role::Place,
                "weapon" => Role::Weapon,
                "topic" => Role::Topic,
                "content" => Role::Content,
                "ignore" => Role::Ignore,
                _ => {
                    let hint = "actor, recipient, place, weapon, topic, content, ignore";
                    self.fault(file, line, format!("unknown role `{role}`"), hint);
                    continue;
                }
            };
            if let Some(slot) = self.slot(file, line, slot) {
                roles.push((slot, role));
            }
        }
        let content = match p.content.as_deref() {
            Some("absorb") => Content::Absorb,
            Some("report") => Content::Report,
            None => self.tables.scheme[kind].content,
            Some(c) => return self.fault(file, line, format!("unknown content `{c}`"), "absorb or report"),
        };
        let words = |w: &[String]| Phrases::new(w.iter().map(|w| form_key(w).to_compact_string()).collect());
        let event = Event {
            kind: kind as u8,
            modes: p.mode.iter().map(|m| m.to_compact_string()).collect(),
            contexts: p.context.iter().map(|c| c.to_compact_string()).collect(),
            cameo: p.cameo.as_ref().map(|c| c.to_compact_string()),
            roles,
            with: words(&p.with),
            without: words(&p.without),
            near: words(&p.near),
            doer: p.doer,
            content,
            mutual: p.mutual.unwrap_or(self.tables.scheme[kind].mutual),
            bare: p.bare,
            spoken: p.spoken,
            negated: p.negated,
            passive: p.passive,
            noun,
        };
        let entry = self.entry(file, line, &p.id, &p.lemma, EntryKind::Event(event));
        self.except = p.except.iter().map(|w| form_key(w)).collect();
        if noun {
            let mut lemmas = vec![p.lemma.clone()];
            lemmas.extend(p.masdar.iter().cloned());
            self.noun_forms(entry, &lemmas, &p.plural, Features::NOUN);
        } else {
            let Some(form) = &p.form else {
                return self.fault(
                    file,
                    line,
                    format!("`{}` has no form", p.id),
                    "form = \"I\" … \"X\", \"QI\", \"QII\"",
                );
            };
            self.verb_forms(file, line, entry, &p.lemma, form, p.vowel.as_deref(), p.participle);
            self.noun_forms(entry, &p.masdar, &p.plural, Features::MASDAR);
        }
        self.except.clear();
    }

    /// All forms of a verb. `participle`: its participles too.
    #[allow(clippy::too_many_arguments)]
    fn verb_forms(
        &mut self,
        file: &str,
        line: u32,
        entry: u32,
        lemma: &str,
        form: &str,
        vowel: Option<&str>,
        participle: bool,
    ) {
        let Ok(parsed) = form.parse::<Form>() else {
            return self.fault(file, line, format!("unknown form `{form}`"), "I … X, QI, QII");
        };
        let vowel = match vowel.map(str::parse::<Vowel>).transpose() {
            Ok(v) => v,
            Err(_) => return self.fault(file, line, "unknown vowel", "vowel = \"a\", \"i\" or \"u\""),
        };
        let verb = inflect::verb(lemma, parsed, vowel);
        let participles = if participle {
            inflect::participles(lemma, parsed, vowel)
        } else {
            Ok(Vec::new())
        };
        match (verb, participles) {
            (Ok(v), Ok(p)) => {
                for f in v.into_iter().chain(p) {
                    self.form(&f.surface, Target::Entry(entry), f.features);
                }
            }
            (Err(e), _) | (_, Err(e)) => self.fault(
                file,
                line,
                e.to_string(),
                "the lemma is the perfect, 3rd person masculine singular, vowelled",
            ),
        }
    }

    /// All forms of nouns. Broken plurals belong to the first.
    fn noun_forms(&mut self, entry: u32, lemmas: &[String], plurals: &[String], base: Features) {
        let plurals: Vec<&str> = plurals.iter().map(String::as_str).collect();
        for (i, lemma) in lemmas.iter().enumerate() {
            let mut all: Vec<&str> = if i == 0 { plurals.clone() } else { Vec::new() };
            // Verbal nouns of the derived forms take the sound plural in -at.
            if base == Features::MASDAR && !all.contains(&inflect::SOUND_FEMININE) {
                all.push(inflect::SOUND_FEMININE);
            }
            for f in inflect::noun(lemma, &all, base) {
                self.form(&f.surface, Target::Entry(entry), f.features);
            }
        }
    }

    fn stance(&mut self, file: &str, content: &str, parsed: StanceFile) {
        for s in parsed.speech {
            let line = line_of(content, s.span().start);
            let s = s.into_inner();
            self.need_example(file, line, &s.id, s.example.len());
            let stance = match s.stance.as_str() {
                "asserts" => Stance::Asserts,
                "denies" => Stance::Denies,
                "doubts" => Stance::Doubts,
                other => {
                    self.fault(
                        file,
                        line,
                        format!("unknown stance `{other}`"),
                        "asserts, denies, doubts",
                    );
                    continue;
                }
            };
            let kind = EntryKind::Speech {
                stance,
                content: s.content.iter().filter_map(|c| self.slot(file, line, c)).collect(),
                hearer: s.hearer.as_deref().and_then(|h| self.preposition(&form_key(h))),
                source: s.source.as_deref().and_then(|x| self.slot(file, line, x)),
            };
            let entry = self.entry(file, line, &s.id, &s.lemma, kind);
            self.verb_forms(file, line, entry, &s.lemma, &s.form, s.vowel.as_deref(), true);
            self.noun_forms(entry, &s.masdar, &s.plural, Features::MASDAR);
        }
        for o in parsed.operator {
            let line = line_of(content, o.span().start);
            let o = o.into_inner();
            self.need_example(file, line, &o.id, o.example.len());
            let Some(effect) = self.effect(file, line, &o.effect) else {
                continue;
            };
            let takes = o.takes.iter().filter_map(|t| self.slot(file, line, t)).collect();
            let entry = self.entry(
                file,
                line,
                &o.id,
                &o.lemma,
                EntryKind::Operator {
                    effect,
                    takes,
                    subject: o.subject,
                },
            );
            match &o.form {
                Some(form) => {
                    self.verb_forms(file, line, entry, &o.lemma, form, o.vowel.as_deref(), true);
                    self.noun_forms(entry, &o.masdar, &o.plural, Features::MASDAR);
                }
                None => self.noun_forms(entry, std::slice::from_ref(&o.lemma), &o.plural, Features::NOUN),
            }
        }
        for p in parsed.source {
            let line = line_of(content, p.span().start);
            let p = p.into_inner();
            self.need_example(file, line, &p.id, p.example.len());
            let stance = if p.stance.as_deref() == Some("denies") {
                Stance::Denies
            } else {
                Stance::Asserts
            };
            let kind = EntryKind::Phrase {
                speech: p.then.as_deref() == Some("speech"),
                stance,
            };
            self.words(file, line, &p.id, &p.words, kind);
        }
        for p in parsed.particle {
            let line = line_of(content, p.span().start);
            let p = p.into_inner();
            self.need_example(file, line, &p.id, p.example.len());
            let Some(effect) = self.effect(file, line, &p.effect) else {
                continue;
            };
            self.words(
                file,
                line,
                &p.id,
                &p.words,
                EntryKind::Particle {
                    effect,
                    next: p.scope == "next",
                },
            );
        }
        let kinds = [
            ("anonymous", parsed.anonymous),
            ("witness", parsed.witness),
            ("expert", parsed.expert),
            ("document", parsed.document),
            ("media", parsed.media),
        ];
        for (kind, list) in kinds {
            for s in list {
                let line = line_of(content, s.span().start);
                let s: SourceNounSource = s.into_inner();
                let id = s.id.unwrap_or_else(|| format!("{kind}-{line}"));
                self.need_example(file, line, &id, s.example.len());
                self.words(file, line, &id, &s.words, EntryKind::SourceNoun { kind: kind.into() });
            }
        }
    }

    fn effect(&mut self, file: &str, line: u32, name: &str) -> Option<Effect> {
        let effect = match name {
            "assert" | "attempt" | "phase" => Effect::Assert,
            "negation" => Effect::Negation,
            "hypothetical" => Effect::Hypothetical,
            "future" => Effect::Future,
            "probable" => Effect::Probable,
            "possible" => Effect::Possible,
            "end" => Effect::End,
            "demand" => Effect::Demand,
            _ => {
                let hint = "assert, negation, hypothetical, future, probable, possible, end, demand";
                self.fault(file, line, format!("unknown effect `{name}`"), hint);
                return None;
            }
        };
        Some(effect)
    }

    fn words(&mut self, file: &str, line: u32, id: &str, words: &[String], kind: EntryKind) {
        let lemma = words.first().cloned().unwrap_or_default();
        let entry = self.entry(file, line, id, &lemma, kind);
        for word in words {
            self.form(word, Target::Entry(entry), Features::PARTICLE);
        }
    }

    fn plain_verbs(&mut self, file: &str, content: &str) {
        for (i, line) in content.lines().enumerate().skip(1) {
            let cells: Vec<&str> = line.split('\t').collect();
            if line.starts_with('#') || cells.len() < 2 || cells[0] == "lemma" {
                continue;
            }
            let n = i as u32 + 1;
            let vowel = cells.get(2).copied().filter(|v| !v.is_empty());
            let entry = self.entry(file, n, &format!("line-{n}"), cells[0], EntryKind::Plain);
            self.verb_forms(file, n, entry, cells[0], cells[1], vowel, false);
        }
    }

    fn topics(&mut self, sources: &Sources) {
        let file = "topics.toml";
        let content = sources.get(file).unwrap_or("topic = []");
        let parsed = match parse::<TopicFile>(file, content) {
            Ok(p) => p,
            Err(e) => return self.faults.push(e),
        };
        for t in parsed.topic {
            let line = line_of(content, t.span().start);
            let t = t.into_inner();
            let mut drops = Vec::new();
            for name in t.drops.iter().filter(|d| *d != "*") {
                match self.tables.scheme.iter().position(|k| k.name == name) {
                    Some(k) => drops.push(k as u8),
                    None => self.fault(file, line, format!("unknown type `{name}`"), "one of the sixteen, or *"),
                }
            }
            let i = self.tables.topics.len() as u16;
            for word in &t.words {
                self.form(word, Target::Topic(i), Features::NOUN);
            }
            let document = t.scope == "document";
            self.tables.topics.push(Topic {
                name: t.name.into(),
                document,
                least: t.least,
                drops,
            });
        }
    }

    fn weights(&mut self, sources: &Sources) {
        #[derive(serde::Deserialize)]
        #[serde(deny_unknown_fields)]
        struct WeightFile {
            weights: BTreeMap<String, f32>,
        }
        let file = "weights.toml";
        match parse::<WeightFile>(file, sources.get(file).unwrap_or("[weights]")) {
            Ok(w) => self.tables.weights = w.weights.into_iter().map(|(k, v)| (k.into(), v)).collect(),
            Err(e) => self.faults.push(e),
        }
    }

    fn finish(mut self, sources: &Sources) -> Result<Vec<u8>, Vec<DataError>> {
        let mut digest = Sha256::new();
        for (name, content) in &sources.0 {
            digest.update((name.len() as u64).to_le_bytes());
            digest.update(name);
            digest.update((content.len() as u64).to_le_bytes());
            digest.update(content);
        }
        self.tables.hash = digest.finalize().iter().map(|b| format!("{b:02x}")).collect();
        if !self.faults.is_empty() {
            return Err(self.faults);
        }
        let mut map = fst::MapBuilder::memory();
        let internal =
            |e: &dyn std::fmt::Display| vec![DataError::new("", 0, e.to_string(), "a fault of the compiler")];
        for (form, mut readings) in self.forms {
            readings.sort();
            readings.dedup();
            readings.truncate(255);
            let value = (self.tables.readings.len() as u64) << 8 | readings.len() as u64;
            self.tables.readings.extend(readings);
            map.insert(form, value).map_err(|e| internal(&e))?;
        }
        let forms = map.into_inner().map_err(|e| internal(&e))?;
        Lexicon::pack(&self.tables, &forms).map_err(|e| internal(&e))
    }
}

/// The key of a form: folded words joined by one blank; marks between words count as blanks.
pub fn form_key(surface: &str) -> String {
    let folded = fold(surface);
    let mut out = String::with_capacity(folded.len());
    for word in folded.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()) {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
    }
    out
}
