//! Number words: the data of `quantities/numbers.toml`, checked and compiled.
//!
//! Comes in: the TOML text. Goes out: [`NumberTable`], every word with and without the article, found by a hash of its folded
//! letters. Refuses: unknown keys, a class it does not know, one word with two values. Reading numbers in a text is the
//! engine's part.

use crate::error::DataError;
use crate::fold::fold;
use crate::phrases::Marks;
use serde::{Deserialize, Serialize};

/// What a number word does beside its neighbours.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum NumberClass {
    /// 1 to 9.
    Unit,
    /// A one that counts only inside a compound.
    Bound,
    /// Ten; after a unit, the second half of eleven to nineteen.
    Ten,
    /// Twenty to ninety.
    Tens,
    /// One hundred to nine hundred.
    Hundred,
    /// Thousand, million and up.
    Scale,
    /// Half, third, quarter.
    Fraction,
    /// Tens of, hundreds of, a few.
    Vague,
}

/// One number word in one written form.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct NumberWord {
    /// Its worth.
    pub value: f64,
    /// What it does beside its neighbours.
    pub class: NumberClass,
    /// The value if nothing stands before to multiply it.
    pub alone: f64,
    /// Upper bound if it stands alone; absent: none.
    pub max: Option<f64>,
    /// Written with the article.
    pub definite: bool,
}

/// All number words.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct NumberTable {
    /// The conjunction, written onto the next word.
    pub and: String,
    /// The article.
    pub article: String,
    /// Written forms; the index is the place in `entries`.
    pub words: Words,
    /// What each form is.
    pub entries: Vec<NumberWord>,
}

impl NumberTable {
    /// The word with these folded letters.
    pub fn get(&self, folded: &str) -> Option<&NumberWord> {
        self.words.get(folded).map(|i| &self.entries[i as usize])
    }
}

/// A text and the number that is read from its first word on.
#[derive(Clone, Debug, PartialEq)]
pub struct NumberExample {
    /// The text.
    pub text: String,
    /// Lower bound.
    pub min: f64,
    /// Upper bound, if there is one.
    pub max: Option<f64>,
    /// Line in the file.
    pub line: u32,
}

/// A set of words, each with a number, found by hash. It can be stored as it is: nothing is built on loading.
///
/// ```
/// use khaldun_lexicon::number::Words;
/// let words = Words::new(["ab".to_owned(), "cd".to_owned()]);
/// assert_eq!((words.get("cd"), words.get("x"), words.get2("c", "d")), (Some(1), None, Some(1)));
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Words {
    /// Open addressing; 0 is empty, else the place in `words` plus one.
    slots: Vec<u32>,
    words: Vec<String>,
    /// Tells most words of a text to be no member, without a hash.
    marks: Marks,
}

impl Words {
    /// A set of words; the number of a word is its place. Of two equal words the first wins.
    pub fn new(words: impl IntoIterator<Item = String>) -> Words {
        let words: Vec<String> = words.into_iter().collect();
        let mut slots = vec![0; (words.len() * 4).next_power_of_two().max(4)];
        for (i, word) in words.iter().enumerate() {
            let mut at = hash(word, "") as usize & (slots.len() - 1);
            while slots[at] != 0 && words[slots[at] as usize - 1] != *word {
                at = (at + 1) & (slots.len() - 1);
            }
            if slots[at] == 0 {
                slots[at] = i as u32 + 1;
            }
        }
        let mut marks = Marks::default();
        words.iter().for_each(|w| marks.put(w));
        Words { slots, words, marks }
    }
    /// The number of a word.
    pub fn get(&self, word: &str) -> Option<u32> {
        self.get2(word, "")
    }
    /// The number of the word that the two parts make together.
    pub fn get2(&self, head: &str, tail: &str) -> Option<u32> {
        if self.slots.is_empty() || !self.marks.may_have(head, head.len() + tail.len()) {
            return None;
        }
        let mut at = hash(head, tail) as usize & (self.slots.len() - 1);
        while self.slots[at] != 0 {
            let word = &self.words[self.slots[at] as usize - 1];
            if word.len() == head.len() + tail.len() && word.starts_with(head) && word.ends_with(tail) {
                return Some(self.slots[at] - 1);
            }
            at = (at + 1) & (self.slots.len() - 1);
        }
        None
    }
    /// The words, by number.
    pub fn as_slice(&self) -> &[String] {
        &self.words
    }
}

/// FNV-1a, the same on every machine.
fn hash(head: &str, tail: &str) -> u32 {
    head.bytes()
        .chain(tail.bytes())
        .fold(0x811c_9dc5, |h, b| (h ^ u32::from(b)).wrapping_mul(0x0100_0193))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    orthography: Orthography,
    number: Vec<toml::Spanned<Entry>>,
    #[serde(default)]
    example: Vec<toml::Spanned<Example>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Orthography {
    and: String,
    article: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    value: f64,
    class: NumberClass,
    words: Vec<String>,
    alone: Option<f64>,
    max: Option<f64>,
    #[serde(default)]
    open: bool,
    #[serde(default = "yes")]
    article: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Example {
    text: String,
    min: f64,
    max: Option<f64>,
    #[serde(default)]
    open: bool,
}

fn yes() -> bool {
    true
}

fn line_of(content: &str, byte: usize) -> u32 {
    content[..byte.min(content.len())].matches('\n').count() as u32 + 1
}

fn read(file: &str, content: &str) -> Result<File, DataError> {
    toml::from_str(content).map_err(|e| {
        let line = e.span().map_or(1, |s| line_of(content, s.start));
        DataError::new(
            file,
            line,
            e.message(),
            "the keys are explained in the first lines of the file",
        )
    })
}

/// Compiles the number words. `file` is the path below `data/`.
pub fn compile(file: &str, content: &str) -> Result<NumberTable, Vec<DataError>> {
    let data = read(file, content).map_err(|e| vec![e])?;
    let (and, article) = (fold(&data.orthography.and), fold(&data.orthography.article));
    let (mut forms, mut entries, mut errors) = (Vec::<String>::new(), Vec::<NumberWord>::new(), Vec::new());
    for entry in &data.number {
        let line = line_of(content, entry.span().start);
        let entry = entry.get_ref();
        let alone = entry.alone.unwrap_or(entry.value);
        let max = if entry.open {
            None
        } else {
            Some(entry.max.unwrap_or(alone))
        };
        for word in &entry.words {
            let folded = fold(word);
            if folded.is_empty() || folded.contains(' ') {
                errors.push(DataError::new(
                    file,
                    line,
                    format!("`{word}` is not one word"),
                    "write one word in each string",
                ));
                continue;
            }
            for definite in [false, true] {
                if definite && !entry.article {
                    continue;
                }
                let form = if definite {
                    format!("{article}{folded}")
                } else {
                    folded.clone()
                };
                let word_is = NumberWord {
                    value: entry.value,
                    class: entry.class,
                    alone,
                    max,
                    definite,
                };
                match forms.iter().position(|f| *f == form) {
                    Some(i) if entries[i].value == entry.value && entries[i].class == entry.class => {}
                    Some(i) => errors.push(DataError::new(
                        file,
                        line,
                        format!("`{word}` is already worth {}", entries[i].value),
                        "keep one of the two entries",
                    )),
                    None => {
                        forms.push(form);
                        entries.push(word_is);
                    }
                }
            }
        }
    }
    if errors.is_empty() {
        Ok(NumberTable {
            and,
            article,
            words: Words::new(forms),
            entries,
        })
    } else {
        Err(errors)
    }
}

/// The examples of the file.
pub fn examples(file: &str, content: &str) -> Result<Vec<NumberExample>, Vec<DataError>> {
    let data = read(file, content).map_err(|e| vec![e])?;
    let example = |e: &toml::Spanned<Example>| {
        let line = line_of(content, e.span().start);
        let e = e.get_ref();
        let max = if e.open { None } else { Some(e.max.unwrap_or(e.min)) };
        NumberExample {
            text: e.text.clone(),
            min: e.min,
            max,
            line,
        }
    };
    Ok(data.example.iter().map(example).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEAD: &str = "[orthography]\nand = 'و'\narticle = 'ال'\n";

    #[test]
    fn a_word_with_two_values_is_refused() {
        let faults = compile(
            "quantities/numbers.toml",
            &format!("{HEAD}[[number]]\nvalue = 3\nclass = 'unit'\nwords = ['ثلاث']\n[[number]]\nvalue = 4\nclass = 'unit'\nwords = ['ثلاث']"),
        )
        .unwrap_err();
        assert_eq!(faults.len(), 2, "with and without the article");
        assert_eq!(faults[0].line, 8);
    }

    #[test]
    fn an_unknown_key_is_refused_with_its_line() {
        let faults = compile(
            "quantities/numbers.toml",
            &format!("{HEAD}[[number]]\nvalu = 3\nclass = 'unit'\nwords = ['ثلاث']"),
        )
        .unwrap_err();
        assert_eq!((faults.len(), faults[0].line), (1, 5));
    }
}
