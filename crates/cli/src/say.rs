//! Everything that is said on standard error: notes, failures, progress, the final count. Nothing of it ever goes to standard output.

use crate::args::{Bidi, ViewArgs};
use crate::input::Failure;
use crate::input::plan::{Plan, Source};
use crate::run::Told;
use crate::{Exit, Fatal};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, BufWriter, IsTerminal, Write};
use std::path::Path;
use std::time::{Duration, Instant};

/// Notes of one kind, and failures, that are said one by one; the rest is counted.
const EACH: usize = 5;
const FAILURES: usize = 50;
/// A run shorter than this shows no bar.
const PATIENCE: Duration = Duration::from_secs(1);

/// How Arabic and colour are shown on a stream.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct View {
    /// Colours.
    pub colour: bool,
    /// Arabic between isolates.
    pub isolate: bool,
}

impl View {
    /// The view that the flags ask for on a stream that is a terminal or not.
    pub fn of(args: ViewArgs, terminal: bool) -> View {
        let set = |name: &str| std::env::var_os(name).is_some_and(|v| !v.is_empty());
        let dumb = std::env::var_os("TERM").is_some_and(|t| t == "dumb");
        View {
            colour: terminal && !args.no_color && !set("NO_COLOR") && !dumb,
            isolate: match args.bidi {
                Bidi::Auto => terminal,
                Bidi::Raw => false,
                Bidi::Isolate => true,
            },
        }
    }

    /// Foreign text inside a line: without control characters, and isolated if the view says so.
    pub fn quote(self, s: &str) -> String {
        let clean = s
            .chars()
            .map(|c| if c.is_control() { ' ' } else { c })
            .filter(|c| !is_bidi_control(*c));
        if self.isolate {
            ['\u{2068}'].into_iter().chain(clean).chain(['\u{2069}']).collect()
        } else {
            clean.collect()
        }
    }

    /// `s` in a colour.
    pub fn paint(self, s: &str, colour: &str) -> String {
        if self.colour {
            format!("\x1b[{colour}m{s}\x1b[0m")
        } else {
            s.to_owned()
        }
    }
}

/// Marks that would turn the rest of a line.
fn is_bidi_control(c: char) -> bool {
    matches!(c, '\u{200e}' | '\u{200f}' | '\u{061c}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// The voice of a run.
pub struct Voice {
    view: View,
    terminal: bool,
    start: Instant,
    total: Option<u64>,
    bar: Option<ProgressBar>,
    errors: Option<BufWriter<File>>,
    notes: BTreeMap<String, usize>,
    documents: usize,
    failed: usize,
    events: Option<usize>,
}

impl Voice {
    /// A voice; failures also go to the file `errors`.
    ///
    /// # Errors
    /// That file cannot be made.
    pub fn new(view: ViewArgs, total: Option<u64>, errors: Option<&Path>) -> Result<Voice, Fatal> {
        let terminal = io::stderr().is_terminal();
        let errors = errors
            .map(|p| {
                File::create(p)
                    .map(BufWriter::new)
                    .map_err(|e| Fatal::Write(p.display().to_string(), e))
            })
            .transpose()?;
        // A panic of a reading thread becomes a failure of its document and is said once, as such.
        std::panic::set_hook(Box::new(|info| {
            if std::thread::current().name() != Some("reader") {
                let _ = writeln!(io::stderr(), "{info}");
            }
        }));
        Ok(Voice {
            view: View::of(view, terminal),
            terminal,
            start: Instant::now(),
            total,
            bar: None,
            errors,
            notes: BTreeMap::new(),
            documents: 0,
            failed: 0,
            events: None,
        })
    }

    /// What is to be known before the first document.
    pub fn begin(&self, plan: &Plan) {
        if plan.inputs.iter().flatten().any(|i| i.source == Source::Stdin) && io::stdin().is_terminal() {
            self.line("reading from the terminal: type or paste an article, end with Ctrl-D");
        }
        if !plan.passed.is_empty() {
            let kinds: Vec<String> = plan.passed.iter().map(|(suffix, n)| format!("{suffix} {n}")).collect();
            self.line(&format!(
                "note: files passed over for their suffix: {}",
                kinds.join(", ")
            ));
        }
    }

    /// Says a line above the bar.
    pub fn line(&self, s: &str) {
        let say = || {
            let _ = writeln!(io::stderr().lock(), "{s}");
        };
        match &self.bar {
            Some(bar) => bar.suspend(say),
            None => say(),
        }
    }

    /// A document that was read.
    pub fn read(&mut self, told: &Told, events: Option<usize>) {
        self.documents += 1;
        if let Some(n) = events {
            *self.events.get_or_insert(0) += n;
        }
        for note in &told.notes {
            let key: String = note
                .split([':', '\u{ab}', '(', '"'])
                .next()
                .unwrap_or_default()
                .trim()
                .to_owned();
            let count = self.notes.entry(key).or_default();
            *count += 1;
            if *count <= EACH {
                self.line(&format!(
                    "note: {}: {}",
                    self.view.quote(&told.id),
                    self.view.quote(note)
                ));
            }
        }
    }

    /// A document that failed.
    pub fn fail(&mut self, failure: &Failure) {
        self.documents += 1;
        self.failed += 1;
        let hint = failure.problem.hint();
        if self.failed <= FAILURES {
            let head = self.view.paint("error:", "31");
            self.line(&format!(
                "{head} {}: {}\n  hint: {hint}",
                self.view.quote(&failure.place.to_string()),
                failure.problem
            ));
        }
        if let Some(out) = &mut self.errors {
            let row = serde_json::json!({"file": &*failure.place.file, "line": failure.place.line, "error": failure.problem.to_string(), "hint": hint});
            let _ = writeln!(out, "{row}");
        }
    }

    /// Moves the bar.
    pub fn advance(&mut self, bytes: u64) {
        if self.bar.is_none() && self.terminal && self.start.elapsed() > PATIENCE {
            self.bar = Some(bar(self.total));
        }
        if let Some(bar) = &self.bar {
            bar.set_position(bytes);
            bar.set_message(format!("{} documents", self.documents));
        }
    }

    /// Ends the run: what was only counted, and the final count. The exit code follows from the failures.
    pub fn finish(&mut self, interrupted: bool) -> Exit {
        if let Some(bar) = self.bar.take() {
            bar.finish_and_clear();
        }
        for (note, count) in self.notes.iter().filter(|(_, c)| **c > EACH) {
            self.line(&format!("note: {note}: {count} times in all"));
        }
        if self.failed > FAILURES {
            let more = self.failed - FAILURES;
            self.line(&format!("error: {more} more documents failed; --errors FILE lists all"));
        }
        if let Some(out) = &mut self.errors {
            let _ = out.flush();
        }
        if interrupted {
            self.line(&format!("interrupted: {} done", counted(self.documents, "document")));
            return Exit::Interrupted;
        }
        if self.terminal || self.failed > 0 {
            let mut count = counted(self.documents, "document");
            if let Some(n) = self.events {
                count += &format!(", {}", counted(n, "event"));
            }
            if self.failed > 0 {
                count += &format!(", {} failed", self.failed);
            }
            if self.terminal {
                count += &format!(", {:.1} s", self.start.elapsed().as_secs_f32());
            }
            self.line(&count);
        }
        if self.failed > 0 { Exit::SomeFailed } else { Exit::Done }
    }
}

fn counted(n: usize, what: &str) -> String {
    format!("{n} {what}{}", if n == 1 { "" } else { "s" })
}

fn bar(total: Option<u64>) -> ProgressBar {
    let (bar, template) = match total {
        Some(n) => (
            ProgressBar::new(n),
            "{wide_bar} {bytes}/{total_bytes} {bytes_per_sec} {msg}, {eta} left",
        ),
        None => (ProgressBar::new_spinner(), "{spinner} {bytes} {bytes_per_sec} {msg}"),
    };
    bar.set_draw_target(ProgressDrawTarget::stderr_with_hz(8));
    match ProgressStyle::with_template(template) {
        Ok(style) => bar.with_style(style),
        Err(_) => bar,
    }
}
