//! `cargo xtask bench`: the whole program as its users run it, on one thread.

use crate::Outcome;
use crate::data::root;
use crate::score::gold;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// Size of the input.
const BYTES: usize = 10_000_000;
/// Goals: megabytes a second, seconds to the first event, megabytes of memory.
const GOALS: (f64, f64, f64) = (4.0, 0.050, 250.0);
/// Runs of which the best counts.
const RUNS: usize = 3;
/// Starts of which the median counts.
const STARTS: usize = 11;

/// One run.
#[derive(Clone, Copy, Debug)]
struct Run {
    wall: f64,
    /// Seconds of all threads, where the system tells.
    cpu: Option<f64>,
    /// Megabytes at the peak, where the system tells.
    peak: Option<f64>,
}

/// Builds, measures, prints.
pub fn bench() -> Outcome {
    let program = build()?;
    let folder = program.with_file_name("bench");
    std::fs::create_dir_all(&folder).map_err(|e| e.to_string())?;
    let (source, lines) = documents()?;
    let (news, article) = (folder.join("news.jsonl"), folder.join("article.jsonl"));
    let (text, documents) = repeat(&lines)?;
    write(&news, &text)?;
    write(&article, shortest(&lines))?;

    let mut best: Option<Run> = None;
    for _ in 0..RUNS {
        let run = run(&program, &news)?;
        if best.is_none_or(|b| run.wall < b.wall) {
            best = Some(run);
        }
    }
    let best = best.ok_or("no run")?;
    let mut starts = Vec::new();
    for _ in 0..STARTS {
        starts.push(first_event(&program, &article)?);
    }
    starts.sort_by(f64::total_cmp);
    let start = starts[STARTS / 2];

    let megabytes = text.len() as f64 / 1e6;
    let speed = megabytes / best.wall;
    let met = |yes: bool| if yes { "met" } else { "missed" };
    println!("{megabytes:.1} MB in {documents} documents ({source}), khaldun code --jobs 1, best of {RUNS} runs");
    println!(
        "  speed            {speed:8.2} MB/s   goal {:.0}: {}",
        GOALS.0,
        met(speed >= GOALS.0)
    );
    println!("  wall time        {:8.2} s", best.wall);
    if let Some(cpu) = best.cpu {
        println!(
            "  computing time   {cpu:8.2} s      ({:.2} MB/s: what it would be on an idle machine)",
            megabytes / cpu.max(0.01)
        );
    }
    match best.peak {
        Some(peak) => println!(
            "  memory at peak   {peak:8.1} MB     goal {:.0}: {}",
            GOALS.2,
            met(peak <= GOALS.2)
        ),
        None => println!("  memory at peak   not told by this system"),
    }
    println!(
        "  start to event   {:8.1} ms     goal {:.0}: {}, median of {STARTS}",
        start * 1e3,
        GOALS.1 * 1e3,
        met(start <= GOALS.1)
    );
    Ok(())
}

/// Builds the program as it is released; it stands beside xtask.
fn build() -> Result<PathBuf, String> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let status = Command::new(cargo)
        .current_dir(root())
        .args(["build", "--quiet", "--release", "--package", "khaldun"])
        .status();
    if !status.map_err(|e| format!("cargo: {e}"))?.success() {
        return Err("khaldun does not build".to_owned());
    }
    let own = std::env::current_exe().map_err(|e| e.to_string())?;
    let program = own.with_file_name(format!("khaldun{}", std::env::consts::EXE_SUFFIX));
    if program.is_file() {
        Ok(program)
    } else {
        Err(format!(
            "{} is not there; run this as `cargo xtask bench`",
            program.display()
        ))
    }
}

/// Name and lines of the texts: the labelled ones if they are there, else those of `khaldun demo`.
fn documents() -> Result<(&'static str, Vec<String>), String> {
    let labelled = gold().map(|g| g.join("dev/docs.jsonl")).filter(|f| f.is_file());
    let name = if labelled.is_some() {
        "the labelled passages"
    } else {
        "the demo articles"
    };
    let file = labelled.unwrap_or_else(|| root().join("crates/cli/demo/articles.jsonl"));
    let content = std::fs::read_to_string(&file).map_err(|e| format!("{}: {e}", file.display()))?;
    Ok((
        name,
        content
            .lines()
            .filter(|l| !l.trim().is_empty())
            .map(str::to_owned)
            .collect(),
    ))
}

/// The documents again and again, each time with other ids, up to [`BYTES`].
fn repeat(lines: &[String]) -> Result<(String, usize), String> {
    let (mut out, mut documents) = (String::with_capacity(BYTES + 100_000), 0);
    for round in 0.. {
        for line in lines {
            let mut doc: serde_json::Value = serde_json::from_str(line).map_err(|e| e.to_string())?;
            doc["id"] = format!("{}-{round}", doc["id"].as_str().unwrap_or("")).into();
            out.push_str(&doc.to_string());
            out.push('\n');
            documents += 1;
            if out.len() >= BYTES {
                return Ok((out, documents));
            }
        }
        if lines.is_empty() {
            break;
        }
    }
    Err("no documents".to_owned())
}

fn shortest(lines: &[String]) -> &str {
    // Long enough to hold an event, as the first demo article does.
    lines
        .iter()
        .map(String::as_str)
        .filter(|l| l.len() > 600)
        .min_by_key(|l| l.len())
        .or(lines.first().map(String::as_str))
        .unwrap_or("")
}

fn write(file: &Path, text: &str) -> Outcome {
    std::fs::write(file, text).map_err(|e| format!("{}: {e}", file.display()))
}

fn run(program: &Path, news: &Path) -> Result<Run, String> {
    let output = news.with_file_name("events.jsonl");
    let start = Instant::now();
    let mut child = Command::new(program)
        .args(["code", "--format", "jsonl", "--jobs", "1", "--output"])
        .args([&output, news])
        .stderr(Stdio::null())
        .spawn()
        .map_err(|e| format!("{}: {e}", program.display()))?;
    let (mut peak, mut cpu) = (None, None);
    // The system forgets a process when it ends: it is asked all the while.
    let status = loop {
        peak = kilobytes(child.id()).map(|k| k / 1024.0).or(peak);
        cpu = ticks(child.id()).map(|t| t / 100.0).or(cpu);
        if let Some(status) = child.try_wait().map_err(|e| e.to_string())? {
            break status;
        }
        std::thread::sleep(Duration::from_millis(2));
    };
    let wall = start.elapsed().as_secs_f64();
    if status.success() {
        Ok(Run { wall, cpu, peak })
    } else {
        Err(format!("khaldun code failed: {status}"))
    }
}

/// The peak of a process's memory, on Linux.
fn kilobytes(process: u32) -> Option<f64> {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    status
        .lines()
        .find_map(|l| l.strip_prefix("VmHWM:"))?
        .trim()
        .trim_end_matches(" kB")
        .parse()
        .ok()
}

/// Hundredths of a second that a process has computed, on Linux.
fn ticks(process: u32) -> Option<f64> {
    let stat = std::fs::read_to_string(format!("/proc/{process}/stat")).ok()?;
    let fields: Vec<&str> = stat.rsplit_once(')')?.1.split_whitespace().collect();
    let at = |i: usize| fields.get(i)?.parse::<f64>().ok();
    Some(at(11)? + at(12)?)
}

/// Seconds from the start of the program to the first line that it prints.
fn first_event(program: &Path, article: &Path) -> Result<f64, String> {
    let start = Instant::now();
    let mut child = Command::new(program)
        .args(["code", "--format", "jsonl"])
        .arg(article)
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .map_err(|e| format!("{}: {e}", program.display()))?;
    let mut line = String::new();
    if let Some(out) = child.stdout.take() {
        BufReader::new(out).read_line(&mut line).map_err(|e| e.to_string())?;
    }
    let seconds = start.elapsed().as_secs_f64();
    child.wait().map_err(|e| e.to_string())?;
    if line.is_empty() {
        Err("the short article yields no event".to_owned())
    } else {
        Ok(seconds)
    }
}
