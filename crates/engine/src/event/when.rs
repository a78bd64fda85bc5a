//! When: which time expression belongs to which predicate.

use super::Document;
use crate::mention::time::TimeKind;
use jiff::civil::Date;
use khaldun_lexicon::lexicon::EntryKind;

/// The interval of a frame, with the index of the time expression.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct When {
    /// First day.
    pub from: Date,
    /// Last day.
    pub to: Date,
    /// Index of the expression.
    pub time: usize,
}

/// For each frame of a sentence the time expression that it governs. A time word belongs to the nearest predicate before it in its clause; one that opens its clause
/// belongs to the first predicate behind it. Between a verb of saying and the act that it reports, the nearer one has it.
pub fn assign(doc: &Document, s: usize) -> Vec<Option<When>> {
    let a = &doc.sentences[s];
    let mut out: Vec<Option<When>> = vec![None; a.frames.len()];
    for (t, time) in doc.times.iter().enumerate() {
        let at = time.tokens.start as usize;
        let (Some(from), Some(to), TimeKind::Date) = (time.from, time.to, time.kind) else { continue };
        if !a.sentence.tokens.contains(&at) {
            continue;
        }
        let clause = a.clauses.iter().rposition(|c| c.tokens.contains(&at)).unwrap_or(0);
        let inside = |k: &usize| a.frames[*k].predicate.clause == clause && owns(doc, s, *k);
        let before = (0..a.frames.len()).filter(inside).filter(|k| a.frames[*k].predicate.tokens.end <= at).next_back();
        let behind = (0..a.frames.len()).filter(inside).find(|k| a.frames[*k].predicate.tokens.start >= at);
        let owner = match (before, behind) {
            (Some(b), _) => Some(b),
            (None, Some(k)) => Some(k),
            // A clause of its own without predicate: the last predicate before it.
            (None, None) => (0..a.frames.len()).filter(|k| a.frames[*k].predicate.tokens.end <= at && owns(doc, s, *k)).next_back(),
        };
        let Some(mut k) = owner else { continue };
        // A verb right before its own noun ("held talks on Sunday"): both have the day.
        let when = Some(When { from, to, time: t });
        for _ in 0..4 {
            if out[k].is_none() {
                out[k] = when;
            }
            match a.claims[k].lent {
                Some(l) if l != k => k = l,
                _ => break,
            }
        }
        // What a light verb or operator with the day governs has it too.
        for j in 0..a.frames.len() {
            if out[j].is_none() && a.claims[j].lent == Some(k) {
                out[j] = when;
            }
        }
    }
    out
}

/// Verbs that only fill (kana, "be") have no day of their own.
fn owns(doc: &Document, s: usize, k: usize) -> bool {
    let frame = &doc.sentences[s].frames[k];
    frame.senses.iter().any(|x| !matches!(doc.input.entry(x.entry).kind, EntryKind::Plain)) || frame.predicate.finite()
}
