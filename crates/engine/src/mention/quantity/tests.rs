use super::*;
use crate::token::tokenize;
use khaldun_lexicon::{number as lexicon_number, quantity as lexicon_quantity};

const FILE: &str = "quantities/units.toml";
const UNITS: &str = include_str!("../../../../../data/quantities/units.toml");
const NUMBERS: &str = include_str!("../../../../../data/quantities/numbers.toml");

fn tables() -> (NumberTable, QuantityTable) {
    let numbers = lexicon_number::compile("quantities/numbers.toml", NUMBERS).unwrap();
    (
        numbers,
        lexicon_quantity::compile(&[(FILE.to_owned(), UNITS.to_owned())]).unwrap_or_else(|e| panic!("{e:?}")),
    )
}

fn show(q: &Quantity) -> String {
    let count = match (q.min, q.max) {
        (Some(a), Some(b)) if a == b => format!("{a}"),
        (Some(a), Some(b)) => format!("{a}-{b}"),
        (Some(a), None) => format!("{a}+"),
        (None, Some(b)) => format!("<{b}"),
        (None, None) => "?".to_owned(),
    };
    format!("{count} {}", q.unit).trim_end().to_owned()
}

#[test]
fn every_example_is_found() {
    let (numbers, table) = tables();
    let mut wrong = Vec::new();
    for example in lexicon_quantity::examples(FILE, UNITS).unwrap() {
        let text = Text::normalize(&example.text);
        let got: Vec<String> = find(&text, &tokenize(&text), &numbers, &table, &|_| false)
            .iter()
            .map(show)
            .collect();
        if got != example.is {
            wrong.push(format!(
                "{FILE}:{}: {} gives {got:?}, not {:?}",
                example.line, example.text, example.is
            ));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn found(raw: &str) -> Vec<(String, Option<Role>, String)> {
    let (numbers, table) = tables();
    let text = Text::normalize(raw);
    let all = find(&text, &tokenize(&text), &numbers, &table, &|_| false);
    all.iter()
        .map(|q| (show(q), q.role, text.slice(q.span).to_owned()))
        .collect()
}

fn one(raw: &str) -> (String, Option<Role>, String) {
    let all = found(raw);
    assert_eq!(all.len(), 1, "{raw}: {all:?}");
    all[0].clone()
}

#[test]
fn the_words_give_the_role_or_leave_it_to_the_event() {
    assert_eq!(one("سقط 12 قتيلا في الهجوم").1, Some(Role::Killed));
    assert_eq!(one("نقلت سيارات الإسعاف 12 جريحا").1, Some(Role::Injured));
    assert_eq!(one("أوقفت الشرطة 12 شخصا").1, None);
    assert_eq!(one("أرسلت الدولة 300 جندي").1, Some(Role::Personnel));
    assert_eq!(one("قتل 3 جنود").1, Some(Role::Killed));
    assert_eq!(one("أعلن الجيش أن 3 جنود أصيبوا").1, Some(Role::Injured));
    assert_eq!(
        one("مقتل جندي في الجبال"),
        ("1 جندي".into(), Some(Role::Killed), "جندي".into())
    );
    assert!(!Role::Personnel.is_firm() && Role::Killed.is_firm());
}

#[test]
fn the_span_covers_bounds_number_and_noun() {
    assert_eq!(one("أعلن الجيش مقتل أكثر من 20 مسلحا في الجبال").2, "أكثر من 20 مسلحا");
    assert_eq!(one("لقي 27 شخصا على الأقل مصرعهم").2, "27 شخصا على الأقل");
    assert_eq!(one("بعثة من بين (15 – 20) ضابطا").2, "بين (15 – 20) ضابطا");
}

#[test]
fn bounds_are_read_on_both_sides() {
    assert_eq!(one("اعتقال ما لا يقل عن ستين ناشطا").0, "60+ ناشط");
    assert_eq!(one("اعتقال أقل من ستين ناشطا").0, "<60 ناشط");
    assert_eq!(one("اعتقال نحو ستين ناشطا").0, "60 ناشط");
    assert_eq!(one("اعتقال 40 ناشطا سياسيا على الأقل").0, "40+ ناشط");
    assert_eq!(one("إصابة 9 جنود على أقل تقدير").0, "9+ جندي");
    assert_eq!(one("لأكثر من عشرين صحفيا").0, "20+ صحفي");
}

#[test]
fn ranges_are_read() {
    for raw in [
        "بين 15 و20 ضابطا",
        "ما بين 15 إلى 20 ضابطا",
        "من 15 إلى 20 ضابطا",
        "15-20 ضابطا",
        "15 أو 20 ضابطا",
        "بين خمسة عشر وعشرين ضابطا",
        "بين 15 ضابطا و20 ضابطا",
    ] {
        assert_eq!(one(raw).0, "15-20 ضابط", "{raw}");
    }
    assert_eq!(one("ما بين ألف وألفي جندي").0, "1000-2000 جندي");
    assert_eq!(found("انتهت المباراة 15-14"), vec![]);
}

#[test]
fn vague_numbers_have_no_upper_bound() {
    assert_eq!(one("احتشد الآلاف في الساحة").0, "2000+");
    assert_eq!(one("فرت عشرات العائلات").0, "20+ عائلة");
    assert_eq!(one("العشرات من أقارب الضحايا").0, "20+ أقارب");
    assert_eq!(one("تضم القوة عشرات آلاف المتطوعين").0, "20000+ متطوع");
    assert_eq!(one("سرحت القناة المئات من موظفيها").0, "200+ موظف");
    assert_eq!(one("مقتل بضعة جنود").0, "3-9 جندي");
}

#[test]
fn a_number_may_stand_without_its_noun() {
    let all = found("مقتل 3 أشخاص وإصابة 20 في انفجار");
    assert_eq!(all.iter().map(|q| q.0.as_str()).collect::<Vec<_>>(), ["3 شخص", "20"]);
    assert_eq!(one("قدر عدد المتظاهرين بنحو 300").0, "300 متظاهر");
    assert_eq!(found("فاز الحزب في 2014"), vec![]);
}

#[test]
fn what_is_no_quantity() {
    for raw in [
        "في 17 ديسمبر 2010",
        "المادة 20 من الدستور",
        "بنسبة 12.5 في المئة",
        "رقم 3",
        "أبو سالم، 30 عاما، أمام القاضي",
        "الطفل البالغ من العمر 10 سنوات",
        "الساعة 18:30",
        "الذكرى السادسة والأربعين",
        "في القرن التاسع عشر من تاريخها",
        "وقال إنه لست نادما",
        "عام 2015 قال",
        "طائرة سو 24",
        "في الدقيقة 20",
        "نصف البلاد",
        "الطرفان والجانبان والبلدان",
    ] {
        assert_eq!(found(raw), vec![], "{raw}");
    }
}

#[test]
fn a_part_is_marked() {
    let (numbers, table) = tables();
    let text = Text::normalize("مقتل 58 مدنيا من بينهم 11 طفلا وثلاث نساء");
    let all = find(&text, &tokenize(&text), &numbers, &table, &|_| false);
    assert_eq!(all.iter().map(|q| q.part).collect::<Vec<_>>(), [false, true, false]);
}

#[test]
fn tokens_of_a_time_are_left_out() {
    let (numbers, table) = tables();
    let text = Text::normalize("خلال 24 ساعة");
    assert_eq!(find(&text, &tokenize(&text), &numbers, &table, &|i| i < 3), vec![]);
}
