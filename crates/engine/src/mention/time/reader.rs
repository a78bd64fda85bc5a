//! Walks through the trie of patterns, word by word, and keeps the longest match.

use super::calendar::Interval;
use super::value::{Scene, Value};
use crate::text::Text;
use crate::token::{Kind, Token};
use jiff::civil::Date;
use khaldun_lexicon::time::{Accept, Elem, TimeTable};

pub(super) const NONE: u32 = u32::MAX;
/// Patterns nest only so deep.
const DEPTH: u8 = 10;

/// A place in the text: a token and the bytes of it that are already read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Place {
    pub token: usize,
    pub skip: usize,
}

/// The best match so far.
pub(super) struct Hit {
    pub end: Place,
    pub value: Value,
    /// Absent for the word of a class.
    pub entry: Option<u32>,
    pub relative: bool,
    pub conflict: Option<String>,
}

pub(super) struct Reader<'a> {
    pub text: &'a Text,
    pub tokens: &'a [Token],
    pub table: &'a TimeTable,
    pub symbols: Vec<u32>,
    pub published: Option<Date>,
    pub last: Option<Interval>,
    pub depth: u8,
    /// The cue of tense before a token, as it was last looked up.
    pub cue: (usize, Option<bool>),
}

impl Reader<'_> {
    /// The expression that begins with a token or behind the letters written onto it.
    pub(super) fn at(&mut self, token: usize) -> Option<(Place, Hit)> {
        let t = &self.tokens[token];
        match t.kind {
            Kind::Number => {}
            Kind::Word => {
                let symbol = self.symbols[token];
                if symbol == NONE || !self.table.starts[symbol as usize] {
                    return self.behind_proclitics(token);
                }
            }
            _ => return None,
        }
        let start = Place { token, skip: 0 };
        match self.longest(0, start) {
            Some(hit) => Some((start, hit)),
            None => self.behind_proclitics(token),
        }
    }

    fn behind_proclitics(&mut self, token: usize) -> Option<(Place, Hit)> {
        let word = self.tokens[token].folded(self.text);
        let mut skip = 0;
        for _ in 0..2 {
            let rest = &word[skip..];
            let letters = self
                .table
                .proclitics
                .iter()
                .find(|p| rest.len() > p.len() && rest.starts_with(p.as_str()))?;
            skip += letters.len();
            let start = Place { token, skip };
            if self
                .word(start)
                .into_iter()
                .any(|s| s != NONE && self.table.starts[s as usize])
                && let Some(hit) = self.longest(0, start)
            {
                return Some((start, hit));
            }
            if !self.table.conjunctions.contains(letters) {
                return None;
            }
        }
        None
    }

    /// The symbols that the rest of a token may be: as written, and with the article's swallowed letter put back.
    pub(super) fn word(&self, at: Place) -> [u32; 2] {
        if at.skip == 0 {
            return [self.symbols.get(at.token).copied().unwrap_or(NONE), NONE];
        }
        let word = self.tokens[at.token].folded(self.text);
        let (head, rest) = word.split_at(at.skip);
        let plain = self.table.symbols.get(rest).unwrap_or(NONE);
        let article = self.table.article.as_str();
        let first = article.chars().next().map_or(0, char::len_utf8);
        let swallowed = head.ends_with(self.table.to.as_str()) && rest.starts_with(&article[first..]);
        let restored = if swallowed {
            self.table.symbols.get2(&article[..first], rest).unwrap_or(NONE)
        } else {
            NONE
        };
        [plain, restored]
    }

    /// The longest match of the trie at `root`.
    pub(super) fn longest(&mut self, root: u16, start: Place) -> Option<Hit> {
        if self.depth >= DEPTH || start.token >= self.tokens.len() {
            return None;
        }
        self.depth += 1;
        let mut best = None;
        let mut values = [Value::Missing; 12];
        self.walk(
            self.table.roots[root as usize],
            start,
            start,
            &mut values,
            0,
            (false, None),
            &mut best,
        );
        self.depth -= 1;
        best
    }

    #[allow(clippy::too_many_arguments)]
    fn walk(
        &mut self,
        node: u32,
        start: Place,
        at: Place,
        values: &mut [Value; 12],
        count: usize,
        so_far: (bool, Option<&str>),
        best: &mut Option<Hit>,
    ) {
        let table = self.table;
        let node = &table.nodes[node as usize];
        for accept in &node.accepts {
            self.accept(accept, start, at, &values[..count], so_far, best);
        }
        if at.token >= self.tokens.len() {
            return;
        }
        if !node.words.is_empty() && self.tokens[at.token].kind == Kind::Word {
            for symbol in self.word(at) {
                if symbol != NONE
                    && let Ok(i) = node.words.binary_search_by_key(&symbol, |w| w.0)
                {
                    let next = Place {
                        token: at.token + 1,
                        skip: 0,
                    };
                    self.walk(node.words[i].1, start, next, values, count, so_far, best);
                }
            }
        }
        for &(elem, to) in &node.others {
            match elem {
                Elem::Prefix(p) => {
                    let letters = table.prefixes[p as usize].as_str();
                    let t = &self.tokens[at.token];
                    if t.kind != Kind::Word || !t.folded(self.text)[at.skip..].starts_with(letters) {
                        continue;
                    }
                    let skip = at.skip + letters.len();
                    let whole = skip == (t.end - t.start) as usize;
                    let next = if whole {
                        Place {
                            token: at.token + 1,
                            skip: 0,
                        }
                    } else {
                        Place { token: at.token, skip }
                    };
                    self.walk(to, start, next, values, count, so_far, best);
                }
                Elem::Punct(c) => {
                    let t = &self.tokens[at.token];
                    if t.kind == Kind::Punct && t.folded(self.text).as_bytes() == [c] {
                        self.walk(
                            to,
                            start,
                            Place {
                                token: at.token + 1,
                                skip: 0,
                            },
                            values,
                            count,
                            so_far,
                            best,
                        );
                    }
                }
                Elem::Terminal(terminal) => {
                    if count < values.len()
                        && let Some((value, next)) = self.terminal(terminal, at)
                    {
                        values[count] = value;
                        self.walk(to, start, next, values, count + 1, so_far, best);
                    }
                }
                Elem::Sub(root) => {
                    if count < values.len()
                        && let Some(hit) = self.longest(root, at)
                    {
                        values[count] = hit.value;
                        let relative = so_far.0 || hit.relative;
                        let conflict = so_far.1.or(hit.conflict.as_deref());
                        self.walk(to, start, hit.end, values, count + 1, (relative, conflict), best);
                    }
                }
            }
        }
    }

    fn accept(
        &mut self,
        accept: &Accept,
        start: Place,
        end: Place,
        values: &[Value],
        so_far: (bool, Option<&str>),
        best: &mut Option<Hit>,
    ) {
        let table = self.table;
        let rank = |e: Option<u32>| e.map_or(0, |e| table.entries[e as usize].rank);
        let index = match accept {
            Accept::Word(_) => None,
            Accept::Entry(e, _) => Some(*e),
        };
        if best
            .as_ref()
            .is_some_and(|b| (b.end, rank(b.entry)) >= (end, rank(index)))
        {
            return;
        }
        let (index, slots) = match accept {
            Accept::Word(v) => {
                *best = Some(Hit {
                    end,
                    value: Value::Int(*v),
                    entry: None,
                    relative: false,
                    conflict: None,
                });
                return;
            }
            Accept::Entry(e, slots) => (*e, slots),
        };
        if !self.guarded(index, start, end) {
            return;
        }
        let mut captures = [Value::Missing; 12];
        for (slot, value) in slots.iter().zip(values) {
            if let Some(c) = captures.get_mut(*slot as usize) {
                *c = *value;
            }
        }
        let future = self.future(start, end);
        let mut scene = Scene {
            published: self.published,
            last: self.last,
            future,
            relative: so_far.0,
            conflict: so_far.1.map(str::to_owned),
        };
        let Some(value) = scene.eval(&table.entries[index as usize].value, &captures) else {
            return;
        };
        *best = Some(Hit {
            end,
            value,
            entry: Some(index),
            relative: scene.relative,
            conflict: scene.conflict,
        });
    }
}
