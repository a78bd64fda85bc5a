//! How an act was done: modes that its entry does not say, told by the words behind it, by who acts or by how many met.

use super::Document;
use super::draft::Draft;
use khaldun_lexicon::lexicon::Target;

/// Words behind an act within which its manner may be told.
const REACH: usize = 12;
/// So many sides make a meeting multilateral.
const MANY: usize = 3;

/// Gives a draft without a mode the one that the first telling word behind it has, or right before it.
pub(super) fn by_word(doc: &Document, d: &mut Draft) {
    if !d.modes.is_empty() {
        return;
    }
    let a = &doc.sentences[d.sentence];
    let p = &a.frames[d.frame].predicate.tokens;
    let manners = &doc.input.lexicon.tables.manners;
    let first = p.start.saturating_sub(1).max(a.sentence.tokens.start);
    let past = (p.end + REACH).min(a.sentence.tokens.end);
    let told = |i: usize| {
        doc.input.morphs.at(i).iter().find_map(|x| match x.target {
            Target::Manner(m) => Some(&manners[m as usize]).filter(|m| m.kind == d.kind),
            _ => None,
        })
    };
    let found = (p.start..past).chain(first..p.start).find_map(|i| Some((i, told(i)?)));
    if let Some((i, m)) = found {
        d.why.push(format!(
            "mode {}: «{}»",
            m.mode,
            doc.input.text.slice(doc.input.tokens[i].span)
        ));
        d.modes.push(m.mode.clone());
    }
}

/// What the parties of a merged event tell of its mode, and what it is otherwise.
pub(super) fn by_party(doc: &Document, d: &mut Draft) {
    let kind = &doc.input.lexicon.tables.scheme[d.kind as usize];
    let forces = match d.actors.first().map(|m| doc.input.mentions[*m].sector.as_str()) {
        Some("MIL") => Some("troops"),
        Some("COP") => Some("police"),
        Some("REB") => Some("militia"),
        _ => None,
    };
    match (kind.name.as_str(), forces) {
        ("MOBILIZE", Some(f)) if d.modes.is_empty() => d.modes.push(f.into()),
        ("MOBILIZE", Some(f)) => {
            let moved = |m: &str| matches!(m, "troops" | "police" | "militia");
            d.modes.iter_mut().filter(|m| moved(m)).for_each(|m| *m = f.into());
        }
        ("CONSULT", _) if d.modes.is_empty() && d.actors.len() + d.recipients.len() >= MANY => {
            d.modes.push("multilateral".into());
        }
        _ => {}
    }
    if d.modes.is_empty() {
        d.modes.extend(kind.otherwise.clone());
    }
}
