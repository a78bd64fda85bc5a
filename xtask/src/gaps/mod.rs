//! `cargo xtask gaps`: what the lexicon lacks, by how often articles have it.
//!
//! Comes in: articles in any form that `khaldun code` reads. Goes out: four lists, the commonest first, each row with an example. Refuses to say what a word
//! is: where it stands gives a guess, and a person decides.

mod look;
mod print;
mod tally;

use crate::Outcome;
use crate::data::engine;
use clap::{Parser, ValueEnum};
use khaldun_cli::args::{InputArgs, ViewArgs};
use khaldun_cli::input::Defaults;
use khaldun_cli::input::plan::plan;
use khaldun_cli::run::{self, End};
use khaldun_cli::say::Voice;
use look::Look;
use std::ops::ControlFlow;
use std::sync::Arc;
use tally::Tally;

const EXAMPLES: &str = "\
Lists:
  words        words with no reading in the lexicon, in no name and in no time expression
  predicates   main verbs, and nouns behind a light verb, that are neither an event nor a verb of saying
  names        names behind a title, a body or a verb that no table has
  times        words of time outside every time expression

Examples:
  cargo xtask gaps news/                            a folder of .txt, .html, .jsonl
  cargo xtask gaps news.jsonl --top 1000 -f jsonl   for other programs
  cargo xtask gaps news.jsonl --list predicates     one list";

/// Lists what the lexicon lacks for these articles, the commonest first
#[derive(Debug, Parser)]
#[command(name = "cargo xtask gaps", after_help = EXAMPLES, max_term_width = 100)]
struct Gaps {
    #[command(flatten)]
    input: InputArgs,
    /// Rows of each list
    #[arg(long, value_name = "N", default_value_t = 50)]
    top: usize,
    /// Form of the output
    #[arg(short, long, value_enum, default_value_t = Format::Table)]
    format: Format,
    /// Only this list (may be given again)
    #[arg(long, value_enum, value_name = "LIST")]
    list: Vec<List>,
}

/// Form of the output.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// To read.
    Table,
    /// One row a line.
    Jsonl,
}

/// What is lacking.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, ValueEnum, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum List {
    /// A reading.
    Words,
    /// An entry of `events` or `stance`.
    Predicates,
    /// A row of `entities`.
    Names,
    /// A pattern of `time`.
    Times,
}

/// Runs the command.
pub fn gaps(arguments: &[&str]) -> Outcome {
    let args = match Gaps::try_parse_from(["cargo xtask gaps"].iter().chain(arguments)) {
        Ok(args) => args,
        Err(e) if e.use_stderr() => return Err(e.to_string()),
        Err(e) => return e.print().map_err(|e| e.to_string()),
    };
    let engine = engine()?;
    let plan = plan(&args.input.inputs).map_err(|e| e.to_string())?;
    let mut voice =
        Voice::new(ViewArgs::default(), plan.bytes, args.input.errors.as_deref()).map_err(|e| e.to_string())?;
    voice.begin(&plan);
    let defaults = Defaults {
        date: args.input.date,
        outlet: args.input.outlet.unwrap_or_default(),
    };
    let look = Arc::new(Look::new(engine.lexicon()));
    let work: Arc<run::Work<look::Found>> = Arc::new(move |worker, doc| {
        let found = worker.document(&doc.article, |document| look.at(document));
        (found, Vec::new())
    });
    let mut tally = Tally::new(engine.lexicon());
    let end = run::run(&engine, plan, defaults, args.input.jobs, work, |batch, bytes| {
        for done in batch {
            match done.result {
                Ok((found, told)) => {
                    voice.read(&told, None);
                    tally.document(found);
                }
                Err(failure) => voice.fail(&failure),
            }
        }
        voice.advance(bytes);
        Ok(ControlFlow::Continue(()))
    })
    .map_err(|e| e.to_string())?;
    let exit = voice.finish(end == End::Interrupted);
    let mut rows = tally.rows();
    rows.retain(|list, rows| {
        rows.truncate(args.top);
        args.list.is_empty() || args.list.contains(list)
    });
    print::print(&rows, args.format)?;
    match exit {
        khaldun_cli::Exit::Done => Ok(()),
        khaldun_cli::Exit::SomeFailed => Err("some documents could not be read; the lists are of the others".into()),
        khaldun_cli::Exit::Interrupted => Err("interrupted; the lists are of the documents read before".into()),
    }
}

#[cfg(test)]
mod tests {
    use super::tally::{Row, Tally};
    use super::{List, gaps, look::Look};
    use crate::data::engine;
    use khaldun_engine::Article;
    use std::collections::BTreeMap;

    fn lists(texts: &[&str]) -> BTreeMap<List, Vec<Row>> {
        let engine = engine().expect("the data compile");
        let (look, mut tally) = (Look::new(engine.lexicon()), Tally::new(engine.lexicon()));
        for text in texts {
            let article = Article {
                published: "2024-05-15".parse().ok(),
                text: (*text).into(),
                ..Article::default()
            };
            tally.document(engine.worker().document(&article, |d| look.at(d)));
        }
        tally.rows()
    }

    fn row<'a>(rows: &'a BTreeMap<List, Vec<Row>>, list: List, form: &str) -> Option<&'a Row> {
        rows.get(&list)?.iter().find(|r| r.form == form)
    }

    // Invented words stand for words that no lexicon has.
    #[test]
    fn a_word_counts_with_the_letters_before_it() {
        let rows = lists(&["رأينا زخرفولا كبيرا", "ثم نظر إلى الزخرفولا وعاد بالزخرفولا"]);
        let word = row(&rows, List::Words, "زخرفولا").expect("it is listed");
        assert_eq!((word.count, word.documents, word.guess.as_str()), (3, 3, "noun"));
    }

    #[test]
    fn an_unknown_verb_is_told_by_its_place() {
        let rows = lists(&["عندما زنطف الوزير غادر القاعة", "لم زنطف أحد في المدينة أمس"]);
        assert!(row(&rows, List::Predicates, "زنطف").is_some(), "{rows:?}");
    }

    #[test]
    fn a_verb_without_entry_is_listed_and_an_event_is_not() {
        let rows = lists(&["سكن الوزير في المدينة", "زار الوزير المصري أنقرة"]);
        let forms: Vec<&str> = rows[&List::Predicates].iter().map(|r| r.form.as_str()).collect();
        assert_eq!(forms, ["سَكَنَ"]);
    }

    #[test]
    fn a_name_behind_a_title_is_listed_with_it() {
        let rows = lists(&["التقى وزير الخارجية سمير زخرفولي الوفد"]);
        let name = row(&rows, List::Names, "سمير زخرفولي").expect("it is listed");
        assert_eq!(name.guess, "وزير الخارجية");
    }

    #[test]
    fn a_word_of_time_in_no_expression_is_listed() {
        let rows = lists(&["غادر الوفد المدينة قبل أيام", "وصفوا المهرجان بأنه أيام السينما"]);
        let forms: Vec<&str> = rows[&List::Times].iter().map(|r| r.form.as_str()).collect();
        assert_eq!(forms, ["بأنه أيام"]);
    }

    #[test]
    fn what_cannot_be_read_is_an_error() {
        assert!(gaps(&["no/such/folder"]).unwrap_err().contains("no/such/folder"));
        assert!(gaps(&["--top", "many"]).unwrap_err().contains("--top"));
    }
}
