//! What is wrong with a data file, and where.

use std::fmt;

/// A fault in the data, with the place and a hint how to mend it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub struct DataError {
    /// Path below `data/`, such as `events/assault.toml`.
    pub file: String,
    /// Line, counted from 1.
    pub line: u32,
    /// What is wrong.
    pub message: String,
    /// How to mend it; empty if nothing helps beyond the message.
    pub hint: String,
}

impl DataError {
    /// A fault at a place.
    ///
    /// ```
    /// use khaldun_lexicon::DataError;
    /// let fault = DataError::new("events/aid.toml", 7, "unknown key `rols`", "did you mean `roles`?");
    /// assert_eq!(fault.to_string(), "data/events/aid.toml:7: unknown key `rols`\n  hint: did you mean `roles`?");
    /// ```
    pub fn new(file: &str, line: u32, message: impl Into<String>, hint: impl Into<String>) -> DataError {
        DataError {
            file: file.to_owned(),
            line,
            message: message.into(),
            hint: hint.into(),
        }
    }
}

impl fmt::Display for DataError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "data/{}:{}: {}", self.file, self.line, self.message)?;
        if !self.hint.is_empty() {
            write!(f, "\n  hint: {}", self.hint)?;
        }
        Ok(())
    }
}
