//! A picture of what the stages made of a document, for developers.

use super::Document;
use std::fmt::Write;

/// Sentences with their clauses, mentions, frames and claims, one a line.
pub fn outline(doc: &Document) -> String {
    let mut out = String::new();
    let name = |m: &usize| doc.input.text.slice(doc.input.mentions[*m].span).to_owned();
    for a in doc.sentences.iter().chain(&doc.silent) {
        let _ = writeln!(
            out,
            "== {}{}",
            words(doc, &a.sentence.tokens),
            if a.sentence.heading { " [heading]" } else { "" }
        );
        for c in &a.clauses {
            let _ = writeln!(out, "  clause {:?}: {}", c.opening, words(doc, &c.tokens));
        }
        for (k, m) in doc
            .input
            .mentions
            .iter()
            .enumerate()
            .filter(|(_, m)| a.sentence.tokens.contains(&m.tokens.start))
        {
            let preposition = m
                .preposition
                .map_or("", |p| doc.input.lexicon.tables.particles[p as usize].text.as_str());
            let marks = [
                (m.adjective, "adjective"),
                (m.agent, "agent"),
                (m.conjunction, "and"),
                (m.definite, "definite"),
            ];
            let marks: Vec<&str> = marks.iter().filter(|x| x.0).map(|x| x.1).collect();
            let shown = doc.input.text.slice(m.name);
            let _ = writeln!(
                out,
                "  mention «{}» name «{shown}» {} {}/{} {} {preposition} {}",
                name(&k),
                m.kind.name(),
                m.country,
                doc.home[k].0,
                m.sector,
                marks.join(" ")
            );
        }
        for t in doc
            .times
            .iter()
            .filter(|t| a.sentence.tokens.contains(&(t.tokens.start as usize)))
        {
            let _ = writeln!(
                out,
                "  time «{}» {:?} {:?}–{:?} {:?}",
                doc.input.text.slice(t.span),
                t.kind,
                t.from,
                t.to,
                t.duration
            );
        }
        for q in doc
            .quantities
            .iter()
            .filter(|q| a.sentence.tokens.contains(&(q.tokens.start as usize)))
        {
            let _ = writeln!(
                out,
                "  quantity «{}» {:?} {:?}–{:?} {}",
                doc.input.text.slice(q.span),
                q.role,
                q.min,
                q.max,
                q.unit
            );
        }
        for (k, f) in a.frames.iter().enumerate() {
            let senses: Vec<&str> = f.senses.iter().map(|s| doc.input.entry(s.entry).id.as_str()).collect();
            let _ = write!(
                out,
                "  frame {k} «{}» {}{}",
                words(doc, &f.predicate.tokens),
                senses.join("/"),
                if f.passive { " passive" } else { "" }
            );
            for x in &f.fillers {
                let who: Vec<String> = x.mentions.iter().map(name).collect();
                let slot = match x.slot {
                    khaldun_lexicon::lexicon::Slot::Prep(p) => {
                        doc.input.lexicon.tables.particles[p as usize].text.to_string()
                    }
                    s => format!("{s:?}"),
                };
                let _ = write!(out, " {slot}=({})", who.join(" + "));
            }
            if let Some(g) = f.governor {
                let _ = write!(out, " under {}", g.frame);
            }
            let c = &a.claims[k];
            if !c.effects.is_empty() || !c.sources.is_empty() || c.absorbed_by.is_some() || c.lent.is_some() {
                let sources: Vec<String> = c.sources.iter().map(|s| name(&s.mention)).collect();
                let effects: Vec<String> = c.effects.iter().map(|e| format!("{:?}", e.0)).collect();
                let _ = write!(
                    out,
                    " | {} by {} absorbed {:?} lent {:?}",
                    effects.join("+"),
                    sources.join("+"),
                    c.absorbed_by,
                    c.lent
                );
            }
            out.push('\n');
        }
    }
    out
}

fn words(doc: &Document, range: &std::ops::Range<usize>) -> String {
    if range.is_empty() {
        return String::new();
    }
    let span = doc.input.tokens[range.start]
        .span
        .join(doc.input.tokens[range.end - 1].span);
    doc.input.text.slice(span).to_owned()
}
