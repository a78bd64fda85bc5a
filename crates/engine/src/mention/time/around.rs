//! What the words around an expression say: whether its entry holds, and whether the clause speaks of the future.

use super::reader::{NONE, Place, Reader};
use crate::token::Kind;

impl Reader<'_> {
    /// Do the words around allow the entry?
    pub(super) fn guarded(&mut self, entry: u32, start: Place, end: Place) -> bool {
        let table = self.table;
        let entry = &table.entries[entry as usize];
        let has = |list: &[u32], symbols: [u32; 3]| symbols.iter().any(|s| *s != NONE && list.binary_search(s).is_ok());
        if !entry.after.is_empty() || !entry.not_after.is_empty() {
            let before = self.before(start);
            if !entry.after.is_empty() && !has(&entry.after, before) || has(&entry.not_after, before) {
                return false;
            }
        }
        if !entry.before.is_empty() || !entry.not_before.is_empty() {
            let behind = if end.token < self.tokens.len() {
                self.readings(end.token)
            } else {
                [NONE; 3]
            };
            if !entry.before.is_empty() && !has(&entry.before, behind) || has(&entry.not_before, behind) {
                return false;
            }
        }
        if !entry.not_near.is_empty() {
            let first = start.token.saturating_sub(5);
            for token in (first..start.token).rev() {
                if self.tokens[token].kind == Kind::Newline {
                    break;
                }
                if has(&entry.not_near, self.readings(token)) {
                    return false;
                }
            }
        }
        if entry.indefinite
            && self
                .tokens
                .get(end.token)
                .is_some_and(|t| t.kind == Kind::Word && t.folded(self.text).starts_with(table.article.as_str()))
        {
            return false;
        }
        !(start.token + 1..end.token).any(|token| {
            let inside = Place { token, skip: 0 };
            entry
                .yields_to
                .iter()
                .any(|&root| self.longest(root, inside).is_some_and(|hit| hit.end > end))
        })
    }

    /// Symbols of what stands before a place: the letters written onto the same word, or the word before it.
    fn before(&self, at: Place) -> [u32; 3] {
        if at.skip > 0 {
            let head = &self.tokens[at.token].folded(self.text)[..at.skip];
            let last = head.char_indices().next_back().map_or(0, |(i, _)| i);
            return [self.table.symbols.get2(&head[last..], "-").unwrap_or(NONE), NONE, NONE];
        }
        match at.token.checked_sub(1) {
            Some(before) => self.readings(before),
            None => [NONE; 3],
        }
    }

    /// The symbols that a token may be for a guard: as written, without its first letter, as a letter written onto digits.
    fn readings(&self, token: usize) -> [u32; 3] {
        let whole = self.symbols[token];
        if self.tokens[token].kind != Kind::Word {
            return [whole, NONE, NONE];
        }
        let word = self.tokens[token].folded(self.text);
        let letters = self
            .table
            .proclitics
            .iter()
            .find(|p| word.starts_with(p.as_str()))
            .map_or(0, |p| p.len());
        match letters {
            0 => [whole, NONE, NONE],
            n if n == word.len() => [whole, NONE, self.table.symbols.get2(word, "-").unwrap_or(NONE)],
            skip => {
                let [a, b] = self.word(Place { token, skip });
                [whole, a, b]
            }
        }
    }

    /// Does the clause speak of the future? The nearest cue before the expression decides, then a verb right behind it.
    pub(super) fn future(&mut self, start: Place, end: Place) -> bool {
        if self.cue.0 != start.token {
            self.cue = (start.token, self.cue_before(start));
        }
        let behind = || {
            end.skip == 0
                && self
                    .tokens
                    .get(end.token)
                    .is_some_and(|t| t.kind == Kind::Word && self.future_verb(end.token))
        };
        self.cue.1.unwrap_or_else(behind)
    }

    fn future_verb(&self, token: usize) -> bool {
        let tense = &self.table.tense;
        let word = self.tokens[token].folded(self.text);
        let word = self
            .table
            .conjunctions
            .iter()
            .find_map(|c| word.strip_prefix(c.as_str()))
            .filter(|w| w.len() > 4)
            .unwrap_or(word);
        word.chars().nth(3).is_some()
            && tense.prefixes.iter().any(|p| word.starts_with(p.as_str()))
            && !tense.not.iter().any(|p| word.starts_with(p.as_str()))
    }

    fn cue_before(&self, start: Place) -> Option<bool> {
        let tense = &self.table.tense;
        let cue = |token: usize| {
            if self.tokens[token].kind != Kind::Word {
                return None;
            }
            for s in self.readings(token) {
                if s != NONE && tense.past.binary_search(&s).is_ok() {
                    return Some(false);
                }
                if s != NONE && tense.future.binary_search(&s).is_ok() {
                    return Some(true);
                }
            }
            self.future_verb(token).then_some(true)
        };
        for token in (start.token.saturating_sub(14)..start.token).rev() {
            let t = &self.tokens[token];
            if t.kind == Kind::Newline || t.kind == Kind::Punct && matches!(t.folded(self.text), "." | "!" | "?") {
                break;
            }
            if let Some(future) = cue(token) {
                return Some(future);
            }
        }
        None
    }
}
