//! `khaldun mentions`: the entities, times and quantities of each document, one JSON object a line.

use crate::args::{MentionsArgs, ViewArgs};
use crate::input::plan::plan;
use crate::input::{Defaults, Doc};
use crate::output::Target;
use crate::run::{self, End};
use crate::say::Voice;
use crate::{Exit, Fatal};
use khaldun_engine::language::{Language, detect};
use khaldun_engine::mention::entity::{Kind, Mention};
use khaldun_engine::mention::time::TimeKind;
use khaldun_engine::{Engine, Worker};
use khaldun_lexicon::lexicon::{Tables, Target as Row};
use serde::Serialize;
use std::io::Write;
use std::ops::ControlFlow;
use std::sync::Arc;

#[derive(Serialize)]
struct Line<'a> {
    doc_id: &'a str,
    entities: Vec<Entity<'a>>,
    times: Vec<Time<'a>>,
    quantities: Vec<Quantity<'a>>,
}

#[derive(Serialize)]
struct Entity<'a> {
    text: &'a str,
    start: u32,
    end: u32,
    kind: &'static str,
    entity_id: Option<String>,
    country: Option<&'a str>,
    sector: Vec<&'a str>,
}

#[derive(Serialize)]
struct Time<'a> {
    text: &'a str,
    start: u32,
    end: u32,
    r#type: TimeKind,
    from: Option<String>,
    to: Option<String>,
    duration: Option<&'a str>,
}

#[derive(Serialize)]
struct Quantity<'a> {
    text: &'a str,
    start: u32,
    end: u32,
    role: Option<&'static str>,
    min: Option<f64>,
    max: Option<f64>,
    unit: &'a str,
}

/// Lists what the arguments name.
///
/// # Errors
/// Arguments that make no sense, or an output that cannot be written.
pub fn mentions(args: MentionsArgs) -> Result<Exit, Fatal> {
    let plan = plan(&args.input.inputs)?;
    let mut target = Target::open(args.output.as_deref(), &args.input.inputs)?;
    let mut voice = Voice::new(ViewArgs::default(), plan.bytes, args.input.errors.as_deref())?;
    voice.begin(&plan);
    let defaults = Defaults {
        date: args.input.date,
        outlet: args.input.outlet.unwrap_or_default(),
    };
    let engine = Engine::bundled();
    let work: Arc<run::Work<Vec<u8>>> = Arc::new({
        let engine = engine.clone();
        move |worker, doc| line(worker, &engine.lexicon().tables, doc)
    });
    let done = run::run(&engine, plan, defaults, args.input.jobs, work, |batch, bytes| {
        for done in batch {
            match done.result {
                Ok((line, told)) => {
                    voice.read(&told, None);
                    target.write_all(&line)?;
                }
                Err(failure) => voice.fail(&failure),
            }
        }
        target.flush()?;
        voice.advance(bytes);
        Ok(ControlFlow::Continue(()))
    });
    match done {
        Ok(end) => Ok(voice.finish(end == End::Interrupted)),
        Err(e) => Fatal::write(&target.name, e),
    }
}

fn line(worker: &mut Worker, tables: &Tables, doc: &Doc) -> (Vec<u8>, Vec<String>) {
    let a = &doc.article;
    let mut empty = Line {
        doc_id: &a.id,
        entities: Vec::new(),
        times: Vec::new(),
        quantities: Vec::new(),
    };
    match detect(&format!("{}\n{}", a.title, a.text)) {
        Language::Arabic => {}
        Language::Empty => return (encode(&empty), vec!["no text".into()]),
        Language::Other(name) => return (encode(&empty), vec![format!("not Arabic ({name}): not read")]),
    }
    let found = worker.mentions(a);
    for (i, m) in found
        .entities
        .iter()
        .enumerate()
        .filter(|(_, m)| m.kind != Kind::Source)
    {
        let home = found.home.get(i).map(|h| h.0.as_str());
        let country = Some(m.country.as_str())
            .filter(|c| !c.is_empty())
            .or(home)
            .filter(|c| !c.is_empty());
        empty.entities.push(Entity {
            text: found.text.slice(m.name),
            start: m.name.start,
            end: m.name.end,
            kind: m.kind.name(),
            entity_id: entity_id(tables, m),
            country,
            sector: m.sector.split('|').filter(|s| !s.is_empty() && *s != "~").collect(),
        });
    }
    empty.times.extend(found.times.iter().map(|t| Time {
        text: found.text.slice(t.span),
        start: t.span.start,
        end: t.span.end,
        r#type: t.kind,
        from: t.from.map(|d| d.to_string()),
        to: t.to.map(|d| d.to_string()),
        duration: t.duration.as_deref(),
    }));
    empty.quantities.extend(found.quantities.iter().map(|q| Quantity {
        text: found.text.slice(q.span),
        start: q.span.start,
        end: q.span.end,
        role: q.role.map(|r| r.as_str()),
        min: q.min,
        max: q.max,
        unit: &q.unit,
    }));
    let notes = found.times.iter().filter_map(|t| t.conflict.clone()).collect();
    (encode(&empty), notes)
}

/// The id of the table row that a mention was recognised by, as in the event record.
fn entity_id(t: &Tables, m: &Mention) -> Option<String> {
    match m.target? {
        Row::Person(p) => t.people.get(p as usize).map(|n| n.id.to_string()),
        Row::Body(b) => t.bodies.get(b as usize).map(|n| n.id.to_string()),
        Row::State(s) | Row::Capital(s) => t.states.get(s as usize).map(|n| n.iso3.to_string()),
        Row::Seat(s) => t
            .seats
            .get(s as usize)
            .and_then(|s| t.states.get(s.state as usize))
            .map(|n| n.iso3.to_string()),
        _ => None,
    }
}

fn encode(line: &Line) -> Vec<u8> {
    let mut bytes = serde_json::to_vec(line).unwrap_or_else(|e| unreachable!("a line has string keys: {e}"));
    bytes.push(b'\n');
    bytes
}
