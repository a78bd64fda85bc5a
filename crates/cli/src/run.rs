//! Reads documents on all cores and hands the results on in input order.
//!
//! Comes in: a [`Plan`] and what to do with each document. Goes out: [`Done`], in input order whatever the number of threads. Memory is bounded: a batch of
//! documents is taken from the disk only when an earlier one has been handed on. Stops at Ctrl-C, at a failed write and when told to.

use crate::input::feed::Feed;
use crate::input::plan::Plan;
use crate::input::{self, Defaults, Doc, Failure, Place, Problem, Raw};
use khaldun_engine::{Engine, Worker};
use std::collections::BTreeMap;
use std::io;
use std::ops::ControlFlow;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, Sender, SyncSender, channel, sync_channel};
use std::sync::{Arc, Mutex};
use std::thread;

/// Most documents of a batch.
const DOCUMENTS: usize = 64;
/// Bytes from which a batch is full.
const BYTES: usize = 256 * 1024;
/// Stack of a reading thread. Pages are nested; the memory is only taken if used.
const STACK: usize = 32 * 1024 * 1024;

/// What came of one document.
pub struct Done<T> {
    /// Where it stands.
    pub place: Place,
    /// Its id and its notes, and what was made of it.
    pub result: Result<(T, Told), Failure>,
}

/// What is told of a document that was read.
#[derive(Clone, Debug, Default)]
pub struct Told {
    /// Its id.
    pub id: String,
    /// Notes of the input and of the reading.
    pub notes: Vec<String>,
}

/// How a run ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// At the last document.
    All,
    /// The taker had enough.
    Enough,
    /// By Ctrl-C.
    Interrupted,
}

/// Documents with the number of their batch.
type Batch = (u64, Vec<Result<Raw, Failure>>);

enum Message<T> {
    Batch(u64, Vec<Done<T>>),
    /// There are so many batches.
    Last(u64),
    Interrupt,
}

/// What is done with a document: on any thread, notes handed back with the result.
pub type Work<T> = dyn Fn(&mut Worker, &Doc) -> (T, Vec<String>) + Send + Sync;

/// Runs `work` over all documents of a plan and hands the results, batch by batch, to `take`, with the bytes read so far.
///
/// # Errors
/// Those of `take`.
pub fn run<T: Send + 'static>(
    engine: &Engine,
    plan: Plan,
    defaults: Defaults,
    jobs: usize,
    work: Arc<Work<T>>,
    mut take: impl FnMut(Vec<Done<T>>, u64) -> io::Result<ControlFlow<()>>,
) -> io::Result<End> {
    let jobs = if jobs == 0 {
        thread::available_parallelism().map_or(1, usize::from)
    } else {
        jobs.min(256)
    };
    let window = jobs * 3;
    let feed = Feed::new(plan);
    let counter = feed.counter();
    let (results, inbox) = channel();
    let (permit, permits) = sync_channel(window);
    let (batches, queue) = sync_channel(window);
    let queue = Arc::new(Mutex::new(queue));
    on_interrupt(results.clone());
    thread::Builder::new().name("feed".into()).spawn({
        let results = results.clone();
        move || produce(feed, &permit, &batches, &results)
    })?;
    for _ in 0..jobs {
        let (queue, results, work, defaults) =
            (Arc::clone(&queue), results.clone(), Arc::clone(&work), defaults.clone());
        let engine = engine.clone();
        thread::Builder::new()
            .name("reader".into())
            .stack_size(STACK)
            .spawn(move || consume(&engine, &queue, &results, &*work, &defaults))?;
    }
    drop(results);
    collect(&inbox, &permits, &counter, &mut take)
}

/// Makes batches. The first is one document, so that the first result comes at once.
fn produce<T>(mut feed: Feed, permit: &SyncSender<()>, batches: &SyncSender<Batch>, results: &Sender<Message<T>>) {
    let (mut number, mut most) = (0, 1);
    loop {
        // Waits until an earlier batch is done with; fails when nobody listens any more.
        if permit.send(()).is_err() {
            return;
        }
        let (mut batch, mut bytes) = (Vec::new(), 0);
        while batch.len() < most && bytes < BYTES {
            let Some(next) = feed.next() else { break };
            bytes += next.as_ref().map_or(0, |r| r.bytes.len());
            batch.push(next);
            if feed.may_wait() {
                break;
            }
        }
        if batch.is_empty() {
            let _ = results.send(Message::Last(number));
            return;
        }
        if batches.send((number, batch)).is_err() {
            return;
        }
        number += 1;
        most = (most * 2).min(DOCUMENTS);
    }
}

fn consume<T>(
    engine: &Engine,
    queue: &Mutex<Receiver<Batch>>,
    results: &Sender<Message<T>>,
    work: &Work<T>,
    defaults: &Defaults,
) {
    let mut worker = engine.worker();
    loop {
        let next = match queue.lock() {
            Ok(queue) => queue.recv(),
            Err(_) => return,
        };
        let Ok((number, batch)) = next else { return };
        let done = batch
            .into_iter()
            .map(|raw| one(engine, &mut worker, raw, work, defaults))
            .collect();
        if results.send(Message::Batch(number, done)).is_err() {
            return;
        }
    }
}

fn one<T>(
    engine: &Engine,
    worker: &mut Worker,
    raw: Result<Raw, Failure>,
    work: &Work<T>,
    defaults: &Defaults,
) -> Done<T> {
    let place = match &raw {
        Ok(raw) => raw.place.clone(),
        Err(failure) => failure.place.clone(),
    };
    let result = raw.and_then(|raw| {
        // Reading never panics; should it do so all the same, one document is lost and not the run.
        let result = catch_unwind(AssertUnwindSafe(|| {
            let doc = input::parse(raw, defaults)?;
            let (made, notes) = work(worker, &doc);
            Ok((
                made,
                Told {
                    id: doc.article.id,
                    notes: [doc.notes, notes].concat(),
                },
            ))
        }));
        result.unwrap_or_else(|panic| {
            *worker = engine.worker();
            let what = panic
                .downcast_ref::<String>()
                .map(String::as_str)
                .or(panic.downcast_ref::<&str>().copied());
            Err(Failure {
                place: place.clone(),
                problem: Problem::Panic(what.unwrap_or("unknown").to_owned()),
            })
        })
    });
    Done { place, result }
}

fn collect<T>(
    inbox: &Receiver<Message<T>>,
    permits: &Receiver<()>,
    counter: &AtomicU64,
    take: &mut impl FnMut(Vec<Done<T>>, u64) -> io::Result<ControlFlow<()>>,
) -> io::Result<End> {
    let (mut waiting, mut next, mut last) = (BTreeMap::new(), 0, None);
    while last != Some(next) {
        match inbox.recv() {
            Ok(Message::Batch(number, done)) => {
                waiting.insert(number, done);
            }
            Ok(Message::Last(n)) => last = Some(n),
            Ok(Message::Interrupt) => return Ok(End::Interrupted),
            Err(_) => return Err(io::Error::other("the reading threads have stopped")),
        }
        while let Some(done) = waiting.remove(&next) {
            next += 1;
            let go_on = take(done, counter.load(Ordering::Relaxed))?;
            if go_on.is_break() {
                return Ok(End::Enough);
            }
            let _ = permits.recv();
        }
    }
    Ok(End::All)
}

/// Ctrl-C ends the run between two batches; a second one ends it at once.
fn on_interrupt<T: Send + 'static>(results: Sender<Message<T>>) {
    let results = Mutex::new(Some(results));
    let _ = ctrlc::set_handler(move || {
        let first = results.lock().ok().and_then(|mut r| r.take());
        if first.is_none_or(|r| r.send(Message::Interrupt).is_err()) {
            std::process::exit(130);
        }
    });
}
