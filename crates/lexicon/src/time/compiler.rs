//! Builds the trie.

use super::pattern::{self, Item};
use super::schema::{self, Entry, File};
use super::{Accept, Elem, Node, Tense, Terminal, TimeEntry, TimeTable, value};
use crate::error::DataError;
use crate::fold::fold;
use crate::number::{NumberTable, Words};
use rustc_hash::FxHashMap;

#[derive(Default)]
pub(super) struct Compiler {
    table: TimeTable,
    symbols: Vec<String>,
    symbol_of: FxHashMap<String, u32>,
    roots: FxHashMap<String, u16>,
    lists: FxHashMap<String, Vec<String>>,
    errors: Vec<DataError>,
}

impl Compiler {
    pub(super) fn run(
        mut self,
        data: &[(&str, &str, File)],
        numbers: NumberTable,
    ) -> Result<TimeTable, Vec<DataError>> {
        self.root("time");
        for form in numbers.words.as_slice() {
            self.symbol(form);
        }
        self.symbol(&numbers.article);
        self.table.numbers = numbers;
        for (_, _, file) in data {
            if let Some(o) = &file.orthography {
                (self.table.article, self.table.to) = (fold(&o.article), fold(&o.to));
                self.table.proclitics = o.proclitics.iter().map(|s| fold(s)).collect();
                self.table.conjunctions = o.conjunctions.iter().map(|s| fold(s)).collect();
            }
            for list in &file.list {
                self.lists.insert(list.name.clone(), list.words.clone());
            }
            for word in &file.word {
                self.root(&word.get_ref().class);
            }
            for name in file.time.iter().filter_map(|e| e.get_ref().category.as_ref()) {
                self.root(name);
            }
        }
        for (path, content, file) in data {
            for word in &file.word {
                self.word(path, schema::line_of(content, word.span().start), word.get_ref());
            }
            for entry in &file.time {
                self.entry(path, schema::line_of(content, entry.span().start), entry.get_ref());
            }
            if let Some(t) = &file.tense {
                self.table.tense = Tense {
                    future: self.words_of(&t.future),
                    past: self.words_of(&t.past),
                    prefixes: t.prefixes.iter().map(|s| fold(s)).collect(),
                    not: t.not.iter().map(|s| fold(s)).collect(),
                };
            }
        }
        for node in &mut self.table.nodes {
            node.words.sort_unstable();
        }
        self.table.symbols = Words::new(self.symbols.iter().cloned());
        self.table.starts = vec![false; self.symbols.len()];
        let mut open = Vec::new();
        self.first(0, &mut open);
        if self.errors.is_empty() {
            Ok(self.table)
        } else {
            Err(self.errors)
        }
    }

    fn root(&mut self, name: &str) -> u16 {
        if let Some(&r) = self.roots.get(name) {
            return r;
        }
        let r = self.table.roots.len() as u16;
        self.table.roots.push(self.table.nodes.len() as u32);
        self.table.nodes.push(Node::default());
        self.roots.insert(name.to_owned(), r);
        r
    }

    fn symbol(&mut self, word: &str) -> u32 {
        let folded = fold(word);
        if let Some(&s) = self.symbol_of.get(&folded) {
            return s;
        }
        let s = self.symbols.len() as u32;
        self.symbols.push(folded.clone());
        self.symbol_of.insert(folded, s);
        s
    }

    /// Symbols of a guard; `@name` stands for a list.
    fn words_of(&mut self, words: &[String]) -> Vec<u32> {
        let mut out = Vec::new();
        for word in words {
            match word.strip_prefix('@').and_then(|name| self.lists.get(name).cloned()) {
                Some(list) => out.extend(list.iter().map(|w| self.symbol(w))),
                None => out.push(self.symbol(word)),
            }
        }
        out.sort_unstable();
        out
    }

    fn word(&mut self, path: &str, line: u32, word: &schema::Word) {
        let root = self.table.roots[self.roots[&word.class] as usize];
        let article = self.table.article.clone();
        for form in &word.forms {
            if form.trim().is_empty() {
                self.errors
                    .push(DataError::new(path, line, "an empty form", "remove it"));
            }
            let bare = || form.clone();
            // Each word of "the coming" carries the article; of a compound only the first, as written.
            let definite = || format!("{article}{form}");
            let forms = match word.article {
                schema::Article::No => vec![bare()],
                schema::Article::Yes => vec![definite()],
                schema::Article::Both => vec![bare(), definite()],
            };
            for form in forms {
                let mut node = root;
                for w in form.split_whitespace() {
                    let s = self.symbol(w);
                    node = self.step_word(node, s);
                }
                let accept = Accept::Word(word.value);
                let accepts = &mut self.table.nodes[node as usize].accepts;
                if let Some(Accept::Word(other)) = accepts.iter().find(|a| **a != accept) {
                    let message = format!("`{form}` is already worth {other} in the class `{}`", word.class);
                    self.errors
                        .push(DataError::new(path, line, message, "one form has one value in a class"));
                } else if !accepts.contains(&accept) {
                    accepts.push(accept);
                }
            }
        }
    }

    fn step_word(&mut self, node: u32, symbol: u32) -> u32 {
        if let Some(&(_, to)) = self.table.nodes[node as usize].words.iter().find(|(s, _)| *s == symbol) {
            return to;
        }
        let to = self.table.nodes.len() as u32;
        self.table.nodes.push(Node::default());
        self.table.nodes[node as usize].words.push((symbol, to));
        to
    }

    fn step(&mut self, node: u32, elem: Elem) -> u32 {
        if let Some(&(_, to)) = self.table.nodes[node as usize].others.iter().find(|(e, _)| *e == elem) {
            return to;
        }
        let to = self.table.nodes.len() as u32;
        self.table.nodes.push(Node::default());
        self.table.nodes[node as usize].others.push((elem, to));
        to
    }

    fn entry(&mut self, path: &str, line: u32, entry: &Entry) {
        let fault = |message: String, hint: &str| DataError::new(path, line, message, hint);
        if entry.category.is_none() && entry.kind.is_none() {
            self.errors.push(fault(
                format!("`{}` has neither `kind` nor `as`", entry.id),
                "kind = \"date\" marks an expression",
            ));
        }
        if entry.kind.is_some() && entry.example.is_empty() && entry.counter.is_empty() {
            self.errors.push(fault(
                format!("`{}` has no example", entry.id),
                "add a [[time.example]]",
            ));
        }
        if self.table.entries.iter().any(|e| e.id == entry.id) {
            self.errors.push(fault(
                format!("the id `{}` is taken", entry.id),
                "ids are unique in time/",
            ));
        }
        let mut names: Vec<String> = Vec::new();
        let mut sequences = Vec::new();
        for pattern in entry.pattern.iter() {
            match pattern::parse(pattern).and_then(|p| pattern::expand(&p)) {
                Ok(s) => sequences.extend(s),
                Err(message) => self
                    .errors
                    .push(fault(message, "the pattern language is explained in time/words.toml")),
            }
        }
        let index = self.table.entries.len() as u32;
        let mut paths = Vec::new();
        for sequence in &sequences {
            match self.path(sequence, &mut names) {
                Ok(p) => paths.push(p),
                Err(message) => {
                    self.errors
                        .push(fault(message, "classes come from [[word]], categories from `as`"));
                    return;
                }
            }
        }
        let value = match value::parse(&entry.value, &names) {
            Ok(v) => v,
            Err(message) => {
                self.errors.push(fault(
                    message,
                    "the functions are listed in crates/lexicon/src/time/value.rs",
                ));
                return;
            }
        };
        let mut ends = Vec::new();
        if let Some(c) = &entry.category {
            ends.push(self.roots[c]);
        }
        if entry.kind.is_some() {
            ends.push(0);
        }
        for root in ends {
            for (steps, slots) in &paths {
                let mut node = self.table.roots[root as usize];
                for step in steps {
                    node = match step {
                        Step::Word(s) => self.step_word(node, *s),
                        Step::Other(e) => self.step(node, *e),
                    };
                }
                let accept = Accept::Entry(index, slots.clone());
                let accepts = &mut self.table.nodes[node as usize].accepts;
                if !accepts.contains(&accept) {
                    accepts.push(accept);
                }
            }
        }
        let mut yields_to = Vec::new();
        for name in &entry.yields_to {
            match self.roots.get(name) {
                Some(&r) => yields_to.push(r),
                None => self
                    .errors
                    .push(fault(format!("nothing defines <{name}>"), "categories come from `as`")),
            }
        }
        let compiled = TimeEntry {
            id: entry.id.clone(),
            file: path.to_owned(),
            line,
            class: entry.kind,
            value,
            rank: entry.rank,
            after: self.words_of(&entry.after),
            not_after: self.words_of(&entry.not_after),
            before: self.words_of(&entry.before),
            not_before: self.words_of(&entry.not_before),
            not_near: self.words_of(&entry.not_near),
            indefinite: entry.indefinite,
            yields_to,
        };
        self.table.entries.push(compiled);
    }

    /// The steps of one sequence, and the captures that its values fill.
    fn path(&mut self, sequence: &[Item], names: &mut Vec<String>) -> Result<(Vec<Step>, Vec<u8>), String> {
        let (mut steps, mut slots) = (Vec::new(), Vec::new());
        for item in sequence {
            match item {
                Item::Word(w) => steps.push(Step::Word(self.symbol(w))),
                Item::Punct(c) => steps.push(Step::Other(Elem::Punct(*c))),
                Item::Prefix(p) => {
                    let p = fold(p);
                    let at = self.table.prefixes.iter().position(|x| *x == p).unwrap_or_else(|| {
                        self.table.prefixes.push(p.clone());
                        self.table.prefixes.len() - 1
                    });
                    steps.push(Step::Other(Elem::Prefix(at as u8)));
                }
                Item::Sub { of, name } => {
                    let elem = match pattern::terminal(of) {
                        Some(t) => Elem::Terminal(t),
                        None => Elem::Sub(*self.roots.get(of).ok_or_else(|| format!("nothing defines <{of}>"))?),
                    };
                    let slot = names.iter().position(|n| n == name).unwrap_or_else(|| {
                        names.push(name.clone());
                        names.len() - 1
                    });
                    slots.push(slot as u8);
                    steps.push(Step::Other(elem));
                }
            }
        }
        if steps.is_empty() {
            return Err("a pattern that may be empty".to_owned());
        }
        Ok((steps, slots))
    }

    /// Marks the words with which the trie at `root` may begin; finds a trie that begins with itself.
    fn first(&mut self, root: u16, open: &mut Vec<u16>) {
        if open.contains(&root) {
            let name = self
                .roots
                .iter()
                .find(|(_, r)| **r == root)
                .map_or("", |(n, _)| n.as_str());
            let message = format!("a pattern of <{name}> begins with <{name}>");
            if !self.errors.iter().any(|e| e.message == message) {
                self.errors.push(DataError::new(
                    "time",
                    1,
                    message,
                    "let every pattern of a category begin with a word or a class",
                ));
            }
            return;
        }
        open.push(root);
        let node = self.table.nodes[self.table.roots[root as usize] as usize].clone();
        for (symbol, _) in node.words {
            self.table.starts[symbol as usize] = true;
        }
        for (elem, _) in node.others {
            match elem {
                Elem::Sub(r) => self.first(r, open),
                Elem::Terminal(Terminal::Number | Terminal::Many) => {
                    let forms = self
                        .table
                        .numbers
                        .words
                        .as_slice()
                        .iter()
                        .chain([&self.table.numbers.article]);
                    for form in forms.cloned().collect::<Vec<_>>() {
                        let s = self.symbol_of[&form];
                        self.table.starts[s as usize] = true;
                    }
                }
                _ => {}
            }
        }
        open.pop();
    }
}

enum Step {
    Word(u32),
    Other(Elem),
}
