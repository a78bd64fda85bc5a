//! Prepositions before a mention.

use super::*;

impl Finder<'_> {
    /// Finds the preposition that stands before each mention. Quantifiers, numbers and quotation marks between are passed over; so is "of" behind a quantifier.
    pub(super) fn attach(&self, found: &mut [Mention]) {
        for m in found.iter_mut() {
            self.attach_one(m);
        }
    }

    #[allow(clippy::mut_range_bound)] // the range is left as soon as the cursor moves
    pub(super) fn attach_one(&self, m: &mut Mention) {
        if m.preposition.is_some() {
            return;
        }
        let mut cursor = m.tokens.start;
        let mut nouns = 0;
        'words: for _ in 0..7 {
            if cursor == 0 {
                return;
            }
            let before = cursor - 1;
            match self.tokens[before].kind {
                TokenKind::Number => {
                    cursor = before;
                    continue;
                }
                TokenKind::Punct if matches!(self.folded(before), "\"" | "(" | "'") => {
                    cursor = before;
                    continue;
                }
                TokenKind::Word => {}
                _ => return,
            }
            // Function words of several words ("on the part of") begin further to the left.
            for start in cursor.saturating_sub(4)..cursor {
                for a in self.morphs.at(start) {
                    let Target::Particle(p) = a.target else { continue };
                    if start + a.tokens as usize != cursor || a.pronoun.is_some() {
                        continue;
                    }
                    match self.lexicon.tables.particles[p as usize].class {
                        Class::Agent => {
                            m.agent = nouns == 0;
                            return;
                        }
                        Class::Preposition => {
                            // "A number of", "a large number of".
                            let counts = |i: usize| self.class(i) == Some(Class::Quantifier);
                            let quantifier = start > 0 && counts(start - 1)
                                || start > 1 && counts(start - 2) && self.class(start - 1).is_none();
                            if quantifier && self.lexicon.tables.partitive == Some(p) {
                                cursor = start;
                                continue 'words;
                            }
                            if nouns > 0 {
                                m.outer = Some(p);
                                return;
                            }
                            m.preposition = Some(p);
                            m.conjunction |= a.conjunction;
                            return;
                        }
                        Class::Demonstrative | Class::Quantifier if nouns == 0 => {
                            m.preposition = a.preposition;
                            if a.preposition.is_some() {
                                return;
                            }
                            m.conjunction |= a.conjunction;
                            cursor = start;
                            continue 'words;
                        }
                        _ => {}
                    }
                }
            }
            // A quantifier with a preposition written onto it ("with all"), or a number word.
            let number = khaldun_lexicon::fold::fold(self.folded(before));
            if self.lexicon.tables.numbers.get(&number).is_some() {
                cursor = before;
                continue;
            }
            // A noun that the mention is annexed to: no article, not only a verb. A preposition written onto it governs the whole.
            if nouns == 2
                || m.conjunction
                || self.folded(before).starts_with(khaldun_lexicon::names::ARTICLE)
                || (self.taken)(before)
            {
                return;
            }
            let here = self.morphs.at(before);
            let nominal = here
                .iter()
                .filter(|a| a.features.is_nominal() && !a.article && a.pronoun.is_none());
            if let Some(a) = nominal
                .clone()
                .find(|a| a.preposition.is_some())
                .filter(|_| !here.iter().any(|a| a.skip == 0 && a.features.is_nominal()))
            {
                m.outer = a.preposition;
                return;
            }
            let finite = here.iter().any(|a| a.features.is_finite() && a.skip == 0);
            if here.is_empty() || nominal.count() > 0 && !finite {
                nouns += 1;
                cursor = before;
                continue;
            }
            return;
        }
    }
}
