//! From merged drafts to records, with stable ids.

use super::draft::Draft;
use super::{Document, source};
use crate::mention::entity::{Kind, Mention};
use crate::record::*;
use crate::text::Span;
use compact_str::CompactString;
use khaldun_lexicon::lexicon::Effect;
use sha2::{Digest, Sha256};

/// Records of the merged drafts, in text order, with stable ids.
pub fn records(doc: &Document, drafts: Vec<Draft>) -> Vec<Record> {
    let mut out: Vec<Record> = Vec::with_capacity(drafts.len());
    let mut seen: rustc_hash::FxHashMap<String, usize> = rustc_hash::FxHashMap::default();
    for d in drafts {
        let mut record = record(doc, &d);
        let key = format!(
            "{}|{}|{}|{}|{}",
            doc.article.id,
            record.event_type,
            keys(doc, &d.actors),
            keys(doc, &d.recipients),
            record.date.as_deref().unwrap_or("")
        );
        let n = seen.entry(key.clone()).or_insert(0);
        let digest = Sha256::digest(format!("{key}|{n}").as_bytes());
        *n += 1;
        record.id = digest.iter().take(8).map(|b| format!("{b:02x}")).collect();
        out.push(record);
    }
    out
}

fn keys(doc: &Document, mentions: &[usize]) -> String {
    let mut keys: Vec<&str> = mentions.iter().map(|m| doc.input.mentions[*m].key.as_str()).collect();
    keys.sort_unstable();
    keys.join("+")
}

fn record(doc: &Document, d: &Draft) -> Record {
    let lexicon = doc.input.lexicon;
    let kind = &lexicon.tables.scheme[d.kind as usize];
    let a = &doc.sentences[d.sentence];
    let mut why = d.why.clone();
    let mode = kind.modes.iter().find(|m| d.modes.contains(&m.name));
    let published = doc.article.published;
    let (mut date, mut enddate, mut date_text, mut basis) = (None, None, None, "none");
    let mut historical = false;
    if let Some(w) = d.when {
        let time = &doc.times[w.time];
        let text = doc.input.text.slice(time.span);
        let entry = &lexicon.tables.time.entries[time.entry as usize];
        why.push(format!("date {}–{}: «{text}», {}", w.from, w.to, entry.id));
        date = Some(w.from.to_string());
        enddate = Some(w.to.to_string());
        date_text = Some(text.to_owned());
        basis = "text";
        historical = published.is_some_and(|p| w.to < p.saturating_sub(jiff::Span::new().days(365)));
    }
    let mut aux: Vec<&'static str> = Vec::new();
    if d.effects.contains(&Effect::Negation) {
        aux.push("negation");
    }
    if d.effects.contains(&Effect::Hypothetical) {
        aux.push("hypothetical");
    }
    if d.effects.contains(&Effect::Future) {
        aux.push("future");
    }
    if historical {
        aux.push("historical");
    }
    let certainty = if d.effects.contains(&Effect::Possible) {
        "possible"
    } else if d.effects.contains(&Effect::Probable) {
        "probable"
    } else {
        "certain"
    };
    let span = sentence_span(doc, d.sentence);
    let slice = |s: Span| doc.input.text.slice(s).to_owned();
    let attributed_to = source::attributions(doc, d, &mut why);
    let event_loc = d.place.map(|m| location(doc, m));
    if let Some(l) = &event_loc {
        why.push(format!("place «{}» {}", l.text, l.country.as_deref().unwrap_or("")));
    }
    Record {
        id: String::new(),
        doc_id: doc.article.id.clone(),
        event_type: kind.name.to_string(),
        mode: d.modes.iter().map(|m| m.to_string()).collect(),
        context: d
            .contexts
            .iter()
            .filter(|c| !matches!(c.as_str(), "killing" | "injury" | super::roles::CAPTURE))
            .map(|c| c.to_string())
            .collect(),
        quad_code: kind.quad,
        event_scale: mode.map_or(kind.scale, |m| m.scale),
        cameo: d
            .cameo
            .clone()
            .unwrap_or_else(|| mode.map_or_else(|| kind.cameo.clone(), |m| m.cameo.clone()))
            .to_string(),
        actor: d.actors.iter().map(|m| party_of(doc, *m, &mut why)).collect(),
        recipient: d.recipients.iter().map(|m| party_of(doc, *m, &mut why)).collect(),
        date,
        enddate,
        date_basis: basis,
        date_text,
        aux,
        certainty,
        attributed_to,
        event_loc,
        quantities: d.counts.clone(),
        evidence: Evidence {
            sentence: a.index,
            start: span.start,
            end: span.end,
            trigger: Trigger {
                start: d.trigger.start,
                end: d.trigger.end,
                text: slice(d.trigger),
            },
            text: slice(span),
        },
        why,
        coder: Coder {
            version: env!("CARGO_PKG_VERSION"),
            lexicon: lexicon.tables.hash.clone(),
        },
    }
}

fn sentence_span(doc: &Document, s: usize) -> Span {
    let t = &doc.sentences[s].sentence.tokens;
    doc.input.tokens[t.start].span.join(doc.input.tokens[t.end - 1].span)
}

/// Country of a mention: its own, or that of the scene.
pub fn country(doc: &Document, m: usize) -> CompactString {
    let own = &doc.input.mentions[m].country;
    if own.is_empty() {
        doc.home[m].0.clone()
    } else {
        own.clone()
    }
}

fn party_of(doc: &Document, m: usize, why: &mut Vec<String>) -> Party {
    let mention = &doc.input.mentions[m];
    let t = &doc.input.lexicon.tables;
    let country = country(doc, m);
    if mention.country.is_empty() && !country.is_empty() {
        why.push(format!(
            "country of «{}» {country}: {}",
            doc.input.text.slice(mention.name),
            doc.home[m].1
        ));
    }
    let names = names(t, mention);
    let bloc = matches!(country.as_str(), "UNO" | "EUR" | "IGO");
    let place = mention.kind == Kind::Place || mention.kind == Kind::Site && mention.sector.is_empty();
    let sector: Vec<String> = if bloc && mention.sector != "MIL" {
        Vec::new()
    } else if place {
        vec!["CVL".into()]
    } else {
        mention
            .sector
            .split('|')
            .filter(|s| !s.is_empty() && *s != "~")
            .map(str::to_owned)
            .collect()
    };
    Party {
        text: doc.input.text.slice(mention.name).to_owned(),
        name_ar: names.as_ref().map(|n| n.0.to_string()),
        name_en: names.as_ref().map(|n| n.1.to_string()),
        entity_id: names.as_ref().map(|n| n.2.to_string()),
        country: (!country.is_empty()).then(|| country.to_string()),
        sector,
        start: mention.name.start,
        end: mention.name.end,
    }
}

/// Arabic name, English name and id of a mention that a table has.
pub fn names<'t>(t: &'t khaldun_lexicon::lexicon::Tables, m: &Mention) -> Option<(&'t str, &'t str, CompactString)> {
    use khaldun_lexicon::lexicon::Target;
    match m.target? {
        Target::Person(p) => t
            .people
            .get(p as usize)
            .map(|n| (n.name_ar.as_str(), n.name_en.as_str(), n.id.clone())),
        Target::Body(b) => t
            .bodies
            .get(b as usize)
            .map(|n| (n.name_ar.as_str(), n.name_en.as_str(), n.id.clone())),
        Target::State(s) | Target::Capital(s) => t
            .states
            .get(s as usize)
            .map(|n| (n.name_ar.as_str(), n.name_en.as_str(), n.iso3.clone())),
        Target::Seat(s) => t
            .states
            .get(t.seats[s as usize].state as usize)
            .map(|n| (n.name_ar.as_str(), n.name_en.as_str(), n.iso3.clone())),
        _ => None,
    }
}

/// The place row of a capital that was read as a state.
fn capital(doc: &Document, mention: &Mention) -> Option<u32> {
    use khaldun_lexicon::lexicon::Target;
    let lexicon = doc.input.lexicon;
    let Some(Target::Capital(s)) = mention.target else {
        return None;
    };
    let state = &lexicon.tables.states[s as usize];
    let key = khaldun_lexicon::compile::form_key(&state.capital);
    lexicon.get(&key).iter().find_map(|r| match r.target {
        Target::Place(p) if lexicon.tables.places[p as usize].country == state.iso3 => Some(p),
        _ => None,
    })
}

fn location(doc: &Document, m: usize) -> Location {
    let mention = &doc.input.mentions[m];
    let t = &doc.input.lexicon.tables;
    let place = mention.place.is_some() || matches!(mention.kind, Kind::Place | Kind::Site | Kind::State);
    let named = || {
        t.states
            .iter()
            .find(|s| s.iso3 == country(doc, m))
            .map(|s| s.name_ar.to_string())
    };
    // A party that tells the country is no place itself: the country's name stands for it.
    let text = (!place).then(named).flatten();
    let text = text.unwrap_or_else(|| doc.input.text.slice(mention.span).to_owned());
    match mention
        .place
        .or_else(|| capital(doc, mention))
        .map(|p| &t.places[p as usize])
    {
        Some(p) => Location {
            text,
            country: (!p.country.is_empty()).then(|| p.country.to_string()),
            lat: Some(p.lat),
            lon: Some(p.lon),
            geonameid: (p.geonameid > 0).then_some(p.geonameid),
            resolution: match p.kind.as_str() {
                "region" | "sea" => "region",
                "site" => "site",
                _ if mention.kind == Kind::Site => "site",
                _ => "city",
            },
        },
        None => {
            let country = country(doc, m);
            Location {
                text,
                country: (!country.is_empty()).then(|| country.to_string()),
                lat: None,
                lon: None,
                geonameid: None,
                resolution: "country",
            }
        }
    }
}
