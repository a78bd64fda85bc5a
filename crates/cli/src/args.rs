//! Verbs and flags: the one registry from which help, completions and the man page are made.

use clap::{Args, Parser, Subcommand, ValueEnum};
use std::path::PathBuf;

/// Arabic news in, sourced political event records out.
#[derive(Debug, Parser)]
#[command(name = "khaldun", about, disable_version_flag = true, args_conflicts_with_subcommands = true, after_help = TOP, max_term_width = 100)]
pub struct Cli {
    /// Print the version of the program and the hash of its lexicon
    #[arg(short = 'V', long)]
    pub version: bool,
    #[command(subcommand)]
    #[allow(missing_docs)]
    pub verb: Option<Verb>,
}

const TOP: &str = "\
Examples:
  khaldun demo                                  codes the articles that come with the program
  khaldun code article.txt --date 2024-05-15    one article, a table
  khaldun code news/ -o events.csv              a folder, into a file
  khaldun why -1 article.txt                    why the last event was coded so

Exit codes: 0 done, 2 usage or fatal error, 3 some documents failed, 130 interrupted.";

/// What to do.
#[derive(Debug, Subcommand)]
pub enum Verb {
    /// Code articles into event records
    #[command(after_help = CODE)]
    Code(CodeArgs),
    /// List entities, times and quantities, one JSON object a document
    #[command(after_help = MENTIONS)]
    Mentions(MentionsArgs),
    /// Explain one event: from the words to each field, with the lines of data behind it
    #[command(after_help = WHY)]
    Why(WhyArgs),
    /// Code the articles that come with the program
    #[command(after_help = DEMO)]
    Demo(DemoArgs),
    /// Print completions for a shell
    #[command(after_help = COMPLETIONS)]
    Completions {
        /// The shell
        shell: clap_complete::Shell,
    },
    /// Print the manual page, of the program or of one verb
    #[command(after_help = MAN)]
    Man {
        /// The verb
        verb: Option<String>,
    },
}

const CODE: &str = "\
Input, told by suffix (.txt .md, .html .htm .xhtml, .jsonl .ndjson .json) or, without a known one, by content:
  text    the first line is the title if a blank line follows it
  HTML    title, text, outlet and day of publication as the page states them
  JSONL   one object a line: {id, outlet, published, title, text, url}; all but text may be missing
UTF-8, UTF-16 or windows-1256; at most 10 MiB a document. A folder is read with all below it, in the order of names.

Examples:
  khaldun code article.txt --date 2024-05-15
  khaldun code docs.jsonl -f jsonl > events.jsonl
  khaldun code news/ -o events.csv --errors failed.jsonl
  curl -s https://example.org/news.html | khaldun code - --explain";

const MENTIONS: &str = "\
Examples:
  khaldun mentions docs.jsonl > mentions.jsonl
  khaldun mentions article.txt --date 2024-05-15";

const WHY: &str = "\
Examples:
  khaldun why 1 article.txt            the first event of the file
  khaldun why -1 docs.jsonl            the last event
  khaldun why 3f2a9c docs.jsonl        the event whose id begins so
  khaldun code a.txt -f jsonl | …      ids are the field \"id\"; in the table they are the numbers before each row";

const DEMO: &str = "\
Examples:
  khaldun demo                         all articles, as a table
  khaldun demo --list                  what articles there are
  khaldun demo --articles > a.jsonl    the articles themselves, to try the other verbs on
  khaldun demo --why 1                 why the first event was coded so";

const COMPLETIONS: &str = "\
Examples:
  khaldun completions bash > /etc/bash_completion.d/khaldun
  khaldun completions fish > ~/.config/fish/completions/khaldun.fish";

const MAN: &str = "\
Examples:
  khaldun man > khaldun.1
  khaldun man code | man -l -";

/// What is read.
#[derive(Args, Clone, Debug, Default)]
pub struct InputArgs {
    /// Files or folders; - is standard input, which is also read if none is named
    #[arg(value_name = "FILE|DIR|-")]
    pub inputs: Vec<PathBuf>,
    /// Day of publication (YYYY-MM-DD) of documents that state none
    #[arg(long, value_name = "DAY", value_parser = parse_day)]
    pub date: Option<jiff::civil::Date>,
    /// Outlet of documents that state none
    #[arg(long, value_name = "NAME")]
    pub outlet: Option<String>,
    /// Write the documents that failed to FILE, one JSON object a line
    #[arg(long, value_name = "FILE")]
    pub errors: Option<PathBuf>,
    /// Documents read at a time; 0: one for each core. The output is the same for any N
    #[arg(short, long, value_name = "N", default_value_t = 0, hide_default_value = true)]
    pub jobs: usize,
}

fn parse_day(s: &str) -> Result<jiff::civil::Date, String> {
    crate::input::day(s).ok_or_else(|| "a day is written as 2024-05-15".into())
}

/// How Arabic and colour are shown.
#[derive(Args, Clone, Copy, Debug, Default)]
pub struct ViewArgs {
    /// No colours (also: the environment variable NO_COLOR)
    #[arg(long)]
    pub no_color: bool,
    /// Arabic inside lines: raw, or isolated by the marks U+2068 and U+2069; auto isolates on a terminal
    #[arg(long, value_enum, value_name = "HOW", default_value_t = Bidi::Auto)]
    pub bidi: Bidi,
}

/// How Arabic inside a line is marked.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum Bidi {
    /// Isolated on a terminal, raw elsewhere.
    #[default]
    Auto,
    /// As it is.
    Raw,
    /// Between U+2068 and U+2069.
    Isolate,
}

/// Form of the output.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// A table to read.
    Table,
    /// One record a line.
    Jsonl,
    /// One list of records.
    Json,
    /// One flat row an event.
    Csv,
}

/// Where the output goes and in what form.
#[derive(Args, Clone, Debug, Default)]
pub struct OutputArgs {
    /// Form of the output [default: by the suffix of -o, else table on a terminal and jsonl in a pipe]
    #[arg(short, long, value_enum)]
    pub format: Option<Format>,
    /// Write to FILE (.jsonl .ndjson .json .csv .txt)
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// Only these columns, in this order, separated by commas (csv)
    #[arg(long, value_name = "LIST", value_delimiter = ',')]
    pub columns: Vec<String>,
    /// Show the trace of each event below its row (the other forms have it in the field "why")
    #[arg(long)]
    pub explain: bool,
}

/// `khaldun code`.
#[derive(Args, Clone, Debug, Default)]
#[allow(missing_docs)]
pub struct CodeArgs {
    #[command(flatten)]
    pub input: InputArgs,
    #[command(flatten)]
    pub output: OutputArgs,
    #[command(flatten)]
    pub view: ViewArgs,
}

/// `khaldun mentions`.
#[derive(Args, Clone, Debug)]
#[allow(missing_docs)]
pub struct MentionsArgs {
    #[command(flatten)]
    pub input: InputArgs,
    /// Write to FILE
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
}

/// `khaldun why`.
#[derive(Args, Clone, Debug)]
#[allow(missing_docs)]
pub struct WhyArgs {
    /// The event: its position (1 is the first, -1 the last) or the beginning of its id
    #[arg(value_name = "EVENT", allow_hyphen_values = true)]
    pub event: String,
    #[command(flatten)]
    pub input: InputArgs,
    #[command(flatten)]
    pub view: ViewArgs,
}

/// `khaldun demo`.
#[derive(Args, Clone, Debug)]
#[allow(missing_docs)]
pub struct DemoArgs {
    /// List the articles instead of coding them
    #[arg(long, conflicts_with_all = ["articles", "why"])]
    pub list: bool,
    /// Print the articles as JSONL instead of coding them
    #[arg(long, conflicts_with = "why")]
    pub articles: bool,
    /// Explain one event, by position or id, instead of listing all
    #[arg(long, value_name = "EVENT", allow_hyphen_values = true)]
    pub why: Option<String>,
    #[command(flatten)]
    pub output: OutputArgs,
    #[command(flatten)]
    pub view: ViewArgs,
}
