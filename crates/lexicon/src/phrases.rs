//! Short lists of words and phrases, looked up by their first word.

use compact_str::CompactString;
use serde::{Deserialize, Serialize};

/// Words and phrases in order.
///
/// ```
/// use khaldun_lexicon::phrases::Phrases;
/// let list = Phrases::new(["open fire".into(), "fire".into(), "openly".into()].to_vec());
/// assert_eq!(list.after("open").collect::<Vec<_>>(), ["fire"]);
/// assert_eq!(list.after("fire").collect::<Vec<_>>(), [""]);
/// assert_eq!(list.after("op").count(), 0);
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Phrases {
    list: Vec<CompactString>,
    // Boxed: an entry holds three of these lists.
    marks: Box<Marks>,
}

impl Phrases {
    /// A list of folded words and phrases, one blank between words.
    pub fn new(mut list: Vec<CompactString>) -> Phrases {
        list.sort_unstable();
        list.dedup();
        let mut marks = Box::<Marks>::default();
        for word in list.iter().filter_map(|p| p.split(' ').next()) {
            marks.put(word);
        }
        Phrases { list, marks }
    }

    /// True without any phrase.
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// Of the phrases whose first word this is, what follows it; empty for a single word.
    pub fn after<'s>(&'s self, word: &str) -> impl Iterator<Item = &'s str> {
        let at = if self.marks.may_have(word, word.len()) {
            self.list.partition_point(|p| p.as_str() < word)
        } else {
            self.list.len()
        };
        // A blank sorts before any letter, so these stand together.
        self.list[at..]
            .iter()
            .map_while(move |p| p.strip_prefix(word))
            .map_while(|rest| {
                if rest.is_empty() {
                    Some("")
                } else {
                    rest.strip_prefix(' ')
                }
            })
    }
}

/// A bit for what the second byte of a word and its length come to: most words of a text are told by it to be in no list, without a look at the list.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Marks([u64; 4]);

impl Marks {
    /// Adds a word.
    pub fn put(&mut self, word: &str) {
        if let Some(bit) = bit(word, word.len()) {
            self.0[bit / 64] |= 1 << (bit % 64);
        }
    }

    /// False if no word that was put begins so and is so long.
    pub fn may_have(&self, head: &str, length: usize) -> bool {
        bit(head, length).is_none_or(|bit| self.0[bit / 64] >> (bit % 64) & 1 == 1)
    }
}

fn bit(head: &str, length: usize) -> Option<usize> {
    let byte = *head.as_bytes().get(1)?;
    Some(usize::from(byte ^ (length as u8).wrapping_mul(37)))
}
