//! Stage 2, morphology: each word with all its readings.
//!
//! Comes in: tokens. Goes out: [`Morphs`], for each token the analyses (lexicon reading, clitics, features), names of several words
//! included. Refuses to choose: ambiguity is kept until context decides.

use crate::text::{Span, Text};
use crate::token::{Kind, Token};
use khaldun_lexicon::fold::{Folded, TEH_MARBUTA, fold_char};
use khaldun_lexicon::lexicon::{Class, Lexicon, ProcliticKind, Target, Walk};
use khaldun_lexicon::{EntryKind, Features};
use rustc_hash::FxHashMap;
use std::ops::Range;
use std::rc::Rc;

/// One analysis of the word (or words) that begin at a token.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Analysis {
    /// What it is a form of.
    pub target: Target,
    /// The cell of the paradigm.
    pub features: Features,
    /// "And" or "so" is written with it.
    pub conjunction: bool,
    /// A preposition is written with it: its particle.
    pub preposition: Option<u16>,
    /// The article is written with it.
    pub article: bool,
    /// The future prefix is written with it.
    pub future: bool,
    /// A pronoun is written with it: its enclitic.
    pub pronoun: Option<u8>,
    /// Bytes before the stem in the folded token.
    pub skip: u8,
    /// Bytes of conjunction and preposition: what is left out of a span. The article belongs to it.
    pub lead: u8,
    /// Number of tokens that it covers.
    pub tokens: u8,
}

/// A way into the names of several words: the walk after the first word and the blank.
#[derive(Clone, Copy, Debug)]
struct Opening {
    walk: Walk,
    prefix: Analysis,
}

/// What is known of one surface word.
#[derive(Debug, Default)]
struct Known {
    analyses: Vec<Analysis>,
    openings: Vec<Opening>,
}

/// Surface words seen before. News repeats its words, so that most words cost one look-up.
#[derive(Debug, Default)]
pub struct Cache {
    words: FxHashMap<Box<str>, Rc<Known>>,
    /// Those written with a final ta marbuta.
    marbuta: FxHashMap<Box<str>, Rc<Known>>,
}

/// Analyses of all tokens of a text.
#[derive(Debug, Default)]
pub struct Morphs {
    all: Vec<Analysis>,
    at: Vec<(u32, u32)>,
}

impl Morphs {
    /// The analyses that begin at a token, those of several words first.
    pub fn at(&self, token: usize) -> &[Analysis] {
        self.at
            .get(token)
            .map_or(&[], |&(a, n)| &self.all[a as usize..(a + n) as usize])
    }
}

/// Limit of the cache; beyond it the cache starts anew (hostile input has endless new words).
const CACHE_WORDS: usize = 200_000;

/// Analyses every token.
pub fn analyze(text: &Text, tokens: &[Token], lexicon: &Lexicon, cache: &mut Cache) -> Morphs {
    if cache.words.len() + cache.marbuta.len() > CACHE_WORDS {
        *cache = Cache::default();
    }
    let mut out = Morphs {
        all: Vec::with_capacity(tokens.len() * 2),
        at: Vec::with_capacity(tokens.len()),
    };
    for (i, token) in tokens.iter().enumerate() {
        let from = out.all.len();
        if token.kind == Kind::Word {
            let surface = token.folded(text);
            let marbuta = text
                .raw_slice(token.start as usize, token.end as usize)
                .trim_end_matches(is_mark)
                .ends_with(TEH_MARBUTA);
            let words = if marbuta { &mut cache.marbuta } else { &mut cache.words };
            let known = match words.get(surface) {
                Some(k) => Rc::clone(k),
                None => {
                    let k = Rc::new(analyze_word(surface, marbuta, lexicon));
                    words.insert(surface.into(), Rc::clone(&k));
                    k
                }
            };
            for opening in &known.openings {
                names(text, tokens, i, opening, lexicon, &mut out.all);
            }
            out.all[from..].sort_by_key(|a| std::cmp::Reverse(a.tokens));
            out.all.extend_from_slice(&known.analyses);
        }
        out.at.push((from as u32, (out.all.len() - from) as u32));
    }
    out
}

/// A mark that folding drops.
fn is_mark(c: char) -> bool {
    fold_char(c) == Folded::Nothing
}

/// Names of several words that begin at token `i`. Quotation marks and hyphens between the words are passed over.
fn names(text: &Text, tokens: &[Token], i: usize, opening: &Opening, lexicon: &Lexicon, out: &mut Vec<Analysis>) {
    let mut walk = opening.walk;
    let mut j = i + 1;
    for _ in 0..12 {
        while tokens
            .get(j)
            .is_some_and(|t| t.kind == Kind::Punct && matches!(t.folded(text), "\"" | "-" | "'"))
        {
            j += 1;
        }
        let Some(token) = tokens.get(j).filter(|t| matches!(t.kind, Kind::Word | Kind::Number)) else {
            return;
        };
        let word = token.folded(text);
        for (e, enclitic) in lexicon.tables.enclitics.iter().enumerate() {
            let Some(bare) = word.strip_suffix(enclitic.text.as_str()).filter(|b| b.len() >= 2) else {
                continue;
            };
            let Some(end) = lexicon.step(walk, bare) else { continue };
            for r in lexicon
                .readings(end)
                .iter()
                .filter(|r| matches!(r.target, Target::Particle(_)))
            {
                let tokens = (j + 1 - i) as u8;
                out.push(Analysis {
                    target: r.target,
                    features: r.features,
                    tokens,
                    pronoun: Some(e as u8),
                    ..opening.prefix
                });
            }
        }
        let Some(next) = lexicon.step(walk, word) else { return };
        j += 1;
        for r in lexicon.readings(next) {
            if fits(r.target, r.features, &opening.prefix, lexicon) {
                let span = (j - i) as u8;
                out.push(Analysis {
                    target: r.target,
                    features: r.features,
                    tokens: span,
                    ..opening.prefix
                });
            }
        }
        match lexicon.step(next, " ") {
            Some(w) => walk = w,
            None => return,
        }
    }
}

/// Splits the clitics off one word in every way and looks the stems up.
fn analyze_word(surface: &str, marbuta: bool, lexicon: &Lexicon) -> Known {
    let mut known = Known::default();
    let none = Analysis {
        target: Target::Particle(0),
        features: Features::default(),
        conjunction: false,
        preposition: None,
        article: false,
        future: false,
        pronoun: None,
        skip: 0,
        lead: 0,
        tokens: 1,
    };
    let mut prefixes = vec![none];
    let t = &lexicon.tables;
    // Conjunction, then preposition or future, then article.
    for kinds in [
        &[ProcliticKind::Conjunction][..],
        &[ProcliticKind::Preposition, ProcliticKind::Future],
        &[ProcliticKind::Article],
    ] {
        for k in 0..prefixes.len() {
            let p = prefixes[k];
            let rest = &surface[p.skip as usize..];
            for c in t.proclitics.iter().filter(|c| kinds.contains(&c.kind)) {
                if rest.len() > c.text.len() + 1 && rest.starts_with(c.text.as_str()) {
                    let skip = p.skip + c.text.len() as u8;
                    prefixes.push(match c.kind {
                        ProcliticKind::Conjunction => Analysis {
                            conjunction: true,
                            skip,
                            lead: skip,
                            ..p
                        },
                        ProcliticKind::Preposition => Analysis {
                            preposition: Some(c.particle),
                            skip,
                            lead: skip,
                            ..p
                        },
                        ProcliticKind::Future => Analysis {
                            future: true,
                            skip,
                            lead: skip,
                            ..p
                        },
                        ProcliticKind::Article => Analysis {
                            article: true,
                            skip,
                            ..p
                        },
                    });
                }
            }
        }
    }
    for p in &prefixes {
        look_up(&surface[p.skip as usize..], *p, lexicon, &mut known);
    }
    // li- and the article written as one: the stem without the article, and the name with it.
    for p in prefixes
        .iter()
        .filter(|p| p.preposition.is_none() && !p.future && !p.article)
    {
        let rest = &surface[p.skip as usize..];
        for (text, proclitic, article) in &t.assimilated {
            let Some(stem) = rest.strip_prefix(text.as_str()).filter(|s| s.len() > 3) else {
                continue;
            };
            let skip = p.skip + text.len() as u8;
            let preposition = Some(t.proclitics[*proclitic as usize].particle);
            look_up(
                stem,
                Analysis {
                    preposition,
                    article: true,
                    skip,
                    lead: skip,
                    ..*p
                },
                lexicon,
                &mut known,
            );
            // The name's own article begins with the last letter of the assimilated pair.
            let name = format!("{article}{stem}");
            let skip = skip - (text.len() / 2) as u8;
            look_up(
                &name,
                Analysis {
                    preposition,
                    skip,
                    lead: skip,
                    ..*p
                },
                lexicon,
                &mut known,
            );
        }
    }
    if marbuta {
        known.analyses.retain(|a| a.pronoun.is_none());
    }
    // A function word behind a split-off conjunction gives way to a verb written the same (fatahat, not fa-tahta).
    let verb = known
        .analyses
        .iter()
        .any(|a| a.skip == 0 && a.pronoun.is_none() && a.features.is_finite());
    if verb {
        known
            .analyses
            .retain(|a| a.skip == 0 || !matches!(a.target, Target::Particle(_)));
    }
    known
}

/// Looks a stem up, bare and with each pronoun taken off.
fn look_up(stem: &str, prefix: Analysis, lexicon: &Lexicon, known: &mut Known) {
    let Some(root) = stem.chars().next().map(|_| lexicon.root()) else {
        return;
    };
    if let Some(walk) = lexicon.step(root, stem) {
        for r in lexicon.readings(walk) {
            if fits(r.target, r.features, &prefix, lexicon) {
                known.analyses.push(Analysis {
                    target: r.target,
                    features: r.features,
                    ..prefix
                });
            }
        }
        if let Some(walk) = lexicon.step(walk, " ") {
            known.openings.push(Opening { walk, prefix });
        }
    }
    if prefix.article {
        return;
    }
    for (e, enclitic) in lexicon.tables.enclitics.iter().enumerate() {
        let Some(bare) = stem.strip_suffix(enclitic.text.as_str()).filter(|b| b.len() >= 2) else {
            continue;
        };
        let with = Analysis {
            pronoun: Some(e as u8),
            ..prefix
        };
        for r in lexicon.get(bare) {
            if fits(r.target, r.features, &with, lexicon) {
                known.analyses.push(Analysis {
                    target: r.target,
                    features: r.features,
                    ..with
                });
            }
        }
    }
}

/// Whether the clitics go with the reading.
fn fits(target: Target, f: Features, a: &Analysis, lexicon: &Lexicon) -> bool {
    let pronoun = a.pronoun.is_some();
    if f.has(Features::BEFORE_PRONOUN) && !pronoun {
        return false;
    }
    match target {
        Target::Particle(p) => {
            let class = lexicon.tables.particles[p as usize].class;
            !a.article
                && !a.future
                && a.preposition.is_none()
                && (!pronoun
                    || matches!(
                        class,
                        Class::Preposition | Class::Complementizer | Class::Subordinator | Class::Quantifier
                    ))
        }
        Target::Entry(e) if f.has(Features::PARTICLE) => {
            let noun = matches!(lexicon.tables.entries[e as usize].kind, EntryKind::SourceNoun { .. });
            !a.future && !pronoun && (noun || !a.article && a.preposition.is_none())
        }
        Target::Entry(_) if f.is_finite() => {
            let future = !a.future || f.has(Features::IMPERFECT) && !f.has(Features::SHORT_MOOD);
            !a.article
                && a.preposition.is_none()
                && future
                && (!pronoun || f.any(Features::ACTIVE) && !of_nouns(a, lexicon))
        }
        Target::Entry(_) if f.has(Features::IMPERATIVE) => {
            !a.article && a.preposition.is_none() && !a.future && !a.conjunction
        }
        Target::Entry(_) | Target::Head(_) if pronoun && of_verbs(a, lexicon) => false,
        Target::Entry(_) | Target::Head(_) => {
            let open = !f.any(Features::CONSTRUCT | Features::ACCUSATIVE);
            !a.future && (!a.article || open) && !(pronoun && f.has(Features::ACCUSATIVE))
        }
        Target::Demonym(_) | Target::Modifier(_) | Target::Topic(_) | Target::Manner(_) => {
            !a.future && !pronoun && !(a.article && f.any(Features::CONSTRUCT | Features::ACCUSATIVE))
        }
        _ => !a.future && !a.article && !pronoun,
    }
}

/// "My" is written -i with nouns, -ni with verbs.
fn of_nouns(a: &Analysis, lexicon: &Lexicon) -> bool {
    first_person_letters(a, lexicon) == Some(1)
}

fn of_verbs(a: &Analysis, lexicon: &Lexicon) -> bool {
    first_person_letters(a, lexicon) == Some(2)
}

fn first_person_letters(a: &Analysis, lexicon: &Lexicon) -> Option<usize> {
    let e = &lexicon.tables.enclitics[a.pronoun? as usize];
    (e.features.has(Features::P1) && e.features.has(Features::SING)).then(|| e.text.chars().count())
}

/// The raw span of tokens `range`, less `skip` folded bytes at its start.
pub fn span_of(text: &Text, tokens: &[Token], range: &Range<usize>, skip: usize) -> Span {
    text.span(
        tokens[range.start].start as usize + skip,
        tokens[range.end - 1].end as usize,
    )
}
