//! `khaldun demo`: the articles that come with the program, coded, listed or printed.

use crate::args::DemoArgs;
use crate::code::write;
use crate::input::plan::{Input, Plan, Shape, Source};
use crate::input::{Defaults, jsonl};
use crate::output::{self, table::Head};
use crate::say::{View, Voice};
use crate::why::{Choice, explain};
use crate::{Exit, Fatal, print};
use std::io::{self, IsTerminal};

/// One document a line, of our own writing.
pub static ARTICLES: &str = include_str!("../demo/articles.jsonl");

/// The bundled articles.
pub fn demo(args: DemoArgs) -> Result<Exit, Fatal> {
    if args.articles {
        return print(ARTICLES.as_bytes());
    }
    let view = View::of(args.view, io::stdout().is_terminal());
    if args.list {
        let lines = ARTICLES.lines().filter_map(|l| jsonl::parse(l).ok());
        let lines: String = lines.map(|d| Head::of(&d.article).line(view, 200) + "\n").collect();
        return print(lines.as_bytes());
    }
    let plan = Plan {
        inputs: vec![Ok(Input {
            source: Source::Bundled(ARTICLES),
            name: "demo".into(),
            id: "demo".into(),
            shape: Shape::Lines,
        })],
        bytes: Some(ARTICLES.len() as u64),
        passed: Vec::new(),
    };
    let voice = Voice::new(args.view, plan.bytes, None)?;
    if let Some(event) = &args.why {
        return explain(Choice::parse(event)?, plan, Defaults::default(), 0, args.view, voice);
    }
    let (encoder, mut writer) = output::open(&args.output, args.view, &[])?;
    let result = write(plan, Defaults::default(), 0, encoder, &mut writer, voice);
    result.or_else(|e| Fatal::write(writer.name(), e))
}
