//! `khaldun why`: one event, from the words to each field, with the lines of data behind it.

use crate::args::{ViewArgs, WhyArgs};
use crate::input::Defaults;
use crate::input::plan::{Plan, plan};
use crate::output::table::{Head, when};
use crate::run::{self, End};
use crate::say::{View, Voice};
use crate::{Exit, Fatal, print};
use khaldun_engine::record::Party;
use khaldun_engine::{Engine, Record};
use khaldun_lexicon::Lexicon;
use std::collections::VecDeque;
use std::io::{self, IsTerminal};
use std::ops::ControlFlow;
use std::sync::Arc;

/// Which event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Choice {
    /// From the first, counted from 1.
    First(usize),
    /// From the last, counted from 1.
    Last(usize),
    /// Beginning of the id.
    Id(String),
}

impl Choice {
    /// Reads a position or an id. Ids are sixteen characters; a short number is a position.
    ///
    /// # Errors
    /// Position nought.
    pub fn parse(s: &str) -> Result<Choice, Fatal> {
        match s.parse::<i64>() {
            Ok(0) => Err(Fatal::Usage("there is no event 0: 1 is the first, -1 the last".into())),
            Ok(n) if s.len() < 10 => {
                let position = n.unsigned_abs() as usize;
                Ok(if n > 0 {
                    Choice::First(position)
                } else {
                    Choice::Last(position)
                })
            }
            _ if s.is_empty() => Err(Fatal::Usage("the event is a position or the beginning of an id".into())),
            _ => Ok(Choice::Id(s.to_owned())),
        }
    }
}

/// Explains the event that the arguments name.
///
/// # Errors
/// No such event, or more than one.
pub fn why(args: WhyArgs) -> Result<Exit, Fatal> {
    let choice = Choice::parse(&args.event)?;
    let plan = plan(&args.input.inputs)?;
    let defaults = Defaults {
        date: args.input.date,
        outlet: args.input.outlet.unwrap_or_default(),
    };
    let voice = Voice::new(args.view, plan.bytes, args.input.errors.as_deref())?;
    voice.begin(&plan);
    explain(choice, plan, defaults, args.input.jobs, args.view, voice)
}

/// Codes the documents of a plan until the event is found, and prints its trace.
pub fn explain(
    choice: Choice,
    plan: Plan,
    defaults: Defaults,
    jobs: usize,
    view: ViewArgs,
    mut voice: Voice,
) -> Result<Exit, Fatal> {
    let work: Arc<run::Work<Vec<(Head, Record)>>> = Arc::new(|worker, doc| {
        let reading = worker.read(&doc.article);
        (
            reading
                .events
                .into_iter()
                .map(|r| (Head::of(&doc.article), r))
                .collect(),
            reading.notes,
        )
    });
    let (mut seen, mut found) = (0usize, VecDeque::new());
    let engine = Engine::bundled();
    let end = run::run(&engine, plan, defaults, jobs, work, |batch, bytes| {
        for done in batch {
            match done.result {
                Ok((records, told)) => {
                    voice.read(&told, None);
                    for event in records {
                        seen += 1;
                        match &choice {
                            Choice::First(n) if *n == seen => found.push_back(event),
                            Choice::First(_) => {}
                            Choice::Last(n) => {
                                found.push_back(event);
                                if found.len() > *n {
                                    found.pop_front();
                                }
                            }
                            Choice::Id(id) if event.1.id.starts_with(id.as_str()) => found.push_back(event),
                            Choice::Id(_) => {}
                        }
                    }
                }
                Err(failure) => voice.fail(&failure),
            }
        }
        voice.advance(bytes);
        let enough = matches!(choice, Choice::First(n) if seen >= n);
        Ok(if enough {
            ControlFlow::Break(())
        } else {
            ControlFlow::Continue(())
        })
    });
    let end = end.map_err(|e| Fatal::Write("the trace".into(), e))?;
    if end == End::Interrupted {
        return Ok(voice.finish(true));
    }
    let exit = voice.finish(false);
    let missing = |what: String| Fatal::Usage(format!("{what}; events in all: {seen}"));
    let event = match choice {
        Choice::First(n) => found.pop_front().ok_or_else(|| missing(format!("no event {n}")))?,
        Choice::Last(n) if found.len() < n => return Err(missing(format!("no event -{n}"))),
        Choice::Last(_) => found.pop_front().ok_or_else(|| missing("no event".into()))?,
        Choice::Id(id) => {
            let first = found
                .pop_front()
                .ok_or_else(|| missing(format!("no event with the id {id}…")))?;
            if let Some(other) = found.iter().find(|o| o.1.id != first.1.id) {
                return Err(Fatal::Usage(format!(
                    "{id}… begins more than one id: {}, {}, …",
                    first.1.id, other.1.id
                )));
            }
            first
        }
    };
    let view = View::of(view, io::stdout().is_terminal());
    let (head, mut record) = event;
    for step in &mut record.why {
        locate(step, engine.lexicon());
    }
    print(trace(&head, &record, view).as_bytes()).map(|_| exit)
}

/// Adds file and line to a step that ends in the name of a time entry.
fn locate(step: &mut String, lexicon: &Lexicon) {
    let Some(id) = step.rsplit(", ").next().filter(|_| step.starts_with("date ")) else {
        return;
    };
    if let Some(entry) = lexicon.tables.time.entries.iter().find(|e| e.id == id) {
        *step += &format!(" (data/{}:{})", entry.file, entry.line);
    }
}

/// The trace: the words, what was decided from them, the fields.
fn trace(head: &Head, r: &Record, view: View) -> String {
    let q = |s: &str| view.quote(s);
    let kind = if r.mode.is_empty() {
        r.event_type.clone()
    } else {
        format!("{}/{}", r.event_type, r.mode.join("+"))
    };
    let mut out = format!(
        "{}  {}\n{}\n\n",
        view.paint(&kind, "1"),
        r.id,
        head.line(view, usize::MAX)
    );
    let mut steps = vec![format!(
        "sentence {}, characters {}–{}: {}",
        r.evidence.sentence,
        r.evidence.start,
        r.evidence.end,
        q(&r.evidence.text)
    )];
    steps.extend(r.why.iter().map(|w| q(w)));
    for (i, step) in steps.iter().enumerate() {
        out += &format!("{:>3}. {step}\n", i + 1);
    }
    out.push('\n');
    let mut field = |name: &str, value: String| {
        if !value.is_empty() {
            out += &format!("{name:<12} {value}\n");
        }
    };
    let sign = match r.quad_code {
        1 => "verbal cooperation",
        2 => "material cooperation",
        3 => "verbal conflict",
        _ => "material conflict",
    };
    field(
        "event",
        format!("{kind}, {sign}, score {}, CAMEO {}", r.event_scale, r.cameo),
    );
    field("context", r.context.join(", "));
    for p in &r.actor {
        field("actor", party(p, view));
    }
    for p in &r.recipient {
        field("recipient", party(p, view));
    }
    let date = match &r.date_text {
        Some(text) => format!("{} from {}", when(r), q(text)),
        None if r.date.is_some() => format!("{} ({})", when(r), r.date_basis),
        None => "none in the text".into(),
    };
    field("date", date);
    if let Some(l) = &r.event_loc {
        let point = l.lat.zip(l.lon).map(|(a, b)| format!(" {a}, {b}")).unwrap_or_default();
        let id = l.geonameid.map(|n| format!(" geonames {n}")).unwrap_or_default();
        field(
            "place",
            format!(
                "{} {} ({}){point}{id}",
                q(&l.text),
                l.country.as_deref().unwrap_or("?"),
                l.resolution
            ),
        );
    }
    for c in &r.quantities {
        let bound = |n: Option<f64>| n.map(|n| n.to_string()).unwrap_or_else(|| "?".into());
        let range = if c.min == c.max {
            bound(c.min)
        } else {
            format!("{}–{}", bound(c.min), bound(c.max))
        };
        field("quantity", format!("{} {range} {}", c.role, q(&c.unit)));
    }
    let state = if r.aux.is_empty() {
        String::new()
    } else {
        format!("{}, ", r.aux.join(", "))
    };
    field("certainty", format!("{state}{}", r.certainty));
    for a in &r.attributed_to {
        field("according", format!("{} ({}, {})", q(&a.text), a.kind, a.stance));
    }
    field(
        "coder",
        format!(
            "{}, lexicon {}",
            r.coder.version,
            &r.coder.lexicon.get(..12).unwrap_or(&r.coder.lexicon)
        ),
    );
    out
}

fn party(p: &Party, view: View) -> String {
    let mut out = format!("{} → {}", view.quote(&p.text), p.country.as_deref().unwrap_or("?"));
    for s in &p.sector {
        out += &format!(" {s}");
    }
    if let Some(name) = &p.name_en {
        out += &format!(", {name}");
    }
    if let Some(id) = &p.entity_id {
        out += &format!(" ({id})");
    }
    out + &format!(", characters {}–{}", p.start, p.end)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn positions_and_ids() {
        assert_eq!(Choice::parse("-1").unwrap(), Choice::Last(1));
        assert_eq!(Choice::parse("12").unwrap(), Choice::First(12));
        assert_eq!(
            Choice::parse("1234567890123456").unwrap(),
            Choice::Id("1234567890123456".into())
        );
        assert_eq!(Choice::parse("3fa").unwrap(), Choice::Id("3fa".into()));
        assert!(Choice::parse("0").is_err());
    }
}
