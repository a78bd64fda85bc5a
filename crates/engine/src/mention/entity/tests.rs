//! Sentences of our own, and who is found in them.

use crate::{Article, Engine};

/// The mentions of a sentence as "name country sector", those without a party's kind left out.
fn found(text: &str) -> Vec<String> {
    let article = Article {
        id: "1".into(),
        text: text.into(),
        ..Article::default()
    };
    let m = Engine::bundled().worker().mentions(&article);
    m.entities
        .iter()
        .map(|e| {
            format!("{} {} {}", m.text.slice(e.name), e.country, e.sector)
                .trim()
                .to_owned()
        })
        .collect()
}

#[track_caller]
fn check(input: &str, expect: &[&str]) {
    assert_eq!(found(input), expect, "{input}");
}

/// Only the names, where country and sector are not the point.
#[track_caller]
fn names(input: &str, expect: &[&str]) {
    let article = Article {
        id: "1".into(),
        text: input.into(),
        ..Article::default()
    };
    let m = Engine::bundled().worker().mentions(&article);
    let list: Vec<&str> = m.entities.iter().map(|e| m.text.slice(e.name)).collect();
    assert_eq!(list, expect, "{input}");
}

#[test]
fn a_group_without_a_name_is_named_by_all_its_words() {
    check(
        "التقى وزير الدفاع التركي نظيره القطري",
        &["وزير الدفاع التركي TUR GOV|MIL", "نظيره القطري QAT GOV|MIL"],
    );
    check(
        "أعلنت وزارة الداخلية السعودية الخبر",
        &["وزارة الداخلية السعودية SAU GOV"],
    );
}

#[test]
fn a_definite_noun_takes_no_genitive() {
    names("يزور الرئيس الفرنسي المغرب", &["الرئيس الفرنسي", "المغرب"]);
    names("اتهمت الحكومة اليمنية الحوثيين", &["الحكومة اليمنية", "الحوثيين"]);
    names("هاجمت القوات الإثيوبية المتمردين", &["القوات الإثيوبية", "المتمردين"]);
    names("شتم النائب رئيس الحكومة", &["النائب", "رئيس الحكومة"]);
}

#[test]
fn an_indefinite_accusative_is_an_object() {
    names("طعن مهاجم جنديا إسرائيليا", &["مهاجم", "جنديا إسرائيليا"]);
    names("خطف مسلحون طبيبا ألمانيا", &["مسلحون", "طبيبا ألمانيا"]);
}

#[test]
fn prepositions_tie_what_belongs_to_the_head() {
    names("قال القيادي في حركة النهضة كلمة", &["القيادي في حركة النهضة"]);
    names("دافعت وزيرة العدل عن القضاة", &["وزيرة العدل", "القضاة"]);
    names(
        "تنازل مقاتلو التنظيم لقوات سوريا الديمقراطية",
        &["مقاتلو التنظيم", "قوات سوريا الديمقراطية"],
    );
}

#[test]
fn names_begin_and_end() {
    names("استقبل الوزير علي الغفيص وفدا", &["علي الغفيص", "وفدا"]);
    names("دعا رئيس الكتلة، سامي العابدي، إلى الحوار", &["سامي العابدي"]);
    names("أكد السفير القطري عمق الأثر", &["السفير القطري"]);
    check(
        "صرح ناجي الزغلامي، رئيس البرلمان التونسي، بذلك",
        &["ناجي الزغلامي TUN LEG"],
    );
}

#[test]
fn nisbas() {
    names(
        "اعترضت سفن إسبانية وإيطالية القارب",
        &["سفن إسبانية", "إيطالية", "القارب"],
    );
    check("رحبت بروكسل بترحيب أوروبي", &["بروكسل BEL GOV", "أوروبي EUR GOV|MIL"]);
}

#[test]
fn ordinary_words_are_no_places() {
    names("ارتفعت النسبة في المائة يوما بعد يوم في البلاد", &[]);
    names("قال خالد لا أعرف", &[]);
}

#[test]
fn members_are_of_their_group_and_kin_are_not() {
    check("أطلق مسلحون من حركة طالبان النار", &["مسلحون من حركة طالبان AFG REB"]);
    names("غادر شقيق أيمن الظواهري السجن", &["شقيق أيمن الظواهري", "السجن"]);
}

#[test]
fn a_plural_nisba_speaks_of_all_that_are_joined() {
    check(
        "أوقفت الشرطة فتاة وشابا فلسطينيين",
        &["الشرطة  COP", "فتاة PSE CVL", "شابا فلسطينيين PSE CVL"],
    );
}

#[test]
fn a_feminine_nisba_tells_a_ministry() {
    check("نفت الدفاع الروسية الخبر", &["الدفاع الروسية RUS GOV"]);
    names("نمت صناعة الدفاع الروسية كثيرا", &["الروسية"]);
}
