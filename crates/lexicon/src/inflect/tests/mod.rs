use super::*;
use crate::fold::fold;

mod nominal;

const PARADIGMS: &str = include_str!("paradigms.txt");

fn words(s: &str) -> Vec<String> {
    let mut all: Vec<String> = s.split('|').filter(|w| *w != "-").map(fold).collect();
    all.sort();
    all.dedup();
    all
}

/// The folded surfaces of one cell: those that have `want` and none of `not`.
fn cell(forms: &[Inflected], want: Features, not: Features) -> Vec<String> {
    let mut all: Vec<String> = forms
        .iter()
        .filter(|f| f.features.has(want) && !f.features.any(not))
        .map(|f| fold(&f.surface))
        .collect();
    all.sort();
    all.dedup();
    all
}

const F: fn(Features, Features, Features) -> Features = |a, b, c| a | b | c;

/// The cells of a line, in its order; a column that two cells share lists both.
fn cells(line: &str) -> Vec<Vec<Features>> {
    let (p1, p2, p3) = (Features::P1, Features::P2, Features::P3);
    let (m, f) = (Features::MASC, Features::FEM);
    let (s, d, p) = (Features::SING, Features::DUAL, Features::PLUR);
    match line {
        "perfect" => vec![
            vec![F(p3, m, s)],
            vec![F(p3, f, s)],
            vec![F(p3, m, d)],
            vec![F(p3, f, d)],
            vec![F(p3, m, p)],
            vec![F(p3, f, p)],
            vec![F(p2, m, s), F(p2, f, s), F(p1, m, s), F(p1, f, s)],
            vec![F(p2, m, d), F(p2, f, d)],
            vec![F(p2, m, p)],
            vec![F(p2, f, p)],
            vec![F(p1, m, p)],
        ],
        "imperfect" => vec![
            vec![F(p3, m, s)],
            vec![F(p3, f, s), F(p2, m, s)],
            vec![F(p3, m, d)],
            vec![F(p3, f, d), F(p2, m, d)],
            vec![F(p3, m, p)],
            vec![F(p3, f, p)],
            vec![F(p2, f, s)],
            vec![F(p2, m, p)],
            vec![F(p2, f, p)],
            vec![F(p1, m, s)],
            vec![F(p1, m, p)],
        ],
        "short" => vec![
            vec![F(p3, m, s)],
            vec![F(p3, m, d)],
            vec![F(p3, m, p)],
            vec![F(p2, f, s)],
        ],
        "imperative" => {
            vec![
                vec![F(p2, m, s)],
                vec![F(p2, f, s)],
                vec![F(p2, m, d)],
                vec![F(p2, m, p)],
                vec![F(p2, f, p)],
            ]
        }
        other => panic!("unknown line {other}"),
    }
}

#[test]
fn paradigms_written_by_hand() {
    let before = Features::BEFORE_PRONOUN;
    let short = Features::SHORT_MOOD;
    let (mut verbs, mut faults) = (0, Vec::new());
    let (mut lemma, mut forms, mut participle_forms) = ("", Vec::new(), Vec::new());
    for line in PARADIGMS.lines().filter(|l| !l.starts_with('#')) {
        let mut columns = line.split(' ');
        let kind = columns.next().unwrap();
        let mut check = |what: &str, got: Vec<String>, given: &str| {
            if got != words(given) {
                faults.push(format!("{lemma} {what}: got {got:?}, by hand {given}"));
            }
        };
        let third = F(Features::P3, Features::MASC, Features::SING);
        match kind {
            "verb" => {
                lemma = columns.next().unwrap();
                let form: Form = columns.next().unwrap().parse().unwrap();
                let vowel = columns.next().map(|v| v.parse().unwrap());
                forms = verb(lemma, form, vowel).unwrap();
                participle_forms = participles(lemma, form, vowel).unwrap();
                verbs += 1;
            }
            "passive" => {
                let passive = Features::PASSIVE | third;
                check(
                    line,
                    cell(&forms, passive | Features::PERFECT, before | short),
                    columns.next().unwrap(),
                );
                check(
                    line,
                    cell(&forms, passive | Features::IMPERFECT, before | short),
                    columns.next().unwrap(),
                );
            }
            "participle" => {
                let ms = Features::MASC | Features::SING;
                let not = before | Features::ACCUSATIVE | Features::CONSTRUCT;
                let mut active = cell(&participle_forms, ms | Features::ACTIVE_PARTICIPLE, not);
                if active.len() > 1 {
                    active.retain(|w| w.ends_with('ي')); // beside it the indefinite form without ya
                }
                check(line, active, columns.next().unwrap());
                check(
                    line,
                    cell(&participle_forms, ms | Features::PASSIVE_PARTICIPLE, not),
                    columns.next().unwrap(),
                );
            }
            _ => {
                let tense = match kind {
                    "perfect" => Features::PERFECT,
                    "imperative" => Features::IMPERATIVE,
                    _ => Features::IMPERFECT,
                };
                let slots = cells(kind);
                let given: Vec<&str> = columns.collect();
                assert_eq!(slots.len(), given.len(), "{lemma} {kind}");
                for (slot, given) in slots.iter().zip(given) {
                    for features in slot {
                        let want = Features::ACTIVE | tense | *features;
                        let mut got = if kind == "short" {
                            cell(&forms, want | short, before)
                        } else {
                            cell(&forms, want, before | short)
                        };
                        if kind == "short" && got.is_empty() {
                            got = cell(&forms, want, before); // no letter differs
                        }
                        check(&format!("{kind} {features:?}"), got, given);
                    }
                }
            }
        }
    }
    assert!(verbs >= 35);
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// Surfaces with these features, as spelled.
fn spelled(forms: &[Inflected], want: Features) -> Vec<&str> {
    forms
        .iter()
        .filter(|f| f.features.has(want))
        .map(|f| f.surface.as_str())
        .collect()
}

#[test]
fn letters_change_before_a_pronoun() {
    let before = Features::BEFORE_PRONOUN;
    for (lemma, form, vowel, want, surface) in [
        ("رَمَى", Form::I, Some(Vowel::I), Features::PERFECT, "رما"),
        ("زَارَ", Form::I, Some(Vowel::U), Features::PERFECT, "زارو"),
        ("زَارَ", Form::I, Some(Vowel::U), Features::PERFECT, "زرتمو"),
        ("جَاءَ", Form::I, Some(Vowel::I), Features::PERFECT, "جاؤو"),
        ("قَرَأَ", Form::I, Some(Vowel::A), Features::IMPERFECT, "يقرؤ"),
        ("أَنْشَأَ", Form::IV, None, Features::PERFECT, "أنشؤو"),
        ("رَأَى", Form::I, Some(Vowel::A), Features::PERFECT, "رآ"),
        ("رَأَى", Form::I, Some(Vowel::A), Features::IMPERFECT, "يرا"),
        ("تَبَنَّى", Form::V, None, Features::IMPERFECT, "يتبنا"),
        ("اِسْتَدْعَى", Form::X, None, Features::PERFECT, "استدعا"),
    ] {
        let forms = verb(lemma, form, vowel).unwrap();
        assert!(
            spelled(&forms, before | want).contains(&surface),
            "{lemma} {surface}: {:?}",
            spelled(&forms, before | want)
        );
    }
    let forms = verb("كَتَبَ", Form::I, Some(Vowel::U)).unwrap();
    let plain: Vec<_> = spelled(&forms, before)
        .into_iter()
        .filter(|s| !s.ends_with('و'))
        .collect();
    assert!(plain.is_empty(), "no letter changes in {plain:?}");
}

#[test]
fn voices_of_the_same_letters_are_one_entry() {
    let forms = verb("قَتَلَ", Form::I, Some(Vowel::U)).unwrap();
    let third = Features::P3 | Features::MASC | Features::SING | Features::PERFECT;
    let cells: Vec<_> = forms.iter().filter(|f| f.features.has(third)).collect();
    assert_eq!(cells.len(), 1);
    assert!(cells[0].features.has(Features::ACTIVE | Features::PASSIVE));
}

#[test]
fn a_lemma_that_does_not_fit_its_form_is_refused() {
    for (lemma, form, vowel, hint) in [
        ("كَتَبَ", Form::I, None, "vowel"),
        ("كَتَبَ", Form::II, None, "shadda"),
        ("قَتَلَ", Form::III, None, "alef"),
        ("كَبُرَ", Form::I, Some(Vowel::A), "u"),
        ("رَمَى", Form::I, Some(Vowel::U), "alef"),
        ("دَعَا", Form::I, Some(Vowel::I), "alef"),
        ("مَدَ", Form::I, Some(Vowel::U), "shadda"),
        ("إِسْتَقَالَ", Form::X, None, "plain alef"),
        ("اتَصَلَ", Form::VIII, None, "shadda"),
        ("اكرم", Form::IV, None, "hamza"),
        ("كتب!", Form::I, Some(Vowel::U), "letter"),
        ("تُوُفِّيَ", Form::V, None, "active"),
        ("", Form::I, Some(Vowel::U), "three letters"),
    ] {
        let message = verb(lemma, form, vowel).unwrap_err().to_string();
        assert!(
            message.contains(hint) && message.contains(lemma) && message.contains(&form.to_string()),
            "{message}"
        );
        assert!(participles(lemma, form, vowel).is_err());
    }
}

#[test]
fn every_verb_of_the_data_inflects() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../data/morphology/verbs.tsv");
    let text = std::fs::read_to_string(path).unwrap();
    let mut lines = text.lines();
    assert_eq!(lines.next(), Some("lemma\tform\tvowel\tnote"));
    let mut seen = std::collections::HashSet::new();
    let mut count = 0;
    for line in lines.filter(|l| !l.starts_with('#') && !l.is_empty()) {
        let columns: Vec<&str> = line.split('\t').collect();
        let [lemma, form, vowel, ..] = columns[..] else {
            panic!("{line}: three columns")
        };
        let form: Form = form.parse().unwrap();
        let vowel: Option<Vowel> = (!vowel.is_empty()).then(|| vowel.parse().unwrap());
        assert_eq!(vowel.is_some(), form == Form::I, "{line}: a vowel is for form I");
        assert!(seen.insert((lemma, form, vowel)), "{line}: twice");
        let forms = verb(lemma, form, vowel).unwrap_or_else(|e| panic!("{e}"));
        let participle_forms = participles(lemma, form, vowel).unwrap();
        for f in forms.iter().chain(&participle_forms) {
            assert!(
                f.surface.chars().count() >= 2 && f.surface.chars().all(|c| ('ء'..='ي').contains(&c)),
                "{line}: {f:?}"
            );
        }
        // The lemma is its own third person.
        let third = F(Features::P3, Features::MASC, Features::SING) | Features::PERFECT | Features::ACTIVE;
        assert!(
            cell(&forms, third, Features::BEFORE_PRONOUN).contains(&fold(lemma)),
            "{line}"
        );
        assert_eq!(verb(lemma, form, vowel).unwrap(), forms, "{line}: the order is fixed");
        count += 1;
    }
    assert!(count >= 700, "{count} verbs");
}
