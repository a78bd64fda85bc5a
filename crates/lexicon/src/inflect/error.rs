//! What can be wrong with a lemma.

use super::Form;

/// A lemma that cannot be inflected, with a hint how to write it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum InflectError {
    /// The lemma has a character that is neither an Arabic letter nor a vowel mark.
    #[error("`{lemma}` (form {form}): {found:?} is no letter of an Arabic verb")]
    Letter {
        /// The lemma as given.
        lemma: String,
        /// The form as given.
        form: Form,
        /// The character.
        found: char,
    },
    /// The lemma has not the shape of its form.
    #[error("`{lemma}` does not fit form {form}: {hint}")]
    Shape {
        /// The lemma as given.
        lemma: String,
        /// The form as given.
        form: Form,
        /// What to write instead.
        hint: &'static str,
    },
    /// A form I verb without the vowel of its imperfect, or with one that its lemma excludes.
    #[error("`{lemma}` (form {form}): {hint}")]
    Vowel {
        /// The lemma as given.
        lemma: String,
        /// The form as given.
        form: Form,
        /// What to write instead.
        hint: &'static str,
    },
    /// Not the name of a form or of a vowel.
    #[error("`{0}` is no verb form: write I to X, QI or QII; a vowel is a, i or u")]
    Name(String),
}
