//! One JSON object to one document: `{id, outlet, published, title, text, url}`. All but `text` (or `title`) may be missing; other fields are passed over.

use super::{Doc, Problem, day};
use khaldun_engine::Article;
use serde::Deserialize;
use serde_json::Value;

#[derive(Deserialize)]
struct Fields {
    #[serde(default)]
    id: Value,
    #[serde(default)]
    published: Value,
    outlet: Option<String>,
    title: Option<String>,
    text: Option<String>,
}

/// Reads a document.
///
/// # Errors
/// Broken JSON, a field of another type, or neither title nor text.
pub fn parse(content: &str) -> Result<Doc, Problem> {
    // A list would be taken for the fields in their order.
    if !content.trim_start().starts_with('{') {
        return Err(Problem::Json {
            what: "no object".into(),
            at: None,
            cut: false,
        });
    }
    let fields: Fields = serde_json::from_str(content).map_err(|e| fault(content.as_bytes(), &e))?;
    if fields.title.is_none() && fields.text.is_none() {
        let keys = match serde_json::from_str(content) {
            Ok(Value::Object(map)) => map.keys().take(12).cloned().collect(),
            _ => Vec::new(),
        };
        return Err(Problem::NoText { keys });
    }
    let mut notes = Vec::new();
    let published = match &fields.published {
        Value::Null => None,
        Value::String(s) if s.trim().is_empty() => None,
        Value::String(s) => day(s),
        _ => None,
    };
    if published.is_none() && !matches!(&fields.published, Value::Null) && fields.published != "" {
        notes.push(format!(
            "published is no day of the form 2024-05-15 and is passed over: {}",
            fields.published
        ));
    }
    let id = match fields.id {
        Value::String(s) => s,
        Value::Number(n) => n.to_string(),
        _ => String::new(),
    };
    let article = Article {
        id,
        outlet: fields.outlet.unwrap_or_default(),
        published,
        title: fields.title.unwrap_or_default(),
        text: fields.text.unwrap_or_default(),
    };
    Ok(Doc { article, notes })
}

/// The fault of a JSON text, its place in characters (the library counts bytes).
pub fn fault(content: &[u8], e: &serde_json::Error) -> Problem {
    let message = e.to_string();
    let what = message.split(" at line ").next().unwrap_or(&message).to_owned();
    let at = (e.line() > 0).then(|| {
        let line = content.split(|b| *b == b'\n').nth(e.line() - 1).unwrap_or_default();
        let before = &line[..e.column().min(line.len())];
        (e.line(), String::from_utf8_lossy(before).chars().count())
    });
    Problem::Json {
        what,
        at,
        cut: e.is_eof(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_and_faults() {
        let doc = parse(r#"{"id": 7, "published": "2024-05-15T10:00:00Z", "text": "x", "other": [1]}"#).unwrap();
        assert_eq!(
            (doc.article.id.as_str(), doc.article.published),
            ("7", "2024-05-15".parse().ok())
        );
        let doc = parse(r#"{"published": "15/5/2024", "title": "x", "text": null}"#).unwrap();
        assert_eq!((doc.article.published, doc.notes.len()), (None, 1));
        let e = parse("{\"title\": \"خبر\" \"text\": 1}").unwrap_err();
        assert_eq!(e.to_string(), "broken JSON at character 17: expected `,` or `}`");
        assert!(matches!(parse("{\"title\": \"خ"), Err(Problem::Json { cut: true, .. })));
        assert_eq!(
            parse(r#"["1", null, "x", "y", "z"]"#).unwrap_err().to_string(),
            "broken JSON: no object"
        );
        assert!(parse(r#"{"body": "x"}"#).unwrap_err().hint().ends_with("found: body"));
    }
}
