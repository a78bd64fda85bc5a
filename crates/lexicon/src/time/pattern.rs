//! The pattern language: words, `[optional]`, `(this|that)`, `<class>`, `<class:name>`, and `l-` for letters written onto the
//! next word.

use super::Terminal;

/// A pattern as a tree.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Part {
    One(Item),
    Any(Vec<Vec<Part>>),
}

/// One step of a flat sequence.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Item {
    Word(String),
    Prefix(String),
    Punct(u8),
    Sub { of: String, name: String },
}

/// The terminal of that name.
pub(super) fn terminal(name: &str) -> Option<Terminal> {
    Some(match name {
        "n" => Terminal::Number,
        "many" => Terminal::Many,
        "year" => Terminal::Year,
        "modern" => Terminal::ModernYear,
        "dom" => Terminal::DayOfMonth,
        "mon" => Terminal::MonthNumber,
        "numeric" => Terminal::Numeric,
        "hyear" => Terminal::HijriYear,
        _ => return None,
    })
}

/// Reads a pattern.
pub(super) fn parse(pattern: &str) -> Result<Vec<Part>, String> {
    let mut chars = pattern.chars().peekable();
    let parts = sequence(&mut chars, None)?;
    Ok(parts)
}

type Chars<'a> = std::iter::Peekable<std::str::Chars<'a>>;

fn sequence(chars: &mut Chars<'_>, close: Option<char>) -> Result<Vec<Part>, String> {
    let mut branches = vec![Vec::new()];
    loop {
        let Some(c) = chars.next() else {
            return match close {
                None => Ok(branches.remove(0)),
                Some(c) => Err(format!("`{c}` is missing")),
            };
        };
        let parts = branches.last_mut().expect("one branch at least");
        match c {
            c if Some(c) == close => {
                if c == ']' {
                    branches.push(Vec::new());
                }
                return Ok(vec![Part::Any(branches)]);
            }
            '|' if close.is_some() => branches.push(Vec::new()),
            '[' => parts.extend(sequence(chars, Some(']'))?),
            '(' => parts.extend(sequence(chars, Some(')'))?),
            ']' | ')' | '|' | '>' => return Err(format!("a stray `{c}`")),
            '<' => {
                let mut name = String::new();
                loop {
                    match chars.next() {
                        Some('>') => break,
                        Some(c) => name.push(c),
                        None => return Err("`>` is missing".to_owned()),
                    }
                }
                let item = match name.as_str() {
                    "open" => Item::Punct(b'('),
                    "close" => Item::Punct(b')'),
                    _ => {
                        let (of, name) = name.split_once(':').unwrap_or((&name, &name));
                        Item::Sub {
                            of: of.to_owned(),
                            name: name.to_owned(),
                        }
                    }
                };
                parts.push(Part::One(item));
            }
            c if c.is_whitespace() => {}
            c if c.is_ascii_punctuation() => parts.push(Part::One(Item::Punct(c as u8))),
            c => {
                let mut word = String::from(c);
                let mut prefix = false;
                while let Some(&c) = chars.peek() {
                    if c.is_whitespace() || "[]()|<>".contains(c) {
                        break;
                    }
                    chars.next();
                    if c == '-' {
                        prefix = true;
                        break;
                    }
                    word.push(c);
                }
                parts.push(Part::One(if prefix { Item::Prefix(word) } else { Item::Word(word) }));
            }
        }
    }
}

/// All flat sequences of a pattern.
pub(super) fn expand(parts: &[Part]) -> Result<Vec<Vec<Item>>, String> {
    let mut out: Vec<Vec<Item>> = vec![Vec::new()];
    for part in parts {
        match part {
            Part::One(item) => out.iter_mut().for_each(|s| s.push(item.clone())),
            Part::Any(branches) => {
                let mut tails = Vec::new();
                for branch in branches {
                    tails.extend(expand(branch)?);
                }
                out = out
                    .iter()
                    .flat_map(|s| tails.iter().map(move |t| [s.as_slice(), t].concat()))
                    .collect();
            }
        }
        if out.len() > 4000 {
            return Err(format!(
                "the pattern stands for more than 4000 word sequences ({})",
                out.len()
            ));
        }
    }
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pattern_stands_for_all_its_sequences() {
        let count = |p: &str| expand(&parse(p).unwrap()).unwrap().len();
        assert_eq!(count("[يوم] <weekday> (الماضي|المقبل)"), 4);
        assert_eq!(count("a [b [c]] d"), 3);
        assert_eq!(count("[a|b]"), 3);
        assert!(parse("[a").is_err() && parse("a)").is_err() && parse("<a").is_err());
    }
}
