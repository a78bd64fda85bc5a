//! The flat form: one row an event, RFC 4180, no byte order mark.
//!
//! Lists are joined by `|`, nothing is written for null, booleans do not occur. A cell that a spreadsheet would run as a formula gets a leading apostrophe; plain numbers do not.

use crate::Fatal;
use khaldun_engine::Record;
use khaldun_engine::record::{Attribution, Party};

/// A column: its name and its cell.
pub struct Column {
    /// ASCII, at most 32 characters.
    pub name: &'static str,
    cell: fn(&Record) -> String,
}

impl std::fmt::Debug for Column {
    fn fmt(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result {
        f.write_str(self.name)
    }
}

macro_rules! columns {
    ($($name:ident = $cell:expr;)*) => {
        /// All columns, in their order.
        pub static COLUMNS: &[Column] = &[$(Column { name: stringify!($name), cell: $cell },)*];
    };
}

columns! {
    event_id = |r| r.id.clone();
    doc_id = |r| r.doc_id.clone();
    event_date = |r| text(&r.date);
    event_date_end = |r| text(&r.enddate);
    date_basis = |r| r.date_basis.into();
    date_text = |r| text(&r.date_text);
    event_type = |r| r.event_type.clone();
    event_mode = |r| r.mode.join("|");
    contexts = |r| r.context.join("|");
    quad_class = |r| r.quad_code.to_string();
    plover_score = |r| r.event_scale.to_string();
    cameo_code = |r| r.cameo.clone();
    aux = |r| r.aux.join("|");
    certainty = |r| r.certainty.into();
    actor_text = |r| each(&r.actor, |p| p.text.clone());
    actor_name_ar = |r| each(&r.actor, |p| text(&p.name_ar));
    actor_name_en = |r| each(&r.actor, |p| text(&p.name_en));
    actor_id = |r| each(&r.actor, |p| text(&p.entity_id));
    actor_country = |r| each(&r.actor, |p| text(&p.country));
    actor_sector = |r| each(&r.actor, |p| p.sector.join("+"));
    recipient_text = |r| each(&r.recipient, |p| p.text.clone());
    recipient_name_ar = |r| each(&r.recipient, |p| text(&p.name_ar));
    recipient_name_en = |r| each(&r.recipient, |p| text(&p.name_en));
    recipient_id = |r| each(&r.recipient, |p| text(&p.entity_id));
    recipient_country = |r| each(&r.recipient, |p| text(&p.country));
    recipient_sector = |r| each(&r.recipient, |p| p.sector.join("+"));
    attributed_to_text = |r| sources(&r.attributed_to, |a| a.text.clone());
    attributed_to_kind = |r| sources(&r.attributed_to, |a| a.kind.into());
    attributed_to_stance = |r| sources(&r.attributed_to, |a| a.stance.into());
    place_text = |r| r.event_loc.as_ref().map(|l| l.text.clone()).unwrap_or_default();
    place_country = |r| r.event_loc.as_ref().map(|l| text(&l.country)).unwrap_or_default();
    geonames_id = |r| r.event_loc.as_ref().and_then(|l| l.geonameid).map(|n| n.to_string()).unwrap_or_default();
    lat = |r| r.event_loc.as_ref().and_then(|l| l.lat).map(|n| n.to_string()).unwrap_or_default();
    lon = |r| r.event_loc.as_ref().and_then(|l| l.lon).map(|n| n.to_string()).unwrap_or_default();
    geo_resolution = |r| r.event_loc.as_ref().map(|l| l.resolution.to_string()).unwrap_or_default();
    quantities = quantities;
    sent_no = |r| r.evidence.sentence.to_string();
    evidence_start = |r| r.evidence.start.to_string();
    evidence_end = |r| r.evidence.end.to_string();
    trigger_text = |r| r.evidence.trigger.text.clone();
    evidence_text = |r| r.evidence.text.clone();
    coder_version = |r| r.coder.version.into();
    lexicon_sha256 = |r| r.coder.lexicon.clone();
}

fn text(s: &Option<String>) -> String {
    s.clone().unwrap_or_default()
}

/// Parties joined. Every list of a side has as many parts as the side has parties, so that the columns can be split together.
fn each(parties: &[Party], cell: impl Fn(&Party) -> String) -> String {
    join(parties.iter().map(cell))
}

fn sources(list: &[Attribution], cell: impl Fn(&Attribution) -> String) -> String {
    join(list.iter().map(cell))
}

fn join(cells: impl Iterator<Item = String>) -> String {
    cells.map(|c| c.replace('|', "/")).collect::<Vec<_>>().join("|")
}

/// `killed:20..:person|duration:3..3:month`: role, least, most, unit; a bound that is not known is left out.
fn quantities(r: &Record) -> String {
    let bound = |n: Option<f64>| n.map(|n| n.to_string()).unwrap_or_default();
    join(
        r.quantities
            .iter()
            .map(|q| format!("{}:{}..{}:{}", q.role, bound(q.min), bound(q.max), q.unit)),
    )
}

/// The columns of these names; all, if there are none.
///
/// # Errors
/// A name that there is not.
pub fn columns(names: &[String]) -> Result<Vec<&'static Column>, Fatal> {
    if names.is_empty() {
        return Ok(COLUMNS.iter().collect());
    }
    names
        .iter()
        .map(|name| {
            COLUMNS.iter().find(|c| c.name == name.trim()).ok_or_else(|| {
                let all = COLUMNS.iter().map(|c| c.name).collect::<Vec<_>>().join(", ");
                Fatal::Usage(format!("no column {name:?}; there are {all}"))
            })
        })
        .collect()
}

/// The first line.
pub fn header(columns: &[&Column]) -> Vec<u8> {
    let mut out = Vec::new();
    write(columns.iter().map(|c| c.name.to_owned()), &mut out);
    out
}

/// One row an event.
pub fn rows(records: &[Record], columns: &[&Column], out: &mut Vec<u8>) {
    for r in records {
        write(columns.iter().map(|c| safe((c.cell)(r))), out);
    }
}

fn write(cells: impl Iterator<Item = String>, out: &mut Vec<u8>) {
    let mut writer = csv::WriterBuilder::new()
        .terminator(csv::Terminator::CRLF)
        .from_writer(out);
    if let Err(e) = writer.write_record(cells) {
        unreachable!("a vector takes all bytes: {e}");
    }
}

/// A cell that no spreadsheet runs.
fn safe(cell: String) -> String {
    let first = cell.trim_start_matches(' ').chars().next();
    let formula = matches!(first, Some('=' | '+' | '-' | '@' | '\t' | '\r'));
    let number = cell.parse::<f64>().is_ok_and(f64::is_finite) && !cell.starts_with('+');
    if formula && !number { format!("'{cell}") } else { cell }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_are_disarmed() {
        for cell in ["=1+1", "+x", "-x", "@a", "\tx", "  =1", "+12"] {
            assert_eq!(safe(cell.into()), format!("'{cell}"));
        }
        for cell in ["-3.5", "12", "x=1", "", "2024-05-15"] {
            assert_eq!(safe(cell.into()), cell);
        }
    }

    #[test]
    fn names_fit_everywhere() {
        for c in COLUMNS {
            assert!(
                c.name.len() <= 32
                    && c.name
                        .bytes()
                        .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_'),
                "{}",
                c.name
            );
        }
        assert!(columns(&["event_idd".into()]).is_err());
    }
}
