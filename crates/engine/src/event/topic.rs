//! Topics in which the words of politics mean something else: sport, accidents, weather …

use super::Document;
use super::draft::Draft;
use crate::mention::entity::Kind;
use khaldun_lexicon::lexicon::Target;

/// The topics of a document and of each sentence, by index.
pub struct Topics {
    document: Vec<u16>,
    sentences: Vec<Vec<u16>>,
}

/// Tells the topics by the different words of each that occur.
pub fn find(doc: &Document) -> Topics {
    let topics = &doc.input.lexicon.tables.topics;
    let tell = |ranges: &[std::ops::Range<usize>], document: bool| -> Vec<u16> {
        let mut words: Vec<Vec<&str>> = vec![Vec::new(); topics.len()];
        for i in ranges.iter().flat_map(Clone::clone) {
            for a in doc.input.morphs.at(i) {
                if let Target::Topic(t) = a.target {
                    let token = &doc.input.tokens[i];
                    let word = &doc.input.text.folded[token.start as usize + a.skip as usize..token.end as usize];
                    if !words[t as usize].contains(&word) {
                        words[t as usize].push(word);
                    }
                }
            }
        }
        let told = |t: &usize| topics[*t].document == document && words[*t].len() >= topics[*t].least as usize;
        (0..topics.len()).filter(told).map(|t| t as u16).collect()
    };
    let ranges: Vec<_> = doc.sentences.iter().map(|s| s.sentence.tokens.clone()).collect();
    let sentences = ranges.iter().map(|r| tell(std::slice::from_ref(r), false)).collect();
    Topics {
        document: tell(&ranges, true),
        sentences,
    }
}

impl Topics {
    /// The name of a topic that drops a draft. An act between states or their organs stands in any topic; a deed of force with a doer is no accident.
    pub fn drops<'d>(&self, doc: &'d Document, d: &Draft) -> Option<&'d str> {
        let topics = &doc.input.lexicon.tables.topics;
        let official = |m: &usize| {
            let x = &doc.input.mentions[*m];
            matches!(x.kind, Kind::State)
                || matches!(x.sector.as_str(), "GOV" | "MIL" | "COP" | "JUD" | "LEG" | "REB" | "PTY")
        };
        let title = self.sentences.first().filter(|_| doc.sentences[0].sentence.line == 0);
        let here = self.sentences[d.sentence]
            .iter()
            .chain(title.into_iter().flatten())
            .chain(&self.document);
        here.map(|t| &topics[*t as usize])
            .find(|t| match t.drops.as_slice() {
                [] => {
                    !(d.actors.iter().any(official) && (d.recipients.is_empty() || d.recipients.iter().any(official)))
                }
                kinds => kinds.contains(&d.kind) && d.actors.is_empty(),
            })
            .map(|t| t.name.as_str())
    }
}
