//! Whether a draft is taken for an event: features and their weights (`event.*` in the data).
//!
//! Many words of the lexicon are often something else. What stands around a predicate tells how far it is to be trusted: parties with a country, a light verb
//! that governs it, its place in the article. The score is the log-odds that the draft is an event of the gold kind; the weights are fitted (see DESIGN.md).

use super::Document;
use super::draft::Draft;
use super::records::country;
use crate::frame::Opening;
use crate::mention::entity::Kind;
use khaldun_lexicon::Features;
use khaldun_lexicon::lexicon::{Effect, EntryKind, Slot, Target};

/// The features of a draft, by name, with their values; the event type is `type-…` in lower case.
pub fn features(doc: &Document, d: &Draft) -> Vec<(String, f32)> {
    let a = &doc.sentences[d.sentence];
    let (frame, claim) = (&a.frames[d.frame], &a.claims[d.frame]);
    let p = &frame.predicate;
    let mut out: Vec<(String, f32)> = vec![("bias".into(), 1.0)];
    let mut add = |name: &str, holds: bool| {
        if holds {
            out.push((name.into(), 1.0));
        }
    };
    let nominal = !p.finite();
    let participle = p.features.has(Features::ACTIVE_PARTICIPLE);
    add("nominal", nominal && !participle);
    add("participle", participle);
    add("imperfect", p.features.has(Features::IMPERFECT));
    add("first-person", p.features.has(Features::P1));
    add("passive", frame.passive);
    add("article", p.article);
    add("pronoun", p.pronoun.is_some());
    add("heading", a.sentence.heading);
    add("title", a.sentence.line == 0);
    add("lent", claim.lent.is_some());
    add("governed", frame.governor.is_some() && claim.lent.is_none());
    add(
        "loose-preposition",
        nominal && p.preposition.is_some() && frame.governor.is_none(),
    );
    add(
        "loose-noun",
        nominal && p.preposition.is_none() && frame.governor.is_none(),
    );
    add("sourced", !claim.sources.is_empty());
    add("with", frame.with.is_some());
    add("pair", !d.actors.is_empty() && !d.recipients.is_empty());
    add("no-party", d.actors.is_empty() && d.recipients.is_empty());
    add("dated", d.when.is_some());
    add("placed", d.place.is_some());
    add("counted", !d.counts.is_empty());
    add("negated", d.effects.contains(&Effect::Negation));
    add("hypothetical", d.effects.contains(&Effect::Hypothetical));
    add(
        "doubted",
        d.effects.contains(&Effect::Possible) || d.effects.contains(&Effect::Probable),
    );
    add("future", d.effects.contains(&Effect::Future));
    let clause = &a.clauses[p.clause];
    add("relative", clause.opening == Opening::Relative);
    add("subordinate", clause.opening == Opening::Subordinate);
    add("that-clause", clause.opening == Opening::That);
    add("serial", clause.opening == Opening::Serial);
    // Other readings of the same word.
    let mut plain = false;
    let mut other = false;
    let mut names = false;
    for x in doc.input.morphs.at(p.tokens.start) {
        match x.target {
            Target::Entry(e) if e != d.entry => match &doc.input.entry(e).kind {
                EntryKind::Plain => plain = true,
                EntryKind::Event(_) => other = true,
                EntryKind::Speech { .. } | EntryKind::Light { .. } | EntryKind::Operator { .. } => plain = true,
                _ => names = true,
            },
            Target::Entry(_) | Target::Manner(_) => {}
            _ => names = true,
        }
    }
    add("ambiguous-plain", plain);
    add("ambiguous-event", other);
    add("ambiguous-name", names);
    for (side, list, slot) in [
        ("actor", &d.actors, Slot::Subject),
        ("recipient", &d.recipients, Slot::Object),
    ] {
        let Some(&m) = list.first() else {
            add(&format!("{side}-none"), true);
            continue;
        };
        let mention = &doc.input.mentions[m];
        let own = !mention.country.is_empty();
        add(&format!("{side}-own-country"), own);
        add(&format!("{side}-no-country"), country(doc, m).is_empty());
        let kind = match mention.kind {
            Kind::Person | Kind::Title => "person",
            Kind::State => "state",
            Kind::Government | Kind::Military | Kind::Party | Kind::ArmedGroup => "organ",
            Kind::People => "people",
            Kind::Site => "site",
            _ => "body",
        };
        add(&format!("{side}-{kind}"), true);
        if let Some(f) = frame.filler(slot) {
            add(&format!("{side}-resolved"), f.resolved);
            add(&format!("{side}-weak"), f.score < 1.5);
        }
    }
    let kind = doc.input.lexicon.tables.scheme[d.kind as usize].name.to_lowercase();
    add(&format!("type-{kind}"), true);
    let noun = matches!(&doc.input.entry(d.entry).kind, EntryKind::Event(e) if e.noun);
    add("event-noun", noun);
    out
}

/// The log-odds of a draft.
pub fn score(doc: &Document, features: &[(String, f32)]) -> f32 {
    features
        .iter()
        .map(|(name, value)| value * doc.input.weights.event(name))
        .sum()
}
