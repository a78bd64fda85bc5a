//! Counted nouns and the words around a number: the data of `quantities/units.toml`, checked and compiled.
//!
//! Comes in: the TOML text. Goes out: [`QuantityTable`], every form of every counted noun, found by a hash of its folded letters,
//! and the phrases that bound a number. Refuses: unknown keys, a noun with no letters or of more than two words, a noun that is
//! listed twice. Finding quantities in a text is the engine's part.

use crate::error::DataError;
use crate::features::Features;
use crate::fold::fold;
use crate::inflect;
use crate::number::Words;
use crate::source::{line_of, parse};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What a number counts, in the words of the codebook.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[allow(missing_docs)]
pub enum Role {
    Killed,
    Injured,
    Arrested,
    Participants,
    Personnel,
    Amount,
    Duration,
    Weapons,
    Other,
}

impl Role {
    /// The codebook's word.
    pub const fn as_str(self) -> &'static str {
        match self {
            Role::Killed => "killed",
            Role::Injured => "injured",
            Role::Arrested => "arrested",
            Role::Participants => "participants",
            Role::Personnel => "personnel",
            Role::Amount => "amount",
            Role::Duration => "duration",
            Role::Weapons => "weapons",
            Role::Other => "other",
        }
    }

    /// True if no event changes it: the dead stay dead, but soldiers and protesters may be killed, arrested, sent.
    pub const fn is_firm(self) -> bool {
        !matches!(self, Role::Participants | Role::Personnel | Role::Other)
    }
}

/// A counted noun.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unit {
    /// The singular as written in the data; shown as the unit.
    pub noun: String,
    /// The role that the noun itself gives.
    pub role: Option<Role>,
    /// A person: one without a number may be a single victim.
    pub person: bool,
    /// A number of these is no quantity.
    pub ignore: bool,
    /// An adjective after it belongs to the unit (a Libyan dinar).
    pub adjective: bool,
    /// Line of its table in the data.
    pub line: u32,
}

/// Grammatical number of a form.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[allow(missing_docs)]
pub enum Count {
    Singular,
    /// Only a dual: a form that may also be a plural is [`Count::Plural`].
    Dual,
    Plural,
}

/// One form of a counted noun.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Form {
    /// Index into [`QuantityTable::units`].
    pub unit: u16,
    /// Grammatical number.
    pub count: Count,
    /// May have a pronoun written onto it.
    pub pronoun: bool,
}

/// How a phrase bounds the number beside it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Bound {
    /// It stays as it is.
    About,
    /// No upper bound.
    Over,
    /// No lower bound.
    Under,
}

/// A phrase of one or more folded words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Phrase {
    /// Its words.
    pub words: Vec<String>,
    /// What it does.
    pub bound: Bound,
}

/// All that is known of quantities. Every string is folded.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[allow(missing_docs)]
pub struct QuantityTable {
    /// Counted nouns.
    pub units: Vec<Unit>,
    /// Forms, by the number of their letters in `words`. Two words are joined by a blank.
    forms: Vec<Form>,
    words: Words,
    pub and: String,
    pub article: String,
    pub li_article: String,
    pub prefixes: Vec<String>,
    pub enclitics: Vec<String>,
    pub dual: Vec<String>,
    pub adjective: Vec<String>,
    pub accusative: Vec<String>,
    pub sound_plural: Vec<String>,
    /// Phrases before a number, longest first.
    pub before: Vec<Phrase>,
    /// Phrases after a number or its noun, longest first.
    pub after: Vec<Phrase>,
    /// Phrases that make a number a percentage.
    pub percent: Vec<Phrase>,
    pub of: Words,
    pub between: Words,
    pub from: Words,
    pub to: Words,
    pub or: Words,
    pub one: Words,
    pub single: Words,
    pub count: Words,
    pub not_dual: Words,
    pub count_pronoun: Words,
    pub part: Words,
    pub not_after: Words,
    pub age: Words,
    pub ago: Words,
    pub bare_after: Words,
    /// Words right before or behind a number of persons that tell what became of them, and the role that they give.
    pub fate_before: Vec<(Role, Words)>,
    pub fate_behind: Vec<(Role, Words)>,
    /// Nouns after which one person without a number is a single victim.
    pub alone: Vec<(Role, Words)>,
    pub bare_before: Words,
    pub stop: Words,
}

impl QuantityTable {
    /// The counted noun with these folded letters. It has no article and no pronoun.
    pub fn form(&self, folded: &str) -> Option<Form> {
        self.words.get(folded).map(|i| self.forms[i as usize])
    }
    /// The counted noun of two folded words; the first has the blank after it.
    pub fn form2(&self, first: &str, second: &str) -> Option<Form> {
        self.words.get2(first, second).map(|i| self.forms[i as usize])
    }
    /// True if this folded word is a person in the singular, so that it may be a single victim.
    pub fn is_person(&self, folded: &str) -> bool {
        self.form(folded)
            .is_some_and(|f| f.count == Count::Singular && self.units[f.unit as usize].person)
    }
}

/// A text and the quantities that are found in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QuantityExample {
    /// The text.
    pub text: String,
    /// `15-20 unit`, `20+ unit`, `<7 unit`, `2 unit`.
    pub is: Vec<String>,
    /// Line in the file.
    pub line: u32,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    words: WordsSource,
    unit: Vec<toml::Spanned<UnitSource>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WordsSource {
    and: String,
    article: String,
    li_article: String,
    prefixes: Vec<String>,
    enclitics: Vec<String>,
    dual: Vec<String>,
    adjective: Vec<String>,
    accusative: Vec<String>,
    sound_plural: Vec<String>,
    about: Vec<String>,
    over: Vec<String>,
    under: Vec<String>,
    over_after: Vec<String>,
    under_after: Vec<String>,
    percent: Vec<String>,
    of: Vec<String>,
    between: Vec<String>,
    from: Vec<String>,
    to: Vec<String>,
    or: Vec<String>,
    one: Vec<String>,
    single: Vec<String>,
    count: Vec<String>,
    not_dual: Vec<String>,
    count_pronoun: Vec<String>,
    part: Vec<String>,
    not_after: Vec<String>,
    age: Vec<String>,
    ago: Vec<String>,
    bare_after: Vec<String>,
    fate_before: BTreeMap<Role, Vec<String>>,
    fate_behind: BTreeMap<Role, Vec<String>>,
    alone: BTreeMap<Role, Vec<String>>,
    bare_before: Vec<String>,
    stop: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct UnitSource {
    role: Option<Role>,
    #[serde(default)]
    person: bool,
    #[serde(default)]
    ignore: bool,
    #[serde(default)]
    adjective: bool,
    nouns: Vec<Vec<String>>,
    #[serde(default)]
    example: Vec<toml::Spanned<ExampleSource>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ExampleSource {
    text: String,
    is: Vec<String>,
}

/// Compiles the one file `quantities/units.toml`: path below `data/` and content.
///
/// # Errors
/// Every fault of the file, with its line.
pub fn compile(files: &[(String, String)]) -> Result<QuantityTable, Vec<DataError>> {
    let Some((file, content)) = files.first() else {
        return Ok(QuantityTable::default());
    };
    let data: File = parse(file, content).map_err(|e| vec![e])?;
    let mut faults = Vec::new();
    let mut table = surroundings(data.words);
    let mut forms = Vec::new();
    for unit in &data.unit {
        let line = line_of(content, unit.span().start);
        let source = unit.get_ref();
        if source.example.is_empty() {
            faults.push(DataError::new(
                file,
                line,
                "a group of nouns without an example",
                "add one [[unit.example]]",
            ));
        }
        for noun in &source.nouns {
            let Some((singular, plurals)) = noun.split_first() else {
                faults.push(DataError::new(
                    file,
                    line,
                    "a noun without letters",
                    "write at least the singular",
                ));
                continue;
            };
            if singular.split_whitespace().count() > 2 {
                faults.push(DataError::new(
                    file,
                    line,
                    format!("`{singular}` has more than two words"),
                    "two at the most",
                ));
                continue;
            }
            if table.units.iter().any(|u| fold(&u.noun) == fold(singular)) {
                faults.push(DataError::new(
                    file,
                    line,
                    format!("`{singular}` is listed twice"),
                    "keep one of the two",
                ));
                continue;
            }
            let index = table.units.len() as u16;
            forms.extend(noun_forms(singular, plurals, index));
            let UnitSource {
                role,
                person,
                ignore,
                adjective,
                ..
            } = *source;
            table.units.push(Unit {
                noun: singular.clone(),
                role,
                person,
                ignore,
                adjective,
                line,
            });
        }
    }
    if !faults.is_empty() {
        return Err(faults);
    }
    // A word is what it is when it stands alone, rather than what it may be before a pronoun or another noun.
    forms.sort_by_key(|(_, tied, _)| *tied);
    table.forms = forms.iter().map(|f| f.2).collect();
    table.words = Words::new(forms.into_iter().map(|f| f.0));
    Ok(table)
}

/// The examples of the file.
///
/// # Errors
/// The file does not parse.
pub fn examples(file: &str, content: &str) -> Result<Vec<QuantityExample>, DataError> {
    let data: File = parse(file, content)?;
    let of = |e: toml::Spanned<ExampleSource>| {
        let line = line_of(content, e.span().start);
        let ExampleSource { text, is } = e.into_inner();
        QuantityExample { text, is, line }
    };
    Ok(data
        .unit
        .into_iter()
        .flat_map(|u| u.into_inner().example.into_iter().map(of))
        .collect())
}

/// Every form of a noun: its folded letters, words joined by one blank; true if it stands only before a noun or a pronoun.
fn noun_forms(singular: &str, plurals: &[String], unit: u16) -> Vec<(String, bool, Form)> {
    let plurals: Vec<&str> = plurals.iter().map(String::as_str).collect();
    let mut out: Vec<(String, bool, Form)> = Vec::new();
    let mut put = |surface: &str, count: Count, tied: bool, pronoun: bool| {
        let letters = fold(surface);
        match out.iter_mut().find(|(l, ..)| *l == letters) {
            Some((_, t, f)) => {
                f.pronoun |= pronoun;
                *t &= tied;
                // The oblique of a dual is that of the sound plural; a form that may be one thing is no proof of two.
                if f.count == Count::Dual && count == Count::Plural {
                    f.count = Count::Plural;
                }
            }
            None => out.push((letters, tied, Form { unit, count, pronoun })),
        }
    };
    if !singular.contains(|c: char| c.is_alphabetic()) {
        put(singular, Count::Singular, false, false);
        return out;
    }
    for form in inflect::noun(singular, &plurals, Features::NOUN) {
        let f = form.features;
        let tied = f.any(Features::BEFORE_PRONOUN | Features::CONSTRUCT);
        let count = if f.has(Features::DUAL) {
            Count::Dual
        } else if f.has(Features::PLUR) {
            Count::Plural
        } else {
            Count::Singular
        };
        // The construct of a dual looks like an indefinite accusative (two soldiers of, a soldier).
        if count != Count::Dual || !tied {
            put(&form.surface, count, tied, !f.has(Features::ACCUSATIVE));
        }
    }
    out
}

fn surroundings(w: WordsSource) -> QuantityTable {
    let all = |list: Vec<String>| -> Vec<String> { list.iter().map(|s| fold(s)).collect() };
    let set = |list: Vec<String>| Words::new(list.iter().map(|s| fold(s)));
    let fates = |m: BTreeMap<Role, Vec<String>>| m.into_iter().map(|(r, l)| (r, set(l))).collect();
    let phrases = |lists: Vec<(Bound, Vec<String>)>| -> Vec<Phrase> {
        let words = |s: &String| fold(s).split_whitespace().map(str::to_owned).collect();
        let mut out: Vec<Phrase> = lists
            .iter()
            .flat_map(|(bound, l)| {
                l.iter().map(|s| Phrase {
                    words: words(s),
                    bound: *bound,
                })
            })
            .collect();
        out.sort_by_key(|p| std::cmp::Reverse(p.words.len()));
        out
    };
    QuantityTable {
        and: fold(&w.and),
        article: fold(&w.article),
        li_article: fold(&w.li_article),
        prefixes: all(w.prefixes),
        enclitics: all(w.enclitics),
        dual: all(w.dual),
        adjective: all(w.adjective),
        accusative: all(w.accusative),
        sound_plural: all(w.sound_plural),
        before: phrases(vec![
            (Bound::About, w.about),
            (Bound::Over, w.over),
            (Bound::Under, w.under),
        ]),
        after: phrases(vec![(Bound::Over, w.over_after), (Bound::Under, w.under_after)]),
        percent: phrases(vec![(Bound::About, w.percent)]),
        of: set(w.of),
        between: set(w.between),
        from: set(w.from),
        to: set(w.to),
        or: set(w.or),
        one: set(w.one),
        single: set(w.single),
        count: set(w.count),
        not_dual: set(w.not_dual),
        count_pronoun: set(w.count_pronoun),
        part: set(w.part),
        not_after: set(w.not_after),
        age: set(w.age),
        ago: set(w.ago),
        bare_after: set(w.bare_after),
        fate_before: fates(w.fate_before),
        fate_behind: fates(w.fate_behind),
        alone: fates(w.alone),
        bare_before: set(w.bare_before),
        stop: set(w.stop),
        ..QuantityTable::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const WORDS: &str = "[words]\nand='و'\narticle='ال'\nli_article='لل'\nprefixes=[]\nenclitics=[]\ndual=[]\nadjective=[]\naccusative=[]\nsound_plural=[]\nabout=[]\nover=[]\nunder=[]\nover_after=[]\nunder_after=[]\npercent=[]\nof=[]\nbetween=[]\nfrom=[]\nto=[]\nor=[]\none=[]\nsingle=[]\ncount=[]\nnot_dual=[]\ncount_pronoun=[]\npart=[]\nnot_after=[]\nage=[]\nago=[]\nbare_after=[]\nbare_before=[]\nfate_before={}\nfate_behind={}\nalone={}\nstop=[]\n";

    fn table(units: &str) -> Result<QuantityTable, Vec<DataError>> {
        compile(&[("quantities/units.toml".to_owned(), format!("{WORDS}{units}"))])
    }

    #[test]
    fn a_dual_that_may_be_a_plural_is_a_plural() {
        let t =
            table("[[unit]]\nperson=true\nnouns=[['مدني','ون'],['شخص','أشخاص']]\n[[unit.example]]\ntext='x'\nis=[]")
                .unwrap();
        let count = |s: &str| t.form(&fold(s)).map(|f| f.count);
        assert_eq!(count("مدنيين"), Some(Count::Plural));
        assert_eq!(count("مدنيان"), Some(Count::Dual));
        assert_eq!(count("شخصين"), Some(Count::Dual));
        assert_eq!(count("شخصا"), Some(Count::Singular));
        assert_eq!(count("أشخاص"), Some(Count::Plural));
        assert!(t.is_person("شخص") && !t.is_person(&fold("أشخاص")));
    }

    #[test]
    fn a_noun_is_listed_once_and_a_group_has_an_example() {
        let faults = table("[[unit]]\nnouns=[['شخص'],['شخص']]").unwrap_err();
        assert_eq!(faults.len(), 2);
    }
}
