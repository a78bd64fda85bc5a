//! Bytes to characters: UTF-8, UTF-16, windows-1256 and ISO 8859-6. Nothing is guessed that does not come out as Arabic.

use super::Problem;
use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, ISO_8859_6, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1256};

/// First bytes of files that are surely no text, what they are, and what to do.
const MAGIC: &[(&[u8], &str, &str)] = &[
    (
        b"%PDF",
        "PDF",
        "extract its text first: pdftotext FILE - | khaldun code",
    ),
    (
        b"PK\x03\x04",
        "zip, or an office document",
        "unpack it, or save the document as text",
    ),
    (b"\x1f\x8b", "gzip", "unpack it first: zcat FILE | khaldun code"),
    (b"\xd0\xcf\x11\xe0", "old office document", "save it as text"),
    (b"\x89PNG", "image", "only text can be coded"),
    (b"\xff\xd8\xff", "image", "only text can be coded"),
    (b"GIF8", "image", "only text can be coded"),
    (b"SQLite format 3", "database", "export its documents as JSONL"),
    (
        b"\x28\xb5\x2f\xfd",
        "zstd",
        "unpack it first: zstdcat FILE | khaldun code",
    ),
];

/// Share of the letters outside ASCII that must be Arabic for a one-byte encoding to be believed.
const ARABIC: f32 = 0.7;

/// The characters of a document, and the name of its encoding if that is not UTF-8.
///
/// # Errors
/// Binary bytes, or an encoding that is not one of ours.
pub fn decode(bytes: &[u8], html: bool) -> Result<(String, Option<&'static str>), Problem> {
    if let Some(problem) = binary(bytes) {
        return Err(problem);
    }
    if let Some((encoding, bom)) = Encoding::for_bom(bytes)
        && encoding != UTF_8
    {
        return whole(encoding, &bytes[bom..]).ok_or_else(|| broken_utf16(bytes));
    }
    if let Some(encoding) = utf16(bytes)
        && let Some(found) = whole(encoding, bytes)
    {
        return Ok(found);
    }
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    if bytes.contains(&0) {
        return Err(Problem::Binary {
            what: None,
            advice: "it has NUL bytes, so it is no text; only text can be coded",
        });
    }
    let error = match std::str::from_utf8(bytes) {
        Ok(s) => return Ok((s.to_owned(), None)),
        Err(e) => e,
    };
    let offset = error.valid_up_to();
    let problem = Problem::Encoding {
        byte: bytes[offset],
        offset,
        line: 1 + bytes[..offset].iter().filter(|b| **b == b'\n').count(),
    };
    // A UTF-8 text with one bad byte is damaged, not foreign.
    if bytes[..offset].iter().filter(|b| **b >= 0x80).count() > 40 {
        return Err(problem);
    }
    let stated = if html { stated(bytes) } else { None };
    let encoding = stated.unwrap_or_else(|| {
        let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
        detector.feed(bytes, true);
        detector.guess(Some(b"eg"), Utf8Detection::Deny)
    });
    if encoding != WINDOWS_1256 && encoding != ISO_8859_6 {
        return Err(problem);
    }
    match whole(encoding, bytes) {
        Some((s, name)) if arabic(&s) => Ok((s, name)),
        _ => Err(problem),
    }
}

/// The fault of bytes that begin like a known binary format.
pub fn binary(bytes: &[u8]) -> Option<Problem> {
    let (_, what, advice) = MAGIC.iter().find(|(magic, _, _)| bytes.starts_with(magic))?;
    Some(Problem::Binary {
        what: Some(what),
        advice,
    })
}

fn whole(encoding: &'static Encoding, bytes: &[u8]) -> Option<(String, Option<&'static str>)> {
    let content = encoding.decode_without_bom_handling_and_without_replacement(bytes)?;
    if content.contains('\0') {
        return None;
    }
    Some((content.into_owned(), Some(encoding.name())))
}

fn broken_utf16(bytes: &[u8]) -> Problem {
    Problem::Encoding {
        byte: bytes[0],
        offset: 0,
        line: 1,
    }
}

/// UTF-16 without a mark: every other byte is the high one, 00 for Latin and spaces, 06 for Arabic. Text in one byte a character has neither.
fn utf16(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = &bytes[..bytes.len().min(4096)];
    if head.len() < 2 {
        return None;
    }
    let share = |odd: usize| {
        let (mut high, mut all) = (0u32, 0u32);
        for b in head.iter().skip(odd).step_by(2) {
            high += u32::from(matches!(b, 0 | 6));
            all += 1;
        }
        high as f32 / all as f32
    };
    let (even, odd) = (share(0), share(1));
    if odd > 0.7 && even < 0.3 {
        Some(UTF_16LE)
    } else if even > 0.7 && odd < 0.3 {
        Some(UTF_16BE)
    } else {
        None
    }
}

/// The encoding that a page states in its first kilobyte.
fn stated(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = bytes[..bytes.len().min(1024)].to_ascii_lowercase();
    let at = head.windows(8).position(|w| w == b"charset=")? + 8;
    let label = head[at..]
        .strip_prefix(b"\"")
        .or(head[at..].strip_prefix(b"'"))
        .unwrap_or(&head[at..]);
    let end = label
        .iter()
        .position(|b| !(b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_')))
        .unwrap_or(label.len());
    Encoding::for_label(&label[..end])
}

fn arabic(s: &str) -> bool {
    let (mut arabic, mut foreign) = (0u32, 0u32);
    for c in s.chars().filter(|c| !c.is_ascii()) {
        if khaldun_lexicon::fold::is_arabic_letter(c) {
            arabic += 1;
        } else if c.is_alphabetic() {
            foreign += 1;
        }
    }
    arabic > 0 && arabic as f32 >= ARABIC * (arabic + foreign) as f32
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "وصل رئيس الوزراء إلى العاصمة يوم الأحد للقاء نظيره";

    #[test]
    fn the_encodings_of_arabic_files() {
        assert_eq!(decode(TEXT.as_bytes(), false).unwrap(), (TEXT.to_owned(), None));
        let (cp, _, _) = WINDOWS_1256.encode(TEXT);
        assert_eq!(decode(&cp, false).unwrap(), (TEXT.to_owned(), Some("windows-1256")));
        let le: Vec<u8> = TEXT.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let be: Vec<u8> = TEXT.encode_utf16().flat_map(u16::to_be_bytes).collect();
        assert_eq!(decode(&le, false).unwrap().0, TEXT);
        assert_eq!(decode(&be, false).unwrap().0, TEXT);
        assert_eq!(decode(&[b"\xff\xfe", &le[..]].concat(), false).unwrap().0, TEXT);
        assert_eq!(
            decode(&[b"\xef\xbb\xbf", TEXT.as_bytes()].concat(), false).unwrap().0,
            TEXT
        );
    }

    #[test]
    fn damage_is_told_with_its_place() {
        let mut bytes = format!("{TEXT}\n{TEXT}").into_bytes();
        let at = bytes.len() - 1;
        bytes[at] = 0xff;
        assert!(matches!(decode(&bytes, false), Err(Problem::Encoding { line: 2, .. })));
        assert!(matches!(
            decode(b"caf\xe9 cr\xe8me", false),
            Err(Problem::Encoding {
                byte: 0xe9,
                offset: 3,
                line: 1
            })
        ));
        assert!(matches!(
            decode(b"a\0\0\0b\0c", false),
            Err(Problem::Binary { what: None, .. })
        ));
        assert!(matches!(
            decode(b"%PDF-1.7 x", false),
            Err(Problem::Binary { what: Some("PDF"), .. })
        ));
    }
}
