//! `khaldun code`: articles in, event records out.

use crate::args::CodeArgs;
use crate::input::Defaults;
use crate::input::plan::{Plan, plan};
use crate::output::{self, Coded, Encoder, Writer};
use crate::run::{self, End};
use crate::say::Voice;
use crate::{Exit, Fatal};
use khaldun_engine::Engine;
use std::io;
use std::ops::ControlFlow;
use std::sync::Arc;

/// Codes what the arguments name.
///
/// # Errors
/// Arguments that make no sense, or an output that cannot be written.
pub fn code(args: CodeArgs) -> Result<Exit, Fatal> {
    let plan = plan(&args.input.inputs)?;
    let (encoder, mut writer) = output::open(&args.output, args.view, &args.input.inputs)?;
    let voice = Voice::new(args.view, plan.bytes, args.input.errors.as_deref())?;
    voice.begin(&plan);
    let defaults = Defaults {
        date: args.input.date,
        outlet: args.input.outlet.unwrap_or_default(),
    };
    let result = write(plan, defaults, args.input.jobs, encoder, &mut writer, voice);
    result.or_else(|e| Fatal::write(writer.name(), e))
}

/// Codes the documents of a plan and writes their records.
pub fn write(
    plan: Plan,
    defaults: Defaults,
    jobs: usize,
    encoder: Encoder,
    writer: &mut Writer,
    mut voice: Voice,
) -> io::Result<Exit> {
    writer.begin()?;
    let work: Arc<run::Work<Coded>> = Arc::new(move |worker, doc| {
        let reading = worker.read(&doc.article);
        (encoder.encode(doc, reading.events), reading.notes)
    });
    let end = run::run(&Engine::bundled(), plan, defaults, jobs, work, |batch, bytes| {
        for done in batch {
            match done.result {
                Ok((coded, told)) => {
                    voice.read(&told, Some(coded.events));
                    writer.document(&coded)?;
                }
                Err(failure) => voice.fail(&failure),
            }
        }
        writer.flush()?;
        voice.advance(bytes);
        Ok(ControlFlow::Continue(()))
    })?;
    writer.end()?;
    Ok(voice.finish(end == End::Interrupted))
}
