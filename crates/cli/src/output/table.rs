//! A table to read: one row an event, the Arabic last in its row, fitted to the terminal.
//!
//! Rows are laid out as they come, so widths are fixed by the width of the terminal and not by the content. Foreign text is cleaned of control characters
//! and, on a terminal, isolated, so that it cannot turn the rest of its line.

use crate::say::View;
use khaldun_engine::record::Party;
use khaldun_engine::{Article, Record};
use unicode_width::UnicodeWidthChar;

/// Width where none is known.
const WIDTH: usize = 120;

/// What stands above the rows of a document.
#[derive(Clone, Debug)]
pub struct Head {
    id: String,
    published: String,
    outlet: String,
    title: String,
}

impl Head {
    /// The head of an article.
    pub fn of(a: &Article) -> Head {
        let published = a.published.map(|d| d.to_string()).unwrap_or_default();
        Head {
            id: a.id.clone(),
            published,
            outlet: a.outlet.clone(),
            title: a.title.clone(),
        }
    }

    /// On one line of this width.
    pub fn line(&self, view: View, width: usize) -> String {
        let mut parts = vec![view.paint(&view.quote(&self.id), "1")];
        let mut used = display(&self.id);
        for (part, foreign) in [(&self.published, false), (&self.outlet, true), (&self.title, true)] {
            let room = width.saturating_sub(used + 3);
            if !part.is_empty() && room > 8 {
                let part = fit(part, room);
                used += 3 + display(&part);
                parts.push(if foreign { view.quote(&part) } else { part });
            }
        }
        parts.join(" · ")
    }
}

/// Lays out rows.
#[derive(Clone, Copy, Debug)]
pub struct Table {
    view: View,
    explain: bool,
    width: usize,
}

/// Widths of number, day, type, parties and state; two columns stand between them.
#[derive(Clone, Copy)]
struct Widths([usize; 5]);

impl Table {
    /// A table on a terminal, or as wide as the variable COLUMNS says.
    pub fn new(view: View, explain: bool, terminal: bool) -> Table {
        let stated = std::env::var("COLUMNS").ok().and_then(|c| c.parse().ok());
        let measured = if terminal {
            terminal_size::terminal_size().map(|(w, _)| usize::from(w.0))
        } else {
            None
        };
        Table {
            view,
            explain,
            width: measured.or(stated).unwrap_or(if terminal { 80 } else { WIDTH }).max(40),
        }
    }

    /// The names of the columns.
    pub fn header(&self) -> String {
        let w = self.widths().0;
        let name = |s: &str, i: usize| format!("{}{}", fit(s, w[i]), " ".repeat(w[i] - display(&fit(s, w[i]))));
        let cells = [
            format!("{:>1$}", "#", w[0]),
            name("when", 1),
            name("what", 2),
            name("who → to whom", 3),
            name("how sure", 4),
            if self.room().is_some() { "in the words" } else { "" }.to_owned(),
        ];
        self.view.paint(cells.join("  ").trim_end(), "2") + "\n"
    }

    fn widths(&self) -> Widths {
        match self.width {
            120.. => Widths([4, 14, 22, 26, 12]),
            72.. => Widths([3, 14, 18, 17, 8]),
            _ => Widths([3, 12, 13, 13, 5]),
        }
    }

    /// Width left for the words in the row itself; `None` if they stand below it.
    fn room(&self) -> Option<usize> {
        let used: usize = self.widths().0.iter().map(|w| w + 2).sum();
        self.width.checked_sub(used).filter(|room| *room >= 16)
    }

    /// The rows of a document, the first of which has the number `before` + 1.
    pub fn document(&self, head: Option<&Head>, records: &[Record], before: usize) -> String {
        let mut out = String::new();
        if let Some(head) = head {
            if before > 0 {
                out.push('\n');
            }
            out += &head.line(self.view, self.width);
            out.push('\n');
        }
        for (i, r) in records.iter().enumerate() {
            self.row(r, before + i + 1, &mut out);
            if self.explain {
                for (n, why) in r.why.iter().enumerate() {
                    out += &format!("{:>8} {}\n", format!("{}.", n + 1), self.view.quote(why));
                }
            }
        }
        out
    }

    fn row(&self, r: &Record, number: usize, out: &mut String) {
        let w = self.widths();
        let kind = if r.mode.is_empty() {
            r.event_type.clone()
        } else {
            format!("{}/{}", r.event_type, r.mode.join("+"))
        };
        let cells = [number.to_string(), when(r), kind, who(r), state(r)];
        for (i, (cell, width)) in cells.iter().zip(w.0).enumerate() {
            let cell = fit(cell, width);
            let pad = " ".repeat(width - display(&cell));
            let shown = match i {
                0 => format!("{pad}{}", self.view.paint(&cell, "2")),
                2 => format!(
                    "{}{pad}",
                    self.view.paint(&cell, if r.quad_code <= 2 { "32" } else { "31" })
                ),
                _ => format!("{cell}{pad}"),
            };
            out.push_str(&shown);
            out.push_str("  ");
        }
        let room = self.room().unwrap_or_else(|| {
            out.truncate(out.trim_end().len());
            out.push_str("\n      ");
            self.width.saturating_sub(6)
        });
        out.push_str(
            &self
                .view
                .quote(&around(&r.evidence.text, &r.evidence.trigger.text, room)),
        );
        out.push('\n');
    }
}

/// The day, the month or the year, or the first day and how many more.
pub fn when(r: &Record) -> String {
    let (Some(from), to) = (&r.date, r.enddate.as_ref().or(r.date.as_ref())) else {
        return "-".into();
    };
    let Some(to) = to.filter(|to| *to != from) else {
        return from.clone();
    };
    let (Ok(a), Ok(b)) = (from.parse::<jiff::civil::Date>(), to.parse::<jiff::civil::Date>()) else {
        return from.clone();
    };
    if a == a.first_of_month() && b == a.last_of_month() {
        return from[..7].to_owned();
    }
    if a == a.first_of_year() && b == a.last_of_year() {
        return from[..4].to_owned();
    }
    format!("{from}+{}", a.until(b).map(|s| s.get_days()).unwrap_or_default())
}

/// `LBY/MIL → FRA/GOV`.
fn who(r: &Record) -> String {
    let actor = if r.actor.is_empty() { "?".into() } else { side(&r.actor) };
    if r.recipient.is_empty() {
        actor
    } else {
        format!("{actor} → {}", side(&r.recipient))
    }
}

fn side(parties: &[Party]) -> String {
    let name = |p: &Party| {
        let country = p.country.as_deref().unwrap_or("?");
        match p.sector.first() {
            Some(s) if s != "GOV" => format!("{country}/{s}"),
            _ => country.to_owned(),
        }
    };
    let mut names: Vec<String> = Vec::new();
    for p in parties.iter().map(name) {
        if !names.contains(&p) {
            names.push(p);
        }
    }
    names.join("+")
}

fn state(r: &Record) -> String {
    let mut words: Vec<&str> = r.aux.clone();
    if r.certainty != "certain" {
        words.push(r.certainty);
    }
    words.join(",")
}

/// Columns that a text takes. Letters are counted one by one: terminals differ on ligatures, and the sum is never too small.
pub fn display(s: &str) -> usize {
    s.chars().map(|c| c.width().unwrap_or(0)).sum()
}

/// `s`, cut to a width.
pub fn fit(s: &str, width: usize) -> String {
    if display(s) <= width {
        return s.to_owned();
    }
    let (mut out, mut used) = (String::new(), 1);
    for c in s.chars() {
        used += c.width().unwrap_or(0);
        if used > width {
            break;
        }
        out.push(c);
    }
    out.truncate(out.trim_end().len());
    out + "…"
}

/// A stretch of whole words of `text` with `trigger` inside that fits a width.
fn around(text: &str, trigger: &str, width: usize) -> String {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if display(&text) <= width {
        return text;
    }
    let words: Vec<&str> = text.split(' ').collect();
    let first = trigger.split_whitespace().next().unwrap_or("");
    let at = words
        .iter()
        .position(|w| !first.is_empty() && w.contains(first))
        .unwrap_or(0);
    let (mut from, mut to) = (at, at + 1);
    // Two columns are kept for the marks of omission.
    let room = width.saturating_sub(2);
    let mut used = display(words[at]);
    loop {
        // After the verb stand its parties; before it, two words are enough.
        let grow = |i: usize| 1 + display(words[i]);
        if at - from < 2 && from > 0 && used + grow(from - 1) <= room {
            from -= 1;
            used += grow(from);
        } else if to < words.len() && used + grow(to) <= room {
            used += grow(to);
            to += 1;
        } else if from > 0 && used + grow(from - 1) <= room {
            from -= 1;
            used += grow(from);
        } else {
            break;
        }
    }
    let (before, after) = (if from > 0 { "…" } else { "" }, if to < words.len() { "…" } else { "" });
    fit(&format!("{before}{}{after}", words[from..to].join(" ")), width)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stretch_holds_the_trigger() {
        let text = "وقالت مصادر مطلعة في العاصمة إن الوزير زار المدينة يوم الأحد والتقى هناك عددا من المسؤولين";
        let cut = around(text, "زار", 40);
        assert!(cut.contains("زار المدينة") && display(&cut) <= 40, "{cut}");
        assert_eq!(around("قصير", "قصير", 40), "قصير");
    }

    #[test]
    fn nothing_is_wider_than_told() {
        for width in [1, 5, 20] {
            assert!(display(&fit("وصل الوفد إلى العاصمة", width)) <= width);
        }
    }
}
