//! Whom a pronoun means.

use super::Clause;
use super::fill::{Window, feminine};
use crate::mention::entity::Kind;
use khaldun_lexicon::Features;

impl Window<'_, '_> {
    pub(super) fn agrees(&self, pronoun: Option<u8>, m: usize) -> bool {
        let Some(e) = pronoun.map(|p| &self.input.lexicon.tables.enclitics[p as usize]) else {
            return true;
        };
        if !e.features.has(Features::P3) {
            return false;
        }
        let mention = &self.input.mentions[m];
        if e.features.has(Features::PLUR) {
            let many = mention.features.any(Features::PLUR | Features::DUAL);
            return many
                || matches!(mention.kind, Kind::ArmedGroup | Kind::Military) && !mention.features.has(Features::SING);
        }
        match feminine(self.input, m) {
            Some(f) => f == e.features.has(Features::FEM),
            None => true,
        }
    }

    /// Whom a pronoun means: the nearest mention before it that agrees; with a relative clause, the word it describes.
    pub(super) fn antecedent(
        &self,
        pronoun: Option<u8>,
        at: usize,
        not: Option<usize>,
        relative: bool,
        clause: &Clause,
    ) -> Option<usize> {
        if relative && let Some(m) = self.input.mention_ending(clause.tokens.start) {
            return Some(m);
        }
        let upto = self.input.mentions.partition_point(|m| m.tokens.end <= at);
        // "migrants whom a ship rescued": what stands right before it.
        let right_before = upto.checked_sub(1).filter(|k| {
            let m = &self.input.mentions[*k];
            m.tokens.end == at && m.kind == Kind::People && !m.adjective && Some(*k) != not
        });
        if let Some(k) = right_before.filter(|k| self.agrees(pronoun, *k)) {
            return Some(k);
        }
        let candidates = self.input.mentions[..upto].iter().enumerate().rev().take(12);
        let mut second = None;
        for (k, m) in candidates {
            if Some(k) == not
                || m.adjective
                || matches!(m.kind, Kind::Place | Kind::Site | Kind::Outlet)
                || !self.agrees(pronoun, k)
            {
                continue;
            }
            if not.is_some_and(|n| self.input.mentions[n].key == m.key) {
                continue;
            }
            if matches!(
                m.kind,
                Kind::Person
                    | Kind::Title
                    | Kind::ArmedGroup
                    | Kind::Party
                    | Kind::Government
                    | Kind::Military
                    | Kind::State
            ) {
                return Some(k);
            }
            second = second.or(Some(k));
        }
        second
    }
}
