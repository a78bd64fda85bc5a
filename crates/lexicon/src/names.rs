//! Names: states, people, bodies, heads and places, from the tables in `data/entities/`.

use crate::compile::Builder;
use crate::features::Features;
use crate::inflect;
use crate::lexicon::*;
use crate::source::{Sources, parse};
use compact_str::CompactString;

/// Sectors of the codebook.
pub const SECTORS: [&str; 26] = [
    "GOV", "MIL", "COP", "JUD", "LEG", "PTY", "REB", "PRM", "SPY", "UAF", "UNK", "AGR", "BUS", "CRM", "CVL", "EDU",
    "ELI", "JRN", "LAB", "MED", "REF", "OPP", "PRE", "REL", "SOC", "~",
];

/// Loads all name tables into the builder.
pub(crate) fn load(sources: &Sources, b: &mut Builder) {
    states(sources, b);
    people(sources, b);
    bodies(sources, b);
    heads(sources, b);
    places(sources, b);
    modifiers(sources, b);
}

/// Rows of a table: line number and cells by column. A fault if a column is missing or a row has another width.
fn rows<'s>(sources: &'s Sources, b: &mut Builder, file: &str, columns: &[&str]) -> Vec<(u32, Vec<&'s str>)> {
    let Some(content) = sources.get(file) else {
        return Vec::new();
    };
    let mut order: Option<Vec<usize>> = None;
    let mut out = Vec::new();
    for (i, line) in content.lines().enumerate() {
        let n = i as u32 + 1;
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        let cells: Vec<&str> = line.split('\t').collect();
        let Some(order) = &order else {
            let mut found = Vec::new();
            for c in columns {
                match cells.iter().position(|x| x == c) {
                    Some(p) => found.push(p),
                    None => {
                        return {
                            b.fault(
                                file,
                                n,
                                format!("no column `{c}`"),
                                format!("columns: {}", columns.join(" ")),
                            );
                            out
                        };
                    }
                }
            }
            order = Some(found);
            continue;
        };
        if order.iter().any(|&p| p >= cells.len()) {
            b.fault(
                file,
                n,
                format!("{} cells, {} columns", cells.len(), columns.len()),
                "cells are separated by one tab",
            );
            continue;
        }
        out.push((n, order.iter().map(|&p| cells[p].trim()).collect()));
    }
    out
}

fn variants(cell: &str) -> impl Iterator<Item = &str> {
    cell.split('|').map(str::trim).filter(|v| !v.is_empty())
}

fn first(cell: &str) -> CompactString {
    variants(cell).next().unwrap_or("").into()
}

fn states(sources: &Sources, b: &mut Builder) {
    let file = "entities/states.tsv";
    for (_, c) in rows(
        sources,
        b,
        file,
        &["iso3", "name_en", "names", "capital", "demonym", "people", "seats"],
    ) {
        let i = b.tables.states.len() as u16;
        b.tables.states.push(State {
            iso3: c[0].into(),
            name_en: c[1].into(),
            name_ar: first(c[2]),
            capital: first(c[3]),
            demonym: first(c[4]),
        });
        for name in variants(c[2]) {
            b.form(name, Target::State(i), Features::NOUN);
        }
        for name in variants(c[3]) {
            b.form(name, Target::Capital(i), Features::NOUN);
        }
        for (k, nisba) in variants(c[4]).enumerate() {
            let plurals: Vec<&str> = if k == 0 { variants(c[5]).collect() } else { Vec::new() };
            for f in inflect::nisba(nisba, &plurals) {
                b.form(&f.surface, Target::Demonym(i), f.features);
            }
        }
        for seat in variants(c[6]) {
            let (name, sector) = seat.split_once(':').unwrap_or((seat, "GOV"));
            b.tables.seats.push(Seat {
                state: i,
                name: name.into(),
                sector: sector.into(),
            });
            let s = (b.tables.seats.len() - 1) as u16;
            b.form(name, Target::Seat(s), Features::NOUN);
        }
    }
}

fn people(sources: &Sources, b: &mut Builder) {
    let file = "entities/people.tsv";
    for (n, c) in rows(
        sources,
        b,
        file,
        &["id", "name_en", "names", "short", "country", "sector", "to"],
    ) {
        check_sector(b, file, n, c[5]);
        let i = b.tables.people.len() as u32;
        b.tables.people.push(Named {
            until: c[6].replace('-', "").parse().unwrap_or(0),
            ..named(&c[..3], "person", c[4], c[5])
        });
        for name in variants(c[2]).chain(variants(c[3])) {
            b.form(name, Target::Person(i), Features::NOUN);
        }
        for name in variants(c[2]) {
            if let Some((given, _)) = name.split_once(' ') {
                b.form(given, Target::Given, Features::NOUN);
            }
        }
    }
}

fn bodies(sources: &Sources, b: &mut Builder) {
    let file = "entities/bodies.tsv";
    for (n, c) in rows(
        sources,
        b,
        file,
        &["id", "name_en", "names", "kind", "country", "sector"],
    ) {
        check_sector(b, file, n, c[5]);
        let i = b.tables.bodies.len() as u32;
        b.tables.bodies.push(named(&c[..3], c[3], c[4], c[5]));
        for name in variants(c[2]) {
            b.form(name, Target::Body(i), Features::NOUN);
        }
    }
}

fn named(c: &[&str], kind: &str, country: &str, sector: &str) -> Named {
    let (id, name_en, name_ar) = (c[0].into(), c[1].into(), first(c[2]));
    Named {
        id,
        name_en,
        name_ar,
        kind: kind.into(),
        country: country.into(),
        sector: sector.into(),
        until: 0,
    }
}

fn check_sector(b: &mut Builder, file: &str, line: u32, sector: &str) {
    for s in variants(sector) {
        if !SECTORS.contains(&s) {
            b.fault(
                file,
                line,
                format!("unknown sector `{s}`"),
                format!("one of {}", SECTORS.join(" ")),
            );
        }
    }
}

fn heads(sources: &Sources, b: &mut Builder) {
    let file = "entities/heads.tsv";
    for (n, c) in rows(
        sources,
        b,
        file,
        &["lemma", "feminine", "plural", "kind", "sector", "name_en"],
    ) {
        check_sector(b, file, n, c[4]);
        let i = b.tables.heads.len() as u32;
        b.tables.heads.push(Head {
            lemma: first(c[0]),
            name_en: c[5].into(),
            kind: c[3].into(),
            sector: c[4].into(),
        });
        let plurals: Vec<&str> = variants(c[2]).collect();
        let mut forms = Vec::new();
        for (k, lemma) in variants(c[0]).enumerate() {
            forms.extend(inflect::noun(
                lemma,
                if k == 0 { &plurals } else { &[] },
                Features::NOUN,
            ));
        }
        for feminine in variants(c[1]) {
            forms.extend(inflect::noun(
                feminine,
                &[inflect::SOUND_FEMININE],
                Features::NOUN | Features::FEM,
            ));
        }
        for f in forms {
            b.form(&f.surface, Target::Head(i), f.features);
            // In the definite form of "noun adjective" both words take the article.
            if let Some((head, rest)) = f.surface.split_once(' ')
                && !rest.starts_with(ARTICLE)
                && !rest.contains(' ')
            {
                b.form(&format!("{head} {ARTICLE}{rest}"), Target::Head(i), f.features);
            }
        }
    }
}

/// The article, as the folding table writes it.
pub const ARTICLE: &str = "\u{627}\u{644}";

fn places(sources: &Sources, b: &mut Builder) {
    let file = "entities/places.tsv";
    let columns = [
        "geonameid",
        "name_en",
        "names",
        "country",
        "kind",
        "lat",
        "lon",
        "population",
    ];
    for (n, c) in rows(sources, b, file, &columns) {
        let (Ok(lat), Ok(lon)) = (c[5].parse::<f32>(), c[6].parse::<f32>()) else {
            b.fault(
                file,
                n,
                "latitude or longitude is no number",
                "degrees, such as 32.8872",
            );
            continue;
        };
        let i = b.tables.places.len() as u32;
        b.tables.places.push(Place {
            geonameid: c[0].parse().unwrap_or(0),
            name_en: c[1].into(),
            name_ar: first(c[2]),
            country: c[3].into(),
            kind: c[4].into(),
            lat,
            lon,
            population: c[7].parse().unwrap_or(0),
        });
        for name in variants(c[2]) {
            b.form(name, Target::Place(i), Features::NOUN);
        }
    }
}

/// `modifiers.toml`.
#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct ModifierFile {
    former: Vec<String>,
    both: Vec<String>,
    connector: Vec<String>,
    counterpart: Vec<String>,
    latter: Vec<String>,
    described: Vec<String>,
    #[serde(default)]
    owner: Vec<String>,
    #[serde(default)]
    member: Vec<String>,
    #[serde(default)]
    part: Vec<String>,
    #[serde(default)]
    ordinary: Vec<String>,
    /// Words that people's names begin with, beside those of `people.tsv`.
    #[serde(default)]
    given: Vec<String>,
    sector: std::collections::BTreeMap<String, String>,
}

fn modifiers(sources: &Sources, b: &mut Builder) {
    let file = "entities/modifiers.toml";
    let Some(content) = sources.get(file) else { return };
    let parsed: ModifierFile = match parse(file, content) {
        Ok(p) => p,
        Err(e) => return b.faults.push(e),
    };
    for (kind, words) in [
        (Modifier::Former, parsed.former),
        (Modifier::Both, parsed.both),
        (Modifier::Connector, parsed.connector),
        (Modifier::Counterpart, parsed.counterpart),
        (Modifier::Latter, parsed.latter),
        (Modifier::Described, parsed.described),
        (Modifier::Owner, parsed.owner),
        (Modifier::Member, parsed.member),
        (Modifier::Part, parsed.part),
        (Modifier::Ordinary, parsed.ordinary),
    ] {
        let i = b.tables.modifiers.len() as u16;
        b.tables.modifiers.push(kind);
        for word in words {
            b.form(&word, Target::Modifier(i), Features::PARTICLE);
        }
    }
    for word in parsed.given {
        b.form(&word, Target::Given, Features::NOUN);
    }
    for (word, sector) in parsed.sector {
        check_sector(b, file, 1, &sector);
        let i = b.tables.modifiers.len() as u16;
        b.tables.modifiers.push(Modifier::Sector(sector.as_str().into()));
        for f in inflect::nisba(&word, &[]) {
            b.form(&f.surface, Target::Modifier(i), f.features);
        }
    }
}
