//! Nouns, adjectives, participles in all their endings.

use super::spelled;
use crate::Features;
use crate::inflect::{Form, Inflected, nisba, noun, participles};

const M: Features = Features::MASC;
const FEM: Features = Features::FEM;
const S: Features = Features::SING;
const D: Features = Features::DUAL;
const P: Features = Features::PLUR;
const CON: Features = Features::CONSTRUCT;
const ACC: Features = Features::ACCUSATIVE;
const PRO: Features = Features::BEFORE_PRONOUN;

/// Words are separated by spaces, phrases by bars.
fn list(s: &str) -> Vec<&str> {
    if s.contains('|') {
        s.split('|').filter(|w| !w.is_empty()).collect()
    } else {
        s.split(' ').collect()
    }
}

fn has(forms: &[Inflected], features: Features, surfaces: &str) {
    let got = spelled(forms, features);
    for s in list(surfaces) {
        assert!(got.contains(&s), "{s} not in {got:?}");
    }
}

fn lacks(forms: &[Inflected], surfaces: &str) {
    for s in list(surfaces) {
        assert!(!forms.iter().any(|f| f.surface == s), "{s} should not be there");
    }
}

#[test]
fn participles_in_all_endings() {
    let p = participles("قَاتَلَ", Form::III, None).unwrap();
    has(&p, M | D, "مقاتلان مقاتلين");
    has(&p, M | D | CON, "مقاتلا مقاتلي");
    has(&p, M | P, "مقاتلون مقاتلين");
    has(&p, M | P | CON, "مقاتلو مقاتلي");
    has(&p, M | S | ACC, "مقاتلا");
    has(&p, FEM | D, "مقاتلتان مقاتلتين");
    has(&p, FEM | P, "مقاتلات");
    has(&p, FEM | S | PRO, "مقاتلت");

    let p = participles("اِسْتَدْعَى", Form::X, None).unwrap();
    has(&p, Features::ACTIVE_PARTICIPLE | M | S, "مستدعي مستدع");
    has(&p, Features::PASSIVE_PARTICIPLE | M | S, "مستدعي مستدعا");
    has(&p, Features::PASSIVE_PARTICIPLE | FEM | S, "مستدعاة");
    has(&p, Features::PASSIVE_PARTICIPLE | FEM | P, "مستدعيات");
    has(&p, M | P, "مستدعون مستدعين");

    let p = participles("بَدَأَ", Form::I, "a".parse().ok()).unwrap();
    has(&p, Features::ACTIVE_PARTICIPLE | M | S, "بادئ");
    has(&p, Features::ACTIVE_PARTICIPLE | FEM | S, "بادئة");
    has(&p, Features::PASSIVE_PARTICIPLE | FEM | S, "مبدوءة");
}

#[test]
fn nouns_in_ta_marbuta() {
    let n = noun("زِيَارَة", &[], Features::MASDAR);
    has(&n, Features::MASDAR | FEM | S, "زيارة زيارت");
    has(&n, FEM | D, "زيارتان زيارتين");
    has(&n, FEM | D | CON, "زيارتا زيارتي");
    has(&n, FEM | P, "زيارات");
    lacks(&n, "زيارةا زياراتا");
    has(&noun("مُبَارَاة", &[], Features::NOUN), FEM | P, "مباريات");
    has(&noun("قَنَاة", &[], Features::NOUN), FEM | P, "قنوات");
    has(&noun("مُفَاجَأَة", &[], Features::NOUN), FEM | P, "مفاجآت");
    has(&noun("قراءة", &[], Features::NOUN), FEM | P, "قراءات");
    has(&noun("هيئة", &[], Features::NOUN), FEM | P, "هيئات");
}

#[test]
fn a_final_hamza_finds_its_seat() {
    let n = noun("لِقَاء", &["ات"], Features::MASDAR);
    has(&n, M | S | PRO, "لقاؤ لقائ");
    has(&n, M | D, "لقاءان لقاءين");
    has(&n, P, "لقاءات");
    lacks(&n, "لقائا");
    let n = noun("جُزْء", &["أَجْزَاء"], Features::NOUN);
    has(&n, S | ACC, "جزءا");
    has(&n, P | PRO, "أجزاؤ أجزائ");
    has(&noun("عِبْء", &[], Features::NOUN), S | ACC, "عبئا");
    has(&noun("شَيْء", &[], Features::NOUN), D, "شيئان شيئين");
    let n = noun("خَطَأ", &["أَخْطَاء"], Features::NOUN);
    has(&n, D, "خطآن خطأين");
    has(&n, S | PRO, "خطؤ خطئ");
    lacks(&n, "خطأا");
    has(&noun("تَبَاطُؤ", &[], Features::MASDAR), S | ACC, "تباطؤا");
    has(&noun("لاجئ", &["ون"], Features::NOUN), M | P, "لاجئون لاجئين");
}

#[test]
fn plurals() {
    let n = noun("مُسَلَّح", &["ون"], Features::NOUN);
    has(&n, M | P, "مسلحون مسلحين");
    has(&n, M | P | CON, "مسلحو مسلحي");
    let written_out = noun("مسلح", &["مسلحون"], Features::NOUN);
    has(&written_out, M | P, "مسلحون مسلحين مسلحو");
    let n = noun("هُجُوم", &["هَجَمَات"], Features::MASDAR);
    has(&n, P, "هجمات");
    has(&n, S | ACC, "هجوما");
    lacks(&n, "هجماتا");
    let n = noun("مَوْقِع", &["مَوَاقِع"], Features::NOUN);
    has(&n, P, "مواقع");
    lacks(&n, "مواقعا");
    let n = noun("قائد", &["قادة"], Features::NOUN);
    has(&n, P | PRO, "قادت");
    has(&noun("سياسي", &["ون"], Features::NOUN), M | P, "سياسيون سياسيين");
    let n = noun("محامي", &["ون"], Features::NOUN);
    has(&n, M | P, "محامون محامين");
    lacks(&n, "محاميون");
    has(&noun("قاضٍ", &["قُضَاة"], Features::NOUN), M | S, "قاض قاضي");
    has(&noun("مُسْتَشْفَى", &["ات"], Features::NOUN), P, "مستشفيات");
    has(&noun("مُسْتَشْفَى", &[], Features::NOUN), S | PRO, "مستشفا");
    has(&noun("اجتماع", &["ات"], Features::NOUN), FEM | P, "اجتماعات");
}

#[test]
fn phrases_inflect_their_first_word() {
    let n = noun("وَقْف إِطْلَاق النَّار", &[], Features::MASDAR);
    has(&n, Features::MASDAR | S, "وقف إطلاق النار|");
    assert!(!n.iter().any(|f| f.features.any(PRO | ACC)));
    let n = noun("وزير الخارجية", &["وزراء"], Features::NOUN);
    has(&n, M | P, "وزراء الخارجية|");
    has(&n, M | D | CON, "وزيرا الخارجية|وزيري الخارجية");
    lacks(&n, "وزيران الخارجية|");
    has(
        &noun("مسؤول حزبي", &["مسؤولون حزبيون"], Features::NOUN),
        P,
        "مسؤولون حزبيون|",
    );
}

#[test]
fn adjectives_of_belonging() {
    let n = nisba("فرنسي", &[]);
    has(&n, Features::ADJECTIVE | M | S, "فرنسي فرنسيا");
    has(&n, FEM | S, "فرنسية فرنسيت");
    has(&n, M | D, "فرنسيان فرنسيين");
    has(&n, FEM | D, "فرنسيتان فرنسيتين");
    has(&n, M | P, "فرنسيون فرنسيين");
    has(&n, M | P | CON, "فرنسيو فرنسيي");
    has(&n, FEM | P, "فرنسيات");
    has(&nisba("تركي", &["أتراك"]), M | P, "أتراك تركيون");

    let n = nisba("كوري شمالي", &[]);
    has(&n, M | S, "كوري شمالي|كوري الشمالي|كوريا شماليا");
    has(&n, FEM | S, "كورية شمالية|كورية الشمالية");
    has(&n, M | P, "كوريون شماليون|كوريين شماليين|كوريين الشماليين");
    has(&nisba("جنوب أفريقي", &[]), FEM | S, "جنوب أفريقية|");
}
